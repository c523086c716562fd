"""The documentation's site: `scripts/site` builds it. This gathers its pages, and then looks through what was built.

The pages lie as in the repository, so that their links lead where they do there. The events and the kinds of
footnotes have a page each here, made of what `explain` says. `python -m tests.site gather` and `check`; `check` ends
with 1 where a page fetches anything from elsewhere, or a rule, event or footnote isn't found by the search.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import form4_author
from form4_author.plan.entries import all_kinds
from form4_author.plan.note_pages import all_notes
from tests.conftest import ROOT

SOURCE, SITE = ROOT / "build" / "site-source", ROOT / "build" / "site"
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE")


def gather() -> None:
    """Lay the pages, and what they show or lead to, into the folder that the site is built of."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    SOURCE.mkdir(parents=True)
    for name in PAGES:
        shutil.copy(ROOT / name, SOURCE)
    shutil.copytree(ROOT / "docs", SOURCE / "docs")
    shutil.copytree(ROOT / "examples", SOURCE / "examples", ignore=shutil.ignore_patterns("build", "*.pdf"))
    for page in sorted(SOURCE.rglob("*.md")):
        _lead_somewhere(page)
    events = "".join(_section(kind.name) for kind in all_kinds())
    (SOURCE / "docs" / "events.md").write_text(f"# The events\n\nWhat `form4-author explain NAME` says.\n\n{events}")
    notes = "".join(_section(note.name) for note in all_notes())
    (SOURCE / "docs" / "notes.md").write_text(f"# The footnotes\n\nWhat `form4-author explain NAME` says.\n\n{notes}")


def _lead_somewhere(page: Path) -> None:
    """Copy the files of the repository that a page leads to; a link to a folder leads to a file in it."""
    here = ROOT / page.relative_to(SOURCE).parent

    def link(match: re.Match[str]) -> str:
        target, mark, anchor = match[1].partition("#")
        path = here / target
        if re.match(r"\w+:", target) or not target or not path.exists():
            return match[0]
        if path.is_dir():
            inside = [path / "README.md", path / "plan.yaml", *sorted(path.glob("*.yaml"))]
            path = next(file for file in inside if file.exists())
            target = f"{target.rstrip('/')}/{path.name}"
        copy = SOURCE / path.resolve().relative_to(ROOT)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        return f"]({target}{mark}{anchor})"

    page.write_text(re.sub(r"\]\(([^)\s]+)\)", link, page.read_text("utf-8")), "utf-8")


def _section(name: str) -> str:
    """What `explain` says of one word, its first line as the heading."""
    first, _, text = form4_author.explain(name).partition("\n")
    return f"## {first.partition(':')[0]}\n\n{first.partition(': ')[2]}\n\n{text.strip()}\n\n"


class _Fetched(HTMLParser):
    """What a page has a browser fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        loaded = {"src", "srcset", "data", "poster"} | ({"href"} if tag == "link" else set())
        if not (tag == "link" and told.get("rel") in {"canonical", "prev", "next"}):
            self.found += [told[name] for name in loaded & told.keys()]


def faults() -> Iterator[str]:
    """What is wrong with the built site."""
    pages = sorted(SITE.rglob("*.html"))
    if len(pages) < 20:
        yield "there are hardly any pages"
    for page in pages:
        reader = _Fetched()
        reader.feed(page.read_text("utf-8"))
        outside = [one for one in reader.found if re.match(r"(?:\w+:)?//", one)]
        yield from (f"{page.relative_to(SITE)} fetches {one}" for one in outside)
    for sheet in SITE.rglob("*.css"):
        found = re.findall(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^)\"']+)", sheet.read_text("utf-8"))
        yield from (f"{sheet.relative_to(SITE)} fetches {one}" for one in found)
    index = json.loads((SITE / "search" / "search_index.json").read_text("utf-8"))["docs"]
    titles = {re.sub(r"<[^>]*>", "", one["title"]) for one in index}
    words = {word for title in titles for word in re.split(r"[^\w-]+", title)}
    sought = [rule.code for rule in form4_author.rules()]
    sought += [kind.name for kind in all_kinds()] + [note.name for note in all_notes()]
    yield from (f"{one} is the heading of nothing that the search finds" for one in sought if one not in words)


def main(what: str) -> int:
    """Gather the pages, or check the site that was built."""
    if what == "gather":
        gather()
        return 0
    found = [*faults()]
    sys.stdout.write("".join(f"{one}\n" for one in found) or "the site fetches nothing, and all is found in it\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
