"""The filing and its document: inverses of each other, over every real filing and every element there is."""

from __future__ import annotations

import csv
import dataclasses
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from form4_author.edgar.ccc import Keyring
from form4_author.edgar.ownership_xml import FILLED_IN_BY_EDGAR, origins, read, relocate, write
from form4_author.edgar.xml_source import XmlDocument, parse
from form4_author.filing import (
    ABSENT,
    NO_FIELD,
    DocumentKind,
    Field,
    Filing,
    Footnote,
    Issuer,
    Medium,
    ReportingOwner,
    Row,
    Signature,
    Table,
    Value,
)
from form4_author.findings import NOWHERE, Finding, Origin, Position, Rejected, Severity, error
from tests.conftest import shared_dir
from tests.xml_compare import differences

NODES = (Filing, Issuer, ReportingOwner, Row, Signature)


def document(text: str | bytes) -> XmlDocument:
    return parse(text if isinstance(text, bytes) else text.encode(), "doc4.xml")


def record(filing: Filing) -> bytes:
    return write(filing, kind=DocumentKind.RECORD, cccs={})


def filer(filing: Filing, **cccs: str) -> str:
    return write(filing, kind=DocumentKind.FILER, cccs={cik[1:]: ccc for cik, ccc in cccs.items()}).decode()


def unplaced(node: Any) -> Any:
    """The node without its origins, and without the difference between empty and absent."""
    if isinstance(node, Value):
        return Value(node.text) if node else ABSENT
    if isinstance(node, Field) and not node:
        return NO_FIELD
    if isinstance(node, Origin):
        return NOWHERE
    if isinstance(node, tuple):
        return tuple(map(unplaced, node))
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        parts = {part.name: unplaced(getattr(node, part.name)) for part in dataclasses.fields(node)}
        return dataclasses.replace(node, **parts)
    return node


# --- The whole corpus ------------------------------------------------------------------------------------------------


def corpus() -> list[Path]:
    folder = shared_dir("corpus")
    with (folder / "index.tsv").open(newline="") as stream:
        files = [folder / line["file"] for line in csv.DictReader(stream, delimiter="\t")]
    assert len(files) > 1000
    return files


@pytest.mark.shared
def test_every_real_filing_comes_out_as_it_went_in() -> None:
    lost = []
    for path in corpus():
        original = document(path.read_bytes())
        filing = read(original)
        written = document(record(filing))
        lost += [f"{path.name}{difference}" for difference in differences(original.root, written.root)]
        assert unplaced(read(written)) == unplaced(filing)
    assert lost == []


@pytest.mark.shared
def test_every_real_filing_keeps_the_verdict_of_the_official_schema() -> None:
    judged = 0
    for version in ("X0306", "X0609"):
        folder = shared_dir("sec", version)
        schemas = {path.name: etree.XMLSchema(etree.parse(path)) for path in folder.glob("ownership4*Document.xsd.xml")}
        for path in shared_dir("corpus", "form4", version).glob("*.xml"):
            original = etree.fromstring(path.read_bytes())
            amended = "A" if original.findtext("documentType") == "4/A" else ""
            schema = schemas.get(f"ownership4{amended}Document.xsd.xml")
            if schema is None:
                continue
            judged += 1
            filing = read(document(path.read_bytes()))
            verdicts = {
                kind: schema.validate(etree.fromstring(write(filing, kind=kind, cccs={}))) for kind in DocumentKind
            }
            assert verdicts == dict.fromkeys(DocumentKind, schema.validate(original)), path.name
    assert judged > 700


@pytest.mark.shared
def test_what_is_written_is_laid_out_as_the_specification_wants_it() -> None:
    for path in corpus()[::5]:
        filing = read(document(path.read_bytes()))
        for kind in DocumentKind:
            data = write(filing, kind=kind, cccs={})
            text = data.decode("ascii")
            assert LAID_OUT.fullmatch(text), path.name
            assert set(re.findall(r"&[^;]*;", text)) <= {"&lt;", "&gt;", "&amp;", "&quot;"}
            assert {element.tag for element in document(data).root.iter() if not carries(element)} <= {"value"}


