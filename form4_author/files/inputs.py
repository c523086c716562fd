"""What a command line names -> the inputs it means: files, folders of plans, standard input.

Code: FIL006 a folder without plans.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from form4_author.findings import Origin, Position, Rejected, error

STANDARD_INPUT = "-"
_ENDINGS = frozenset({".yaml", ".yml"})
_XML_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<", b"-----BEGIN PRIVACY-ENHANCED")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to look at.

    Attributes:
        name: as findings give it.
        path: where it lies; None for standard input.
        data: its content, where it has been read already.
    """

    name: str
    path: Path | None
    data: bytes | None = field(default=None, repr=False)


def gather(names: Iterable[str], stdin: BinaryIO) -> list[Input]:
    """The inputs that names mean, each once, in order.

    Args:
        names: files; folders, which mean every plan below (`*.yaml` and `*.yml`, those with a leading `_` in their own
            or a folder's name aside: they are parts, judged with the plans that include them); `-` for standard
            input, once.
        stdin: where standard input is read from.

    Raises:
        Rejected: a folder holds no plans (FIL006, `unreadable` set).
    """
    found: dict[str, Input] = {}
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT:
            if name not in found:
                found[name] = Input("<stdin>", None, stdin.read())
        elif path.is_dir():
            plans = sorted(plan for plan in path.rglob("*.*") if _is_plan(plan.relative_to(path)))
            if not plans:
                raise Rejected(
                    [
                        error(
                            "FIL006",
                            "there are no plans (*.yaml, *.yml) in this folder",
                            Origin(Position(name, 1, 1)),
                            hint="`form4-author new` writes one to start from.",
                        )
                    ],
                    unreadable=True,
                )
            for plan in plans:
                found.setdefault(str(plan), Input(str(plan), plan))
        else:
            found.setdefault(name, Input(name, path))
    return list(found.values())


def _is_plan(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS and not any(part.startswith(("_", ".")) for part in path.parts)


def is_plan(file: Input, data: bytes) -> bool:
    """Whether an input is to be read as a plan: by its ending, else by how it begins."""
    suffix = file.path.suffix.lower() if file.path else ""
    if suffix in _ENDINGS:
        return True
    if suffix in {".xml", ".txt", ".htm", ".html"}:
        return False
    return not data[:4096].lstrip().startswith(_XML_BEGINNINGS)
