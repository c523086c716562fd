"""The layouts of brokers' files: one small file of data each, recognised by the headers of its columns."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec import Struct

from form4_author.executions.values import Order
from form4_author.plan.fills import Columns
from form4_author.resources import resource


class Layout(Struct, frozen=True, kw_only=True):
    """One layout.

    Attributes:
        key: its name in a plan: that of its file.
        name: what it is called in a sentence.
        headers: the columns by which it is known, each by `plain`; a file may have more.
        unless: columns with one of which a file is something else.
        columns: what the reader needs -> the header of its column, by `plain`.
        dates: what comes first in its dates of numbers; None where that isn't told.
        side: sell or buy, where all of its rows are of one side; empty otherwise.
        prose: what was done is the beginning of a sentence.
        event: the plan's key for what it holds, where that is no execution; empty otherwise.
        holds: what that is, in words.
    """

    key: str = ""
    name: str = ""
    headers: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    columns: Mapping[str, str]
    dates: Order | None = None
    side: str = ""
    prose: bool = False
    event: str = ""
    holds: str = ""


def plain(header: str) -> str:
    """A header as it is compared: small letters, blanks evened out."""
    return " ".join(header.split()).lower()


@cache
def layouts() -> Mapping[str, Layout]:
    """All layouts that are known, by key; those by which a file may be told from another come first."""
    found = [_layout(path.stem, path.read_text("utf-8")) for path in resource("executions", "layouts").glob("*.toml")]
    return {layout.key: layout for layout in sorted(found, key=lambda one: (-len(one.headers), one.key))}


def _layout(key: str, text: str) -> Layout:
    data = tomllib.loads(text)
    columns = data.pop("columns", {})
    assert columns.keys() <= Columns.model_fields.keys()  # noqa: S101 - our own data
    return Layout(
        key=key,
        headers=frozenset(map(plain, data.pop("headers"))),
        unless=frozenset(map(plain, data.pop("unless", ()))),
        columns={role: plain(header) for role, header in columns.items()},
        dates=Order(data.pop("dates")) if "dates" in data else None,
        **data,
    )


def recognised(row: Sequence[str]) -> Layout | None:
    """The layout whose headers all stand in a row; None where there is none."""
    headers = set(map(plain, row))
    known = layouts().values()
    return next((one for one in known if one.headers <= headers and one.unless.isdisjoint(headers)), None)


def layout_page(layout: Layout) -> str:
    """What a layout is, as `explain` tells it: how a file of it is known, and what is read. Markdown."""
    lines = [f"{layout.key}: {layout.name or layout.holds}", "", f"Known by the columns: {_columns(layout.headers)}."]
    if layout.unless:
        lines.append(f"A file with one of these columns is something else: {_columns(layout.unless)}.")
    if layout.event:
        held = f"It holds {layout.holds}, and no executions: a plan has `{layout.event}` for it."
        return "\n".join([*lines, "", held, ""])
    lines += ["", "What is read:", "", *(f"- {role}: {header}" for role, header in layout.columns.items()), ""]
    if layout.side:
        lines.append(f"All of its rows are of one side: {layout.side}.")
    if layout.dates is not None:
        lines.append(f"Dates of numbers have the {layout.dates.value}.")
    return "\n".join([*lines, "A plan's entry takes it as `fills: FILE`; docs/brokers.md tells more.", ""])


def _columns(headers: Iterable[str]) -> str:
    return ", ".join(sorted(headers))
