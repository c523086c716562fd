"""Where a sequence of children leaves the order that its type states."""

from __future__ import annotations

import itertools
import re

import pytest

from form4_author.xsd.structure import Kind, Problem, Slot, diagnose

A, B, C = Slot(("a",), 1, 1), Slot(("b",), 0, 1), Slot(("c", "d"), 1, 1)
MARKS = Slot(("m",), 0, 99)
CELL = [Slot(("value", "m"), 1, 1), Slot(("m",), 0, 98)]


@pytest.mark.parametrize(
    ("children", "slots", "problems"),
    [
        ("abc", [A, B, C], []),
        ("ad", [A, B, C], []),
        ("bc", [A, B, C], [Problem(Kind.MISSING, 0, 0)]),
        ("ab", [A, B, C], [Problem(Kind.MISSING, 2, 2)]),
        ("abxc", [A, B, C], [Problem(Kind.UNKNOWN, 2)]),
        ("abx", [A, B, C], [Problem(Kind.REPLACED, 2, 2)]),
        ("bac", [A, B, C], [Problem(Kind.MISPLACED, 1, 0)]),
        ("cab", [A, B, C], [Problem(Kind.MISPLACED, 0, 2)]),
        ("aabc", [A, B, C], [Problem(Kind.TOO_MANY, 1, 0, 2)]),
        ("aaabc", [A, B, C], [Problem(Kind.TOO_MANY, 1, 0, 3)]),
        ("abcd", [A, B, C], [Problem(Kind.EXCLUDED, 3, 2)]),
        ("bb", [A, B], [Problem(Kind.REPLACED, 0, 0)]),
        ("", [A, B, C], [Problem(Kind.MISSING, 0, 0), Problem(Kind.MISSING, 0, 2)]),
        ("xay", [A], [Problem(Kind.UNKNOWN, 0), Problem(Kind.UNKNOWN, 2)]),
        ("a" + "m" * 99, [A, MARKS], []),
        ("a" + "m" * 101, [A, MARKS], [Problem(Kind.TOO_MANY, 100, 1, 101)]),
        ("ma", [A, MARKS], [Problem(Kind.MISPLACED, 1, 0)]),
        ("x", [], [Problem(Kind.UNKNOWN, 0)]),
        ("", [], []),
    ],
)
def test_diagnosis(children: str, slots: list[Slot], problems: list[Problem]) -> None:
    assert diagnose(children, slots) == problems


@pytest.mark.parametrize(
    ("children", "problems"),
    [
        (["value"], []),
        (["m", "m"], []),
        (["value", "m"], []),
        ([], [Problem(Kind.MISSING, 0, 0)]),
        (["m", "value"], [Problem(Kind.MISPLACED, 1, 0)]),
        (["value", "value"], [Problem(Kind.TOO_MANY, 1, 0, 2)]),
        (["Value"], [Problem(Kind.REPLACED, 0, 0)]),
    ],
)
def test_diagnosis_of_a_cell(children: list[str], problems: list[Problem]) -> None:
    assert diagnose(children, CELL) == problems


def test_diagnosis_finds_fault_exactly_where_the_order_is_broken() -> None:
    """All short sequences against the order that a regular expression states."""
    order = re.compile(r"ab?[cd]m{0,2}")
    slots = [A, B, C, Slot(("m",), 0, 2)]
    tried = 0
    for length in range(6):
        for children in itertools.product("abcdmx", repeat=length):
            tried += 1
            fault = diagnose(children, slots)
            assert bool(fault) is not bool(order.fullmatch("".join(children))), children
            assert all(problem.child <= length for problem in fault)
    assert tried == sum(6**n for n in range(6))
