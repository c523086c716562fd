"""A document that its schema refuses -> every violation in plain words, at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from xml.etree.ElementTree import Element

from xmlschema import XMLSchema
from xmlschema.validators import XsdAttribute, XsdComplexType, XsdElement, XsdGroup, XsdSimpleType

from form4_author.edgar.xml_source import XmlDocument
from form4_author.filing import FormType, form_for
from form4_author.findings import Finding, Severity, error, in_order
from form4_author.xsd.structure import MAX_CHILDREN, Kind, Problem, Slot, diagnose
from form4_author.xsd.values import complain, fits, shown
from form4_author.xsd.words import ABSENT, CAPTIONS, STRANGERS, caption, harmless, on

MOST_FINDINGS = 200
_TABLES = {"nonDerivativeTable": "Table I", "derivativeTable": "Table II"}
_NUMBERED = {"reportingOwner", "ownerSignature", "edgarDocument"}
_NEVER_QUOTED = {"rptOwnerCcc", "reportingOwnerId", "reportingOwner", "edgarDocument", "documentMimeBlock"}


def explain(document: XmlDocument, schema: XMLSchema, version: str) -> list[Finding]:
    """Every violation of a document that the schema refuses: at least one.

    Args:
        document: an ownership document, or a submission.
        schema: the schema that has refused it.
        version: the schema's version, for hints.
    """
    walk = _Walk(document, version)
    declared = schema.elements.get(document.root.tag)
    if not isinstance(declared, XsdElement):
        return [_unexplained(document)]
    violations = chain(walk.element(document.root, declared, ""), walk.references())
    findings = in_order(islice(violations, MOST_FINDINGS))
    if next(violations, None) is not None:
        findings.append(_more(document))
    return findings or [_unexplained(document)]


class _Walk:
    """Goes through the document beside the schema's declarations."""

    def __init__(self, document: XmlDocument, version: str) -> None:
        self.document = document
        self.version = version
        self.form = form_for(document.root.findtext("documentType", ""))
        self.section = "3.4" if document.root.tag == "edgarSubmission" else "3.5"
        self.footnotes: set[str] = set()
        self.marks: dict[str, list[tuple[Element, str]]] = {}
        self.broken = 0

    def element(self, element: Element, declared: XsdElement, where: str) -> Iterator[Finding]:
        """What is wrong with an element of a known name, and with all below it."""
        kind = declared.type
        yield from self.attributes(element, kind, where)
        if isinstance(kind, XsdComplexType) and not kind.has_simple_content():
            yield from self.children(element, kind, where)
        else:
            for child in element:
                message = f"{where}{caption(element.tag)} holds a text, and no element such as <{child.tag[:60]}>"
                yield self.finding("XSD001", message, child, "Remove it.")
            content = kind.content if isinstance(kind, XsdComplexType) else kind
            if isinstance(content, XsdSimpleType) and not len(element):
                otherwise = "" if declared.min_occurs else ", or leave the element out"
                yield from self.value(element, content, where, element.tag, otherwise)

    def children(self, element: Element, kind: XsdComplexType, where: str) -> Iterator[Finding]:
        group = kind.content
        if not isinstance(group, XsdGroup):
            return
        declared = {child.name: child for child in group.iter_elements() if isinstance(child, XsdElement)}
        stray = [] if kind.mixed else [*self.stray_text(element, where, declared)]
        yield from stray
        order = _slots(group)
        slots = order or ()
        problems = [] if order is None else diagnose([child.tag for child in element], slots)
        for problem in problems:
            if not (stray and problem.kind is Kind.MISSING and "value" in slots[problem.slot or 0].names):
                yield self.structure(element, problem, slots, where)
        superfluous = {index for problem in problems for index in _superfluous(element, problem, slots)}
        self.broken += element.tag == "footnotes" and len(superfluous) + sum(p.slot is None for p in problems)
        counts: dict[str, int] = {}
        for number, child in enumerate(element, 1):
            counts[child.tag] = counts.get(child.tag, 0) + 1
            known = declared.get(child.tag)
            if known is not None and number - 1 not in superfluous:
                below = _below(element, child, number, counts[child.tag], where)
                yield from self.child(child, known, below, element.tag, _instead(slots))

    def child(self, child: Element, declared: XsdElement, where: str, parent: str, otherwise: str) -> Iterator[Finding]:
        """A `value` is spoken of as the cell that it is the value of, by the cell's tag."""
        if child.tag == "value" and isinstance(declared.type, XsdSimpleType) and not len(child):
            yield from self.attributes(child, declared.type, where)
            yield from self.value(child, declared.type, where, parent, otherwise)
        else:
            yield from self.element(child, declared, where)

    def value(self, element: Element, kind: XsdSimpleType, where: str, tag: str, otherwise: str) -> Iterator[Finding]:
        text = element.text or ""
        if not fits(kind, text):
            said = complain(tag, text, kind, otherwise, self.form)
            yield self.finding(said.code, f"{where}{caption(tag)} {said.message}", element, said.hint, said.source)

    def attributes(self, element: Element, kind: object, where: str) -> Iterator[Finding]:
        known = kind.attributes if isinstance(kind, XsdComplexType) else {}
        for name in element.attrib:
            if name not in known and not harmless(name):
                hint = "EDGAR's elements stand in no namespace: remove it." if name == "xmlns" else "Remove it."
                message = f"{where}{caption(element.tag)} takes no attribute {name[:60]}"
                yield self.finding("XSD006", message, element, hint, "Specification 3.5")
        if "id" in known:
            yield from self.number(element, known["id"], where)

    def number(self, element: Element, declared: object, where: str) -> Iterator[Finding]:
        """A footnote's id, where it is defined or referred to; the marks are kept for `references`."""
        text = element.attrib.get("id")
        number = (text or "").strip()
        defines = element.tag == "footnote"
        source = "Specification 4.3.5" if defines else "Specification 4.3.6"
        hint = "Footnotes are numbered F1 to F99, without leading zeros."
        wrong = isinstance(declared, XsdAttribute) and not fits(declared.type, text or "")
        if text is None:
            yield self.finding("XSD005", f"{where}{caption(element.tag)} has no id", element, hint, source)
        elif wrong:
            message = f"{where}{caption(element.tag)} has the id {shown(text)}"
            yield self.finding("XSD005", message, element, hint, source)
        elif defines and number in self.footnotes:
            message = f"there are two footnotes {number}"
            yield self.finding("XSD005", message, element, "Give each footnote a number of its own.", source)
        elif defines:
            self.footnotes.add(number)
            return
        else:
            self.marks.setdefault(number, []).append((element, where))
        self.broken += defines

    def references(self) -> Iterator[Finding]:
        """The marks that refer to no footnote; where as many footnotes are broken, those are the cause, and told."""
        known = {footnote.attrib.get("id", "").strip() for footnote in self.document.root.iter("footnote")}
        dangling = {number: marks for number, marks in self.marks.items() if number not in known}
        if len(dangling) <= self.broken:
            return
        for number, marks in dangling.items():
            element, where = marks[0]
            others = f", which {len(marks)} cells refer to" if len(marks) > 1 else ""
            message = f"{where}there is no footnote {number}{others}"
            hint = "Write the footnote, or remove the mark."
            yield self.finding("XSD005", message, element, hint, "Specification 4.3.6")

    def stray_text(self, element: Element, where: str, declared: Mapping[str, object]) -> Iterator[Finding]:
        texts = [element.text or "", *(child.tail or "" for child in element)]
        stray = next((text.strip() for text in texts if text.strip()), "")
        if stray:
            quoted = "" if element.tag in _NEVER_QUOTED else f" {shown(stray)}"
            message = f"{where}the text{quoted} stands in {caption(element.tag)}, outside of any value"
            hint = "Write it as <value>." if "value" in declared else "Remove it, or put it into an element."
            yield self.finding("XSD006", message, element, hint)
        elif any(texts) and not declared:
            message = f"{where}blanks stand in {caption(element.tag)}, which must be empty"
            yield self.finding("XSD006", message, element, f'Write <{element.tag} id="F1"/>.')

    def structure(self, parent: Element, problem: Problem, slots: tuple[Slot, ...], where: str) -> Finding:
        if problem.kind is Kind.MISSING and problem.slot is not None:
            return self.missing(parent, problem, slots, where)
        child = parent[problem.child]
        message, hint = _misfit(parent, child, problem, slots, self.form)
        code = "XSD008" if problem.kind in {Kind.TOO_MANY, Kind.EXCLUDED} else "XSD001"
        return self.finding(code, where + message, child, hint)

    def missing(self, parent: Element, problem: Problem, slots: tuple[Slot, ...], where: str) -> Finding:
        names = slots[problem.slot or 0].names
        tags = " or ".join(f"<{name}>" for name in names)
        if set(names) == {"value", "footnoteId"}:
            message = f"{where}{caption(parent.tag)} has neither a value nor a footnote"
            hint = "Write a <value>, or refer to the footnote that stands in for it."
            return self.finding("XSD001", message, parent, hint, "Specification 3.3 cm(8)")
        if names == ("value",):
            return self.finding("XSD001", f"{where}{caption(parent.tag)} has no value", parent, "Write a <value>.")
        what = " or ".join(caption(name) for name in names)
        following = problem.child < len(parent)
        place = f"before <{parent[problem.child].tag}>" if following else f"at the end of <{parent.tag}>"
        if not len(parent):
            place = f"into <{parent.tag}>"
        hint = f"Add {tags} {place}. {ABSENT.get(names[0], '')}".rstrip()
        return self.finding("XSD001", f"{where}{what} is missing", parent, hint)

    def finding(self, code: str, message: str, element: Element, hint: str, source: str = "") -> Finding:
        origin = self.document.origin_of(element)
        return error(code, message, origin, hint=hint, source=source or f"Specification {self.section}")


