"""The JSON Schema that editors help with: fresh, complete, and of one mind with the tool."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

import form4_author
from form4_author.events.event import event_of
from form4_author.findings import Rejected
from form4_author.plan.editor_schema import json_schema
from form4_author.plan.entries import all_kinds
from form4_author.plan.insiders import Insider
from form4_author.plan.note_kinds import NOTE_KINDS
from form4_author.plan.yaml_text import Key, Place, YamlFile, parse
from tests.conftest import ROOT
from tests.plans import plan_text, written_file


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json_schema())
    return loaded


class EditorLoader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class declares it
        key: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _key_as_written(loader: EditorLoader, node: yaml.MappingNode) -> Any:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


EditorLoader.add_constructor("tag:yaml.org,2002:map", _key_as_written)


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
    assert (ROOT / "examples" / "form4-plan.schema.json").read_text() == form4_author.plan_schema(), (
        "run: form4-author schema > examples/form4-plan.schema.json"
    )
    for path in ROOT.glob("examples/*/plan.yaml"):
        assert path.read_text().startswith("# yaml-language-server: $schema=../form4-plan.schema.json\n"), path


def test_every_event_has_an_example_that_it_takes() -> None:
    loaded = json.loads(form4_author.plan_schema())
    for kind in all_kinds():
        (example,) = loaded["$defs"][kind.model.__name__]["examples"]
        part = {"$ref": f"#/$defs/{kind.model.__name__}", "$defs": loaded["$defs"]}
        assert Draft202012Validator(part).is_valid(yaml.load(event_of(kind).example, EditorLoader)), kind.name
        assert example == yaml.load(event_of(kind).example, yaml.BaseLoader)


def test_editors_know_every_fact_of_a_footnote() -> None:
    facts = {fact for kind in NOTE_KINDS.values() if kind.written for fact in kind.facts}
    described = {
        fact: shape["description"]
        for fact, shape in schema()["$defs"]["FootnoteReference"]["else"]["properties"].items()
    }
    assert facts >= {"vested", "trustee", "beneficiaries", "disclaim"}
    assert described.keys() == facts
    assert all(described.values())


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


#: What the reader refuses and a schema can't: by the finding's code and words, and why.
BEYOND_A_SCHEMA = {
    r"PLN004 .* more than the four decimals": "a number that isn't quoted has no decimals to count, only a value",
    r"PLN005 .* is no day of the calendar": "which years are leap years",
    r"PLN010 ": "which names the plan defines elsewhere",
    r"PLN007 .* is not a form of ownership": "which holders the plan defines elsewhere",
    r"PLN01[12] ": "what goes together, and what follows from the rest",
    r"PLN001 .* is missing: it is neither given nor noted": "what a footnote may tell instead",
    r"PLN001 (amount|state|cik|name|symbol) is missing": "what another key or an included file may tell instead",
    r"PLN0(13|14|25) ": "which files there are",
    r"PLN02[02] ": "what a file can be called, and which columns a sheet has",
    r"PLN016 ": "EDGAR's lists of states and countries",
}
#: One change in so many is tried.
SHARE = 40
EVENT_NAMES = {kind.name for kind in all_kinds()}
SAID = (
    *('"1,898 shares"', '"-1,898"', "-5", '"1.23456"', "''", '"  "', "x", "yes", "2026-13-01", "2026-11-18"),
    *("11/18/2026", "1933-01-01", "{a: b}", "[x]", f'"{"A" * 37}"', f'"{"A" * 151}"', "S", "s", "direct", "none"),
    *("12", '"1,000"', "1e3", "true", "$4.80", "{indirect: By Trust}", "null", "X0508", "4/A", "1,000,000"),
)


PLAIN_PLAN = plan_text().replace("12,500", "12500").replace("1,000", "1000")


def change(text: str, place: Place, said: str) -> str:
    """The text with a value in place of another; without one, with its key misspelt."""
    if said:
        return text[: place.start] + said + text[place.end :]
    assert place.key is not None
    line, column = place.key
    at = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    return text[:at] + "x" + text[at:]


def changes() -> list[tuple[Path, Key, Place, str]]:
    """Single changes of every example: another value in place of each, each key misspelt; a share of them.

    Which ones is told by each alone, so that another example changes nothing for those that stand.
    """
    found: list[tuple[Path, Key, Place, str]] = []
    for path in sorted(ROOT.glob("examples/*/plan.yaml")):
        data, places = parse(YamlFile(str(path), path.read_text()))
        for key, place in places.items():
            of_event = key[:1] == ("for_each",) and key[2:3] and key[2] not in {*Insider.model_fields}
            of_event = of_event or at(data, key) == "each"  # which event's, the entries say; and there, each insider
            if key and isinstance(at(data, key), str) and not of_event:
                line = path.read_text()[: place.start].rpartition("\n")[2]
                braces = "{" in line  # where an editor takes the comma of 1,000,000 for the end of a value
                found += [(path, key, place, said) for said in SAID if not (braces and said == "1,000,000")]
                found += [(path, key, place, "")] if place.key else []
    return [one for one in found if crc32(f"{one[0].parent.name} {one[1]} {one[3]}".encode()) % SHARE == 0]


def at(data: Any, key: Key) -> Any:
    """What stands there; None for an include, which is followed."""
    for part in key:
        data = None if part == "include" or (key[-2:-1] == ("include",) and part == key[-1]) else data[part]
    return data


def test_the_schema_and_the_reader_refuse_the_same(tmp_path: Path) -> None:
    """Of single changes of the examples; and the schema's error tells of the key that was changed."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    validator, differ, elsewhere, refused = Draft202012Validator(schema()), [], [], 0
    for path, key, place, said in changes():
        text = change(path.read_text(), place, said)
        try:
            data = yaml.load(text, EditorLoader)
        except yaml.YAMLError:
            continue
        copy = tmp_path / "examples" / path.parent.name / "changed.yaml"
        copy.write_text(text)
        try:
            forms = [written.composed() for written in written_file(copy).values()]
            found = [finding for composed in forms for finding in composed.findings if finding.is_error]
        except Rejected as rejected:
            found = [finding for finding in rejected.findings if finding.is_error]
        told = [f"{finding.code} {finding.message}" for finding in found if finding.code.startswith(("PLN", "YML"))]
        if any(line.startswith("YML") for line in told):
            continue
        error = best_match(validator.iter_errors(data))
        expected = [line for line in told if not any(re.match(beyond, line) for beyond in BEYOND_A_SCHEMA)]
        case = f"{path.parent.name} {key} {said or 'misspelt'}"
        if error is not None and not told:
            differ.append(f"{case}: only the schema: {error.message}")
        elif error is None and expected:
            differ.append(f"{case}: only the reader: {expected[0]}")
        elif error is not None:
            refused += 1
            asks = key in {("form",), ("schema_version",)}  # it tells whether another key must or may stand there
            if not said and key[:1] == ("transactions",) and key[-1] in EVENT_NAMES:
                asks = True  # without its event's word an entry is a line, and lacks what a line has
            if not asks and key[-1] not in error.absolute_path and str(key[-1]) not in error.message:
                elsewhere.append(f"{case}: {list(error.absolute_path)}: {error.message}")
    assert "\n".join(differ) == ""
    assert "\n".join(elsewhere) == ""
    assert refused > 130


