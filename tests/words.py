"""Every word that an author types counts: plans changed in the ways in which people write, and what came of it.

A change must show in the plan's own field, as typed, and in the filing; or the plan is refused. `changes` makes every
change to a plan's text that is known here; `lost` says what is wrong with one. The suite tries a part of them; all of
them, with the counts, with

    python -m tests.words --all

(without `--all`, the part that the suite tries).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from form4_author.filing import Value
from form4_author.findings import Origin, Rejected
from form4_author.plan.source import load
from form4_author.plan.unused import unused
from form4_author.plan.yaml_text import Key, Place, YamlFile, parse
from tests.conftest import ROOT
from tests.plans import written_file

#: The suite tries one change in so many; a prime, so that every kind of change and every field has its turn.
STRIDE = 7

BEHIND = (
    *(", Jane", ", Jane, Roe", ",53", ",00", ",000", ", 53", " #300", " # 300", " #Jane Roe", "\t#300", ": Jane"),
    *(" : Jane", ":Jane", ":", "\tJane", "\u00a0Jane", " - Jane", " 'Jane'", ' "Jane"', " \u201cJane\u201d", " {Jane}"),
    *(" [Jane]", " &Jane", " *Jane", " !Jane", " | Jane", "; Jane", " @Jane", " %", " ? Jane", "'", '"', "}", "]"),
    *(" Jane", "\uff0c Jane", ", Jane: Roe"),
)
BEFORE = (
    *("#Jane ", "&Jane ", "*Jane ", "!Jane ", "! ", "!!str ", "@", "'", '"', "\u201c", "- ", "? ", "| ", "> ", ", "),
    *("{", "[", "%", "`", "\u00a0", "\ufeff", "Jane: ", "Jane, ", "#", "- - ", "Jane "),
)
AROUND = (("\u201c", "\u201d"), ("\u2018", "\u2019"), ("\u00ab", "\u00bb"), ("'", "'"), ('"', '"'), ("{", "}"))
INSTEAD = ("", "~", "null", '""', "''", "#", "{}", "|", "&x", "- ")
#: What stands in quotation marks: behind them, and inside.
OUTSIDE = (" Jane", "Jane", ", Jane", " #300", " # 300", ": Jane", " 'Jane'", '"', "'")


@dataclass(frozen=True, slots=True)
class Change:
    """One changed plan.

    Attributes:
        what: the kind of change.
        text: the whole text, changed.
        key: the field that was changed.
        read: how the field may read now, blanks apart; None where the plan must be refused, or be the same.
        same: the plan may come to the same as before.
    """

    what: str
    text: str
    key: Key
    read: tuple[str, ...] | None
    same: bool = False


def leaves(data: Any, key: Key = ()) -> dict[Key, str | None]:
    """Every text of loaded data by its key path; what is empty is itself a leaf."""
    if isinstance(data, dict) and data:
        return {path: text for name, part in data.items() for path, text in leaves(part, (*key, name)).items()}
    if isinstance(data, list) and data:
        return {path: text for index, part in enumerate(data) for path, text in leaves(part, (*key, index)).items()}
    return {key: data if isinstance(data, str) or data is None else repr(data)}


def values(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a filing by its place in it."""
    if isinstance(node, Value):
        yield path, node.text
    elif isinstance(node, Origin):
        return
    elif isinstance(node, tuple):
        for index, part in enumerate(node):
            yield from values(part, f"{path}[{index}]")
    elif isinstance(node, Struct):
        for item in fields(node):
            yield from values(getattr(node, item.name), f"{path}.{item.name}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan's text comes to."""

    data: dict[Key, str | None]
    filing: dict[str, str]
    starts: dict[Key, tuple[str, int]]
    warned: frozenset[str]


def outcome(text: str, path: Path) -> Outcome | None:
    """The data of a plan's own file, and the filing made of its text, as if at `path`; None where it is refused."""
    try:
        own, places = parse(YamlFile(str(path), text))
        forms = {name: written.composed() for name, written in written_file(path, text).items()}
    except Rejected:
        return None
    findings = [finding for composed in forms.values() for finding in composed.findings]
    if any(finding.is_error for finding in findings):
        return None
    filed = {f"{name}{path}": text for name, one in forms.items() for path, text in values(one.filing)}
    starts = {key: (place.file, place.start) for key, place in places.items()}
    findings += unused(load(path, data=text.encode()))
    return Outcome(leaves(own), filed, starts, frozenset(finding.message for finding in findings))


def changes(text: str) -> Iterator[Change]:
    """All changes to a plan's text: to each value, to each key, to each line."""
    _, places = parse(YamlFile("plan.yaml", text))
    for key, place in places.items():
        written = text[place.start : place.end]
        if key[-1:] == ("include",):
            continue  # a file's name, followed and gone; what a wrong one comes to is told in test_source
        if written[:1] not in {"", "{", "[", "|", ">"} and not _inner(places, key):
            yield from _to_value(text, key, place, written)
        if place.key is not None:
            yield from _to_key(text, key, place)
    yield from _to_lines(text)


def _inner(places: dict[Key, Place], key: Key) -> bool:
    return any(len(other) > len(key) and other[: len(key)] == key for other in places)


def _to_value(text: str, key: Key, place: Place, written: str) -> Iterator[Change]:
    head, tail = text[: place.start], text[place.end :]
    made = _to_quoted(written) if written[0] in "\"'" else _to_plain(written, " " * (len(head) - head.rfind("\n") + 3))
    for what, other, read, same in made:
        yield Change(what, head + other + tail, key, read, same)


#: What kind of change, the text that stands for the value now, how that may be read, whether it may mean nothing.
_Made = tuple[str, str, tuple[str, ...] | None, bool]


def _to_quoted(written: str) -> Iterator[_Made]:
    mark, plain = written[0], written[1:-1]
    for add in OUTSIDE:
        yield f"behind quotes {add!r}", written + add, (plain + add,), False
    for add in BEHIND:
        if mark not in add:
            yield f"inside quotes {add!r}", f"{mark}{plain}{add}{mark}", (plain + add,), False
    yield "opening quote lost", written[1:], (plain + mark,), False
    yield "closing quote lost", written[:-1], None, False


def _to_plain(written: str, indent: str) -> Iterator[_Made]:
    for add in BEHIND:
        yield f"behind {add!r}", written + add, (written + add,), False
    for add in (",", ", # Jane", " # Jane", ".", "  "):
        yield f"behind {add!r}", written + add, (written, written + add.partition("#")[0]), True
    for add in ("Jane", "officer:CFO", "- Jane", "#300", "exercise_price 4.80"):
        yield f"next line {add!r}", f"{written}\n{indent}{add}", (f"{written} {add}",), False
    for add in BEFORE:
        yield f"before {add!r}", add + written, (add + written,), False
    for left, right in AROUND:
        said = written if left in {"'", '"'} else left + written + right
        yield f"around {left}{right}", left + written + right, (said,), False
    yield "around []", f"[{written}]", (written,), True
    for other in INSTEAD:
        yield f"instead {other!r}", other, ("",) if other in {'""', "''"} else None, False
    if " " in written:
        for blank in ("\n" + indent, "\t", "\u00a0", ", ", ": ", " #", "  "):
            broken = written.replace(" ", blank, 1)
            yield f"a blank as {blank!r}", broken, (broken,), False


def _to_key(text: str, key: Key, place: Place) -> Iterator[Change]:
    assert place.key is not None
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: place.key[0] - 1]) + place.key[1] - 1
    name = str(key[-1])
    if not text.startswith(name, start):
        return
    colon = start + len(name)
    head, value = text[:start], text[place.start : place.end]
    plain = text[colon : colon + 2] == ": "
    for what, new in (
        ("in capitals", name.upper()),
        ("with a capital", name.capitalize()),
        ("with a no-break space before", "\u00a0" + name),
        ("with a no-break space behind", name + "\u00a0"),
        ("with a letter too many", name + "x"),
        ("with a byte order mark", "\ufeff" + name),
    ):
        by_holder = key[-2:-1] == ("amount",) and new.strip().lower() == "direct"  # said in capitals it is the same
        if new != name and not by_holder:
            yield Change(f"key {what}", head + new + text[colon:], key, None)
    yield Change("colon lost", text[:colon] + text[colon + 1 :], key, None)
    yield Change("full-width colon", text[:colon] + "\uff1a" + text[colon + 1 :], key, None)
    if plain:
        yield Change("blank behind colon lost", text[: colon + 1] + text[colon + 2 :], key, None)
        yield Change("no-break space behind colon", text[: colon + 1] + "\u00a0" + text[colon + 2 :], key, None)
        yield Change("tab behind colon", text[: colon + 1] + "\t" + text[colon + 2 :], key, None)
        yield Change("semicolon for colon", text[:colon] + ";" + text[colon + 1 :], key, None)
        yield Change("equals for colon", text[:colon] + " =" + text[colon + 1 :], key, None)
    if "\n" not in value and not value.startswith(("|", ">")):
        flow = text[place.end : place.end + 1] in {",", "}"}
        again = f", {name}: {value}" if flow else "\n" + " " * (place.key[1] - 1) + f"{name}: {value}"
        yield Change("key twice", text[: place.end] + again + text[place.end :], key, None)
        yield Change("key with nothing", text[: colon + 1] + text[place.end :], key, None)
        yield Change("key alone", text[:colon] + text[place.end :], key, None)
        yield Change("key twice behind a value", f"{text[: place.end]} {name}: {value}{text[place.end :]}", key, None)


