"""Securities and holders that a plan names and never comes back to: a word that would change nothing on the form.

Code: PLN030 a security or holder that nothing in the plan uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from form4_author.findings import Finding, Severity
from form4_author.plan.scalars import quoted
from form4_author.plan.source import Source

_NAMED = {"securities": "security", "ownership_lines": "holder"}


def unused(source: Source) -> list[Finding]:
    """A warning for each security or holder of the plan's own file that no other part of the plan names.

    What an included file defines may serve other plans, and is let be.
    """
    found = []
    for part, what in _NAMED.items():
        defined = source.data.get(part)
        if not isinstance(defined, dict):
            continue
        times = Counter(_words([*defined.values(), *(value for key, value in source.data.items() if key != part)]))
        for name, own in defined.items():
            place = source.places.get((part, name))
            if place is None or place.file != source.file:
                continue
            if times[name] > sum(word == name for word in _words(own)):
                continue
            found.append(
                Finding(
                    "PLN030",
                    Severity.WARNING,
                    f"nothing in the plan uses the {what} {quoted(name)}",
                    source.origin((part, name), of_key=True),
                    hint="Write what is held of it under opening:, or what happened to it; or delete it."
                    if part == "securities"
                    else "Write whose shares they are as ownership: with its name; or delete it.",
                )
            )
    return found


def _words(node: Any) -> Iterator[str]:
    """Every key and text, each as it stands; a key also by the parts of its path (`opening.common`)."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from {str(key), *str(key).split(".")}
            yield from _words(value)
    elif isinstance(node, list):
        for value in node:
            yield from _words(value)
    elif node is not None:
        yield str(node)
