"""The page as PDF: what the HTML says is printed, in order and in place, the same on every machine."""

from __future__ import annotations

import hashlib
import importlib
import io
import os
import re
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import fields, replace

from form4_author.filing import Field, Filing, Row, Value
from form4_author.page import drawing, fonts
from form4_author.page.fonts import FACES, cut_down, whole
from tests.conftest import ROOT
from tests.page_filings import exercise_and_sell, largest
from tests.page_pdf import BOTTOM, Element, Printed, headings_again, misplaced, squeezed, text_in_order
from tests.page_sheet import our_sheet

# They come with WeasyPrint, and without types.
recording_pen: Any = importlib.import_module("fontTools.pens.recordingPen")
tt_lib: Any = importlib.import_module("fontTools.ttLib")

HASH = "0f" * 32
FILINGS = {
    "one page": exercise_and_sell,
    "X0407": lambda: replace(exercise_and_sell("X0407"), aff10b5_one=Value("1")),
    "joint": lambda: replace(exercise_and_sell("X0609"), owners=largest().owners[:3]),
    "largest": largest,
}
every_filing = pytest.mark.parametrize("name", FILINGS)


@cache
def printed(name: str) -> Printed:
    return Printed(drawing.pdf(FILINGS[name](), document_hash=HASH))


@every_filing
def test_all_text_of_the_html_is_printed_in_reading_order_and_nothing_else(name: str) -> None:
    (body,) = etree.HTML(drawing.html(FILINGS[name](), fonts=False)).iter("body")
    assert text_in_order(printed(name).tree) == squeezed("".join(map(str, body.itertext())))


@every_filing
def test_every_cell_of_the_html_is_a_cell_of_the_pdf_and_no_line_is_split(name: str) -> None:
    sheet = our_sheet(drawing.html(FILINGS[name](), fonts=False))
    for title, lines in (("TableI-", sheet.table1), ("TableII-", sheet.table2)):
        (table,) = (table for table in printed(name).tree.find("Table") if table.text.startswith(title))
        rows = [row for body in table.find("TBody") for row in body.find("TR")]
        assert [[cell.text for cell in (*row.find("TH"), *row.find("TD"))] for row in rows] == [
            [squeezed(text + "".join(marks)) for text, marks in line] for line in lines
        ]
        for row in rows:
            assert [cell.attributes["/Scope"] for cell in row.find("TH")] == ["/Row"]
            assert len({run.page for run in row.runs()}) == 1


@every_filing
def test_headings_repeat_on_each_page_of_a_table_and_are_tagged_once_as_headings_of_their_columns(name: str) -> None:
    tables = list(printed(name).tree.find("Table"))
    assert [table.text.partition("-")[0] for table in tables] == ["TableI", "TableII"]
    again = dict.fromkeys(range(len(printed(name).sizes)), "")
    for table, columns in zip(tables, (13, 20), strict=True):
        (head,) = table.find("THead")
        title, *rows = head.find("TR")
        assert [cell.text for cell in title.find("TD")] == [heading.text for heading in title.find("H2")]
        heads = [head for row in rows for head in row.find("TH")]
        assert len(heads) == columns
        assert not [cell for row in rows for cell in row.find("TD")]
        assert {head.attributes["/Scope"] for head in heads} == {"/Column"}
        (first,) = {run.page for run in head.runs()}
        for page in {run.page for run in table.runs()} - {first}:
            again[page] += head.text
    assert {page: headings_again(printed(name), page) for page in again} == again
    assert (name == "largest") == any(again.values())


@every_filing
def test_no_text_runs_into_other_text_or_off_the_page(name: str) -> None:
    assert list(misplaced(printed(name))) == []


