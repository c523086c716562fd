"""docs/plan.md, docs/cookbook.md, README.md: each snippet composes to what stands beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.pipeline.examine import Judged, examine_forms
from form4_author.pipeline.options import CheckOptions
from form4_author.report.file_report import FileReport
from form4_author.report.text import as_text
from tests.compose.test_composition import line
from tests.conftest import ROOT
from tests.events_table import notes, table
from tests.plans import SOUND, composed, findings_of, plan_text

PAGE = (ROOT / "docs" / "plan.md").read_text()
COOKBOOK = (ROOT / "docs" / "cookbook.md").read_text()
SNIPPET = re.compile(r"```yaml\n(.*?)```\n(?:\n((?:\|[^\n]*\n)+))?", re.DOTALL)
SNIPPETS = list(SNIPPET.finditer(PAGE))
FILES = {snippet[1].split()[1]: snippet[1] for snippet in SNIPPET.finditer(COOKBOOK) if snippet[1].startswith("# ")}
RECIPES = [snippet for snippet in SNIPPET.finditer(COOKBOOK) if snippet[1] not in FILES.values()]
#: Recipes of several files, or of several forms.
WHOLE = re.compile(r"^(?:follows|amends|for_each):|fills: blocks.csv", re.MULTILINE)


def test_there_are_snippets_and_tables() -> None:
    assert len(SNIPPETS) >= 12
    assert sum(1 for snippet in SNIPPETS if snippet[2]) >= 5


def test_the_table_of_events_is_that_of_the_registry() -> None:
    assert f"\n\n{table()}\n" in PAGE, "python -m tests.events_table prints it"


def test_the_tables_of_footnotes_are_those_of_the_kinds() -> None:
    assert f"\n\n{notes()}\n" in PAGE, "python -m tests.events_table prints it"


def test_every_recipe_has_its_plan_and_its_lines() -> None:
    assert len(RECIPES) == COOKBOOK.count("\n## ") >= 20
    assert [recipe[1] for recipe in RECIPES if not (recipe[2] or "").startswith(("| table", "| form"))] == []


@pytest.mark.parametrize(
    "snippet",
    [*SNIPPETS, *(recipe for recipe in RECIPES if not WHOLE.search(recipe[1]))],
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
        assert [line(row) for row in composition.filing.rows] == lines_of(snippet)


def cells(snippet: re.Match[str]) -> list[list[str]]:
    """The table beside a snippet, without its head."""
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in snippet[2].splitlines()[2:]]


def lines_of(snippet: re.Match[str]) -> list[str]:
    return ["{} {} {} {} {} @{} ={}".format(*row) for row in cells(snippet)]


def with_the_rest(text: str) -> str:
    """A snippet with the parts that it leaves out: one that goes on from another says all that it must."""
    keys = set(yaml.safe_load(text))
    rest = {name: "" if name in keys else part for name, part in SOUND.items()}
    if "for_each" in keys:
        rest |= {"owners": "", "opening": ""}
    return text if keys & {"follows", "amends"} else "".join(rest.values()) + text


@pytest.mark.parametrize(
    "recipe",
    [recipe for recipe in RECIPES if WHOLE.search(recipe[1])],
    ids=lambda match: f"line-{match.string.count(chr(10), 0, match.start()) + 2}",
)
def test_a_recipe_of_several_files_or_forms_makes_what_it_says(
    recipe: re.Match[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (sheet,) = re.findall(r"```csv\n(.*?)```", COOKBOOK, re.DOTALL)
    days = [f"2026-11-{day:02},Sell,100,{price}\n" for day in range(2, 13) for price in (25, 28, 31)]
    files = {name: with_the_rest(text) for name, text in FILES.items()}
    files |= {"plan.yaml": with_the_rest(recipe[1]), "grants.csv": sheet}
    files["blocks.csv"] = "".join(["Trade Date,Side,Quantity,Price\n", *days])
    for cik, name in ((1999999101, "roe"), (1999999103, "poe")):
        files[f"_profiles/{name}.yaml"] = f"cik: {cik}\nname: Roe Jane\ndirector: yes\n"
    (tmp_path / "_profiles").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    forms = examine_forms(Input("plan.yaml", Path("plan.yaml")), CheckOptions(), Keyring())
    assert [finding.message for form in forms for finding in form.findings if finding.is_error] == []
    filings = [form.filing for form in forms if isinstance(form, Judged)]
    if recipe[2].startswith("| table"):
        assert [line(row) for filing in filings for row in filing.rows] == lines_of(recipe)
    else:
        owned = [[row.shares_owned_following.text for row in filing.rows] for filing in filings]
        told = [[str(at), str(len(one)), one[0], one[-1]] for at, one in enumerate(owned, 1)]
        assert told == cells(recipe)


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
