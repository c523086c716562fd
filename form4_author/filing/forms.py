"""A form is a value: what is particular to Forms 3, 4 and 5, for all who would otherwise have to say which.

A new form is a name in `sec_codes.form_names`, a `FormType` here, the numbers of its columns in `columns`, its schemas
and its template. Where code needs to know something that differs from form to form, it asks the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from form4_author.filing.model import Filing, Table
from form4_author.sec_codes import (
    ALL_VERSIONS,
    FORM_3_VERSIONS,
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
    PLAN_UNASKED = "element of the Rule 10b5-1 box, though nothing asks for it"
    ABROAD = "foreign trading symbol, addresses outside the US"
    NONE_OWNED = "statement that no securities are owned"
    LATE_BOXES = "boxes for holdings and transactions that had been due on Forms 3 and 4"


class Standing(StrEnum):
    """What the form type of a line says of it: in time, earlier than it need be, or later than it was due.

    The value is what the column V shows; a form without that column shows the form type of a late line behind its code.
    """

    OWN = ""
    EARLY = "V"
    LATE = "late"


class Term(Struct, frozen=True):
    """By when a form is due.

    Attributes:
        days: how many after the day that they run from, which itself doesn't count.
        words: the last day in words, to be followed by that day: `the second business day after`.
        business: they are business days; else days of the calendar, of which the last one, where it is no business
            day, moves to the next (Rule 0-3(a)).
        of_lines: each transaction has its own; else the form has one, and it runs from the date of box 2 or 3.
    """

    days: int
    words: str
    business: bool = True
    of_lines: bool = True


class Limits(Struct, frozen=True):
    """How many of a thing one form holds; `rows` in each of its tables."""

    rows: int
    owners: int
    footnotes: int
    signatures: int


class Captions(Struct, frozen=True):
    """What the printed form says of itself.

    Attributes:
        title: the title of the page.
        tables: the titles of its tables.
        period: what the box of the period is.
        boxes: the numbers of its boxes by what stands in them: `issuer`, `period`, `original`, `relationship`,
            `filing`.
        joint: the caption of the box that tells a joint filing, and its two choices.
        owned: when the amounts are owned that its tables state, as their headings go on.
        joint_instruction: the instruction on the signatures of a joint filing.
        amendments: the instruction on what an amendment repeats.
        omb_number: the number under which the Office of Management and Budget has approved the form.
        burden: the hours that filling it in is estimated to take.
    """

    title: str
    tables: Mapping[Table, str]
    period: str
    boxes: Mapping[str, str]
    joint: tuple[str, str, str]
    owned: Mapping[Table, str]
    joint_instruction: str
    amendments: str
    omb_number: str
    burden: str


class FormType(Struct, frozen=True, kw_only=True, eq=False):
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
        period_key: the plan's key of its period of report.
        line_types: the form types that its transactions carry (`transactionFormType`), and what each says of a line.
        holding_types: the form types that its holdings may carry, likewise; a holding need not carry one.
        column_v: its tables have the column V.
        two_decimals: its page shows a number of one decimal with a second one, `82.40`.
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
    period_key: str
    line_types: Mapping[str, Standing]
    holding_types: Mapping[str, Standing]
    column_v: bool
    two_decimals: bool
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
        """The version whose schema judges a document that says it is of `version`; see `sec_codes.schema_for`.

        A version of another form means this form's version of the same time.
        """
        known = ALL_VERSIONS.get(version.strip())
        return schema_for(known.published_as or version if known else version, self.versions)

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
_HOLDINGS = frozenset({LineKind.HOLDING})
_CHANGES = MappingProxyType(
    {
        Table.I: "Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned",
        Table.II: "Derivative Securities Acquired, Disposed of, or Beneficially Owned",
    }
)
_BOXES = MappingProxyType({"issuer": "2", "period": "3", "original": "4", "relationship": "5", "filing": "6"})
_BOXES_OF_3 = MappingProxyType({"issuer": "3", "period": "2", "original": "5", "relationship": "4", "filing": "6"})
_FILING = (
    "Individual or Joint/Group Filing (Check Applicable Line)",
    "Form filed by One Reporting Person",
    "Form filed by More than One Reporting Person",
)
_LIMITS = Limits(rows=MAX_ROWS, owners=MAX_OWNERS, footnotes=MAX_FOOTNOTES, signatures=MAX_SIGNATURES)

FORM_3 = FormType(
    name=FORM_NAMES["3"],
    captions=Captions(
        title="INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES",
        tables=MappingProxyType({
            Table.I: "Non-Derivative Securities Beneficially Owned",
            Table.II: "Derivative Securities Beneficially Owned",
        }),
        period="Date of Event Requiring Statement",
        boxes=_BOXES_OF_3,
        joint=_FILING,
        owned=MappingProxyType({Table.I: "", Table.II: ""}),
        joint_instruction="5(b)(v)",
        amendments="General Instructions",
        omb_number="3235-0104",
        burden="0.5",
    ),
    template="form3.html.j2",
    tables=MappingProxyType({Table.I: _HOLDINGS, Table.II: _HOLDINGS}),
    features=MappingProxyType({
        Feature.NONE_OWNED: "",
        Feature.PLAN_UNASKED: "X0607",
        Feature.ABROAD: "X0607",
    }),
    versions=FORM_3_VERSIONS,
    numbering="3",
    period_key="event_date",
    line_types=MappingProxyType({}),
    holding_types=MappingProxyType({}),
    column_v=False,
    two_decimals=False,
    term=Term(10, "the tenth day after", business=False, of_lines=False),
    limits=_LIMITS,
    followed_by="4",
)  # fmt: skip
"""Form 3. Specification 3.5, 4.3, 4.3.8.1, appendix B; due by Section 16(a)(2) and Rule 16a-3(a)."""

FORM_4 = FormType(
    name=FORM_NAMES["4"],
    captions=Captions(
        title="STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
        tables=_CHANGES,
        period="Date of Earliest Transaction",
        boxes=_BOXES,
        joint=_FILING,
        owned=MappingProxyType({
            Table.I: "Following Reported Transaction(s)",
            Table.II: "Following Reported Transaction(s)",
        }),
        joint_instruction="4(b)(v)",
        amendments="General Instruction 9",
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
    period_key="period_of_report",
    line_types=MappingProxyType({"4": Standing.OWN, "5": Standing.EARLY}),
    holding_types=MappingProxyType({}),
    column_v=True,
    two_decimals=True,
    term=Term(2, "the second business day after"),
    limits=_LIMITS,
    followed_by="4",
)  # fmt: skip
"""Form 4. Specification 3.3, 3.5, 3.6.4; due by General Instruction 1(a) and Rule 16a-3(g)(1)."""

FORM_5 = FormType(
    name=FORM_NAMES["5"],
    captions=Captions(
        title="ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP OF SECURITIES",
        tables=_CHANGES,
        period="Statement for Issuer's Fiscal Year Ended",
        boxes=_BOXES,
        joint=(
            "Individual or Joint/Group Reporting (Check Applicable Line)",
            "Form Filed by One Reporting Person",
            "Form Filed by More than One Reporting Person",
        ),
        owned=MappingProxyType({
            Table.I: "at end of Issuer's Fiscal Year",
            Table.II: "at End of Issuer's Fiscal Year",
        }),
        joint_instruction="4(b)(v)",
        amendments="General Instruction 9",
        omb_number="3235-0362",
        burden="1.0",
    ),
    template="form5.html.j2",
    tables=MappingProxyType({Table.I: _BOTH, Table.II: _BOTH}),
    features=MappingProxyType({**FORM_4.features, Feature.LATE_BOXES: ""}),
    versions=SCHEMA_VERSIONS,
    numbering="4",
    period_key="fiscal_year_ended",
    line_types=MappingProxyType({"5": Standing.OWN, "4": Standing.LATE}),
    holding_types=MappingProxyType({"3": Standing.LATE}),
    column_v=False,
    two_decimals=True,
    term=Term(45, "the 45th day after", business=False, of_lines=False),
    limits=_LIMITS,
    followed_by="4",
)  # fmt: skip
"""Form 5. Specification 3.5, 3.6.4, 4.3.8.3, appendix D; due by General Instruction 1(a) and Rule 16a-3(f)(1)."""

FORMS: tuple[FormType, ...] = (FORM_3, FORM_4, FORM_5)
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
