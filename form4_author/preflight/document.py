"""DOC: what concerns the document as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from form4_author.filing import FORM_3, DocumentKind
from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, WITH_TRANSACTIONS, Problem, Scope, rule
from form4_author.preflight.form import Form, has_text, shown
from form4_author.sec_codes import symbol_alone


@rule(
    "DOC001",
    Severity.WARNING,
    "the period of report is not the date of the earliest transaction",
    source="Form 4, item 3",
)
def period_of_report(form: Form) -> Iterator[Problem]:
    """Box 3 is the date of the earliest transaction reported on the form.

    A plan derives it. Where the earliest line is a Form 5 transaction reported early (V), the date of the earliest Form
    4 transaction is taken as right too: the box asks for the event that made the form due. On an amendment that repeats
    only some lines of the original, the original's date is usual; there the rule speaks only where a line is earlier
    than the period.
    """
    period = form.filing.period_of_report
    dated = [(line.day, line) for line in form.transactions]
    known = [(day, line) for day, line in dated if day is not None]
    if period.date is None or len(known) < len(dated) or not known:
        return
    earliest, first = min(known, key=lambda pair: pair[0])
    due = {min((day for day, line in known if not line.early), default=earliest), earliest}
    if period.date in due or (form.filing.is_amendment and period.date < earliest):
        return
    yield Problem(
        f"the period of report is {period.text}, but the earliest transaction is of {earliest} ({first})",
        period.origin,
        "Box 3 is the date of the earliest transaction: correct it, or the date of the line.",
    )


@rule(
    "DOC002",
    Severity.ERROR,
    "nothing is reported, and the exit box is not ticked",
    source="Specification 4.3",
    forms=WITH_TRANSACTIONS,
)
def nothing_reported(form: Form) -> Iterator[Problem]:
    """EDGAR suspends a Form 4 or 5 without any line, unless the exit box is ticked.

    The exit box says that the person is no longer subject to Section 16.
    """
    if not form.lines and not form.filing.not_subject_to_section16.truth:
        yield Problem(
            "the form reports no transaction and no holding",
            form.filing.origin,
            "Report at least one transaction, or tick the exit box (no longer subject to Section 16).",
        )


@rule(
    "DOC010",
    Severity.WARNING,
    "holdings but no transaction, and the exit box is not ticked",
    source="Specification 4.3.3, 4.3.4",
    forms=WITH_TRANSACTIONS,
)
def holdings_only(form: Form) -> Iterator[Problem]:
    """The specification says that EDGAR suspends a Form 4 or 5 without a transaction unless the exit box is ticked.

    A few filings with holdings alone were accepted all the same, so this is a warning: don't count on it. Nothing is
    said of a Form 5 whose holdings had been due on a Form 3.
    """
    if any(line.row.form_type for line in form.lines if line.row.holding):
        return
    if form.lines and not form.transactions and not form.filing.not_subject_to_section16.truth:
        yield Problem(
            "the form reports holdings but no transaction",
            form.filing.origin,
            f"A {form.type} reports a transaction; the specification says that EDGAR suspends it otherwise, unless the "
            "exit box is ticked.",
        )


@rule(
    "DOC003",
    Severity.WARNING,
    "an element that EDGAR fills in itself is supplied",
    source="Specification 4.3, 4.3.1, 4.3.2, 5",
    scope=Scope.XML,
    forms=ALL_FORMS,
)
def filled_in_by_edgar(form: Form) -> Iterator[Problem]:
    """EDGAR writes some elements into the document of record itself.

    They are the schema version, the names of issuer and owners, the state's description and the mark for a good
    address; on Form 3 that no securities are owned, on Form 5 the boxes for what had been due on Forms 3 and 4. EDGAR
    discards them from what one submits, with a warning.

    A document without a CCC that states a schema version is taken for a document of record, and left alone.
    """
    filing = form.filing
    if filing.kind is DocumentKind.RECORD and not any(owner.has_ccc for owner in filing.owners):
        return
    supplied = [
        ("schemaVersion", filing.schema_version),
        ("noSecuritiesOwned", filing.no_securities_owned),
        ("form3HoldingsReported", filing.form3_holdings_reported),
        ("form4TransactionsReported", filing.form4_transactions_reported),
        ("issuerName", filing.issuer.name),
    ]
    for owner in filing.owners:
        supplied += [
            ("rptOwnerName", owner.name),
            ("rptOwnerStateDescription", owner.state_description),
            ("rptOwnerGoodAddress", owner.good_address),
        ]
    for element, value in supplied:
        if value:
            yield Problem(
                f"{element} is supplied ({shown(value.text)}), which EDGAR fills in itself",
                value.origin,
                "Remove the element: EDGAR discards it, with a warning.",
            )


@rule(
    "DOC007",
    Severity.WARNING,
    "an amendment whose original date is later than its signatures, or that says nowhere what it amends",
    source="Form 4, item 4 and General Instruction 9",
    forms=ALL_FORMS,
    source_on_3="Form 3, item 5 and General Instructions",
)
def amendment(form: Form) -> Iterator[Problem]:
    """An amendment gives the date on which the original was filed, and tells what it changes.

    The date stands in box 4, on Form 3 in box 5. What is amended, and why, belongs into the remarks or a footnote.
    """
    filing = form.filing
    if not filing.is_amendment:
        return
    original, signed = filing.date_of_original_submission, form.last_signed
    if original.date and signed and original.date > signed:
        yield Problem(
            f"the original was filed on {original.text}, after the last signature of {signed}",
            original.origin,
            f"Box {form.type.captions.boxes['original']} is the date on which the form that this one amends was filed.",
        )
    if not any(_AMENDS.search(text) for text in form.explanations()):
        yield Problem(
            "neither the remarks nor a footnote says what this amendment changes",
            filing.document_type.origin,
            "Say in the remarks what is amended and why.",
        )


_AMENDS = re.compile(
    r"amend|correct|restat|inadvertent|erroneous|incorrect|in error|clerical|typograph|omit|previously|"
    r"originally|original (?:form|filing|report)|to add|to include|supersede|refil|re-fil|revis|mistake|inaccura|"
    r"administrative error|overstat|understat|misstat|replac",
    re.IGNORECASE,
)


@rule(
    "DOC017",
    Severity.WARNING,
    "a trading symbol with its exchange, or words for having none",
    source="Form 4, item 2; Specification 3.5",
    forms=ALL_FORMS,
    source_on_3="Form 3, item 3; Specification 3.5",
)
def symbol_with_exchange(form: Form) -> Iterator[Problem]:
    """Box 2, on Form 3 box 3, holds the ticker symbol alone; where the issuer has none, NONE.

    The exchange doesn't belong there: EDGAR takes ten characters, and whoever searches by the symbol won't find it. A
    list of symbols is left alone.
    """
    symbol = form.filing.issuer.trading_symbol
    alone = symbol_alone(symbol.text) if has_text(symbol) else ""
    if alone:
        what = "stands for no symbol" if alone == "NONE" else "holds its exchange"
        yield Problem(f"the trading symbol {shown(symbol.text.strip())} {what}", symbol.origin, f"Write {alone}.")


@rule(
    "DOC018",
    Severity.WARNING,
    "an amendment whose transactions are all later than the original filing",
    source="Form 4, item 4 and General Instruction 9",
    forms=ALL_FORMS,
    source_on_3="Form 3, item 5 and General Instructions",
)
def nothing_to_amend(form: Form) -> Iterator[Problem]:
    """An amendment corrects a form that was filed. What happened after that form is reported on a new one.

    The rule speaks where every transaction is later than the date of the original in box 4, on Form 3 the event: either
    that date is wrong, or the form is no amendment.
    """
    if not form.filing.is_amendment:
        return
    original, period = form.filing.date_of_original_submission.date, form.filing.period_of_report.date
    if form.type is FORM_3 and original and period and period > original:
        yield Problem(
            f"the event is of {period}, later than the original filing of {original}",
            form.filing.date_of_original_submission.origin,
            "Correct one of the dates: a Form 3 is filed after the event that requires it.",
        )
    days = [line.day for line in form.transactions]
    if original and days and all(day is not None and day > original for day in days):
        first = min(day for day in days if day is not None)
        only = "the only transaction" if len(days) == 1 else "the earliest transaction"
        yield Problem(
            f"{only} is of {first}, later than the original filing of {original}",
            form.filing.date_of_original_submission.origin,
            "Report it on a new Form 4, or correct the date of the original.",
        )
