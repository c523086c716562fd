"""BAL: what is owned after each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from form4_author.filing import FORM_5
from form4_author.filing.columns import has_cell
from form4_author.filing.footnote_claims import names_entity
from form4_author.filing.footnote_language import covers_days, explains_amount, names_holder, tells_of_other_changes
from form4_author.filing.numbers import grouped
from form4_author.filing.options import change_of
from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line, has_text

_FRACTION = Decimal(1)
_LONGEST_TITLE = 60


class _Step(Struct, frozen=True):
    """A transaction line as a step from what was owned before it to what is owned after it."""

    line: Line
    before: Decimal
    after: Decimal


@rule(
    "BAL004",
    Severity.ERROR,
    "neither or both of amount and value owned following the transaction",
    source="Specification 3.3 cm(7)",
    forms=ALL_FORMS,
)
def owned_following(form: Form) -> Iterator[Problem]:
    """Each line gives either the amount of securities owned afterwards or their value, not both.

    Table II of Form 3 states no amount owned, and is left out.
    """
    for line in form.lines:
        if not has_cell("shares_owned_following", line.row.table, form.type.numbering):
            continue
        amount, value = line.row.shares_owned_following, line.row.value_owned_following
        if has_text(amount.value) == has_text(value.value):
            both = has_text(value.value)
            cell = value if both else amount
            yield Problem(
                f"{line}: {'both amount and value' if both else 'neither amount nor value'} owned afterwards "
                f"{'are' if both else 'is'} given",
                cell.origin if cell.present else line.row.origin,
                "Keep one of them." if both else "Give the amount of securities owned following the transaction.",
            )


@rule(
    "BAL001",
    Severity.WARNING,
    "a running balance that does not follow from the line before it",
    source="SEC, Section 16 Electronic Reporting FAQ 1",
    forms=WITH_TRANSACTIONS,
)
def running_balance(form: Form) -> Iterator[Problem]:
    """The amount owned after each line is a running tally, for each security and each form of ownership.

    Lines may stand in any order: as long as some order of them makes one chain, nothing is said. Nothing is said
    either where a footnote on the line or a later one explains the amount (reinvested dividends, purchase plans,
    splits, transfers, or what the amount includes), where footnotes tell of different holders or awards, where a line
    adds up the trades of several days, where less than one security is missing, and where all is disposed of at once.
    What is said to be a written option grows by sales. In Table II only lines with the same exercise price and the
    same dates are compared, since each award has a balance of its own. Of single amounts made wrong in real filings,
    more than three of four are found all the same. On Form 5, where the column is the amount at the end of the issuer's
    fiscal year, all lines may give that.

    In a plan the amounts are derived. A `restated_balance` sets one that does not follow: say why in a footnote.
    """
    for lines in _groups(form, form.transactions, _security):
        steps = _steps(lines)
        if steps is None or _one_chain(steps) or _all_gone(steps) or _of_the_year(form, steps):
            continue
        parts = [_steps(part) for part in _groups(form, lines, _account)]
        if all(part is None or _one_chain(part) for part in parts):
            continue
        if not any(line.swap for line in lines):
            yield from _first_break(form, steps)


def _explained(form: Form, before: Line, later: list[Line]) -> bool:
    """True where a footnote, on the line that doesn't follow or on a later one, tells why.

    What the line before it has as well was true before, and explains no change.
    """
    known = set(form.notes_of(before))
    on_balance = form.notes_on(*(line.row.shares_owned_following for line in later))
    anywhere = [text for line in later for text in form.notes_of(line)]
    if any(covers_days(text) for line in (before, *later[:1]) for text in form.notes_of(line)):
        return True
    return any(text not in known and explains_amount(text) for text in on_balance) or any(
        text not in known and tells_of_other_changes(text) for text in anywhere
    )


def _security(_form: Form, line: Line) -> Hashable | None:
    """What a running balance is kept for; None for an award whose terms are not all on the form."""
    row = line.row
    nature = " ".join(row.nature_of_ownership.text.split()).casefold()
    name = (row.table, line.title, row.direct_or_indirect.text.strip(), nature)
    if not row.derivative:
        return name
    terms = (row.conversion_or_exercise_price.number, row.exercise_date.date, row.expiration_date.date)
    return None if None in terms else (name, terms)


def _account(form: Form, line: Line) -> Hashable:
    """A security's balances by the footnotes that tell awards and holders apart."""
    row = line.row
    cells = [row.security_title, row.direct_or_indirect, row.nature_of_ownership]
    if row.derivative:
        cells += [row.conversion_or_exercise_price, row.exercise_date, row.expiration_date, row.underlying_title]
    marks = frozenset(mark for cell in cells for mark in cell.footnote_ids)
    holders = frozenset(
        mark
        for cell in (row.shares, row.shares_owned_following, row.coding)
        for mark in cell.footnote_ids
        if names_holder(form.notes.get(mark, ""))
    )
    holders |= {
        mark
        for cell in (row.shares, row.coding, row.transaction_date, row.price_per_share, row.acquired_disposed)
        for mark in cell.footnote_ids
        if names_entity(form.notes.get(mark, ""))
    }
    return marks, holders


