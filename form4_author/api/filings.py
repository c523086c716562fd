"""What a filing says, and what begins with one: read, import, amend, roll, compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from form4_author.api.names import Name, input_of
from form4_author.findings import Rejected

if TYPE_CHECKING:
    from datetime import date

    from form4_author.conversion import ConvertedPlan
    from form4_author.filing import Filing
    from form4_author.filing.difference import Difference
    from form4_author.pipeline.examine import Refused


def read_filing(file: Name, *, profiles: Name | None = None) -> Filing:
    """The filing that a plan or an XML file states, as typed data.

    Args:
        file: a plan, ownership XML, edgarSubmission XML or full-submission text.
        profiles: as for `compare`.

    Raises:
        Rejected: the file says no filing; with all findings.
    """
    from form4_author.edgar.ccc import Keyring
    from form4_author.pipeline.examine import Refused, examine
    from form4_author.pipeline.options import CheckOptions

    found = examine(input_of(file, profiles), CheckOptions(), Keyring())
    if isinstance(found, Refused):
        raise Rejected(found.findings, unreadable=found.unreadable)
    return found.filing


def import_filing(file: Name) -> str:
    """The plan, as YAML text, that builds the same document as a Form 3, 4 or 5 of any schema version since X0101.

    Args:
        file: ownership XML, edgarSubmission XML or the full-submission text that EDGAR publishes.

    Raises:
        Rejected: the file can't be read, or holds no such form; with all findings.
    """
    from form4_author.conversion import import_file

    return _text(import_file(input_of(file)))


def amend_filing(file: Name, *, lines: Sequence[int] | None = None, profiles: Name | None = None) -> str:
    """The plan, as YAML text, of the amendment (4/A) of a filed form (General Instruction 9).

    Args:
        file: as for `import_filing`, or the form's plan.
        lines: the lines to carry, counted from 1 through Table I and then Table II: none where the list is empty, as
            for an amendment that adds a forgotten line alone; all by default.
        profiles: as for `compare`.

    Raises:
        Rejected: as for `import_filing`; or the form has no such line (IMP003).
    """
    from form4_author.conversion import amend_file

    return _text(amend_file(input_of(file, profiles), lines))


def roll_filing(file: Name, *, as_of: date | None = None, profiles: Name | None = None) -> str:
    """The plan, as YAML text, of the next form: the closing balances of the last one are its opening balances.

    Args:
        file: as for `amend_filing`.
        as_of: derivatives that expired by this day are pointed out and left out; the last signature's by default.
        profiles: as for `compare`.

    Raises:
        Rejected: as for `import_filing`.
    """
    from form4_author.conversion import roll_file

    return _text(roll_file(input_of(file, profiles), as_of))


def compare(old: Name, new: Name, *, profiles: Name | None = None) -> list[Difference]:
    """What two forms say differently, in the form's words and order; empty where they say the same.

    Numbers are compared by value, dates as calendar dates, footnotes by text.

    Args:
        old: a plan, ownership XML, edgarSubmission XML or full-submission text.
        new: another.
        profiles: a folder of insiders' profiles to look in before all others.

    Raises:
        Rejected: one of them can't be read, or states no filing.
    """
    from form4_author.conversion import compare_files

    return compare_files(input_of(old, profiles), input_of(new, profiles))


def _text(found: ConvertedPlan | Refused) -> str:
    from form4_author.conversion import ConvertedPlan

    if isinstance(found, ConvertedPlan):
        return found.text
    raise Rejected(found.findings, unreadable=found.unreadable)
