"""For each condition under which EDGAR suspends: a document with exactly that defect gets an error.

The conditions are those of specification section 5, the rules cm(1) to cm(10) of section 3.3, and what sections 3.2,
4.1, 4.2 and 4.3 hold beyond them. Reading, preflight and schema together must refuse each; preflight's own share is
told apart, since the schema alone lets half of them through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from form4_author import schema_store, xsd
from form4_author.edgar import ownership_xml, xml_source
from form4_author.findings import Finding, Rejected
from form4_author.preflight import run, without_echoes
from tests.conftest import ROOT
from tests.rule_cases import FOLDER, judge

SOUND = (FOLDER / "FTN001" / "good.xml").read_text("ascii")
DERIVATIVE = (FOLDER / "DER004" / "good.xml").read_text("ascii")


@dataclass(frozen=True)
class Condition:
    """One way to be suspended.

    Attributes:
        name: what is wrong.
        source: section of the specification.
        old: text of the sound document, once in it.
        new: what stands there instead.
        base: the sound document.
        schema: True where the schema alone refuses it.
    """

    name: str
    source: str
    old: str
    new: str
    base: str = SOUND
    schema: bool = False

    @property
    def only_preflight(self) -> bool:
        """True where the document is well-formed and passes the schema."""
        return not self.schema and "escaped" not in self.name

    @property
    def document(self) -> bytes:
        """The document with the defect."""
        assert self.base.count(self.old) >= 1, self.name
        return self.base.replace(self.old, self.new, 1).encode("utf-8")


OWNER = SOUND[SOUND.index("    <reportingOwner>") : SOUND.index("    <aff10b5One>")]
ROW = SOUND[SOUND.index("        <nonDerivativeTransaction>") : SOUND.index("    </nonDerivativeTable>")]
TABLE_2 = DERIVATIVE[DERIVATIVE.index("        <derivativeTransaction>") : DERIVATIVE.index("    </derivativeTable>")]
CODING = SOUND[SOUND.index("            <transactionCoding>") : SOUND.index("            <transactionAmounts>")]
TABLE = SOUND[SOUND.index("    <nonDerivativeTable>") : SOUND.index("    <footnotes>")]
NOTES = SOUND[SOUND.index("    <footnotes>") : SOUND.index("    <ownerSignature>")]
SIGNATURE = SOUND[SOUND.index("    <ownerSignature>") : SOUND.index("</ownershipDocument>")]
UNDERLYING = "                <underlyingSecurityShares>\n                    <value>5000</value>\n                </underlyingSecurityShares>\n"  # noqa: E501
NUMBER = "                <transactionShares>\n                    <value>5000</value>\n                </transactionShares>\n"  # noqa: E501
DIRECT = "                    <value>D</value>\n                </directOrIndirectOwnership>\n"
NATURE = (
    "                <natureOfOwnership>\n                    <value>{}</value>\n                </natureOfOwnership>\n"
)
TIMELY = (
    "            <transactionTimeliness>\n                <value>{}</value>\n            </transactionTimeliness>\n"
)
MARK = '                    <footnoteId id="F1"/>\n'


AMENDED = SOUND.replace(">4</documentType>", ">4/A</documentType>").replace(
    "</periodOfReport>\n",
    "</periodOfReport>\n    <dateOfOriginalSubmission>2026-11-19</dateOfOriginalSubmission>\n"
    "    <notSubjectToSection16>0</notSubjectToSection16>\n",
)


def ciks(count: int) -> str:
    return "".join(OWNER.replace("1999999101", str(1999999101 + number)) for number in range(count))


CONDITIONS = (
    # section 5, in its order
    Condition(
        "elements out of sequence",
        "5",
        "    <documentType>4</documentType>\n    <periodOfReport>2026-11-18</periodOfReport>\n",
        "    <periodOfReport>2026-11-18</periodOfReport>\n    <documentType>4</documentType>\n",
        schema=True,
    ),
    Condition(
        "a stylesheet reference", "5", "<ownershipDocument>", '<?xml-stylesheet href="a.xsl"?>\n<ownershipDocument>'
    ),
    Condition("another processing instruction", "5", "</ownershipDocument>", "<?note?></ownershipDocument>"),
    Condition(
        "an element not in the schema", "5", "<aff10b5One>0", "<returnCopy>1</returnCopy><aff10b5One>0", schema=True
    ),
    Condition("a title over 60 characters", "5", "Common Stock", "C" * 61, schema=True),
    Condition("a footnote over 1,000 characters", "3.5, 5", "Sold to pay for a house.", "Sold. " * 167),
    Condition("a transaction code not in the list", "5", ">S</transactionCode>", ">B</transactionCode>", schema=True),
    Condition("V as a code", "3.6.10", ">S</transactionCode>", ">V</transactionCode>", schema=True),
    Condition("K as a code", "3.6.10", ">S</transactionCode>", ">K</transactionCode>", schema=True),
    Condition("a foreign code as state", "3.6.6", ">IL</rptOwnerState>", ">2M</rptOwnerState>", schema=True),
    Condition(
        "an obsolete country code",
        "EDGAR's schema",
        "false</rptOwnerNonUSAddressFlag>\n",
        "true</rptOwnerNonUSAddressFlag>\n",
        base=SOUND.replace("<rptOwnerState>IL</rptOwnerState>", "<rptOwnerCountry>I8</rptOwnerCountry>"),
    ),
    Condition("a mandatory element left out", "5", "    <documentType>4</documentType>\n", "", schema=True),
    Condition("a mandatory element empty", "5", ">EXSY<", "><", schema=True),
    Condition("a mandatory element blank", "5", ">EXSY<", "> <"),
    Condition("a title that is blank", "5", ">Common Stock<", ">  <"),
    Condition("a signature that is blank", "5", ">/s/ Jane Roe<", "> <"),
    Condition("an ampersand not escaped", "5", "Sold to pay", "Sold & bought to pay"),
    Condition("a less-than sign not escaped", "5", "Sold to pay", "Sold < 5 to pay"),
    Condition("a date without a value", "5", ">2026-11-20<", "><", schema=True),
    Condition("a boolean without a value", "5", ">0</equitySwapInvolved>", "></equitySwapInvolved>", schema=True),
    Condition("a decimal without a value", "5", "<value>1000</value>", "<value></value>", schema=True),
    Condition("the same owner twice", "5", OWNER, OWNER + OWNER),
    Condition(
        "the same owner twice, with zeros",
        "5",
        OWNER,
        OWNER.replace("1999999101", "0000001999") + OWNER.replace("1999999101", "1999"),
    ),
    Condition("a footnote id with a zero", "5", 'id="F1">', 'id="F01">', schema=True),
    Condition("a footnote id in lower case", "5", 'id="F1">', 'id="f1">', schema=True),
    Condition("a footnote that nothing refers to", "5", MARK, ""),
    Condition(
        "two footnotes of one id",
        "5",
        "    </footnotes>",
        '        <footnote id="F1">Twice.</footnote>\n    </footnotes>',
        schema=True,
    ),
    Condition("one footnote twice in a cell", "5", MARK, MARK + MARK),
    Condition("a reference to no footnote", "4.3.6", MARK, MARK + MARK.replace("F1", "F2"), schema=True),
    Condition("an issuer CIK of zero", "5", ">1999999001<", ">0000000000<"),
    Condition("an issuer CIK with letters", "5", ">1999999001<", ">EXSY<", schema=True),
    Condition("an owner CIK of zero", "5", ">1999999101<", ">0<"),
    Condition("more than 10 reporting owners", "5", OWNER, ciks(11), schema=True),
    Condition("more than 30 lines in Table I", "5", ROW, ROW * 31, schema=True),
    Condition("more than 30 lines in Table II", "5", TABLE_2, TABLE_2 * 31, base=DERIVATIVE, schema=True),
    Condition("more than 10 signatures", "5", SIGNATURE, SIGNATURE * 11, schema=True),
    Condition("direct ownership with a nature", "5, cm(5)", DIRECT, DIRECT + NATURE.format("By Trust")),
    # section 3.3
    Condition("no relationship true", "cm(1)", "<isOfficer>1<", "<isOfficer>0<"),
    Condition("no relationship given", "cm(1)", "            <isOfficer>1</isOfficer>\n", ""),
    Condition("an officer without a title", "cm(2)", ">Chief Operating Officer<", "><"),
    Condition(
        "other without a description",
        "cm(3)",
        "<isOfficer>1</isOfficer>",
        "<isOfficer>1</isOfficer><isOther>1</isOther>",
    ),
    Condition("neither number nor total value", "cm(4)", NUMBER, "", base=DERIVATIVE, schema=True),
    Condition(
        "both number and total value",
        "cm(4)",
        NUMBER,
        NUMBER + NUMBER.replace("transactionShares", "transactionTotalValue"),
        base=DERIVATIVE,
        schema=True,
    ),
    Condition("indirect ownership without a nature", "cm(5)", DIRECT, DIRECT.replace("D<", "I<")),
    Condition(
        "indirect ownership with a blank nature", "cm(5)", DIRECT, DIRECT.replace("D<", "I<") + NATURE.format(" ")
    ),
    Condition("neither underlying number nor value", "cm(6)", UNDERLYING, "", base=DERIVATIVE),
    Condition(
        "both underlying number and value",
        "cm(6)",
        UNDERLYING,
        UNDERLYING + UNDERLYING.replace("SecurityShares", "SecurityValue"),
        base=DERIVATIVE,
        schema=True,
    ),
    Condition(
        "neither amount nor value owned",
        "cm(7)",
        "                    <value>11500</value>\n",
        "",
        schema=True,
    ),
    Condition(
        "a price with neither value nor footnote",
        "cm(8)",
        "                    <value>31.15</value>\n" + MARK,
        "",
        schema=True,
    ),
    Condition(
        "an exercise date with neither",
        "cm(8)",
        "            <exerciseDate>\n                <value>2024-05-14</value>\n",
        "            <exerciseDate>\n",
        base=DERIVATIVE,
        schema=True,
    ),
    Condition(
        "outside the US, no country", "cm(9)", "<rptOwnerNonUSAddressFlag>false", "<rptOwnerNonUSAddressFlag>true"
    ),
    Condition("in the US, no state", "cm(10)", "            <rptOwnerState>IL</rptOwnerState>\n", ""),
    # section 3.2
    Condition("a number with a sign", "3.2", "<value>1000</value>", "<value>+1000</value>"),
    Condition("a negative number", "3.2", "<value>1000</value>", "<value>-1000</value>", schema=True),
    Condition("a number with a comma", "3.2", "<value>1000</value>", "<value>1,000</value>", schema=True),
    Condition("a price with a dollar sign", "3.2", "<value>31.15</value>", "<value>$31.15</value>", schema=True),
    Condition("a number in parentheses", "3.2", "<value>1000</value>", "<value>(1000)</value>", schema=True),
    Condition("a number above the largest", "3.2", "<value>1000</value>", "<value>1000000000000</value>", schema=True),
    Condition("a date in American order", "3.2", ">2026-11-20<", ">11/20/2026<", schema=True),
    Condition("a day that the calendar lacks", "3.2", ">2026-11-20<", ">2026-11-31<", schema=True),
    Condition("yes as a boolean", "3.2", "<isOfficer>1<", "<isOfficer>yes<", schema=True),
    # section 4.1
    Condition("a blank before the declaration", "4.1(4)", "<?xml", " <?xml"),
    Condition("a byte order mark", "4.1(4)", "<?xml", "\ufeff<?xml"),
    Condition("XML version 1.1", "4.1(4)", 'version="1.0"', 'version="1.1"'),
    Condition("a CIK on a line of its own", "4.1(5-6)", ">1999999101<", ">\n1999999101\n<", schema=True),
    Condition("a date on a line of its own", "4.1(5-6)", ">2026-11-20<", ">\n2026-11-20\n<"),
    # section 4.3
    Condition("nothing reported", "4.3", TABLE + NOTES, ""),
    Condition("a Form 4 line with a timeliness", "4.3.8.2", CODING, CODING + TIMELY.format("E")),
    Condition("a Form 5 line that is late", "4.3.8.2", CODING, CODING.replace(">4<", ">5<") + TIMELY.format("L")),
    Condition("a bar as timeliness", "4.3.8.2", CODING, CODING.replace(">4<", ">5<") + TIMELY.format("|")),
    Condition("no coding", "4.3.8.2", CODING, ""),
    Condition(
        "form type 3 on a transaction", "3.6.4", ">4</transactionFormType>", ">3</transactionFormType>", schema=True
    ),
    Condition("no Rule 10b5-1 statement", "3.5", "    <aff10b5One>0</aff10b5One>\n", "", schema=True),
    Condition("an amendment without its original date", "3.5", ">4</documentType>", ">4/A</documentType>", schema=True),
)

#: What no program can know offline, from the same list; docs/cannot-know.md tells of each.
NOT_KNOWABLE = (
    "a CIK that EDGAR doesn't know, or that is not the issuer's or the owner's",
    "a CCC that is not the owner's",
    "content of an enclosed text or HTML document that EDGAR's own converter refuses",
)


def refused(document: bytes) -> list[Finding]:
    """The errors of reading and preflight, and those of the schema."""
    try:
        parsed = xml_source.parse(document, "form4.xml")
        filing = ownership_xml.read(parsed)
    except Rejected as problem:
        return list(problem.findings)
    schema = xsd.validate(parsed, schema_store.schema_in_use(filing))
    findings = without_echoes([*parsed.findings, *run(filing), *schema])
    return [finding for finding in findings if finding.is_error]


def schema_errors(document: bytes) -> list[Finding]:
    parsed = xml_source.parse(document, "form4.xml")
    return xsd.validate(parsed, schema_store.schema_in_use(ownership_xml.read(parsed)))


@pytest.mark.parametrize("base", [SOUND, DERIVATIVE], ids=["Table I", "Table II"])
def test_the_sound_documents_have_no_error(base: str) -> None:
    assert refused(base.encode("ascii")) == []


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.name)
def test_every_condition_for_which_edgar_suspends_is_an_error(condition: Condition) -> None:
    errors = refused(condition.document)
    assert errors, f"{condition.name} ({condition.source}) goes through"
    assert all(error.origin.position for error in errors)


def test_what_is_told_of_each_condition(golden: Callable[[Path, bytes], None]) -> None:
    told = [
        f"{condition.name}\n"
        + "".join(
            f"  {one.origin.position} {one.code} {one.message}\n    {one.hint}\n" for one in refused(condition.document)
        )
        for condition in CONDITIONS
    ]
    golden(ROOT / "tests" / "cases" / "conditions.golden", "".join(told).encode())


@pytest.mark.parametrize("text", ["?", ""], ids=["odd", "empty"])
@pytest.mark.parametrize("base", [SOUND, DERIVATIVE, AMENDED], ids=["table-1", "table-2", "amended"])
def test_what_the_rules_tell_of_each_value_that_is_none(
    base: str, text: str, golden: Callable[[Path, bytes], None], request: pytest.FixtureRequest
) -> None:
    told = []
    for match in re.finditer(r"<(\w+)>([^<\s][^<]*)</", base):
        document = base[: match.start(2)] + text + base[match.end(2) :]
        findings = run(ownership_xml.read(xml_source.parse(document.encode("ascii"), "form4.xml")))
        told.append(f"{base.count(chr(10), 0, match.start()) + 1}: {match[1]}\n")
        told += [f"  {one.origin.position} {one.code} {one.message}\n    {one.hint}\n" for one in findings]
    name = f"values-{request.node.callspec.id}.golden"
    golden(ROOT / "tests" / "cases" / "preflight" / name, "".join(told).encode())


@pytest.mark.parametrize(
    "condition",
    [condition for condition in CONDITIONS if condition.only_preflight],
    ids=lambda condition: condition.name,
)
def test_what_only_preflight_finds_passes_the_schema(condition: Condition) -> None:
    assert schema_errors(condition.document) == []


@pytest.mark.parametrize("condition", [c for c in CONDITIONS if c.schema], ids=lambda condition: condition.name)
def test_what_the_schema_finds_is_told_once_for_each_place(condition: Condition) -> None:
    assert schema_errors(condition.document)
    places = [error.origin.position for error in refused(condition.document)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("number", [1, 2, 3, 5, 6, 8, 9, 14])
def test_submissions_are_refused_for_the_conditions_of_their_own(number: int) -> None:
    case = judge(Path(FOLDER / f"SUB{number:03}" / "bad.xml"))
    assert any(finding.is_error for finding in case.findings)
