"""What the tool has to say about a file: findings as values, collected and never raised one by one.

A stage that cannot go on raises `Rejected` with all the findings it has gathered.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from form4_author.masking import masked_words


class Severity(StrEnum):
    """How grave a finding is.

    `ERROR` stops a build: a source says that EDGAR refuses the filing, or the tool can't know what to write.
    `WARNING` is what a practitioner would send back; `NOTE` is what is good to know.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Position(Struct, frozen=True, order=True):
    """A place in a file: `line` and `column` count from 1; `column` counts characters, not bytes."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Origin(Struct, frozen=True):
    """Where a value of a filing comes from.

    `position` is the place in the author's own file; None where there is no file (a filing made by a program).
    `path` names it: the plan's key path (`transactions[0].price`), or the XML's element path.
    """

    position: Position | None = None
    path: str = ""


NOWHERE = Origin()


class Finding(Struct, frozen=True):
    """One thing to say about one place of one file.

    Attributes:
        code: stable identifier, a topic and three digits (`TXN003`); never reused.
        severity: see `Severity`.
        message: one sentence, what is wrong, with the value in question.
        origin: where; the position is the author's own text, also for derived rows.
        hint: what to write instead; empty where the message says it.
        source: the rule or the specification's section that the finding rests on; empty for plain mistakes.
        waived: the reason the author gave for letting this stand; empty where it isn't waived.
    """

    code: str
    severity: Severity
    message: str
    origin: Origin = NOWHERE
    hint: str = ""
    source: str = ""
    waived: str = ""

    def __post_init__(self) -> None:
        """No finding holds a CCC: what it quotes is the author's own text, and that may be one."""
        for name in ("message", "hint", "waived"):
            force_setattr(self, name, masked_words(getattr(self, name)))

    @property
    def is_error(self) -> bool:
        """True where the finding stops a build."""
        return self.severity is Severity.ERROR


def error(code: str, message: str, origin: Origin = NOWHERE, *, hint: str = "", source: str = "") -> Finding:
    """A finding of severity `ERROR`."""
    return Finding(code, Severity.ERROR, message, origin, hint, source)


def has_errors(findings: Iterable[Finding]) -> bool:
    """True where at least one finding is an error."""
    return any(finding.is_error for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as a reader wants them: by file, line and column; those without a place first."""
    return sorted(
        findings,
        key=lambda f: (
            (f.origin.position.file, f.origin.position.line, f.origin.position.column)
            if f.origin.position
            else ("", 0, 0),
            f.code,
        ),
    )


class Rejected(Exception):  # noqa: N818 - a verdict, not a malfunction
    """A stage cannot go on; `findings` holds all it has found (at least one error).

    `unreadable` tells a file that could not be read at all (exit code 2) from one that was refused (1).
    """

    def __init__(self, findings: Iterable[Finding], *, unreadable: bool = False) -> None:
        self.findings = tuple(findings)
        self.unreadable = unreadable
        super().__init__("; ".join(f"{f.code} {f.message}" for f in self.findings))
