"""The workbench in a real browser: the story of a day; the keyboard alone."""

from __future__ import annotations

import os
import re
import shutil
import signal
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from form4_author.workbench import beginnings
from tests.cli.test_workbench import children
from tests.conftest import ROOT
from tests.plans import plan_text
from tests.served import serving
from tests.workbench.test_app import TWO
from tests.workbench.window import FORM, drop, form, opened, state, write

EXAMPLES = ROOT / "examples"
WCAG = "'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'"
FILLS = "Trade Date,Side,Quantity,Price\n11/18/2026,Sell,600,22.5\n11/18/2026,Sell,400,22.7\n"
AXE = ROOT / "tests" / "workbench" / "axe" / "axe.min.js"


def test_the_story_of_a_day(chromium: Browser, folder: Path, data: Path) -> None:  # noqa: PLR0915 - a day is long
    """New from an example; a broker's file; a finding mended; a click on the form; built; a filed form amended."""
    filed = EXAMPLES / "exercise-and-sell" / "expected" / "exercise-and-sell.xml"
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(page.locator("#start")).to_be_visible()
        page.locator("#start-name").fill("roe-june")
        page.locator("#start-examples").get_by_role("button", name="Exercise and sell today").click()
        expect(page.locator("#plan-name")).to_have_text("roe-june.yaml")
        expect(form(page, "#t1-2 .t1-price")).to_contain_text("22.5307")
        expect(page.locator("#verdict")).to_contain_text("Accepted")
        assert (folder / "roe-june.yaml").exists()

        drop(page, "June sales.csv", FILLS)
        expect(page.locator(".cm-added").first).to_be_visible()
        state(page, "unsaved")
        assert (folder / "June sales.csv").exists()
        expect(form(page, "#t1-3")).to_be_visible()
        entry = '- {date: 11/18/2026, code: S, security: common, fills: "June sales.csv"}'
        expect(page.locator(".cm-content")).to_contain_text(entry)
        page.keyboard.press("Control+z")
        state(page, "saved")
        expect(form(page, "#t1-3")).to_have_count(0)

        text = (folder / "roe-june.yaml").read_text()
        write(page, text.replace("date: 2026-11-18, code: S", "date: 11/31/2026, code: S"))
        finding = page.locator('[data-finding="PLN005"]')
        expect(finding).to_have_count(1)
        expect(finding).to_contain_text('"11/31/2026" is no day of the calendar')
        state(page, "unsaved")
        finding.get_by_role("button").click()
        expect(page.locator(".cm-activeLine")).to_contain_text("11/31/2026")
        for _ in range(5):
            page.keyboard.press("Delete")
        page.keyboard.type("11/18")
        expect(finding).to_have_count(0)
        expect(form(page, "#t1-2 .t1-date")).to_have_text("11/18/2026")

        form(page, "#t1-2 .t1-price").click()
        expect(page.locator(".cm-activeLine")).to_contain_text("price: 22.5307")
        expect(form(page, "#t1-2 .t1-price")).to_have_attribute("data-lit", "")
        form(page, "#note-F3 .note-text").click()
        expect(page.locator(".cm-activeLine")).to_contain_text("vested: The option is vested")
        form(page, "#t1-1 .t1-owned").click()
        expect(page.locator("#cell-note")).to_contain_text("derived, 0 + 10,000 exercised")
        expect(form(page, "#t1-1 .t1-owned")).to_have_attribute("title", "Derived: 0 + 10,000 exercised")

        page.locator(".cm-content").click()
        page.keyboard.press("Control+s")
        state(page, "saved")
        assert "11/18/2026, code: S" in (folder / "roe-june.yaml").read_text()
        page.locator("#build").click()
        expect(page.locator(".toast.good")).to_contain_text("Built roe-june.yaml")
        assert {path.name for path in (folder / "build").iterdir()} == {
            f"roe-june{end}" for end in (".xml", ".pdf", ".report.json")
        }

        shutil.copy(filed, folder / "filed.xml")
        page.locator("#folder-toggle").click()
        page.get_by_role("button", name="Amend filed.xml").click()
        expect(page.locator("#plan-name")).to_have_text("filed-amendment.yaml")
        expect(page.locator("#form-note")).to_contain_text("there is no form of it yet")
        expect(page.locator('[data-finding="PLN001"]')).to_have_count(3)
        text = (folder / "filed-amendment.yaml").read_text()
        text = text.replace("rule_10b5_1:", "rule_10b5_1: no").replace("remarks:", "remarks: The price is corrected.")
        write(page, re.sub(r"(signatures:\n  - .*\n    date:).*", r"\1 11/25/2013", text))
        expect(form(page, ".document-type")).to_have_text("Amendment")
        assert "form: 4/A" in (folder / "filed-amendment.yaml").read_text()


