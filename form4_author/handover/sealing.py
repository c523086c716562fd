"""`build --seal`: a folder for each filing, with what was built, all that it was built from, and the hashes of both.

Nothing is sealed that doesn't build again: before the folder takes its name, what lies in it is built once more and
held against what the build has written. No CCC is in it: the documents are those that were written but for their CCCs.

Codes: OUT004 another sealed folder stands there, SEA009 what can't be sealed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from form4_author.days.business_days import user_file
from form4_author.edgar.ccc import Keyring
from form4_author.edgar.contents import contents, without_ccc
from form4_author.files.folders import new_folder, write_into
from form4_author.files.inputs import Input
from form4_author.files.reading import keeping, read_bytes
from form4_author.filing import DocumentKind
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.firm.nearest import firm_or_none
from form4_author.firm.settings import FILE
from form4_author.handover.manifest import MANIFEST, README, SUMS, Seal, is_inside, sums_text
from form4_author.handover.rebuilding import (
    BUILT,
    DAYS,
    PLAN,
    REPORT,
    built_again,
    options_data,
    told_besides,
    versions,
)
from form4_author.masking import holds_known
from form4_author.pipeline.draw import other_filing, own_templates
from form4_author.pipeline.examine import Judged, examine
from form4_author.pipeline.options import BuildOptions
from form4_author.report.file_report import FileReport
from form4_author.version import __version__

ENDING = ".sealed"
LOOK = "templates"
EMPTY = "empty.txt"
"""What stands in a folder that must be there and of which nothing was read."""

_LARGEST_OUTPUT = 256 * 1024 * 1024
_README = """\
This folder was sealed by form4-author {tool}. It holds a filing and all that it was built from.

plan/         the plan, with every file that it takes in, each where it lay beside it
built/        what was built of it
seal.json     how it was built: options, versions, hashes
SHA256SUMS    the SHA-256 of every other file here

That nothing has changed, any machine tells, in this folder:

    sha256sum --check SHA256SUMS                     (Linux)
    shasum -a 256 -c SHA256SUMS                      (macOS)
    Get-FileHash -Algorithm SHA256 built\\NAME.xml   (Windows, one file at a time)

The tool also tells what is missing or was added, and builds the filing again to compare:

    form4-author verify FOLDER

