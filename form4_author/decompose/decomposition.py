"""A filing -> the plan that a person would have written for it: the inverse of `compose`.

What `compose` derives is left out where it derives the same, and stated where it doesn't; a comment tells what is
unusual about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from form4_author.decompose.footnotes import name_footnotes
from form4_author.decompose.holders import name_holders
from form4_author.decompose.recognition import recognised
from form4_author.decompose.scribe import PlanScribe
from form4_author.decompose.securities import name_securities
from form4_author.events.event import event_of
from form4_author.events.holding import held_entry
from form4_author.events.written import WrittenEntry
from form4_author.filing import DocumentKind, Feature, Filing, ReportingOwner, Row, Value, form_of
from form4_author.findings import Finding
from form4_author.plan.entries import EVENTS
from form4_author.plan.scalars import is_answer, is_schema_version, quoted
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import TRANSACTION_CODES, UNITED_STATES


class PlanData(Struct):
    """A plan as text data, in the order in which its author reads it.

    Attributes:
        data: the plan.
        comments: the comments in it, by key path.
        lost: what of the filing it doesn't take over though it should; of a plan that builds the same document, a
            comparison tells.
    """

    data: dict[str, Any] = {}
    comments: dict[Key, str] = {}
    lost: list[Finding] = []


def decompose(filing: Filing) -> PlanData:
    """The plan that composes to a filing.

    What no plan can say (an owner without a CIK, a line without a code) is left out; the plan is then refused there.
    """
    plan = PlanData()
    notes = name_footnotes(filing)
    securities = name_securities(filing, notes)
    holders = name_holders(filing.rows, notes)
    scribe = PlanScribe(notes, securities, holders, form_of(filing), _exercised(filing))
    transactions, holdings = _entries(filing, scribe)
    _top(filing, plan)
    _add(plan, "issuer", _issuer(filing))
    abroad = form_of(filing).has(Feature.ABROAD, filing.version)
    _add(plan, "owners", [_owner(owner, abroad=abroad) for owner in filing.owners])
    _add(plan, "rule_10b5_1", _answer(filing.aff10b5_one))
    _add(plan, "securities", securities.plan())
    _add(plan, "ownership_lines", holders.plan())
    order = {name: index for index, name in enumerate(securities.plan())}
    _add(plan, "opening", sorted(scribe.balances.opening, key=lambda held: order[held["security"]]))
    for name, entries in (("transactions", transactions), ("holdings", holdings)):
        _add(plan, name, [entry.data for entry in entries])
        if any(
            event_of(kind).gives_notes(entry.data) for entry in entries for kind in EVENTS if kind.name in entry.data
        ):
            plan.data["event_notes"] = "no"
        for index, entry in enumerate(entries):
            plan.comments |= {(name, index, *key): comment for key, comment in entry.comments.items()}
    _add(plan, "footnotes", notes.plan)
    if notes.numbered:
        plan.comments["footnotes",] = "numbered as in the document, which doesn't number them as one reads the form"
    _add(plan, "remarks", filing.remarks.text)
    _add(plan, "signatures", [_kept(name=one.name.text, date=one.date.text) for one in filing.signatures])
    _add_period(filing, plan, transactions)
    for index, owner in enumerate(filing.owners):
        if not owner.name:
            plan.comments["owners", index, "name"] = "the document doesn't say; EDGAR fills it in"
    if not filing.issuer.name:
        plan.comments["issuer", "name"] = "the document doesn't say; EDGAR fills it in"
    return plan


def _exercised(filing: Filing) -> frozenset[str]:
    codes = {name for name, code in TRANSACTION_CODES.items() if code.exercise}
    return frozenset(row.transaction_date.text for row in filing.rows if row.code.text in codes)


def _add(plan: PlanData, name: str, value: Any) -> None:
    if value:
        plan.data[name] = value


def _top(filing: Filing, plan: PlanData) -> None:
    _add(plan, "form", filing.document_type.text)
    if not is_schema_version(filing.version):
        plan.comments["form",] = f"the document names no schema version: {quoted(filing.version)}"
    elif filing.version != form_of(filing).in_force:
        plan.data["schema_version"] = filing.version
        plan.comments["schema_version",] = "the form of its time; to file today, leave this out"
    _add(plan, "original_filing_date", filing.date_of_original_submission.text)
    _add(plan, form_of(filing).period_key, filing.period_of_report.text)
    _add(plan, "exit_box", _answer(filing.not_subject_to_section16))
    _add(plan, "no_securities", _none_owned(filing))
    for key, box, derived in (
        ("form_3_holdings_reported", filing.form3_holdings_reported, filing.lines_late_from("3")),
        ("form_4_transactions_reported", filing.form4_transactions_reported, filing.lines_late_from("4")),
    ):
        if form_of(filing).has(Feature.LATE_BOXES, filing.version) and filing.kind is DocumentKind.RECORD:
            _add(plan, key, "" if box and box.truth is derived else _answer(box) or "none")


def _none_owned(filing: Filing) -> str:
    """What a Form 3 says of nothing being owned; empty where it follows."""
    if not form_of(filing).has(Feature.NONE_OWNED, filing.version):
        return ""
    if filing.owns_nothing:
        return "yes"
    if not filing.rows:
        return _answer(filing.no_securities_owned)
    follows = filing.no_securities_owned.present or filing.kind is DocumentKind.FILER
    return "" if follows else "none"


def _add_period(filing: Filing, plan: PlanData, transactions: Sequence[WrittenEntry]) -> None:
    """Leave the period of report out where it is the date of the earliest transaction, or say that it isn't."""
    if not form_of(filing).term.of_lines:
        return
    days = [entry.data["date"] for entry in transactions if "date" in entry.data]
    earliest = min(days, key=lambda day: day[:10]) if days else ""
    if filing.period_of_report.text == earliest:
        plan.data.pop("period_of_report", None)
    elif earliest:
        plan.comments["period_of_report",] = f"the earliest transaction is of {earliest}"


