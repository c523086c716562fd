"""docs/rules.md from the catalogue, the rules' own cases and the recorded rates.

python -m tests.rules_page > docs/rules.md
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from pathlib import Path
from typing import Any

from form4_author.preflight import RULES, Rule
from form4_author.preflight.catalogue import FAMILIES, page
from tests.rule_cases import FOLDER
from tests.rule_rates import RATES

_MARKER = re.compile(r"\s*(?:# expect: .*|<!-- expect: .*? -->)")
_WHOLE = 24
_WIDTH = 112

_HEAD = """\
# Rules

Made from the rules themselves; renew it with `python -m tests.rules_page > docs/rules.md`.

Preflight looks at a filing as EDGAR would, and as the partner who signs off on it. It finds what EDGAR suspends
although the SEC's schema passes it, what a practitioner would send back, and what only arithmetic shows. `form4-author
check` runs it on plans, on ownership XML of any tool and on filings from sec.gov; `form4-author explain CODE` prints
one page.

- An **error** stands where a source says that EDGAR refuses the filing. Errors can't be waived.
- A **warning** is what a practitioner would send back. A plan lets one stand with a reason, which the report keeps:
  `waivers: [{code: TXN014, reason: The broker told us on Friday.}]`. With `--strict` a warning refuses the filing.
- A **note** is good to know.

A code is three letters of its topic and three digits. It never changes its meaning, and is never given out again.

The examples are the rules' own test cases, below [tests/rules](../tests/rules). Their plans include
[_base.yaml](../tests/rules/_base.yaml), which has the issuer, the owner and all else that a plan needs; of XML files
the lines in question are shown.

What the rules can't know stands in [a page of its own](cannot-know.md), how days are counted in
[deadlines](deadlines.md), and the codes of all other findings in [codes](codes.md).
"""

_RATES = """
## How often they speak

Over {filings:,} filings that EDGAR accepted (2004 to 2026; schemas X0202 to X0609), measured by
`python -m tests.rule_rates`. No rule at error level speaks on any of them. Rules on what one submits are measured as if
each were submitted, with CCCs and without what EDGAR adds. Not measured are the rules on a submission as a whole (SUB):
a filing is published without the envelope that it came in, and what was in that can't be told from it. Nor are those
that judge Forms 3 or 5 alone: of these forms too few are at hand for a rate.

| rule | level | filings | share |
|---|---|---|---|
{rows}

TXN014 and TXN012 speak on more than 3%; nearly all hits of the first, and the messages of all of the second, have
been read. TXN014: those forms really are signed after the second business day, by one day to two years. TXN012: in a
third the box is ticked without a date; the others tick it for a plan of before February 27, 2023, most of them in the
first months of the box.

## How much of the footnotes is understood

| footnotes | number | share |
|---|---|---|
{notes}

A rule that reads footnotes is silent about one that it doesn't understand.
"""


def text() -> str:
    """The whole page."""
    return page_of(json.loads(RATES.read_text("utf-8")))


def page_of(recorded: dict[str, Any]) -> str:
    """The whole page with those rates; a rule that they lack is not measured yet."""
    parts = [_HEAD, "\n## All rules\n\n| code | level | finds |\n|---|---|---|\n"]
    parts += [f"| [{r.code}](#{_anchor(r)}) | {r.severity.value} | {r.summary} |\n" for r in RULES]
    parts.append(_rates(recorded))
    for family, title in FAMILIES.items():
        parts.append(f"\n## {family}: {title[0].lower()}{title[1:]}\n")
        parts += [_rule(rule) for rule in RULES if rule.code.startswith(family)]
    return "\n".join(line.rstrip() for line in "".join(parts).split("\n"))


def _rates(recorded: dict[str, Any]) -> str:
    filings = recorded["filings"]
    rows = [
        f"| {rule.code} | {rule.severity.value} | {_rate(rule, recorded['rules'].get(rule.code), filings)} |"
        for rule in RULES
        if rule.check is not None and recorded["rules"].get(rule.code) != 0
    ]
    notes = [
        f"| {name} | {number:,} | {number / recorded['footnotes'][name.partition(':')[0]]:.0%} |"
        for name, number in recorded["footnotes"].items()
    ]
    return _RATES.format(filings=filings, rows="\n".join(rows), notes="\n".join(notes))


def _rate(rule: Rule, number: int | None, filings: int) -> str:
    if number is None:
        return "not measured yet | " if "4" in rule.forms else "not measured | "
    return f"{number} | {number / filings:.2%}"


def _title(rule: Rule) -> str:
    return f"{rule.code}: {rule.summary}"


def _anchor(rule: Rule) -> str:
    return re.sub(r"[^\w\- ]", "", _title(rule).lower()).replace(" ", "-")


def _rule(rule: Rule) -> str:
    parts = [f"\n### {_title(rule)}\n\n{page(rule)}"]
    for path in sorted((FOLDER / rule.code).glob("bad.*")):
        if path.suffix == ".txt":
            continue
        good = path.with_name(f"good{path.suffix}")
        wrong, right = _examples(path, good)
        language = path.suffix[1:]
        said = path.with_name(f"{path.name}.txt").read_text("utf-8")
        parts.append(f"\nWrong:\n\n```{language}\n{wrong}```\n\n```text\n{_said(said)}```\n")
        if right:
            parts.append(f"\nRight:\n\n```{language}\n{right}```\n")
    return "".join(parts)


def _said(printed: str) -> str:
    """What is printed, without the markers and the verdict."""
    lines = [_MARKER.sub("", line) for line in printed.splitlines()[:-1]]
    return "".join(f"{re.sub(r' +# exp.*$', '', line)}\n" for line in lines)


def _examples(bad: Path, good: Path) -> tuple[str, str]:
    """The wrong and the right example: whole plans, of XML and of long plans the lines that differ."""
    wrong, right = _lines(bad), _lines(good)
    if bad.suffix == ".yaml" and max(len(wrong), len(right)) <= _WHOLE:
        return _block(wrong), _block(right)
    groups = list(difflib.SequenceMatcher(None, wrong, right, autojunk=False).get_grouped_opcodes(2))
    one, two = [], []
    for number, group in enumerate(groups):
        if number:
            one.append("...")
            two.append("...")
        one += wrong[group[0][1] : group[-1][2]]
        two += right[group[0][3] : group[-1][4]]
    return _block(one), _block(two)


def _lines(path: Path) -> list[str]:
    return [_MARKER.sub("", line) for line in path.read_text("utf-8").splitlines()]


def _block(lines: list[str]) -> str:
    shown: list[str] = []
    for line in lines:
        cut = "            ..." if re.fullmatch(r"\s+[A-Za-z0-9+/=]{20,}", line) else line
        cut = cut if len(cut) <= _WIDTH else f"{cut[:_WIDTH]}..."
        if not shown or cut != shown[-1] or not cut.endswith("..."):
            shown.append(cut)
    kept = shown if len(shown) <= _WHOLE else [*shown[: _WHOLE // 2], "...", *shown[-_WHOLE // 2 :]]
    return "".join(f"{line}\n" for line in kept)


if __name__ == "__main__":
    sys.stdout.write(text())
