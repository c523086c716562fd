"""Every example builds to what stands beside it: the XML, the report, the text of the page, the summary of several."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

import form4_author
from form4_author.preflight import RULES, catalogue
from tests.conftest import ROOT

#: The filing on the public record and its like of today, a whole address, a group, and Forms 3 and 5.
LONGER = {
    *("exercise-and-sell", "exercise-and-sell-today", "foreign-director", "new-officer", "ten-percent-group"),
    "year-end",
}
EXAMPLES = sorted(path.parent for path in ROOT.glob("examples/*/plan.yaml"))


def page_text(path: Path) -> str:
    """The words of the PDF, page by page, as a reader selects them."""
    return "".join(f"--- page {n}\n{page.extract_text()}\n" for n, page in enumerate(PdfReader(path).pages, start=1))


def masked(report: str) -> bytes:
    """A report without the version of the rules, which changes with the text of any of them."""
    said = json.loads(report)["rules"]["version"]
    assert report.count(said) == 1
    return report.replace(said, "the rules' own").encode()


KINDS = {".xml": "{}.xml", ".json": "{}.json", ".pdf": "{}.page.txt", ".html": "{}.html"}
WHOLE: dict[str, Callable[[Path], bytes]] = {
    ".xml": Path.read_bytes,
    ".json": lambda path: masked(path.read_text()),
    ".pdf": lambda path: page_text(path).encode(),
    ".html": Path.read_bytes,
}
#: The plans that make several forms, and how many.
SEVERAL = {"grants-from-a-sheet": 3, "two-forms": 2, "vest-of-three": 3}


def test_every_situation_has_its_example() -> None:
    names = {example.name for example in EXAMPLES}
    assert len(names) >= 30
    index = (ROOT / "examples" / "README.md").read_text()
    assert [name for name in sorted(names) if f"[{name}]({name})" not in index] == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_short(example: Path) -> None:
    lines = (example / "plan.yaml").read_text().splitlines()
    said = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    assert len(said) <= (25 if example.name not in LONGER else 65)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_builds_to_its_goldens(example: Path, tmp_path: Path, golden: Callable[[Path, bytes], None]) -> None:
    alone = tmp_path / "examples"
    for folder in (example, example.parent / "_profiles"):  # the others' trades are no matter of this one's
        shutil.copytree(folder, alone / folder.name)
    report = form4_author.build(alone / example.name / "plan.yaml", tmp_path)
    assert report.accepted, report.findings
    built = [Path(output) for output in report.outputs]
    assert len(built) == (3 * SEVERAL[example.name] + 1 if example.name in SEVERAL else 3)
    for output in built:
        golden(example / "expected" / KINDS[output.suffix].format(output.stem), WHOLE[output.suffix](output))
    kept = {path.name for path in (example / "expected").iterdir()}
    assert kept == {KINDS[output.suffix].format(output.stem) for output in built}


def test_a_report_names_the_catalogue_that_judged(tmp_path: Path) -> None:
    assert form4_author.build(ROOT / "examples" / "amendment" / "plan.yaml", tmp_path, pdf=False).accepted
    report = json.loads((tmp_path / "amendment.report.json").read_text())
    assert report["rules"] == {"version": catalogue.version(RULES)}


def test_the_reference_filing_prints_what_the_printed_form_shows() -> None:
    text = (ROOT / "examples/exercise-and-sell/expected/exercise-and-sell.page.txt").read_text()
    for words in (
        "Albert Peter", "C/O QUALYS, INC.", "1600 BRIDGE PARKWAY", "REDWOOD CITY", "94065", "QUALYS, INC. [QLYS]",
        "VP, OPERATIONS", "11/22/2013", "10,000", "$22.5307", "92,394", "04/28/2021", "Stock Option (right to",
        "/s/ Bruce Posey by power of attorney for Peter Albert", "adopted by the Reporting Person on August 28, 2013.",
    ):  # fmt: skip
        assert words in text, words
