"""The page in a browser: it prints as our PDF does, its fonts are its own, and nothing that is entered acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from form4_author.filing import Filing, Value
from form4_author.page import drawing
from tests import browser
from tests.browser import Piece, fonts, listening, loaded, pieces
from tests.page import test_pdf
from tests.page_filings import exercise_and_sell, field, largest
from tests.page_pdf import BOTTOM, Printed, squeezed

HASH = test_pdf.HASH
FILINGS: dict[str, Callable[[], Filing]] = {
    "reference": lambda: exercise_and_sell("X0609"),
    "largest": largest,
}
every_filing = pytest.mark.parametrize("name", FILINGS)
SCRIPT = "<script>document.title = 'RAN'</script>"


@pytest.fixture(autouse=True)
def _with_a_browser() -> None:
    browser.program()


@cache
def page(name: str) -> str:
    return drawing.html(FILINGS[name](), document_hash=HASH)


@cache
def our_pieces(name: str) -> list[Piece]:
    found = test_pdf.printed(name) if name == "largest" else Printed(drawing.pdf(FILINGS[name](), document_hash=HASH))
    return [Piece(run.page, run.x0, run.baseline, run.text) for run in found.runs if run.text.strip()]


class Printer:
    """Prints each filing in the browser, once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.done: dict[str, bytes] = {}
        self.read: dict[str, list[Piece]] = {}

    def pdf(self, name: str) -> bytes:
        if name not in self.done:
            folder = self.folder / name
            folder.mkdir()
            self.done[name] = browser.printed(page(name), folder)
        return self.done[name]

    def pieces(self, name: str) -> list[Piece]:
        if name not in self.read:
            self.read[name] = pieces(self.pdf(name))
        return self.read[name]


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Printer:
    return Printer(tmp_path_factory.mktemp("printed"))


def in_margin(piece: Piece) -> bool:
    return piece.y > BOTTOM


def text_of(found: list[Piece], heads: list[str]) -> str:
    """The text as drawn, without white space, the foot, and the heads of tables, which stand on each page anew."""
    text = squeezed("".join(piece.text for piece in found if not in_margin(piece)))
    for head in heads:
        assert head in text
        text = text.replace(head, "")
    return text


def heads_of(html: str) -> list[str]:
    return [squeezed("".join(map(str, head.itertext()))) for head in etree.HTML(html).iter("thead")]


@every_filing
def test_the_browser_prints_the_text_of_our_pdf_in_its_order_on_as_many_pages(printer: Printer, name: str) -> None:
    heads = heads_of(page(name))
    theirs, ours = printer.pieces(name), our_pieces(name)
    assert len(heads) == 2
    assert text_of(theirs, heads) == text_of(ours, heads)
    assert theirs[-1].page == ours[-1].page


@every_filing
def test_the_browser_prints_letter_landscape_at_our_scale(printer: Printer, name: str) -> None:
    assert browser.sizes(printer.pdf(name)) == {(792, 612)}
    theirs, ours = (
        [piece.x for piece in found if not in_margin(piece)] for found in (printer.pieces(name), our_pieces(name))
    )
    assert min(theirs) == pytest.approx(min(ours), abs=0.5)
    assert max(theirs) == pytest.approx(max(ours), abs=0.5), "a browser shrinks what is too wide for its paper"


@every_filing
def test_the_browser_prints_the_running_foot(printer: Printer, name: str) -> None:
    theirs, ours = printer.pieces(name), our_pieces(name)
    for number in range(ours[-1].page + 1):
        here = (number, True)
        one, other = (
            sorted((round(piece.x), squeezed(piece.text)) for piece in found if (piece.page, in_margin(piece)) == here)
            for found in (theirs, ours)
        )
        right = "".join(text for x, text in one if x > 396)
        assert right == "".join(text for x, text in other if x > 396) == f"Page{number + 1}of{ours[-1].page + 1}"
        assert [text for x, text in one if x < 396] == [text for x, text in other if x < 396]