def _to_lines(text: str) -> Iterator[Change]:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        code = line.lstrip(" ")
        if not code or code.startswith("#"):
            continue
        indent = line[: len(line) - len(code)]
        others: list[tuple[str, str]] = [
            ("further in", " " + line),
            ("much further in", "      " + line),
            ("no-break space before", "\u00a0" + line),
            ("tab before", "\t" + line),
        ]
        if indent:
            others += [
                ("further out", line[1:]),
                ("no-break spaces for blanks", "\u00a0" * len(indent) + code),
                ("tab for blanks", "\t" + code),
                ("at the margin", code),
            ]
        if code.startswith("- "):
            others += [
                ("dash lost", indent + "  " + code[2:]),
                ("blank behind dash lost", indent + "-" + code[2:]),
                ("no-break space behind dash", indent + "-\u00a0" + code[2:]),
                ("long dash", indent + "\u2013 " + code[2:]),
            ]
        for sign in "{}[],\"'":
            at = line.find(sign)
            if at >= 0:
                others.append((f"{sign} lost", line[:at] + line[at + 1 :]))
            at = line.rfind(sign)
            if at >= 0:
                others.append((f"last {sign} lost", line[:at] + line[at + 1 :]))
                others.append((f"last {sign} twice", line[:at] + sign + line[at:]))
        others += [("document mark above", "---\n" + line), ("document end above", "...\n" + line)]
        for what, other in others:
            changed = "\n".join([*lines[:index], other, *lines[index + 1 :]])
            yield Change(f"line {what}", changed, (), None)


