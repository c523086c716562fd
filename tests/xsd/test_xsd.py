from __future__ import annotations

import copy
import itertools
import random
import re
import string
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from form4_author import xsd
from form4_author.edgar import xml_source
from form4_author.filing import FORM_4
from form4_author.findings import Rejected, Severity
from form4_author.schema_store import SUBMISSION, SchemaSet, schema_set
from form4_author.schema_store.samples import samples
from form4_author.xsd.structure import Kind, Problem, Slot, diagnose

PLAIN, AMENDED = FORM_4.schemas

NOWHERE = Path("no such folder")
CCC = "ab#4c@d9"

DOCUMENT = """\
<?xml version="1.0"?>
<ownershipDocument>
  <documentType>4</documentType>
  <periodOfReport>2026-11-18</periodOfReport>
  <issuer>
    <issuerCik>0000999999</issuerCik>
    <issuerTradingSymbol>EXMP</issuerTradingSymbol>
  </issuer>
  <reportingOwner>
    <reportingOwnerId>
      <rptOwnerCik>9999999998</rptOwnerCik>
      <rptOwnerCcc>ab#4c@d9</rptOwnerCcc>
    </reportingOwnerId>
    <reportingOwnerAddress>
      <rptOwnerNonUSAddressFlag>false</rptOwnerNonUSAddressFlag>
      <rptOwnerStreet1>1 MAIN STREET</rptOwnerStreet1>
      <rptOwnerCity>SPRINGFIELD</rptOwnerCity>
      <rptOwnerState>IL</rptOwnerState>
      <rptOwnerZipCode>62701</rptOwnerZipCode>
    </reportingOwnerAddress>
    <reportingOwnerRelationship>
      <isOfficer>1</isOfficer>
      <officerTitle>Treasurer</officerTitle>
    </reportingOwnerRelationship>
  </reportingOwner>
  <aff10b5One>0</aff10b5One>
  <nonDerivativeTable>
    <nonDerivativeTransaction>
      <securityTitle>
        <value>Common Stock</value>
        <footnoteId id="F1"/>
      </securityTitle>
      <transactionDate>
        <value>2026-11-18</value>
      </transactionDate>
      <transactionCoding>
        <transactionFormType>4</transactionFormType>
        <transactionCode>M</transactionCode>
        <equitySwapInvolved>0</equitySwapInvolved>
      </transactionCoding>
      <transactionAmounts>
        <transactionShares>
          <value>100</value>
        </transactionShares>
        <transactionPricePerShare>
          <value>4.80</value>
        </transactionPricePerShare>
        <transactionAcquiredDisposedCode>
          <value>A</value>
        </transactionAcquiredDisposedCode>
      </transactionAmounts>
      <postTransactionAmounts>
        <sharesOwnedFollowingTransaction>
          <value>100</value>
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
    <derivativeTransaction>
      <securityTitle>
        <value>Option</value>
      </securityTitle>
      <conversionOrExercisePrice>
        <value>4.80</value>
      </conversionOrExercisePrice>
      <transactionDate>
        <value>2026-11-18</value>
      </transactionDate>
      <transactionAmounts>
        <transactionShares>
          <value>100</value>
        </transactionShares>
        <transactionPricePerShare>
          <value>0</value>
        </transactionPricePerShare>
        <transactionAcquiredDisposedCode>
          <value>D</value>
        </transactionAcquiredDisposedCode>
      </transactionAmounts>
      <exerciseDate>
        <footnoteId id="F2"/>
      </exerciseDate>
      <expirationDate>
        <value>2031-04-28</value>
      </expirationDate>
      <underlyingSecurity>
        <underlyingSecurityTitle>
          <value>Common Stock</value>
        </underlyingSecurityTitle>
        <underlyingSecurityShares>
          <value>100</value>
        </underlyingSecurityShares>
      </underlyingSecurity>
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
    </derivativeTransaction>
  </derivativeTable>
  <footnotes>
    <footnote id="F1">One.</footnote>
    <footnote id="F2">Two.</footnote>
  </footnotes>
  <ownerSignature>
    <signatureName>/s/ Jane Roe</signatureName>
    <signatureDate>2026-11-20</signatureDate>
  </ownerSignature>
</ownershipDocument>
"""
ENVELOPE = samples(SUBMISSION, "X0609")[0]


def schemas(version: str = "X0609") -> SchemaSet:
    return schema_set(version, NOWHERE)


def edited(*edits: tuple[str, str], text: str = DOCUMENT) -> str:
    for old, new in edits:
        assert old in text, f"the document has no {old}"
        text = text.replace(old, new, 1)
    return text


def told(text: str, version: str = "X0609") -> list[tuple[str, str, str]]:
    """What is said of a document: place and code, message, hint."""
    findings = xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas(version))
    assert all(finding.severity is Severity.ERROR for finding in findings)
    return [(f"{finding.origin.position} {finding.code}", finding.message, finding.hint) for finding in findings]


def test_a_valid_document_has_no_findings() -> None:
    assert told(DOCUMENT) == []
    assert told(ENVELOPE) == []
    for version in ("X0306", "X0407", "X0508", "X0609"):
        for part in (PLAIN, AMENDED):
            assert told(samples(part, version)[0], version) == []


