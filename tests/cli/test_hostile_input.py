"""Hostile text and documents, and a disk that gives out."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Run, names, write


def test_markup_templates_and_urls_in_text_are_text(run: Run, tmp_path: Path) -> None:
    nasty = "{{ 7*7 }} {% raw %} <script>alert(1)</script> &lt; ]]> http://example.com/x.png"
    write(
        tmp_path,
        owners=f"owners:\n  - cik: 1\n    name: '{nasty}'\n    director: yes\n"
        "    address: {street1: 'http://example.com', state: IL}\n",
        footnotes=f"footnotes:\n  a: '{nasty}'\n",
        transactions="transactions:\n  - date: 2026-11-18\n    code: S\n    security: common\n    amount: 1\n"
        "    price: 2\n    notes: {price: a}\n",
    )  # fmt: skip
    done = run("build", "plan.yaml", "--html", "-o", "out")
    assert done.returncode == 0, done.stderr
    (xml,) = (tmp_path / "out").glob("*.xml")
    assert "{{ 7*7 }} {% raw %} &lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; ]]&gt; http" in xml.read_text()
    (html,) = (tmp_path / "out").glob("*.html")
    page = html.read_text()
    assert "{{ 7*7 }} {% raw %} &lt;script&gt;" in page
    assert "<script" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><ownershipDocument>&e;</ownershipDocument>',
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://example.com/a.dtd"><ownershipDocument/>',
        '<!DOCTYPE l [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;&a;&a;">]><ownershipDocument>&b;</ownershipDocument>',
    ],
)
def test_documents_with_entities_and_dtds(run: Run, tmp_path: Path, hostile: str) -> None:
    (tmp_path / "x.xml").write_text(hostile)
    done = run("check", "x.xml")
    assert done.returncode == 1
    assert done.stdout.count(" error ") == 1
    assert " error XML002 a document type declaration" in done.stdout
    assert "root:" not in done.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB; where it can't be mounted, the test says so."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=False, capture_output=True
    )  # fmt: skip
    if mounted.returncode != 0:
        pytest.skip("a small file system can be mounted by root only; the limit on file size is tested beside")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(run: Run, tmp_path: Path, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 60_000)
    write(tmp_path)
    done = run("build", "plan.yaml", "-o", "small")
    assert done.returncode == 1
    assert "OUT002" in done.stderr
    assert "No space left on device; nothing was written" in done.stderr
    assert names(small_disk) == ["filler"]


def test_a_file_that_may_not_grow(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    done = run(
        "build", "plan.yaml", "-o", "out",
        env={"PYTHONDONTWRITEBYTECODE": "1"},  # Python itself would leave half a module behind
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "File too large; nothing was written" in done.stderr
    assert names(tmp_path / "out") == []
