"""What a plan's entry is made of when it is written from a filing's lines, and what an event needs for that."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

from msgspec import Struct

from form4_author.filing import FormType, Row
from form4_author.plan.yaml_text import Key

Marks = dict[str, list[str]]
"""The names of footnotes by the plan's key of the cell that they stand on."""


class WrittenEntry(Struct, frozen=True):
    """An entry of a plan's transactions or holdings, and the comments in it."""

    data: dict[str, Any]
    comments: dict[Key, str] = {}


class Stated(Struct, frozen=True):
    """What a line's entry says of the amount owned, and a comment on it; empty where it follows."""

    keys: dict[str, str] = {}
    comment: str = ""

    @property
    def key(self) -> str:
        """The one key that it says it with; empty without one."""
        return next(iter(self.keys), "")


class Named(Struct, frozen=True):
    """One security.

    Attributes:
        name: as the plan calls it.
        plan: what the plan says of it.
        noted: the columns whose footnotes stand on all its lines, so that no line repeats them.
        ratio: underlying securities for each, where that is the same on all its lines.
        underlying: the name of the underlying security in the plan, where it has one there.
        price: its exercise price, as written; empty without one.
    """

    name: str
    plan: str | dict[str, Any]
    noted: frozenset[str] = frozenset()
    ratio: Decimal = Decimal(1)
    underlying: str = ""
    price: str = ""


class Scribe(Protocol):
    """Writes the plan of a filing: what an event needs of it."""

    @property
    def form(self) -> FormType:
        """The form that the lines stand on."""

    @property
    def exercised(self) -> frozenset[str]:
        """The days on which a derivative was exercised or vested, as `YYYY-MM-DD`."""

    def security(self, row: Row) -> Named:
        """The security of a line."""

    def ownership(self, row: Row) -> str | dict[str, str]:
        """A line's form of ownership, or its holder, as a plan has it."""

    def marks(self, row: Row) -> Marks:
        """The footnotes on a line's cells, those aside that stand on all lines of its security or holder."""

    def balance(self, row: Row) -> Stated:
        """Enter a line into the running balance: what its entry has to say of the amount owned after it.

        Each line is entered once, in the order of its table, by the event that writes its entry.
        """
