"""A text that its type does not take: codes, lengths, dates, numbers, yes or no; and what is never shown of one."""

from __future__ import annotations

import pytest

from form4_author.filing import FORM_4
from form4_author.schema_store.samples import samples
from tests.documents import CCC, edited
from tests.xsd.told import told, violations

PLAIN, _AMENDED = FORM_4.schemas

MISTAKES = [
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
]


@pytest.mark.parametrize(("edit", "expected"), MISTAKES, ids=[expected[1][:60] for _, expected in MISTAKES])
def test_one_wrong_value_gives_one_finding_at_its_place(edit: tuple[str, str], expected: tuple[str, str, str]) -> None:
    place, message, hint = expected
    assert told(edited(edit)) == [(f"form4.xml:{place}", message, hint)]


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
    findings = violations(text)
    assert findings
    assert CCC not in repr(findings)
