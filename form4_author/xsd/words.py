"""What the form calls its elements, and what to say of the ones that stand where they don't belong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from form4_author.filing import FormType
from form4_author.filing.forms import Standing

CAPTIONS: Mapping[str, str] = MappingProxyType({
    "ownershipDocument": "the document",
    "schemaVersion": "schema version",
    "documentType": "form type",
    "periodOfReport": "period of report",
    "dateOfOriginalSubmission": "date of the original filing",
    "noSecuritiesOwned": "statement that no securities are owned",
    "notSubjectToSection16": "exit box",
    "form3HoldingsReported": "box Form 3 Holdings Reported",
    "form4TransactionsReported": "box Form 4 Transactions Reported",
    "issuer": "issuer",
    "issuerCik": "CIK of the issuer",
    "issuerName": "name of the issuer",
    "issuerTradingSymbol": "trading symbol",
    "issuerForeignTradingSymbol": "foreign trading symbol",
    "reportingOwner": "reporting owner",
    "reportingOwnerId": "identity of the owner",
    "rptOwnerCik": "CIK of the owner",
    "rptOwnerCcc": "CCC of the owner",
    "rptOwnerName": "name of the owner",
    "reportingOwnerAddress": "address",
    "rptOwnerNonUSAddressFlag": "non-US address",
    "rptOwnerStreet1": "street, line 1",
    "rptOwnerStreet2": "street, line 2",
    "rptOwnerCity": "city",
    "rptOwnerNonUSStateTerritory": "state or territory outside the US",
    "rptOwnerState": "state",
    "rptOwnerCountry": "country",
    "rptOwnerZipCode": "postal code",
    "rptOwnerStateDescription": "name of the state or country",
    "rptOwnerGoodAddress": "EDGAR's mark for a good address",
    "reportingOwnerRelationship": "relationship to the issuer",
    "isDirector": "box Director",
    "isOfficer": "box Officer",
    "isTenPercentOwner": "box 10% Owner",
    "isOther": "box Other",
    "officerTitle": "officer's title",
    "otherText": "description of Other",
    "aff10b5One": "Rule 10b5-1(c) box",
    "nonDerivativeTable": "Table I",
    "derivativeTable": "Table II",
    "nonDerivativeTransaction": "transaction",
    "nonDerivativeHolding": "holding",
    "derivativeTransaction": "transaction",
    "derivativeHolding": "holding",
    "securityTitle": "title of security",
    "conversionOrExercisePrice": "conversion or exercise price",
    "transactionDate": "transaction date",
    "deemedExecutionDate": "deemed execution date",
    "transactionCoding": "transaction code",
    "transactionFormType": "form that the transaction is due on",
    "transactionCode": "transaction code",
    "equitySwapInvolved": "equity swap",
    "transactionTimeliness": "timeliness",
    "transactionAmounts": "amounts of the transaction",
    "transactionShares": "amount",
    "transactionTotalValue": "total value",
    "transactionPricePerShare": "price",
    "transactionAcquiredDisposedCode": "(A) or (D)",
    "exerciseDate": "date exercisable",
    "expirationDate": "expiration date",
    "underlyingSecurity": "underlying securities",
    "underlyingSecurityTitle": "title of underlying securities",
    "underlyingSecurityShares": "number of underlying shares",
    "underlyingSecurityValue": "value of underlying securities",
    "postTransactionAmounts": "amount owned following the transaction",
    "sharesOwnedFollowingTransaction": "amount owned following the transaction",
    "valueOwnedFollowingTransaction": "value owned following the transaction",
    "ownershipNature": "ownership",
    "directOrIndirectOwnership": "ownership form",
    "natureOfOwnership": "nature of indirect ownership",
    "footnotes": "footnotes",
    "footnote": "footnote",
    "footnoteId": "footnote mark",
    "remarks": "remarks",
    "ownerSignature": "signature",
    "signatureName": "name of the signature",
    "signatureDate": "date of the signature",
    "value": "value",
    "edgarSubmission": "the submission",
    "submissionType": "submission type",
    "testOrLive": "test or live",
    "pointOfContact": "contact",
    "contactName": "name of the contact",
    "contactPhoneNumber": "phone number of the contact",
    "contactEmailAddress": "e-mail address of the contact",
    "notificationAddresses": "addresses to notify",
    "notificationEmailAddress": "e-mail address to notify",
    "edgarDocument": "enclosed document",
    "documentName": "file name",
    "documentDescription": "description",
    "documentMimeBlock": "content",
})  # fmt: skip
"""What a message calls an element: the form's own words where it has some."""

