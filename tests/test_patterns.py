"""No pattern of the package takes more time than a text's length allows, whatever the text.

Every call that takes a regular expression is found in the source; for each, hostile texts are made of the pattern's own
parts: each letter, word and class of characters that it knows, repeated, in pairs, and behind a word that it begins
with. What matches fails in the end, which is where time is lost.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pytest

from form4_author.filing.footnote_text import Pattern
from tests.growth import growth
from tests.test_imports import modules

CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
#: What cuts a text before it looks for patterns in it, to at most so many characters, blanks evened out.
CUT = ("filing.footnote_", "decompose.speaking_names ", "sec_codes.exchanges ")
READ = 2000
ANCHORED = {"match", "fullmatch"}


class Used(NamedTuple):
    """A pattern, and the methods by which it is looked for; none where that can't be told."""

    pattern: re.Pattern[Any]
    ways: frozenset[str]


@cache
def patterns() -> dict[str, Used]:
    """Every pattern of the package, by its module and its own text."""
    found: dict[str, Used] = {}
    for module, path in modules().items():
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _takes_a_pattern(node.func)]
        names = vars(importlib.import_module(f"form4_author.{module}".removesuffix(".__init__"))) if calls else {}
        for call in calls:
            given = call.args[1:] + [keyword.value for keyword in call.keywords]
            flags = [flag for flag in given if re.search(r"\bre\.", ast.unparse(flag))]
            for pattern in _texts(call.args[0], names):
                ignore = re.IGNORECASE if _is_of_notes(call) else 0
                value = sum((int(_value(flag, names)) for flag in flags), 0)
                compiled = re.compile(pattern, value | ignore)
                found[f"{module} {pattern!r}"] = Used(compiled, _ways(call, tree))
    return found


def _ways(call: ast.Call, tree: ast.Module) -> frozenset[str]:
    """The methods that a pattern is used by; none where it can't be told."""
    if isinstance(call.func, ast.Attribute) and call.func.attr != "compile":
        return frozenset({call.func.attr})
    names = {
        ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and node.value is call
        for target in node.targets
    }
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in names and node.attr in CALLS
    )


def _takes_a_pattern(function: ast.expr) -> bool:
    return ast.unparse(function) == "Pattern" or (
        isinstance(function, ast.Attribute) and ast.unparse(function.value) == "re" and function.attr in CALLS
    )


def _is_of_notes(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "Pattern" or ast.unparse(call.args[0]) == "pattern"


def _texts(node: ast.expr, names: dict[str, Any]) -> list[Any]:
    if isinstance(node, ast.Attribute):
        return []  # `self.text`: what the pattern's own class was given, found where it is given
    if isinstance(node, ast.Name) and node.id == "pattern":
        if "_TITLES" in names and "_first_fit" in names:
            return [text for text, _ in names["_TITLES"] + names["_FOOTNOTES"]]
        tables = [table for table in names.values() if isinstance(table, tuple | list)]
        found = [part for table in tables for part in _flat(table)]
        found = found or [part for table in tables for part in table if isinstance(part, str)]
        assert found, "a table of patterns that the test does not find"
        return found
    return [_value(node, names)]


def _flat(table: Iterable[Any]) -> Iterator[Any]:
    """The texts of the patterns in a table, however deep."""
    for part in table:
        if isinstance(part, tuple | list):
            yield from _flat(part)
        elif isinstance(part, re.Pattern):
            yield part.pattern
        elif isinstance(part, Pattern):
            yield part.text


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), dict(names))


def _parts(tree: Any) -> Iterator[str]:
    """The words of a pattern, and a character of each of its classes."""
    word = ""
    for kind, value in tree:
        if str(kind) == "LITERAL":
            word += chr(value)
            continue
        if word:
            yield word
        word = ""
        if str(kind) in {"IN", "ANY", "NOT_LITERAL"}:
            yield _one_of(value) if str(kind) == "IN" else "x"
        for below in _below(str(kind), value):
            yield from _parts(below)
    if word:
        yield word


def _below(kind: str, value: Any) -> list[Any]:
    """The patterns inside a part of one."""
    if kind == "BRANCH":
        return list(value[1])
    at = {"SUBPATTERN": 3, "ASSERT": 1, "ASSERT_NOT": 1}.get(kind, 2 if kind.endswith("REPEAT") else None)
    return [value] if kind == "ATOMIC_GROUP" else [] if at is None else [value[at]]


def _one_of(members: Any) -> str:
    signs = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_SPACE": "x"}
    kind: Any
    value: Any
    kind, value = members[0] if str(members[0][0]) != "NEGATE" else ("CATEGORY", "CATEGORY_NOT_SPACE")
    if str(kind) == "LITERAL":
        return chr(value)
    return chr(value[0]) if str(kind) == "RANGE" else signs.get(str(value), "x")


def hostile(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """What to begin a hostile text with, and what to repeat in it."""
    text = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    parts = list(dict.fromkeys(_parts(re._parser.parse(text, pattern.flags & ~re.UNICODE))))  # type: ignore[attr-defined]
    short = [part for part in parts if len(part) == 1][:6]
    words = [part for part in parts if len(part) > 1][:8]
    repeated = [*short, *words, *(a + b for a, b in product(short, repeat=2) if a != b)]
    repeated += [f"{word}{sign}" for word in words[:4] for sign in [*short[:3], " "]] + [" ", "\n", "a "]
    first = parts[0] if parts else ""
    return [(begin, again) for again in dict.fromkeys(repeated) for begin in dict.fromkeys(("", first))]


def test_every_pattern_is_found() -> None:
    assert len(patterns()) > 130
    assert {name.partition(" ")[0] for name in patterns()} >= {"masking", "edgar.unwrap", "plan.scalars"}


@pytest.mark.parametrize("name", sorted(patterns()))
def test_the_time_of_a_pattern_grows_as_its_text(name: str) -> None:
    pattern, ways = patterns()[name]
    limited = name.startswith(CUT)
    size = READ // 4 if limited else 5_000
    for begin, again in hostile(pattern):

        def search(length: int, begin: str = begin, again: str = again) -> None:
            text = begin + again * (length // len(again)) + "\0"
            text = " ".join(text.split()) if limited else text
            subject = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
            if "fullmatch" in ways:
                pattern.fullmatch(subject)
            if "match" in ways:
                pattern.match(subject)
            for _ in () if ways and ways <= ANCHORED else pattern.finditer(subject):
                pass

        assert growth(search, size) < (40 if limited else 10), (begin, again)
