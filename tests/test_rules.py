"""Every rule against its own cases: what it finds, where, in which words; and what it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from form4_author.preflight import RULES, Scope
from tests.rule_cases import FOLDER, judge, paths

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
def test_every_rule_has_a_page_a_source_and_a_line_that_says_what_it_finds(rule: object) -> None:
    known = next(candidate for candidate in RULES if candidate is rule)
    assert known.source
    assert known.summary
    assert not known.summary.endswith(".")
    assert known.page.split("\n")[0].endswith((".", ":"))
    judged = known.check is not None or known.check_package is not None
    assert judged or known.scope in {Scope.XML, Scope.PLAN, Scope.SUBMISSION, Scope.WAIVERS}
