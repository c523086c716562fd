"""A filed form -> the plan of the next one: who and what as before, the closing balances as opening balances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.decompose import unread
from form4_author.decompose.balances import owned
from form4_author.decompose.decomposition import PlanData, decompose
from form4_author.decompose.footnotes import name_footnotes
from form4_author.decompose.holders import Holders, name_holders
from form4_author.decompose.next.carry import (
    asks_for_plans,
    for_today,
    notes_in,
    to_be_answered,
    to_be_signed,
    unnumbered,
    with_amounts_owned,
)
from form4_author.decompose.securities import Securities, name_securities
from form4_author.decompose.speaking_names import holder_name, told_apart
from form4_author.filing import Filing, Row, Value, form_for, form_of
from form4_author.filing.numbers import grouped
from form4_author.filing.titles import security_class
from form4_author.findings import Finding
from form4_author.plan.accounts import Account
from form4_author.plan.scalars import quoted

_EXAMPLE = """\
What happened since: one entry is one line, or an event that writes several lines, as in
   - {{date: 2026-11-18, code: S, security: {security}, amount: 1000, price: 31.15}}"""


#: What is said of several lines that nothing tells apart.
_APART = "the form has several such lines: each is taken for a holder of its own, see ownership_lines"


class _Holding(Struct):
    """What is held of a security in one form of ownership, by the lines of the form."""

    security: str
    ownership: str | dict[str, str]
    lines: list[Row] = []

    def closing(self) -> Row:
        """The line that tells the closing balance: of the latest day, a line without a date last of all.

        Of several of that day it is the one from whose balance no other goes on, wherever it stands: some forms tell
        the newest first. Where that doesn't tell, it is the last.
        """
        days = [*_days(self.lines)]
        lines = [line for line, day in zip(self.lines, days, strict=True) if day == max(days)]
        before = [_before(line) for line in lines]
        ends = [
            line
            for at, line in enumerate(lines)
            if owned(line)[0].number not in [number for other, number in enumerate(before) if other != at]
        ]
        return ends[0] if len(ends) == 1 and not ends[0].holding else lines[-1]


def roll(filing: Filing, *, as_of: date | None = None) -> PlanData:
    """The plan of the form that follows a filed one.

    Args:
        filing: the last form.
        as_of: derivatives that expired by this day are pointed out and left out of the opening balances; the date of
            the last signature where not given.
    """
    signed = max((one.date.date for one in filing.signatures if one.date.date), default=date.min)
    day = as_of or signed
    following = form_for(form_of(filing).followed_by)
    filing = with_amounts_owned(filing)
    today = for_today(replace(filing, document_type=Value(following.number)), filing.table1, filing.table2)
    last = decompose(today)
    unnumbered(last)
    plan = PlanData({name: last.data[name] for name in ("form", "issuer", "owners") if name in last.data})
    if asks_for_plans(following):
        to_be_answered(plan)
    if filing.not_subject_to_section16.truth:
        plan.comments["form",] = (
            "the last form says that the person is no longer subject to Section 16 (exit box): is a form due?"
        )
    notes = name_footnotes(today)
    named = name_securities(today, notes)
    called = _one_of_each_class(today, named)
    securities = _merged(last.data.get("securities", {}), called, plan)
    plan.data["securities"] = securities
    if "ownership_lines" in last.data:
        plan.data["ownership_lines"] = last.data["ownership_lines"]
    holdings = _holdings(today, named, name_holders(today.rows, notes), called)
    plan.data["opening"] = _opening(holdings, plan, day)
    kept = [holding for holding in holdings if not _expired(holding.closing(), day)]
    plan.lost += [*unread.of_parties(today), *unread.of_ownership(today), *_unread_closings(today, kept)]
    told = {finding.origin for finding in plan.lost}
    plan.lost += [finding for finding in unread.of_amounts(today) if finding.origin not in told]
    plan.data["transactions"] = None
    plan.comments["transactions",] = _EXAMPLE.format(security=next(iter(securities), "common"))
    holders = plan.data.get("ownership_lines", {})
    used = {*notes_in(securities), *(name for holder in holders.values() for name in _listed(holder.get("note", [])))}
    plan.data["footnotes"] = {name: note for name, note in last.data.get("footnotes", {}).items() if name in used}
    plan.data["signatures"] = last.data.get("signatures", [])
    plan.data = {name: part for name, part in plan.data.items() if part or part is None}
    _former_footnotes(filing, plan)
    to_be_signed(plan)
    return plan


def _one_of_each_class(filing: Filing, securities: Securities) -> dict[str, str]:
    """The name of each security of Table I: of one class, however its title is typed, it is that of the first."""
    first: dict[str, str] = {}
    called: dict[str, str] = {}
    for row in filing.rows:
        name = securities.of(row).name
        called[name] = name if row.derivative else first.setdefault(security_class(row.security_title.text), name)
    return called


def _merged(securities: dict[str, Any], called: Mapping[str, str], plan: PlanData) -> dict[str, Any]:
    """The plan's securities, those of one class once; a comment tells the other titles."""
    kept = {name: part for name, part in securities.items() if called.get(name, name) == name}
    for name in kept:
        others = [_title(part) for other, part in securities.items() if other != name and called.get(other) == name]
        if others:
            titles = " and ".join(f'"{title}"' for title in dict.fromkeys(others))
            plan.comments["securities", name] = f"on the form also as {titles}: one class, so one balance"
    for part in kept.values():
        if isinstance(part, dict) and isinstance(part.get("underlying"), str):
            part["underlying"] = called.get(part["underlying"], part["underlying"])
    return kept


def _title(security: str | dict[str, Any]) -> str:
    return security if isinstance(security, str) else str(security["title"])


