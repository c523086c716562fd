"""Many files in one run: each on its own, in order, several at once where asked.

Code: OUT001 two plans would write the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.pipeline.verbs import build_file, check_file, output_name
from form4_author.report.file_report import FileReport


def check_all(inputs: Sequence[Input], options: CheckOptions, *, ccc_file: Path | None = None) -> list[FileReport]:
    """Check files, in order.

    Raises:
        Rejected: the CCCs can't be read.
    """
    keyring = read_keyring(ccc_file)
    return [check_file(file, options, keyring) for file in inputs]


def build_all(
    inputs: Sequence[Input], options: BuildOptions, *, ccc_file: Path | None = None, jobs: int = 1
) -> list[FileReport]:
    """Build plans, in order, `jobs` of them at once.

    Raises:
        OptionError: the options don't go together, or with the plans.
        Rejected: the CCCs can't be read, or two plans would write the same file (OUT001); then nothing is built.
    """
    options.suit(inputs)
    keyring = read_keyring(ccc_file)
    _no_two_alike(inputs)
    if jobs == 1 or len(inputs) == 1:
        return [build_file(file, options, keyring) for file in inputs]
    with ProcessPoolExecutor(min(jobs, len(inputs)), initializer=_begin_apart, initargs=keyring.handed_on()) as pool:
        return list(pool.map(partial(_build_apart, options=options), inputs))


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


def _build_apart(file: Input, options: BuildOptions) -> FileReport:
    return build_file(file, options, _apart[0])


def _no_two_alike(inputs: Sequence[Input]) -> None:
    names = Counter(output_name(file).lower() for file in inputs)
    findings = [
        error(
            "OUT001",
            f"{names[output_name(file).lower()]} plans would write {output_name(file)}.xml",
            Origin(Position(file.name, 1, 1)),
            hint="Rename one of them (a plan.yaml takes its folder's name), or build them into different folders.",
        )
        for file in inputs
        if names[output_name(file).lower()] > 1
    ]
    if findings:
        raise Rejected(findings, unreadable=True)
