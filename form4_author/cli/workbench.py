"""The verb that opens a local page on a folder of plans: workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from form4_author.cli.common import CccOption, ProfilesOption, say
from form4_author.printable import printable

EXTRA = "starlette", "uvicorn", "watchfiles", "websockets"


def workbench(
    target: Annotated[
        Path, typer.Argument(metavar="PLAN or FOLDER", help="The plan to open, or the folder of plans.")
    ] = Path(),
    *,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=0, max=65535, help="The port. Default: 4404, or any that is free."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the browser. It is opened unless you say no.")
    ] = True,
    profiles: ProfilesOption = None,
    ccc_file: CccOption = None,
) -> None:
    """Open a local page: the plan at the left, the form at the right as it will print, the findings below, live.

    The first line printed is the address, which only this machine can reach. The plan stays a text file; what is typed
    is written when you save it (Ctrl-S). Ends with Ctrl-C. Needs form4-author[workbench].
    """
    from form4_author.batch import read_keyring

    _require_extra()
    from form4_author.workbench.server import run

    folder, plan = _meant(target)
    shelf = None if profiles is None else profiles.resolve()
    run(folder, plan, read_keyring(ccc_file), profiles=shelf, port=port, browser=browser, say=_say_url)


def _say_url(url: str) -> None:
    import sys

    say(url)
    sys.stdout.flush()
    say("Open this address in a browser on this machine; Ctrl-C ends it.", err=True)


def _require_extra() -> None:
    from importlib.util import find_spec

    missing = [name for name in EXTRA if find_spec(name) is None]
    if missing:
        say(
            f"The workbench needs {', '.join(missing)}: pip install 'form4-author[workbench]', or "
            "pip install '.[workbench]' in a checkout.",
            err=True,
        )
        raise SystemExit(2)


def _meant(target: Path) -> tuple[Path, Path | None]:
    """The folder, links resolved, and the plan to open first."""
    try:
        path = target.resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        hint = "name a plan that is there, or the folder to begin one in"
        raise typer.BadParameter(f"{printable(str(target))}: no such file or folder; {hint}") from None
    if path.is_dir():
        return path, None
    if path.suffix.lower() not in {".yaml", ".yml"}:
        hint = "name a plan (.yaml) or the folder the filing lies in: it can be imported there"
        raise typer.BadParameter(f"{printable(str(target))} is no plan; {hint}")
    return path.parent, path
