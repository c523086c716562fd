"""Stage 7: the filing becomes the page, HTML and from it PDF, with what goes on it: hash, proof sheet, redline.

Code: PDF001 a library without which no PDF can be made.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from form4_author import preflight, schema_store
from form4_author.days.deadlines import due
from form4_author.edgar import ownership_xml
from form4_author.edgar.ccc import Keyring
from form4_author.files.delivery import Output, unwritable
from form4_author.filing import DocumentKind, Filing
from form4_author.filing.forms import called
from form4_author.filing.wording import day
from form4_author.findings import Finding, Origin, Position, Rejected, Severity
from form4_author.pipeline.examine import Judged, Refused, Unfinished, examine, examine_forms, users_days
from form4_author.pipeline.options import CheckOptions, PageOptions
from form4_author.preflight import catalogue
from form4_author.version import __version__

if TYPE_CHECKING:
    from form4_author.page.checklist import Point
    from form4_author.page.proof import Proof
    from form4_author.page.templates import Templates
    from form4_author.pipeline.last_filing import Earlier


def page(
    found: Unfinished | Judged,
    path: Path,
    options: PageOptions,
    *,
    draft: bool,
    templates: Templates | None = None,
    against: Filing | None = None,
    other: Unfinished | Judged | None = None,
) -> Output:
    """The page of a filing.

    Args:
        found: the filing.
        path: where it is to be written, as PDF or HTML by the ending.
        options: whether there is to be a proof sheet.
        draft: mark it as a draft.
        templates: a firm's own.
        against: the filing that the page is held against, as a redline.
        other: the filing that the proof sheet tells of, where the form is held against one.

    Raises:
        Rejected: it can't be drawn for want of room (OUT002) or of a library (PDF001), or one of the firm's templates
            can't be used.
    """
    from form4_author.page import drawing

    if path.suffix != ".html" and (missing := no_printer(found.file, "name a page that ends in .html")):
        raise Rejected([replace(missing, severity=Severity.ERROR)])
    draw = drawing.html if path.suffix == ".html" else drawing.pdf
    sheet, hashed = _proof(found, options, other) if options.proof else None, document_hash(found)
    try:
        drawn = draw(found.filing, document_hash=hashed, draft=draft, proof=sheet, against=against, templates=templates)
    except OSError as problem:
        raise unwritable(path, problem) from None
    return Output(path, drawn.encode() if isinstance(drawn, str) else drawn)


def no_printer(file: str, otherwise: str = "say --no-pdf") -> Finding | None:
    """The warning that no PDF can be made on this machine; None where one can.

    Args:
        file: the plan or document whose page it would be.
        otherwise: how to do without.
    """
    from form4_author.page import printer

    if not (missing := printer.missing()):
        return None
    return Finding(
        "PDF001",
        Severity.WARNING,
        f"no PDF is written: Pango, which draws it, can't be loaded on this machine ({missing})",
        Origin(Position(file, 1, 1)),
        "Install Pango (Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: "
        f"dnf install pango; macOS: brew install pango; Windows: MSYS2's mingw-w64-x86_64-pango), or {otherwise}.",
    )


def own_templates(options: PageOptions, texts: dict[str, str]) -> Templates | None:
    """A firm's own templates of the page, where their folder is named; `texts` is filled with their text by name.

    Raises:
        Rejected: see `laid_over`.
    """
    if options.template is None:
        return None
    from form4_author.page.templates import laid_over

    return laid_over(options.template, texts)


def searched(found: Unfinished | Judged, options: PageOptions) -> tuple[Unfinished | Judged, Earlier | None]:
    """A form with what there is to tell of the search for its last filing, and that filing."""
    if options.against is None or not options.searches:
        return found, None
    from form4_author.pipeline.last_filing import last_filing

    last, findings = last_filing(options.against, found)
    return found.told(findings), last


def other_filing(
    options: PageOptions, texts: dict[str, str], form: str = "", last: Earlier | None = None
) -> Unfinished | Judged | None:
    """The other filing, where the page is to be held against one.

    Args:
        options: which file states it.
        texts: filled with its text where it is refused.
        form: what the page's own form is called among those of its plan: of a plan of several it is held against the
            one of that name.
        last: the last filing that was found, where the options name a folder.

    Raises:
        Rejected: it can't be read, or states no filing; `unreadable` is set.
    """
    against, form = (last.file, last.form) if last is not None else (options.against, form)
    if against is None or (last is None and options.searches):
        return None
    others = examine_forms(against, CheckOptions(document=DocumentKind.RECORD), Keyring())
    same = [one for one in others if one.form == form]
    if len(others) > 1 and len(same) == 1:
        other = same[0]
    else:
        other = examine(against, CheckOptions(document=DocumentKind.RECORD), Keyring())
    if isinstance(other, Refused):
        texts |= other.texts
        raise Rejected(other.findings, unreadable=True)
    return other


def document_hash(found: Unfinished | Judged) -> str:
    """SHA-256, in hex, of the document without its CCCs, from which one could be guessed; empty without a document."""
    if isinstance(found, Unfinished):
        return ""
    document = found.document
    if has_ccc(found.filing):
        document = ownership_xml.write(found.filing, kind=found.filing.kind, cccs={})
    return hashlib.sha256(document).hexdigest()


def has_ccc(filing: Filing) -> bool:
    """True where the CCC of an owner stands in the document, or will stand in it."""
    return any(owner.has_ccc for owner in filing.owners)


def points(found: Unfinished | Judged, other: Unfinished | Judged | None = None) -> tuple[Point, ...]:
    """What is to be looked at before the form is signed.

    Args:
        found: the form.
        other: the filing that it is held against.
    """
    from form4_author.page.checklist import Known, checklist

    against = ""
    if other is not None:
        period = day(other.filing.period_of_report)
        name = f"{Path(other.file).name}, form {other.form}" if other.form else Path(other.file).name
        against = f"{name}: {called(other.filing)} of {period}"
    known = Known(found.powers, found.attached, against, other.filing if other else None)
    deadlines = due(found.filing, users_days())
    return checklist(found.filing, found.findings, found.derivations, deadlines, known)


def _proof(found: Unfinished | Judged, options: PageOptions, other: Unfinished | Judged | None) -> Proof:
    from form4_author.page.proof import BeforeSigning, Versions, proof

    schema = schema_store.schema_in_use(found.filing)
    versions = Versions(
        tool=__version__,
        rules=catalogue.version(preflight.RULES),
        rules_left_out=options.rules_left_out,
        schema=schema.version,
        schema_origin=schema.origin,
        schema_sha256=schema.sha256,
        document_sha256=document_hash(found),
    )
    return proof(
        found.filing,
        found.findings,
        found.derivations,
        due(found.filing, users_days()),
        versions,
        tally=found.tally,
        folder=str(Path(found.file).parent),
        signing=BeforeSigning(points(found, other), other.filing if other else None),
    )
