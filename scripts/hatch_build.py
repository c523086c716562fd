"""What a build of the package makes beside what stands in the checkout: the compiled templates, see `ready`."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTemplates(BuildHookInterface[Any]):
    """Writes a module for each template before the files are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling calls it so
        """See hatchling's own."""
        subprocess.run([sys.executable, "-m", "form4_author.ready_made"], cwd=self.root, check=True)