There is no CCC (EDGAR password) in this folder. The documents in built/ are those that were written for EDGAR, with the
element of the CCC taken out; the hash on the printed page and in the report is that of the document without it.
"""


class _Copied(Struct, frozen=True):
    """Copies of files.

    Attributes:
        top: the folder that they are laid out in.
        home: the folder that held them all.
        files: their content, by path in the sealed folder.
    """

    top: str = ""
    home: Path = Path()
    files: Mapping[str, bytes] = {}

    def folder(self, path: Path | None) -> str:
        """The path that a folder has in the sealed one; empty for none."""
        return "" if path is None else self.named(Path(os.path.realpath(path)))

    def place(self, file: Input | None) -> str:
        """The path that a plan or filing has in the sealed folder, under the name that it was given by."""
        if file is None or file.path is None:
            return ""
        return self.named(Path(os.path.realpath(file.path)).parent / file.path.name)

    def named(self, path: Path) -> str:
        """The path that a real path has in the sealed folder."""
        return f"{self.top}/{path.relative_to(self.home).as_posix()}"


def sealed(file: Input, options: BuildOptions, keyring: Keyring, report: FileReport) -> FileReport:
    """Seal what a build has written of a plan: a folder for each form, beside the other files.

    Args:
        file: the plan.
        options: how it was built.
        keyring: the CCCs that were at hand.
        report: what became of it.

    Returns:
        The same with the folders among the outputs, and why a form could not be sealed.
    """
    options = options.under(firm_or_none(file))
    forms = [(form.name, form.outputs) for form in report.forms] or [("", report.outputs)]
    folders: list[Path] = []
    findings: list[Finding] = []
    for name, outputs in forms:
        if not outputs or not outputs[0].endswith(".xml"):
            continue  # refused, or a draft
        stem = Path(outputs[0].removesuffix(".xml"))
        try:
            folders.append(_one(file, replace(options, form=name or None), keyring, stem, outputs))
        except Rejected as refused:
            findings += refused.findings
    return replace(
        report,
        accepted=report.accepted and not findings,
        findings=(*report.findings, *findings),
        outputs=(*report.outputs, *map(str, folders)),
    )


def _one(file: Input, options: BuildOptions, keyring: Keyring, stem: Path, outputs: Sequence[str]) -> Path:
    """The sealed folder of one form."""
    target = stem.parent / f"{stem.name}{ENDING}"
    with keeping() as kept:
        found = examine(file, options, keyring)
    if not isinstance(found, Judged) or file.path is None:
        raise _not_sealed(file, "the plan has changed since it was built")
    options = replace(options, pdf=any(name.endswith(".pdf") for name in outputs))  # where none could be drawn, none is
    look = options.template
    templates = _template_files(options)
    if look is not None and Path(os.path.realpath(look)) == firm_or_none(file).value("template"):
        kept |= templates
        templates = {}
    plan = _laid_out(PLAN, file, kept)
    against = _against_files(options, found.form)
    own_days = kept.get(Path(os.path.realpath(user_file())))
    files = {
        **plan.files,
        **against.files,
        **{f"{LOOK}/{path.name}": data for path, data in templates.items()},
        **({DAYS: own_days} if own_days is not None else {}),
    }
    _refuse_names_and_secrets(file, files)
    written = {Path(name).name: read_bytes(Path(name), name, _LARGEST_OUTPUT) for name in outputs}
    ciks = [owner.cik.text.strip() for owner in found.filing.owners]
    seal = Seal(
        tool=__version__,
        name=stem.name,
        form=found.form,
        plan=plan.place(file),
        against=against.place(options.against),
        templates="" if look is None else LOOK if templates else plan.folder(look),
        profiles=plan.folder(file.profiles),
        options=options_data(options),
        had_ccc=tuple(c for c in ciks if keyring.knows(c)) if options.document is DocumentKind.FILER else (),
        versions=versions(found.filing, pdf=options.pdf),
        document_sha256=hashlib.sha256(_bare(file, written[f"{stem.name}.xml"])).hexdigest(),
        waivers=tuple({"code": one.code, "reason": one.waived} for one in found.findings if one.waived),
    )
    with new_folder(target) as making:
        for name, data in files.items():
            write_into(making.path, name, data)
        seal, built = _compared(file, making.path, seal, written)
        whole = _with_lists(seal, {**files, **built, README: _README.format(tool=__version__).encode()})
        if os.path.lexists(target):
            _refuse_another(target, whole)
            making.wanted = False
        else:
            for name in whole.keys() - files.keys():
                write_into(making.path, name, whole[name])
    return target


def _compared(file: Input, folder: Path, seal: Seal, written: Mapping[str, bytes]) -> tuple[Seal, dict[str, bytes]]:
    """What is built of the copies, which must be what the build wrote, and the seal that tells of it.

    Raises:
        Rejected: it isn't (SEA009).
    """
    report = f"{BUILT}/{seal.name}{REPORT}"
    delivered = {f"{BUILT}/{name}": data for name, data in written.items()}
    try:
        seal = replace(seal, told_besides=told_besides(folder, seal, delivered[report]))
        built = dict(built_again(folder, seal).files)
    except Rejected as refused:
        why = refused.findings[0].message
        raise _not_sealed(file, f"the copies of the plan and its files can't be built: {why}") from None
    different = [name for name in built.keys() & delivered.keys() if not _same(file, name, built, delivered)]
    if different or built.keys() != delivered.keys():
        names = ", ".join(sorted({*different, *(built.keys() ^ delivered.keys())}))
        raise _not_sealed(file, f"built again of the copies, {names} came out otherwise")
    return replace(seal, built=tuple(sorted(built))), built


def _same(file: Input, name: str, built: Mapping[str, bytes], delivered: Mapping[str, bytes]) -> bool:
    one, other = built[name], delivered[name]
    if name.endswith(".submission.xml"):
        first, second = contents(one, name), contents(other, name)
        bare = [(part.name, part.type, _bare(file, part.content or b"")) for part in second.parts]
        return bare == [(part.name, part.type, part.content) for part in first.parts] and (
            (first.submission_type, first.test_or_live, first.contact, first.notified)
            == (second.submission_type, second.test_or_live, second.contact, second.notified)
        )
    return one == (_bare(file, other) if name.endswith(".xml") else other)


def _bare(file: Input, document: bytes) -> bytes:
    left, _ = without_ccc(document)
    if left is None:
        raise _not_sealed(file, "a CCC may stand in it where none is looked for")
    return left


def _with_lists(seal: Seal, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with `seal.json` and `SHA256SUMS`."""
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    told = {name: {"bytes": len(files[name]), "sha256": hashes[name]} for name in sorted(files)}
    manifest = replace(seal, files=told).text().encode("ascii")
    hashes[MANIFEST] = hashlib.sha256(manifest).hexdigest()
    return {**files, MANIFEST: manifest, SUMS: sums_text(hashes).encode()}


