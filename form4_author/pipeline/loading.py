"""Stages 1 and 2 of a plan: its file, and all that it takes over from others, become the plan of each of its forms.

A plan that follows or amends another is composed from the end of that one, which may follow a further one.

Code: PLN025 a plan or filing that can't be followed or amended.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from form4_author.compose.composition import Composition, compose
from form4_author.edgar import ownership_xml
from form4_author.edgar.unwrap import unwrap
from form4_author.files.inputs import Input
from form4_author.files.reading import decode, inside, read_bytes, root_of, within
from form4_author.filing import DocumentKind, Filing, Row, Value, form_of
from form4_author.filing.numbers import plain
from form4_author.findings import Origin, Rejected, error
from form4_author.firm.nearest import firm_of
from form4_author.firm.settings import NO_FIRM, Firm
from form4_author.plan import source as sources
from form4_author.plan.carried import Carried, carried_on, in_turn, texts_in
from form4_author.plan.model import Plan
from form4_author.plan.profiles import with_profiles
from form4_author.plan.reader import read_plan
from form4_author.plan.several import PlanForm, Profiled, plans
from form4_author.plan.sheet_items import Told, sheet_items
from form4_author.plan.source import Shelf, Source
from form4_author.plan.yaml_text import Key, Place

_LONGEST_CHAIN = 24
_CARRIED = ("issuer", "owners", "securities", "ownership_lines", "library")


class Written(Struct, frozen=True):
    """What an author wrote: the plan, where its parts stand, its folder, and the one its files must stay inside."""

    plan: Plan
    source: Source
    folder: Path | None
    root: Path | None

    def composed(self, **how: Any) -> Composition:
        """The filing that it describes; see `compose`."""
        return compose(self.plan, self.source, folder=self.folder, root=self.root, **how)


class Loaded(Struct, frozen=True):
    """A plan as loaded.

    Attributes:
        source: the plan.
        folder: its folder.
        root: the one that its files must stay inside.
        texts: filled with the text of each file read, by name.
        firm: the firm's file that counts for it.
        profiles: a folder of profiles to look in before all others.
        chain: the files that led to this one, itself the last.
    """

    source: Source
    folder: Path | None
    root: Path | None
    texts: dict[str, str]
    firm: Firm = NO_FIRM
    profiles: Path | None = None
    chain: tuple[Path, ...] = ()
    _earlier: dict[Path, dict[str, Carried]] = {}

    def forms(self) -> list[PlanForm]:
        """The plan of each form, all that it takes over in it.

        Raises:
            Rejected: it can't be told which forms there are.
        """
        known: dict[str, Profiled] = {}

        def profile(name: str, origin: Origin) -> Profiled:
            if name not in known:
                known[name] = sources.profile(name, origin, texts=self.texts, **self.shelves())
            return known[name]

        def rows(most: int) -> list[Told]:
            return sheet_items(self.source, folder=self.folder, root=self.root, texts=self.texts, most=most)

        return [self.carried(with_profiles(form, profile)) for form in plans(self.source, profile, rows)]

    def shelves(self) -> dict[str, Shelf | None]:
        """The folders in which the plan's profiles are looked up."""
        beside = None
        if self.folder is not None and self.root is not None and self.root != self.root.parent:
            beside = Shelf(
                os.path.normpath(Path(self.source.file).parent / "_profiles"), self.folder / "_profiles", self.root
            )
        return {"before": asked_shelf(self.profiles), "beside": beside, "behind": firm_shelf(self.firm)}

    def written(self, form: PlanForm) -> Written:
        """The models of one form's plan.

        Raises:
            Rejected: there are mistakes of shape in it, or no form can be made of it.
        """
        if form.findings:
            raise Rejected(form.findings)
        return Written(read_plan(form.source), form.source, self.folder, self.root)

    # --- what it takes over ---------------------------------------------------------------------------------------

    def carried(self, form: PlanForm) -> PlanForm:
        """A form's plan with what it takes over; with why it can't be followed in its findings."""
        data = form.source.data
        key = next((key for key in ("follows", "amends") if data.get(key) is not None), None)
        if key is None or form.findings:
            stray = next((one for one in ("adds", "why") if one in data), None)
            if key is None and stray is not None:
                origin = form.source.origin((stray,), of_key=True)
                hint = "Write amends: with the form that is amended."
                found = error("PLN011", f"{stray} goes with amends", origin, hint=hint)
                return replace(form, findings=(*form.findings, found))
            return form
        try:
            return replace(form, source=carried_on(form.source, self.chosen(form, key)))
        except Rejected as refused:
            return replace(form, findings=refused.findings)

    def chosen(self, form: PlanForm, key: str) -> Carried:
        """What the form ends with that another goes on from.

        Raises:
            Rejected: it can't be told, or can't be followed.
        """
        data, origin = form.source.data, form.source.origin((key,))
        if "follows" in data and "amends" in data:
            place = form.source.origin(("follows",), of_key=True)
            message = "a plan follows another or amends one"
            raise Rejected([error("PLN011", message, place, hint="Keep one of the two.")])
        if key == "follows" and isinstance(data[key], list) and data[key]:
            places = [form.source.origin((key, index)) for index in range(len(data[key]))]
            return in_turn([self.one_of(name, form, place) for name, place in zip(data[key], places, strict=True)])
        return self.one_of(data[key], form, origin)

    def one_of(self, name: object, form: PlanForm, origin: Origin) -> Carried:
        """What one earlier plan or filing ends with: of several forms, that of the form's name or owners.

        Raises:
            Rejected: it can't be told, or can't be followed.
        """
        by_name = self.earlier(name, origin)
        one = _fitting(by_name, form)
        if one is None:
            message = f"{name} makes {len(by_name)} forms ({', '.join(by_name)}), and it isn't clear which is meant"
            hint = "Write owners: with the one whose form is meant, or give the XML that was built of it."
            raise Rejected([error("PLN025", message, origin, hint=hint)])
        return one

    def earlier(self, name: object, origin: Origin) -> Mapping[str, Carried]:
        """What the forms of an earlier plan or filing end with, by their names.

        Raises:
            Rejected: there is none, it goes round in a circle, or it isn't right itself.
        """
        if not isinstance(name, str):
            hint = "Write the name of a plan, or of a filed XML."
            raise Rejected([error("PLN025", "one file must stand here", origin, hint=hint)])
        path = inside(name, self.folder, self.root, origin, "PLN025")
        if path not in self._earlier:
            if path in self.chain or len(self.chain) > _LONGEST_CHAIN:
                why = "goes round in a circle" if path in self.chain else "goes on from too many others"
                message = f"{name} can't be followed: it {why}"
                raise Rejected([error("PLN025", message, origin, hint="Follow the XML that was filed.")])
            shown = os.path.normpath(Path(self.source.file).parent / name)
            try:
                data = read_bytes(path, shown, below=self.root)
            except Rejected as refused:
                first = refused.findings[0]
                message = f"{name} can't be followed: {first.message}"
                raise Rejected([error("PLN025", message, origin, hint=first.hint)]) from None
            self._earlier[path] = self.ends(path, shown, data)
        return self._earlier[path]

    def ends(self, path: Path, shown: str, data: bytes) -> dict[str, Carried]:
        """What each form of a file ends with."""
        if path.suffix.lower() not in {".yaml", ".yml"}:
            wrapped = unwrap(data, shown, texts=self.texts)
            filing = ownership_xml.read(wrapped.document)
            return {"": _of_filing(filing, shown, wrapped.filed)}
        root = self.root
        firm = firm_of(Input(shown, path))
        loaded = with_firm(sources.load(path, name=shown, data=data, root=root, texts=self.texts), firm)
        whole = Loaded(loaded, path.parent, root, self.texts, firm, self.profiles, (*self.chain, path))
        return {form.name: _of_plan(whole.written(form)) for form in whole.forms()}


