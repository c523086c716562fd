"""The comparison that the round trip rests on sees every difference but the three it says it forgives."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from tests.xml_compare import differences

ORIGINAL = """<ownershipDocument>
  <aff10b5One>true</aff10b5One>
  <nonDerivativeTable><nonDerivativeHolding>
    <securityTitle><value>Common </value><footnoteId id="F1"/><footnoteId id="F2"/></securityTitle>
    <natureOfOwnership><value></value></natureOfOwnership>
  </nonDerivativeHolding></nonDerivativeTable>
  <derivativeTable> </derivativeTable>
  <remarks>one
two</remarks>
</ownershipDocument>"""


def found(old: str, new: str) -> list[str]:
    assert ORIGINAL.count(old) >= 1
    return list(differences(fromstring(ORIGINAL), fromstring(ORIGINAL.replace(old, new, 1))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Common ", "Common"),
        ("one\ntwo", "one two"),
        ('id="F1"', 'id="F3"'),
        ('<footnoteId id="F1"/><footnoteId id="F2"/>', '<footnoteId id="F2"/><footnoteId id="F1"/>'),
        ('<footnoteId id="F2"/>', ""),
        ('<value>Common </value><footnoteId id="F1"/>', '<footnoteId id="F1"/><value>Common </value>'),
        (">true<", ">false<"),
        (">true<", "> true<"),
        ("<aff10b5One>true</aff10b5One>", ""),
        ("<remarks>", "<junk>5</junk><remarks>"),
        ("<aff10b5One>", "stray<aff10b5One>"),
        ("<value></value>", "<value>By trust</value>"),
        ("<value></value>", "<value> </value>"),
    ],
)
def test_differences_are_seen(old: str, new: str) -> None:
    assert found(old, new) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<natureOfOwnership><value></value></natureOfOwnership>", ""),
        ("<derivativeTable> </derivativeTable>", ""),
        ("<value></value>", "<value/>"),
        (">true<", ">1<"),
        ("\n  <aff", "<aff"),
    ],
)
def test_the_three_liberties_are_forgiven(old: str, new: str) -> None:
    assert found(old, new) == []


def test_another_root_is_another_document() -> None:
    assert list(differences(fromstring("<a/>"), fromstring("<b/>"))) == ["/a: <a> is now <b>"]
