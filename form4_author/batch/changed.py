"""Which plans of a batch stand as they were built, by what is on record of them, and what is put on record.

A plan stands where all that it was built from is the same, to the hash of each file, and each of its own files is there
as it was written. Its findings are told again. What is told of a plan with regard to the files beside it (a trade the
other way) is no part of its own files' hashes: where one of those has changed, the plan is examined again, and built
again where anything else is found.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from form4_author import preflight, schema_store
from form4_author.batch.built import Entry, Record
from form4_author.days.business_days import user_file
from form4_author.edgar.ccc import Keyring
from form4_author.files.delivery import Landing, fingerprint, telling
from form4_author.files.inputs import Input
from form4_author.files.reading import FileId, decode, hashing, identity, open_handle, read_bytes, root_of
from form4_author.findings import Finding, Origin, Position, Rejected, Severity
from form4_author.firm.nearest import firm_or_none
from form4_author.masking import masked
from form4_author.pipeline.examine import Refused, Stated
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.loading import asked_shelf, firm_shelf
from form4_author.pipeline.options import BuildOptions
from form4_author.pipeline.verbs import build_file, unbuilt
from form4_author.preflight import catalogue
from form4_author.report.file_report import Course, FileReport, FormReport, findings_data
from form4_author.version import __version__

Beside = Callable[[Input, Stated], Sequence[Finding]]


class Recorded(FileReport, frozen=True):
    """What became of a plan, with what is to be put on record of it; None where nothing is."""

    entry: Entry | None = None


class Changed:
    """The plans of a run, against what is on record.

    Args:
        inputs: the plans.
        options: how they are built.
        keyring: the CCCs at hand.
    """

    def __init__(self, inputs: Sequence[Input], options: BuildOptions, keyring: Keyring) -> None:
        self.options, self.keyring = options, keyring
        self._records: dict[Path, Record] = {}
        self._hashes: dict[str, str] = {}
        self._texts: dict[str, str | None] = {}
        self._by_path = {os.path.realpath(file.path): file for file in inputs if file.path is not None}
        self._by_name = {file.name: file for file in inputs}
        self._done: list[Input] = []
        self._options: dict[str, BuildOptions] = {}
        self._listing: Any = import_module("form4_author.short_swing.neighbours").Beside()
        self._surroundings = _surroundings(keyring, self._hash)

    def standing(self, file: Input) -> FileReport | Entry | None:
        """Whether a plan stands: what became of it, what is on record where that must be looked at, or None."""
        options, record = self._settled(file)
        entry = record.entries.get(file.name)
        if entry is None or file.path is None or options.against is not None:
            return None
        if entry.how != self.how(file) or not self._files_stand(file, entry):
            return None
        if any(self.keyring.knows(cik) != known for cik, known in entry.cccs.items()):
            return None
        if not entry.outputs or not all(_stands(options.output, *told) for told in entry.outputs):
            return None
        if entry.parties and entry.beside != self.beside(file, entry):
            return entry
        return _unchanged(file, entry, options.output, self._text)

    def keep(self, report: FileReport) -> FileReport:
        """Put a plan on record, and give the report of it alone."""
        if not isinstance(report, Recorded):
            return report
        if report.entry is not None:
            self._settled(self._by_name[report.file])[1].add(report.entry)
            self._done.append(self._by_name[report.file])
        return FileReport(**{name: getattr(report, name) for name in FileReport.__struct_fields__})

    def end(self) -> None:
        """Put on record what lay beside the plans, now that all of them are built."""
        for file in self._done:
            record = self._settled(file)[1]
            entry = record.entries[file.name]
            if entry.parties:
                record.add(replace(entry, beside=self.beside(file, entry)))

    def how(self, file: Input) -> str:
        """The hash of all that counts for a plan besides the files that are read for it."""
        options, _ = self._settled(file)
        firm = firm_or_none(file)
        folder = Path(os.path.realpath(file.path or Path())).parent
        said = {name: str(getattr(options, name)) for name in options.__struct_fields__ if name not in _APART}
        root = os.path.relpath(root_of(folder), folder)
        profiles = str(file.profiles)
        return _hash_of([self._surroundings, said, firm.file, firm.text, root, profiles, self._templates(options)])

    def beside(self, file: Input, entry: Entry) -> str:
        """The hash of the files beside a plan that its findings rest on, and of those that these are made of."""
        told: list[Any] = []
        for issuer, owners in entry.parties:
            paths, more = self._listing.of(file, issuer, owners)
            for path in paths:
                other = self._by_path.get(os.path.realpath(path))
                known = self._settled(other)[1].entries.get(other.name) if other else None
                folder = Path(path).parent
                parts = [self._hash(folder / name) for name in sorted(known.files)] if known else []
                told.append([Path(path).name, self._hash(Path(path)), parts])
            told.append(more)
        return _hash_of(told)

    def _settled(self, file: Input) -> tuple[BuildOptions, Record]:
        """The options that count for a plan, and the record of the folder that they name."""
        options = self._options.get(file.name)
        if options is None:
            options = self._options[file.name] = self.options.under(firm_or_none(file))
        if options.output not in self._records:
            self._records[options.output] = Record(options.output)
        return options, self._records[options.output]

    def _files_stand(self, file: Input, entry: Entry) -> bool:
        real = Path(os.path.realpath(file.path or Path()))
        if real.name not in entry.files or not self._profiles_stand(file, real.parent, entry):
            return False
        return all(self._hash(real.parent / name) == known for name, known in entry.files.items())

    def _profiles_stand(self, file: Input, folder: Path, entry: Entry) -> bool:
        """Whether each profile that was read is still the first of its name in the folders of profiles."""
        shelves = [asked_shelf(file.profiles), firm_shelf(firm_or_none(file))]
        asked, firms = ([shelf.folder] if shelf else [] for shelf in shelves)
        read = {os.path.normpath(folder / name) for name in entry.files}
        for name in {Path(one).name for one in read}:
            there = [shelf / name for shelf in (*asked, folder / "_profiles", *firms) if os.path.lexists(shelf / name)]
            paths = [os.path.realpath(one) for one in there]
            if read.intersection(paths) and paths[0] not in read:
                return False
        return True

    def _templates(self, options: BuildOptions) -> list[tuple[str, str]]:
        if options.template is None:
            return []
        try:
            paths = sorted(options.template.iterdir())
        except OSError:
            return []
        return [(path.name, self._hash(path)) for path in paths]

    def _hash(self, path: Path) -> str:
        """The hash of a file, taken once in a run; empty where none can be read."""
        name = os.path.normpath(path)
        if name not in self._hashes:
            self._hashes[name] = _hash_of_file(Path(name))
        return self._hashes[name]

    def _text(self, name: str) -> str | None:
        if name not in self._texts:
            try:
                self._texts[name] = masked(decode(read_bytes(Path(name), name), name))
            except Rejected:
                self._texts[name] = None
        return self._texts[name]


#: Options that say where something is, or what was said, and nothing of how a plan is built.
_APART = frozenset({"output", "said", "against", "summary", "as_of"})


def build_recorded(
    file: Input,
    options: BuildOptions,
    keyring: Keyring,
    *,
    spared: frozenset[FileId],
    beside: Beside,
    entries: Mapping[str, Entry],
    how: Mapping[str, str],
) -> FileReport | Refused:
    """Build a plan, with what is to be put on record of it.

    Args:
        file: the plan.
        options: how to build.
        keyring: the CCCs at hand.
        spared: see `build_file`.
        beside: see `build_file`.
        entries: what is on record of the plans of which only what lies beside them has changed.
        how: see `Changed.how`, by the plans' names.
    """
    entry = entries.get(file.name)
    if entry is not None:
        report = guarded(file.name, partial(unbuilt, file, options, keyring, beside=beside))
        if isinstance(report, FileReport) and report.accepted and _data(report) == entry.findings:
            told = {name: getattr(report, name) for name in FileReport.__struct_fields__}
            output = options.under(firm_or_none(file)).output
            standing = tuple(str(output / name) for name, *_ in entry.outputs)
            several, single = _forms_on_record(entry, output)
            course = {"course": Course.UNCHANGED, "standing": standing, "forms": several, "single": single}
            return Recorded(**told | course, entry=entry)
    seen: list[Stated] = []
    landing: list[Landing] = []

    def looking_beside(file: Input, found: Stated) -> Sequence[Finding]:
        seen.append(found)
        with hashing():  # what is read there is none of the plan's own
            return beside(file, found)

    with hashing() as files, telling(landing.extend):
        report = guarded(file.name, partial(build_file, file, options, keyring, spared=spared, beside=looking_beside))
    if isinstance(report, Refused) or not report.accepted or file.path is None or options.against is not None:
        return report
    folder = Path(os.path.realpath(file.path)).parent
    trades = import_module("form4_author.short_swing.neighbours").parties_of_trades
    parties = {(issuer, tuple(sorted(owners))) for one in seen for issuer, owners in filter(None, [trades(one.filing)])}
    ciks = {owner.cik.text for one in seen for owner in one.filing.owners}
    made = Entry(
        plan=file.name,
        how=how[file.name],
        files={os.path.relpath(path, folder): told for path, told in files.items()},
        cccs={cik: keyring.knows(cik) for cik in sorted(ciks)},
        parties=tuple(sorted(parties)),
        outputs=tuple((Path(one.path).name, one.fingerprint, one.secret) for one in landing),
        findings=_data(report),
        forms=tuple(asdict(form) for form in (*report.forms, *filter(None, (report.single,)))),
    )
    return Recorded(**{name: getattr(report, name) for name in FileReport.__struct_fields__}, entry=made)


def _data(report: FileReport) -> tuple[Mapping[str, Any], ...]:
    return tuple(findings_data(report.findings))


def _unchanged(file: Input, entry: Entry, output: Path, text: Callable[[str], str | None]) -> FileReport | None:
    """What is told of a plan that stands; None where the record of it can't be understood."""
    folder = Path(os.path.realpath(file.path or Path())).parent
    try:
        findings = tuple(map(_finding, entry.findings))
        several, single = _forms_on_record(entry, output)
    except (KeyError, TypeError, ValueError):
        return None
    places = {one.origin.position.file for one in findings if one.origin.position}
    return FileReport(
        file.name,
        accepted=True,
        findings=findings,
        texts={name: shown for name in places if (shown := text(name)) is not None},
        forms=several,
        single=single,
        read=frozenset(filter(None, (identity(folder / name) for name in entry.files))),
        course=Course.UNCHANGED,
        standing=tuple(str(output / name) for name, *_ in entry.outputs),
    )


