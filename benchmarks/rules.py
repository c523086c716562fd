"""All rules of preflight on real filings, against xmlschema's bare validation of the same documents.

    .venv/bin/python -m benchmarks.rules [--rounds N] [--every N]

For each filing both run in turn, on what is parsed already: the rules on the filing, xmlschema on the element tree with
the schema built beforehand. A filing's ratio is the rules' best time over xmlschema's best time. Footnotes are read
anew in every round. The filings are the reference data beside the checkout. Aim: a median of at most 0.20.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import xmlschema

from form4_author.edgar import ownership_xml, xml_source
from form4_author.filing import footnote_claims, footnote_language
from form4_author.preflight import run
from form4_author.resources import resource
from form4_author.sec_codes import schema_for

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "form4"
AIM = 0.20
_READERS = [
    part
    for module in (footnote_claims, footnote_language)
    for part in vars(module).values()
    if hasattr(part, "cache_clear")
]


@cache
def schema(version: str, *, amendment: bool) -> xmlschema.XMLSchema:
    """The schema of a version, built once."""
    name = "ownership4ADocument.xsd" if amendment else "ownership4Document.xsd"
    return xmlschema.XMLSchema(str(resource("schemas", "edgar", schema_for(version), name)))


def best(action: Callable[[], object], rounds: int) -> float:
    """The shortest of several times, in seconds."""
    times = []
    for _ in range(rounds):
        for reader in _READERS:
            reader.cache_clear()
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description="preflight against xmlschema")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--every", type=int, default=10, help="take every Nth filing")
    chosen = options.parse_args()
    if not CORPUS.exists():
        sys.exit(f"the reference filings are not there: {CORPUS}")
    rows = []
    for path in sorted(CORPUS.rglob("*.xml"))[:: chosen.every]:
        document = xml_source.parse(path.read_bytes(), path.name)
        filing = ownership_xml.read(document)
        against = schema(filing.version, amendment=filing.is_amendment)
        rules = best(partial(run, filing), chosen.rounds)
        floor = best(partial(against.is_valid, document.root), chosen.rounds)
        rows.append((rules / floor, rules, floor, path.name))
    ratios = [ratio for ratio, *_ in rows]
    low, middle, high = statistics.quantiles(ratios, n=4)
    slowest = max(rows, key=lambda row: row[1])
    print(f"{len(rows)} filings, best of {chosen.rounds}")
    print(f"rules       median {statistics.median(row[1] for row in rows) * 1000:8.3f} ms")
    print(f"xmlschema   median {statistics.median(row[2] for row in rows) * 1000:8.3f} ms")
    print(
        f"ratio       median {middle:8.3f}   quartiles {low:.3f} to {high:.3f}   largest {max(ratios):.3f}   aim {AIM}"
    )
    print(f"slowest     {slowest[1] * 1000:.3f} ms against {slowest[2] * 1000:.3f} ms ({slowest[3]})")
    return 0 if middle <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
