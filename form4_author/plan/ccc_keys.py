"""A plan that holds a CCC is refused.

Code: PLN009 a CCC in the plan.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from form4_author.findings import Finding, Origin, error
from form4_author.masking import holds_known
from form4_author.plan.source import Source
from form4_author.plan.yaml_text import Key


def ccc_keys(data: Any, key: Key, source: Source) -> list[Finding]:
    """A finding for each key named like a CCC's and for each known CCC, wherever in the plan's data below `key`."""
    found: list[Finding] = []
    if isinstance(data, dict):
        for name, value in data.items():
            if holds_known(name) or _is_called_so(name):
                found.append(_refused(source.origin((*key, name), of_key=True)))
            else:
                found += ccc_keys(value, (*key, name), source)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            found += ccc_keys(value, (*key, index), source)
    elif isinstance(data, str) and holds_known(data):
        found.append(_refused(source.origin(key)))
    return found


@lru_cache(maxsize=1024)
def _is_called_so(name: str) -> bool:
    return name.lower().replace("_", "").replace("-", "").endswith("ccc")


def _refused(origin: Origin) -> Finding:
    return error(
        "PLN009",
        "a CCC never stands in a plan: plans are mailed, printed and kept under version control",
        origin,
        hint="Delete the line; give the CCC in the environment variable FORM4_CCC_<CIK>, or in a "
        "file named by --ccc-file. If this plan was shared, change the CCC in EDGAR.",
    )
