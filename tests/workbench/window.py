"""The workbench's page in a window, and what is done and looked for there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, expect

from tests.served import Served

FORM = 'iframe[title="Form"]'
SECONDS = 20
expect.set_options(timeout=SECONDS * 1000)


@contextmanager
def opened(
    chromium: Browser,
    served: Served,
    size: tuple[int, int] = (1280, 800),
    scheme: Literal["light", "dark"] = "light",
    script: str = "",
) -> Iterator[Page]:
    """The workbench's page in a window of its own, in which nothing may go wrong or be asked of another machine."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    wrong: list[str] = []
    own = (f"http://127.0.0.1:{served.port}/", "data:")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith(own) else wrong.append(asked.url))
    if script:
        context.add_init_script(script)
    page.goto(served.url)
    try:
        yield page
        assert wrong == []
    finally:
        context.close()


def form(page: Page, element: str) -> Locator:
    return page.frame_locator(FORM).locator(element)


def state(page: Page, wanted: str) -> None:
    expect(page.locator("[data-state]")).to_have_attribute("data-state", wanted)


def write(page: Page, text: str) -> None:
    """Put a whole text into the editor, as pasted."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def drop(page: Page, name: str, content: str) -> None:
    page.evaluate(
        """([name, content]) => {
            const data = new DataTransfer();
            data.items.add(new File([content], name));
            const options = {dataTransfer: data, bubbles: true, cancelable: true};
            for (const kind of ["dragenter", "dragover", "drop"])
                document.querySelector("main").dispatchEvent(new DragEvent(kind, options));
        }""",
        [name, content],
    )
