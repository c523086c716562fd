"""A Form 3, 4 or 5 as EDGAR receives it: frozen records, one to one with the form's boxes and lines.

Values are kept as the exact text of their XML element (`22.50` keeps its zero), with typed readings beside it,
and each knows its origin, so that a finding can point at the author's own line. A filing read from someone
else's XML may lack anything: what is absent is a `Value` or `Field` that is false, never None.

The `element` of each attribute is its path below the node's own XML element; `edgar_xml` reads by it, and the
tests hold the templates to it. Element names, order and occurrence: EDGAR Ownership XML Technical Specification
v5.5, section 3.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from form4_author.findings import NOWHERE, Origin
from form4_author.sec_codes.form_names import is_amendment

_DECIMAL = re.compile(r"\+?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_LONGEST_NUMBER = 100
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)


class Value(Struct, frozen=True):
    """The text of one XML element, and where its author wrote it.

    `present` is False where the document has no such element at all. A value is true where it has text.
    """

    text: str = ""
    origin: Origin = NOWHERE
    present: bool = True

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    @property
    def truth(self) -> bool:
        """The boolean reading: True for `1` and `true` (spec 3.2), False for all else, absence included."""
        return self.text.strip() in {"1", "true"}

    @property
    def number(self) -> Decimal | None:
        """The decimal reading, digits as written; None where the text is no plain decimal (spec 3.2) or very long."""
        text = self.text.strip()
        return Decimal(text) if len(text) <= _LONGEST_NUMBER and _DECIMAL.fullmatch(text) else None

    @property
    def date(self) -> date | None:
        """The calendar date of a `YYYY-MM-DD` text, a UTC offset ignored; None where it is none (spec 3.2)."""
        match = _DATE.fullmatch(self.text.strip())
        try:
            return date.fromisoformat(match[1]) if match else None
        except ValueError:
            return None


ABSENT = Value(present=False)


class Field(Struct, frozen=True):
    """A cell of the form: a value, the footnotes referred to from it, or both.

    `footnotes` are the ids (`F1`) in the order of the document. A field is true where it has a value or a
    footnote. Specification 4.3.6.
    """

    value: Value = ABSENT
    footnotes: tuple[Value, ...] = ()
    origin: Origin = NOWHERE
    present: bool = True

    def __bool__(self) -> bool:
        return bool(self.value or self.footnotes)

    @property
    def text(self) -> str:
        """The value's exact text; empty where there is none."""
        return self.value.text

    @property
    def number(self) -> Decimal | None:
        """The value as a decimal; see `Value.number`."""
        return self.value.number

    @property
    def date(self) -> date | None:
        """The value as a date; see `Value.date`."""
        return self.value.date

    @property
    def footnote_ids(self) -> tuple[str, ...]:
        """The ids of the footnotes referred to, in document order."""
        return tuple([mark.text for mark in self.footnotes]) if self.footnotes else ()


NO_FIELD = Field(present=False)


def value(element: str) -> Any:
    """An attribute that holds a `Value`, read from `element`, a path below the node's own element."""
    return field(default=ABSENT, name=element)


def cell(element: str) -> Any:
    """An attribute that holds a `Field`, read from `element`, a path below the node's own element."""
    return field(default=NO_FIELD, name=element)


def elements(node: type[Struct]) -> Iterator[tuple[str, str, bool]]:
    """Of a node's attributes that are read from elements: name, path of the element, and whether it is a cell."""
    defaults = (None,) * (len(node.__struct_fields__) - len(node.__struct_defaults__)) + node.__struct_defaults__
    for attribute, element, default in zip(
        node.__struct_fields__, node.__struct_encode_fields__, defaults, strict=True
    ):
        if default is ABSENT or default is NO_FIELD:
            yield attribute, element, default is NO_FIELD


class Issuer(Struct, frozen=True, kw_only=True):
    """Box 2: the issuer (specification 4.3.1). EDGAR itself fills in `name`."""

    cik: Value = value("issuerCik")
    name: Value = value("issuerName")
    trading_symbol: Value = value("issuerTradingSymbol")
    foreign_trading_symbol: Value = value("issuerForeignTradingSymbol")
    origin: Origin = NOWHERE


