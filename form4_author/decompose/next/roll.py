"""A filed form -> the plan of the next one: who and what as before, the closing balances as opening balances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from form4_author.decompose.balances import owned
from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.footnotes import name_footnotes
from form4_author.decompose.holders import Holders, name_holders
from form4_author.decompose.next.carry import asks_for_plans, for_today, to_be_answered, to_be_signed, unnumbered
from form4_author.decompose.securities import Securities, name_securities
from form4_author.filing import Filing, Row, Value, form_for, form_of
from form4_author.filing.numbers import grouped
from form4_author.plan.accounts import Account

_EXAMPLE = """\
What happened since: one entry is one line, or an event that writes several lines, as in
   - {{date: 2026-11-18, code: S, security: {security}, amount: 1000, price: 31.15}}"""


@dataclass(slots=True)
class _Holding:
    """What is held of a security in one form of ownership, by the lines of the form."""

    security: str
    ownership: str | dict[str, str]
    lines: list[Row] = field(default_factory=list)

    def closing(self) -> Row:
        """The line that tells the closing balance: the last of the latest day, a line without a date last of all."""
        return max(enumerate(self.lines), key=lambda pair: (_day(pair[1]), pair[0]))[1]


def roll(filing: Filing, *, as_of: date | None = None) -> PlanData:
    """The plan of the form that follows a filed one.

    Args:
        filing: the last form.
        as_of: derivatives that expired by this day are pointed out and left out of the opening balances; the date of
            the last signature where not given.
    """
    signed = max((one.date.date for one in filing.signatures if one.date.date), default=date.min)
    following = form_for(form_of(filing).followed_by)
    today = for_today(replace(filing, document_type=Value(following.number)), filing.table1, filing.table2)
    last = decompose(today)
    unnumbered(last)
    plan = PlanData({name: last.data[name] for name in ("form", "issuer", "owners") if name in last.data})
    if asks_for_plans(following):
        to_be_answered(plan)
    securities = last.data.get("securities", {})
    plan.data["securities"] = securities
    if "ownership_lines" in last.data:
        plan.data["ownership_lines"] = last.data["ownership_lines"]
    plan.data["opening"] = _opening(today, plan, as_of or signed)
    plan.data["transactions"] = None
    plan.comments["transactions",] = _EXAMPLE.format(security=next(iter(securities), "common"))
    holders = plan.data.get("ownership_lines", {})
    used = {*_notes_in(securities), *(name for holder in holders.values() for name in _listed(holder.get("note", [])))}
    plan.data["footnotes"] = {name: note for name, note in last.data.get("footnotes", {}).items() if name in used}
    plan.data["signatures"] = last.data.get("signatures", [])
    plan.data = {name: part for name, part in plan.data.items() if part or part is None}
    _former_footnotes(filing, plan)
    to_be_signed(plan)
    return plan


def _opening(filing: Filing, plan: PlanData, day: date) -> list[dict[str, Any]]:
    opening: list[dict[str, Any]] = []
    notes = name_footnotes(filing)
    for holding in _holdings(filing, name_securities(filing, notes), name_holders(filing.rows, notes)):
        row = holding.closing()
        cell, by_value = owned(row)
        if cell.number is None:
            continue
        expires = row.expiration_date.date
        if row.derivative and expires and expires <= day:
            plan.comments["securities", holding.security] = (
                f"expired on {expires}: the {grouped(cell.number)} that were held are left out of opening"
            )
            continue
        several = dict.fromkeys(owned(line)[0].text for line in holding.lines if line.holding)
        if len(several) > 1:
            plan.comments["opening", len(opening)] = (
                "the form has several such lines: tell them apart by the nature of ownership"
            )
        for text in several if len(several) > 1 else [cell.text]:
            entry: dict[str, Any] = {"security": holding.security, "value" if by_value else "amount": text}
            opening.append(entry if holding.ownership == "direct" else {**entry, "ownership": holding.ownership})
    return opening


def _holdings(filing: Filing, securities: Securities, holders: Holders) -> list[_Holding]:
    found: dict[Account, _Holding] = {}
    for row in filing.rows:
        security = securities.of(row).name
        holding = found.setdefault(holders.account(row, security), _Holding(security, holders.ownership(row)))
        holding.lines.append(row)
    return list(found.values())


def _day(row: Row) -> date:
    return date.max if row.holding else row.transaction_date.date or date.min


def _notes_in(securities: dict[str, Any]) -> Iterator[str]:
    """The footnotes that securities refer to, by name."""
    for security in securities.values():
        parts = [part for part in security.values() if isinstance(part, dict)] if isinstance(security, dict) else []
        for part in parts:
            for value in (value for key, value in part.items() if key not in {"date", "amount"}):
                yield from _listed(value)


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _former_footnotes(filing: Filing, plan: PlanData) -> None:
    """Tell of the footnotes on the nature of ownership, which most forms repeat."""
    marks = dict.fromkeys(mark for row in filing.rows for mark in row.nature_of_ownership.footnote_ids)
    texts = {note.id.text: " ".join(note.text.text.split()) for note in filing.footnotes}
    again = dict.fromkeys(texts[mark] for mark in marks if texts.get(mark))
    if again:
        listed = "\n".join(f"- {text}" for text in again)
        plan.comments["signatures",] = (
            f"The last form said of the nature of indirect ownership, in footnotes:\n{listed}\n"
            "What still holds goes under footnotes:, and is referred to by notes: {nature: ...} on the line."
        )
