"""What is proposed, a plan or a line of one -> the statements that `proposals` weighs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from form4_author.files.inputs import Input
from form4_author.files.reading import identity
from form4_author.filing import ReportingOwner
from form4_author.filing.titles import security_class
from form4_author.findings import Rejected
from form4_author.pipeline.examine import Refused
from form4_author.pipeline.options import OptionError
from form4_author.plan.source import loads
from form4_author.plan.writing import plan_text
from form4_author.short_swing.statements import Statement, stated
from form4_author.short_swing.trades import Insider, insiders

OPTION = "propose"
_NAME = "--propose"


def is_line(text: str) -> bool:
    """Whether what is proposed is a line, not the name of a plan."""
    return text.lstrip().startswith("{")


def without_proposed(inputs: Sequence[Input], proposed: str) -> list[Input]:
    """The files without the one that is proposed, whatever it is called there."""
    this = None if is_line(proposed) else identity(Path(proposed))
    return [file for file in inputs if this is None or file.path is None or identity(file.path) != this]


def read_proposed(proposed: str, statements: Sequence[Statement], profiles: Path | None = None) -> list[Statement]:
    """What is proposed.

    Args:
        proposed: the name of a plan; or a line as it stands among a plan's transactions, in braces.
        statements: what is reported, by one insider where a line is proposed.
        profiles: a folder of insiders' profiles to look in before all others.

    Raises:
        OptionError: a line whose insider or security can't be told, or a plan that proposes nothing.
        Rejected: the plan or the line can't be read.
    """
    plan = Input(proposed, Path(proposed), profiles=profiles)
    told = _read(_of_line(proposed, statements) if is_line(proposed) else plan)
    if all(row.holding for one in told for row in one.filing.rows):
        raise OptionError(OPTION, "no transaction is proposed")
    return told


def _read(file: Input) -> list[Statement]:
    found = stated(file)
    told = [one for one in found if isinstance(one, Statement)]
    findings = [finding for one in found for finding in one.findings]
    if len(told) < len(found) or (findings and file.name == _NAME):
        raise Rejected(findings, unreadable=any(isinstance(one, Refused) and one.unreadable for one in found))
    return told


def _of_line(line: str, statements: Sequence[Statement]) -> Input:
    people = insiders(statements)
    if len(people) != 1:
        raise OptionError(OPTION, f"a line is of one insider, and the files tell of {len(people)}: name a plan")
    head = f"transactions: [{line.strip()}]\n"
    entry = loads(head, name=_NAME).data["transactions"][0]
    name = str(entry.get("security", "")) if isinstance(entry, dict) else ""
    (insider,) = people
    owner = insider.owner_on(insider.statements[-1].filing) or ReportingOwner()
    rest = {
        "issuer": {"cik": insider.issuer, "name": "none", "symbol": "NONE"},
        "owners": [{"cik": insider.owner, "name": "none", **_boxes(owner)}],
        "rule_10b5_1": "no",
        "securities": {name: _title(name, insider)} if name else {},
        "opening": [{"security": name, "amount": "999999999999"}] if name else [],
        "signatures": [{"name": "none", "date": "2000-01-03"}],
    }
    return Input(_NAME, None, (head + plan_text(rest, {}, "")).encode())


def _boxes(owner: ReportingOwner) -> dict[str, str]:
    boxes = {
        "director": owner.is_director,
        "officer": owner.is_officer,
        "ten_percent_owner": owner.is_ten_percent_owner,
    }
    return {key: "yes" for key, box in boxes.items() if box.truth} or {"other": "yes"}


def _title(name: str, insider: Insider) -> str:
    """The title of a security of Table I, by the name that a plan has for it, or by the title itself."""
    for told in reversed(insider.statements):
        known = told.plan.securities.get(name) if told.plan is not None else None
        if known is not None and not known.derivative:
            return known.title
    titles = list(dict.fromkeys(trade.title for trade in insider.trades if not trade.row.derivative))
    same = [title for title in titles if security_class(title) == security_class(name)]
    if not same:
        raise OptionError(OPTION, f"{name} is no security of Table I in these files: {', '.join(titles) or 'none'}")
    return same[-1]
