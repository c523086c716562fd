"""FTN: footnotes, their ids, and the marks that refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from form4_author.findings import Severity
from form4_author.masking import masked_words
from form4_author.preflight.engine import ALL_FORMS, Problem, rule
from form4_author.preflight.form import Form, has_text, shown
from form4_author.sec_codes import MAX_FOOTNOTE

_ID = re.compile(r"F[1-9]\d?", re.ASCII)


@rule("FTN001", Severity.ERROR, "a footnote that nothing refers to", source="Specification 5", forms=ALL_FORMS)
def unreferenced(form: Form) -> Iterator[Problem]:
    """EDGAR suspends a form with a footnote that no cell refers to.

    A general explanation goes on a cell it concerns, such as the transaction code, or into the remarks.
    """
    referred = {mark.text for noted in form.noted for mark in noted.cell.footnotes}
    for note in form.filing.footnotes:
        if note.id.text not in referred and _ID.fullmatch(note.id.text):
            yield Problem(
                f"no cell refers to footnote {note.id.text}: {shown(note.text.text.strip())}",
                note.origin,
                "Refer to it from the cell that it explains, or move its text to the remarks.",
            )


@rule(
    "FTN002",
    Severity.ERROR,
    "a reference to a footnote that doesn't exist",
    source="Specification 4.3.6, 5",
    forms=ALL_FORMS,
)
def dangling(form: Form) -> Iterator[Problem]:
    """Every mark must lead to a footnote. Not every XML validator checks this: EDGAR does."""
    for noted in form.noted:
        for mark in noted.cell.footnotes:
            if mark.text not in form.notes:
                yield Problem(
                    f"{noted} refers to footnote {mark.text or 'without an id'}, which doesn't exist",
                    mark.origin,
                    "Write the footnote, or remove the mark.",
                )


@rule(
    "FTN003",
    Severity.ERROR,
    "one cell that refers to the same footnote twice",
    source="Specification 4.3.6, 5",
    forms=ALL_FORMS,
)
def same_footnote_twice(form: Form) -> Iterator[Problem]:
    """A cell may refer to several footnotes, but to each only once."""
    for noted in form.noted:
        seen: set[str] = set()
        for mark in noted.cell.footnotes:
            if mark.text in seen:
                yield Problem(
                    f"{noted} refers to footnote {mark.text} twice", mark.origin, "Remove one of the two marks."
                )
            seen.add(mark.text)


@rule("FTN004", Severity.ERROR, "a footnote over 1,000 characters", source="Specification 3.5, 5", forms=ALL_FORMS)
def long_footnote(form: Form) -> Iterator[Problem]:
    """A footnote holds at most 1,000 characters; the schema sets no limit, but EDGAR suspends what is longer.

    Split it in two, and refer to both from the same cell.
    """
    for note in form.filing.footnotes:
        length = len(note.text.text)
        if length > MAX_FOOTNOTE:
            first, rest = split(note.text.text)
            beginning = masked_words(rest[:200])[:40]
            parts = (
                f'Split it in two, both referred to from the same cell: the second could begin with "{beginning}...".'
                if len(rest) <= MAX_FOOTNOTE
                else f"Split it in {-(-length // MAX_FOOTNOTE)} or more, all referred to from the same cell."
            )
            over = f"footnote {note.id.text} has {length:,} characters, {length - MAX_FOOTNOTE:,} too many"
            yield Problem(over, note.text.origin, parts if first else "Shorten it.")


def split(text: str) -> tuple[str, str]:
    """A footnote in two parts, each stripped.

    The first ends with the last sentence that fits 1,000 characters, or where none does, with the last word.
    """
    head = text[: MAX_FOOTNOTE + 1]
    ends = [match.end() for match in re.finditer(r"[.;](?=\s)", head) if match.end() <= MAX_FOOTNOTE]
    at = ends[-1] if ends and ends[-1] > MAX_FOOTNOTE // 4 else head.rfind(" ")
    at = at if at > 0 else MAX_FOOTNOTE
    return text[:at].strip(), text[at:].strip()


@rule("FTN005", Severity.WARNING, "an empty footnote", source="practice", forms=ALL_FORMS)
def empty_footnote(form: Form) -> Iterator[Problem]:
    """A footnote without text explains nothing, yet its number stands on the form."""
    for note in form.filing.footnotes:
        if not has_text(note.text):
            yield Problem(f"footnote {note.id.text} is empty", note.origin, "Write it, or remove it and its marks.")


@rule(
    "FTN006",
    Severity.ERROR,
    "a footnote id that is not F1 to F99",
    source="Specification 3.2, 4.3.5, 5",
    forms=ALL_FORMS,
)
def malformed_id(form: Form) -> Iterator[Problem]:
    """A footnote's id is a capital F and a number from 1 to 99 without leading zeros."""
    for note in form.filing.footnotes:
        if not _ID.fullmatch(note.id.text):
            what = f"the footnote id {shown(note.id.text)} is not" if note.id.text else "a footnote has no id, such as"
            yield Problem(f"{what} F1 to F99", note.origin, "Write a capital F and a number from 1 to 99, as in F3.")


@rule("FTN007", Severity.ERROR, "two footnotes with the same id", source="Specification 4.3.5, 5", forms=ALL_FORMS)
def duplicate_id(form: Form) -> Iterator[Problem]:
    """Each footnote has an id of its own."""
    seen: set[str] = set()
    for note in form.filing.footnotes:
        if note.id.text and note.id.text in seen:
            yield Problem(f"there are two footnotes {note.id.text}", note.origin, "Give one of them another number.")
        seen.add(note.id.text)


@rule("FTN008", Severity.WARNING, "the footnote id F99", source="Specification 4.3.5", forms=ALL_FORMS)
def footnote_99(form: Form) -> Iterator[Problem]:
    """The specification allows the numbers 1 to 99, and yet names F99 among its examples of ids that EDGAR suspends.

    The schema allows it. Better not to find out.
    """
    for note in form.filing.footnotes:
        if note.id.text == "F99":
            yield Problem(
                "footnote F99: the specification lists this id among those that EDGAR suspends, against its own rule",
                note.origin,
                "Use another number.",
            )


@rule("FTN009", Severity.NOTE, "footnote numbers with gaps or out of reading order", source="practice", forms=ALL_FORMS)
def numbering(form: Form) -> Iterator[Problem]:
    """Footnotes are usually numbered as one meets them on the form, without gaps.

    One reads left to right along each line, Table I before Table II. EDGAR doesn't mind; a plan is numbered so by
    itself.
    """
    notes = form.filing.footnotes
    if not notes:
        return
    numbers = [note.id.text for note in notes]
    met = list(dict.fromkeys(mark.text for noted in form.noted for mark in noted.cell.footnotes))
    sound = all(_ID.fullmatch(number) for number in numbers) and "F99" not in numbers
    if not sound or set(met) != set(numbers) or len(set(numbers)) < len(numbers):
        return
    missing = [f"F{n}" for n in range(1, len(numbers) + 1) if f"F{n}" not in numbers]
    if missing:
        listed = ", ".join(missing[:5])
        yield Problem(
            f"footnote numbers have gaps: {listed} missing", notes[0].origin, "Number them F1, F2, F3 and so on."
        )
        return
    wrong = next(((name, n) for n, name in enumerate(met, 1) if name != f"F{n}"), None)
    if wrong:
        yield Problem(
            f"footnotes are not numbered in reading order: {wrong[0]} is met where F{wrong[1]} would be",
            notes[0].origin,
            "Number them along each line, Table I before Table II.",
        )
