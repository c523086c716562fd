from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from xmlschema import XMLSchema
from xmlschema.validators import XsdAtomic, XsdComplexType, XsdElement, XsdGroup

from form4_author.filing import FORM_4
from form4_author.resources import resource
from form4_author.schema_store import SUBMISSION, schema_set
from form4_author.sec_codes import (
    COUNTRIES,
    CURRENT_VERSION,
    ISO_3166,
    LENGTHS,
    MAX_AMOUNT,
    MAX_DOCUMENTS,
    MAX_FOOTNOTES,
    MAX_OWNERS,
    MAX_ROWS,
    MAX_SIGNATURES,
    OBSOLETE,
    SCHEMA_VERSIONS,
    STATES,
    STORED_TERRITORY,
    TRANSACTION_CODES,
    acquired_or_disposed,
    country_code,
    obsolete_code,
    place_name,
    schema_for,
    state_code,
    suggest_country,
    suggest_state,
)
from form4_author.sec_codes.tables import NO_CODE, SUCCESSORS
from tests.conftest import shared_dir

PLAIN = FORM_4.schemas[0]

NOWHERE = Path("no such folder")
LISTED = re.compile(r'<xs:enumeration value="([^"]+)"/><!-- (.*?) -->')


def lists_of(file: str) -> dict[str, dict[str, str]]:
    """The enumerations of a shipped schema file, by type: code -> what its comment says."""
    text = resource("schemas", "edgar", "shared", file).read_text("utf-8")
    types = re.findall(r'<xs:simpleType name="(\w+)">(.*?)</xs:simpleType>', text, re.DOTALL)
    return {
        name: {code: words.replace("&amp;", "&") for code, words in LISTED.findall(body)}
        for name, body in types
        if "enumeration" in body
    }


@pytest.fixture(scope="module")
def schema() -> XMLSchema:
    return schema_set(CURRENT_VERSION, NOWHERE).schema(PLAIN)


@pytest.fixture(scope="module")
def envelope() -> XMLSchema:
    return schema_set(CURRENT_VERSION, NOWHERE).schema(SUBMISSION)


def elements(*schemas: XMLSchema) -> list[XsdElement]:
    found = [
        e for schema in schemas for root in schema.elements.values() for e in root.iter() if isinstance(e, XsdElement)
    ]
    assert len(found) > 40
    return found


# --- tables -------------------------------------------------------------------------------------------------------


def test_the_tables_are_those_of_the_schemas() -> None:
    lists = lists_of("places.xsd")
    assert lists["State"] == dict(STATES)
    assert lists["Country"] == dict(COUNTRIES)
    assert lists["RetiredCountry"] == dict(OBSOLETE)
    assert set(lists_of("cells.xsd")["TransactionCode"]) == set(TRANSACTION_CODES)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "table", "count"),
    [("state.csv", STATES, 57), ("country.csv", COUNTRIES, 252), ("country_obsolete.csv", OBSOLETE, 22)],
)
def test_the_tables_are_those_of_the_sec(file: str, table: dict[str, str], count: int) -> None:
    with shared_dir("sec", "codes", file).open(encoding="utf-8", newline="") as stream:
        official = {row["code"]: row["name"] for row in csv.DictReader(stream)}
    assert dict(table) == official
    assert len(table) == count


def test_no_code_stands_in_two_tables() -> None:
    assert len({**STATES, **COUNTRIES, **OBSOLETE}) == len(STATES) + len(COUNTRIES) + len(OBSOLETE) == 331


def test_isos_codes_lead_to_every_country_and_to_the_territories_of_the_us() -> None:
    provinces = {code for code, name in COUNTRIES.items() if name.endswith(", CANADA")}
    without_iso = {"XX", "P8"}  # "unknown"; the Netherlands Antilles, which ISO has given up
    territories = {"AS": "B5", "GU": "GU", "MP": "1V", "PR": "PR", "UM": "2J", "VI": "VI"}
    assert {iso: code for iso, code in ISO_3166.items() if code in STATES} == territories
    assert set(ISO_3166.values()) - set(STATES) == set(COUNTRIES) - provinces - without_iso
    assert len(ISO_3166) == len(set(ISO_3166.values())) == 249 - 4  # without BQ, CW, SS and SX
    assert not set(ISO_3166) & set(NO_CODE)
    for iso, name in [("DE", "GERMANY"), ("GB", "UNITED KINGDOM"), ("CH", "SWITZERLAND"), ("KR", "KOREA, REPUBLIC OF")]:
        assert COUNTRIES[ISO_3166[iso]] == name


