"""The direction of the imports, and what stays out of a run that needs no page."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "form4_author"

# The rooms from the bottom up, a line for each floor: a room knows those on the floors below its own. Behind a room's
# name stand its modules from the bottom up, `|` between floors: a module knows those of its room on lower floors.
HOUSE = """
    masking; memory; printable; resources; roomy; version
    ready
    findings
    codes: record | documents files plans
    sec_codes: characters exchanges form_names limits positions tables transactions versions | places
    files: locking reading | unfinished | delivery inputs | folders
    sheets: table | csv_rows xlsx_rows | reading
    filing: footnote_text model numbers signing titles | columns footnote_claims footnote_exemptions footnote_language
            footnote_wording forms options | marks wording | alignment | difference | derivation | totals
    days: business_days cooling_off months | deadlines market_days | owed | agenda
    edgar: ccc declaration text_places | complaints decoding xml_template | published xml_source
            | ownership_xml submission | unwrap | contents
    schema_store: store | samples | laxness | archive
    xsd: known structure words | values | explain
    preflight: envelope form | engine look_back | annual balances catalogue contradictions dates deemed derivatives
            document elsewhere exercises exhibits footnotes initial limits owners prices signatures submissions titles
            trading_plans transactions values | price_sense
    report: file_report | summary | contents deadlines evidence differences github json_object sarif seals settings
            status text | junit | formats
    page: font_names fonts places printed printer redline sandbox summary_page timeline checklist | proof | memo tags
          templates | drawing
    plan: lost_words scalar_shapes | note_kinds scalars yaml_syntax | note_calls note_pages percents prices yaml_text
          | base openings writing | source | ownership securities sheet_items | accounts carried fills parts | entries
          | insiders | model | schema several
          | ccc_keys editor_schema event_phrases known_keys unused profiles | event_words mistakes | reader
    firm: settings toml_places | reading | nearest
    executions: trades words | accounts orders values windows | between layout | headers | reading
    events: drafts rounding written | drafting event keys | one_line targets vested | no_line proceeds
              small_purchases traded | cash_out certify collar convert defer dispose_to_issuer dividend_equivalents
              dividend_reinvestment
              domestic_relations espp exercise expire forfeit gift grant holding inherit line plan_account purchase
              sale split swap tender transfer vest | catalogue
    compose: ledger long_titles pen positions | boxes envelope executed number_held owned signatures standing
             wording | holders notebook | facts table_1 tallies tally_sheet | rows | lines | composition | parting
    decompose: balances speaking_names unread | footnotes | holders securities | recognition scribe | decomposition
             | next
    pipeline: loading options | configured examine naming parties | last_filing | draw faults together | record standing
            | verbs
    short_swing: figures shelves statements verify windows | optimum trades | treatment | lots | questions | answers
            | book proposals | as_data as_text collect proposed | book_told memos neighbours | memo_file
    ready_made; starter; conversion; batch: built summary_places watching | changed clashes summaries workers | running
            ; handover: manifest opened | rebuilding | sealing verification
    api: names | building filings firm handover rules short_swing starting
    __init__
    workbench: beginnings folder guard holdings unsaved | work | warm workers | desk exchange | line | app | server
    cli: completion streams | progress | common
         | building firm handover plans rules schemas starting workbench | short_swing | app
    __main__
"""
FLOORS: dict[str, int] = {}
INSIDE: dict[str, dict[str, int]] = {}
for _number, _floor in enumerate(re.sub(r"\n {5,}", " ", HOUSE).strip().splitlines()):
    for _room in _floor.split(";"):
        _name, _, _modules = _room.partition(":")
        FLOORS[_name.strip()] = _number
        INSIDE[_name.strip()] = {
            _module: _level for _level, _line in enumerate(_modules.split("|")) for _module in _line.split()
        }
#: What the rules may look at: the filing, the code lists, the calendar, what a finding is, and what is a secret.
SEEN_BY_RULES = {"filing", "sec_codes", "days", "findings", "masking", "preflight"}
#: The workbench listens on the loopback, and its page is opened by who knows a word that no one can guess.
LISTENS = {"workbench.server": {"socket"}, "workbench.guard": {"secrets"}, "workbench.app": {"secrets"}}
ABSENT_FROM_THE_PRODUCT = frozenset({
    *("ftplib", "http", "smtplib", "socket", "socketserver", "ssl", "urllib.request", "xmlrpc"),  # no network
    *("random", "secrets", "time", "uuid"),  # the same bytes at every run
    *("pickle", "shelve", "marshal"),  # data is never code
})  # fmt: skip


@cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name below it; the package itself is `__init__`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] == "compiled":  # made of the templates, see `ready`
            continue
        found[".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """The dotted name of everything a file imports, wherever in the file, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def own(name: str) -> str | None:
    """The module of ours that an imported name lies in; None for anyone else's."""
    first, *rest = name.split(".")
    if first != "form4_author":
        return None
    known = modules()
    return next((".".join(rest[:n]) for n in range(len(rest), 0, -1) if ".".join(rest[:n]) in known), "__init__")


def room(module: str) -> str:
    return module.partition(".")[0]


def place(module: str) -> str:
    """The part of a module's name below its room: the module there, or the room within the room; empty for its door."""
    return module.partition(".")[2].partition(".")[0]


