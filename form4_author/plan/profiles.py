"""Owners that a plan names by their profiles, and what a profile says beside boxes 1 and 5: its usual holders.

Codes: PLN011 two owners that have different holders of one name; PLN013 from the look-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.plan.several import PlanForm, Profile
from form4_author.plan.yaml_text import Key, Place

_OWNERS, _HOLDERS = "owners", "ownership_lines"


def with_profiles(form: PlanForm, profile: Profile) -> PlanForm:
    """A form's plan with its owners' profiles in the place of their names, and their holders among the plan's own.

    Args:
        form: the plan; untouched where it names no profile and no owner has holders.
        profile: looks one up by its name.
    """
    owners = form.source.data.get(_OWNERS)
    named = isinstance(owners, str) or (isinstance(owners, list) and any(isinstance(one, str) for one in owners))
    if not named and not _with_holders(owners):
        return form
    writer = _Writer({**form.source.data}, {**form.source.places}, [*form.findings])
    if isinstance(owners, str):
        writer.look_up([owners], form, profile, alone=True)
    elif named and isinstance(owners, list):
        writer.look_up(owners, form, profile)
    writer.lift()
    source = replace(form.source, data=writer.data, places=writer.places)
    return replace(form, source=source, findings=tuple(writer.findings))


def _with_holders(owners: Any) -> bool:
    listed = owners if isinstance(owners, list) else []
    return any(isinstance(one, dict) and isinstance(one.get(_HOLDERS), dict) for one in listed)


class _Writer(Struct):
    data: dict[str, Any]
    places: dict[Key, Place]
    findings: list[Finding]

    def look_up(self, owners: list[Any], form: PlanForm, profile: Profile, *, alone: bool = False) -> None:
        """Put the profiles in the place of their names; one of a group stands for several owners."""
        taken = {key: place for key, place in self.places.items() if key[:1] == (_OWNERS,) and len(key) > 1}
        for old in taken:
            del self.places[old]
        told: list[Any] = []
        for index, owner in enumerate(owners):
            key: Key = (_OWNERS,) if alone else (_OWNERS, index)
            if not isinstance(owner, str):
                self.keep(len(told), {k[2:]: place for k, place in taken.items() if k[:2] == key})
                told.append(owner)
                continue
            try:
                said, places = profile(owner, form.source.origin(key))
            except Rejected as refused:
                self.findings += refused.findings
                continue
            group = said if isinstance(said, list) else [said]
            for number, one in enumerate(group):
                below: Key = (number,) if isinstance(said, list) else ()
                self.keep(len(told), {k[len(below) :]: p for k, p in places.items() if k[: len(below)] == below})
                told.append(one)
        self.data[_OWNERS] = told

    def keep(self, index: int, places: Mapping[Key, Place]) -> None:
        self.places |= {(_OWNERS, index, *key): place for key, place in places.items()}

    def lift(self) -> None:
        """Lay the owners' holders under the plan's own: what the plan says of one of that name counts."""
        own = self.data.get(_HOLDERS)
        holders: dict[str, Any] = {**own} if isinstance(own, dict) else {}
        lifted: dict[str, Any] = {}
        owners = [{**one} if isinstance(one, dict) else one for one in self.data[_OWNERS]]
        for index, owner in enumerate(owners):
            if not isinstance(owner, dict) or not isinstance(owner.get(_HOLDERS), dict):
                continue
            base: Key = (_OWNERS, index, _HOLDERS)
            stand = {key: place for key, place in self.places.items() if key[:3] == base}
            for key in stand:
                del self.places[key]
            for name, said in owner.pop(_HOLDERS).items():
                if name in lifted and lifted[name] != said:
                    place = stand[(*base, name)]
                    origin = Origin(Position(place.file, *(place.key or place.value)), f"{_HOLDERS}.{name}")
                    message = f"two owners have different holders called {name}"
                    hint = f"Write {_HOLDERS}: {{{name}: ...}} in the plan, or give one another name in its profile."
                    self.findings.append(error("PLN011", message, origin, hint=hint))
                elif name not in holders:
                    lifted[name] = holders[name] = said
                    self.places |= {(_HOLDERS, *key[3:]): place for key, place in stand.items() if key[3:4] == (name,)}
            self.places.setdefault((_HOLDERS,), stand[base])
        self.data[_OWNERS] = owners
        if lifted and (own is None or isinstance(own, dict)):
            self.data[_HOLDERS] = holders
