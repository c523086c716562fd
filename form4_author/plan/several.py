"""A plan of several forms -> a plan for each of them, everything in it at the place where it was written.

Under `for_each` stands an item for each insider, or a sheet with a row for each. What an item says of an event goes to
the entries of `transactions` that leave it open (`vest: each`), and an entry that it says nothing of is not its own.

Codes: PLN020 an insider that no form can be made for; and those of `source`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from msgspec import Struct
from msgspec.structs import replace

from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.plan.entries import EVENTS, all_kinds
from form4_author.plan.model import Plan
from form4_author.plan.openings import with_openings
from form4_author.plan.scalars import did_you_mean, quoted
from form4_author.plan.sheet_items import Told
from form4_author.plan.source import Source, path_text
from form4_author.plan.yaml_text import Key, Place

MAX_FORMS = 500
_MOST_PARTS = 1_000_000
_EACH = "each"
_LONGEST_NAME = 60
_APPENDED = ("adds", "exhibits", "transactions", "waivers")
_NO_NAME = set('/\\:*?"<>|')

Places = dict[Key, Place]
Profiled = tuple[Any, Mapping[Key, Place]]
"""What a profile holds: its data, and the places of that."""
Profile = Callable[[str, Origin], Profiled]
"""Looks a profile up by its name; raises `Rejected`."""
Rows = Callable[[int], list[Told]]
"""Reads the rows of a sheet, so many at most; raises `Rejected`."""


class PlanForm(Struct, frozen=True):
    """The plan of one form.

    Attributes:
        name: what it is called among the forms of its plan; empty where it is the only one.
        source: the plan.
        findings: why no form can be made of it.
    """

    name: str
    source: Source
    findings: tuple[Finding, ...] = ()


class Item(Struct, frozen=True):
    """What a plan says of one insider.

    Attributes:
        data: its keys.
        places: where they stand, by the key path below the item.
        key: the item's own key path.
    """

    data: Any
    places: Places
    key: Key

    def origin(self, *below: str | int, of_key: bool = False) -> Origin:
        """Where a part of it stands, or what holds that."""
        for length in range(len(below), -1, -1):
            place = self.places.get(below[:length])
            if place is not None:
                spot = place.key if of_key and place.key and length == len(below) else place.value
                return Origin(Position(place.file, *spot), path_text((*self.key, *below)))
        return Origin(path=path_text(self.key))


def plans(source: Source, profile: Profile, rows: Rows) -> list[PlanForm]:
    """The plan of each form; the plan itself where it makes one.

    Args:
        source: the plan.
        profile: looks up the profile that an item names as its owner.
        rows: reads the sheet that the plan names, of at most so many rows.

    Raises:
        Rejected: it can't be told which forms there are.
    """
    if "for_each" not in source.data:
        return [PlanForm("", source)]
    items = _items(source, rows)
    named = _named(items)
    shared = {key: place for key, place in source.places.items() if key[:1] != ("for_each",)}
    if len(items) * len(shared) > _MOST_PARTS:
        message = f"{len(items):,} forms of {len(shared):,} entries each are more than one plan holds"
        raise Rejected([error("PLN020", message, source.origin(("for_each",)), hint="Make several plans of it.")])
    return [_Expansion(source, shared, item).plan(name, profile) for name, item in zip(named, items, strict=True)]


def _items(source: Source, rows: Rows) -> list[Item]:
    said = source.data["for_each"]
    if isinstance(said, dict) and "sheet" in said:
        return [Item(data, places, ("for_each", index)) for index, (data, places) in enumerate(rows(MAX_FORMS))]
    if isinstance(said, list):
        places: list[Places] = [{} for _ in said]
        for key, place in source.places.items():
            if key[:1] == ("for_each",) and len(key) > 1 and isinstance(key[1], int):
                places[key[1]][key[2:]] = place
        items = [Item(item, places[index], ("for_each", index)) for index, item in enumerate(said)]
    else:
        raise Rejected(
            [
                error(
                    "PLN003",
                    "a list of insiders must stand here, or a sheet with its columns",
                    source.origin(("for_each",)),
                    hint="Write for_each: with a list of {name: ..., owner: ..., ...}, or {sheet: FILE.csv, columns: "
                    "{name: ..., ...}}.",
                )
            ]
        )
    if not items or len(items) > MAX_FORMS:
        seen = f"{len(items):,} insiders are more than the {MAX_FORMS} of one plan" if items else "no insider is named"
        way_out = "Make several plans of it." if items else "Write an item for each, or leave for_each out."
        raise Rejected([error("PLN020", seen, source.origin(("for_each",)), hint=way_out)])
    return items


def _named(items: Sequence[Item]) -> list[str]:
    """The names of the items, each its own and fit for a file."""
    findings: list[Finding] = []
    names: list[str] = []
    first: dict[str, Origin] = {}
    for item in items:
        name = item.data.get("name") if isinstance(item.data, dict) else None
        if not isinstance(item.data, dict):
            findings.append(error("PLN003", "a mapping of keys must stand here: `key: value`", item.origin()))
        elif not isinstance(name, str):
            hint = "Write name: with a short name of your own; the form is written to PLAN-NAME.xml."
            findings.append(
                error("PLN001", "name is missing: what this form is called", item.origin("name"), hint=hint)
            )
        elif not _fit(name):
            findings.append(
                error(
                    "PLN020",
                    f"no file can be named after {quoted(name)}",
                    item.origin("name"),
                    hint="Write letters, digits and - in a name.",
                )
            )
        else:
            before = first.setdefault(unicodedata.normalize("NFC", name).casefold(), item.origin("name"))
            if before != item.origin("name"):
                line = f", first in line {before.position.line}" if before.position else ""
                message = f"the name {quoted(name)} stands twice{line}"
                findings.append(error("PLN020", message, item.origin("name"), hint="Give each form a name of its own."))
        names.append(name if isinstance(name, str) else "")
    if findings:
        raise Rejected(findings)
    return names


def _fit(name: str) -> bool:
    """Whether a file can bear a name on any disk."""
    plain = name.isprintable() and not set(name) & _NO_NAME
    return plain and 0 < len(name) <= _LONGEST_NAME and name == name.strip(" .-")


class _Expansion(Struct):
    """The plan of one insider's form while it is made.

    Attributes:
        source: the plan of all.
        shared: the places of what it says of all.
        item: what it says of this one.
    """

    source: Source
    shared: Mapping[Key, Place]
    item: Item
    data: dict[str, Any] = {}
    places: Places = {}
    findings: list[Finding] = []

    def plan(self, name: str, profile: Profile) -> PlanForm:
        """The plan, with findings on what no form can be made of."""
        own = self.item.data
        self.findings += [self.empty(key) for key, part in own.items() if part is None]
        self.data = {key: part for key, part in self.source.data.items() if key != "for_each"}
        top = {key: part for key, part in own.items() if key in _TOP and part is not None}
        replaced = {key for key in top if not isinstance(top[key], dict) or not isinstance(self.data.get(key), dict)}
        replaced -= set(_APPENDED)
        gone = replaced | {self.where} | ({"owners"} if "owner" in own else set())
        self.places = {key: place for key, place in self.shared.items() if not key or key[0] not in gone}
        self.entries()
        for key, part in top.items():
            self.top(key, part)
        if "signed" not in top and ("signed",) in self.item.places:
            self.places["signed",] = self.item.places["signed",]
        self.owner(profile)
        try:
            with_openings(self.data, self.places)
        except Rejected as refused:
            self.findings += refused.findings
        return PlanForm(name, replace(self.source, data=self.data, places=self.places), tuple(self.findings))

    @property
    def where(self) -> str:
        """The key of the list of entries: an amendment adds them."""
        return "adds" if "amends" in self.source.data and "adds" in self.source.data else "transactions"

    def empty(self, key: str) -> Finding:
        """A finding on a key of the item with nothing behind it."""
        origin = self.item.origin(key, of_key=True)
        return error("PLN001", f"{key} is left empty", origin, hint="Write its value, or delete the key.")

    def keep(self, target: Key, below: Key) -> None:
        """Note that a part of the item now stands at a key path."""
        for key, place in self.item.places.items():
            if key[: len(below)] == below:
                self.places[*target, *key[len(below) :]] = place

    def top(self, key: str, part: Any) -> None:
        """A key of the plan that the item has: added to the plan's own, or in its stead."""
        before = self.data.get(key)
        if key in _APPENDED and isinstance(before, list) and isinstance(part, list):
            for index in range(len(part)):
                self.keep((key, len(before) + index), (key, index))
            self.data[key] = [*before, *part]
        elif isinstance(before, dict) and isinstance(part, dict):
            for name in part:
                for place_key in [place_key for place_key in self.places if place_key[:2] == (key, name)]:
                    del self.places[place_key]
                self.keep((key, name), (key, name))
            self.data[key] = before | part
        else:
            self.keep((key,), (key,))
            self.data[key] = part

    def owner(self, profile: Profile) -> None:
        """The owner of the form: the item's own, or the profile that it names."""
        said = self.item.data.get("owner")
        if said is None:
            return
        if "owners" in self.item.data:
            origin = self.item.origin("owner", of_key=True)
            self.findings.append(error("PLN011", "owners already names the owner", origin, hint="Keep one of the two."))
            return
        self.keep(("owners",), ("owner",))
        self.keep(("owners", 0), ("owner",))
        whole: Key = ("owners", 0)
        if isinstance(said, str):
            try:
                said, places = profile(said, self.item.origin("owner"))
            except Rejected as refused:
                self.findings += refused.findings
                return
            whole = ("owners",) if isinstance(said, list) else whole
            self.places |= {(*whole, *key): place for key, place in places.items() if key}
        self.data["owners"] = said if len(whole) == 1 else [said]

    # --- the entries ----------------------------------------------------------------------------------------------

    def entries(self) -> None:
        """The plan's transactions, those that say `each` as the item has them."""
        listed = self.source.data.get(self.where)
        if not isinstance(listed, list):
            self.restored()
            return
        opened = [(index, key) for index, entry in enumerate(listed) for key in _open_keys(entry)]
        events = {key for _, key in opened}
        rest = {key: said for key, said in self.item.data.items() if key not in {*_TOP, *events, "name", "owner"}}
        rest = {key: said for key, said in rest.items() if said is not None}
        mine = [(index, key) for index, key in opened if self.item.data.get(key) is not None]
        self.refuse_strays(rest, opened, mine)
        written: list[Any] = []
        for index, entry in enumerate(listed):
            keys = [key for at, key in opened if at == index]
            if not keys:
                self.moved(index, len(written))
                written.append(entry)
            elif (index, keys[0]) in mine:
                written += self.filled(entry, index, keys[0], _taken(rest, entry, len(mine)), len(written))
        if (self.where,) in self.shared:
            self.places[self.where,] = self.shared[self.where,]
        self.data[self.where] = written
        if not written and not self.findings and not self.item.data.get(self.where):
            self.findings.append(
                error(
                    "PLN020",
                    f"{quoted(self.item.data['name'])} has no transaction: nothing is said of it under "
                    + " or ".join(sorted(events)),
                    self.item.origin("name"),
                    hint="Say what happened, or take it out: a form without a transaction isn't due.",
                )
            )

    def restored(self) -> None:
        """Leave what stands under `transactions` to be told of."""
        self.places |= {key: place for key, place in self.shared.items() if key[:1] == (self.where,)}

    def moved(self, index: int, now: int) -> None:
        """An entry of all, in its place among this one's."""
        for key, place in self.shared.items():
            if key[:2] == (self.where, index):
                self.places[self.where, now, *key[2:]] = place

    def filled(self, entry: dict[str, Any], index: int, event: str, own: dict[str, Any], now: int) -> list[Any]:
        """An entry with what the item says of its event: several, where the event takes one security at a time."""
        said = self.item.data[event]
        whole: list[tuple[Any, Key]] = [(said, (event,))]
        if isinstance(said, dict) and said and _apart(entry, event, said):
            whole = [(name, (event, name)) for name in said]
        if len(whole) > 1:
            self.refuse_undivided(event, own, whole)
        written = []
        for at, (security, below) in enumerate(whole):
            target: Key = (self.where, now + at)
            self.moved(index, now + at)
            filled = {**entry, event: security}
            for key, part in own.items():
                filled[key] = part
                self.taken((*target, key), (key,))
            self.taken((*target, event), below)
            if len(below) > 1:
                place = self.places[*target, event]
                amount = said[security]
                more = amount if isinstance(amount, dict) else {"amount": amount}
                for key, part in more.items():
                    filled[key] = part
                    self.taken((*target, key), (*below, key) if isinstance(amount, dict) else below)
                self.places[*target, event] = replace(place, value=place.key or place.value)
            self.places[target] = self.places[*target, event]
            written.append(filled)
        return written

    def refuse_undivided(self, event: str, own: Mapping[str, Any], whole: Sequence[tuple[Any, Key]]) -> None:
        """Findings on what is said once of several securities that are an entry each."""
        for key in own:
            if key not in _OF_EACH:
                names = ", ".join(f"{name}: {{amount: ..., {key}: ...}}" for name, _ in whole)
                message = f"{key} doesn't tell of which security"
                origin = self.item.origin(key, of_key=True)
                self.findings.append(error("PLN011", message, origin, hint=f"Write {event}: {{{names}}}"))

    def taken(self, target: Key, below: Key) -> None:
        """Note that a part of the item stands at a key path, in the place of what stood there."""
        for key in [key for key in self.places if key[: len(target)] == target]:
            del self.places[key]
        self.keep(target, below)

    def refuse_strays(
        self, rest: Mapping[str, Any], opened: Sequence[tuple[int, str]], mine: Sequence[tuple[int, str]]
    ) -> None:
        """Findings on the item's keys that no entry of its own takes."""
        events = {kind.name for kind in EVENTS}
        for key in rest:
            origin = self.item.origin(key, of_key=True)
            if key in events:
                hint = f"Write an entry under {self.where}: - {{date: ..., {key}: each}}"
                self.findings.append(error("PLN020", f"no entry of {self.where} says {key}: each", origin, hint=hint))
            elif not opened:
                known = {*_TOP, "name", "owner", *events}
                hint = did_you_mean(key, known)
                self.findings.append(error("PLN002", f"unknown key {quoted(key)}", origin, hint=hint))
            elif not mine:
                continue  # it has no entry at all, which is told
            elif len(mine) > 1 and not any(key in _keys_of(self.source.data[self.where][at]) for at, _ in mine):
                known = {name for at, _ in mine for name in _keys_of(self.source.data[self.where][at])}
                hint = did_you_mean(key, known | _TOP)
                self.findings.append(error("PLN002", f"unknown key {quoted(key)}", origin, hint=hint))


