"""Whose form a file holds: the issuer and the owners by their CIKs, of a filing, and of a file that isn't composed yet.

Who looks for an insider's other forms in a folder has most of its files to pass over; a plan that leaves it to others
whose form it is, by an include, by the form it goes on from or by its owners' profiles, is followed that far.
"""

from __future__ import annotations

import re

from form4_author.files.inputs import PLANS, Input
from form4_author.filing import Filing
from form4_author.pipeline.loading import load_plan

Parties = tuple[str, frozenset[str]]
"""The CIK of an issuer and those of the owners, without leading zeros."""

_NUMBER = re.compile(rb"\d{1,10}")
_ELSEWHERE = re.compile(rb"^[ \t{]*(?:include|for_each|follows|amends)\b|\binclude:", re.MULTILINE)
_OWNERS = re.compile(rb"^owners:.*+(?:\n(?!\w).*+)*+", re.MULTILINE)
_PROFILE = re.compile(
    rb"(?:^owners:[ \t]*+\[?+|\}[ \t]*+,)[ \t]*+[\w.][\w.-]*+[ \t\r]*+(?:[,\]#]|$)"
    rb"|^[ \t]*+-[ \t]++[\w.][\w.-]*+[ \t\r]*+(?:#|$)",
    re.MULTILINE,
)


def parties_of(filing: Filing) -> Parties:
    """The issuer and the owners of a filing."""
    owners = frozenset(bare(owner.cik.text) for owner in filing.owners)
    return bare(filing.issuer.cik.text), owners - {""}


def numbers_in(file: Input, data: bytes) -> frozenset[str]:
    """The numbers in a file that may be CIKs, without leading zeros; with those of the files that say more of it.

    Args:
        file: a plan, ownership XML or submission.
        data: its bytes.

    Raises:
        Rejected: it is a plan that can't be loaded, or can't be followed.
    """
    owners = _OWNERS.search(data)
    plan = file.path is not None and file.path.suffix.lower() in PLANS
    if not plan or not (_ELSEWHERE.search(data) or (owners and _PROFILE.search(owners[0]))):
        return frozenset(number.decode().lstrip("0") for number in _NUMBER.findall(data))
    forms = [form.source.data for form in load_plan(file, data, {}).forms()]
    parties = [party for form in forms for party in (form.get("issuer"), *_listed(form.get("owners")))]
    return frozenset(bare(str(party["cik"])) for party in parties if isinstance(party, dict) and "cik" in party)


def bare(cik: str) -> str:
    """A CIK without leading zeros."""
    return cik.strip().lstrip("0")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
