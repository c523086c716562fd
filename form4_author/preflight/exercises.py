"""TXN: exercises and conversions, which stand in both tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from form4_author.filing.numbers import grouped
from form4_author.filing.options import is_put, is_written
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line
from form4_author.sec_codes import TRANSACTION_CODES

_EXERCISE = frozenset(entry.code for entry in TRANSACTION_CODES.values() if entry.exercise)
_ELSEWHERE = re.compile(
    r"\bcash|\bdefer|\bnet\b|\bwithh|cancel|forfeit|expire|exchang|another|separate\s+form|additional\s+form|"
    r"continu|Form\s+4s|previously\s+report|no\s+longer",
    re.IGNORECASE,
)


@rule(
    "TXN009",
    Severity.WARNING,
    "an exercise or conversion without its counterpart, or with amounts that don't agree",
    source="Form 4, Instructions 4 and 8",
    forms=WITH_TRANSACTIONS,
)
def exercise_pair(form: Form) -> Iterator[Problem]:
    """An exercise gives up a derivative security and brings in the securities underneath: two lines.

    Table II reports the derivative security as disposed of, Table I (or Table II, where the security received is a
    derivative one too) what was received. The rule takes all lines with codes M, C, X and O together. It says nothing
    where a footnote on one of the lines tells of a settlement in cash, of deferral, or the like; and where amounts
    differ, nothing if a footnote stands on an amount, a code or a conversion price. Who exercises a put sells the
    securities underneath, and whose written option is exercised gives or takes them: there the lines of Table I are
    the counterpart, whichever way they go.
    """
    lines = [line for line in form.transactions if line.code in _EXERCISE]
    if not lines:
        return
    turned = any(is_put(line.row) or is_written(line.row) for line in lines)
    given = [line for line in lines if (line.row.derivative if turned else line.letter == "D")]
    received = [line for line in lines if (not line.row.derivative if turned else line.letter == "A")]
    problem = _amounts(given, received) if given and received else _counterpart(form, lines, given)
    if problem and not any(_ELSEWHERE.search(text) for line in lines for text in form.notes_of(line)):
        yield problem


def _counterpart(form: Form, lines: list[Line], given: list[Line]) -> Problem | None:
    if given and _received_under_another_code(form, given):
        return None
    first = lines[0]
    return Problem(
        f"{first}: {_kind(first)} (code {first.code}), but no line reports "
        + ("the securities received" if given else "the derivative security given up"),
        first.row.code.origin,
        "Report both: the derivative security disposed of in Table II, what was received in Table I. "
        "Check the A or D of each line.",
    )


def _received_under_another_code(form: Form, given: list[Line]) -> bool:
    """True where some line acquires what the derivative securities given up stand for."""
    underlying = {" ".join(line.row.underlying_title.text.split()).casefold() for line in given}
    return any(line.letter == "A" and line.title in underlying for line in form.transactions)


def _kind(line: Line) -> str:
    return "a conversion" if line.code == "C" else "an exercise or conversion"


def _amounts(given: list[Line], received: list[Line]) -> Problem | None:
    noted = (
        line.row.shares.footnotes
        or line.row.underlying_shares.footnotes
        or line.row.coding.footnotes
        or line.row.conversion_or_exercise_price.footnotes
        or line.row.security_title.footnotes
        for line in (*given, *received)
    )
    if any(noted):
        return None
    out = [line.row.underlying_shares.number if line.row.derivative else line.amount for line in given]
    numbers = [line.amount for line in given]
    into = [line.amount for line in received]
    if None in out or None in into or None in numbers:
        return None
    given_up, came_in = _sum(out), _sum(into)
    tolerance = len(given) + len(received)
    if abs(given_up - came_in) <= tolerance or abs(_sum(numbers) - came_in) <= tolerance:
        return None
    return Problem(
        f"{received[0]}: {grouped(came_in)} securities were {_way(received)} by exercise or conversion, but the "
        f"derivative securities given up stand for {grouped(given_up)}",
        received[0].row.shares.value.origin,
        "Correct the amounts, or say in a footnote why they differ.",
    )


@rule(
    "TXN029",
    Severity.WARNING,
    "more securities withheld than an exercise brought in",
    source="Form 4, Instruction 8",
    forms=WITH_TRANSACTIONS,
)
def withheld_too_many(form: Form) -> Iterator[Problem]:
    """What is withheld for price or tax (F) is part of what the exercise or vesting of the same day brought in.

    Lines of one day, class and form of ownership are held against each other, where an exercise (M, C, X or O) is
    among them. A footnote that tells of restricted stock, performance awards or other vesting, of which the form has
    no line, keeps the rule silent.
    """
    if not any(line.code == "F" for line in form.transactions):
        return
    accounts: dict[tuple[object, ...], list[Line]] = {}
    for line in form.transactions:
        row = line.row
        if not row.derivative and line.amount and (line.code == "F" or line.letter == "A"):
            own = (line.day, line.title, row.direct_or_indirect.text.strip(), row.nature_of_ownership.text.strip())
            accounts.setdefault(own, []).append(line)
    for lines in accounts.values():
        withheld = [line for line in lines if line.code == "F" and line.letter == "D"]
        received = [line for line in lines if line.letter == "A"]
        kept, came_in = _sum([line.amount for line in withheld]), _sum([line.amount for line in received])
        exercised = any(line.code in _EXERCISE for line in received)
        if not exercised or kept <= came_in or any(_OTHER_AWARDS.search(t) for x in lines for t in form.notes_of(x)):
            continue
        yield Problem(
            f"{withheld[-1]}: {grouped(kept)} securities are withheld on {withheld[-1].day}, and {grouped(came_in)} "
            "came in",
            withheld[-1].row.shares.value.origin,
            "Correct one of the numbers, or say in a footnote what else vested.",
        )


_OTHER_AWARDS = re.compile(
    r"\brestricted\s+(?:stock|shares?)\b(?!\s+units?)|\bperformance\b|\b(?:other|several|multiple|various)\s+(?:\w+\s+)?"
    r"(?:awards?|grants?|vestings?)\b|\bpreviously\b",
    re.IGNORECASE,
)


def _sum(numbers: list[Decimal | None]) -> Decimal:
    return sum((number for number in numbers if number is not None), Decimal(0))


def _way(lines: list[Line]) -> str:
    return "received" if lines[0].letter == "A" else "given"