class ReportingOwner(Struct, frozen=True, kw_only=True):
    """Boxes 1 and 5: one reporting owner (specification 4.3.2).

    EDGAR itself fills in `name`, `state_description` and `good_address`. The CCC is not kept: `has_ccc` tells
    that one was in the document read, or will be in the document written.
    """

    cik: Value = value("reportingOwnerId/rptOwnerCik")
    name: Value = value("reportingOwnerId/rptOwnerName")
    non_us_address: Value = value("reportingOwnerAddress/rptOwnerNonUSAddressFlag")
    street1: Value = value("reportingOwnerAddress/rptOwnerStreet1")
    street2: Value = value("reportingOwnerAddress/rptOwnerStreet2")
    city: Value = value("reportingOwnerAddress/rptOwnerCity")
    non_us_state_territory: Value = value("reportingOwnerAddress/rptOwnerNonUSStateTerritory")
    state: Value = value("reportingOwnerAddress/rptOwnerState")
    country: Value = value("reportingOwnerAddress/rptOwnerCountry")
    zip_code: Value = value("reportingOwnerAddress/rptOwnerZipCode")
    state_description: Value = value("reportingOwnerAddress/rptOwnerStateDescription")
    good_address: Value = value("reportingOwnerAddress/rptOwnerGoodAddress")
    is_director: Value = value("reportingOwnerRelationship/isDirector")
    is_officer: Value = value("reportingOwnerRelationship/isOfficer")
    is_ten_percent_owner: Value = value("reportingOwnerRelationship/isTenPercentOwner")
    is_other: Value = value("reportingOwnerRelationship/isOther")
    officer_title: Value = value("reportingOwnerRelationship/officerTitle")
    other_text: Value = value("reportingOwnerRelationship/otherText")
    has_ccc: bool = False
    origin: Origin = NOWHERE


class Table(StrEnum):
    """The form's two tables: I, non-derivative securities; II, derivative securities."""

    I = "I"  # noqa: E741 - the form's own name
    II = "II"


class Row(Struct, frozen=True, kw_only=True):
    """One line of Table I or II, a transaction or a holding (specification 4.3.3, 4.3.4).

    A holding has no transaction fields, but for the form type and `coding` of one that is late on Form 5, and Table I
    none of the derivative ones: they are absent. `coding` holds the footnotes on the transaction code as a whole; its
    value is always absent.
    """

    table: Table
    holding: bool
    security_title: Field = cell("securityTitle")
    conversion_or_exercise_price: Field = cell("conversionOrExercisePrice")
    transaction_date: Field = cell("transactionDate")
    deemed_execution_date: Field = cell("deemedExecutionDate")
    coding: Field = cell("transactionCoding")
    form_type: Value = value("transactionCoding/transactionFormType")
    code: Value = value("transactionCoding/transactionCode")
    equity_swap: Value = value("transactionCoding/equitySwapInvolved")
    timeliness: Field = cell("transactionTimeliness")
    shares: Field = cell("transactionAmounts/transactionShares")
    total_value: Field = cell("transactionAmounts/transactionTotalValue")
    price_per_share: Field = cell("transactionAmounts/transactionPricePerShare")
    acquired_disposed: Field = cell("transactionAmounts/transactionAcquiredDisposedCode")
    exercise_date: Field = cell("exerciseDate")
    expiration_date: Field = cell("expirationDate")
    underlying_title: Field = cell("underlyingSecurity/underlyingSecurityTitle")
    underlying_shares: Field = cell("underlyingSecurity/underlyingSecurityShares")
    underlying_value: Field = cell("underlyingSecurity/underlyingSecurityValue")
    shares_owned_following: Field = cell("postTransactionAmounts/sharesOwnedFollowingTransaction")
    value_owned_following: Field = cell("postTransactionAmounts/valueOwnedFollowingTransaction")
    direct_or_indirect: Field = cell("ownershipNature/directOrIndirectOwnership")
    nature_of_ownership: Field = cell("ownershipNature/natureOfOwnership")
    origin: Origin = NOWHERE

    @property
    def derivative(self) -> bool:
        """True for a line of Table II."""
        return self.table is Table.II

    @property
    def element_name(self) -> str:
        """The XML element of this line, `nonDerivativeTransaction` and its like."""
        return ("derivative" if self.derivative else "nonDerivative") + ("Holding" if self.holding else "Transaction")