def _misfit(
    parent: Element, child: Element, problem: Problem, slots: tuple[Slot, ...], form: FormType
) -> tuple[str, str]:
    """Message and hint about a child that stands where it may not."""
    if problem.slot is None:
        return _stranger(parent, child, slots, form)
    names = slots[problem.slot].names
    tag = child.tag[:60]
    if problem.kind is Kind.UNKNOWN:
        return f"<{tag}> is unknown here", f"Did you mean <{names[0]}>?"
    if problem.kind is Kind.REPLACED:
        expected = " or ".join(f"<{name}>" for name in names)
        return f"<{tag}> stands where {' or '.join(map(caption, names))} is due", f"Write {expected} here."
    if problem.kind is Kind.MISPLACED:
        return _out_of_order(parent, child, problem.slot, slots)
    if problem.kind is Kind.EXCLUDED:
        other = next((known.tag for known in parent if known.tag in names and known.tag != child.tag), "")
        return f"{caption(child.tag)} and {caption(other)} stand side by side", "Only one of the two can be given."
    return _too_many(parent, child, problem, slots[problem.slot], form)


def _stranger(parent: Element, child: Element, slots: tuple[Slot, ...], form: FormType) -> tuple[str, str]:
    message = f"<{child.tag[:60]}> does not belong in {caption(parent.tag)}"
    if child.tag == "footnoteId":
        return message, "Here no footnote can be referred to: do it from another cell of the line."
    allowed = ", ".join(name for slot in slots for name in slot.names)
    return message, on(form, STRANGERS.get(child.tag, "")) or f"Allowed are {allowed}."


