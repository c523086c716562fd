"""Answers as data: every key, with what stands behind it."""

from __future__ import annotations

from typing import Any

from form4_author.short_swing.as_data import answers_data
from tests.short_swing.histories import answered, history, trade
from tests.short_swing.test_answers import BINDING


def insider(*lines: str) -> Any:
    (found,) = answers_data([answered(history(*lines))])["insiders"]
    return found


def lot(day: str, price: str, shares: str, line: int) -> dict[str, object]:
    return {"date": day, "price": price, "shares": shares, "file": "1.yaml", "line": line}


def test_the_profit_its_matches_and_its_certificate() -> None:
    found = insider(*BINDING)
    assert [*found] == [
        *("owner", "issuer", "profit", "least", "most", "matches", "certificate", "exempt", "judgement", "as_of"),
        "open",
    ]
    assert found["owner"] == {"cik": "1999999101", "name": "Roe Jane"}
    assert found["issuer"] == {"cik": "1999999001", "name": "EXAMPLE SYSTEMS, INC."}
    assert (found["profit"], found["least"], found["most"], found["as_of"]) == (
        *("1200.00", "1200.00", "1200.00"),
        "2026-11-20",
    )
    assert found["matches"] == [
        {
            "purchase": lot("2024-03-01", "10", "100", 11),
            "sale": lot("2024-01-02", "14", "100", 10),
            "shares": "100",
            "profit": "400.00",
        },
        {
            "purchase": lot("2024-11-01", "12", "100", 13),
            "sale": lot("2024-06-03", "20", "100", 12),
            "shares": "100",
            "profit": "800.00",
        },
    ]
    certificate = found["certificate"]
    assert (certificate["bound"], certificate["verified"], certificate["window"]) == ("1200.00", True, "colonial")
    assert [(one["side"], one["date"], one["class"], one["shadow_price"]) for one in certificate["lots"]] == [
        ("purchase", "2024-03-01", "Common Stock", "3"),
        ("purchase", "2024-11-01", "Common Stock", "1"),
        ("sale", "2024-01-02", "Common Stock", "1"),
        ("sale", "2024-06-03", "Common Stock", "7"),
        ("sale", "2024-12-16", "Common Stock", "0"),
    ]
    assert (found["exempt"], found["judgement"], found["open"]) == ([], [], [])


def test_what_is_exempt_or_a_question_stands_with_its_rule() -> None:
    other = trade("2024-03-02", "J", "10", "11", ", acquired_or_disposed: D")
    found = insider(trade("2024-03-01", "F", "5", "10"), trade("2024-03-01", "P", "5", "10"), other)
    (exempt,) = found["exempt"]
    assert (exempt["code"], exempt["line"], exempt["place"]) == ("F", 10, "Table I, line 1")
    assert (exempt["security"], exempt["rule"]) == ("Common Stock", "Rule 16b-3(e)")
    (question,) = found["judgement"]
    assert question["transactions"][0]["date"] == "2024-03-02"
    assert (question["counted"], question["low"], question["high"]) == (False, "0.00", "5.00")
    assert (found["least"], found["most"]) == ("0.00", "5.00")
