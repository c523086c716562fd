"""Reading and writing are inverses of each other, over every real filing and every element there is."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from msgspec.structs import replace

from form4_author.edgar.ownership_xml import FILLED_IN_BY_EDGAR, read, write
from form4_author.filing import (
    DocumentKind,
    Filing,
    Issuer,
    ReportingOwner,
    Row,
    Signature,
    elements,
)
from tests.conftest import shared_dir
from tests.edgar.ownership import RECORD_DOCUMENT, document, filer, full, paths, record, unplaced
from tests.xml_compare import differences


def corpus() -> list[Path]:
    folder = shared_dir("corpus")
    with (folder / "index.tsv").open(newline="") as stream:
        files = [folder / line["file"] for line in csv.DictReader(stream, delimiter="\t")]
    assert len(files) > 1000
    return [*files, *folder.glob("form3/*.xml"), *folder.glob("form5/*.xml")]


@pytest.mark.shared
def test_every_real_filing_comes_out_as_it_went_in() -> None:
    lost = []
    for path in corpus():
        original = document(path.read_bytes())
        filing = read(original)
        written = document(record(filing))
        lost += [f"{path.name}{difference}" for difference in differences(original.root, written.root)]
        assert unplaced(read(written)) == unplaced(filing)
    assert lost == []


@pytest.mark.shared
def test_every_real_filing_keeps_the_verdict_of_the_official_schema() -> None:
    judged = 0
    for version in ("X0306", "X0609"):
        folder = shared_dir("sec", version)
        schemas = {path.name: etree.XMLSchema(etree.parse(path)) for path in folder.glob("ownership4*Document.xsd.xml")}
        for path in shared_dir("corpus", "form4", version).glob("*.xml"):
            original = etree.fromstring(path.read_bytes())
            amended = "A" if original.findtext("documentType") == "4/A" else ""
            schema = schemas.get(f"ownership4{amended}Document.xsd.xml")
            if schema is None:
                continue
            judged += 1
            filing = read(document(path.read_bytes()))
            verdicts = {
                kind: schema.validate(etree.fromstring(write(filing, kind=kind, cccs={}))) for kind in DocumentKind
            }
            assert verdicts == dict.fromkeys(DocumentKind, schema.validate(original)), path.name
    assert judged > 700


@pytest.mark.shared
def test_what_is_written_is_laid_out_as_the_specification_wants_it() -> None:
    for path in corpus()[::5]:
        filing = read(document(path.read_bytes()))
        for kind in DocumentKind:
            data = write(filing, kind=kind, cccs={})
            text = data.decode("ascii")
            assert LAID_OUT.fullmatch(text), path.name
            assert set(re.findall(r"&[^;]*;", text)) <= {"&lt;", "&gt;", "&amp;", "&quot;"}
            assert {element.tag for element in document(data).root.iter() if not carries(element)} <= {"value"}


LAID_OUT = re.compile(
    r"""<\?xml\ version="1\.0"\?>\n
    (?:\ *(?:<\w+>|</\w+>|<(\w+)(?:\ id="F\d+")?>[^<\r]*</\1>|<footnoteId\ id="F\d+"/>)\n)+""",
    re.VERBOSE,
)


def carries(element: Any) -> bool:
    return bool((element.text or "").strip() or element.attrib or len(element))


@pytest.mark.shared
def test_every_element_of_the_schema_is_read_and_no_other() -> None:
    table = json.loads(shared_dir("sec", "elements.json").read_text())
    there = {entry["path"] for entry in [*table["4"], *table["4A"]]}
    there |= {f"/ownershipDocument/{name}" for name in OF_FORMS_3_AND_5}
    reached = set(reachable())
    assert len(there) > 200
    assert there - reached == {"/ownershipDocument/reportingOwner/reportingOwnerId/rptOwnerCcc"}
    beyond = {path for path in reached - there if not path.endswith("transactionAcquiredDisposedCode/footnoteId")}
    assert beyond == set()


#: The elements of Forms 3 and 5 that Form 4 lacks; those on holdings are Form 4's of transactions.
OF_FORMS_3_AND_5 = ("noSecuritiesOwned", "form3HoldingsReported", "form4TransactionsReported")


def reachable() -> Iterator[str]:
    """Every path that a filing's attributes reach, as far as the kind of a line has them."""
    root = "/ownershipDocument"
    yield root
    yield from below(Filing, root)
    yield from below(Issuer, f"{root}/issuer")
    yield from below(ReportingOwner, f"{root}/reportingOwner")
    yield from below(Signature, f"{root}/ownerSignature")
    yield from (f"{root}/footnotes", f"{root}/footnotes/footnote")
    for table, prefix in (("nonDerivativeTable", "nonDerivative"), ("derivativeTable", "derivative")):
        yield f"{root}/{table}"
        for kind in ("Transaction", "Holding"):
            leaves_out = DERIVATIVE_ONLY if prefix == "nonDerivative" else ()
            leaves_out += TRANSACTION_ONLY if kind == "Holding" else ()
            yield from below(Row, f"{root}/{table}/{prefix}{kind}", leaves_out)


DERIVATIVE_ONLY: tuple[str, ...] = ("conversion", "exercise", "expiration", "underlying", "total_value")
TRANSACTION_ONLY: tuple[str, ...] = (
    *("transaction_date", "deemed", "coding", "form_type", "code", "equity", "timeliness"),
    *("shares", "total_value", "price", "acquired"),
)


def below(node: type, path: str, leaves_out: tuple[str, ...] = ()) -> Iterator[str]:
    yield path
    for attribute, element, is_cell in elements(node):
        kept = attribute == "shares_owned_following"
        if not kept and attribute.startswith(leaves_out):
            continue
        steps = element.split("/")
        yield from (f"{path}/{'/'.join(steps[:count])}" for count in range(1, len(steps) + 1))
        if is_cell:
            yield f"{path}/{element}/footnoteId"
            if attribute != "coding":
                yield f"{path}/{element}/value"


def judged_by_its_own_version(filing: Filing) -> Filing:
    return replace(filing, version=filing.schema_version.text)


def test_a_filing_with_everything_survives_writing_and_reading() -> None:
    filing = full()
    assert unplaced(read(document(record(filing)))) == unplaced(judged_by_its_own_version(filing))


def test_a_filer_document_lacks_what_edgar_fills_in_and_nothing_else() -> None:
    written = document(filer(full())).root
    complete = document(record(full())).root
    lost = [path for path in paths(complete) if path not in set(paths(written))]
    assert sorted(set(lost)) == sorted(f"/ownershipDocument/{path}" for path in FILLED_IN_BY_EDGAR)
    assert set(paths(written)) <= set(paths(complete))


@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_dropped_doubled_or_moved_is_read_and_written(seed: int) -> None:
    chance = random.Random(seed)
    root = ET.fromstring(RECORD_DOCUMENT)
    for _ in range(chance.randint(1, 12)):
        parents = [element for element in root.iter() if len(element)]
        parent, other = chance.choice(parents), chance.choice(parents)
        child = chance.choice(list(parent))
        match chance.randrange(4):
            case 0:
                parent.remove(child)
            case 1:
                parent.append(child)
            case 2 if other not in list(child.iter()):
                other.insert(0, child)
            case _:
                child.text, child.tag = (
                    chance.choice(["", " ", "4", "x\ny"]),
                    chance.choice([child.tag, "value", "junk"]),
                )
    filing = read(document(ET.tostring(root)))
    again = read(document(record(filing)))
    assert record(again) == record(filing)
