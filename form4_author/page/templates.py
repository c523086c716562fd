"""The templates of the page: the built-in ones, and a firm's own laid over them. What they may use: docs/templates.md.

A firm's folder is read whole before anything is drawn; a template reaches nothing else: no file, no address, nothing
of Python beyond the values it is given, and no CCC, which the filing doesn't hold.

Codes: TPL001 a template can't be read; TPL002 its syntax is wrong; TPL003 it asks for what isn't there, or is not
allowed; TPL004 the page could send away what stands on it.
"""

from __future__ import annotations

import hashlib
import os
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateAssertionError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError
from msgspec import Struct

from form4_author.files.reading import decode, read_bytes, reason
from form4_author.filing import wording
from form4_author.findings import Finding, Origin, Position, Rejected, error
from form4_author.masking import masked, masked_words
from form4_author.page import printed, redline, sandbox
from form4_author.page.sandbox import Sandbox, guarded, ways_out, whole
from form4_author.ready import Ready
from form4_author.resources import resource

STYLES = "form4.css"
OWN_STYLES = "own.css"
_BUILT_IN = "built-in"
#: The code that has a part in what a template is compiled to: the sandbox, and the filters that constants pass.
_MADE_BY = [str(module.__file__) for module in (sandbox, printed, redline, wording)] + [__file__]
_ENDINGS = (".j2", ".css")
_MOST_FILES = 100
_LONGEST = 300
_SYNTAX = "{{, {% and {# begin what Jinja acts on, in a stylesheet too; each {% if %} and {% for %} needs its end."
_SEE = "What a template may use stands in docs/templates.md."

#: So many pieces are put together at once: a summary of thousands of forms is of a hundred thousand.
_AT_ONCE = 1000


class Templates(Struct, frozen=True):
    """Templates to draw the page with.

    Attributes:
        environment: finds and renders them.
        files: the text of each file of a firm's folder, by the name that findings give; empty for the built-in ones.
        hashes: SHA-256, in hex, of each of these files, by its name in the folder.
    """

    environment: Sandbox
    files: Mapping[str, str] = {}
    hashes: Mapping[str, str] = {}

    def render(self, page: str, context: Mapping[str, Any]) -> str:
        """The page.

        Args:
            page: the template of the form.
            context: what it is given.

        Raises:
            Rejected: a firm's template fails (TPL003), or could send away what stands on the page (TPL004).
        """
        self.environment.begin()
        if not self.files:
            parts = self.environment.get_template(page).stream(context)
            parts.enable_buffering(_AT_ONCE)
            return "".join(parts)
        try:
            text = whole(self.environment.get_template(page).generate(context))
        except MemoryError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever a firm's template brings about is told at its line
            raise Rejected([self._told(fault)]) from None
        if out := ways_out(text):
            raise Rejected([self._way_out(what) for what in out])
        return guarded(text)

    def unprintable(self, page: str, fault: Exception) -> Rejected:
        """The refusal of a firm's page that no PDF can be made of; `page` is the template of the form."""
        name = next((name for name in self.files if Path(name).name == page), next(iter(self.files)))
        message = f"no PDF can be made of the page that the templates give ({type(fault).__name__})"
        hint = "Take back the last change, or begin again from the built-in template."
        return Rejected([error("TPL003", message, _place(name, 1, ""), hint=hint)])

    def _way_out(self, what: str) -> Finding:
        """The finding on a way out, where a firm's file writes it, as far as that can be told."""
        name, line = next(_lines_with(what, self.files), (next(iter(self.files)), 1))
        message = f"{what} could send away what stands on the page"
        hint = "Leave it out: a page shows, and links lead to # or https:// and are followed by who reads."
        return error("TPL004", message, _place(name, line, self.files[name]), hint=hint)

    def _told(self, fault: Exception) -> Finding:
        """What went wrong, at the innermost line of the firm's own that took part in it."""
        frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(fault.__traceback__)]
        own = [place for place in frames if place[0] in self.files]
        shipped = [place for place in frames if place[0].endswith(_ENDINGS)]
        name, line = (own or shipped or [(next(iter(self.files)), 1)])[-1]
        return error("TPL003", _reason(fault), _place(name, line, self.files.get(name, "")), hint=_SEE)


