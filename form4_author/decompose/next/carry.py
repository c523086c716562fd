"""What a later form takes over from a filed one, brought to the form of today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from form4_author.decompose.decomposition import PlanData
from form4_author.filing import ABSENT, Feature, Field, Filing, FormType, ReportingOwner, Row, Value, form_of
from form4_author.filing.columns import has_cell
from form4_author.filing.marks import used_notes
from form4_author.sec_codes import COUNTRIES, OBSOLETE, UNITED_STATES


def for_today(filing: Filing, table1: tuple[Row, ...], table2: tuple[Row, ...]) -> Filing:
    """The filing with these lines alone, in the schema of today.

    Footnotes that they don't refer to go, and so does what EDGAR itself fills into a document of record. The code of
    a country, which an address gave as its state before March 2026, becomes its country; the United States is none, and
    the state is left to the author.
    """
    used = used_notes((*table1, *table2))
    kept = replace(filing, table1=table1, table2=table2)
    return replace(
        filing,
        version=form_of(filing).in_force,
        no_securities_owned=_box(filing.owns_nothing) if filing.owns_nothing or kept.rows else ABSENT,
        form3_holdings_reported=_box(kept.lines_late_from("3")),
        form4_transactions_reported=_box(kept.lines_late_from("4")),
        owners=tuple(_owner(owner) for owner in filing.owners),
        table1=table1,
        table2=table2,
        footnotes=tuple(note for note in filing.footnotes if note.id.text in used),
    )


def _box(checked: bool) -> Value:  # noqa: FBT001 - what the box says
    """What EDGAR will say of the lines that are carried."""
    return Value("1" if checked else "0")


def with_amounts_owned(filing: Filing) -> Filing:
    """The filing with the amount owned on each line, also where its form states none: Table II of Form 3.

    There the number of securities underneath is the number held, one for one; nothing on the form says otherwise.
    """
    numbering = form_of(filing).numbering

    def owned(row: Row) -> Row:
        if has_cell("shares_owned_following", row.table, numbering) or not row.underlying_shares.text:
            return row
        return replace(row, shares_owned_following=Field(row.underlying_shares.value))

    return replace(filing, table1=tuple(map(owned, filing.table1)), table2=tuple(map(owned, filing.table2)))


def unnumbered(plan: PlanData) -> None:
    """Let the tool number the footnotes, as one reads the form."""
    for name, said in plan.data.get("footnotes", {}).items():
        if isinstance(said, dict) and said.pop("number", ""):
            plan.data["footnotes"][name] = said.get("text", said)
    plan.comments.pop(("footnotes",), None)


def notes_in(securities: dict[str, Any]) -> Iterator[str]:
    """The footnotes that securities refer to, by name."""
    for security in securities.values():
        parts = [part for part in security.values() if isinstance(part, dict)] if isinstance(security, dict) else []
        for part in parts:
            for value in (value for key, value in part.items() if key not in {"date", "amount", "title"}):
                yield from [value] if isinstance(value, str) else value


def to_be_signed(plan: PlanData) -> None:
    """Leave the dates of the signatures to whoever signs."""
    for index, signature in enumerate(plan.data.get("signatures", ())):
        signature["date"] = None
        plan.comments["signatures", index, "date"] = "date of signing"


def asks_for_plans(form: FormType) -> bool:
    """Whether the form of today has the Rule 10b5-1 box."""
    return form.has(Feature.PLAN_BOX, form.in_force)


def to_be_answered(plan: PlanData) -> None:
    """Leave the Rule 10b5-1 statement to the reporting person."""
    plan.data["rule_10b5_1"] = None
    plan.comments["rule_10b5_1",] = "yes or no: made under a Rule 10b5-1(c) plan?"


def _owner(owner: ReportingOwner) -> ReportingOwner:
    state, country = owner.state, owner.country
    abroad = state.text.strip()
    if not country and abroad in COUNTRIES.keys() | OBSOLETE.keys():
        state, country = ABSENT, ABSENT if abroad == UNITED_STATES else state
    has_address = any((owner.street1, owner.street2, owner.city, state, country, owner.zip_code))
    flag = Value("true" if country or owner.non_us_state_territory else "false") if has_address else ABSENT
    return replace(
        owner,
        state=state,
        country=country,
        non_us_address=owner.non_us_address or flag,
        state_description=ABSENT,
        good_address=ABSENT,
    )
