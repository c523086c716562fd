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
from form4_author.filing import FORM_4, FormType, form_for
from form4_author.filing.forms import LineKind
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.pipeline.options import OptionError, not_one_of
from form4_author.plan.entries import EVENTS, EntryKind
from form4_author.plan.schema import described_schema
from form4_author.resources import resource

#: The entries of a starter plan, up to the blank line behind them.
_ENTRIES = re.compile(r"^transactions:\n(?: .*\n)+", re.MULTILINE)
_HELP_AT, _WIDTH = 35, 118
_MODELINE = re.compile(r"\A# yaml-language-server:.*\n")
_INCLUDE = re.compile(r"^( *)(- |\w+: )(\[?)\{include: ([\w./-]+)\}\]?$", re.MULTILINE)
_FORM = re.compile(r"^form: (\d)", re.MULTILINE)
_LEAST_SAID = 24


def starter_text(form: FormType = FORM_4, event: EntryKind | None = None) -> str:
    """The starter plan's text.

    Args:
        form: what it is a plan of.
        event: what its one entry is; a line as on the form where not given. A Form 3 has no entries.
    """
    name = "plan.yaml" if form is FORM_4 else f"plan-{form.number}.yaml"
    text = resource("templates", name).read_text("utf-8")
    return with_entry(text, "\n".join(_to_fill_in(event))) if event else text


def beginning(form: str, event: str | None = None, example: str | None = None) -> str:
    """The text of a plan to begin with.

    Args:
        form: the number of the form.
        event: what its one entry is, if anything.
        example: the example to begin with, in place of both.

    Raises:
        OptionError: there is no such event or example, or an example is of another form, or of another event.
    """
    chosen = form_for(form)
    if not example:
        return starter_text(chosen, event_for(chosen, event) if event else None)
    if event:
        raise OptionError("example", "it has its entries: leave out --event")
    text = example_text(example)
    own = _FORM.search(text)
    if chosen is not FORM_4 and (own is None or own[1] != form):
        raise OptionError("example", f"{example} is a Form {own[1] if own else '4'}: leave out --form")
    return text


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


def examples() -> dict[str, str]:
    """The examples that a plan may be begun with, whole in one text each: what they say in a sentence, by name."""
    found = {path.parent.name: path for path in sorted(resource("examples").glob("*/plan.yaml"))}
    return {
        name: _first_sentence(_text(path))
        for name, path in found.items()
        if not _further_files(path) and "{include:" not in _whole(_text(path), name)
    }


def example_text(name: str) -> str:
    """An example's plan, with what it includes in its place.

    Raises:
        OptionError: there is no such example, or it isn't whole in one text.
    """
    if name not in (known := examples()):
        raise OptionError("example", not_one_of(name, known))
    return _whole(_text(resource("examples", name, "plan.yaml")), name)


def with_entry(text: str, entry: str) -> str:
    """A starter plan's text with one entry, a list item, in place of its own."""
    return _ENTRIES.sub(lambda _: f"transactions:\n{entry}\n", text, count=1)


def _further_files(plan: Path) -> set[str]:
    """What else a plan needs, beside what it includes whole: sheets, other plans, a firm's file."""
    return {path.name for path in plan.parent.iterdir()} - {plan.name, "expected", "build"}


def _text(path: Path) -> str:
    return _MODELINE.sub("", path.read_text("utf-8"))


def _whole(text: str, name: str) -> str:
    return _INCLUDE.sub(lambda match: _included(match, resource("examples", name)), text)


def _included(match: re.Match[str], folder: Path) -> str:
    """The keys of an included file in the place of its name."""
    indent, before, listed, name = match.groups()
    lines = [line for line in (folder / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    inner = f"\n{indent}  "
    if before == "- ":
        return f"{indent}- " + inner.join(lines)
    if listed:
        return f"{indent}{before.rstrip()}{inner}- " + f"{inner}  ".join(lines)
    return f"{indent}{before.rstrip()}" + "".join(inner + line for line in lines)


def _first_sentence(text: str) -> str:
    """What the comment at an example's head says first."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        lines.append(line.removeprefix("# "))
    said = re.split(r"(?<=[a-z0-9])[.;] ", " ".join(lines), maxsplit=1)[0].rstrip(".")
    first = said.partition(": ")[0]
    return (first if len(first) > _LEAST_SAID else said).replace("../", "")


def _to_fill_in(kind: EntryKind) -> Iterator[str]:
    """An entry's keys: those of its example left empty, with what it has there behind; the others as comments."""
    example = dict(_parts_of(event_of(kind).example))
    begin = "  - "
    for key, value in example.items():
        yield f"{begin}{key}:".ljust(_HELP_AT) + f"# {value}"
        begin = "    "
    keys = described_schema()["$defs"][kind.written]["properties"]
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


def write_starter(folder: Path, text: str) -> Path:
    """Write a plan to begin with into a folder, which is made where it doesn't exist.

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
    deliver([Output(path, text.encode())])
    return path
