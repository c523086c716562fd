"""The summary of several forms as a page: a row for each, which leads to what was built of it. No part of any form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import quote

from msgspec import Struct

#: What a file of a build is, by how its name goes on behind what all of them have in common.
_KINDS = {
    "pdf": "PDF",
    "html": "HTML",
    "redline.pdf": "Redline PDF",
    "redline.html": "Redline HTML",
    "xml": "XML",
    "submission.xml": "Submission",
    "report.json": "Report",
}


class Link(Struct, frozen=True):
    """A file beside the page.

    Attributes:
        text: what it is.
        href: where it is, told from the page; no sign of its name can be taken for anything else.
    """

    text: str
    href: str


class SummaryRow(Struct, frozen=True):
    """One form, or a plan that makes none.

    Attributes:
        who: the owner, or what the plan calls the form where that isn't known.
        state: accepted, refused, can't be read and so on.
        good: whether nothing stands in the way of filing it.
        counts: how many errors and warnings there are, in words.
        name: its plan, where there are several, and what it is called among the forms of that.
        issuer: the issuer's symbol and name.
        form: which form it is, such as Form 4/A.
        part: which part it is, of what holds too much for one form; empty of all else.
        period: its period of report.
        due: the first day on which it is due.
        late: by what it is late; empty where it isn't.
        missing: what is still to be had.
        links: its files, the page first.
        goes_on: whether the next row is another part of the same.
    """

    who: str
    state: str
    good: bool
    counts: str = ""
    name: str = ""
    issuer: str = ""
    form: str = ""
    part: str = ""
    period: str = ""
    due: str = ""
    late: str = ""
    missing: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    goes_on: bool = False


class Told(Struct, frozen=True):
    """A finding: its severity, its code, where it is, what it says, what to write instead."""

    severity: str
    code: str
    place: str
    message: str
    hint: str


class SummaryPart(Struct, frozen=True):
    """The forms of one plan.

    Attributes:
        name: an element's id.
        plan: the plan's name.
        rows: its forms.
        told: the errors and warnings of all of them.
    """

    name: str
    plan: str
    rows: tuple[SummaryRow, ...]
    told: tuple[Told, ...]


class SummaryPage(Struct, frozen=True):
    """What stands on the page; all of it is plain text.

    Attributes:
        title: the heading.
        sentences: what matters first.
        parts: the forms, plan by plan.
        foot: what stands at the foot of each sheet of paper.
    """

    title: str
    sentences: tuple[str, ...]
    parts: tuple[SummaryPart, ...]
    foot: str


def links(files: Iterable[str], folder: str) -> tuple[Link, ...]:
    """Links to the files of a form, the pages first.

    Args:
        files: their names.
        folder: where the page that links to them is to stand; a file that lies elsewhere gets no link.
    """
    here = os.path.normpath(folder)
    names = [path.name for path in map(PurePath, files) if os.path.normpath(path.parent) == here and path.name != ".."]
    stems = {name.removesuffix(f".{ending}") for name in names for ending in _KINDS if name.endswith(f".{ending}")}
    kinds = [[name.removeprefix(f"{stem}.") for name in names] for stem in sorted(stems, key=len, reverse=True)]
    known = next((kind for kind in kinds if _KINDS.keys() >= {*kind}), [])
    found = dict(zip(known, names, strict=False))
    return tuple(
        Link(said, "./" + quote(os.fsencode(found[kind]), safe="")) for kind, said in _KINDS.items() if kind in found
    )


def counted(number: int, one: str, several: str = "") -> str:
    """A number of things, in words."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Things in a sentence: `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""
