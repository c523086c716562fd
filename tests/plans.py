"""Small plans for tests: a sound one, and the parts of it replaced by what a test is about."""

from __future__ import annotations

from pathlib import Path

from form4_author.compose.composition import Composition, compose
from form4_author.files.inputs import Input
from form4_author.findings import Finding, Rejected, in_order
from form4_author.pipeline.loading import Written, load_plan
from form4_author.plan.reader import read_plan
from form4_author.plan.source import loads

SOUND = {
    "issuer": 'issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSY}\n',
    "owners": "owners:\n  - {cik: 1999999101, name: Roe Jane, officer: Chief Operating Officer}\n",
    "rule_10b5_1": "rule_10b5_1: no\n",
    "securities": "securities:\n  common: Common Stock\n",
    "opening": "opening:\n  - {security: common, amount: 12,500}\n",
    "transactions": ("transactions:\n  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15}\n"),
    "signatures": "signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-20}\n",
}


def plan_text(**parts: str) -> str:
    """The sound plan with some of its top-level parts replaced, added, or (empty text) left out."""
    return "".join({**SOUND, **parts}.values())


def composed(text: str, folder: Path | None = None) -> Composition:
    """What a plan's text composes to."""
    source = loads(text, folder=folder)
    return compose(read_plan(source), source, folder=folder, root=folder)


def written_file(path: Path, text: str | None = None) -> dict[str, Written]:
    """What a plan's file says of each form, by its name, with what it takes over; `text` as if it stood there."""
    data = path.read_bytes() if text is None else text.encode()
    loaded = load_plan(Input(str(path), path), data, {})
    return {form.name: loaded.written(form) for form in loaded.forms()}


def composed_file(path: Path) -> Composition:
    """What a plan's file of one form composes to."""
    (written,) = written_file(path).values()
    return written.composed()


def findings_of(text: str, folder: Path | None = None) -> list[Finding]:
    """All that shape and composition have to say about a plan's text, in order."""
    try:
        return in_order(composed(text, folder).findings)
    except Rejected as refused:
        return in_order(refused.findings)


def told(text: str, folder: Path | None = None) -> list[str]:
    """The findings as `line:column code message`."""
    said = []
    for finding in findings_of(text, folder):
        place = finding.origin.position
        assert place is not None
        said.append(f"{place.line}:{place.column} {finding.code} {finding.message}")
    return said


#: Securities that the examples of events are about, and what is held of them.
EVENT_SECURITIES = """\
securities:
  common: Common Stock
  option: {title: Option, underlying: common, exercise_price: 4.80, exercisable: 2024-05-14,
    expires: 2034-05-14}
  deep: {title: Option, underlying: common, exercise_price: 36, exercisable: 2024-05-14, expires: 2035-05-14}
  rsu: {title: Restricted Stock Units, underlying: common,
    award: {granted: 2025-11-16, vests: in three annual parts}}
  unit: {title: Deferred Units, underlying: common, unit: {settles: cash, when: when service ends}}
  series-a: {title: Series A Preferred Stock, underlying: common, converts: {ratio: 1}}
  series-b: {title: Series B Preferred Stock, underlying: common, converts: {ratio: 1.25, round: down}}
  swap: {title: Equity Swap, underlying: common, swap: {reference_price: 31.20, expires: 2028-11-17}}
  put: {title: Put Option (right to sell), underlying: common, exercise_price: 28, exercisable: 2027-11-16,
    expires: 2027-11-16}
  call: {title: Call Option (obligation to sell), underlying: common, exercise_price: 36, exercisable: 2027-11-16,
    expires: 2027-11-16}
"""
EVENT_OPENING = """\
opening:
  - {security: common, amount: 12500}
  - {security: common, amount: 40000, ownership: {indirect: By Family Trust}}
  - {security: common, amount: 1790, ownership: {indirect: By 401(k) Plan}}
  - {security: option, amount: 5000}
  - {security: deep, amount: 1000}
  - {security: [rsu, series-a, series-b], amount: 2001}
  - {security: [unit, swap, put, call], amount: 0}
"""
