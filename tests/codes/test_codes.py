"""Every code that a finding can carry has one page, and every page a code."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import form4_author
from form4_author.cli.app import app
from form4_author.codes import Code, all_codes, find_code
from form4_author.findings import NOWHERE, Finding, Severity
from form4_author.preflight import RULES
from form4_author.report import sarif
from form4_author.report.file_report import FileReport
from tests import codes_page
from tests.conftest import ROOT

CODE = re.compile(r"[A-Z]{3}\d{3}")


def given() -> set[str]:
    """Every code that stands in the package as a text of its own: what its findings are made with."""
    package = ROOT / "form4_author"
    return {
        node.value
        for path in package.rglob("*.py")
        if path.parent != package / "codes"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    pages = [code.code for code in all_codes()] + [rule.code for rule in RULES]
    assert len(pages) == len(set(pages))
    assert set(pages) == given()


def test_the_codes_of_a_topic_stand_together_and_in_order() -> None:
    codes = [code.code for code in all_codes()]
    topics = list(dict.fromkeys(code[:3] for code in codes))
    assert codes == sorted(codes, key=lambda code: (topics.index(code[:3]), code))


@pytest.mark.parametrize("code", all_codes(), ids=lambda code: code.code)
def test_every_code_is_explained(code: Code) -> None:
    assert form4_author.explain(code.code.lower()) == f"{code.code}: {code.summary}\n\n{code.text}"
    assert code.text.startswith(f"*{code.severity.value}*.")
    assert code.summary[0].islower() or code.summary.startswith(("XML", "YAML"))
    assert not code.summary.endswith(".")
    assert code.page.endswith(".")


def test_a_misspelt_code_leads_to_the_nearest() -> None:
    wrong = CliRunner().invoke(app, ["explain", "PLN0001"])
    assert wrong.exit_code == 2
    assert "there is no code, event, footnote or layout PLN0001. Did you mean PLN001?" in wrong.output


def test_sarif_tells_what_the_codes_mean() -> None:
    finding = Finding("PLN018", Severity.WARNING, "the opening balance stands twice", NOWHERE)
    written = json.loads(sarif.write([FileReport("plan.yaml", True, False, (finding,), (), {})]))
    (described,) = written["runs"][0]["tool"]["driver"]["rules"]
    page = find_code("PLN018")
    assert page is not None
    assert described == {
        "id": "PLN018",
        "shortDescription": {"text": "an opening balance that stands twice"},
        "fullDescription": {"text": page.page},
        "defaultConfiguration": {"level": "warning"},
    }


def test_the_page_in_the_docs_is_fresh() -> None:
    written = Path(ROOT / "docs" / "codes.md").read_text("utf-8")
    assert written == codes_page.text(), "run: python -m tests.codes_page > docs/codes.md"


def test_a_check_does_not_load_the_pages() -> None:
    script = "import sys, form4_author.pipeline.examine; print('form4_author.codes' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_rules_code_is_none_of_these() -> None:
    assert find_code("pln001") is not None
    assert find_code("TXN003") is None
