"""A filing to its plan: whole plans as goldens, each back to its document; real and changed filings too."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import yaml

from form4_author import preflight, schema_store
from form4_author.conversion import ConvertedPlan, import_file
from form4_author.edgar import ownership_xml
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.xml_source import parse
from form4_author.files.inputs import Input
from form4_author.filing import DocumentKind
from form4_author.pipeline.examine import Judged, examine
from form4_author.pipeline.options import CheckOptions
from form4_author.plan.editor_schema import json_schema
from form4_author.xsd import validate
from tests.conftest import ROOT, shared_dir
from tests.imported import round_trip, round_trip_file
from tests.mutations import mutate
from tests.plans import findings_of
from tests.xml_compare import differences

CASES = sorted((ROOT / "tests" / "cases" / "import").glob("*.xml"))
WHOLE = [case for case in CASES if case.stem != "defects"]

#: What a third of the corpus is chosen by: every file with one of these features, and every tenth of all.
FEATURES = {
    *("adCodeFootnote", "codeE", "codeG", "codeI", "codeJ", "codeL", "codeW", "codeX", "dateFootnote", "dateOffset"),
    *("deemedExecutionDate", "derivHolding", "equitySwap", "footnoteOnlyUnderlyingShares", "footnotes20+"),
    *("foreignStateCode", "formTypeDiffers:5", "multilineFootnote", "multilineRemarks", "noRows", "noTransactions"),
    *("nonUSFlag:true", "owners10+", "signatures!=owners", "stateDescription", "timelinessE"),
    *("transactionTotalValue", "valueOwnedFollowingTransaction"),
}


def test_there_are_cases() -> None:
    assert len(WHOLE) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_document_becomes_the_plan_that_stands_beside_it(
    case: Path, golden: Callable[[Path, bytes], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case.parent)
    made = import_file(Input(case.name, Path(case.name)))
    assert isinstance(made, ConvertedPlan)
    golden(case.with_suffix(".yaml"), made.text.encode())


@pytest.mark.parametrize("case", WHOLE, ids=lambda path: path.stem)
def test_the_plan_builds_the_same_document(case: Path) -> None:
    assert round_trip_file(case).wrong == ()


def test_what_no_plan_can_say_is_told() -> None:
    case = next(case for case in CASES if case.stem == "defects")
    findings = import_file(Input("defects.xml", case)).findings
    assert [(one.code, one.severity, one.message) for one in findings] == [
        (
            "IMP001",
            "warning",
            'the plan must be mended: transactions[1].notes.amount: "F3" is not defined under footnotes',
        ),
        (
            "IMP001",
            "warning",
            'Table I, line 1, column 7, nature of indirect ownership: the document says "By hand", its plan ""',
        ),
        ("IMP001", "warning", 'Table I, line 2, column 4, amount, footnote: the document says "F3", its plan ""'),
    ]


def test_editors_find_nothing_wrong_with_an_imported_plan() -> None:
    class Loader(yaml.SafeLoader):
        """YAML as editors read it: dates are text."""

    Loader.yaml_implicit_resolvers = {
        sign: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    validator = jsonschema.Draft202012Validator(json.loads(json_schema()))
    for case in WHOLE:
        plan = yaml.load(case.with_suffix(".yaml").read_text(), Loader)
        assert [error.message for error in validator.iter_errors(plan)] == [], case.stem


def sampled() -> list[Path]:
    """A third of the corpus: what is rare in it, and every tenth file; all of Forms 3 and 5."""
    folder = shared_dir("corpus")
    lines = [line.split("\t") for line in (folder / "index.tsv").read_text().splitlines()]
    names = lines[0]
    listed = [dict(zip(names, line, strict=True)) for line in lines[1:]]
    chosen = [
        folder / entry["file"]
        for index, entry in enumerate(listed)
        if index % 10 == 0 or FEATURES & set(entry["features"].split()) or entry["version"] < "X0306"
    ]
    return [*chosen, *sorted(folder.glob("form3/*.xml")), *sorted(folder.glob("form5/*.xml"))]


@pytest.mark.shared
def test_real_filings_come_back_element_by_element() -> None:
    paths = sampled()
    assert len(paths) >= 400
    assert {str(path): wrong for path in paths if (wrong := round_trip_file(path).wrong)} == {}


@pytest.mark.shared
def test_real_filings_are_accepted_when_their_plans_are_built() -> None:
    """The whole road: rules and schema find no error in what the imported plan builds."""
    paths = sampled()[::12]
    assert len(paths) >= 30
    for path in paths:
        made = import_file(Input(str(path), path))
        assert isinstance(made, ConvertedPlan)
        assert made.findings == (), path
        built = examine(
            Input("plan.yaml", None, made.text.encode()), CheckOptions(document=DocumentKind.RECORD), Keyring()
        )
        assert isinstance(built, Judged)
        assert built.accepted(strict=False), (path, built.findings)
        original = parse(path.read_bytes(), str(path)).root
        assert list(differences(original, parse(built.document, "built.xml").root)) == []


def changed(seed: int, models: list[ET.Element]) -> bytes | None:
    """A model with some random changes; None where EDGAR would not take it any more."""
    rng = random.Random(seed)
    root = ET.fromstring(ET.tostring(rng.choice(models)))
    for _ in range(rng.randrange(1, 12)):
        mutate(root, rng)
    data = ET.tostring(root)
    document = parse(data, "changed.xml")
    filing = ownership_xml.read(document)
    if any(one.is_error for one in preflight.run(filing)):
        return None
    violations = validate(document, schema_store.schema_in_use(filing))
    return None if any(one.is_error for one in violations) else data


def test_changed_documents_come_back_too() -> None:
    models = [ET.parse(case).getroot() for case in WHOLE if case.stem != "as-submitted"]
    tried = [data for seed in range(300) if (data := changed(seed, models))]
    assert len(tried) >= 100
    wrong = {data.decode(): told for data in tried if (told := round_trip(parse(data, "changed.xml")).wrong)}
    assert wrong == {}


@pytest.mark.shared
def test_changed_real_filings_come_back_too() -> None:
    models = [ET.parse(path).getroot() for path in sampled()[::9]]
    tried = [data for seed in range(250) if (data := changed(seed, models))]
    assert len(tried) >= 100
    wrong = {data.decode(): told for data in tried if (told := round_trip(parse(data, "changed.xml")).wrong)}
    assert wrong == {}


@pytest.mark.parametrize("mark", ["<rptOwnerNonUSAddressFlag>true</rptOwnerNonUSAddressFlag>", "false", ""])
@pytest.mark.parametrize("state", ["", "<rptOwnerState>NY</rptOwnerState>"])
def test_the_united_states_as_a_country_comes_back(mark: str, state: str) -> None:
    text = (ROOT / "tests" / "cases" / "import" / "group.xml").read_text("ascii")
    old = "<rptOwnerNonUSAddressFlag>false</rptOwnerNonUSAddressFlag>\n            <rptOwnerState>NY</rptOwnerState>"
    assert text.count(old) == 1
    written = text.replace(old, (old.partition("\n")[0] if mark == "false" else mark) + state)
    assert round_trip(parse(written.encode(), "group.xml")).wrong == ()


def test_marks_in_another_order_than_that_of_their_numbers_are_kept() -> None:
    """The document alone decides then: its plan says the numbers, and comes back mark by mark."""
    text = (ROOT / "tests" / "cases" / "import" / "vesting.xml").read_text()
    marks = [line for line in text.splitlines(keepends=True) if "<footnoteId" in line]
    twice = next(line for line in marks if 'id="F2"' in line)
    changed = text.replace(twice, twice + next(line for line in marks if 'id="F1"' in line), 1)
    found = round_trip(parse(changed.encode(), "vesting.xml"))
    assert not found.wrong
    assert "number: 1" in found.plan


@pytest.mark.parametrize("word", ["FALSE", "current", "X12"])
def test_a_version_that_is_none_is_left_out_and_told(tmp_path: Path, word: str) -> None:
    xml = (CASES[0].parent / "sale.xml").read_text("utf-8")
    changed = re.sub(r"<schemaVersion>[^<]*<", f"<schemaVersion>{word}<", xml)
    assert changed != xml
    (tmp_path / "a.xml").write_text(changed)
    made = import_file(Input("a.xml", tmp_path / "a.xml"))
    assert isinstance(made, ConvertedPlan)
    text = made.text
    assert f'form: 4                            # the document names no schema version: "{word}"\n' in text
    assert "schema_version:" not in text
    assert [finding.code for finding in findings_of(text) if finding.is_error] == []
