"""What a schema has said of the parts of documents, so that a batch doesn't ask it the same again.

A document is valid where each element has the children, the attributes and the text that its type allows, the number
of each footnote stands once, and each mark refers to one. Of these only the numbers depend on anything outside the
element. So what `xmlschema` has found right in one document is right in the next one: these children of an element of
this type, in this order; this text of this type. What it hasn't seen it is asked about, a text alone, children with
their whole document. Where a document isn't surely right nothing is said here, and `xmlschema` decides.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from xmlschema.validators import XsdComplexType, XsdElement, XsdSimpleType

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from xmlschema import XMLSchema

_MOST_KEPT, _LONGEST_KEPT = 2000, 64
_ID, _IDREF = "{http://www.w3.org/2001/XMLSchema}ID", "{http://www.w3.org/2001/XMLSchema}IDREF"


@cache
def known(schema: XMLSchema) -> Known:
    """What a schema has said so far in this process."""
    return Known(schema)


class Known:
    """What a schema has said so far.

    Args:
        schema: the schema.
    """

    def __init__(self, schema: XMLSchema) -> None:
        self._schema = schema
        self._kinds: dict[Any, _Kind | None] = {}
        self._news: Element | None = None

    def accepts(self, root: Element) -> bool:
        """Whether a document is surely valid; False where it isn't, and where that can't be told from what is known."""
        self._learn()
        ids: list[str] = []
        references: set[str] = set()
        kind = self._kind(self._schema.elements.get(root.tag)) if self._kinds else None
        if kind is None or not kind.takes(root, ids, references):
            return False
        return len(set(ids)) == len(ids) and references.issubset(ids)

    def learn(self, root: Element) -> None:
        """Keep what is right in a document that the schema accepts: when the next one comes, since most come alone."""
        self._learn()
        self._news = root

    def _learn(self) -> None:
        root, self._news = self._news, None
        kind = None if root is None else self._kind(self._schema.elements.get(root.tag))
        if root is not None and kind is not None:
            kind.learn(root)

    def _kind(self, declared: Any) -> _Kind | None:
        """What an element's declaration allows; None where it uses more of the language than is understood here."""
        if not isinstance(declared, XsdElement) or not _says_its_type_alone(declared):
            return None
        of = declared.type
        if of not in self._kinds:
            self._kinds[of] = None  # an element that may stand within itself is not understood
            self._kinds[of] = self._of_complex(of) if isinstance(of, XsdComplexType) else self._of_simple(of)
        return self._kinds[of]

    def _of_simple(self, of: Any) -> _Kind | None:
        text = _Text(of, self._schema)
        return None if text.is_id or text.is_reference else _Kind(text, {}, {})

    def _of_complex(self, of: XsdComplexType) -> _Kind | None:
        if of.abstract or of.assertions:
            return None
        attributes: dict[str, _Text] = {}
        for name, attribute in of.attributes.items():
            if attribute.type is None or attribute.fixed is not None or attribute.use == "prohibited":
                return None
            attributes[str(name)] = _Text(attribute.type, self._schema)
        required = [name for name in attributes if of.attributes[name].use == "required"]
        if isinstance(of.content, XsdSimpleType):
            return _Kind(_Text(of.content, self._schema), attributes, {}, required)
        children: dict[str, _Kind] = {}
        for declared in of.content.iter_elements():
            kind = self._kind(declared)
            if kind is None or children.setdefault(str(declared.name), kind) is not kind:
                return None
        return _Kind(None, attributes, children, required, mixed=of.mixed)


class _Text:
    """A type of text, with the texts that are known to be right.

    Attributes:
        is_id: it is a number that must stand once in a document.
        is_reference: it refers to such a number.
    """

    def __init__(self, of: XsdSimpleType, schema: XMLSchema) -> None:
        self._type, self._context = of, schema.validation_context
        self._is_union = of.is_union()
        self.is_id, self.is_reference = (of.is_derived(of.maps.types[name]) for name in (_ID, _IDREF))
        self._right: set[str] = set()

    def takes(self, text: str) -> bool:
        """Whether a text is right."""
        if text in self._right:
            return True
        if not self._asked(text):
            return False
        if len(text) <= _LONGEST_KEPT:
            if len(self._right) >= _MOST_KEPT:
                self._right.clear()
            self._right.add(text)
        return True

    def _asked(self, text: str) -> bool:
        """What xmlschema says.

        It takes notes in a context, which threads may share where it raises at the first mistake; not so a union's.
        """
        try:
            if self._is_union:
                return self._type.is_valid(text)
            return self._type.text_is_valid(text, self._context)
        except (ArithmeticError, ValueError):  # what it stumbles over is not valid
            return False


class _Kind:
    """A type of elements, with the rows of children that are known to be right.

    Args:
        text: the type of its text; None where it has children.
        attributes: the types of its attributes.
        children: the types of its children.
        required: the attributes that it must have.
        mixed: whether text may stand between its children.
    """

    def __init__(
        self,
        text: _Text | None,
        attributes: dict[str, _Text],
        children: dict[str, _Kind],
        required: list[str] | None = None,
        *,
        mixed: bool = False,
    ) -> None:
        self._text, self._attributes, self._children, self._mixed = text, attributes, children, mixed
        self._required = required or []
        self._right: set[tuple[str, ...]] = set()

    def takes(self, element: Element, ids: list[str], references: set[str]) -> bool:
        """Whether an element and all below it is surely right; `ids` and `references` get those that stand there."""
        if (element.attrib or self._required) and not self._takes_attributes(element.attrib, ids, references):
            return False
        if self._text is not None:
            return not len(element) and self._text.takes(element.text or "")
        if tuple([child.tag for child in element]) not in self._right or not self._takes_between(element):
            return False
        return all(self._children[child.tag].takes(child, ids, references) for child in element)

    def _takes_between(self, element: Element) -> bool:
        """Whether no more than may stand there stands between the children: blanks, where there may be children."""
        between = (element.text or "") + "".join([child.tail or "" for child in element])
        return not between or self._mixed or (bool(self._children) and between.isspace())

    def _takes_attributes(self, attributes: dict[str, str], ids: list[str], references: set[str]) -> bool:
        for name, value in attributes.items():
            text = self._attributes.get(name)
            if text is None or not text.takes(value):
                return False
            if text.is_id:
                ids.append(value.strip())
            elif text.is_reference:
                references.add(value.strip())
        return all(name in attributes for name in self._required)

    def learn(self, element: Element) -> None:
        """Keep the children of an element, and of all below it, as right."""
        if self._text is None:
            if len(self._right) >= _MOST_KEPT:
                self._right.clear()
            self._right.add(tuple([child.tag for child in element]))
            for child in element:
                self._children[child.tag].learn(child)


def _says_its_type_alone(declared: XsdElement) -> bool:
    """Whether an element's declaration tells nothing but the type of what it holds."""
    more = (declared.abstract, declared.nillable, declared.alternatives, declared.identities, declared.inheritable)
    return not any(more) and declared.fixed is None and declared.default is None