def test_dozens_of_marks_on_any_cell_neither_split_its_line_nor_run_out_of_it() -> None:
    full, marks = largest(), tuple(Value(f"F{number}") for number in range(1, 49))

    def heavy(row: Row) -> tuple[Row, ...]:
        cells: dict[str, Any] = {part.name: getattr(row, part.name) for part in fields(row)}
        filled = {name: cell for name, cell in cells.items() if isinstance(cell, Field) and cell}
        each: list[dict[str, Any]] = [{name: replace(cell, footnotes=marks)} for name, cell in filled.items()]
        return tuple(replace(row, **changed) for changed in each)

    notes = tuple(replace(note, text=Value("Short.")) for note in full.footnotes)
    table1, table2 = heavy(full.table1[0]), heavy(full.table2[0])
    filing = replace(full, owners=full.owners[:1], table1=table1, table2=table2, footnotes=notes)
    found = Printed(drawing.pdf(filing))
    assert list(misplaced(found)) == []
    rows = [row for body in found.tree.find("TBody") for row in body.find("TR")]
    assert len(rows) == len(table1) + len(table2) > 20
    assert [row.text for row in rows if len({run.page for run in row.runs()}) > 1] == []


def test_the_look_at_the_page_finds_text_that_runs_into_other_text() -> None:
    page = page_for_print(exercise_and_sell())
    spoiled = page.replace("</style>", ".t1-title { white-space: nowrap; letter-spacing: 30pt }</style>")
    assert {fault.partition(": ")[0] for fault in misplaced(Printed(drawing._print(spoiled)))} == {"page 1"}
    spoiled = page.replace("</style>", ".form-name { margin-left: -1in }</style>")
    assert "'FORM 4' runs off the page" in "".join(misplaced(Printed(drawing._print(spoiled))))


def boxes_of(page: Any, kind: type[Any]) -> list[Any]:
    return [box for box in page._page_box.descendants() if isinstance(box, kind)]


def laid_out(page: str) -> list[Any]:
    """The pages as WeasyPrint lays them out."""
    with drawing._own_fonts_only():
        import weasyprint  # noqa: PLC0415 - it must not see the machine's fonts

        fetcher = drawing._OwnFonts(page, weasyprint.urls.URLFetcherResponse)
        return list(weasyprint.HTML(string=page, url_fetcher=fetcher).render().pages)


def outside_their_cells(sheets: list[Any]) -> tuple[int, list[str]]:
    """How many pieces of text stand in table cells, and those that reach out of theirs."""
    from weasyprint.formatting_structure.boxes import TableCellBox, TextBox  # noqa: PLC0415

    looked_at, out = 0, []
    for sheet in sheets:
        for cell in boxes_of(sheet, TableCellBox):
            left, top = cell.position_x, cell.position_y
            right, bottom = left + cell.border_width(), top + cell.border_height()
            for text in (box for box in cell.descendants() if isinstance(box, TextBox)):
                looked_at += 1
                inside = left <= text.position_x and text.position_x + text.width <= right + 0.01
                if not (inside and top - 2 <= text.position_y and text.position_y + text.height <= bottom + 2):
                    out.append(text.text)
    return looked_at, out


def page_for_print(filing: Filing) -> str:
    links = {face.file: f"form4-font:{face.file}" for face in FACES}
    return drawing._render(filing, links, document_hash=HASH, draft=False, proof=None)


def test_no_text_reaches_out_of_its_cell() -> None:
    full = largest()
    filing = replace(full, owners=full.owners[:1], table1=full.table1[:8], table2=full.table2[:8], footnotes=())
    looked_at, out = outside_their_cells(laid_out(page_for_print(filing)))
    assert looked_at > 1000
    assert out == []


def test_the_look_at_cells_finds_text_that_reaches_out() -> None:
    page = page_for_print(replace(exercise_and_sell(), table1=largest().table1[:1]))
    assert outside_their_cells(laid_out(page))[1] == []
    spoiled = page.replace("</style>", "* { overflow-wrap: normal !important; white-space: nowrap !important }</style>")
    assert "NOSPACES" in "".join(outside_their_cells(laid_out(spoiled))[1])


def test_a_heading_stands_on_the_page_of_what_it_heads() -> None:
    headings = 0
    for lines in range(10, 16):
        filing = exercise_and_sell()
        tree = Printed(drawing.pdf(replace(filing, table1=filing.table1[:1] * lines, table2=()))).tree
        parts = [kid for kid in tree.kids if isinstance(kid, Element)]
        for part, following in pairwise(parts):
            if part.kind == "H2":
                headings += 1
                assert {run.page for run in part.runs()} == {next(following.runs()).page}
    assert headings == 12


