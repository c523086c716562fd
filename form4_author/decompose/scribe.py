"""What the events ask of a filing whose plan is written: its securities, footnotes and balances by the plan's names."""

from __future__ import annotations

from msgspec import Struct, field

from form4_author.decompose.balances import Balances
from form4_author.decompose.footnotes import Footnotes
from form4_author.decompose.holders import Holders
from form4_author.decompose.securities import Securities
from form4_author.events.written import Marks, Named, Stated
from form4_author.filing import FormType, Row
from form4_author.filing.columns import COLUMNS, attributes_of


class PlanScribe(Struct):
    """The events' `Scribe`.

    Attributes:
        notes: the footnotes by name.
        securities: the securities by name.
        holders: those that have names.
        form: the form that the lines stand on.
        exercised: the days on which a derivative was exercised or vested.
        balances: the running balances.
    """

    notes: Footnotes
    securities: Securities
    holders: Holders
    form: FormType
    exercised: frozenset[str]
    balances: Balances = field(default_factory=Balances)
    _marks: dict[int, tuple[Row, Marks]] = {}

    def security(self, row: Row) -> Named:
        """See `Scribe`."""
        return self.securities.of(row)

    def ownership(self, row: Row) -> str | dict[str, str]:
        """See `Scribe`."""
        return self.holders.ownership(row)

    def marks(self, row: Row) -> Marks:
        """See `Scribe`."""
        if (known := self._marks.get(id(row))) is None:
            known = self._marks[id(row)] = row, self._found(row)  # the line too, or another might get its id
        return {key: [*names] for key, names in known[1].items()}

    def _found(self, row: Row) -> Marks:
        noted = self.security(row).noted
        found = {}
        for key in dict.fromkeys(column.key for column in COLUMNS):
            names = [name for cell in attributes_of(key) for name in self.notes.marks(getattr(row, cell))]
            if key == "nature":
                names = self.holders.own_marks(row)
            if names and key not in noted:
                found[key] = names
        return found

    def balance(self, row: Row) -> Stated:
        """See `Scribe`."""
        security = self.security(row).name
        return self.balances.after(row, self.holders.account(row, security), self.holders.ownership(row))
