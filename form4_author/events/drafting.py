"""From the keys that entries share to the drafts of their lines.

Codes: PLN001 an amount that nothing gives, PLN011 more withheld than came in.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from form4_author.events.drafts import Draft, Writer
from form4_author.filing import ABSENT, Value
from form4_author.filing.footnote_wording import dollars
from form4_author.filing.numbers import grouped, plain
from form4_author.plan.entries.shared import AsOnForm, Cells, Half, LineNotes, Withheld
from form4_author.plan.fills import Fills
from form4_author.plan.prices import ForeignPrice
from form4_author.plan.scalars import Amount, Day
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

if TYPE_CHECKING:
    from form4_author.executions.windows import Group


def as_on_form(entry: AsOnForm, key: Key, security: str, security_key: Key, writer: Writer) -> Draft:
    """What a transaction and a holding say alike."""
    draft = with_cells(entry, key, security, security_key, writer)
    return replace(draft, ownership=entry.ownership, ownership_key=(*key, "ownership"))


def with_cells(entry: Cells, key: Key, security: str, security_key: Key, writer: Writer) -> Draft:
    """What an entry says of the cells of its line."""
    return Draft(
        key=key,
        security=security,
        security_key=security_key,
        exercise_price=writer.amount(entry.exercise_price, (*key, "exercise_price")),
        underlying=writer.amount(entry.underlying_amount, (*key, "underlying_amount")),
        underlying_none="underlying_amount" in entry.model_fields_set and entry.underlying_amount is None,
        underlying_value=writer.amount(entry.underlying_value, (*key, "underlying_value")),
        by_value="underlying_value" in entry.model_fields_set,
        balance=entry,
        balance_key=key,
        notes=((entry.notes, (*key, "notes")),),
    )


def priced(draft: Draft, price: Amount | ForeignPrice | None, key: Key, writer: Writer) -> Draft:
    """The draft at a price; of one in another currency with its footnote and how it follows."""
    found = writer.price(price, draft.security, key)
    given = ((LineNotes(price=[*found.notes]), key),) if found.notes else ()
    how = (("price_per_share", found.how),) if found.how else ()
    return replace(draft, price=found.value, given=(*draft.given, *given), derived=(*draft.derived, *how))


def with_half(draft: Draft, part: Half, key: Key, writer: Writer, *, follows: bool = False) -> Draft:
    """The draft with what is particular to this line of an event laid over it.

    Args:
        draft: the line as the event has it.
        part: what is particular to it.
        key: where that stands.
        writer: writes the line.
        follows: the number of securities follows from the event, so that another one is told of.
    """
    number = draft.amount.number
    if follows and part.amount is not None and number is not None and part.amount.decimal != number:
        message = f"the amount {grouped(part.amount.decimal)} is not what follows from the event, {grouped(number)}"
        writer.warn("PLN027", message, (*key, "amount"), "Correct it, or delete it; where both are right, waive this.")
    said = {"shares"} if part.amount is not None else set()
    said |= {"price_per_share"} if "price" in part.model_fields_set else set()
    said |= {"underlying_shares"} if "underlying_amount" in part.model_fields_set else set()
    own: dict[str, Any] = {
        "derived": tuple((name, how) for name, how in draft.derived if name not in said),
        "balance": part,
        "balance_key": key,
        "notes": (*draft.notes, (part.notes, (*key, "notes"))),
    }
    if part.amount is not None:
        own["amount"] = writer.amount(part.amount, (*key, "amount"))
    if part.ownership is not None:
        own |= {"ownership": part.ownership, "ownership_key": (*key, "ownership")}
    if "underlying_amount" in part.model_fields_set:
        own["underlying"] = writer.amount(part.underlying_amount, (*key, "underlying_amount"))
        own["underlying_none"] = part.underlying_amount is None
    if "price" not in part.model_fields_set:
        return replace(draft, **own)
    return priced(replace(draft, **own, price=ABSENT), part.price, (*key, "price"), writer)


def received_of(
    name: str, security: Security, key: Key, writer: Writer, done: str = "be exercised into one"
) -> str | None:
    """The security of Table I that a derivative brings, by name; None, and a finding, where there is none."""
    underlying = security.underlying
    if isinstance(underlying, str):
        return underlying
    wrong = "has no line in Table I for what is received" if underlying else "is no derivative"
    writer.refuse(
        "PLN011",
        f"{name} {wrong}, so it can't {done}",
        key,
        "Under securities: give it underlying: with the name of the security received; or write the line as "
        "it stands on the form, with security: and code:.",
    )
    return None


def is_unit(name: str, security: Security, key: Key, writer: Writer, done: str) -> bool:
    """Whether a derivative costs nothing when its shares come; a finding where it has an exercise price."""
    cost = security.exercise_price.amount if security.exercise_price else None
    if cost is None or not cost.decimal or security.award or security.unit:
        return True
    message = f"{name} has an exercise price of ${dollars(cost.decimal)}: it is no unit that {done}"
    writer.refuse("PLN011", message, key, f"Write exercise: {name}, or grant: {name} for an award of it.")
    return False


def is_expired(name: str, security: Security, day: Day | None, key: Key, writer: Writer) -> bool:
    """Whether a derivative had expired on a day; a finding where it had."""
    end = security.expires.date if security.expires else None
    if end is None or day is None or end.date >= day.date:
        return False
    hint = f"Correct the date, or expires: of {name} under securities."
    writer.refuse("PLN011", f"{name} expired on {end.text}, before this day", key, hint)
    return True


def write_withheld(
    part: Withheld,
    key: Key,
    shares: Draft,
    came_in: Decimal | None,
    writer: Writer,
    *,
    price: tuple[Amount | ForeignPrice | None, Key] | None = None,
    came: str = "received",
) -> None:
    """Shares withheld for price or tax: a disposition of the shares just received; no line where none are.

    Args:
        part: what the entry says of them.
        key: where it says so.
        shares: the line of the shares received, its footnotes those that stand on the line written too.
        came_in: how many the event brings in; None where that can't be told.
        writer: writes the line.
        price: what the event says of the price of a share, and where; for where the part doesn't say it.
        came: how they came in, in words.
    """
    if part.amount is None:
        writer.refuse("PLN001", f"amount is missing in {key[-1]}", key, "The number of shares withheld.")
        return
    if came_in is not None and part.amount.decimal > came_in:
        writer.refuse(
            "PLN011",
            f"{grouped(part.amount.decimal)} are withheld of {grouped(came_in)} {came}",
            (*key, "amount"),
            "What is withheld is part of what the event brings in: correct one of the numbers.",
        )
        return
    if not part.amount.decimal:
        return  # nothing is withheld of this insider, and nothing is a transaction
    draft = replace(
        shares,
        key=key,
        dated_key=shares.key,
        code=Value(part.code, writer.origin((*key, "code"))),
        letter="D",
        price=ABSENT,
        derived=(("acquired_disposed", f"code {part.code}, withheld"),),
    )
    if price is not None and "price" not in part.model_fields_set:
        draft = priced(draft, *price, writer)
    writer.line(with_half(draft, part, key, writer))


def executed(draft: Draft, group: Group, fills: Fills, key: Key, writer: Writer) -> Draft:
    """The draft as the line of a group of executions.

    Args:
        draft: all that the entry says of its lines.
        group: the executions.
        fills: what the entry says of their file.
        key: where it says so.
        writer: writes the line.
    """
    ranged = group.low != group.high
    told = ((LineNotes(price=[*writer.weighted_average(group.low, group.high, key)]), key),) if ranged else ()
    count = f"{len(group.rows):,} execution{'s' if len(group.rows) > 1 else ''}"
    where = f"in {fills.file}, {group.where}"
    price = f"${dollars(group.dollars)} / {grouped(group.quantity)}, the average of" if ranged else "the price of"
    derived = [
        *draft.derived,
        ("shares", f"sum of {count} at {group.prices} {where}"),
        ("price_per_share", f"{price} {count} at {group.prices} {where}"),
    ]
    if group.day is not None and (draft.day is None or group.day.date != draft.day.date):
        draft = replace(draft, on=group.day, on_key=key)
        derived.append(("transaction_date", f"executed that day {where}"))
    if group.account:
        ownership_key = (*key, "accounts", group.account)
        draft = replace(draft, ownership=fills.accounts[group.account], ownership_key=ownership_key)
    return replace(
        draft,
        amount=Value(plain(group.quantity), writer.origin(key)),
        price=Value(plain(group.price), writer.origin(key)),
        given=(*draft.given, *told),
        derived=tuple(derived),
        dollars=group.dollars,
    )
