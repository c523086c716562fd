"""What adding an event touches: one made up here, with its model, its lines and how they are recognised, is whole."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

import pytest
from typer.testing import CliRunner

from form4_author.cli.app import app
from form4_author.edgar import ownership_xml
from form4_author.edgar.xml_source import parse
from form4_author.events import keys
from form4_author.events.drafts import Draft, Writer
from form4_author.events.event import Event, Found
from form4_author.events.written import Scribe, WrittenEntry
from form4_author.filing import DocumentKind, Row, Value
from form4_author.plan import entries
from form4_author.plan.base import Name
from form4_author.plan.editor_schema import json_schema
from form4_author.plan.entries import EntryKind
from form4_author.plan.entries.shared import Dated
from form4_author.plan.model import Plan
from form4_author.plan.scalars import AmountText
from form4_author.plan.schema import described_schema
from form4_author.plan.yaml_text import Key
from tests.compose.test_composition import lines
from tests.imported import round_trip
from tests.plans import composed, findings_of, plan_text, told


class Barter(Dated):
    """One security given for another."""

    barter: Name
    """The security given, by name."""
    amount: AmountText
    """Number given."""
    into: Name
    """The security received, by name."""
    received: AmountText
    """Number received."""


def write(entry: Barter, key: Key, writer: Writer) -> None:
    for letter, name, at, amount in (("D", entry.barter, "barter", "amount"), ("A", entry.into, "into", "received")):
        writer.line(
            Draft(
                key=key,
                security=name,
                security_key=(*key, at),
                dated=entry,
                code=Value("J", writer.origin(key)),
                letter=letter,
                amount=writer.amount(getattr(entry, amount), (*key, amount)),
                price=Value("0", writer.origin(key)),
                derived=(("acquired_disposed", "a barter"),),
            )
        )


def recognise(table1: Sequence[Row], table2: Sequence[Row], scribe: Scribe) -> Found | None:
    if table2 or len(table1) < 2 or not keys.same_event(table1[0], table1[1]):
        return None
    given, received = table1[:2]
    letters = given.acquired_disposed.text, received.acquired_disposed.text
    if given.code.text != "J" or letters != ("D", "A") or scribe.marks(given) or scribe.marks(received):
        return None
    data = keys.dated(given)
    for row, name, amount in ((given, "barter", "amount"), (received, "into", "received")):
        data |= {name: scribe.security(row).name, amount: row.shares.text}
        if scribe.balance(row).keys:
            return None
    return Found(WrittenEntry(data | keys.marked(given, scribe.form)), table1=2)


EVENT = Event(
    lines="In Table I that of the security given, J, D, at 0, and that of the one received, J, A, at 0.",
    source="none; it is made up",
    example="{date: 11/18/2026, barter: common, amount: 300, into: preferred, received: 100}",
    write=write,
    recognise=recognise,
)

PLAN = plan_text(
    securities="securities:\n  common: Common Stock\n  preferred: Preferred Stock\n",
    opening="opening:\n  - {security: common, amount: 1000}\n  - {security: preferred, amount: 0}\n",
    transactions=f"transactions:\n  - {EVENT.example}\n",
)


def renew() -> None:
    """Have read plans by the registry as it is now."""
    Plan.model_rebuild(force=True)
    described_schema.cache_clear()


@pytest.fixture
def registered() -> Iterator[None]:
    """The registry with one line more; this module is the event's."""
    with pytest.MonkeyPatch.context() as patch:
        for room in ("events", "plan.entries"):
            patch.setitem(sys.modules, f"form4_author.{room}.barter", sys.modules[__name__])
        patch.setattr(entries, "EVENTS", (*entries.EVENTS, EntryKind("barter", "Barter")))
        renew()
        yield
    renew()


def explain(name: str) -> str:
    return CliRunner().invoke(app, ["explain", name], prog_name="form4-author").output


