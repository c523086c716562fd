"""Chromium without a window: what it prints of a page, what it makes of its markup, and what its console says."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader

NAMES = ("chromium", "chromium-browser", "google-chrome")
OLDEST = 131  # the first that prints what stands in the margins of a page
SECONDS = 60
OPTIONS = (
    "--headless",
    "--no-sandbox",  # it refuses to start as root otherwise, as in many a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # it reaches nothing but what a test offers it
)


@cache
def program() -> str:
    """The browser; skips the test, saying so, where there is none or one that is too old."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip(f"no browser to look at the page with: none of {', '.join(NAMES)} is installed")
    said = subprocess.run([found, "--version"], check=True, capture_output=True, text=True, timeout=SECONDS).stdout
    version = re.search(r"\d+", said)
    if not version or int(version[0]) < OLDEST:
        pytest.skip(f"the browser prints no running foot before version {OLDEST}: {said.strip()}")
    return found


def printed(page: str, folder: Path) -> bytes:
    """The PDF that the browser prints of a page.

    Args:
        page: the HTML.
        folder: an empty folder for the browser to work in.
    """
    output = folder / "printed.pdf"
    _run(page, folder, "--no-pdf-header-footer", f"--print-to-pdf={output}")
    return output.read_bytes()


@dataclass(frozen=True)
class Loaded:
    """A page as the browser has it once all in it has run: its markup, and each line of the console."""

    markup: str
    console: list[str]


def loaded(page: str, folder: Path) -> Loaded:
    """What the browser makes of a page; arguments as for `printed`."""
    done = _run(page, folder, "--enable-logging=stderr", "--v=0", "--dump-dom")
    return Loaded(done.stdout, [line for line in done.stderr.splitlines() if re.search(r":CONSOLE[:(]", line)])


def _run(page: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    command = [program(), *OPTIONS, f"--user-data-dir={folder / 'profile'}", *options, file.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=SECONDS)


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the paths that are asked of it."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """It says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()


@dataclass(frozen=True)
class Piece:
    """A piece of a line as printed: page, place in points from the left and the top, and text."""

    page: int
    x: float
    y: float
    text: str


def pieces(pdf: bytes) -> list[Piece]:
    """All text of a PDF as it is drawn, whoever wrote it; a piece ends where the font or the line does."""
    found: list[Piece] = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):
        height = float(page.mediabox.height)

        def visit(
            text: str, at: list[float], text_at: list[float], *_: object, number: int = number, height: float = height
        ) -> None:
            if text.strip():
                x = text_at[4] * at[0] + text_at[5] * at[2] + at[4]
                y = text_at[4] * at[1] + text_at[5] * at[3] + at[5]
                found.append(Piece(number, x, height - y, text))

        page.extract_text(visitor_text=visit)
    return found


def fonts(pdf: bytes) -> set[str]:
    """The names of the fonts in use, without the letters before them; one without a name is one drawn for want of it.

    Each that has a name must be embedded.
    """
    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index] # pypdf types it as any object
            if "/BaseFont" in font:
                (descendant,) = font["/DescendantFonts"]
                assert descendant["/FontDescriptor"]["/FontFile2"].get_data()
            names.add(str(font.get("/BaseFont", "")).rpartition("+")[2])
    return names


def sizes(pdf: bytes) -> set[tuple[float, float]]:
    """The sizes of the pages, in points."""
    return {(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(io.BytesIO(pdf)).pages}
