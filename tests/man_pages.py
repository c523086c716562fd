"""The pages of the manual from the command's own help: `python -m tests.man_pages` writes them into the folder man."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from form4_author.cli.app import app
from form4_author.version import __version__
from tests.conftest import ROOT

FOLDER = ROOT / "man"
PROGRAM = "form4-author"
EXIT = "0 accepted; 1 refused, or warnings under \\-\\-strict; 2 usage or unreadable input."
ENVIRONMENT = {
    "FORM4_CCC_<CIK>": "the CCC of a filer; it is taken out of the environment before anything else begins.",
    "NO_COLOR": "no colours on a terminal.",
    "FORM4_AUTHOR_DATA": "the folder of added schemas and unsaved texts, in place of the system's own.",
}


def pages() -> dict[str, str]:
    """Each page's text by its file's name: one for the program, and one for each verb."""
    root = typer.main.get_command(app)
    return {f"{'-'.join(path)}.1": _page(path, command) for path, command in _commands((PROGRAM,), root)}


def _commands(path: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands((*path, name), below)


def _page(path: tuple[str, ...], command: Any) -> str:
    context = command.make_context(" ".join(path), [], resilient_parsing=True)
    below = getattr(command, "commands", {})
    title, words = "-".join(path), " ".join(path)
    paragraphs = [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
    summary = paragraphs[0].rstrip(".")
    usage = re.sub(r"\{(\S+?)(?:\.\.\.)?\}(?:\.\.\.)?", _argument, " ".join(command.collect_usage_pieces(context)))
    lines = [f'.TH "{title.upper()}" "1" "" "{PROGRAM} {__version__}" "{PROGRAM}"']
    lines += [".SH NAME", f"{_text(title)} \\- {_text(summary)}"]
    lines += [".SH SYNOPSIS", f"\\fB{_text(words)}\\fR {_text(usage)}"]
    lines += [".SH DESCRIPTION", *_paragraphs(paragraphs)]
    for kind, heading in (("argument", ".SH ARGUMENTS"), ("option", ".SH OPTIONS")):
        told = [one.get_help_record(context) for one in command.get_params(context) if one.param_type_name == kind]
        lines += [heading] if any(told) else []
        for record in filter(None, told):
            name = re.sub(r" <[^>]*>$", "", record[0]) if kind == "argument" else record[0]
            lines += [".TP", f"\\fB{_text(name)}\\fR", _help(record[1])]
    if below:
        lines.append(".SH COMMANDS")
        for short, verb in below.items():
            lines += [".TP", f"\\fB{_text(f'{title}-{short}')}\\fR(1)", _help(verb.get_short_help_str(200))]
    lines += [".SH EXIT STATUS", EXIT]
    if len(path) == 1:
        lines.append(".SH ENVIRONMENT")
        for variable, meaning in ENVIRONMENT.items():
            lines += [".TP", f"\\fB{_text(variable)}\\fR", _text(meaning)]
    others = [path[:-1]] if len(path) > 1 else []
    others += [(*path, name) for name in below]
    lines += [".SH SEE ALSO", ",\n".join(f"\\fB{_text('-'.join(one))}\\fR(1)" for one in others)]
    return "\n".join(lines) + "\n"


def _argument(braced: re.Match[str]) -> str:
    return f"{braced[1]}..." if "..." in braced[0] else braced[1]


def _paragraphs(texts: list[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number:
            yield ".PP"
        yield _text(text)


def _help(text: str | None) -> str:
    return _text(" ".join((text or "").split())) or "\\&"


def _text(text: str) -> str:
    """Plain text as roff, a hyphen as the sign that one types, no line taken for a request."""
    escaped = re.sub(r"[\\\-'`^~]", lambda sign: _SIGNS[sign[0]], text)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


_SIGNS = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for left in FOLDER.iterdir():
        left.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
