"""Plans of which two would write one file: told before anything is built.

Code: OUT001 two plans would write the same file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import partial

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.pipeline.examine import Refused, examine_forms
from form4_author.pipeline.faults import guarded
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.pipeline.verbs import output_name, output_names


def no_two_alike(inputs: Sequence[Input], options: BuildOptions) -> None:
    """Refuse plans of which two would write one file, in whatever letters: a disk may hold them for the same.

    Raises:
        Rejected: there are such plans (OUT001).
    """
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
