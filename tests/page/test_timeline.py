"""The picture of trades on a time line: what is in it, and where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from form4_author.page.timeline import WIDTH, Mark, Timeline, timeline

AS_OF = date(2026, 6, 1)


def mark(day: str, days: int = 181, *, sold: bool = False, proposed: bool = False) -> Mark:
    first = date.fromisoformat(day)
    return Mark(first, first + timedelta(days), sold, proposed, "P 100 at $5.00")


def drawn(*marks: Mark, as_of: date = AS_OF) -> Timeline:
    picture = timeline(marks, as_of)
    assert picture is not None
    return picture


def test_a_bar_begins_with_the_trade_and_ends_with_its_window() -> None:
    picture = drawn(mark("2026-01-01"), mark("2026-03-02", sold=True))
    assert [bar.mark.day.isoformat() for bar in picture.bars] == ["2026-01-01", "2026-03-02"]
    first, second = picture.bars
    assert first.x == picture.left < second.x < picture.today < first.end < second.end <= WIDTH - 12
    assert second.middle - first.middle == 13
    assert (
        first.points
        == f"{first.x},{first.middle - 4} {first.x - 4},{first.middle + 4} {first.x + 4},{first.middle + 4}"
    )
    assert second.points.startswith(f"{second.x},{second.middle + 4} ")


def test_windows_are_open_from_the_trade_to_their_last_day() -> None:
    last = (AS_OF - date(2026, 1, 1)).days
    bars = drawn(mark("2026-01-01", last), mark("2026-01-01", last - 1), mark("2026-06-02"), mark("2026-06-01")).bars
    assert [(str(bar.mark.day), bar.open) for bar in bars] == [
        ("2026-01-01", False),
        ("2026-01-01", True),
        ("2026-06-01", True),
        ("2026-06-02", False),
    ]


def test_the_last_trades_are_shown() -> None:
    picture = drawn(*(mark(str(date(2025, 1, 1) + timedelta(number))) for number in range(30)))
    assert (len(picture.bars), picture.left_out) == (24, 6)
    assert picture.bars[0].mark.day == date(2025, 1, 7)
    assert picture.bars[-1].middle < picture.foot < picture.height


@pytest.mark.parametrize(
    ("first", "as_of", "labels"),
    [
        ("2026-03-15", "2026-04-01", ["Mar 2026", "Apr", "May", "Jun", "Jul", "Aug", "Sep"]),
        ("2026-11-15", "2026-12-01", ["Nov 2026", "Dec", "Jan 2027", "Feb", "Mar", "Apr", "May"]),
        ("2024-02-15", "2026-02-01", ["Apr", "Jul", "Oct", "Jan 2025", "Apr", "Jul", "Oct", "Jan 2026"]),
        ("2001-02-15", "2026-02-01", [f"Jan {year}" for year in range(2002, 2027, 2)]),
    ],
)
def test_the_months_stand_above(first: str, as_of: str, labels: list[str]) -> None:
    picture = drawn(mark(first), as_of=date.fromisoformat(as_of))
    assert [tick.label for tick in picture.ticks] == labels
    assert [tick.x for tick in picture.ticks] == sorted({tick.x for tick in picture.ticks})


def test_without_trades_there_is_no_picture() -> None:
    assert timeline([], AS_OF) is None
