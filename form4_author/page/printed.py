"""How the printed form writes what a filing holds: numbers, dates, codes, places, and what its edition shows.

Each of these gives plain text; the templates of `templates/page/` put it into place. A text that can't be read as
what it should be is shown as it stands: the page never hides what the document says. The display rules are those of
the SEC's own stylesheets, measured on what they make of real filings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from form4_author.filing import Feature, Filing, ReportingOwner, form_of
from form4_author.filing.forms import called
from form4_author.filing.marks import first_uses
from form4_author.filing.wording import day, mark_number, value_text
from form4_author.sec_codes.places import place_name

_LONGEST_NAME = 80
_LONGEST_WORD = 1000
_LONGEST_TEXT = 10_000
_WORDS = re.compile(r"\S+|\s+")
_PLAIN = re.compile(r"[A-Za-z0-9]", re.ASCII)


class Whole(str):
    """A text that stands in the page as it is, however long: an embedded font."""

    __slots__ = ()


def in_pieces(shown: object) -> object:
    """What a template shows, a word of over 1,000 characters broken into pieces and a very long text cut.

    To set them whole takes minutes. No word that a person writes is as long, and EDGAR takes no text of a fifth of that
    length, so that only the page of a draft can be cut.
    """
    if not isinstance(shown, str) or isinstance(shown, Whole) or len(shown) <= _LONGEST_WORD:
        return shown
    if len(shown) > _LONGEST_TEXT:
        shown = f"{shown[:_LONGEST_TEXT]} ... (cut here: the text has {len(shown):,} characters)"
    if max(map(len, shown.split()), default=0) <= _LONGEST_WORD:
        return shown
    words = (
        " ".join(word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD)) if word.strip() else word
        for word in _WORDS.findall(shown)
    )
    return "".join(words)


def in_lines(number: str, longest: int = 12) -> list[str]:
    """A number of many digits in lines of that many characters at most, broken behind commas."""
    *groups, last = number.split(",")
    lines = [""]
    for part in (*(f"{group}," for group in groups), last):
        if lines[-1] and len(lines[-1]) + len(part) > longest:
            lines.append("")
        lines[-1] += part
    return lines


class Edition(Struct, frozen=True):
    """What the form shows in the edition of a schema version, and wherever a document holds it all the same.

    Attributes:
        plan_box: where the Rule 10b5-1(c) box stands: nowhere (`""`) before X0407, in a `row` of its own above Table
            I in X0407, at the `top` of the page since X0508.
        abroad: the country line, the foreign trading symbol and the names of places instead of their codes, since
            X0609.
        exit_box: the box of those who are no longer subject to Section 16.
        late_boxes: the boxes for what had been due on Forms 3 and 4.
    """

    plan_box: str
    abroad: bool
    exit_box: bool
    late_boxes: bool

    @classmethod
    def of(cls, filing: Filing) -> Edition:
        """The edition for a filing."""
        form, version = form_of(filing), filing.version
        newer = any(owner.country or owner.non_us_state_territory for owner in filing.owners)
        on_top = form.has(Feature.PLAN_BOX_ON_TOP, version)
        plan_box = "row" if form.has(Feature.PLAN_BOX, version) and not on_top else ""
        if not plan_box and (on_top or filing.aff10b5_one):
            plan_box = "top"
        abroad = form.has(Feature.ABROAD, version) or newer or bool(filing.issuer.foreign_trading_symbol)
        return cls(
            plan_box,
            abroad,
            form.has(Feature.EXIT_BOX, version) or filing.not_subject_to_section16.present,
            form.has(Feature.LATE_BOXES, version),
        )


class AddressLines(Struct, frozen=True):
    """The last lines of an owner's address in box 1.

    Attributes:
        state: state, or territory abroad; by name in an edition that has a country line, else by code.
        country: by name; empty in an edition without a country line.
        description: EDGAR's own name of the state or country, where no other line says it.
    """

    state: str
    country: str
    description: str

    @classmethod
    def of(cls, owner: ReportingOwner, edition: Edition) -> AddressLines:
        """The place an owner lives or has its seat in; the flag `rptOwnerNonUSAddressFlag` rules where it is set."""
        code = value_text(owner.state)
        state = (place_name(code) or code) if edition.abroad else code
        territory = value_text(owner.non_us_state_territory)
        country = value_text(owner.country)
        country = place_name(country) or country
        if edition.abroad and not country and not owner.non_us_address.truth and (state or owner.non_us_address):
            country = "UNITED STATES"
        shown = {text.upper() for text in (state, territory, country)}
        description = value_text(owner.state_description)
        return cls(
            ", ".join(filter(None, (territory, state))), country, "" if description.upper() in shown else description
        )


def back_links(filing: Filing) -> Mapping[str, str]:
    """For each footnote referred to, by its id, the anchor of the first line that does: `t1-3`, `t2-1`."""
    found: dict[str, str] = {}
    numbering = form_of(filing).numbering
    for table, rows in (("t1", filing.table1), ("t2", filing.table2)):
        for number, row in enumerate(rows, 1):
            for footnote_id in first_uses([row], numbering):
                found.setdefault(footnote_id, f"{table}-{number}")
    return found


def anchor_in_words(anchor: str) -> str:
    """Where a link of the page leads, for who can't see it: `Footnote 3`, `Table I, line 2`; else the anchor."""
    kind, _, name = anchor.partition("-")
    table = {"t1": "Table I", "t2": "Table II"}.get(kind)
    if table:
        return f"{table}, line {name}"
    return f"Footnote {mark_number(name)}" if kind == "note" else anchor


def in_a_line(filing: Filing) -> str:
    """What is before the reader, in a line: form, issuer, reporting persons, date; long names are cut short."""
    issuer, symbol = _cut(value_text(filing.issuer.name)), value_text(filing.issuer.trading_symbol)
    person = _cut(value_text(filing.owners[0].name)) if filing.owners else ""
    others = len(filing.owners) - 1
    further = f" and {others} other{'s' if others > 1 else ''}" if others > 0 else ""
    return f"{called(filing)}: {issuer} [{symbol}] - {person}{further} - {day(filing.period_of_report)}"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 3]}..."


def css_text(text: str) -> str:
    """A text as the inside of a CSS string: all but plain letters and digits by number."""
    folded = " ".join(text.split())
    return "".join(c if _PLAIN.match(c) else f"\\{ord(c):06x}" for c in folded)
