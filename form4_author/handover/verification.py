"""`verify`: whether a sealed folder is what was sealed, and whether what lies in it still builds the same.

It reads and writes nothing outside: a link in the folder is told of, not followed, and a name in the lists that leads
out of it is no name.

Codes: SEA001 no sealed folder, SEA002 a file that changed, SEA003 one that is missing, SEA004 one that was added,
SEA005 lists that can't be followed, SEA006 a link or the like in place of a file, SEA007 what builds otherwise, SEA008
other versions than it was sealed with, SEA010 another seal than expected; FIL003 a file or folder that can't be read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from form4_author.files.reading import decode, open_handle, read_bytes, reason
from form4_author.findings import Finding, Origin, Position, Rejected, Severity, error
from form4_author.handover.manifest import MANIFEST, MOST_FILES, SUMS, Seal, read_seal, read_sums
from form4_author.handover.rebuilding import BUILT, REPORT, built_again, same_but_for_versions, versions
from form4_author.masking import masked_words
from form4_author.pipeline.options import OptionError
from form4_author.report.file_report import FileReport

_LARGEST_LIST = 8 * 1024 * 1024
_CHUNK = 1024 * 1024


class State(StrEnum):
    """What became of a file of a sealed folder, or of what is built of it."""

    SAME = "same"
    SAME_BUT_FOR_VERSIONS = "same but for the versions it names"
    CHANGED = "changed"
    DIFFERENT = "different"
    MISSING = "missing"
    ADDED = "added"
    NO_FILE = "no file"
    UNREADABLE = "unreadable"
    NOT_BUILT = "not built again"


class Verified(Struct, frozen=True, kw_only=True):
    """A folder that was looked at.

    Attributes:
        folder: its name.
        seal: SHA-256, in hex, of its `SHA256SUMS`, which stands for all of it; empty where that can't be read.
        tool: the version that sealed it; empty where the manifest can't be read.
        files: what became of each file, by its path in the folder.
        built: how each file that was built comes out today, by its path in the folder.
        versions: what has another version today: then and now, by name.
        findings: what is wrong, a finding each.
        unreadable: it is no sealed folder, or can't be read at all.
    """

    folder: str
    seal: str = ""
    tool: str = ""
    files: Mapping[str, State] = {}
    built: Mapping[str, State] = {}
    versions: Mapping[str, tuple[str, str]] = {}
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False

    @property
    def accepted(self) -> bool:
        """Whether nothing has changed, and the same builds again."""
        return not any(finding.is_error for finding in self.findings)

    def report(self) -> FileReport:
        """What became of the folder, for whoever prints it."""
        return FileReport(self.folder, self.accepted, self.unreadable, self.findings)


def verify(folder: Path, *, expected: str = "") -> Verified:
    """Hold a sealed folder against its own lists, and build again what lies in it.

    Args:
        folder: the folder.
        expected: the seal that was noted elsewhere; none is looked for where empty.
    """
    name = str(folder) if os.path.lexists(folder) else masked_words(str(folder))  # what was typed may be no name
    try:
        data = _list(folder, SUMS)
        seal = read_seal(decode(_list(folder, MANIFEST), f"{name}/{MANIFEST}"), f"{name}/{MANIFEST}")
        sums, findings = read_sums(decode(data, f"{name}/{SUMS}"), f"{name}/{SUMS}")
    except Rejected as refused:
        return Verified(folder=name, findings=refused.findings, unreadable=True)
    number = hashlib.sha256(data).hexdigest()
    if expected and expected.lower() != number:
        hint = "It is another sealed folder than the one whose seal was noted, or it was sealed anew."
        findings.append(error("SEA010", f"the seal is {number}, not the one expected", _at(folder, SUMS), hint=hint))
    findings += _disagreements(folder, seal, sums)
    states, told = _states(folder, sums)
    findings += told
    outcome = _built(folder, seal, states, sums)
    findings += [*_versions_told(folder, outcome.versions), *outcome.findings]
    return Verified(
        folder=name,
        seal=number,
        tool=seal.tool,
        files=states,
        built=outcome.states,
        versions=outcome.versions,
        findings=tuple(findings),
    )


# --- the files ----------------------------------------------------------------------------------------------------


def _list(folder: Path, name: str) -> bytes:
    """One of the two lists.

    Raises:
        Rejected: there is none (SEA001), it is a link (SEA006) or can't be read.
    """
    path = folder / name
    hint = "Name a folder that `build --seal` wrote, NAME.sealed."
    if not folder.is_dir() or not os.path.lexists(path):
        what = f"this is no sealed folder: it has no {name}"
        if not os.path.lexists(folder):
            what, folder = "there is no such folder", Path(masked_words(str(folder)))
        raise Rejected([error("SEA001", what, Origin(Position(str(folder), 1, 1)), hint=hint)], unreadable=True)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise Rejected([_no_file(folder, name)], unreadable=True)
    return read_bytes(path, str(path), _LARGEST_LIST)


def _disagreements(folder: Path, seal: Seal, sums: Mapping[str, str]) -> list[Finding]:
    """Where the two lists say different things of a file."""
    own = {name: str(said["sha256"]) for name, said in seal.files.items()}
    listed = {name: hashed for name, hashed in sums.items() if name != MANIFEST}
    stray = sorted(name for name in own.keys() | listed.keys() if own.get(name) != listed.get(name))
    hint = "One of the two was changed after the folder was sealed: use a copy that was kept elsewhere."
    message = f"{MANIFEST} and {SUMS} say different things of {', '.join(stray[:5])}"
    message += f" and {len(stray) - 5} more" if len(stray) > 5 else ""
    return [error("SEA005", message, _at(folder, MANIFEST), hint=hint)] if stray else []


def _states(folder: Path, sums: Mapping[str, str]) -> tuple[dict[str, State], list[Finding]]:
    """What became of each file, by name in order, and what there is to say of it."""
    found, findings = _hashes(folder)
    states: dict[str, State] = {}
    for name in sorted({*sums, *found} - {SUMS}):
        if name not in found:
            states[name] = State.MISSING
        elif isinstance(found[name], State):
            states[name] = State(found[name])
        elif name not in sums:
            states[name] = State.ADDED
        else:
            states[name] = State.SAME if found[name] == sums[name] else State.CHANGED
    says = {
        State.CHANGED: ("SEA002", "has changed since it was sealed", "Take it from a copy that was kept elsewhere."),
        State.MISSING: ("SEA003", "is missing", "Take it from a copy that was kept elsewhere."),
        State.ADDED: ("SEA004", "was added to the folder", "Take it out: it is no part of what was sealed."),
    }
    for name, state in states.items():
        if state in says:
            code, message, hint = says[state]
            findings.append(error(code, f"{name} {message}", _at(folder, name), hint=hint))
        elif state is State.NO_FILE:
            findings.append(_no_file(folder, name))
    return states, findings


def _hashes(top: Path) -> tuple[dict[str, str], list[Finding]]:
    """The hash of every file below a folder, or the state of what can't have one, by its path there."""
    found: dict[str, str] = {}
    findings: list[Finding] = []
    folders = [""]
    while folders:
        inner = folders.pop()
        try:
            with os.scandir(top / inner) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as problem:
            findings.append(_unreadable(top, inner or ".", problem))
            continue
        for entry in entries:
            name = f"{inner}/{entry.name}" if inner else entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
            elif entry.is_symlink() or not entry.is_file(follow_symlinks=False):
                found[name] = State.NO_FILE
            else:
                try:
                    found[name] = _hash(top / name)
                except OSError as problem:
                    found[name] = State.UNREADABLE
                    findings.append(_unreadable(top, name, problem))
            if len(found) > MOST_FILES:
                message = f"there are more than {MOST_FILES:,} files in this folder"
                hint = "No sealed folder has that many: is it the right one?"
                return found, [*findings, error("SEA004", message, _at(top, "."), hint=hint)]
    return found, findings


