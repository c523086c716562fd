"""Titles longer than their box: the box says See Remarks, and the remarks say the title."""

from __future__ import annotations

from tests.plans import composed, plan_text, told

LONG = "Executive Vice President, General Counsel and Corporate Secretary"


def owner(cik: int, name: str, keys: str) -> str:
    return f"  - {{cik: {cik}, name: {name}, {keys}}}\n"


def test_an_officer_s_title_goes_to_the_remarks() -> None:
    text = plan_text(owners="owners:\n" + owner(1999999105, "Major Mary", f'officer: "{LONG}"'))
    found = composed(text)
    assert found.complete
    assert found.filing.owners[0].officer_title.text == "See Remarks"
    assert found.filing.remarks.text == f"Officer's title: {LONG}"
    assert told(text) == ["3:50 PLN024 officer's title: 65 characters are more than the 30 of the box"]


def test_each_owner_s_and_the_plan_s_own_remarks() -> None:
    text = plan_text(
        owners="owners:\n"
        + owner(1999999105, "Major Mary", f'officer: "{LONG}"')
        + owner(1999999106, "Roe Jane", "officer: Chief Operating Officer Nr 30.")
        + owner(
            1999999107, "Poe Edgar", f'officer: yes, officer_title: "{LONG}", other: Trustee of the first voting trust'
        ),
        remarks="remarks: Mine.\n",
    )
    found = composed(text).filing
    assert [one.officer_title.text for one in found.owners] == [
        "See Remarks",
        "Chief Operating Officer Nr 30.",
        "See Remarks",
    ]
    assert found.owners[2].other_text.text == "See Remarks"
    assert found.remarks.text.split("\n\n") == [
        "Mine.",
        f"Officer's title of Major Mary: {LONG}",
        f"Officer's title of Poe Edgar: {LONG}",
        "Relationship to the issuer of Poe Edgar: Trustee of the first voting trust",
    ]
