"""Many files in one run: each on its own, in order, several at once where asked.

Code: OUT001 two plans would write the same file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from pathlib import Path

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.files.reading import FileId, identity
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.pipeline.examine import Refused, Stated, examine_forms
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.options import BuildOptions, CheckOptions, OptionError
from form4_author.pipeline.standing import standing, status_of
from form4_author.pipeline.verbs import build_file, check_file, output_name, output_names
from form4_author.plan.scalars import did_you_mean
from form4_author.preflight import RULES
from form4_author.report.file_report import FileReport
from form4_author.report.status import FormStatus


def check_all(inputs: Sequence[Input], options: CheckOptions, *, ccc_file: Path | None = None) -> list[FileReport]:
    """Check files, in order; a fault of the tool itself is a finding on the file it was met on.

    Raises:
        OptionError: a rule is named that there isn't.
        Rejected: the CCCs can't be read.
    """
    _known_rules(options)
    keyring = read_keyring(ccc_file)
    return [_reported(file, partial(check_file, file, options, keyring)) for file in inputs]


def status_all(inputs: Sequence[Input], *, ccc_file: Path | None = None) -> list[FormStatus]:
    """Where the forms of files stand, in order.

    Raises:
        Rejected: the CCCs can't be read.
    """
    keyring = read_keyring(ccc_file)
    found = [guarded(file.name, partial(standing, file, keyring)) for file in inputs]
    return [form for forms in found for form in ([status_of(forms)] if isinstance(forms, Refused) else forms)]


def build_all(
    inputs: Sequence[Input],
    options: BuildOptions,
    *,
    ccc_file: Path | None = None,
    jobs: int = 1,
    keyring: Keyring | None = None,
) -> list[FileReport]:
    """Build plans, in order, `jobs` of them at once; a fault of the tool itself is a finding on the plan it was met on.

    Args:
        inputs: the plans.
        options: how to build.
        ccc_file: a file of CCCs beside those of the environment.
        jobs: how many at once.
        keyring: the CCCs, where they have been read already; `ccc_file` is then left alone.

    Raises:
        OptionError: the options don't go together, or with the plans, or a rule is named that there isn't.
        Rejected: the CCCs can't be read, or two plans would write the same file (OUT001); then nothing is built.
    """
    options.suit(inputs)
    _known_rules(options)
    keyring = read_keyring(ccc_file) if keyring is None else keyring
    _no_two_alike(inputs, options)
    paths = [*(file.path for file in inputs), ccc_file, options.against.path if options.against else None]
    spared = frozenset(found for path in paths if path is not None and (found := identity(path)) is not None)
    if jobs == 1 or len(inputs) == 1:
        return [_reported(file, partial(_build, file, options, keyring, spared)) for file in inputs]
    with ProcessPoolExecutor(min(jobs, len(inputs)), initializer=_begin_apart, initargs=keyring.handed_on()) as pool:
        begun = [(file, pool.submit(_build_apart, file, options, spared)) for file in inputs]
        return [_reported(file, future.result) for file, future in begun]


def _build(file: Input, options: BuildOptions, keyring: Keyring, spared: frozenset[FileId]) -> FileReport:
    return build_file(file, options, keyring, spared=spared, beside=_beside)


def _beside(file: Input, found: Stated) -> Sequence[Finding]:
    """What is to be told of a form with regard to its folder; loaded by a build alone, so that a check starts fast."""
    told: Sequence[Finding] = import_module("form4_author.short_swing.neighbours").opposite_trades(file, found)
    return told


def _known_rules(options: CheckOptions) -> None:
    """Refuse what names no rule: a slip in `select` would leave out every rule."""
    for option, words in (("select", options.select), ("ignore", options.ignore)):
        for word in words:
            if not any(rule.code.startswith(word) for rule in RULES):
                known = [*(rule.code for rule in RULES), *dict.fromkeys(rule.code[:3] for rule in RULES)]
                message = f"there is no rule or family of rules {word}. {did_you_mean(word, known)}"
                raise OptionError(option, message.strip())


def _reported(file: Input, work: Callable[[], FileReport]) -> FileReport:
    found = guarded(file.name, work)
    return found if isinstance(found, FileReport) else found.report(strict=False)


def read_keyring(ccc_file: Path | None) -> Keyring:
    """The CCCs of the environment, and those of a file, which count where both know a CIK.

    Raises:
        Rejected: see `Keyring`.
    """
    keyring = Keyring.of_this_process()
    return keyring if ccc_file is None else keyring | Keyring.from_file(ccc_file)


_apart: list[Keyring] = []


def _begin_apart(cccs: Mapping[str, str], findings: tuple[Finding, ...]) -> None:
    """The begin of a process of its own; the CCCs come by the pipe to it, not by its environment or command line."""
    keyring = Keyring(cccs)
    keyring.findings = findings
    _apart[:] = [keyring]


def _build_apart(file: Input, options: BuildOptions, spared: frozenset[FileId]) -> FileReport:
    return _reported(file, partial(_build, file, options, _apart[0], spared))


def _no_two_alike(inputs: Sequence[Input], options: BuildOptions) -> None:
    """Refuse plans of which two would write one file, in whatever letters: a disk may hold them for the same."""
    writers: dict[str, list[Input]] = {}
    names: dict[str, list[str]] = {}
    for file in inputs:
        try:
            names[file.name] = output_names(file, options)
        except Rejected:
            continue  # told of when it is built
    for file in _near(inputs):
        if file.name in names:
            found = guarded(file.name, partial(examine_forms, file, CheckOptions(form=options.form), Keyring()))
            forms = [one.form for one in ([found] if isinstance(found, Refused) else found)]
            names[file.name] = [name for form in forms for name in output_names(file, options, form)]
    for file in inputs:
        for name in names.get(file.name, ()):
            writers.setdefault(_folded(name), []).append(file)
    findings = []
    for file in inputs:
        shared = [name for name in names.get(file.name, ()) if len(writers[_folded(name)]) > 1]
        if shared:
            findings.append(
                error(
                    "OUT001",
                    f"{len(writers[_folded(shared[0])])} plans would write {shared[0]}",
                    Origin(Position(file.name, 1, 1)),
                    hint="Rename one of them (a plan.yaml takes its folder's name), or build them into different "
                    "folders.",
                )
            )
    if findings:
        raise Rejected(findings, unreadable=True)


def _near(inputs: Sequence[Input]) -> list[Input]:
    """The plans whose names begin alike: what each writes must be known form by form."""
    named: dict[str, list[Input]] = {}
    for file in inputs:
        try:
            named.setdefault(_folded(output_name(file)), []).append(file)
        except Rejected:
            continue
    near: list[Input] = []
    for name, files in named.items():
        shorter = [name[:at] for at, sign in enumerate(name) if sign == "-" and name[:at] in named]
        if shorter or len(files) > 1:
            near += [*files, *(file for one in shorter for file in named[one])]
    return list({file.name: file for file in near}.values())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