def load_plan(file: Input, data: bytes, texts: dict[str, str]) -> Loaded:
    """Load a plan.

    Args:
        file: the plan.
        data: its bytes.
        texts: filled with the text of each file read, by name.

    Raises:
        Rejected: it can't be read, is not YAML, or an include can't be followed; or the firm's file can't.
    """
    if file.path is None:
        text = decode(within(data, file.name), file.name)
        return Loaded(sources.loads(text, name=file.name, texts=texts), None, None, texts, profiles=file.profiles)
    path = Path(os.path.realpath(file.path))
    root, firm = file.root or root_of(path.parent), firm_of(file)
    source = with_firm(sources.load(file.path, data=data, root=root, texts=texts), firm)
    return Loaded(source, path.parent, root, texts, firm, file.profiles, (path,))


def with_firm(source: Source, firm: Firm) -> Source:
    """A plan with the footnotes of its firm.

    Raises:
        Rejected: they can't be read.
    """
    if firm.folder is None or not firm.value("library"):
        return source
    origin, base = firm.settings["library"].origin, Path(firm.file).parent
    shelf = Shelf(os.path.normpath(base), firm.folder, firm.folder)
    named = [(os.path.relpath(path, firm.folder), origin) for path in firm.value("library")]
    try:
        return sources.with_library(source, named, shelf)
    except Rejected:
        source.files[firm.file] = firm.text  # to show the line; else the library's own texts tell what it is
        raise


