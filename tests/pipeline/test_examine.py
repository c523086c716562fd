"""How far a file came is the type of what comes out, and what was said on the way is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from form4_author import schema_store
from form4_author.edgar.ccc import Keyring
from form4_author.files.inputs import Input
from form4_author.filing import Medium
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.pipeline import examine as examining
from form4_author.pipeline.examine import Judged, Refused, Unfinished, examine
from form4_author.pipeline.options import CheckOptions
from tests.edgar.test_contents import FORM, block, enveloped
from tests.plans import plan_text

CCC = "zq#7wx$k"


def examined(text: str, options: CheckOptions | None = None, *, ccc: str = "") -> Refused | Unfinished | Judged:
    keyring = Keyring({"1999999101": ccc}) if ccc else Keyring()
    return examine(Input("plan.yaml", None, text.encode()), options or CheckOptions(), keyring)


def codes(found: Refused | Unfinished | Judged) -> list[str]:
    return [finding.code for finding in found.findings]


def test_what_cannot_be_read_states_no_filing(tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    found = examine(Input(str(missing), missing), CheckOptions(), Keyring())
    assert isinstance(found, Refused)
    assert (codes(found), found.unreadable, found.texts) == (["FIL001"], True, {})
    wrong = examined("form: [\n")
    assert isinstance(wrong, Refused)
    assert (codes(wrong), wrong.unreadable, wrong.texts) == (["YML001"], False, {"plan.yaml": "form: [\n"})


def test_a_plan_that_lacks_something_states_a_filing_without_a_document() -> None:
    found = examined(plan_text(rule_10b5_1=""))
    assert isinstance(found, Unfinished)
    assert (codes(found), found.unreadable, found.filing.medium) == (["PLN017"], False, Medium.PLAN)
    assert not found.accepted(strict=False)


def test_a_mistake_that_the_plan_is_told_of_is_not_told_of_the_form_too() -> None:
    remarks = examined(plan_text(remarks="remarks: José\n"))
    assert [(one.code, one.origin.position and one.origin.position.column) for one in remarks.findings] == [
        ("DOC008", 13),
        ("OWN005", 11),
    ]
    sale = "  - {date: 2026-11-18, code: S, security: common, amount: 1,000, price: 31.15%s}\n"
    found = examined(plan_text(transactions=f"transactions:\n{sale % ''}{sale % ', balance: 17'}"))
    assert [code for code in codes(found) if code.startswith("BAL")] == ["BAL002"]


def test_a_plan_and_its_document_are_judged() -> None:
    found = examined(plan_text(), CheckOptions(submission=True))
    assert isinstance(found, Judged)
    assert codes(found) == ["OWN005"]
    assert found.document.startswith(b"<?xml")
    assert found.envelope is not None
    again = examine(Input("x.xml", None, found.document), CheckOptions(), Keyring())
    assert isinstance(again, Judged)
    assert (again.document, again.envelope, again.filing.medium) == (found.document, None, Medium.XML)
    assert again.derivations == ()


def test_no_ccc_is_in_the_texts() -> None:
    found = examined(plan_text(), ccc=CCC)
    assert isinstance(found, Judged)
    assert CCC.encode() in found.document
    again = examine(Input("x.xml", None, found.document), CheckOptions(), Keyring())
    assert CCC not in "".join(again.texts.values())
    assert CCC not in repr(found) + repr(again)


def test_days_that_cannot_be_read_leave_a_plan_unfinished_and_xml_with_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = examined(plan_text())
    assert isinstance(sound, Judged)
    days = tmp_path / "edgar-days.csv"
    days.write_text("someday,closed\n")
    monkeypatch.setattr(examining, "user_file", lambda: days)
    plan = examined(plan_text())
    assert isinstance(plan, Unfinished)
    assert codes(plan) == ["DAY001"]
    xml = examine(Input("x.xml", None, sound.document), CheckOptions(), Keyring())
    assert isinstance(xml, Judged)
    assert codes(xml) == ["DAY001"]


def test_what_was_found_before_a_stage_that_cannot_go_on_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> object:
        raise Rejected([error("SCH011", "damaged", Origin(Position("added.json", 1, 1)))], unreadable=True)

    monkeypatch.setattr(schema_store, "schema_in_use", damaged)
    found = examined(plan_text())
    assert isinstance(found, Judged)
    assert (codes(found), found.unreadable) == (["OWN005", "SCH011"], True)


def checked(data: bytes, name: str = "s.xml") -> list[str]:
    return codes(examine(Input(name, Path(name), data), CheckOptions(), Keyring({"1999999101": CCC})))


def test_an_envelope_is_judged_as_a_file_of_its_own() -> None:
    envelope = enveloped(("form4.xml", "4", block(FORM)))
    head = b'<?xml version="1.0"?>\n'
    assert checked(head + envelope) == ["SUB007"]
    assert checked(head + b'<?xml-stylesheet href="a.xsl"?>\n' + envelope) == ["DOC004", "SUB007"]
    assert checked(b"\n" + head + envelope) == ["DOC005", "SUB007"]
    assert checked(envelope.replace(b"\n", b"")) == ["DOC009", "SUB007"]
    assert checked(envelope, "s.sub") == ["SUB020", "SUB007"]
