"""What a firm's file may say: its keys, and what each takes. It is the one list: all else is read off it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct

from form4_author.findings import NOWHERE, Finding, Origin
from form4_author.masking import Veiled

FILE = "form4-author.toml"


class Kind(StrEnum):
    """What a key of the file takes, in the words of a finding."""

    FLAG = "true or false"
    NUMBER = "a whole number from 1 to 64"
    PATTERN = "a text"
    FOLDER = "the name of a folder"
    NEW_FOLDER = "the name of a folder, which is made where there is none"
    FILES = "the name of a file, or a list of them"
    CODES = "a list of codes, or of families of rules"
    WAIVERS = "a list of warnings, each with its reason"


class Known(Struct, frozen=True):
    """A key that the file may have.

    Attributes:
        name: the key: that of the command line's long option, where there is one.
        kind: what it takes.
        default: what counts where nothing says otherwise, as it is shown.
        example: how it is written.
        summary: what it is for, in a line.
    """

    name: str
    kind: Kind
    default: str
    example: str
    summary: str


# -- The registry. A key more is its line here and, where it is an option, the option's field of the same name. --------
SETTINGS = (
    Known("profiles", Kind.FOLDER, "", 'profiles = "people"', "the folder of the insiders' profiles"),
    Known("library", Kind.FILES, "", 'library = "footnotes.yaml"', "the firm's footnotes, for every plan"),
    Known("template", Kind.FOLDER, "", 'template = "templates"', "the firm's templates of the page"),
    Known("waivers", Kind.WAIVERS, "", 'waivers = [{code = "TXN014", reason = "..."}]', "warnings that may stand"),
    Known("output", Kind.NEW_FOLDER, "build", 'output = "filed"', "the folder that build writes into"),
    Known("name", Kind.PATTERN, "{plan}", 'name = "{symbol}-{owner}-{date}"', "how what is built is called"),
    Known("strict", Kind.FLAG, "no", "strict = true", "warnings refuse a file too"),
    Known("select", Kind.CODES, "", 'select = ["TXN"]', "of the warnings and notes, these alone"),
    Known("ignore", Kind.CODES, "", 'ignore = ["OWN005"]', "warnings and notes that are not looked for"),
    Known("proof", Kind.FLAG, "no", "proof = true", "append the proof sheet to the page"),
    Known("html", Kind.FLAG, "no", "html = true", "also write the page as HTML"),
    Known("pdf", Kind.FLAG, "yes", "pdf = false", "write the page as PDF"),
    Known("submission", Kind.FLAG, "no", "submission = true", "also write the envelope for EDGAR"),
    Known("summary", Kind.FLAG, "yes", "summary = false", "of several forms, write the page that tells of them"),
    Known("jobs", Kind.NUMBER, "1", "jobs = 4", "how many plans are built, or files checked, at once"),
)
# ----------------------------------------------------------------------------------------------------------------------
BY_NAME: Mapping[str, Known] = {known.name: known for known in SETTINGS}


class Setting(Struct, frozen=True):
    """What the file says under a key.

    Attributes:
        value: a bool, an int, a text or a tuple of texts; of a folder or files their resolved paths.
        shown: the value as the file has it.
        origin: where it stands.
    """

    value: Any
    shown: str
    origin: Origin


class StandingWaiver(Struct, frozen=True):
    """A warning or note that the firm lets stand in all its plans, with the reason."""

    code: str
    reason: str
    origin: Origin = NOWHERE


class Firm(Veiled, frozen=True):
    """A firm's file, read; empty where there is none.

    Attributes:
        file: its name, as findings give it.
        folder: where it lies: what it names lies inside.
        text: its text.
        settings: what it says, by key; `waivers` aside.
        waivers: the warnings that may stand.
        passed_over: the rules that it has not looked for: warnings and notes alone.
        findings: what is wrong with it.
    """

    file: str = ""
    folder: Path | None = None
    text: str = ""
    settings: Mapping[str, Setting] = {}
    waivers: tuple[StandingWaiver, ...] = ()
    passed_over: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def value(self, key: str) -> Any:
        """What it says under a key; None where it says nothing."""
        setting = self.settings.get(key)
        return None if setting is None else setting.value

    def options(self) -> dict[str, Any]:
        """What it says, as options have it: folders told as the file itself is."""
        return {key: self._told(setting.value) for key, setting in self.settings.items()}

    def _told(self, value: Any) -> Any:
        if not isinstance(value, Path) or self.folder is None:
            return value
        return Path(os.path.normpath(Path(self.file).parent / os.path.relpath(value, self.folder)))


NO_FIRM = Firm()
