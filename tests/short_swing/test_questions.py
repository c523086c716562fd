"""What needs judgement is named, with its bounds, and never silently taken as either."""

from __future__ import annotations

from fractions import Fraction

import pytest

from form4_author.short_swing.answers import Answer
from form4_author.short_swing.questions import Question
from tests.documents import edited, footnotes
from tests.short_swing.histories import answered, filed, history, line, trade

BOUGHT = line("2026-03-02", "P", "100", "5", "A", "100")
SOLD = line("2026-03-03", "S", "100", "9", "D", "0")


def only(found: Answer) -> Question:
    (question,) = found.questions
    assert (found.low, found.high) == (min(question.low, found.profit), question.high)
    return question


def bounds(question: Question) -> tuple[object, object]:
    return question.low, question.high


def test_a_j_has_both_readings() -> None:
    given = line("2026-03-03", "J", "40", "9", "D", "60")
    question = only(answered(filed(BOUGHT, given)))
    assert (bounds(question), question.counted) == ((0, 160), False)
    assert question.why == "code J doesn't tell whether it is a purchase, a sale or exempt"
    assert [one.line for one in question.trades] == [62]


def test_a_j_takes_the_place_of_a_sale_where_that_earns_more() -> None:
    given = line("2026-03-04", "J", "100", "12", "D", "0")
    question = only(answered(filed(BOUGHT, SOLD, given)))
    assert bounds(question) == (400, 700)


@pytest.mark.parametrize(
    ("lacks", "why", "high"),
    [
        (("<value>5</value>", "<value></value>"), "left out: the price is missing", 900),
        (("<value>5</value>", "<value>five</value>"), "left out: the price can't be read", 900),
        (("<value>2026-03-02</value>", ""), "left out: the date is missing", 400),
        (("<value>2026-03-02</value>", "<value>2026-02-31</value>"), "left out: the date can't be read", 400),
        (("<value>100</value>", "<value></value>"), "left out: the amount is missing", 400),
        (("<value>100</value>", "<value>1e2</value>"), "left out: the amount can't be read", 400),
        (("<value>100</value>", "<value>9999999999999</value>"), "left out: the amount can't be read", 400),
    ],
)
def test_what_a_purchase_lacks_is_named_and_left_out(lacks: tuple[str, str], why: str, high: int) -> None:
    question = only(answered(edited(lacks, text=filed(BOUGHT, SOLD))))
    assert (question.why, bounds(question), question.counted) == (why, (0, high), False)


def test_a_sale_without_a_price_has_no_bound_where_something_was_bought() -> None:
    without = line("2026-03-03", "S", "100", None, "D", "0", "F1")
    texts = footnotes(F1="The price is set out in the agreement.")
    question = only(answered(filed(BOUGHT, without, footnotes=texts)))
    assert (question.why, bounds(question)) == ("left out: the price stands in a footnote alone", (0, None))
    assert bounds(only(answered(filed(without, footnotes=texts)))) == (0, 0)


def test_a_range_in_the_footnote_is_a_bound() -> None:
    without = line("2026-03-03", "S", "100", None, "D", "0", "F1")
    texts = footnotes(F1="Sold at prices ranging from $9.10 to $9.40.")
    question = only(answered(filed(BOUGHT, without, footnotes=texts)))
    assert bounds(question) == (0, 440)


def test_a_price_in_another_currency_is_left_out() -> None:
    abroad = line("2026-03-02", "P", "100", "5", "A", "100", "F1")
    texts = footnotes(F1="The price is in Canadian dollars.")
    question = only(answered(filed(abroad, SOLD, footnotes=texts)))
    assert question.why == "left out: the price is in another currency, and nothing tells of its being converted"
    assert bounds(question) == (0, 900)
    converted = footnotes(F1="Converted from Canadian dollars at an exchange rate of 1.36.")
    assert answered(filed(abroad, SOLD, footnotes=converted)).profit == 400


def test_averages_may_hide_more() -> None:
    averaged = line("2026-03-03", "S", "100", "9", "D", "0", "F1")
    texts = footnotes(F1="A weighted average price; the shares were sold at prices ranging from $8.00 to $9.50.")
    question = only(answered(filed(BOUGHT, averaged, footnotes=texts)))
    assert (bounds(question), question.counted) == ((300, 450), True)


