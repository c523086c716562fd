"""What of an XML text is not shown: character for character, however it is written."""

from __future__ import annotations

import pytest

from form4_author.edgar.masking import masked

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
