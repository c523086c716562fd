"""form4-author: SEC Form 4 from a YAML plan, checked before EDGAR sees it.

What the command line does, a program can:

    import form4_author

    report = form4_author.build("plan.yaml", "build")
    for finding in report.findings:
        print(finding.origin.position, finding.severity, finding.code, finding.message)

No function prints, and none raises for what stands in a file: that is a finding in the report. Amounts are decimals
from the author's own text (shares, or US dollars where the form says so); dates are calendar dates without a time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from form4_author.findings import Finding, Origin, Position, Rejected, Severity
from form4_author.report.file_report import FileReport as Report
from form4_author.version import __version__

if TYPE_CHECKING:
    from datetime import date

    from form4_author.conversion import Draft
    from form4_author.files.inputs import Input
    from form4_author.filing import Filing
    from form4_author.filing.difference import Difference

__all__ = [
    "Difference",
    "Filing",
    "Finding",
    "Origin",
    "Position",
    "Rejected",
    "Report",
    "Severity",
    "__version__",
    "amend_filing",
    "build",
    "build_many",
    "check",
    "compare",
    "import_filing",
    "plan_schema",
    "preview",
    "read_filing",
    "roll_filing",
]

Name = str | os.PathLike[str]
Document = Literal["filer", "record"]


def build(
    plan: Name,
    output: Name = "build",
    *,
    html: bool = False,
    pdf: bool = True,
    submission: bool = False,
    proof: bool = False,
    document: Document = "filer",
    schema_version: str | None = None,
    strict: bool = False,
    force: bool = False,
    template: Name | None = None,
    against: Name | None = None,
    ccc_file: Name | None = None,
) -> Report:
    """Build a plan: `NAME.xml`, `NAME.pdf` and `NAME.report.json`, whole or not at all.

    Args:
        plan: the plan's file. NAME is its stem, or its folder's name where it is called plan.yaml.
        output: the folder to write into; made where it doesn't exist.
        html: also write `NAME.html`.
        pdf: write `NAME.pdf`.
        submission: also write `NAME.submission.xml`, the envelope (specification 4.2).
        proof: append a proof sheet to the page: findings, derived values and how each was derived, deadlines, waivers
            and versions. It is no part of the form.
        document: what one submits, or the document of record as EDGAR disseminates it (specification 4.3).
        schema_version: X0306, X0407, X0508 or X0609; the plan's own, or the one in force, by default.
        strict: warnings refuse the plan too.
        force: where errors stand, write a draft of the page; never the XML.
        template: a folder of page templates and stylesheets to lay over the built-in ones.
        against: another filing, its XML or its plan; a redline is written too, `NAME.redline.pdf`.
        ccc_file: a file of `CIK: CCC` lines; CCCs also come from the environment, `FORM4_CCC_<CIK>`.

    Returns:
        What became of it: `accepted`, `findings`, `outputs`.

    Raises:
        Rejected: the CCCs can't be read.
    """
    return build_many(
        [plan],
        output,
        html=html,
        pdf=pdf,
        submission=submission,
        proof=proof,
        document=document,
        schema_version=schema_version,
        strict=strict,
        force=force,
        template=template,
        against=against,
        ccc_file=ccc_file,
    )[0]


def build_many(
    plans: Sequence[Name],
    output: Name = "build",
    *,
    html: bool = False,
    pdf: bool = True,
    submission: bool = False,
    proof: bool = False,
    document: Document = "filer",
    schema_version: str | None = None,
    strict: bool = False,
    force: bool = False,
    template: Name | None = None,
    against: Name | None = None,
    ccc_file: Name | None = None,
    jobs: int = 1,
) -> list[Report]:
    """Build several plans, `jobs` of them at once; all else is as for `build`.

    Raises:
        Rejected: the CCCs can't be read, or two plans would write the same file; then nothing is built.
    """
    from form4_author.batch import build_all
    from form4_author.filing import DocumentKind
    from form4_author.pipeline import BuildOptions

    options = BuildOptions(
        folder=Path(output),
        html=html,
        pdf=pdf,
        submission=submission,
        proof=proof,
        kind=DocumentKind(document),
        version=schema_version,
        strict=strict,
        force=force,
        template=_path(template),
        against=None if against is None else _input(against),
    )
    return build_all([_input(plan) for plan in plans], options, ccc_file=_path(ccc_file), jobs=jobs)


def check(
    file: Name,
    *,
    document: Document = "filer",
    schema_version: str | None = None,
    strict: bool = False,
    ccc_file: Name | None = None,
) -> Report:
    """Check a plan, ownership XML, edgarSubmission XML or full-submission text; nothing is written.

    Args:
        file: the file.
        document: for a plan, what to check it as.
        schema_version: the schema to judge by; the file's own, or the one in force, by default.
        strict: warnings refuse the file too.
        ccc_file: as for `build`.

    Raises:
        Rejected: the CCCs can't be read.
    """
    from form4_author.batch import check_all
    from form4_author.filing import DocumentKind
    from form4_author.pipeline import CheckOptions

    options = CheckOptions(kind=DocumentKind(document), version=schema_version, strict=strict)
    return check_all([_input(file)], options, ccc_file=_path(ccc_file))[0]


def preview(
    file: Name,
    output: Name,
    *,
    proof: bool = False,
    template: Name | None = None,
    against: Name | None = None,
    schema_version: str | None = None,
) -> Report:
    """Draw the page of a plan or of any Form 4, as PDF or HTML by the ending of `output`.

    Args:
        file: as for `check`.
        output: `NAME.pdf` or `NAME.html`. While errors stand the page is marked DRAFT.
        proof: as for `build`.
        template: as for `build`.
        against: another filing; the page is a redline against it.
        schema_version: as for `check`.

    Raises:
        ValueError: `output` ends in neither.
    """
    from form4_author.pipeline import CheckOptions, preview_file

    path = Path(output)
    if path.suffix not in {".pdf", ".html"}:
        raise ValueError("the page is written as .pdf or .html")
    options = CheckOptions(
        version=schema_version,
        proof=proof,
        template=_path(template),
        against=None if against is None else _input(against),
    )
    return preview_file(_input(file), path, options)


def read_filing(file: Name) -> Filing:
    """The filing that a plan or an XML file states, as typed data.

    Raises:
        Rejected: the file says no filing; with all findings.
    """
    from form4_author.edgar.ccc import Keyring
    from form4_author.pipeline import CheckOptions, examine

    found = examine(_input(file), CheckOptions(), Keyring())
    if found.filing is None:
        raise Rejected(found.findings, unreadable=found.unreadable)
    return found.filing


def import_filing(file: Name) -> str:
    """The plan, as YAML text, that builds the same document as a Form 4 of any schema version since X0101.

    Args:
        file: ownership XML, edgarSubmission XML or the full-submission text that EDGAR publishes.

    Raises:
        Rejected: the file can't be read, or holds no Form 4; with all findings.
    """
    from form4_author.conversion import import_file

    return _text(import_file(_input(file)))


def amend_filing(file: Name, *, lines: Sequence[int] = ()) -> str:
    """The plan, as YAML text, of the amendment (4/A) of a filed form (General Instruction 9).

    Args:
        file: as for `import_filing`, or the form's plan.
        lines: the lines to carry, counted from 1 through Table I and then Table II; all where none is named.

    Raises:
        Rejected: as for `import_filing`; or the form has no such line (IMP003).
    """
    from form4_author.conversion import amend_file

    return _text(amend_file(_input(file), lines))


def roll_filing(file: Name, *, as_of: date | None = None) -> str:
    """The plan, as YAML text, of the next form: the closing balances of the last one are its opening balances.

    Args:
        file: as for `amend_filing`.
        as_of: derivatives that expired by this day are pointed out and left out; the last signature's by default.

    Raises:
        Rejected: as for `import_filing`.
    """
    from form4_author.conversion import roll_file

    return _text(roll_file(_input(file), as_of))


def compare(old: Name, new: Name) -> list[Difference]:
    """What two forms say differently, in the form's words and order; empty where they say the same.

    Numbers are compared by value, dates as calendar dates, footnotes by text.

    Args:
        old: a plan, ownership XML, edgarSubmission XML or full-submission text.
        new: another.

    Raises:
        Rejected: one of them can't be read, or states no filing.
    """
    from form4_author.conversion import compare_files

    return compare_files(_input(old), _input(new))


def plan_schema() -> str:
    """The plan's JSON Schema (draft 2020-12), for editors."""
    from form4_author.plan.reader import json_schema

    return json_schema()


def __getattr__(name: str) -> object:
    """Import `Filing` and `Difference` when they are asked for: the package itself stays quick to import."""
    if name == "Filing":
        from form4_author.filing import Filing

        return Filing
    if name == "Difference":
        from form4_author.filing.difference import Difference

        return Difference
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _text(draft: Draft) -> str:
    if not draft.report.accepted:
        raise Rejected(draft.report.findings, unreadable=draft.report.unreadable)
    return draft.text


def _input(name: Name) -> Input:
    from form4_author.files.inputs import Input

    path = Path(name)
    return Input(str(path), path)


def _path(name: Name | None) -> Path | None:
    return None if name is None else Path(name)
