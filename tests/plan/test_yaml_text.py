"""YAML text to data and places: every refusal with its line, column and words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from form4_author.findings import Rejected
from form4_author.plan.lost_words import Words
from form4_author.plan.yaml_text import MAX_DEPTH, Place, YamlFile, parse
from tests.work import calls


def data_of(text: str) -> Any:
    return parse(YamlFile("plan.yaml", text))[0]


def places_of(text: str) -> dict[tuple[str | int, ...], Place]:
    return parse(YamlFile("plan.yaml", text))[1]


def refusals(text: str) -> list[tuple[str, int, int, str]]:
    with pytest.raises(Rejected) as caught:
        parse(YamlFile("plan.yaml", text))
    found = []
    for finding in caught.value.findings:
        assert finding.origin.position is not None
        assert finding.hint
        found.append((finding.code, finding.origin.position.line, finding.origin.position.column, finding.message))
    return found


def test_every_scalar_is_text_as_written() -> None:
    text = "a: NO\nb: 094065\nc: 0001107843\nd: 1,000\ne: $4.80\nf: 22.50\ng: 2013-11-22\nh: 1e3\ni: 0x1F\nj: yes\n"
    assert list(data_of(text).values()) == [
        "NO",
        "094065",
        "0001107843",
        "1,000",
        "$4.80",
        "22.50",
        "2013-11-22",
        "1e3",
        "0x1F",
        "yes",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{amount: 10,000}", {"amount": "10,000"}),
        ("{amount: 102,394, price: 4}", {"amount": "102,394", "price": "4"}),
        ("{amount: $1,234,567.8901, price: 4}", {"amount": "$1,234,567.8901", "price": "4"}),
        ("{amount: -1,000}", {"amount": "-1,000"}),
        ("{amount: 10, 000: x}", {"amount": "10", "000": "x"}),
        ("{price: 1,234,567.89}", {"price": "1,234,567.89"}),
        ("{amount: 10,000,}", {"amount": "10,000"}),
        ("[10,000]", ["10", "000"]),
    ],
)
def test_thousands_in_braces_are_one_number_where_nothing_else_can_be_meant(written: str, read: object) -> None:
    assert data_of(f"x: {written}") == {"x": read}


def test_what_is_left_empty_is_none_and_what_is_quoted_is_text() -> None:
    assert data_of("a:\nb: ~\nc: null\nd: ''\ne: '~'\nf: |\n  two\n  lines\n\ng: >\n  folded\n  text\n") == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "~",
        "f": "two\nlines",
        "g": "folded text",
    }


def test_places_are_those_of_the_authors_text() -> None:
    text = "form: 4\nopening:\n  - {security: common, amount: 102,394}\n  - é: 'x'\n"
    places = places_of(text)
    assert (places["form",].key, places["form",].value) == ((1, 1), (1, 7))
    amount = places["opening", 0, "amount"]
    assert (amount.key, amount.value, text[amount.start : amount.end]) == ((3, 24), (3, 32), "102,394")
    accented = places["opening", 1, "é"]
    assert (accented.value, text[accented.start : accented.end]) == ((4, 8), "'x'")


def test_a_value_behind_an_anchor_stands_where_its_own_text_does() -> None:
    places = places_of("a: &x 12\nb: &y\n  {c: *x}\nd: *y\n")
    assert {key: place.value for key, place in places.items() if key} == {
        ("a",): (1, 7),
        ("b",): (3, 3),
        ("b", "c"): (3, 7),
        ("d",): (4, 4),
        ("d", "c"): (3, 7),
    }


SIGNS = [
    *"&*!%@`|>?:-,#[]{}'\"\\~",
    "&a ",
    "*a",
    "&a {",
    "&a [",
    "&a '",
    "! ",
    "!!str ",
    "<<: ",
    "<<: *a",
    "---",
    "...",
    "? ",
    "\u2028",
]
SMALL = "# a\na: &a {b: 1, c: [x, 'y']}\nd:\n  - e: \"f\"\n    g: *a\n  - |\n   h\ni: j k\n"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_yamls_own_anywhere_is_read_or_refused_inside_the_text(sign: str) -> None:
    """Put before, in place of and at the end of each character, with what follows and without it."""
    for at in range(len(SMALL) + 1):
        for text in (SMALL[:at] + sign + SMALL[at:], SMALL[:at] + sign + SMALL[at + 1 :], SMALL[:at] + sign):
            try:
                parse(YamlFile("plan.yaml", text))
            except Rejected as refused:
                for finding in refused.findings:
                    place = finding.origin.position
                    assert place is not None
                    assert 1 <= place.column <= len(f"{text}\n".split("\n")[place.line - 1]) + 1, text


def test_an_alias_stands_for_its_data_and_its_places() -> None:
    text = "a: &office {city: BOSTON}\nb: *office\n"
    assert data_of(text) == {"a": {"city": "BOSTON"}, "b": {"city": "BOSTON"}}
    assert places_of(text)["b", "city"].value == (1, 19)


SYNTAX = [
    ("a:\n\tb: 1", 2, 1, "a tab stands where blanks must be"),
    ("a: [1", 1, 4, "the [ that opens here is never closed"),
    ("a: {b: 1\nc: 2", 1, 4, "the { that opens here is never closed"),
    ("- {b: 1\n- {c: 2}\n", 1, 3, "the { that opens here is never closed"),
    ("a: [1 {", 1, 7, "a list in brackets is not closed"),
    ("a: {b: 1,\n  c: 2 d: 3}\n", 2, 9, "a mapping in braces is not closed, or two entries lack a comma between them"),
    ("a: b: c", 1, 5, "a second colon, or a wrong indentation, makes this line no key and value"),
    ("a: 1\n b: 2", 2, 2, "this line stands further in than the key above it"),
    ("a: 1\n# x\n\n  b: 2", 4, 3, "a key must stand here"),
    ("a: 1\nb 2\nc: 3\n", 2, 1, "a key without its colon"),
    ("a:\n  b 2\n  c: 3\n", 2, 3, "a key without its colon"),
    ("a:\n  b: 1\n  c 2\nd: 3\n", 3, 3, "a key without its colon"),
    ("a:\n  - b 1\n    c: 2\n", 2, 5, "a key without its colon"),
    ("a: 1\nb:2\nc: 3\n", 2, 2, "a colon without a blank behind it"),
    ("a: 'x\nb: 'y'\n", 1, 4, "the quotation mark that opens here is closed only in line 2, where another text begins"),
    (
        'a: "x\nb: 1\nc: "y"\n',
        1,
        4,
        "the quotation mark that opens here is closed only in line 3, where another text begins",
    ),
    ("a: 'Roe's'\n", 1, 9, "text goes on behind its closing quotation mark"),
    ('a: "Roe" Jane\n', 1, 9, "text goes on behind its closing quotation mark"),
    ("a: 'x\n", 1, 4, "a quotation mark that opens here is never closed"),
    ('a: "x\\q"', 1, 6, "an unknown escape in double quotes"),
    ("a: @x", 1, 4, "text may not begin with @"),
    ("a: `x", 1, 4, "text may not begin with `"),
    ("a: %x", 1, 4, "text may not begin with %"),
    ("- a\nb: 1", 2, 1, "a list item must begin with - here"),
    ("a: 1\nb: \x07", 2, 4, "a control character stands here"),
    ("é: 1 # é\nb: é\x0b", 2, 5, "a control character stands here"),
    ("a: 1\nb: é\x0c2\n", 2, 5, "a control character stands here"),
    ("a: &b {c: 1\nd: 2", 1, 7, "the { that opens here is never closed"),
    ("a: &b [1, 2\nd: *b", 1, 7, "the [ that opens here is never closed"),
    ("a: &b # {\n  {c: 1\nd: 2", 2, 3, "the { that opens here is never closed"),
    ("a: &b 'Roe's'\n", 1, 12, "text goes on behind its closing quotation mark"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), SYNTAX)
def test_syntax_is_told_in_plain_words(text: str, line: int, column: int, message: str) -> None:
    found = refusals(text)
    assert found == [("YML001", line, column, message)]


@pytest.mark.parametrize("anchored", ["&b 'Roe's'", '&b "Roe"s"', "'Roe's'", '"Roe"s"'])
def test_a_quotation_mark_inside_is_written_as_its_own_kind_is(anchored: str) -> None:
    with pytest.raises(Rejected) as caught:
        data_of(f"a: {anchored}\n")
    way = "''" if "'" in anchored else '\\"'
    assert caught.value.findings[0].hint.startswith(f"Write {way} for ")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_what_no_editor_takes_for_a_line_break_is_none(sign: str) -> None:
    """It is a letter of the text that it stands in, and what stands below is where editors and `sed` count it."""
    text = f"# {sign}\na: x{sign}y # {sign}\nb: '1{sign}2'\nc: |\n  k{sign}l\nd: [{{e: 1}}]\n"
    assert data_of(text) == {"a": f"x{sign}y", "b": f"1{sign}2", "c": f"k{sign}l", "d": [{"e": "1"}]}
    assert {key: place.value for key, place in places_of(text).items() if key} == {
        ("a",): (2, 4),
        ("b",): (3, 4),
        ("c",): (4, 4),
        ("d",): (6, 4),
        ("d", 0): (6, 5),
        ("d", 0, "e"): (6, 9),
    }
    assert data_of(f"a: {chr(0x10000)}{sign}\n") == {"a": f"{chr(0x10000)}{sign}"}


@pytest.mark.parametrize(
    ("text", "column"),
    [("a: 0\nb: 1{}c: 2\nd: 3", 5), ("a: 0\nb{}: 1", 2), ("a: 0\n{}b: 1", 1), ("a: 0\n{{b: 1,{}c: 2}", 7)],
)
@pytest.mark.parametrize(
    ("sign", "name"),
    [
        ("\u2028", "a line separator (U+2028)"),
        ("\u2029", "a paragraph separator (U+2029)"),
        ("\x85", "a next line sign (U+0085)"),
    ],
)
def test_one_that_was_to_part_two_keys_is_told_at_its_place(text: str, column: int, sign: str, name: str) -> None:
    said = refusals(text.replace("{}", sign).replace("{{", "c: {"))
    column = column + 3 if "{{" in text else column
    assert said == [("YML011", 2, column, f"{name} stands here, which YAML takes for a letter")]


def test_every_duplicate_key_is_told_in_one_run() -> None:
    assert refusals("a: 1\na: 2\nb: {c: 1, c: 2}\na: {x: 1}\n") == [
        ("YML002", 2, 1, "the key a stands twice here, first in line 1"),
        ("YML002", 3, 11, "the key c stands twice here, first in line 3"),
        ("YML002", 4, 1, "the key a stands twice here, first in line 1"),
    ]


@pytest.mark.parametrize("first", ["", "{}", "[]", "5", '"5"', "~"])
def test_thousands_behind_a_key_that_stands_twice_leave_the_first_as_it_is(first: str) -> None:
    assert refusals(f"b: {{amount: {first}, amount: 1,000,000, c: 2}}\n") == [
        ("YML002", 1, 15 + len(first), "the key amount stands twice here, first in line 1")
    ]


def test_words_astray_behind_a_key_that_stands_twice_belong_to_it() -> None:
    with pytest.raises(Rejected) as caught:
        parse(YamlFile("plan.yaml", "{b: 5, a: 1, b: x, y z}\n"))
    assert [finding.code for finding in caught.value.findings] == ["YML002", "YML009"]
    assert caught.value.findings[1].hint == 'Put text that holds a comma in quotes: b: "x, y z"'


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("---\na: 1\n---\nb: 2\n", "YML004", 3, 1),
        ("a: !!python/object:os.system x", "YML005", 1, 4),
        ("a: !include x", "YML005", 1, 4),
        ("a: {{ title }}", "YML006", 1, 5),
        ("? [a]\n: b", "YML006", 1, 3),
        ("a: *x", "YML007", 1, 4),
        ("[" * (MAX_DEPTH + 1), "YML003", 1, MAX_DEPTH + 1),
        ("a: [" + "x," * 50_000 + "]", "YML003", 1, 99_999),
    ],
)
def test_what_no_plan_holds_is_refused(text: str, code: str, line: int, column: int) -> None:
    assert [(c, ln, col) for c, ln, col, _ in refusals(text)] == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)),
        "a: &a 1\nb: [" + "*a," * 600 + "]\n",
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
    ],
    ids=["alias bomb", "many aliases", "deep brackets", "deep braces", "deep lists"],
)
def test_bombs_are_refused_at_once(text: str) -> None:
    assert [code for code, *_ in refusals(text)] == ["YML003"]
    assert calls(lambda: refusals(text)) < 1_000_000


@pytest.mark.parametrize(
    "made",
    [
        lambda n: "a: {b: 1" + ", x y" * n + "}\n",
        lambda n: "a: {b: 1" + ",100" * n + "}\n",
        lambda n: "a: [" + "{b: x, Inc}," * n + "]\n",
        lambda n: "a: {b: 1" + ",1" * n + "}\n",
        lambda n: "".join(f"a{i}: x #300\n" for i in range(n)),
        lambda n: "a: x # " + "#x " * n + "\n",
        lambda n: "a: x\n" + "# y\n" * n + "   b: 1\n",
        lambda n: "a: {\n" + "  b: 1\n" * n,
        lambda n: 'a: "x\n' + "b: 1\n" * n,
        lambda n: "a: &a 1\n" + "".join(f"c{i}: 1\n" for i in range(n)) + "b: [" + "*a," * 500 + "]\n",
        lambda n: "".join(f"a{i}: &x{i} 1\n" for i in range(n)),
        lambda n: "a: x\n" + "   y\n" * n,
    ],
    ids=[
        *("stray words", "thousands", "braces in one line", "commas", "sharps", "a comment of sharps"),
        *("comments", "an open brace", "an open quote", "aliases", "anchors", "lines of text"),
    ],
)
def test_the_work_grows_with_the_text(made: Callable[[int], str]) -> None:
    """Four times the text is about four times the work, whatever is wrong with it; a square would be 16."""

    def read(n: int) -> None:
        with contextlib.suppress(Rejected):
            parse(YamlFile("plan.yaml", made(n)))

    assert calls(lambda: read(8_000)) < 5 * calls(lambda: read(2_000))


def test_a_chain_of_aliases_is_as_deep_as_what_it_stands_for() -> None:
    chain = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 400))
    assert refusals(chain) == [("YML003", 32, 12, f"entries are nested more than {MAX_DEPTH} deep")]
    allowed = "\n".join([*chain.split("\n")[: MAX_DEPTH - 1], "z: *a30"])
    assert data_of(allowed)["a1"] == [["x"]]


@pytest.mark.parametrize(
    "text",
    [
        "a: \u00e9\U0001f600 b\n\U0001f600: {\u00e9: x, y: [\U0001f600, z]}\n",
        'a: \'x\u2028y\' \nb: 1\n\u00e9: "\u0085" \nc: ["\u2029", d]\n',
        "\n\n---\n  a:   1\n  b:\n  - {c: 'x\n    y', d: 2}\n  -   - e\n",
        "a: >\n  x\n\n  y\nb: |\n  z\nc: &one  d\ne: *one\nf:\t g\n",
        "'a\ufeffb': '\ufeff'\nc: '\ufeff'\n",
    ],
)
def test_a_place_is_that_of_the_character_it_counts_from(text: str) -> None:
    words = Words("plan.yaml", text)
    _, places = parse(YamlFile("plan.yaml", text))
    assert len(places) > 2
    for place in places.values():
        there = words.position(place.start)
        assert place.value == (there.line, there.column)