def firm_shelf(firm: Firm) -> Shelf | None:
    """The firm's folder of profiles; None where it names none."""
    folder = firm.value("profiles")
    if folder is None or firm.folder is None:
        return None
    shown = os.path.normpath(Path(firm.file).parent / os.path.relpath(folder, firm.folder))
    return Shelf(shown, folder, firm.folder)


def asked_shelf(folder: Path | None) -> Shelf | None:
    """The folder of profiles that was asked for; None where none was."""
    if folder is None:
        return None
    there = Path(os.path.realpath(folder))
    return Shelf(str(folder), there, there)


def _fitting(by_name: Mapping[str, Carried], form: PlanForm) -> Carried | None:
    """The form that another goes on from: the only one, that of its name, or that of its owners."""
    if len(by_name) == 1:
        return next(iter(by_name.values()))
    if form.name in by_name:
        return by_name[form.name]
    own = _ciks(form.source.data.get("owners"))
    same = [one for one in by_name.values() if own and _ciks(one.data.get("owners")) == own]
    return same[0] if len(same) == 1 else None


def _ciks(owners: Any) -> list[str]:
    listed = owners if isinstance(owners, list) else []
    return [str(one.get("cik")).lstrip("0") for one in listed if isinstance(one, dict)]


# --- the end of a plan --------------------------------------------------------------------------------------------


def _of_plan(written: Written) -> Carried:
    """What a plan ends with.

    Raises:
        Rejected: it isn't right itself.
    """
    composed = written.composed(kind=DocumentKind.RECORD)
    wrong = [finding for finding in composed.findings if finding.is_error]
    if wrong:
        raise Rejected(wrong)
    source, filing = written.source, composed.filing
    data: dict[str, Any] = {key: source.data[key] for key in _CARRIED if key in source.data}
    places = {key: place for key, place in source.places.items() if key and key[0] in data}
    adjusted(data, composed)
    opening: list[dict[str, Any]] = []
    for closing in composed.closing:
        security, form, nature = closing.account
        entry: dict[str, Any] = {"security": security, "value" if closing.by_value else "amount": plain(closing.amount)}
        if form != "direct":
            entry["ownership"] = {"indirect": nature} if nature else form
        if closing.moved:
            entry["moved"] = [*closing.moved]
        _keep_place(places, ("opening", len(opening)), entry, _place(closing.origin, source.file))
        opening.append(entry)
    data["opening"] = opening
    used = set(texts_in([data.get("securities"), data.get("ownership_lines")]))
    footnotes = source.data.get("footnotes") or {}
    data["footnotes"] = {name: note for name, note in footnotes.items() if name in used}
    texts = {note.text: name for name, note in written.plan.footnotes.items() if note.text}
    natures = _natures(filing, data, places, source.file, texts)
    for name in data["footnotes"]:
        keys = [key for key in source.places if key[:2] == ("footnotes", name)]
        places |= {key: source.places[key] for key in keys}
    return Carried(data, places, natures, _original(filing, source.file, ""))


def adjusted(data: dict[str, Any], composed: Composition) -> None:
    """Give the securities the terms that they have at the end, as after a split."""
    for name, security in composed.adjusted.items():
        said = data.get("securities", {}).get(name)
        cost = security.exercise_price
        if not isinstance(said, dict):
            continue
        if cost is not None and cost.amount is not None:
            before = said.get("exercise_price")
            now = {**before, "amount": cost.amount.text} if isinstance(before, dict) else cost.amount.text
            said = {**said, "exercise_price": now}
        if security.underlying_per_unit is not None:
            said = {**said, "underlying_per_unit": security.underlying_per_unit.text}
        data["securities"] = {**data["securities"], name: said}


