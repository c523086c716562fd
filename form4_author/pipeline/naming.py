"""What a build calls what it writes: after the plan, or by a firm's pattern after what the form says.

Code: OUT006 a plan after which nothing can be named.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from form4_author.files.inputs import Input
from form4_author.filing import Filing
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.pipeline.options import BuildOptions

AFTER_THE_PLAN = "{plan}"
_FIELD = re.compile(r"\{(\w+)\}", re.ASCII)
_PARTING = re.compile(r"[^\w.]+")
_SEVERAL = re.compile(r"([-_. ])[-_. ]+")
_LONGEST = 150


def output_name(file: Input, form: str = "", *, pattern: str = AFTER_THE_PLAN, filing: Filing | None = None) -> str:
    """The name that a plan's outputs bear: its file's, or its folder's where the file is called plan; and the form's.

    Args:
        file: the plan.
        form: what the form is called, where the plan makes several.
        pattern: a firm's own: a text with {plan}, {insider} (the form's name among several, else the owner's), {owner},
            {symbol}, {form} (4, or 4A of an amendment) and {date} (the period of report) in it.
        filing: what the form says; needed where the pattern holds more than {plan}.

    Raises:
        Rejected: nothing can be named after it (OUT006).
    """
    called = bool(form) and not form.isdigit() and "{insider}" in pattern
    behind = f"-{form}" if form and not called else ""
    if filing is None or not set(_FIELD.findall(pattern)) - {"plan"}:
        whole = pattern.replace(AFTER_THE_PLAN, _plan_name(file)) if "{plan}" in pattern else _plan_name(file)
        return whole + behind
    parts = _parts(file, form if called else "", filing, pattern)
    name = _SEVERAL.sub(r"\1", _FIELD.sub(lambda found: parts[found[1]], pattern)).strip("-_. ")
    if not name or len(name) > _LONGEST:
        message = "what the form says gives no name" if not name else f"the name has more than {_LONGEST} characters"
        raise _unnamed(file, message, "Write another pattern under name: in form4-author.toml.")
    return name + behind


def _parts(file: Input, form: str, filing: Filing, pattern: str) -> Mapping[str, str]:
    """What the parts of a pattern stand for, as letters, digits and hyphens."""
    owner = filing.owners[0].name.text or filing.owners[0].cik.text if filing.owners else ""
    told = {
        "owner": owner,
        "insider": form or owner,
        "symbol": filing.issuer.trading_symbol.text,
        "form": filing.document_type.text.replace("/", ""),
        "date": filing.period_of_report.text.strip()[:10],
    }
    words = {name: _PARTING.sub("-", text).strip("-.") for name, text in told.items()}
    return words | ({"plan": _plan_name(file)} if "{plan}" in pattern else {})


def _plan_name(file: Input) -> str:
    if file.path is None:
        return "form4"
    stem = file.path.stem
    name = (Path(os.path.realpath(file.path)).parent.name or stem) if stem == "plan" else stem
    if not name.strip(". ") or not name.isprintable() or set(name) & set("/\\"):
        hint = "Give it a name of letters and digits, such as sale.yaml."
        raise _unnamed(file, "no output can be named after this plan", hint)
    return name


def _unnamed(file: Input, message: str, hint: str) -> Rejected:
    return Rejected([error("OUT006", message, Origin(Position(file.name, 1, 1)), hint=hint)], unreadable=True)


def output_names(file: Input, options: BuildOptions, form: str = "", filing: Filing | None = None) -> list[str]:
    """The names of all that a build of a plan's form may write.

    Raises:
        Rejected: as for `output_name`.
    """
    pages = [ending for ending, wanted in ((".pdf", options.pdf), (".html", options.html)) if wanted]
    redlines = [f".redline{ending}" for ending in pages if options.against is not None]
    envelopes = [".submission.xml"] if options.submission else []
    name = output_name(file, form, pattern=options.name, filing=filing)
    return [name + ending for ending in (".xml", *envelopes, *pages, *redlines, ".report.json")]