def test_an_empty_folder_says_how_to_begin(chromium: Browser, folder: Path, data: Path) -> None:
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(page.locator("#start")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#cell-note")).to_contain_text("New\u2026 begins a plan.")
        expect(page.locator("#state")).to_be_hidden()
        expect(form(page, "body")).to_be_hidden()
        expect(page.locator("#build")).to_be_disabled()
        page.locator("#new").click()
        page.locator("#start-examples").get_by_role("button", name="A plan with comments").click()
        state(page, "saved")
        expect(page.locator("#state")).to_have_text("Saved")
        expect(page.locator("#cell-note")).to_contain_text("Click what the form says")
        assert [path.name for path in folder.iterdir()] == ["plan.yaml"]


def test_the_page_begins_with_the_plan_that_is_named(chromium: Browser, folder: Path, data: Path) -> None:
    (folder / "a.yaml").write_text(plan_text())
    (folder / "b.yaml").write_text(plan_text())
    with serving(folder / "b.yaml", data=data) as served, opened(chromium, served) as page:
        expect(page.locator("#plan-name")).to_have_text("b.yaml")
        state(page, "saved")
        assert page.url == f"http://127.0.0.1:{served.port}/"


def test_it_is_worked_with_the_keyboard_alone(chromium: Browser, folder: Path, data: Path) -> None:
    (folder / "sale.yaml").write_text(
        plan_text(transactions="transactions:\n  - {date: 2026-11-18, code: S, security: comon}\n")
    )
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(page.locator("[data-finding]").first).to_be_visible()
        wanted = {"folder-toggle", "new", "save", "build", "cm-content", "split", "against", "zoom-in", "split-low"}
        reached = set()
        for _ in range(120):  # more than a round, as the page may still be drawn during the first
            page.keyboard.press("Tab")
            reached.add(page.evaluate("(document.activeElement.id || document.activeElement.className).split(' ')[0]"))
            if wanted <= reached:
                break
        assert wanted <= reached
        page.locator(".cm-content").focus()
        page.keyboard.press("F8")
        expect(page.locator(".cm-activeLine")).to_contain_text("comon")
        page.keyboard.press("F6")
        page.keyboard.press("F6")
        expect(page.locator("#finding-list button").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".cm-content")).to_be_focused()
        write(page, plan_text())
        expect(page.locator("#verdict")).to_contain_text("Accepted")
        page.keyboard.press("F6")
        for _ in range(60):
            here = form(page, ":focus").get_attribute("class")
            if here and "t1-amount" in here:
                break
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.locator(".cm-content")).to_be_focused()
        expect(page.locator(".cm-activeLine")).to_contain_text("amount: 1,000")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".toast.good")).to_contain_text("Built sale.yaml")
        state(page, "saved")


