"""The page as PDF, warm in one process: against bare WeasyPrint on the same HTML, and against other designs of it.

    .venv/bin/python -m benchmarks.page [--rounds N]

Each round does the floor's work and the tool's in turn, and a round's ratio is the tool's processor time over the
floor's in that round. What either leaves for Python to clear away is cleared away within its time. The tables give the
median ratio and the quartiles.

- bare: WeasyPrint as it comes, on the HTML that `--html` writes.
- lean: the same with the tool's own options: a tagged PDF, and fonts taken as they are.
- sec.gov: bare WeasyPrint on sec.gov's own HTML of a filing, from the reference data beside the checkout.

A design is the same HTML with rules added or markup changed. Its time is given over that of the page as it is, all by
bare WeasyPrint with the tool's options. `text` says whether each piece stands where it stood, has moved, or is another.
"""

from __future__ import annotations

import argparse
import gc
import io
import logging
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import lxml.html
import weasyprint
from msgspec.structs import replace
from pypdf import PdfReader

import form4_author
from form4_author.filing import Filing
from form4_author.page import drawing
from tests.browser import pieces
from tests.page_filings import largest

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "examples" / "exercise-and-sell" / "plan.yaml"
RENDERED = ROOT.parent / "shared" / "sec" / "rendered" / "374water.html"
LEAN = {"pdf_variant": "pdf/ua-1", "full_fonts": True}
AIM, AIM_SEC = 1.05, 1.0
Work = Callable[[], bytes]

_ROWS = ".head, .boxes, .omb-line, .signature"
_CELLS = ".head > div, .boxes > div, .omb-line > span, .signature > div"
#: Rules that are added to the stylesheet.
RULES = {
    "tables: layout auto": "table { table-layout: auto !important }",
    "tables: borders apart": """
        table { border-collapse: separate !important; border-spacing: 0; border: 0.75pt solid; border-width: 0.75pt 0 0
          0.75pt; box-sizing: border-box }
        td, th { border-width: 0 0.75pt 0.75pt 0 !important }""",
    "tables: rows may break": "tr { break-inside: auto !important }",
    "tables: heads only once": "thead { display: table-row-group !important }",
    "boxes: flex": f"""
        {_ROWS} {{ display: flex !important }}
        {_CELLS} {{ display: block !important; box-sizing: border-box }}
        .head-middle, .boxes-right, .omb-line > span:first-child, .signature > div:first-child {{ flex: 1 }}
        .head-middle, .omb-line > span {{ align-self: center }}""",
    "boxes: grid": f"""
        {_ROWS} {{ display: grid !important }}
        {_CELLS} {{ display: block !important; box-sizing: border-box; width: auto !important }}
        .head {{ grid-template-columns: 27% 1fr 21% }}
        .boxes {{ grid-template-columns: 36% 34% 1fr }}
        .further {{ grid-template-columns: 36% 1fr }}
        .omb-line {{ grid-template-columns: 1fr 40pt }}
        .signature {{ grid-template-columns: 1fr 22% }}""",
    "text: breaks at spaces alone": "* { overflow-wrap: normal !important }",
    "text: marks on the line": ".mark { vertical-align: baseline !important }",
    "text: no boxes within lines": ".under span, .line span, .note-number { display: inline !important }",
    "no bookmarks": "* { bookmark-level: none !important }",
    "no running foot": "@page { @bottom-left { content: none } @bottom-right { content: none } }",
}


@dataclass(frozen=True)
class Race:
    """The tool's work beside its floor's, and the ratio that the project aims at."""

    name: str
    floor: Work
    tool: Work
    aim: float


@dataclass(frozen=True)
class Design:
    """Another design of the page: its HTML."""

    name: str
    html: str


def seconds(work: Work) -> float:
    """The processor time that work takes, in seconds, with clearing away what it leaves."""
    start = time.process_time()
    work()
    gc.collect()
    return time.process_time() - start


def rounds_of(works: list[Work], rounds: int) -> list[list[float]]:
    """The times of each round, in the order of the works, each of which has run before."""
    gc.collect()
    gc.freeze()  # the libraries stay: looking through them again and again is nobody's work
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    gc.unfreeze()
    return times


def bare(html: str, **options: object) -> bytes:
    """The PDF that WeasyPrint makes of a page by itself; it fetches nothing but what the page embeds."""
    fetch = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    written: bytes = weasyprint.HTML(string=html, url_fetcher=fetch).write_pdf(**options)
    return written


def text_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def same_work(name: str, filing: Filing) -> list[Race]:
    """The page of a filing against bare WeasyPrint on its HTML; ends the benchmark where they print another text."""
    html, tool = drawing.html(filing), partial(drawing.pdf, filing)
    races = [
        Race(f"{name}, bare", partial(bare, html), tool, AIM),
        Race(f"{name}, lean", partial(bare, html, **LEAN), tool, AIM),
    ]
    said = text_of(tool())
    for race in races:
        if text_of(race.floor()) != said:
            raise SystemExit(f"{race.name}: the floor's page does not say what the tool's says")
    return races


