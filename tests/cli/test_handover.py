"""`envelope`, `build --seal` and `verify`, as their users run them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from form4_author.version import __version__
from tests.cli.command import Run, names, write
from tests.documents import CCC
from tests.edgar.test_contents import BARE, FORM, block, enveloped, published


def test_an_envelope_is_shown_without_its_ccc(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_bytes(
        enveloped(("form4.xml", "4", block(FORM)), ("poa.txt", "EX-24", block(b"I appoint")))
    )
    done = run("envelope", "s.xml")
    assert (done.returncode, done.stderr) == (0, "")
    size = (tmp_path / "s.xml").stat().st_size
    assert done.stdout == (
        f"s.xml: TEST submission of type 4 (a test: EDGAR would file nothing), {size:,} bytes\n"
        "  form      4\n"
        "  issuer    EXSY, CIK 1999999001\n"
        "  owner     CIK 1999999101, CCC inside, not shown\n"
        "  period    2026-11-18\n"
        "  contact   Jane Roe\n"
        "  notified  a@example.com, a@example.com\n"
        f"  1  form4.xml  4  XML, {len(FORM):,} bytes  what 4 is\n"
        f"     sha256 without CCC {hashlib.sha256(BARE).hexdigest()}\n"
        "  2  poa.txt  EX-24  plain text, 9 bytes  what EX-24 is\n"
        f"     sha256 {hashlib.sha256(b'I appoint').hexdigest()}\n"
        "  2 documents\n"
    )


def test_the_hash_is_the_one_of_the_report(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    run("build", "plan.yaml", "-o", "out", "--submission", "--no-pdf", env={"FORM4_CCC_1999999101": CCC})
    (report,) = (tmp_path / "out").glob("*.report.json")
    hashed = json.loads(report.read_text())["document"]["sha256_without_ccc"]
    (sent,) = (tmp_path / "out").glob("*.submission.xml")
    done = run("envelope", str(sent), "--format", "json")
    (document,) = json.loads(done.stdout)["documents"]
    assert document["sha256_without_ccc"] == hashed
    assert "sha256" not in document
    assert CCC not in done.stdout
    assert json.loads(done.stdout)["form"]["owners"] == [{"cik": "1999999101", "name": None, "has_ccc": True}]
    alone = run("envelope", f"out/{sent.name.removesuffix('.submission.xml')}.xml").stdout
    assert f"sha256 without CCC {hashed}" in alone


def test_what_edgar_published_is_shown_and_taken_out(run: Run, tmp_path: Path) -> None:
    data = published(("4", "form4.xml", f"<XML>\n{BARE.decode()}</XML>\n"), ("EX-99", "../x", "a\n"))
    (tmp_path / "x.txt").write_bytes(data)
    done = run("envelope", "x.txt", "--extract", "o")
    assert done.stdout.startswith("x.txt: submission 0001999999-26-000123 as EDGAR published it, filed 2026-11-20, ")
    assert "     written to o/form4.xml\n  2  ../x  EX-99  plain text, 2 bytes  ITS NAME\n" in done.stdout
    assert names(tmp_path / "o") == ["document-2.txt", "form4.xml"]
    again = run("envelope", "x.txt", "--extract", "o")
    assert (again.returncode, again.stderr.count("error OUT004")) == (1, 2)


def test_wrong_input_is_one_finding(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    for words, code, said in (
        (("plan.yaml",), 2, "error XML010 this looks like a plan"),
        (("none.xml",), 2, "error FIL001"),
        (("-", "--format", "xml"), 2, "text or json"),
    ):
        done = run("envelope", *words)
        assert (done.returncode, said in done.stderr, done.stdout) == (code, True, ""), words


def test_words_in_a_submission_steer_no_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_bytes(enveloped(("&#x1f600;a\u009b31m", "EX-99\u202e", block(b"a"))))
    done = run("envelope", "s.xml")
    assert not {"\u009b", "\u202e"} & set(done.stdout)


def test_a_filing_is_sealed_and_verified(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "roe.yaml")
    built = run("build", "roe.yaml", "--no-pdf", "--seal", "-o", "out", env={"FORM4_CCC_1999999101": CCC})
    assert (built.returncode, built.stdout) == (0, "out/roe.xml\nout/roe.report.json\nout/roe.sealed\n")
    done = run("verify", "out/roe.sealed")
    seal = hashlib.sha256((tmp_path / "out" / "roe.sealed" / "SHA256SUMS").read_bytes()).hexdigest()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"out/roe.sealed: sealed by form4-author {__version__}, as this is\n"
        "  same      README.txt\n"
        "  same      built/roe.report.json\n"
        "  same      built/roe.xml\n"
        "  same      plan/roe.yaml\n"
        "  same      seal.json\n"
        "  built again: built/roe.report.json: same\n"
        "  built again: built/roe.xml: same\n"
        f"  seal {seal}\n"
        "  nothing has changed\n"
    )
    assert run("verify", "out/roe.sealed", "--expect", seal).returncode == 0
    assert "error SEA010" in run("verify", "out/roe.sealed", "--expect", "0" * 64).stderr


def test_what_changed_is_told_and_the_exit_code_says_so(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "roe.yaml")
    run("build", "roe.yaml", "--no-pdf", "--seal", "-o", "out")
    (tmp_path / "out" / "roe.sealed" / "built" / "roe.xml").write_text("changed")
    done = run("verify", "out/roe.sealed")
    assert done.returncode == 1
    assert "  changed   built/roe.xml\n" in done.stdout
    assert "nothing has changed" not in done.stdout
    assert done.stderr == (
        "out/roe.sealed/built/roe.xml:1:1: error SEA002 built/roe.xml has changed since it was sealed\n"
        "  Take it from a copy that was kept elsewhere.\n"
        "out/roe.sealed: refused (1 error)\n"
    )
    told = json.loads(run("verify", "out/roe.sealed", "--format", "json").stdout)
    (folder,) = told["folders"]
    assert (told["accepted"], folder["accepted"], folder["sealed_by"]) == (False, False, __version__)
    assert {"file": "built/roe.xml", "state": "changed"} in folder["files"]
    assert {"file": "built/roe.xml", "state": "same"} in folder["built"]
    assert [finding["code"] for finding in folder["findings"]] == ["SEA002"]


def test_several_folders_are_verified_in_one_run(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    write(tmp_path, "b.yaml")
    run("build", "a.yaml", "b.yaml", "--no-pdf", "--seal", "-o", "out", "--jobs", "2")
    done = run("verify", "out/a.sealed", "out/b.sealed", "a.yaml")
    assert (done.returncode, done.stdout.count("nothing has changed")) == (2, 2)
    assert done.stderr.startswith("a.yaml:1:1: error SEA001 this is no sealed folder: it has no SHA256SUMS\n")
    assert run("verify", "out/a.sealed", "out/b.sealed", "--expect", "0").returncode == 2
    assert run("verify", "out/a.sealed", "--format", "yaml").returncode == 2


def test_standard_input_is_told_to_be_saved_first(run: Run, tmp_path: Path) -> None:
    done = run("build", "-", "--seal", "--no-pdf", stdin=write(tmp_path).read_text())
    assert done.returncode == 2
    assert "--seal" in done.stderr
    assert "standard input has no name to be kept under" in done.stderr