def _hash(path: Path) -> str:
    hashed = hashlib.sha256()
    with open_handle(path) as stream:
        while chunk := stream.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


# --- what is built of them ----------------------------------------------------------------------------------------


class _Outcome(Struct, frozen=True):
    """How each file that was built comes out today, what has another version, and what there is to say."""

    states: Mapping[str, State]
    versions: Mapping[str, tuple[str, str]]
    findings: tuple[Finding, ...] = ()


def _built(folder: Path, seal: Seal, states: Mapping[str, State], sums: Mapping[str, str]) -> _Outcome:
    """Build again, where all that it is built from is as it was."""
    sources = [name for name in states if not name.startswith(f"{BUILT}/")]
    none = dict.fromkeys(seal.built, State.NOT_BUILT)
    now = versions(None, pdf=seal.options["pdf"])
    if any(states[name] is not State.SAME for name in sources) or MANIFEST not in states:
        return _Outcome(none, _other_versions(seal, now))
    try:
        again = built_again(folder, seal)
    except (Rejected, OptionError) as wrong:
        why = wrong.findings[0].message if isinstance(wrong, Rejected) else wrong.message
        hint = "Use the version that sealed it, or look at the plan with `check`."
        message = f"what was sealed can't be built by this version: {why}"
        return _Outcome(
            none, _other_versions(seal, now), (error("SEA007", message, _at(folder, seal.plan), hint=hint),)
        )
    other = _other_versions(seal, again.versions)
    built: dict[str, State] = {}
    findings = []
    if again.lacks is not None:
        findings.append(replace(again.lacks, severity=Severity.WARNING, origin=_at(folder, seal.plan)))
    for name in sorted({*seal.built, *again.files}):
        if again.lacks is not None and name not in again.files:
            built[name] = State.NOT_BUILT
            continue
        built[name] = _outcome(folder, name, again.files.get(name), sums, versions_aside=bool(other))
        if built[name] is State.DIFFERENT:
            findings.append(_different(folder, name, other_versions=bool(other)))
    return _Outcome(built, other, tuple(findings))


