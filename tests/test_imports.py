"""The direction of the imports, and what stays out of a run that needs no page."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "form4_author"

# From the bottom up, a line for each layer: a module imports only from the lines above its own. A package's name stands
# for all that is in it.
LAYERS = tuple(
    frozenset(line.split())
    for line in """
    ascii_text findings footnote_language plan_types resources sec_codes speaking_names version
    business_days ccc delivery files filing inputs ledger report xml_text
    deadlines fills page_fonts page_text plan_base starter xml_source xml_template yaml_text
    derivation page_names page_tags plan_lines plan_parts
    plan proof
    plan_help plan_text preflight schema_store source submission
    alignment
    redline
    page_templates
    edgar_xml pages pen plan_reader unwrap xsd
    compose_notes compose_submission
    compose_rows
    compose_lines
    decompose_balances decompose_notes
    decompose_securities
    decompose_entries
    decompose_events
    compose decompose
    carry difference
    amend difference_report roll
    pipeline
    batch conversion
    __init__
    sarif
    cli_common
    cli_plans cli_rules
    cli
    __main__
    """.strip().splitlines()
)
SIDES = """
    fills plan plan_base plan_help plan_lines plan_parts plan_reader plan_text plan_types source yaml_text

    filing edgar_xml submission unwrap xml_source xml_template xml_text xsd schema_store
    page_fonts page_names page_tags page_templates page_text pages derivation proof alignment redline
    """.strip().split("\n\n")
PLAN_SIDE, FILING_SIDE = (frozenset(side.split()) for side in SIDES)
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


def layer(module: str) -> int:
    for index, names in enumerate(LAYERS):
        if module in names or module.partition(".")[0] in names:
            return index
    raise AssertionError(f"{module} stands in no layer: put it into LAYERS where it belongs")


def same_package(one: str, other: str) -> bool:
    return one.partition(".")[0] == other.partition(".")[0]


def test_every_module_has_its_layer_and_every_layer_its_modules() -> None:
    found = modules()
    assert {"findings", "filing", "plan", "compose", "pipeline", "cli", "cli_common", "__init__"} <= set(found)
    assert {name.partition(".")[0] for name in found} == set().union(*LAYERS)
    assert sum(map(len, LAYERS)) == len(set().union(*LAYERS)), "a module stands in two layers"


@pytest.mark.parametrize("module", sorted(modules()))
def test_imports_go_down(module: str) -> None:
    upward = [
        f"{module}.py:{line} imports {target}"
        for name, line in imports(modules()[module])
        if (target := own(name)) is not None and not same_package(module, target) and layer(target) >= layer(module)
    ]
    assert not upward


@pytest.mark.parametrize(("side", "other"), [(PLAN_SIDE, FILING_SIDE), (FILING_SIDE, PLAN_SIDE)])
def test_the_plan_and_the_filing_do_not_know_each_other(side: frozenset[str], other: frozenset[str]) -> None:
    looked_at = [module for module in modules() if module.partition(".")[0] in side]
    assert looked_at
    across = [
        f"{module}.py:{line} imports {target}"
        for module in looked_at
        for name, line in imports(modules()[module])
        if (target := own(name)) is not None and target.partition(".")[0] in other
    ]
    assert not across


def test_no_network_no_chance_no_pickles() -> None:
    used = [
        f"{module}.py:{line} imports {name}"
        for module, path in modules().items()
        for name, line in imports(path)
        if any(name == banned or name.startswith(f"{banned}.") for banned in ABSENT_FROM_THE_PRODUCT)
    ]
    assert not used


def test_weasyprint_is_imported_in_pages_alone_and_inside_a_function() -> None:
    importers = {
        module
        for module, path in modules().items()
        for name, _ in imports(path)
        if name.partition(".")[0] == "weasyprint"
    }
    assert importers == {"pages"}
    at_the_top = [
        node.lineno
        for node in ast.parse(modules()["pages"].read_text("utf-8")).body
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
    assert "form4_author.cli" in loaded
    assert not loaded & {"weasyprint", "PIL", "fontTools", "tinycss2", "pydyf"}
