"""What became of a sealed folder -> text for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from form4_author.findings import Finding
from form4_author.printable import printable
from form4_author.report.file_report import findings_data


class Looked(Protocol):
    """A sealed folder that was looked at; `handover.verification.Verified` is one."""

    @property
    def folder(self) -> str:
        """Its name."""

    @property
    def seal(self) -> str:
        """The number that stands for all of it."""

    @property
    def tool(self) -> str:
        """The version that sealed it."""

    @property
    def files(self) -> Mapping[str, str]:
        """What became of each file."""

    @property
    def built(self) -> Mapping[str, str]:
        """How each file that was built comes out today."""

    @property
    def versions(self) -> Mapping[str, tuple[str, str]]:
        """What has another version today."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong."""

    @property
    def accepted(self) -> bool:
        """Whether nothing has changed, and the same builds again."""


def seal_text(found: Looked, *, today: str) -> str:
    """What became of a sealed folder, for people.

    Args:
        found: the folder.
        today: the version of this tool.
    """
    with_this = ", as this is" if found.tool == today else f"; this is {today}"
    lines = [f"{printable(found.folder)}: sealed by form4-author {printable(found.tool)}{with_this}"]
    lines += [f"  {state:<9} {printable(name)}" for name, state in found.files.items()]
    lines += [f"  built again: {printable(name)}: {state}" for name, state in found.built.items()]
    lines.append(f"  seal {found.seal}")
    if found.accepted:
        lines.append("  nothing has changed")
    return "\n".join(lines) + "\n"


def seal_data(found: Looked) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "folder": found.folder,
        "accepted": found.accepted,
        "seal": found.seal or None,
        "sealed_by": found.tool or None,
        "files": [{"file": name, "state": str(state)} for name, state in found.files.items()],
        "built": [{"file": name, "state": str(state)} for name, state in found.built.items()],
        "versions": [{"name": name, "then": then, "now": now} for name, (then, now) in found.versions.items()],
        "findings": findings_data(found.findings),
    }
