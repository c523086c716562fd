"""SUB: the submission around the document, its exhibits and addresses.

SUB001, the names of the enclosed files, is found by `submission.check_names`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from form4_author.filing import Value
from form4_author.findings import Origin, Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, submission_rule
from form4_author.preflight.envelope import Enclosed, Package
from form4_author.sec_codes import MAX_DOCUMENTS, document_types

_SUPPORTING = ("CORRESP", "COVER", "EX-24", "EX-99", "GRAPHIC")
_LONGEST_TYPE = 20
_GRAPHICS = (".jpg", ".gif")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def _kind(document: Enclosed) -> str:
    """The type without the text that may follow a period."""
    return document.type.text.strip().partition(".")[0]


def _label(document: Enclosed) -> str:
    return document.name.text.strip() or "a document without a name"


def _place(value: Value, document: Enclosed) -> Origin:
    return value.origin if value.origin.position else document.origin


@submission_rule(
    "SUB002",
    Severity.ERROR,
    "an exhibit of a type that EDGAR doesn't take",
    source="Specification 3.6.3",
    forms=ALL_FORMS,
)
def exhibit_type(package: Package) -> Iterator[Problem]:
    """What is enclosed with the form is one of five types.

    They are a power of attorney (EX-24), another exhibit (EX-99), correspondence (CORRESP), a cover letter (COVER) and
    a picture (GRAPHIC). A period and text of one's own may follow, 20 characters in all.
    """
    for document in package.envelope.exhibits:
        text = document.type.text.strip()
        if _kind(document) in document_types():
            continue
        if _kind(document) not in _SUPPORTING or len(text) > _LONGEST_TYPE:
            what = f'"{text}" is no type of document' if text else "the type is missing"
            if len(text) > _LONGEST_TYPE:
                what = f'the type "{text}" has more than {_LONGEST_TYPE} characters'
            yield Problem(
                f"{_label(document)}: {what} that EDGAR takes with a {package.form}",
                _place(document.type, document),
                f"One of {', '.join(_SUPPORTING)}; EX-99.poa is possible too.",
            )


@submission_rule("SUB003", Severity.ERROR, "too many documents", source="Specification 4.2.1, 4.2.1.2", forms=ALL_FORMS)
def too_many_documents(package: Package) -> Iterator[Problem]:
    """A submission holds 611 documents: the form and at most 100 CORRESP, 10 COVER, and 500 exhibits and graphics."""
    documents = package.documents
    counts = Counter(_kind(document) for document in package.envelope.exhibits)
    exhibits = counts["EX-24"] + counts["EX-99"] + counts["GRAPHIC"]
    limits = (
        (len(documents), MAX_DOCUMENTS, "documents"),
        (counts["CORRESP"], 100, "documents of type CORRESP"),
        (counts["COVER"], 10, "documents of type COVER"),
        (exhibits, 500, "exhibits and graphics"),
    )
    for number, most, what in limits:
        if number > most:
            yield Problem(
                f"there are {number} {what}, and EDGAR takes {most}", package.envelope.origin, "Leave some out."
            )


@submission_rule("SUB004", Severity.WARNING, "a PDF document", source="Specification 4.2.1.2, 5", forms=ALL_FORMS)
def pdf_document(package: Package) -> Iterator[Problem]:
    """EDGAR discards PDF documents from ownership submissions, with a warning: the exhibit would be missing."""
    for document in package.envelope.exhibits:
        if document.content.lstrip().startswith(b"%PDF") or document.name.text.strip().lower().endswith(".pdf"):
            yield Problem(
                f"{_label(document)} is a PDF document, which EDGAR discards",
                _place(document.name, document),
                "Enclose it as text (.txt) or HTML (.htm).",
            )


@submission_rule(
    "SUB005", Severity.ERROR, "a picture that no HTML document shows", source="Specification 5", forms=ALL_FORMS
)
def unreferenced_graphic(package: Package) -> Iterator[Problem]:
    """EDGAR suspends a submission with a picture that none of its HTML documents refers to."""
    pages = [
        document.content.lower()
        for document in package.envelope.exhibits
        if document.name.text.strip().lower().endswith(".htm")
    ]
    for document in package.envelope.exhibits:
        name = document.name.text.strip().lower()
        if name.endswith(_GRAPHICS) and not any(name.encode() in page for page in pages):
            yield Problem(
                f"no HTML document of the submission shows the picture {_label(document)}",
                _place(document.name, document),
                f'Show it in an HTML exhibit, as in <img src="{name}">, or leave it out.',
            )


@submission_rule("SUB006", Severity.ERROR, "a malformed e-mail address", source="Specification 5", forms=ALL_FORMS)
def email_address(package: Package) -> Iterator[Problem]:
    """EDGAR suspends a submission with an e-mail address that can't be one."""
    for address in (package.envelope.contact_email, *package.envelope.notification_addresses):
        if address.present and address.text and not _EMAIL.fullmatch(address.text.strip()):
            yield Problem(
                f'"{address.text.strip()}" is no e-mail address', address.origin, "Write it as in legal@example.com."
            )


