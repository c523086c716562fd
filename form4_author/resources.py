"""Where the templates, schemas and fonts live: at the root of a checkout, inside the package of a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a file or folder that ships with the tool.

    Args:
        parts: below the root, as in `resource("schemas", "edgar", "X0609")`.

    Raises:
        FileNotFoundError: nothing of that name ships; the installation is damaged.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"the installation lacks {'/'.join(parts)}: install form4-author again")
