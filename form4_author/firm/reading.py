"""What a firm's file says, held against the keys that there are.

What it names must lie in its own folder: it may have come from elsewhere.

Codes: CFG001 no TOML, CFG002 an unknown key, CFG003 a value that its key doesn't take, CFG004 a path that leads out or
to nothing, CFG005 a CCC; FIL003 to FIL005 and FIL007 of the file itself.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct

from form4_author.codes import all_codes
from form4_author.files.reading import decode, read_bytes
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.firm.settings import BY_NAME, FILE, Firm, Kind, Setting, StandingWaiver
from form4_author.firm.toml_places import Path as TomlPath
from form4_author.firm.toml_places import Places, places
from form4_author.masking import holds_known
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.preflight import RULES
from form4_author.preflight.engine import chosen

_LARGEST = 64 * 1024
_MOST_JOBS = 64
_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_FIELD = re.compile(r"\{([^{}]*)\}")
NAME_FIELDS = ("plan", "insider", "owner", "symbol", "form", "date")
"""What the pattern of names may hold, in braces."""
_LONGEST_PATTERN = 120


def read_firm(path: Path, shown: str) -> Firm:
    """A firm's file, with what is wrong with it in its findings.

    Args:
        path: the file.
        shown: its name, as findings give it.
    """
    text = ""
    try:
        text = _text(path, shown)
        return _Reader(shown, text, path.parent).firm()
    except Rejected as refused:
        return Firm(shown, path.parent, text, findings=refused.findings)


def _text(path: Path, shown: str) -> str:
    place = Origin(Position(shown, 1, 1))
    if path.is_symlink():
        message = f"{FILE} is a link to another file"
        raise Rejected([error("CFG004", message, place, hint="Put the file itself there.")])
    data = read_bytes(path, shown, below=path.parent)
    if len(data) > _LARGEST:
        message = f"the file is larger than {_LARGEST // 1024} KiB"
        raise Rejected([error("FIL004", message, place, hint="Is this the right file?")])
    return decode(data, shown)


class _Unlike(Exception):  # noqa: N818 - a verdict on a value
    """A value that its key doesn't take."""

    def __init__(self, path: TomlPath, message: str, hint: str, code: str = "CFG003") -> None:
        super().__init__(message)
        self.path, self.message, self.hint, self.code = path, message, hint, code


