"""Writes a plan's values as a filing's values: exact text, ASCII, each with its origin.

Codes: DOC008 a character that EDGAR does not take, replaced (note) or without a plain equivalent (error); PLN010 a
name that is not defined.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct

from form4_author.filing import ABSENT, NO_FIELD, Field, Value
from form4_author.findings import Finding, Origin, Severity, error
from form4_author.plan.scalars import Amount, Day, did_you_mean, quoted
from form4_author.plan.source import Source
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes.characters import to_ascii

_CHARACTERS = "EDGAR Filer Manual Vol. II, 5.2.1"


class Pen(Struct):
    """Turns plan values into filing values and gathers findings on the way.

    Attributes:
        source: the loaded plan, for positions.
        findings: what there is to say about the values written.
    """

    source: Source
    findings: list[Finding] = []

    def origin(self, key: Key, *, of_key: bool = False) -> Origin:
        """Where a key path of the plan stands; or the key's own text."""
        return self.source.origin(key, of_key=of_key)

    def refuse(self, code: str, message: str, key: Key, hint: str = "", *, of_key: bool = False) -> None:
        """Note an error at a key path, or at the key's own text."""
        self.findings.append(error(code, message, self.origin(key, of_key=of_key), hint=hint))

    def text(self, text: str | None, key: Key) -> Value:
        """A text as EDGAR takes it: plain ASCII, each replacement noted at the character's own place."""
        if text is None:
            return ABSENT
        plain = to_ascii(text)
        if not plain.replaced and not plain.refused:
            return Value(plain.text, self.origin(key))
        replaced = self.source.origins_of_characters(key, text, [change.index for change in plain.replaced])
        for change, origin in zip(plain.replaced, replaced, strict=True):
            self.findings.append(
                Finding(
                    "DOC008",
                    Severity.NOTE,
                    f"{change.name} is {_became(change.replacement)}",
                    origin,
                    source=_CHARACTERS,
                )
            )
        refused = self.source.origins_of_characters(key, text, [sign.index for sign in plain.refused])
        for sign, origin in zip(plain.refused, refused, strict=True):
            self.findings.append(
                error(
                    "DOC008",
                    f"{sign.name} ({text[sign.index]}) is no character that EDGAR takes",
                    origin,
                    hint=f"Write {sign.suggestion}." if sign.suggestion else "Write it in plain letters.",
                    source=_CHARACTERS,
                )
            )
        return Value(plain.text, self.origin(key))

    def amount(self, amount: Amount | None, key: Key) -> Value:
        """A number, its digits as written."""
        return ABSENT if amount is None else Value(amount.text, self.origin(key))

    def day(self, day: Day | None, key: Key) -> Value:
        """A date as `YYYY-MM-DD`."""
        return ABSENT if day is None else Value(day.text, self.origin(key))

    def box(self, answer: bool | None, key: Key, yes: str = "1", no: str = "0") -> Value:  # noqa: FBT001
        """A boolean; absent where the plan says nothing."""
        return ABSENT if answer is None else Value(yes if answer else no, self.origin(key))

    def field(self, value: Value, marks: Iterable[Value] = (), key: Key = ()) -> Field:
        """A cell of the form; absent where it has neither value nor footnote."""
        footnotes = tuple(marks)
        if not value.present and not footnotes:
            return NO_FIELD
        return Field(value, footnotes, value.origin if value.present else self.origin(key))

    def known(self, name: str, names: Collection[str], what: str, key: Key, *, of_key: bool = False) -> bool:
        """Whether a name is defined; a finding where it isn't."""
        if name in names:
            return True
        hint = did_you_mean(name, names) or f"Nothing is defined under {what} yet."
        self.refuse("PLN010", f"{quoted(name)} is not defined under {what}", key, hint, of_key=of_key)
        return False


def _became(replacement: str) -> str:
    if replacement.isspace():
        return "written as a line break" if "\n" in replacement else "written as a blank"
    return f"written as {quoted(replacement)}" if replacement else "left out"
