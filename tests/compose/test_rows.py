"""Lines of a security whose title stands otherwise in column 7 of Table II than in Table I."""

from __future__ import annotations

import pytest

from form4_author.decompose.decomposition import decompose
from form4_author.plan.writing import plan_text as written
from tests.plans import composed, plan_text, told

OPENING = "opening:\n  - {security: common, amount: 900}\n  - {security: option, amount: 500}\n"
EXERCISE = "transactions:\n  - {date: 2026-11-18, exercise: option, amount: 400}\n"


def plan(under: str) -> str:
    return plan_text(
        securities="securities:\n  common: Common Stock\n  option: {title: Stock Option, exercise_price: 4.80, "
        f"exercisable: 2024-05-14, expires: 2034-05-14, {under}}}\n",
        opening=OPENING,
        transactions=EXERCISE,
    )


def test_each_table_has_its_own_title_and_there_is_one_balance() -> None:
    made = composed(plan("underlying: common, underlying_title: Common Shares"))
    assert made.findings == ()
    (stock,), (option,) = made.filing.table1, made.filing.table2
    assert (stock.security_title.text, option.underlying_title.text) == ("Common Stock", "Common Shares")
    assert stock.shares_owned_following.text == "1300"
    assert option.underlying_title.value.origin.path == "securities.option.underlying_title"


@pytest.mark.parametrize("title", ["Common Shares", "COMMON STOCK", "Common Stock, par value $0.01 per share"])
def test_both_titles_are_kept_in_a_filing_s_plan(title: str) -> None:
    filing = composed(plan(f'underlying: common, underlying_title: "{title}"')).filing
    made = decompose(filing)
    assert made.data["securities"]["option"]["underlying"] == "common"
    assert made.data["securities"]["option"]["underlying_title"] == title
    assert [*made.data["transactions"][0]] == ["date", "exercise", "amount"]
    again = composed(written(made.data, made.comments)).filing
    assert [row.underlying_title.text for row in again.table2] == [title]
    assert [row.security_title.text for row in again.table1] == ["Common Stock"]


def test_another_class_underneath_is_no_security_of_table_i() -> None:
    filing = composed(plan("underlying: common, underlying_title: Class B Common Stock")).filing
    option = decompose(filing).data["securities"]["option"]
    assert option["underlying"] == {"title": "Class B Common Stock"}
    assert "underlying_title" not in option


@pytest.mark.parametrize(
    ("under", "why"),
    [
        ("underlying: {title: Common Stock}, underlying_title: Common", "underlying: {title: ...} says it already"),
        ("underlying_title: Common", "there is no underlying"),
    ],
)
def test_it_goes_with_the_name_of_a_security(under: str, why: str) -> None:
    text = plan(under)
    column = next(line for line in text.splitlines() if "underlying_title" in line).index("underlying_title: Common")
    (finding,) = [line for line in told(text) if "underlying_title" in line]
    assert finding == (
        f"7:{column + len('underlying_title: ') + 1} PLN011 underlying_title rewords the title of a security that "
        f"underlying names; {why}"
    )
