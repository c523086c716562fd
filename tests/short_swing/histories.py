"""Histories for the tests of this room: plans and documents of trades, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

from form4_author.files.inputs import Input
from form4_author.pipeline.examine import Refused
from form4_author.short_swing.answers import Answer, answer
from form4_author.short_swing.optimum import Lot, Market, Optimum
from form4_author.short_swing.statements import Statement, in_order, stated
from form4_author.short_swing.trades import Insider, insiders
from form4_author.short_swing.verify import ProvenLot, verify
from form4_author.short_swing.windows import Window
from tests.documents import amounts, cell, coding, document, group, leaf, owned, signature
from tests.plans import plan_text


def trade(day: str, code: str, amount: str, price: str, more: str = "") -> str:
    """One line of a plan's transactions."""
    return f"  - {{date: {day}, code: {code}, security: common, amount: {amount}, price: {price}{more}}}\n"


def history(*lines: str, **parts: str) -> str:
    """A plan of these lines; there is enough of each security to sell."""
    return plan_text(
        transactions="transactions:\n" + "".join(lines),
        opening=parts.pop("opening", "opening:\n  - {security: common, amount: 100,000}\n"),
        **parts,
    )


def read(text: str, name: str = "plan.yaml") -> Statement:
    """What a plan's or a document's text states."""
    (found,) = stated(Input(name, Path(name), text.encode()))
    assert not isinstance(found, Refused), found.findings
    return found


def people(*texts: str, until: date | None = None) -> list[Insider]:
    """The insiders of plans and documents; a text that begins with `<` is a document."""
    told = [
        read(text, f"{number}.xml" if text.startswith("<") else f"{number}.yaml")
        for number, text in enumerate(texts, 1)
    ]
    return insiders(in_order(told), until=until)


def answered(*texts: str, window: Window = Window.COLONIAL) -> Answer:
    """The answer for the only insider of plans and documents."""
    (insider,) = people(*texts)
    return answer(insider, window)


def line(day: str, code: str, shares: str | None, price: str | None, letter: str, after: str, *marks: str) -> str:
    """One transaction of Table I of a document."""
    what = amounts(shares or "", price or "", letter, *marks)
    if price is None:
        what = what.replace("    <value></value>\n", "", 1)
    return group(
        "nonDerivativeTransaction",
        cell("securityTitle", "Common Stock"),
        cell("transactionDate", day),
        coding(code),
        what,
        owned(after),
    )


def filed(*lines: str, **parts: str) -> str:
    """A document of these lines of Table I."""
    parts.setdefault("footnotes", "")
    parts.setdefault("signatures", signature("2026-11-20"))
    return document(table1=group("nonDerivativeTable", *lines), table2="", **parts)


def amendment(*lines: str, of: str, **parts: str) -> str:
    """A 4/A of these lines, of a form filed on that day."""
    form = leaf("documentType", "4/A")
    text = filed(*lines, form=form, **parts)
    end = "</periodOfReport>\n"
    before, _, after = text.partition(end)
    return f"{before}{end}  {leaf('dateOfOriginalSubmission', of)}{after}"


def lots(*told: tuple[str, int, str]) -> list[Lot]:
    """Lots of day, shares and price."""
    return [Lot(date.fromisoformat(day), Fraction(shares), Fraction(price)) for day, shares, price in told]


def checked(purchases: list[Lot], sales: list[Lot], window: Window = Window.COLONIAL) -> Optimum:
    """The optimum, which `verify` has proven."""
    found = Market(purchases, sales, window).optimum()
    matches: dict[tuple[int, int], Fraction] = {}
    for match in found.matches:
        pair = match.purchase, match.sale
        matches[pair] = matches.get(pair, Fraction()) + match.shares
    before = 2 if window is Window.COLONIAL else 1
    assert verify(shown(purchases, found.purchases), shown(sales, found.sales), matches, before) == found.profit
    return found


def shown(traded: Iterable[Lot], shadows: Iterable[Fraction]) -> list[ProvenLot]:
    """Lots with their shadow prices, as `verify` takes them."""
    return [(lot.day, lot.shares, lot.price, shadow) for lot, shadow in zip(traded, shadows, strict=True)]
