"""A plan's `submission` and `exhibits` -> the envelope in which the document is sent to EDGAR.

Code: SUB012 an exhibit's file can't be enclosed.
"""

from __future__ import annotations

from pathlib import Path

from form4_author.compose.pen import Pen
from form4_author.edgar.submission import Exhibit, Submission
from form4_author.files.reading import inside, read_bytes
from form4_author.filing import ABSENT, Filing, Value, form_of
from form4_author.findings import Finding, Rejected, error
from form4_author.plan.model import Plan
from form4_author.plan.parts import Contact
from form4_author.plan.yaml_text import Key

MAX_EXHIBITS = 10 * 1024 * 1024
"""All exhibits together, in bytes: the envelope that holds them as base64 stays below what `xml_source` reads."""


def compose_submission(
    plan: Plan, filing: Filing, pen: Pen, *, folder: Path | None, root: Path | None
) -> tuple[Submission, list[Finding]]:
    """The envelope that a plan describes.

    Args:
        plan: what the author wrote.
        filing: what it composed to; its document type is the submission's (specification 4.2.1.1).
        pen: writes the plan's values.
        folder: the plan's folder, where exhibits are looked up.
        root: the folder that they must stay inside.

    Returns:
        The envelope, the primary document's content still empty, and findings on it.
    """
    part, key = plan.submission, ("submission",)
    contact = part.contact or Contact()
    start = len(pen.findings)
    submission = Submission(
        submission_type=filing.document_type,
        test_or_live=Value(part.test_or_live, pen.origin((*key, "test_or_live"))),
        contact_name=pen.text(contact.name, (*key, "contact", "name")),
        contact_phone=pen.text(contact.phone, (*key, "contact", "phone")),
        contact_email=pen.text(contact.email, (*key, "contact", "email")),
        notification_addresses=tuple(pen.text(address, (*key, "notify", i)) for i, address in enumerate(part.notify)),
        primary=Exhibit(
            name=Value(form_of(filing).file_name, pen.origin(())), type=filing.document_type, origin=pen.origin(())
        ),
        exhibits=tuple(_exhibits(plan, pen, folder, root)),
        origin=pen.origin(key),
    )
    return submission, pen.findings[start:]


def _exhibits(plan: Plan, pen: Pen, folder: Path | None, root: Path | None) -> list[Exhibit]:
    found = []
    room = MAX_EXHIBITS
    for index, exhibit in enumerate(plan.exhibits):
        key: Key = ("exhibits", index)
        origin = pen.origin((*key, "file"))
        try:
            path = inside(exhibit.file, folder, root, origin, "SUB012")
            content = read_bytes(path, exhibit.file, MAX_EXHIBITS, below=root)
        except Rejected as refused:
            problem = refused.findings[0]
            pen.findings.append(error("SUB012", f"{exhibit.file}: {problem.message}", origin, hint=problem.hint))
            continue
        if not content:
            pen.findings.append(error("SUB012", f"{exhibit.file} is empty", origin, hint="EDGAR takes no empty file."))
            continue
        room -= len(content)
        if room < 0:
            limit = f"{MAX_EXHIBITS // 2**20} MiB"
            pen.findings.append(error("SUB012", f"the exhibits are larger than {limit} together", origin))
            break
        found.append(
            Exhibit(
                name=Value(path.name, origin),
                type=pen.text(exhibit.type, (*key, "type")),
                description=pen.text(exhibit.description, (*key, "description")) if exhibit.description else ABSENT,
                content=content,
                origin=pen.origin(key),
            )
        )
    return found
