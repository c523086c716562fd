"""What the tests in a browser stand on: Chromium, a folder, and where unsaved texts are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = browser.program()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=[*browser.OPTIONS[1:]])
        yield found
        found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"
