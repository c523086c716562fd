"""The SEC's own rendering of a filing, read into a sheet: as its published stylesheets write each form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from tests.page_sheet import COLUMNS, NONE_OWNED, Cell, Owner, Sheet, cell_of, fold, words_of


@dataclass(frozen=True)
class Captions:
    """How the SEC's stylesheet of a form begins the boxes that differ, and what the boxes of its head are."""

    issuer: str
    foreign_symbol: str
    period: str
    relationship: str
    original: str
    joint: str
    boxes: tuple[str, ...]


_RELATIONSHIP = "Relationship of Reporting Person(s) to Issuer (Check all applicable)"
CAPTIONS = {
    "3": Captions(
        "3. Issuer Name and Ticker or Trading Symbol",
        "3a. Foreign Trading Symbol",
        "2. Date of Event Requiring Statement (Month/Day/Year)",
        f"4. {_RELATIONSHIP}",
        "5. If Amendment, Date Original Filed (Month/Day/Year)",
        "6. Individual or Joint/Group Filing (Check Applicable Line)",
        (),
    ),
    "4": Captions(
        "2. Issuer Name and Ticker or Trading Symbol",
        "2a. Foreign Trading Symbol",
        "3. Date of Earliest Transaction (Month/Day/Year)",
        f"5. {_RELATIONSHIP}",
        "4. If Amendment, Date Original Filed(Month/Day/Year)",
        "6. Individual or Joint/Group Filing(Check Applicable Line)",
        ("exit_box", "plan_box"),
    ),
    "5": Captions(
        "2. Issuer Name and Ticker or Trading Symbol",
        "2a. Foreign Trading Symbol",
        "3. Statement for Issuer's Fiscal Year Ended (Month/Day/Year)",
        f"5. {_RELATIONSHIP}",
        "4. If Amendment, Date Original Filed(Month/Day/Year)",
        "6. Individual or Joint/Group Reporting (check applicable line)",
        ("exit_box", "form3_box", "form4_box", "plan_box"),
    ),
}


def sec_sheet(rendering: str) -> Sheet:
    """Read a filing as the SEC's published stylesheet of its version renders it."""
    root = etree.HTML(rendering)
    for end in root.iter("br", "td"):
        end.tail = f"\n{end.tail or ''}"
    form = re.search(r"FORM (\d)", fold(words_of(root)))
    assert form is not None
    captions, (t1_columns, t2_columns) = CAPTIONS[form[1]], COLUMNS[form[1]]
    inputs = [box.get("checked") is not None for box in root.iter("input")]
    boxes = dict(zip(captions.boxes, inputs, strict=False))
    top = [words_of(td) for td in _table(root, "1. Name and Address of Reporting Person", depth=1).findall("tr/td")]
    footnotes, remarks, none_owned = _sec_responses(_under(root, "Explanation of Responses:"))
    owners = _sec_owners(_table(root, "Reporting Owner Name / Address"))
    relations = _after(top, captions.relationship)
    if not relations:  # on Form 3 the foreign trading symbol stands in the same cell
        _, _, relations = _after(top, captions.foreign_symbol).partition(captions.relationship[:2])
        relations = _after([captions.relationship[:2] + relations], captions.relationship)
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
    several = _after(top, captions.joint)
    issuer, _, foreign = _after(top, captions.issuer).partition(captions.foreign_symbol)
    foreign = foreign or _after(top, captions.foreign_symbol).partition(captions.relationship[:2])[0]
    return Sheet(
        form=form[1],
        exit_box=boxes.get("exit_box"),
        form3_box=boxes.get("form3_box"),
        form4_box=boxes.get("form4_box"),
        plan_box=boxes.get("plan_box"),
        none_owned=none_owned,
        owners=(first, *owners[1:]),
        box_5=relations.rpartition("Other (specify below)")[2].strip(),
        issuer=issuer.strip(),
        foreign_symbol=foreign.strip().removeprefix("[").removesuffix("]"),
        period=_after(top, captions.period),
        original_date=_after(top, captions.original),
        several_persons={"_X_ ___": False, "___ _X_": True}[" ".join(re.findall(r"_X_|___", several))],
        table1=_sec_rows(_table(root, "1.Title of Security"), len(t1_columns)),
        table2=_sec_rows(_table(root, "1. Title of Derivative Security"), len(t2_columns)),
        footnotes=footnotes,
        remarks=remarks,
        signatures=_sec_signatures(root),
    )


def _table(root: etree._Element, beginning: str, depth: int = 0) -> etree._Element:
    """The table whose first cell begins so: the innermost, or the one `depth` steps further out."""
    found = [
        table
        for table in root.iter("table")
        if (cell := table.find("tr/td")) is not None and fold(words_of(cell)).startswith(beginning)
    ]
    return found[-1 - depth]


def _after(cells: list[str], caption: str) -> str:
    """What follows a caption in its cell; empty where no cell has it. The SEC joins address parts with `,\\xa0`.

    The blanks in a caption are another matter: a line end of the page is none.
    """
    beginning = re.compile(r"\s*".join(re.escape(letter) for letter in caption if letter != " "))
    for cell in cells:
        folded = fold(cell.replace(",\xa0", " "))
        if match := beginning.match(folded):
            return folded[match.end() :].strip()
    return ""


def _sec_rows(table: etree._Element, width: int) -> tuple[tuple[Cell, ...], ...]:
    heads = 1 if width == len(COLUMNS["3"][0]) else 2
    rows = [[cell_of(td, "a") for td in tr.findall("td")] for tr in table.findall("tr")[heads:]]
    assert all(len(row) == width for row in rows)
    # The dollar sign stands on a line of its own in the SEC's file.
    return tuple(tuple((re.sub(r"^\$ ", "$", text), marks) for text, marks in row) for row in rows)


def _sec_owners(table: etree._Element) -> tuple[Owner, ...]:
    found = []
    for tr in table.findall("tr")[2:]:
        who, director, ten_percent, officer, other = (words_of(td) for td in tr.findall("td"))
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


def _under(root: etree._Element, heading: str) -> etree._Element:
    """The table below a heading."""
    return next(table for table in root.iter("table") if _heading_of(table) == heading)


def _sec_responses(table: etree._Element) -> tuple[tuple[tuple[str, str], ...], str, bool]:
    """Footnotes and remarks, and whether it says that nothing is owned."""
    footnotes, remarks, none_owned = [], "", False
    for tr in table.findall("tr"):
        cells = [words_of(td) for td in tr.findall("td")]
        if len(cells) == 2:
            if set(fold(cells[0])) == {"*"}:
                continue
            footnotes.append((fold(cells[0]).strip("()"), fold(cells[1])))
        elif fold(cells[0]) == NONE_OWNED:
            none_owned = True
        else:
            heading, _, text = cells[0].partition("Remarks:\n")
            assert not fold(heading)
            remarks = "\n".join(map(fold, text.split("\n"))).strip("\n")
    return tuple(footnotes), remarks, none_owned


def _heading_of(table: etree._Element) -> str | None:
    before = list(table.itersiblings("h2", preceding=True))
    return before[0].text if before else None


def _sec_signatures(root: etree._Element) -> tuple[tuple[str, str], ...]:
    table = _under(root, "Signatures")
    lines = [[fold(words_of(td)) for td in tr.findall("td")] for tr in table.findall("tr")[::2]]
    return tuple((name, date) for name, _, date in lines)
