"""Every owner signs on one date: what stands under the form, and what doesn't follow from a name."""

from __future__ import annotations

import pytest

from tests.plans import composed, plan_text, told


def plan(*owners: str, rest: str = "") -> str:
    listed = "".join(f"  - {{cik: 199999910{number}, {owner}}}\n" for number, owner in enumerate(owners))
    return plan_text(owners=f"owners:\n{listed}", signatures=f"signed: 11/20/2026\n{rest}")


def test_each_owner_signs_with_its_own_text_or_a_person_with_the_name() -> None:
    found = composed(
        plan(
            "name: Roe Jane, director: yes",
            "name: O'Neil-Poe Mary, officer: CFO",
            'name: "Example Fund, L.P.", signs: "Example Fund, L.P., by /s/ Ann Stone"',
        )
    )
    assert found.findings == ()
    assert [(one.name.text, one.date.text) for one in found.filing.signatures] == [
        ("/s/ Jane Roe", "2026-11-20"),
        ("/s/ Mary O'Neil-Poe", "2026-11-20"),
        ("Example Fund, L.P., by /s/ Ann Stone", "2026-11-20"),
    ]
    places = [one.name.origin.position for one in found.filing.signatures]
    assert [(place.line, place.column) for place in places if place] == [(3, 29), (4, 29), (5, 58)]
    dates = {one.date.origin.position for one in found.filing.signatures}
    assert [(place.line, place.column) for place in dates if place] == [(13, 9)]


@pytest.mark.parametrize(
    "owner",
    [
        'name: "Example Fund, L.P.", director: yes',
        "name: Acme Capital, director: yes",
        "name: Roe Family Trust, director: yes",
        "name: Van Houten Jane, director: yes",
        "name: Roe Jane, ten_percent_owner: yes",
        "name: Roe, director: yes",
        "name: Roe J4ne, director: yes",
    ],
)
def test_a_signature_that_doesn_t_follow_from_the_name(owner: str) -> None:
    name = owner.partition("name: ")[2].rpartition(", ")[0].strip('"')
    (said,) = told(plan(owner))
    assert said == f'3:29 PLN012 how "{name}" signs doesn\'t follow from the name'
    assert told(plan(f"{owner}, signs: /s/ Jane Roe")) == []


def test_what_doesn_t_go_together() -> None:
    both = plan("name: Roe Jane, director: yes", rest="signatures: [{name: /s/ Jane Roe, date: 2026-11-20}]\n")
    assert told(both) == ["11:9 PLN011 signatures already says who signs and when"]
    assert told(plan("name: none, director: yes")) == ["3:29 PLN012 how this owner signs isn't said"]
    assert told(plan_text(signatures="signed: soon\n")) == ['11:9 PLN005 "soon" is not a date']
    assert told(plan_text(signatures="signed:\n")) == ["11:1 PLN001 signed is left empty"]
