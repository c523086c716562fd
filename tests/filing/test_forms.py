"""A form is a value: the registry, Form 4 in it, and a form made up here that the whole house then knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from form4_author import preflight
from form4_author.compose.envelope import compose_submission
from form4_author.compose.pen import Pen
from form4_author.days.deadlines import calendar_text, due
from form4_author.decompose.decomposition import decompose
from form4_author.decompose.next.amend import amend
from form4_author.decompose.next.roll import roll
from form4_author.edgar import ownership_xml, xml_source
from form4_author.edgar.unwrap import unwrap
from form4_author.filing import FORM_4, DocumentKind, Feature, Filing, FormType, Medium, Table, Value, form_of
from form4_author.filing import columns as columns_module
from form4_author.filing import forms as forms_module
from form4_author.filing.columns import COLUMNS, in_column, of_table, reading_order
from form4_author.filing.difference import differences
from form4_author.filing.forms import FORMS, Captions, Limits, LineKind, Standing, Term, called
from form4_author.findings import Rejected, Severity
from form4_author.page import drawing
from form4_author.plan.editor_schema import json_schema
from form4_author.plan.reader import read_plan
from form4_author.plan.schema import described_schema
from form4_author.plan.source import loads
from form4_author.preflight.catalogue import entry, page
from form4_author.preflight.engine import Problem, rule
from form4_author.preflight.form import Form
from form4_author.preflight.limits import too_many
from form4_author.sec_codes import FORM_NAMES, FormName, document_types, form_names
from form4_author.sec_codes.versions import SchemaVersion
from form4_author.xsd.words import INSTEAD, STRANGERS, on
from tests.plans import composed, plan_text, told

FORM_9 = FormType(
    name=FormName("9", "a statement that nobody files", supported=True),
    captions=Captions(
        title="STATEMENT THAT NOBODY FILES",
        tables=MappingProxyType({Table.I: "What Nobody Reports", Table.II: "Nor This"}),
        period="Date of Event",
        boxes=MappingProxyType({"issuer": "2", "period": "3", "original": "4", "relationship": "5", "filing": "6"}),
        joint=("Alone or Not", "Alone", "Not Alone"),
        owned=MappingProxyType({Table.I: "Afterwards", Table.II: ""}),
        joint_instruction="9(j)",
        amendments="Instruction 9(k)",
        omb_number="0000-0009",
        burden="9.9",
    ),
    template="form4.html.j2",
    tables=MappingProxyType({Table.I: frozenset({LineKind.TRANSACTION})}),
    features=MappingProxyType({Feature.ABROAD: ""}),
    versions=MappingProxyType({"X0901": SchemaVersion("X0901", None, None, "the first")}),
    numbering="9",
    period_key="period_of_report",
    line_types=MappingProxyType({"9": Standing.OWN}),
    holding_types=MappingProxyType({}),
    column_v=True,
    two_decimals=True,
    term=Term(3, "the third business day after"),
    limits=Limits(rows=1, owners=10, footnotes=99, signatures=10),
    followed_by="4",
)
#: Amounts come before prices, and the date last.
NUMBERS_OF_9 = {
    "security_title": "1",
    "shares": "2",
    "price_per_share": "3",
    "coding": "4",
    "acquired_disposed": "4",
    "transaction_date": "5",
    "shares_owned_following": "6A",
}
LINES = """\
transactions:
  - {date: 2026-11-18, code: S, security: common, amount: 1000, price: 31.15, notes: {date: day, price: average}}
  - {date: 2026-11-19, code: S, security: common, amount: 500, price: 31}
footnotes:
  day: The day on which it was heard of.
  average: The price is an average.
