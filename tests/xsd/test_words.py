"""What a finding calls an element and a line, which section it cites, and what is said of what a version lacks."""

from __future__ import annotations

from tests.documents import edited, repeated
from tests.xsd.told import told, violations


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


def test_the_findings_cite_the_specification() -> None:
    text = edited(
        ("<transactionCode>M", "<transactionCode>V"), ("<isOfficer>1", "<isOfficer>"), ("<issuer>", "<issuer a='1'>")
    )
    findings = violations(text)
    assert [finding.source for finding in findings] == [
        "Specification 3.5",
        "Specification 3.2",
        "Specification 3.6.10",
    ]
