"""Stages 8 and 9: findings, hashes and versions become the report, and the files appear whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from form4_author import preflight, schema_store
from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import FileId, noting
from form4_author.findings import Rejected
from form4_author.pipeline.draw import document_hash, points
from form4_author.pipeline.examine import Judged, Unfinished
from form4_author.pipeline.options import BuildOptions
from form4_author.preflight import catalogue
from form4_author.report.file_report import FileReport, dumps, findings_data
from form4_author.version import __version__

if TYPE_CHECKING:
    from form4_author.page.templates import Templates


def report_text(
    found: Judged,
    outputs: Sequence[Output],
    options: BuildOptions,
    *,
    templates: Templates | None = None,
    other: Unfinished | Judged | None = None,
) -> str:
    """The report, complete enough to be kept as evidence; the same for the same plan on every machine.

    Args:
        found: the plan that was accepted.
        outputs: what is written beside the report.
        options: how it was built.
        templates: the firm's own that the page was drawn with.
        other: the filing that the page was held against.
    """
    from form4_author.filing.totals import line_totals
    from form4_author.report.evidence import derivations_data, lines_data, sums_data, tally_data

    schema = schema_store.schema_in_use(found.filing)
    totals, folder = line_totals(found.filing, found.derivations), str(Path(found.file).parent)
    return dumps(
        {
            "tool": {"name": "form4-author", "version": __version__},
            "plan": {
                "file": Path(found.file).name,
                **_hashes(found, folder),
                **({"form": found.form} if found.form else {}),
                **({"parts": list(found.group)} if found.group else {}),
            },
            **(
                {"executions": [{"file": name, "sha256": found.executions[name]} for name in sorted(found.executions)]}
                if found.executions
                else {}
            ),
            "schema": {"version": schema.version, "origin": schema.origin, "sha256": schema.sha256},
            "rules": {
                "version": catalogue.version(preflight.RULES),
                **({"selected": list(options.select)} if options.select else {}),
                **({"ignored": list(options.ignore)} if options.ignore else {}),
            },
            **({"templates": dict(templates.hashes)} if templates else {}),
            **(
                {"against": {"file": Path(other.file).name, "sha256_without_ccc": document_hash(other)}}
                if other
                else {}
            ),
            "document": {"kind": options.document.value, "sha256_without_ccc": document_hash(found)},
            "accepted": True,
            "strict": options.strict,
            "outputs": [output.path.name for output in outputs],
            "lines": lines_data(totals),
            "sums": sums_data(totals),
            **({"tally": tally_data(found.tally)} if found.tally else {}),
            "checklist": [
                {"what": one.what, "state": one.state, "open": not one.clear} for one in points(found, other)
            ],
            "derivations": derivations_data(found.derivations, relative_to=folder),
            "findings": findings_data(found.findings, relative_to=folder),
        }
    )


def _hashes(found: Judged, folder: str) -> dict[str, object]:
    """The plan's hash, which covers each file that it includes or goes on from; and the hash of each of these."""
    own = hashlib.sha256(found.data)
    files = []
    for name in sorted(found.texts.keys() - {found.file}):
        shown = os.path.relpath(name, folder).replace(os.sep, "/")
        files.append({"file": shown, "sha256": hashlib.sha256(found.texts[name].encode()).hexdigest()})
        own.update(f"\n{shown} {files[-1]['sha256']}".encode())
    return {"sha256": own.hexdigest(), **({"files": files} if files else {})}


Stated = TypeVar("Stated", bound=Unfinished | Judged)


def delivered(
    found: Sequence[tuple[Stated, Path]],
    make: Callable[[Stated, Path, dict[str, str]], list[Output]],
    *,
    strict: bool,
    spared: frozenset[FileId] = frozenset(),
    maker: str = "",
) -> list[FileReport]:
    """Write what is made of a filing, or of several that belong together: all of it or nothing.

    Args:
        found: the filings, each with the name to write under.
        make: makes the files of one, and fills what it is given with the text of each file that its findings point
            into.
        strict: warnings refuse the file too.
        spared: files that are not to be written over, beside those that were read for it.
        maker: the plan that it is made of; see `deliver`.

    Returns:
        What became of each.
    """
    texts = {name: text for one, _ in found for name, text in one.texts.items()}
    ours = frozenset().union(*(one.read for one, _ in found))
    try:
        with noting() as read:
            made = [make(one, path, texts) for one, path in found]
        deliver([output for outputs in made for output in outputs], read=ours | read | spared, maker=maker)
    except Rejected as refused:
        return [replace(one.stopped(refused), texts=texts).report(strict=strict) for one, _ in found]
    return [
        replace(one, texts=texts).report(strict=strict, outputs=tuple(str(output.path) for output in outputs))
        for (one, _), outputs in zip(found, made, strict=True)
    ]
