"""docs/plan.md: every snippet of it composes, and every table beside one says what it composes to."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.conftest import ROOT
from tests.plans import SOUND, composed
from tests.test_compose import line

PAGE = (ROOT / "docs" / "plan.md").read_text()
SNIPPETS = list(re.finditer(r"```yaml\n(.*?)```\n(?:\n((?:\|[^\n]*\n)+))?", PAGE, re.DOTALL))


def test_there_are_snippets_and_tables() -> None:
    assert len(SNIPPETS) >= 12
    assert sum(1 for snippet in SNIPPETS if snippet[2]) >= 5


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda match: f"line-{PAGE.count(chr(10), 0, match.start()) + 2}")
def test_a_snippet_composes_to_its_table(snippet: re.Match[str]) -> None:
    parts = set(yaml.safe_load(snippet[1]))
    rest = {name: "" if name in parts else text for name, text in SOUND.items()}
    composition = composed("".join(rest.values()) + snippet[1])
    assert composition.findings == ()
    if snippet[2] and snippet[2].startswith("| table"):
        rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in snippet[2].splitlines()[2:]]
        expected = ["{} {} {} {} {} @{} ={}".format(*row) for row in rows]
        assert [line(row) for row in composition.filing.rows] == expected
