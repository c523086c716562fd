"""What is to be looked at before a form is signed: each point with how it stands, to be ticked by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from form4_author.days.deadlines import Deadline
from form4_author.filing import DocumentKind, Filing, Medium
from form4_author.filing.derivation import Derivation
from form4_author.filing.footnote_wording import dollars
from form4_author.filing.signing import by_attorney
from form4_author.filing.wording import value_text
from form4_author.findings import Finding, Severity

#: At what the market pays; an exercise or a transaction with the issuer has a price of its own.
_AT_MARKET = frozenset("PSF")


class Point(Struct, frozen=True):
    """One point of the list.

    Attributes:
        what: what is to be looked at.
        state: how it stands.
        clear: nothing stands in the way of ticking it.
    """

    what: str
    state: str
    clear: bool = True


class Known(Struct, frozen=True):
    """What is known of a form besides what it says.

    Attributes:
        powers: of each owner in order, what its plan tells of the power of attorney on file; empty where nothing.
        attached: the types of the documents filed with it.
        against: the last filing, as it is named; empty where none was looked for or found.
        last: what that one says.
    """

    powers: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    against: str = ""
    last: Filing | None = None


def checklist(
    filing: Filing,
    findings: Iterable[Finding],
    derivations: Sequence[Derivation],
    deadlines: Sequence[Deadline],
    known: Known,
) -> tuple[Point, ...]:
    """The points of the list, in the order in which one goes through them.

    Args:
        filing: what the form says.
        findings: all there is to say about it.
        derivations: how what its plan doesn't state came about.
        deadlines: by when each transaction must be reported.
        known: what is known of it besides.
    """
    listed = [*findings]
    return (
        *_findings(listed),
        *_prices(filing, known),
        *_derived(derivations),
        *([Point("What changed since the last filing", f"held against {known.against}")] if known.against else []),
        *_plan_box(filing),
        *_time(filing, deadlines),
        *_signatures(filing, known),
        *_codes(filing),
    )


def _findings(findings: Sequence[Finding]) -> list[Point]:
    still = [one for one in findings if not one.waived]
    points = []
    for severity, words in ((Severity.ERROR, "Errors"), (Severity.WARNING, "Warnings that stand")):
        codes = [one.code for one in still if one.severity is severity]
        if codes or severity is Severity.WARNING:
            points.append(Point(words, _counted(codes) or "none", not codes))
    waived = [one for one in findings if one.waived]
    points += [Point(f"Waived: {one.code}", f"{one.message}. Reason: {one.waived}") for one in waived]
    return points


def _counted(codes: Sequence[str]) -> str:
    return ", ".join(
        f"{code} ({number} times)" if (number := codes.count(code)) > 1 else code for code in dict.fromkeys(codes)
    )


def _prices(filing: Filing, known: Known) -> list[Point]:
    """Each security's prices, beside those of the last filing."""
    now, before = _by_security(filing), _by_security(known.last) if known.last else {}
    points = []
    for security, prices in now.items():
        state = _range(prices)
        earlier = before.get(security)
        if earlier:
            change = _average(prices) / _average(earlier) - 1
            state += f"; in the last filing {_range(earlier)} ({change:+.1%})"
        points.append(Point(f"Price of {security}", state))
    return points


def _by_security(filing: Filing) -> dict[str, list[Decimal]]:
    """The prices at the market in Table I, by the security's title."""
    found: dict[str, list[Decimal]] = {}
    for row in filing.table1:
        price = row.price_per_share.number
        if not row.holding and price and row.code.text.strip() in _AT_MARKET:
            found.setdefault(" ".join(row.security_title.text.split()), []).append(price)
    return found


def _average(prices: Sequence[Decimal]) -> Decimal:
    return sum(prices, Decimal()) / len(prices)


def _range(prices: Sequence[Decimal]) -> str:
    low, high = min(prices), max(prices)
    return f"${dollars(low)}" if low == high else f"${dollars(low)} to ${dollars(high)}"


def _derived(derivations: Sequence[Derivation]) -> list[Point]:
    number = len(derivations)
    told = f"{number} value{'s' if number > 1 else ''} that the plan doesn't state, in the table above"
    return [Point("Derived values", told)] if number else []


def _plan_box(filing: Filing) -> list[Point]:
    box = filing.aff10b5_one
    if not box.present:
        return []
    return [Point("Rule 10b5-1(c) box", "checked" if box.truth else "not checked")]


def _time(filing: Filing, deadlines: Sequence[Deadline]) -> list[Point]:
    days = [one.day for one in deadlines if one.day is not None]
    if not days or filing.is_amendment:
        return []
    first = min(days)
    signed = max((day for one in filing.signatures if (day := one.date.date) is not None), default=None)
    late = signed is not None and signed > first and any(one.firm and one.day == first for one in deadlines)
    state = f"by {first}, 10 p.m. Eastern time"
    if signed is None:
        return [Point("Due on EDGAR", f"{state}; not signed yet", clear=False)]
    return [
        Point(
            "Due on EDGAR", f"{state}; signed {signed}" + (f", {_late(signed, first)} late" if late else ""), not late
        )
    ]


def _late(signed: date, due: date) -> str:
    days = (signed - due).days
    return f"{days} day{'s' if days > 1 else ''}"


def _signatures(filing: Filing, known: Known) -> list[Point]:
    """Who signs for whom and when, and the power of attorney where another signs."""
    points = []
    paired = len(filing.signatures) == len(filing.owners)
    for number, owner in enumerate(filing.owners):
        name = value_text(owner.name) or f"CIK {value_text(owner.cik)}"
        signature = filing.signatures[number] if paired else None
        if signature is None:
            points.append(Point(f"Signature of {name}", _names(filing) or "missing", bool(filing.signatures)))
            continue
        text, day = value_text(signature.name), value_text(signature.date)[:10]
        points.append(Point(f"Signature of {name}", f"{text}, {day}" if day else f"{text}, without a date", bool(day)))
        if by_attorney(text):
            told = known.powers[number] if number < len(known.powers) else ""
            attached = any(kind.startswith("EX-24") for kind in known.attached)
            state = told or ("attached as EX-24" if attached else "neither attached nor told to be on file")
            points.append(Point(f"Power of attorney of {name}", state, bool(told or attached)))
    return points


def _names(filing: Filing) -> str:
    return "; ".join(f"{value_text(one.name)}, {value_text(one.date)[:10]}" for one in filing.signatures)


def _codes(filing: Filing) -> list[Point]:
    if filing.kind is not DocumentKind.FILER or filing.medium is Medium.XML:
        return []
    lacking = [value_text(one.name) or value_text(one.cik) for one in filing.owners if not one.has_ccc]
    return [Point("CCC of each owner", f"missing: {', '.join(lacking)}" if lacking else "at hand", not lacking)]
