"""The proof sheet: what whoever proofs a form should know and the form itself must not say.

It is appended to the page on request, and is never part of the form. All of it is plain text in tables; the template
`proof.html.j2` puts it into place. No CCC is in any of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from form4_author.days.deadlines import HOUR, Deadline
from form4_author.filing import Filing, Row, Value
from form4_author.filing.derivation import Derivation, TallyStep
from form4_author.filing.difference import differences
from form4_author.filing.footnote_wording import dollars
from form4_author.filing.numbers import grouped
from form4_author.filing.options import change_of
from form4_author.filing.totals import LineTotal, Sum, line_totals, sums
from form4_author.filing.wording import amount
from form4_author.findings import Finding, Origin, in_order
from form4_author.page.checklist import Point
from form4_author.printable import printable

OPEN = "!"
"""What stands in the box of a point that is still open."""


class ProofTable(Struct, frozen=True):
    """One table of the proof sheet.

    Attributes:
        name: what stylesheets and tests know it by: `proof-findings` and its like.
        title: its heading.
        columns: the headings of its columns.
        lines: its lines, a text for each column.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


class Versions(Struct, frozen=True):
    """What a form was made and checked with.

    Attributes:
        tool: the version of form4-author.
        rules: the version of the rules' catalogue.
        rules_left_out: which of them didn't judge, in words; empty where all did.
        schema: the version of the schema (`X0609`).
        schema_origin: whether the schema is the one that ships with the tool, or one that was added.
        schema_sha256: its hash, in hex.
        document_sha256: the hash of the XML document without its CCCs, in hex; empty without a document.
    """

    tool: str
    rules: str
    rules_left_out: str
    schema: str
    schema_origin: str
    schema_sha256: str
    document_sha256: str


class BeforeSigning(Struct, frozen=True):
    """What is to be looked at before a form is signed.

    Attributes:
        points: the points of the list.
        last: the filing that the form is held against; None where there is none.
    """

    points: tuple[Point, ...] = ()
    last: Filing | None = None


class Proof(Struct, frozen=True):
    """A proof sheet: its tables, in order."""

    parts: tuple[ProofTable, ...]


def proof(
    filing: Filing,
    findings: Iterable[Finding],
    derivations: Sequence[Derivation],
    deadlines: Sequence[Deadline],
    versions: Versions,
    *,
    tally: Sequence[TallyStep] = (),
    folder: str = "",
    signing: BeforeSigning = BeforeSigning(),
) -> Proof:
    """The proof sheet of a form.

    Args:
        filing: what the form says.
        findings: all there is to say about it; those that are waived stand apart, with their reasons.
        derivations: how what its plan doesn't state came about; none of a form read from XML.
        deadlines: by when each transaction must be reported.
        versions: what it was made and checked with.
        tally: what was owned after each step; none of a form read from XML.
        folder: the folder that file names are told from, so that they are the same on every machine.
        signing: what is to be looked at before the form is signed.
    """
    ordered = in_order(findings)
    totals = line_totals(filing, derivations)

    def part(name: str, title: str, columns: str, lines: Iterable[tuple[str, ...]]) -> ProofTable:
        told = tuple(tuple(printable(text) for text in line) for line in lines)
        return ProofTable(f"proof-{name}", title, tuple(columns.split(", ")), told)

    return Proof(
        (
            part(
                "findings",
                "Findings",
                "Severity, Code, Place, Finding, What to write",
                (
                    (f.severity.value, f.code, _place(f.origin, folder), f.message, f.hint)
                    for f in ordered
                    if not f.waived
                ),
            ),
            part(
                "waivers",
                "Waived",
                "Severity, Code, Place, Finding, Reason",
                (
                    (f.severity.value, f.code, _place(f.origin, folder), f.message, f.waived)
                    for f in ordered
                    if f.waived
                ),
            ),
            part(
                "derivations",
                "Derived values",
                "On the form, Value, How it was derived, From",
                ((d.what, d.value, d.how, _place(d.origin, folder)) for d in derivations),
            ),
            part("totals", "Dollars of each line", "On the form, Transaction, Price, Dollars", map(_total, totals)),
            part("sums", "Sums", "Code, A or D, Security, Lines, Amount, Dollars", map(_sum, sums(totals))),
            part(
                "tally",
                "Running tally",
                "Security, Held, Date, What happened, Change, Owned after",
                (_step(step) for step in tally),
            ),
            part("deadlines", "Deadlines", "On the form, Transaction, Last day, Why", map(_deadline, deadlines)),
            *(
                [part("changes", "Changed since the last filing", "On the form, Before, Now", changed)]
                if (changed := [] if signing.last is None else [*_changes(signing.last, filing)])
                else []
            ),
            part("checklist", "Before signing", "Done, What to look at, How it stands", map(_point, signing.points)),
            part("versions", "Made and checked with", "What, Which", _versions(versions)),
        )
    )


