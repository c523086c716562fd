"""How long a text and how many of a thing the form takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct


class Limit(Struct, frozen=True):
    """The shortest and longest that the text of an element may be, in characters."""

    shortest: int
    longest: int


LENGTHS: Mapping[str, Limit] = MappingProxyType({
    "schemaVersion": Limit(5, 5),
    "issuerCik": Limit(1, 10),
    "issuerName": Limit(0, 150),
    "issuerTradingSymbol": Limit(1, 10),
    "issuerForeignTradingSymbol": Limit(0, 14),
    "rptOwnerCik": Limit(1, 10),
    "rptOwnerCcc": Limit(8, 8),
    "rptOwnerName": Limit(0, 150),
    "rptOwnerStreet1": Limit(0, 40),
    "rptOwnerStreet2": Limit(0, 40),
    "rptOwnerCity": Limit(0, 30),
    "rptOwnerNonUSStateTerritory": Limit(0, 40),
    "rptOwnerZipCode": Limit(0, 10),
    "rptOwnerStateDescription": Limit(0, 50),
    "officerTitle": Limit(0, 30),
    "otherText": Limit(0, 30),
    "securityTitle": Limit(1, 60),
    "underlyingSecurityTitle": Limit(1, 60),
    "natureOfOwnership": Limit(0, 100),
    "remarks": Limit(0, 2000),
    "signatureName": Limit(1, 255),
    "contactName": Limit(0, 30),
    "contactPhoneNumber": Limit(0, 20),
    "contactEmailAddress": Limit(0, 80),
    "notificationEmailAddress": Limit(0, 80),
    "documentName": Limit(1, 32),
    "documentDescription": Limit(0, 255),
})  # fmt: skip
"""The text elements that the schema limits in length; for a cell, the length of its `value`.

Specification 3.4 and 3.5 (column "Max Length"). `documentType` is left out: it means one thing in the submission (up to
20 characters) and another in the ownership document.
"""

STORED_TERRITORY = 30
"""What EDGAR stores of `rptOwnerNonUSStateTerritory`, although its schema takes 40 characters. Specification 3.5."""

MAX_FOOTNOTE = 1000
"""Characters of one footnote; the schema sets no limit. Specification 3.5."""

MAX_FOOTNOTES = 99
"""Footnotes of a document, and marks on one cell. Specification 4.3.5 and 3.5."""

MAX_ROWS = 30
"""Lines, transactions and holdings together, in each of the two tables. Specification 3.3 (*)."""

MAX_OWNERS = 10
"""Reporting owners of one filing. Specification 3.5."""

MAX_SIGNATURES = 10
"""Signatures of one filing, whatever the number of owners. Specification 3.5."""

MAX_AMOUNT = "999999999999.9999"
"""The largest number, with at most four decimals. Specification 3.2."""

MAX_DOCUMENTS = 611
"""Documents of one submission: the ownership document and up to 610 others. Specification 4.2.1."""

SMALL_ACQUISITIONS = Decimal(10_000)
"""What acquisitions of a class within six months may come to in dollars, to wait for Form 5 (Rule 16a-6)."""
