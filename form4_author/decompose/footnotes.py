"""The footnotes of a filing -> a plan's footnotes: each by a speaking name, numbered only where that must be said."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from form4_author.decompose.speaking_names import footnote_name, told_apart
from form4_author.filing import Field, Filing, form_of
from form4_author.filing.footnote_wording import average_text, divided
from form4_author.filing.marks import first_uses, noted_cells
from form4_author.filing.wording import in_order_of_numbers
from form4_author.plan.scalars import amount

_AVERAGE = re.compile(r"prices from \$([\d,]+\.\d+) to \$([\d,]+\.\d+)\.", re.ASCII)
_ID = re.compile(r"F([1-9]\d?)", re.ASCII)


class Footnotes(Struct, frozen=True):
    """A filing's footnotes as a plan has them.

    Attributes:
        plan: the plan's `footnotes`.
        numbered: each says its number, because they don't stand in the order in which one reads the form.
        names: the name of each by its id (`F1`).
    """

    plan: dict[str, Any]
    numbered: bool
    names: dict[str, str]

    def marks(self, cell: Field) -> list[str]:
        """The footnotes on a cell, by name; a mark that leads nowhere keeps its id."""
        return [self.names.get(mark, mark or "missing") for mark in cell.footnote_ids]


def name_footnotes(filing: Filing) -> Footnotes:
    """Name a filing's footnotes by what they say."""
    texts = [footnote.text.text for footnote in filing.footnotes]
    called = told_apart([footnote_name(text) for text in texts])
    numbered = not _in_reading_order(filing)
    names: dict[str, str] = {}
    plan: dict[str, Any] = {}
    for footnote, name, text in zip(filing.footnotes, called, texts, strict=True):
        names.setdefault(footnote.id.text, name)
        said: str | dict[str, Any] = _average(text) or text
        number = _ID.fullmatch(footnote.id.text)
        if (numbered or len(divided(text)) > 1) and number:
            said = {"number": number[1], **(said if isinstance(said, dict) else {"text": said})}
        plan[name] = said
    return Footnotes(plan, numbered, names)


def _in_reading_order(filing: Filing) -> bool:
    """Whether the numbers are those that a plan without numbers gets."""
    ids = [footnote.id.text for footnote in filing.footnotes]
    texts = {footnote.text.text for footnote in filing.footnotes}
    expected = [f"F{number}" for number in range(1, len(ids) + 1)]
    numbering = form_of(filing).numbering
    marks = [cell.footnote_ids for row in filing.rows for _, cell in noted_cells(row, numbering)]
    return (
        ids == expected == first_uses(filing.rows, numbering)
        and len(texts) == len(ids)
        and all(list(on_cell) == in_order_of_numbers(on_cell) for on_cell in marks)
    )


def _average(text: str) -> dict[str, Any] | None:
    """The range of a statement on a weighted average price, where it is word for word the tool's own."""
    match = _AVERAGE.search(text)
    if not match:
        return None
    low, high = (part.replace(",", "") for part in match.groups())
    own = average_text(amount(low).decimal, amount(high).decimal)
    return {"weighted_average": {"low": low, "high": high}} if own == text else None