LISTED: Mapping[str, str] = MappingProxyType({
    "documentType": "3.6.7",
    "submissionType": "3.6.7",
    "testOrLive": "3.6.8",
    "rptOwnerState": "3.6.6",
    "rptOwnerCountry": "3.6.2",
    "transactionFormType": "3.6.4",
    "transactionCode": "3.6.10",
    "transactionTimeliness": "3.6.9",
    "transactionAcquiredDisposedCode": "3.6.1",
    "directOrIndirectOwnership": "3.6.5",
})  # fmt: skip
"""The section of the specification that lists an element's codes."""

INSTEAD: Mapping[str, str] = MappingProxyType({
    "documentType": "Write {number}, or {number}/A for an amendment.",
    "transactionTimeliness": "On {form} it is empty, or {timeliness}.",
    "transactionCode V": "V is no code here: write 5 as <transactionFormType>, and the code of the transaction.",
    "transactionCode K": "K is no code here: write 1 as <equitySwapInvolved>, and the code of the transaction.",
})  # fmt: skip
"""Hints for a value that is no code of its element: for one value, or for all. See `on`."""

_X0609 = "It came with schema X0609, in March 2026."
_FORM_3 = "Form 3 reports what is held, and no transactions: those go on Form 4."
_FORM_5 = "It belongs on Form 5, and EDGAR fills it in itself."

STRANGERS: Mapping[str, str] = MappingProxyType({
    "returnCopy": "EDGAR no longer takes it since March 2026 (release 26.1.1): leave it out.",
    "noSecuritiesOwned": "It belongs on Form 3, and EDGAR fills it in itself.",
    "form3HoldingsReported": _FORM_5,
    "form4TransactionsReported": _FORM_5,
    "dateOfOriginalSubmission": "Only an amendment has it: is the form type {number}/A?",
    "aff10b5One": "It came with schema X0407, in March 2023.",
    "issuerForeignTradingSymbol": _X0609,
    "rptOwnerNonUSAddressFlag": _X0609,
    "rptOwnerNonUSStateTerritory": _X0609,
    "rptOwnerCountry": f"{_X0609} Before, <rptOwnerState> held countries too.",
    "transactionTotalValue": "In Table I the amount is a number of shares: <transactionShares>.",
    "transactionCoding": "On {form}, a holding has none.",
    "transactionTimeliness": "On {form}, a holding has none.",
    "nonDerivativeTransaction": _FORM_3,
    "derivativeTransaction": _FORM_3,
    "postTransactionAmounts": "Table II of Form 3 states no amount owned: the underlying securities tell the number.",
    "notSubjectToSection16": "{form} has no exit box.",
    "transactionDate": "A holding has none.",
    "transactionAmounts": "A holding has none.",
})  # fmt: skip
"""Hints for known elements in a place that does not take them. See `on`."""

ABSENT: Mapping[str, str] = MappingProxyType({
    "aff10b5One": "It says 1 where a trade was made under a Rule 10b5-1(c) plan, else 0.",
    "dateOfOriginalSubmission": "An amendment names the day of the filing that it amends.",
    "transactionCode": "It is one letter, such as P for a purchase or S for a sale.",
})  # fmt: skip
"""What to add to the hint about a missing element."""


def on(form: FormType, hint: str) -> str:
    """A hint of these tables for a form, which it may name: `{form}`, `{number}`, `{timeliness}`."""
    late = Standing.LATE in form.line_types.values()
    mark = "L for a transaction that is late" if late else "E for a transaction that is reported early"
    return hint.replace("{form}", str(form)).replace("{number}", form.number).replace("{timeliness}", mark)


def caption(tag: str) -> str:
    """An element as a message names it: `price (transactionPricePerShare)`; `<tag>` where the form has no word."""
    words = CAPTIONS.get(tag, "")
    return f"{words} ({tag})" if words else f"<{tag[:60]}>"


def harmless(attribute: str) -> bool:
    """True for an attribute that a schema never sees: the declaration of a prefix, or a schema's location."""
    return attribute.startswith("xmlns:") or attribute.endswith((":schemaLocation", ":noNamespaceSchemaLocation"))
