"""What a plan says of each of several insiders, or which sheet says it: `for_each`."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Discriminator, Tag

from form4_author.plan.accounts import Opening
from form4_author.plan.base import Model, Name, branch
from form4_author.plan.entries.holding import Holding
from form4_author.plan.parts import Exhibit, Owner, Signature
from form4_author.plan.scalars import DayText


class Insider(Model):
    """One insider, and so one form. Its other keys are an event's, or those of the entries that say `each`."""

    model_config = ConfigDict(extra="allow")

    name: Name
    """A short name of your own: the form is written to PLAN-NAME.xml."""
    owner: (
        Annotated[
            Annotated[Name, Tag(branch("name"))] | Annotated[Owner, Tag(branch("Owner"))],
            Discriminator(lambda value: branch("Owner" if isinstance(value, dict | Owner) else "name")),
        ]
        | None
    ) = None
    """The reporting person, or the name of its profile: in _profiles beside the plan, or in the firm's folder."""
    owners: list[Owner] = []
    """Several reporting persons of one form, or the names of their profiles."""
    opening: list[Opening] = []
    """What was held before the first line."""
    holdings: list[Holding] = []
    """Lines without a transaction."""
    remarks: Name | None = None
    """Remarks of this form."""
    signatures: list[Signature] = []
    """The signatures of this form."""
    signed: DayText | None = None
    """The date on which the owners of this form sign."""
    exhibits: list[Exhibit] = []
    """Documents filed with this form, beside the plan's."""


class Sheet(Model):
    """A sheet with a row for each insider."""

    sheet: Name
    """A CSV file or an Excel workbook (.xlsx) beside the plan; its first row names the columns."""
    columns: dict[str, Name]
    """Which column says what: a key of an insider, or a path such as opening.common, and the column's header."""
