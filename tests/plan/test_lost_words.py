"""What YAML takes otherwise than the author meant it: each told once, at the word's own place, with the way out."""

from __future__ import annotations

import pytest

from form4_author.findings import Rejected
from form4_author.plan.lost_words import in_quotes, numbers_meant
from form4_author.plan.yaml_text import YamlFile, parse
from tests.plans import plan_text, told


def refusals(text: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        parse(YamlFile("plan.yaml", text))
    said = []
    for finding in caught.value.findings:
        place = finding.origin.position
        assert place is not None
        said.append(f"{place.line}:{place.column} {finding.code} {finding.message} | {finding.hint}")
    return said


QUOTE = "Put text that holds a comma in quotes: "
COMMAS = "Commas part thousands, and a point the decimals: write "
KEY = "A key takes a colon and its value: "


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ("{street1: 1 Main St, Suite 300, zip: 1}", "1:22", '"Suite 300"', QUOTE + 'street1: "1 Main St, Suite 300"'),
        ("{name: Roe, Jane, MD, zip: 1}", "1:13", '"Jane, MD"', QUOTE + 'name: "Roe, Jane, MD"'),
        ('{name: "Roe", Jane}', "1:15", '"Jane"', QUOTE + 'name: "Roe, Jane"'),
        ("{name: “Roe, Jane”}", "1:14", '"Jane”"', QUOTE + 'name: "Roe, Jane"'),
        ('{name: Roe, "Jane"}', "1:13", "'\"Jane\"'", QUOTE + "name: 'Roe, \"Jane\"'"),
        ("{name: Roe,\n  Jane}", "2:3", '"Jane"', QUOTE + 'name: "Roe, Jane"'),
        ("{amount: 10,00}", "1:13", '"00"', COMMAS + "amount: 10.00 or amount: 1,000."),
        ("{price: 22,53}", "1:12", '"53"', COMMAS + "price: 22.53 or price: 2,253."),
        ("{amount: 10, 000}", "1:14", '"000"', COMMAS + "amount: 10.000 or amount: 10,000."),
        ("{amount: 0,500}", "1:12", '"500"', COMMAS + "amount: 0.500 or amount: 500."),
        ("{price: 1.234,50}", "1:15", '"50"', COMMAS + "price: 1,234.50."),
        ("{amount: 10,000 shares}", "1:13", '"000 shares"', QUOTE + 'amount: "10,000 shares"'),
        ("{cik: 1, director}", "1:10", '"director"', KEY + "director: value."),
        ("{amount: 5, price 31.15}", "1:13", '"price 31.15"', KEY + "price: 31.15."),
        (
            "{name: Roe, director}",
            "1:13",
            '"director"',
            QUOTE + f'name: "Roe, director"; {KEY[0].lower()}{KEY[1:]}director: value.',
        ),
        ("{notes: {a: b}, c}", "1:17", '"c"', KEY + "c: value."),
        ("{Jane}", "1:2", '"Jane"', KEY + "key: value."),
        ("{name:Roe, zip: 1}", "1:2", '"name:Roe"', "A colon needs a blank behind it: name: Roe"),
    ],
)
def test_words_in_braces_that_no_colon_makes_a_key(text: str, place: str, words: str, hint: str) -> None:
    assert refusals(text) == [f"{place} YML009 {words} stands alone: in braces a comma ends the entry | {hint}"]


def test_each_stray_word_is_one_finding_and_the_same_word_may_go_astray_twice() -> None:
    assert [said.partition(" stands")[0] for said in refusals("a: {b: x, Inc., c: y, Inc.}\nd: {e: 1,5, f: 2}\n")] == [
        '1:11 YML009 "Inc."',
        '1:23 YML009 "Inc."',
        '2:10 YML009 "5"',
    ]


@pytest.mark.parametrize(
    ("text", "place", "cut", "hint"),
    [
        ("street1: 5 Main St #300", "1:20", "#300", 'street1: "5 Main St #300"'),
        ("street1: 5 Main St # 300", "1:20", "# 300", 'street1: "5 Main St # 300"'),
        ("name: Roe #2 Jane", "1:11", "#2 Jane", 'name: "Roe #2 Jane"'),
        ("name: Roe\t#2", "1:11", "#2", 'name: "Roe #2"'),
        ("a: {street1: 5 Main St #300, zip: 1}\nb: 1", "1:24", "#300", 'street1: "5 Main St #300"'),
        ('name: "Roe" #2', "1:13", "#2", ""),
        ("street1: #300 Main St", "1:10", "#300 Main St", 'street1: "#300 Main St"'),
        ("name: Roe\n  #2\nzip: 1", "2:3", "#2", ""),
        ("remarks: | #2\n  x", "1:12", "#2", ""),
    ],
)
def test_a_sharp_that_would_cut_text_off(text: str, place: str, cut: str, hint: str) -> None:
    way = f"Put text that holds # in quotes: {hint}; behind the # of a comment stands a blank."
    assert refusals(text) == [
        f"{place} YML010 {cut} is cut off: # behind a blank begins a comment | "
        + (way if hint else "A comment has a blank behind its #.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1 # words",
        "a: 1          # 10,000",
        "a:            # 300",
        "a: 1  # 300",
        "a: 1 #",
        "a: 1 #-----",
        "#a: 2\na: 1\n#b: 3\n",
        "a: {b: 1, # two\n  c: 2}",
        "a: x#300",
        "a: |\n  #300\n",
    ],
)
def test_comments_stay_comments(text: str) -> None:
    parse(YamlFile("plan.yaml", text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n  amount:\u00a01000\n  b: 3", "2:10 YML011 a no-break space (U+00A0)"),
        ("a: {amount:\u00a01000, b: 2}", "1:12 YML011 a no-break space (U+00A0)"),
        ("a:\n\u00a0\u00a0b: 1", "2:1 YML011 a no-break space (U+00A0)"),
        ("a:\n  b: 1\n\u00a0 c: 1", "3:1 YML011 a no-break space (U+00A0)"),
        ("a\u202f: 1", "1:2 YML011 a narrow no-break space (U+202F)"),
        ("a:\n  b\uff1a 1\n  c: 2", "2:4 YML011 a full-width colon (U+FF1A)"),
        ("a: {b\uff1a 1, c: 2}", "1:6 YML011 a full-width colon (U+FF1A)"),
        ("a\u2003b: 1", "1:2 YML011 a space that is no blank (U+2003)"),
    ],
)
def test_signs_that_only_look_like_yamls_own(text: str, said: str) -> None:
    (finding,) = refusals(text)
    assert finding.startswith(f"{said} stands here, which YAML takes for a letter | Write a ")