LAID_OUT = re.compile(
    r"""<\?xml\ version="1\.0"\?>\n
    (?:\ *(?:<\w+>|</\w+>|<(\w+)(?:\ id="F\d+")?>[^<\r]*</\1>|<footnoteId\ id="F\d+"/>)\n)+""",
    re.VERBOSE,
)


def carries(element: Any) -> bool:
    return bool((element.text or "").strip() or element.attrib or len(element))


# --- The schema's elements -------------------------------------------------------------------------------------------


@pytest.mark.shared
def test_every_element_of_the_schema_is_read_and_no_other() -> None:
    table = json.loads(shared_dir("sec", "elements.json").read_text())
    there = {entry["path"] for entry in [*table["4"], *table["4A"]]}
    reached = set(reachable())
    assert len(there) > 200
    assert there - reached == {"/ownershipDocument/reportingOwner/reportingOwnerId/rptOwnerCcc"}
    beyond = {path for path in reached - there if not path.endswith("transactionAcquiredDisposedCode/footnoteId")}
    assert beyond == set()


def reachable() -> Iterator[str]:
    """Every path that a filing's attributes reach, as far as the kind of a line has them."""
    root = "/ownershipDocument"
    yield root
    yield from below(Filing, root)
    yield from below(Issuer, f"{root}/issuer")
    yield from below(ReportingOwner, f"{root}/reportingOwner")
    yield from below(Signature, f"{root}/ownerSignature")
    yield from (f"{root}/footnotes", f"{root}/footnotes/footnote")
    for table, prefix in (("nonDerivativeTable", "nonDerivative"), ("derivativeTable", "derivative")):
        yield f"{root}/{table}"
        for kind in ("Transaction", "Holding"):
            leaves_out = DERIVATIVE_ONLY if prefix == "nonDerivative" else ()
            leaves_out += TRANSACTION_ONLY if kind == "Holding" else ()
            yield from below(Row, f"{root}/{table}/{prefix}{kind}", leaves_out)


DERIVATIVE_ONLY: tuple[str, ...] = ("conversion", "exercise", "expiration", "underlying", "total_value")
TRANSACTION_ONLY: tuple[str, ...] = (
    *("transaction_date", "deemed", "coding", "form_type", "code", "equity", "timeliness"),
    *("shares", "total_value", "price", "acquired"),
)


def below(node: type, path: str, leaves_out: tuple[str, ...] = ()) -> Iterator[str]:
    yield path
    for attribute in dataclasses.fields(node):
        element = attribute.metadata.get("element")
        kept = attribute.name == "shares_owned_following"
        if element is None or (not kept and attribute.name.startswith(leaves_out)):
            continue
        steps = element.split("/")
        yield from (f"{path}/{'/'.join(steps[:count])}" for count in range(1, len(steps) + 1))
        if attribute.default is NO_FIELD:
            yield f"{path}/{element}/footnoteId"
            if attribute.name != "coding":
                yield f"{path}/{element}/value"


def full() -> Filing:
    """A filing with every attribute of every node filled, each with a text and a place of its own."""
    count = iter(range(1, 10_000))

    def place(path: str) -> Origin:
        return Origin(Position("plan.yaml", next(count), 1), path)

    def text(name: str) -> Value:
        origin = place(name)
        assert origin.position is not None
        return Value(f"{name} {origin.position.line}", origin)

    def parts(node: type) -> dict[str, Any]:
        made: dict[str, Any] = {"origin": place(node.__name__)}
        for attribute in dataclasses.fields(node):
            if attribute.default is NO_FIELD:
                value = ABSENT if attribute.name == "coding" else text(attribute.name)
                made[attribute.name] = Field(value, (text("F"), text("F")), place(f"{attribute.name} cell"))
            elif "element" in attribute.metadata:
                made[attribute.name] = text(attribute.name)
        return made

    def rows(table: Table) -> tuple[Row, ...]:
        return tuple(Row(table=table, holding=holding, **parts(Row)) for holding in (False, True, True, False))

    return Filing(
        **parts(Filing),
        version="X0609",
        kind=DocumentKind.RECORD,
        medium=Medium.XML,
        issuer=Issuer(**parts(Issuer)),
        owners=(ReportingOwner(**parts(ReportingOwner)), ReportingOwner(**parts(ReportingOwner))),
        table1=rows(Table.I),
        table2=rows(Table.II),
        footnotes=tuple(Footnote(id=text("F"), text=text("note"), origin=place("footnote")) for _ in range(2)),
        signatures=(Signature(**parts(Signature)), Signature(**parts(Signature))),
    )


