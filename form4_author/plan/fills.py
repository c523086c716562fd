"""What a plan says of a broker's file of executions."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from form4_author.plan.base import Model, Name
from form4_author.plan.ownership import Ownership
from form4_author.plan.scalars import AmountText, one_of


def _shares(value: Any) -> Any:
    return {"shares": value} if isinstance(value, str) else value


class Columns(Model):
    """The headers of a file's columns."""

    quantity: Name
    """How many were traded."""
    price: Name
    """Price of one, before fees."""
    date: Name | None = None
    """When."""
    time: Name | None = None
    """The time, where it stands apart from the date."""
    side: Name | None = None
    """Whether it was bought or sold."""
    account: Name | None = None
    """In which account."""
    security: Name | None = None
    """The security: its symbol or its name."""
    status: Name | None = None
    """Whether the order was executed: filled, cancelled, corrected."""
    currency: Name | None = None
    """The currency of the price."""
    order: Name | None = None
    """The number of the order or execution, by which a correction finds what it corrects."""


class Total(Model):
    """What the executions must add up to, as the broker's confirmation says."""

    shares: AmountText | None = None
    """Number of securities."""
    dollars: AmountText | None = None
    """Dollars before fees."""


class Fills(Model):
    """A broker's file of executions, CSV or Excel, beside the plan."""

    file: Name
    """The file's name."""
    layout: Name | None = None
    """The broker's layout; recognised by its headers where not given."""
    columns: Columns | None = None
    """What the columns are called, in a layout that isn't known."""
    sheet: Name | None = None
    """The sheet of a workbook, where several hold executions."""
    dates: Annotated[
        Literal["month first", "day first"] | None,
        BeforeValidator(one_of("what comes first in a date", "month first", "day first")),
    ] = None
    """month first or day first, where nothing in the file tells how 03/04/2026 is meant."""
    account: Name | None = None
    """The one account to read, of several in the file; its last digits will do."""
    accounts: dict[str, Ownership] = {}
    """Whose each account is, by its last digits: {"1234": direct, "5678": trust}."""
    security: Name | None = None
    """What the file calls the security, where that is neither the issuer's symbol nor its name."""
    side: Annotated[Literal["buy", "sell"] | None, BeforeValidator(one_of("a side", "buy", "sell"))] = None
    """buy or sell: the executions of the other side are left alone. Follows from the entry."""
    total: Annotated[
        Total | None, BeforeValidator(lambda value: {"shares": value} if isinstance(value, str) else value)
    ] = None
    """What they must add up to: a number of shares, or {dollars: 14030.00}, before fees."""


def _file(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


FileOfExecutions = Annotated[Fills, BeforeValidator(_file)]
