"""TXN: prices that can't be what they are said to be: the price of one security, in US dollars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from form4_author.filing.footnote_claims import dollar_amounts, foreign_amounts, in_foreign_money, prices_of_ads
from form4_author.filing.numbers import grouped
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line
from form4_author.preflight.prices import LARGEST, dollars

_AT_MARKET = frozenset("PSF")
_HIGHEST = Decimal(1_000_000)
_FAR = 70
_DEBT = re.compile(r"\bnotes?\b|debenture|\bbonds?\b|\bloans?\b|\bdebt\b|swap", re.IGNORECASE)
_ADS = re.compile(r"\bAD[SR]s?\b|american\s+deposit|depositary", re.IGNORECASE)


class _Priced(Struct, frozen=True):
    """A line with the price of one, and what the lines of the same class say of it.

    Attributes:
        form: the form, for its footnotes.
        others: the prices of the other lines.
        sound: those of them that are no total in the price's place.
    """

    form: Form
    line: Line
    amount: Decimal
    price: Decimal
    others: tuple[Decimal, ...]
    sound: tuple[Decimal, ...] = ()

    @property
    def total_of(self) -> Decimal | None:
        """The price of one where this price is amount times that, of another line or of a footnote; else None."""
        if self.amount < 3:
            return None
        each, near = self.price / self.amount, Decimal("0.1") if self.amount >= 10 else Decimal("0.005")
        noted = (sum_ for text in self.form.notes_on(self.line.row.price_per_share) for sum_ in dollar_amounts(text))
        return next((price for price in (*self.others, *noted) if price and abs(each - price) <= price * near), None)

    @property
    def swapped_with(self) -> Decimal | None:
        """Another line's price that the amount is about equal to, while the price is far from it; else None."""
        near = (other for other in self.sound if abs(self.amount - other) <= other / 10)
        return next((other for other in near if not other / 3 < self.price < other * 3), None)


def _priced(form: Form) -> Iterator[list[_Priced]]:
    """The purchases, sales and withheld shares, those of one class together."""
    groups: dict[tuple[object, str], list[tuple[Line, Decimal]]] = {}
    for line in form.transactions:
        if line.code in _AT_MARKET and line.price and max(line.price, line.amount or line.price) <= LARGEST:
            groups.setdefault((line.row.table, line.title), []).append((line, line.price))
    for group in groups.values():
        found = []
        for position, (line, price) in enumerate(group):
            others = [other for at, (_, other) in enumerate(group) if at != position]
            found.append(_Priced(form, line, line.amount or Decimal(0), price, tuple(others)))
        prices = [None if priced.total_of else priced.price for priced in found]
        yield [
            replace(priced, sound=tuple(price for price in (*prices[:at], *prices[at + 1 :]) if price is not None))
            for at, priced in enumerate(found)
        ]


