"""A CCC stands in the XML for EDGAR, and nowhere else."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.cli.command import Run, write

CCC = "zq#7wx$k"


def test_a_ccc_stands_in_the_xml_alone(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    env = {"FORM4_CCC_1999999101": CCC}
    done = run("build", "plan.yaml", "--html", "--submission", "-o", "out", env=env)
    assert done.returncode == 0, done.stderr
    assert CCC not in done.stdout + done.stderr
    holders = []
    for path in sorted((tmp_path / "out").iterdir()):
        if CCC.encode() in path.read_bytes():
            holders.append(path.suffix)
        secret = path.name.endswith(".xml")
        assert (stat.S_IMODE(path.stat().st_mode) == 0o600) is secret, path.name
    assert holders == [".xml"], "the envelope holds it as base64 only"
    (document,) = [path for path in (tmp_path / "out").glob("*.xml") if ".submission" not in path.name]
    for words in (["check", str(document)], ["check", str(document), "--format", "json"]):
        again = run(*words)
        assert CCC not in again.stdout + again.stderr
    without = run("build", "plan.yaml", "-o", "bare")
    assert without.returncode == 0
    (bare,) = (tmp_path / "bare").glob("*.pdf")
    (full,) = (tmp_path / "out").glob("*.pdf")
    assert bare.read_bytes() == full.read_bytes(), "no hash on the page that a CCC could be guessed from"


def test_a_ccc_in_a_broken_document_is_masked_in_what_is_shown(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    assert run("build", "plan.yaml", "--no-pdf", "-o", "out", env={"FORM4_CCC_1999999101": CCC}).returncode == 0
    (document,) = (tmp_path / "out").glob("*.xml")
    text = document.read_text()
    for broken in (
        text.replace(CCC, CCC + "toolong"),
        text.replace("</rptOwnerCcc>", ""),
        text.replace("<rptOwnerCcc>", "<rptOwnerCcc>\n"),
        text.replace("<rptOwnerCcc>", "<rptOwnerCcc junk='1'>&nbsp;"),
    ):
        document.write_text(broken)
        for words in (["check", str(document)], ["check", str(document), "--format", "json"]):
            done = run(*words)
            assert CCC not in done.stdout + done.stderr
            assert "Traceback" not in done.stderr


def test_a_ccc_in_a_plan_is_refused_and_masked(run: Run, tmp_path: Path) -> None:
    write(tmp_path, owners=f"owners:\n  - {{cik: 1999999101, name: Roe Jane, director: yes, ccc: {CCC}}}\n")
    done = run("check", "plan.yaml")
    assert done.returncode == 1
    assert "PLN009 a CCC never stands in a plan" in done.stdout
    assert CCC not in done.stdout + done.stderr


def test_a_file_of_cccs_that_others_can_read_is_refused(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    keys = tmp_path / "keys"
    keys.write_text(f"1999999101: {CCC}\n")
    keys.chmod(0o644)
    done = run("build", "plan.yaml", "--ccc-file", "keys", "-o", "out")
    assert done.returncode == 2
    assert "CCC002" in done.stderr
    assert CCC not in done.stderr
    keys.chmod(0o600)
    assert run("build", "plan.yaml", "--ccc-file", "keys", "-o", "out").returncode == 0
    (document,) = (tmp_path / "out").glob("*.xml")
    assert f"<rptOwnerCcc>{CCC}</rptOwnerCcc>" in document.read_text()
