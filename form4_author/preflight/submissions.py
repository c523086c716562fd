"""SUB: the submission around the document, its types, numbers and addresses; what the exhibits hold: `exhibits`.

SUB001 and SUB020, the names of files, are found by `submission.check_names`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, submission_rule
from form4_author.preflight.envelope import Package, kind_of, label_of, place_of
from form4_author.sec_codes import MAX_DOCUMENTS, document_types
from form4_author.sec_codes.characters import name_of

_SUPPORTING = ("CORRESP", "COVER", "EX-24", "EX-99", "GRAPHIC")
_LONGEST_TYPE = 20
_GRAPHICS = (".jpg", ".gif")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


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
        if kind_of(document) in document_types():
            continue
        if kind_of(document) not in _SUPPORTING or len(text) > _LONGEST_TYPE:
            what = f'"{text}" is no type of document' if text else "the type is missing"
            if len(text) > _LONGEST_TYPE:
                what = f'the type "{text}" has more than {_LONGEST_TYPE} characters'
            yield Problem(
                f"{label_of(document)}: {what} that EDGAR takes with a {package.form}",
                place_of(document.type, document),
                f"One of {', '.join(_SUPPORTING)}; EX-99.poa is possible too.",
            )


@submission_rule("SUB003", Severity.ERROR, "too many documents", source="Specification 4.2.1, 4.2.1.2", forms=ALL_FORMS)
def too_many_documents(package: Package) -> Iterator[Problem]:
    """A submission holds 611 documents: the form and at most 100 CORRESP, 10 COVER, and 500 exhibits and graphics."""
    documents = package.documents
    counts = Counter(kind_of(document) for document in package.envelope.exhibits)
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
                f"{label_of(document)} is a PDF document, which EDGAR discards",
                place_of(document.name, document),
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
                f"no HTML document of the submission shows the picture {label_of(document)}",
                place_of(document.name, document),
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
            place_of(envelope.submission_type, envelope.primary),
            f"Both must be the same: write {form}, or enclose a Form {wanted}.",
        )
        return
    if named and named.text.strip() != wanted:
        yield Problem(
            f"the submission is of type {wanted or '(none)'}, the enclosed form of type {named.text.strip()}",
            place_of(named, envelope.primary),
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
        if kind_of(document) in document_types():
            yield Problem(
                f"{label_of(document)} is a second ownership document (type {document.type.text.strip()})",
                place_of(document.type, document),
                "Submit it on its own.",
            )


@submission_rule("SUB011", Severity.WARNING, "two documents of one name", source="practice", forms=ALL_FORMS)
def same_name(package: Package) -> Iterator[Problem]:
    """Each enclosed file needs a name of its own, so that links and pictures lead to the right one."""
    seen: set[str] = set()
    for document in package.documents:
        name = document.name.text.strip().lower()
        if name and name in seen:
            yield Problem(f"two documents are called {name}", place_of(document.name, document), "Rename one of them.")
        seen.add(name)


@submission_rule(
    "SUB021",
    Severity.WARNING,
    "a submission that names something with characters that EDGAR doesn't take",
    source="EDGAR Filer Manual, Volume II, 5.2.1",
    forms=ALL_FORMS,
)
def characters(package: Package) -> Iterator[Problem]:
    """Name and telephone number of the contact and the descriptions of documents are plain ASCII, as the form itself.

    Names of files are told by SUB001, addresses by SUB006. A build writes plain equivalents itself and says so.
    """
    envelope = package.envelope
    values = [("name of the contact", envelope.contact_name), ("telephone of the contact", envelope.contact_phone)]
    values += [(f"description of {label_of(document)}", document.description) for document in package.documents]
    for label, value in values:
        odd = next((sign for sign in value.text if not sign.isascii()), "")
        if odd:
            yield Problem(f"{label} holds {name_of(odd)} ({odd})", value.origin, "Write it in plain ASCII.")