@cache
def built_in() -> Templates:
    """The templates that ship with the tool."""
    return Templates(_environment(Ready("page", _MADE_BY)))


@cache
def of_memos() -> Templates:
    """The templates of the pre-clearance memo."""
    return Templates(_environment(Ready("memo", _MADE_BY)))


@cache
def of_summaries() -> Templates:
    """The templates of the summary of several forms."""
    return Templates(_environment(Ready("summary", _MADE_BY)))


def laid_over(folder: Path, texts: dict[str, str]) -> Templates:
    """A firm's templates laid over the built-in ones: a file takes the place of the built-in one of its name.

    Args:
        folder: holds templates (`*.j2`) and stylesheets (`*.css`); other files and folders in it are left alone.
        texts: filled with the text of each template, by the name that findings give.

    Raises:
        Rejected: the folder or a file in it can't be read, or none of its files has a part in the page (TPL001); the
            syntax of a template is wrong (TPL002); it uses a filter that isn't there, or one that is not allowed
            (TPL003). With all that is wrong in any of them.
    """
    contents = _read(folder)
    files = {name: decode(data, name) for name, data in contents.items()}
    texts |= {name: masked(text) for name, text in files.items()}
    names = {Path(name).name: name for name in files}
    own = FunctionLoader(lambda name: (files[names[name]], names[name], _never_changes) if name in names else None)
    shipped = _shipped()
    environment = _environment(ChoiceLoader([own, shipped, PrefixLoader({_BUILT_IN: shipped})]))
    environment.filters.pop("safe")  # what is entered is always escaped
    findings = [finding for name in names for finding in _flaws(environment, name, names[name], files[names[name]])]
    if findings:
        raise Rejected(findings)
    hashes = {Path(name).name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    return Templates(environment, files, hashes)


def _environment(loader: BaseLoader) -> Sandbox:
    environment = Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=printed.in_pieces,
    )
    environment.filters |= {
        "amount": wording.amount,
        "money": wording.money,
        "day": wording.day,
        "plain": wording.value_text,
        "mark_number": wording.mark_number,
        "in_order_of_numbers": wording.in_order_of_numbers,
        "code_of": wording.code_of,
        "early_of": wording.early_of,
        "in_lines": printed.in_lines,
        "in_a_line": printed.in_a_line,
        "css_text": printed.css_text,
        "words_beside": redline.words,
    }
    environment.globals["place_of"] = printed.AddressLines.of
    environment.filters.pop("random")  # the same page at every run
    environment.globals.pop("lipsum")
    return environment


def _shipped() -> FileSystemLoader:
    return FileSystemLoader(resource("templates", "page"))


def _never_changes() -> bool:
    return True


def _read(folder: Path) -> dict[str, bytes]:
    """The content of each template and stylesheet of a folder, by the name that findings give, in order."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(_ENDINGS) and path.name[0] != ".")
        home = Path(os.path.realpath(folder))
        real = {path: Path(os.path.realpath(path)) for path in paths}
        findings = [
            _unreadable(str(path), "it leads out of the folder", "Copy the file into the folder.")
            for path in paths
            if real[path].parent != home
        ]
    except FileNotFoundError:
        raise Rejected([_unreadable(str(folder), "there is no such folder", "Check the spelling.")]) from None
    except NotADirectoryError:
        raise Rejected(
            [_unreadable(str(folder), "this is a file, not a folder", "Name the folder that holds it.")]
        ) from None
    except (OSError, ValueError) as problem:
        raise Rejected([_unreadable(str(folder), reason(problem), "Check its permissions.")]) from None
    if not findings:
        findings = list(_of_no_use(folder, [path.name for path in paths]))
    files = {}
    for path in paths if not findings else ():
        try:
            files[str(path)] = read_bytes(real[path], str(path), below=home)
            decode(files[str(path)], str(path))
        except Rejected as refused:
            findings += [
                error(
                    "TPL001",
                    f"the template can't be read: {f.message}",
                    f.origin,
                    hint="A template is text in UTF-8." if f.code == "FIL005" else f.hint,
                )
                for f in refused.findings
            ]
    if findings:
        raise Rejected(findings)
    return files


def _of_no_use(folder: Path, names: list[str]) -> Iterator[Finding]:
    """A finding where no file of a folder has a part in the page, or where it can't be a folder of templates."""
    parts = [*sorted(path.name for path in resource("templates", "page").iterdir()), OWN_STYLES]
    if len(names) > _MOST_FILES:
        yield _unreadable(str(folder), f"it holds {len(names)} templates", "Is this the right folder?")
    elif not set(names) & set(parts):
        near = [match for name in names for match in get_close_matches(name, parts, n=1, cutoff=0.7)]
        meant = f"Did you mean {near[0]}? " if near else ""
        message = "no file in it has the name of a built-in template" if names else "it holds no template"
        yield _unreadable(str(folder), message, f"{meant}The names are {', '.join(parts)}.")


