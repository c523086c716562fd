"""The entries of a plan's `transactions`: a model for each kind of them, and the one registry of the kinds."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from form4_author.plan.base import branch
from form4_author.plan.entries.shared import Entry


class EntryKind(Struct, frozen=True):
    """A kind of entry.

    Attributes:
        name: the key that tells it, and the name of its module here and in `events`.
        written: the name of its model there.
    """

    name: str
    written: str

    @property
    def model(self) -> type[Entry]:
        """What its author writes; loaded at its first use, since a plan has few of the kinds."""
        model: type[Entry] = getattr(import_module(f"{__name__}.{self.name}"), self.written)
        return model


#: What an entry is that has none of the events' keys: one line, as it stands on the form.
LINE = EntryKind("line", "Transaction")

# ---------------------------------------------------------------------------------------------------------------------
# The registry. To add an event: `plan/entries/NAME.py` holds its model, `events/NAME.py` its lines and how they are
# recognised in a filing, and its line stands here. All else follows: what a plan takes, its JSON Schema, "did you
# mean", `explain NAME` and the table in docs/plan.md.
# An entry is the first of these whose key it has, and lines of a filing become the first that recognises them.
EVENTS: tuple[EntryKind, ...] = (
    EntryKind("vest", "Vest"),
    EntryKind("exercise", "Exercise"),
    EntryKind("gift", "Gift"),
    EntryKind("holding", "InlineHolding"),
    EntryKind("purchase", "Purchase"),
    EntryKind("sale", "Sale"),
    EntryKind("tender", "Tender"),
    EntryKind("dispose_to_issuer", "DisposeToIssuer"),
    EntryKind("inherit", "Inherit"),
    EntryKind("certify", "Certify"),
    EntryKind("grant", "Grant"),
    EntryKind("defer", "Defer"),
    EntryKind("convert", "Convert"),
    EntryKind("cash_out", "CashOut"),
    EntryKind("swap", "Swap"),
    EntryKind("collar", "Collar"),
    EntryKind("forfeit", "Forfeit"),
    EntryKind("expire", "Expire"),
    EntryKind("split", "Split"),
    EntryKind("dividend_reinvestment", "DividendReinvestment"),
    EntryKind("dividend_equivalents", "DividendEquivalents"),
    EntryKind("espp", "Espp"),
    EntryKind("plan_account", "PlanAccount"),
    EntryKind("domestic_relations", "DomesticRelations"),
    EntryKind("transfer", "Transfer"),
)
# ---------------------------------------------------------------------------------------------------------------------


def all_kinds() -> tuple[EntryKind, ...]:
    """All kinds, in the order in which an entry, or lines, are tried: what stands as on the form comes last."""
    return (*EVENTS, LINE)


def kind_of(entry: Entry) -> EntryKind:
    """The kind of an entry."""
    return next(kind for kind in all_kinds() if kind.written == type(entry).__name__)


def find_kind(name: str) -> EntryKind | None:
    """The kind of that name, in upper or lower case; None where there is none."""
    return next((kind for kind in all_kinds() if kind.name == name.lower()), None)


class AnyKind:
    """Marks an `Entry` that may be of any kind, told by its keys; what reads a kind is made at its first use."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """One function for all kinds."""
        return core_schema.no_info_plain_validator_function(_read)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The kinds as alternatives."""
        return handler(_alternatives(*(kind.model for kind in (LINE, *EVENTS))))


def _read(value: Any) -> Any:
    keys = value if isinstance(value, dict) else ()
    return _reader(next((kind for kind in EVENTS if kind.name in keys), LINE).model).validate_python(value)


@cache
def _reader(model: type[Entry]) -> SchemaValidator:
    return SchemaValidator(_alternatives(model))


def _alternatives(*models: type[Entry]) -> CoreSchema:
    """Kinds as alternatives, each tagged with its model's name, by which a mistake in it is told."""
    for model in models:
        model.model_rebuild()
    choices = {branch(model.__name__): model.__pydantic_core_schema__ for model in models}
    first, *_ = choices
    return core_schema.tagged_union_schema(choices, lambda _: first)
