"""What PyYAML's parser complains of -> one finding in plain words, at the place where the mistake was made.

The parser stops where it can't go on, which is often a line below: a key without its colon is told at the key, a
quotation mark or brace that nothing closes where it opens.

Code: YML001 syntax.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from form4_author.findings import Finding
from form4_author.plan.lost_words import Words

_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second colon, or a wrong indentation, makes this line no key and value",
        "Put text that holds a colon and a space in quotes; keys of one level begin in the same column.",
    ),
    (
        "could not find expected ':'",
        "a key without its colon",
        "Write `key: value`; put text that runs over several lines in quotes or behind `|`.",
    ),
    ("did not find expected ',' or ']'", "a list in brackets is not closed", "Write [a, b] with its closing bracket."),
    (
        "did not find expected ',' or '}'",
        "a mapping in braces is not closed, or two entries lack a comma between them",
        "Write {key: value, key: value}; put text that holds a comma or a colon in quotes.",
    ),
    (
        "did not find expected '-' indicator",
        "a list item must begin with - here",
        "Items of one list begin in the same column.",
    ),
    (
        "did not find expected key",
        "a key must stand here",
        "Keys of one level begin in the same column; check quotes in the lines above.",
    ),
    (
        "found unexpected end of stream",
        "a quotation mark that opens here is never closed",
        "Close the text with the same mark.",
    ),
    (
        "found unknown escape character",
        "an unknown escape in double quotes",
        "Write \\\\ for a backslash, or use single quotes.",
    ),
    (
        "did not find expected node content",
        "a value or a key is missing before this sign",
        "Write {key: value, key: value}; put text that holds signs of YAML's own in quotes.",
    ),
    (
        "block sequence entries are not allowed",
        "a list item can't begin here",
        "Items of a list begin on lines of their own; put text that begins with - in quotes.",
    ),
    (
        "found a tab character that violates indentation",
        "a tab stands where blanks must be",
        "Indent with blanks; set the editor to insert them.",
    ),
    (
        "did not find expected comment or line break",
        "text stands behind | or >",
        "Begin the text on the next line, further in; or put it in quotes.",
    ),
    (
        "expected <document start>",
        "the plan's keys have ended above, but text goes on",
        "Keys of one level begin in the same column; put text that begins with % in quotes.",
    ),
    (
        "unknown directive",
        "a line may not begin with %",
        "Put text that begins with % in quotes.",
    ),
    (
        "found undefined alias",
        "text that begins with * must stand in quotes",
        "Write '*' and what follows it in quotes.",
    ),
)

_KEY = re.compile(r"[^#\n]*:(?:[ \t]|$)", re.MULTILINE)


class Before(Struct, frozen=True):
    """What the parser had read when it stopped.

    Attributes:
        opened: where the outermost brace or bracket that is still open stands.
        quoted: where the last text in quotation marks begins and ends, if it was the last thing read.
    """

    opened: int | None
    quoted: tuple[int, int] | None


def syntax(problem: Any, words: Words, before: Before) -> Finding:
    """The finding for a `yaml.MarkedYAMLError`."""
    mark = problem.problem_mark or problem.context_mark
    reason = problem.problem or problem.context or "not YAML"
    at = min(mark.index, len(words.text)) if mark else 0
    context = problem.context_mark.index if problem.context_mark else None
    if "unexpected end of stream" in reason and context is not None:
        at = context
    told = (
        _look_alike(words, context, at)
        or _open_quote(words, before, at)
        or _unclosed(words, before, at)
        or _no_colon(words, reason, context, at)
    )
    return told or _plain(words, reason, at)


def _plain(words: Words, reason: str, at: int) -> Finding:
    sign = words.text[at : at + 1]
    message, hint = f"not valid YAML: {reason}", "See the line and the one above it."
    for said, plain, way_out in _SYNTAX:
        if said in reason:
            message, hint = plain, way_out
            break
    if "cannot start any token" in reason:
        if sign == "\t":
            message, hint = "a tab stands where blanks must be", "Indent with blanks; set the editor to insert them."
        else:
            message, hint = f"text may not begin with {sign}", f"Put it in quotes: '{sign}...'."
    return words.finding("YML001", message, at, hint)


def _look_alike(words: Words, context: int | None, at: int) -> Finding | None:
    """A no-break space or full-width colon in the lines that the parser stumbled over."""
    start, end = words.line_at(at)
    if start:
        start, _ = words.line_at(start - 1)
    if context is not None:
        start = min(start, words.line_at(context)[0])
    return words.odd_sign(start, end, beside=True)


def _open_quote(words: Words, before: Before, at: int) -> Finding | None:
    """Text in quotation marks that ends on the line where the parser stopped: it was meant to end elsewhere."""
    if before.quoted is None:
        return None
    start, end = before.quoted
    if "\n" in words.text[end:at]:
        return None
    mark = words.text[start]
    if "\n" in words.text[start:end]:
        line = words.position(end - 1).line
        return words.finding(
            "YML001",
            f"the quotation mark that opens here is closed only in line {line}, where another text begins",
            start,
            "Close the text with the same mark.",
        )
    if at == end or not words.text[end:at].strip():
        way = "Write '' for an apostrophe in single quotes" if mark == "'" else 'Write \\" for a quotation mark inside'
        return words.finding("YML001", "text goes on behind its closing quotation mark", end, f"{way}.")
    return None


def _unclosed(words: Words, before: Before, at: int) -> Finding | None:
    """A brace or bracket that was open when a line began that doesn't stand further in than its own."""
    if before.opened is None:
        return None
    first, _ = words.line_at(before.opened)
    line, _ = words.line_at(at)
    if words.text[at:].strip() and (line == first or _indent(words.text, line) > _indent(words.text, first)):
        return None
    sign = words.text[before.opened]
    close = {"{": "}", "[": "]"}[sign]
    return words.finding(
        "YML001",
        f"the {sign} that opens here is never closed",
        before.opened,
        f"Write its {close} behind the last entry.",
    )