@rule(
    "TXN008",
    Severity.WARNING,
    "a price ten times or a tenth of its neighbours'",
    source="consistency",
    forms=WITH_TRANSACTIONS,
)
def misplaced_point(form: Form) -> Iterator[Problem]:
    """A decimal point in the wrong place shows when several trades of one security are reported.

    Purchases, sales and withheld shares (P, S, F) of the same class are compared; prices of exercises are not. The rule
    speaks where a price is about ten times that of most others, or about a tenth of it; and where it is seventy times
    that or more, or such a part of it, whatever the digits. A total in the price's place is left to TXN024.
    """
    for group in _priced(form):
        sound = [priced for priced in group if not (priced.total_of or priced.swapped_with)]
        ordered = sorted(priced.price for priced in sound)
        for position, priced in enumerate(sound):
            if len(sound) == 1 or (len(sound) == 2 and position == 0):
                continue
            price, usual = priced.price, sound[0].price if len(sound) == 2 else ordered[len(ordered) // 2]
            if _is_far(price / usual) or _is_far(usual / price):
                yield Problem(
                    f"{priced.line}: the price {dollars(price)} is far from the {dollars(usual)} of the other lines",
                    priced.line.row.price_per_share.value.origin,
                    "Check the decimal point.",
                )


def _is_far(ratio: Decimal) -> bool:
    """True for about 10, and for anything from 70 on."""
    return ratio >= _FAR or 7 <= ratio <= 14


@rule(
    "TXN024",
    Severity.WARNING,
    "a total in the place of the price, or price and number exchanged",
    source="Form 4, General Instruction 5(a)",
    forms=WITH_TRANSACTIONS,
)
def total_as_price(form: Form) -> Iterator[Problem]:
    """The price is that of one security, not of all that were traded.

    Purchases, sales and withheld shares (P, S, F) are held against the other lines of the same class, and against the
    dollars that a footnote on the price names. The rule speaks where the price is the number of securities times such
    a price, and where the number is about the price of the others while the price is far from it.
    """
    for group in _priced(form):
        for priced in group:
            line, one = priced.line, priced.total_of
            if one is not None:
                yield Problem(
                    f"{line}: the price {dollars(priced.price)} is that of all {grouped(priced.amount)} securities: "
                    f"other prices are about {dollars(one)}",
                    line.row.price_per_share.value.origin,
                    f"Give the price of one: {dollars(round(priced.price / priced.amount, 4))}.",
                )
            elif priced.swapped_with:
                yield Problem(
                    f"{line}: {grouped(priced.amount)} securities at {dollars(priced.price)} look exchanged: the "
                    f"others' price is {dollars(priced.swapped_with)}",
                    line.row.price_per_share.value.origin,
                    "The number of securities and the price of one may stand in each other's place.",
                )


@rule("TXN025", Severity.WARNING, "a price above a million dollars", source="consistency", forms=WITH_TRANSACTIONS)
def above_a_million(form: Form) -> Iterator[Problem]:
    """No share costs a million dollars: a total stands in the price's place, or a point is missing.

    Notes, debentures and other debt, which are often reported by their principal amount, are left alone, and so are
    prices with a footnote in Table II.
    """
    for line in form.transactions:
        cell = line.row.price_per_share
        if not line.price or not _HIGHEST < line.price <= LARGEST or _DEBT.search(line.row.security_title.text):
            continue
        if not (line.row.derivative and cell.footnotes):
            yield Problem(
                f"{line}: a price of {dollars(line.price)} for one security",
                cell.value.origin,
                "Give the price of one security, in dollars.",
            )


@rule(
    "TXN026",
    Severity.NOTE,
    "a price that a footnote gives in another currency",
    source="Form 4, General Instruction 5(a)",
    forms=WITH_TRANSACTIONS,
)
def foreign_currency(form: Form) -> Iterator[Problem]:
    """Prices on the form are in US dollars.

    The note stands where a footnote on the price, the number, the code or the title gives the very amount in another
    currency, and where one on the price says that it is in another currency: it looks as if it was not converted.
    """
    for line in form.transactions:
        row, price = line.row, line.price
        if not price or price > LARGEST:
            continue
        for number, text in _numbered(form, line):
            same = _may_name(text, price) and price in foreign_amounts(text)
            if same or (number in row.price_per_share.footnote_ids and in_foreign_money(text)):
                yield Problem(
                    f"{line}: the price {dollars(price)} is {'the amount that footnote ' if same else 'what footnote '}"
                    f"{number} gives in another currency",
                    row.price_per_share.value.origin,
                    "Convert it to US dollars, and give the rate in the footnote.",
                )
                break


@rule(
    "TXN027",
    Severity.WARNING,
    "the price of an American Depositary Share on a line of ordinary shares",
    source="Form 4, General Instruction 5(a)",
    forms=WITH_TRANSACTIONS,
)
def price_of_ads(form: Form) -> Iterator[Problem]:
    """The price is that of one security of the line's own class.

    Where one American Depositary Share stands for several ordinary shares, its price is not theirs. The rule speaks
    where a footnote gives the line's price as that of an ADS, and the line's title names no ADS.
    """
    if not any("AD" in text or "epositary" in text for text in form.notes.values()):
        return
    for line in form.transactions:
        if not line.price or _ADS.search(line.row.security_title.text):
            continue
        for number, text in _numbered(form, line):
            if line.price in prices_of_ads(text):
                yield Problem(
                    f"{line}: the price {dollars(line.price)} is that of an ADS by footnote {number}, but the line "
                    "reports other shares",
                    line.row.price_per_share.value.origin,
                    "Divide it by the number of shares that an ADS stands for, or report the ADSs.",
                )
                break


def _may_name(text: str, price: Decimal) -> bool:
    """False where a text can't hold a price, since it lacks its whole dollars; quickly told, of most texts."""
    return price < 1 or str(int(price)) in text.replace(",", "")


def _numbered(form: Form, line: Line) -> Iterator[tuple[str, str]]:
    """The footnotes on price, number, code and title of a line: id and text."""
    row = line.row
    for cell in (row.price_per_share, row.shares, row.coding, row.security_title):
        for mark in cell.footnote_ids:
            if mark in form.notes:
                yield mark, form.notes[mark]
