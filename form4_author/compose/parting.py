"""What is too much for one form -> the fewest forms that hold together.

A form holds 30 lines in each table, 99 footnotes and 10 owners (specification 3.3, 3.5, 4.3.5). The lines keep their
order, and so their running balances; those of one event stay on one form where they fit, holdings stand on the last.
Each form is whole in itself: its footnotes, its date of earliest transaction, and in the remarks which of them it
is.

Code: PLN023 one plan, several forms that belong together (a note).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.composition import Composition
from form4_author.filing import Filing, Footnote, FormType, Row, Signature, Value, form_of
from form4_author.filing.derivation import Derivation
from form4_author.filing.marks import first_uses, used_notes, with_marks
from form4_author.findings import Finding, Origin, Severity
from form4_author.plan.model import Plan

_ENTRY = re.compile(r"transactions\[\d+\]")
_IN_A_TABLE = re.compile(r"(?<=^Table )(I{1,2}), line (\d+)")


class _Atom(Struct, frozen=True):
    """Lines that are not parted, by their number among all, and what is torn where a form begins with them.

    `torn` is 0 for nothing, 1 for an event, 2 for a day of one.
    """

    lines: tuple[int, ...]
    torn: int = 0


def parted(composition: Composition, plan: Plan) -> tuple[Composition, ...]:
    """The forms of a plan; the one that it composes to, where that holds all.

    Args:
        composition: what the plan composes to, complete.
        plan: the plan.
    """
    filing = composition.filing
    form = form_of(filing)
    limits = form.limits
    over = [
        *(
            f"{len(table)} lines in Table {name}"
            for table, name in ((filing.table1, "I"), (filing.table2, "II"))
            if len(table) > limits.rows
        ),
        *([f"{len(filing.footnotes)} footnotes"] if len(filing.footnotes) > limits.footnotes else []),
        *([f"{len(filing.owners)} owners"] if len(filing.owners) > limits.owners else []),
    ]
    if not over:
        return (composition,)
    parts = [_Part(filing, lines, plan) for lines in _cut(filing, form)]
    groups = [range(at, at + limits.owners) for at in range(0, len(filing.owners), limits.owners)]
    forms = [(part, group) for part in parts for group in groups]
    if len(forms) == 1:
        return (composition,)  # footnotes that nothing refers to: for the rules to tell
    note = Finding(
        "PLN023",
        Severity.NOTE,
        f"{' and '.join(over)} are more than one form holds: {len(forms)} forms are made of it",
        _where(filing, form),
        "File them together; the remarks of each tell which of them it is.",
        "EDGAR Ownership XML Technical Specification 3.3, 3.5",
    )
    return tuple(
        replace(
            composition,
            filing=part.filing(group, number, len(forms), last=part is parts[-1]),
            findings=(*composition.findings, note),
            derivations=tuple(part.derivations(composition.derivations)),
        )
        for number, (part, group) in enumerate(forms, 1)
    )


def _where(filing: Filing, form: FormType) -> Origin:
    """The first thing that one form doesn't hold."""
    for listed, most in (
        (filing.table1, form.limits.rows),
        (filing.table2, form.limits.rows),
        (filing.footnotes, form.limits.footnotes),
    ):
        if len(listed) > most:
            return listed[most].origin
    return filing.owners[form.limits.owners].origin


# --- which lines stand together -----------------------------------------------------------------------------------


def _cut(filing: Filing, form: FormType) -> list[list[int]]:
    """The lines of each form, by their number among all: as few forms as may be, and as little torn."""
    atoms = [*_atoms(filing, form)]
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(atoms) + 1)  # forms, what is torn, where the first ends
    for begin in range(len(atoms) - 1, -1, -1):
        taken: list[int] = []
        found: tuple[int, int, int] | None = None
        for end in range(begin + 1, len(atoms) + 1):
            taken += atoms[end - 1].lines
            if end > begin + 1 and not _fits([filing.rows[line] for line in taken], form):
                break
            forms, torn, _ = best[end]
            torn += atoms[end].torn if end < len(atoms) else 0
            if found is None or (forms + 1, torn) <= found[:2]:
                found = (forms + 1, torn, end)
        best[begin] = found or (1, 0, begin + 1)
    cut: list[list[int]] = []
    begin = 0
    while begin < len(atoms):
        end = best[begin][2]
        cut.append([line for atom in atoms[begin:end] for line in atom.lines])
        begin = end
    return cut or [[]]


def _atoms(filing: Filing, form: FormType) -> Iterator[_Atom]:
    events: dict[str, list[int]] = {}
    holdings: list[int] = []
    for line, row in enumerate(filing.rows):
        entry = _ENTRY.match(row.origin.path)
        if row.holding:
            holdings.append(line)
        else:
            events.setdefault(entry[0] if entry else str(line), []).append(line)
    for lines in [*sorted(events.values(), key=lambda lines: _order(filing.rows[lines[0]])), holdings]:
        if _fits([filing.rows[line] for line in lines], form):
            yield _Atom(tuple(lines))
            continue
        before = ""
        for at, line in enumerate(sorted(lines, key=lambda line: (_day(filing.rows[line]), line < len(filing.table1)))):
            day = _day(filing.rows[line])
            yield _Atom((line,), 0 if at == 0 else 2 if day == before else 1)
            before = day


