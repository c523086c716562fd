"""Preflight: what EDGAR suspends although the schema passes it, and what a practitioner would send back.

Rules see only the filing, so that they serve a plan as well as anyone's XML. `RULES` is the catalogue, one explicit
tuple in the order of the codes; what other stages find has its entry there too, so that every code has a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from form4_author.days.business_days import FEDERAL, BusinessDays
from form4_author.filing import Filing
from form4_author.findings import Finding, in_order
from form4_author.preflight import (
    annual,
    balances,
    contradictions,
    dates,
    deemed,
    derivatives,
    document,
    elsewhere,
    exercises,
    exhibits,
    footnotes,
    initial,
    limits,
    owners,
    price_sense,
    prices,
    signatures,
    submissions,
    titles,
    trading_plans,
    transactions,
    values,
)
from form4_author.preflight.engine import Allowance, Rule, Scope, chosen, waive, without_echoes
from form4_author.preflight.envelope import Envelope, Package
from form4_author.preflight.form import Form

__all__ = [
    "RULES",
    "Allowance",
    "Rule",
    "Scope",
    "chosen",
    "find_rule",
    "run",
    "run_submission",
    "waive",
    "without_echoes",
]

RULES: tuple[Rule, ...] = (
    document.period_of_report,
    document.nothing_reported,
    document.filled_in_by_edgar,
    elsewhere.PROCESSING_INSTRUCTION,
    elsewhere.BEFORE_DECLARATION,
    values.padded_values,
    document.amendment,
    values.characters,
    elsewhere.ONE_LINE,
    document.holdings_only,
    values.blank_mandatory,
    values.impossible_cik,
    values.unreadable_values,
    values.padded_text,
    values.date_with_time_zone,
    values.neither_value_nor_footnote,
    document.symbol_with_exchange,
    document.nothing_to_amend,
    initial.none_owned,
    initial.overdue,
    owners.duplicate_owner,
    owners.no_relationship,
    owners.officer_without_title,
    owners.other_without_description,
    owners.no_ccc,
    owners.incomplete_address,
    owners.text_without_box,
    owners.long_territory,
    signatures.joint_signatures,
    owners.nature_of_ownership,
    owners.no_address_flag,
    owners.obsolete_code,
    owners.owner_is_issuer,
    owners.abroad_in_the_us,
    titles.title_in_remarks,
    titles.director_as_officer,
    titles.direct_nature,
    transactions.generated_code,
    transactions.timeliness,
    transactions.letter_against_code,
    dates.after_signature,
    dates.deemed_execution,
    transactions.undescribed,
    prices.price_and_code,
    price_sense.misplaced_point,
    exercises.exercise_pair,
    prices.small_acquisitions,
    prices.weighted_average,
    trading_plans.box_and_adoption,
    dates.early_report,
    dates.late,
    transactions.no_coding,
    trading_plans.box_forgotten,
    dates.no_market,
    trading_plans.cooling_off,
    deemed.deemed_without_reason,
    transactions.expiration_in_table_1,
    transactions.nothing_traded,
    price_sense.total_as_price,
    price_sense.above_a_million,
    price_sense.foreign_currency,
    price_sense.price_of_ads,
    contradictions.footnote_against_code,
    exercises.withheld_too_many,
    annual.due_on_form_4,
    annual.of_another_year,
    derivatives.expires_too_early,
    derivatives.underlying_amount,
    derivatives.underlying_follows,
    derivatives.traded_amount,
    balances.running_balance,
    elsewhere.STATED_BALANCE,
    elsewhere.NEGATIVE_BALANCE,
    balances.owned_following,
    elsewhere.RESTATED_BALANCE,
    balances.mixed_accounts,
    elsewhere.UNSHOWN_HOLDING,
    elsewhere.OUT_OF_ORDER,
    footnotes.unreferenced,
    footnotes.dangling,
    footnotes.same_footnote_twice,
    footnotes.long_footnote,
    footnotes.empty_footnote,
    footnotes.malformed_id,
    footnotes.duplicate_id,
    footnotes.footnote_99,
    footnotes.numbering,
    signatures.signed_too_early,
    signatures.power_of_attorney,
    signatures.unnamed_signature,
    limits.too_many,
    elsewhere.FILE_NAME,
    submissions.exhibit_type,
    submissions.too_many_documents,
    submissions.pdf_document,
    submissions.unreferenced_graphic,
    submissions.email_address,
    submissions.duplicate_address,
    submissions.types_differ,
    submissions.second_form,
    exhibits.exhibit_characters,
    submissions.same_name,
    exhibits.another_kind,
    exhibits.active_content,
    exhibits.outside_reference,
    exhibits.long_lines,
    exhibits.picture_type,
    exhibits.public_picture,
    exhibits.control_characters,
    submissions.characters,
    elsewhere.UNKNOWN_WAIVER,
    elsewhere.WAIVED_ERROR,
    elsewhere.IDLE_WAIVER,
)


def run(
    filing: Filing,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    waivers: Iterable[Allowance] = (),
    days: BusinessDays = FEDERAL,
    attachments: tuple[str, ...] | None = None,
    powers_on_file: bool = False,
) -> list[Finding]:
    """Hold a filing against the rules.

    Args:
        filing: made from a plan, or read from anyone's XML.
        select: codes or families (`TXN`) to run; all where empty.
        ignore: codes or families not to run.
        waivers: warnings and notes to let stand, with the reason.
        days: the calendar that deadlines are reckoned by.
        attachments: the types of the documents filed with it (`EX-24`); None where they aren't known.
        powers_on_file: the powers of attorney of its owners are on file with earlier forms.

    Returns:
        The findings in the order of their places, waived ones marked, and what is wrong with the waivers themselves.
    """
    form = Form(filing, days, attachments, powers_on_file=powers_on_file)
    findings = [
        rule.finding(problem, form.number)
        for rule in RULES
        if rule.check is not None and rule.applies_to(form) and chosen(rule.code, select, ignore)
        for problem in rule.check(form)
    ]
    return in_order(waive(findings, [*waivers], RULES))


def run_submission(
    envelope: Envelope, filing: Filing | None = None, *, select: Collection[str] = (), ignore: Collection[str] = ()
) -> list[Finding]:
    """Hold a submission, the envelope around the documents, against the rules of the SUB family.

    Args:
        envelope: the submission.
        filing: what its ownership document says, where that is known.
        select: codes or families to run; all where empty.
        ignore: codes or families not to run.
    """
    package = Package(envelope, filing)
    return in_order(
        rule.finding(problem, package.form.number)
        for rule in RULES
        if rule.check_package is not None and rule.judges(package.form) and chosen(rule.code, select, ignore)
        for problem in rule.check_package(package)
    )


def find_rule(code: str) -> Rule | None:
    """The rule of a code, in whatever case it is written; None where there is none."""
    return next((rule for rule in RULES if rule.code == code.upper()), None)
