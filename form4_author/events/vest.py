"""Awards that vest: each award's line in Table II, that of its shares in Table I, and one of all the shares withheld.

Of stock that was reported at grant nothing is left to report but the shares withheld.

Codes: PLN001 an amount or a price that nothing gives, PLN011 keys that don't go together, PLN012 what can't be derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from form4_author.events.drafting import is_expired, is_unit, received_of, with_half, write_withheld
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event
from form4_author.events.vested import gathers, gives_notes, joins, recognise
from form4_author.filing import Value
from form4_author.filing.derivation import times
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.shared import NOTES_OF_TABLE_2, LineNotes
from form4_author.plan.entries.vest import Vest, Vesting, Withhold
from form4_author.plan.scalars import Amount
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

_UNPAID = ("price_per_share", "nothing is paid for what vests")


class _Award(Struct, frozen=True):
    """An award that vests, with what is known of it.

    Attributes:
        name: as the plan calls it.
        key: where its name stands.
        part: what is said of it, and where.
        stock: the security in Table I that it brings; it itself where it was reported at grant.
        amount: how many vest.
        how: what the amount follows from; empty where it is stated.
    """

    name: str
    key: Key
    security: Security
    part: Vesting
    part_key: Key
    stock: str
    amount: Value
    how: str = ""

    @property
    def units(self) -> bool:
        """True for what stands in Table II; False for stock that was reported at grant."""
        return self.security.derivative

    @property
    def shares(self) -> Value:
        """The shares that it brings."""
        number = self.amount.number
        if number is None or self.security.ratio == 1:
            return self.amount
        return replace(self.amount, text=plain(number * self.security.ratio))


def write(entry: Vest, key: Key, writer: Writer) -> None:
    """The lines of each award in both tables, and that of the shares withheld, if any."""
    _refuse_of_several(entry, key, writer)
    awards = [award for name in entry.awards if (award := _award(entry, name, key, writer))]
    whole = len(awards) == len(entry.awards)
    units = [award for award in awards if award.units]
    for award in units:
        writer.line(_given_up(entry, key, award, writer))
    received = _received(entry, key, units, writer)
    for draft in received:
        writer.line(draft)
    stock = [award for award in awards if not award.units]
    _refuse_lines_of_units(entry, key, stock, writer)
    amount = entry.withhold.amount if entry.withhold else None
    if entry.withhold is None or (amount is not None and not amount.decimal and not units):
        _refuse_without_withheld(entry, key, stock, writer)
    elif awards:
        came_in = [draft.amount.number for draft in received] + [award.amount.number for award in stock]
        known = [number for number in came_in if number is not None]
        total = sum(known, Decimal(0)) if whole and len(known) == len(came_in) else None
        _write_withheld(entry, entry.withhold, key, awards, total, writer)


def _refuse_of_several(entry: Vest, key: Key, writer: Writer) -> None:
    """Findings on what is said once and can't be of several awards."""
    names, several = [*entry.awards], isinstance(entry.vest, dict) or len(entry.vest) > 1
    each = f"{{{', '.join(f'{name}: ...' for name in names)}}}"
    if isinstance(entry.vest, list) and len(names) < len(entry.vest):
        twice = next(name for at, name in enumerate(entry.vest) if name in entry.vest[:at])
        at = len(entry.vest) - 1 - entry.vest[::-1].index(twice)
        writer.refuse("PLN011", f"{twice} stands twice", (*key, "vest", at), "Name each award once.")
    if isinstance(entry.vest, list) and several and entry.amount is None and not entry.all:
        message = f"amount is missing: nothing says how many of {' and '.join(names)} vest"
        writer.refuse("PLN001", message, (*key, "vest"), f"Write vest: {each}, each with its number, or all: yes.")
    if entry.amount is not None and several:
        said = f"{entry.amount.text} doesn't say how many of each vest" if len(names) > 1 else "the award says its own"
        writer.refuse("PLN011", f"amount: {said}", (*key, "amount"), f"Write vest: {each}, each with its number.")
    for name, wrong in (("table_2", several), ("table_1", several and not entry.together)):
        if wrong and name in entry.model_fields_set:
            message = f"{name} is about one line, and several awards have one each"
            hint = f"Say it of the award that is meant: vest: {{{names[0]}: {{amount: ..., {name}: ...}}}}."
            writer.refuse("PLN011", message, (*key, name), hint)
    if entry.together and len(names) == 1:
        writer.refuse("PLN011", "together is about several awards, and there is one", (*key, "together"), "Delete it.")
    for name, part in entry.awards.items() if several and entry.together else ():
        if "table_1" in part.model_fields_set:
            message = f"{name} has no line of its own in Table I: together is one line for all"
            writer.refuse("PLN011", message, (*key, "vest", name, "table_1"), "Say it on the entry: table_1.")