def judged_by_its_own_version(filing: Filing) -> Filing:
    return dataclasses.replace(filing, version=filing.schema_version.text)


def test_a_filing_with_everything_survives_writing_and_reading() -> None:
    filing = full()
    assert unplaced(read(document(record(filing)))) == unplaced(judged_by_its_own_version(filing))


def test_a_filer_document_lacks_what_edgar_fills_in_and_nothing_else() -> None:
    written = document(filer(full())).root
    complete = document(record(full())).root
    lost = [path for path in paths(complete) if path not in set(paths(written))]
    assert sorted(set(lost)) == sorted(f"/ownershipDocument/{path}" for path in FILLED_IN_BY_EDGAR)
    assert set(paths(written)) <= set(paths(complete))


def paths(root: Any, above: str = "") -> Iterator[str]:
    yield f"{above}/{root.tag}"
    for child in root:
        yield from paths(child, f"{above}/{root.tag}")


# --- What is written -------------------------------------------------------------------------------------------------

PRICE = Field(Value("22.50"), (Value("F2"), Value("F1")))
SALE = Row(
    table=Table.I,
    holding=False,
    security_title=Field(Value("Common Stock")),
    transaction_date=Field(Value("2013-11-22")),
    coding=Field(footnotes=(Value("F1"),)),
    form_type=Value("4"),
    code=Value("S"),
    equity_swap=Value("0"),
    shares=Field(Value("10000")),
    price_per_share=PRICE,
    acquired_disposed=Field(Value("D")),
    shares_owned_following=Field(Value("0")),
    direct_or_indirect=Field(Value("D")),
)
OPTION = Row(
    table=Table.II,
    holding=True,
    security_title=Field(Value("Option")),
    conversion_or_exercise_price=Field(footnotes=(Value("F1"),)),
    exercise_date=Field(footnotes=(Value("F1"),)),
    expiration_date=Field(Value("2021-04-28")),
    underlying_title=Field(Value("Common Stock")),
    underlying_shares=Field(Value("92394")),
    shares_owned_following=Field(Value("92394")),
    direct_or_indirect=Field(Value("I")),
    nature_of_ownership=Field(footnotes=(Value("F2"),)),
)
FILING = Filing(
    version="X0306",
    kind=DocumentKind.FILER,
    medium=Medium.PLAN,
    schema_version=Value("X0306"),
    document_type=Value("4"),
    period_of_report=Value("2013-11-22"),
    issuer=Issuer(cik=Value("1107843"), name=Value("QUALYS, INC."), trading_symbol=Value("QLYS")),
    owners=(
        ReportingOwner(
            cik=Value("0009999999999"[-10:]),
            name=Value("Roe Jane"),
            street1=Value('SUITE "A" & B'),
            state=Value("CA"),
            is_officer=Value("true"),
            officer_title=Value("VP <Ops> & Owner's"),
        ),
    ),
    table1=(SALE,),
    table2=(OPTION,),
    footnotes=(
        Footnote(id=Value("F1"), text=Value("One.\n  Two lines; &#39; and &quot; as typed.")),
        Footnote(id=Value("F2"), text=Value("By a trust.")),
    ),
    remarks=Value("None."),
    signatures=(Signature(name=Value("/s/ Jane Roe"), date=Value("2013-11-25")),),
)
RECORD_DOCUMENT = """\
<?xml version="1.0"?>
<ownershipDocument>
    <schemaVersion>X0306</schemaVersion>
    <documentType>4</documentType>
    <periodOfReport>2013-11-22</periodOfReport>
    <issuer>
        <issuerCik>1107843</issuerCik>
        <issuerName>QUALYS, INC.</issuerName>
        <issuerTradingSymbol>QLYS</issuerTradingSymbol>
    </issuer>
    <reportingOwner>
        <reportingOwnerId>
            <rptOwnerCik>9999999999</rptOwnerCik>
            <rptOwnerName>Roe Jane</rptOwnerName>
        </reportingOwnerId>
        <reportingOwnerAddress>
            <rptOwnerStreet1>SUITE &quot;A&quot; &amp; B</rptOwnerStreet1>
            <rptOwnerState>CA</rptOwnerState>
        </reportingOwnerAddress>
        <reportingOwnerRelationship>
            <isOfficer>true</isOfficer>
            <officerTitle>VP &lt;Ops&gt; &amp; Owner's</officerTitle>
        </reportingOwnerRelationship>
    </reportingOwner>
    <nonDerivativeTable>
        <nonDerivativeTransaction>
            <securityTitle>
                <value>Common Stock</value>
            </securityTitle>
            <transactionDate>
                <value>2013-11-22</value>
            </transactionDate>
            <transactionCoding>
                <transactionFormType>4</transactionFormType>
                <transactionCode>S</transactionCode>
                <equitySwapInvolved>0</equitySwapInvolved>
                <footnoteId id="F1"/>
            </transactionCoding>
            <transactionAmounts>
                <transactionShares>
                    <value>10000</value>
                </transactionShares>
                <transactionPricePerShare>
                    <value>22.50</value>
                    <footnoteId id="F2"/>
                    <footnoteId id="F1"/>
                </transactionPricePerShare>
                <transactionAcquiredDisposedCode>
                    <value>D</value>
                </transactionAcquiredDisposedCode>
            </transactionAmounts>
            <postTransactionAmounts>
                <sharesOwnedFollowingTransaction>
                    <value>0</value>
                </sharesOwnedFollowingTransaction>
            </postTransactionAmounts>
            <ownershipNature>
                <directOrIndirectOwnership>
                    <value>D</value>
                </directOrIndirectOwnership>
            </ownershipNature>
        </nonDerivativeTransaction>
    </nonDerivativeTable>
    <derivativeTable>
        <derivativeHolding>
            <securityTitle>
                <value>Option</value>
            </securityTitle>
            <conversionOrExercisePrice>
                <footnoteId id="F1"/>
            </conversionOrExercisePrice>
            <exerciseDate>
                <footnoteId id="F1"/>
            </exerciseDate>
            <expirationDate>
                <value>2021-04-28</value>
            </expirationDate>
            <underlyingSecurity>
                <underlyingSecurityTitle>
                    <value>Common Stock</value>
                </underlyingSecurityTitle>
                <underlyingSecurityShares>
                    <value>92394</value>
                </underlyingSecurityShares>
            </underlyingSecurity>
            <postTransactionAmounts>
                <sharesOwnedFollowingTransaction>
                    <value>92394</value>
                </sharesOwnedFollowingTransaction>
            </postTransactionAmounts>
            <ownershipNature>
                <directOrIndirectOwnership>
                    <value>I</value>
                </directOrIndirectOwnership>
                <natureOfOwnership>
                    <value></value>
                    <footnoteId id="F2"/>
                </natureOfOwnership>
            </ownershipNature>
        </derivativeHolding>
    </derivativeTable>
    <footnotes>
        <footnote id="F1">One.
  Two lines; &amp;#39; and &amp;quot; as typed.</footnote>
        <footnote id="F2">By a trust.</footnote>
    </footnotes>
    <remarks>None.</remarks>
    <ownerSignature>
        <signatureName>/s/ Jane Roe</signatureName>
        <signatureDate>2013-11-25</signatureDate>
    </ownerSignature>
</ownershipDocument>
"""