def _blank(text: str | None) -> str | None:
    """The text with every run of blanks as one, so that a tab or a line's end is none."""
    return None if text is None else " ".join(text.replace("\ufeff", " ").split())


def lost(change: Change, base: Outcome, now: Outcome | None) -> str:
    """What is wrong with what a change came to; empty where nothing is."""
    if now is None or (now.data, now.filing) == (base.data, base.filing):
        return "" if now is None or change.read is None or _is_nothing(change, base) else "dropped"
    changed = {
        key for key in base.data.keys() | now.data.keys() if _blank(base.data.get(key)) != _blank(now.data.get(key))
    }
    field = {key for key in base.data if base.starts.get(key) == base.starts.get(change.key)} | {change.key}
    if change.same:
        field |= {key for key in now.data if key[: len(change.key)] == change.key}
    if change.read is None:
        return "" if not changed or _one_sign(changed, base, now) else "accepted"
    if changed - field:
        return "" if now.warned - base.warned and change.key[0] in {"securities", "ownership_lines"} else "elsewhere"
    read = now.data.get(change.key, now.data.get((*change.key, 0)))
    if _blank(read) not in {_blank(text) for text in change.read}:
        return "dropped"
    if now.filing != base.filing or now.warned != base.warned or not changed or change.same:
        return ""
    return "" if _letters(read) == _letters(base.data.get(change.key)) else "no change to the filing"


def _letters(text: str | None) -> str:
    """The text without signs: those beside a state's name mean nothing (`CA.`)."""
    return "".join(char for char in text or "" if char.isalnum())


def _is_nothing(change: Change, base: Outcome) -> bool:
    """Whether a change says the same in YAML and to the reader: other blanks, quotation marks around the whole."""
    was = base.data.get(change.key)
    return change.same or _blank(was) in {_blank(text) for text in change.read or ()}


def _one_sign(keys: set[Key], base: Outcome, now: Outcome) -> bool:
    """Whether one text has a sign more or less than before, as typed, and the filing shows it (but for 10,000)."""
    before, after = ([data.get(key) or "" for key in keys] for data in (base.data, now.data))
    if len(keys) != 1 or (now.filing == base.filing and before[0].replace(",", "") != after[0].replace(",", "")):
        return False
    short, long = sorted((before[0], after[0]), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def plans() -> list[Path]:
    """The plans that are changed: every example."""
    return sorted(ROOT.glob("examples/*/plan.yaml"))


def tried(stride: int = 1) -> Iterator[tuple[Path, Change, Outcome | None, str]]:
    """Every change in `stride` to every plan: what it came to, and what is wrong with that."""
    count = 0
    for path in plans():
        text = path.read_text("utf-8")
        base = outcome(text, path)
        assert base is not None, path
        for change in changes(text):
            count += 1
            if count % stride == 0:
                now = outcome(change.text, path)
                yield path, change, now, lost(change, base, now)


def main() -> None:
    """Try the changes, and print each that loses a word and how many there were."""
    counts: Counter[str] = Counter()
    for path, change, now, wrong in tried(1 if "--all" in sys.argv else STRIDE):
        counts["refused" if now is None else wrong or "as typed"] += 1
        if wrong:
            sys.stdout.write(f"{path.parent.name} {change.what}: {wrong} at {'.'.join(map(str, change.key))}\n")
    told = ", ".join(f"{number} {what}" for what, number in counts.most_common())
    sys.stdout.write(f"{counts.total()} changes: {told}\n")


if __name__ == "__main__":
    main()
