"""The shape of a plan: every mistake of it in one run, each at its place with a way out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from form4_author.plan.reader import json_schema
from tests.conftest import ROOT
from tests.plans import findings_of, plan_text, told

MISTAKEN = """\
form: 4
issuer: {cik: 1107843, name: "QUALYS, INC.", symbl: QLYS}
owners:
  - cik: 99999999999
    name: Albert Peter
    officer: Vice President of Something Long
securities:
  common: Common Stock
  option:
    titel: Stock Option (right to buy)
    exercise_price: 4.80
    exercisable: {note: early-exercise}
    expires: 2021-04-31
    underlying: common
opening:
  - {security: common, amount: 0}
transactions:
  - {date: 2013-11-22, exercise: option, amount: -10,000}
  - {date: 2013-11-22, code: Q, security: common, amount: 10,000, price: 22.5307, shares: 4}
  - {exercise: option}
footnotes:
  weighted: {weighted_average: {low: 22.50}}
  numbered: {text: x, number: F1}
signatures:
  - {name: /s/ X, date: 2013-11-22}
  -
remarks: [a]
holdings: {a: 1}
rule_10b5_1: maybe
frobnicate: 1
"""


def test_a_year_that_can_t_be_meant_is_refused_at_each_date_of_a_plan() -> None:
    text = plan_text(
        rule_10b5_1="rule_10b5_1: no\nform: 4/A\noriginal_filing_date: 11/20/0022\nperiod_of_report: 0022-11-18\n",
        securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common, "
        "exercise_price: 4,\n    exercisable: 1029-11-16,\n    expires: {date: 2636-11-16}}\n",
        transactions="transactions:\n  - {date: 2926-11-18, deemed_execution_date: 0001-01-01, code: S, "
        "security: common, amount: 1, price: 31}\n",
        signatures="signatures:\n  - {name: /s/ Jane Roe, date: 1026-11-20}\n",
    )
    said = '"{}" can\'t be meant: the year {} {}'
    past, ahead = "lies before the Exchange Act of 1934", "is too far ahead"
    assert told(text) == [
        "6:23 PLN005 " + said.format("11/20/0022", "0022", past),
        "7:19 PLN005 " + said.format("0022-11-18", "0022", past),
        "11:18 PLN005 " + said.format("1029-11-16", "1029", past),
        "12:21 PLN005 " + said.format("2636-11-16", "2636", ahead),
        "16:12 PLN005 " + said.format("2926-11-18", "2926", ahead),
        "16:47 PLN005 " + said.format("0001-01-01", "0001", past),
        "18:32 PLN005 " + said.format("1026-11-20", "1026", past),
    ]


def test_every_mistake_of_shape_is_told_in_one_run() -> None:
    hints = [finding.hint for finding in findings_of(MISTAKEN)]
    assert [" | ".join(said) for said in zip(told(MISTAKEN), hints, strict=True)] == [
        '2:46 PLN002 unknown key "symbl" | Did you mean symbol?',
        '4:10 PLN015 "99999999999" is not a CIK | A CIK is EDGAR\'s number of a filer: one to ten digits.',
        "6:14 PLN008 the title has 32 characters; EDGAR takes 30 | Shorten it by 2.",
        '10:5 PLN002 unknown key "titel" | Did you mean title?',
        '13:14 PLN005 "2021-04-31" is no day of the calendar | Year, month, day: 2013-11-22 is November 22.',
        '18:50 PLN004 "-10,000" is negative | Amounts are positive; acquired_or_disposed (A or D) tells the direction.',
        f'19:30 PLN007 "Q" is not a transaction code | Write one of {", ".join("ACDEFGHIJLMOPSUWXZ")}.',
        '19:83 PLN002 unknown key "shares" | Did you mean amount?',
        "20:5 PLN001 date is missing in transactions 3 | Transaction date.",
        "20:5 PLN001 amount is missing in transactions 3 | Number of derivative securities exercised.",
        "22:14 PLN001 high is missing in weighted_average | Highest price, in dollars.",
        '23:31 PLN007 "F1" is not a footnote number | Write 1 to 99, or leave it out.',
        "26:4 PLN003 a mapping of keys must stand here: `key: value` | ",
        "27:10 PLN003 the remarks must stand here, not a list | ",
        (
            "28:11 PLN003 a list must stand here: lines that begin with - | "
            "Lines without a transaction, after the transactions of their table."
        ),
        '29:14 PLN006 "maybe" is neither yes nor no | Write yes or no.',
        (
            '30:1 PLN002 unknown key "frobnicate" | Known here: exhibits, exit_box, footnotes, form, holdings, '
            "include, issuer, opening, original_filing_date, owners, period_of_report, remarks, rule_10b5_1, "
            "schema_version, securities, signatures, submission, transactions, waivers."
        ),
    ]


def test_missing_parts_are_told_where_they_belong() -> None:
    assert told("form: 4\n") == [
        "1:1 PLN001 issuer is missing",
        "1:1 PLN001 owners is missing",
        "1:1 PLN001 signatures is missing",
    ]
    assert told(plan_text(signatures="signatures: []\n", owners="owners:\n")) == [
        "2:1 PLN001 owners is missing",
        "10:13 PLN003 at least one entry must stand here",
    ]


@pytest.mark.parametrize("key", ["ccc", "CCC", "owner_ccc", "rptOwnerCcc", "owner-ccc"])
def test_a_ccc_in_a_plan_is_refused_and_not_repeated(key: str) -> None:
    text = plan_text(owners=f"owners:\n  - {{cik: 1, name: X, director: yes, {key}: ab@c1234}}\n")
    (finding,) = findings_of(text)
    assert (finding.code, finding.origin.path) == ("PLN009", f"owners[0].{key}")
    assert finding.message.startswith("a CCC never stands in a plan")
    assert "FORM4_CCC_<CIK>" in finding.hint
    assert "ab@c1234" not in repr(finding)


def test_a_plan_that_is_right_has_no_findings() -> None:
    assert told(plan_text()) == []


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json_schema())
    return loaded


class EditorLoader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class declares it
        key: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def as_an_editor_reads_it(path: Path) -> Any:
    """YAML 1.2 as editors type it: numbers and true/false are not text; dates are."""
    return yaml.load(path.read_text(), EditorLoader)


def test_the_json_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*/plan.yaml")), ids=lambda path: path.parent.name)
def test_editors_accept_the_examples(path: Path) -> None:
    problems = [
        f"{list(problem.absolute_path)}: {problem.message}"
        for problem in Draft202012Validator(schema()).iter_errors(as_an_editor_reads_it(path))
    ]
    assert problems == []


def test_the_examples_name_a_schema_that_is_fresh() -> None:
    assert (ROOT / "examples" / "form4-plan.schema.json").read_text() == json_schema(), (
        "run: form4-author schema > examples/form4-plan.schema.json"
    )
    for path in ROOT.glob("examples/*/plan.yaml"):
        assert path.read_text().startswith("# yaml-language-server: $schema=../form4-plan.schema.json\n"), path


def test_editors_refuse_what_the_tool_refuses() -> None:
    validator = Draft202012Validator(schema())
    for text in (
        "issuer: {cik: 1, name: X, symbl: Y}",
        "owners: {cik: 1}",
        "transactions: [{date: x, exercise: y}]",
        "form: 5",
        "frobnicate: 1",
    ):
        assert not validator.is_valid(yaml.safe_load(text)), text


def test_every_key_has_its_help_text() -> None:
    def without_description(node: Any, path: str) -> list[str]:
        missing = []
        for name, part in node.get("properties", {}).items():
            if not part.get("description"):
                missing.append(f"{path}.{name}")
        return missing

    loaded = schema()
    missing = without_description(loaded, "plan")
    for name, part in loaded["$defs"].items():
        missing += without_description(part, name)
    assert missing == []