def _opening(holdings: Sequence[_Holding], plan: PlanData, day: date) -> list[dict[str, Any]]:
    opening: list[dict[str, Any]] = []
    expired: dict[str, list[str]] = {}
    for holding in holdings:
        row = holding.closing()
        cell, by_value = owned(row)
        several = [owned(line)[0].text for line in holding.lines if line.holding]
        amounts = several if len(several) > 1 else [cell.text]
        if _expired(row, day):
            held = [f"{_grouped(text)} {_in_words(holding.ownership)}" for text in amounts]
            gone = expired.setdefault(holding.security, [])
            gone += held
            told = f"{_grouped(amounts[0])} that were held" if len(gone) == 1 else " and the ".join(gone)
            plan.comments["securities", holding.security] = (
                f"expired on {row.expiration_date.date}: the {told} are left out of opening"
            )
            continue
        if len(several) > 1:
            plan.comments["opening", len(opening)] = _APART
        for index, text in enumerate(amounts):
            if Value(text).number is not None:
                ownership = _one_more_holder(holding, plan, index) if len(several) > 1 else holding.ownership
                entry: dict[str, Any] = {"security": holding.security, "value" if by_value else "amount": text}
                opening.append(entry if ownership == "direct" else {**entry, "ownership": ownership})
    return [_by_name(entry, plan) for entry in opening]


def _expired(row: Row, day: date) -> bool:
    expires = row.expiration_date.date
    return row.derivative and expires is not None and expires <= day


def _grouped(text: str) -> str:
    number = Value(text).number
    return quoted(text.strip()) if number is None else grouped(number)


def _in_words(ownership: str | dict[str, str]) -> str:
    if isinstance(ownership, dict):
        return f"held indirectly ({quoted(ownership['indirect'])})"
    return {"direct": "held directly", "indirect": "held indirectly"}.get(ownership, f"held by {ownership}")


def _unread_closings(filing: Filing, holdings: Sequence[_Holding]) -> Iterator[Finding]:
    """What the closing balances rest on and can't be read: the amounts themselves, and the dates of several lines."""
    places = {id(row): place for row, place in unread.numbered(filing)}
    for holding in holdings:
        row = holding.closing()
        cell, by_value = owned(row)
        if cell.number is None:
            name = "value_owned_following" if by_value else "shares_owned_following"
            said = f"is {quoted(cell.text.strip())}, which is no amount" if unread.has_text(cell) else "is missing"
            yield unread.lost(
                f"{places[id(row)]}, {unread.column(row, name, filing)}, {said}: "
                f"{holding.security} has no opening balance",
                cell.value.origin,
                f"Under opening: write how much of {holding.security} is held.",
            )
        undated = [line for line in holding.lines if not line.holding and line.transaction_date.date is None]
        for line in undated if len(holding.lines) > 1 else ():
            cell = line.transaction_date
            said = f"is {quoted(cell.text.strip())}, which is no date" if unread.has_text(cell) else "is missing"
            yield unread.lost(
                f"{places[id(line)]}, {unread.column(line, 'transaction_date', filing)}, {said}: "
                "the line is taken to stand in its order",
                cell.value.origin,
                f"See whether the opening balance of {holding.security} is that of the last line.",
            )


def _one_more_holder(holding: _Holding, plan: PlanData, index: int) -> str:
    """The name of a holder made for one of several lines of one nature, which nothing on the form tells apart."""
    held = holding.ownership
    lines: dict[str, Any] = plan.data.setdefault("ownership_lines", {})
    if isinstance(held, str) and held in lines:
        if index == 0:
            return held
        said, name = lines[held], held
    else:
        said = _said_of(held)
        name = holder_name(said.get("indirect") or "")
    *_, name = told_apart([*lines, name])
    lines[name] = dict(said)
    if said.get("indirect", "") is None:
        plan.comments["ownership_lines", name] = "the form doesn't tell the nature of this ownership"
    return name


def _said_of(held: str | dict[str, str]) -> dict[str, Any]:
    """A holder as a plan has it, of a form of ownership that needs no name; its nature is left to the author."""
    if isinstance(held, dict):
        return {"indirect": held["indirect"]}
    return {"direct": "yes"} if held == "direct" else {"indirect": None}


def _by_name(entry: dict[str, Any], plan: PlanData) -> dict[str, Any]:
    """An opening balance under the name of its holder, where those of its nature have names: the first of them."""
    held = entry.get("ownership", "direct")
    lines: dict[str, Any] = plan.data.get("ownership_lines", {})
    if isinstance(held, str) and held in lines:
        return entry
    names = [name for name, said in lines.items() if _nature(said) == _nature(_said_of(held))]
    return {**entry, "ownership": names[0]} if names else entry


def _nature(holder: dict[str, Any]) -> tuple[bool, str]:
    return bool(holder.get("direct")), holder.get("indirect") or ""


def _holdings(filing: Filing, securities: Securities, holders: Holders, called: Mapping[str, str]) -> list[_Holding]:
    found: dict[Account, _Holding] = {}
    for row in filing.rows:
        security = called[securities.of(row).name]
        holding = found.setdefault(holders.account(row, security), _Holding(security, holders.ownership(row)))
        holding.lines.append(row)
    return list(found.values())


def _before(row: Row) -> Decimal | None:
    """What was owned before a transaction, by its own amounts."""
    after, change = owned(row)[0].number, (row.shares if row.shares.text else row.total_value).number
    if after is None or change is None:
        return None
    return after - change if row.acquired_disposed.text.strip() == "A" else after + change


def _days(lines: Sequence[Row]) -> Iterator[date]:
    """The day of each line; a date that is none is that of the line before, since lines mostly stand in their order."""
    before = date.min
    for row in lines:
        before = date.max if row.holding else row.transaction_date.date or before
        yield before


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
