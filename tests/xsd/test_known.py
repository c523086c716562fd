"""What a schema has said once counts for the next document, and never for one that it refuses."""

from __future__ import annotations

import copy
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from xmlschema import XMLSchema
from xmlschema.validators import XsdAtomicRestriction

from form4_author.filing.forms import FORMS, FormType
from form4_author.schema_store import SUBMISSION, schema_set
from form4_author.schema_store.samples import samples
from form4_author.xsd.known import Known
from tests.conftest import shared_dir
from tests.documents import DOCUMENT, edited
from tests.xsd.test_xsd import change
from tests.xsd.told import NOWHERE, schemas

SCHEMA = schemas().schema(FORMS[1].schemas[0])
WANTED = ("X0306", "4")
PARTS = [(form, version, part) for form in FORMS for version in form.versions for part in form.schemas]


def taught(schema: XMLSchema, *documents: str) -> Known:
    """What a schema has said of documents, all of which it accepts."""
    known = Known(schema)
    for document in documents:
        root = ET.fromstring(document)
        assert schema.is_valid(root)
        known.learn(root)
    return known


def accepts(known: Known, document: str) -> bool:
    return known.accepts(ET.fromstring(document))


def is_valid(schema: XMLSchema, root: ET.Element) -> bool:
    try:
        return schema.is_valid(root)
    except (ArithmeticError, ValueError):
        return False


def test_of_the_first_document_nothing_is_known_and_of_the_next_like_it_all() -> None:
    known = taught(SCHEMA)
    assert not accepts(known, DOCUMENT)
    known.learn(ET.fromstring(DOCUMENT))
    assert accepts(known, DOCUMENT)
    assert accepts(known, edited(("<value>4.80", "<value>4.81"), ("2026-11-18", "2026-11-17")))


@pytest.mark.parametrize(("form", "version", "part"), PARTS)
def test_every_shipped_schema_is_understood(form: FormType, version: str, part: str) -> None:
    good, bad = samples(part, version)
    known = taught(schema_set(version, NOWHERE, form=form).schema(part), good)
    assert accepts(known, good)
    assert not accepts(known, bad)


def test_the_schema_of_submissions_is_understood() -> None:
    good, bad = samples(SUBMISSION, "X0609")
    known = taught(schemas().schema(SUBMISSION), good)
    assert accepts(known, good)
    assert not accepts(known, bad)


@pytest.mark.shared
@pytest.mark.parametrize("part", [part for form in FORMS for part in form.schemas])
def test_the_secs_own_schemas_are_understood(part: str) -> None:
    known = taught(XMLSchema(str(shared_dir("sec", "X0609", f"{part}.xsd.xml"))), good := samples(part, "X0609")[0])
    assert accepts(known, good)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<value>4.80", "<value>4.80001"),
        ("<value>4.80", "<value>"),
        ("2026-11-18", "2026-11-31"),
        ("2026-11-18", "99999999999-01-01"),
        ("<rptOwnerState>IL", "<rptOwnerState>Q7"),
        ('<footnoteId id="F1"/>', '<footnoteId id="F01"/>'),
        ('<footnoteId id="F1"/>', '<footnoteId id="F98"/>'),
        ('<footnoteId id="F1"/>', "<footnoteId/>"),
        ('<footnoteId id="F1"/>', '<footnoteId id="F1" junk="1"/>'),
        ('<footnoteId id="F1"/>', '<footnoteId id="F1">x</footnoteId>'),
        ('<footnote id="F1"', '<footnote id="F2"'),
        ('<footnoteId id="F1"/>', '<footnoteId id="F1"> </footnoteId>'),
        ("<issuer>", "<issuer>stray"),
        ("</issuer>", "</issuer>stray"),
        ("<issuer>", '<issuer nil="true">'),
        ("<issuerCik>", "<junk/><issuerCik>"),
    ],
)
def test_what_is_wrong_alone_is_not_right_for_having_been_right_before(old: str, new: str) -> None:
    """One change to a document of which all is known."""
    assert old in DOCUMENT
    known = taught(SCHEMA, DOCUMENT)
    changed = DOCUMENT.replace(old, new, 1)
    assert not is_valid(SCHEMA, ET.fromstring(changed))
    assert not accepts(known, changed)


def test_a_footnotes_number_stands_once_and_is_found_by_each_mark() -> None:
    root = ET.fromstring(DOCUMENT)
    notes = root.find("footnotes")
    assert notes is not None
    second = copy.deepcopy(notes[0])
    second.set("id", "F99")
    notes.append(second)
    known = taught(SCHEMA, ET.tostring(root, "unicode"))
    assert known.accepts(root)
    second.set("id", notes[0].get("id", ""))
    assert not SCHEMA.is_valid(root)
    assert not known.accepts(root)
    second.set("id", " F98 ")
    assert known.accepts(root) is SCHEMA.is_valid(root) is True


@pytest.mark.parametrize("seed", range(4))
def test_what_it_accepts_the_schema_accepts(seed: int) -> None:
    """Documents changed at random, each of which is kept where it is right, as in a batch."""
    chance = random.Random(seed)
    known = taught(SCHEMA, DOCUMENT)
    count: Counter[tuple[bool, bool]] = Counter()
    for _ in range(500):
        root = ET.fromstring(DOCUMENT)
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            change(root, chance)
        said, valid = known.accepts(root), is_valid(SCHEMA, root)
        assert valid or not said, ET.tostring(root)
        if valid:
            known.learn(root)
            assert known.accepts(root), ET.tostring(root)
        count[valid, said] += 1
    assert count[True, True] > 10
    assert count[False, False] > 300


@pytest.mark.shared
def test_of_real_filings_nothing_is_forgotten() -> None:
    roots = [ET.parse(path).getroot() for path in sorted(Path(shared_dir("corpus", "form4")).rglob("*.xml"))]
    roots = [root for root in roots if (root.findtext("schemaVersion"), root.findtext("documentType")) == WANTED]
    assert len(roots) > 500
    known, told = Known(schema_set(WANTED[0], NOWHERE).schema(FORMS[1].schemas[0])), Counter[bool]()
    for root in roots:
        told[known.accepts(root)] += 1
        known.learn(root)
    assert told[True] > told[False]
    assert all(known.accepts(root) for root in roots)


def test_a_text_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    ask = XsdAtomicRestriction.text_is_valid

    def counted(self: XsdAtomicRestriction, text: str, *rest: Any) -> bool:
        asked[text] += 1
        return ask(self, text, *rest)

    monkeypatch.setattr(XsdAtomicRestriction, "text_is_valid", counted)
    known = taught(SCHEMA, DOCUMENT)
    assert accepts(known, DOCUMENT)
    assert asked
    asked.clear()
    assert accepts(known, DOCUMENT)
    assert all(len(text) > 64 for text in asked)


def test_threads_that_share_it_take_no_text_for_another() -> None:
    known = taught(SCHEMA, DOCUMENT)
    documents = [
        DOCUMENT.replace("<value>4.80", f"<value>4.{number}{'' if number % 2 else 'x'}") for number in range(400)
    ]
    with ThreadPoolExecutor(8) as threads:
        said = [*threads.map(lambda document: accepts(known, document), documents)]
    assert said == [bool(number % 2) for number in range(400)]
