"""The plan that `new` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import form4_author
from form4_author.cli.app import app
from form4_author.plan.entries import EVENTS, EntryKind
from form4_author.starter import starter_text
from tests.plans import findings_of


def entry_of(text: str) -> list[str]:
    """The lines of a starter plan's entries."""
    return text.partition("transactions:\n")[2].partition("\n\n")[0].splitlines()


def test_an_event_begins_with_the_keys_of_its_example(tmp_path: Path) -> None:
    path = form4_author.new(tmp_path, event="Vest")
    assert entry_of(path.read_text())[:5] == [
        "  - date:                          # 11/16/2026",
        "    vest:                          # rsu",
        "    amount:                        # 1000",
        "    withhold:                      # {amount: 359, price: 31.44}",
        "    # deemed_execution_date:       # Deemed execution date, if any (column 2A or 3A)",
    ]


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.name)
def test_each_gap_of_an_event_is_told_once_and_at_once(kind: EntryKind) -> None:
    text = starter_text(event=kind)
    first = text[: text.index("transactions:")].count("\n") + 2
    blank = [first + at for at, line in enumerate(entry_of(text)) if not line.lstrip().startswith("# ")]
    places = [finding.origin.position for finding in findings_of(text)]
    assert [place.line for place in places if place and first <= place.line < first + len(entry_of(text))] == blank
    assert {finding.code for finding in findings_of(text)} == {"PLN001"}


def test_an_event_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'vst' is not one of 'vest', "):
        form4_author.new(tmp_path, event="vst")
    with pytest.raises(ValueError, match="Form 3 reports no transactions"):
        form4_author.new(tmp_path, form="3", event="vest")
    done = CliRunner().invoke(app, ["new", str(tmp_path), "--event", "vst"], prog_name="form4-author")
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
