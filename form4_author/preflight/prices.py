"""TXN: prices, and what footnotes say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from form4_author.days.months import six_months_before
from form4_author.filing import Value
from form4_author.filing.footnote_language import lots, names_money, price_ranges, speaks_of_average, undertakes
from form4_author.filing.numbers import grouped
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line
from form4_author.sec_codes import MAX_AMOUNT
from form4_author.sec_codes.limits import SMALL_ACQUISITIONS

_TRADES = frozenset("PS")
_ROUNDING = Decimal("0.0051")
#: What is larger is no amount that EDGAR takes, and not reckoned with.
LARGEST = Decimal(MAX_AMOUNT)


def dollars(number: Decimal) -> str:
    """An amount of money with a dollar sign and at least two decimals."""
    whole, _, decimals = grouped(number).partition(".")
    return f"${whole}.{decimals.ljust(2, '0')}"


@rule(
    "TXN007",
    Severity.WARNING,
    "a purchase or sale at a price of zero without a footnote, or a gift with a price",
    source="Form 4, General Instruction 4 and Instruction 8",
    forms=WITH_TRANSACTIONS,
)
def price_and_code(form: Form) -> Iterator[Problem]:
    """A purchase or sale (P or S) has a price; a bona fide gift (G) has none.

    Where a purchase or sale really has no price in dollars, a footnote on price, code, amount or title says why. A
    price that is missing altogether, with no footnote in its place, is an error (DOC016). An equity swap is entered and
    closed without a price, and left alone.
    """
    for line in form.transactions:
        row, price = line.row, line.price
        explained = row.price_per_share.footnotes or row.coding.footnotes or row.shares.footnotes
        explained_away = explained or row.security_title.footnotes or line.swap
        if line.code in _TRADES and price == 0 and not explained_away:
            kind = "purchase" if line.code == "P" else "sale"
            yield Problem(
                f"{line}: a {kind} (code {line.code}) at a price of {row.price_per_share.text.strip()}, and no "
                "footnote says why",
                row.price_per_share.value.origin,
                "Give the price of one security; or, where there is none, another code or a footnote.",
            )
        if line.code == "G" and price and not explained:
            yield Problem(
                f"{line}: a gift (code G) at a price of {dollars(price)}",
                row.price_per_share.origin,
                "A bona fide gift has no price: write 0, or give the code of what it was.",
            )


@rule(
    "TXN010",
    Severity.WARNING,
    "small acquisitions (L) above 10,000 dollars",
    source="Rule 16a-6(a)(1)",
    forms=WITH_TRANSACTIONS,
)
def small_acquisitions(form: Form) -> Iterator[Problem]:
    """Code L is for acquisitions of at most 10,000 dollars of market value within six months.

    Acquisitions of the same class within the six months before each are added to it; what is older is not.
    """
    by_class: dict[tuple[object, str], list[tuple[date, Line, Decimal]]] = {}
    for line in form.transactions:
        if line.code != "L" or not line.day or not line.amount or not line.price:
            continue
        if max(line.amount, line.price) <= LARGEST:
            by_class.setdefault((line.row.table, line.title), []).append((line.day, line, line.amount * line.price))
    for small in by_class.values():
        for day, line, _ in small:
            within = [(at, worth) for other, at, worth in small if six_months_before(day) < other <= day]
            total = sum((worth for _, worth in within), Decimal(0))
            if total > SMALL_ACQUISITIONS:
                several = f"{len(within)} lines with code L within six months add up to"
                yield Problem(
                    f"{line}: {several if len(within) > 1 else 'the acquisition comes to'} {dollars(round(total, 2))}, "
                    "and a small acquisition ends at $10,000.00",
                    line.row.code.origin,
                    "Report it with the code of what it was, P for a purchase.",
                )
                break


@rule(
    "TXN011",
    Severity.WARNING,
    "a weighted average price that its footnote doesn't bear out",
    source="SEC staff, no-action letter of 25 June 2008 (SCSGP)",
    forms=WITH_TRANSACTIONS,
)
def weighted_average(form: Form) -> Iterator[Problem]:
    """Trades of one day may share a line at their weighted average price, on conditions.

    The trades lie within one dollar; a footnote states the lowest and the highest price, and promises full information
    on the single trades upon request. The rule speaks where the range is wider than a dollar, where the price lies
    outside it, where no range is stated at all, where lots that are listed don't add up to the line, and where nothing
    on the form holds the promise. It says nothing of a footnote that it doesn't understand.
    """
    told: set[str] = set()
    for line in form.transactions:
        if line.code not in _TRADES:
            continue
        for mark in line.row.price_per_share.footnotes:
            text = form.notes.get(mark.text, "")
            if speaks_of_average(text) or price_ranges(text):
                yield from _of_range(line, mark, text, told)
                yield from _of_lots(line, mark, text)
                if "promise" not in told:
                    told.add("promise")
                    if any(undertakes(words) for words in form.explanations()):
                        continue
                    yield Problem(
                        f"{line}: footnote {mark.text} reports an average of several trades, but nothing on the form "
                        "promises full information on them",
                        mark.origin,
                        "Add: the reporting person undertakes to provide, upon request, full information regarding the "
                        "number of shares at each separate price.",
                    )


def _of_range(line: Line, mark: Value, text: str, told: set[str]) -> Iterator[Problem]:
    ranges, price = price_ranges(text), line.price
    if not ranges:
        if not names_money(text) and f"range {mark.text}" not in told:
            told.add(f"range {mark.text}")
            yield Problem(
                f"{line}: footnote {mark.text} speaks of an average or several trades, but states no range of prices",
                mark.origin,
                "State the lowest and the highest price.",
            )
        return
    if len(ranges) > 1:
        return
    low, high = ranges[0].low, ranges[0].high
    if price and not low - _ROUNDING <= price <= high + _ROUNDING:
        yield Problem(
            f"{line}: the price {dollars(price)} lies outside the range of footnote {mark.text}, "
            f"{dollars(low)} to {dollars(high)}",
            line.row.price_per_share.value.origin,
            "Correct the price or the range.",
        )
    if high - low > 1 and f"width {mark.text}" not in told:
        told.add(f"width {mark.text}")
        yield Problem(
            f"{line}: the range of footnote {mark.text}, {dollars(low)} to {dollars(high)}, is wider than one dollar",
            mark.origin,
            "Report the trades on several lines, each within a range of one dollar.",
        )


def _of_lots(line: Line, mark: Value, text: str) -> Iterator[Problem]:
    listed, amount = lots(text), line.amount
    total = sum((lot.amount for lot in listed), Decimal(0))
    if not listed or not amount or not line.price or total != amount:
        return
    average = sum((lot.amount * lot.price for lot in listed), Decimal(0)) / total
    if abs(average - line.price) > _ROUNDING:
        yield Problem(
            f"{line}: the lots of footnote {mark.text} average {dollars(round(average, 4))}, "
            f"but the price is {dollars(line.price)}",
            line.row.price_per_share.value.origin,
            "Correct the price or the lots.",
        )
