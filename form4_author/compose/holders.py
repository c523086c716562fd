"""Who holds: forms of ownership as a plan names them -> what the form says, and the balance that they have.

Form 4, Instruction 4(b): securities held directly and indirectly stand on lines of their own, by holder.

Codes: PLN007 what is no form of ownership, PLN010 a name that stands nowhere, PLN011 keys that don't go together, or a
nature that several holders have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from form4_author.compose.pen import Pen
from form4_author.compose.wording import a_person
from form4_author.filing import ABSENT, Value
from form4_author.plan.accounts import Account
from form4_author.plan.entries import kind_of
from form4_author.plan.lost_words import in_braces
from form4_author.plan.model import Plan
from form4_author.plan.note_calls import NoteCall, NoteRef
from form4_author.plan.ownership import WORDS, Holder, Indirect, Ownership
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.plan.yaml_text import Key

_FAMILY = re.compile(
    r"(?:spouse|wife|husband|partner|son|daughter|child|children|mother|father|sister|brother)s?", re.IGNORECASE
)
_KINDS = re.compile(
    r"(?:trust|plan|ira|grat|annuity|partnership|foundation|estate|account|corporation)s?$", re.IGNORECASE
)


def in_words(nature: str) -> str:
    """Who holds, as a sentence has it: `By Spouse` is the reporting person's spouse, `By Trust` the Trust."""
    name = re.sub(r"^(?:held )?by (?:the )?", "", nature.strip(), flags=re.IGNORECASE)
    if _FAMILY.fullmatch(name):
        return f"the reporting person's {name.lower()}"
    return f"the {name}" if _KINDS.search(name) else name


class Held(Struct, frozen=True):
    """A form of ownership, resolved.

    Attributes:
        letter: D or I.
        nature: the nature of indirect ownership, as EDGAR takes it.
        account: what a balance is kept by, beside the security: `direct`, `indirect` or a holder's name; the nature.
        note: footnotes on the nature of each line, by name.
        note_key: where they stand.
        named: it is a holder of `ownership_lines`.
        known: the plan says who that is.
    """

    letter: str
    nature: Value
    account: tuple[str, str]
    note: Sequence[NoteRef] = ()
    note_key: Key = ()
    named: bool = False
    known: bool = True

    def of(self, security: str) -> Account:
        """The ledger's name for a security that is held so."""
        return security, *self.account


def _of_transfer(plan: Plan, key: Key) -> bool:
    """Whether a key path lies in an entry of a change in the form of ownership."""
    at = key[1] if len(key) > 1 else None
    return key[0] == "transactions" and isinstance(at, int) and kind_of(plan.transactions[at]).name == "transfer"


class Holders(Struct):
    """The plan's holders, and what else is said of ownership."""

    plan: Plan
    pen: Pen
    _told: set[Key] = set()

    def read(self) -> None:
        """Findings on what the plan says of its holders."""
        for name, holder in self.plan.ownership_lines.items():
            key: Key = ("ownership_lines", name)
            if name.strip().lower() in WORDS:
                self.pen.refuse("PLN011", f"{name} is no name of a holder", key, "It means that no holder is named.")
            if holder.direct and holder.indirect is not None:
                self.pen.refuse("PLN011", f"{name} holds directly or indirectly", key, "Keep direct: or indirect:.")
            elif not holder.direct and holder.indirect is None and not holder.note:
                self.pen.refuse(
                    "PLN011",
                    f"nothing tells how {name} holds",
                    key,
                    "Write indirect: By Trust, a note: with a footnote that tells the nature, or direct: yes.",
                )

    def find(self, ownership: Ownership, key: Key) -> Held:
        """What an `ownership` at a key path means; a finding, once, where that can't be told."""
        if isinstance(ownership, str) and ownership not in WORDS:
            holder = self.plan.ownership_lines.get(ownership)
            if holder is not None:
                return self._named(ownership, holder)
            self._unknown(ownership, key)
            return Held("I", ABSENT, (ownership, ""), known=False)
        nature = ownership.indirect if isinstance(ownership, Indirect) else ""
        letter = "D" if ownership == "direct" else "I"
        names = [
            name
            for name, holder in self.plan.ownership_lines.items()
            if ("D" if holder.direct else "I", holder.indirect or "") == (letter, nature)
        ]
        if len(names) > 1:
            what = quoted(nature) if nature else str(ownership)
            said = f"{what} doesn't tell which holder is meant: {', '.join(names)}"
            self._once("PLN011", said, key, f"Write its name: ownership: {names[0]}.")
        if names:
            return self._named(names[0], self.plan.ownership_lines[names[0]])
        value = self.pen.text(nature, (*key, "indirect")) if nature else ABSENT
        return Held(letter, value, ("direct" if letter == "D" else "indirect", nature))

    def powers(self, ownership: Ownership) -> str:
        """Who has voting and investment power over what is held so, as the holder's footnote tells; empty if not."""
        holder = self.plan.ownership_lines.get(ownership) if isinstance(ownership, str) else None
        calls = [note for note in holder.note if isinstance(note, NoteCall)] if holder else []
        facts = [dict(call.facts) for call in calls]
        said = [one[fact] for one in facts for fact in ("trustee", "sole_member", "general_partner") if fact in one]
        return a_person(said[0]) if said else ""

    def _named(self, name: str, holder: Holder) -> Held:
        key: Key = ("ownership_lines", name)
        nature = self.pen.text(holder.indirect, (*key, "indirect"))
        return Held("D" if holder.direct else "I", nature, (name, ""), holder.note, (*key, "note"), named=True)

    def _unknown(self, name: str, key: Key) -> None:
        near = did_you_mean(name, (*WORDS, *self.plan.ownership_lines))
        hint = near if near.startswith("Did you mean") else f"Write direct, or {{indirect: {in_braces(name)}}}"
        if key[-1:] == ("to",) and _of_transfer(self.plan, key) and not near.startswith("Did you mean"):
            hint = (
                f"A transfer is a change in form alone: write to: {{indirect: {in_braces(name)}}} where the reporting "
                "person still reports it; else it is a gift, gift: instead of transfer:."
            )
        elif key[-1:] == ("to",) and not near.startswith("Did you mean"):
            hint = (
                "Where what the receiver holds isn't reported, delete to: and name the receiver in a footnote; "
                f"where it is, write to: {{indirect: {in_braces(name)}}}"
            )
        if self.plan.ownership_lines:
            self._once("PLN010", f"{quoted(name)} is not defined under ownership_lines", key, hint)
        else:
            self._once("PLN007", f"{quoted(name)} is not a form of ownership", key, hint)

    def _once(self, code: str, message: str, key: Key, hint: str) -> None:
        if key not in self._told:
            self._told.add(key)
            self.pen.refuse(code, message, key, hint)
