"""The codes of the catalogue that other stages find: each has its page here, so that every code has one."""

from __future__ import annotations

from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, WITH_TRANSACTIONS, Rule, Scope

PROCESSING_INSTRUCTION = Rule(
    code="DOC004",
    forms=ALL_FORMS,
    severity=Severity.ERROR,
    summary="a stylesheet reference or another processing instruction",
    source="Specification 5",
    scope=Scope.XML,
    page="EDGAR suspends a document with anything of the form `<?name ...?>` in it, the XML declaration aside. Some "
    "tools add a stylesheet so that the file shows nicely in a browser; `preview` shows it without.",
)
BEFORE_DECLARATION = Rule(
    code="DOC005",
    forms=ALL_FORMS,
    severity=Severity.ERROR,
    summary="anything before the XML declaration, or a version other than 1.0",
    source="Specification 4.1(4)",
    scope=Scope.XML,
    page="The XML declaration is optional; but where it stands, the file must begin with it, without so much as a "
    "blank or a byte order mark before it, and its version must be 1.0.",
)
ONE_LINE = Rule(
    code="DOC009",
    forms=ALL_FORMS,
    severity=Severity.WARNING,
    summary="the whole document on one line",
    source="Specification 4.1(3)",
    scope=Scope.XML,
    page="The SEC strongly discourages files without line breaks: they are published as they are, for people to read.",
)
STATED_BALANCE = Rule(
    code="BAL002",
    forms=ALL_FORMS,
    severity=Severity.ERROR,
    summary="a stated balance that differs from the derived one",
    source="SEC, Section 16 Electronic Reporting FAQ 1",
    scope=Scope.PLAN,
    page="A plan derives the amount owned after each line from the opening balance. A `balance` that is stated as well "
    "is checked. Where the amount really doesn't follow from the lines, as after a purchase plan or a reinvested "
    "dividend, write `restated_balance` and say why in a footnote.",
)
NEGATIVE_BALANCE = Rule(
    code="BAL003",
    forms=ALL_FORMS,
    severity=Severity.ERROR,
    summary="a derived balance below zero",
    source="SEC, Section 16 Electronic Reporting FAQ 1",
    scope=Scope.PLAN,
    page="More is disposed of than was held: either the amount, the opening balance or the form of ownership is wrong.",
)
RESTATED_BALANCE = Rule(
    code="BAL005",
    forms=ALL_FORMS,
    source_on_3="Form 3, Instruction 5",
    severity=Severity.WARNING,
    summary="a restated balance that no footnote explains",
    source="Form 4, Instruction 4",
    scope=Scope.PLAN,
    page="A `restated_balance` sets an amount owned that does not follow from what the plan says was held before. "
    "Whoever reads the form sees the jump, so a footnote on the line says why: shares bought under a purchase plan, "
    "reinvested dividends, a transfer, an error in an earlier form. The first line of a security in a form of "
    "ownership is looked at; the later ones, which the form itself shows not to follow, are left to BAL001.",
)
UNSHOWN_HOLDING = Rule(
    code="BAL007",
    forms=WITH_TRANSACTIONS,
    severity=Severity.WARNING,
    summary="a holding of a class that is reported, in a form of ownership that no line shows",
    source="Form 4, General Instruction 4",
    scope=Scope.PLAN,
    page="Where a transaction in a class of securities is reported, so is all that is held of the class afterwards, "
    "directly and in each form of indirect ownership, on lines of their own. What `opening` has of it and no line "
    "shows belongs under `holdings`, where the amount may be left out. An amendment repeats only what it amends.",
)
OUT_OF_ORDER = Rule(
    code="BAL008",
    forms=WITH_TRANSACTIONS,
    severity=Severity.WARNING,
    summary="a balance reckoned from a line of a later date",
    source="SEC, Section 16 Electronic Reporting FAQ 1",
    scope=Scope.PLAN,
    page="A plan's balances run in the order in which its lines stand. Where a line is of an earlier day than one "
    "above it, of the same security and holder, its balance is an amount that was never owned. Put the lines into the "
    "order of their dates; or state the balances.",
)
FILE_NAME = Rule(
    code="SUB001",
    forms=ALL_FORMS,
    severity=Severity.ERROR,
    summary="a file name that EDGAR doesn't take",
    source="Specification 4.2(6)",
    scope=Scope.SUBMISSION,
    page="A file name has at most 32 characters: lower-case letters, digits, at most one hyphen, one underscore and "
    "one period, a letter first. The form ends in .xml, all others in .txt, .htm, .jpg or .gif.",
)
UNKNOWN_WAIVER = Rule(
    code="WVR001",
    forms=ALL_FORMS,
    severity=Severity.WARNING,
    summary="a waiver of a code that doesn't exist",
    source="plan language",
    scope=Scope.WAIVERS,
    page="A waiver names a code of the catalogue. One that names none waives nothing, and what its author meant "
    "stands.",
)
WAIVED_ERROR = Rule(
    code="WVR002",
    forms=ALL_FORMS,
    severity=Severity.WARNING,
    summary="a waiver of an error",
    source="plan language",
    scope=Scope.WAIVERS,
    page="Errors are what EDGAR refuses; they can't be waived.",
)
IDLE_WAIVER = Rule(
    code="WVR003",
    forms=ALL_FORMS,
    severity=Severity.NOTE,
    summary="a waiver of a code under which nothing is found",
    source="plan language",
    scope=Scope.WAIVERS,
    page="A waiver that has become idle would hide the next finding under its code. Remove it.",
)
