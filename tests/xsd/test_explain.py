"""What is missing, superfluous, out of order or stray in a document: one finding each, at its place."""

from __future__ import annotations

import pytest

from form4_author.findings import Severity
from tests.documents import edited, repeated
from tests.xsd.told import told, violations

BOX = "It says 1 where a trade was made under a Rule 10b5-1(c) plan, else 0."
SHARES, WORTH = "underlyingSecurityShares", "underlyingSecurityValue"
BOTH = f"number of underlying shares ({SHARES}) and value of underlying securities ({WORTH})"

MISTAKES = [
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
    (
        ("<documentType>4<", "<documentType>144/A<"),
        ("3:3 XSD007", "this is a Form 144/A", "Forms 3, 3/A, 4, 4/A, 5 and 5/A are supported."),
    ),
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


def test_a_flood_of_mistakes_is_cut_off_with_a_note() -> None:
    text = edited(("<issuer>", f"<issuer>{'<junk/>' * 5000}"))
    findings = violations(text)
    assert len(findings) == 201
    assert findings[-1].message == "only the first 200 violations of the schema are told"
    assert findings[-1].severity is Severity.NOTE


def test_the_path_of_a_finding_is_that_of_its_element() -> None:
    text = edited(("<value>4.80", "<value>?"))
    (finding,) = violations(text)
    assert finding.origin.path == (
        "/ownershipDocument/nonDerivativeTable/nonDerivativeTransaction/transactionAmounts/transactionPricePerShare/value"
    )
