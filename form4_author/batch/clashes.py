"""Plans of which two would write one file: told before anything is built.

Code: OUT001 two plans would write the same file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from form4_author.batch.summary_places import folded, pages_of_runs
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.firm.nearest import firm_or_none
from form4_author.pipeline.examine import Refused, Stated, examine_forms
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.naming import AFTER_THE_PLAN, output_name, output_names
from form4_author.pipeline.options import BuildOptions, CheckOptions


def no_two_alike(inputs: Sequence[Input], options: BuildOptions) -> None:
    """Refuse plans of which two would write one file, in whatever letters: a disk may hold them for the same.

    Raises:
        Rejected: there are such plans (OUT001).
    """
    writers: dict[str, list[Input]] = {}
    names: dict[str, list[str]] = {}
    ways = {file.name: options.under(firm_or_none(file)) for file in inputs}
    for file in inputs:
        try:
            names[file.name] = _placed(output_names(file, ways[file.name]), ways[file.name])
        except Rejected:
            continue  # told of when it is built
    patterned = [file for file in inputs if ways[file.name].name != AFTER_THE_PLAN and len(inputs) > 1]
    for file in {file.name: file for file in (*_near(inputs), *patterned)}.values():
        if file.name in names:
            found = guarded(file.name, partial(examine_forms, file, CheckOptions(form=options.form), Keyring()))
            forms = [found] if isinstance(found, Refused) else found
            names[file.name] = [name for form in forms for name in _written(file, form, ways[file.name])]
    for file in inputs:
        for name in names.get(file.name, ()):
            writers.setdefault(folded(name), []).append(file)
    findings = _in_the_way_of_pages(inputs, ways, writers) if len(inputs) > 1 else []
    for file in inputs:
        shared = [name for name in names.get(file.name, ()) if len(writers[folded(name)]) > 1]
        if shared:
            findings.append(
                error(
                    "OUT001",
                    f"{len(writers[folded(shared[0])])} plans would write {Path(shared[0]).name}",
                    Origin(Position(file.name, 1, 1)),
                    hint="Rename one of them (a plan.yaml takes its folder's name), or build them into different "
                    "folders.",
                )
            )
    if findings:
        raise Rejected(findings, unreadable=True)


def _in_the_way_of_pages(
    inputs: Sequence[Input], ways: Mapping[str, BuildOptions], writers: Mapping[str, Sequence[Input]]
) -> list[Finding]:
    """What would write a file of the name that the page of all forms has."""
    findings = []
    for page in pages_of_runs(inputs, [ways[file.name] for file in inputs]):
        name, *_ = _placed([page.path.name], ways[inputs[page.members[0]].name])
        for file in writers.get(folded(name), ()):
            message = f"this plan would write {page.path.name}, which is the page that tells of all forms"
            hint = "Give the plan another name, or say --no-summary."
            findings.append(error("OUT001", message, Origin(Position(file.name, 1, 1)), hint=hint))
    return findings


def _written(file: Input, form: Refused | Stated, options: BuildOptions) -> list[str]:
    """The names of what a build writes of one form; none of one that no name can be given."""
    if isinstance(form, Refused) and options.name != AFTER_THE_PLAN:
        return []
    filing = None if isinstance(form, Refused) else form.filing
    try:
        return _placed(output_names(file, options, form.form, filing), options)
    except Rejected:
        return []


def _placed(names: Sequence[str], options: BuildOptions) -> list[str]:
    """Names with the folder that they stand in, where the firm's files of a run name several."""
    return [*names] if "output" in options.said else [str(options.output / name) for name in names]


def _near(inputs: Sequence[Input]) -> list[Input]:
    """The plans whose names begin alike: what each writes must be known form by form."""
    named: dict[str, list[Input]] = {}
    for file in inputs:
        try:
            named.setdefault(folded(output_name(file)), []).append(file)
        except Rejected:
            continue
    near: list[Input] = []
    for name, files in named.items():
        shorter = [name[:at] for at, sign in enumerate(name) if sign == "-" and name[:at] in named]
        if shorter or len(files) > 1:
            near += [*files, *(file for one in shorter for file in named[one])]
    return list({file.name: file for file in near}.values())