def test_a_document_of_record_to_the_letter() -> None:
    assert record(FILING) == RECORD_DOCUMENT.encode("ascii")


def test_a_filer_document_to_the_letter() -> None:
    ours = RECORD_DOCUMENT.replace("    <schemaVersion>X0306</schemaVersion>\n", "")
    ours = ours.replace("        <issuerName>QUALYS, INC.</issuerName>\n", "")
    ours = ours.replace(
        "            <rptOwnerName>Roe Jane</rptOwnerName>\n", "            <rptOwnerCcc>a#ofc0rn</rptOwnerCcc>\n"
    )
    assert filer(FILING, _9999999999="a#ofc0rn") == ours


def test_what_is_written_reads_back_as_typed() -> None:
    filing = read(document(record(FILING)))
    assert filing.footnotes[0].text.text == "One.\n  Two lines; &#39; and &quot; as typed."
    assert filing.owners[0].officer_title.text == "VP <Ops> & Owner's"


def test_an_empty_filing_has_the_groups_that_the_schema_demands() -> None:
    empty = Filing(version="X0609", kind=DocumentKind.FILER, medium=Medium.PLAN)
    assert filer(empty) == (
        '<?xml version="1.0"?>\n<ownershipDocument>\n    <issuer>\n    </issuer>\n</ownershipDocument>\n'
    )
    holding = Row(table=Table.I, holding=True)
    trade = Row(table=Table.II, holding=False)
    bare = dataclasses.replace(empty, owners=(ReportingOwner(),), table1=(holding,), table2=(trade,))
    groups = [path.removeprefix("/ownershipDocument/") for path in paths(document(filer(bare)).root)]
    assert groups[1:] == [
        "issuer",
        "reportingOwner",
        "reportingOwner/reportingOwnerId",
        "reportingOwner/reportingOwnerRelationship",
        "nonDerivativeTable",
        "nonDerivativeTable/nonDerivativeHolding",
        "nonDerivativeTable/nonDerivativeHolding/postTransactionAmounts",
        "nonDerivativeTable/nonDerivativeHolding/ownershipNature",
        "derivativeTable",
        "derivativeTable/derivativeTransaction",
        "derivativeTable/derivativeTransaction/transactionAmounts",
        "derivativeTable/derivativeTransaction/underlyingSecurity",
        "derivativeTable/derivativeTransaction/postTransactionAmounts",
        "derivativeTable/derivativeTransaction/ownershipNature",
    ]


