"""A conversion of securities into what underlies them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from msgspec.structs import replace

from form4_author.events.drafting import is_expired, with_half
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, never
from form4_author.events.rounding import to_whole
from form4_author.events.targets import Target, draft_of, noted, targets
from form4_author.filing import Value
from form4_author.filing.derivation import times
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.convert import Convert
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import says_option

_FOUR = Decimal("0.0001")


def write(entry: Convert, key: Key, writer: Writer) -> None:
    """Two lines for each holder and series."""
    found = targets(entry.convert, entry, "convert", key, writer)
    stated = entry.model_fields_set & {"table_1", "table_2"}
    if len(found) > 1 and stated:
        writer.refuse(
            "PLN011",
            "this entry has several lines in each table, so it can't tell which is meant",
            (*key, min(stated)),
            "Write an entry for each holder and series.",
        )
        return
    for target in found:
        security = writer.security(target.name, target.name_key)
        if security is not None:
            _convert(entry, key, target, security, writer)


def _convert(entry: Convert, key: Key, target: Target, security: Security, writer: Writer) -> None:
    if not isinstance(security.underlying, str):
        writer.refuse(
            "PLN011",
            f"{target.name} converts into nothing that is named",
            target.name_key,
            "Under securities: give it underlying: with the name of the security that it becomes.",
        )
        return
    if security.converts is None and says_option(security.title):
        hint = f"Write exercise: {target.name}; a convertible has converts: under securities."
        writer.refuse("PLN011", f"{target.name} is an option, which is exercised", target.name_key, hint)
        return
    if is_expired(target.name, security, entry.date, (*key, "date"), writer):
        return
    number = (target.number * security.ratio).quantize(_FOUR, ROUND_HALF_UP)
    how = security.converts.round if security.converts else None
    whole = to_whole(number, how) if how else number
    if whole != to_whole(whole, "down"):
        writer.refuse(
            "PLN012",
            f"{grouped(target.number)} of {target.name} become {grouped(whole)} shares, with a fraction",
            target.name_key,
            f"Under securities: write converts: {{ratio: {plain(security.ratio)}, round: down}}",
        )
        return
    shares = Value(plain(whole), target.amount.origin)
    told = times(target.number, security.ratio) + (f", rounded {how}" if whole != number else "")
    given_up = replace(
        draft_of(target, key, letter="D", code=entry.code, how=f"code {entry.code}, given up", writer=writer),
        dated=entry,
        underlying=shares,
        notes=((entry.notes, (*key, "notes")),),
    )
    given_up = replace(given_up, derived=(*given_up.derived, ("underlying_shares", told)))
    writer.line(with_half(given_up, entry.table_2, (*key, "table_2"), writer, follows=True))
    writer.line(
        with_half(
            _received(entry, key, target, security.underlying, shares, told, writer),
            entry.table_1,
            (*key, "table_1"),
            writer,
        )
    )


def _received(entry: Convert, key: Key, target: Target, name: str, shares: Value, told: str, writer: Writer) -> Draft:
    draft = Draft(
        key=key,
        security=name,
        security_key=("securities", target.name, "underlying"),
        dated=entry,
        code=Value(entry.code, writer.origin((*key, "code"))),
        letter="A",
        amount=shares,
        price=Value("0", writer.origin(key)),
        ownership=target.ownership,
        ownership_key=target.ownership_key,
        notes=((entry.notes, (*key, "notes")),),
        derived=(
            ("acquired_disposed", f"code {entry.code}, the securities received"),
            ("shares", told),
            ("price_per_share", "nothing is paid in a conversion"),
        ),
    )
    return noted(draft, writer.terms_note(target.name), key)


EVENT = Event(
    lines="For each holder and series: in Table II code C, D, at 0; in Table I code C, A, at 0, amount times ratio, "
    "rounded to a whole share where the security says so.",
    source="17 CFR 240.16b-6(b); 240.16b-9",
    example="{date: 11/17/2026, convert: [series-a, series-b], all: yes}",
    write=write,
    recognise=never,
)