class _Reader(Struct):
    file: str
    text: str
    folder: Path
    findings: list[Finding] = []

    def firm(self) -> Firm:
        """What the file says.

        Raises:
            Rejected: it is no TOML.
        """
        data, stands = self.parsed()
        settings: dict[str, Setting] = {}
        waivers: tuple[StandingWaiver, ...] = ()
        for key, said in data.items():
            known = BY_NAME.get(key)
            origin = self.origin((key,), stands)
            if self.is_secret((key,), said, stands):
                continue
            if known is None:
                hint = did_you_mean(key, BY_NAME) or f"Known here: {', '.join(BY_NAME)}."
                self.tell("CFG002", f"unknown key {quoted(key)}", self.origin((key,), stands, of_key=True), hint)
                continue
            try:
                if known.kind is Kind.WAIVERS:
                    waivers = self.waivers(said, stands)
                else:
                    settings[key] = Setting(self.value(key, known.kind, said), _shown(said), origin)
            except _Unlike as unlike:
                self.tell(unlike.code, unlike.message, self.origin(unlike.path, stands), unlike.hint)
        passed_over = self.passed_over(settings)
        return Firm(self.file, self.folder, self.text, settings, waivers, passed_over, tuple(self.findings))

    def parsed(self) -> tuple[dict[str, Any], Places]:
        try:
            data = tomllib.loads(self.text)
            return data, places(self.text)
        except RecursionError:
            message, line, column = "the values lie too deep in one another", 1, 1
        except ValueError as problem:
            message = _WHERE.sub("", str(problem))
            at = _WHERE.search(str(problem))
            lines = self.text.split("\n")
            line, column = (int(at[1]), int(at[2])) if at and at[1] else (len(lines), len(lines[-1]) + 1)
        place = Origin(Position(self.file, line, column))
        hint = 'A line reads: strict = true, or profiles = "people".'
        raise Rejected([error("CFG001", f"this is no TOML: {message[:1].lower()}{message[1:]}", place, hint=hint)])

    def origin(self, path: TomlPath, stands: Places, *, of_key: bool = False) -> Origin:
        """Where a part stands, or what holds it."""
        for length in range(len(path), 0, -1):
            first, second = (stands.keys, stands.values) if of_key else (stands.values, stands.keys)
            spot = first.get(path[:length]) or second.get(path[:length])
            if spot is not None:
                return Origin(Position(self.file, *spot), str(path[0]))
        return Origin(Position(self.file, 1, 1), str(path[0]))

    def tell(self, code: str, message: str, origin: Origin, hint: str) -> None:
        self.findings.append(error(code, message, origin, hint=hint))

    def is_secret(self, path: TomlPath, said: Any, stands: Places) -> bool:
        """Whether a CCC stands there, which is told."""
        name = str(path[-1])
        secret = name.lower().replace("_", "").replace("-", "").endswith("ccc") or holds_known(name)
        if secret or (isinstance(said, str) and holds_known(said)):
            hint = "Delete the line; give the CCC in the environment variable FORM4_CCC_<CIK>, or with --ccc-file."
            origin = self.origin(path, stands, of_key=secret)
            self.tell("CFG005", "a CCC never stands in a firm's file: it is shared and kept", origin, hint)
            return True
        below = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
        return bool([part for part, inner in below if self.is_secret((*path, part), inner, stands)])

    # --- values -----------------------------------------------------------------------------------------------------

    def value(self, key: str, kind: Kind, said: Any) -> Any:
        """What a key says, as it is used.

        Raises:
            _Unlike: it doesn't take that.
        """
        listed = [(one, (key, at)) for at, one in enumerate(said)] if isinstance(said, list) else []
        texts = [(one, at) for one, at in listed if isinstance(one, str)]
        whole = isinstance(said, list) and len(texts) == len(listed)
        match kind, said:
            case (Kind.FLAG, bool()):
                return said
            case (Kind.NUMBER, int()) if not isinstance(said, bool) and 0 < said <= _MOST_JOBS:
                return said
            case (Kind.PATTERN, str()):
                return _pattern(said, (key,))
            case (Kind.FOLDER | Kind.NEW_FOLDER | Kind.FILES, str()):
                path = self.path(said, (key,), kind)
                return (path,) if kind is Kind.FILES else path
            case (Kind.FILES | Kind.CODES, list()) if whole:
                return tuple(self.path(*one, kind) if kind is Kind.FILES else _code(*one) for one in texts)
            case _:
                raise _Unlike((key,), f"{key} takes {kind.value}", f"Write {BY_NAME[key].example}")

    def path(self, name: str, at: TomlPath, kind: Kind) -> Path:
        """A folder or file that the file names, which lies in the firm's folder."""
        try:
            path = Path(os.path.realpath(self.folder / name))
            there = path.is_dir() if kind is Kind.FOLDER else kind is Kind.NEW_FOLDER or path.is_file()
        except (OSError, ValueError):
            raise _Unlike(at, f"{quoted(name)} can't be the name of a file", "Write a plain name.", "CFG004") from None
        if not name.strip() or Path(name).is_absolute() or not path.is_relative_to(self.folder):
            message = f"{quoted(name)} lies outside the folder of {FILE}"
            raise _Unlike(at, message, "Name what lies in that folder or below it, told from there.", "CFG004")
        if not there:
            what = "folder" if kind is Kind.FOLDER else "file"
            near = (
                did_you_mean(name, _entries(path.parent, folders=kind is Kind.FOLDER)) if path.parent.is_dir() else ""
            )
            raise _Unlike(at, f"there is no {what} {quoted(name)}", near or "Check the spelling.", "CFG004")
        if kind is Kind.FILES and path.suffix not in {".yaml", ".yml"}:
            raise _Unlike(at, f"{quoted(name)} is not a YAML file", "A library's files end in .yaml.", "CFG004")
        return path

    def waivers(self, said: Any, stands: Places) -> tuple[StandingWaiver, ...]:
        """The warnings that the firm lets stand."""
        example = BY_NAME["waivers"].example
        if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
            raise _Unlike(("waivers",), f"waivers takes {Kind.WAIVERS.value}", f"Write {example}")
        found = []
        for at, one in enumerate(said):
            for key in one.keys() - {"code", "reason"}:
                origin = self.origin(("waivers", at, key), stands, of_key=True)
                self.tell("CFG002", f"unknown key {quoted(key)}", origin, did_you_mean(key, ("code", "reason")))
            missing = next((key for key in ("code", "reason") if not isinstance(one.get(key), str)), None)
            if missing is not None or not one["reason"].strip():
                message = f"a waiver without its {missing or 'reason'}"
                self.tell("CFG003", message, self.origin(("waivers", at), stands), f"Write {example}")
                continue
            origin = self.origin(("waivers", at, "code"), stands)
            try:
                found.append(
                    StandingWaiver(_code(one["code"], ("waivers", at, "code"), whole=True), one["reason"], origin)
                )
            except _Unlike as unlike:
                self.tell(unlike.code, unlike.message, origin, unlike.hint)
        return tuple(found)

    def passed_over(self, settings: dict[str, Setting]) -> tuple[str, ...]:
        """The rules that are not looked for; those that find errors always are."""
        if not settings.keys() & {"select", "ignore"}:
            return ()
        select, ignore = (settings[key].value if key in settings else () for key in ("select", "ignore"))
        lax = [rule.code for rule in RULES if rule.severity is not Severity.ERROR]
        return tuple(code for code in lax if not chosen(code, select, ignore))


