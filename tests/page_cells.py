"""What stands in which cell: read from our page, read from the SEC's own rendering of a filing, and compared.

`python -m tests.page_cells` compares every filing of the reference corpus, `tests/page/test_sec_rendering.py` a
sample. Both sides are read into the same `Sheet`; texts are compared to the last character once runs of white space are
one blank. Where the two may differ is named, one reason each, in `SLIPS`; nothing else is let through.

With `--pdf` each filing is printed too: all text of the HTML must be there, cell by cell and in reading order, and none
may run off the page or into other text. `--every 10` takes each tenth filing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path

from lxml import etree

from form4_author.edgar import ownership_xml, xml_source
from form4_author.filing import Filing
from form4_author.page import drawing
from tests.conftest import SHARED
from tests.page_pdf import Printed, misplaced, squeezed, text_in_order

Cell = tuple[str, tuple[str, ...]]  # the text, and the footnote marks behind it, as printed: ("10,000", ("(1)",))

T1_COLUMNS = ("title", "date", "deemed", "code", "v", "amount", "ad", "price", "owned", "form", "nature")
T2_COLUMNS = (
    *("title", "conversion-price", "date", "deemed", "code", "v", "acquired", "disposed", "exercisable", "expiration"),
    *("underlying-title", "underlying-amount", "price", "owned", "form", "nature"),
)


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
    text together. `plan_box` is None on a form without that box.
    """

    exit_box: bool
    plan_box: bool | None
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


