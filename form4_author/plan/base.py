"""What all parts of a plan are made of: the texts, names and codes in it, and the model they share."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from form4_author.plan import scalar_shapes as shapes
from form4_author.plan.scalar_shapes import Reader
from form4_author.plan.scalars import AmountText, Answer, one_of, schema_version, text

TransactionCode = Literal["A", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "O", "P", "S", "U", "W", "X", "Z"]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _nothing(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() == "none" else value


def _nobody(value: Any) -> Any:
    return None if value == "none" else value


#: Reads none as nothing, and all else as it stands.
_or_none = Reader(_nothing, shapes.or_none)


Name = Annotated[str, BeforeValidator(text(what="a name"))]
Words = Annotated[str, BeforeValidator(text(500, what="the text"))]
Names = Annotated[list[Name], BeforeValidator(_listed)]
Title = Annotated[str, BeforeValidator(text(60, what="the title"))]
MaybeAnswer = Annotated[Answer | None, BeforeValidator(_nothing), WithJsonSchema(shapes.answer("none"))]
Version = Annotated[str, BeforeValidator(schema_version)]
NoteText = Annotated[str, BeforeValidator(text(what="the footnote", blank=True))]
ForeignSymbol = Annotated[str, BeforeValidator(text(14, what="the foreign trading symbol", blank=True))]
Code = Annotated[TransactionCode, BeforeValidator(one_of("a transaction code", *get_args(TransactionCode)))]
Letter = Annotated[Literal["A", "D"], BeforeValidator(one_of("A (acquired) or D (disposed of)", "A", "D"))]
ConformedName = Annotated[
    Annotated[str, BeforeValidator(text(150, what="the name", blank=True))] | None, BeforeValidator(_nobody)
]
MaybeAmount = Annotated[AmountText | None, BeforeValidator(_or_none)]


def branch(name: str) -> str:
    """The tag of one of the shapes that a part may have; that of a model bears its name, by which its help is found."""
    return f"branch:{name}"


class Model(BaseModel):
    """What all parts of a plan share: no key but the known ones, no change once read.

    The text below each key is its help in an editor; `schema` takes it from the source when it is asked for, and
    validators are built when a plan is read: both would cost every start of the tool.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Itself, since nothing in it changes: it is asked for at each default that an entry takes."""
        return self