def test_successors_are_codes_in_use() -> None:
    assert set(SUCCESSORS) < set(OBSOLETE)
    assert all(code in COUNTRIES or code in STATES for code in SUCCESSORS.values())


# --- lookups ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("California", "CA"),
        ("ca", "CA"),
        (" NEW YORK ", "NY"),
        ("Washington", "WA"),
        ("Washington, D.C.", "DC"),
        ("D.C.", "DC"),
        ("Puerto Rico", "PR"),
        ("U.S. Virgin Islands", "VI"),
        ("Virgin Islands, U.S.", "VI"),
        ("American Samoa", "B5"),
        ("AS", "B5"),
        ("1v", "1V"),
        ("Georgia", "GA"),
        ("Germany", None),
        ("ZZ", None),
        ("", None),
    ],
)
def test_state_code(text: str, code: str | None) -> None:
    assert state_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "2M"),
        ("2m", "2M"),
        ("United Kingdom", "X0"),
        ("England", "X0"),
        ("U.K.", "X0"),
        ("South Korea", "M5"),
        ("Republic of Korea", "M5"),
        ("Korea, Republic of", "M5"),
        ("Taiwan", "F5"),
        ("Hong Kong", "K3"),
        ("Cayman Islands", "E9"),
        ("China", "F4"),
        ("Russia", "1Z"),
        ("Bahamas", "C5"),
        ("The Bahamas", "C5"),
        ("British Virgin Islands", "D8"),
        ("St. Lucia", "U9"),
        ("C\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}te d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "L7"),
        ("Democratic Republic of the Congo", "Y3"),
        ("Trinidad & Tobago", "W5"),
        ("Canada", "Z4"),
        ("Ontario", "A6"),
        ("Quebec, Canada", "A8"),
        ("Georgia", "2Q"),
        ("Kazakhstan", "1P"),
        ("USA", "X1"),
        ("DE", None),
        ("GB", None),
        ("I9", None),
        ("Curacao", None),
        ("", None),
    ],
)
def test_country_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("find", "table"), [(state_code, STATES), (country_code, COUNTRIES), (obsolete_code, OBSOLETE)]
)
def test_every_place_is_found_by_its_code_and_by_its_name_in_any_case(find: object, table: dict[str, str]) -> None:
    assert callable(find)
    for code, name in table.items():
        assert [find(code.lower()), find(name), find(name.title())] == [code] * 3
        assert place_name(code) == name
    assert place_name("ZZ") is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("DE", "DE is DELAWARE to EDGAR: for GERMANY, write 2M or the name."),
        ("gb", "EDGAR's codes are not ISO's: for UNITED KINGDOM, write X0 or the name."),
        ("CH", "EDGAR's codes are not ISO's: for SWITZERLAND, write V8 or the name."),
        ("Germny", "Did you mean GERMANY (2M)?"),
        ("I9", "I9 (GERMANY, FED. REP.) is retired, and EDGAR suspends a filing that holds it. Write GERMANY (2M)."),
        ("Yugoslavia", "Y2 (YUGOSLAVIA) is retired, and EDGAR suspends a filing that holds it."),
        ("Kosovo", "EDGAR has no code for Kosovo: ask the SEC's filer support which one to use."),
        ("California", "CALIFORNIA is a US state or territory: give it as the state."),
        ("PR", "PUERTO RICO is a US state or territory: give it as the state."),
        ("Atlantis", "Write the country by its name (Germany) or by EDGAR's own code (2M)."),
        ("", "Write the country by its name (Germany) or by EDGAR's own code (2M)."),
    ],
)
def test_suggest_country(text: str, hint: str) -> None:
    assert suggest_country(text) == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Califronia", "Did you mean CALIFORNIA (CA)?"),
        ("Germany", "GERMANY is no US state: give it as the country."),
        ("ZZ", "Write a US state or territory by its name (California) or code (CA)."),
    ],
)
def test_suggest_state(text: str, hint: str) -> None:
    assert suggest_state(text) == hint


def test_every_iso_code_gets_the_right_hint_or_is_a_state() -> None:
    for iso, code in ISO_3166.items():
        if code in COUNTRIES:
            assert suggest_country(iso).endswith(f"for {COUNTRIES[code]}, write {code} or the name.")