# --- one mistake, one finding -------------------------------------------------------------------------------------

BOX = "It says 1 where a trade was made under a Rule 10b5-1(c) plan, else 0."
SHARES, WORTH = "underlyingSecurityShares", "underlyingSecurityValue"
BOTH = f"number of underlying shares ({SHARES}) and value of underlying securities ({WORTH})"

MISTAKES = [
    # XSD001: missing
    (
        ("  <periodOfReport>2026-11-18</periodOfReport>\n", ""),
        ("2:1 XSD001", "period of report (periodOfReport) is missing", "Add <periodOfReport> before <issuer>."),
    ),
    (
        ("  <aff10b5One>0</aff10b5One>\n", ""),
        (
            "2:1 XSD001",
            "Rule 10b5-1(c) box (aff10b5One) is missing",
            f"Add <aff10b5One> before <nonDerivativeTable>. {BOX}",
        ),
    ),
    (
        ("<signatureDate>2026-11-20</signatureDate>", ""),
        (
            "116:3 XSD001",
            "date of the signature (signatureDate) is missing",
            "Add <signatureDate> at the end of <ownerSignature>.",
        ),
    ),
    (
        ("<value>4.80</value>", ""),
        (
            "45:9 XSD001",
            "Table I, line 1: price (transactionPricePerShare) has neither a value nor a footnote",
            "Write a <value>, or refer to the footnote that stands in for it.",
        ),
    ),
    (
        ("<value>Common Stock</value>", ""),
        ("29:7 XSD001", "Table I, line 1: title of security (securityTitle) has no value", "Write a <value>."),
    ),
    # XSD001: unknown, misspelt, in the place of another
    (
        ("<issuerTradingSymbol>EXMP</issuerTradingSymbol>", "<issuerTickerSymbol>EXMP</issuerTickerSymbol>"),
        (
            "7:5 XSD001",
            "<issuerTickerSymbol> stands where trading symbol (issuerTradingSymbol) is due",
            "Write <issuerTradingSymbol> here.",
        ),
    ),
    (
        ("<rptOwnerCity>SPRINGFIELD</rptOwnerCity>", "<rptownercity>SPRINGFIELD</rptownercity>"),
        ("17:7 XSD001", "<rptownercity> is unknown here", "Did you mean <rptOwnerCity>?"),
    ),
    (
        ("<issuer>", "<issuer><junk>secret</junk>"),
        (
            "5:11 XSD001",
            "<junk> does not belong in issuer (issuer)",
            "Allowed are issuerCik, issuerName, issuerTradingSymbol, issuerForeignTradingSymbol.",
        ),
    ),
    (
        ("  <issuer>", "  <dateOfOriginalSubmission>2026-11-01</dateOfOriginalSubmission><issuer>"),
        (
            "5:3 XSD001",
            "<dateOfOriginalSubmission> does not belong in the document (ownershipDocument)",
            "Only an amendment has it: is the form type 4/A?",
        ),
    ),
    (
        ("          <value>D</value>\n        </transactionA", '<value>D</value><footnoteId id="F1"/></transactionA'),
        (
            "83:17 XSD001",
            "Table II, line 1: <footnoteId> does not belong in (A) or (D) (transactionAcquiredDisposedCode)",
            "Here no footnote can be referred to: do it from another cell of the line.",
        ),
    ),
    (
        ("<periodOfReport>2026-11-18", "<periodOfReport>2026-11-18<b/>"),
        (
            "4:29 XSD001",
            "period of report (periodOfReport) holds a text, and no element such as <b>",
            "Remove it.",
        ),
    ),
    # XSD001: out of order
    (
        ('<value>Common Stock</value>\n        <footnoteId id="F1"/>', '<footnoteId id="F1"/><value>Common</value>'),
        (
            "30:30 XSD001",
            "Table I, line 1: title of security (securityTitle) has its value behind a footnote mark",
            "Write <value> first, then the marks.",
        ),
    ),
    (
        (
            "<issuerCik>0000999999</issuerCik>\n    <issuerTradingSymbol>EXMP</issuerTradingSymbol>",
            "<issuerTradingSymbol>EXMP</issuerTradingSymbol><issuerCik>0000999999</issuerCik>",
        ),
        ("6:52 XSD001", "CIK of the issuer (issuerCik) stands out of order", "Move it before <issuerTradingSymbol>."),
    ),
    # XSD002: codes
    (
        ("<transactionCode>M", "<transactionCode>V"),
        (
            "38:9 XSD002",
            'Table I, line 1: transaction code (transactionCode) is "V", which is no code for it',
            "V is no code here: write 5 as <transactionFormType>, and the code of the transaction.",
        ),
    ),
    (
        ("<transactionCode>M", "<transactionCode>K"),
        (
            "38:9 XSD002",
            'Table I, line 1: transaction code (transactionCode) is "K", which is no code for it',
            "K is no code here: write 1 as <equitySwapInvolved>, and the code of the transaction.",
        ),
    ),
    (
        ("<transactionCode>M", "<transactionCode>B"),
        (
            "38:9 XSD002",
            'Table I, line 1: transaction code (transactionCode) is "B", which is no code for it',
            "Write A, C, D, E, F, G, H, I, J, L, M, O, P, S, U, W, X or Z.",
        ),
    ),
    (
        ("<transactionFormType>4", "<transactionFormType>"),
        (
            "37:9 XSD002",
            "Table I, line 1: form that the transaction is due on (transactionFormType) is blank",
            "Write 4 or 5.",
        ),
    ),
    (
        ("<value>A</value>", "<value>a</value>"),
        (
            "49:11 XSD002",
            'Table I, line 1: (A) or (D) (transactionAcquiredDisposedCode) is "a", which is no code for it',
            "Write A, in capitals.",
        ),
    ),
    (
        ("<value>A</value>", "<value>\n A </value>"),
        (
            "49:11 XSD002",
            'Table I, line 1: (A) or (D) (transactionAcquiredDisposedCode) is "\\n A ", which is no code for it',
            "Write A alone: blanks and line breaks around it count (specification 4.1(5)).",
        ),
    ),
    (
        ("<rptOwnerState>IL", "<rptOwnerState>Illinois"),
        ("18:7 XSD002", 'state (rptOwnerState) is "Illinois", which is no code for it', "Write IL."),
    ),
    (
        ("<rptOwnerState>IL", "<rptOwnerState>X0"),
        (
            "18:7 XSD002",
            'state (rptOwnerState) is "X0", which is no code for it',
            "UNITED KINGDOM is no US state: write X0 as <rptOwnerCountry>.",
        ),
    ),
    (
        ("<rptOwnerState>IL</rptOwnerState>", "<rptOwnerCountry>DE</rptOwnerCountry>"),
        (
            "18:7 XSD002",
            'country (rptOwnerCountry) is "DE", which is no code for it',
            "DE is DELAWARE to EDGAR: for GERMANY, write 2M or the name.",
        ),
    ),
    (
        ("<documentType>4<", "<documentType>four<"),
        (
            "3:3 XSD002",
            'form type (documentType) is "four", which is no code for it',
            "Write 4, or 4/A for an amendment.",
        ),
    ),
    # XSD003: lengths
    (
        ("<rptOwnerStreet1>1 MAIN STREET", f"<rptOwnerStreet1>{'X' * 41}"),
        (
            "16:7 XSD003",
            "street, line 1 (rptOwnerStreet1) has 41 characters, and 40 are allowed",
            "Shorten it by 1 character.",
        ),
    ),
    (
        ("<rptOwnerStreet1>1 MAIN STREET", f"<rptOwnerStreet1>\n{' ' * 30}1 MAIN STREET\n"),
        (
            "16:7 XSD003",
            "street, line 1 (rptOwnerStreet1) has 45 characters, and 40 are allowed",
            "Blanks and line breaks around a text count: write the two tags and the text on one line.",
        ),
    ),
    (
        ("<signatureName>/s/ Jane Roe", "<signatureName>"),
        ("117:5 XSD003", "name of the signature (signatureName) is empty", "Write it."),
    ),
    (
        (f"<rptOwnerCcc>{CCC}", "<rptOwnerCcc>short"),
        ("12:7 XSD003", "CCC of the owner (rptOwnerCcc) has 5 characters, not 8", "It has exactly 8 characters."),
    ),
    (
        (f"<rptOwnerCcc>{CCC}", "<rptOwnerCcc>"),
        (
            "12:7 XSD003",
            "CCC of the owner (rptOwnerCcc) is empty",
            "Write the owner's CCC, of 8 characters, or leave the element out.",
        ),
    ),
    # XSD004: form
    (
        ("<periodOfReport>2026-11-18", "<periodOfReport>11/18/2026"),
        (
            "4:3 XSD004",
            'period of report (periodOfReport) is "11/18/2026", which is not in EDGAR\'s form',
            "Write 2026-11-18.",
        ),
    ),
    (
        ("<periodOfReport>2026-11-18", "<periodOfReport>2026-02-30"),
        (
            "4:3 XSD004",
            'period of report (periodOfReport) is "2026-02-30", which is no day of the calendar',
            "Write it as YYYY-MM-DD, as in 2026-03-18.",
        ),
    ),
    (
        ("<periodOfReport>2026-11-18", "<periodOfReport> "),
        ("4:3 XSD004", "period of report (periodOfReport) is blank", "Write the date."),
    ),
    (
        ("<value>2031-04-28</value>", "<value/>"),
        (
            "90:9 XSD004",
            "Table II, line 1: expiration date (expirationDate) is blank",
            "Write the date, or leave <value> out and refer to a footnote.",
        ),
    ),
    (
        ("<isOfficer>1", "<isOfficer>Yes"),
        (
            "22:7 XSD004",
            'box Officer (isOfficer) is "Yes", which is neither 1 or true nor 0 or false',
            "Write 1.",
        ),
    ),
    (
        ("<isOfficer>1", "<isOfficer>"),
        ("22:7 XSD004", "box Officer (isOfficer) is blank", "Write 1 (yes) or 0 (no), or leave the element out."),
    ),
    (
        ("<value>4.80", "<value>$1,234.50"),
        (
            "46:11 XSD004",
            'Table I, line 1: price (transactionPricePerShare) is "$1,234.50", which is more than digits and a point',
            "Write 1234.50.",
        ),
    ),
    (
        ("<value>4.80", "<value>1.23456"),
        (
            "46:11 XSD004",
            'Table I, line 1: price (transactionPricePerShare) is "1.23456", which has too many decimals',
            "EDGAR takes four decimals. A footnote can tell the exact number.",
        ),
    ),
    (
        ("<value>4.80", "<value>-4.80"),
        (
            "46:11 XSD004",
            'Table I, line 1: price (transactionPricePerShare) is "-4.80", which is below zero',
            "Write it without a sign: A or D tells what was acquired and disposed of.",
        ),
    ),
    (
        ("<value>4.80", "<value>1000000000000"),
        (
            "46:11 XSD004",
            'Table I, line 1: price (transactionPricePerShare) is "1000000000000", which is too large',
            "The largest is 999999999999.9999.",
        ),
    ),
    (
        ("<value>4.80", "<value>n/a"),
        (
            "46:11 XSD004",
            'Table I, line 1: price (transactionPricePerShare) is "n/a", which is no number',
            "Write digits, and a point before decimals: 1234.5.",
        ),
    ),
    (
        ("<issuerCik>0000999999", "<issuerCik>00009X"),
        (
            "6:5 XSD004",
            'CIK of the issuer (issuerCik) is "00009X", which is not 1 to 10 digits',
            "A CIK has digits alone.",
        ),
    ),
    (
        ("<issuerCik>0000999999", "<issuerCik>\n      999999\n    "),
        (
            "6:5 XSD004",
            'CIK of the issuer (issuerCik) is "\\n      999999\\n    ", with blanks around it',
            "Write 999999 alone: blanks and line breaks around it count.",
        ),
    ),
    (
        ("<rptOwnerZipCode>62701", "<rptOwnerZipCode>62_701"),
        (
            "19:7 XSD004",
            'postal code (rptOwnerZipCode) is "62_701", which holds "_"',
            "It takes letters A to Z, digits, blanks, # and the hyphen.",
        ),
    ),
    # XSD005: footnotes
    (
        ('<footnoteId id="F1"/>', '<footnoteId id="F9"/>'),
        ("31:9 XSD005", "Table I, line 1: there is no footnote F9", "Write the footnote, or remove the mark."),
    ),
    (
        ('<footnoteId id="F1"/>', '<footnoteId id="F01"/>'),
        (
            "31:9 XSD005",
            'Table I, line 1: footnote mark (footnoteId) has the id "F01"',
            "Footnotes are numbered F1 to F99, without leading zeros.",
        ),
    ),
    (
        ('<footnote id="F2">', '<footnote id="F02">'),
        (
            "114:5 XSD005",
            'footnote (footnote) has the id "F02"',
            "Footnotes are numbered F1 to F99, without leading zeros.",
        ),
    ),
    (
        ('<footnote id="F2">', "<footnote>"),
        ("114:5 XSD005", "footnote (footnote) has no id", "Footnotes are numbered F1 to F99, without leading zeros."),
    ),
    (
        ('<footnote id="F2">', '<footnote id="F1">'),
        ("114:5 XSD005", "there are two footnotes F1", "Give each footnote a number of its own."),
    ),
    # XSD006: stray text and attributes
    (
        ("<value>4.80</value>", "4.80"),
        (
            "45:9 XSD006",
            'Table I, line 1: the text "4.80" stands in price (transactionPricePerShare), outside of any value',
            "Write it as <value>.",
        ),
    ),
    (
        ("</issuer>", "</issuer>stray"),
        (
            "2:1 XSD006",
            'the text "stray" stands in the document (ownershipDocument), outside of any value',
            "Remove it, or put it into an element.",
        ),
    ),
    (
        ('<footnoteId id="F1"/>', '<footnoteId id="F1"> </footnoteId>'),
        (
            "31:9 XSD006",
            "Table I, line 1: blanks stand in footnote mark (footnoteId), which must be empty",
            'Write <footnoteId id="F1"/>.',
        ),
    ),
    (
        ("<issuer>", '<issuer id="7">'),
        ("5:3 XSD006", "issuer (issuer) takes no attribute id", "Remove it."),
    ),
    (
        ("<ownershipDocument>", '<ownershipDocument xmlns="urn:example">'),
        (
            "2:1 XSD006",
            "the document (ownershipDocument) takes no attribute xmlns",
            "EDGAR's elements stand in no namespace: remove it.",
        ),
    ),
    # XSD007: the root, and other forms
    (
        ("<documentType>4<", "<documentType>5/A<"),
        ("3:3 XSD007", "this is a Form 5/A", "Forms 4 and 4/A are supported."),
    ),
    # XSD008: too many
    (
        ("  <aff10b5One>0</aff10b5One>\n", "  <aff10b5One>0</aff10b5One>\n  <aff10b5One>maybe</aff10b5One>\n"),
        ("27:3 XSD008", "Rule 10b5-1(c) box (aff10b5One) stands here twice", "Only one can be given."),
    ),
    (
        (
            "<underlyingSecurityShares>",
            "<underlyingSecurityValue><value>1</value></underlyingSecurityValue><underlyingSecurityShares>",
        ),
        (
            "96:76 XSD008",
            f"Table II, line 1: {BOTH} stand side by side",
            "Only one of the two can be given.",
        ),
    ),
]


