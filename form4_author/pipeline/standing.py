"""Where the forms of one file stand: examined as `check` examines them, and nothing written."""

from __future__ import annotations

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.findings import Severity
from form4_author.pipeline.examine import Found, Refused, examine_forms
from form4_author.pipeline.options import CheckOptions
from form4_author.pipeline.together import form_report
from form4_author.report.status import FormStatus


def standing(file: Input, keyring: Keyring) -> list[FormStatus]:
    """Where the forms of a file stand.

    Args:
        file: as for `examine_forms`.
        keyring: the CCCs at hand.
    """
    return [status_of(found) for found in examine_forms(file, CheckOptions(), keyring)]


def status_of(found: Found) -> FormStatus:
    """Where one form stands, as far as it was examined."""
    report = found.report(strict=False)
    form = form_report(found, report)
    counts = {
        severity: sum(1 for one in found.findings if one.severity is severity and not one.waived)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    signed: tuple[str, ...] = ()
    missing = form.missing
    kind = symbol = ""
    if not isinstance(found, Refused):
        filing = found.filing
        kind, symbol = filing.document_type.text.strip(), filing.issuer.trading_symbol.text.strip()
        signatures = [one for one in filing.signatures if one.name.text.strip()]
        signed = tuple(sorted({one.date.text.strip()[:10] for one in signatures if one.date.text.strip()}))
        lacking = len(filing.owners) - len(signatures)
        if lacking > 0:
            missing = ("a signature" if lacking == 1 else f"{lacking} signatures", *missing)
    return FormStatus(
        file=found.file,
        form=found.form,
        type=kind,
        symbol=symbol,
        owner=form.owner,
        state="unreadable" if found.unreadable else "accepted" if report.accepted else "refused",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        due=form.due,
        signed=signed,
        missing=missing,
    )
