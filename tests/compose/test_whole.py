"""Whole compositions as goldens: each value of the filing with where it comes from, all derivations, all findings.

A plan of `tests/cases/compose` stands beside what it composes to, a line for each value: the attribute, the text, the
position in the plan, the key path. What the plan doesn't state is told again as derived, with how it follows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields

from form4_author.compose import envelope
from form4_author.compose.composition import compose
from form4_author.compose.envelope import compose_submission
from form4_author.compose.pen import Pen
from form4_author.filing import Field, Value
from form4_author.findings import Finding, Origin, in_order
from form4_author.plan.reader import read_plan
from form4_author.plan.source import load
from tests.conftest import ROOT

CASES = sorted((ROOT / "tests" / "cases" / "compose").glob("*.yaml"))


def at(origin: Origin) -> str:
    """`plan.yaml:3:14 owners[0].name`, as far as it is known."""
    position = origin.position
    place = f"{Path(position.file).name}:{position.line}:{position.column}" if position else ""
    return f"[{place} {origin.path}".strip() + "]"


def values(node: Any, name: str) -> Iterator[str]:
    """A line for each value below a node, and for each node that stands in the plan."""
    if isinstance(node, Value):
        if node.present:
            yield f"{name} = {node.text!r}  {at(node.origin)}"
    elif isinstance(node, tuple):
        for number, part in enumerate(node, 1):
            yield from values(part, f"{name} {number}")
    elif isinstance(node, bytes):
        yield f"{name} = {node!r}"
    elif isinstance(node, Struct):
        parts = {one.name: getattr(node, one.name) for one in fields(node)}
        if not isinstance(node, Field) or (node.present and node.origin != node.value.origin):
            yield f"{name}  {at(parts['origin'])}"
        for part, below in parts.items():
            if part not in {"origin", "present"}:
                yield from values(below, f"{name}.{part}")


def told(findings: Sequence[Finding]) -> Iterator[str]:
    """Two lines for each finding, or three."""
    for one in in_order(findings):
        yield f"{one.severity.value} {one.code} {at(one.origin)} {one.message}"
        yield from (f"    {more}" for more in (one.hint, one.source) if more)


def whole(path: Path) -> Iterator[str]:
    """All that a plan composes to."""
    source = load(path)
    plan = read_plan(source)
    folder = path.parent
    composition = compose(plan, source, has_ccc=lambda cik: cik.endswith("1"), folder=folder, root=folder)
    yield from values(composition.filing, "filing")
    yield from (f"{owner.cik.text} has a CCC" for owner in composition.filing.owners if owner.has_ccc)
    yield f"-- derived, {'complete' if composition.complete else 'incomplete'} --"
    for derivation in composition.derivations:
        yield f"{derivation.what} = {derivation.value!r}: {derivation.how}  {at(derivation.origin)}"
    yield "-- found --"
    yield from told(composition.findings)
    if plan.exhibits:
        submission, findings = compose_submission(plan, composition.filing, Pen(source), folder=folder, root=folder)
        yield "-- envelope --"
        yield from values(submission, "submission")
        yield from told(findings)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_plan_composes_to_what_stands_beside_it(case: Path, golden: Callable[[Path, bytes], None]) -> None:
    text = "\n".join(whole(case)).replace(f"{case.parent}{os.sep}", "")
    golden(case.with_suffix(".golden"), f"{text}\n".encode())


@pytest.mark.parametrize(("room", "kept"), [(28, 2), (27, 1), (14, 1)])
def test_exhibits_are_taken_up_to_the_size_of_all_of_them(
    room: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope, "MAX_EXHIBITS", room)
    path = ROOT / "tests" / "cases" / "compose" / "amendment.yaml"
    source = load(path)
    plan = read_plan(source)
    filing = compose(plan, source, folder=path.parent, root=path.parent).filing
    submission, findings = compose_submission(plan, filing, Pen(source), folder=path.parent, root=path.parent)
    assert [exhibit.content for exhibit in submission.exhibits] == [b"Known by all.\n"] * kept
    told = [(one.code, one.message, at(one.origin)) for one in findings]
    larger = ("SUB012", "the exhibits are larger than 0 MiB together", "[amendment.yaml:30:12 exhibits[1].file]")
    assert told[0] == larger if kept == 1 else told[0][1] == "empty.txt is empty"