def _award(entry: Vest, name: str, key: Key, writer: Writer) -> _Award | None:
    """What is known of an award; None, and findings, where too little is for its lines."""
    mapping, part = isinstance(entry.vest, dict), entry.awards[name]
    place, part_key = (*key, "vest"), key
    if isinstance(entry.vest, dict):
        place = part_key = (*key, "vest", name)
    elif len(entry.vest) > 1:
        place = (*key, "vest", entry.vest.index(name))
    security = writer.security(name, place, of_key=mapping)
    if security is None:
        return None
    stock = received_of(name, security, place, writer, "vest into one") if security.derivative else name
    if stock is None:
        return None
    if security.derivative and not is_unit(name, security, place, writer, "vests"):
        return None
    is_expired(name, security, entry.date, (*key, "date"), writer)
    award = _Award(name, place, security, part, part_key, stock, Value())
    held = _held(entry, key, award, writer)
    if part.amount is None:
        # Of what was reported at grant only what is withheld has a line, and alone need be told.
        alone = not award.units and entry.withhold is not None and not entry.all
        return award if alone else _all_of(entry, key, award, held, writer)
    if entry.all:
        writer.refuse("PLN011", "all and amount both say how many vest", (*key, "all"), "Keep one of them.")
    if not award.units and held is not None and part.amount.decimal > held:
        said = f"{grouped(part.amount.decimal)} of {name} vest, and {grouped(held)} are held"
        writer.refuse("PLN011", said, (*part_key, "amount"), "Correct the number or the opening balance.")
        return None
    return replace(award, amount=writer.amount(part.amount, (*part_key, "amount")))


def _held(entry: Vest, key: Key, award: _Award, writer: Writer) -> Decimal | None:
    """How much of an award is held; None where nothing tells."""
    own = award.part.table_2.ownership
    if own is not None:
        return writer.held(award.name, own, (*award.part_key, "table_2", "ownership"))
    return writer.held(award.name, entry.ownership, (*key, "ownership"))


def _all_of(entry: Vest, key: Key, award: _Award, held: Decimal | None, writer: Writer) -> _Award | None:
    """The award whose amount isn't stated, with all that is held of it; None, and a finding, where it can't be so."""
    name, place = award.name, award.key
    if not entry.all:
        mapping = isinstance(entry.vest, dict)
        hint = f"Write vest: {{{name}: 100, ...}}, or all: yes." if mapping else "Write amount:, or all: yes."
        if mapping or len(entry.vest) == 1:
            writer.refuse("PLN001", f"amount is missing: nothing says how many of {name} vest", place, hint)
        return None
    if held is None:
        hint = f"Under opening: write what was held before, as in - {{security: {name}, amount: 1,000}}."
        writer.unknown(f"all of {name} vests, and nothing tells how much is held", place, hint)
        return None
    if not held:
        hint = "Leave it out, or correct the opening balance."
        writer.refuse("PLN011", f"nothing of {name} is held that could vest", place, hint)
        return None
    return replace(award, amount=Value(plain(held), writer.origin((*key, "all"))), how=f"all of {name} that is held")


def _given_up(entry: Vest, key: Key, award: _Award, writer: Writer) -> Draft:
    """The line of an award in Table II."""
    number = award.amount.number or Decimal(0)
    draft = Draft(
        key=key,
        security=award.name,
        security_key=award.key,
        dated=entry,
        code=Value(entry.code, writer.origin((*key, "code"))),
        letter="D",
        amount=award.amount,
        amount_key=(*key, "all") if award.how else (*award.part_key, "amount"),
        price=Value("0", writer.origin(key)),
        underlying=award.shares,
        ownership=entry.ownership,
        ownership_key=(*key, "ownership"),
        notes=((entry.notes, (*key, "notes")),),
        derived=(
            ("acquired_disposed", f"code {entry.code}, the units that vest"),
            *((("shares", award.how),) if award.how else ()),
            ("underlying_shares", times(number, award.security.ratio)),
            _UNPAID,
        ),
    )
    return with_half(draft, award.part.table_2, (*award.part_key, "table_2"), writer, follows=True)


def _received(entry: Vest, key: Key, units: Sequence[_Award], writer: Writer) -> list[Draft]:
    """The lines of the shares in Table I: one for each award, or one for all."""
    drafts = [_shares(entry, key, award, writer) for award in units]
    if not entry.together or len(units) < 2:
        parts = [(award.part.table_1, (*award.part_key, "table_1")) for award in units]
        if entry.together and units:
            parts = [(entry.table_1, (*key, "table_1"))]
        return [
            with_half(draft, part, at, writer, follows=True) for draft, (part, at) in zip(drafts, parts, strict=True)
        ]
    if len({award.stock for award in units}) > 1:
        _refuse_apart((*key, "together"), units, "one line can't be of", writer)
        return drafts
    first = drafts[0]
    numbers = [award.shares.number or Decimal(0) for award in units]
    marks = dict.fromkeys(name for draft in drafts for notes, _ in draft.given for name in notes.code)
    total = replace(
        first,
        amount=Value(plain(sum(numbers, Decimal(0))), writer.origin((*key, "vest"))),
        given=((LineNotes(code=[*marks]), (*key, "vest")),) if marks else (),
        derived=(first.derived[0], ("shares", " + ".join(map(grouped, numbers))), _UNPAID),
    )
    return [with_half(total, entry.table_1, (*key, "table_1"), writer, follows=True)]