@pytest.mark.parametrize(("edit", "expected"), MISTAKES, ids=[expected[1][:60] for _, expected in MISTAKES])
def test_one_mistake_gives_one_finding_at_its_place(edit: tuple[str, str], expected: tuple[str, str, str]) -> None:
    place, message, hint = expected
    assert told(edited(edit)) == [(f"form4.xml:{place}", message, hint)]


def test_every_code_is_tested() -> None:
    codes = {expected[0].split()[1] for _, expected in MISTAKES}
    assert codes == {f"XSD00{number}" for number in range(1, 9)}
    for code in codes | {"XSD009"}:
        assert f"- {code} " in (xsd.__doc__ or "")


@pytest.mark.parametrize(
    ("root", "message", "hint"),
    [
        (
            "<rss/>",
            "the root element is <rss>, so this is no ownership document",
            "A Form 4's root element is <ownershipDocument>.",
        ),
        (
            "<OwnershipDocument/>",
            "the root element is <OwnershipDocument>, so this is no ownership document",
            "Write <ownershipDocument>, without a prefix.",
        ),
        (
            '<s:edgarSubmission xmlns:s="urn:example"/>',
            "the root element is <s:edgarSubmission>, so this is no ownership document",
            "Write <edgarSubmission>, without a prefix.",
        ),
    ],
)
def test_another_root_is_one_finding(root: str, message: str, hint: str) -> None:
    assert told(root) == [("form4.xml:1:1 XSD007", message, hint)]


