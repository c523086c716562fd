"""Two hands on one plan, and what outlives a closed tab, a killed server and a line that isn't there, in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.plans import plan_text
from tests.served import serving
from tests.workbench.window import form, opened, state

EXAMPLES = ROOT / "examples"


def test_another_program_changes_the_plan(chromium: Browser, folder: Path, data: Path) -> None:
    """Untouched here, its text shows at once; where both changed, both are shown, and what is chosen is saved."""
    plan = folder / "sale.yaml"
    plan.write_text(plan_text())
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(form(page, "#t1-1 .t1-amount")).to_have_text("1,000")
        plan.write_text(plan_text().replace("1,000, price", "2,000, price"))
        expect(form(page, "#t1-1 .t1-amount")).to_have_text("2,000")
        state(page, "saved")

        page.locator(".cm-content").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("# mine")
        state(page, "unsaved")
        theirs = plan_text().replace("1,000, price", "3,000, price")
        plan.write_text(theirs)
        state(page, "conflict")
        page.keyboard.press("Control+s")
        expect(page.locator("#conflict")).to_be_visible()
        expect(page.locator("#conflict-body")).to_contain_text("3,000, price")
        expect(page.locator("#conflict-body")).to_contain_text("# mine")
        assert plan.read_text() == theirs
        page.locator("#conflict-mine").click()
        state(page, "unsaved")
        page.keyboard.press("Control+s")
        state(page, "saved")
        assert plan.read_text() == plan_text().replace("1,000, price", "2,000, price") + "# mine"


def test_what_is_typed_outlives_the_tab_and_the_server(chromium: Browser, folder: Path, data: Path) -> None:
    plan = folder / "sale.yaml"
    plan.write_text(plan_text())
    with serving(folder, data=data) as served, opened(chromium, served) as page:
        expect(form(page, "#t1-1")).to_be_visible()
        page.locator(".cm-content").click()
        page.keyboard.press("Control+End")
        page.keyboard.type("# typed")
        state(page, "unsaved")
        expect(page.locator("#page[data-busy]")).to_have_count(0)
        served.kill()
        page.keyboard.type(" on")
        expect(page.locator("#gone")).to_be_visible()
        state(page, "unsaved")
    with serving(folder, data=data) as again, opened(chromium, again) as page:
        state(page, "unsaved")
        expect(page.locator(".cm-content")).to_contain_text("# typed")
        expect(page.locator(".toast")).to_contain_text("Your unsaved text is back.")
        assert plan.read_text() == plan_text()
        plan.write_text(plan_text() + "# theirs\n")
        state(page, "conflict")
    with serving(folder, data=data) as later, opened(chromium, later) as page:
        state(page, "conflict")
        expect(page.locator(".cm-content")).to_contain_text("# typed")


LATE = """
const Now = Worker;
window.Worker = class {
  constructor(address) {
    window.begin = () => {
      this.worker = new Now(address);
      this.worker.onmessage = (message) => this.onmessage(message);
    };
  }
  postMessage(data) {
    this.worker?.postMessage(data);
  }
};
"""


def test_what_changed_before_the_line_was_open_is_told(chromium: Browser, folder: Path, data: Path) -> None:
    plan = folder / "sale.yaml"
    plan.write_text(plan_text())
    with serving(folder, data=data) as served, opened(chromium, served, script=LATE) as page:
        expect(page.locator(".cm-content")).to_contain_text("common")
        plan.write_text(plan_text() + "# theirs\n")
        page.wait_for_timeout(500)  # the server has told whoever listens
        page.evaluate("window.begin()")
        expect(page.locator(".cm-content")).to_contain_text("# theirs")
