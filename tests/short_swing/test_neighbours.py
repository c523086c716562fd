"""The note on a build whose folder holds a trade the other way."""

from __future__ import annotations

from pathlib import Path

import pytest

import form4_author
from form4_author import Finding, Severity
from form4_author.batch import build_all
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.pipeline.examine import Refused, Stated, examine
from form4_author.pipeline.options import BuildOptions, CheckOptions
from form4_author.short_swing import neighbours
from form4_author.short_swing.neighbours import Beside
from form4_author.short_swing.statements import Statement, stated
from tests.documents import edited
from tests.short_swing.histories import filed, history, line, trade

BOUGHT = history(trade("2026-06-01", "P", "100", "20"))
SOLD = history(trade("2026-11-18", "S", "1,000", "31.15"))


def note(plan: Path) -> list[Finding]:
    file = Input(str(plan), plan)
    found = examine(file, CheckOptions(), Keyring())
    assert isinstance(found, Stated)
    return Beside().opposite_trades(file, found)


def written(folder: Path, **plans: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in plans.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


def test_a_build_tells_of_a_trade_the_other_way_and_a_check_does_not(tmp_path: Path) -> None:
    plan = written(tmp_path, bought=BOUGHT, sold=SOLD) / "sold.yaml"
    report = form4_author.build(plan, tmp_path / "out", pdf=False)
    (found,) = [finding for finding in report.findings if finding.code == "SSP001"]
    assert report.accepted
    assert (found.severity, str(found.origin.position), found.source) == (
        Severity.NOTE,
        f"{plan}:10:5",
        "Section 16(b)",
    )
    assert found.message == (
        "less than six months from P 100 Common Stock at $20.00 of 2026-06-01 (bought.yaml:10): "
        "Section 16(b) takes $1,115.00 of profit"
    )
    assert "SSP001" in (tmp_path / "out" / "sold.report.json").read_text()
    assert "SSP001" not in {finding.code for finding in form4_author.check(plan).findings}


@pytest.mark.parametrize(
    "owners",
    [
        "owners: roe",
        "owners: [roe]",
        "owners: [{cik: 1999999102, name: Poe John, director: yes}, roe]",
        "owners:\n  - roe  # the officer",
    ],
)
def test_a_plan_whose_owners_are_named_by_their_profiles_counts(tmp_path: Path, owners: str) -> None:
    before, _, rest = BOUGHT.partition("owners:\n")
    owner, _, after = rest.partition("\n")
    profile = owner.strip().removeprefix("- ")
    assert profile.startswith("{cik:"), BOUGHT
    plan = written(tmp_path, bought=f"{before}{owners}\n{after}", sold=SOLD) / "sold.yaml"
    written(tmp_path / "_profiles", roe=profile)
    assert [one.code for one in note(plan)] == ["SSP001"]


def test_plans_of_others_are_not_composed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def noting(file: Input) -> list[Statement | Refused]:
        asked.append(Path(file.name).name)
        return stated(file)

    monkeypatch.setattr(neighbours, "stated", noting)
    issuer = BOUGHT.partition("\n")[0]
    included = BOUGHT.replace(issuer, "issuer: {include: _issuer.yaml}")
    other = included.replace("1999999101", "1999999102")
    plan = written(tmp_path, bought=included, other=other, sold=SOLD) / "sold.yaml"
    written(tmp_path, _issuer=issuer.removeprefix("issuer: "))
    assert [one.code for one in note(plan)] == ["SSP001"]
    assert asked == ["bought.yaml", "sold.yaml"]


def test_a_filing_counts_as_well_and_what_was_made_of_the_plan_does_not(tmp_path: Path) -> None:
    plan = written(tmp_path, sold=SOLD) / "sold.yaml"
    owners = (("9999999998", "1999999101"), ("0000999999", "1999999001"))
    text = edited(*owners, text=filed(line("2026-06-01", "P", "100", "40", "A", "100")))
    (tmp_path / "sold.xml").write_text(text)
    assert note(plan) == []
    (tmp_path / "filed.xml").write_text(text)
    assert note(plan)[0].message.endswith("(filed.xml:28): no profit at these prices")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(BOUGHT.replace("2026-06-01", "2026-05-19"), id="too long ago"),
        pytest.param(BOUGHT.replace("code: P", "code: S"), id="the same way"),
        pytest.param(BOUGHT.replace("1999999101", "1999999102"), id="another person"),
        pytest.param(BOUGHT.replace("1999999001", "1999999002"), id="another issuer"),
        pytest.param(BOUGHT.replace("Common Stock", "Series A Preferred Stock"), id="another class"),
        pytest.param(BOUGHT.replace("code: P", "code: A"), id="exempt"),
        pytest.param("a: [", id="no plan"),
    ],
)
def test_nothing_is_told_of_what_is_not_opposite(other: str, tmp_path: Path) -> None:
    assert note(written(tmp_path, other=other, sold=SOLD) / "sold.yaml") == []


