"""What the submission rules need to know of a submission; `submission.Submission` has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from form4_author.filing import Filing, FormType, Value, form_for, form_of
from form4_author.findings import Origin


class Enclosed(Protocol):
    """One document in the envelope (specification 4.2.1)."""

    @property
    def name(self) -> Value:
        """Its file name."""

    @property
    def type(self) -> Value:
        """Its type, `EX-24`."""

    @property
    def description(self) -> Value:
        """What its author calls it."""

    @property
    def content(self) -> bytes:
        """The document itself."""

    @property
    def origin(self) -> Origin:
        """Where its author names it."""


class Envelope(Protocol):
    """The submission around the documents (specification 4.2)."""

    @property
    def submission_type(self) -> Value:
        """`4` or `4/A`."""

    @property
    def contact_name(self) -> Value:
        """The name of the point of contact."""

    @property
    def contact_phone(self) -> Value:
        """The telephone number of the point of contact."""

    @property
    def contact_email(self) -> Value:
        """The e-mail address of the point of contact."""

    @property
    def notification_addresses(self) -> Sequence[Value]:
        """Further e-mail addresses that EDGAR notifies."""

    @property
    def primary(self) -> Enclosed:
        """The ownership document."""

    @property
    def exhibits(self) -> Sequence[Enclosed]:
        """All others."""

    @property
    def origin(self) -> Origin:
        """Where it stands."""


class Package(Struct, frozen=True):
    """A submission with what its ownership document says; `filing` is None where that isn't known."""

    envelope: Envelope
    filing: Filing | None = None

    @property
    def form(self) -> FormType:
        """The form that is submitted."""
        return form_of(self.filing) if self.filing else form_for(self.envelope.submission_type.text)

    @property
    def documents(self) -> list[Enclosed]:
        """All enclosed documents, the ownership document first."""
        return [self.envelope.primary, *self.envelope.exhibits]


def kind_of(document: Enclosed) -> str:
    """A document's type without the text that may follow a period."""
    return document.type.text.strip().partition(".")[0]


def label_of(document: Enclosed) -> str:
    """What a finding calls a document."""
    return document.name.text.strip() or "a document without a name"


def place_of(value: Value, document: Enclosed) -> Origin:
    """Where a value of a document stands, or the document where that isn't known."""
    return value.origin if value.origin.position else document.origin