def test_an_empty_document_lacks_each_required_part() -> None:
    missing = [message.partition("(")[2].partition(")")[0] for _, message, _ in told("<ownershipDocument/>")]
    named = ["documentType", "periodOfReport", "issuer", "reportingOwner", "ownerSignature"]
    assert [name for name in missing if name != "c"] == named
    assert len(missing) == len(named) + 1  # and the box of Rule 10b5-1(c)


def test_several_mistakes_are_told_in_one_run_in_the_order_of_the_document() -> None:
    text = edited(
        ("<periodOfReport>2026-11-18", "<periodOfReport>18.11.2026"),
        ("<issuerTradingSymbol>EXMP</issuerTradingSymbol>", ""),
        ("<isOfficer>1", "<isOfficer>yes"),
        ("  <aff10b5One>0</aff10b5One>\n", ""),
        ("<transactionCode>M", "<transactionCode>m"),
        ("<value>4.80", "<value>4,80"),
        ("<value>2031-04-28</value>", ""),
        ('<footnote id="F2">Two.</footnote>', ""),
        ("<signatureDate>2026-11-20", "<signatureDate>"),
    )
    assert [place for place, _, _ in told(text)] == [
        "form4.xml:2:1 XSD001",
        "form4.xml:4:3 XSD004",
        "form4.xml:5:3 XSD001",
        "form4.xml:22:7 XSD004",
        "form4.xml:37:9 XSD002",
        "form4.xml:45:11 XSD004",
        "form4.xml:86:9 XSD005",
        "form4.xml:88:7 XSD001",
        "form4.xml:117:5 XSD004",
    ]