def _too_many(parent: Element, child: Element, problem: Problem, slot: Slot, form: FormType) -> tuple[str, str]:
    count = sum(known.tag in slot.names for known in parent) if len(parent) > MAX_CHILDREN else problem.count
    if parent.tag in _TABLES:
        hint = f"Report the others on a second {form}."
        return f"{_TABLES[parent.tag]} has {count} lines, and {slot.most} are allowed", hint
    if slot.most == 1:
        return f"{caption(child.tag)} stands here {_times(count)}", "Only one can be given."
    return f"there are {count} of {caption(child.tag)}, and {slot.most} are allowed", "Leave out the others."


def _out_of_order(parent: Element, child: Element, number: int, slots: tuple[Slot, ...]) -> tuple[str, str]:
    """Where a misplaced child belongs is told by a neighbour that is there."""
    if child.tag == "value":
        return f"{caption(parent.tag)} has its value behind a footnote mark", "Write <value> first, then the marks."
    tags = {known.tag for known in parent} - {child.tag}
    before = [name for slot in slots[:number] for name in slot.names if name in tags]
    after = [name for slot in slots[number:] for name in slot.names if name in tags]
    place = f"behind <{before[-1]}>" if before else f"before <{after[0]}>" if after else "to its place"
    return f"{caption(child.tag)} stands out of order", f"Move it {place}."


