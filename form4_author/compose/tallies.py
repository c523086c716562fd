"""Whether the lines of a plan make one story of each balance: who holds it, in what order, and whether it is shown.

Codes: PLN019 lines of one nature that only footnotes tell apart, BAL007 a holding of a reported class that no line
shows, BAL008 lines out of the order of their dates.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from form4_author.compose.holders import Held, Holders
from form4_author.compose.pen import Pen
from form4_author.events.drafts import Draft
from form4_author.filing import form_for
from form4_author.findings import Finding, Severity
from form4_author.plan.accounts import Account
from form4_author.plan.lost_words import in_braces
from form4_author.plan.model import Plan
from form4_author.plan.ownership import Indirect, Ownership
from form4_author.plan.scalars import Day, quoted
from form4_author.plan.yaml_text import Key

_SOURCE = "Form 4, General Instruction 4"
_TALLY = "SEC, Section 16 Electronic Reporting FAQ 1"


class Tallies(Struct):
    """What the lines of each account say of it beside the numbers, line by line.

    Attributes:
        twice: accounts whose opening stands twice, which is told already.
    """

    plan: Plan
    pen: Pen
    twice: set[Account] = set()
    _notes: dict[Account, frozenset[str]] = {}
    _latest: dict[Account, Day] = {}
    _shown: set[Account] = set()
    _traded: set[str] = set()
    _told: set[tuple[str, Account]] = set()

    def enter(self, draft: Draft, held: Held, *, derived: bool) -> None:
        """Take a line in, with findings on what makes another story of it than the one before.

        Args:
            draft: the line.
            held: who holds.
            derived: the amount owned after it follows from the line before.
        """
        own = held.of(draft.security)
        self._shown.add(own)
        if draft.dated is not None:
            self._traded.add(draft.security)
            if draft.day is not None:
                self._in_order(draft, draft.day, own, derived=derived)
        if not held.named:
            self._one_holder(draft, held, own, derived=derived)

    def _in_order(self, draft: Draft, day: Day, own: Account, *, derived: bool) -> None:
        before = self._latest.get(own)
        if before is None or before.date <= day.date:
            self._latest[own] = day
        elif derived and ("BAL008", own) not in self._told:
            self._told.add(("BAL008", own))
            message = (
                f"the amount of {own[0]} owned after this line of {day.date} is reckoned from a line of {before.date}"
            )
            hint = "Put the lines into the order of their dates, so that each balance is what was owned that day."
            self._warn("BAL008", message, (*draft.key, "date"), hint, _TALLY)

    def _one_holder(self, draft: Draft, held: Held, own: Account, *, derived: bool) -> None:
        notes = frozenset(str(note) for one, _ in draft.notes for note in one.nature)
        before = self._notes.get(own, notes)
        apart = not (notes <= before or before <= notes)
        if apart and derived and own not in self.twice and ("PLN019", own) not in self._told:
            self._told.add(("PLN019", own))
            nature = quoted(held.account[1]) if held.account[1] else held.account[0]
            self.pen.refuse(
                "PLN019",
                f"this line of {own[0]}, {nature}, goes on from the balance of one with another footnote on the nature "
                "of ownership",
                draft.key,
                way_out(held, min(before), min(notes)),
            )
        if apart or not before >= notes:
            self._notes[own] = notes
        else:
            self._notes.setdefault(own, notes)

    def is_reported(self, security: str) -> bool:
        """True for a class of which a transaction is reported."""
        return security in self._traded

    def unshown(self, holders: Holders) -> None:
        """Warn of what `opening` has of a class that is reported, in a form of ownership that no line shows.

        An amendment says again only what it amends; and of a plan that is refused some lines may not have been written.
        """
        amends = self.plan.form == form_for(self.plan.form).name.amendment
        if amends or any(finding.is_error for finding in self.pen.findings):
            return
        for key, own, ownership in self._openings(holders):
            if own[0] in self._traded and own not in self._shown:
                self._shown.add(own)
                said = "" if ownership == "direct" else f", ownership: {_yaml(ownership)}"
                self._warn(
                    "BAL007",
                    f"no line shows the {own[0]} held {_in_words(ownership)}, though a transaction in it is reported",
                    key,
                    f"Write it under holdings: - {{security: {own[0]}{said}}}",
                    _SOURCE,
                )

    def _openings(self, holders: Holders) -> Iterator[tuple[Key, Account, Ownership]]:
        for index, opening in enumerate(self.plan.opening):
            held = opening.amount or opening.value
            if held is not None and held.decimal:
                key: Key = ("opening", index)
                own = holders.find(opening.ownership, (*key, "ownership")).of(opening.security)
                yield key, own, opening.ownership

    def _warn(self, code: str, message: str, key: Key, hint: str, source: str) -> None:
        self.pen.findings.append(Finding(code, Severity.WARNING, message, self.pen.origin(key), hint, source))


def way_out(held: Held, first: str = "NOTE-A", second: str = "NOTE-B") -> str:
    """How two holders of one nature are told apart: `ownership_lines`, with the footnotes that do so."""
    form, nature = held.account
    said = "direct: yes, " if form == "direct" else f"indirect: {in_braces(nature)}, " if nature else ""
    parts = [f"{name}: {{{said}note: {note}}}" for name, note in (("holder-a", first), ("holder-b", second))]
    return (
        f"Name each holder: ownership_lines: {{{', '.join(parts)}}}; and say which one on the opening and on each "
        "line: ownership: holder-a."
    )


def _yaml(ownership: Ownership) -> str:
    return f"{{indirect: {in_braces(ownership.indirect)}}}" if isinstance(ownership, Indirect) else ownership


def _in_words(ownership: Ownership) -> str:
    if isinstance(ownership, Indirect):
        return f"indirectly, {quoted(ownership.indirect)}"
    return {"direct": "directly", "indirect": "indirectly"}.get(ownership, f"by {ownership}")
