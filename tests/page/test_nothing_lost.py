"""Every value of a filing and every word of the form is on the page, and no text becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec import Struct
from msgspec.structs import fields, replace

from form4_author.filing import ABSENT, Field, Footnote, Issuer, Value
from form4_author.page import drawing
from tests.page.sheets import sheet_of, text_of
from tests.page_filings import exercise_and_sell, field
from tests.page_sheet import our_sheet


def leaves(node: Any, path: str = "") -> Iterator[str]:
    """The path of every value that a filing can hold, a line, an owner, a footnote and a signature standing for all."""
    for part in fields(node):
        here, value = f"{path}.{part.name}".strip("."), getattr(node, part.name)
        if isinstance(value, Value | Field):
            yield here
        elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
            yield from leaves(value[0], f"{here}.0")
        elif isinstance(value, Struct):
            yield from leaves(value, here)


def with_value(node: Any, path: str, text: str) -> Any:
    """The filing with that text at a path."""
    name, _, rest = path.partition(".")
    value = getattr(node, name)
    if isinstance(value, tuple):
        index, _, rest = rest.partition(".")
        changed = with_value(value[int(index)], rest, text)
        return replace(node, **{name: (*value[: int(index)], changed, *value[int(index) + 1 :])})
    if rest:
        return replace(node, **{name: with_value(value, rest, text)})
    return replace(node, **{name: Field(Value(text)) if isinstance(value, Field) else Value(text)})


NOT_PRINTED = {
    "schema_version": "the form is printed in its edition",
    "document_type": "printed as FORM 4, and Amendment for 4/A",
    "issuer.cik": "the printed form has no CIK; the HTML keeps it as data-cik",
    "owners.0.cik": "as above",
    "owners.0.good_address": "EDGAR's own note on its address of record",
    "table1.0.coding": "holds no value, only footnotes",
    "table2.0.coding": "as above",
    **{f"table1.0.{name}": "Table II alone has it" for name in ("conversion_or_exercise_price", "exercise_date")},
    **{f"table1.0.{name}": "Table II alone has it" for name in ("expiration_date", "underlying_title")},
    **{f"table1.0.{name}": "Table II alone has it" for name in ("underlying_shares", "underlying_value")},
}
#: What other forms print: see `test_what_forms_3_and_5_alone_print`.
OF_OTHER_FORMS = {"no_securities_owned", "form3_holdings_reported", "form4_transactions_reported"}
BOXES = {
    *("not_subject_to_section16", "aff10b5_one", "owners.0.non_us_address", "table1.0.equity_swap"),
    *("owners.0.is_director", "owners.0.is_officer", "owners.0.is_ten_percent_owner", "owners.0.is_other"),
    "table2.0.equity_swap",
}


def test_every_value_of_a_filing_is_printed_whatever_its_text() -> None:
    filing = replace(exercise_and_sell("X0609"), issuer=Issuer(), remarks=ABSENT)
    paths = list(leaves(filing))
    assert len(paths) > 70
    assert set(NOT_PRINTED) | BOXES | OF_OTHER_FORMS < set(paths)
    lost = {path for path in paths if "Odd, text 1/2" not in text_of(with_value(filing, path, "Odd, text 1/2"))}
    assert lost == set(NOT_PRINTED) | BOXES | OF_OTHER_FORMS


def test_what_forms_3_and_5_alone_print() -> None:
    base = replace(exercise_and_sell("X0609"), issuer=Issuer(), table1=(), table2=())
    for text, checked in (("1", True), ("true", True), ("0", False), ("", False)):
        initial = sheet_of(replace(base, document_type=Value("3"), no_securities_owned=Value(text)))
        assert (initial.form, initial.none_owned, initial.exit_box) == ("3", checked, None)
        annual = replace(base, document_type=Value("5"))
        for name in OF_OTHER_FORMS - {"no_securities_owned"}:
            annual = with_value(annual, name, text)
        sheet = sheet_of(annual)
        assert (sheet.form, sheet.form3_box, sheet.form4_box) == ("5", checked, checked)


def test_each_box_follows_its_value() -> None:
    base = replace(exercise_and_sell("X0508"), issuer=Issuer())
    for path in BOXES - {"owners.0.non_us_address"}:
        sheets = [sheet_of(with_value(base, path, text)) for text in ("1", "true", "0", "false", "", "yes")]
        assert sheets[0] == sheets[1] != sheets[2] == sheets[3] == sheets[4] == sheets[5], path


def test_footnotes_are_shown_referred_to_or_not_and_marks_without_a_footnote_lead_nowhere() -> None:
    line = replace(exercise_and_sell().table1[0], security_title=field("Common Stock", 7, 9))
    notes = (Footnote(id=Value("F9"), text=Value("Nine.")), Footnote(id=Value("F4"), text=Value("Nobody's.")))
    page = drawing.html(replace(exercise_and_sell(), table1=(line,), table2=(), footnotes=notes), fonts=False)
    assert our_sheet(page).footnotes == (("9", "Nine."), ("4", "Nobody's."))
    assert our_sheet(page).table1[0][0] == ("Common Stock", ("(7)", "(9)"))
    root = etree.HTML(page)
    targets = {element.get("id") for element in root.iter("*")}
    links = [(link.get("href"), "".join(map(str, link.itertext()))) for link in root.iter("a")]
    assert links == [("#note-F9", "(9)"), ("#t1-1", "9.")]
    assert {str(href)[1:] for href, _ in links} <= targets


HOSTILE = (
    """</style></title><script>alert(1)</script>"'{{ 7 * 7 }}{% include "form4.css" %}&amp;url(http://example.com)\\"""
)


