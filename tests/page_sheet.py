"""What stands in which cell of a page: the sheet that ours and the SEC's are both read into, and our page read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

Cell = tuple[str, tuple[str, ...]]  # the text, and the footnote marks behind it, as printed: ("10,000", ("(1)",))

T1_COLUMNS = ("title", "date", "deemed", "code", "v", "amount", "ad", "price", "owned", "form", "nature")
T2_COLUMNS = (
    *("title", "conversion-price", "date", "deemed", "code", "v", "acquired", "disposed", "exercisable", "expiration"),
    *("underlying-title", "underlying-amount", "price", "owned", "form", "nature"),
)
#: The columns of both tables by form: Form 5 has no V, Form 3 no transactions.
COLUMNS = {
    "3": (
        ("title", "owned", "form", "nature"),
        (
            *("title", "exercisable", "expiration", "underlying-title", "underlying-amount", "conversion-price"),
            *("form", "nature"),
        ),
    ),
    "4": (T1_COLUMNS, T2_COLUMNS),
    "5": tuple(tuple(column for column in columns if column != "v") for columns in (T1_COLUMNS, T2_COLUMNS)),
}


#: What a Form 3 says where nothing is owned.
NONE_OWNED = "No securities are beneficially owned"


@dataclass(frozen=True)
class Owner:
    """Boxes 1 and 5 of one reporting person; the address is one text, street to country."""

    name: str
    address: str
    director: bool
    ten_percent: bool
    officer: bool
    other: bool
    officer_title: str
    other_text: str


@dataclass(frozen=True)
class Sheet:
    """All that a filer enters, by its place on the form.

    `box_5` is the text below the boxes of the first person's item 5, where the SEC's stylesheet runs title and other
    text together. A box of the head is None on a form without that box.
    """

    form: str
    exit_box: bool | None
    form3_box: bool | None
    form4_box: bool | None
    plan_box: bool | None
    none_owned: bool
    owners: tuple[Owner, ...]
    box_5: str
    issuer: str
    foreign_symbol: str
    period: str
    original_date: str
    several_persons: bool
    table1: tuple[tuple[Cell, ...], ...]
    table2: tuple[tuple[Cell, ...], ...]
    footnotes: tuple[tuple[str, str], ...]
    remarks: str
    signatures: tuple[tuple[str, str], ...]


def fold(text: str) -> str:
    """The text with each run of white space, no-break spaces included, as one blank."""
    return re.sub(r"[\s\xa0]+", " ", text).strip()


def words_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def named(within: etree._Element, name: str) -> list[etree._Element]:
    """The elements of that class or id."""
    return [e for e in within.iter("*") if name in {*(e.get("class") or "").split(), e.get("id")}]


def our_sheet(page: str) -> Sheet:
    """Read a page of ours, by the names that its template promises."""
    root = etree.HTML(page)
    (name,) = named(root, "form-name")
    form = fold(words_of(name)).removeprefix("FORM ").partition(" ")[0]
    t1_columns, t2_columns = COLUMNS[form]
    owners = tuple(_our_owner(block) for block in named(root, "boxes"))
    one, several = _checked(root, "box-one-person"), _checked(root, "box-several-persons")
    assert one != several
    return Sheet(
        form=form,
        exit_box=_checked(root, "box-exit") if named(root, "box-exit") else None,
        form3_box=_checked(root, "box-form3") if named(root, "box-form3") else None,
        form4_box=_checked(root, "box-form4") if named(root, "box-form4") else None,
        plan_box=_checked(root, "box-10b5-1") if named(root, "box-10b5-1") else None,
        none_owned=_text(root, "none-owned") == NONE_OWNED,
        owners=owners,
        box_5=" / ".join(filter(None, (owners[0].officer_title, owners[0].other_text))),
        issuer=_text(root, "issuer"),
        foreign_symbol=_text(root, "issuer-foreign-symbol"),
        period=_text(root, "period-of-report"),
        original_date=_text(root, "original-date"),
        several_persons=several,
        table1=_our_rows(root, "table-1", "t1", t1_columns),
        table2=_our_rows(root, "table-2", "t2", t2_columns),
        footnotes=tuple(
            (_text(note, "note-number").removesuffix("."), _text(note, "note-text"))
            for notes in named(root, "notes")
            for note in notes
        ),
        remarks="\n".join(fold(line) for p in named(root, "remarks") for line in words_of(p).split("\n")),
        signatures=tuple(
            (_text(signature, "signature-name"), _text(signature, "signature-date"))
            for signature in named(root, "signature")
        ),
    )


def _text(within: etree._Element, name: str) -> str:
    """The text of the one element of that class; empty where there is none."""
    found = named(within, name)
    assert len(found) <= 1, f"{name} stands {len(found)} times"
    return fold(words_of(found[0])) if found else ""


def _checked(within: etree._Element, name: str) -> bool:
    """Whether the box of that id or class is checked."""
    (line,) = named(within, name)
    (box,) = named(line, "box")
    return {"": False, "X": True}[fold(words_of(box))]


def _our_owner(block: etree._Element) -> Owner:
    parts = ("street1", "street2", "city", "state", "zip", "country")
    return Owner(
        name=_text(block, "owner-name"),
        address=" ".join(filter(None, (_text(block, f"owner-{part}") for part in parts))),
        director=_checked(block, "is-director"),
        ten_percent=_checked(block, "is-ten-percent-owner"),
        officer=_checked(block, "is-officer"),
        other=_checked(block, "is-other"),
        officer_title=_text(block, "officer-title"),
        other_text=_text(block, "other-text"),
    )


def _our_rows(root: etree._Element, table: str, prefix: str, columns: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    rows = named(root, table)[0].findall("tbody/tr")
    for row in rows:
        assert [td.get("class") for td in _cells_of(row)] == [f"{prefix}-{column}" for column in columns]
    return tuple(tuple(cell_of(td, "sup") for td in _cells_of(row)) for row in rows)


def _cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a line of ours: its header, the title of the security, and the others."""
    header, *cells = row
    assert (header.tag, header.get("scope")) == ("th", "row")
    return [header, *cells]


def cell_of(td: etree._Element, tag: str) -> Cell:
    """A cell's text and the marks in it, which the elements of that tag are."""
    marks = tuple(fold(words_of(mark)) for mark in td.iter(tag))
    for mark in td.iter(tag):
        for part in mark.iter():
            part.text = None
    return fold(words_of(td)), marks
