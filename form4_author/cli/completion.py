"""What a shell completes: codes, events, footnotes, examples and layouts, each with what it is; asked for alone.

Typer writes the shells' own part (`--install-completion`); what is completed comes from the registries.
"""

from __future__ import annotations

Words = list[tuple[str, str]]


def events(incomplete: str) -> Words:
    """The events, as `new --event` takes them."""
    from form4_author.events.catalogue import summary
    from form4_author.plan.entries import EVENTS

    return _beginning([(kind.name, summary(kind)) for kind in EVENTS], incomplete)


def examples(incomplete: str) -> Words:
    """The examples, as `new --example` takes them."""
    from form4_author.starter import examples as known

    return _beginning([*known().items()], incomplete)


def rules(incomplete: str) -> Words:
    """The codes of rules and their families, as `--select` and `--ignore` take them, several parted by commas."""
    from form4_author.preflight import RULES

    before, comma, last = incomplete.rpartition(",")
    words = [(rule.code, rule.summary) for rule in RULES]
    families = dict.fromkeys(code[:3] for code, _ in words)
    listed = [*((family, "all of this family") for family in families), *words]
    return [(f"{before}{comma}{word}", told) for word, told in _beginning(listed, last)]


def topics(incomplete: str) -> Words:
    """What `explain` takes: codes, events, kinds of footnotes, layouts, and what lists them."""
    from form4_author.codes import all_codes
    from form4_author.events.catalogue import summary
    from form4_author.executions.layout import layouts
    from form4_author.plan.entries import all_kinds
    from form4_author.plan.note_pages import all_notes, text
    from form4_author.preflight import RULES

    known = {
        **dict.fromkeys(("events", "notes", "layouts"), "lists them"),
        **{kind.name: summary(kind) for kind in all_kinds()},
        **{note.name: text(note) for note in all_notes()},
        **{layout.key: layout.name or layout.holds for layout in layouts().values()},
        **{code.code: code.summary for code in all_codes()},
        **{rule.code: rule.summary for rule in RULES},
    }
    return _beginning([*known.items()], incomplete)


def _beginning(words: Words, incomplete: str) -> Words:
    """Those that begin as what was typed, in its case: a code may be typed in small letters."""
    found = [(word, told) for word, told in words if word.lower().startswith(incomplete.lower())]
    small = incomplete.islower()
    return [(word.lower() if small else word, told) for word, told in found]