def test_what_the_plan_calls_exempt_is_left_alone(tmp_path: Path) -> None:
    exempt = history(trade("2026-11-18", "S", "1,000", "31.15", ", section_16b: {exempt: Rule 16b-7}"))
    assert note(written(tmp_path, bought=BOUGHT, sold=exempt) / "sold.yaml") == []


def test_the_folders_beside_that_of_a_plan_are_looked_through(tmp_path: Path) -> None:
    written(tmp_path / "june", plan=BOUGHT)
    assert note(written(tmp_path / "november", plan=SOLD) / "plan.yaml")
    assert not note(written(tmp_path / "november", sold=SOLD) / "sold.yaml")


def test_what_other_files_say_of_a_plan_counts(tmp_path: Path) -> None:
    issuer = 'issuer: {cik: 1999999001, name: "EXAMPLE SYSTEMS, INC.", symbol: EXSY}\n'
    assert issuer in BOUGHT
    (tmp_path / "_issuer.yaml").write_text(issuer.removeprefix("issuer: "))
    plan = (
        written(tmp_path, sold=SOLD, bought=BOUGHT.replace(issuer, "issuer: {include: _issuer.yaml}\n")) / "sold.yaml"
    )
    assert note(plan)


def test_no_more_files_are_read_than_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, **{f"b{number}": BOUGHT for number in range(5)}, sold=SOLD)
    monkeypatch.setattr(neighbours, "MOST_READ", 2)
    assert note(tmp_path / "sold.yaml")[0].message.endswith("; there are more files in the folder than are read here")


def test_a_file_that_is_too_large_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = written(tmp_path, bought=BOUGHT, sold=SOLD) / "sold.yaml"
    monkeypatch.setattr(neighbours, "LARGEST", len(BOUGHT.encode()) - 1)
    assert note(plan) == []
    monkeypatch.setattr(neighbours, "LARGEST", len(BOUGHT.encode()))
    assert note(plan)


def test_a_plan_that_trades_nothing_asks_for_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = (
        written(tmp_path, given=history(trade("2026-11-18", "G", "1", "0", ", acquired_or_disposed: D"))) / "given.yaml"
    )
    monkeypatch.setattr(Beside, "_listing", None)
    assert note(plan) == []


def test_of_many_plans_in_a_folder_each_file_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = written(tmp_path, **{f"p{number}": SOLD for number in range(8)})
    looked: list[str] = []
    look = neighbours._key

    def noted(path: str) -> object:
        looked.append(Path(path).name)
        return look(path)

    monkeypatch.setattr(neighbours, "_key", noted)
    plans = [Input(str(path), path) for path in sorted(folder.glob("*.yaml"))]
    reports = build_all(plans, BuildOptions(output=tmp_path / "out", pdf=False))
    assert [report.accepted for report in reports] == [True] * 8
    assert sorted(looked) == [f"p{number}.yaml" for number in range(8)]


def test_a_file_that_comes_during_a_run_is_seen(tmp_path: Path) -> None:
    plan = written(tmp_path, sold=SOLD) / "sold.yaml"
    file = Input(str(plan), plan)
    found = examine(file, CheckOptions(), Keyring())
    assert isinstance(found, Stated)
    beside = Beside()
    assert beside.opposite_trades(file, found) == []
    written(tmp_path, bought=BOUGHT)
    assert [note.code for note in beside.opposite_trades(file, found)] == ["SSP001"]