"""


@rule("DOC900", Severity.WARNING, "what only Form 9 asks", source="Form 9", forms=("9",), since=Feature.ABROAD)
def only_on_form_9(form: Form) -> list[Problem]:
    """A rule of one form alone."""
    return [Problem("this is judged", form.filing.document_type.origin)]


@pytest.fixture
def form_9(monkeypatch: pytest.MonkeyPatch) -> Iterator[FormType]:
    """Form 9 and its rule, known for the time of a test."""
    numbered = tuple(
        replace(column, numbers={**column.numbers, "9": (NUMBERS_OF_9.get(column.attribute, ""), "")})
        for column in COLUMNS
    )
    monkeypatch.setattr(form_names, "FORM_NAMES", {**FORM_NAMES, "9": FORM_9.name})
    monkeypatch.setattr(forms_module, "FORMS", (*FORMS, FORM_9))
    monkeypatch.setattr(columns_module, "COLUMNS", numbered)
    monkeypatch.setattr(columns_module, "BY_ATTRIBUTE", {column.attribute: column for column in numbered})
    monkeypatch.setattr(preflight, "RULES", (*preflight.RULES, only_on_form_9))
    reading_order.cache_clear()
    described_schema.cache_clear()
    yield FORM_9
    described_schema.cache_clear()


def of_form_9(lines: str = LINES, form: str = "9", **parts: str) -> str:
    return plan_text(transactions=lines, form=f"form: {form}\n", rule_10b5_1="", **parts)


def filed(text: str) -> Filing:
    composition = composed(text)
    assert composition.complete, composition.findings
    return composition.filing


def document(filing: Filing, kind: DocumentKind = DocumentKind.RECORD) -> xml_source.XmlDocument:
    return xml_source.parse(ownership_xml.write(filing, kind=kind, cccs={}), "form.xml")


# --- the registry, and Form 4 in it -----------------------------------------------------------------------------------


def test_what_is_supported_by_name_has_its_form_and_the_other_way_round() -> None:
    assert [form.name for form in FORMS] == [name for name in FORM_NAMES.values() if name.supported]


def test_the_document_types_of_section_16_stand_once() -> None:
    assert document_types() == ("3", "3/A", "4", "4/A", "5", "5/A")
    assert document_types(supported=True) == document_types()


@pytest.mark.parametrize(
    ("stated", "amendment", "name"),
    [
        ("4", False, "Form 4"),
        (" 4/A ", True, "Form 4/A"),
        ("4/a", False, "Form 4/a"),
        ("", False, "Form 4"),
        ("10-K", False, "Form 10-K"),
    ],
)
def test_what_states_no_other_form_is_taken_for_a_form_4(stated: str, amendment: bool, name: str) -> None:
    filing = Filing(version="X0609", kind=DocumentKind.RECORD, medium=Medium.XML, document_type=Value(stated))
    assert (form_of(filing), filing.is_amendment, called(filing)) == (FORM_4, amendment, name)


@pytest.mark.parametrize(
    ("version", "features"),
    [
        ("X0306", {Feature.EXIT_BOX}),
        ("X0407", {Feature.EXIT_BOX, Feature.PLAN_BOX}),
        ("X0508", {Feature.EXIT_BOX, Feature.PLAN_BOX, Feature.PLAN_BOX_ON_TOP}),
        ("X0609", {Feature.EXIT_BOX, Feature.PLAN_BOX, Feature.PLAN_BOX_ON_TOP, Feature.ABROAD}),
    ],
)
def test_what_form_4_has_by_its_schema_version(version: str, features: set[Feature]) -> None:
    assert {feature for feature in Feature if FORM_4.has(feature, version)} == features


def test_form_4_has_all_cells_numbered_and_takes_both_kinds_of_lines() -> None:
    assert [column.attribute for column in of_table(Table.II, FORM_4.numbering)] == list(
        reading_order(FORM_4.numbering)
    )
    assert {table: set(kinds) for table, kinds in FORM_4.tables.items()} == {table: set(LineKind) for table in Table}
    assert (FORM_4.in_force, FORM_4.file_name, FORM_4.line_type(Standing.EARLY)) == ("X0609", "form4.xml", "5")


def test_every_rule_judges_a_form_that_there_is() -> None:
    assert {number for judged in preflight.RULES for number in judged.forms} <= {form.number for form in FORMS}


# --- a form made up ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("form_9")
def test_a_plan_names_the_new_form() -> None:
    filing = filed(of_form_9())
    assert (filing.document_type.text, filing.version, form_of(filing)) == ("9", "X0901", FORM_9)
    assert [row.form_type.text for row in filing.rows] == ["9", "9"]
    assert json.loads(json_schema())["properties"]["form"]["anyOf"][0]["enum"] == [
        "3",
        "3/A",
        "4",
        "4/A",
        "5",
        "5/A",
        "9",
        "9/A",
        3,
        4,
        5,
        9,
    ]
    with pytest.raises(Rejected) as refused:
        read_plan(loads(of_form_9(form="8")))
    assert [(f.code, f.message, f.hint) for f in refused.value.findings] == [
        ("PLN007", '"8" is not a form', "Write one of 3, 3/A, 4, 4/A, 5, 5/A, 9, 9/A.")
    ]


def test_without_it_the_form_is_unknown() -> None:
    with pytest.raises(Rejected) as refused:
        read_plan(loads(of_form_9()))
    assert [(f.code, f.message, f.hint) for f in refused.value.findings] == [
        ("PLN007", '"9" is not a form', "Write one of 3, 3/A, 4, 4/A, 5, 5/A.")
    ]


@pytest.mark.usefixtures("form_9")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (of_form_9(exit_box="exit_box: no\n"), ["PLN011 Form 9 has no exit box"]),
        (
            of_form_9().replace("form: 9\n", "form: 9\nrule_10b5_1: no\n"),
            ["PLN017 Form 9 has no Rule 10b5-1 box"],
        ),
        (
            of_form_9(
                holdings="holdings:\n  - {security: common}\n  - {security: common, ownership: {indirect: By trust}}\n",
                opening="opening:\n  - {security: common, amount: 12,500}\n"
                "  - {security: common, ownership: {indirect: By trust}, amount: 5}\n",
            ),
            ["PLN011 Form 9 has no holdings in Table I"],
        ),
        (
            of_form_9(
                "transactions:\n  - {date: 2026-11-18, code: A, security: option, amount: 5, price: 0}\n",
                securities="securities:\n  option: {title: Option, underlying: {title: Common Stock},\n"
                "    exercise_price: 3, exercisable: 2026-11-18, expires: 2030-11-18}\n",
                opening="opening:\n  - {security: option, amount: 0}\n",
            ),
            ["PLN011 Form 9 has no transactions in Table II"],
        ),
        (
            of_form_9(original="original_filing_date: 2026-11-19\n"),
            ["PLN011 original_filing_date stands only on an amendment"],
        ),
    ],
    ids=["exit box", "Rule 10b5-1 box", "holdings", "derivatives", "original date"],
)
def test_what_the_new_form_lacks_is_refused(text: str, said: list[str]) -> None:
    assert [finding.partition(" ")[2] for finding in told(text)] == said


@pytest.mark.usefixtures("form_9")
@pytest.mark.parametrize("kind", DocumentKind)
def test_its_type_is_recognised_in_a_document(kind: DocumentKind) -> None:
    filing = filed(of_form_9(form="9/A", original="original_filing_date: 2026-11-19\n"))
    read = ownership_xml.read(document(filing, kind))
    assert (form_of(read), read.version, read.is_amendment, called(read)) == (FORM_9, "X0901", True, "Form 9/A")
    assert differences(filing, read) == []


def test_without_it_the_document_says_what_it_is() -> None:
    text = ownership_xml.write(filed(plan_text()), kind=DocumentKind.FILER, cccs={}).decode()
    changed = xml_source.parse(text.replace("<documentType>4<", "<documentType>9<").encode(), "form.xml")
    with pytest.raises(Rejected, match="XML005") as refused:
        ownership_xml.read(changed)
    assert [finding.message for finding in refused.value.findings] == ["this is a Form 9"]


@pytest.mark.usefixtures("form_9")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("9/A", "the Form 9/A here is no XML"),
        ("8", "there is no Form 3, 4, 5 or 9 in this submission (documents of type: 8)"),
    ],
)
def test_a_submission_is_searched_for_it(kind: str, said: str) -> None:
    text = f"<SUBMISSION>\n<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\nplain\n</TEXT>\n</DOCUMENT>\n</SUBMISSION>\n"
    with pytest.raises(Rejected) as refused:
        unwrap(text.encode(), "form.txt")
    assert [(f.code, f.message) for f in refused.value.findings] == [("XML011", said)]


@pytest.mark.usefixtures("form_9")
def test_its_columns_have_their_own_numbers_and_order() -> None:
    composition = composed(of_form_9())
    filing = composition.filing
    assert [column.attribute for column in of_table(Table.I, "9")] == [*NUMBERS_OF_9]
    assert in_column("acquired_disposed", Table.I, "9") == "4, A or D"
    # The price is read before the date, so its footnote is the first.
    assert [note.text.text for note in filing.footnotes] == [
        "The price is an average.",
        "The day on which it was heard of.",
    ]
    assert ("Table I, line 1, column 6A", "11,500") in [(told.what, told.value) for told in composition.derivations]
    assert ("Box 3, date of event", "11/18/2026") in [(told.what, told.value) for told in composition.derivations]
    other = filed(of_form_9(LINES.replace("price: 31}", "price: 32}")))
    assert [(d.place, d.column, d.old, d.new) for d in differences(filing, other)] == [
        ("Table I, line 2", "column 3, price", "$31", "$32")
    ]


@pytest.mark.usefixtures("form_9")
def test_only_its_own_rules_judge_it() -> None:
    assert {f.code for f in preflight.run(filed(of_form_9()))} == {"DOC900"}
    assert "DOC900" not in {f.code for f in preflight.run(filed(plan_text()))}


def test_a_rule_of_other_forms_says_so() -> None:
    told = entry(replace(only_on_form_9, forms=("3", "4")))
    assert (told["forms"], told["since"]) == ("3, 4", "X0609, X0607 on Form 3")
    assert page(replace(only_on_form_9, forms=("3", "4"))).startswith(
        "*warning*. Judges every document (Forms 3 and 4) since schema X0609, X0607 on Form 3. Source: Form 9.\n"
    )
    alone = {judged.code for judged in preflight.RULES if entry(judged)["forms"] == "4"}
    assert alone == {"DOC001", "TXN013", "TXN014"}


def test_a_rule_cites_the_form_that_it_judges() -> None:
    rules = {judged.code: judged for judged in preflight.RULES}
    cited = {code: [rules[code].source_on(number) for number in "345"] for code in ("OWN009", "TXN003", "DOC001")}
    assert cited == {
        "OWN009": [
            "Form 3, General Instruction 5(b)(v)",
            "Form 4, General Instruction 4(b)(v)",
            "Form 5, General Instruction 4(b)(v)",
        ],
        "TXN003": ["Form 4, Instruction 8", "Form 4, Instruction 8", "Form 5, Instruction 8"],
        "DOC001": ["Form 4, item 3"] * 3,
    }


@pytest.mark.usefixtures("form_9")
def test_a_rule_asks_it_for_its_limits() -> None:
    assert too_many.check is not None
    problems = [problem.message for problem in too_many.check(Form(filed(of_form_9())))]
    assert problems == ["Table I has 2 lines, and a form holds 1"]


@pytest.mark.usefixtures("form_9")
def test_it_has_its_own_deadline() -> None:
    filing = filed(of_form_9())
    deadlines = due(filing)
    assert [(str(found.day), found.why) for found in deadlines] == [
        ("2026-11-23", "the third business day after the transaction of 2026-11-18"),
        ("2026-11-24", "the third business day after the transaction of 2026-11-19"),
    ]
    text = calendar_text([(filing, deadlines)])
    assert "SUMMARY:Form 9 due: Roe Jane (EXSY)\r\n" in text
    assert "DESCRIPTION:Form 9 due\r\n" in text


@pytest.mark.usefixtures("form_9")
def test_its_page_says_what_it_is() -> None:
    text = drawing.html(filed(of_form_9()), fonts=False)
    for said in (
        "<title>Form 9: EXAMPLE SYSTEMS, INC. [EXSY] - Roe Jane - 11/18/2026</title>",
        '<p class="form-name">FORM 9</p>',
        "<h1>STATEMENT THAT NOBODY FILES</h1>",
        "0000-0009",
        "9.9",
        "Table I - What Nobody Reports",
        "3. Date of Event (Month/Day/Year)",
        'h1 { bookmark-label: "Form 9" }',
    ):
        assert said in text
    assert "box-exit" not in text
    assert 'id="box-10b5-1"' not in text


@pytest.mark.usefixtures("form_9")
def test_its_document_is_called_after_it(tmp_path: Path) -> None:
    source = loads(of_form_9())
    submission, findings = compose_submission(
        read_plan(source), filed(of_form_9()), Pen(source), folder=tmp_path, root=tmp_path
    )
    assert (submission.primary.name.text, submission.primary.type.text, findings) == ("form9.xml", "9", [])


@pytest.mark.usefixtures("form_9")
def test_what_follows_it() -> None:
    filing = filed(of_form_9())
    assert "schema_version" not in decompose(filing).data
    amendment = amend(filing).data
    assert amendment["form"] == "9/A"
    assert "rule_10b5_1" not in amendment
    following = roll(filing).data
    assert following["form"] == "4"
    assert "rule_10b5_1" in following


def test_the_hints_on_a_schemas_refusal_name_it() -> None:
    assert on(FORM_9, INSTEAD["documentType"]) == "Write 9, or 9/A for an amendment."
    assert on(FORM_9, STRANGERS["transactionCoding"]) == "On Form 9, a holding has none."
