"""The words of the footnotes that a plan says by their facts, and of those that events and securities give.

Codes: PLN010 no such kind of footnote, PLN011 facts that it doesn't take or lacks; those of the facts' own types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic_core import PydanticCustomError

from form4_author.compose.pen import Pen
from form4_author.filing.footnote_wording import average_text, dollars, long_day
from form4_author.filing.numbers import grouped
from form4_author.plan.note_calls import NoteCall
from form4_author.plan.note_kinds import NOTE_KINDS, Fact, NoteKind, facts_in
from form4_author.plan.scalars import amount, answer, day, did_you_mean, quoted
from form4_author.plan.yaml_text import Key

_DAYS = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{4}\b", re.ASCII)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def words_of(kind: NoteKind, facts: Mapping[str, str], library: Mapping[str, str]) -> str:
    """The text of a footnote.

    Args:
        kind: which one.
        facts: its facts, as text for people; those that are left out add no sentence, nor stand in one of a firm's.
        library: a firm's own words, by kind.
    """
    left_out = kind.facts.keys() - facts.keys()
    own = [one for one in _SENTENCES.split(library.get(kind.name, "")) if left_out.isdisjoint(facts_in(one))]
    said = [" ".join(own) or kind.words]
    said += [also for fact, also in kind.also.items() if fact in facts and fact not in facts_in(said[0])]
    answers = [fact for fact, what in kind.facts.items() if what is Fact.ANSWER and fact in facts]
    return filled_in(" ".join(said), {**facts, **{fact: kind.also.get(fact, "") for fact in answers}})


def filled_in(words: str, facts: Mapping[str, str]) -> str:
    """The text with its facts in place of their names in braces; other braces stand as they are."""
    filled = re.sub(r"\{([a-z][a-z0-9_]*)\}", lambda named: facts.get(named[1], named[0]), words)
    begun = re.sub(r"(?:^|(?<=[.!?] ))the ", "The ", filled)  # a fact may begin a sentence: "the reporting person"
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", begun)  # or end as one does: "to Example Corp."


def refuse_unknown_facts(library: Mapping[str, str], pen: Pen) -> None:
    """A finding for each of a firm's texts of a kind that the tool gives, which names a fact that the kind hasn't."""
    for name, words in library.items():
        kind = NOTE_KINDS.get(name)
        if kind is None:
            continue
        known = {*kind.facts, *facts_in(kind.words)}
        for fact in facts_in(words):
            if fact not in known:
                hint = did_you_mean(fact, known) or "Write the text without braces."
                pen.refuse("PLN011", f"{name} has no fact {quoted(fact)}", ("library", name), hint)


def called(call: NoteCall, key: Key, implied: Mapping[str, str], library: Mapping[str, str], pen: Pen) -> str | None:
    """The text of a footnote that a plan says by its facts; None, and findings, where it can't be told.

    Args:
        call: the footnote.
        key: where it stands.
        implied: facts that its place implies, as the holder's name.
        library: a firm's own words, by kind.
        pen: takes the findings.
    """
    if call.kind == "weighted_average":
        return _average(call, key, pen)
    kind = NOTE_KINDS.get(call.kind)
    if kind is None or not kind.written:
        if call.kind not in library:
            known = [*(kind.name for kind in NOTE_KINDS.values() if kind.written), "weighted_average", *library]
            message = f"{quoted(call.kind)} is no kind of footnote"
            pen.refuse("PLN010", message, (*key, *(call.path or (call.kind,))), did_you_mean(call.kind, known))
            return None
        kind = NoteKind(call.kind, library[call.kind], dict.fromkeys(facts_in(library[call.kind]), Fact.TEXT))
    facts = _read(call, kind, key, pen)
    return None if facts is None else words_of(kind, {**implied, **facts}, library)


def _read(call: NoteCall, kind: NoteKind, key: Key, pen: Pen) -> dict[str, str] | None:
    """The facts of a call as text for people."""
    place = (*key, *call.path)
    said: dict[str, str] = {}
    whole = True
    for name, written in call.facts:
        if name not in kind.facts:
            whole = False
            pen.refuse(
                "PLN011", f"{kind.name} has no fact {quoted(name)}", (*place, name), did_you_mean(name, kind.facts)
            )
            continue
        try:
            text = _text_of(kind.facts[name], written)
        except PydanticCustomError as problem:
            whole = False
            context = problem.context or {}
            pen.refuse(context["code"], context["message"], (*place, name), context["hint"])
            continue
        if text:
            said[name] = text
    given = {name for name, _ in call.facts}
    if missing := [name for name in kind.facts if name not in given and name not in kind.also]:
        pen.refuse("PLN011", f"{kind.name} lacks {' and '.join(missing)}", place, f"Write {missing[0]}: beside it.")
        return None
    return said if whole else None


def _text_of(fact: Fact, written: str) -> str:
    """A fact as text for people; empty for the answer no."""
    if fact is Fact.DAY:
        return long_day(day(written).date)
    if fact is Fact.AMOUNT:
        return grouped(amount(written).decimal)
    if fact is Fact.DOLLARS:
        return "$" + dollars(amount(written).decimal)
    if fact is Fact.ANSWER:
        return "yes" if answer(written) else ""
    return with_long_days(a_person(written))


def a_person(written: str) -> str:
    """Who it is, as a sentence has it: `reporting person` is the reporting person."""
    text = written.strip()
    return f"the {text}" if text.lower() in {"reporting person", "issuer"} else text


def with_long_days(text: str) -> str:
    """The text with its dates for people: `from 2027-11-16` is from November 16, 2027."""
    return _DAYS.sub(_long, text)


def _long(found: re.Match[str]) -> str:
    try:
        return long_day(day(found[0]).date)
    except PydanticCustomError:
        return found[0]


def _average(call: NoteCall, key: Key, pen: Pen) -> str | None:
    prices = dict(call.facts)
    place = (*key, *call.path)
    if prices.keys() != {"low", "high"}:
        pen.refuse("PLN011", "a weighted average has a low and a high price", place, "{low: 22.50, high: 22.71}")
        return None
    try:
        low, high = amount(prices["low"]), amount(prices["high"])
    except PydanticCustomError as problem:
        context = problem.context or {}
        pen.refuse(context["code"], context["message"], place, context["hint"])
        return None
    return average_text(low.decimal, high.decimal)
