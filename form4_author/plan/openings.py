"""Opening balances said in short -> one entry for each security and holder, with the places of the author's words.

`{common: 18250}` is what is held directly; in an entry of a list, `security` and `ownership` may be lists, and the
amount a mapping by holder.

Code: YML003 more entries than a plan can have.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from form4_author.findings import Origin, Position, Rejected, error
from form4_author.plan.yaml_text import MAX_NODES, Key, Place

_Spot = tuple[Any, Key]
"""A part of an entry, and the key path that it stood at."""


def with_openings(data: Any, places: dict[Key, Place]) -> None:
    """Write out the opening balances in a plan's data, and move their places along."""
    opening = data.get("opening") if isinstance(data, dict) else None
    base: Key = ("opening",)
    if isinstance(opening, dict):
        known = data.get("securities")
        if "security" in opening and not (isinstance(known, dict) and "security" in known):
            return  # an entry that lacks the list around it: told by the model
        entries = [
            {"security": (name, (*base, name)), "amount": (said, (*base, name))} for name, said in opening.items()
        ]
        _keep(data, entries, places, of_names=True)
    elif isinstance(opening, list) and any(map(_short, opening)):
        entries = []
        for index, said in enumerate(opening):
            entries += _entries(said, (*base, index)) if isinstance(said, dict) else [{"": (said, (*base, index))}]
            if len(entries) > MAX_NODES:
                raise _too_many(places[*base, index])
        _keep(data, entries, places, of_names=False)


def _short(said: Any) -> bool:
    """Whether an entry stands for several."""
    if not isinstance(said, dict):
        return False
    lists = any(isinstance(said.get(name), list) for name in ("security", "ownership"))
    return lists or any(_by_holder(said, name) for name in ("amount", "value"))


def _by_holder(said: dict[str, Any], name: str) -> bool:
    return isinstance(said.get(name), dict) and "ownership" not in said


def _entries(said: dict[str, Any], key: Key) -> list[dict[str, _Spot]]:
    """The entries that one stands for: each security, and with it each holder."""
    rest = {name: (value, (*key, name)) for name, value in said.items()}
    holders: list[dict[str, _Spot]] = [{}]
    by_holder = next((name for name in ("amount", "value") if _by_holder(said, name)), None)
    if by_holder is not None:
        holders = [
            {"ownership": (holder, (*key, by_holder, holder)), by_holder: (amount, (*key, by_holder, holder))}
            for holder, amount in said[by_holder].items()
        ]
    elif isinstance(said.get("ownership"), list):
        holders = [{"ownership": spot} for spot in _each(said["ownership"], (*key, "ownership"))]
    securities: list[dict[str, _Spot]] = [{}]
    if isinstance(said.get("security"), list):
        securities = [{"security": spot} for spot in _each(said["security"], (*key, "security"))]
    if len(securities) * len(holders) > MAX_NODES:
        return [{}] * (MAX_NODES + 1)
    return [{**rest, **security, **holder} for security in securities for holder in holders]


def _each(items: list[Any], key: Key) -> list[_Spot]:
    return [(item, (*key, index)) for index, item in enumerate(items)]


def _keep(data: dict[str, Any], entries: list[dict[str, _Spot]], places: dict[Key, Place], *, of_names: bool) -> None:
    """Put the entries into the data; what stood below a part stands below it again."""
    moved: dict[Key, list[Key]] = {}
    for key in [key for key in places if key[0:1] == ("opening",) and len(key) > 1]:
        for length in range(2, len(key) + 1):
            moved.setdefault(key[:length], []).append(key)
    now: dict[Key, Place] = {}
    written: list[Any] = []
    for index, entry in enumerate(entries):
        target: Key = ("opening", index)
        whole = {name: spot for name, spot in entry.items() if name}
        written.append({name: value for name, (value, _) in whole.items()} if whole else entry[""][0])
        first = next(iter(entry.values()))[1]
        now[target] = _of_name(places[first]) if of_names else places[first[:2]]
        for name, (_, key) in whole.items():
            for below in moved.get(key, ()):
                now[*target, name, *below[len(key) :]] = places[below]
            if (of_names and name == "security") or (name == "ownership" and key[-2] in {"amount", "value"}):
                now[*target, name] = _of_name(places[key])
    for key in [key for key in places if key[:1] == ("opening",) and len(key) > 1]:
        del places[key]
    places |= now
    data["opening"] = written


def _of_name(place: Place) -> Place:
    """The place of the key itself."""
    return replace(place, value=place.key or place.value)


def _too_many(place: Place) -> Rejected:
    origin = Origin(Position(place.file, *place.value), "opening")
    message = f"the opening balances are more than {MAX_NODES:,}"
    return Rejected([error("YML003", message, origin, hint="Each security counts once for each holder.")])
