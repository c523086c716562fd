"""docs/cli.md from the command's own help: `python -m tests.cli_page > docs/cli.md`."""

from __future__ import annotations

import sys

import typer.testing

from form4_author.cli.app import app

HEAD = """\
# The command line

Made from `--help`; renew it with `python -m tests.cli_page > docs/cli.md`.

Every verb takes files or folders; a folder means every `*.yaml` and `*.yml` below it, those with a leading `_` in
their own or a folder's name aside: these are parts, judged with each plan that includes them, and not at all where none
does. `-` is standard input where one file is meant. Findings of `check` go to standard output, those of
`build` and `preview` to standard error, while the files written are listed on standard output; `--format json` prints
one object on standard output instead. Colour is for terminals, and `NO_COLOR` is honoured.

Exit codes: 0 accepted; 1 refused, or warnings under `--strict`; 2 usage, unreadable input, or a standard output that
can't be written; 130, 143 and 129 ended by Ctrl-C, SIGTERM or SIGHUP. Where nobody reads standard output any more
(`| head`), `check`, `build` and `preview` end with their verdict all the same, the others with 141.

`form4-author --install-completion` has bash, zsh, fish or PowerShell complete what is typed: verbs, options, codes,
events, kinds of footnotes, examples and layouts. `man form4-author` and `man form4-author-build` show these pages where
the wheel is installed for the system, or its `share/man` is on the manual's path.

The CCC, the filer's EDGAR password for a submission, never stands in a plan: it comes from the environment variable
`FORM4_CCC_<CIK>` or from the file that `--ccc-file` names. It stands in `NAME.xml` (filer document) and
`NAME.submission.xml` alone, which are then readable by their owner only.

Nothing else shows it. What the environment holds is taken out of it before anything starts, so that no program inherits
it. In every message, report, page and printed text a known CCC is masked, and so is what looks like one: what stands
behind a key or in an element with `ccc` in its name, a line `CIK: CCC`, eight characters with a numeral and one of
@ # $ * among them. A plan in which a known CCC stands is refused (PLN009).
"""

VERBS: tuple[tuple[str, ...], ...] = (
    (),
    ("new",),
    ("build",),
    ("check",),
    ("status",),
    ("preview",),
    ("envelope",),
    ("verify",),
    ("import",),
    ("amend",),
    ("roll",),
    ("diff",),
    ("due",),
    ("short-swing",),
    ("book",),
    ("config",),
    ("workbench",),
    ("rules",),
    ("explain",),
    ("schema",),
    ("schemas", "list"),
    ("schemas", "add"),
)


def page() -> str:
    """The whole page."""
    runner = typer.testing.CliRunner()
    parts = [HEAD]
    for verb in VERBS:
        shown = runner.invoke(app, [*verb, "--help"], prog_name="form4-author", env={"COLUMNS": "100"}).output
        text = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(f"## {' '.join(('form4-author', *verb))}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