def test_what_stands_in_something_superfluous_is_not_told_as_well() -> None:
    twice = edited(("  <footnotes>", '  <footnotes>\n<footnote id="F1">One.</footnote></footnotes>\n  <footnotes>'))
    assert [message for _, message, _ in told(twice)] == ["footnotes (footnotes) stands here twice"]


def test_a_footnote_that_is_missing_is_told_once() -> None:
    text = edited(
        ('<footnoteId id="F1"/>', '<footnoteId id="F7"/>'), ('<footnoteId id="F2"/>', '<footnoteId id="F7"/>')
    )
    assert [(place, message) for place, message, _ in told(text)] == [
        ("form4.xml:31:9 XSD005", "Table I, line 1: there is no footnote F7, which 2 cells refer to")
    ]


# --- counts -------------------------------------------------------------------------------------------------------


def repeated(start: str, end: str, times: int) -> str:
    """The document with its part from `start` to `end` that many times."""
    head, _, rest = DOCUMENT.partition(start)
    part, _, tail = rest.partition(end)
    assert tail
    return head + f"{start}{part}{end}" * times + tail


@pytest.mark.parametrize(
    ("tag", "most", "message", "hint"),
    [
        (
            "nonDerivativeTransaction",
            30,
            "Table I has 32 lines, and 30 are allowed",
            "Report the others on a second Form 4.",
        ),
        (
            "derivativeTransaction",
            30,
            "Table II has 32 lines, and 30 are allowed",
            "Report the others on a second Form 4.",
        ),
        (
            "reportingOwner",
            10,
            "there are 12 of reporting owner (reportingOwner), and 10 are allowed",
            "Leave out the others.",
        ),
        (
            "ownerSignature",
            10,
            "there are 12 of signature (ownerSignature), and 10 are allowed",
            "Leave out the others.",
        ),
    ],
)
def test_too_many_are_told_once_at_the_first_in_excess(tag: str, most: int, message: str, hint: str) -> None:
    assert told(repeated(f"<{tag}>", f"</{tag}>", most)) == []
    text = repeated(f"<{tag}>", f"</{tag}>", most + 2)
    parts = text.split(f"<{tag}>")
    before = f"<{tag}>".join(parts[: most + 1])
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert told(text) == [(f"form4.xml:{line}:{column} XSD008", message, hint)]