def test_the_version_stands_in_for_a_schema_version_that_is_not_stated() -> None:
    silent = dataclasses.replace(FILING, schema_version=ABSENT, version="X0508")
    assert b"<schemaVersion>X0508</schemaVersion>" in record(silent)


def test_no_text_is_a_template_or_markup() -> None:
    odd = "{{ filing }} {% if %} {# x #} <b>&lt;</b> ]]> <!-- --> '\" ${x}"
    filing = dataclasses.replace(FILING, remarks=Value(odd), issuer=Issuer(trading_symbol=Value(odd)))
    again = read(document(record(filing)))
    assert again.remarks.text == odd
    assert again.issuer.trading_symbol.text == odd


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb"])
def test_line_ends_are_line_feeds(text: str) -> None:
    written = record(dataclasses.replace(FILING, remarks=Value(text)))
    assert b"<remarks>a\nb</remarks>" in written


def test_a_character_that_cannot_be_written_is_refused_with_its_place() -> None:
    here = Origin(Position("plan.yaml", 7, 3), "remarks")
    filing = dataclasses.replace(
        FILING,
        remarks=Value("caf\u00e9 \u00e9 \x07", here),
        footnotes=(Footnote(id=Value("F1"), text=Value("\u201cPlan")),),
    )
    with pytest.raises(Rejected) as caught:
        record(filing)
    assert [(f.code, f.message, f.origin) for f in caught.value.findings] == [
        (
            "XML007",
            "latin small letter e with acute can't be written: EDGAR's documents are plain ASCII",
            here,
        ),
        ("XML007", "the character U+0007 can't be written: EDGAR's documents are plain ASCII", here),
        (
            "XML007",
            "left double quotation mark can't be written: EDGAR's documents are plain ASCII",
            Origin(path="/ownershipDocument/footnotes/footnote"),
        ),
    ]


