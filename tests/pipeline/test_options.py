"""What can't be asked: the same words for whoever asks."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields, replace

import form4_author
from form4_author.cli import building
from form4_author.files.inputs import Input
from form4_author.firm.settings import BY_NAME
from form4_author.pipeline.options import (
    BuildOptions,
    CheckOptions,
    OptionError,
    PreviewOptions,
    document_kind,
    families,
)

STDIN = Input("<stdin>", None, b"form: 4\n")
PLAN, FILED = Input("plan.yaml", Path("plan.yaml")), Input("filed.xml", Path("filed.xml"))


def told(refuse: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(OptionError) as wrong:
        refuse()
    assert str(wrong.value) == f"{wrong.value.option}: {wrong.value.message}"
    return wrong.value.option, wrong.value.message


def test_an_option_that_cannot_be() -> None:
    version = ("schema_version", "'X9999' is not one of 'X0206', 'X0306', 'X0407', 'X0508', 'X0607', 'X0609'.")
    assert told(lambda: CheckOptions(schema_version="X9999")) == version
    assert told(lambda: BuildOptions(schema_version="X9999")) == version
    assert told(lambda: PreviewOptions(output=Path("page.pdf"), schema_version="X9999")) == version
    assert told(lambda: PreviewOptions(output=Path("page.png"))) == ("output", "the name must end in .pdf or .html")
    assert told(lambda: document_kind("paper")) == ("document", "'paper' is not one of 'filer', 'record'.")


@pytest.mark.parametrize(
    ("options", "files", "message"),
    [
        (BuildOptions(against=FILED), [PLAN, FILED], "it goes with one plan, or name a folder"),
        (BuildOptions(against=FILED, pdf=False), [PLAN, FILED], "it goes with one plan, or name a folder"),
        (
            BuildOptions(against=FILED, pdf=False),
            [PLAN],
            "there is no page to mark: leave out --no-pdf, or say --html",
        ),
        (BuildOptions(against=STDIN), [STDIN], "standard input is one file, not two"),
        (PreviewOptions(output=Path("page.pdf"), against=STDIN), [STDIN], "standard input is one file, not two"),
    ],
)
def test_options_that_do_not_go_together(
    options: BuildOptions | PreviewOptions, files: list[Input], message: str
) -> None:
    assert told(lambda: options.suit(files)) == ("against", message)


def test_options_that_go_together() -> None:
    BuildOptions().suit([PLAN, FILED])
    BuildOptions(pdf=False).suit([STDIN])
    BuildOptions(against=FILED, pdf=False, html=True).suit([STDIN])
    BuildOptions(against=STDIN).suit([PLAN])
    BuildOptions(against=STDIN).suit([replace(STDIN, name="uploaded.yaml")])
    PreviewOptions(output=Path("page.html"), against=FILED).suit([FILED])


def test_families_of_rules_in_whatever_form() -> None:
    assert families(["txn, own001", "FTN", ""]) == families("TXN,OWN001,FTN") == ("TXN", "OWN001", "FTN")
    assert families(()) == families("") == ()


#: What an option is called where it is none of the model's: the files, and what a run is given beside its options.
BESIDE = {"plan", "plans", "file", "files", "profiles", "ccc_file", "jobs", "changed", "format"}


@pytest.mark.parametrize(
    ("verb", "model", "left_out"),
    [
        (form4_author.build, BuildOptions, set()),
        (form4_author.build_many, BuildOptions, set()),
        (building.build, BuildOptions, set()),
        (form4_author.check, CheckOptions, {"submission"}),
        (building.check, CheckOptions, {"submission"}),
        (form4_author.preview, PreviewOptions, {"document", "strict", "submission", "select", "ignore"}),
        (building.preview, PreviewOptions, {"document", "strict", "submission", "select", "ignore"}),
    ],
    ids=lambda one: f"{one.__module__}.{one.__name__}" if callable(one) else "",
)
def test_the_functions_and_the_command_line_have_the_models_options_and_defaults(
    verb: Callable[..., object], model: type[CheckOptions], left_out: set[str]
) -> None:
    taken = {name: one.default for name, one in inspect.signature(verb).parameters.items() if name not in BESIDE}
    known: dict[str, Any] = {one.name: one.default for one in fields(model) if one.name != "said"}
    assert taken.keys() == known.keys() - left_out
    for name, default in taken.items():
        if name in BY_NAME and name not in {"select", "ignore"}:
            assert default in {None, inspect.Parameter.empty}, f"a firm's file may say {name}: None leaves it to that"
        elif default is not inspect.Parameter.empty:
            assert (default or None) == (known[name] or None) or Path(default) == known[name], name


def test_a_search_is_not_sealed(tmp_path: Path) -> None:
    folder = Input(str(tmp_path), tmp_path)
    assert told(lambda: BuildOptions(against=folder, seal=True).suit([PLAN])) == (
        "seal",
        "a folder isn't kept: name the filing itself that --against is to find",
    )
    BuildOptions(against=folder).suit([PLAN, FILED])