def test_a_no_break_space_within_a_text_is_the_texts() -> None:
    assert parse(YamlFile("plan.yaml", "a: Roe\u00a0Jane\n"))[0] == {"a": "Roe\u00a0Jane"}


@pytest.mark.parametrize(
    ("text", "place", "way_out"),
    [
        ("name: “Roe Jane”", "1:7", 'name: "Roe Jane"'),
        ("name: \u2018Roe\u2019s\u2019", "1:7", 'name: "Roe\u2019s"'),
        ("{name: «Roe»}", "1:8", 'name: "Roe"'),
    ],
)
def test_curly_quotation_marks_enclose_nothing(text: str, place: str, way_out: str) -> None:
    message = "curly quotation marks are part of the text; only straight ones enclose it"
    assert refusals(text) == [f"{place} YML011 {message} | Write {way_out}"]


@pytest.mark.parametrize("text", ["a: “A” and “B”", "a: the “Plan”", "a: '“A”'", "a: ”"])
def test_curly_quotation_marks_inside_a_text_are_the_texts(text: str) -> None:
    parse(YamlFile("plan.yaml", text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: Roe\n  officer:CFO\n", "2:3"),
        ("a:\n  - x\n   - y\n", "3:4"),
        ("a: 1\n  exercise_price 4.80\n", "2:3"),
        ("a: Roe\n  Jane\n  b:c\n", "3:3"),
    ],
)
def test_a_line_that_would_go_on_with_the_text_above(text: str, place: str) -> None:
    (finding,) = refusals(text)
    message = "this line stands further in than the one above it, so it goes on with that one's text"
    assert finding.startswith(f"{place} YML012 {message} | ")


@pytest.mark.parametrize("text", ["a: Sold under\n  a plan of May 12", "a: see\n  https://example.com"])
def test_text_may_run_over_lines(text: str) -> None:
    parse(YamlFile("plan.yaml", text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: &Roe Jane", "1:7 YML007 nothing uses the anchor &Roe | Text that begins with & stands in quotes."),
        ("&a b: 1", "1:1 YML007 nothing uses the anchor &a | Text that begins with & stands in quotes."),
        (
            "name: ! Roe",
            "1:7 YML005 the tag ! has no meaning in a plan | Remove it; text that begins with ! stands in quotes.",
        ),
    ],
)
def test_anchors_and_tags_swallow_no_word(text: str, said: str) -> None:
    assert refusals(text) == [said]


def test_a_key_left_empty_is_told_at_the_key_whatever_stands_for_nothing() -> None:
    sale = "transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1000, price: "
    for nothing in ("", "~", "null"):
        text = plan_text(transactions=f"{sale}{nothing}}}\n")
        assert told(text) == ["10:65 PLN001 price is left empty in transactions 1"]
    assert told(plan_text(remarks="remarks: |\n")) == ["13:1 PLN001 remarks is left empty"]
    assert (
        told(plan_text(opening="opening:\n#  - {security: common, amount: 1}\n"))[0]
        == "7:1 PLN001 opening is left empty"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("22,53", ["22.53", "2,253"]),
        ("10, 000", ["10.000", "10,000"]),
        ("$1,2", ["$1.2", "$12"]),
        ("-1,00", ["-1.00", "-100"]),
        ("1,00,000", ["100,000"]),
        ("1,234,56", ["1,234.56", "123,456"]),
        ("1,00.5", ["100.5"]),
        ("1.234.567,8", ["1,234,567.8"]),
        ("0,0", ["0.0", "0"]),
        ("12", []),
        ("22.5,3", []),
        ("a,b", []),
    ],
)
def test_what_a_number_with_a_misplaced_comma_may_mean(written: str, meant: list[str]) -> None:
    assert numbers_meant(written) == meant


def test_text_in_quotes_is_the_text_again() -> None:
    for text in ("Roe, Jane", 'the "Plan", as amended', "Roe's, x", 'it\'s "so", and', "a\\b, c", "a: #b"):
        assert parse(YamlFile("plan.yaml", f"a: {in_quotes(text)}"))[0] == {"a": text}


@pytest.mark.parametrize(
    "text",
    [
        "{cik: 1, ccc: ab,cd@1234}",
        "{cik: 1, ccc cd@1234}",
        "{cik: 1, ccc:cd@1234}",
        "ccc: ab #cd@1234",
        "ccc: “cd@1234”",
        "cik: 1\nccc:cd@1234\nname: x",
        "ccc: &cd@1234 x",
        "ccc: !cd@1234 x",
        "ccc: *cd@1234",
        "ccc: 'ab'cd@1234",
    ],
)
def test_a_ccc_gone_astray_is_not_repeated(text: str) -> None:
    (finding,) = refusals(text)
    assert "d@1234" not in finding
    assert finding.endswith("A CCC never stands in a plan: delete it.")
