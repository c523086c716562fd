"""What an event is of: each security of each holder, with how many, and the line that says so.

Codes: PLN001 an amount that nothing gives, PLN011 keys that don't go together, PLN012 nothing to do it with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from form4_author.events.drafting import priced, with_cells
from form4_author.events.drafts import Draft, Writer
from form4_author.filing import ABSENT, Value
from form4_author.filing.numbers import plain
from form4_author.plan.entries.named import HowMany, OneLine, Securities
from form4_author.plan.entries.shared import LineNotes
from form4_author.plan.ownership import Ownership
from form4_author.plan.scalars import Amount
from form4_author.plan.yaml_text import Key

_OF_ONE_LINE = frozenset({"exercise_price", "underlying_amount", "underlying_value"})
_Many = TypeVar("_Many", bound=HowMany)


class Target(Struct, frozen=True):
    """One security of one holder.

    Attributes:
        name: the security, by name.
        name_key: where it is named.
        ownership: whose it is.
        ownership_key: where that is said.
        amount: how many; absent, after a finding, where nothing tells.
        how: how that follows, where no one wrote it.
    """

    name: str
    name_key: Key
    ownership: Ownership
    ownership_key: Key
    amount: Value
    how: str = ""

    @property
    def number(self) -> Decimal:
        """How many."""
        return self.amount.number or Decimal(0)


def targets(named: Securities, of: HowMany, event: str, key: Key, writer: Writer) -> list[Target]:
    """Each security of each holder, holder by holder, in the order in which they are named.

    Args:
        named: the securities.
        of: how many of them, and whose.
        event: the key that names the event.
        key: the entry.
        writer: knows what is owned.
    """
    if of.all and of.amount is not None:
        writer.refuse("PLN011", "all and amount say the same thing", (*key, "all"), "Keep one of them.")
        return []
    if named.several and of.amount is not None:
        way_out = f"Write {event}: {{{', '.join(f'{name}: ...' for _, name, _ in named)}}}"
        writer.refuse("PLN011", "amount doesn't tell of which security", (*key, "amount"), way_out)
        return []
    known = [(place, name, said) for place, name, said in named if writer.security(name, (*key, event, *place))]
    if not _told_once(known, of, event, key, writer):
        return []
    found: list[Target] = []
    for ownership, ownership_key in _holders(known, of, key, writer):
        for place, name, said in known:
            target = _target(name, (*key, event, *place), ownership, ownership_key, said, of, key, writer)
            if target is not None:
                found.append(target)
    if not found and known and of.all:
        names = " or ".join(name for _, name, _ in known)
        writer.refuse("PLN012", f"nothing is owned of {names}", (*key, "all"), "State under opening: what was held.")
    return found


def _told_once(
    known: Sequence[tuple[Key, str, Amount | None]], of: HowMany, event: str, key: Key, writer: Writer
) -> bool:
    """Whether something tells how many of each, and only that; a finding where not."""
    silent = [name for _, name, said in known if said is None]
    stated = [(place, name) for place, name, said in known if said is not None]
    if of.all and stated:
        place, name = stated[0]
        message = f"all and the amount of {name} both say how many"
        writer.refuse("PLN011", message, (*key, event, *place), f"Write {event}: {name}, or leave all out.")
        return False
    if silent and not of.all and of.amount is None:
        names = " and ".join(silent)
        each = f"{event}: {{{', '.join(f'{name}: ...' for name in silent)}}}"
        way_out = (
            "Write amount:, or all: yes." if len(known) == 1 else f"Write {each}, each with its number, or all: yes."
        )
        writer.refuse("PLN001", f"amount is missing: how many of {names}", key, way_out)
        return False
    return True


def whole(entry: _Many, named: Securities) -> _Many:
    """The entry with all that is owned, where it doesn't say how many: what ends ends as a whole."""
    told = entry.all is not None or entry.amount is not None or any(said is not None for _, _, said in named)
    return entry if told else entry.model_copy(update={"all": True})


