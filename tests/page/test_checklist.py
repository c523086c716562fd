"""What is to be looked at before a form is signed, and how each point stands."""

from __future__ import annotations

from msgspec.structs import replace

from form4_author.days.deadlines import due
from form4_author.filing import Filing
from form4_author.findings import Finding, Severity
from form4_author.page.checklist import Known, Point, checklist
from tests.plans import composed, plan_text

ATTORNEY = "signatures: [{name: '/s/ Mary Major, attorney-in-fact', date: 2026-11-20}]\n"


def filing(**parts: str) -> Filing:
    return composed(plan_text(**parts)).filing


def points(form: Filing, known: Known | None = None, *findings: Finding) -> dict[str, Point]:
    return {point.what: point for point in checklist(form, findings, (), due(form), known or Known())}


def test_a_form_that_is_in_order() -> None:
    assert [(point.what, point.state, point.clear) for point in points(filing()).values()] == [
        ("Warnings that stand", "none", True),
        ("Price of Common Stock", "$31.15", True),
        ("Rule 10b5-1(c) box", "not checked", True),
        ("Due on EDGAR", "by 2026-11-20, 10 p.m. Eastern time; signed 2026-11-20", True),
        ("Signature of Roe Jane", "/s/ Jane Roe, 2026-11-20", True),
        ("CCC of each owner", "missing: Roe Jane", False),
    ]


def test_findings_waivers_and_lateness_are_open() -> None:
    late = filing(signatures="signatures: [{name: /s/ Jane Roe, date: 2026-11-23}]\n")
    warning = Finding("TXN014", Severity.WARNING, "late")
    waived = Finding("OWN005", Severity.WARNING, "no CCC", waived="later")
    found = points(late, None, warning, warning, waived, Finding("XSD001", Severity.ERROR, "wrong"))
    assert found["Errors"] == Point("Errors", "XSD001", clear=False)
    assert found["Warnings that stand"] == Point("Warnings that stand", "TXN014 (2 times)", clear=False)
    assert found["Waived: OWN005"].state == "no CCC. Reason: later"
    assert found["Due on EDGAR"].state.endswith("signed 2026-11-23, 3 days late")
    assert not found["Due on EDGAR"].clear


def test_the_power_of_attorney_is_on_file_attached_or_open() -> None:
    form, what = filing(signatures=ATTORNEY), "Power of attorney of Roe Jane"
    assert points(form)[what] == Point(what, "neither attached nor told to be on file", clear=False)
    assert points(form, Known(attached=("EX-24",)))[what] == Point(what, "attached as EX-24")
    assert points(form, Known(powers=("on file since 2025-03-03",)))[what] == Point(what, "on file since 2025-03-03")
    assert what not in points(filing())


def test_prices_stand_beside_those_of_the_last_filing() -> None:
    last = filing(transactions="transactions: [{date: 2026-10-02, sale: common, amount: 10, price: 28.00}]\n")
    found = points(filing(), Known(against="oct.xml: Form 4 of 10/02/2026", last=last))
    assert found["Price of Common Stock"].state == "$31.15; in the last filing $28.00 (+11.2%)"
    assert found["What changed since the last filing"].state == "held against oct.xml: Form 4 of 10/02/2026"


def test_a_form_without_signatures() -> None:
    found = points(replace(filing(), signatures=()))
    assert found["Signature of Roe Jane"] == Point("Signature of Roe Jane", "missing", clear=False)
    assert found["Due on EDGAR"].state.endswith("not signed yet")
