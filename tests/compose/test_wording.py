"""The words of footnotes: a firm's, whose sentences stand or fall with their facts, and signs that EDGAR takes."""

from __future__ import annotations

import pytest

from form4_author.compose.holders import in_words
from form4_author.findings import Severity
from tests.plans import composed, findings_of, plan_text, told

TRUST = "ownership_lines:\n  trust: {indirect: By Family Trust, note: {trustee: reporting person%s}}\n"
OF_TRUST = "opening:\n  - {security: common, amount: 500, ownership: trust}\n"
SALE = "transactions:\n  - {date: 2026-11-18, sale: common, amount: 5, price: 31%s}\n"


def texts(**parts: str) -> list[str]:
    return [note.text.text for note in composed(plan_text(**parts)).filing.footnotes]


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ("", "Held by the Family Trust."),
        (", beneficiaries: her sons", "Held by the Family Trust. The reporting person acts for her sons."),
        (
            ", beneficiaries: her sons, disclaim: no",
            "Held by the Family Trust. The reporting person acts for her sons.",
        ),
    ],
)
def test_a_firms_sentence_stands_where_its_facts_are_given(facts: str, text: str) -> None:
    library = "library:\n  trustee: 'Held by {holder}. {trustee} acts for {beneficiaries}. {disclaim}'\n"
    sale = SALE % ", ownership: trust"
    assert texts(ownership_lines=TRUST % facts, opening=OF_TRUST, library=library, transactions=sale) == [text]


def test_a_firms_words_may_place_the_disclaimer() -> None:
    library = "library:\n  spouse: '{disclaim} The shares are those of {holder}.'\n"
    lines = "ownership_lines:\n  hers: {indirect: By Spouse, note: {spouse: yes, disclaim: yes}}\n"
    opening = "opening:\n  - {security: common, amount: 500, ownership: hers}\n"
    (text,) = texts(ownership_lines=lines, opening=opening, library=library, transactions=SALE % ", ownership: hers")
    assert text.startswith("The reporting person disclaims beneficial ownership of these securities except to the ")
    assert text.endswith(" interest in them. The shares are those of the reporting person's spouse.")


def test_a_firms_text_names_the_facts_of_its_kind_alone() -> None:
    (found,) = findings_of(plan_text(library="library:\n  vests: They vest {vest}.\n"))
    assert (found.code, found.message, found.hint) == ("PLN011", 'vests has no fact "vest"', "Did you mean vests?")
    assert told(plan_text(library="library:\n  spouse: By the spouse {who}.\n"))[0].endswith('spouse has no fact "who"')
    assert told(plan_text(library="library:\n  trustee: '{holder}, {trustee}'\n  ours: '{anything}'\n")) == []


def test_a_line_tells_the_holder_of_a_footnote_on_it() -> None:
    opening = "opening:\n  - {security: common, amount: 500, ownership: {indirect: By Spouse}}\n"
    sale = SALE % ", ownership: {indirect: By Spouse}, notes: {nature: {sole_member: Ann Roe}}"
    assert texts(opening=opening, transactions=sale) == [
        "The securities are held by the reporting person's spouse, of which Ann Roe is the sole member."
    ]


@pytest.mark.parametrize(
    ("nature", "words"),
    [
        ("By Spouse", "the reporting person's spouse"),
        ("by Children", "the reporting person's children"),
        ("By Family Trust", "the Family Trust"),
        ("By the Roe Family Trust", "the Roe Family Trust"),
        ("By 401(k) Plan", "the 401(k) Plan"),
        ("By Cedar Fund, L.P.", "Cedar Fund, L.P."),
        ("Held by Long River Ltd.", "Long River Ltd."),
    ],
)
def test_a_nature_in_words(nature: str, words: str) -> None:
    assert in_words(nature) == words


def test_what_an_event_says_in_signs_that_edgar_does_not_take_is_told_once_at_the_sign() -> None:
    gift = "transactions:\n  - {date: 2026-11-18, gift: common, amount: 5, to: a “friend” of Jos%s}\n"
    found = findings_of(plan_text(transactions=gift % "e"))
    assert [(f.severity, f.origin.position and f.origin.position.column) for f in found] == [
        (Severity.NOTE, 55),
        (Severity.NOTE, 62),
    ]
    assert texts(transactions=gift % "e") == ['A gift to a "friend" of Jose.']
    assert told(plan_text(transactions=gift % "é"))[-1] == (
        "10:70 DOC008 latin small letter e with acute (é) is no character that EDGAR takes"
    )
