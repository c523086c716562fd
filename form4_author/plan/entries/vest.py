"""Awards that vest."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from form4_author.plan.base import Code, Model, Name, Names, branch
from form4_author.plan.entries.shared import Dated, Half, LineNotes, Withheld
from form4_author.plan.ownership import Ownership
from form4_author.plan.prices import Price
from form4_author.plan.scalars import AmountText, Answer


class Vesting(Model):
    """What vests of one award, and what is particular to its lines."""

    amount: AmountText | None = None
    """Number of units, or of shares reported at grant, that vest."""
    table_1: Half = Half()
    """What is particular to its line of Table I; its price is 0 where not given."""
    table_2: Half = Half()
    """What is particular to its line of Table II; its price is 0 where not given."""


class Withhold(Withheld):
    """Shares withheld for the tax: one line of Table I; its price is that of the entry where not given."""


def _of_amount(value: Any) -> Any:
    return {"amount": value} if isinstance(value, str) else value


class Vest(Dated):
    """Units that vest, each award's lines in both tables, and the shares withheld of all of them in one line."""

    vest: Annotated[
        Annotated[Names, Field(min_length=1), Tag(branch("names"))]
        | Annotated[
            dict[Name, Annotated[Vesting, BeforeValidator(_of_amount)]], Field(min_length=1), Tag(branch("awards"))
        ],
        Discriminator(lambda value: branch("awards" if isinstance(value, dict) else "names")),
    ]
    """The award, by name; or several: [rsu, psu], or {rsu: 500, psu: 450}. Also stock that was reported at grant."""
    amount: AmountText | None = None
    """Number that vests, of one award; of several each says its own."""
    all: Answer | None = None
    """yes: all that is held of each."""
    price: Price = None
    """Price of a share, at which shares are withheld."""
    withhold: Annotated[Withhold, BeforeValidator(_of_amount)] | None = None
    """Shares withheld for the tax: a number, or {amount, price, notes, balance}. One line of Table I, code F."""
    code: Code = "M"
    """M (exempt under Rule 16b-3)."""
    ownership: Ownership = "direct"
    """Form of ownership of all lines."""
    together: Answer | None = None
    """yes: one line of Table I for the shares of all awards, instead of one for each."""
    table_1: Half = Half()
    """What is particular to the line of Table I, of one award or together; its price is 0 where not given."""
    table_2: Half = Half()
    """What is particular to the line of Table II, of one award; its price is 0 where not given."""
    notes: LineNotes = LineNotes()
    """Footnotes on the lines of the units and of their shares; those on what only Table II shows stand there alone."""

    @property
    def awards(self) -> dict[str, Vesting]:
        """Each award, by name, in order, with what it says of itself; what one says on the entry is its own."""
        if isinstance(self.vest, dict):
            return self.vest
        alone = len(self.vest) == 1
        part = Vesting(amount=self.amount, table_1=self.table_1, table_2=self.table_2) if alone else Vesting()
        return dict.fromkeys(self.vest, part)
