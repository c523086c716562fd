"""No input keeps the tool busy longer than its size allows."""

from __future__ import annotations

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