# --- transaction codes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "derivative", "letter"),
    [
        ("APL", False, "A"),
        ("APL", True, "A"),
        ("SDFU", False, "D"),
        ("SDFUH", True, "D"),
        ("CMOX", True, "D"),
        ("CMOX", False, "A"),
        ("EGIJWZ", True, None),
        ("EGIJWZ", False, None),
        ("KVa", False, None),
    ],
)
def test_acquired_or_disposed(codes: str, derivative: bool, letter: str | None) -> None:
    assert [acquired_or_disposed(code, derivative=derivative) for code in codes] == [letter] * len(codes)


def test_only_exercises_depend_on_the_table() -> None:
    assert {code for code, entry in TRANSACTION_CODES.items() if entry.exercise} == set("CMOX")
    assert {code for code, entry in TRANSACTION_CODES.items() if entry.letter} == set("APLSDFUH")
    assert all(code == entry.code and entry.meaning for code, entry in TRANSACTION_CODES.items())


# --- limits -------------------------------------------------------------------------------------------------------


def length_of(element: XsdElement) -> tuple[int, int] | None:
    """The shortest and longest text that the schema allows: tried out, so that patterns count as well."""
    cell = next((child for child in element if isinstance(child, XsdElement) and child.name == "value"), element)
    kind = cell.type
    if not isinstance(kind, XsdAtomic) or kind.root_type.local_name != "string" or kind.enumeration:
        return None
    limits = {n for limit in LENGTHS.values() for n in (limit.shortest, limit.longest)}
    tried = sorted({n for limit in (*limits, 3000) for n in (limit - 1, limit, limit + 1) if n >= 0})
    taken = [n for n in tried if kind.is_valid("1" * n)]
    return (taken[0], taken[-1]) if 0 < len(taken) < len(tried) and taken[-1] < 3000 else None


def test_lengths_are_those_of_the_schemas(schema: XMLSchema, envelope: XMLSchema) -> None:
    found: dict[str, tuple[int, int]] = {}
    for element in elements(schema, envelope):
        length = length_of(element) if element.name not in {"value", "documentType"} else None
        if length is not None:
            assert found.setdefault(element.name, length) == length
    assert found == {name: (limit.shortest, limit.longest) for name, limit in LENGTHS.items()}
    assert LENGTHS["rptOwnerNonUSStateTerritory"].longest > STORED_TERRITORY


def test_counts_are_those_of_the_schemas(schema: XMLSchema, envelope: XMLSchema) -> None:
    most = {element.name: element.max_occurs for element in elements(schema, envelope)}
    assert most["reportingOwner"] == MAX_OWNERS
    assert most["ownerSignature"] == MAX_SIGNATURES
    assert most["footnote"] == MAX_FOOTNOTES
    assert most["edgarDocument"] == MAX_DOCUMENTS
    tables = [element for element in elements(schema) if element.name.lower().endswith("derivativetable")]
    contents = [table.type.content for table in tables if isinstance(table.type, XsdComplexType)]
    assert [content.max_occurs for content in contents if isinstance(content, XsdGroup)] == [MAX_ROWS, MAX_ROWS]
    (amount,) = {e.type for e in elements(schema) if e.name == "value" and e.type.name == "Amount"}
    assert amount.is_valid(MAX_AMOUNT)
    assert not amount.is_valid("1000000000000")


# --- versions -----------------------------------------------------------------------------------------------------


def test_the_versions_follow_each_other_day_by_day() -> None:
    versions = list(SCHEMA_VERSIONS.values())
    assert [version.name for version in versions] == ["X0306", "X0407", "X0508", "X0609"]
    assert versions[0].since is None
    assert versions[-1].until is None
    assert versions[-1].name == CURRENT_VERSION
    for earlier, later in pairwise(versions):
        assert earlier.until is not None
        assert later.since == earlier.until + timedelta(days=1)
    assert SCHEMA_VERSIONS["X0407"].since == date(2023, 3, 20)
    assert SCHEMA_VERSIONS["X0609"].since == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("version", "judge"),
    [
        ("X0609", "X0609"),
        (" X0508 ", "X0508"),
        ("X0407", "X0407"),
        ("X0306", "X0306"),
        ("X0305", "X0306"),
        ("X0202", "X0306"),
        ("X0101", "X0306"),
        ("X0400", "X0306"),
        ("X0507", "X0407"),
        ("X0710", "X0609"),
        ("", "X0609"),
        ("nonsense", "X0609"),
        ("x0306", "X0609"),
    ],
)
def test_schema_for(version: str, judge: str) -> None:
    assert schema_for(version) == judge
