"""Files -> bytes -> text, each refusal a finding: the only place where the tool reads what a user names.

Codes: FIL001 missing, FIL002 a folder, FIL003 not permitted, FIL004 too large, FIL005 not UTF-8 text.
"""

from __future__ import annotations

from pathlib import Path

from form4_author.findings import Origin, Position, Rejected, error

MAX_BYTES = 2 * 1024 * 1024


def read_bytes(path: Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """A file's content, or a clear refusal.

    Raises:
        Rejected: it is missing (FIL001), a folder (FIL002), not permitted (FIL003) or too large (FIL004);
            `unreadable` is set.
    """

    def refuse(code: str, message: str, hint: str) -> Rejected:
        return Rejected([error(code, message, Origin(Position(name, 1, 1)), hint=hint)], unreadable=True)

    try:
        if path.is_dir():
            raise refuse("FIL002", "this is a folder, not a file", "Name a file inside it.")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise refuse("FIL001", "there is no such file", "Check the spelling and the folder.") from None
    except OSError as problem:
        raise refuse("FIL003", f"the file can't be read: {problem.strerror}", "Check its permissions.") from None
    return within(data, name, limit)


def within(data: bytes, name: str, limit: int = MAX_BYTES) -> bytes:
    """The content itself, where it is no larger than the limit.

    Raises:
        Rejected: it is larger (FIL004); `unreadable` is set.
    """
    if len(data) > limit:
        message = f"the file is larger than {limit // 2**20} MiB"
        finding = error("FIL004", message, Origin(Position(name, 1, 1)), hint="Is this the right file?")
        raise Rejected([finding], unreadable=True)
    return data


def decode(data: bytes, name: str) -> str:
    """UTF-8 text of a file, a byte order mark dropped and every line end a single line feed.

    Raises:
        Rejected: the bytes are no UTF-8 text (FIL005); `unreadable` is set.
    """

    def refuse(message: str, hint: str, line: int = 1, column: int = 1) -> Rejected:
        return Rejected([error("FIL005", message, Origin(Position(name, line, column)), hint=hint)], unreadable=True)

    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise refuse("the file is UTF-16 text", "Save it as UTF-8 (in Notepad: Save As, Encoding: UTF-8).")
    if b"\0" in data:
        raise refuse("the file is not text (it holds NUL bytes)", "A plan is a YAML text file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise refuse(
            f"byte 0x{data[problem.start]:02X} is not UTF-8 text", "Save the file as UTF-8 text.", line, column
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def inside(name: str, folder: Path | None, root: Path | None, origin: Origin, code: str) -> Path:
    """The path of a file that a plan names, which must lie inside `root`, links resolved.

    Raises:
        Rejected: the path is absolute or climbs out of the folder, or the plan has no folder; under `code`.
    """
    if folder is None or root is None:
        raise Rejected([error(code, f"{name} can't be found: this plan is in no folder", origin)])
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(root):
        raise Rejected(
            [
                error(
                    code,
                    f"{name} lies outside the folder {root.name or root}",
                    origin,
                    hint="Name files relative to the plan; they must lie in the folder above it, or in the "
                    "one that the command runs in.",
                )
            ]
        )
    return path