def against_sec() -> Race | None:
    """The page of a filing against sec.gov's own HTML of it; none where the reference data is absent."""
    if not RENDERED.exists():
        print(f"sec.gov: left out, there is no {'/'.join(RENDERED.parts[-4:])} beside the checkout")
        return None
    filing = form4_author.read_filing(RENDERED.with_suffix(".xml"))
    race = Race("sec.gov's HTML", partial(bare, RENDERED.read_text("utf-8")), partial(drawing.pdf, filing), AIM_SEC)
    for name, work in (("sec.gov's HTML", race.floor), ("the page", race.tool)):
        text = text_of(work())
        print(f"{RENDERED.stem}, {name}: {sum(map(len, text)):,} characters on {len(text)} pages")
    return race


def designs(filing: Filing) -> list[Design]:
    """The page as it is, and all others."""
    html = drawing.html(filing)
    unlinked = re.sub(r'<a href="#[^"]*">(.*?)</a>', r"\1", html)
    changed = [Design(name, html.replace("</style>", f"{rules}\n</style>")) for name, rules in RULES.items()]
    return [
        Design("as it is", html),
        *changed,
        Design("boxes: real tables", as_tables(html)),
        Design(
            "text: links without sup",
            re.sub(r'<sup class="mark"> <a (.*?)</a></sup>', r' <a class="mark" \1</a>', html),
        ),
        Design("text: no links", unlinked),
    ]


def as_tables(html: str) -> str:
    """The page with its head, boxes and signatures as tables; their looks stay with the classes."""
    tree = lxml.html.document_fromstring(html)
    for outer in [
        div for div in tree.iter("div") if div.get("class") in {"head", "boxes", "boxes further", "signature"}
    ]:
        cells = list(outer)
        outer.tag, row = "table", lxml.html.Element("tr")
        outer.append(row)
        for cell in cells:
            cell.tag = "td"
            row.append(cell)
    rules = """
        .head td, .boxes td, .signature td { border-width: 0; text-align: inherit; font: inherit; color: inherit }
        .boxes td { border-left-width: 0.75pt } .boxes td:first-child { border-left-width: 0 }"""
    return str(lxml.html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")).replace(
        "</style>", f"{rules}\n</style>"
    )


def places(pdf: bytes) -> list[tuple[int, int, int, str]]:
    """Where each piece of text stands, to the point."""
    return [(piece.page, round(piece.x), round(piece.y), "".join(piece.text.split())) for piece in pieces(pdf)]


def ratios(times: list[tuple[float, float]]) -> str:
    """The median and the quartiles of one time over the other."""
    low, middle, high = statistics.quantiles((mine / other for other, mine in times), n=4)
    return f"{middle:8.3f}   {low:.3f} to {high:.3f}"


def print_races(races: list[Race], rounds: int) -> None:
    """Run each race and print its line."""
    for race in races:
        times = rounds_of([race.floor, race.tool], rounds)
        floor, tool = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"{race.name:30}{floor:9.3f}s{tool:9.3f}s{ratios([(a, b) for a, b in times])}{race.aim:8.2f}", flush=True)


def print_designs(name: str, filing: Filing, rounds: int) -> None:
    """Run each design of a filing's page and print its line."""
    found = designs(filing)
    works: list[Work] = [partial(bare, design.html, **LEAN) for design in found]
    seen = [places(work()) for work in works]
    texts = ["".join(text for *_, text in found_there) for found_there in seen]
    times = rounds_of(works, rounds)
    print(f"\n{name:30}{'':10}{'time':>10}{'ratio':>8}   {'quartiles':16}text")
    for number, design in enumerate(found):
        column = [(line[0], line[number]) for line in times]
        same = "in its place" if seen[number] == seen[0] else "moved" if texts[number] == texts[0] else "other"
        taken = statistics.median(mine for _, mine in column)
        print(f"{design.name:30}{'':10}{taken:9.3f}s{ratios(column)}   {same}")


def main() -> None:
    """Run the races and the designs, and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=10, help="how often each runs; large pages less (default 10)")
    rounds = parser.parse_args().rounds
    fewer = max(2, rounds // 3)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # sec.gov's stylesheet holds rules that it warns of
    reference, full = form4_author.read_filing(PLAN), largest()
    sec = against_sec()
    print(f"{'page, warm':30}{'floor':>10}{'tool':>10}{'ratio':>8}   {'quartiles':14}{'aim':>7}   rounds: {rounds}")
    print_races([*same_work("reference", reference), *([sec] if sec else [])], rounds)
    print_races(same_work(f"largest, {fewer} rounds", full), fewer)
    large = replace(
        full, owners=full.owners[:3], table1=full.table1[:8], table2=full.table2[:8], footnotes=full.footnotes[:20]
    )
    print_designs("designs: reference", reference, rounds)
    print_designs(f"designs: large, {fewer} rounds", large, fewer)


if __name__ == "__main__":
    main()
