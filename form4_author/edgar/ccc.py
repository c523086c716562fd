"""The CCCs (the filers' EDGAR passwords for a submission): from the environment or a file, and never shown.

A CCC leaves this module through `Keyring.for_cik` alone, for the XML that is submitted, and through
`Keyring.handed_on`, for another process of the same run. No finding, name, text form or exception holds one, and each
that comes in is remembered by `masking`, so that nothing shows it; a process that knows one leaves no core dump. What
the environment holds is taken out of it before anything else begins: no program that is started from here inherits
it.

Codes: CCC001 not of a CCC's form, CCC002 a file that others can read, CCC003 a line or a variable that names no
CIK, CCC004 a file that can't be read, CCC005 two CCCs for one CIK.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from form4_author.files.reading import note, open_handle, reason
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.masking import masked_words, remember

if sys.platform != "win32":
    import resource

VARIABLE = "FORM4_CCC_"
MAX_BYTES = 1024 * 1024

_CIK = re.compile(r"[0-9]{1,10}")
_LINE = re.compile(r"""\s*([^\s:#][^\s:]*)\s*:\s*(?:(["'])(.*?)\2|(\S+))(?:\s+\#.*)?\s*""")
_SOURCE = "EDGAR's schema of a CCC: 8 characters, a numeral and one of @ # $ * among them"


class Keyring:
    """The CCCs at hand, by CIK. Its text form tells their number and nothing else; it can't be pickled.

    Attributes:
        findings: what looks wrong about them, never with their text.
    """

    __slots__ = ("_cccs", "findings")

    def __init__(self, cccs: Mapping[str, str] | None = None) -> None:
        """Take CCCs as they are.

        Args:
            cccs: CCC by CIK, with or without leading zeroes.

        Raises:
            ValueError: a key is no CIK.
        """
        self._cccs: dict[int, str] = {}
        self.findings: tuple[Finding, ...] = ()
        for cik, ccc in (cccs or {}).items():
            number = _number(cik)
            if number is None:
                raise ValueError("a CIK is 1 to 10 digits")
            self._cccs[number] = ccc
            remember(ccc)

    @classmethod
    def of_this_process(cls) -> Keyring:
        """Take the CCCs that `take_from_environment` has taken, now or before.

        Raises:
            Rejected: as for `from_environment`.
        """
        take_from_environment()
        return cls.from_environment(_taken)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Keyring:
        """Take the CCCs of all variables named `FORM4_CCC_<CIK>`; empty ones are as good as absent.

        Raises:
            Rejected: a variable of that beginning names no CIK (CCC003), or two give one CIK different CCCs (CCC005).
        """
        keyring = cls()
        problems = []
        for name in sorted(environment):
            if not name.startswith(VARIABLE) or not environment[name].strip():
                continue
            place = Origin(path=f"${name}")
            number = _number(name.removeprefix(VARIABLE))
            if number is None:
                problems.append(
                    error("CCC003", f"${name} names no CIK", place, hint=f"Name it {VARIABLE}0001234567, with digits.")
                )
            else:
                problems += keyring._add(number, environment[name].strip(), place)
        if problems:
            raise Rejected(problems)
        return keyring

    @classmethod
    def from_file(cls, path: Path) -> Keyring:
        """Take the CCCs of a file with a line `CIK: CCC` for each; blank lines and `#` comments are skipped.

        Raises:
            Rejected: it can't be read (CCC004, `unreadable` set), others can read it (CCC002), a line is not of
                that form (CCC003, by its number only), or a CIK has two CCCs (CCC005).
        """
        name = str(path)
        text = _text(path, name)
        keyring = cls()
        problems = []
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            place = Origin(Position(name, number, 1))
            match = _LINE.fullmatch(line)
            cik = _number(match[1]) if match else None
            if match is None or cik is None:
                problems.append(
                    error("CCC003", f"line {number} is not `CIK: CCC`", place, hint="Write `0001234567: ` and the CCC.")
                )
            else:
                problems += keyring._add(cik, match[3] if match[2] else match[4], place)
        if problems:
            raise Rejected(problems)
        return keyring

    def __or__(self, other: Keyring) -> Keyring:
        """Both together; where both know a CIK, the other's CCC counts."""
        keyring = Keyring()
        keyring._cccs = self._cccs | other._cccs
        keyring.findings = self.findings + other.findings
        return keyring

    def for_cik(self, cik: str) -> str | None:
        """The CCC of a CIK, compared as numbers; None where there is none, or the text is no CIK."""
        number = _number(cik)
        return None if number is None else self._cccs.get(number)

    def handed_on(self) -> tuple[dict[str, str], tuple[Finding, ...]]:
        """The CCCs by CIK and what is said about them, to be given to a process of the same run by its pipe."""
        return {str(number): ccc for number, ccc in self._cccs.items()}, self.findings

    def knows(self, cik: str) -> bool:
        """Whether there is a CCC for a CIK."""
        return self.for_cik(cik) is not None

    def __len__(self) -> int:
        return len(self._cccs)

    def __repr__(self) -> str:
        return f"<Keyring with {len(self)} CCC{'s' if len(self) != 1 else ''}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a keyring is not written down: read it again where it is needed")

    def _add(self, number: int, ccc: str, place: Origin) -> list[Finding]:
        """Keep a CCC of the right form; errors are returned, doubts kept."""
        remember(ccc)
        _dump_no_core()
        if self._cccs.get(number, ccc) != ccc:
            return [error("CCC005", f"there are two different CCCs for the CIK {number}", place)]
        hint = f"A CCC has 8 characters, a numeral and one of @ # $ * among them; this one has {len(ccc)}."
        if len(ccc) != 8 or not ccc.isascii() or not ccc.isprintable() or " " in ccc:
            return [error("CCC001", f"what is given for the CIK {number} is no CCC", place, hint=hint, source=_SOURCE)]
        if not re.search(r"[0-9]", ccc) or not re.search(r"[@#$*]", ccc):
            what = "no numeral" if not re.search(r"[0-9]", ccc) else "none of @ # $ *"
            self.findings += (
                Finding(
                    "CCC001",
                    Severity.WARNING,
                    f"the CCC for the CIK {number} has {what} in it",
                    place,
                    "Check it: EDGAR's own CCCs have a numeral and one of @ # $ * among their 8 characters.",
                    _SOURCE,
                ),
            )
        self._cccs[number] = ccc
        return []


_taken: dict[str, str] = {}


def take_from_environment() -> None:
    """Move the CCCs of the environment out of it, into this process alone; later ones take the place of earlier ones.

    A process hands its environment on to every program that it, or a library in it, starts.
    """
    for name in [name for name in os.environ if name.startswith(VARIABLE)]:
        _taken[name] = os.environ.pop(name)
        if _taken[name].strip():
            remember(_taken[name].strip())
            _dump_no_core()


def forget_the_environment() -> None:
    """Forget what was taken from the environment."""
    _taken.clear()


def _dump_no_core() -> None:
    """Let the system write no image of this process, nor of those that it begins, where they crash: a CCC is in it."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _number(cik: str) -> int | None:
    text = cik.strip()
    return int(text) if _CIK.fullmatch(text) else None


def _text(path: Path, name: str) -> str:
    """The file's text; its permissions are asked of the open file, so that nothing can be swapped in between."""
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "a pipe, a device or the like"
            raise _refused("CCC004", f"the file with the CCCs is {what}", name, "Name a file.")
        with open_handle(path) as stream:
            opened = os.fstat(stream.fileno())
            if not stat.S_ISREG(opened.st_mode):
                raise _refused("CCC004", "the file with the CCCs is no file any more", name, "Name a file.")
            if os.name == "posix" and opened.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise _refused(
                    "CCC002", "others than you can use the file with the CCCs", name, f"chmod 600 {_quoted(name)}"
                )
            note(opened)
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused(
            "CCC004", "there is no such file with CCCs", masked_words(name), "Check the spelling and the folder."
        ) from None
    except (OSError, ValueError) as problem:
        what = f"the file with the CCCs can't be read: {reason(problem)}"
        raise _refused("CCC004", what, name, "Check its permissions.") from None
    if len(data) > MAX_BYTES:
        raise _refused("CCC004", "the file with the CCCs is larger than 1 MiB", name, "Is this the right file?")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise _refused("CCC004", "the file with the CCCs is not UTF-8 text", name, "Save it as plain text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w./~+-]+", name) else "'" + name.replace("'", "'\\''") + "'"


def _refused(code: str, message: str, name: str, hint: str) -> Rejected:
    return Rejected([error(code, message, Origin(Position(name, 1, 1)), hint=hint)], unreadable=True)
