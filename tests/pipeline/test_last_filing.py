"""Which filing a form is held against where a folder is named: the last one of the same person and issuer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

import form4_author
from tests.plans import plan_text


def plan(path: Path, day: str, *, amount: str = "1,000", cik: str = "1999999101", form: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    signed = f"{day[:-2]}{int(day[-2:]) + 1:02}"
    path.write_text(
        plan_text(
            owners=f"owners: [{{cik: {cik}, name: Roe Jane, officer: Chief Operating Officer}}]\n",
            transactions=f"transactions: [{{date: {day}, sale: common, amount: '{amount}', price: 31.15}}]\n",
            signatures=f"signatures: [{{name: /s/ Jane Roe, date: {signed}}}]\n{form}",
        )
    )
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    plan(Path("filed/sep.yaml"), "2026-09-02")
    form4_author.build(plan(Path("oct.yaml"), "2026-10-05"), "filed", pdf=False, document="record")
    plan(Path("filed/other.yaml"), "2026-10-12", cik="1999999102")
    plan(Path("filed/later.yaml"), "2026-12-01")
    Path("filed/notes.txt").write_text("1999999001 is no filing\n")
    plan(Path("now.yaml"), "2026-11-17")
    return tmp_path


def against(file: str, folder: str = "filed") -> tuple[str, list[str]]:
    report = form4_author.build(file, "out", pdf=False, html=True, proof=True, against=folder)
    told = [f"{f.code} {f.message}" for f in report.findings if f.code.startswith("FIL")]
    name = Path(file).stem
    said = json.loads(Path(f"out/{name}.report.json").read_text())
    redline = Path(f"out/{name}.redline.html").exists()
    assert redline == ("against" in said)
    return said.get("against", {}).get("file", ""), told


@pytest.mark.usefixtures("folder")
def test_the_last_one_before_the_period_of_the_same_person_in_the_same_issuer() -> None:
    assert against("now.yaml") == ("oct.xml", [])
    page = Path("out/now.html").read_text()
    assert "held against oct.xml: Form 4 of 10/05/2026" in page
    assert "Changed since the last filing" in page


def test_a_full_submission_text_and_a_plan_of_several_count_too(folder: Path) -> None:
    xml = (folder / "filed/oct.xml").read_text()
    (folder / "text").mkdir()
    wrapped = (
        "<SEC-DOCUMENT>0001.txt : 20261006\n<DOCUMENT>\n<TYPE>4\n<SEQUENCE>1\n<FILENAME>a.xml\n<TEXT>\n<XML>\n"
        f"{xml}</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )
    (folder / "text/0001.txt").write_text(wrapped)
    assert against("now.yaml", "text") == ("0001.txt", [])
    several = plan(folder / "several/oct.yaml", "2026-10-20").read_text()
    owners = "owners: [{cik: 1999999101, name: Roe Jane, officer: Chief Operating Officer}]\n"
    (folder / "several/oct.yaml").write_text(
        several.replace(owners, "").replace("sale: common, amount: '1,000'", "sale: each")
        + "for_each:\n"
        + "".join(
            f"  - {{name: {name}, owner: {{cik: {cik}, name: {name.title()} X, director: yes}}, sale: {{common: 5}}}}\n"
            for name, cik in (("doe", 1999999102), ("roe", 1999999101))
        )
    )
    assert against("now.yaml", "several") == ("oct.yaml", [])


def test_none_is_told_and_nothing_is_marked(folder: Path) -> None:
    plan(folder / "first.yaml", "2026-11-17", cik="1999999109")
    assert against("first.yaml") == (
        "",
        ["FIL008 there is no earlier filing of Roe Jane in EXSY below filed: nothing is held against this one"],
    )


def test_several_of_one_day_are_told(folder: Path) -> None:
    plan(folder / "filed/oct2.yaml", "2026-10-05", amount="900")
    assert against("now.yaml") == (
        "oct.xml",
        ["FIL009 2 filings are of 2026-10-05: held against filed/oct.xml, not filed/oct2.yaml"],
    )


def test_the_plan_of_a_filing_beside_it_is_the_same_filing(folder: Path) -> None:
    plan(folder / "filed/oct.yaml", "2026-10-05")
    assert against("now.yaml") == ("oct.xml", [])


def test_what_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "filed/bad.yaml").write_text("issuer: {cik: 1999999001\n")
    name, told = against("now.yaml")
    assert (name, told) == ("oct.xml", ["FIL008 in filed 1 file that can't be read is passed over"])


def test_a_plan_of_another_issuer_is_passed_over_whatever_it_includes_and_whatever_is_wrong_with_it(
    folder: Path,
) -> None:
    issuer = "issuer: {cik: 1999999077, name: ANOTHER ISSUER INC, symbol: ANOT}\n"
    (folder / "filed/_stranger.yaml").write_text(
        issuer + "owners: [{cik: 1999999101, name: Roe Jane, director: yes}]\n"
    )
    (folder / "filed/stranger.yaml").write_text("include: _stranger.yaml\ntransactions: 5\n")
    assert against("now.yaml") == ("oct.xml", [])
    (folder / "filed/_stranger.yaml").write_text(issuer.replace("1999999077", "1999999001"))
    assert against("now.yaml") == ("oct.xml", ["FIL008 in filed 1 file that can't be read is passed over"])


def test_an_amendment_is_held_against_its_original(folder: Path) -> None:
    plan(folder / "amended.yaml", "2026-10-05", amount="900", form="form: 4/A\noriginal_filing_date: 2026-10-06\n")
    assert against("amended.yaml") == ("oct.xml", [])


def test_several_plans_against_a_folder_and_a_preview(folder: Path) -> None:
    plan(folder / "next.yaml", "2026-12-08")
    reports = form4_author.build_many(["now.yaml", "next.yaml"], "out", against="filed")
    assert [report.accepted for report in reports] == [True, True]
    assert json.loads(Path("out/next.report.json").read_text())["against"]["file"] == "later.yaml"
    assert form4_author.preview("now.yaml", "page.pdf", against="filed", proof=True).accepted
    assert "Before signing" in "".join(page.extract_text() for page in PdfReader("page.pdf").pages)