def _indent(text: str, line: int) -> int:
    end = line
    while text[end : end + 1] == " ":
        end += 1
    return end - line


def _no_colon(words: Words, reason: str, context: int | None, at: int) -> Finding | None:
    """A key without its colon, or a line further in than its key: the parser notices in a line below."""
    if "could not find expected ':'" in reason and context is not None:
        return _key_alone(words, context)
    if "mapping values are not allowed" not in reason:
        return None
    line, _ = words.line_at(at)
    if _KEY.match(words.text[line:at]) or not line:
        return None
    above = _line_above(words, line)
    if above is None:
        return None
    code = words.text[above : words.line_at(above)[1]]
    if not _KEY.match(code):
        return _key_alone(words, above + len(code) - len(code.lstrip(" -")))
    return words.finding(
        "YML001",
        "this line stands further in than the key above it",
        line + _indent(words.text, line),
        "Keys of one level begin in the same column.",
    )


def _line_above(words: Words, line: int) -> int | None:
    """Where the last line above begins that holds more than a comment; None where there is none."""
    while line:
        line, stop = words.line_at(line - 1)
        code = words.text[line:stop].strip()
        if code and not code.startswith("#"):
            return line
    return None


def _key_alone(words: Words, at: int) -> Finding:
    _, stop = words.line_at(at)
    glued = re.match(r"([A-Za-z_]\w*):(?!//)(\S[^\n]*)", words.text[at:stop])
    if glued:
        return words.finding(
            "YML001", "a colon without a blank behind it", at + glued.end(1), f"Write {glued[1]}: {glued[2]}"
        )
    return words.finding(
        "YML001",
        "a key without its colon",
        at,
        "Write `key: value`; put text that runs over several lines in quotes or behind `|`.",
    )
