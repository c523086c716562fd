"""The footnotes that everyone writes the same way, by kind: the facts they need, and their words.

A plan says `{vests: in four equal annual parts}` where the name of a footnote may stand; events and securities give
some by themselves. A firm's library words them over, or adds its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from form4_author.plan import scalar_shapes as shapes


class Fact(Enum):
    """What kind of value a fact of a footnote is."""

    TEXT = "text"
    DAY = "day"
    AMOUNT = "amount"
    DOLLARS = "dollars"
    ANSWER = "answer"


_DISCLAIMED = (
    "The reporting person disclaims beneficial ownership of these securities except to the extent of a pecuniary "
    "interest in them."
)


class NoteKind(Struct, frozen=True):
    """One kind of footnote.

    Attributes:
        name: what it is called, in the library of a firm too.
        words: its text, each fact by name in braces.
        facts: its facts, which must all be given but those of `also`.
        also: sentences that are added where a fact is given (of an answer: where it is yes).
        written: an author may write it; else only an event or a security gives it.
    """

    name: str
    words: str
    facts: Mapping[str, Fact] = {}
    also: Mapping[str, str] = {}
    written: bool = False

    @property
    def told_by(self) -> str:
        """The fact that tells the kind where an author writes it; no key of a plan where none may."""
        return next(iter(self.facts)) if self.written else "-"


def _kinds() -> Iterator[NoteKind]:
    day, words, amount, dollars, answer = Fact.DAY, Fact.TEXT, Fact.AMOUNT, Fact.DOLLARS, Fact.ANSWER
    disclaim = {"disclaim": _DISCLAIMED}
    # What an author writes.
    yield NoteKind(
        "vested", "The securities are vested {vested} and exercisable to that extent.", {"vested": words}, written=True
    )
    yield NoteKind("vests", "The securities vest {vests}.", {"vests": words}, written=True)
    yield NoteKind(
        "plan",
        "The transaction was made under a Rule 10b5-1 trading plan that the reporting person adopted on {plan}.",
        {"plan": day},
        written=True,
    )
    yield NoteKind(
        "general_partner",
        "{general_partner} is the general partner of {holder}, which holds these securities, and may be deemed to "
        "share voting and investment power over them.",
        {"general_partner": words, "disclaim": answer},
        disclaim,
        written=True,
    )
    yield NoteKind(
        "trustee",
        "The securities are held by {holder}, of which {trustee} is the trustee.",
        {"trustee": words, "beneficiaries": words, "disclaim": answer},
        {"beneficiaries": "Its beneficiaries are {beneficiaries}.", **disclaim},
        written=True,
    )
    yield NoteKind(
        "wholly_owned_by",
        "The securities are held by {holder}, which is wholly owned by {wholly_owned_by}.",
        {"wholly_owned_by": words, "disclaim": answer},
        disclaim,
        written=True,
    )
    yield NoteKind(
        "sole_member",
        "The securities are held by {holder}, of which {sole_member} is the sole member.",
        {"sole_member": words, "disclaim": answer},
        disclaim,
        written=True,
    )
    yield NoteKind(
        "spouse",
        "The securities are held by the reporting person's spouse.",
        {"spouse": answer, "disclaim": answer},
        disclaim,
        written=True,
    )
    # What a security says of itself.
    yield NoteKind(
        "each_unit",
        "Each unit is a contingent right to receive {each} of {underlying}.",
        {"each": words, "underlying": words},
    )
    yield NoteKind(
        "award",
        "The units were granted on {granted} and vest {vests}; vested units are settled in shares.",
        {"granted": day, "vests": words},
    )
    yield NoteKind(
        "converts",
        "Each share of {security} converts into {ratio} of {underlying}.",
        {"security": words, "ratio": words, "underlying": words, "upon": words, "round": words, "expires": words},
        {
            "upon": "The conversion takes place upon {upon}.",
            "round": "A fraction of a share is rounded {round}.",
            "expires": "The right to convert {expires}.",
        },
    )
    yield NoteKind(
        "unit", "Each unit is the economic equivalent of {each} of {underlying}.", {"each": words, "underlying": words}
    )
    yield NoteKind("unit_dates", "The units are settled in {settles} {when}.", {"settles": words, "when": words})
    yield NoteKind(
        "swap",
        "The reporting person is a party to an equity swap on {underlying}, settled in {settles}, with a reference "
        "price of {reference_price} a share. It ends on {expires} and gives no voting or investment power over the "
        "shares.",
        {"underlying": words, "settles": words, "reference_price": dollars, "expires": words},
    )
    yield NoteKind(
        "terms",
        "The contract obliges the reporting person to deliver, on {settles}, up to one share of {underlying} for each "
        "share subject to it, or to pay in cash.",
        {"underlying": words, "settles": words, "floor": dollars, "cap": dollars, "prepaid": dollars},
        {
            "floor": "At or below the floor price of {floor} all of these shares are to be delivered.",
            "cap": "Above the floor price the number falls with the price of the shares, up to the cap price of {cap}.",
            "prepaid": "The reporting person was paid {prepaid} in advance.",
        },
    )
    yield NoteKind(
        "represents",
        "Each of the {security} represents {amount} {underlying}.",
        {"security": words, "amount": amount, "underlying": words},
    )
    # What an event says.
    yield NoteKind(
        "foreign_price",
        "The price was {amount} {currency} a share, converted at {rate} {currency} to one US dollar.",
        {"amount": words, "currency": words, "rate": words},
    )
    yield NoteKind(
        "tendered",
        "The securities were disposed of in an offer or merger.",
        {"to": words},
        {"to": "They went to {to}."},
    )
    yield NoteKind(
        "approved",
        "The securities were disposed of to the issuer.",
        {"approved_by": words},
        {"approved_by": "The disposition was approved in advance by {approved_by}."},
    )
    yield NoteKind(
        "inherited",
        "The securities were acquired by will or the laws of descent.",
        {"source": words},
        {"source": "They came from {source}."},
    )
    yield NoteKind(
        "earned",
        "The number was earned by performance: {earned} of a target of {target}.",
        {"earned": words, "target": words, "vests": words},
        {"vests": "The shares vest {vests}."},
    )
    yield NoteKind("forfeited", "Forfeiture of {of} to the issuer, for which nothing was paid.", {"of": words})
    yield NoteKind("merger", "Cancelled in the merger for cash, at {at} a share.", {"at": words})
    yield NoteKind(
        "spread", "The amount paid is {at} less the exercise price of {strike}.", {"at": words, "strike": words}
    )
    yield NoteKind(
        "collar",
        "The put that was bought and the call that was written are one collar on the same number of shares.",
    )
    yield NoteKind(
        "withheld_price",
        "Shares that the issuer withheld to pay the exercise price, at their market price on that day.",
    )
    yield NoteKind("withheld_tax", "Shares that the issuer withheld to pay the tax that became due.")
    yield NoteKind(
        "settled", "The right was paid out in cash; the shares that it stood for count as given to the issuer at once."
    )
    yield NoteKind(
        "no_longer_small",
        "With this purchase those of the last six months come to {total}, more than $10,000, so that it is reported at "
        "once.",
        {"total": words},
    )
    yield NoteKind(
        "swap_loss", "The swap was closed at a loss to the reporting person of {loss} a share.", {"loss": words}
    )
    yield NoteKind("donated", "A gift to {to}.", {"to": words})
    yield NoteKind(
        "transferred",
        "A gift by {giver} to {receiver}, for which nothing was paid.",
        {"giver": words, "receiver": words, "power": words},
        {"power": "Voting and investment power over the securities lies with {power}."},
    )
    yield NoteKind("restricted", "Restricted stock, which vests {vests}.", {"vests": words})
    yield NoteKind(
        "moved",
        "The amount owned also reflects what needs no line of its own: {what}.",
        {"what": words},
    )


NOTE_KINDS: Mapping[str, NoteKind] = {kind.name: kind for kind in _kinds()}


def facts_in(words: str) -> list[str]:
    """The facts that a text names in braces, each once, in order."""
    return list(dict.fromkeys(re.findall(r"\{([a-z][a-z0-9_]*)\}", words)))


#: What an editor can hold a fact to.
_SHAPES: Mapping[Fact, shapes.Shape] = {Fact.ANSWER: shapes.answer(), Fact.DAY: shapes.DAY}
#: Any other: a text, or the kind's own facts where its name stands before them.
_NO_LIST: shapes.Shape = {"type": [*shapes.PLAIN, "object"]}


def schema_of(kinds: Mapping[str, NoteKind]) -> dict[str, Any]:
    """The JSON Schema of a reference to a footnote, for editors: each fact with the text of the kind that takes it."""
    facts: dict[str, Any] = {}
    for kind in kinds.values():
        for fact in kind.facts if kind.written else ():
            said = kind.words if fact == kind.told_by else kind.also.get(fact, kind.words)
            shape = _SHAPES.get(kind.facts[fact], _NO_LIST)
            facts.setdefault(fact, {**shape, "description": said})
    return {
        "anyOf": [
            shapes.words(),
            {
                "type": "object",
                "minProperties": 1,
                "properties": facts,
                "if": {"minProperties": 2},
                "then": {
                    "anyOf": [{"required": [kind.told_by]} for kind in kinds.values() if kind.written],
                    "additionalProperties": {"type": shapes.PLAIN},
                },
            },
        ]
    }
