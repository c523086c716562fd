"""Where the forms of one file stand: examined as `check` examines them, and nothing written."""

from __future__ import annotations

from msgspec.structs import replace

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.files.unfinished import NAME, told_of, unfinished
from form4_author.filing import Medium
from form4_author.findings import Rejected
from form4_author.firm.nearest import firm_or_none
from form4_author.pipeline.examine import Found, Refused, examine_forms
from form4_author.pipeline.naming import output_name
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.pipeline.together import form_report
from form4_author.report.status import FormStatus


def standing(file: Input, keyring: Keyring) -> list[FormStatus]:
    """Where the forms of a file stand; of a plan also whether what was built of it is whole.

    Args:
        file: as for `examine_forms`.
        keyring: the CCCs at hand.
    """
    options = BuildOptions().under(firm_or_none(file))
    left = unfinished(options.output)
    told = []
    for found in with_unfinished(file, examine_forms(file, CheckOptions(), keyring)):
        status = status_of(found)
        if left and _is_of(found, file, options, left):
            status = replace(status, missing=(*status.missing, f"a whole build (see {options.output / NAME})"))
        told.append(status)
    return told


def with_unfinished(file: Input, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The forms of a file, with what is to be told where a run was killed while it put the file into place."""
    told = told_of(file.path)
    return tuple(one if isinstance(one, Refused) else one.told(told) for one in found) if told else found


def _is_of(found: Found, file: Input, options: BuildOptions, names: tuple[str, ...]) -> bool:
    """Whether any of these files is what a build writes of a form."""
    if isinstance(found, Refused) or found.filing.medium is Medium.XML:
        return False
    try:
        stem = output_name(file, found.form, pattern=options.name, filing=found.filing)
    except Rejected:
        return False
    return any(name.startswith(f"{stem}.") for name in names)


def status_of(found: Found) -> FormStatus:
    """Where one form stands, as far as it was examined."""
    report = found.report(strict=False)
    form = form_report(found, report)
    signed: tuple[str, ...] = ()
    kind = symbol = ""
    if not isinstance(found, Refused):
        filing = found.filing
        kind, symbol = filing.document_type.text.strip(), filing.issuer.trading_symbol.text.strip()
        signatures = [one for one in filing.signatures if one.name.text.strip()]
        signed = tuple(sorted({one.date.text.strip()[:10] for one in signatures if one.date.text.strip()}))
    return FormStatus(
        file=found.file,
        form=found.form,
        type=kind,
        symbol=symbol,
        owner=form.owner,
        state="unreadable" if found.unreadable else "accepted" if report.accepted else "refused",
        errors=form.errors,
        warnings=form.warnings,
        due=form.due,
        signed=signed,
        missing=form.lacking,
    )
