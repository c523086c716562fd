"""Jinja templates -> XML text: escaping always on, nothing left undefined, the environment made once.

Code: XML007 a character that can't be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined

from form4_author.edgar.text_places import one_line_end
from form4_author.findings import NOWHERE, Origin, Rejected, error
from form4_author.ready import Ready
from form4_author.sec_codes.characters import name_of

_UNWRITABLE = re.compile(r"[^\t\n\x20-\x7e]")


def render(template: str, **context: Any) -> str:
    """Render a template of `templates/xml/`.

    Of the escapes, `&lt; &gt; &amp; &quot;` alone come out (specification 3.2). Jinja writes quotes and apostrophes
    by number; a number that an author wrote begins with `&amp;#` by then, so no text of theirs is touched. Line ends
    are single line feeds.

    Args:
        template: its file name.
        context: the variables it uses.
    """
    text = environment().get_template(template).render(**context)
    return one_line_end(text).replace("&#34;", "&quot;").replace("&#39;", "'")


def encoded(text: str, written: Iterable[tuple[str, str, Origin]]) -> bytes:
    """The text of a document as bytes: plain ASCII.

    Args:
        text: what was rendered.
        written: path, text and origin of each value in it, to find out whose a bad character is.

    Raises:
        Rejected: there is a character that EDGAR does not take or XML can't hold (XML007, one finding for each
            character of each value).
    """
    if not _UNWRITABLE.search(text):
        return text.encode("ascii")
    found = [
        error(
            "XML007",
            f"{name_of(character)} can't be written: EDGAR's documents are plain ASCII",
            Origin(path=path) if origin is NOWHERE else origin,
            hint="Write it in plain letters.",
            source="EDGAR Filer Manual, Volume II, 5.2.1",
        )
        for path, value, origin in written
        for character in dict.fromkeys(_UNWRITABLE.findall(one_line_end(value)))
    ]
    raise Rejected(found or [error("XML007", "a CCC holds a character that can't be written")])


@cache
def environment() -> Environment:
    """What the templates of `templates/xml/` are rendered in."""
    return Environment(
        loader=Ready("xml", [__file__]),
        undefined=StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