def _shares(entry: Vest, key: Key, award: _Award, writer: Writer) -> Draft:
    """The line of an award's shares in Table I, before what is particular to it."""
    terms = writer.terms_note(award.name)
    shared = entry.notes.model_copy(update={column: [] for column in NOTES_OF_TABLE_2})
    return Draft(
        key=key,
        security=award.stock,
        security_key=("securities", award.name, "underlying"),
        dated=entry,
        code=Value(entry.code, writer.origin((*key, "code"))),
        letter="A",
        amount=award.shares,
        price=Value("0", writer.origin(key)),
        ownership=entry.ownership,
        ownership_key=(*key, "ownership"),
        notes=((shared, (*key, "notes")),),
        given=((LineNotes(code=[*terms]), award.key),) if terms else (),
        derived=(
            ("acquired_disposed", f"code {entry.code}, the securities received"),
            ("shares", times(award.amount.number or Decimal(0), award.security.ratio)),
            _UNPAID,
        ),
    )


def _write_withheld(
    entry: Vest, part: Withhold, key: Key, awards: Sequence[_Award], came_in: Decimal | None, writer: Writer
) -> None:
    """The line of the shares withheld."""
    where = (*key, "withhold")
    if len({award.stock for award in awards}) > 1:
        _refuse_apart(where, awards, "the shares withheld can't be of", writer)
        return
    if "price" in entry.model_fields_set & part.model_fields_set:
        message = "price and that of withhold both tell the price of the shares withheld"
        writer.refuse("PLN011", message, (*key, "price"), "Keep one of them.")
    if "price" not in entry.model_fields_set | part.model_fields_set and not (part.notes.price or part.amount is None):
        writer.refuse(
            "PLN001",
            "price is missing: nothing tells the price of the shares withheld",
            where,
            "Write price: with the price of a share, beside withhold or in it.",
        )
        return
    told = any(award.security.award or award.security.unit or not award.units for award in awards)
    notes = writer.note("withheld_tax", where) if told else []
    shares = _shares(entry, key, awards[0], writer)
    kept = replace(
        shares,
        notes=() if any(award.units for award in awards) else ((entry.notes, (*key, "notes")),),
        given=((LineNotes(code=[*notes]), where),) if notes else (),
    )
    write_withheld(part, where, kept, came_in, writer, price=(entry.price, (*key, "price")), came="that vest")


def _refuse_lines_of_units(entry: Vest, key: Key, stock: Sequence[_Award], writer: Writer) -> None:
    """Findings on what is said of lines that stock which was reported at grant doesn't have."""
    for award in stock:
        said = [(*award.part_key, name) for name in ("table_1", "table_2") if name in award.part.model_fields_set]
        said = [place for place in said if isinstance(entry.vest, dict) or place[-1] in entry.model_fields_set]
        if len(entry.awards) == 1:
            said += [(*key, "code")] if "code" in entry.model_fields_set else []
        for place in said:
            message = (
                f"{place[-1]} is about the lines of units, and {award.name}, which was reported at grant, has none"
            )
            writer.refuse(
                "PLN011", message, place, f"Delete {place[-1]}; withhold is about the line of shares withheld."
            )


def _refuse_apart(key: Key, awards: Sequence[_Award], what: str, writer: Writer) -> None:
    names = " and ".join(dict.fromkeys(award.stock for award in awards))
    writer.refuse("PLN011", f"{what} {names}", key, "Give the awards of each security an entry of their own.")


def _refuse_without_withheld(entry: Vest, key: Key, stock: Sequence[_Award], writer: Writer) -> None:
    """Findings on what only shares withheld bring onto the form."""
    for award in stock:
        writer.refuse(
            "PLN011",
            f"{award.name} is no award of units: stock that was reported at grant has no line when it vests, unless "
            "shares are withheld",
            award.key,
            f"Write withhold: with how many; for a grant or a release write grant: {award.name}",
        )
    price = entry.price
    if not stock and price is not None and not (isinstance(price, Amount) and not price.decimal):
        writer.refuse(
            "PLN011",
            "price is that of the shares withheld, and there are none",
            (*key, "price"),
            "Write withhold: with how many were withheld, or leave price out.",
        )


EVENT = Event(
    lines="Of units, for each award: in Table II that of the units, code M, D, at 0; in Table I that of its shares, M, "
    "A, at 0, or one for all with `together`. With `withhold` one more in Table I, code F, D, of shares kept back of "
    "all awards. Of stock that was reported at grant that last one alone.",
    source="17 CFR 240.16b-3(d), (e)",
    example="{date: 11/16/2026, vest: rsu, amount: 1000, withhold: {amount: 359, price: 31.44}}",
    write=write,
    recognise=recognise,
    joins=joins,
    gathers=gathers,
    gives_notes=gives_notes,
)
