"""Makes the modules of the tool's own templates; `python -m form4_author.ready_made`. See `ready`."""

from __future__ import annotations

from pathlib import Path

from form4_author import ready
from form4_author.edgar import xml_template
from form4_author.page import templates


def write() -> list[Path]:
    """Compile all that ship, into the package that this is.

    Returns:
        The modules.
    """
    pages = (templates.built_in(), templates.of_memos(), templates.of_summaries())
    environments = (xml_template.environment(), *(page.environment for page in pages))
    return ready.write(environments, Path(__file__).resolve().parent)


if __name__ == "__main__":
    write()