def test_the_owner_and_the_line_are_named_where_there_are_several() -> None:
    text = repeated("<reportingOwner>", "</reportingOwner>", 2)
    second = text.rindex("<isOfficer>1")
    text = f"{text[:second]}<isOfficer>?{text[second + 12 :]}"
    assert [message for _, message, _ in told(text)] == [
        'reporting owner 2: box Officer (isOfficer) is "?", which is neither 1 or true nor 0 or false'
    ]
    text = repeated("<nonDerivativeTransaction>", "</nonDerivativeTransaction>", 3)
    third = text.rindex("<transactionCode>M")
    text = f"{text[:third]}<transactionCode>?{text[third + 18 :]}"
    assert [message for _, message, _ in told(text)] == [
        'Table I, line 3: transaction code (transactionCode) is "?", which is no code for it'
    ]


def test_a_flood_of_mistakes_is_cut_off_with_a_note() -> None:
    text = edited(("<issuer>", f"<issuer>{'<junk/>' * 5000}"))
    findings = xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas())
    assert len(findings) == 201
    assert findings[-1].message == "only the first 200 violations of the schema are told"
    assert findings[-1].severity is Severity.NOTE


# --- versions and kinds of document -------------------------------------------------------------------------------


def test_what_a_version_does_not_have_yet_is_told_as_that() -> None:
    text = edited(("<issuerTradingSymbol>EXMP</issuerTradingSymbol>", "<issuerTradingSymbol>E</issuerTradingSymbol>"))
    assert told(text, "X0306") == [
        (
            "form4.xml:15:7 XSD001",
            "<rptOwnerNonUSAddressFlag> does not belong in address (reportingOwnerAddress)",
            "It came with schema X0609, in March 2026.",
        ),
        (
            "form4.xml:26:3 XSD001",
            "<aff10b5One> does not belong in the document (ownershipDocument)",
            "It came with schema X0407, in March 2023.",
        ),
    ]


def test_before_x0609_the_state_may_be_a_country_and_the_hint_says_so() -> None:
    address = "<reportingOwnerAddress><rptOwnerState>{}</rptOwnerState></reportingOwnerAddress>"
    for version, written, expected in [
        ("X0508", "2M", []),
        ("X0508", "Germany", ["Write 2M."]),
        ("X0306", "CH", ["EDGAR's codes are not ISO's: for SWITZERLAND, write V8 or the name."]),
        ("X0609", "Germany", ["GERMANY is no US state: write 2M as <rptOwnerCountry>."]),
    ]:
        good, _ = samples(PLAIN, version)
        text = good.replace("</reportingOwnerId>", f"</reportingOwnerId>{address.format(written)}")
        assert [hint for _, _, hint in told(text, version)] == expected


def test_an_amendment_is_judged_as_one() -> None:
    amendment, _ = samples(AMENDED, "X0609")
    assert told(amendment) == []
    without = amendment.replace("  <dateOfOriginalSubmission>2026-11-19</dateOfOriginalSubmission>\n", "")
    assert told(without) == [
        (
            "form4.xml:1:1 XSD001",
            "date of the original filing (dateOfOriginalSubmission) is missing",
            "Add <dateOfOriginalSubmission> before <issuer>. An amendment names the day of the filing that it amends.",
        )
    ]


def test_a_submission_is_judged_by_the_envelopes_schema() -> None:
    text = edited(
        ("<submissionType>4", "<submissionType>4A"),
        ("  <edgarDocument>", "  <returnCopy>true</returnCopy>\n  <edgarDocument>"),
        ("<documentName>form4.xml", f"<documentName>{'x' * 30}.xml"),
        ("<documentMimeBlock>PGEvPg==", "<documentMimeBlock>"),
        text=ENVELOPE,
    )
    assert told(text) == [
        (
            "form4.xml:2:3 XSD002",
            'submission type (submissionType) is "4A", which is no code for it',
            "Write 3, 3/A, 4, 4/A, 5 or 5/A.",
        ),
        (
            "form4.xml:4:3 XSD001",
            "<returnCopy> does not belong in the submission (edgarSubmission)",
            "EDGAR no longer takes it since March 2026 (release 26.1.1): leave it out.",
        ),
        (
            "form4.xml:6:5 XSD003",
            "file name (documentName) has 34 characters, and 32 are allowed",
            "Shorten it by 2 characters.",
        ),
        ("form4.xml:8:5 XSD003", "content (documentMimeBlock) is empty", "Write it."),
    ]


