"""What counts for a plan, and where that comes from: what was asked for, the plan, the firm's file, the defaults."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.files.inputs import Input
from form4_author.files.reading import is_folder, root_of
from form4_author.firm.nearest import firm_of, further_up
from form4_author.firm.settings import SETTINGS, Firm, Known
from form4_author.pipeline.loading import asked_shelf, firm_shelf
from form4_author.plan import source as sources
from form4_author.plan.source import Shelf, Source, known_profiles
from form4_author.report.settings import Configured

ASKED, PLAN, FIRM, DEFAULT = "command line", "plan", "firm", "default"


class Configuration(Struct, frozen=True):
    """All that counts for a plan, or for a folder.

    Attributes:
        firm: the firm's file.
        settings: by key in the order of the registry; of what adds up (footnotes, waivers, folders of profiles) each
            part, the one first that counts before the others.
        insiders: the names of the profiles that a plan there can use.
        not_read: the firm's files further up, which say nothing here.
    """

    firm: Firm
    settings: tuple[Configured, ...]
    insiders: tuple[str, ...]
    not_read: tuple[str, ...]


def configuration(file: Input) -> Configuration:
    """What counts for a plan; for the plans of a folder where it is one.

    Raises:
        Rejected: the plan or the firm's file can't be read.
    """
    path = file.path or Path()
    source = None
    if is_folder(path):
        file = replace(file, path=path / "plan.yaml")
    else:
        source = sources.load(
            path, name=file.name, data=file.content(), root=root_of(Path(os.path.realpath(path)).parent)
        )
    firm = firm_of(file)
    shelves = _shelves(file, firm)
    said = [one for known in SETTINGS for one in _said(known, firm, source, shelves)]
    insiders = {name for shelf, _ in shelves for name in known_profiles(shelf)}
    return Configuration(firm, tuple(said), tuple(sorted(insiders)), tuple(further_up(firm)))


def _shelves(file: Input, firm: Firm) -> list[tuple[Shelf, Configured]]:
    """The folders of profiles that there are, the first one first."""
    found = []
    asked, theirs = asked_shelf(file.profiles), firm_shelf(firm)
    if asked is not None:
        found.append((asked, Configured("profiles", asked.shown, ASKED)))
    beside = Path(os.path.realpath(file.path or Path())).parent / "_profiles"
    if is_folder(beside):
        shown = os.path.normpath(Path(file.name).parent / "_profiles")
        found.append((Shelf(shown, beside, beside), Configured("profiles", shown, PLAN)))
    if theirs is not None:
        setting = firm.settings["profiles"]
        found.append((theirs, Configured("profiles", setting.shown, FIRM, setting.origin.position)))
    return found


def _said(
    known: Known, firm: Firm, source: Source | None, shelves: list[tuple[Shelf, Configured]]
) -> Iterator[Configured]:
    told: list[Configured] = []
    if known.name == "profiles":
        told = [one for _, one in shelves]
    elif source is not None and known.name in {"library", "waivers"}:
        told = [*_of_plan(known.name, source)]
    if known.name == "waivers":
        told += [Configured("waivers", waiver.code, FIRM, waiver.origin.position) for waiver in firm.waivers]
    elif known.name in firm.settings and known.name != "profiles":
        setting = firm.settings[known.name]
        told.append(Configured(known.name, setting.shown, FIRM, setting.origin.position))
    yield from told or [Configured(known.name, known.default, DEFAULT)]


def _of_plan(key: str, source: Source) -> Iterator[Configured]:
    said: Any = source.data.get(key)
    if isinstance(said, Mapping) and said:
        yield Configured(key, ", ".join(said), PLAN, source.origin((key,)).position)
    for index, one in enumerate(said if isinstance(said, list) else ()):
        if isinstance(one, dict) and isinstance(one.get("code"), str):
            yield Configured(key, one["code"], PLAN, source.origin((key, index)).position)
