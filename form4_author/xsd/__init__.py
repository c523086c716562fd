"""A document -> what the schema has to say about it: every violation one finding, in plain words.

The verdict is that of `xmlschema`, which is not asked twice what it has said before (`known`). Only where it refuses a
document, `explain` goes through it once more and says what is wrong, where, and what to write instead. A document has
findings if, and only if, the schema refuses it.

Codes:

- XSD001 an element is missing, unknown, misspelt, or out of order
- XSD002 a value is not in its list of codes
- XSD003 a text is too long or too short
- XSD004 a value is no number, date, or yes-or-no as EDGAR wants it, or otherwise not of the right form
- XSD005 a footnote's number: wrong, given twice, or referred to and not there
- XSD006 text or an attribute where none belongs
- XSD007 the document is of no supported form, and no submission
- XSD008 too many of an element, or two where one excludes the other
- XSD009 anything else that the schema refuses

A CCC is never shown, nor a text that might be one.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from form4_author.filing import form_for
from form4_author.findings import Finding, error
from form4_author.schema_store import SUBMISSION, SchemaSet
from form4_author.sec_codes.form_names import form_name, is_amendment, other_form, supported_form, supported_types
from form4_author.xsd.words import harmless

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from xmlschema import XMLSchema

    from form4_author.edgar.xml_source import XmlDocument

_ROOTS = ("ownershipDocument", "edgarSubmission")


def validate(document: XmlDocument, schemas: SchemaSet) -> list[Finding]:
    """Hold an ownership document, or a submission's envelope, against its schema.

    Args:
        document: what `xml_source.parse` gave.
        schemas: the version to judge by; which of its schemas follows from the document.

    Returns:
        The violations, in the order of the document; none for a valid one.

    Raises:
        Rejected: an added schema is damaged (SCH011).
    """
    part = _part(document)
    if isinstance(part, Finding):
        return [part]
    schema = schemas.schema(part)
    if _takes(schema, _without_namespaces(document.root)):
        return []
    from form4_author.xsd.explain import explain  # noqa: PLC0415 - only where there is something to explain

    return explain(document, schema, schemas.version)


def accepts(root: Element, schemas: SchemaSet) -> bool:
    """Whether `validate` would say nothing of a document.

    Args:
        root: its tree.
        schemas: the version to judge by.
    """
    part = _schema_of(root)
    return part is not None and _takes(schemas.schema(part), root)


def _takes(schema: XMLSchema, root: Element) -> bool:
    from form4_author.xsd.known import known  # noqa: PLC0415 - it loads xmlschema

    so_far = known(schema)
    if so_far.accepts(root):
        return True
    try:
        valid = bool(schema.is_valid(root))
    except (ArithmeticError, ValueError):  # what xmlschema itself stumbles over, a year of eleven digits, is not valid
        return False
    if valid:
        so_far.learn(root)
    return valid


def _schema_of(root: Element) -> str | None:
    """Which schema judges a document; None where it is of no supported form, and no submission."""
    if root.tag == _ROOTS[1]:
        return SUBMISSION
    form = _form(root)
    if root.tag != _ROOTS[0] or other_form(form):
        return None
    amends = is_amendment(form) if form_name(form) else root.find("dateOfOriginalSubmission") is not None
    return form_for(form).schemas[amends]


def _form(root: Element) -> str:
    return (root.findtext("documentType") or "").strip().upper()


def _part(document: XmlDocument) -> str | Finding:
    root = document.root
    if part := _schema_of(root):
        return part
    if root.tag != _ROOTS[0]:
        alike = next((name for name in _ROOTS if name.lower() == root.tag.rpartition(":")[2].lower()), "")
        hint = (
            f"Write <{alike}>, without a prefix."
            if alike
            else f"A {supported_form()}'s root element is <ownershipDocument>."
        )
        message = f"the root element is <{root.tag[:60]}>, so this is no ownership document"
        return error("XSD007", message, document.origin_of(root), hint=hint, source="Specification 3.5")
    stated = root.find("documentType")
    place = document.origin_of(root if stated is None else stated)
    return error("XSD007", f"this is a {other_form(_form(root))}", place, hint=f"{supported_types()} are supported.")


def _without_namespaces(root: Element) -> Element:
    """The tree without the attributes that are not the document's own; the same tree where there are none."""
    if not any(harmless(name) for element in root.iter() for name in element.attrib):
        return root
    bare = copy.deepcopy(root)
    for element in bare.iter():
        for name in [name for name in element.attrib if harmless(name)]:
            del element.attrib[name]
    return bare