def _issuer(filing: Filing) -> dict[str, Any]:
    issuer = filing.issuer
    return _kept(
        cik=issuer.cik.text,
        name=issuer.name.text or "none",
        symbol=issuer.trading_symbol.text,
        foreign_symbol=issuer.foreign_trading_symbol.text,
    )


def _owner(owner: ReportingOwner, *, abroad: bool) -> dict[str, Any]:
    address = _kept(
        street1=owner.street1.text,
        street2=owner.street2.text,
        city=owner.city.text,
        state=owner.state.text,
        territory=owner.non_us_state_territory.text,
        country=owner.country.text,
        zip=owner.zip_code.text,
        state_description=owner.state_description.text,
        good_address=_answer(owner.good_address),
    )
    non_us = _non_us(owner, abroad=abroad)
    if non_us and (address or non_us != "none"):
        address["non_us"] = non_us
    return _kept(
        cik=owner.cik.text,
        name=owner.name.text or "none",
        address=address,
        director=_answer(owner.is_director),
        **_box("officer", "officer_title", owner.is_officer, owner.officer_title),
        ten_percent_owner=_answer(owner.is_ten_percent_owner),
        **_box("other", "other_text", owner.is_other, owner.other_text),
    )


def _non_us(owner: ReportingOwner, *, abroad: bool) -> str:
    """The mark for an address outside the US, where it doesn't follow from the state or country."""
    if not owner.non_us_address:
        return "none" if abroad else ""
    foreign = bool(owner.country or owner.non_us_state_territory)
    clear = not (foreign and owner.state) and owner.country.text.strip() != UNITED_STATES
    return "" if clear and foreign is owner.non_us_address.truth else _answer(owner.non_us_address)


def _box(box_key: str, text_key: str, box: Value, text: Value) -> dict[str, str]:
    """A box and its text: one key for both where the box is checked, else one for each."""
    if box.truth and text.text.strip() and not is_answer(text.text):
        return {box_key: text.text}
    return {box_key: _answer(box), text_key: text.text}


def _answer(value: Value) -> str:
    return ("yes" if value.truth else "no") if value else ""


def _kept(**parts: Any) -> dict[str, Any]:
    """The parts that say something."""
    return {name: part for name, part in parts.items() if part}


def _entries(filing: Filing, scribe: PlanScribe) -> tuple[list[WrittenEntry], list[WrittenEntry]]:
    """The lines of both tables as entries: transactions in their order, and the holdings at the end."""
    first, held1 = _parted(filing.table1)
    second, held2 = _parted(filing.table2)
    entries = recognised(first, second, scribe)
    return entries, [held_entry(row, "security", scribe) for row in (*held1, *held2)]


def _parted(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """A table's lines up to its last transaction, and the holdings after it."""
    last = max((index for index, row in enumerate(rows) if not row.holding), default=-1)
    return rows[: last + 1], rows[last + 1 :]
