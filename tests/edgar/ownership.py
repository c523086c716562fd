"""Filings and their documents for the tests of reading and writing: a small one, and one with everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from form4_author.edgar.ownership_xml import write
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
    elements,
)
from form4_author.findings import NOWHERE, Origin, Position
from tests.documents import amounts, as_written, cell, coding, footnotes, group, leaf, owned, signature, underlying
from tests.documents import document as document_text

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
RECORD_DOCUMENT = as_written(
    document_text(
        version=leaf("schemaVersion", "X0306"),
        period=leaf("periodOfReport", "2013-11-22"),
        issuer=group(
            "issuer",
            leaf("issuerCik", "1107843"),
            leaf("issuerName", "QUALYS, INC."),
            leaf("issuerTradingSymbol", "QLYS"),
        ),
        owners=group(
            "reportingOwner",
            group("reportingOwnerId", leaf("rptOwnerCik", "9999999999"), leaf("rptOwnerName", "Roe Jane")),
            group(
                "reportingOwnerAddress",
                leaf("rptOwnerStreet1", "SUITE &quot;A&quot; &amp; B"),
                leaf("rptOwnerState", "CA"),
            ),
            group(
                "reportingOwnerRelationship",
                leaf("isOfficer", "true"),
                leaf("officerTitle", "VP &lt;Ops&gt; &amp; Owner's"),
            ),
        ),
        rule_10b5_1="",
        table1=group(
            "nonDerivativeTable",
            group(
                "nonDerivativeTransaction",
                cell("securityTitle", "Common Stock"),
                cell("transactionDate", "2013-11-22"),
                coding("S", "F1"),
                amounts("10000", "22.50", "D", "F2", "F1"),
                owned("0"),
            ),
        ),
        table2=group(
            "derivativeTable",
            group(
                "derivativeHolding",
                cell("securityTitle", "Option"),
                cell("conversionOrExercisePrice", None, "F1"),
                cell("exerciseDate", None, "F1"),
                cell("expirationDate", "2021-04-28"),
                underlying("Common Stock", "92394"),
                owned("92394", "I", cell("natureOfOwnership", "", "F2")),
            ),
        ),
        footnotes=footnotes(F1="TWO LINES", F2="By a trust."),
        remarks=leaf("remarks", "None."),
        signatures=signature("2013-11-25"),
    )
).replace("TWO LINES", "One.\n  Two lines; &amp;#39; and &amp;quot; as typed.")
"""What the writer makes of `FILING`."""


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
    if isinstance(node, Struct):
        parts = {part.name: unplaced(getattr(node, part.name)) for part in fields(node)}
        return replace(node, **parts)
    return node


def paths(root: Any, above: str = "") -> Iterator[str]:
    yield f"{above}/{root.tag}"
    for child in root:
        yield from paths(child, f"{above}/{root.tag}")


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
        for attribute, _, is_cell in elements(node):
            if is_cell:
                value = ABSENT if attribute == "coding" else text(attribute)
                made[attribute] = Field(value, (text("F"), text("F")), place(f"{attribute} cell"))
            else:
                made[attribute] = text(attribute)
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