@submission_rule(
    "SUB007", Severity.WARNING, "the same e-mail address twice", source="Specification 4.2(4), 5", forms=ALL_FORMS
)
def duplicate_address(package: Package) -> Iterator[Problem]:
    """EDGAR warns of an address that stands twice among those to notify and the one of the contact."""
    seen: set[str] = set()
    for address in (package.envelope.contact_email, *package.envelope.notification_addresses):
        text = address.text.strip().casefold()
        if text and text in seen:
            yield Problem(f"{address.text.strip()} stands twice among the addresses", address.origin, "Keep one.")
        seen.add(text)


@submission_rule(
    "SUB008",
    Severity.ERROR,
    "type of submission and type of document that differ",
    source="Specification 4.2.1.1(2), 4.3",
    forms=ALL_FORMS,
)
def types_differ(package: Package) -> Iterator[Problem]:
    """The submission, its entry for the form, and the form itself must all say 4, or all say 4/A, and so of 3 and 5.

    Where the submission alone says another type than the other two, it is the one to correct.
    """
    envelope = package.envelope
    wanted = envelope.submission_type.text.strip()
    named = envelope.primary.type
    form = package.filing.document_type.text.strip() if package.filing else ""
    if form and form == named.text.strip() != wanted:
        yield Problem(
            f"the submission is of type {wanted or '(none)'}, but the form in it is of type {form}",
            _place(envelope.submission_type, envelope.primary),
            f"Both must be the same: write {form}, or enclose a Form {wanted}.",
        )
        return
    if named and named.text.strip() != wanted:
        yield Problem(
            f"the submission is of type {wanted or '(none)'}, the enclosed form of type {named.text.strip()}",
            _place(named, envelope.primary),
            "Both must be the same.",
        )
    stated = package.filing.document_type if package.filing else None
    if stated and stated.text.strip() != wanted:
        yield Problem(
            f"the submission is of type {wanted or '(none)'}, but the form in it says {stated.text.strip()}",
            stated.origin,
            "Both must be the same.",
        )


@submission_rule(
    "SUB009", Severity.ERROR, "more than one ownership document", source="Specification 4.2(1)", forms=ALL_FORMS
)
def second_form(package: Package) -> Iterator[Problem]:
    """A submission holds a single ownership document. A second form is a submission of its own."""
    for document in package.envelope.exhibits:
        if _kind(document) in document_types():
            yield Problem(
                f"{_label(document)} is a second ownership document (type {document.type.text.strip()})",
                _place(document.type, document),
                "Submit it on its own.",
            )


@submission_rule(
    "SUB010",
    Severity.WARNING,
    "a text or HTML exhibit with characters that EDGAR doesn't take",
    source="Specification 5; EDGAR Filer Manual, Volume II, 5.2.1",
    forms=ALL_FORMS,
)
def exhibit_characters(package: Package) -> Iterator[Problem]:
    """Enclosed text and HTML are plain ASCII.

    Typographic quotes and dashes in a power of attorney are the usual case; EDGAR suspends the submission or warns.
    """
    for document in package.envelope.exhibits:
        name = document.name.text.strip().lower()
        if not name.endswith((".txt", ".htm")) or document.content.isascii():
            continue
        at = next(index for index, byte in enumerate(document.content) if byte > 127)
        line = document.content.count(b"\n", 0, at) + 1
        yield Problem(
            f"{_label(document)} holds characters outside plain ASCII, the first in line {line}",
            _place(document.name, document),
            "Save it as plain text, with straight quotes and hyphens.",
        )


@submission_rule("SUB011", Severity.WARNING, "two documents of one name", source="practice", forms=ALL_FORMS)
def same_name(package: Package) -> Iterator[Problem]:
    """Each enclosed file needs a name of its own, so that links and pictures lead to the right one."""
    seen: set[str] = set()
    for document in package.documents:
        name = document.name.text.strip().lower()
        if name and name in seen:
            yield Problem(f"two documents are called {name}", _place(document.name, document), "Rename one of them.")
        seen.add(name)
