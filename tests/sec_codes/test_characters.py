"""Text as EDGAR takes it."""

from __future__ import annotations

import string
import unicodedata

import pytest

from form4_author.sec_codes.characters import Plain, Refusal, Replacement, name_of, to_ascii


def test_plain_text_is_left_alone() -> None:
    text = string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "")
    assert to_ascii(text) == Plain(text)


def test_empty_text() -> None:
    assert to_ascii("") == Plain("")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("the \u201cPlan\u201d", 'the "Plan"'),
        ("Issuer\u2019s", "Issuer's"),
        ("\u201alow\u2018 \u201elow\u201c", "'low' \"low\""),
        ("\u00abA\u00bb \u2039b\u203a", "\"A\" 'b'"),
        ("5\u2032 6\u2033", "5' 6\""),
        ("1\u20132 \u2011 \u2010 \u2012 \u22121", "1-2 - - - -1"),
        ("shares\u2014all", "shares--all"),
        ("and so on\u2026", "and so on..."),
        ("\u2022 one", "* one"),
        ("a\u00a0b\u2009c\u202fd\u3000e", "a b c d e"),
        ("so\u00adft ze\u200bro \ufeffmark \u2060", "soft zero mark "),
        ("left\u202a\u2066right\u2069\u202c", "leftright"),
        ("one\u2028two\u2029three\u0085four", "one\ntwo\nthree\nfour"),
        ("Brand\u2122 Mark\u00ae \u00a92025 Serve\u2120", "Brand(TM) Mark(R) (C)2025 Serve(SM)"),
        ("\u00bd share", "1/2 share"),
        ("12\u00bd% \u2153", "12 1/2% 1/3"),
        ("3\u20444", "3/4"),
        ("\ufb01rst \ufb03", "first ffi"),
        ("\uff21\uff22\uff23\uff10\uff04", "ABC0$"),
    ],
)
def test_plain_equivalents(text: str, plain: str) -> None:
    found = to_ascii(text)
    assert found.text == plain
    assert found.refused == ()
    assert plain.isascii()


def test_each_replacement_is_told() -> None:
    assert to_ascii("the \u201cPlan\u201d\u2014\u200b") == Plain(
        'the "Plan"--',
        (
            Replacement(4, "left double quotation mark", '"'),
            Replacement(9, "right double quotation mark", '"'),
            Replacement(10, "em dash", "--"),
            Replacement(11, "zero width space", ""),
        ),
    )


@pytest.mark.parametrize(
    ("character", "name", "suggestion"),
    [
        ("\u00e9", "latin small letter e with acute", "e"),
        ("\u00d1", "latin capital letter n with tilde", "N"),
        ("\u00f8", "latin small letter o with stroke", "o"),
        ("\u00df", "latin small letter sharp s", "ss"),
        ("\u20ac", "euro sign", "EUR"),
        ("\u00a3", "pound sign", "GBP"),
        ("\u00a7", "section sign", "Section"),
        ("\u00b2", "superscript two", "2"),
        ("\u0301", "combining acute accent", ""),
        ("\u682a", "cjk unified ideograph-682a", ""),
        ("\U0001f4c8", "chart with upwards trend", ""),
        ("\x07", "the character U+0007", ""),
        ("\x00", "the character U+0000", ""),
        ("\x0c", "the character U+000C", ""),
        ("\x7f", "the character U+007F", ""),
        ("\ufffd", "replacement character", ""),
    ],
)
def test_what_has_no_plain_equivalent_stays_and_is_told(character: str, name: str, suggestion: str) -> None:
    text = f"Caf{character} LLC"
    assert to_ascii(text) == Plain(text, (), (Refusal(3, name, suggestion),))


def test_replaced_and_refused_in_one_text() -> None:
    found = to_ascii("\u201cSoci\u00e9t\u00e9\u201d")
    assert found.text == '"Soci\u00e9t\u00e9"'
    assert [change.index for change in found.replaced] == [0, 8]
    assert [sign.index for sign in found.refused] == [5, 7]


def test_line_ends_become_line_feeds_and_indices_count_the_given_text() -> None:
    found = to_ascii("one\r\ntwo\rthree\n\u2019")
    assert found.text == "one\ntwo\nthree\n'"
    assert found.replaced == (Replacement(15, "right single quotation mark", "'"),)


def test_tabs_and_line_feeds_stay() -> None:
    assert to_ascii("a\tb\nc").text == "a\tb\nc"


def test_every_character_is_either_ascii_or_told() -> None:
    """No character of the basic plane slips through, and no equivalent is itself beyond ASCII."""
    for code in range(0x10000):
        character = chr(code)
        if unicodedata.category(character) == "Cs":
            continue
        found = to_ascii(f"a{character}b")
        assert found.text.isascii() or found.refused, name_of(character)
        if found.refused:
            assert found.refused[0].index == 1
            assert found.refused[0].suggestion.isascii()
        elif character not in "\t\n\r" and not 0x20 <= code < 0x7F:
            assert [change.index for change in found.replaced] == [1]