def _holders(
    known: Sequence[tuple[Key, str, Amount | None]], of: HowMany, key: Key, writer: Writer
) -> list[tuple[Ownership, Key]]:
    if of.ownership:
        several = len(of.ownership) > 1
        return [
            (one, (*key, "ownership", index) if several else (*key, "ownership"))
            for index, one in enumerate(of.ownership)
        ]
    if not of.all:
        return [("direct", (*key, "ownership"))]
    holders: list[Ownership] = []
    for _, name, _ in known:
        holders += [ownership for ownership, _ in writer.holdings(name) if ownership not in holders]
    return [(one, (*key, "all")) for one in holders]


def _target(
    name: str,
    name_key: Key,
    ownership: Ownership,
    ownership_key: Key,
    said: Amount | None,
    of: HowMany,
    key: Key,
    writer: Writer,
) -> Target | None:
    if of.all:
        held = writer.held(name, ownership, ownership_key)
        if not held:
            return None
        amount = Value(plain(held), writer.origin((*key, "all")))
        return Target(name, name_key, ownership, ownership_key, amount, "all that is owned")
    if said is not None:
        return Target(name, name_key, ownership, ownership_key, writer.amount(said, name_key))
    return Target(name, name_key, ownership, ownership_key, writer.amount(of.amount, (*key, "amount")))


def draft_of(target: Target, key: Key, *, letter: str, code: str, how: str, writer: Writer) -> Draft:
    """The line of a target at no price.

    Args:
        target: the security, its holder and how many.
        key: the entry.
        letter: A or D.
        code: the transaction code.
        how: what the letter follows from.
        writer: knows where things stand.
    """
    derived = [("acquired_disposed", how)]
    if target.how:
        derived.append(("shares", target.how))
    return Draft(
        key=key,
        security=target.name,
        security_key=target.name_key,
        code=Value(code, writer.origin((*key, "code"))),
        letter=letter,
        amount=target.amount,
        price=Value("0", writer.origin(key)),
        ownership=target.ownership,
        ownership_key=target.ownership_key,
        derived=tuple(derived),
    )


def lines(
    named: Securities,
    entry: OneLine,
    event: str,
    key: Key,
    writer: Writer,
    *,
    letter: str,
    code: str,
    price: str = "",
) -> Iterator[tuple[Target, Draft]]:
    """The drafts of an event of one line for each target, as its author's keys have them.

    Args:
        named: the securities.
        entry: what its author wrote.
        event: the key that names the event.
        key: the entry.
        writer: knows what is owned.
        letter: A or D.
        code: the event's own transaction code.
        price: why it has no price, where none is given; empty where a price must be.
    """
    found = targets(named, entry, event, key, writer)
    stated = any((entry.balance, entry.restated_balance, entry.balance_value))
    if stated and len(found) > 1:
        writer.refuse("PLN011", "a balance is one line's, and this entry has several", key, "Write an entry for each.")
        return
    cells = sorted(entry.model_fields_set & _OF_ONE_LINE)
    if cells and len(found) > 1:
        message = f"{cells[0]} is one line's, and this entry has several"
        writer.refuse("PLN011", message, (*key, cells[0]), "Write an entry for each.")
        return
    code = entry.code or code
    for target in found:
        draft = draft_of(target, key, letter=letter, code=code, how=f"code {code}", writer=writer)
        said = with_cells(entry, key, target.name, target.name_key, writer)
        draft = replace(
            draft,
            dated=entry,
            exercise_price=said.exercise_price,
            underlying=said.underlying,
            underlying_none=said.underlying_none,
            underlying_value=said.underlying_value,
            by_value=said.by_value,
            balance=entry,
            balance_key=key,
            notes=said.notes,
        )
        if "price" in entry.model_fields_set:
            draft = priced(draft, entry.price, (*key, "price"), writer)
        elif price:
            draft = replace(draft, derived=(*draft.derived, ("price_per_share", price)))
        else:
            draft = replace(draft, price=ABSENT)
        yield target, draft


def noted(draft: Draft, names: list[str], key: Key, *columns: str) -> Draft:
    """The draft with a footnote of the event's on its code, or on other columns."""
    marks = LineNotes(**dict.fromkeys(columns or ("code",), names))
    return replace(draft, given=(*draft.given, (marks, key))) if names else draft
