"""What a program can do: the public functions, without printing or raising for what stands in a file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import form4_author
from form4_author import Rejected, Severity
from tests.plans import plan_text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "roe.yaml"
    path.write_text(plan_text())
    return path


def test_build_writes_and_reports(plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report = form4_author.build(plan, tmp_path / "out", pdf=False, html=True)
    assert report.accepted
    assert [Path(name).name for name in report.outputs] == ["roe.xml", "roe.html", "roe.report.json"]
    assert [(f.code, f.severity) for f in report.findings] == [("OWN005", Severity.WARNING)]
    assert capfd.readouterr() == ("", "")


def test_check_tells_and_writes_nothing(plan: Path, tmp_path: Path) -> None:
    plan.write_text(plan_text(rule_10b5_1=""))
    report = form4_author.check(plan)
    assert not report.accepted
    (finding,) = report.findings
    assert (finding.code, str(finding.origin.position)) == ("PLN017", f"{plan}:1:1")
    assert [path.name for path in tmp_path.iterdir()] == ["roe.yaml"]
    assert form4_author.check(tmp_path / "none.yaml").unreadable


def test_many_are_built_in_order(tmp_path: Path) -> None:
    paths = []
    for name in ("b", "a"):
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(plan_text())
    reports = form4_author.build_many(paths, tmp_path / "out", pdf=False, jobs=2)
    assert [Path(report.file).name for report in reports] == ["b.yaml", "a.yaml"]
    with pytest.raises(Rejected, match="OUT001"):
        form4_author.build_many([paths[0], tmp_path / "B.yaml"], tmp_path / "out")


def test_preview_draws_by_the_ending(plan: Path, tmp_path: Path) -> None:
    assert form4_author.preview(plan, tmp_path / "page.html").accepted
    assert (tmp_path / "page.html").read_text().startswith("<!DOCTYPE html>")
    with pytest.raises(ValueError, match=r"\.pdf or \.html"):
        form4_author.preview(plan, tmp_path / "page.png")


def test_read_filing_gives_decimals_of_the_authors_digits(plan: Path, tmp_path: Path) -> None:
    filing = form4_author.read_filing(plan)
    (row,) = filing.table1
    assert (row.price_per_share.number, row.price_per_share.text) == (Decimal("31.15"), "31.15")
    assert form4_author.build(plan, tmp_path / "out", pdf=False, document="record").accepted
    again = form4_author.read_filing(tmp_path / "out" / "roe.xml")
    assert again.table1[0].shares_owned_following.number == Decimal(11500)
    (tmp_path / "bad.yaml").write_text("a: [")
    with pytest.raises(Rejected, match="YML001"):
        form4_author.read_filing(tmp_path / "bad.yaml")


def test_everything_promised_is_there_and_documented() -> None:
    for name in form4_author.__all__:
        assert getattr(form4_author, name).__doc__, name
    assert form4_author.plan_schema().startswith("{")
    with pytest.raises(AttributeError):
        _ = form4_author.nothing
