"""What a program can do: the public functions, without printing or raising for what stands in a file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date
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


def test_what_the_command_line_refuses_is_refused_in_the_same_words(plan: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    with pytest.raises(ValueError, match=r"^against: it goes with one plan, or name a folder$"):
        form4_author.build_many([plan, tmp_path / "other.yaml"], output, against=plan)
    with pytest.raises(ValueError, match=r"^against: there is no page to mark: leave out --no-pdf, or say --html$"):
        form4_author.build(plan, output, pdf=False, against=plan)
    with pytest.raises(
        ValueError, match=r"^schema_version: 'X9999' is not one of 'X0206', 'X0306', 'X0407', 'X0508', 'X0607', 'X0609'"
    ):
        form4_author.check(plan, schema_version="X9999")
    with pytest.raises(ValueError, match=r"^output: the name must end in \.pdf or \.html$"):
        form4_author.preview(plan, tmp_path / "page.png", against=plan)
    assert not output.exists()


def test_rules_are_selected_and_ignored(plan: Path) -> None:
    plan.write_text(plan_text(footnotes="footnotes: {stray: x}\n"))

    def codes(select: str | Sequence[str] = (), ignore: str | Sequence[str] = ()) -> list[str]:
        return [finding.code for finding in form4_author.check(plan, select=select, ignore=ignore).findings]

    assert codes() == ["OWN005", "FTN001"]
    assert codes(select="ftn") == codes(select=("FTN001",)) == codes(ignore=["own"]) == ["FTN001"]
    assert codes(select="ftn,OWN005", ignore="FTN001") == ["OWN005"]


def test_deadlines_and_their_calendar(plan: Path, tmp_path: Path) -> None:
    (deadline,) = form4_author.due(plan)
    assert isinstance(deadline, form4_author.Deadline)
    assert (deadline.line, deadline.code, deadline.amount) == ("Table I, line 1", "S", "1000")
    assert (deadline.traded, deadline.day) == (date(2026, 11, 18), date(2026, 11, 20))
    calendar = form4_author.due_calendar([plan, plan])
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT\r\n") == 2
    for asked in (lambda: form4_author.due(tmp_path / "none"), lambda: form4_author.due_calendar([plan, tmp_path])):
        with pytest.raises(Rejected, match=r"FIL00[12]") as refused:
            asked()
        assert refused.value.unreadable


def test_rules_and_their_pages() -> None:
    rules = form4_author.rules()
    assert all(isinstance(rule, form4_author.Rule) for rule in rules)
    assert [rule.code for rule in rules][:2] == ["DOC001", "DOC002"]
    for rule in rules:
        assert form4_author.explain(rule.code.lower()).startswith(f"{rule.code}: {rule.summary}\n\n*{rule.severity}*. ")
    assert form4_author.explain("Gift").startswith("gift: A gift: ")
    unknown = r"^topic: there is no code, event, footnote or layout OWN999\. Did you mean OWN0"
    with pytest.raises(ValueError, match=unknown):
        form4_author.explain("OWN999")


def test_short_swing_profit(plan: Path, tmp_path: Path) -> None:
    sale = "  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15}\n"
    bought = sale.replace("code: S", "code: P").replace("31.15", "30")
    plan.write_text(plan_text(transactions=f"transactions:\n{sale}{bought}"))
    (insider,) = form4_author.short_swing_profit(plan)["insiders"]
    assert (insider["profit"], insider["certificate"]["verified"]) == ("1150.00", True)
    assert (
        form4_author.short_swing_profit([tmp_path], window="calendar", as_of=date(2026, 11, 17))["insiders"][0][
            "matches"
        ]
        == []
    )
    with pytest.raises(ValueError, match=r"^window: 'lunar' is not one of 'colonial', 'calendar'\.$"):
        form4_author.short_swing_profit(plan, window="lunar")  # type: ignore[arg-type]
    with pytest.raises(Rejected, match="FIL001"):
        form4_author.short_swing_profit(tmp_path / "none.yaml")


def test_a_plan_to_start_from(tmp_path: Path) -> None:
    path = form4_author.new(tmp_path / "filing")
    assert path == tmp_path / "filing" / "plan.yaml"
    assert "PLN001" in {finding.code for finding in form4_author.check(path).findings}
    with pytest.raises(Rejected, match="OUT004"):
        form4_author.new(tmp_path / "filing")


def test_the_schemas_in_use(tmp_path: Path) -> None:
    assert [(one.version, one.origin) for one in form4_author.schemas()] == [
        ("X0206", "shipped"), ("X0306", "shipped"), ("X0407", "shipped"), ("X0508", "shipped"), ("X0607", "shipped"),
        ("X0609", "shipped"),
    ]  # fmt: skip
    assert isinstance(form4_author.schemas()[0], form4_author.SchemaSet)
    with pytest.raises(Rejected, match="FIL001"):
        form4_author.add_schemas(tmp_path / "none.zip")
    (tmp_path / "empty.zip").write_bytes(b"")
    with pytest.raises(Rejected, match="SCH"):
        form4_author.add_schemas(tmp_path / "empty.zip", schema_version="X0508")


def test_importing_the_package_is_quick() -> None:
    script = "import sys, form4_author; print(*sorted(n for n in sys.modules if n.partition('.')[0] in sys.argv[1:]))"
    heavy = ("pydantic", "yaml", "jinja2", "xmlschema", "typer", "weasyprint", "platformdirs")
    done = subprocess.run([sys.executable, "-c", script, *heavy], check=True, capture_output=True, text=True)
    assert done.stdout == "\n"


def test_everything_promised_is_there_and_documented() -> None:
    for name in form4_author.__all__:
        assert getattr(form4_author, name).__doc__, name
    assert form4_author.plan_schema().startswith("{")
    with pytest.raises(AttributeError):
        _ = form4_author.nothing


def test_insiders_books(plan: Path, tmp_path: Path) -> None:
    (insider,) = form4_author.insiders_book(plan)["insiders"]
    assert [(one["security"], one["balance"]) for one in insider["accounts"]] == [("Common Stock", "11500")]
    (tmp_path / "empty").mkdir()
    with pytest.raises(Rejected, match="FIL006"):
        form4_author.insiders_book([tmp_path / "empty"])
