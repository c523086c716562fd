"""A form is a value: what is particular to Form 4, for all who would otherwise have to say 4.

A new form is a name in `sec_codes.form_names`, a `FormType` here, the numbers of its columns in `columns`, its schemas
and its template. Where code needs to know something that differs from form to form, it asks the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from form4_author.filing.model import Filing, Table
from form4_author.sec_codes import (
    FORM_NAMES,
    MAX_FOOTNOTES,
    MAX_OWNERS,
    MAX_ROWS,
    MAX_SIGNATURES,
    SCHEMA_VERSIONS,
    FormName,
    SchemaVersion,
    form_name,
)
from form4_author.sec_codes.versions import in_force, schema_for


class LineKind(StrEnum):
    """What a line of a table may be."""

    TRANSACTION = "transaction"
    HOLDING = "holding"


class Feature(StrEnum):
    """What a form has or lacks, or has since one of its schema versions."""

    EXIT_BOX = "exit box"
    PLAN_BOX = "Rule 10b5-1 box"
    PLAN_BOX_ON_TOP = "Rule 10b5-1 box at the top of the page"
    ABROAD = "foreign trading symbol, addresses outside the US"


class Standing(StrEnum):
    """What the form type of a line says of it, as the column V shows it."""

    OWN = ""
    EARLY = "V"


@dataclass(frozen=True, slots=True)
class Term:
    """By when a form is due.

    Attributes:
        business_days: how many after the event reported, which itself doesn't count.
        words: the last day in words, to be followed by the event: `the second business day after`.
    """

    business_days: int
    words: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of a thing one form holds; `rows` in each of its tables."""

    rows: int
    owners: int
    footnotes: int
    signatures: int


@dataclass(frozen=True, slots=True)
class Captions:
    """What the printed form says of itself.

    Attributes:
        title: the title of the page.
        tables: the titles of its tables.
        period: what box 3 is.
        omb_number: the number under which the Office of Management and Budget has approved the form.
        burden: the hours that filling it in is estimated to take.
    """

    title: str
    tables: Mapping[Table, str]
    period: str
    omb_number: str
    burden: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FormType:
    """One form with its amendment.

    Attributes:
        name: what it is called, and its document types.
        captions: what the printed form says of itself.
        template: the template that draws it.
        tables: the kinds of lines that each of its tables takes; a table that it lacks is not there.
        features: the schema version since which it has a feature, empty where it always had it; what it lacks is not
            there.
        versions: its schema versions, oldest first.
        numbering: the name under which `columns` has the numbers of its columns.
        line_types: the form types that its lines carry (`transactionFormType`), and what each says of a line.
        term: by when it is due.
        limits: how much one form holds.
        followed_by: the number of the form that reports what happens next.
    """

    name: FormName
    captions: Captions
    template: str
    tables: Mapping[Table, frozenset[LineKind]]
    features: Mapping[Feature, str]
    versions: Mapping[str, SchemaVersion]
    numbering: str
    line_types: Mapping[str, Standing]
    term: Term
    limits: Limits
    followed_by: str

    def __str__(self) -> str:
        return str(self.name)

    @property
    def number(self) -> str:
        """Its number: `4`."""
        return self.name.number

    @property
    def in_force(self) -> str:
        """The schema version that it is filed under today."""
        return in_force(self.versions)

    @property
    def file_name(self) -> str:
        """What its document is called in a submission: `form4.xml`."""
        return f"form{self.number}.xml"

    @property
    def schemas(self) -> tuple[str, str]:
        """The names of its schemas, without ending: of the form, and of its amendment."""
        return f"ownership{self.number}Document", f"ownership{self.number}ADocument"

    def judged_by(self, version: str) -> str:
        """The version whose schema judges a document that says it is of `version`; see `sec_codes.schema_for`."""
        return schema_for(version, self.versions)

    def has(self, feature: Feature, version: str) -> bool:
        """Whether the form of a schema version has a feature."""
        return feature in self.features and version >= self.features[feature]

    def takes(self, table: Table, kind: LineKind) -> bool:
        """Whether a table of it takes lines of a kind; a table that it lacks takes none."""
        return kind in self.tables.get(table, ())

    def is_early(self, line_type: str) -> bool:
        """Whether a line of that form type is a transaction reported earlier than it need be, shown as V."""
        return self.line_types.get(line_type.strip()) is Standing.EARLY

    def line_type(self, standing: Standing) -> str:
        """The form type of a line that stands so; the form's own number where no line of it does."""
        return next((kind for kind, known in self.line_types.items() if known is standing), self.number)


_BOTH = frozenset(LineKind)

FORM_4 = FormType(
    name=FORM_NAMES["4"],
    captions=Captions(
        title="STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
        tables=MappingProxyType({
            Table.I: "Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned",
            Table.II: "Derivative Securities Acquired, Disposed of, or Beneficially Owned",
        }),
        period="Date of Earliest Transaction",
        omb_number="3235-0287",
        burden="0.5",
    ),
    template="form4.html.j2",
    tables=MappingProxyType({Table.I: _BOTH, Table.II: _BOTH}),
    features=MappingProxyType({
        Feature.EXIT_BOX: "",
        Feature.PLAN_BOX: "X0407",
        Feature.PLAN_BOX_ON_TOP: "X0508",
        Feature.ABROAD: "X0609",
    }),
    versions=SCHEMA_VERSIONS,
    numbering="4",
    line_types=MappingProxyType({"4": Standing.OWN, "5": Standing.EARLY}),
    term=Term(2, "the second business day after"),
    limits=Limits(rows=MAX_ROWS, owners=MAX_OWNERS, footnotes=MAX_FOOTNOTES, signatures=MAX_SIGNATURES),
    followed_by="4",
)  # fmt: skip
"""Form 4. Specification 3.3, 3.5, 3.6.4; due by General Instruction 1(a) and Rule 16a-3(g)(1)."""

FORMS: tuple[FormType, ...] = (FORM_4,)
"""The registry: every form that is supported, once. All else derives from it."""


def form_for(document_type: str) -> FormType:
    """The form that a document type is of.

    A document without a readable type is taken for a Form 4: the schema and the rules say what is wrong with it.
    """
    name = form_name(document_type)
    return next((form for form in FORMS if name is not None and form.number == name.number), FORM_4)


def form_of(filing: Filing) -> FormType:
    """The form that a filing is."""
    return form_for(filing.document_type.text)


def called(filing: Filing) -> str:
    """A filing by its document type, as it states it: `Form 4/A`."""
    return f"Form {filing.document_type.text.strip() or form_of(filing).number}"


def schema_names() -> Iterator[tuple[str, FormType, str]]:
    """The schemas of all forms: the schema's name, the form, and the document type that it judges."""
    for form in FORMS:
        yield from ((schema, form, kind) for schema, kind in zip(form.schemas, form.name.document_types, strict=True))
