"""Titles that are no officer's, and natures that say nothing: OWN016, OWN017."""

from __future__ import annotations

from pathlib import Path

import pytest

import form4_author
from tests.plans import plan_text


def told(folder: Path, text: str, code: str) -> list[tuple[str, str]]:
    path = folder / "plan.yaml"
    path.write_text(text)
    return [(f.message, f.hint) for f in form4_author.check(path).findings if f.code == code]


@pytest.mark.parametrize(
    ("owner", "title", "hint"),
    [
        ("officer: 10% Owner", "10% Owner", "Tick 10% owner instead of officer, or give the officer's title."),
        (
            "ten_percent_owner: yes, officer: Ten percent holder",
            "Ten percent holder",
            "The 10% owner box is ticked already: untick officer, or give the officer's title.",
        ),
        ("officer: Board Member", "Board Member", "Tick director instead of officer, or give the officer's title."),
        (
            "director: yes, officer: Non-Employee Director",
            "Non-Employee Director",
            "The director box is ticked already: untick officer, or give the officer's title.",
        ),
    ],
)
def test_a_title_that_is_no_officer_s(owner: str, title: str, hint: str, tmp_path: Path) -> None:
    text = plan_text(owners=f"owners:\n  - {{cik: 1999999101, name: Roe Jane, {owner}}}\n")
    said = f'the reporting owner is an officer with the title "{title}", which is no officer\'s'
    assert told(tmp_path, text, "OWN016") == [(said, hint)]


@pytest.mark.parametrize("title", ["Executive Director", "Managing Director", "VP, 10% Notes", "Head of Ownership"])
def test_an_officer_s_title_is_left_alone(title: str, tmp_path: Path) -> None:
    text = plan_text(owners=f'owners:\n  - {{cik: 1999999101, name: Roe Jane, officer: "{title}"}}\n')
    assert told(tmp_path, text, "OWN016") == []


@pytest.mark.parametrize(
    ("nature", "nothing"),
    [
        *((nature, True) for nature in ("Direct", "D", "N/A", "n/a.", "none", "-", "By self", "Himself")),
        *((nature, False) for nature in ("By Trust", "Self-directed IRA", "By None Such LLC", "Direct Holdings LLC")),
    ],
)
def test_a_nature_that_says_nothing(nature: str, *, nothing: bool, tmp_path: Path) -> None:
    text = plan_text(
        opening=f'opening:\n  - {{security: common, amount: 12500, ownership: {{indirect: "{nature}"}}}}\n',
        transactions="transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 3, "
        f'ownership: {{indirect: "{nature}"}}}}\n',
    )
    said = f'Table I, line 1: ownership is indirect, but its nature is given as "{nature}"'
    assert [message for message, _ in told(tmp_path, text, "OWN017")] == ([said] if nothing else [])