def test_ccc_by_number_for_each_owner_in_the_filer_document_alone() -> None:
    owners = tuple(ReportingOwner(cik=Value(cik)) for cik in ("0000000012", "34", "56"))
    filing = dataclasses.replace(FILING, owners=owners)
    keyring = Keyring({"12": "a#ofc0rn", "0034": 'b&<1"$xy'})
    text = write(filing, kind=DocumentKind.FILER, cccs=keyring).decode()
    root = ET.fromstring(text)
    assert [owner.findtext("reportingOwnerId/rptOwnerCcc") for owner in root.iterfind("reportingOwner")] == [
        "a#ofc0rn",
        'b&<1"$xy',
        None,
    ]
    assert [child.tag for child in root.findall("reportingOwner/reportingOwnerId")[0]] == ["rptOwnerCik", "rptOwnerCcc"]
    assert b"rptOwnerCcc" not in write(filing, kind=DocumentKind.RECORD, cccs=keyring)


def test_a_ccc_that_cannot_be_written_is_refused_without_being_shown() -> None:
    with pytest.raises(Rejected) as caught:
        filer(FILING, _9999999999="a#ofc0r\u00e9")
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == ("XML007", "a CCC holds a character that can't be written")


def test_what_the_version_does_not_have_is_written_all_the_same() -> None:
    """Nothing is dropped silently: the schema complains instead."""
    filing = dataclasses.replace(FILING, version="X0306", aff10b5_one=Value("1"))
    assert b"\n    <aff10b5One>1</aff10b5One>\n    <nonDerivativeTable>" in record(filing)


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_kind_version_and_medium() -> None:
    named = "<ownershipDocument><schemaVersion>X0508</schemaVersion></ownershipDocument>"
    bare = "<ownershipDocument/>"
    seen = [(filing.kind, filing.version, filing.medium) for filing in (read(document(named)), read(document(bare)))]
    assert seen == [
        (DocumentKind.RECORD, "X0508", Medium.XML),
        (DocumentKind.FILER, "X0609", Medium.XML),
    ]
    assert read(document(bare), version="X0306").version == "X0306"
    assert read(document(named), version="X0306").version == "X0508"


def test_a_document_without_anything_gives_a_filing_without_anything() -> None:
    filing = read(document("<ownershipDocument/>"))
    assert unplaced(filing) == Filing(version="X0609", kind=DocumentKind.FILER, medium=Medium.XML)
    assert filing.issuer == Issuer()


def test_values_cells_and_rows_know_their_place() -> None:
    text = """<ownershipDocument>
 <remarks>Some</remarks>
 <nonDerivativeTable>
  <nonDerivativeHolding/><nonDerivativeTransaction>
   <transactionAmounts>
    <transactionShares> <value>5</value><footnoteId id="F2"/>
    <footnoteId id="F1"/></transactionShares>
   </transactionAmounts></nonDerivativeTransaction>
 </nonDerivativeTable>
</ownershipDocument>"""
    filing = read(document(text))
    holding, trade = filing.table1
    above = "/ownershipDocument/nonDerivativeTable"
    cell = f"{above}/nonDerivativeTransaction/transactionAmounts/transactionShares"

    def at(line: int, column: int, path: str) -> Origin:
        return Origin(Position("doc4.xml", line, column), path)

    assert filing.remarks == Value("Some", at(2, 2, "/ownershipDocument/remarks"))
    assert holding.origin == at(4, 3, f"{above}/nonDerivativeHolding")
    assert trade.origin == at(4, 26, f"{above}/nonDerivativeTransaction")
    assert trade.shares == Field(
        Value("5", at(6, 25, f"{cell}/value")),
        (Value("F2", at(6, 41, f"{cell}/footnoteId[1]")), Value("F1", at(7, 5, f"{cell}/footnoteId[2]"))),
        at(6, 5, cell),
    )
    assert trade.price_per_share == NO_FIELD
    assert filing.period_of_report is ABSENT


