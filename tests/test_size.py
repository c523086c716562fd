"""No input keeps the tool busy longer than its size allows."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

import form4_author
from form4_author.report.formats import FORMATS
from tests.growth import growth
from tests.hostile import KINDS, written


@pytest.mark.parametrize("name", KINDS)
def test_the_time_of_a_check_grows_as_its_input(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]

    def checked(size: int) -> None:
        report = form4_author.check(written(kind, size, tmp_path))
        for form in FORMATS.values():
            form.write([report])

    assert growth(checked, kind.size) < 10


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.ending != ".yaml"])
def test_the_time_of_an_import_grows_as_its_input(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]

    def imported(size: int) -> None:
        path = written(kind, size, tmp_path)
        for convert in (form4_author.import_filing, form4_author.roll_filing):
            with contextlib.suppress(form4_author.Rejected):
                convert(path)

    assert growth(imported, kind.size) < 10


def test_far_more_lines_than_a_form_holds_are_compared_in_their_places(tmp_path: Path) -> None:
    kind = KINDS["xml: lines alike"]
    old = tmp_path / "old.xml"

    def compared(size: int) -> None:
        new = written(kind, size, tmp_path)
        old.write_text(new.read_text().replace("2013", "2012"))
        form4_author.compare(old, new)

    assert growth(compared, 300) < 10