@every_filing
def test_each_page_has_its_running_foot(name: str) -> None:
    found = printed(name)
    for page in range(len(found.sizes)):
        foot = " ".join(run.text for run in found.runs if run.page == page and run.top > BOTTOM)
        assert foot.endswith(f"SHA-256 of the document: {HASH} Page {page + 1} of {len(found.sizes)}")
        assert "11/22/2013" in foot or "04/30/2026" in foot
        assert "Roe Jane" in foot or re.search(r" and [29] others - ", foot)
    tagged = squeezed(found.tree.text)
    assert HASH not in tagged, "the foot is no part of the text"


def test_the_foot_cuts_long_names_short() -> None:
    foot = [run.text.strip() for run in printed("largest").runs if run.page == 0 and run.top > BOTTOM]
    assert len(foot) == 4
    assert "... [ABCDEFGHIJ] - 0UNBROKENNAME" in " ".join(foot)


def test_without_a_hash_the_foot_names_none() -> None:
    assert "SHA-256" not in "".join(run.text for run in Printed(drawing.pdf(exercise_and_sell())).runs)


def test_a_draft_says_so_across_each_page() -> None:
    filing = replace(exercise_and_sell(), table1=exercise_and_sell().table1 * 12)
    draft, fair = (Printed(drawing.pdf(filing, draft=draft)) for draft in (True, False))
    assert len(draft.sizes) == len(fair.sizes) > 1
    assert [run.page for run in draft.runs if run.slanted] == list(range(len(draft.sizes)))
    assert {run.text for run in draft.runs if run.slanted} == {"DRAFT"}
    assert [run.text for run in draft.runs if not run.slanted] == [run.text for run in fair.runs]


def destinations(found: Printed) -> dict[str, tuple[int, float]]:
    """Page and height of each anchor."""
    names = found.catalog["/Names"]["/Dests"]["/Names"]
    numbers = {page.indirect_reference: n for n, page in enumerate(found.reader.pages)}
    return {
        str(name): (numbers[place.get_object()[0].indirect_reference], 612 - float(place.get_object()[3]))
        for name, place in zip(names[::2], names[1::2], strict=True)
    }


def test_marks_lead_to_their_footnotes_and_these_back() -> None:
    found, filing = printed("largest"), largest()
    places = destinations(found)
    for number, note in enumerate(filing.footnotes, 1):
        page, top = places[f"note-F{number}"]
        near = [run.text for run in found.runs if run.page == page and abs(run.top - top) < 6]
        assert f"{number}." in near, note.text
    links: list[tuple[str, str]] = []
    for leaf in found.reader.pages:
        annotations: Any = leaf.get("/Annots", [])
        links += [(str(link.get_object()["/Contents"]), str(link.get_object()["/Dest"])) for link in annotations]
    parts = [getattr(row, part.name) for row in filing.rows for part in fields(row)]
    marks = [mark for part in parts if isinstance(part, Field) for mark in part.footnote_ids]
    assert sorted(name for _, name in links if name.startswith("note-")) == sorted(f"note-{mark}" for mark in marks)
    back = [name for _, name in links if not name.startswith("note-")]
    assert len(back) == 99
    assert {name for _, name in links} <= set(places)
    assert {("Footnote 7", "note-F7"), ("Table I, line 6", "t1-6")} <= set(links)
    assert {words.partition(" ")[0] for words, _ in links} == {"Footnote", "Table"}


def test_bookmarks_name_the_parts_of_the_form() -> None:
    def names(entries: list[Any]) -> list[Any]:
        return [names(entry) if isinstance(entry, list) else entry["/Title"] for entry in entries]

    assert names(printed("one page").reader.outline) == [
        "Form 4",
        [
            "Reporting Person: Roe Jane",
            "Table I - Non-Derivative Securities",
            "Table II - Derivative Securities",
            "Explanation of Responses:",
            ["Footnote 1.", "Footnote 2.", "Footnote 3."],
            "Remarks:",
            "Signatures",
        ],
    ]