def _unreadable(name: str, reason: str, hint: str) -> Finding:
    return error("TPL001", f"the templates can't be read: {reason}", Origin(Position(name, 1, 1)), hint=hint)


_ENDLESS = re.compile(r"[0-9_]{4000}")


def _flaws(environment: Sandbox, name: str, shown: str, text: str) -> Iterator[Finding]:
    """What can be told of a template before it is rendered."""
    try:
        for loose in environment.parse(text, name, shown).find_all(nodes.EvalContextModifier):
            message = "this is not allowed: what is entered is always escaped"
            yield error("TPL003", message, _place(shown, loose.lineno, text), hint="Leave {% autoescape %} out.")
        environment.get_template(name)
    except TemplateAssertionError as fault:  # a filter or test of that name
        yield error("TPL003", _reason(fault), _place(shown, fault.lineno, text), hint=_SEE)
    except TemplateSyntaxError as fault:
        message = f"the template can't be understood: {_in_a_line(str(fault.message))}"
        yield error("TPL002", message, _place(shown, fault.lineno, text), hint=_SYNTAX)
    except ValueError:  # Jinja makes a number of the digits, and Python of no more than some thousand
        line = next((at for at, line in enumerate(text.split("\n"), 1) if _ENDLESS.search(line)), 1)
        message = "the template can't be understood: a number is too long"
        yield error("TPL002", message, _place(shown, line, text), hint="Write it in quotes if it is a text.")
    except (RecursionError, SyntaxError):  # of the Python that Jinja makes of it
        yield error("TPL002", "the template is nested too deep", _place(shown, 1, text), hint="Put parts in files.")


def _lines_with(what: str, files: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Where files write something, by file and line; an element by its name, an address by its scheme."""
    sought = what.strip("<>").partition(" ")[0] if what.startswith("<") else what.partition('"')[2] or what
    start = "<" if what.startswith("<") else ""
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            if f"{start}{sought}" in line.lower():
                yield name, number


def _place(name: str, number: int, text: str) -> Origin:
    """The first character of a line of a template."""
    lines = text.split("\n")
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return Origin(Position(name, number, len(line) - len(line.lstrip()) + 1))


def _reason(fault: Exception) -> str:
    """What a template did wrong, in a sentence."""
    told: dict[type[Exception], Callable[[], str]] = {
        TemplateNotFound: lambda: f"there is no template {fault}, neither in the folder nor built in",
        SecurityError: lambda: f"this is not allowed: {fault}",
        RecursionError: lambda: "the template includes itself",
        MemoryError: lambda: "the template makes more text than fits into memory",
    }
    words = next((words for kind, words in told.items() if isinstance(fault, kind)), None)
    return _in_a_line(words() if words else f"the template asks for what isn't there: {fault}")


def _in_a_line(text: str) -> str:
    folded = " ".join(masked_words(text).split())
    return folded if len(folded) <= _LONGEST else f"{folded[:_LONGEST]}..."
