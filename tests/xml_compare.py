"""Whether two ownership documents say the same, element by element.

Equal means: the same elements in the same order, with the same attributes and exactly the same text, white space
included. Three liberties, no more:

- an empty element that carries nothing may be absent: no text, no attribute, and no descendant that carries anything;
- white space between the elements of a parent is layout;
- a boolean may be written the other way that means the same: `1` for `true`, `0` for `false`.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

BOOLEANS = {
    "notSubjectToSection16",
    "aff10b5One",
    "isDirector",
    "isOfficer",
    "isTenPercentOwner",
    "isOther",
    "equitySwapInvolved",
    "rptOwnerNonUSAddressFlag",
    "rptOwnerGoodAddress",
}
#: Parents in the schema: where they have no children, white space is all that can be in them.
PARENTS = {
    "ownershipDocument",
    "issuer",
    "reportingOwner",
    "reportingOwnerId",
    "reportingOwnerAddress",
    "reportingOwnerRelationship",
    "nonDerivativeTable",
    "nonDerivativeTransaction",
    "nonDerivativeHolding",
    "derivativeTable",
    "derivativeTransaction",
    "derivativeHolding",
    "securityTitle",
    "conversionOrExercisePrice",
    "transactionDate",
    "deemedExecutionDate",
    "transactionCoding",
    "transactionTimeliness",
    "transactionAmounts",
    "transactionShares",
    "transactionTotalValue",
    "transactionPricePerShare",
    "transactionAcquiredDisposedCode",
    "exerciseDate",
    "expirationDate",
    "underlyingSecurity",
    "underlyingSecurityTitle",
    "underlyingSecurityShares",
    "underlyingSecurityValue",
    "postTransactionAmounts",
    "sharesOwnedFollowingTransaction",
    "valueOwnedFollowingTransaction",
    "ownershipNature",
    "directOrIndirectOwnership",
    "natureOfOwnership",
    "footnotes",
    "footnoteId",
    "ownerSignature",
}


def differences(one: Element, other: Element) -> Iterator[str]:
    """What differs between two documents, as a reader would look for it; nothing where they say the same."""
    yield from _differences(one, other, f"/{one.tag}")


def _differences(one: Element, other: Element, path: str) -> Iterator[str]:
    if one.tag != other.tag:
        yield f"{path}: <{one.tag}> is now <{other.tag}>"
        return
    if one.attrib != other.attrib:
        yield f"{path}: {one.attrib} is now {other.attrib}"
    mine, theirs = _children(one), _children(other)
    if _text(one) != _text(other):
        yield f"{path}: {_text(one)!r} is now {_text(other)!r}"
    if [child.tag for child in mine] != [child.tag for child in theirs]:
        yield f"{path}: children {[child.tag for child in mine]} are now {[child.tag for child in theirs]}"
        return
    for number, (child, counterpart) in enumerate(zip(mine, theirs, strict=True), start=1):
        yield from _differences(child, counterpart, f"{path}/{number}:{child.tag}")


def _children(element: Element) -> list[Element]:
    return [child for child in element if _carries(child)]


def _carries(element: Element) -> bool:
    return bool(_text(element) or element.attrib or any(_carries(child) for child in element))


def _text(element: Element) -> str:
    """All text directly in the element; layout does not count, and a boolean counts by what it means."""
    text = "".join([element.text or "", *(child.tail or "" for child in element)])
    if (len(element) or element.tag in PARENTS) and not text.strip():
        return ""
    if element.tag in BOOLEANS:
        return {"true": "1", "false": "0"}.get(text, text)
    return text
