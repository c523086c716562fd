"""docs/plan.md, docs/cookbook.md, README.md: each snippet composes to what stands beside it."""

from __future__ import annotations

import re

import pytest
import yaml

from form4_author.report.file_report import FileReport
from form4_author.report.text import as_text
from tests.compose.test_composition import line
from tests.conftest import ROOT
from tests.events_table import notes, table
from tests.plans import SOUND, composed, findings_of, plan_text

PAGE = (ROOT / "docs" / "plan.md").read_text()
COOKBOOK = (ROOT / "docs" / "cookbook.md").read_text()
SNIPPET = re.compile(r"```yaml\n(.*?)```\n(?:\n((?:\|[^\n]*\n)+))?", re.DOTALL)
SNIPPETS, RECIPES = list(SNIPPET.finditer(PAGE)), list(SNIPPET.finditer(COOKBOOK))


def test_there_are_snippets_and_tables() -> None:
    assert len(SNIPPETS) >= 12
    assert sum(1 for snippet in SNIPPETS if snippet[2]) >= 5


def test_the_table_of_events_is_that_of_the_registry() -> None:
    assert f"\n\n{table()}\n" in PAGE, "python -m tests.events_table prints it"


def test_the_tables_of_footnotes_are_those_of_the_kinds() -> None:
    assert f"\n\n{notes()}\n" in PAGE, "python -m tests.events_table prints it"


def test_every_recipe_has_its_plan_and_its_lines() -> None:
    assert len(RECIPES) == COOKBOOK.count("\n## ") >= 20
    assert [recipe[1] for recipe in RECIPES if not (recipe[2] or "").startswith("| table")] == []


@pytest.mark.parametrize(
    "snippet",
    [*SNIPPETS, *RECIPES],
    ids=lambda match: f"line-{match.string.count(chr(10), 0, match.start()) + 2}",
)
def test_a_snippet_composes_to_its_table(snippet: re.Match[str]) -> None:
    parts = set(yaml.safe_load(snippet[1]))
    parts |= {"signatures"} if "signed" in parts else set()
    parts |= {"transactions", "opening", "rule_10b5_1"} if "event_date" in parts else set()  # of a Form 3
    rest = {name: "" if name in parts else text for name, text in SOUND.items()}
    composition = composed("".join(rest.values()) + snippet[1])
    assert composition.findings == ()
    if snippet[2] and snippet[2].startswith("| table"):
        rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in snippet[2].splitlines()[2:]]
        expected = ["{} {} {} {} {} @{} ={}".format(*row) for row in rows]
        assert [line(row) for row in composition.filing.rows] == expected


def test_the_readmes_plan_composes() -> None:
    page = (ROOT / "README.md").read_text()
    (snippet,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    composition = composed(snippet)
    assert composition.findings == ()
    assert [line(row) for row in composition.filing.rows] == [
        "I Common Stock M A 10000 @4.80 =10000",
        "I Common Stock S D 10000 @22.5307 =0",
        "II Stock Option (right to buy) M D 10000 @0 =92394",
    ]


def test_the_readmes_finding_is_what_the_tool_prints() -> None:
    row = "  - {date: 11/31/2026, code: S, security: common, amount: 1000, price: 31.15}\n"
    text = plan_text(transactions="#\n" * 13 + "transactions:\n" + row)
    report = FileReport("plan.yaml", accepted=False, findings=tuple(findings_of(text)), texts={"plan.yaml": text})
    shown = as_text(report).removesuffix("plan.yaml: refused (1 error)\n")
    assert shown in (ROOT / "README.md").read_text()
