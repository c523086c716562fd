"""Which lines, owners, signatures and footnotes of two forms are which."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import combinations, product

import pytest
from msgspec.structs import replace

from form4_author.filing import Field, ReportingOwner, Row, Signature, Table, Value, alignment
from form4_author.filing.alignment import align, likeness, paired_owners, paired_signatures, reworded, says_the_same
from tests.plans import composed, plan_text

WORDS = ["".join(letters) for length in range(4) for letters in product("ab", repeat=length)]


def same(one: str, other: str) -> float:
    return 1.0 if one == other else 0.0


def longest(one: str, other: str) -> int:
    """The length of the longest common subsequence, by trying all."""
    return max(
        size
        for size in range(min(len(one), len(other)) + 1)
        if set(combinations(one, size)) & set(combinations(other, size))
    )


def test_as_many_as_can_be_are_paired_and_all_are_told_in_the_order_of_both() -> None:
    for one, other in product(WORDS, WORDS):
        pairs = list(align(one, other, same))
        assert [i for i, _ in pairs if i != -1] == [*range(len(one))]
        assert [j for _, j in pairs if j != -1] == [*range(len(other))]
        both = [(i, j) for i, j in pairs if -1 not in (i, j)]
        assert (-1, -1) not in pairs
        assert all(one[i] == other[j] for i, j in both)
        assert len(both) == longest(one, other)


def test_the_likest_are_paired_and_what_is_less_than_half_alike_is_no_pair() -> None:
    def by(scores: dict[str, float]) -> list[tuple[int, int]]:
        return list(align("ab", "xy", lambda one, other: scores.get(one + other, 0.0)))

    assert by({"ax": 0.5}) == [(0, 0), (1, -1), (-1, 1)]
    assert by({"ax": 0.49}) == [(0, -1), (1, -1), (-1, 0), (-1, 1)]
    assert by({"ax": 0.6, "ay": 0.9}) == [(-1, 0), (0, 1), (1, -1)]
    assert by({"ax": 0.9, "bx": 0.6}) == [(0, 0), (1, -1), (-1, 1)]
    assert by({"ax": 0.5, "by": 0.5, "ay": 0.9}) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(("most", "pairs"), [(9, [(0, -1), (1, 0), (2, 1)]), (3, [(0, -1), (-1, 0), (1, 1), (2, -1)])])
def test_too_many_are_held_against_the_one_in_the_same_place(
    most: int, pairs: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "_MOST_PAIRS", most)
    assert list(align("abb", "bb", same)) == pairs
    assert list(align("", "bb", same)) == [(-1, 0), (-1, 1)]


def test_the_only_owner_of_each_form_is_the_other_s_and_several_are_known_by_cik() -> None:
    def owners(*ciks: str) -> list[ReportingOwner]:
        return [ReportingOwner(cik=Value(cik)) for cik in ciks]

    assert list(paired_owners(owners("1"), owners("2"))) == [(0, 0)]
    assert list(paired_owners(owners("1", "2"), owners("0002 "))) == [(0, -1), (1, 0)]
    assert list(paired_owners(owners("1"), owners("2", "3"))) == [(0, -1), (-1, 0), (-1, 1)]


def test_signatures_are_known_by_the_likeness_of_their_names() -> None:
    one = [Signature(name=Value(name)) for name in ("/s/ Jane Roe", "/s/ John Q. Public")]
    other = [Signature(name=Value(name)) for name in ("/s/ John Public", "Richard Poe")]
    assert list(paired_signatures(one, other)) == [(0, -1), (1, 0), (-1, 1)]


def test_footnotes_in_other_words_are_known_each_once() -> None:
    old = {"F1": "Sold under a plan adopted in May.", "F2": "Held by the trust.", "F3": "The price is an average."}
    new = {"F1": "Sold under a plan adopted in June.", "F2": "Held by the trust.", "F3": "Held by a spouse's estate."}
    assert reworded(old, new) == {old["F1"]: new["F1"]}
    assert reworded(old, old) == {}
    assert reworded({"F1": "a b c d"}, {"F1": "a b c e", "F2": "a b c d e"}) == {"a b c d": "a b c d e"}
    assert reworded({"F1": "a b c d", "F2": "a b c e"}, {"F1": "a b c f"}) == {"a b c d": "a b c f"}
    assert reworded({"F1": "a " * 10_001}, {"F1": "a " * 10_000 + "b"}) == {}


def test_a_cell_that_differs_takes_its_weight_from_the_likeness_of_two_lines() -> None:
    (row,) = composed(plan_text()).filing.table1
    others = {
        "security_title": replace(row, security_title=Field(Value("Preferred Stock"))),
        "transaction_date": replace(row, transaction_date=Field(Value("2026-11-19"))),
        "shares": replace(row, shares=Field(Value("1001"))),
        "price_per_share": replace(row, price_per_share=Field(Value("31.16"))),
        "shares_owned_following": replace(row, shares_owned_following=Field(Value("7"))),
        "acquired_disposed": replace(row, acquired_disposed=Field(Value("A"))),
        "direct_or_indirect": replace(row, direct_or_indirect=Field(Value("I"))),
        "nature_of_ownership": replace(row, nature_of_ownership=Field(Value("By Trust"))),
        "code": replace(row, code=Value("P")),
    }
    told = {name: likeness(row, other) for name, other in others.items()}
    assert likeness(row, row) == 1
    assert told == {
        "security_title": 15 / 18,
        "transaction_date": 15 / 18,
        "shares": 14 / 18,
        "price_per_share": 15 / 18,
        "shares_owned_following": 16 / 18,
        "acquired_disposed": 17 / 18,
        "direct_or_indirect": 17 / 18,
        "nature_of_ownership": 18 / 19,
        "code": 17 / 18,
    }
    assert likeness(replace(row, shares=Field(Value("1000.0"))), row) == 1
    assert likeness(replace(row, shares=Field(Value(" 1000 "))), row) == 1
    assert likeness(Row(table=Table.I, holding=True), Row(table=Table.I, holding=True)) == 1
    assert likeness(replace(row, holding=not row.holding), row) == 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1", "1.00", True),
        ("1", "2", False),
        ("2026-11-18", "2026-11-18-05:00", True),
        ("2026-11-18", "2026-11-19", False),
        (" a", "a ", True),
        ("a", "b", False),
        ("1", "a", False),
        ("", "0", False),
    ],
)
def test_values_say_the_same_by_what_they_are(one: str, other: str, expected: bool) -> None:
    assert says_the_same(Value(one), Field(Value(other))) is expected
    assert says_the_same(Value(other), Value(one)) is expected


def comparisons(one: str, other: str) -> int:
    """How many two lines are held against each other to align them."""
    made = 0

    def counted(mine: str, theirs: str) -> float:
        nonlocal made
        made += 1
        return same(mine, theirs)

    list(align(one, other, counted))
    return made


def test_what_is_alike_takes_as_many_comparisons_as_there_are_lines() -> None:
    lines = "abcdefgh" * 60
    changed = "".join("x" if at % 40 == 7 else line for at, line in enumerate(lines))
    fewer = "".join(line for at, line in enumerate(lines) if at % 80 != 7)
    assert comparisons(lines, lines) == len(lines)
    for other in (changed, fewer):
        assert comparisons(lines * 4, other * 4) < 25 * comparisons(lines, other)
    one_gone = lines[:200] + lines[201:]
    assert comparisons(lines, one_gone) < 6 * len(lines)
    assert comparisons(lines * 4, lines * 3 + one_gone) < 6 * len(lines) * 4


def test_what_is_not_alike_is_given_up() -> None:
    assert comparisons("a" * 5000, "b" * 5000) < 60_000


def test_footnotes_are_compared_word_by_word_only_where_they_may_be_the_likest(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    class Counted(SequenceMatcher[str]):
        def ratio(self) -> float:
            compared.append(self)
            return super().ratio()

    monkeypatch.setattr(alignment, "SequenceMatcher", Counted)
    words = "These shares were sold in several transactions at prices that ranged from"
    old = {f"F{n}": f"{words} {n}.01 to {n}.99 on day {n} of plan {n}." for n in range(1, 100)}
    new = {name: text.replace("several", "multiple") for name, text in old.items()}
    assert reworded(old, new) == {old[name]: new[name] for name in old}
    assert len(compared) < 3 * len(old)
    compared.clear()
    other = {f"F{n}": " ".join(f"word{n}x{m}" for m in range(20)) for n in range(1, 100)}
    assert reworded(old, other) == {}
    assert not compared


def test_of_more_texts_than_can_be_compared_the_likest_are_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    old = {"F1": "Held by the trust of a son.", "F2": "Sold under a plan of May."}
    new = {"F1": "Held by the trust of a daughter.", "F2": "Sold under a plan of June, as amended."}
    assert len(reworded(old, new)) == 2
    monkeypatch.setattr(alignment, "_MOST_COMPARED", 1)
    assert reworded(old, new) == {old["F1"]: new["F1"]}