def test_empty_is_present_and_absent_is_not() -> None:
    text = (
        "<ownershipDocument><remarks/><nonDerivativeTable><nonDerivativeTransaction><deemedExecutionDate/>"
        "<transactionTimeliness><value/></transactionTimeliness></nonDerivativeTransaction></nonDerivativeTable>"
        "</ownershipDocument>"
    )
    filing = read(document(text))
    (row,) = filing.rows
    assert (filing.remarks.present, filing.remarks.text, bool(filing.remarks)) == (True, "", False)
    assert (row.deemed_execution_date.present, row.deemed_execution_date.value.present) == (True, False)
    assert (row.timeliness.present, row.timeliness.value.present, bool(row.timeliness)) == (True, True, False)
    assert not row.shares.present


def test_the_order_of_lines_is_kept() -> None:
    names = ["Transaction", "Holding", "Holding", "Transaction"]
    inside = "".join(f"<derivative{name}/>" for name in names)
    filing = read(document(f"<ownershipDocument><derivativeTable>{inside}</derivativeTable></ownershipDocument>"))
    assert [row.element_name for row in filing.table2] == [f"derivative{name}" for name in names]


def test_odd_documents_are_read_as_far_as_they_go() -> None:
    text = """<ownershipDocument><remarks>a<b>c</b>d</remarks><remarks>second</remarks><junk/>
<nonDerivativeTable><derivativeHolding/><x/><nonDerivativeHolding><securityTitle>bare</securityTitle>
</nonDerivativeHolding></nonDerivativeTable><footnotes><footnote>no id</footnote><x/></footnotes></ownershipDocument>"""
    filing = read(document(text))
    assert filing.remarks.text == "acd"
    (row,) = filing.table1
    assert row.security_title.present
    assert not row.security_title
    assert [(note.id.present, note.text.text) for note in filing.footnotes] == [(False, "no id")]


def test_the_ccc_is_noticed_and_not_kept() -> None:
    owner = "<reportingOwner><reportingOwnerId>{}</reportingOwnerId></reportingOwner>"
    written = ("<rptOwnerCcc>a#ofc0rn</rptOwnerCcc>", "<rptOwnerCcc> </rptOwnerCcc>", "")
    source = document(f"<ownershipDocument>{''.join(map(owner.format, written))}</ownershipDocument>")
    filing = read(source)
    assert [owner.has_ccc for owner in filing.owners] == [True, False, False]
    assert "ofc0rn" not in repr(filing) + repr(source) + source.text + record(filing).decode() + filer(filing)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("3", "this is a Form 3, an initial statement of beneficial ownership"),
        ("3/A", "this is a Form 3, an initial statement of beneficial ownership, amended"),
        (" 5 ", "this is a Form 5, an annual statement of changes in beneficial ownership"),
        ("5/a", "this is a Form 5, an annual statement of changes in beneficial ownership, amended"),
    ],
)
def test_other_forms_are_refused_by_name(form: str, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(document(f"<ownershipDocument>\n <documentType>{form}</documentType></ownershipDocument>"))
    place = Origin(Position("doc4.xml", 2, 2), "/ownershipDocument/documentType")
    assert caught.value.findings == (error("XML005", message, place, hint="Forms 4 and 4/A are supported."),)


@pytest.mark.parametrize("form", ["4", "4/A", "8-K", ""])
def test_any_other_type_is_for_the_schema_to_judge(form: str) -> None:
    filing = read(document(f"<ownershipDocument><documentType>{form}</documentType></ownershipDocument>"))
    assert filing.document_type.text == form


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "<xbrl/>",
            "the root element is <xbrl>, so this is no ownership document",
            "A Form 4 of EDGAR's is an XML document whose root element is <ownershipDocument>.",
        ),
        (
            "<OwnershipDocument/>",
            "the root element is <OwnershipDocument>, not <ownershipDocument>",
            "Element names are case-sensitive.",
        ),
        (
            "<n:ownershipDocument xmlns:n='x'/>",
            "the ownership document stands in a namespace",
            "Remove prefixes and xmlns: EDGAR's has none.",
        ),
        (
            "<ownershipDocument xmlns='x'/>",
            "the ownership document stands in a namespace",
            "Remove prefixes and xmlns: EDGAR's has none.",
        ),
    ],
)
def test_other_documents_are_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(document(text))
    (finding,) = caught.value.findings
    assert (finding.code, finding.message, finding.hint) == ("XML006", message, hint)
    assert finding.origin.position == Position("doc4.xml", 1, 1)