def _words(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def _named(within: etree._Element, name: str) -> list[etree._Element]:
    """The elements of that class or id."""
    return [e for e in within.iter("*") if name in {*(e.get("class") or "").split(), e.get("id")}]


# Our page


def our_sheet(page: str) -> Sheet:
    """Read a page of ours, by the names that its template promises."""
    root = etree.HTML(page)
    owners = tuple(_our_owner(block) for block in _named(root, "boxes"))
    one, several = _checked(root, "box-one-person"), _checked(root, "box-several-persons")
    assert one != several
    return Sheet(
        exit_box=_checked(root, "box-exit"),
        plan_box=_checked(root, "box-10b5-1") if _named(root, "box-10b5-1") else None,
        owners=owners,
        box_5=" / ".join(filter(None, (owners[0].officer_title, owners[0].other_text))),
        issuer=_text(root, "issuer"),
        foreign_symbol=_text(root, "issuer-foreign-symbol"),
        period=_text(root, "period-of-report"),
        original_date=_text(root, "original-date"),
        several_persons=several,
        table1=_our_rows(root, "table-1", "t1", T1_COLUMNS),
        table2=_our_rows(root, "table-2", "t2", T2_COLUMNS),
        footnotes=tuple(
            (_text(note, "note-number").removesuffix("."), _text(note, "note-text"))
            for notes in _named(root, "notes")
            for note in notes
        ),
        remarks="\n".join(fold(line) for p in _named(root, "remarks") for line in _words(p).split("\n")),
        signatures=tuple(
            (_text(signature, "signature-name"), _text(signature, "signature-date"))
            for signature in _named(root, "signature")
        ),
    )


def _text(within: etree._Element, name: str) -> str:
    """The text of the one element of that class; empty where there is none."""
    found = _named(within, name)
    assert len(found) <= 1, f"{name} stands {len(found)} times"
    return fold(_words(found[0])) if found else ""


def _checked(within: etree._Element, name: str) -> bool:
    """Whether the box of that id or class is checked."""
    (line,) = _named(within, name)
    (box,) = _named(line, "box")
    return {"": False, "X": True}[fold(_words(box))]


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
    rows = _named(root, table)[0].findall("tbody/tr")
    for row in rows:
        assert [td.get("class") for td in _cells_of(row)] == [f"{prefix}-{column}" for column in columns]
    return tuple(tuple(_cell(td, "sup") for td in _cells_of(row)) for row in rows)


def _cells_of(row: etree._Element) -> list[etree._Element]:
    """The cells of a line of ours: its header, the title of the security, and the others."""
    header, *cells = row
    assert (header.tag, header.get("scope")) == ("th", "row")
    return [header, *cells]


def _cell(td: etree._Element, tag: str) -> Cell:
    """A cell's text and the marks in it, which the elements of that tag are."""
    marks = tuple(fold(_words(mark)) for mark in td.iter(tag))
    for mark in td.iter(tag):
        for part in mark.iter():
            part.text = None
    return fold(_words(td)), marks


# The SEC's rendering


def sec_sheet(rendering: str) -> Sheet:
    """Read a filing as the SEC's published stylesheet of its version renders it."""
    root = etree.HTML(rendering)
    for end in root.iter("br", "td"):
        end.tail = f"\n{end.tail or ''}"
    boxes = [box.get("checked") is not None for box in root.iter("input")]
    top = [_words(td) for td in _table(root, "1. Name and Address of Reporting Person", depth=1).findall("tr/td")]
    footnotes, remarks = _sec_responses(_table(root, "*"))
    owners = _sec_owners(_table(root, "Reporting Owner Name / Address"))
    relations = _after(top, "5. Relationship of Reporting Person(s) to Issuer (Check all applicable)")
    ticked = set(re.findall(r"__X__ (Director|10% Owner|Officer|Other)", relations))
    street, city, country = (
        _after(top, "(Last) (First) (Middle)"),
        _after(top, "(Street)"),
        _after(top, "(City) (State) (Zip/Postal Code)") or _after(top, "(City) (State) (Zip)"),
    )
    first = replace(
        owners[0],
        director="Director" in ticked,
        ten_percent="10% Owner" in ticked,
        officer="Officer" in ticked,
        other="Other" in ticked,
    )
    assert first.name == _after(top, "1. Name and Address of Reporting Person *")
    assert first.address == fold(f"{street} {city} {country}")
    several = _after(top, "6. Individual or Joint/Group Filing(Check Applicable Line)")
    issuer, _, foreign = _after(top, "2. Issuer Name and Ticker or Trading Symbol").partition(
        "2a. Foreign Trading Symbol"
    )
    return Sheet(
        exit_box=boxes[0],
        plan_box=boxes[1] if len(boxes) > 1 else None,
        owners=(first, *owners[1:]),
        box_5=relations.rpartition("Other (specify below)")[2].strip(),
        issuer=issuer.strip(),
        foreign_symbol=foreign.strip().removeprefix("[").removesuffix("]"),
        period=_after(top, "3. Date of Earliest Transaction (Month/Day/Year)"),
        original_date=_after(top, "4. If Amendment, Date Original Filed(Month/Day/Year)"),
        several_persons={"_X_ ___": False, "___ _X_": True}[" ".join(re.findall(r"_X_|___", several))],
        table1=_sec_rows(_table(root, "1.Title of Security"), len(T1_COLUMNS)),
        table2=_sec_rows(_table(root, "1. Title of Derivative Security"), len(T2_COLUMNS)),
        footnotes=footnotes,
        remarks=remarks,
        signatures=_sec_signatures(root),
    )


def _table(root: etree._Element, beginning: str, depth: int = 0) -> etree._Element:
    """The table whose first cell begins so: the innermost, or the one `depth` steps further out."""
    found = [
        table
        for table in root.iter("table")
        if (cell := table.find("tr/td")) is not None and fold(_words(cell)).startswith(beginning)
    ]
    return found[-1 - depth]


def _after(cells: list[str], caption: str) -> str:
    """What follows a caption in its cell; empty where no cell has it. The SEC joins address parts with `,\\xa0`."""
    for cell in cells:
        folded = fold(cell.replace(",\xa0", " "))
        if folded.startswith(caption):
            return folded.removeprefix(caption).strip()
    return ""


def _sec_rows(table: etree._Element, width: int) -> tuple[tuple[Cell, ...], ...]:
    rows = [[_cell(td, "a") for td in tr.findall("td")] for tr in table.findall("tr")[2:]]
    assert all(len(row) == width for row in rows)
    # The dollar sign stands on a line of its own in the SEC's file.
    return tuple(tuple((re.sub(r"^\$ ", "$", text), marks) for text, marks in row) for row in rows)


def _sec_owners(table: etree._Element) -> tuple[Owner, ...]:
    found = []
    for tr in table.findall("tr")[2:]:
        who, director, ten_percent, officer, other = (_words(td) for td in tr.findall("td"))
        name, _, address = who.partition("\n")
        owner = Owner(
            name=fold(name),
            address=fold(address.replace(",\xa0", " ")),
            director=fold(director) == "X",
            ten_percent=fold(ten_percent) == "X",
            officer=bool(fold(officer)),
            other=bool(fold(other)),
            officer_title=fold(officer),
            other_text=fold(other),
        )
        found.append(owner)
    return tuple(found)


def _sec_responses(table: etree._Element) -> tuple[tuple[tuple[str, str], ...], str]:
    footnotes, remarks = [], ""
    for tr in table.findall("tr")[2:]:
        cells = [_words(td) for td in tr.findall("td")]
        if len(cells) == 2:
            footnotes.append((fold(cells[0]).strip("()"), fold(cells[1])))
        else:
            heading, _, text = cells[0].partition("Remarks:\n")
            assert not fold(heading)
            remarks = "\n".join(map(fold, text.split("\n"))).strip("\n")
    return tuple(footnotes), remarks


def _heading_of(table: etree._Element) -> str | None:
    before = list(table.itersiblings("h2", preceding=True))
    return before[0].text if before else None


def _sec_signatures(root: etree._Element) -> tuple[tuple[str, str], ...]:
    table = next(table for table in root.iter("table") if _heading_of(table) == "Signatures")
    lines = [[fold(_words(td)) for td in tr.findall("td")] for tr in table.findall("tr")[::2]]
    return tuple((name, date) for name, _, date in lines)


# The comparison


def _exit_box_true(sheet: Sheet, filing: Filing) -> Sheet:
    return replace(sheet, exit_box=True) if filing.not_subject_to_section16.text == "true" else sheet


def _other_true(sheet: Sheet, filing: Filing) -> Sheet:
    if filing.owners[0].is_other.text != "true":
        return sheet
    return replace(sheet, owners=(replace(sheet.owners[0], other=True), *sheet.owners[1:]))


def _swap_true(sheet: Sheet, filing: Filing) -> Sheet:
    def mended(rows: tuple[tuple[Cell, ...], ...], swaps: list[bool], column: int) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (*row[:column], (f"{row[column][0]}/K", row[column][1]), *row[column + 1 :]) if swap else row
            for row, swap in zip(rows, swaps, strict=True)
        )

    swaps1, swaps2 = ([row.equity_swap.text == "true" for row in rows] for rows in (filing.table1, filing.table2))
    return replace(
        sheet,
        table1=mended(sheet.table1, swaps1, T1_COLUMNS.index("code")),
        table2=mended(sheet.table2, swaps2, T2_COLUMNS.index("code")),
    )