def test_what_is_disclaimed_is_counted_whole_and_said_to_be() -> None:
    fund = line("2026-03-03", "S", "100", "9", "D", "0", "F1")
    fund = fund.replace("<value>D</value>\n  </directOrIndirect", "<value>I</value>\n  </directOrIndirect")
    fund = edited(
        ("<directOrIndirectOwnership>\n      <value>D", "<directOrIndirectOwnership>\n      <value>I"), text=fund
    )
    texts = footnotes(
        F1="The reporting person disclaims beneficial ownership except to the extent of any pecuniary interest."
    )
    found = answered(filed(BOUGHT, fund, footnotes=texts))
    assert found.profit == 400
    question = only(found)
    assert (question.rule, bounds(question), question.counted) == ("Rule 16a-1(a)(2)", (0, 400), True)


def test_a_ten_percent_holder_of_unknown_since() -> None:
    owners = "owners:\n  - {cik: 1999999101, name: Roe Jane, ten_percent_owner: yes%s}\n"
    lines = (trade("2026-03-02", "P", "100", "5"), trade("2026-03-03", "S", "100", "9"))
    question = only(answered(history(*lines, owners=owners % "")))
    assert (question.rule, bounds(question), question.counted) == ("Section 16(b), last sentence", (0, 400), True)
    assert answered(history(*lines, owners=owners % ", ten_percent_owner_since: 2020-01-02")).questions == ()


CALL = (
    "securities:\n  common: Common Stock\n  call: {title: %s, underlying: common, "
    "exercise_price: 20, exercisable: 2026-01-05, expires: 2027-01-15}\n"
)
OPENING = "opening:\n  - {security: common, amount: 1000}\n  - {security: call, amount: 100}\n"


def with_call(*lines: str, title: str = "Call Option (right to buy)") -> Answer:
    return answered(history(*lines, securities=CALL % title, opening=OPENING))


def in_calls(day: str, code: str, amount: str, price: str) -> str:
    return trade(day, code, amount, price).replace("security: common", "security: call")


def test_a_call_against_the_shares_underneath() -> None:
    question = only(with_call(in_calls("2026-03-02", "P", "10", "2"), trade("2026-04-02", "S", "100", "25")))
    assert (question.rule, bounds(question), question.counted) == ("Rule 16b-6(c)(2)", (0, 250), False)


def test_a_call_sold_against_shares_bought_has_no_bound() -> None:
    question = only(with_call(in_calls("2026-03-02", "S", "10", "2"), trade("2026-04-02", "P", "100", "25")))
    assert bounds(question) == (0, None)


def test_a_put_bought_is_a_sale_of_the_shares() -> None:
    title = "Put Option (right to sell)"
    question = only(
        with_call(in_calls("2026-03-02", "P", "10", "2"), trade("2026-04-02", "P", "100", "25"), title=title)
    )
    assert bounds(question) == (0, None)
    bought_and_sold = (in_calls("2026-03-02", "P", "10", "2"), trade("2026-04-02", "S", "100", "25"))
    assert with_call(*bought_and_sold, title=title).questions == ()


def test_a_written_option_that_expires_owes_its_premium_at_most() -> None:
    title = "Call Option (obligation to sell)"
    written, expired = in_calls("2026-03-02", "S", "10", "2"), in_calls("2026-05-15", "E", "8", "0")
    question = only(with_call(written, expired, title=title))
    assert (question.rule, bounds(question)) == ("Rule 16b-6(d)", (0, 16))
    late = in_calls("2026-09-15", "E", "8", "0")
    assert bounds(only(with_call(written, late, title=title))) == (0, 0)


def test_two_questions_together_may_owe_what_neither_does_alone() -> None:
    lines = (line("2026-03-02", "J", "100", "5", "A", "100"), line("2026-03-03", "J", "100", "9", "D", "0"))
    found = answered(filed(*lines))
    assert [bounds(question) for question in found.questions] == [(0, 0), (0, 0)]
    assert (found.low, found.high) == (Fraction(), Fraction(400))


def test_the_same_on_two_forms_with_other_balances_is_one_or_two() -> None:
    again = line("2026-03-02", "P", "50", "5", "A", "250")
    found = answered(filed(line("2026-03-02", "P", "50", "5", "A", "100"), SOLD), filed(again))
    question = only(found)
    assert (bounds(question), question.counted) == ((200, 400), False)
    assert [one.file for one in question.trades] == ["2.xml"]


def test_each_question_is_asked_of_the_same_market() -> None:
    """What a question changes while it is asked is undone: each is asked of the same market."""
    lines = [line("2026-03-02", "P", "100", "5", "A", "100"), line("2026-03-03", "S", "60", "9", "D", "40")]
    lines += [line("2026-03-04", "J", "30", "8", "D", str(after)) for after in (10, 11, 12)]
    found = answered(filed(*lines))
    assert [bounds(question) for question in found.questions] == [(240, 330)] * 3
    assert found.high == 240 + 40 * 3