def _forms_on_record(entry: Entry, output: Path) -> tuple[tuple[FormReport, ...], FormReport | None]:
    """What became of each form as it was built: of several, or of one."""
    forms = []
    for form in entry.forms:
        standing = tuple(str(output / Path(name).name) for name in form["outputs"])
        tuples = {"missing": tuple(form["missing"]), "group": tuple(form["group"])}
        forms.append(FormReport(**{**form, **tuples, "outputs": (), "standing": standing}))
    if len(forms) == 1 and not forms[0].name:
        return (), forms[0]
    return tuple(forms), None


def _finding(told: Mapping[str, Any]) -> Finding:
    place = None if told["file"] is None else Position(str(told["file"]), int(told["line"]), int(told["column"]))
    return Finding(
        str(told["code"]),
        Severity(told["severity"]),
        str(told["message"]),
        Origin(place, str(told["path"])),
        str(told["hint"]),
        str(told["source"]),
        str(told.get("waived", "")),
    )


def _stands(folder: Path, name: str, known: str, secret: bool) -> bool:  # noqa: FBT001 - as it is on record
    """Whether a file that was written is there as it was."""
    path = folder / name
    if path.name != name:
        return False
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode) or (secret and mode & (stat.S_IRWXG | stat.S_IRWXO) and os.name == "posix"):
            return False
        with open_handle(path) as stream:
            return fingerprint(stream.read(), secret=secret) == known
    except (OSError, ValueError):
        return False


def _surroundings(keyring: Keyring, hash_of: Callable[[Path], str]) -> str:
    """The hash of what is the same for all plans of a run."""
    from importlib.metadata import version  # noqa: PLC0415 - slow to load, and for this alone

    try:
        schemas = [f"{one.version} {one.origin} {one.sha256}" for one in schema_store.schemas_in_use()]
    except Rejected as refused:
        schemas = [str(refused)]
    return _hash_of(
        [
            __version__,
            catalogue.version(preflight.RULES),
            schemas,
            hash_of(user_file()),
            findings_data(keyring.findings),
            version("weasyprint"),
        ]
    )


def _hash_of(data: Any) -> str:
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def _hash_of_file(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a device may act on being opened
            return ""
        with open_handle(path) as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    except (OSError, ValueError):
        return ""
