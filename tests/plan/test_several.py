"""A plan of several forms: what stands in each, where it was written, and what no form can be made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from form4_author.findings import Finding, Origin, Rejected, error
from form4_author.plan.several import PlanForm, Profiled, plans
from form4_author.plan.sheet_items import Told
from form4_author.plan.source import loads
from form4_author.plan.yaml_text import YamlFile, parse

HEAD = "issuer: {cik: 1}\ntransactions:\n  - {date: 2026-11-16, exercise: each}\n  - {date: 2026-11-17, gift: each}\n"


def profile(name: str, origin: Origin) -> Profiled:
    if name == "none":
        raise Rejected([error("PLN013", "there is none", origin)])
    text = "- {cik: 7}\n- {cik: 8}\n" if name == "group" else "cik: 5\nname: Poe Edgar\n"
    data, places = parse(YamlFile(f"_profiles/{name}.yaml", text))
    return data, places


def no_rows(_most: int) -> list[Told]:
    return []


def forms(text: str) -> list[PlanForm]:
    return plans(loads(text), profile, no_rows)


def stands(form: PlanForm, *key: str | int) -> str:
    position = form.source.origin(key).position
    assert position is not None
    return f"{position.file}:{position.line}:{position.column}"


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [
        f"{f.origin.position.line}:{f.origin.position.column} {f.code} {f.message}"
        for f in findings
        if f.origin.position
    ]


def refused(text: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        forms(text)
    return said(caught.value.findings)


def transactions(form: PlanForm) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = form.source.data["transactions"]
    return found


def test_a_plan_without_insiders_is_its_own_only_form() -> None:
    source = loads(HEAD)
    assert plans(source, profile, no_rows) == [PlanForm("", source)]


def test_each_insider_fills_in_the_entries_that_are_open() -> None:
    text = HEAD + (
        "for_each:\n"
        "  - {name: roe, owner: {cik: 2}, opening: {rsu: 10}, exercise: {rsu: 3}, withheld: 1}\n"
        "  - name: poe\n"
        "    owner: poe\n"
        "    gift: {common: 4}\n"
        "    to: trust\n"
        "  - {name: moe, owners: [{cik: 3}], exercise: rsu, amount: 6, gift: common, remarks: Both.}\n"
    )
    roe, poe, moe = forms(text)
    assert [form.name for form in (roe, poe, moe)] == ["roe", "poe", "moe"]
    assert [form.findings for form in (roe, poe, moe)] == [(), (), ()]
    assert roe.source.data == {
        "issuer": {"cik": "1"},
        "owners": [{"cik": "2"}],
        "opening": [{"security": "rsu", "amount": "10"}],
        "transactions": [{"date": "2026-11-16", "exercise": {"rsu": "3"}, "withheld": "1"}],
    }
    assert poe.source.data == {
        "issuer": {"cik": "1"},
        "owners": [{"cik": "5", "name": "Poe Edgar"}],
        "transactions": [{"date": "2026-11-17", "gift": {"common": "4"}, "to": "trust"}],
    }
    assert moe.source.data["remarks"] == "Both."
    assert transactions(moe) == [
        {"date": "2026-11-16", "exercise": "rsu", "amount": "6"},
        {"date": "2026-11-17", "gift": "common", "amount": "6"},
    ]


def test_all_stands_where_it_was_written() -> None:
    text = HEAD + (
        "for_each:\n  - name: roe\n    owner: poe\n    opening: {rsu: 10}\n    gift: {common: 4}\n    to: trust\n"
    )
    (form,) = forms(text)
    assert stands(form, "issuer", "cik") == "plan.yaml:1:15"
    assert stands(form, "owners", 0, "name") == "_profiles/poe.yaml:2:7"
    assert stands(form, "opening", 0, "amount") == "plan.yaml:8:20"
    assert stands(form, "transactions", 0) == "plan.yaml:9:11"
    assert stands(form, "transactions", 0, "gift") == "plan.yaml:9:11"
    assert stands(form, "transactions", 0, "gift", "common") == "plan.yaml:9:20"
    assert stands(form, "transactions", 0, "to") == "plan.yaml:10:9"
    assert stands(form, "transactions", 0, "date") == "plan.yaml:4:12"
    assert stands(form, "transactions", 0, "prise") == "plan.yaml:9:5"


def test_several_securities_of_an_event_that_takes_one_at_a_time() -> None:
    text = HEAD.replace("exercise: each", "swap: each") + (
        "for_each:\n"
        "  - {name: roe, owner: poe, swap: {a: 3, b: {amount: 4, open: 2}}, price: 1}\n"
        "  - {name: poe, owner: poe, swap: {a: 3, b: 4}, open: 2}\n"
    )
    roe, poe = forms(text)
    assert transactions(roe) == [
        {"date": "2026-11-16", "swap": "a", "amount": "3", "price": "1"},
        {"date": "2026-11-16", "swap": "b", "amount": "4", "open": "2", "price": "1"},
    ]
    assert [stands(roe, "transactions", at, "swap") for at in (0, 1)] == ["plan.yaml:6:36", "plan.yaml:6:42"]
    assert [stands(roe, "transactions", at, "amount") for at in (0, 1)] == ["plan.yaml:6:39", "plan.yaml:6:54"]
    (finding,) = poe.findings
    assert said(poe.findings) == ["7:49 PLN011 open doesn't tell of which security"]
    assert finding.hint == "Write swap: {a: {amount: ..., open: ...}, b: {amount: ..., open: ...}}"


def test_an_event_that_takes_several_securities_itself() -> None:
    text = HEAD.replace("exercise", "vest") + (
        "for_each: [{name: roe, owner: poe, vest: {a: 3, b: {amount: 4}}, withhold: 2}]\n"
    )
    (form,) = forms(text)
    assert transactions(form) == [{"date": "2026-11-16", "vest": {"a": "3", "b": {"amount": "4"}}, "withhold": "2"}]
    assert stands(form, "transactions", 0, "vest", "b", "amount") == "plan.yaml:5:61"


def test_the_plan_s_own_and_the_item_s() -> None:
    text = (
        "securities: {common: C}\nexhibits: [{file: a}]\nfootnotes: {x: y}\nremarks: All.\nowners: [{cik: 1}]\n"
        "transactions:\n  - {date: 2026-11-16, code: S, security: each, price: 2}\n  - {date: 2026-11-17, code: P}\n"
        "for_each:\n"
        "  - {name: a, security: {common: 5}, exhibits: [{file: b}], footnotes: {z: q}, price: 3}\n"
        "  - {name: b, owner: group, remarks: Mine., transactions: [{date: 2026-11-18}], securities: {common: D}}\n"
    )
    a, b = forms(text)
    assert a.source.data == {
        "securities": {"common": "C"},
        "exhibits": [{"file": "a"}, {"file": "b"}],
        "footnotes": {"x": "y", "z": "q"},
        "remarks": "All.",
        "owners": [{"cik": "1"}],
        "transactions": [
            {"date": "2026-11-16", "code": "S", "security": "common", "price": "3", "amount": "5"},
            {"date": "2026-11-17", "code": "P"},
        ],
    }
    assert [stands(a, "exhibits", at, "file") for at in (0, 1)] == ["plan.yaml:2:19", "plan.yaml:10:56"]
    assert [stands(a, "footnotes", name) for name in "xz"] == ["plan.yaml:3:16", "plan.yaml:10:76"]
    assert stands(a, "transactions", 1, "code") == "plan.yaml:8:30"
    assert b.source.data["owners"] == [{"cik": "7"}, {"cik": "8"}]
    assert stands(b, "owners", 1, "cik") == "_profiles/group.yaml:2:9"
    assert b.source.data["remarks"] == "Mine."
    assert b.source.data["securities"] == {"common": "D"}
    assert transactions(b) == [{"date": "2026-11-17", "code": "P"}, {"date": "2026-11-18"}]
    assert stands(b, "transactions", 1, "date") == "plan.yaml:11:67"


@pytest.mark.parametrize(
    ("items", "findings"),
    [
        ("[]", ["5:11 PLN020 no insider is named"]),
        ("roe", ["5:11 PLN003 a list of insiders must stand here, or a sheet with its columns"]),
        ("{name: roe}", ["5:11 PLN003 a list of insiders must stand here, or a sheet with its columns"]),
        ("[roe]", ["5:12 PLN003 a mapping of keys must stand here: `key: value`"]),
        ("[{owner: poe}]", ["5:12 PLN001 name is missing: what this form is called"]),
        ("[{name: {a: b}}]", ["5:19 PLN001 name is missing: what this form is called"]),
        ("[{name: a}, {name: b}, {name: A}]", ['5:41 PLN020 the name "A" stands twice, first in line 5']),
        (
            "[{name: ../a}, {name: .a}]",
            ['5:19 PLN020 no file can be named after "../a"', '5:33 PLN020 no file can be named after ".a"'],
        ),
        ('[{name: "a\\nb"}]', ['5:19 PLN020 no file can be named after "a\nb"']),
        ("[{name: " + "a" * 61 + "}]", ['5:19 PLN020 no file can be named after "' + "a" * 57 + '..."']),
    ],
)
def test_which_forms_there_are_can_t_be_told(items: str, findings: list[str]) -> None:
    assert refused(f"{HEAD}for_each: {items}\n") == findings


@pytest.mark.parametrize(
    ("item", "findings"),
    [
        ("owner: poe", ['5:19 PLN020 "a" has no transaction: nothing is said of it under exercise or gift']),
        ("owner: none, gift: common", ["5:29 PLN013 there is none"]),
        ("owner: poe, owners: [], gift: common", ["5:22 PLN011 owners already names the owner"]),
        ("owner: poe, holding: common, gift: x", ["5:34 PLN020 no entry of transactions says holding: each"]),
        ("owner: poe, gift: x, exercise: y, withold: 3", ['5:56 PLN002 unknown key "withold"']),
        ("owner: poe, gift: x, price: ", ["5:43 PLN001 price is left empty"]),
    ],
)
def test_an_insider_that_no_form_can_be_made_for(item: str, findings: list[str]) -> None:
    one, other = forms(f"{HEAD}for_each: [{{name: a, {item}}}, {{name: b, gift: common}}]\n")
    assert said(one.findings) == findings
    assert other.findings == ()


def test_a_slip_in_the_only_open_entry_is_left_to_it() -> None:
    (form,) = forms(f"{HEAD}for_each: [{{name: a, owner: poe, gift: x, withold: 3}}]\n")
    assert form.findings == ()
    assert transactions(form) == [{"date": "2026-11-17", "gift": "x", "withold": "3"}]
    place = form.source.origin(("transactions", 0, "withold"), of_key=True).position
    assert place is not None
    assert (place.line, place.column) == (5, 43)


def test_a_key_that_nothing_takes() -> None:
    (form,) = forms("transactions: []\nfor_each: [{name: a, ownr: poe}]\n")
    (finding, *_) = form.findings
    assert (said((finding,)), finding.hint) == (['2:22 PLN002 unknown key "ownr"'], "Did you mean owner?")


def test_more_than_one_plan_holds() -> None:
    many = "\n".join(f"  - {{name: a{number}, gift: common}}" for number in range(501))
    assert refused(f"{HEAD}for_each:\n{many}\n") == ["6:3 PLN020 501 insiders are more than the 500 of one plan"]
    filler = "footnotes:\n" + "".join(f"  n{number}: x\n" for number in range(3000))
    few = "\n".join(f"  - {{name: a{number}, gift: common}}" for number in range(400))
    (told,) = refused(f"{HEAD}{filler}for_each:\n{few}\n")
    assert told.partition(" PLN020 ")[2] == "400 forms of 3,011 entries each are more than one plan holds"
