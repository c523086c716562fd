"""No word of a plan is lost: what is typed changes the filing at its place, or the plan is refused."""

from __future__ import annotations

from collections import Counter

from tests.words import STRIDE, tried


def test_a_change_shows_at_its_own_field_or_is_refused() -> None:
    came: Counter[bool] = Counter()
    wrong = []
    for path, change, now, lost in tried(STRIDE):
        came[now is None] += 1
        if lost:
            wrong.append(f"{path.parent.name}, {'.'.join(map(str, change.key))}: {change.what}: {lost}")
    assert wrong == []
    assert came[True] > 3000, "most such changes are refused"
    assert came[False] > 500, "and some are understood"
