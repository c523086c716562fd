"""How to check, preview and build: the one model of options, whoever asks, with what can't be asked.

Each option is checked where the model is made, and what must go together in `suit`, which the verbs call before they
begin. The names are those of the command line's long options and of the public functions' arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from form4_author.files.inputs import Input
from form4_author.files.reading import is_folder
from form4_author.filing import DocumentKind
from form4_author.firm.settings import Firm
from form4_author.sec_codes import ALL_VERSIONS


class OptionError(ValueError):
    """An option that can't be as it is, or that doesn't go with another or with the files.

    Attributes:
        option: its name, as the models have it.
        message: what is wrong with it.
    """

    def __init__(self, option: str, message: str) -> None:
        self.option = option
        self.message = message
        super().__init__(f"{option}: {message}")


class CheckOptions(Struct, frozen=True, kw_only=True):
    """How to check.

    Attributes:
        document: what a plan is checked as: filer document or document of record.
        schema_version: the schema version to write or judge by; None for the file's own, or the one in force.
        strict: warnings refuse a file too.
        submission: a plan's envelope is made and checked too.
        select: codes or families of the rules to run; all where empty.
        ignore: codes or families of rules not to run.
        form: of a plan that makes several forms, the one to take, by its name; None for all.
        said: the options that whoever asks has said something of: a firm's file says nothing against them.

    Raises:
        OptionError: there is no such schema version.
    """

    document: DocumentKind = DocumentKind.FILER
    schema_version: str | None = None
    strict: bool = False
    submission: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    form: str | None = None
    said: frozenset[str] = frozenset()

    @classmethod
    def asked(cls, **given: Any) -> Self:
        """The options as they are asked for; None leaves one to the firm's file, or to its default.

        Raises:
            OptionError: as for the options themselves.
        """
        said = {name: value for name, value in given.items() if value is not None}
        return cls(**said, said=frozenset(said))

    def under(self, firm: Firm) -> Self:
        """The same with what a firm's file says of options that nobody has said anything of."""
        told = firm.options()
        if told.keys() & {"select", "ignore"}:
            told |= {"select": (), "ignore": () if {"select", "ignore"} & self._settled() else firm.passed_over}
        mine = set(self.__struct_fields__) - self._settled() - {"said"}
        return replace(self, **{name: value for name, value in told.items() if name in mine})

    def _settled(self) -> set[str]:
        """The options that were said, or that differ from what they are where nothing is said."""
        names = self.__struct_fields__
        defaults = dict(
            zip(reversed(names), reversed(self.__struct_defaults__), strict=False)
        )  # the last ones have one
        return {*self.said} | {name for name in names if getattr(self, name) != defaults.get(name)}

    def __post_init__(self) -> None:
        if self.schema_version is not None and self.schema_version not in ALL_VERSIONS:
            raise OptionError("schema_version", not_one_of(self.schema_version, ALL_VERSIONS))

    @property
    def rules_left_out(self) -> str:
        """Which rules don't judge, in words for the record; empty where all do."""
        only = f"only {', '.join(self.select)} judged" if self.select else ""
        but = f"{', '.join(self.ignore)} left out" if self.ignore else ""
        return ", ".join(filter(None, (only, but)))


class PageOptions(CheckOptions, frozen=True, kw_only=True):
    """How to draw the page, beside how to check.

    Attributes:
        proof: append the proof sheet to the page.
        template: a folder of templates to lay over the built-in ones of the page.
        against: another filing, a plan or XML; what the page says differently is marked. Of a folder it is the last one
            there of the same person in the same issuer.
    """

    proof: bool = False
    template: Path | None = None
    against: Input | None = None

    @property
    def searches(self) -> bool:
        """Whether the other filing is looked for in a folder."""
        return self.against is not None and self.against.path is not None and is_folder(self.against.path)

    def suit(self, files: Sequence[Input]) -> None:
        """Make sure that the options go together, and with the files.

        Raises:
            OptionError: they don't.
        """
        other = self.against
        if other is not None and other.path is None and any(f.path is None and f.name == other.name for f in files):
            raise OptionError("against", "standard input is one file, not two")


class PreviewOptions(PageOptions, frozen=True, kw_only=True):
    """How to preview.

    Attributes:
        output: the page to write, PDF or HTML by the name's ending.

    Raises:
        OptionError: the name ends otherwise.
    """

    output: Path

    def __post_init__(self) -> None:
        CheckOptions.__post_init__(self)
        if self.output.suffix not in {".pdf", ".html"}:
            raise OptionError("output", "the name must end in .pdf or .html")


class BuildOptions(PageOptions, frozen=True, kw_only=True):
    """How to build.

    Attributes:
        output: the folder to write into.
        html: also write the page as HTML.
        pdf: write the page as PDF.
        force: where errors stand, write a draft of the page; never the XML.
        name: how what is built is called, a pattern; see `naming`.
        seal: also write a sealed folder of what is built and of all that it was built from.
        summary: where several forms are built, also write the page that tells of them.
        as_of: the day on which that page tells what is late; None for what is late by its own signature alone.
    """

    output: Path = Path("build")
    html: bool = False
    pdf: bool = True
    force: bool = False
    name: str = "{plan}"
    seal: bool = False
    summary: bool = True
    as_of: date | None = None

    def suit(self, files: Sequence[Input]) -> None:
        """Make sure that the options go together, and with the plans.

        Raises:
            OptionError: they don't: a redline is of one plan, and on a page.
        """
        if self.against is not None and len(files) > 1 and not self.searches:
            raise OptionError("against", "it goes with one plan, or name a folder")
        if self.against is not None and not (self.pdf or self.html):
            raise OptionError("against", "there is no page to mark: leave out --no-pdf, or say --html")
        if self.seal and any(file.path is None for file in (*files, *filter(None, (self.against,)))):
            raise OptionError("seal", "standard input has no name to be kept under: save it to a file")
        if self.seal and self.searches:
            raise OptionError("seal", "a folder isn't kept: name the filing itself that --against is to find")
        PageOptions.suit(self, files)


def not_one_of(word: str, known: Iterable[str]) -> str:
    """What is said of a word that is none of those known."""
    return f"{word!r} is not one of {', '.join(map(repr, known))}."


def document_kind(word: str) -> DocumentKind:
    """The kind of document of that name.

    Raises:
        OptionError: there is none.
    """
    if word not in {*DocumentKind}:
        raise OptionError("document", not_one_of(word, [kind.value for kind in DocumentKind]))
    return DocumentKind(word)


def families(asked: str | Sequence[str]) -> tuple[str, ...]:
    """Codes and families of rules as asked for, in whatever case, several in one word parted by commas."""
    words = [asked] if isinstance(asked, str) else asked
    return tuple(code.strip().upper() for word in words for code in word.split(",") if code.strip())
