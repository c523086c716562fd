"""Answers as plain data, for JSON; numbers are exact, as text. docs/short-swing.md tells each key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from form4_author.masking import masked_words
from form4_author.short_swing.answers import Answer, OpenWindow
from form4_author.short_swing.figures import dollars, exact
from form4_author.short_swing.lots import Pair, Proven
from form4_author.short_swing.proposals import Proposal, Proposed
from form4_author.short_swing.questions import Question
from form4_author.short_swing.trades import Insider, Trade


def answers_data(answers: Sequence[Answer]) -> dict[str, Any]:
    """All answers, as the command line and the API give them out."""
    return {"insiders": [answer_data(answer) for answer in answers]}


def proposals_data(proposals: Sequence[Proposal]) -> dict[str, Any]:
    """The answers of those who propose something, and what it would add."""
    return {
        "insiders": [answer_data(one.without) for one in proposals],
        "proposals": [
            {
                **parties(one.insider),
                "without": dollars(one.without.profit),
                "with": dollars(one.profit),
                "adds": dollars(one.profit - one.without.profit),
                "transactions": [_proposed(line) for line in one.lines],
            }
            for one in proposals
        ],
    }


def answer_data(answer: Answer) -> dict[str, Any]:
    """One insider's answer."""
    return {
        **parties(answer.insider),
        "profit": dollars(answer.profit),
        "least": dollars(answer.low),
        "most": None if answer.high is None else dollars(answer.high),
        "matches": [_match(pair) for of in answer.classes for pair in of.pairs],
        "certificate": {
            "bound": dollars(answer.bound),
            "verified": answer.verified,
            "window": answer.window.value,
            "lots": [lot for of in answer.classes for lot in _lots(of)],
        },
        "exempt": [
            {**transaction(trade), "rule": taken.rule, "why": masked_words(taken.why)} for trade, taken in answer.exempt
        ],
        "judgement": [_question(question) for question in answer.questions],
        "as_of": answer.as_of.isoformat(),
        "open": open_data(answer.open),
    }


def open_data(windows: Sequence[OpenWindow]) -> list[dict[str, Any]]:
    """Windows still open."""
    return [{"side": one.side.value, **transaction(one.trade), "closes": one.closes.isoformat()} for one in windows]


def parties(insider: Insider) -> dict[str, Any]:
    """Who, and in whose securities."""
    return {
        "owner": {"cik": insider.owner, "name": masked_words(insider.owner_name)},
        "issuer": {"cik": insider.issuer, "name": masked_words(insider.issuer_name)},
    }


def transaction(trade: Trade) -> dict[str, Any]:
    """A transaction, as its line tells it."""
    return {
        **_lot(trade),
        "code": masked_words(trade.code),
        "security": masked_words(trade.title),
        "place": trade.place,
        **({"split": exact(trade.split)} if trade.split != 1 else {}),
    }


def _lot(trade: Trade) -> dict[str, Any]:
    return {
        "date": trade.day.isoformat() if trade.day else None,
        "price": None if trade.price is None else exact(trade.price),
        "shares": None if trade.shares is None else exact(trade.shares),
        "file": trade.file,
        "line": trade.line,
    }


def _match(pair: Pair) -> dict[str, Any]:
    return {
        "purchase": _lot(pair.purchase),
        "sale": _lot(pair.sale),
        "shares": exact(pair.shares),
        "profit": dollars(pair.profit),
    }


def _lots(of: Proven) -> list[dict[str, Any]]:
    return [
        {
            "side": piece.side.value,
            "class": masked_words(piece.trade.title),
            **_lot(piece.trade),
            "shadow_price": exact(shadow),
        }
        for piece, shadow in zip(of.pieces, of.shadows, strict=True)
    ]


def _proposed(line: Proposed) -> dict[str, Any]:
    cheapest = line.cheapest
    return {
        **transaction(line.trade),
        "reading": line.taken.reading.value,
        "side": line.taken.side.value if line.taken.side else None,
        "rule": line.taken.rule,
        "why": masked_words(line.taken.why),
        "adds": dollars(line.adds),
        "shares_by_profit": [{"shares": exact(part.shares), "each": dollars(part.each)} for part in line.tranches],
        "days": [{"from": part.start.isoformat(), "adds": dollars(part.adds)} for part in line.days],
        "cheapest": None if cheapest is None else {"from": cheapest.start.isoformat(), "adds": dollars(cheapest.adds)},
        "free_from": None if line.free_from is None else line.free_from.isoformat(),
        "free_by_price": [
            {"price": None if part.price is None else exact(part.price), "from": part.start.isoformat()}
            for part in line.prices
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "transactions": [transaction(trade) for trade in question.trades],
        "rule": question.rule,
        "why": masked_words(question.why),
        "counted": question.counted,
        "low": dollars(question.low),
        "high": None if question.high is None else dollars(question.high),
    }