def _entries(folder: Path, *, folders: bool) -> list[str]:
    try:
        return [path.name for path in folder.iterdir() if path.is_dir() == folders and not path.name.startswith(".")]
    except OSError:
        return []


def _pattern(said: str, at: TomlPath) -> str:
    example = f"Write {BY_NAME['name'].example}; known are {', '.join(f'{{{part}}}' for part in NAME_FIELDS)}."
    for part in _FIELD.findall(said):
        if part not in NAME_FIELDS:
            raise _Unlike(at, f"{quoted('{' + part + '}')} is nothing that a name can hold", example)
    plain = _FIELD.sub("x", said)
    if not plain.isprintable() or set(plain) & set('{}/\\:*?"<>|') or plain != plain.strip(" ."):
        raise _Unlike(at, f"no file can be called {quoted(said)}", example)
    if not _FIELD.search(said) or len(said) > _LONGEST_PATTERN:
        raise _Unlike(at, f"{quoted(said)} gives every plan the same name", example)
    return said


def _code(said: str, at: TomlPath, *, whole: bool = False) -> str:
    """The code of a warning or a note; or, unless `whole` is asked for, that of a rule or a family of rules."""
    code = said.strip().upper()
    severities = {rule.code: rule.severity for rule in RULES}
    if whole:
        severities |= {known.code: known.severity for known in all_codes()}
    known = [*severities] if whole else [*severities, *{one[:3] for one in severities}]
    if code not in known:
        raise _Unlike(
            at,
            f"there is no {'code' if whole else 'rule'} {quoted(said)}",
            did_you_mean(said, known) or "form4-author rules lists them.",
        )
    if severities.get(code) is Severity.ERROR:
        what = "waived" if whole else "passed over"
        raise _Unlike(at, f"{code} is an error, and errors can't be {what}", "Delete it here; mend what it finds.")
    return code


def _shown(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return ", ".join(said) if isinstance(said, list) else str(said)