@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_dropped_doubled_or_moved_is_read_and_written(seed: int) -> None:
    chance = random.Random(seed)
    root = ET.fromstring(RECORD_DOCUMENT)
    for _ in range(chance.randint(1, 12)):
        parents = [element for element in root.iter() if len(element)]
        parent, other = chance.choice(parents), chance.choice(parents)
        child = chance.choice(list(parent))
        match chance.randrange(4):
            case 0:
                parent.remove(child)
            case 1:
                parent.append(child)
            case 2 if other not in list(child.iter()):
                other.insert(0, child)
            case _:
                child.text, child.tag = (
                    chance.choice(["", " ", "4", "x\ny"]),
                    chance.choice([child.tag, "value", "junk"]),
                )
    filing = read(document(ET.tostring(root)))
    again = read(document(record(filing)))
    assert record(again) == record(filing)


# --- Origins ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_value_of_a_document_is_traced_to_the_place_it_was_written(kind: DocumentKind) -> None:
    filing = full()
    written = document(write(filing, kind=kind, cccs={}))
    places = origins(filing, kind)
    traced = 0
    for element in written.root.iter():
        text = (element.get("id") or element.text or "").strip()
        if element.tag == "footnote":
            text = (element.text or "").strip()
        if not text:
            continue
        place = places[written.path_of(element)].position
        assert place is not None
        assert text.split()[-1] == str(place.line)
        traced += 1
    assert traced > 250
    names = {node.__name__ for node in NODES}
    assert {origin.path for origin in places.values()} >= names


def test_what_edgar_fills_in_has_no_place_in_a_filer_document() -> None:
    assert not [path for path in origins(full(), DocumentKind.FILER) if re.sub(r"\[\d+\]", "", path).endswith("Name>")]
    extra = set(origins(full(), DocumentKind.RECORD)) - set(origins(full(), DocumentKind.FILER))
    plain = {re.sub(r"\[\d+\]", "", path).removeprefix("/ownershipDocument/") for path in extra}
    assert plain == FILLED_IN_BY_EDGAR


def test_findings_are_pointed_at_the_nearest_place_that_the_author_wrote() -> None:
    places = {
        "/a": Origin(Position("plan.yaml", 1, 1), "plan"),
        "/a/b[2]": Origin(Position("plan.yaml", 5, 7), "b[1]"),
        "/a/b[2]/c/value": Origin(Position("plan.yaml", 6, 9), "b[1].c"),
    }
    ours = ["/a/b[2]/c/value", "/a/b[2]/c", "/a/b[2]/d/e", "/a/b[1]", "/a", "", "/other"]
    found = [Finding("XSD001", Severity.ERROR, path, Origin(Position("built.xml", 9, 9), path)) for path in ours]
    moved = relocate(found, places)
    assert [(finding.message, str(finding.origin.position), finding.origin.path) for finding in moved] == [
        ("/a/b[2]/c/value", "plan.yaml:6:9", "b[1].c"),
        ("/a/b[2]/c", "plan.yaml:5:7", "b[1]"),
        ("/a/b[2]/d/e", "plan.yaml:5:7", "b[1]"),
        ("/a/b[1]", "plan.yaml:1:1", "plan"),
        ("/a", "plan.yaml:1:1", "plan"),
        ("", "None", ""),
        ("/other", "None", "/other"),
    ]


def test_a_filing_without_places_has_no_origins() -> None:
    assert origins(FILING, DocumentKind.RECORD) == {}