# --- the end of a filing ------------------------------------------------------------------------------------------


def _of_filing(filing: Filing, shown: str, filed: str) -> Carried:
    """What a filing ends with, as the plan of the next form has it."""
    from form4_author.decompose.next.roll import roll  # noqa: PLC0415 - few plans go on from a filing

    data = {key: part for key, part in roll(filing).data.items() if key in {*_CARRIED, "opening", "footnotes"}}
    data.setdefault("footnotes", {})
    places: dict[Key, Place] = {}
    whole = _place(filing.origin, shown)
    for key, part in data.items():
        _keep_place(places, (key,), part, whole)
    _keep_place(places, ("issuer",), data.get("issuer"), _place(filing.issuer.origin, shown))
    for index, owner in enumerate(data.get("owners", [])):
        _keep_place(places, ("owners", index), owner, _place(filing.owners[index].origin, shown))
    for index, entry in enumerate(data.get("opening", [])):
        row = _told_by(filing.rows, entry)
        if row is not None:
            _keep_place(places, ("opening", index), entry, _place(row.origin, shown))
    natures = _natures(filing, data, places, shown, {})
    return Carried(data, places, natures, _original(filing, shown, filed))


def _told_by(rows: tuple[Row, ...], entry: Mapping[str, Any]) -> Row | None:
    amount = entry.get("amount", entry.get("value"))
    told = [row for row in rows if amount in {row.shares_owned_following.text, row.value_owned_following.text}]
    return told[-1] if told else None


# --- both ---------------------------------------------------------------------------------------------------------


def _natures(
    filing: Filing, data: dict[str, Any], places: dict[Key, Place], file: str, names: Mapping[str, str]
) -> dict[str, tuple[dict[str, Any], Place]]:
    """The holders that have no name in the plan, by their nature, with the footnotes on it."""
    known = {said.get("indirect") for said in data.get("ownership_lines", {}).values() if isinstance(said, dict)}
    texts = {note.id.text: note.text.text for note in filing.footnotes}
    found: dict[str, tuple[dict[str, Any], Place]] = {}
    for row in filing.rows:
        nature = row.nature_of_ownership
        if row.direct_or_indirect.text != "I" or not nature.text.strip() or nature.text in known:
            continue
        notes = []
        for mark in nature.footnote_ids:
            text = texts.get(mark, "")
            name = names.get(text) or next((one for one, said in data["footnotes"].items() if said == text), "")
            name = name or f"holder-{len(data['footnotes']) + 1}"
            data["footnotes"].setdefault(name, text)
            places.setdefault(("footnotes", name), _place(nature.origin, file))
            notes.append(name)
        found[nature.text] = ({"indirect": nature.text, **({"note": notes} if notes else {})}, _place(row.origin, file))
    return found


def _original(filing: Filing, file: str, filed: str) -> dict[str, tuple[str, Place]]:
    """What an amendment says at its top of the form that it amends."""
    signed = max((one.date for one in filing.signatures if one.date.date), key=lambda day: day.text, default=Value())
    first = filing.date_of_original_submission
    date = first or (Value(filed, filing.origin) if filed else signed)
    said = {
        "form": Value(form_of(filing).name.amendment, filing.document_type.origin),
        "original_filing_date": replace(date, text=date.text[:10]),
        form_of(filing).period_key: filing.period_of_report,
        "rule_10b5_1": filing.aff10b5_one,
        "exit_box": filing.not_subject_to_section16,
    }
    answers = {"rule_10b5_1", "exit_box"}
    return {
        key: (("yes" if value.truth else "no") if key in answers else value.text, _place(value.origin, file))
        for key, value in said.items()
        if value
    }


def _place(origin: Origin, file: str) -> Place:
    at = origin.position
    return Place(at.file, None, (at.line, at.column), 0, 0) if at else Place(file, None, (1, 1), 0, 0)


def _keep_place(places: dict[Key, Place], key: Key, part: Any, place: Place) -> None:
    """Note one place for a part of a plan and all below it."""
    places[key] = place
    below = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, inner in below:
        _keep_place(places, (*key, name), inner, place)
