"""What lies in a submission -> text for people, JSON for programs; no CCC, and no hash that could give one away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from form4_author.edgar.contents import Contents, Part, hash_of
from form4_author.edgar.unwrap import Wrapping
from form4_author.filing import Filing
from form4_author.masking import masked_words
from form4_author.printable import printable

_LONGEST = 300
_MEANT = {"TEST": "a test: EDGAR would file nothing", "LIVE": "EDGAR would file it"}


def contents_text(file: str, found: Contents, written: Mapping[int, str]) -> str:
    """What is inside, for people.

    Args:
        file: the submission's name.
        found: what is in it.
        written: the file that each document was written to, by its number from 1.
    """
    lines = [f"{_shown(file)}: {_head(found)}, {_bytes(found.size)}"]
    name, telephone, email = found.contact
    facts = [*_form_facts(found.form), ("contact", ", ".join(filter(None, (name, telephone, email))))]
    facts.append(("notified", ", ".join(found.notified)))
    lines += [f"  {label:<9} {_shown(text)}" for label, text in facts if text]
    for number, part in enumerate(found.parts, start=1):
        lines += _part_lines(number, part, written.get(number, ""))
    if found.number > len(found.parts):
        lines.append(f"  and {found.number - len(found.parts):,} more documents")
    return "\n".join([*lines, f"  {_count(found.number)}"]) + "\n"


def contents_data(found: Contents, written: Mapping[int, str]) -> dict[str, Any]:
    """The same as plain data; `null` where something isn't stated or known."""
    name, telephone, email = found.contact
    return {
        "kind": found.wrapping.value,
        "bytes": found.size,
        "submission_type": _or_none(found.submission_type),
        "test_or_live": _or_none(found.test_or_live),
        "contact": {"name": _or_none(name), "phone": _or_none(telephone), "email": _or_none(email)},
        "notified": [_said(address) for address in found.notified],
        "accession": found.accession or None,
        "filed": found.filed or None,
        "form": _form_data(found.form),
        "documents": [
            {
                "name": _or_none(part.name),
                "type": _or_none(part.type),
                "description": _or_none(part.description),
                "content": part.kind or None,
                "bytes": None if part.content is None else len(part.content),
                **_hash(part),
                "written": written.get(number),
            }
            for number, part in enumerate(found.parts, start=1)
        ],
        "number": found.number,
    }


def _head(found: Contents) -> str:
    if found.wrapping is Wrapping.ENVELOPE:
        kind = f"{_shown(found.test_or_live) or 'neither TEST nor LIVE'} submission of type"
        meant = _MEANT.get(found.test_or_live, "")
        return f"{kind} {_shown(found.submission_type) or '(none)'}" + (f" ({meant})" if meant else "")
    if found.wrapping is Wrapping.PUBLISHED:
        filed = f", filed {found.filed}" if found.filed else ""
        return f"submission{f' {found.accession}' if found.accession else ''} as EDGAR published it{filed}"
    return "an ownership document by itself, in no envelope"


def _form_facts(form: Filing | None) -> list[tuple[str, str]]:
    if form is None:
        return []
    issuer = form.issuer
    told = (issuer.name.text, issuer.trading_symbol.text, f"CIK {issuer.cik.text.strip()}")
    facts = [("form", form.document_type.text.strip()), ("issuer", _joined(told))]
    for owner in form.owners:
        has = "CCC inside, not shown" if owner.has_ccc else "no CCC inside"
        facts.append(("owner", _joined((owner.name.text, f"CIK {owner.cik.text.strip()}", has))))
    return [*facts, ("period", form.period_of_report.text.strip())]


def _joined(parts: tuple[str, ...]) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())


def _form_data(form: Filing | None) -> dict[str, Any] | None:
    if form is None:
        return None
    return {
        "type": _or_none(form.document_type.text),
        "period": _or_none(form.period_of_report.text),
        "issuer": {
            "cik": _or_none(form.issuer.cik.text),
            "name": _or_none(form.issuer.name.text),
            "symbol": _or_none(form.issuer.trading_symbol.text),
        },
        "owners": [
            {"cik": _or_none(owner.cik.text), "name": _or_none(owner.name.text), "has_ccc": owner.has_ccc}
            for owner in form.owners
        ],
    }


def _part_lines(number: int, part: Part, written: str) -> list[str]:
    told = f"{part.kind}, {_bytes(len(part.content))}" if part.content is not None else "can't be taken out"
    head = f"  {number}  {_shown(part.name) or '(no name)'}  {_shown(part.type) or '(no type)'}  {told}"
    lines = [head + (f"  {_shown(part.description)}" if part.description else "")]
    if part.content is not None:
        hashed, had_ccc = hash_of(part.content)
        lines.append(f"     sha256{' without CCC' if had_ccc else ''} {hashed or 'not told: a CCC may stand in it'}")
    return [*lines, *([f"     written to {_shown(written)}"] if written else [])]


def _hash(part: Part) -> dict[str, str | None]:
    if part.content is None:
        return {"sha256": None}
    hashed, had_ccc = hash_of(part.content)
    return {"sha256_without_ccc" if had_ccc else "sha256": hashed or None}


def _bytes(number: int) -> str:
    return f"{number:,} byte{'' if number == 1 else 's'}"


def _count(number: int) -> str:
    return f"{number:,} document{'' if number == 1 else 's'}"


def _said(text: str) -> str:
    return masked_words(text.strip())


def _or_none(text: str) -> str | None:
    return _said(text) or None


def _shown(text: str) -> str:
    shown = printable(_said(text))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."