@pytest.mark.parametrize(
    ("part", "written", "place", "said"),
    [
        ("price: 31.15", 'price: "1,898 shares"', ["transactions", 0, "price"], "'1,898 shares' does not match"),
        ("amount: 1000", 'amount: "-1,898"', ["transactions", 0, "amount"], "'-1,898' does not match"),
        ("amount: 1000", "amount: -5", ["transactions", 0, "amount"], "-5 is less than the minimum of 0"),
        ("amount: 1000", "amount: 1.23456x", ["transactions", 0, "amount"], "'1.23456x' does not match"),
        ("amount: 1000", 'amount: "1.23456"', ["transactions", 0, "amount"], "'1.23456' does not match"),
        ("Chief Operating Officer", "A" * 37, ["owners", 0, "officer"], f"'{'A' * 37}' is too long"),
        ("Common Stock", "A" * 61, ["securities", "common"], f"'{'A' * 61}' is too long"),
        ("rule_10b5_1: no\n", "", [], "'rule_10b5_1' is a required property"),
        ("rule_10b5_1: no\n", "rule_10b5_1: no\nform: 4/A\n", [], "'original_filing_date' is a required property"),
        (
            "rule_10b5_1: no\n",
            "rule_10b5_1: no\noriginal_filing_date: 2026-11-19\n",
            ["original_filing_date"],
            "'2026-11-19' should not be valid",
        ),
        ("date: 2026-11-18, ", "", ["transactions", 0], "'date' is a required property"),
        ("date: 2026-11-18", "date: 2026-13-18", ["transactions", 0, "date"], "'2026-13-18' does not match"),
        ("code: S", "code: Q", ["transactions", 0, "code"], "'Q' "),
        ("code: S", "kode: S", ["transactions", 0], "'code' is a required property"),
        ("code: S, security: common", "gift: common, code: 7", ["transactions", 0, "code"], "7 is not valid"),
        ("code: S, security: common", "exercise: common, frob: 7", ["transactions", 0], "'frob' does not match"),
        (
            "price: 31.15",
            "price: 31.15, ownership: {nature: By Trust}",
            ["transactions", 0, "ownership"],
            "'indirect' is a required property",
        ),
        ("price: 31.15", "price: {HK: 3}", ["transactions", 0, "price"], "'HK' does not match"),
        ("price: 31.15", "price:", ["transactions", 0, "price"], "None is not of type"),
        ("cik: 1999999101", "cik: 12345678901", ["owners", 0, "cik"], "12345678901 is greater than the maximum"),
    ],
)
def test_an_error_stands_at_its_key(part: str, written: str, place: list[str | int], said: str) -> None:
    assert part in PLAIN_PLAN
    text = PLAIN_PLAN.replace(part, written, 1)
    assert not Draft202012Validator(schema()).is_valid(yaml.load(text, EditorLoader))
    error = best_match(Draft202012Validator(schema()).iter_errors(yaml.load(text, EditorLoader)))
    assert error is not None
    assert list(error.absolute_path) == place
    assert said in error.message


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("amount: 1000", "amount: 1,000"),
        ("price: 31.15", "price: 1,234,567.89"),
        ("amount: 1000", 'amount: "$ 1,000.5000"'),
        ("amount: 1000", "amount: .25"),
        ("date: 2026-11-18", "date: 11/18/2026"),
        ("date: 2026-11-18", 'date: "2026-11-18-05:00"'),
        ("code: S", "code: s"),
        ("rule_10b5_1: no", "rule_10b5_1: OFF"),
        ("rule_10b5_1: no", "rule_10b5_1: 0"),
        ("rule_10b5_1: no", "rule_10b5_1: false"),
        ("rule_10b5_1: no\n", "schema_version: x0306\n"),
        ("rule_10b5_1: no\n", "include: all.yaml\n"),
        ("rule_10b5_1: no\n", "rule_10b5_1: no\nform: 4/a\noriginal_filing_date: 2026-11-19\n"),
        ("rule_10b5_1: no\n", "rule_10b5_1: no\nform: 4\n"),
        ("price: 31.15", "price: 31.15, early: no, notes: {price: 1, code: [1, b]}"),
        ("price: 31.15", "price: None, balance: 11500"),
        ("price: 31.15", "price: {HKD: 22.20, rate: 7.80}"),
        ("common: Common Stock", "common: {title: 7}"),
    ],
)
def test_what_the_reader_takes_the_schema_takes(part: str, written: str) -> None:
    assert part in PLAIN_PLAN
    data = yaml.load(PLAIN_PLAN.replace(part, written, 1), EditorLoader)
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(data)] == []


def test_what_each_of_several_insiders_tells_the_plan_need_not() -> None:
    text = """issuer: {cik: 1, name: X, symbol: Y}
rule_10b5_1: no
securities: {common: Common Stock, rsu: {title: RSU, underlying: common, exercise_price: {note: n}}}
for_each:
  - {name: roe, owner: jane, opening: {common: 18250}, exercise: {rsu: 1200}, withheld: {amount: 4, price: 3}}
  - {name: poe, owner: poe, exercise: {rsu: 4000}, signatures: [{name: /s/ Poe, date: 2026-11-18}]}
transactions:
  - {date: 2026-11-16, exercise: each, price: 0}
  - {date: 2026-11-17, code: S, security: each, price: 31.15}
"""
    validator = Draft202012Validator(schema())
    assert [error.message for error in validator.iter_errors(yaml.load(text, EditorLoader))] == []
    (error,) = validator.iter_errors(yaml.load(text.replace("exercise: each, price: 0", "transfer: rsu"), EditorLoader))
    assert (list(error.absolute_path), error.message) == (["transactions", 0], "'to' is a required property")


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