#: What may be said once of several securities.
_OF_EACH = frozenset({"code", "date", "deemed_execution_date", "early", "notes", "ownership", "price", "vests"})
_TOP = frozenset(Plan.model_fields) - {"for_each"}


def _open_keys(entry: Any) -> Iterator[str]:
    """The key of an entry that each insider fills in."""
    if isinstance(entry, dict):
        yield from [key for key, said in entry.items() if isinstance(said, str) and said.strip() == _EACH][:1]


def _kind(entry: Mapping[str, Any]) -> Any:
    *events, line = all_kinds()
    return next((kind for kind in events if kind.name in entry), line).model


def _keys_of(entry: Mapping[str, Any]) -> set[str]:
    return set(_kind(entry).model_fields)


def _taken(rest: dict[str, Any], entry: Mapping[str, Any], count: int) -> dict[str, Any]:
    """The item's keys that an entry takes: all of them where it is the only one, so that a slip is told there."""
    return rest if count == 1 else {key: said for key, said in rest.items() if key in _keys_of(entry)}


def _apart(entry: Mapping[str, Any], event: str, said: Mapping[str, Any]) -> bool:
    """Whether each security becomes an entry of its own: the event takes one name, or no keys for each."""
    known = _kind(entry).model_fields.get(event)
    if known is None or _takes_keys(known.annotation):
        return False
    return known.annotation is str or any(isinstance(part, dict) for part in said.values())


def _takes_keys(annotation: Any) -> bool:
    """Whether a mapping may stand there, with more of each security than how many."""
    return get_origin(annotation) is dict or any(map(_takes_keys, get_args(annotation)))
