"""Answers as text for people: the profit, what it is made of, how that is proven, and what is left to judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from form4_author.days.market_days import market_closure
from form4_author.masking import masked_words
from form4_author.printable import printable
from form4_author.short_swing.answers import Answer, OpenWindow
from form4_author.short_swing.figures import dollars, exact, grouped
from form4_author.short_swing.lots import Proven
from form4_author.short_swing.proposals import Proposal, Proposed
from form4_author.short_swing.questions import Question
from form4_author.short_swing.trades import Insider, Trade
from form4_author.short_swing.treatment import Side
from form4_author.short_swing.windows import Window

_WINDOWS = {
    Window.COLONIAL: "to the second day before the six-month anniversary (Colonial Realty v. MacWilliams)",
    Window.CALENDAR: "to the day before the six-month anniversary",
}
_MOST_LINES = 20


def as_text(answers: Sequence[Answer]) -> str:
    """All answers, one after the other."""
    if not answers:
        return "no transactions were found\n"
    return "\n".join("".join(f"{line}\n" for line in _answer(answer)) for answer in answers)


def proposals_as_text(proposals: Sequence[Proposal]) -> str:
    """The answers of those who propose something, and what it would add."""
    return "\n".join(
        f"{as_text([one.without])}\n" + "".join(f"{line}\n" for line in _proposal(one)) for one in proposals
    )


def heading(insider: Insider) -> str:
    """Who, and in whose securities."""
    owner = shown(insider.owner_name) or "a person without a name"
    issuer = shown(insider.issuer_name) or "an issuer without a name"
    return f"{owner} (CIK {insider.owner}) in {issuer} (CIK {insider.issuer})"


def shown(text: str) -> str:
    """A text from a file, as it may be shown."""
    return printable(masked_words(text))


def money(number: Fraction) -> str:
    """Dollars for people: `$2,500.00`."""
    return f"${grouped(dollars(number))}"


def table(columns: Sequence[str], lines: Iterable[Sequence[str]], indent: str = "    ") -> Iterator[str]:
    """Lines under headings; a heading that begins with `>` has its column to the right."""
    names = [name.removeprefix(">") for name in columns]
    rows = [names, *([shown(text) for text in line] for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns))]
    for row in rows:
        cells = [
            text.rjust(width) if column.startswith(">") else text.ljust(width)
            for column, text, width in zip(columns, row, widths, strict=True)
        ]
        yield (indent + "  ".join(cells)).rstrip()


def _answer(answer: Answer) -> Iterator[str]:
    yield heading(answer.insider)
    yield f"  Short-swing profit, Section 16(b): {money(answer.profit)}"
    if answer.questions:
        most = "without a bound that the forms tell" if answer.high is None else f"at most {money(answer.high)}"
        yield f"  Under any answers to what needs judgement below: at least {money(answer.low)}, {most}"
    yield f"  Window: {_WINDOWS[answer.window]}"
    if answer.insider.superseded or answer.insider.repeated:
        yield (
            f"  Lines not counted again: {answer.insider.superseded} that an amendment tells anew, "
            f"{answer.insider.repeated} that stand on several forms"
        )
    for of in answer.classes:
        yield from _class(of)
    yield from _exempt(answer)
    yield from _questions(answer.questions)
    yield from open_lines(answer.as_of, answer.open)


def _class(of: Proven) -> Iterator[str]:
    title = shown(of.pieces[0].trade.title)
    if of.pairs:
        yield f"  Matched, {title}"
        yield from table(
            ("bought", ">at", "sold", ">at", ">shares", ">profit", "from"),
            (
                (
                    str(pair.purchase.day),
                    money(pair.purchase.price or Fraction()),
                    str(pair.sale.day),
                    money(pair.sale.price or Fraction()),
                    grouped(exact(pair.shares)),
                    money(pair.profit),
                    f"{where(pair.purchase)}, {where(pair.sale)}",
                )
                for pair in of.pairs
            ),
        )
    yield f"  Proof, {title}: shares times shadow price"
    yield from table(
        ("", "date", ">shares", ">at", ">shadow price", ">together", "from"),
        (
            (
                piece.side.value,
                str(piece.lot.day),
                grouped(exact(piece.lot.shares)),
                money(piece.lot.price),
                money(shadow),
                money(piece.lot.shares * shadow),
                where(piece.trade),
            )
            for piece, shadow in zip(of.pieces, of.shadows, strict=True)
        ),
    )
    if of.verified:
        yield (
            f"    In all {money(of.bound)}. No purchase and sale within the window earn more a share than their two "
            "shadow prices"
        )
        yield "    together, so no matching earns more: verified."
    else:
        yield "    NOT VERIFIED: the shadow prices don't prove this profit. Please report it."


def _exempt(answer: Answer) -> Iterator[str]:
    if not answer.exempt:
        return
    yield "  Exempt"
    by_reason: dict[tuple[str, str], list[Trade]] = {}
    for trade, taken in answer.exempt:
        by_reason.setdefault((taken.rule, taken.why), []).append(trade)
    for (rule, why), trades in by_reason.items():
        yield f"    {rule}: {shown(why)}"
        yield from _lines(trades)


def _questions(questions: Sequence[Question]) -> Iterator[str]:
    if not questions:
        return
    yield "  Needs judgement"
    for question in questions:
        high = "no bound" if question.high is None else money(question.high)
        counted = "counted" if question.counted else "not counted"
        yield f"    {question.rule}: {shown(question.why)}"
        yield f"      {counted}; by itself it makes the profit {money(question.low)} to {high}"
        yield from _lines(question.trades)


def open_lines(day: date, windows: Sequence[OpenWindow]) -> Iterator[str]:
    """Windows that are open on a day; no line where none is."""
    if windows:
        yield f"  Windows open on {day}"
        yield from table(
            ("", "date", ">shares", ">at", "last day for the other", "from"),
            (
                (
                    one.side.value,
                    str(one.trade.day),
                    grouped(exact(one.trade.shares or Fraction())),
                    money(one.trade.price or Fraction()),
                    str(one.closes),
                    where(one.trade),
                )
                for one in windows
            ),
        )


def _proposal(proposal: Proposal) -> Iterator[str]:
    adds = proposal.profit - proposal.without.profit
    yield f"Proposed by {heading(proposal.insider)}"
    yield (
        f"  Short-swing profit without it {money(proposal.without.profit)}, with it {money(proposal.profit)}: "
        f"{money(adds)} more"
    )
    if proposal.known:
        yield f"  Lines that the files have already: {proposal.known}"
    for line in proposal.lines:
        yield from _proposed(line)


def _proposed(line: Proposed) -> Iterator[str]:
    trade, side = line.trade, line.taken.side
    yield f"  {trade_words(trade)} on {trade.day or 'no day'}"
    if not line.days:
        yield f"    {line.taken.reading.value}: {line.taken.rule}, {shown(line.taken.why)}"
        return
    yield f"    adds {money(line.adds)}"
    for part in line.tranches:
        yield f"      {grouped(exact(part.shares))} shares add {money(part.each)} each"
    if line.tranches and (trade.shares or 0) > sum(part.shares for part in line.tranches):
        yield "      the others add nothing"
    if line.cheapest is not None:
        yield "    By day"
        yield from list(table(("from", ">adds"), ((str(d.start), money(d.adds)) for d in line.days), " " * 6))[1:]
        yield f"    First day on which it adds nothing: {_day(line.free_from)}"
    bound = "or more" if side is Side.PURCHASE else "or less"
    yield "    First day on which it adds nothing, by price"
    prices = (("any price" if p.price is None else f"{money(p.price)} {bound}", str(p.start)) for p in line.prices)
    yield from list(table(("at", "from"), prices, " " * 6))[1:]


def trade_words(trade: Trade, *, title: bool = True) -> str:
    """A transaction in a few words: `S 400 Common Stock at $48.00`."""
    shares = None if trade.shares is None else grouped(exact(trade.shares))
    price = "without a price" if trade.price is None else f"at {money(trade.price)}"
    return " ".join(filter(None, (shown(trade.code), shares, shown(trade.title) if title else "", price)))


def _day(day: date | None) -> str:
    closed = market_closure(day) if day is not None else ""
    return f"{day}" + (f" (no market: {closed})" if closed else "")


def _lines(trades: Sequence[Trade]) -> Iterator[str]:
    """The transactions, without headings; of many only the first ones."""
    columns = ("date", "code", ">shares", "security", ">at", "from")
    yield from list(table(columns, map(_line, trades[:_MOST_LINES]), " " * 6))[1:]
    if len(trades) > _MOST_LINES:
        yield f"      and {len(trades) - _MOST_LINES} more, which --format json lists"


def _line(trade: Trade) -> tuple[str, ...]:
    shares = "" if trade.shares is None else grouped(exact(trade.shares))
    price = "no price" if trade.price is None else money(trade.price)
    return str(trade.day or "no date"), trade.code or "-", shares, trade.title, price, where(trade)


def where(trade: Trade) -> str:
    """The file and line of a transaction."""
    return trade.file if trade.line is None else f"{trade.file}:{trade.line}"
