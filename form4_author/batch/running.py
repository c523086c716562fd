"""Many files in one run: each on its own, in order, several at once where asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from form4_author.batch.built import Entry
from form4_author.batch.clashes import no_two_alike
from form4_author.batch.watching import Stopped, Watch, not_done
from form4_author.edgar.ccc import Keyring
from form4_author.files.delivery import Landing, clear, telling
from form4_author.files.inputs import Input
from form4_author.files.reading import FileId, identity
from form4_author.files.unfinished import finding_of, unfinished
from form4_author.findings import Finding
from form4_author.firm.nearest import agreed, firm_or_none, jobs_for
from form4_author.pipeline.examine import Refused, Stated
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.options import BuildOptions, CheckOptions, OptionError
from form4_author.pipeline.standing import standing, status_of
from form4_author.pipeline.verbs import build_file, check_file
from form4_author.plan.scalars import did_you_mean
from form4_author.preflight import RULES
from form4_author.report.file_report import FileReport
from form4_author.report.status import FormStatus

if TYPE_CHECKING:
    from form4_author.batch.changed import Changed

Work = Callable[[Input], FileReport]


def check_all(
    inputs: Sequence[Input],
    options: CheckOptions,
    *,
    ccc_file: Path | None = None,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> list[FileReport]:
    """Check files, in order, `jobs` of them at once; a fault of the tool itself is a finding on the file it was met on.

    Args:
        inputs: the files.
        options: how to check.
        ccc_file: a file of CCCs beside those of the environment.
        jobs: how many at once; as the firm's file says, else one, where not given.
        watch: is told how it goes on.

    Raises:
        OptionError: a rule is named that there isn't.
        Rejected: the CCCs can't be read, or a firm's file can't be followed.
        Stopped: the run was ended (a KeyboardInterrupt); it tells what became of each file until then.
    """
    agreed(inputs)
    _known_rules(options)
    keyring = read_keyring(ccc_file)
    work = partial(_check, options=options, handed=keyring.handed_on())
    return _each(inputs, work, jobs_for(inputs, jobs), watch or Watch())


def status_all(inputs: Sequence[Input], *, ccc_file: Path | None = None) -> list[FormStatus]:
    """Where the forms of files stand, in order.

    Raises:
        Rejected: the CCCs can't be read, or a firm's file can't be followed.
    """
    agreed(inputs)
    keyring = read_keyring(ccc_file)
    found = [guarded(file.name, partial(standing, file, keyring)) for file in inputs]
    return [form for forms in found for form in ([status_of(forms)] if isinstance(forms, Refused) else forms)]


def build_all(
    inputs: Sequence[Input],
    options: BuildOptions,
    *,
    ccc_file: Path | None = None,
    jobs: int | None = None,
    keyring: Keyring | None = None,
    watch: Watch | None = None,
    changed: bool = False,
) -> list[FileReport]:
    """Build plans, in order, `jobs` of them at once; a fault of the tool itself is a finding on the plan it was met on.

    Args:
        inputs: the plans.
        options: how to build.
        ccc_file: a file of CCCs beside those of the environment.
        jobs: how many at once; as the firm's file says, else one, where not given.
        keyring: the CCCs, where they have been read already; `ccc_file` is then left alone.
        watch: is told how it goes on.
        changed: build only what changed since the last time that this was asked for; see `changed`.

    Raises:
        Stopped: the run was ended (a KeyboardInterrupt); it tells what became of each plan until then.
        OptionError: the options don't go together, or with the plans, or a rule is named that there isn't.
        Rejected: the CCCs can't be read, a firm's file can't be followed, or two plans would write the same file
            (OUT001); then nothing is built.
    """
    agreed(inputs)
    options.suit(inputs)
    if changed and options.seal:
        raise OptionError("changed", "it doesn't go with --seal: what was sealed is left as it is")
    _known_rules(options)
    keyring = read_keyring(ccc_file) if keyring is None else keyring
    no_two_alike(inputs, options)
    paths = [*(file.path for file in inputs), ccc_file, options.against.path if options.against else None]
    spared = frozenset(found for path in paths if path is not None and (found := identity(path)) is not None)
    # Loaded by a build alone, so that a check starts fast.
    beside = import_module("form4_author.short_swing.neighbours").Beside().opposite_trades
    work = partial(_build, options=options, handed=keyring.handed_on(), spared=spared, beside=beside)
    jobs, watch = jobs_for(inputs, jobs), watch or Watch()
    try:
        if changed:
            reports = _build_changed(inputs, work, jobs, watch, options, keyring)
        else:
            reports = _each(inputs, work, jobs, watch)
    except Stopped as stopped:
        for folder in {options.under(firm_or_none(file)).output for file in inputs}:
            clear(folder)  # a process that had no time left is killed, and what it was writing stays behind
        stopped.reports = _with_unfinished(stopped.reports, inputs, options)
        raise
    if len(inputs) > 1 or reports[0].forms:  # the page of several forms is loaded only where there are
        summed: Any = import_module("form4_author.batch.summaries").summed
        reports = summed(inputs, reports, options, spared=spared)
    return _with_unfinished(reports, inputs, options)


def _with_unfinished(reports: Sequence[FileReport], inputs: Sequence[Input], options: BuildOptions) -> list[FileReport]:
    """The reports, with what an earlier run that was killed has left in the folders that were built into.

    It is told once of a folder, with the first plan that is built into it, and no longer where this run has built it.
    """
    told = [*reports]
    looked: set[Path] = set()
    for number, file in enumerate(inputs):
        folder = options.under(firm_or_none(file)).output
        if folder not in looked and (names := unfinished(folder)):
            told[number] = replace(told[number], findings=(*told[number].findings, finding_of(folder, names)))
        looked.add(folder)
    return told


def _build_changed(
    files: Sequence[Input], work: partial[FileReport], jobs: int, watch: Watch, options: BuildOptions, keyring: Keyring
) -> list[FileReport]:
    """What becomes of each plan, in order, where those that stand are not built again."""
    ledger: Changed = import_module("form4_author.batch.changed").Changed(files, options, keyring)
    known = [ledger.standing(file) for file in files]
    rest = [file for file, one in zip(files, known, strict=True) if not isinstance(one, FileReport)]
    recorded = (
        {one.plan: one for one in known if one is not None and not isinstance(one, FileReport)},
        {file.name: ledger.how(file) for file in rest},
    )
    stopped: Stopped | None = None
    try:
        built = _each(rest, partial(work, recorded=recorded), jobs, watch, ledger.keep)
        ledger.end()
    except Stopped as ended:
        built, stopped = ended.reports, ended
    done = iter(built)
    reports = [one if isinstance(one, FileReport) else next(done) for one in known]
    if stopped is not None:
        raise Stopped(reports) from stopped.__cause__
    return reports


def _known_rules(options: CheckOptions) -> None:
    """Refuse what names no rule: a slip in `select` would leave out every rule."""
    for option, words in (("select", options.select), ("ignore", options.ignore)):
        for word in words:
            if not any(rule.code.startswith(word) for rule in RULES):
                known = [*(rule.code for rule in RULES), *dict.fromkeys(rule.code[:3] for rule in RULES)]
                message = f"there is no rule or family of rules {word}. {did_you_mean(word, known)}"
                raise OptionError(option, message.strip())


def _each(
    files: Sequence[Input],
    work: Work,
    jobs: int,
    watch: Watch,
    kept: Callable[[FileReport], FileReport] = lambda report: report,
) -> list[FileReport]:
    """What becomes of each file, in order.

    Args:
        files: the files.
        work: what is done with each.
        jobs: how many at once.
        watch: is told how it goes on.
        kept: is given what became of each file as it comes, and gives what is to be told of it.

    Raises:
        Stopped: the run was ended.
    """
    found: dict[int, FileReport] = {}
    texts: dict[str, str] = {}

    def keep(number: int, report: FileReport) -> None:
        if number not in found:
            report = kept(report)
            found[number] = replace(report, texts={n: texts.setdefault(text, text) for n, text in report.texts.items()})
            watch.done(report)

    watch.begin(len(files))
    try:
        if jobs == 1 or len(files) <= 1:
            _one_by_one(files, work, keep, watch)
        else:
            begun: Any = import_module("form4_author.batch.workers")  # only who asks for several processes needs them
            begun.Crew(files, work, min(jobs, len(files)), keep, watch).run()
    except KeyboardInterrupt as ended:
        raise Stopped([found.get(number) or not_done(file, None) for number, file in enumerate(files)]) from ended
    finally:
        watch.end()
    return [found[number] for number in range(len(files))]


def _one_by_one(files: Sequence[Input], work: Work, keep: Callable[[int, FileReport], None], watch: Watch) -> None:
    for number, file in enumerate(files):
        watch.at(file)
        landing: list[Landing] = []
        try:
            with telling(landing.extend):
                keep(number, work(file))
        except KeyboardInterrupt:
            keep(number, not_done(file, landing))
            raise


Handed = tuple[Mapping[str, str], tuple[Finding, ...]]
"""The CCCs; another process gets them by the pipe to it, not by its environment or command line."""


def _check(file: Input, options: CheckOptions, handed: Handed) -> FileReport:
    """Check one file, here or in a process of its own."""
    return _lean(guarded(file.name, partial(check_file, file, options, _keyring_of(handed))))


def _keyring_of(handed: Handed) -> Keyring:
    keyring = Keyring(handed[0])
    keyring.findings = handed[1]
    return keyring


def _build(
    file: Input,
    options: BuildOptions,
    handed: Handed,
    spared: frozenset[FileId],
    beside: Callable[[Input, Stated], Sequence[Finding]],
    recorded: tuple[Mapping[str, Entry], Mapping[str, str]] | None = None,
) -> FileReport:
    """Build one plan, here or in a process of its own.

    Args:
        file: the plan.
        options: how to build.
        handed: the CCCs.
        spared: see `build_file`.
        beside: see `build_file`.
        recorded: what `build_recorded` takes, where what is built is put on record.
    """
    keyring = _keyring_of(handed)
    if recorded is not None:
        build: Any = import_module("form4_author.batch.changed").build_recorded
        entries, how = recorded
        return _lean(build(file, options, keyring, spared=spared, beside=beside, entries=entries, how=how))
    return _lean(guarded(file.name, partial(_built, file, options, keyring, spared, beside)))


def _built(
    file: Input,
    options: BuildOptions,
    keyring: Keyring,
    spared: frozenset[FileId],
    beside: Callable[[Input, Stated], Sequence[Finding]],
) -> FileReport:
    report = build_file(file, options, keyring, spared=spared, beside=beside)
    if not options.seal:
        return report
    sealed: FileReport = import_module("form4_author.handover.sealing").sealed(file, options, keyring, report)
    return sealed


def _lean(found: FileReport | Refused) -> FileReport:
    """What became of a file, with no more text than the lines that its findings point at: all are kept to the end."""
    report = found if isinstance(found, FileReport) else found.report(strict=False)
    shown: dict[str, set[int]] = {}
    for finding in report.findings:
        if place := finding.origin.position:
            shown.setdefault(place.file, set()).add(place.line)
    texts = {name: _lines_of(text, shown[name]) for name, text in report.texts.items() if name in shown}
    return replace(report, texts=texts)


def _lines_of(text: str, shown: set[int]) -> str:
    """A text with those of its lines alone, the others empty; nothing behind the last."""
    lines = text.split("\n")[: max(shown)]
    return "".join((line if number in shown else "") + "\n" for number, line in enumerate(lines, 1)) if text else ""


def read_keyring(ccc_file: Path | None) -> Keyring:
    """The CCCs of the environment, and those of a file, which count where both know a CIK.

    Raises:
        Rejected: see `Keyring`.
    """
    keyring = Keyring.of_this_process()
    return keyring if ccc_file is None else keyring | Keyring.from_file(ccc_file)