def test_keys_words_and_names_are_completed(chromium: Browser, folder: Path, data: Path) -> None:
    text = plan_text(securities="securities:\n  class_b: Class B Stock\n", opening="", transactions="")
    (folder / "sale.yaml").write_text(text)
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(page.locator("[data-finding]").first).to_be_visible()
        write(page, f"{text}transactions:\n  - {{date: 2026-11-18, ")
        offered = page.locator(".cm-tooltip-autocomplete li")
        page.keyboard.type("co")
        expect(offered.filter(has_text=re.compile("^code"))).to_be_visible()
        page.keyboard.type("de: ")
        expect(offered.filter(has_text="sale, on the market or privately")).to_be_visible()
        page.keyboard.type("S, security: cl")
        expect(offered.filter(has_text="class_b")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.type(", amount: 5, price: 2}")
        page.keyboard.press("Enter")
        expect(page.locator(".cm-content")).to_contain_text("code: S, security: class_b, amount: 5, price: 2}")


def test_a_redline_against_a_filing_of_the_folder(chromium: Browser, folder: Path, data: Path) -> None:
    (folder / "a.yaml").write_text(plan_text())
    (folder / "b.yaml").write_text(plan_text().replace("31.15", "31.25"))
    with serving(folder / "b.yaml", data=data) as served, opened(chromium, served) as page:
        expect(page.locator("#against option")).to_have_count(2)
        page.locator("#against").select_option("a.yaml")
        expect(form(page, "#t1-1 .t1-price del")).to_have_text("$31.15")
        expect(form(page, "#t1-1 .t1-price ins")).to_have_text("$31.25")
        form(page, "#t1-1 .t1-price ins").click()
        expect(page.locator(".cm-activeLine")).to_contain_text("31.25")


@pytest.mark.parametrize("width", [1600, 1000, 640])
def test_whose_form_is_shown_is_chosen_at_any_width(chromium: Browser, folder: Path, data: Path, width: int) -> None:
    """A plan for several insiders makes a form for each; the other one stays chosen while one types."""
    (folder / "two.yaml").write_text(TWO)
    with serving(folder / "two.yaml", data=data) as served, opened(chromium, served, (width, 800)) as page:
        expect(form(page, "#owner-1 .owner-name")).to_have_text("Roe Jane")
        page.locator("#which").select_option("doe", timeout=5000)
        expect(form(page, "#owner-1 .owner-name")).to_have_text("Doe John")
        form(page, "#t1-1 .t1-amount").click()
        expect(page.locator(".cm-activeLine")).to_contain_text("security: {common: 200}")
        write(page, TWO.replace("common: 200", "common: 300"))
        expect(form(page, "#t1-1 .t1-amount")).to_have_text("300")
        expect(page.locator("#which")).to_have_value("doe")


def test_what_takes_its_time_is_said_to_be_under_way(chromium: Browser, folder: Path, data: Path) -> None:
    (folder / "sale.yaml").write_text(plan_text())
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(form(page, "#t1-1 .t1-amount")).to_have_text("1,000")
        expect(page.locator("#findings")).to_have_attribute("aria-busy", "false")
        expect(page.locator(".working")).to_be_hidden()
        workers = children(served.process.pid)
        for process in workers:
            os.kill(process, signal.SIGSTOP)
        try:
            write(page, plan_text().replace("1,000, price", "2,000, price"))
            expect(page.locator(".working")).to_be_visible()
            expect(page.locator("#findings")).to_have_attribute("aria-busy", "true")
        finally:
            for process in workers:
                os.kill(process, signal.SIGCONT)
        expect(form(page, "#t1-1 .t1-amount")).to_have_text("2,000")
        expect(page.locator(".working")).to_be_hidden()
        expect(page.locator("#findings")).to_have_attribute("aria-busy", "false")


def test_a_chart_of_what_is_held(chromium: Browser, folder: Path, data: Path) -> None:
    (folder / "a.yaml").write_text(plan_text())
    (folder / "b.yaml").write_text(plan_text().replace("2026-11-18", "2026-11-19").replace("12,500", "11,500"))
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        page.locator("#folder-toggle").click()
        page.locator("#show-chart").click()
        expect(page.locator("#chart svg")).to_be_visible()
        expect(page.locator("#chart h3")).to_have_text("Roe Jane")
        page.locator("#chart summary").click()
        cells = page.locator("#chart tbody tr").all_inner_texts()
        assert [re.split(r"\s*\t\s*", cell) for cell in cells] == [
            ["11/18/2026", "Common Stock", "11,500", "a.yaml"],
            ["11/19/2026", "Common Stock", "10,500", "b.yaml"],
        ]


def twenty() -> str:
    """A plan with more than twenty findings."""
    return plan_text(
        transactions="transactions:\n" + "  - {date: 2026-11-31, code: S, security: common, amount: 1}\n" * 21
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", [plan_text(), twenty(), "form: 4\n"], ids=["none", "twenty", "one line"])
def test_it_is_accessible(
    chromium: Browser, folder: Path, data: Path, text: str, scheme: Literal["light", "dark"]
) -> None:
    (folder / "sale.yaml").write_text(text)
    shutil.copy(EXAMPLES / "exercise-and-sell" / "expected" / "exercise-and-sell.xml", folder / "filed.xml")
    with serving(folder, data=data) as served, opened(chromium, served, (1600, 1000), scheme) as page:
        expect(page.locator("#plans [data-plan]")).to_have_count(1)
        expect(page.locator("#filings li")).to_have_count(1)
        assert violations(page) == []
        page.locator("#new").click()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.locator("#show-chart").click()
        expect(page.locator("#chart")).to_be_visible()
        assert violations(page) == []


def violations(page: Page, tags: str = "") -> list[str]:
    """What axe-core finds in all that is shown: all its rules, or those with one of some tags."""
    page.wait_for_timeout(250)  # what has just come up is there in full
    script = AXE.read_text("utf-8")
    page.evaluate(script)
    only = f", runOnly: [{tags}]" if tags else ""
    found = page.evaluate(f"axe.run(document, {{iframes: false{only}}}).then(({{violations}}) => violations)")
    return [
        f"{one['id']}: {node['html'][:160]}: {node.get('failureSummary', '')}" for one in found for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible_too(
    chromium: Browser, folder: Path, data: Path, scheme: Literal["light", "dark"]
) -> None:
    """No script runs in its frame, so that axe-core looks at the same page in a window of its own.

    What a window should have and a frame in it need not, landmarks, is left out.
    """
    (folder / "sale.yaml").write_text(beginnings.text("example", "exercise-and-sell-today"))
    with serving(folder, data=data) as served, opened(chromium, served, (1600, 1000), scheme) as page:
        expect(form(page, "#t1-1 .t1-owned")).to_have_attribute("data-derived", "")
        form(page, "#t1-1 .t1-owned").click()
        expect(form(page, "[data-lit]").first).to_be_visible()
        frame = page.frame_locator(FORM)
        markup = frame.locator("html").evaluate("(html) => html.outerHTML")
        own = markup.replace('href="/static/form.css"', f'href="http://127.0.0.1:{served.port}/static/form.css"')
        alone = page.context.new_page()
        alone.goto(f"http://127.0.0.1:{served.port}/static/LICENSES.txt")
        alone.set_content(own)
        assert violations(alone, WCAG) == []


@pytest.mark.parametrize("size", [(640, 400), (1280, 800), (1600, 1000), (2560, 1440)])
def test_nothing_is_out_of_reach(chromium: Browser, folder: Path, data: Path, size: tuple[int, int]) -> None:
    """A window of 640 pixels is one of 1280 at 200 percent: nothing is cut off, nothing runs off to the side."""
    (folder / "sale.yaml").write_text(twenty())
    with serving(folder, data=data) as served, opened(chromium, served, size) as page:
        expect(page.locator("[data-finding]")).to_have_count(21)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for name in ("#save", "#build", "#new", "#folder-toggle", ".cm-content", FORM, "#finding-list button >> nth=0"):
            spot = page.locator(name).first
            spot.scroll_into_view_if_needed()
            box = spot.bounding_box()
            assert box
            assert box["width"] > 20
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size[0] + 1