def test_the_pdf_is_tagged_and_says_what_and_in_which_language_it_is() -> None:
    found = printed("one page")
    assert found.catalog["/Lang"] == "en-US"
    assert found.catalog["/MarkInfo"]["/Marked"] is True or str(found.catalog["/MarkInfo"]["/Marked"]) == "True"
    assert str(found.catalog["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    assert b'pdfuaid:part="1"' in found.catalog["/Metadata"].get_data()
    assert found.reader.metadata is not None
    assert found.reader.metadata.title == "Form 4: QUALYS, INC. [QLYS] - Roe Jane - 11/22/2013"
    assert [element.kind for element in found.tree.find("H1")] == ["H1"]
    assert len(list(found.tree.find("LI"))) == 3
    assert [str(page["/Tabs"]) for page in found.reader.pages] == ["/S"]


@every_filing
def test_all_that_is_drawn_is_text_of_the_form_or_marked_as_none(name: str) -> None:
    found = printed(name)
    assert sorted(map(repr, found.tree.runs())) == sorted(repr(run) for run in found.runs if run.mcid >= 0)
    assert not [run for run in found.runs if run.mcid >= 0 and run.top > BOTTOM], "the foot is no part of the text"
    tree: Any = found.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for page in range(len(found.sizes)):
        for mark in {run.mcid for run in found.runs if run.page == page and run.mcid >= 0}:
            assert "/S" in tree[2 * page + 1][mark].get_object()


# The fonts


@every_filing
def test_the_only_fonts_are_the_tools_own(name: str) -> None:
    bare = {font.partition("+")[2] for font in printed(name).fonts()}
    assert bare == {"Form-Sans", "Form-Sans-Bold", "Form-Sans-Italic", "Form-Serif"}


def test_the_fonts_ship_as_their_makers_release_them() -> None:
    assert {face.file: hashlib.sha256(whole(face.file)).hexdigest() for face in FACES} == {
        "LiberationSans-Bold.ttf": "ba0e0dc3f7aca5b0afbc31e800531ee43be3aa79ae35b2ef1f6470a9547765c4",
        "LiberationSans-Italic.ttf": "01f559e5c501d3d5777647c6a92b3ff37a4523bcf4f3b6e97ae052af567618b1",
        "LiberationSans-Regular.ttf": "8d91388f1d3604b3b8ae0e3ee2d140e50cd6122f9214514f4aca772540a4076d",
        "LiberationSerif-Regular.ttf": "29d12439831b7f59194efec85872f24f54eff05738933f9a860220d2abff88ba",
    }
    licence = (ROOT / "form4_author" / "fonts" / "LICENSE-Liberation.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name Liberation" in licence


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_font_cut_down_draws_the_same_letters(face: fonts.Face) -> None:
    kept = tt_lib.TTFont(io.BytesIO(cut_down(face, "fi\u00e9\u2014\u4e2d")), checkChecksums=2)
    full = tt_lib.TTFont(io.BytesIO(whole(face.file)))
    letters, all_letters = kept.getBestCmap(), full.getBestCmap()
    assert set(letters) == {*range(0x20, 0x7F), 0xE9, 0x2014}
    for code, name in letters.items():
        pens = []
        for font, glyph in ((kept, name), (full, all_letters[code])):
            glyphs = font.getGlyphSet()
            pens.append(recording_pen.DecomposingRecordingPen(glyphs))
            glyphs[glyph].draw(pens[-1])
            pens.append(glyphs[glyph].width)
        assert pens[0].value == pens[2].value
        assert pens[1] == pens[3]
    assert len(kept.reader.file.getvalue()) < 40_000


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_a_font_cut_down_bears_another_name_and_its_makers_notice(face: fonts.Face) -> None:
    kept, full = (tt_lib.TTFont(io.BytesIO(font))["name"] for font in (cut_down(face, ""), whole(face.file)))
    assert kept.getDebugName(1) == face.family
    assert "Liberation" not in "".join(kept.getDebugName(name) for name in (1, 2, 3, 4, 6))
    for name in (0, 13, 14):
        assert kept.getDebugName(name) == full.getDebugName(name) != ""


def test_letters_that_no_font_has_do_not_stop_the_page() -> None:
    strange = "caf\u00e9 \u4e2d\u6587 \u0639 \U0001f600 end"
    found = Printed(drawing.pdf(replace(exercise_and_sell(), remarks=Value(strange))))
    assert len(found.sizes) == 1
    assert {font.partition("+")[2] for font in found.fonts()} == {
        *("Form-Sans", "Form-Sans-Bold", "Form-Sans-Italic", "Form-Serif"),
    }


def test_nothing_but_the_fonts_is_fetched() -> None:
    asked: list[str] = []

    def response(url: str, _data: bytes) -> str:
        asked.append(url)
        return url

    fetch = drawing._OwnFonts("", response)
    assert fetch("form4-font:LiberationSans-Bold.ttf") == "form4-font:LiberationSans-Bold.ttf"
    for url in ("file:///etc/passwd", "https://example.com/", "form4-font:../pages.py", "data:text/plain,x", ""):
        with pytest.raises(ValueError, match="refers to nothing outside"):
            fetch(url)
    assert asked == ["form4-font:LiberationSans-Bold.ttf"]


# The same bytes

SCRIPT = """\
import hashlib, sys
from form4_author.page import drawing
from tests.page_filings import exercise_and_sell
pdf = drawing.pdf(exercise_and_sell(), document_hash="0f" * 32)
sys.stdout.write(hashlib.sha256(pdf).hexdigest())
"""


def test_the_same_bytes_in_any_process_time_zone_language_folder_and_without_fonts(tmp_path: Path) -> None:
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    machines: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "HOME": str(tmp_path / "nowhere")},
        {"PYTHONHASHSEED": "3", "FONTCONFIG_FILE": str(tmp_path / "none.conf"), "FONTCONFIG_PATH": str(tmp_path)},
    ]
    folders: list[Path] = [ROOT, tmp_path, Path("/")]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            env=here | machine,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for machine, folder in zip(machines, folders, strict=True)
    ]
    said = [run.communicate() for run in runs]
    assert [complaint for _, complaint in said] == [""] * 3
    once = hashlib.sha256(drawing.pdf(exercise_and_sell(), document_hash=HASH)).hexdigest()
    assert {digest for digest, _ in said} == {once}


