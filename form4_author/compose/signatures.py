"""Who signs: the signatures as a plan lists them, or every owner on one date.

Form 4, Instruction 6: each reporting person signs, or someone on its behalf.

Codes: PLN011 keys that don't go together, PLN012 a signature that doesn't follow from an owner's name, PLN029 a power
of attorney that doesn't cover a signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from form4_author.compose.pen import Pen
from form4_author.filing import Signature, Value
from form4_author.filing.footnote_claims import names_entity
from form4_author.filing.signing import by_attorney
from form4_author.findings import Finding, Severity
from form4_author.plan.model import Plan
from form4_author.plan.parts import Owner
from form4_author.plan.scalars import quoted
from form4_author.plan.yaml_text import Key

_NAME = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NO_PERSON = re.compile(
    r"(?i)\b(?:advisors|bank|capital|equity|estate|foundation|group|holdings?|investments?|investors|management|"
    r"plan|partners|ventures)\b"
)


def signatures(plan: Plan, pen: Pen) -> tuple[Signature, ...]:
    """The signatures of the form, in the order of the plan."""
    signed = _signatures(plan, pen)
    _held_against_powers(plan, signed, pen)
    return signed


def _held_against_powers(plan: Plan, signed: Sequence[Signature], pen: Pen) -> None:
    """Warnings on signatures by an attorney that the owner's power of attorney, where it is told, doesn't cover."""
    if len(signed) != len(plan.owners):
        return  # which of them is whose isn't told
    for index, (owner, signature) in enumerate(zip(plan.owners, signed, strict=True)):
        power, name = owner.power_of_attorney, signature.name.text
        if power is None or not by_attorney(name):
            continue
        day, until = signature.date.date, power.until
        if until is not None and day is not None and day > until.date:
            message = f"the power of attorney ended on {until.text}, before the signature of {day}"
            _warn(pen, message, ("owners", index, "power_of_attorney", "until"), "Have a new one signed and filed.")
        words = set(_NAME.findall(name.casefold()))
        if power.attorney and not any(set(_NAME.findall(one.casefold())) <= words for one in power.attorney):
            message = f"the power of attorney names {', '.join(power.attorney)}, and {quoted(name)} signs"
            pen.findings.append(
                Finding("PLN029", Severity.WARNING, message, signature.name.origin, "Have one sign who is named there.")
            )


def _warn(pen: Pen, message: str, key: Key, hint: str) -> None:
    pen.findings.append(Finding("PLN029", Severity.WARNING, message, pen.origin(key), hint))


def _signatures(plan: Plan, pen: Pen) -> tuple[Signature, ...]:
    if plan.signed is not None and plan.signatures:
        pen.refuse("PLN011", "signatures already says who signs and when", ("signed",), "Keep one of the two.")
    if plan.signed is None or plan.signatures:
        return tuple(
            Signature(
                name=pen.text(signature.name, ("signatures", i, "name")),
                date=pen.day(signature.date, ("signatures", i, "date")),
                origin=pen.origin(("signatures", i)),
            )
            for i, signature in enumerate(plan.signatures)
        )
    date = pen.day(plan.signed, ("signed",))
    return tuple(
        Signature(name=_signed(owner, ("owners", i), pen), date=date, origin=pen.origin(("owners", i)))
        for i, owner in enumerate(plan.owners)
    )


def _signed(owner: Owner, key: Key, pen: Pen) -> Value:
    """How an owner signs: as it says itself, or a natural person by the name that EDGAR has it under.

    EDGAR puts the last name first, and doesn't part it from the others: only of two words is it clear which is which.
    """
    if owner.signs is not None:
        return pen.text(owner.signs, (*key, "signs"))
    name = pen.text(owner.name, (*key, "name"))
    words = name.text.split()
    person = (owner.officer or owner.director) and not (names_entity(name.text) or _NO_PERSON.search(name.text))
    if person and len(words) == 2 and all(_NAME.fullmatch(word) for word in words):
        return replace(name, text=f"/s/ {words[1]} {words[0]}")
    pen.refuse(
        "PLN012",
        f"how {quoted(name.text)} signs doesn't follow from the name" if name else "how this owner signs isn't said",
        (*key, "name"),
        "Write signs: under this owner, as in signs: /s/ Jane Roe, or "
        'signs: "Example Fund, L.P., by Example GP, LLC, /s/ Jane Roe".',
    )
    return name