def test_the_findings_cite_the_specification() -> None:
    text = edited(
        ("<transactionCode>M", "<transactionCode>V"), ("<isOfficer>1", "<isOfficer>"), ("<issuer>", "<issuer a='1'>")
    )
    findings = xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas())
    assert [finding.source for finding in findings] == [
        "Specification 3.5",
        "Specification 3.2",
        "Specification 3.6.10",
    ]


def test_the_path_of_a_finding_is_that_of_its_element() -> None:
    text = edited(("<value>4.80", "<value>?"))
    (finding,) = xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas())
    assert finding.origin.path == (
        "/ownershipDocument/nonDerivativeTable/nonDerivativeTransaction/transactionAmounts/transactionPricePerShare/value"
    )


@pytest.mark.parametrize(
    "attributes",
    [
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="ownership4Document.xsd"',
        'xmlns:x="urn:example"',
    ],
)
def test_a_location_of_the_schema_is_neither_followed_nor_told(attributes: str) -> None:
    assert told(edited(("<ownershipDocument>", f"<ownershipDocument {attributes}>"))) == []


def test_no_type_or_nil_of_the_documents_own_gets_round_the_schema() -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    text = edited(("<ownershipDocument>", f"<ownershipDocument {xsi}>"), ("<issuer>", '<issuer xsi:nil="true">'))
    assert told(text) == [("form4.xml:5:3 XSD006", "issuer (issuer) takes no attribute xsi:nil", "Remove it.")]


# --- the CCC ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        (f"<rptOwnerCcc>{CCC}", f"<rptOwnerCcc>{CCC}0"),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", f"<rptOwnerCCC>{CCC}</rptOwnerCCC>"),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", CCC),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", f"<rptOwnerCcc><value>{CCC}</value></rptOwnerCcc>"),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", f"<rptOwnerCcc/>{CCC}"),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", f'<rptOwnerCcc value="{CCC}"/>'),
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", f"<rptOwnerCcc>{CCC}</rptOwnerCcc><rptOwnerCcc>{CCC}</rptOwnerCcc>"),
        ("<rptOwnerCik>9999999998", f"<rptOwnerCik>{CCC}"),
        ("<issuerCik>0000999999", f"<issuerCik>{CCC}"),
        ("<isOfficer>1", f"<isOfficer>{CCC}"),
        ("<rptOwnerState>IL", f"<rptOwnerState>{CCC}"),
        ("<rptOwnerZipCode>62701", f"<rptOwnerZipCode> {CCC}"),
        ("<periodOfReport>2026-11-18", f"<periodOfReport>{CCC}"),
        ("<value>4.80", f"<value>{CCC}"),
        ('<footnote id="F1">', f'<footnote id="{CCC}">'),
        ("<issuer>", f"<issuer>{CCC}"),
    ],
)
def test_a_ccc_is_never_shown_wherever_it_was_put(edit: tuple[str, str]) -> None:
    text = edited(edit)
    findings = xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas())
    assert findings
    assert CCC not in repr(findings)


# --- structure ----------------------------------------------------------------------------------------------------

A, B, C = Slot(("a",), 1, 1), Slot(("b",), 0, 1), Slot(("c", "d"), 1, 1)
MARKS = Slot(("m",), 0, 99)
CELL = [Slot(("value", "m"), 1, 1), Slot(("m",), 0, 98)]


@pytest.mark.parametrize(
    ("children", "slots", "problems"),
    [
        ("abc", [A, B, C], []),
        ("ad", [A, B, C], []),
        ("bc", [A, B, C], [Problem(Kind.MISSING, 0, 0)]),
        ("ab", [A, B, C], [Problem(Kind.MISSING, 2, 2)]),
        ("abxc", [A, B, C], [Problem(Kind.UNKNOWN, 2)]),
        ("abx", [A, B, C], [Problem(Kind.REPLACED, 2, 2)]),
        ("bac", [A, B, C], [Problem(Kind.MISPLACED, 1, 0)]),
        ("cab", [A, B, C], [Problem(Kind.MISPLACED, 0, 2)]),
        ("aabc", [A, B, C], [Problem(Kind.TOO_MANY, 1, 0, 2)]),
        ("aaabc", [A, B, C], [Problem(Kind.TOO_MANY, 1, 0, 3)]),
        ("abcd", [A, B, C], [Problem(Kind.EXCLUDED, 3, 2)]),
        ("bb", [A, B], [Problem(Kind.REPLACED, 0, 0)]),
        ("", [A, B, C], [Problem(Kind.MISSING, 0, 0), Problem(Kind.MISSING, 0, 2)]),
        ("xay", [A], [Problem(Kind.UNKNOWN, 0), Problem(Kind.UNKNOWN, 2)]),
        ("a" + "m" * 99, [A, MARKS], []),
        ("a" + "m" * 101, [A, MARKS], [Problem(Kind.TOO_MANY, 100, 1, 101)]),
        ("ma", [A, MARKS], [Problem(Kind.MISPLACED, 1, 0)]),
        ("x", [], [Problem(Kind.UNKNOWN, 0)]),
        ("", [], []),
    ],
)
def test_diagnosis(children: str, slots: list[Slot], problems: list[Problem]) -> None:
    assert diagnose(children, slots) == problems