def _order(row: Row) -> int:
    """The place of a line's entry among the plan's transactions."""
    entry = _ENTRY.match(row.origin.path)
    return int(entry[0].partition("[")[2][:-1]) if entry else 0


def _day(row: Row) -> str:
    return row.transaction_date.text[:10]


def _fits(rows: Sequence[Row], form: FormType) -> bool:
    derivative = sum(row.derivative for row in rows)
    limits = form.limits
    return (
        derivative <= limits.rows
        and len(rows) - derivative <= limits.rows
        and len(used_notes(rows)) <= limits.footnotes
    )


# --- one form -----------------------------------------------------------------------------------------------------


class _Part(Struct, frozen=True):
    """Some of the lines of a form, by their number among all."""

    whole: Filing
    lines: Sequence[int]
    plan: Plan

    def filing(self, owners: range, number: int, count: int, *, last: bool) -> Filing:
        """The form of these lines, for some of its owners: `number` of `count`."""
        whole = self.whole
        rows = [whole.rows[line] for line in sorted(self.lines)]
        notes, ids = self.footnotes(rows, last=last)
        rows = [with_marks(row, lambda marks: _renumbered(marks, ids)) for row in rows]
        mine = [owner for at, owner in enumerate(whole.owners) if at in owners]
        part = replace(
            whole,
            table1=tuple(row for row in rows if not row.derivative),
            table2=tuple(row for row in rows if row.derivative),
        )
        return replace(
            part,
            form3_holdings_reported=self.late("3", part, whole.form3_holdings_reported),
            form4_transactions_reported=self.late("4", part, whole.form4_transactions_reported),
            footnotes=tuple(notes),
            period_of_report=self.period(rows),
            owners=tuple(mine),
            signatures=self.signatures(owners),
            remarks=self.remarks(owners, number, count),
        )

    def footnotes(self, rows: Sequence[Row], *, last: bool) -> tuple[list[Footnote], dict[str, str]]:
        """The footnotes of these lines, numbered as one reads them; those of no line stand on the last form."""
        used = used_notes(self.whole.rows)
        order = first_uses(rows, form_of(self.whole).numbering)
        if last:
            order += [note.id.text for note in self.whole.footnotes if note.id.text not in used]
        kept = [note for note in self.whole.footnotes if note.id.text in order]
        if any(note.number is not None for note in self.plan.footnotes.values()):
            return kept, {mark: mark for mark in order}
        ids = {mark: f"F{number}" for number, mark in enumerate(order, 1)}
        kept.sort(key=lambda note: order.index(note.id.text))
        return [replace(note, id=replace(note.id, text=ids[note.id.text])) for note in kept], ids

    def late(self, number: str, part: Filing, box: Value) -> Value:
        """EDGAR's box for what had been due on Form 3 or 4: by these lines, unless the author or the form says else."""
        by_lines = box.present and box.truth is self.whole.lines_late_from(number)
        return replace(box, text="1" if part.lines_late_from(number) else "0") if by_lines else box

    def period(self, rows: Iterable[Row]) -> Value:
        """The plan's own, or the day of the earliest transaction on this form; on Forms 3 and 5 that of the whole."""
        dates = [row.transaction_date.value for row in rows if row.transaction_date.date]
        stated = self.plan.period_of_report is not None or not form_of(self.whole).term.of_lines
        if stated or not dates:
            return self.whole.period_of_report
        return min(dates, key=lambda value: value.text[:10])

    def signatures(self, owners: range) -> tuple[Signature, ...]:
        """The signatures of these owners, where there is one of each; otherwise all."""
        signatures = self.whole.signatures
        if len(signatures) != len(self.whole.owners):
            return signatures
        return tuple(signature for at, signature in enumerate(signatures) if at in owners)

    def remarks(self, owners: range, number: int, count: int) -> Value:
        """The plan's own, and which of the forms this is."""
        said = [self.whole.remarks.text] if self.whole.remarks else []
        said.append(f"Form {number} of {count}: what is reported here is more than one form holds.")
        others = [owner.name.text.strip() for at, owner in enumerate(self.whole.owners) if at not in owners]
        if others:
            said.append(f"The other reporting persons of this group are {'; '.join(others).rstrip('.')}.")
        origin = self.whole.remarks.origin if self.whole.remarks else self.whole.origin
        return Value("\n\n".join(said), origin)

    def derivations(self, all_of_them: Iterable[Derivation]) -> Iterator[Derivation]:
        """How the values of these lines came about, by the lines' numbers on this form."""
        first = len(self.whole.table1)
        numbers: dict[tuple[str, str], int] = {}
        for at, line in enumerate(sorted(self.lines)):
            table, begin = ("II", first) if line >= first else ("I", 0)
            before = sum(1 for other in sorted(self.lines)[:at] if (other >= first) == (line >= first))
            numbers[table, str(line - begin + 1)] = before + 1
        for derivation in all_of_them:
            place = _IN_A_TABLE.search(derivation.what)
            if place is None:
                yield derivation
            elif (place[1], place[2]) in numbers:
                now = f"{place[1]}, line {numbers[place[1], place[2]]}"
                yield replace(derivation, what=_IN_A_TABLE.sub(now, derivation.what, count=1))


def _renumbered(marks: tuple[Value, ...], ids: dict[str, str]) -> tuple[Value, ...]:
    now = [replace(mark, text=ids[mark.text]) for mark in marks]
    return tuple(sorted(now, key=lambda mark: int(mark.text.removeprefix("F"))))