def _refuse_another(target: Path, whole: Mapping[str, bytes]) -> None:
    """Raise where what stands there is not the same sealed folder."""
    if target.is_dir() and not target.is_symlink():
        try:
            standing = {
                path.relative_to(target).as_posix(): read_bytes(path, str(path), _LARGEST_OUTPUT)
                for path in target.rglob("*")
                if not path.is_dir() or path.is_symlink()
            }
        except Rejected:
            standing = {}
        if standing == whole:
            return
    message = f"{target} stands here already and is another; it was left alone"
    hint = "What is sealed is never written over. Build into another folder with -o, or move the old one away."
    raise Rejected([error("OUT004", message, Origin(Position(str(target), 1, 1)), hint=hint)])


# --- the files that it was built from -----------------------------------------------------------------------------


def _against_files(options: BuildOptions, form: str) -> _Copied:
    if options.against is None:
        return _Copied()
    with keeping() as kept:
        other_filing(options, {}, form)
    return _laid_out("against", options.against, kept)


def _template_files(options: BuildOptions) -> dict[Path, bytes]:
    if options.template is None:
        return {}
    with keeping() as kept:
        own_templates(options, {})
    return kept


def _laid_out(top: str, first: Input, kept: Mapping[Path, bytes]) -> _Copied:
    """Files that were read, each where it lay beside the others, with the firm's files that counted for them.

    Args:
        top: the folder to lay them out in.
        first: the plan or filing that the others were read for; it keeps the name that it was given by.
        kept: their content, by real path.
    """
    path = first.path or Path()
    real = Path(os.path.realpath(path))
    named = {(real.parent / path.name if one == real else one): data for one, data in kept.items()}
    named.pop(Path(os.path.realpath(user_file())), None)
    needed = set() if first.profiles is None else {Path(os.path.realpath(first.profiles))}
    for one in [*named]:
        firm = firm_or_none(Input(str(one), one))
        if firm.folder is not None:
            named[firm.folder / FILE] = read_bytes(firm.folder / FILE, firm.file, below=firm.folder)
            needed |= {folder for key in ("profiles", "template") if (folder := firm.value(key)) is not None}
    for folder in needed:
        if not any(one.is_relative_to(folder) for one in named):
            named[folder / EMPTY] = b"No file of this folder had a part in the filing.\n"
    home = Path(os.path.commonpath([one.parent for one in named] + [*needed]))
    copied = _Copied(top, home)
    return replace(copied, files={copied.named(one): data for one, data in named.items()})


def _refuse_names_and_secrets(file: Input, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        if not is_inside(name):
            raise _not_sealed(file, f"{name!r} is no name for a file of a sealed folder")
        if holds_known(data.decode("utf-8", "replace")):
            raise _not_sealed(file, f"a CCC stands in {name}")


def _not_sealed(file: Input, why: str) -> Rejected:
    message = f"the filing was built, but not sealed: {why}"
    origin = Origin(Position(file.name, 1, 1))
    return Rejected([error("SEA009", message, origin, hint="form4-author explain SEA009 tells what can be sealed.")])