def _date_with_offset(sheet: Sheet, _: Filing) -> Sheet:
    def mended(text: str) -> str:
        return re.sub(r"^(\d\d/\d\d)(?:Z|[+-]\d\d:\d\d)(/\d{4})$", r"\1\2", text)

    def lines(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple((mended(text), marks) for text, marks in row) for row in rows)

    return replace(
        sheet,
        period=mended(sheet.period),
        original_date=mended(sheet.original_date),
        table1=lines(sheet.table1),
        table2=lines(sheet.table2),
        signatures=tuple((name, mended(date)) for name, date in sheet.signatures),
    )


#: The slips of the SEC's stylesheets that the corpus shows; each mends the SEC's sheet where the XML calls for it.
SLIPS: dict[str, Callable[[Sheet, Filing], Sheet]] = {
    "ticks the exit box for 1, not for true": _exit_box_true,
    "ticks Other for 1, not for true": _other_true,
    "writes /K for an equity swap of 1, not of true": _swap_true,
    "takes the UTC offset of a date for a part of the day": _date_with_offset,
}


def differences(ours: Sheet, secs: Sheet) -> list[str]:
    """Each place where two sheets differ, with both texts."""
    found = []
    for name in (attribute.name for attribute in fields(Sheet)):
        one, other = getattr(ours, name), getattr(secs, name)
        if isinstance(one, tuple) and len(one) == len(other):
            found += [f"{name}[{n}]: {a!r} / {b!r}" for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        elif one != other:
            found.append(f"{name}: {one!r} / {other!r}")
    return found


@dataclass(frozen=True)
class Verdict:
    """What the comparison of one filing says: the slips of the SEC's that it meets, and what else differs."""

    slips: tuple[str, ...]
    differences: list[str]


def compare(path: Path) -> Verdict:
    """Compare our page of a filing with the SEC's rendering of it.

    Args:
        path: the filing's XML in the reference corpus.
    """
    filing = ownership_xml.read(xml_source.parse(path.read_bytes(), path.name))
    ours, secs, slips = our_sheet(drawing.html(filing, fonts=False)), sec_sheet(rendering_of(path).read_text()), []
    for name, mend in SLIPS.items():
        mended = mend(secs, filing)
        if mended != secs:
            slips.append(name)
        secs = mended
    return Verdict(tuple(slips), differences(ours, secs))


def print_faults(path: Path) -> list[str]:
    """What is wrong with the PDF of a filing, against its HTML.

    Args:
        path: the filing's XML.
    """
    filing = ownership_xml.read(xml_source.parse(path.read_bytes(), path.name))
    page, found = drawing.html(filing, fonts=False), Printed(drawing.pdf(filing))
    (body,) = etree.HTML(page).iter("body")
    faults = list(misplaced(found))
    if text_in_order(found.tree) != squeezed(_words(body)):
        faults.append("the text is another, or in another order")
    sheet = our_sheet(page)
    cells = [[squeezed(text + "".join(marks)) for text, marks in line] for line in (*sheet.table1, *sheet.table2)]
    rows = [row for body in found.tree.find("TBody") for row in body.find("TR")]
    if [[cell.text for cell in row.find("TD")] for row in rows] != cells:
        faults.append("the cells of the tables are others")
    return faults


def rendering_of(path: Path) -> Path:
    """The SEC's rendering of a filing of the corpus."""
    corpus = path.parents[2]
    return corpus / "rendered" / path.relative_to(corpus / "form4").with_suffix(".html")


def main() -> int:
    """Compare every filing of the corpus; exit 1 where any differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.page_cells", description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=SHARED / "corpus", help="the folder with form4/ in it")
    parser.add_argument("--pdf", action="store_true", help="print each filing, too, and look at what is printed")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth filing alone")
    options = parser.parse_args()
    filings = sorted(options.corpus.glob("form4/*/*.xml"))[:: options.every]
    met: Counter[str] = Counter()
    different = 0
    for number, path in enumerate(filings, 1):
        verdict = compare(path)
        met.update(verdict.slips)
        found = verdict.differences + (print_faults(path) if options.pdf else [])
        if found:
            different += 1
            _say(f"{path.parent.name}/{path.name}", *found)
        if number % 50 == 0:
            sys.stderr.write(f"{number} of {len(filings)} filings compared, {different} differ\n")
    slips = (f"{count} filings: {slip}" for slip, count in met.items())
    _say(f"{len(filings)} filings compared with the SEC's rendering, {different} differ; its slips:", *slips)
    return int(different > 0 or not filings)


def _say(*lines: str) -> None:
    sys.stdout.write("\n    ".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
