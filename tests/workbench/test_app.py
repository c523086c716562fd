"""From outside, with the cookie: what is read and written, and what never is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import form4_author
from tests.conftest import ROOT
from tests.hostile import KINDS
from tests.plans import plan_text
from tests.served import Served, came_for, serving

CCC = "zq#7wx$k"
EXAMPLE = ROOT / "examples" / "exercise-and-sell"
LINE = "  - {date: 11/18/2026, code: S, security: common, amount: 1, price: 2}\n"
ENDINGS = (".xml", ".pdf", ".report.json")
TWO = plan_text(
    owners="",
    opening="",
    for_each=(
        "for_each:\n"
        "  - name: roe\n"
        "    owner: {cik: 1999999101, name: Roe Jane, director: yes}\n"
        "    opening: {common: 5}\n"
        "    security: {common: 100}\n"
        "  - name: doe\n"
        "    owner: {cik: 1999999102, name: Doe John, director: yes}\n"
        "    opening: {common: 6}\n"
        "    security: {common: 200}\n"
    ),
    transactions="transactions:\n  - {date: 11/18/2026, code: P, security: each, price: 2}\n",
    signatures="signatures:\n  - {name: /s/ Mary Major, date: 11/20/2026}\n",
)
OUTSIDE = "form: 4\nremarks: outside\n"


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder, with a file beside it, and links that lead out."""
    beside = tmp_path_factory.mktemp("beside")
    (beside / "secret.yaml").write_text(OUTSIDE)
    (beside / "secret.xml").write_text("<a>outside</a>")
    folder = beside / "folder"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(beside / "secret.yaml")
    (folder / "out").symlink_to(beside, target_is_directory=True)
    (folder / "inner.yaml").symlink_to("sale.yaml")
    return folder


