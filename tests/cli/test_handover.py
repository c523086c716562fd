"""`envelope`, as its users run it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

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
