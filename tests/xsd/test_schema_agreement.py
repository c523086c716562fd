"""The shipped schemas against the SEC's own, where these are at hand, and against the filings that EDGAR took.

The suite holds a few thousand changed documents of each kind against both. The long run, 50,000 of each, takes about a
minute; another seed changes other documents in other ways:

    FORM4_AUTHOR_AGREEMENT=50000 FORM4_AUTHOR_AGREEMENT_SEED=1 .venv/bin/pytest tests/xsd/test_schema_agreement.py -s
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from xmlschema import XMLSchema

from form4_author import xsd
from form4_author.edgar import xml_source
from form4_author.filing import FORM_3, FORM_4, FORM_5, form_for
from form4_author.filing.forms import FORMS, FormType
from form4_author.resources import resource
from form4_author.schema_store import SUBMISSION, schema_set
from form4_author.schema_store.samples import samples
from form4_author.schema_store.store import build
from form4_author.sec_codes import ALL_VERSIONS
from tests.conftest import SHARED, shared_dir

PLAIN, AMENDED = FORM_4.schemas
PLAIN_3, AMENDED_3 = FORM_3.schemas
PLAIN_5, AMENDED_5 = FORM_5.schemas

DOCUMENTS = os.environ.get("FORM4_AUTHOR_AGREEMENT", "2000")
SEED = os.environ.get("FORM4_AUTHOR_AGREEMENT_SEED", "1")
ALSO_BY_XMLSCHEMA = "100"
VERDICT = re.compile(
    r"^(\d+) documents, (\d+) of them valid by the official schema, (\d+) disagreements$", re.MULTILINE
)
NOWHERE = Path("no such folder")


def corpus(**wanted: str) -> list[Path]:
    """Real filings, by columns of the corpus's index."""
    with (SHARED / "corpus" / "index.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if wanted.items() <= row.items()]
    assert rows
    return [SHARED / "corpus" / row["file"] for row in rows]


def form_4(_folder: Path) -> list[Path]:
    return [*corpus(version="X0609", type="4"), SHARED / "sec" / "X0609" / "doc4_fixed.xml"]


def form_4a(folder: Path) -> list[Path]:
    """The corpus's amendment, and its Form 4s made into amendments, since one alone has too little in it."""
    made = corpus(version="X0609", type="4/A")
    for number, path in enumerate(corpus(version="X0609", type="4")):
        tree = ET.parse(path)
        root = tree.getroot()
        kind, period = root.find("documentType"), root.find("periodOfReport")
        assert kind is not None
        assert period is not None
        kind.text = "4/A"
        original = ET.Element("dateOfOriginalSubmission")
        original.text = "2026-04-01"
        root.insert(list(root).index(period) + 1, original)
        tree.write(folder / f"{number}.xml")
        made.append(folder / f"{number}.xml")
    return made


def others(form: str, version: str, *, amended: bool) -> Callable[[Path], list[Path]]:
    """The documents of another form and version, made into amendments where there are few of these."""

    def documents(folder: Path) -> list[Path]:
        paths = sorted((SHARED / "corpus" / f"form{form}").glob("*.xml"))
        roots = [(path, ET.parse(path).getroot()) for path in paths]
        found = [(path, root) for path, root in roots if root.findtext("schemaVersion") == version]
        sample = SHARED / "sec" / "X0609" / f"doc{form}{'a' if amended else ''}.xml"
        if amended:
            return [*(as_amendment(path, form, folder) for path, _ in found), sample]
        return [*(path for path, root in found if root.findtext("documentType") == form), sample]

    return documents


def as_amendment(path: Path, form: str, folder: Path) -> Path:
    tree = ET.parse(path)
    root = tree.getroot()
    kind, period = root.find("documentType"), root.find("periodOfReport")
    assert kind is not None
    assert period is not None
    if kind.text != f"{form}/A":
        kind.text = f"{form}/A"
        original = ET.Element("dateOfOriginalSubmission")
        original.text = "2026-04-01"
        root.insert(list(root).index(period) + 1, original)
    made = folder / path.name
    tree.write(made)
    return made


def old_form_4(_folder: Path) -> list[Path]:
    return corpus(version="X0306", type="4")


def enclosed(name: str, kind: str, description: str | None = None) -> str:
    told = "" if description is None else f"<documentDescription>{description}</documentDescription>"
    return (
        f"<edgarDocument><documentName>{name}</documentName><documentType>{kind}</documentType>{told}"
        "<documentMimeBlock>PGEvPg==</documentMimeBlock></edgarDocument>"
    )


def envelopes(folder: Path) -> list[Path]:
    """Submissions from the least to the most that one can hold; and the SEC's samples, which its schema refuses."""
    contact = "<contactName>Jane Roe</contactName><contactPhoneNumber>1</contactPhoneNumber>"
    contact += "<contactEmailAddress>jane.roe@example.com</contactEmailAddress>"
    addresses = "<notificationEmailAddress>jane.roe@example.com</notificationEmailAddress>" * 2
    people = f"<pointOfContact>{contact}</pointOfContact><notificationAddresses>{addresses}</notificationAddresses>"
    bodies = [
        ("4", "TEST", "", enclosed("form4.xml", "4")),
        ("4/A", "LIVE", people, enclosed("form4a.xml", "4/A", "Amendment") + enclosed("poa.txt", "EX-24", "")),
        ("3", "TEST", "<pointOfContact/><notificationAddresses/>", enclosed("form3.xml", "COVER.1", "x" * 255)),
        ("5/A", "LIVE", "", "".join(enclosed(f"page{number}.gif", "GRAPHIC") for number in range(611))),
    ]
    made = [SHARED / "sec" / "X0609" / name for name in ("filing4.xml", "filing4a.xml")]
    for number, (kind, test_or_live, middle, inside) in enumerate(bodies):
        head = f"<submissionType>{kind}</submissionType><testOrLive>{test_or_live}</testOrLive>"
        path = folder / f"{number}.xml"
        path.write_text(f"<edgarSubmission>{head}{middle}{inside}</edgarSubmission>\n", "utf-8")
        made.append(path)
    return made


@pytest.mark.shared
@pytest.mark.parametrize(
    ("version", "part", "documents"),
    [
        ("X0609", PLAIN, form_4),
        ("X0609", AMENDED, form_4a),
        ("X0306", PLAIN, old_form_4),
        ("X0607", PLAIN_3, others("3", "X0607", amended=False)),
        ("X0607", AMENDED_3, others("3", "X0607", amended=True)),
        ("X0609", PLAIN_5, others("5", "X0609", amended=False)),
        ("X0609", AMENDED_5, others("5", "X0609", amended=True)),
        ("X0609", SUBMISSION, envelopes),
    ],
    ids=["X0609 4", "X0609 4A", "X0306 4", "X0607 3", "X0607 3A", "X0609 5", "X0609 5A", "envelope"],
)
def test_the_schemas_take_and_refuse_what_the_secs_own_do(
    version: str, part: str, documents: Callable[[Path], list[Path]], tmp_path: Path
) -> None:
    ours = resource("schemas", "edgar", version, f"{part}.xsd")
    official = shared_dir("sec", {"X0607": "X0609"}.get(version, version), f"{part}.xsd.xml")
    tool = shared_dir("tools", "schema_agreement.py")
    files = [ours, official, *documents(tmp_path)]
    options = ["-n", DOCUMENTS, "--seed", SEED, "--xmlschema", ALSO_BY_XMLSCHEMA]
    command = [sys.executable, str(tool), *map(str, files), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    verdict = VERDICT.search(done.stdout)
    assert verdict, done.stdout + done.stderr
    sys.stdout.write(f"{version} {part}, seed {SEED}: {verdict[0]}\n")
    assert verdict[3] == "0", done.stdout
    assert int(verdict[1]) >= int(DOCUMENTS)
    assert int(verdict[1]) / 5 < int(verdict[2]) < int(verdict[1])


@pytest.mark.shared
def test_every_real_filing_is_valid_by_the_schema_of_its_version() -> None:
    count: Counter[str] = Counter()
    refused = {}
    for path in [*corpus(), *(SHARED / "corpus").glob("form[35]/*.xml")]:
        document = xml_source.parse(path.read_bytes(), path.name)
        version, form = (
            document.root.findtext("schemaVersion", ""),
            form_for(document.root.findtext("documentType", "")),
        )
        count[version] += 1
        findings = xsd.validate(document, schema_set(version, NOWHERE, form=form))
        if findings:
            refused[path.name] = [finding.message for finding in findings]
    assert not refused
    assert count.keys() >= {"X0202", "X0303", "X0304", "X0305", *ALL_VERSIONS}
    assert count.total() > 1000


VERSIONS = [(form, version) for form in FORMS for version in form.versions]


@pytest.mark.parametrize(("form", "version"), VERSIONS)
@pytest.mark.parametrize("amended", [False, True])
def test_the_shipped_schemas_are_sound_and_tell_right_from_wrong(
    form: FormType, version: str, *, amended: bool
) -> None:
    """Built here with every check on; in use they are built without, since these tests have been run."""
    part = form.schemas[amended]
    strict = build(resource("schemas", "edgar", version, f"{part}.xsd"), shipped=True)
    in_use = schema_set(version, NOWHERE, form=form).schema(part)
    good, bad = samples(part, version)
    for schema in (strict, in_use):
        assert schema.is_valid(good)
        assert not schema.is_valid(bad)


def test_the_envelopes_schema_is_sound_and_tells_right_from_wrong() -> None:
    schema = build(resource("schemas", "edgar", "X0609", "edgarSubmission.xsd"), shipped=True)
    good, bad = samples(SUBMISSION, "X0609")
    assert schema.is_valid(good)
    assert not schema.is_valid(bad)


def order_of(schema: XMLSchema) -> list[tuple[str, int, int | None]]:
    return [(str(child.name), child.min_occurs, child.max_occurs) for child in schema.elements["ownershipDocument"]]


@pytest.mark.parametrize("part", [PLAIN, AMENDED, PLAIN_5, AMENDED_5])
def test_x0407_and_x0508_are_x0306_with_the_rule_10b5_1_statement_behind_the_owners(part: str) -> None:
    oldest = order_of(schema_set("X0306", NOWHERE).schema(part))
    place = [name for name, _, _ in oldest].index("reportingOwner") + 1
    expected = [*oldest[:place], ("aff10b5One", 1, 1), *oldest[place:]]
    for version in ("X0407", "X0508", "X0609"):
        assert order_of(schema_set(version, NOWHERE).schema(part)) == expected


@pytest.mark.parametrize(("form", "version"), VERSIONS)
def test_an_amendment_differs_in_its_type_and_the_date_of_the_original_alone(form: FormType, version: str) -> None:
    plain, amendment = (order_of(schema_set(version, NOWHERE, form=form).schema(part)) for part in form.schemas)
    assert amendment == [*plain[:3], ("dateOfOriginalSubmission", 1, 1), *plain[3:]]
    assert [name for name, _, _ in plain[:3]] == ["schemaVersion", "documentType", "periodOfReport"]