def test_text_is_text_wherever_it_stands() -> None:
    filing = exercise_and_sell("X0609")
    calm = etree.HTML(drawing.html(filing, fonts=False))
    for path in leaves(filing):
        page = drawing.html(with_value(filing, path, HOSTILE), fonts=False)
        root = etree.HTML(page)
        assert not list(root.iter("script", "img", "link", "iframe", "object"))
        assert {str(e.tag) for e in root.iter("*")} <= {str(e.tag) for e in calm.iter("*")} | {"br"}
        assert [link for link in root.iter("a") if not str(link.get("href")).startswith("#")] == []
        (style,) = root.iter("style")
        assert "example.com" not in str(style.text)


WORDS = """\
Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may continue. See Instruction 1(b).

Check this box to indicate that a transaction was made pursuant to a contract, instruction or written plan for the
purchase or sale of equity securities of the issuer that is intended to satisfy the affirmative defense conditions of
Rule 10b5-1(c). See Instruction 10.

UNITED STATES SECURITIES AND EXCHANGE COMMISSION Washington, D.C. 20549 STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or Section 30(h) of the Investment Company Act
of 1940

OMB APPROVAL OMB Number: 3235-0287 Estimated average burden hours per response: 0.5

1. Name and Address of Reporting Person*

2. Issuer Name and Ticker or Trading Symbol

3. Date of Earliest Transaction (Month/Day/Year)

4. If Amendment, Date of Original Filed (Month/Day/Year)

5. Relationship of Reporting Person(s) to Issuer (Check all applicable)

6. Individual or Joint/Group Filing (Check Applicable Line)

Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned

4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)

Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned (e.g., puts, calls, warrants, options,
convertible securities)

7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)

Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly.

* If the form is filed by more than one reporting person, see Instruction 4(b)(v).

** Intentional misstatements or omissions of facts constitute Federal Criminal Violations. See 18 U.S.C. 1001 and 15
U.S.C. 78ff(a).

Note: File three copies of this Form, one of which must be manually signed. If space is insufficient, see Instruction 6
for procedure.

Persons who respond to the collection of information contained in this form are not required to respond unless the
form displays a currently valid OMB Number.
"""


def test_the_words_of_the_form() -> None:
    text, at = re.sub(r"\s", "", text_of(exercise_and_sell("X0609"))), -1
    for words in WORDS.split("\n\n"):
        found = text.find(re.sub(r"\s", "", words), at + 1)
        assert found > at, words
        at = found
