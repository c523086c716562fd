"""The list of formats is the command line's."""

from __future__ import annotations

import pytest

from form4_author.report.file_report import FileReport
from form4_author.report.formats import FORMATS


def test_the_formats_and_what_each_is_for() -> None:
    assert [(name, one.name, one.in_colour is not None, one.whole) for name, one in FORMATS.items()] == [
        ("text", "text", True, False),
        ("json", "json", False, True),
        ("github", "github", False, False),
        ("sarif", "sarif", False, True),
        ("junit", "junit", False, True),
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_each_tells_of_no_file_and_of_one_that_is_accepted(name: str) -> None:
    for reports in ([], [FileReport("a.yaml", accepted=True)]):
        assert isinstance(FORMATS[name].write(reports), str)