def test_every_line_of_the_reference_page_stands_in_its_place(printer: Printer) -> None:
    theirs, ours = (
        [piece for piece in found if not in_margin(piece)]
        for found in (printer.pieces("reference"), our_pieces("reference"))
    )
    texts, expected = ([" ".join(piece.text.split()) for piece in found] for found in (theirs, ours))
    changes = SequenceMatcher(None, texts, expected, autojunk=False).get_opcodes()
    differing = [(texts[a:b], expected[c:d]) for change, a, b, c, d in changes if change != "equal"]
    assert differing == [], "lines break at other places"
    for one, other in zip(theirs, ours, strict=True):
        assert one.page == other.page
        assert one.y == pytest.approx(other.y, abs=2), one.text
        if one.text[0] != " " and other.text[0] != " ":  # a piece may begin with the space, or behind it
            assert one.x == pytest.approx(other.x, abs=0.5), one.text


def test_the_browser_uses_the_embedded_fonts_alone(printer: Printer) -> None:
    """A font without a name would be one that the browser slants or thickens itself."""
    used = {"Form-Sans-Regular", "Form-Sans-Bold", "Form-Sans-Italic", "Form-Serif-Regular"}
    assert fonts(printer.pdf("reference")) == used


def hostile(address: str) -> Filing:
    """Markup, a stylesheet and addresses in place of values, each of which would be seen if it had its way."""
    markup = f"{SCRIPT}<img src={address}/img onerror=\"document.title = 'RAN'\"><iframe src={address}></iframe>"
    values = {
        "markup": markup,
        "out of the stylesheet": f"</style></title>{markup}",
        "out of a string in it": f'"; }} }} @import url({address}/css); body {{ background: url({address}/bg) }} \\',
        "out of an attribute": f'"><script src={address}/js></script>',
        "out of a comment": f"-->{markup}",
        "address": f"javascript:document.title='RAN' {address}/plain",
    }
    filing = exercise_and_sell("X0609")
    owner = replace(filing.owners[0], cik=Value(values["out of an attribute"]), name=Value(values["out of a comment"]))
    issuer = replace(
        filing.issuer,
        name=Value(values["out of the stylesheet"]),
        trading_symbol=Value(values["out of a string in it"]),
    )
    return replace(
        filing,
        owners=(owner,),
        issuer=issuer,
        table1=tuple(replace(row, security_title=field(values["markup"])) for row in filing.table1),
        footnotes=tuple(replace(note, text=Value(values["out of the stylesheet"])) for note in filing.footnotes),
        remarks=Value(f"{markup} {values['address']} {values['out of a string in it']}"),
    )


def test_hostile_values_run_nothing_and_fetch_nothing(tmp_path: Path) -> None:
    with listening() as (address, asked):
        html = drawing.html(hostile(address), document_hash=HASH)
        found = loaded(html, tmp_path)
    tree, made = etree.HTML(html), etree.HTML(found.markup)
    assert found.console == []
    assert asked == []
    assert made.findtext(".//title") == tree.findtext(".//title") != "RAN"
    assert {element.tag for element in made.iter()} <= {element.tag for element in etree.HTML(page("reference")).iter()}
    assert found.markup.count("javascript:document.title='RAN'") == 1, "it is text"


def test_our_own_page_breaks_none_of_its_own_rules(tmp_path: Path) -> None:
    assert loaded(page("reference"), tmp_path).console == []


@pytest.mark.parametrize("held", [True, False], ids=["with the policy", "without it"])
def test_the_policy_stops_what_were_to_get_into_the_page(tmp_path: Path, held: bool) -> None:
    """Without the policy the same page acts, so that these tests would see it."""
    with listening() as (address, asked):
        spoiled = page("reference").replace("</body>", f"{SCRIPT}<img src={address}/img></body>")
        if not held:
            spoiled = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", spoiled)
        found = loaded(spoiled, tmp_path)
    ran = etree.HTML(found.markup).findtext(".//title") == "RAN"
    assert (ran, "/img" in asked) == (not held, not held)
    assert sum("Content Security Policy" in line for line in found.console) == (2 if held else 0)
