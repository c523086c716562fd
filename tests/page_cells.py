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
from tests.page_sec import sec_sheet
from tests.page_sheet import COLUMNS, Cell, Sheet, our_sheet, words_of

#: The folders of the reference corpus by form.
FILED = ("form3/*.xml", "form4/*/*.xml", "form5/*.xml")


def _exit_box_true(sheet: Sheet, filing: Filing) -> Sheet:
    return replace(sheet, exit_box=True) if filing.not_subject_to_section16.text == "true" else sheet


def _other_true(sheet: Sheet, filing: Filing) -> Sheet:
    if filing.owners[0].is_other.text != "true":
        return sheet
    return replace(sheet, owners=(replace(sheet.owners[0], other=True), *sheet.owners[1:]))


def _swap_true(sheet: Sheet, filing: Filing) -> Sheet:
    def mended(rows: tuple[tuple[Cell, ...], ...], swaps: list[bool], column: int) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            (*row[:column], (f"{row[column][0][:1]}/K{row[column][0][1:]}", row[column][1]), *row[column + 1 :])
            if swap
            else row
            for row, swap in zip(rows, swaps, strict=True)
        )

    swaps1, swaps2 = ([row.equity_swap.text == "true" for row in rows] for rows in (filing.table1, filing.table2))
    if sheet.form == "3":
        return sheet
    one, two = COLUMNS[sheet.form]
    return replace(
        sheet,
        table1=mended(sheet.table1, swaps1, one.index("code")),
        table2=mended(sheet.table2, swaps2, two.index("code")),
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


def _mark_without_price(sheet: Sheet, filing: Filing) -> Sheet:
    """On Form 5 the conversion price of a line has its mark only where it has a value."""
    if sheet.form != "5":
        return sheet
    column = COLUMNS["5"][1].index("conversion-price")
    lines = []
    for line, row in zip(sheet.table2, filing.table2, strict=True):
        price = row.conversion_or_exercise_price
        marks = tuple(f"({mark.removeprefix('F')})" for mark in price.footnote_ids) if not price.text else ()
        lines.append((*line[:column], ("", marks), *line[column + 1 :]) if marks else line)
    return replace(sheet, table2=tuple(lines))


#: The slips of the SEC's stylesheets that the corpus shows; each mends the SEC's sheet where the XML calls for it.
SLIPS: dict[str, Callable[[Sheet, Filing], Sheet]] = {
    "ticks the exit box for 1, not for true": _exit_box_true,
    "ticks Other for 1, not for true": _other_true,
    "writes /K for an equity swap of 1, not of true": _swap_true,
    "takes the UTC offset of a date for a part of the day": _date_with_offset,
    "shows no mark on a conversion price without a value on Form 5": _mark_without_price,
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
    if text_in_order(found.tree) != squeezed(words_of(body)):
        faults.append("the text is another, or in another order")
    sheet = our_sheet(page)
    cells = [[squeezed(text + "".join(marks)) for text, marks in line] for line in (*sheet.table1, *sheet.table2)]
    rows = [row for body in found.tree.find("TBody") for row in body.find("TR")]
    if [[cell.text for cell in row.find("TD")] for row in rows] != cells:
        faults.append("the cells of the tables are others")
    return faults


def rendering_of(path: Path) -> Path:
    """The SEC's rendering of a filing of the corpus."""
    corpus = next(folder for folder in path.parents if (folder / "rendered").is_dir())
    name, rendered = path.relative_to(corpus), corpus / "rendered"
    return rendered / (name.relative_to("form4") if name.parts[0] == "form4" else name).with_suffix(".html")


def main() -> int:
    """Compare every filing of the corpus; exit 1 where any differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.page_cells", description=__doc__)
    parser.add_argument(
        "corpus",
        nargs="?",
        type=Path,
        default=SHARED / "corpus",
        help="the folder with form3/, form4/ and form5/ in it",
    )
    parser.add_argument("--pdf", action="store_true", help="print each filing, too, and look at what is printed")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth filing alone")
    options = parser.parse_args()
    filings = [path for pattern in FILED for path in sorted(options.corpus.glob(pattern))][:: options.every]
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
