"""Which firm's file counts for a plan, and what it changes: the plan's form, its options, its names."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import form4_author
from form4_author.cli.app import app
from form4_author.files.inputs import Input
from form4_author.findings import Rejected
from form4_author.firm.nearest import firm_of, gathered
from form4_author.firm.settings import FILE, NO_FIRM
from tests.conftest import ROOT
from tests.plans import plan_text

PROFILE = """\
cik: 1999999101
name: Roe Jane
officer: Chief Operating Officer
address: {street1: 1 WAY, city: SPRINGFIELD, state: IL, zip: 62701}
signs: /s/ Mary Major, attorney-in-fact
power_of_attorney: {filed: 2025-03-03, until: 2027-03-03, attorney: Mary Major}
ownership_lines: {trust: {indirect: By Trust}}
"""
PLAN = plan_text(
    owners="owners: roe\n",
    opening="opening: [{security: common, amount: {direct: 10, trust: 5000}}]\n",
    transactions=(
        "transactions:\n  - {date: 2026-11-18, sale: common, amount: 1,000, price: 31.15, ownership: trust, "
        "notes: {price: {cleared: Monday}}}\n"
    ),
    signatures="signed: 2026-11-20\nholdings: [{security: common}]\n",
)


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("people", "q4/client"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / FILE).write_text('profiles = "people"\nlibrary = "notes.yaml"\nname = "{symbol}-{owner}-{date}"\n')
    (tmp_path / "notes.yaml").write_text("cleared: Cleared on {cleared}.\n")
    (tmp_path / "people/roe.yaml").write_text(PROFILE)
    (tmp_path / "q4/client/sale.yaml").write_text(PLAN)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words, prog_name="form4-author")


def test_a_plan_takes_profile_holders_footnotes_and_name_from_the_firm(firm: Path) -> None:
    done = run("build", "q4", "--no-pdf")
    assert (done.exit_code, done.stdout) == (
        0,
        "build/EXSY-Roe-Jane-2026-11-18.xml\nbuild/EXSY-Roe-Jane-2026-11-18.report.json\n",
    )
    filing = form4_author.read_filing(firm / "build/EXSY-Roe-Jane-2026-11-18.xml")
    assert filing.table1[0].nature_of_ownership.text == "By Trust"
    assert [note.text.text for note in filing.footnotes] == ["Cleared on Monday."]
    assert filing.signatures[0].name.text == "/s/ Mary Major, attorney-in-fact"
    report = json.loads((firm / "build/EXSY-Roe-Jane-2026-11-18.report.json").read_text())
    assert [one["file"] for one in report["plan"]["files"]] == ["../../notes.yaml", "../../people/roe.yaml"]
    assert [one["code"] for one in report["findings"]] == ["OWN005"]  # the power of attorney is on file


def test_all_verbs_and_functions_follow_it(firm: Path) -> None:
    plan = "q4/client/sale.yaml"
    for words in (("check",), ("due",), ("status",), ("short-swing",), ("book",), ("roll",), ("amend",)):
        done = run(*words, plan)
        assert (words, done.exit_code) == (words, 0), done.output
    assert run("preview", plan, "-o", "page.html").exit_code == 0
    assert run("diff", plan, plan).exit_code == 0
    assert form4_author.check(plan).accepted
    assert len(form4_author.due(plan)) == 1
    assert form4_author.read_filing(plan).owners[0].name.text == "Roe Jane"
    assert form4_author.insiders_book(plan)["insiders"]
    (firm / FILE).unlink()
    assert run("check", plan).exit_code == 1
    assert run("check", plan, "--profiles", "people").stdout.count("PLN013") == 0
    assert form4_author.due(plan, profiles="people")


def test_the_same_filing_with_and_without_a_file_that_says_nothing(tmp_path: Path) -> None:
    plan = tmp_path / "roe.yaml"
    plan.write_text(plan_text())
    assert firm_of(Input(str(plan), plan)) is NO_FIRM
    form4_author.build(plan, tmp_path / "a", pdf=False)
    (tmp_path / FILE).write_text("jobs = 2\nstrict = false\n")
    form4_author.build(plan, tmp_path / "b", pdf=False)
    for name in ("roe.xml", "roe.report.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_hash_of_a_plan_follows_what_the_firm_changes_in_it(firm: Path) -> None:
    def hashed() -> str:
        assert run("build", "q4", "--no-pdf").exit_code == 0
        report = json.loads((firm / "build/EXSY-Roe-Jane-2026-11-18.report.json").read_text())
        return str(report["plan"]["sha256"])

    first = hashed()
    file = firm / FILE
    file.write_text(file.read_text() + "jobs = 3\n")
    assert hashed() == first
    (firm / "notes.yaml").write_text("cleared: Pre-cleared on {cleared}.\n")
    second = hashed()
    (firm / "people/roe.yaml").write_text(PROFILE.replace("Operating", "Executive"))
    assert len({first, second, hashed()}) == 3


def test_the_nearest_file_counts_and_the_others_are_named(firm: Path) -> None:
    (firm / "q4" / FILE).write_text("strict = true\n")
    found = form4_author.config("q4/client")
    assert found["file"] == str(Path("q4") / FILE)
    assert found["not_read"] == [str(firm / FILE)]
    strict = next(one for one in found["settings"] if one["key"] == "strict")
    assert strict == {
        "key": "strict", "value": "yes", "from": "firm", "file": str(Path("q4") / FILE), "line": 1, "column": 10,
    }  # fmt: skip


def test_what_is_asked_counts_before_the_plan_and_that_before_the_firm(firm: Path) -> None:
    (firm / FILE).write_text('profiles = "people"\nstrict = true\nhtml = true\npdf = false\noutput = "filed"\n')
    warned = plan_text(owners="owners: [{cik: 1999999101, name: Roe Jane, officer: COO}]\n")  # no CCC: OWN005
    (firm / "q4/client/sale.yaml").write_text(warned)
    assert run("build", "q4").exit_code == 1
    assert run("build", "q4", "--no-strict").stdout.splitlines() == [
        f"filed/sale.{ending}" for ending in ("xml", "html", "report.json")
    ]
    assert form4_author.build("q4/client/sale.yaml", strict=False, html=False).outputs == (
        "filed/sale.xml",
        "filed/sale.report.json",
    )
    (firm / FILE).write_text((firm / FILE).read_text() + 'waivers = [{code = "OWN005", reason = "Given later."}]\n')
    report = form4_author.check("q4/client/sale.yaml")
    assert [(f.code, f.waived) for f in report.findings] == [("OWN005", "Given later.")]
    own = warned + "waivers: [{code: OWN005, reason: Mine.}]\n"
    (firm / "q4/client/sale.yaml").write_text(own)
    assert [f.waived for f in form4_author.check("q4/client/sale.yaml").findings] == ["Mine."]
    asked = form4_author.check("q4/client/sale.yaml", select="SIG")
    assert asked.findings == ()


def test_profiles_are_looked_up_as_asked_then_beside_the_plan_then_with_the_firm(firm: Path) -> None:
    plan = "q4/client/sale.yaml"

    def title() -> str:
        return form4_author.read_filing(plan).owners[0].officer_title.text

    assert title() == "Chief Operating Officer"
    (firm / "q4/client/_profiles").mkdir()
    (firm / "q4/client/_profiles/roe.yaml").write_text(PROFILE.replace("Operating", "Financial"))
    assert title() == "Chief Financial Officer"
    (firm / "mine").mkdir()
    (firm / "mine/roe.yaml").write_text(PROFILE.replace("Operating", "Executive"))
    asked = form4_author.read_filing(plan, profiles="mine").owners[0]
    assert asked.officer_title.text == "Chief Executive Officer"
    told = [(one["value"], one["from"]) for one in form4_author.config(plan, profiles="mine")["settings"][:3]]
    assert told == [("mine", "command line"), ("q4/client/_profiles", "plan"), ("people", "firm")]


def test_a_profile_that_is_not_there(firm: Path) -> None:
    (firm / "q4/client/sale.yaml").write_text(PLAN.replace("owners: roe", "owners: [reo, ../roe]"))
    (near, climbing) = form4_author.check("q4/client/sale.yaml").findings
    assert (near.code, near.message) == ("PLN013", 'there is no profile "reo" in q4/client/_profiles or people')
    assert near.hint == "Did you mean roe?"
    assert climbing.message == '"../roe" is no profile\'s name'
    assert [str(f.origin.position) for f in (near, climbing)] == [f"q4/client/sale.yaml:2:{n}" for n in (10, 15)]


def test_a_power_of_attorney_that_does_not_cover_the_signature(firm: Path) -> None:
    (firm / "people/roe.yaml").write_text(
        PROFILE.replace("until: 2027-03-03, attorney: Mary Major", "until: 2026-03-03, attorney: [John Poe]")
    )
    late, other = form4_author.check("q4/client/sale.yaml", ignore="OWN005").findings
    assert (late.code, str(late.origin.position)) == ("PLN029", "people/roe.yaml:6:47")
    assert late.message == "the power of attorney ended on 2026-03-03, before the signature of 2026-11-20"
    assert other.message == 'the power of attorney names John Poe, and "/s/ Mary Major, attorney-in-fact" signs'


def test_two_owners_with_different_holders_of_one_name(firm: Path) -> None:
    (firm / "people/doe.yaml").write_text(
        "cik: 1999999102\nname: Doe John\ndirector: yes\n"
        "signs: /s/ John Doe\nownership_lines: {trust: {indirect: By Family Trust}}\n"
    )
    plan = firm / "q4/client/sale.yaml"
    plan.write_text(PLAN.replace("owners: roe", "owners: [roe, doe]"))
    (finding,) = form4_author.check(plan).findings
    assert (finding.code, finding.message) == ("PLN011", "two owners have different holders called trust")
    assert str(finding.origin.position) == f"{firm}/people/doe.yaml:5:19"
    plan.write_text(plan.read_text() + "ownership_lines: {trust: {indirect: By the Trust}}\n")
    assert form4_author.read_filing(plan).table1[0].nature_of_ownership.text == "By the Trust"


def test_mistakes_in_it_are_told_once_and_nothing_is_built(firm: Path) -> None:
    (firm / "q4/other.yaml").write_text(PLAN)
    (firm / FILE).write_text("stric = true\n")
    for words in (
        ("build", "q4"),
        ("check", "q4"),
        ("status", "q4"),
        ("due", "q4"),
        ("short-swing", "q4"),
        ("config",),
    ):
        done = run(*words)
        with pytest.raises(Rejected) as refused:
            raise done.exception or AssertionError(done.output)
        assert [str(f.origin.position) for f in refused.value.findings] == [f"{FILE}:1:1"], words
    assert not (firm / "build").exists()


@pytest.mark.usefixtures("firm")
def test_profiles_and_footnotes_are_no_plans_of_a_folder() -> None:
    assert [file.name for file in gathered(["."], io.BytesIO())] == ["q4/client/sale.yaml"]
    assert [file.name for file in gathered(["people/roe.yaml"], io.BytesIO())] == ["people/roe.yaml"]


def test_names_that_two_plans_would_have_are_told_before_anything_is_built(firm: Path) -> None:
    (firm / "q4/other.yaml").write_text(PLAN)
    done = run("build", "q4", "--no-pdf")
    assert isinstance(done.exception, Rejected)
    first, _ = done.exception.findings
    assert (first.code, first.message) == ("OUT001", "2 plans would write EXSY-Roe-Jane-2026-11-18.xml")
    assert run("build", "q4", "--no-pdf", "--name", "{plan}-{form}").stdout.splitlines()[::2] == [
        "build/sale-4.xml",
        "build/other-4.xml",
        "build/summary.html",
    ]


def test_the_example(tmp_path: Path) -> None:
    folder = ROOT / "examples" / "firm"
    report = form4_author.check(folder / "grants" / "plan.yaml")
    assert report.accepted
    assert [(form.name, form.owner, form.missing) for form in report.forms] == [
        ("roe", "Roe Jane", ("a CCC",)),
        ("doe", "Doe John", ("a CCC",)),
        ("poe", "Poe Edgar", ("a CCC",)),
    ]
    built = form4_author.build(folder / "grants" / "plan.yaml", tmp_path, pdf=False, name="{date}-{insider}")
    assert [Path(name).name for name in built.outputs][::2] == [
        *(f"2026-11-16-{who}.xml" for who in ("roe", "doe", "poe")),
        "grants.summary.html",
    ]