def _superfluous(parent: Element, problem: Problem, slots: tuple[Slot, ...]) -> Iterator[int]:
    """The children that a problem makes not worth a look at what is in them."""
    if problem.kind in {Kind.REPLACED, Kind.EXCLUDED}:
        yield problem.child
    elif problem.kind is Kind.TOO_MANY and problem.slot is not None and slots[problem.slot].most == 1:
        names = slots[problem.slot].names
        yield from (n for n, child in enumerate(parent) if n >= problem.child and child.tag in names)


def _slots(group: XsdGroup) -> tuple[Slot, ...] | None:
    """The order of a content model: elements, and choices between elements; None for a model of another shape."""
    if group.model == "choice":
        return _choice(group)
    if group.model != "sequence" or group.occurs != (1, 1):
        return () if not len(group) else None
    slots: list[Slot] = []
    for item in group:
        if isinstance(item, XsdElement):
            slots.append(Slot((item.name,), item.min_occurs, _most(item)))
        elif isinstance(item, XsdGroup):
            inner = _slots(item)
            if inner is None:
                return None
            slots += inner
        else:
            return None
    return tuple(slots)


def _choice(group: XsdGroup) -> tuple[Slot, ...] | None:
    items = [item for item in group if isinstance(item, XsdElement) and item.max_occurs == 1]
    if len(items) != len(group):
        return None
    least = 0 if any(item.min_occurs == 0 for item in items) else group.min_occurs
    return (Slot(tuple(item.name for item in items), least, _most(group)),)


def _instead(slots: tuple[Slot, ...] | None) -> str:
    """What a cell may hold instead of its value."""
    slot = next((slot for slot in slots or () if "value" in slot.names), None)
    if slot is None or (slot.least and len(slot.names) == 1):
        return ""
    return ", or leave <value> out and refer to a footnote" if slot.least else ", or leave <value> out"


def _most(particle: XsdElement | XsdGroup) -> int:
    return MAX_CHILDREN if particle.max_occurs is None else particle.max_occurs


def _below(parent: Element, child: Element, number: int, count: int, where: str) -> str:
    """How messages about what is below a child begin: with its line, or its number among several."""
    if parent.tag in _TABLES:
        return f"{_TABLES[parent.tag]}, line {number}: "
    if child.tag in _NUMBERED and sum(known.tag == child.tag for known in parent) > 1:
        return f"{CAPTIONS[child.tag]} {count}: "
    return where


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count} times")


def _more(document: XmlDocument) -> Finding:
    message = f"only the first {MOST_FINDINGS} violations of the schema are told"
    return Finding("XSD009", Severity.NOTE, message, document.origin_of(document.root), "Mend these, and check again.")


def _unexplained(document: XmlDocument) -> Finding:
    return error(
        "XSD009",
        "the schema refuses the document for a reason that has no plain words yet",
        document.origin_of(document.root),
        hint="Compare it with the specification's table of elements.",
        source="Specification 3.4, 3.5",
    )
