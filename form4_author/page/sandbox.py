"""Where a firm's own templates run: nothing of Python to reach, a bound to every loop, and no way out of the page.

A template is code, and whoever lays one over the built-in ones trusts it as such. These bounds keep a slip, or a folder
from elsewhere, from hanging the tool or from making a page that sends away what stands on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from html.parser import HTMLParser
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_STEPS = 1_000_000
"""Rounds of loops, calls of macros and inclusions of one page; the largest form takes some 20,000."""

MOST_TEXT = 20_000_000
"""Characters of one page; the largest form has about a million, its fonts aside."""

_MOST_KEPT = 10_000
_LONGEST_REPEATED = 1_000_000
_WIDEST = 10_000
_LARGEST_POWER = 64

POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'"
"""What a browser may do with a page: use what is within it, and nothing else (Content Security Policy, Level 3)."""

#: Elements that fetch, send, run or lead away by themselves.
_NEVER = frozenset({
    *("applet", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input", "link", "object", "portal"),
    *("script", "select", "textarea"),
})  # fmt: skip
_ADDRESSES = frozenset({
    *("action", "background", "cite", "data", "formaction", "href", "longdesc", "manifest", "ping", "poster", "src"),
    *("srcset", "xlink:href"),
})  # fmt: skip
#: What may stand before the policy, in this order: nothing that a browser acts on.
_BEGINNING = ("<!doctype html>", "<html>", '<html lang="en-us">', "<head>", '<meta charset="utf-8">')
_MAY_LEAD_TO = ("#", "https://", "http://", "mailto:")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, with bounds: a template that exceeds one raises `SecurityError`.

    Built-in templates run in it too; `begin` starts the count anew for each page.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what Jinja's environment takes."""
        self._steps = 0
        self._safe: dict[tuple[type, str], bool] = {}
        super().__init__(*args, **options)
        self.filters["center"] = _bounded_width(self.filters["center"])
        self.filters["indent"] = _bounded_width(self.filters["indent"])
        self.filters["format"] = _bounded_format(self.filters["format"])

    def begin(self) -> None:
        """Count from the beginning: another page is drawn."""
        self._steps = 0

    @property
    def stepped(self) -> None:
        """Asked for by each round of a loop, call of a macro and inclusion, which counts it."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise SecurityError(f"the templates go through more than {MOST_STEPS:,} rounds of loops")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Jinja's own answer, which goes by the type of a value, kept: a page asks the same some thousand times."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = super().is_safe_attribute(obj, attr, value)
            if len(self._safe) < _MOST_KEPT:
                self._safe[type(obj), attr] = known
        return known

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The result of `*`, `**` or `%`, where it stays of a size that a page may need."""
        if operator == "**" and not (abs(right) <= _LARGEST_POWER and abs(left) <= _LONGEST_REPEATED):
            raise SecurityError("a power of that size")
        if operator == "*" and _repeated(left, right) > _LONGEST_REPEATED:
            raise SecurityError("a text or list repeated that often")
        if operator == "%" and isinstance(left, str):
            _check_widths(left)
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template with a count in each of its loops, macros and at its own beginning."""
        template = super()._parse(source, name, filename)
        for part in [template, *template.find_all((nodes.For, nodes.Macro, nodes.CallBlock))]:
            line = part.lineno or 1
            _body_of(part).insert(0, nodes.ExprStmt(nodes.EnvironmentAttribute("stepped"), lineno=line))
        return template


def _body_of(part: Any) -> list[Any]:
    body: list[Any] = part.body
    return body


def _repeated(left: Any, right: Any) -> int:
    for sequence, times in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple) and isinstance(times, int):
            return len(sequence) * times
    return 0


def _check_widths(pattern: str) -> None:
    digits = ""
    for sign in pattern:
        digits = digits + sign if sign.isdigit() else ""
        if len(digits) > len(str(_WIDEST)) or (sign == "*" and "%" in pattern):
            raise SecurityError("a format that wide")


def _bounded_width(made: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(made)
    def bounded(value: Any, width: Any = 4, *args: Any, **options: Any) -> Any:
        if isinstance(width, int) and width > _WIDEST:
            raise SecurityError("a text that wide")
        return made(value, width, *args, **options)

    return bounded


def _bounded_format(made: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(made)
    def bounded(value: Any, *args: Any, **options: Any) -> Any:
        _check_widths(str(value))
        return made(value, *args, **options)

    return bounded


def whole(parts: Iterator[str]) -> str:
    """The text of a page from its parts, no more of it than a page may have.

    Raises:
        SecurityError: it is longer.
    """
    found, size = [], 0
    for part in parts:
        size += len(part)
        if size > MOST_TEXT:
            raise SecurityError(f"a page of more than {MOST_TEXT:,} characters")
        found.append(part)
    return "".join(found)


def guarded(page: str) -> str:
    """The page, saying `POLICY` to browsers before all else; added where a firm's own template leaves it out."""
    said = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    at = _behind_beginning(page)
    return page if page.startswith(said, at) else f"{page[:at]}{said}{page[at:]}"


def _behind_beginning(page: str) -> int:
    at = 0
    for part in ("", *_BEGINNING):
        at += len(part) if page[at : at + len(part)].lower() == part else 0
        while page[at : at + 1].isspace():
            at += 1
    return at


def ways_out(page: str) -> list[str]:
    """What of a page could send away what stands on it, each once, as one writes it: `<form>`, `href="javascript:`."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return list(dict.fromkeys(reader.found))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in _NEVER:
            self.found.append(f"<{tag}>")
        if tag == "meta" and named.get("http-equiv", "").strip().lower() not in {"", "content-security-policy"}:
            self.found.append(f'<meta http-equiv="{named["http-equiv"].strip().lower()}">')
        for name, value in named.items():
            address = "".join(sign for sign in value if sign > " ").lower()
            if name.startswith("on"):
                self.found.append(f"{name}=")
            elif name in _ADDRESSES and address and not self._harmless(tag, name, address):
                self.found.append(f'{name}="{address.partition(":")[0][:20]}:' if ":" in address else f"{name}=")

    def _harmless(self, tag: str, name: str, address: str) -> bool:
        """A link that a reader may follow; what a page fetches by itself is in it or nowhere."""
        if tag == "a" and name == "href":
            return address.startswith(_MAY_LEAD_TO)
        return address.startswith(("#", "data:image/"))

    handle_startendtag = handle_starttag
