"""The cases of the rules: `tests/rules/<CODE>/good.*` and `bad.*`, plans and XML, and what is to be found in them.

A case is run as `form4-author check bad.yaml` runs it, in the case's folder, with one thing in the environment: the CCC
of every reporting owner of the cases, so that no plan has to be told that it has none. To see what a case prints:

    cd tests/rules/TXN003 && FORM4_CCC_1999999101='a1b2c3d#' form4-author check bad.yaml

A finding is expected on the line that says so in a comment: `# expect: TXN003 warning` in a plan, `<!-- expect: FTN002
error -->` in XML; `at 1` behind it means another line, where the line itself can hold no comment. All that is printed
is expected, whichever rule or schema says it; a good case prints that it is accepted, and nothing else. `bad.yaml.txt`
holds what is printed of a bad case. A new rule changes none of the others: where it speaks on another's case, either
that case has a second defect, or the rule cries wolf.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import form4_author
from form4_author.findings import Finding
from form4_author.report.file_report import FileReport
from form4_author.report.text import as_text

FOLDER = Path(__file__).parent / "rules"
_EXPECT = re.compile(r"expect: ([A-Z]{3}\d{3}) (error|warning|note)(?: at (\d+))?")


#: The reporting owners of the cases' plans, one of them the issuer itself, and the CCC of each.
OWNERS = (1999999001, 1999999101, 1999999201, 1999999202)
CCC = "a1b2c3d#"


@dataclass(frozen=True)
class Case:
    """One file of a rule's folder, and what is said of it."""

    code: str
    path: Path
    report: FileReport = field(compare=False)

    @property
    def findings(self) -> list[Finding]:
        """All that is said of it."""
        return list(self.report.findings)

    @property
    def found(self) -> list[tuple[str, str, int]]:
        """Code, severity and line of each finding."""
        return sorted(
            (f.code, f.severity.value, f.origin.position.line if f.origin.position else 0) for f in self.findings
        )

    @property
    def expected(self) -> list[tuple[str, str, int]]:
        """Code, severity and line of each finding that the file says it has."""
        return sorted(
            (code, severity, int(at or number))
            for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1)
            for code, severity, at in _EXPECT.findall(line)
        )

    @property
    def printed(self) -> str:
        """All that is said of it, as the command prints it."""
        return as_text(self.report)


def paths(name: str) -> list[Path]:
    """All cases of a name, `good` or `bad`."""
    return sorted(path for path in FOLDER.glob(f"*/{name}.*") if path.suffix in {".yaml", ".xml"})


def judge(path: Path) -> Case:
    """A case with all that the command says of it."""
    with contextlib.chdir(path.parent), pytest.MonkeyPatch.context() as environment:
        for owner in OWNERS:
            environment.setenv(f"FORM4_CCC_{owner}", CCC)
        return Case(path.parent.name, path, form4_author.check(path.name))
