"""Which schema judges a document, and that there are findings if, and only if, it refuses."""

from __future__ import annotations

import copy
import random
import string
from collections import Counter
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from form4_author import xsd
from form4_author.edgar import xml_source
from form4_author.filing import FORM_4
from form4_author.findings import Rejected
from form4_author.schema_store import SUBMISSION
from form4_author.schema_store.samples import samples
from tests.documents import CCC, DOCUMENT, edited
from tests.work import calls
from tests.xsd import test_explain, test_values
from tests.xsd.told import schemas, told, violations

PLAIN, AMENDED = FORM_4.schemas

ENVELOPE = samples(SUBMISSION, "X0609")[0]


def test_a_valid_document_has_no_findings() -> None:
    assert told(DOCUMENT) == []
    assert told(ENVELOPE) == []
    for version in ("X0306", "X0407", "X0508", "X0609"):
        for part in (PLAIN, AMENDED):
            assert told(samples(part, version)[0], version) == []


def test_every_code_is_tested() -> None:
    codes = {expected[0].split()[1] for _, expected in [*test_explain.MISTAKES, *test_values.MISTAKES]}
    assert codes == {f"XSD00{number}" for number in range(1, 9)}
    for code in codes | {"XSD009"}:
        assert f"- {code} " in (xsd.__doc__ or "")


@pytest.mark.parametrize(
    ("root", "message", "hint"),
    [
        (
            "<rss/>",
            "the root element is <rss>, so this is no ownership document",
            "A Form 3, 4 or 5's root element is <ownershipDocument>.",
        ),
        (
            "<OwnershipDocument/>",
            "the root element is <OwnershipDocument>, so this is no ownership document",
            "Write <ownershipDocument>, without a prefix.",
        ),
        (
            '<s:edgarSubmission xmlns:s="urn:example"/>',
            "the root element is <s:edgarSubmission>, so this is no ownership document",
            "Write <edgarSubmission>, without a prefix.",
        ),
    ],
)
def test_another_root_is_one_finding(root: str, message: str, hint: str) -> None:
    assert told(root) == [("form4.xml:1:1 XSD007", message, hint)]


def test_an_amendment_is_judged_as_one() -> None:
    amendment, _ = samples(AMENDED, "X0609")
    assert told(amendment) == []
    without = amendment.replace("  <dateOfOriginalSubmission>2026-11-19</dateOfOriginalSubmission>\n", "")
    assert told(without) == [
        (
            "form4.xml:1:1 XSD001",
            "date of the original filing (dateOfOriginalSubmission) is missing",
            "Add <dateOfOriginalSubmission> before <issuer>. An amendment names the day of the filing that it amends.",
        )
    ]


def test_a_submission_is_judged_by_the_envelopes_schema() -> None:
    text = edited(
        ("<submissionType>4", "<submissionType>4A"),
        ("  <edgarDocument>", "  <returnCopy>true</returnCopy>\n  <edgarDocument>"),
        ("<documentName>form4.xml", f"<documentName>{'x' * 30}.xml"),
        ("<documentMimeBlock>PGEvPg==", "<documentMimeBlock>"),
        text=ENVELOPE,
    )
    assert told(text) == [
        (
            "form4.xml:2:3 XSD002",
            'submission type (submissionType) is "4A", which is no code for it',
            "Write 3, 3/A, 4, 4/A, 5 or 5/A.",
        ),
        (
            "form4.xml:4:3 XSD001",
            "<returnCopy> does not belong in the submission (edgarSubmission)",
            "EDGAR no longer takes it since March 2026 (release 26.1.1): leave it out.",
        ),
        (
            "form4.xml:6:5 XSD003",
            "file name (documentName) has 34 characters, and 32 are allowed",
            "Shorten it by 2 characters.",
        ),
        ("form4.xml:8:5 XSD003", "content (documentMimeBlock) is empty", "Write it."),
    ]


@pytest.mark.parametrize(
    "attributes",
    [
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="ownership4Document.xsd"',
        'xmlns:x="urn:example"',
    ],
)
def test_a_location_of_the_schema_is_neither_followed_nor_told(attributes: str) -> None:
    assert told(edited(("<ownershipDocument>", f"<ownershipDocument {attributes}>"))) == []