@pytest.mark.parametrize(
    ("children", "problems"),
    [
        (["value"], []),
        (["m", "m"], []),
        (["value", "m"], []),
        ([], [Problem(Kind.MISSING, 0, 0)]),
        (["m", "value"], [Problem(Kind.MISPLACED, 1, 0)]),
        (["value", "value"], [Problem(Kind.TOO_MANY, 1, 0, 2)]),
        (["Value"], [Problem(Kind.REPLACED, 0, 0)]),
    ],
)
def test_diagnosis_of_a_cell(children: list[str], problems: list[Problem]) -> None:
    assert diagnose(children, CELL) == problems


def test_diagnosis_finds_fault_exactly_where_the_order_is_broken() -> None:
    """All short sequences against the order that a regular expression states."""
    order = re.compile(r"ab?[cd]m{0,2}")
    slots = [A, B, C, Slot(("m",), 0, 2)]
    tried = 0
    for length in range(6):
        for children in itertools.product("abcdmx", repeat=length):
            tried += 1
            fault = diagnose(children, slots)
            assert bool(fault) is not bool(order.fullmatch("".join(children))), children
            assert all(problem.child <= length for problem in fault)
    assert tried == sum(6**n for n in range(6))


# --- against xmlschema itself -------------------------------------------------------------------------------------

TEXTS = ["", " ", "x", "X" * 61, "X" * 2001, "0", "1", "true", "maybe", "4", "4/A", "E", "|", "-1", ".5", "1e3", "NaN"]
TEXTS += ["99999999999-01-01", "2026-11-18Z", "0000-01-01", "F1", "F99", "\u0663", "\N{GREEK SMALL LETTER OMEGA}", CCC]
NAMES = ["value", "footnoteId", "remarks", "junk", "schemaVersion", "rptOwnerCountry", "transactionTotalValue", "x:y"]


def change(root: ET.Element, chance: random.Random) -> None:
    """One random change somewhere in the tree."""
    pool = list(root.iter())
    element = chance.choice(pool)
    kind = chance.randrange(7)
    if kind == 0:
        chance.choice([leaf for leaf in pool if not len(leaf)]).text = chance.choice(
            [*TEXTS, "".join(chance.choices(string.printable[:95], k=chance.randrange(12)))]
        )
    elif kind == 1 and len(element):
        element.remove(chance.choice(list(element)))
    elif kind == 2 and len(element):
        element.insert(chance.randrange(len(element) + 1), copy.deepcopy(chance.choice(list(element))))
    elif kind == 3 and len(element):
        child = chance.choice(list(element))
        element.remove(child)
        element.insert(chance.randrange(len(element) + 1), child)
    elif kind == 4 and element is not root:
        element.tag = chance.choice(NAMES)
    elif kind == 5:
        element.set(chance.choice(["id", "junk", "xsi:type", "xmlns"]), chance.choice(["F1", "F100", "", "x"]))
    else:
        element.tail = "stray"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_there_are_findings_if_and_only_if_xmlschema_refuses_the_document(seed: int) -> None:
    chance = random.Random(seed)
    schema = schemas().schema(PLAIN)
    count: Counter[bool] = Counter()
    for _ in range(200):
        root = ET.fromstring(DOCUMENT)
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            change(root, chance)
        try:
            document = xml_source.parse(ET.tostring(root), "form4.xml")
        except Rejected:
            continue
        findings = xsd.validate(document, schemas())
        form = (document.root.findtext("documentType") or "").strip()
        if form not in {"3", "3/A", "4/A", "5", "5/A"}:
            try:
                valid = schema.is_valid(document.root)
            except OverflowError:  # a year of eleven digits is more than xmlschema can take
                valid = False
            assert valid is (not findings), ET.tostring(root)
            count[valid] += 1
        assert "XSD009" not in {finding.code for finding in findings}, ET.tostring(root)
        assert all(finding.origin.position and finding.message for finding in findings)
    assert count[True] > 5
    assert count[False] > 100


def test_hostile_documents_are_judged_quickly() -> None:
    floods = [
        edited(("<issuer>", f"<issuer>{'<junk/>' * 5_000}")),
        edited(("<nonDerivativeTable>", f"<nonDerivativeTable>{'<nonDerivativeHolding/>' * 5_000}")),
        edited(("<value>4.80", f"<value>{'9' * 300_000}")),
        edited(("<periodOfReport>2026-11-18", f"<periodOfReport>{'2' * 300_000}")),
        edited(("<rptOwnerState>IL", f"<rptOwnerState>{'x y ' * 100_000}")),
        edited(('<footnoteId id="F1"/>', '<footnoteId id="F9"/>' * 2_000)),
    ]
    schemas().schema(PLAIN)
    for text in floods:
        start = time.perf_counter()
        assert told_some(text)
        assert time.perf_counter() - start < 10


def told_some(text: str) -> bool:
    findings = xsd.validate(xml_source.parse(text.encode(), "form4.xml"), schemas())
    return bool(findings) and all(len(finding.message) < 400 for finding in findings)
