"""What of an XML text is not shown: character for character, however it is written."""

from __future__ import annotations

import random

import pytest

from form4_author import masking
from form4_author.findings import error
from form4_author.masking import holds_known, masked, masked_words, remember, without_known

CCC = "a#ofc0rn"
STARS = "*" * 8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"<rptOwnerCcc>{CCC}</rptOwnerCcc>", f"<rptOwnerCcc>{STARS}</rptOwnerCcc>"),
        (f"<RPTOWNERCCC>{CCC}</RPTOWNERCCC>", f"<RPTOWNERCCC>{STARS}</RPTOWNERCCC>"),
        (f"<rptOwnerCcc >\n  {CCC}\n</rptOwnerCcc>", f"<rptOwnerCcc >\n  {STARS}\n</rptOwnerCcc>"),
        (f"<rptOwnerCcc\n>{CCC}</rptOwnerCcc>", f"<rptOwnerCcc\n>{STARS}</rptOwnerCcc>"),
        (f"<x:rptOwnerCcc>{CCC}</x:rptOwnerCcc>", f"<x:rptOwnerCcc>{STARS}</x:rptOwnerCcc>"),
        (f"<rptOwnerCcc>{CCC}<rptOwnerName>A</rptOwnerName>", f"<rptOwnerCcc>{STARS}<rptOwnerName>A</rptOwnerName>"),
        (f"<rptOwnerCcc>{CCC}", f"<rptOwnerCcc>{STARS}"),
        (f"<rptOwnerCcc>{CCC[:4]}", "<rptOwnerCcc>****"),
        ("<rptOwnerCcc/><a>b</a>", "<rptOwnerCcc*><a>b</a>"),
        ("<rptOwnerCik>1</rptOwnerCik>", "<rptOwnerCik>1</rptOwnerCik>"),
    ],
)
def test_a_ccc_is_masked_character_for_character(text: str, shown: str) -> None:
    assert masked(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        f'<rptOwnerCcc value="{CCC}"/>',
        f"<rptOwnerCcc a='b>c' x='{CCC}'>x</rptOwnerCcc>",
        f"<rptOwnerCcc><![CDATA[{CCC}]]></rptOwnerCcc>",
        f"<rptOwnerCcc><![CDATA[{CCC}",
        f"<rptOwnerCcc><!-- was --> {CCC} <!-- {CCC} --></rptOwnerCcc>",
        f"<rptOwnerCcc><!-- {CCC}",
        f"<rptOwnerCcc> <![CDATA[a<b]]> {CCC}</rptOwnerCcc>",
        f"<rptOwnerCcc>{CCC}</rptOwnerCcc><rptOwnerCcc>{CCC}</rptOwnerCcc>",
    ],
)
def test_no_way_of_writing_it_shows_a_ccc(text: str) -> None:
    assert CCC not in masked(text)
    assert len(masked(text)) == len(text)


def test_an_enclosed_document_is_masked_too() -> None:
    """It is base64, and a CCC in it is readable for whoever decodes it."""
    assert masked("<documentMimeBlock>\n PD94 bWw=\n</documentMimeBlock>") == (
        "<documentMimeBlock>\n **** ****\n</documentMimeBlock>"
    )


def test_what_stands_behind_a_key_is_masked() -> None:
    text = 'owners:\n  - {cik: 1, ccc: ab@c1234}\n  - rptOwnerCcc: "xy#z5678"\n    name: X\nCCC:\n  ab@c1234\n'
    shown = masked(text)
    assert len(shown) == len(text)
    assert "ab@c1234" not in shown
    assert "xy#z5678" not in shown
    assert "name: X" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"<rptOwnerCcc><value>{CCC}</value></rptOwnerCcc>", f"<rptOwnerCcc>******>{STARS}*******></rptOwnerCcc>"),
        (f"<rptOwnerCcc><value>{CCC}<x>", f"<rptOwnerCcc>******>{STARS}<x>"),
        (f"<ccc>{CCC[:4]}<?p q?>{CCC[4:]}</ccc>", "<ccc>******* **>****</ccc>"),
        (f"<filerCcc>{CCC}</filerCcc>", f"<filerCcc>{STARS}</filerCcc>"),
        (f"<a>{CCC}</a>", f"<a>{STARS}</a>"),
        (f"0001234567: {CCC}", f"0001234567: {STARS}"),
        ("1234567:password # x", f"1234567:{STARS} # x"),
        (f"cik,ccc\n1234567,{CCC}\n", f"cik,ccc\n1234567,{STARS}\n"),
        (f"ccc: |\n  {CCC}\n  more\nname: X", f"ccc: *\n  {STARS}\n  ****\nname: X"),
        (f"- ccc: {CCC}\n  name: X", f"- ccc: {STARS}\n  name: X"),
    ],
)
def test_what_is_like_a_ccc_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_what_was_remembered_is_masked_however_it_is_escaped() -> None:
    remember('ab<"1@x')
    written = 'ab<"1@x ab&lt;&#34;1@x ab&lt;&quot;1@x ab%3C%221%40x ab<\\"1@x'
    assert without_known(written).strip("* ") == ""
    assert holds_known('see ab<"1@x')


def test_a_finding_holds_no_ccc() -> None:
    finding = error("TXN003", f'"{CCC}" is no date', hint=f"Not {CCC}.")
    assert (finding.message, finding.hint) == (f'"{STARS}" is no date', f"Not {STARS}.")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("few", [False, True])
def test_what_has_the_shape_of_a_ccc_is_found_however_many_of_its_signs_there_are(seed: int, *, few: bool) -> None:
    """Words of a CCC's signs and of what may stand beside them, alone and in a long text that has no more of them."""
    chance = random.Random(seed)
    count = 0
    for _ in range(3000):
        text = "".join(chance.choices("aA1@#$*_.- \u00e9\n", [8, 3, 6, 2, 2, 2, 1, 1, 1, 1, 3, 1, 1], k=30))
        around = chance.choice(["x" * 1500, " y." * 500]) if few else ""
        spelled = f"{text} {around}" if chance.random() < 0.5 else f"{around} {text}"
        expected = masking._SHAPE.sub(lambda one: masking._is_like_a_ccc(one[0]) * "*" * 8 or one[0], spelled)
        assert masked_words(spelled) == expected
        count += expected != spelled
    assert count > 100


@pytest.mark.parametrize(
    "name", ["CCC", "rptOwnerCcc", "documentMimeBlock", "DOCUMENTMIMEBLOCK", "documentMimeBloc\u212a"]
)
def test_an_element_is_called_like_a_secret_in_whatever_letters(name: str) -> None:
    assert masked(f"<a><{name}>plainone</{name}></a>") == f"<a><{name}>********</{name}></a>"