class Footnote(Struct, frozen=True, kw_only=True):
    """One footnote: its id (`F1`) and its text (specification 4.3.5)."""

    id: Value = ABSENT
    text: Value = ABSENT
    origin: Origin = NOWHERE


class Signature(Struct, frozen=True, kw_only=True):
    """One signature, not tied to an owner (specification 4.3.7)."""

    name: Value = value("signatureName")
    date: Value = value("signatureDate")
    origin: Origin = NOWHERE


class Medium(StrEnum):
    """What a filing was made from."""

    PLAN = "plan"
    XML = "xml"


class DocumentKind(StrEnum):
    """`FILER`: what one submits. `RECORD`: the document of record, as EDGAR disseminates it (specification 4.3)."""

    FILER = "filer"
    RECORD = "record"


class Filing(Struct, frozen=True, kw_only=True):
    """A whole form or its amendment (specification 3.5).

    Attributes:
        version: the schema the document is judged by (`X0609`), stated in it or not.
        kind: filer document or document of record.
        medium: plan or XML, what it was made from.
        schema_version: the element of that name; absent in a filer document read from XML.
        no_securities_owned: on Form 3; EDGAR itself fills it in, and so it does the next two.
        form3_holdings_reported: on Form 5, the box for holdings that had been due on Form 3.
        form4_transactions_reported: on Form 5, the box for transactions that had been due on Form 4.
    """

    version: str
    kind: DocumentKind
    medium: Medium
    schema_version: Value = value("schemaVersion")
    document_type: Value = value("documentType")
    period_of_report: Value = value("periodOfReport")
    date_of_original_submission: Value = value("dateOfOriginalSubmission")
    no_securities_owned: Value = value("noSecuritiesOwned")
    not_subject_to_section16: Value = value("notSubjectToSection16")
    form3_holdings_reported: Value = value("form3HoldingsReported")
    form4_transactions_reported: Value = value("form4TransactionsReported")
    issuer: Issuer = Issuer()
    owners: tuple[ReportingOwner, ...] = ()
    aff10b5_one: Value = value("aff10b5One")
    table1: tuple[Row, ...] = ()
    table2: tuple[Row, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    remarks: Value = value("remarks")
    signatures: tuple[Signature, ...] = ()
    origin: Origin = NOWHERE

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines of both tables, as one reads the form."""
        return self.table1 + self.table2

    @property
    def owns_nothing(self) -> bool:
        """True where it says that no securities are owned, or EDGAR will: in a filer's XML, no line says it."""
        silent = self.kind is DocumentKind.FILER and self.medium is Medium.XML and not self.no_securities_owned.present
        return self.no_securities_owned.truth or (silent and not self.rows)

    @property
    def reports_form3_holdings(self) -> bool:
        """Whether a Form 5 says that it reports holdings that had been due on Form 3: by its box, else by its lines."""
        box = self.form3_holdings_reported
        return box.truth if box.present else self.lines_late_from("3")

    @property
    def reports_form4_transactions(self) -> bool:
        """The same of transactions that had been due on Form 4."""
        box = self.form4_transactions_reported
        return box.truth if box.present else self.lines_late_from("4")

    def lines_late_from(self, number: str) -> bool:
        """Whether lines of a Form 5 had been due on Form 3, which are holdings, or on Form 4 (specification 4.3)."""
        return any(row.form_type.text == number and row.holding is (number == "3") for row in self.rows)

    @property
    def is_amendment(self) -> bool:
        """True for an amendment, such as a 4/A."""
        return is_amendment(self.document_type.text)