@pytest.fixture(scope="module")
def bench(top: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(top, data=tmp_path_factory.mktemp("data"), FORM4_CCC_1999999101=CCC) as served:
        served.enter()
        yield served


@pytest.fixture(autouse=True)
def sale(top: Path) -> Path:
    plan = top / "sale.yaml"
    plan.write_text(plan_text())
    return plan


def paths(top: Path) -> list[str]:
    return [
        *("../secret.yaml", "out/secret.yaml", "link.yaml", "inner.yaml", str(top.parent / "secret.yaml"), "", "."),
        *(
            "sub/../../secret.yaml",
            "./sale.yaml",
            "sale.yaml/../sale.yaml",
            "..\\secret.yaml",
            "a\0b.yaml",
            "//sale.yaml",
        ),
    ]


def test_no_path_outside_is_read(bench: Served, top: Path) -> None:
    for path in paths(top):
        for answer in (
            bench.get("/api/plan", plan=path),
            bench.post("/api/convert", b"", {"what": "amend", "name": path}),
            bench.post("/api/build", plans=[path]),
            bench.get(f"/file/{path.replace(chr(0), '%00')}".replace("\\", "%5C")),
        ):
            assert answer.status in {403, 404}, (path, answer)
            assert b"outside\n" not in answer.body
            assert b"remarks" not in answer.body
        for typed in (
            bench.typed(path, plan_text()),
            bench.typed("sale.yaml", plan_text(), against=path or ".."),
        ):
            assert (typed["status"], typed["findings"][0]["code"]) == (403, "WEB001")
            assert typed.keys() == {"number", "status", "said", "findings"}


def test_no_path_outside_is_written(bench: Served, top: Path) -> None:
    before = sorted(path.name for path in top.parent.iterdir())
    for path in paths(top):
        for answer in (
            bench.post("/api/save", plan=path, text="x", base=""),
            bench.post("/api/create", plan=path, text="x"),
            bench.post("/api/forget", plan=path),
            bench.post("/api/fills", b"x", {"plan": path, "name": "a.csv"}),
        ):
            assert answer.status == 403, (path, answer)
    assert bench.post("/api/fills", b"x", {"plan": "sale.yaml", "name": "../../a.csv"}).data["name"] == "a.csv"
    assert bench.post("/api/save", plan="out/new.yaml", text="x", base="").status == 403
    assert sorted(path.name for path in top.parent.iterdir()) == before
    assert (top.parent / "secret.yaml").read_text() == OUTSIDE
    assert (top / "link.yaml").is_symlink()


@pytest.mark.parametrize(
    "name", ["sale.txt", "sale", "build/.hidden.yaml", "a\nb.yaml", "<b>.yaml", "a" * 200 + ".yaml", "a:b.yaml"]
)
def test_a_name_that_is_no_plans_is_refused(bench: Served, name: str) -> None:
    answer = bench.post("/api/create", plan=name, text="x")
    assert (answer.status, answer.data["findings"][0]["code"]) == (422, "WEB003")


def test_a_plan_is_saved_whole_where_it_is_still_what_it_was(bench: Served, sale: Path) -> None:
    plan = bench.get("/api/plan", plan="sale.yaml").data
    assert plan["text"] == plan_text()
    done = bench.post("/api/save", plan="sale.yaml", text=plan["text"] + "# mine\n", base=plan["revision"])
    assert done.status == 200
    assert sale.read_text() == plan_text() + "# mine\n"
    sale.write_text("# theirs\n")
    refused = bench.post("/api/save", plan="sale.yaml", text="# mine\n", base=done.data["revision"])
    assert refused.status == 409
    assert refused.data["now"]["text"] == "# theirs\n"
    assert sale.read_text() == "# theirs\n"
    assert [path for path in sale.parent.iterdir() if path.name.endswith(".tmp")] == []


@pytest.mark.parametrize(
    "text", ["form: 4\r\nremarks: x\r\n", "\ufeffform: 4\n", "form: 4", "a\r\nb\nc\r\n", "x: caf\u00e9 \U0001f600\n"]
)
def test_what_the_author_did_not_touch_stays_as_it_is(bench: Served, sale: Path, text: str) -> None:
    sale.write_bytes(text.encode())
    plan = bench.get("/api/plan", plan="sale.yaml").data
    done = bench.post("/api/save", plan="sale.yaml", text=plan["text"], base=plan["revision"], mark=plan["mark"])
    assert done.status == 200
    assert sale.read_bytes() == text.encode()


def test_where_it_cannot_be_saved_it_is_told_and_nothing_changes(bench: Served, sale: Path) -> None:
    plan = bench.get("/api/plan", plan="sale.yaml").data
    sale.chmod(0o444)
    answer = bench.post("/api/save", plan="sale.yaml", text="x", base=plan["revision"])
    sale.chmod(0o644)
    assert (answer.status, answer.data["findings"][0]["code"]) == (422, "OUT002")
    assert sale.read_text() == plan_text()


def test_a_new_plan_takes_no_others_place(bench: Served, sale: Path) -> None:
    made = bench.post("/api/create", plan="sale.yaml", text="form: 4\n").data["plan"]
    assert made == "sale-2.yaml", sorted(sale.parent.iterdir())
    assert sale.read_text() == plan_text()
    (sale.parent / made).unlink()


def test_a_check_says_what_the_command_says(bench: Served) -> None:
    text = plan_text(transactions="transactions:\n" + LINE.replace("/18/", "/31/"))
    found = bench.check("sale.yaml", text)
    (finding,) = found["findings"]
    assert (finding["code"], finding["file"], finding["line"], finding["column"]) == ("PLN005", "sale.yaml", 10, 12)
    assert found["accepted"] is False
    assert "page" not in found
    good = bench.check("sale.yaml", plan_text())
    assert good["accepted"] is True
    assert '<table id="table-1">' in good["page"]
    assert good["due"][0][:2] == ["Table I, line 1", "2026-11-20"]


def test_a_plan_of_several_forms_is_drawn_form_by_form(bench: Served, top: Path) -> None:
    (top / "two.yaml").write_text(TWO)
    found = bench.check("two.yaml", TWO)
    assert found["forms"] == [{"name": "roe", "accepted": True}, {"name": "doe", "accepted": True}]
    assert found["form"] == "roe"
    assert "Roe Jane" in found["page"]
    other = bench.check("two.yaml", TWO, form="doe")
    assert other["form"] == "doe"
    assert "Doe John" in other["page"]
    assert "Roe Jane" not in other["page"]
    built = bench.post("/api/build", plans=["two.yaml"]).data
    assert built["files"][0]["outputs"] == [f"build/two-{name}{end}" for name in ("roe", "doe") for end in ENDINGS]
    listed = next(file for file in bench.get("/api/folder").data["files"] if file["name"] == "two.yaml")
    assert (listed["forms"], listed["built"], listed["person"]) == (2, "current", "Roe Jane, Doe John")
    (top / "two.yaml").unlink()


def test_what_is_typed_is_kept_until_it_is_saved(bench: Served) -> None:
    revision = bench.get("/api/plan", plan="sale.yaml").data["revision"]
    typed = plan_text() + "# typed\n"
    assert "drawn" in bench.typed("sale.yaml", typed, base=revision, unsaved=True)
    assert bench.get("/api/plan", plan="sale.yaml").data["unsaved"] == {"text": typed, "base": revision}
    assert bench.post("/api/save", plan="sale.yaml", text=typed, base=revision).status == 200
    assert bench.get("/api/plan", plan="sale.yaml").data["unsaved"] is None


def test_what_is_typed_and_stands_in_the_file_by_now_is_kept_no_longer(bench: Served, top: Path) -> None:
    before = bench.get("/api/plan", plan="sale.yaml").data
    typed = plan_text() + "# typed\n"
    assert "drawn" in bench.typed("sale.yaml", typed, base=before["revision"], unsaved=True)
    (top / "sale.yaml").write_text(typed)
    assert bench.get("/api/plan", plan="sale.yaml").data["unsaved"] is None
    (top / "sale.yaml").write_text(plan_text())
    assert bench.get("/api/plan", plan="sale.yaml").data["unsaved"] is None


def test_the_ccc_is_in_the_filers_document_and_in_no_answer(bench: Served, top: Path) -> None:
    """It is at hand for the build; a plan that holds one is not shown at all."""
    answers = [bench.get("/api/start"), bench.get("/api/folder")]
    typed = json.dumps(bench.typed("sale.yaml", plan_text() + f"remarks: {CCC}\n"))
    assert "PLN009" in typed
    assert CCC not in typed
    built = bench.post("/api/build", plans=["sale.yaml"])
    assert built.data["accepted"] is True, built
    assert CCC in (top / "build" / "sale.xml").read_text()
    answers += [built, *(bench.get(f"/file/{name}") for name in built.data["files"][0]["outputs"])]
    (top / "held.yaml").write_text(plan_text(owners=f"owners:\n  - {{cik: 1999999101, name: Roe Jane, ccc: {CCC}}}\n"))
    (top / "noted.yaml").write_text(plan_text() + "# 1999999101: ab1$cd2@\n")
    for name, line in (("held.yaml", 3), ("noted.yaml", 13)):
        shown = bench.get("/api/plan", plan=name)
        assert (shown.status, shown.data["findings"][0]["code"]) == (422, "WEB002")
        assert shown.data["findings"][0]["line"] == line
        answers.append(shown)
    answers += [bench.get("/api/folder"), bench.post("/api/build", plans=["held.yaml"])]
    answers.append(
        bench.post(
            "/api/convert",
            (top / "build" / "sale.xml").read_bytes(),
            {"what": "import", "name": "x.xml", "dropped": "1"},
        )
    )
    assert all(answer.status in {200, 422} for answer in answers)
    assert not [answer for answer in answers if CCC.encode() in answer.body or b"ab1$cd2@" in answer.body]
    assert CCC not in bench.said.read_text()
    (top / "held.yaml").unlink()
    (top / "noted.yaml").unlink()


def test_nothing_is_built_of_what_is_refused(bench: Served, top: Path, sale: Path) -> None:
    sale.write_text(plan_text(issuer=""))
    for path in (top / "build").glob("sale.*"):
        path.unlink()
    built = bench.post("/api/build", plans=["sale.yaml"]).data
    assert built["accepted"] is False
    assert [finding["code"] for finding in built["files"][0]["findings"]] == ["PLN001"]
    assert list((top / "build").glob("sale.*")) == []


def test_a_build_writes_what_the_command_writes(bench: Served, top: Path, tmp_path: Path) -> None:
    bench.post("/api/build", plans=["sale.yaml"])
    os.environ["FORM4_CCC_1999999101"] = CCC
    assert form4_author.build(top / "sale.yaml", tmp_path).accepted
    for name in ("sale.xml", "sale.pdf", "sale.report.json"):
        assert (top / "build" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_the_folder_tells_what_each_plan_is_worth(bench: Served, top: Path, sale: Path) -> None:
    (top / "filed.xml").write_bytes((EXAMPLE / "expected" / "exercise-and-sell.xml").read_bytes())
    bench.post("/api/build", plans=["sale.yaml"])

    def state() -> dict[str, object]:
        return next(file for file in bench.get("/api/folder").data["files"] if file["name"] == "sale.yaml")

    now = state()
    assert (now["accepted"], now["built"], now["person"]) == (True, "current", "Roe Jane")
    assert now["outputs"] == ["build/sale.xml", "build/sale.pdf"]
    sale.write_text(plan_text() + "# more\n")
    assert state()["built"] == "changed"
    sale.write_text(plan_text(issuer=""))
    assert (state()["accepted"], state()["counts"]) == (False, {"error": 1})
    filed = next(file for file in bench.get("/api/folder").data["files"] if file["name"] == "filed.xml")
    assert (filed["plan"], filed["form"], filed["person"]) == (False, "4", "CIK 9999999999")
    assert filed["holdings"][0] == {
        "person": "CIK 9999999999",
        "security": "Common Stock",
        "held": "direct",
        "day": "2013-11-22",
        "shares": "0",
    }


@pytest.mark.parametrize("what", ["import", "amend", "roll"])
def test_a_filing_becomes_a_plan(bench: Served, top: Path, what: str) -> None:
    (top / "filed.xml").write_bytes((EXAMPLE / "expected" / "exercise-and-sell.xml").read_bytes())
    text = bench.post("/api/convert", b"", {"what": what, "name": "filed.xml"}).data["text"]
    assert "QUALYS" in text
    data = (top / "filed.xml").read_bytes()
    dropped = bench.post("/api/convert", data, {"what": what, "name": "filed.xml", "dropped": "1"}).data["text"]
    assert dropped.partition("\n")[2] == text.partition("\n")[2]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_hostile_texts_never_stop_it(bench: Served, name: str) -> None:
    """While one is looked at, others are answered; and the next check is answered after it."""
    kind = KINDS[name]
    text = kind.text(kind.size)
    if kind.ending == ".yaml":
        typed = bench.typed("sale.yaml", text)
        assert "drawn" in typed or typed["status"] == 504
    else:
        answer = bench.post("/api/convert", text.encode(), {"what": "import", "name": "x.xml", "dropped": "1"})
        assert answer.status in {200, 504}
    assert bench.check("sale.yaml", plan_text())["accepted"] is True


def test_a_megabyte_holds_up_no_newer_text(bench: Served) -> None:
    """While a plan of a megabyte is checked, all else is answered, and a newer text soon; see also `test_workers`."""
    note = "a text of a footnote that is some words long, to make it large\n"
    large = plan_text() + "footnotes:\n" + "".join(f"  n{number}: {note}" for number in range(25_000))
    assert len(large) > 1_000_000
    with bench.line() as line:
        line.send(json.dumps({"number": 1, "plan": "sale.yaml", "text": large, "base": ""}))
        time.sleep(0.1)
        begun = time.monotonic()
        line.send(json.dumps({"number": 2, "plan": "sale.yaml", "text": plan_text(), "base": ""}))
        assert bench.get("/api/folder").status == 200
        answered = time.monotonic() - begun
        assert came_for(line, 2)["judged"]["accepted"] is True
        assert time.monotonic() - begun < 10
    assert answered < 2


def test_profiles_are_looked_up_in_the_folder_that_was_named(tmp_path: Path) -> None:
    """By check, by the list of the folder, also after one of them has changed, by build, and as the other filing."""
    shelf, folder = tmp_path / "people", tmp_path / "plans"
    for made in (shelf, folder, folder / "_profiles"):
        made.mkdir()
    (shelf / "zoe.yaml").write_text("cik: 1999999101\nname: Zoe Ann\ndirector: yes\n")
    (folder / "_profiles" / "zoe.yaml").write_text("cik: 1999999102\nname: Other Zoe\ndirector: yes\n")
    text = plan_text(owners="owners: zoe\n")
    (folder / "sale.yaml").write_text(text)
    with serving(folder, "--profiles", str(shelf), data=tmp_path / "data") as bench:
        bench.enter()
        told = bench.check("sale.yaml", text, against="sale.yaml")
        assert told["accepted"]
        assert "Zoe Ann" in told["page"]
        assert told["against"]["findings"] == []
        (listed,) = [file for file in bench.get("/api/folder").data["files"] if file["name"] == "sale.yaml"]
        assert listed["person"] == "Zoe Ann"
        (shelf / "zoe.yaml").write_text("cik: 1999999101\nname: Zoe Berta\ndirector: yes\n")
        (listed,) = [file for file in bench.get("/api/folder").data["files"] if file["name"] == "sale.yaml"]
        assert listed["person"] == "Zoe Berta"
        assert bench.post("/api/build", plans=["sale.yaml"]).data["accepted"]
        assert "1999999101" in (folder / "build" / "sale.xml").read_text()