def test_the_pdf_holds_no_date_and_its_identifier_follows_from_its_content() -> None:
    assert set(printed("one page").reader.metadata or {}) == {"/Title", "/Producer"}
    assert len({identifier(printed(name)) for name in FILINGS}) == len(FILINGS)
    again = Printed(drawing.pdf(exercise_and_sell(), document_hash=HASH))
    assert identifier(again) == identifier(printed("one page"))


def identifier(found: Printed) -> str:
    identifiers: Any = found.reader.trailer["/ID"]
    return str(identifiers[0])


def test_fontconfig_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine.conf")
    drawing.pdf(exercise_and_sell())
    assert os.environ["FONTCONFIG_FILE"] == "mine.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    drawing.pdf(exercise_and_sell())
    assert "FONTCONFIG_FILE" not in os.environ


def test_the_first_mark_of_a_text_stands_beside_its_last_letters() -> None:
    """A narrow column's mark never begins a line: a word too long for the line is broken before it."""
    natures = ("By Example Growth Foundation", "By Partnership", "By Roe Family Investments VII, L.P.", "By Trust")
    owned = [replace(largest().table2[0], nature_of_ownership=marked_text(nature)) for nature in natures]
    found = Printed(drawing.pdf(replace(exercise_and_sell("X0609"), table2=tuple(owned))))
    (table,) = (table for table in found.tree.find("Table") if table.text.startswith("TableII-"))
    for row, nature in zip([row for body in table.find("TBody") for row in body.find("TR")], natures, strict=True):
        *_, cell = row.find("TD")
        runs = list(cell.runs())
        (first,) = (at for at, run in enumerate(runs) if squeezed(run.text).startswith("(1)"))
        beside = [run.text for run in runs[:first] if run.top < runs[first].bottom and runs[first].top < run.bottom]
        assert squeezed("".join(run.text for run in runs)).startswith(squeezed(nature) + "(1)")
        assert squeezed("".join(beside)).endswith(squeezed(nature)[-1:])


def marked_text(text: str) -> Field:
    return Field(Value(text), tuple(Value(f"F{number}") for number in (1, 2, 3, 12)))
