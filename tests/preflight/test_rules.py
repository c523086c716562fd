"""Every rule against its own cases: what it finds, where, in which words; and what it leaves alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from form4_author.preflight import RULES, Rule, Scope
from form4_author.preflight.catalogue import FAMILIES, entry, page, version
from tests import rules_page
from tests.conftest import ROOT
from tests.preflight.test_suspense import CONDITIONS
from tests.rule_cases import CCC, FOLDER, OWNERS, judge, paths
from tests.rule_rates import RATES

Golden = Callable[[Path, bytes], None]


def name(path: Path) -> str:
    return f"{path.parent.name}-{path.suffix[1:]}"


@pytest.mark.parametrize("path", paths("bad"), ids=name)
def test_what_is_wrong_is_found_on_its_line_and_nothing_else(path: Path, golden: Golden) -> None:
    case = judge(path)
    assert case.code in {code for code, _, _ in case.expected}, "the case expects nothing of its own rule"
    assert case.found == case.expected
    golden(path.with_name(f"{path.stem}.{path.suffix[1:]}.txt"), case.printed.encode())


@pytest.mark.parametrize("path", paths("good"), ids=name)
def test_what_is_right_is_left_alone(path: Path) -> None:
    assert judge(path).printed == f"{path.name}: accepted\n"


@pytest.mark.parametrize("case", ["TXN003/bad.yaml", "OWN013/bad.yaml", "SUB008/bad.xml"])
def test_a_case_is_told_as_the_command_tells_it(case: str) -> None:
    path = FOLDER / case
    done = subprocess.run(
        [sys.executable, "-m", "form4_author", "check", path.name],
        cwd=path.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | {f"FORM4_CCC_{owner}": CCC for owner in OWNERS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (path.with_name(f"{path.name}.txt").read_text("utf-8"), "")


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    codes = {rule.code for rule in RULES}
    for kind in ("good", "bad"):
        assert {path.parent.name for path in paths(kind)} == codes
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == codes


def test_codes_are_unique_and_well_formed_and_stand_in_order_of_their_family() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes)) > 70
    assert all(re.fullmatch(r"[A-Z]{3}\d{3}", code) for code in codes)
    families = list(dict.fromkeys(code[:3] for code in codes))
    assert codes == sorted(codes, key=lambda code: (families.index(code[:3]), code))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_page_a_source_and_a_line_that_says_what_it_finds(rule: Rule) -> None:
    assert rule.source
    assert rule.summary
    assert not rule.summary.endswith(".")
    assert rule.page.split("\n")[0].endswith(".")
    assert rule.code[:3] in FAMILIES
    judged = rule.check is not None or rule.check_package is not None
    assert judged or rule.scope in {Scope.XML, Scope.PLAN, Scope.SUBMISSION, Scope.WAIVERS}


def test_the_documentation_is_fresh() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rules_page.text(), (
        "run: python -m tests.rules_page > docs/rules.md"
    )


def test_a_rule_without_a_recorded_rate_is_told_as_not_measured_yet() -> None:
    recorded = json.loads(RATES.read_text("utf-8"))
    spoke = recorded["rules"].pop("TXN014")
    silent = recorded["rules"].pop("OWN001")
    page = rules_page.page_of(recorded)
    assert spoke > 0 == silent
    for row in ("| TXN014 | warning | not measured yet |  |", "| OWN001 | error | not measured yet |  |"):
        assert f"\n{row}\n" in page
    assert page.count("not measured yet") == 2 + rules_page.text().count("not measured yet")


def test_what_the_documentation_says_of_the_conditions_is_counted() -> None:
    page = " ".join((ROOT / "docs" / "cannot-know.md").read_text("utf-8").split())
    only_preflight = sum(condition.only_preflight for condition in CONDITIONS)
    assert f"{len(CONDITIONS)} of them besides" in page
    assert f"{only_preflight} of the {len(CONDITIONS)} pass the SEC's schema" in page


def test_the_catalogue_s_version_changes_with_any_rule() -> None:
    known = version(RULES)
    assert re.fullmatch(r"[0-9a-f]{12}", known)
    assert version(RULES) == known
    assert version(RULES[1:]) != known
    assert version((replace(RULES[0], page=RULES[0].page + "!"), *RULES[1:])) != known


def test_a_rule_s_page_and_entry() -> None:
    rule = next(rule for rule in RULES if rule.code == "OWN006")
    assert entry(rule) == {
        "code": "OWN006",
        "severity": "error",
        "summary": "a non-US address without a country, or a US address without a state",
        "source": "Specification 3.3 cm(9), cm(10)",
        "judges": "every document",
        "since": "X0609, X0607 on Form 3",
        "forms": "3, 4, 5",
    }
    assert page(rule) == (
        "*error*. Judges every document (Forms 3, 4 and 5) since schema X0609, X0607 on Form 3. "
        "Source: Specification 3.3 cm(9), cm(10).\n\n"
        "An address outside the US must name the country, one in the US the state, both by EDGAR's code.\n\n"
        "Germany is 2M, while DE is Delaware.\n\n"
        "EDGAR refuses what this rule finds, or the tool can't go on: it can't be waived.\n"
    )
