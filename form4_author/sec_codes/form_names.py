"""The forms of Section 16(a), by the document types that they are filed under.

What else is particular to a form stands in `filing.forms`; plans and filings both build on these names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

#: What may name a form of the SEC's: `144`, `8-K`, `SC 13D/A`.
_OTHER_FORM = re.compile(r"([A-Z]{1,3}[ -]?)?[0-9]{1,3}[A-Z]{0,3}(-[A-Z]{1,3})?(/A)?")
_LONGEST = 12


class FormName(Struct, frozen=True):
    """What a form is called.

    Attributes:
        number: as in its title and in `documentType`: `4`.
        statement: what it is, in words that follow "this is".
        supported: True where it can be written, read and checked; of the others the tool knows the name alone.
    """

    number: str
    statement: str
    supported: bool = False

    @property
    def amendment(self) -> str:
        """The document type of its amendment: `4/A`."""
        return f"{self.number}/A"

    @property
    def document_types(self) -> tuple[str, str]:
        """Its document types: itself, and its amendment."""
        return self.number, self.amendment

    def __str__(self) -> str:
        return f"Form {self.number}"


FORM_NAMES: Mapping[str, FormName] = MappingProxyType({
    name.number: name
    for name in (
        FormName("3", "an initial statement of beneficial ownership", supported=True),
        FormName("4", "a statement of changes in beneficial ownership", supported=True),
        FormName("5", "an annual statement of changes in beneficial ownership", supported=True),
    )
})  # fmt: skip
"""All of them, by number (specification 3.6.7). One that becomes supported needs its `FormType` in `filing.forms`."""


def document_types(*, supported: bool = False) -> tuple[str, ...]:
    """The document types that there are; those of supported forms alone where so asked."""
    return tuple(
        kind for name in FORM_NAMES.values() if name.supported or not supported for kind in name.document_types
    )


def form_name(document_type: str) -> FormName | None:
    """The form that a document type is of, in whatever case it is written; None for what is no document type."""
    wanted = document_type.strip().upper()
    return next((name for name in FORM_NAMES.values() if wanted in name.document_types), None)


def other_form(document_type: str) -> str:
    """What a document type names that is not supported: `Form 144`; empty for a supported one, and for what is none."""
    text, name = document_type.strip(), form_name(document_type)
    if name is None:
        return f"Form {text}" if len(text) <= _LONGEST and _OTHER_FORM.fullmatch(text.upper()) else ""
    amended = ", amended" if is_amendment(text.upper()) else ""
    return "" if name.supported else f"{name}, {name.statement}{amended}"


def is_amendment(document_type: str) -> bool:
    """True for the document type of an amendment, such as 4/A."""
    return any(document_type.strip() == name.amendment for name in FORM_NAMES.values())


def supported_form() -> str:
    """A form that is supported, as a message names it: `Form 3, 4 or 5`."""
    return f"Form {_listed((name.number for name in FORM_NAMES.values() if name.supported), 'or')}"


def supported_types() -> str:
    """The supported document types, as a message names them: `Forms 3, 3/A, 4, 4/A, 5 and 5/A`."""
    return f"Forms {_listed(document_types(supported=True), 'and')}"


def supported_type() -> str:
    """A supported document type, as a message names it: `3, 3/A, 4, 4/A, 5 or 5/A`."""
    return _listed(document_types(supported=True), "or")


def _listed(names: Iterable[str], word: str) -> str:
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last