def _groups(
    form: Form, lines: tuple[Line, ...], key: Callable[[Form, Line], Hashable | None]
) -> list[tuple[Line, ...]]:
    groups: dict[Hashable, list[Line]] = {}
    for line in lines:
        name = key(form, line)
        if name is not None:
            groups.setdefault(name, []).append(line)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _steps(lines: tuple[Line, ...]) -> list[_Step] | None:
    """The lines as steps; None where one of them can't be read, or counts in dollars."""
    steps = []
    for line in lines:
        number, after = line.amount, line.row.shares_owned_following.number
        if number is None or after is None or line.letter not in {"A", "D"}:
            return None
        steps.append(_Step(line, after - change_of(line.row, number), after))
    return steps


def _one_chain(steps: list[_Step]) -> bool:
    """True where some order of the steps makes each begin where another ends.

    Balances are the places of a map and steps its roads: such an order exists where one can walk all roads once.
    """
    surplus: Counter[Decimal] = Counter()
    island: dict[Decimal, Decimal] = {}

    def root(place: Decimal) -> Decimal:
        while island.setdefault(place, place) != place:
            place = island[place]
        return place

    for step in steps:
        surplus[step.before] -= 1
        surplus[step.after] += 1
        island[root(step.before)] = root(step.after)
    ends = sorted(count for count in surplus.values() if count)
    return ends in ([], [-1, 1]) and len({root(step.after) for step in steps}) == 1


def _all_gone(steps: list[_Step]) -> bool:
    """True where every line leaves nothing: disposed of together, as in a merger."""
    return all(step.after == 0 for step in steps)


def _of_the_year(form: Form, steps: list[_Step]) -> bool:
    """True where every line of a Form 5 gives one amount: that at the end of the fiscal year."""
    return form.type is FORM_5 and len({step.after for step in steps}) == 1


def _first_break(form: Form, steps: list[_Step]) -> Iterator[Problem]:
    """The first line that doesn't follow and isn't explained, in whichever direction the lines follow better.

    Lines that footnotes tell apart, by holder or award, need not follow each other.
    """
    order = min((steps, steps[::-1]), key=lambda order: len(_breaks(order)))
    for number in _breaks(order):
        one, two = order[number - 1], order[number]
        apart = _account(form, one.line) != _account(form, two.line)
        if apart or _explained(form, one.line, [step.line for step in order[number:]]):
            continue
        change = change_of(two.line.row, two.line.amount or Decimal(0))
        sign = "-" if change < 0 else "+"
        expected = one.after + change
        same = " Each line gives what is owned after it, not after all of them." if two.after == one.after else ""
        yield Problem(
            f"{two.line}: {grouped(two.after)} owned afterwards does not follow from {one.line}: "
            f"{grouped(one.after)} {sign} {grouped(abs(change))} = {_signed(expected)}",
            two.line.row.shares_owned_following.value.origin,
            "Correct the amount, or explain it in a footnote on it." + same,
        )
        return


def _breaks(steps: list[_Step]) -> list[int]:
    """The numbers of the steps that don't begin where the one before ended, fractions aside."""
    return [n for n, (one, two) in enumerate(pairwise(steps), 1) if abs(two.before - one.after) >= _FRACTION]


def _signed(number: Decimal) -> str:
    return grouped(number) if number >= 0 else f"-{grouped(-number)}"


@rule(
    "BAL006",
    Severity.WARNING,
    "a running balance that goes on from another class or another form of ownership",
    source="Form 4, Instructions 4(a) and 4(b)",
    forms=WITH_TRANSACTIONS,
)
def mixed_accounts(form: Form) -> Iterator[Problem]:
    """Each class of securities, and each form of ownership, has a balance of its own.

    The rule speaks where the first line of a class, of direct or indirect ownership or of another holder begins
    exactly where the line before it, of another, ended: then one total is told of all. It looks at Table I, and is
    silent where a footnote tells of transfers and the like, and where the other account goes on from there itself.
    """
    table = tuple(line for line in form.transactions if not line.row.derivative)
    steps = _steps(table) if len(table) > 1 else None
    met: set[Hashable] = set()
    for number, step in enumerate(steps or ()):
        own, before = _class_and_holder(step.line), (steps or [step])[number - 1]
        first, other = own not in met, _class_and_holder(before.line)
        met.add(own)
        if not number or not first or own == other or not before.after or step.before != before.after:
            continue
        goes_on = any(
            later.before == before.after and _class_and_holder(later.line) == other for later in (steps or ())[number:]
        )
        told = any(tells_of_other_changes(text) for line in (before.line, step.line) for text in form.notes_of(line))
        if goes_on or told:
            continue
        yield Problem(
            f"{step.line}: {grouped(step.after)} owned afterwards goes on from {before.line}, which is of another "
            f"{'class' if own[0] != other[0] else 'form of ownership' if own[1] != other[1] else 'holder'}",
            step.line.row.shares_owned_following.value.origin,
            "Give what is owned of this class, in this form of ownership, alone.",
        )


def _without_par_value(title: str) -> str:
    """`common stock` of `common stock, $0.01 par value`."""
    words = title.split()
    end = next((at for at, word in enumerate(words) if word.strip(",.()") == "par"), len(words))
    if 0 < end < len(words) and not any(sign.isalpha() for sign in words[end - 1]):
        end -= 1
    return "".join(words[:end])


def _class_and_holder(line: Line) -> tuple[str, str, str]:
    """The class, D or I, and the nature of a line of Table I, without par values and signs."""
    nature = line.row.nature_of_ownership.text.casefold()
    return (
        re.sub(r"\W", "", _without_par_value(line.title[:_LONGEST_TITLE])),
        line.row.direct_or_indirect.text.strip(),
        re.sub(r"[\W\d]", "", nature),
    )
