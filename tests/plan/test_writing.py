"""Plan data to YAML: it comes back as it was, and looks as a person would write it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text
from tests.conftest import ROOT
from tests.plans import written_file

EXAMPLES = sorted(ROOT.glob("examples/*/plan.yaml"))
SIGNS = [
    *"abc DE:#-?,[]{}&*!|>'\"%@`\\~=<.()/0159 \n\n\t  ",
    *(
        "\u00a0",
        "\u00e9",
        "\u2028",
        "\x85",
        "\x7f",
        "  ",
        ": ",
        " #",
        "---",
        "...",
        "null",
        "- ",
        "? ",
        "word " * 5,
        "\n",
        "\n\n",
        "x" + " word" * 25,
    ),
]


def test_the_style_of_a_plan() -> None:
    data: dict[str, Any] = {
        "form": "4",
        "issuer": {"cik": "0000001", "name": 'The "X" Company: One', "symbol": "NO"},
        "rule_10b5_1": None,
        "securities": {"common": "Common Stock", "unit": {"title": "Unit, restricted", "expires": {"note": "each"}}},
        "opening": [{"security": "common", "amount": "12500", "ownership": {"indirect": "By Trust, L.P."}}],
        "transactions": [
            {"date": "2026-11-18", "amount": "12500.50", "price": "0012", "notes": {"price": ["a", "b"]}},
            {"exercise": "unit", "table_2": {"price": "0.00"}},
        ],
        "footnotes": {
            "a": "word " * 30 + "end",
            "b": "one line\n\n  and another",
            "c": "ends with a blank ",
            "e": "first\n\n" + "word " * 24 + "end\nlast",
            "d": {"number": "3", "text": ""},
        },
    }
    comments = {
        ("form",): "short",
        ("transactions", 0): "behind an item",
        ("transactions", 1, "exercise"): "word " * 20 + "so long that it stands above",
        ("rule_10b5_1",): "fill in\n  as it: is",
    }
    text = plan_text(data, comments, "What it is.\n\nTwo lines.")
    assert (
        text
        == """\
# What it is.
#
# Two lines.

form: 4                            # short

issuer: {cik: 0000001, name: 'The "X" Company: One', symbol: NO}

# fill in
#   as it: is
rule_10b5_1:

securities:
  common: Common Stock
  unit:
    title: Unit, restricted
    expires: {note: each}

opening:
  - {security: common, amount: 12500, ownership: {indirect: "By Trust, L.P."}}

transactions:
  - {date: 2026-11-18, amount: 12500.50, price: 0012, notes: {price: [a, b]}} # behind an item
  # word word word word word word word word word word word word word word word word word word word word so long that
  # it stands above
  - exercise: unit
    table_2: {price: 0.00}

footnotes:
  a: >-
    word word word word word word word word word word word word word word word word word word word word word word word
    word word word word word word word end
  b: |
    one line

      and another
  c: "ends with a blank "
  e: >-
    first


    word word word word word word word word word word word word word word word word word word word word word word word
    word end

    last
  d:
    number: 3
    text: ""
"""
    )
    assert loads(text.replace("12,500.50", "12500.50")).data == data


def test_a_comment_stays_one_whatever_stands_in_it() -> None:
    evil = "a\x85form: 4/A\u2028b: c\x7f\rd: e\nf: g"
    text = plan_text({"form": "4", "issuer": {"cik": "1"}}, {("form",): evil, ("issuer",): evil}, evil)
    assert loads(text).data == {"form": "4", "issuer": {"cik": "1"}}
    assert text.count("# form: 4/A\n") == 3


def test_any_text_comes_back() -> None:
    rng = random.Random(4)

    def text(most: int) -> str:
        return "".join(rng.choice(SIGNS) for _ in range(rng.randrange(most)))

    for _ in range(3000):
        most = rng.choice([3, 8, 30, 300])
        data: dict[str, Any] = {
            "form": text(most),
            "part": {"key": text(most), "notes": {"x": text(8), "y": [text(5), text(5)]}},
            "list": [{"a": text(most), "b": text(5)}, text(most)],
            "opening": [{"a": text(most)}],
            "footnotes": {text(5) or "k": text(most)},
        }
        assert loads(plan_text(data)).data == data


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_a_plan_survives_being_written_and_read(example: Path) -> None:
    for written in written_file(example).values():
        assert read_plan(loads(plan_text(written.source.data))) == written.plan
