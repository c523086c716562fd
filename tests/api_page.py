"""docs/api.md from the package's own docstrings: `python -m tests.api_page > docs/api.md`."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator

import form4_author

HEAD = """\
# The Python interface

Made from the docstrings; renew it with `python -m tests.api_page > docs/api.md`. The examples are run by the tests.

What the command line does, a program can, under the same names and with the same options:

```python
import form4_author

report = form4_author.build("plan.yaml", "build", pdf=False)
assert report.accepted
print(report.outputs)
for finding in report.findings:
    print(finding.origin.position, finding.severity, finding.code, finding.message, finding.hint)
```

- No function prints. Those that give a report don't raise for what stands in a file: that is a finding in the report.
  The others raise `Rejected`, with the findings. An option that can't be, or that doesn't go with another, is a
  `ValueError`.
- Files are named by their paths. Amounts are decimals from the author's own text; dates are calendar dates.
- CCCs come from the environment (`FORM4_CCC_<CIK>`) or from `ccc_file`, as on the command line. The first call takes
  those of the environment out of `os.environ`.
- The types are checked (`py.typed`). Names that this page doesn't have may change without a word in the
  [changelog](../CHANGELOG.md).

## Examples

A linter for someone else's XML, which tells only what EDGAR would refuse:

```python
import form4_author

report = form4_author.check("filed.xml", ignore="OWN005")
errors = [one for one in report.findings if one.severity is form4_author.Severity.ERROR]
print(report.accepted, [(one.code, one.message) for one in errors])
```

A batch that goes on whatever one plan holds:

```python
import form4_author

for report in form4_author.build_many(["plan.yaml", "broken.yaml"], "out", pdf=False, jobs=2):
    print(report.file, "accepted" if report.accepted else [finding.code for finding in report.findings])
```

The data of a filing, and what differs between two:

```python
import form4_author

filing = form4_author.read_filing("plan.yaml")
print(filing.issuer.trading_symbol.text, [owner.name.text for owner in filing.owners])
for difference in form4_author.compare("filed.xml", "plan.yaml"):
    print(difference.place, difference.column, difference.old, difference.new)
```

By when it must be filed, and what is owed under Section 16(b):

```python
import form4_author

for deadline in form4_author.due("plan.yaml"):
    print(deadline.line, deadline.day, deadline.why)
print(form4_author.short_swing_profit(["plan.yaml"])["insiders"])
```

From a filing to a plan and on to the next one:

```python
from pathlib import Path

import form4_author

try:
    Path("imported.yaml").write_text(form4_author.import_filing("filed.xml"))
    Path("next.yaml").write_text(form4_author.roll_filing("filed.xml"))
except form4_author.Rejected as refused:
    print([finding.message for finding in refused.findings])
```
"""


def page() -> str:
    """The whole page."""
    functions = [name for name in form4_author.__all__ if inspect.isfunction(getattr(form4_author, name))]
    values = [name for name in form4_author.__all__ if inspect.isclass(getattr(form4_author, name))]
    parts = [HEAD, "## Functions\n", *map(_function, functions), "## Types\n", *map(_type, values)]
    version = "## \\_\\_version\\_\\_\n\nThe version, as text: that of the package's metadata.\n"
    return "\n".join([*parts, version])


def _function(name: str) -> str:
    signature = str(inspect.signature(getattr(form4_author, name)))
    for word in ("form4_author.report.file_report.", "form4_author.findings.", "pathlib."):
        signature = signature.replace(word, "")
    signature = re.sub(r"(: |-> )(['\"])(.*?)\2(?=[,)= ]|$)", r"\1\3", signature)
    signature = re.sub(r"\bName\b", "str | PathLike[str]", signature)
    return f"### {name}\n\n```text\n{name}{_wrapped(signature)}\n```\n\n{_doc(name)}"


def _type(name: str) -> str:
    return f"### {name}\n\n{_doc(name)}"


def _wrapped(signature: str) -> str:
    """A long signature a parameter a line."""
    if len(signature) < 90:
        return signature
    inside, _, result = signature[1:].rpartition(") -> ")
    return "(\n" + "".join(f"    {one},\n" for one in _parted(inside)) + f") -> {result}"


def _parted(inside: str) -> Iterator[str]:
    depth, begin = 0, 0
    for at, sign in enumerate(inside):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            yield inside[begin:at].strip()
            begin = at + 1
    yield inside[begin:].strip()


def _doc(name: str) -> str:
    """A docstring as Markdown: its sections as lists."""
    lines = (inspect.getdoc(getattr(form4_author, name)) or "").splitlines()
    told: list[str] = []
    section = ""
    for line in lines:
        if line in {"Args:", "Returns:", "Raises:", "Attributes:"}:
            section = line.rstrip(":")
            told += [f"**{section}**", ""]
        elif section and (found := re.match(r"    (\w+(?: or \w+)?): (.*)", line)) and section != "Returns":
            told.append(f"- `{found[1]}`: {found[2]}")
        elif section and line.startswith("        "):
            told.append(f"  {line.strip()}")
        elif section and line.strip():
            told.append(line.strip())
        else:
            told.append(line)
    return re.sub(r"(?<!`)<(\w+)>(?!`)", r"\\<\1>", "\n".join(told)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