def _outcome(folder: Path, name: str, made: bytes | None, sums: Mapping[str, str], *, versions_aside: bool) -> State:
    if made is None or name not in sums:
        return State.DIFFERENT
    if hashlib.sha256(made).hexdigest() == sums[name]:
        return State.SAME
    if name.endswith(REPORT) and versions_aside:
        try:
            sealed = read_bytes(folder / name, name, _LARGEST_LIST)
        except Rejected:
            return State.DIFFERENT
        if same_but_for_versions(sealed, made):
            return State.SAME_BUT_FOR_VERSIONS
    return State.DIFFERENT


def _different(folder: Path, name: str, *, other_versions: bool) -> Finding:
    what, hint = "though all versions are the same", "Something else has a part in it: please report it."
    if other_versions:
        what = "with the versions of today"
        hint = "Which those are is told above. The file that was sealed is the one that counts."
    severity = Severity.WARNING if other_versions and not name.endswith(".xml") else Severity.ERROR
    return Finding("SEA007", severity, f"{name} is built otherwise today, {what}", _at(folder, name), hint)


def _other_versions(seal: Seal, now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What has another version today: then and now, by name; of what isn't known today nothing is told."""
    return {
        name: (then, now.get(name, ""))
        for name, then in seal.versions.items()
        if then != now.get(name, "") and (name in now or name != "schema")
    }


def _versions_told(folder: Path, other: Mapping[str, tuple[str, str]]) -> list[Finding]:
    if not other:
        return []
    told = ", ".join(f"{name} {then} then, {now or 'none'} now" for name, (then, now) in other.items())
    message = f"it was sealed with other versions: {told}"
    hint = "What is built today may differ for that; it is compared all the same."
    return [Finding("SEA008", Severity.NOTE, message, _at(folder, MANIFEST), hint)]


def _no_file(folder: Path, name: str) -> Finding:
    message = f"{name} is a link, a pipe or the like, no file"
    return error("SEA006", message, _at(folder, name), hint="Take it out; take the file from a copy kept elsewhere.")


def _unreadable(folder: Path, name: str, problem: OSError) -> Finding:
    return error("FIL003", f"{name} can't be read: {reason(problem)}", _at(folder, name), hint="Check its permissions.")


def _at(folder: Path, name: str) -> Origin:
    return Origin(Position(str(folder / name) if name != "." else str(folder), 1, 1))
