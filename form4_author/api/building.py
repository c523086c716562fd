"""What takes a file through the stages: build, check, preview."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from form4_author.api.names import Name, input_of, other_of, path_of
from form4_author.report.file_report import FileReport as Report

if TYPE_CHECKING:
    from datetime import date

Document = Literal["filer", "record"]


def build(
    plan: Name,
    output: Name | None = None,
    *,
    html: bool | None = None,
    pdf: bool | None = None,
    submission: bool | None = None,
    name: str | None = None,
    proof: bool | None = None,
    document: Document = "filer",
    schema_version: str | None = None,
    form: str | None = None,
    strict: bool | None = None,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    force: bool = False,
    template: Name | None = None,
    against: Name | None = None,
    profiles: Name | None = None,
    seal: bool = False,
    summary: bool | None = None,
    as_of: date | None = None,
    ccc_file: Name | None = None,
) -> Report:
    """Build a plan: `NAME.xml`, `NAME.pdf` and `NAME.report.json`, whole or not at all.

    What is left at None is as the firm's file says that counts for the plan (see `config`), or else as told below.

    Args:
        plan: the plan's file. NAME is its stem, or its folder's name where it is called plan.yaml.
        output: the folder to write into; made where it doesn't exist; `build` by default.
        html: also write `NAME.html`.
        pdf: write `NAME.pdf`; true by default.
        submission: also write `NAME.submission.xml`, the envelope (specification 4.2).
        name: what NAME is instead: a text with {plan}, {insider}, {owner}, {symbol}, {form} or {date} in it.
        proof: append a proof sheet to the page: findings, derived values and how each was derived, deadlines, waivers
            and versions. It is no part of the form.
        document: what one submits, or the document of record as EDGAR disseminates it (specification 4.3).
        schema_version: X0306, X0407, X0508 or X0609; the plan's own, or the one in force, by default.
        form: of a plan that makes several forms, the one to build, by its name; all by default.
        strict: warnings refuse the plan too.
        select: as for `check`; the report says which.
        ignore: as for `check`; the report says which.
        force: where errors stand, write a draft of the page; never the XML.
        template: a folder of page templates and stylesheets to lay over the built-in ones.
        against: another filing, its XML or its plan; a redline is written too, `NAME.redline.pdf`. Of a folder, the
            last filing there of the same person in the same issuer.
        profiles: a folder of insiders' profiles to look in before all others.
        seal: also write `NAME.sealed`, a folder with all that it was built from, and the hashes of all.
        summary: of a plan that makes several forms, also write `NAME.summary.html`, the page that tells of them; true
            by default.
        as_of: the day on which that page tells what is late; by its signature alone where not given.
        ccc_file: a file of `CIK: CCC` lines; CCCs also come from the environment, `FORM4_CCC_<CIK>`.

    Returns:
        What became of it: `accepted`, `findings`, `outputs`; of a plan that makes several forms also `forms`, a list
        of what became of each.

    Raises:
        ValueError: there is no such document, schema version or rule, or a redline is wanted without a page.
        Rejected: the CCCs can't be read, or a firm's file can't be followed.
    """
    return build_many(
        [plan],
        output,
        html=html,
        pdf=pdf,
        submission=submission,
        name=name,
        proof=proof,
        document=document,
        schema_version=schema_version,
        form=form,
        strict=strict,
        select=select,
        ignore=ignore,
        force=force,
        template=template,
        against=against,
        profiles=profiles,
        seal=seal,
        summary=summary,
        as_of=as_of,
        ccc_file=ccc_file,
    )[0]


def build_many(
    plans: Sequence[Name],
    output: Name | None = None,
    *,
    html: bool | None = None,
    pdf: bool | None = None,
    submission: bool | None = None,
    name: str | None = None,
    proof: bool | None = None,
    document: Document = "filer",
    schema_version: str | None = None,
    form: str | None = None,
    strict: bool | None = None,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    force: bool = False,
    template: Name | None = None,
    against: Name | None = None,
    profiles: Name | None = None,
    seal: bool = False,
    summary: bool | None = None,
    as_of: date | None = None,
    ccc_file: Name | None = None,
    jobs: int | None = None,
    changed: bool = False,
) -> list[Report]:
    """Build several `plans`, `jobs` of them at once; all else is as for `build`.

    With `changed` a plan is built only where something that it is made of has changed since the last time that this was
    asked for; of one that stands as it was, `course` is "unchanged", and `standing` holds its files. The page that
    tells of all forms, `summary.html`, is among the outputs of the last.

    Raises:
        ValueError: as for `build`; or a redline of several plans against one file is wanted.
        Rejected: the CCCs or a firm's file can't be read, or two plans would write the same file; then nothing is
            built.
    """
    from form4_author.batch import build_all
    from form4_author.pipeline.options import BuildOptions, document_kind, families

    options = BuildOptions.asked(
        output=path_of(output),
        html=html,
        pdf=pdf,
        submission=submission,
        name=name,
        proof=proof,
        document=document_kind(document),
        schema_version=schema_version,
        form=form,
        strict=strict,
        select=families(select) or None,
        ignore=families(ignore) or None,
        force=force,
        template=path_of(template),
        against=other_of(against, profiles),
        seal=seal,
        summary=summary,
        as_of=as_of,
    )
    return build_all(
        [input_of(plan, profiles) for plan in plans], options, ccc_file=path_of(ccc_file), jobs=jobs, changed=changed
    )


def check(
    file: Name,
    *,
    document: Document = "filer",
    schema_version: str | None = None,
    form: str | None = None,
    strict: bool | None = None,
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    profiles: Name | None = None,
    ccc_file: Name | None = None,
) -> Report:
    """Check a plan, ownership XML, edgarSubmission XML or full-submission text; nothing is written.

    Args:
        file: the file.
        document: for a plan, what to check it as.
        schema_version: the schema to judge by; the file's own, or the one in force, by default.
        form: as for `build`.
        strict: warnings refuse the file too.
        select: only these rules: codes (TXN003) or families (TXN), in one text parted by commas or in several.
        ignore: not these rules: codes or families.
        profiles: as for `build`.
        ccc_file: as for `build`.

    Raises:
        ValueError: there is no such document, schema version or rule.
        Rejected: the CCCs can't be read, or a firm's file can't be followed.
    """
    from form4_author.batch import check_all
    from form4_author.pipeline.options import CheckOptions, document_kind, families

    options = CheckOptions.asked(
        document=document_kind(document),
        schema_version=schema_version,
        form=form,
        strict=strict,
        select=families(select) or None,
        ignore=families(ignore) or None,
    )
    return check_all([input_of(file, profiles)], options, ccc_file=path_of(ccc_file))[0]


def status(
    files: Name | Sequence[Name], *, profiles: Name | None = None, ccc_file: Name | None = None
) -> dict[str, Any]:
    """Where forms stand: state, due date, signature, and what is still missing.

    Args:
        files: plans, ownership XML, edgarSubmission XML, full-submission text, or folders of plans; one or several.
        profiles: as for `build`.
        ccc_file: as for `build`.

    Returns:
        `{"forms": [...]}`, one for each form, the same data that the command line prints as JSON.

    Raises:
        Rejected: the CCCs can't be read, or a firm's file can't be followed.
    """
    from form4_author import batch
    from form4_author.firm.nearest import gathered
    from form4_author.report.status import status_data

    names = [files] if isinstance(files, str | os.PathLike) else files
    inputs = gathered([os.fspath(name) for name in names], io.BytesIO(), profiles=path_of(profiles))
    return status_data(batch.status_all(inputs, ccc_file=path_of(ccc_file)))


def preview(
    file: Name,
    output: Name,
    *,
    proof: bool | None = None,
    template: Name | None = None,
    against: Name | None = None,
    profiles: Name | None = None,
    schema_version: str | None = None,
    form: str | None = None,
) -> Report:
    """Draw the page of a plan or of any Form 3, 4 or 5, as PDF or HTML by the ending of `output`.

    Args:
        file: as for `check`.
        output: `NAME.pdf` or `NAME.html`. While errors stand the page is marked DRAFT.
        proof: as for `build`.
        template: as for `build`.
        against: another filing; the page is a redline against it.
        profiles: as for `build`.
        schema_version: as for `check`.
        form: as for `build`; needed of a plan that makes several forms.

    Raises:
        ValueError: `output` ends in neither, or there is no such schema version.
    """
    from form4_author.pipeline.options import PreviewOptions
    from form4_author.pipeline.verbs import preview_file

    options = PreviewOptions.asked(
        output=Path(output),
        schema_version=schema_version,
        form=form,
        proof=proof,
        template=path_of(template),
        against=other_of(against, profiles),
    )
    return preview_file(input_of(file, profiles), options)
