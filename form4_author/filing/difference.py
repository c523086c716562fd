"""What differs between two filings, in the words of the form: which line, which column, from what to what.

What the form shows is compared: a number by its value, a box by whether it is checked, a footnote by its text and not
by its number. What no form shows (the schema version, EDGAR's own marks) is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from form4_author.filing.alignment import (
    note_texts,
    paired_owners,
    paired_rows,
    paired_signatures,
    reworded,
    says_the_same,
)
from form4_author.filing.columns import BY_ATTRIBUTE, Column, Kind, has_cell, of_table
from form4_author.filing.forms import FORM_4, FormType, form_of
from form4_author.filing.marks import used_notes
from form4_author.filing.model import Field, Filing, ReportingOwner, Row, Signature, Table, Value
from form4_author.filing.wording import amount, code_of, day, early_of, mark_number, money, value_text

#: A column of a table, and its number on the form.
_Numbered = tuple[Column, str]
_EXPLANATION = "Explanation of Responses"
_NONE_OWNED = "No securities are beneficially owned"
_HEAD_BOXES = (
    ("not_subject_to_section16", "no longer subject to Section 16"),
    ("form3_holdings_reported", "Form 3 holdings reported"),
    ("form4_transactions_reported", "Form 4 transactions reported"),
    ("aff10b5_one", "Rule 10b5-1(c) plan"),
)
#: Boxes that EDGAR checks by the lines: a filer's document says nothing of them.
_CHECKED_BY_EDGAR = frozenset({"form3_holdings_reported", "form4_transactions_reported"})
_SHOWN: dict[Kind, Callable[[Field], str]] = {Kind.DOLLARS: money, Kind.COUNT: amount, Kind.DATE: day}
#: Columns of which what is shown is compared: more than one cell has a part in it.
_TOLD_IN_WORDS = frozenset({"coding", "timeliness"})
_OWNER_TEXTS = (
    ("street1", "street"),
    ("street2", "second street line"),
    ("city", "city"),
    ("state", "state"),
    ("non_us_state_territory", "territory"),
    ("country", "country"),
    ("zip_code", "ZIP or postal code"),
    ("officer_title", "officer's title"),
    ("other_text", "other relationship"),
)
_OWNER_BOXES = (
    ("non_us_address", "non-US address"),
    ("is_director", "Director"),
    ("is_officer", "Officer"),
    ("is_ten_percent_owner", "10% Owner"),
    ("is_other", "Other"),
)


class Difference(Struct, frozen=True):
    """One thing that two forms say differently.

    Attributes:
        place: where on the form (`Table I, line 2`); with both numbers where a line stands elsewhere.
        column: which column or box (`column 4, price`); empty where a whole line, owner or signature is meant.
        old: what the first form says; empty where it says nothing.
        new: what the second form says; empty where it says nothing.
    """

    place: str
    column: str
    old: str
    new: str


def differences(old: Filing, new: Filing) -> list[Difference]:
    """What the second form says differently from the first, as one reads the form; nothing where they say the same."""
    notes = _Footnotes.of(old, new)
    forms = form_of(old), form_of(new)
    return [
        *_heads(old, new),
        *_owners(old, new),
        *_table(Table.I, old.table1, new.table1, notes, forms),
        *_table(Table.II, old.table2, new.table2, notes, forms),
        *notes.differences(old, new),
        *_text("Remarks", "", old.remarks, new.remarks),
        *_signatures(old.signatures, new.signatures),
    ]


def _heads(old: Filing, new: Filing) -> Iterator[Difference]:
    captions = form_of(new).captions
    box = {name: f"Box {number}" for name, number in captions.boxes.items()}
    issuer = f"{box['issuer']}, issuer"
    yield from _text("Top of the form", "form type", old.document_type, new.document_type)
    for name, words in _HEAD_BOXES:
        before, after = _both(old, new, name)
        if name not in _CHECKED_BY_EDGAR or (before.present and after.present):
            yield from _box("Top of the form", words, before, after)
    yield from _cik(issuer, old.issuer.cik, new.issuer.cik)
    if old.issuer.name and new.issuer.name:
        yield from _text(issuer, "name", old.issuer.name, new.issuer.name)
    yield from _text(issuer, "trading symbol", *_both(old.issuer, new.issuer, "trading_symbol"))
    yield from _text(
        f"{box['issuer']}a", "foreign trading symbol", *_both(old.issuer, new.issuer, "foreign_trading_symbol")
    )
    yield from _text(box["period"], captions.period.lower(), *_both(old, new, "period_of_report"), show=day)
    yield from _text(box["original"], "date original filed", *_both(old, new, "date_of_original_submission"), show=day)
    if old.owns_nothing != new.owns_nothing:
        yield Difference(_EXPLANATION, "", *(_NONE_OWNED if said.owns_nothing else "" for said in (old, new)))


def _both(old: object, new: object, name: str) -> tuple[Value, Value]:
    return getattr(old, name), getattr(new, name)


def _text(
    place: str, column: str, old: Value, new: Value, show: Callable[[Value], str] = value_text
) -> Iterator[Difference]:
    if not says_the_same(old, new):
        yield Difference(place, column, show(old), show(new))


def _box(place: str, column: str, old: Value, new: Value) -> Iterator[Difference]:
    if old.truth != new.truth:
        words = {True: "checked", False: "not checked"}
        yield Difference(place, column, words[old.truth], words[new.truth])


def _cik(place: str, old: Value, new: Value) -> Iterator[Difference]:
    if old.text.strip().lstrip("0") != new.text.strip().lstrip("0"):
        yield Difference(place, "CIK", value_text(old), value_text(new))


# --- owners and signatures ------------------------------------------------------------------------------------------


def _owners(old: Filing, new: Filing) -> Iterator[Difference]:
    for i, j in paired_owners(old.owners, new.owners):
        if j < 0:
            yield Difference("Box 1", "", _owner_name(old.owners[i]), "")
        elif i < 0:
            yield Difference("Box 1", "", "", _owner_name(new.owners[j]))
        else:
            yield from _owner(f"Reporting person {j + 1}", old.owners[i], new.owners[j])


def _owner(place: str, old: ReportingOwner, new: ReportingOwner) -> Iterator[Difference]:
    yield from _cik(place, old.cik, new.cik)
    if old.name and new.name:
        yield from _text(place, "name", old.name, new.name)
    for name, words in _OWNER_TEXTS:
        yield from _text(place, words, *_both(old, new, name))
    for name, words in _OWNER_BOXES:
        yield from _box(place, words, *_both(old, new, name))


def _owner_name(owner: ReportingOwner) -> str:
    return " ".join(part for part in (value_text(owner.name), f"(CIK {value_text(owner.cik)})") if part)


def _signatures(old: Sequence[Signature], new: Sequence[Signature]) -> Iterator[Difference]:
    for i, j in paired_signatures(old, new):
        if j < 0:
            yield Difference("Signatures", "", f"{value_text(old[i].name)}, {day(old[i].date)}", "")
        elif i < 0:
            yield Difference("Signatures", "", "", f"{value_text(new[j].name)}, {day(new[j].date)}")
        else:
            yield from _text(f"Signature {j + 1}", "name", old[i].name, new[j].name)
            yield from _text(f"Signature {j + 1}", "date", old[i].date, new[j].date, show=day)


# --- lines ----------------------------------------------------------------------------------------------------------


def _table(
    table: Table, before: Sequence[Row], after: Sequence[Row], notes: _Footnotes, forms: tuple[FormType, FormType]
) -> Iterator[Difference]:
    columns = [(column, column.number(table, forms[1].numbering)) for column in of_table(table, forms[1].numbering)]
    for i, j in paired_rows(before, after):
        if j < 0:
            yield Difference(f"Table {table.value}, line {i + 1}", "", in_words(before[i], forms[0]), "")
        elif i < 0:
            yield Difference(f"Table {table.value}, line {j + 1}", "", "", in_words(after[j], forms[1]))
        else:
            place = f"Table {table.value}, line {i + 1}" + (f" (now {j + 1})" if i != j else "")
            yield from _line(place, before[i], after[j], columns, forms)
            yield from notes.marks(place, before[i], after[j], columns, forms[1])


def _line(
    place: str, old: Row, new: Row, columns: Sequence[_Numbered], forms: tuple[FormType, FormType]
) -> Iterator[Difference]:
    for column, number in columns:
        name = column.attribute
        if name not in _TOLD_IN_WORDS and says_the_same(getattr(old, name), getattr(new, name)):
            continue
        heading = f"column {number}, {column.called(forms[1].numbering)}"
        if name == "coding":
            before, after = code_of(old, forms[0]), code_of(new, forms[1])
            if before != after:
                yield Difference(place, heading, before, after)
        elif name == "timeliness":
            before, after = early_of(old, forms[0]), early_of(new, forms[1])
            if before != after:
                yield Difference(place, f"column {number}, V", before, after)
        else:
            yield Difference(place, heading, shown(name, getattr(old, name)), shown(name, getattr(new, name)))


class _Footnotes(Struct, frozen=True):
    """The footnotes of two forms by their ids, and what became of those that were put into other words."""

    old: dict[str, str]
    new: dict[str, str]
    reworded: dict[str, str]

    @classmethod
    def of(cls, old: Filing, new: Filing) -> _Footnotes:
        before, after = note_texts(old), note_texts(new)
        return cls(before, after, reworded(before, after))

    def marks(
        self, place: str, old: Row, new: Row, columns: Sequence[_Numbered], form: FormType
    ) -> Iterator[Difference]:
        """Footnotes on the cells of one line that stand on one form only."""
        for column, number in columns:
            if not getattr(old, column.attribute).footnotes and not getattr(new, column.attribute).footnotes:
                continue
            heading = f"column {number}, {column.called(form.numbering)}, footnote"
            texts = [self.old.get(mark, mark) for mark in getattr(old, column.attribute).footnote_ids]
            before = [self.reworded.get(text, text) for text in texts]
            after = [self.new.get(mark, mark) for mark in getattr(new, column.attribute).footnote_ids]
            yield from (
                Difference(place, heading, text, "")
                for text, now in zip(texts, before, strict=True)
                if now not in after
            )
            yield from (Difference(place, heading, "", text) for text in after if text not in before)

    def differences(self, old: Filing, new: Filing) -> Iterator[Difference]:
        """Footnotes in other words, and those that no line refers to."""
        for number, text in self.old.items():
            if text in self.reworded:
                yield Difference(_EXPLANATION, f"footnote {mark_number(number)}", text, self.reworded[text])
        before, after = _unused(old, self.old), _unused(new, self.new)
        then = {*self.old.values(), *self.reworded.values()}
        now = {*self.new.values(), *self.reworded}
        yield from (Difference(_EXPLANATION, "", text, "") for text in before if text not in now)
        yield from (Difference(_EXPLANATION, "", "", text) for text in after if text not in then)


def _unused(filing: Filing, texts: dict[str, str]) -> list[str]:
    """The footnotes that no line refers to."""
    used = used_notes(filing.rows)
    return [text for number, text in texts.items() if number not in used]


def shown(name: str, cell: Field) -> str:
    """A cell as the form shows it; empty without a value."""
    if not cell.text.strip():
        return ""
    return _SHOWN.get(BY_ATTRIBUTE[name].kind, value_text)(cell)


def in_words(row: Row, form: FormType = FORM_4) -> str:
    """A line in short: `S 10,000 Common Stock (D) at $22.5307 on 11/22/2013, 0 owned after, direct`.

    Args:
        row: the line.
        form: the form that it stands on; where that states no amount owned in the table, the number underlying it is
            told instead.
    """
    if not has_cell("shares_owned_following", row.table, form.numbering):
        row = replace(row, shares_owned_following=row.underlying_shares, value_owned_following=row.underlying_value)
    owned = row.shares_owned_following or row.value_owned_following
    after = amount(owned) if row.shares_owned_following else money(owned)
    nature = value_text(row.nature_of_ownership)
    ownership = f"indirect: {nature}" if nature else "indirect" if row.direct_or_indirect.text == "I" else "direct"
    if row.holding:
        late = f" (form type {value_text(row.form_type)})" if row.form_type else ""
        return f"{after} {value_text(row.security_title)} held{late}, {ownership}"
    number = amount(row.shares) if row.shares else money(row.total_value)
    price = f" at {money(row.price_per_share)}" if row.price_per_share.text else ""
    head = (
        f"{code_of(row, form)} {number} {value_text(row.security_title)} ({value_text(row.acquired_disposed)}){price}"
    )
    return f"{head} on {day(row.transaction_date)}, {after} owned after, {ownership}"
