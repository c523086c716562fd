"""The formats of a report: the one list, which the command line's `--format` asks."""

from __future__ import annotations

from form4_author.report import github, json_object, junit, sarif, text
from form4_author.report.file_report import Format

#: A format more is its module and its line here, in the order that `--help` names them.
FORMATS: dict[str, Format] = {
    format_.name: format_
    for format_ in (
        text.FORMAT,
        json_object.FORMAT,
        github.FORMAT,
        sarif.FORMAT,
        junit.FORMAT,
    )
}
