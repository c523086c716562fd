"""SIG and OWN009: who signed, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from form4_author.filing.signing import by_attorney
from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, Scope, rule
from form4_author.preflight.form import Form, shown

_FOR_OTHERS = re.compile(
    r"attorney|power\s+of|\bP\.?O\.?A\b|on\s+behalf|\bfor\s+(?:each|all|both|every|itself|himself|herself|themselves)|"
    r"\bfor\b[^\n]*?(?:\band\b|&)|each\s+of|exhibit|\bsee\b|authori[sz]ed|\bAIF\b|;|\n",
    re.IGNORECASE,
)
_ON_FILE = re.compile(r"power\s+of\s+attorney|exhibit\s*24|\bEX-?24|\bPOA\b", re.IGNORECASE)


@rule(
    "OWN009",
    Severity.WARNING,
    "fewer signatures than a joint filing needs",
    source="Form 4, General Instruction 4(b)(v)",
    forms=ALL_FORMS,
    source_on_3="Form 3, General Instruction 5(b)(v)",
)
def joint_signatures(form: Form) -> Iterator[Problem]:
    """Each reporting person of a joint filing signs, or has someone sign.

    One person may sign for several: as attorney-in-fact, as an authorized signatory, or with the signatures in an
    exhibit. Where the signatures, the remarks or a footnote say so, the rule is silent. It is silent about more
    signatures than owners, too: co-trustees may have to sign together.
    """
    filing = form.filing
    missing = len(filing.owners) - len(filing.signatures)
    if missing <= 0 or not filing.signatures:
        return
    names = [signature.name.text.strip() for signature in filing.signatures]
    if any(_FOR_OTHERS.search(name) for name in names):
        return
    if any(
        re.search(r"\bexhibit\s*99|joint\s+filer|power\s+of\s+attorney", text, re.IGNORECASE)
        for text in form.explanations()
    ):
        return
    yield Problem(
        f"there are {len(filing.owners)} reporting owners, but {len(names)} signature{'s' if len(names) > 1 else ''} "
        f"({', '.join(shown(name) for name in names[:3])})",
        filing.signatures[0].origin,
        "Add the signature of each reporting person; or, where one signs for all, write behind the name: "
        ", for each of the reporting persons",
    )


@rule(
    "SIG001",
    Severity.WARNING,
    "one of several signatures before the last transaction",
    source="consistency",
    forms=ALL_FORMS,
)
def signed_too_early(form: Form) -> Iterator[Problem]:
    """In a joint filing each signature covers all transactions, so none should be older than the last of them.

    Where every signature is older, TXN004 says so at the transaction.
    """
    last = form.last_signed
    days = [line.day for line in form.transactions]
    newest = max((day for day in days if day is not None), default=None)
    if newest is None or last is None or newest > last:
        return
    for number, signature in enumerate(form.filing.signatures, 1):
        if signature.date.date and signature.date.date < newest:
            yield Problem(
                f"signature {number} ({shown(signature.name.text.strip())}) is of {signature.date.date}, before the "
                f"last transaction of {newest}",
                signature.date.origin,
                "Correct the date of signing or that of the transaction.",
            )


@rule(
    "SIG002",
    Severity.NOTE,
    "signed by an attorney-in-fact, with no power of attorney attached or mentioned",
    source="Form 4, General Instruction 7",
    scope=Scope.FILER,
    forms=ALL_FORMS,
)
def power_of_attorney(form: Form) -> Iterator[Problem]:
    """Who signs for the reporting person needs a power of attorney, filed with the form or on file already.

    It is filed as exhibit EX-24, with this form or with an earlier one. Three of four forms are signed that way; the
    note is a reminder where a plan or a submission attaches no EX-24. It is silent where the plan says of each owner
    when the power of attorney was filed (`power_of_attorney`), where the remarks or a footnote speak of one, and where
    the attachments aren't known, as for a document on its own.
    """
    if form.powers_on_file or form.attachments is None:
        return
    if any(kind.strip().startswith("EX-24") for kind in form.attachments):
        return
    if any(_ON_FILE.search(text) for text in form.explanations()):
        return
    for signature in form.filing.signatures:
        if by_attorney(signature.name.text):
            yield Problem(
                f"{shown(signature.name.text.strip())} signs by power of attorney, and no EX-24 is attached",
                signature.name.origin,
                "Attach it as an exhibit of type EX-24, unless it is on file with an earlier form.",
            )
            return


#: A word that may be a name: two letters or more, or what no ASCII letter begins, but no word about signing.
_NAME = re.compile(
    r"\b(?!(?:by|for|its|as|in|fact|the|on|behalf|of|attorney|authori[sz]ed|signatory|signed|signature|name|date)\b)"
    r"[^\W\d_]{2,}|[^\x00-\x7f]",
    re.IGNORECASE,
)


@rule(
    "SIG003",
    Severity.WARNING,
    "a signature without a name",
    source="Form 4, General Instruction 7; 17 CFR 232.302",
    forms=ALL_FORMS,
)
def unnamed_signature(form: Form) -> Iterator[Problem]:
    """A signature in a filing is the typed name of the person who signed; `/s/` before it is customary, not enough."""
    for number, signature in enumerate(form.filing.signatures, 1):
        name = signature.name.text.strip()
        if name and not _NAME.search(name):
            which = f"signature {number}" if len(form.filing.signatures) > 1 else "the signature"
            yield Problem(f"{which}, {shown(name)}, has no name", signature.name.origin, "Write /s/ and the name.")
