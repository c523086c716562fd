"""The plan that `new` writes: every part of it explained, ready to be filled in.

Code: OUT004 a plan stands there already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from form4_author.events.event import event_of
from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import identity
from form4_author.filing import FORM_4, FormType
from form4_author.filing.forms import LineKind
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.pipeline.options import OptionError, not_one_of
from form4_author.plan.entries import EVENTS, EntryKind
from form4_author.plan.schema import described_schema
from form4_author.resources import resource

#: The entries of a starter plan, up to the blank line behind them.
_ENTRIES = re.compile(r"^transactions:\n(?: .*\n)+", re.MULTILINE)
_HELP_AT, _WIDTH = 35, 118


def starter_text(form: FormType = FORM_4, event: EntryKind | None = None) -> str:
    """The starter plan's text.

    Args:
        form: what it is a plan of.
        event: what its one entry is; a line as on the form where not given. A Form 3 has no entries.
    """
    name = "plan.yaml" if form is FORM_4 else f"plan-{form.number}.yaml"
    text = resource("templates", name).read_text("utf-8")
    return with_entry(text, "\n".join(_to_fill_in(event))) if event else text


def event_for(form: FormType, name: str) -> EntryKind:
    """The kind of an event's entry on a form.

    Raises:
        OptionError: there is no event of that name, or the form reports none.
    """
    kind = next((kind for kind in EVENTS if kind.name == name.strip().lower()), None)
    if kind is None:
        raise OptionError("event", not_one_of(name, (kind.name for kind in EVENTS)))
    if not any(LineKind.TRANSACTION in kinds for kinds in form.tables.values()):
        raise OptionError("event", f"{form} reports no transactions")
    return kind


def with_entry(text: str, entry: str) -> str:
    """A starter plan's text with one entry, a list item, in place of its own."""
    return _ENTRIES.sub(lambda _: f"transactions:\n{entry}\n", text, count=1)


def _to_fill_in(kind: EntryKind) -> Iterator[str]:
    """An entry's keys: those of its example left empty, with what it has there behind; the others as comments."""
    example = dict(_parts_of(event_of(kind).example))
    begin = "  - "
    for key, value in example.items():
        yield f"{begin}{key}:".ljust(_HELP_AT) + f"# {value}"
        begin = "    "
    keys = described_schema()["$defs"][kind.model.__name__]["properties"]
    for key in [key for key in keys if key not in example]:
        help_text = " ".join(keys[key]["description"].split()).partition(". ")[0].rstrip(".")
        line = f"{begin}# {key}:".ljust(_HELP_AT) + f"# {help_text}"
        yield line if len(line) <= _WIDTH else f"{line[: _WIDTH - 3]}..."


def _parts_of(example: str) -> Iterator[tuple[str, str]]:
    """The keys and values of an entry in braces, the values as written."""
    depth, begin = 0, 1
    for index, sign in enumerate(example):
        depth += (sign in "{[") - (sign in "]}")
        if (sign == "," and depth == 1) or (sign == "}" and not depth):
            key, _, value = example[begin:index].strip().partition(":")
            yield key, value.strip()
            begin = index + 1


def write_starter(folder: Path, form: FormType = FORM_4, event: EntryKind | None = None) -> Path:
    """Write the starter plan of a form into a folder, which is made where it doesn't exist.

    Returns:
        The plan's path.

    Raises:
        Rejected: a plan stands there already (OUT004), or the folder can't be written (OUT002).
    """
    path = folder / "plan.yaml"
    if identity(path) is not None:
        raise Rejected(
            [
                error(
                    "OUT004",
                    "a plan stands here already; it was left alone",
                    Origin(Position(str(path), 1, 1)),
                    hint="Name another folder.",
                )
            ]
        )
    deliver([Output(path, starter_text(form, event).encode())])
    return path
