"""Files that appear whole or not at all.

All files of one build are first written beside their place under temporary names, then renamed; where any of them
can't be written, none appears. Code: OUT002 a file can't be written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from form4_author.findings import Origin, Position, Rejected, error
from form4_author.masking import without_known


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write: its path and content; `secret` ones are readable by their owner alone (mode 0600).

    In any other file that is text, no known CCC stands: it is masked there as it is everywhere.
    """

    path: Path
    data: bytes
    secret: bool = False


def deliver(outputs: Iterable[Output]) -> None:
    """Write all the files, or none.

    Raises:
        Rejected: a folder or file can't be written (OUT002); nothing of this build remains.
    """
    waiting: list[tuple[Path, Path]] = []
    current = Path()
    try:
        for output in outputs:
            current = output.path
            current.parent.mkdir(parents=True, exist_ok=True)
            if current.is_dir():
                raise IsADirectoryError(0, "a folder of that name is in the way")
            temporary = current.with_name(f".{current.name}.{os.getpid()}.tmp")
            waiting.append((temporary, current))
            _write(temporary, output)
        for temporary, final in waiting:
            current = final
            temporary.replace(final)
    except OSError as problem:
        raise unwritable(current, problem) from None
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def unwritable(path: Path, problem: OSError) -> Rejected:
    """The refusal of an output that can't be written, or made for want of room."""
    return Rejected(
        [
            error(
                "OUT002",
                f"{path} can't be written: {problem.strerror or problem}; nothing was written",
                Origin(Position(str(path), 1, 1)),
                hint="Name another folder with -o, or make room or rights in this one.",
            )
        ]
    )


def _write(path: Path, output: Output) -> None:
    mode = 0o600 if output.secret else 0o666
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(output.data if output.secret or output.data.startswith(b"%PDF") else _masked(output.data))
        stream.flush()
        os.fsync(stream.fileno())


def _masked(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return without_known(text).encode("utf-8", "surrogateescape")
