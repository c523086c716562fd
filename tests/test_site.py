"""The documentation's site, as far as it goes without the tools that build it: `scripts/site` does the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import site
from tests.conftest import ROOT

SETTINGS: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def _named(nav: Any) -> Iterator[str]:
    for entry in nav if isinstance(nav, list) else [nav]:
        for below in entry.values() if isinstance(entry, dict) else [entry]:
            if isinstance(below, str):
                yield below
            else:
                yield from _named(below)


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(site, "SOURCE", tmp_path / "pages")
    site.gather()
    return site.SOURCE


def test_every_page_has_its_place_once(gathered: Path) -> None:
    pages = {path.relative_to(gathered).as_posix() for path in gathered.rglob("*.md")}
    apart = {page for page in pages if page.startswith("schemas/")}
    named = [*_named(SETTINGS["nav"])]
    assert sorted(named) == sorted(pages - apart)
    assert {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")} <= set(named)


def test_every_link_of_a_page_leads_to_a_file_that_is_there(gathered: Path) -> None:
    nowhere = [
        f"{page.name}: {target}"
        for page in gathered.rglob("*.md")
        for target in re.findall(r"\]\(([^)#\s]+)[^)\s]*\)", page.read_text("utf-8"))
        if not re.match(r"\w+:", target) and not (page.parent / target).is_file()
    ]
    assert nowhere == []


def test_the_site_is_built_to_fetch_nothing() -> None:
    assert SETTINGS["theme"]["font"] is False
    assert SETTINGS["plugins"] == ["search"], "the others fetch, when the site is built or when it is read"
    assert not SETTINGS.keys() & {"extra_javascript", "extra_css", "repo_url", "extra"}


def test_what_a_page_would_fetch_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(site, "SITE", tmp_path)
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "search_index.json").write_text('{"docs": []}')
    (tmp_path / "a.html").write_text('<script src="https://e.example/a.js"></script><a href="https://e.example">x</a>')
    (tmp_path / "a.css").write_text("@import '//e.example/b.css'; a { background: url(https://e.example/c.png) }")
    found = [one for one in site.faults() if "fetches" in one]
    assert found == [
        "a.html fetches https://e.example/a.js",
        "a.css fetches //e.example/b.css",
        "a.css fetches https://e.example/c.png",
    ]
