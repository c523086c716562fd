"""The kinds of footnotes as pages: what `explain` prints, and the lines of the table in the documentation."""

from __future__ import annotations

from form4_author.plan.note_kinds import NOTE_KINDS, Fact, NoteKind

#: How a fact is written in an entry's braces.
_AS_WRITTEN = {
    Fact.TEXT: "WORDS",
    Fact.DAY: "DATE",
    Fact.AMOUNT: "NUMBER",
    Fact.DOLLARS: "PRICE",
    Fact.ANSWER: "yes",
}
AVERAGE = NoteKind(
    "weighted_average",
    "The price is a weighted average of trades between two prices, with the undertaking to tell each of them.",
    {"low": Fact.DOLLARS, "high": Fact.DOLLARS},
    written=True,
)
"""The statement on a weighted average price: its text is the tool's own."""


def all_notes() -> tuple[NoteKind, ...]:
    """All kinds, those first that an author writes."""
    kinds = [*NOTE_KINDS.values()]
    return (*(kind for kind in kinds if kind.written), AVERAGE, *(kind for kind in kinds if not kind.written))


def find_note(name: str) -> NoteKind | None:
    """The kind of that name, in upper or lower case; None where there is none."""
    return next((kind for kind in all_notes() if kind.name == name.lower()), None)


def call(kind: NoteKind) -> str:
    """How an author writes a footnote of that kind: `{trustee: WORDS, beneficiaries: WORDS, disclaim: yes}`."""
    facts = ", ".join(f"{name}: {_AS_WRITTEN[fact]}" for name, fact in kind.facts.items())
    return f"{{{kind.name}: {{{facts}}}}}" if kind is AVERAGE else f"{{{facts}}}"


def text(kind: NoteKind) -> str:
    """Its text, with all that a fact may add."""
    return " ".join([kind.words, *kind.also.values()])


def page(kind: NoteKind) -> str:
    """One kind's page in Markdown, without a heading."""
    if not kind.written:
        lines = ["It is given by an event or a security. Its text:", "", f"    {text(kind)}", ""]
        facts = ", ".join(f"{{{name}}}" for name in kind.facts)
        own = f"Facts for a text of your own: {facts}. " if facts else ""
        return "\n".join([*lines, f"{own}Word it over in a library, as {kind.name}: ...", ""])
    lines = ["Write it where the name of a footnote may stand, as under notes: or as note: of a holder:", ""]
    lines += [f"    {call(kind)}", "", "It becomes:", "", f"    {text(kind)}", ""]
    if kind.also:
        lines += [f"Leave out what isn't to be said: {', '.join(kind.also)}.", ""]
    return "\n".join(lines if kind is AVERAGE else [*lines, f"Word it over in a library, as {kind.name}: ...", ""])
