"""Small ownership documents for tests: a sound one, and the parts of it replaced by what a test is about.

Each element stands on a line of its own, two blanks deeper than what it is in, so that a test can count on its place.
"""

from __future__ import annotations

import textwrap

CCC = "ab#4c@d9"


def leaf(name: str, text: str) -> str:
    """An element that holds a text, markup and all."""
    return f"<{name}>{text}</{name}>\n"


def group(name: str, *inside: str) -> str:
    """An element that holds others."""
    return f"<{name}>\n{textwrap.indent(''.join(inside), '  ')}</{name}>\n"


def mark(number: str) -> str:
    """A reference to a footnote."""
    return f'<footnoteId id="{number}"/>\n'


def cell(name: str, value: str | None, *marks: str) -> str:
    """A cell of a line: its value, None for one without, and its footnotes."""
    return group(name, "" if value is None else leaf("value", value), *map(mark, marks))


def coding(code: str, *marks: str) -> str:
    """What Form 4 calls the transaction code, and its companions."""
    form_and_code = leaf("transactionFormType", "4") + leaf("transactionCode", code)
    return group("transactionCoding", form_and_code, leaf("equitySwapInvolved", "0"), *map(mark, marks))


def amounts(shares: str, price: str, letter: str, *marks: str) -> str:
    """Number, price with its footnotes, and A or D."""
    return group(
        "transactionAmounts",
        cell("transactionShares", shares),
        cell("transactionPricePerShare", price, *marks),
        cell("transactionAcquiredDisposedCode", letter),
    )


def underlying(title: str, shares: str) -> str:
    """The security under a derivative one."""
    number = cell("underlyingSecurityShares", shares)
    return group("underlyingSecurity", cell("underlyingSecurityTitle", title), number)


def owned(shares: str, letter: str = "D", nature: str = "") -> str:
    """What is owned afterwards, and how; the nature as the cell that it is."""
    after = group("postTransactionAmounts", cell("sharesOwnedFollowingTransaction", shares))
    return after + group("ownershipNature", cell("directOrIndirectOwnership", letter), nature)


def footnotes(**texts: str) -> str:
    """The footnotes, by number."""
    return group("footnotes", *(f'<footnote id="{number}">{text}</footnote>\n' for number, text in texts.items()))


def signature(day: str) -> str:
    """The signature of Jane Roe."""
    return group("ownerSignature", leaf("signatureName", "/s/ Jane Roe"), leaf("signatureDate", day))


#: The parts in the schema's order (specification 3.5): an officer exercises an option.
SOUND = {
    "version": "",
    "form": leaf("documentType", "4"),
    "period": leaf("periodOfReport", "2026-11-18"),
    "issuer": group("issuer", leaf("issuerCik", "0000999999"), leaf("issuerTradingSymbol", "EXMP")),
    "owners": group(
        "reportingOwner",
        group("reportingOwnerId", leaf("rptOwnerCik", "9999999998"), leaf("rptOwnerCcc", CCC)),
        group(
            "reportingOwnerAddress",
            leaf("rptOwnerNonUSAddressFlag", "false"),
            leaf("rptOwnerStreet1", "1 MAIN STREET"),
            leaf("rptOwnerCity", "SPRINGFIELD"),
            leaf("rptOwnerState", "IL"),
            leaf("rptOwnerZipCode", "62701"),
        ),
        group("reportingOwnerRelationship", leaf("isOfficer", "1"), leaf("officerTitle", "Treasurer")),
    ),
    "rule_10b5_1": leaf("aff10b5One", "0"),
    "table1": group(
        "nonDerivativeTable",
        group(
            "nonDerivativeTransaction",
            cell("securityTitle", "Common Stock", "F1"),
            cell("transactionDate", "2026-11-18"),
            coding("M"),
            amounts("100", "4.80", "A"),
            owned("100"),
        ),
    ),
    "table2": group(
        "derivativeTable",
        group(
            "derivativeTransaction",
            cell("securityTitle", "Option"),
            cell("conversionOrExercisePrice", "4.80"),
            cell("transactionDate", "2026-11-18"),
            amounts("100", "0", "D"),
            cell("exerciseDate", None, "F2"),
            cell("expirationDate", "2031-04-28"),
            underlying("Common Stock", "100"),
            owned("0"),
        ),
    ),
    "footnotes": footnotes(F1="One.", F2="Two."),
    "remarks": "",
    "signatures": signature("2026-11-20"),
}


def document(**parts: str) -> str:
    """The sound document with some of its parts replaced, added, or (empty text) left out."""
    assert parts.keys() <= SOUND.keys()
    return f'<?xml version="1.0"?>\n{group("ownershipDocument", *{**SOUND, **parts}.values())}'


DOCUMENT = document()


def edited(*edits: tuple[str, str], text: str = DOCUMENT) -> str:
    """A text with each old part replaced by a new one, once."""
    for old, new in edits:
        assert old in text, f"the document has no {old}"
        text = text.replace(old, new, 1)
    return text


def repeated(start: str, end: str, times: int) -> str:
    """The sound document with its part from `start` to `end` that many times."""
    head, _, rest = DOCUMENT.partition(start)
    part, _, tail = rest.partition(end)
    assert tail
    return head + f"{start}{part}{end}" * times + tail


def as_written(text: str) -> str:
    """A document with the four blanks a step that the tool writes."""
    lines = text.splitlines(keepends=True)
    return "".join(" " * (len(line) - len(line.lstrip(" "))) + line for line in lines)