def test_no_type_or_nil_of_the_documents_own_gets_round_the_schema() -> None:
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    text = edited(("<ownershipDocument>", f"<ownershipDocument {xsi}>"), ("<issuer>", '<issuer xsi:nil="true">'))
    assert told(text) == [("form4.xml:5:3 XSD006", "issuer (issuer) takes no attribute xsi:nil", "Remove it.")]


# --- against xmlschema itself ---------------------------------------------------------------------------------------

TEXTS = ["", " ", "x", "X" * 61, "X" * 2001, "0", "1", "true", "maybe", "4", "4/A", "E", "|", "-1", ".5", "1e3", "NaN"]
TEXTS += ["99999999999-01-01", "2026-11-18Z", "0000-01-01", "F1", "F99", "\u0663", "\N{GREEK SMALL LETTER OMEGA}", CCC]
NAMES = ["value", "footnoteId", "remarks", "junk", "schemaVersion", "rptOwnerCountry", "transactionTotalValue", "x:y"]


def change(root: ET.Element, chance: random.Random) -> None:
    """One random change somewhere in the tree."""
    pool = list(root.iter())
    element = chance.choice(pool)
    kind = chance.randrange(7)
    if kind == 0:
        chance.choice([leaf for leaf in pool if not len(leaf)]).text = chance.choice(
            [*TEXTS, "".join(chance.choices(string.printable[:95], k=chance.randrange(12)))]
        )
    elif kind == 1 and len(element):
        element.remove(chance.choice(list(element)))
    elif kind == 2 and len(element):
        element.insert(chance.randrange(len(element) + 1), copy.deepcopy(chance.choice(list(element))))
    elif kind == 3 and len(element):
        child = chance.choice(list(element))
        element.remove(child)
        element.insert(chance.randrange(len(element) + 1), child)
    elif kind == 4 and element is not root:
        element.tag = chance.choice(NAMES)
    elif kind == 5:
        element.set(chance.choice(["id", "junk", "xsi:type", "xmlns"]), chance.choice(["F1", "F100", "", "x"]))
    else:
        element.tail = "stray"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_there_are_findings_if_and_only_if_xmlschema_refuses_the_document(seed: int) -> None:
    chance = random.Random(seed)
    schema = schemas().schema(PLAIN)
    count: Counter[bool] = Counter()
    for _ in range(200):
        root = ET.fromstring(DOCUMENT)
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            change(root, chance)
        try:
            document = xml_source.parse(ET.tostring(root), "form4.xml")
        except Rejected:
            continue
        findings = xsd.validate(document, schemas())
        form = (document.root.findtext("documentType") or "").strip()
        if form not in {"3", "3/A", "4/A", "5", "5/A"}:
            try:
                valid = schema.is_valid(document.root)
            except OverflowError:  # a year of eleven digits is more than xmlschema can take
                valid = False
            assert valid is (not findings), ET.tostring(root)
            count[valid] += 1
        assert "XSD009" not in {finding.code for finding in findings}, ET.tostring(root)
        assert all(finding.origin.position and finding.message for finding in findings)
    assert count[True] > 5
    assert count[False] > 100


FLOODS: dict[str, tuple[int, Callable[[int], str]]] = {
    "strangers": (5_000, lambda n: edited(("<issuer>", f"<issuer>{'<junk/>' * n}"))),
    "lines": (
        5_000,
        lambda n: edited(("<nonDerivativeTable>", f"<nonDerivativeTable>{'<nonDerivativeHolding/>' * n}")),
    ),
    "digits": (300_000, lambda n: edited(("<value>4.80", f"<value>{'9' * n}"))),
    "a date": (300_000, lambda n: edited(("<periodOfReport>2026-11-18", f"<periodOfReport>{'2' * n}"))),
    "words": (100_000, lambda n: edited(("<rptOwnerState>IL", f"<rptOwnerState>{'x y ' * n}"))),
    "marks": (2_000, lambda n: edited(('<footnoteId id="F1"/>', '<footnoteId id="F9"/>' * n))),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_hostile_document_of_four_times_the_size_takes_no_more_than_that_much_more_work(flood: str) -> None:
    most, document = FLOODS[flood]
    told_some(DOCUMENT)
    small, large = document(most // 4), document(most)
    assert told_some(large)
    assert calls(lambda: told_some(large)) < 5 * calls(lambda: told_some(small))


def told_some(text: str) -> bool:
    findings = violations(text)
    return bool(findings) and all(len(finding.message) < 400 for finding in findings)
