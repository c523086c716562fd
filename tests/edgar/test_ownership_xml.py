"""A filing written to the letter, and a document read with every place in it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from form4_author.edgar.ccc import Keyring
from form4_author.edgar.ownership_xml import read, write
from form4_author.filing import (
    ABSENT,
    NO_FIELD,
    DocumentKind,
    Field,
    Filing,
    Issuer,
    Medium,
    ReportingOwner,
    Row,
    Table,
    Value,
)
from form4_author.findings import Origin, Position, Rejected, error
from tests.edgar.ownership import FILING, RECORD_DOCUMENT, document, filer, paths, record, unplaced


def test_a_document_of_record_to_the_letter() -> None:
    assert record(FILING) == RECORD_DOCUMENT.encode("ascii")


def test_a_filer_document_to_the_letter() -> None:
    ours = RECORD_DOCUMENT.replace("    <schemaVersion>X0306</schemaVersion>\n", "")
    ours = ours.replace("        <issuerName>QUALYS, INC.</issuerName>\n", "")
    ours = ours.replace(
        "            <rptOwnerName>Roe Jane</rptOwnerName>\n", "            <rptOwnerCcc>a#ofc0rn</rptOwnerCcc>\n"
    )
    assert filer(FILING, _9999999999="a#ofc0rn") == ours


def test_an_empty_filing_has_the_groups_that_the_schema_demands() -> None:
    empty = Filing(version="X0609", kind=DocumentKind.FILER, medium=Medium.PLAN)
    assert filer(empty) == (
        '<?xml version="1.0"?>\n<ownershipDocument>\n    <issuer>\n    </issuer>\n</ownershipDocument>\n'
    )
    holding = Row(table=Table.I, holding=True)
    trade = Row(table=Table.II, holding=False)
    bare = replace(empty, owners=(ReportingOwner(),), table1=(holding,), table2=(trade,))
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
    silent = replace(FILING, schema_version=ABSENT, version="X0508")
    assert b"<schemaVersion>X0508</schemaVersion>" in record(silent)


def test_ccc_by_number_for_each_owner_in_the_filer_document_alone() -> None:
    owners = tuple(ReportingOwner(cik=Value(cik)) for cik in ("0000000012", "34", "56"))
    filing = replace(FILING, owners=owners)
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


def test_what_the_version_does_not_have_is_written_all_the_same() -> None:
    """Nothing is dropped silently: the schema complains instead."""
    filing = replace(FILING, version="X0306", aff10b5_one=Value("1"))
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
        ("144", "this is a Form 144"),
        (" 8-K ", "this is a Form 8-K"),
        ("SC 13D/A", "this is a Form SC 13D/A"),
        ("6", "this is a Form 6"),
    ],
)
def test_other_forms_are_refused_by_name(form: str, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        read(document(f"<ownershipDocument>\n <documentType>{form}</documentType></ownershipDocument>"))
    place = Origin(Position("doc4.xml", 2, 2), "/ownershipDocument/documentType")
    hint = "Forms 3, 3/A, 4, 4/A, 5 and 5/A are supported."
    assert caught.value.findings == (error("XML005", message, place, hint=hint),)


@pytest.mark.parametrize("form", ["3", "3/A", "4", "4/A", "5", "5/a", "", "four", "4A5B6C", "44444", "an old one"])
def test_any_other_type_is_for_the_schema_to_judge(form: str) -> None:
    filing = read(document(f"<ownershipDocument><documentType>{form}</documentType></ownershipDocument>"))
    assert filing.document_type.text == form


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "<xbrl/>",
            "the root element is <xbrl>, so this is no ownership document",
            "A Form 3, 4 or 5 of EDGAR's is an XML document whose root element is <ownershipDocument>.",
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
