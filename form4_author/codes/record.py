"""What the catalogue holds of a code that another stage than preflight gives."""

from __future__ import annotations

from msgspec import Struct

from form4_author.findings import Severity


class Code(Struct, frozen=True):
    """A code and its page.

    Attributes:
        code: topic and three digits; never given to anything else.
        summary: what its findings say, in a line.
        page: why it is found and what to write, in Markdown.
        severity: the gravest that its findings have.
        source: what it rests on; empty for what is plainly impossible.
    """

    code: str
    summary: str
    page: str
    severity: Severity = Severity.ERROR
    source: str = ""

    @property
    def text(self) -> str:
        """The page with its head, in Markdown without a heading, as that of a rule."""
        source = f" Source: {self.source}." if self.source else ""
        return f"*{self.severity.value}*.{source}\n\n{self.page}\n"
