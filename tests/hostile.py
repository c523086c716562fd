"""Hostile input of every kind, by size: what a check, a draft of a plan or a page must take in its stride.

`benchmarks.size` shows how the time grows; `tests/test_size.py` holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT


class Kind(NamedTuple):
    """A kind of input.

    Attributes:
        ending: of the file's name.
        text: makes the file of a size.
        size: the smaller of the two sizes to compare.
    """

    ending: str
    text: Callable[[int], str]
    size: int


XML = (ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml").read_text()
PLAN = (ROOT / "examples" / "exercise-and-sell" / "plan.yaml").read_text()
_DECLARED = '<?xml version="1.0"?>\n'
_ROW_BEGIN, _ROW_END = "<nonDerivativeTransaction>", "</nonDerivativeTransaction>"


def _within(text: str) -> str:
    return f"{_DECLARED}<ownershipDocument>{text}</ownershipDocument>"


def _remarks(text: str) -> str:
    begin = XML.index("<ownerSignature>")
    return f"{XML[:begin]}<remarks>{text}</remarks>\n{XML[begin:]}"


def _in(element: str, text: str) -> str:
    assert f"<{element}>" in XML, element
    return XML.replace(f"<{element}>", f"<{element}>{text}", 1)


def _rows(number: int) -> str:
    row = XML[XML.index(_ROW_BEGIN) : XML.index(_ROW_END)] + _ROW_END + "\n"
    return XML.replace("</nonDerivativeTable>", row * number + "</nonDerivativeTable>")


def _owners(number: int) -> str:
    owner = XML[XML.index("<reportingOwner>") : XML.index("</reportingOwner>")] + "</reportingOwner>\n"
    return XML.replace("<reportingOwner>", owner * number + "<reportingOwner>", 1)


def _footnotes(number: int) -> str:
    notes = "".join(f'<footnote id="F{n}">held by the trust {n}</footnote>\n' for n in range(1, number))
    begin = XML.index("<ownerSignature>")
    return f"{XML[:begin]}<footnotes>{notes}</footnotes>{XML[begin:]}"


def _value(number: int) -> str:
    return XML.replace("<value>", "<value>" + "1" * number)


def _submission(text: str) -> str:
    return f"<SEC-DOCUMENT>\n{text}"


def _plan(text: str) -> str:
    return f"{PLAN}\n{text}\n"


def _note(text: str) -> str:
    """A plan that is read to the end, with a footnote more."""
    return PLAN.replace("\nfootnotes:\n", f"\nfootnotes:\n  more: |\n    {text}\n", 1)


def _transactions(line: str, number: int) -> str:
    return "form: 4\ntransactions:\n" + f"  - {line}\n" * number


def _insiders(number: int) -> str:
    owner = "{cik: 1999999101, name: Roe Jane, director: yes}"
    items = "".join(
        f"  - {{name: a{i}, owner: {owner}, opening: {{common: 9}}, security: {{common: 1}}}}\n" for i in range(number)
    )
    return (
        "issuer: {cik: 1999999001, name: EXAMPLE, symbol: EXSY}\nrule_10b5_1: no\nsecurities: {common: Common Stock}\n"
        "transactions:\n  - {date: 2026-11-18, code: S, security: each, price: 31}\nsigned: 2026-11-20\n"
        f"for_each:\n{items}"
    )


def _sold(number: int) -> str:
    line = "  - {date: 2026-11-18, code: S, security: common, amount: 1, price: 31}\n"
    return (
        "issuer: {cik: 1999999001, name: EXAMPLE, symbol: EXSY}\nrule_10b5_1: no\nsecurities: {common: Common Stock}\n"
        "owners: [{cik: 1999999101, name: Roe Jane, director: yes}]\nopening: {common: 100000}\nsigned: 2026-11-20\n"
        "transactions:\n" + line * number
    )


KINDS: dict[str, Kind] = {
    "xml: a word": Kind(".xml", lambda n: _remarks("a" * n), 20_000),
    "xml: a word of c": Kind(".xml", lambda n: _remarks("c" * n), 20_000),
    "xml: ccc keys": Kind(".xml", lambda n: _remarks("ccc:\n" * n), 5_000),
    "xml: CCCs that are not closed": Kind(".xml", lambda n: _remarks("<ccc>x" * n), 3_000),
    "xml: CCCs in comments that are not closed": Kind(".xml", lambda n: _remarks("<ccc>x<b><!--" * n), 3_000),
    "xml: CCCs in one comment": Kind(".xml", lambda n: _remarks("<ccc>x<b><!--" * n + "-->"), 3_000),
    "xml: attributes": Kind(".xml", lambda n: _within("<a" + "".join(f' a{i}="1"' for i in range(n)) + "/>"), 4_000),
    "xml: processing instructions": Kind(".xml", lambda n: _within("<?p q?>\n" * n), 5_000),
    "xml: comments": Kind(".xml", lambda n: _DECLARED + "<!-- a -->\n" * n + "<ownershipDocument/>", 10_000),
    "xml: comments before a page": Kind(".xml", lambda n: f"{_DECLARED}{'<!-- a -->' * n}<html/>", 10_000),
    "xml: unknown elements": Kind(".xml", lambda n: _within("<x/>\n" * n), 4_000),
    "xml: elements of many names": Kind(".xml", lambda n: _within("".join(f"<x{i}/>\n" for i in range(n))), 3_000),
    "xml: cut off": Kind(".xml", lambda n: _DECLARED + "<a>" * 20 + "<b>x</b>\n" * n, 5_000),
    "xml: bare signs": Kind(".xml", lambda n: _within("< & " * n), 10_000),
    "xml: lines alike": Kind(".xml", _rows, 40),
    "xml: owners alike": Kind(".xml", _owners, 40),
    "xml: footnotes": Kind(".xml", _footnotes, 150),
    "xml: blanks": Kind(".xml", lambda n: _remarks(" " * n), 50_000),
    "xml: a long CIK": Kind(".xml", lambda n: _in("issuerCik", "9" * n), 20_000),
    "xml: long numbers": Kind(".xml", _value, 3_000),
    "xml: a long state": Kind(".xml", lambda n: _in("rptOwnerState", "(" * n), 10_000),
    "xml: a long signature": Kind(".xml", lambda n: _in("signatureName", "/s/ by " * n), 5_000),
    "xml: a long name of an element": Kind(".xml", lambda n: _within(f"<{'a' * n}/>"), 20_000),
    "xml: lines before a fault": Kind(".xml", lambda n: _within("\n" * n + "&nbsp;"), 50_000),
    "text: documents": Kind(".txt", lambda n: _submission("<DOCUMENT>\n<TYPE>EX-1\n</DOCUMENT>\n" * n), 4_000),
    "text: forms": Kind(".txt", lambda n: _submission("<DOCUMENT>\n<ownershipDocument>\n</DOCUMENT>\n" * n), 4_000),
    "text: types": Kind(".txt", lambda n: _submission("".join(f"<DOCUMENT>\n<TYPE>E{i}\n" for i in range(n))), 4_000),
    "text: tags that are not closed": Kind(".txt", lambda n: _submission("<a." * n), 20_000),
    "text: one long tag": Kind(".txt", lambda n: _submission("<" + "a" * n), 50_000),
    "text: blanks behind a heading": Kind(".txt", lambda n: _submission("ACCESSION NUMBER:" + "\n " * n), 20_000),
    "text: mail": Kind(".txt", lambda n: "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n" + "- <DOCUMENT>\n" * n, 5_000),
    "text: CCCs": Kind(".txt", lambda n: "0001234567: ab@1cdef\n" * n, 5_000),
    "text: a word": Kind(".txt", lambda n: "a" * n, 100_000),
    "plan: a word": Kind(".yaml", lambda n: _note("a" * n), 20_000),
    "plan: a word of c": Kind(".yaml", lambda n: _note("c" * n), 20_000),
    "plan: unknown keys": Kind(".yaml", lambda n: _plan("\n".join(f"key{i}: 1" for i in range(n))), 400),
    "plan: a long key": Kind(".yaml", lambda n: _plan(f"? {'a' * n}\n: 1"), 20_000),
    "plan: braces": Kind(".yaml", lambda n: _plan("x: " + "{" * n), 5_000),
    "plan: brackets": Kind(".yaml", lambda n: _plan("x: [" + "1, " * n), 5_000),
    "plan: a quotation": Kind(".yaml", lambda n: _plan('x: "' + "a\n " * n), 20_000),
    "plan: mistakes": Kind(".yaml", lambda n: _transactions("{date: 2026-13-02, code: QQ, foo: 1}", n), 100),
    "plan: names that are not there": Kind(
        ".yaml",
        lambda n: PLAN.replace("securities:\n", "securities:\n" + "".join(f"  s{i}: Stock {i}\n" for i in range(n)))
        + "holdings:\n"
        + "".join(f"  - {{security: t{i}, balance: 1}}\n" for i in range(n)),
        100,
    ),
    "plan: keys that stand twice": Kind(".yaml", lambda n: "form: 4\n" + "remarks: a\n" * n, 2_000),
    "plan: comments": Kind(".yaml", lambda n: _plan("# ccc : \n" * n), 10_000),
    "plan: thousands": Kind(".yaml", lambda n: _plan("x: {amount: 1" + ",000" * n + "}"), 1_000),
    "plan: a long amount": Kind(".yaml", lambda n: _plan("x: {amount: " + "1" * n + "}"), 20_000),
    "plan: other alphabets": Kind(".yaml", lambda n: _note("\u00e9" * n), 1_000),
    "plan: other alphabets in lines": Kind(".yaml", lambda n: _note("\u03b1 x\n    " * n), 1_000),
    "plan: insiders": Kind(".yaml", _insiders, 30),
    "plan: lines of several forms": Kind(".yaml", _sold, 100),
    "plan: waivers": Kind(".yaml", lambda n: _plan("waivers:\n" + "  - {code: TXN003, reason: x}\n" * n), 200),
}  # fmt: skip


def written(kind: Kind, size: int, folder: Path) -> Path:
    """A file of a kind and size, in a folder."""
    path = folder / f"hostile-{size}{kind.ending}"
    path.write_text(kind.text(size), "utf-8")
    return path