@pytest.mark.usefixtures("registered")
def test_it_is_built() -> None:
    composition = composed(PLAN)
    assert composition.findings == ()
    assert lines(composition.filing) == ["I Common Stock J D 300 @0 =700", "I Preferred Stock J A 100 @0 =100"]
    assert composition.filing.period_of_report.text == "2026-11-18"
    assert [(one.what, one.how) for one in composition.derivations if one.what.endswith("A or D")] == [
        ("Table I, line 1, column 4, A or D", "a barter"),
        ("Table I, line 2, column 4, A or D", "a barter"),
    ]


@pytest.mark.usefixtures("registered")
def test_a_misspelt_key_is_told_with_what_was_meant() -> None:
    (finding,) = findings_of(PLAN.replace("received:", "recieved:"))
    assert told(PLAN.replace("received:", "recieved:")) == ['12:70 PLN002 unknown key "recieved"']
    assert finding.hint == "Did you mean received?"
    (missing,) = findings_of(PLAN.replace(", received: 100", ""))
    assert (missing.code, missing.message, missing.hint) == (
        "PLN001",
        "received is missing in transactions 1",
        "Number received.",
    )


@pytest.mark.usefixtures("registered")
def test_editors_know_it() -> None:
    schema = json.loads(json_schema())
    entries, found = schema["properties"]["transactions"]["items"], {}
    assert entries["properties"]["barter"]["description"] == "The security given, by name."
    while "if" in entries:
        found[entries["if"]["required"][0]], entries = entries["then"], entries["else"]
    assert found["barter"] == {"$ref": "#/$defs/Barter"}
    assert schema["$defs"]["Barter"]["properties"]["into"]["description"] == "The security received, by name."


@pytest.mark.usefixtures("registered")
def test_it_is_explained() -> None:
    assert explain("barter") == (
        "barter: One security given for another.\n"
        "\n"
        "Writes: In Table I that of the security given, J, D, at 0, and that of the one received, J, A, at 0.\n"
        "Source: none; it is made up.\n"
        "\n"
        "An entry under `transactions:`, such as:\n"
        "\n"
        "    - {date: 11/18/2026, barter: common, amount: 300, into: preferred, received: 100}\n"
        "\n"
        "Its keys:\n"
        "\n"
        "- `date`: Transaction date. It must be given.\n"
        "- `barter`: The security given, by name. It must be given.\n"
        "- `amount`: Number given. It must be given.\n"
        "- `into`: The security received, by name. It must be given.\n"
        "- `received`: Number received. It must be given.\n"
        "- `deemed_execution_date`: Deemed execution date, if any (column 2A or 3A).\n"
        "- `early`: Reported earlier than required: a Form 5 transaction, shown as V. Follows from timeliness.\n"
        "- `late`: On Form 5: form 4 where it had been due on a Form 4, form 5 where on an earlier Form 5.\n"
        "- `timeliness`: E on an early transaction, L on a late one of form 4: EDGAR allows it there and does not need "
        "it.\n"
        "- `equity_swap`: Involves an equity swap: EDGAR adds K to the code.\n"
        "- `section_16b`: {exempt: REASON} or {matchable: REASON}: for `short-swing`; the form doesn't show it. Keys: "
        "exempt, matchable.\n"
        "- `trading_plan`: The Rule 10b5-1 plan that it was done under: {adopted: DATE}. Notes the code, and is held "
        "against the box. Keys: adopted.\n"
    )
    assert "there is no code, event, footnote or layout bartr. Did you mean barter?" in explain("bartr")


@pytest.mark.usefixtures("registered")
def test_it_is_recognised_in_a_filing() -> None:
    filing = composed(PLAN).filing
    written = ownership_xml.write(filing, kind=DocumentKind.FILER, cccs={})
    back = round_trip(parse(written, "barter.xml"))
    assert back.wrong == ()
    entry = "  - {date: 2026-11-18, barter: common, amount: 300, into: preferred, received: 100}\n"
    assert f"transactions:\n{entry}" in back.plan


def test_without_its_line_in_the_registry_nobody_knows_it() -> None:
    assert '12:24 PLN002 unknown key "barter"' in told(PLAN)
    assert "Barter" not in json.loads(json_schema())["$defs"]
    assert "there is no code, event, footnote or layout barter." in explain("barter")