def allowed(module: str, target: str) -> bool:
    """Whether a module may know another."""
    here, there = room(module), room(target)
    if here != there:
        return FLOORS[there] < FLOORS[here]
    if not place(module):
        return True  # a room's door opens to all of it
    if not place(target):
        return here not in INSIDE or place(module) == place(target)
    return place(module) == place(target) or INSIDE[here][place(target)] < INSIDE[here][place(module)]


def imported(module: str) -> list[tuple[str, int]]:
    """What a module imports of ours, with the line; a name of a room's own door is that room's."""
    found = ((own(name), line) for name, line in imports(modules()[module]))
    return [(target, line) for target, line in found if target is not None and target != module]


def test_every_module_has_its_place_and_every_place_its_module() -> None:
    found: dict[str, set[str]] = {}
    for module in modules():
        found.setdefault(room(module), set()).update({place(module)} - {""})
    assert found == {name: set(inside) for name, inside in INSIDE.items()}, "put it into HOUSE, where it belongs"


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_go_down(module: str) -> None:
    upward = [
        f"{module}.py:{line} imports {target}" for target, line in imported(module) if not allowed(module, target)
    ]
    assert not upward


def test_no_circle() -> None:
    """A room's door opens to the room, and a module of it may go through the door of another: never round."""
    todo = {module: {target for target, _ in imported(module)} for module in modules()}
    while free := [module for module, targets in todo.items() if not targets & todo.keys()]:
        for module in free:
            del todo[module]
    assert not todo


def test_a_room_says_what_it_is_for() -> None:
    silent = [
        name for name in INSIDE if INSIDE[name] and not ast.get_docstring(ast.parse(modules()[name].read_text("utf-8")))
    ]
    assert not silent


def test_the_hall_is_small() -> None:
    assert len([name for name in modules() if "." not in name and not INSIDE[name]]) <= 16


def test_the_plan_and_the_filing_do_not_know_each_other() -> None:
    plan_side, filing_side = {"plan"}, {"filing", "edgar", "schema_store", "xsd", "preflight", "page", "days"}
    across = [
        f"{module}.py:{line} imports {target}"
        for module in modules()
        for target, line in imported(module)
        if {room(module), room(target)} & plan_side
        and {room(module), room(target)} <= plan_side | filing_side
        and room(module) != room(target)
        and not {room(module), room(target)} <= filing_side
    ]
    assert not across


def test_a_rule_sees_only_the_filing() -> None:
    more = [
        f"{module}.py:{line} imports {target}"
        for module in modules()
        if room(module) == "preflight"
        for target, line in imported(module)
        if room(target) not in SEEN_BY_RULES
    ]
    assert not more


def test_no_network_no_chance_no_pickles() -> None:
    used = [
        f"{module}.py:{line} imports {name}"
        for module, path in modules().items()
        for name, line in imports(path)
        for banned in ABSENT_FROM_THE_PRODUCT - LISTENS.get(module, set())
        if name == banned or name.startswith(f"{banned}.")
    ]
    assert not used


def test_weasyprint_is_imported_in_one_module_and_inside_a_function() -> None:
    importers = {
        module
        for module, path in modules().items()
        for name, _ in imports(path)
        if name.partition(".")[0] == "weasyprint"
    }
    assert importers == {"page.printer"}
    at_the_top = [
        node.lineno
        for node in ast.parse(modules()["page.printer"].read_text("utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "weasyprint" in ast.unparse(node)
    ]
    assert not at_the_top


def modules_after(*arguments: str) -> set[str]:
    """What is loaded in a fresh Python after the command has run, which must succeed."""
    script = (
        "import json, sys\n"
        "from form4_author.cli import main\n"
        "sys.argv = ['form4-author', *sys.argv[1:]]\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "print()\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "examples/exercise-and-sell/plan.yaml"),
        ("build", "examples/exercise-and-sell/plan.yaml", "--no-pdf"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_needs_no_page_does_not_load_weasyprint(arguments: tuple[str, ...], tmp_path: Path) -> None:
    output = ("-o", str(tmp_path)) if arguments[0] == "build" else ()
    loaded = modules_after(*arguments, *output)
    assert "form4_author.cli.app" in loaded
    assert not loaded & {"weasyprint", "PIL", "fontTools", "tinycss2", "pydyf"}


def test_a_check_loads_no_room_that_it_has_no_use_for() -> None:
    loaded = modules_after("check", "examples/exercise-and-sell/plan.yaml")
    rooms = {".".join(name.split(".")[1:2]) for name in loaded if name.startswith("form4_author.")}
    assert {"plan", "compose", "preflight", "xsd"} <= rooms
    assert not rooms & {"executions", "decompose", "conversion", "short_swing", "workbench", "codes", "starter"}
    unused = {"page.proof", "page.drawing", "report.evidence", "filing.totals", "xsd.explain", "schema_store.archive"}
    assert not {f"form4_author.{name}" for name in unused} & loaded
    assert not {"openpyxl", "lxml", "rich"} & loaded


def test_a_check_makes_what_reads_the_entries_of_its_plan_and_no_other() -> None:
    script = (
        "import form4_author\n"
        "from form4_author.plan import entries\n"
        "for name in ('rsu-vest', 'rsu-vest', 'exercise-and-sell'):\n"
        "    assert form4_author.check(f'examples/{name}/plan.yaml').accepted\n"
        "    print(entries._reader.cache_info().misses)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "1\n1\n3\n"), done.stderr
