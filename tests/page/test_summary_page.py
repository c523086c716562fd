"""The summary of several forms: where its links lead, and how a browser shows and prints it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from form4_author.page import drawing
from form4_author.page.summary_page import (
    Link,
    SummaryPage,
    SummaryPart,
    SummaryRow,
    Told,
    counted,
    links,
    listed,
)
from tests import browser
from tests.conftest import ROOT

AXE = ROOT / "tests" / "workbench" / "axe" / "axe.min.js"
ROW = SummaryRow(
    who="Roe Jane",
    state="accepted",
    good=True,
    counts="1 warning",
    name="grants.yaml, roe",
    issuer="EXSY EXAMPLE SYSTEMS, INC.",
    form="Form 4",
    period="2026-11-16",
    due="2026-11-18",
    late="signed 2026-11-20",
    missing=("a CCC", "a power of attorney"),
    links=(Link("PDF", "./grants-roe.pdf"), Link("XML", "./grants-roe.xml")),
)
REFUSED = SummaryRow(who="a" * 300, state="refused", good=False, counts="1 error")
TOLD = Told("error", "BAL003", "plan.yaml:6:107", "more is disposed of than is held", "Write what was held.")


def page_of(rows: int) -> SummaryPage:
    """A page of so many forms, each second one of two parts, and one that is refused where there are several."""
    listed = [replace(ROW, who=f"Roe {n}", part=f"part {n % 2 + 1} of 2", goes_on=n % 2 == 0) for n in range(rows)]
    if rows > 1:
        listed[-1] = REFUSED
    told = (TOLD, replace(TOLD, severity="warning"))
    part = SummaryPart("plan-1", "grants.yaml", tuple(listed), told)
    return SummaryPage(f"grants: {counted(rows, 'form')}", ("All accepted.",), (part,), "Summary")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = browser.program()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=[*browser.OPTIONS[1:]])
        yield found
        found.close()


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (("out/a.xml", "out/a.report.json"), [("XML", "./a.xml"), ("Report", "./a.report.json")]),
        (
            ("out/a.xml", "out/a.submission.xml", "out/a.pdf", "out/a.html", "out/a.redline.pdf", "out/a.redline.html"),
            [
                ("PDF", "./a.pdf"),
                ("HTML", "./a.html"),
                ("Redline PDF", "./a.redline.pdf"),
                ("Redline HTML", "./a.redline.html"),
                ("XML", "./a.xml"),
                ("Submission", "./a.submission.xml"),
            ],
        ),
        (("out/a.redline.pdf",), [("PDF", "./a.redline.pdf")]),
        (("out/a b%2F#?.xml",), [("XML", "./a%20b%252F%23%3F.xml")]),
        (("out/.xml",), [("XML", "./.xml")]),
        (("out/\udcff.xml",), [("XML", "./%FF.xml")]),
        (("out/../a.xml", "/etc/a.xml", "a.xml", "out/sub/a.xml", "out/..", "out/a.sealed"), []),
        ((), []),
    ],
)
def test_links_lead_to_files_beside_the_page_alone(files: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert [(link.text, link.href) for link in links(files, "out")] == found
    assert [(link.text, link.href) for link in links(files, "./out/")] == found


def test_words() -> None:
    assert [counted(n, "form") for n in (0, 1, 2000)] == ["0 forms", "1 form", "2,000 forms"]
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("rows", [1, 3, 200])
def test_it_is_accessible_asks_for_nothing_and_fits(
    chromium: Browser, tmp_path: Path, scheme: Literal["light", "dark"], rows: int
) -> None:
    (tmp_path / "summary.html").write_text(drawing.summary_html(page_of(rows)), "utf-8")
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = (tmp_path / "summary.html").as_uri()
    page.goto(address)
    assert (asked, said) == ([address], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}[scheme]
    page.set_content(page.content().replace('http-equiv="Content-Security-Policy"', ""))  # it lets no script in
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(({violations}) => violations.map((one) => [one.id, one.nodes[0].html]))")
    assert found == []
    context.close()


def test_a_link_leads_to_its_file_whatever_its_name(chromium: Browser, tmp_path: Path) -> None:
    name = "a%41 #?&\"'<b>.html"
    (tmp_path / name).write_text("<title>the form</title>")
    row = replace(ROW, links=links([f"{tmp_path}/{name}"], str(tmp_path)))
    shown = replace(page_of(1), parts=(SummaryPart("plan-1", "a", (row,), ()),))
    (tmp_path / "summary.html").write_text(drawing.summary_html(shown), "utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "summary.html").as_uri())
    page.get_by_role("link", name="HTML: Roe Jane").click()
    page.wait_for_function("document.title === 'the form'")
    page.close()


def test_it_prints_on_letter_with_its_head_on_each_sheet(tmp_path: Path) -> None:
    browser.program()
    pages = PdfReader(io.BytesIO(browser.printed(drawing.summary_html(page_of(200)), tmp_path))).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(792, 612)}
    texts = [page.extract_text() for page in pages]
    assert len(texts) > 3
    for number, text in enumerate(texts[:-1], 1):
        assert ("Insider" in text, f"Page {number} of {len(texts)}" in text) == (True, True)
    assert sum(text.count("part 1 of 2") for text in texts) == 100