def _point(point: Point) -> tuple[str, ...]:
    return ("" if point.clear else OPEN), point.what, point.state


def _changes(last: Filing, filing: Filing) -> Iterator[tuple[str, ...]]:
    """What differs outside the lines, and where what was owned doesn't follow on what the last filing ended with."""
    for one in differences(last, filing):
        if not one.place.startswith("Table"):
            yield ", ".join(filter(None, (one.place, one.column))), one.old, one.new
    ended = {_account(row): row.shares_owned_following.number for row in last.rows}
    begun: dict[tuple[str, ...], Decimal] = {}
    for row in filing.rows:
        after, amount = row.shares_owned_following.number, row.shares.number
        if after is not None and (row.holding or amount is not None):
            begun.setdefault(_account(row), after - (0 if row.holding else change_of(row, amount or Decimal())))
    for account, opening in begun.items():
        closing = ended.get(account)
        if closing is not None:
            follows = "begins with the same" if closing == opening else f"begins with {grouped(opening)}"
            yield f"Owned: {', '.join(filter(None, account))}", grouped(closing), follows


def _account(row: Row) -> tuple[str, ...]:
    held = (row.direct_or_indirect.text.strip(), row.nature_of_ownership.text)
    return tuple(" ".join(text.split()) for text in (row.security_title.text, *held))


def _place(origin: Origin, folder: str) -> str:
    place = origin.position
    if place is None:
        return origin.path
    file = os.path.relpath(place.file, folder).replace(os.sep, "/") if folder else place.file
    return f"{file}, line {place.line}, column {place.column}"


def _step(step: TallyStep) -> tuple[str, ...]:
    sign = "-" if step.change is not None and step.change < 0 else "+"
    change = "" if step.change is None else f"{sign} {grouped(abs(step.change))}"
    return step.security, step.holder, step.day, step.what, change, grouped(step.after)


def _total(total: LineTotal) -> tuple[str, ...]:
    what = " ".join(filter(None, (total.code, _number(total.shares), total.security)))
    averaged = "" if not total.exact else ", of the executions"
    return total.line, what, _dollars(total.price), f"{_dollars(total.dollars)}{averaged}"


def _sum(one: Sum) -> tuple[str, ...]:
    return one.code, one.letter, one.security, str(one.lines), _number(one.shares), _dollars(one.dollars)


def _number(number: Decimal | None) -> str:
    return "" if number is None else grouped(number)


def _dollars(number: Decimal | None) -> str:
    return "not told" if number is None else f"${dollars(number)}"


def _deadline(deadline: Deadline) -> tuple[str, ...]:
    what = " ".join(filter(None, (deadline.code, amount(Value(deadline.amount)), deadline.security)))
    last = f"{deadline.day}, {HOUR}" if deadline.day else "with Form 5"
    return deadline.line, what, last, deadline.why


def _versions(versions: Versions) -> list[tuple[str, str]]:
    return [
        ("form4-author", versions.tool),
        ("Rules", ", ".join(filter(None, (versions.rules, versions.rules_left_out)))),
        ("Schema", f"{versions.schema}, {versions.schema_origin}"),
        ("SHA-256 of the schema", versions.schema_sha256),
        ("SHA-256 of the document without CCC", versions.document_sha256 or "no document"),
    ]
