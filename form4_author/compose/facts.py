"""The footnotes that a security's own facts give to its lines: an award's terms, a conversion's, a contract's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from form4_author.compose.notebook import Notebook
from form4_author.filing.footnote_wording import dollars, long_day
from form4_author.filing.numbers import grouped
from form4_author.plan.model import Plan
from form4_author.plan.securities import Security
from form4_author.plan.yaml_text import Key

Facts = dict[str, list[str]]
"""The names of footnotes by the column that they stand on, by the plan's key of it."""

_FOUR = Decimal("0.0001")
#: The columns of Table II that tell the terms of a derivative.
_TERMS = ("exercise_price", "exercisable", "expires")


def facts_of(name: str, security: Security, plan: Plan, notebook: Notebook) -> Facts:
    """The footnotes on the columns of a security's lines.

    Args:
        name: the security, by name.
        security: what is said of it, as its terms are now.
        plan: what is said of it.
        notebook: takes the footnotes.
    """
    found: Facts = {}
    for columns, kind, facts, part in _said(security, plan):
        marks = notebook.given(kind, facts, ("securities", name, part))
        for column in columns:
            found.setdefault(column, []).extend(marks)
    return found


def terms_note(
    name: str,
    security: Security,
    plan: Plan,
    notebook: Notebook,
    kinds: Collection[str] = ("each_unit", "converts", "unit"),
) -> list[str]:
    """The footnote on a security's terms, of one of some kinds; none where nothing says so.

    By default that on what one of a derivative becomes, for the line of Table I.
    """
    key: Key = ("securities", name)
    for _, kind, facts, part in _said(security, plan):
        if kind in kinds:
            return notebook.given(kind, facts, (*key, part))
    return []


def _said(security: Security, plan: Plan) -> Iterator[tuple[tuple[str, ...], str, dict[str, str], str]]:
    """The columns, the kind of footnote, its facts, and the key of the security that says them."""
    underlying = _underlying(security, plan)
    if award := security.award:
        yield ("exercise_price",), "each_unit", {"each": award.each, "underlying": underlying}, "award"
        granted = {"granted": long_day(award.granted.date), "vests": award.vests}
        yield ("exercisable", "expires"), "award", granted, "award"
    if converts := security.converts:
        facts = {"security": security.title, "ratio": _shares(security), "underlying": underlying}
        facts |= {"upon": converts.upon} if converts.upon else {}
        facts |= {"round": _rounded(converts.round)} if converts.round else {}
        never = (converts.expires or "").strip().lower() == "never"
        facts |= {"expires": "does not expire" if never else f"expires {converts.expires}"} if converts.expires else {}
        yield _TERMS, "converts", facts, "converts"
    if unit := security.unit:
        yield ("exercise_price",), "unit", {"each": unit.each, "underlying": underlying}, "unit"
        yield ("exercisable", "expires"), "unit_dates", {"settles": unit.settles, "when": unit.when}, "unit"
    if swap := security.swap:
        facts = {
            "underlying": underlying,
            "settles": swap.settles,
            "reference_price": f"${dollars(swap.reference_price.decimal)}",
            "expires": long_day(swap.expires.date),
        }
        yield ("exercisable",), "swap", facts, "swap"
    if terms := security.terms:
        facts = {"underlying": underlying, "settles": long_day(terms.settles.date)}
        prices = {"floor": terms.floor, "cap": terms.cap, "prepaid": terms.prepaid}
        facts |= {name: f"${dollars(price.decimal)}" for name, price in prices.items() if price is not None}
        yield ("exercise_price", "exercisable"), "terms", facts, "terms"
    if security.represents:
        ((name, number),) = security.represents.items()
        title = plan.securities[name].title if name in plan.securities else name
        facts = {"security": security.title, "amount": grouped(number.decimal), "underlying": title}
        yield ("title",), "represents", facts, "represents"


def _underlying(security: Security, plan: Plan) -> str:
    """The title of what underlies a security."""
    under = security.underlying
    if isinstance(under, str):
        return plan.securities[under].title if under in plan.securities else under
    return under.title if under else ""


def _shares(security: Security) -> str:
    return "one share" if security.ratio == 1 else f"{grouped(security.ratio.quantize(_FOUR).normalize())} shares"


def _rounded(how: str) -> str:
    return "to the nearest whole share" if how == "nearest" else f"{how} to a whole share"
