"""Rules and deadlines: rules, explain, due, owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from form4_author.api.names import Name, input_of
from form4_author.findings import Rejected

if TYPE_CHECKING:
    from form4_author.days.deadlines import Deadline
    from form4_author.days.owed import Insider
    from form4_author.pipeline.verbs import Timetable
    from form4_author.preflight import Rule


def rules() -> list[Rule]:
    """The rules that filings are held against, in the order of their codes: code, severity, summary, source, page."""
    from form4_author.preflight import RULES

    return [*RULES]


def explain(topic: str = "") -> str:
    """A page on a finding's code, an event (its lines, source and keys), a kind of footnote or a broker's layout.

    Args:
        topic: a finding's code, such as TXN003, an event, such as exercise, a kind of footnote, such as vests, or a
            layout of a broker's file, such as schwab-history, in whatever case; `events`, `notes` or `layouts` lists
            these, and nothing lists them all.

    Returns:
        Markdown.

    Raises:
        ValueError: there is no such code, event, footnote or layout.
    """
    from form4_author.codes import all_codes, find_code
    from form4_author.events import catalogue as events
    from form4_author.executions.layout import layout_page, layouts
    from form4_author.pipeline.options import OptionError
    from form4_author.plan import note_pages as notes
    from form4_author.plan.entries import all_kinds, find_kind
    from form4_author.plan.scalars import did_you_mean
    from form4_author.preflight import RULES, catalogue, find_rule

    lists = {
        "events": "".join(f"{kind.name:<22} {events.summary(kind)}\n" for kind in all_kinds()),
        "notes": "".join(f"{kind.name:<22} {notes.text(kind)}\n" for kind in notes.all_notes()),
        "layouts": "".join(f"{key:<28} {layout.name or layout.holds}\n" for key, layout in sorted(layouts().items())),
    }
    if topic.lower() in ("", *lists):
        return lists.get(topic.lower(), "\n".join(lists.values()))
    rule, kind, code, note = find_rule(topic), find_kind(topic), find_code(topic), notes.find_note(topic)
    if rule is not None:
        return f"{rule.code}: {rule.summary}\n\n{catalogue.page(rule)}"
    pages = []
    if kind is not None:
        pages.append(f"{kind.name}: {events.summary(kind)}\n\n{events.page(kind)}")
    if note is not None:
        pages.append(f"{note.name}: a footnote\n\n{notes.page(note)}")
    if code is not None:
        pages.append(f"{code.code}: {code.summary}\n\n{code.text}")
    if (layout := layouts().get(topic.lower())) is not None:
        pages.append(layout_page(layout))
    if pages:
        return "\n".join(pages)
    codes = [*(rule.code for rule in RULES), *(known.code for known in all_codes())]
    names = [*(kind.name for kind in all_kinds()), *(note.name for note in notes.all_notes()), *lists]
    near = did_you_mean(topic, [*codes, *names]) or did_you_mean(topic, layouts()).partition("Known here")[0]
    raise OptionError("topic", f"there is no code, event, footnote or layout {topic}. {near}".strip())


def due(file: Name, *, profiles: Name | None = None) -> list[Deadline]:
    """By when each transaction of a form must be reported, in the order of the form, whatever else is wrong with it.

    A plan that makes several forms tells of one after the other.

    That is the end of the second business day (Rule 16a-3(g)), until 10 p.m. Eastern time. Days that the user's own
    edgar-days.csv adds count.

    Args:
        file: as for `check`.
        profiles: as for `build`.

    Raises:
        Rejected: the file states no filing, or the user's days can't be read.
    """
    return [deadline for told in _timetables(file, profiles) for deadline in told.deadlines]


def owed(files: Sequence[Name], *, profiles: Name | None = None) -> list[Insider]:
    """What each insider owes by several forms: on which form, by when, for how many transactions.

    Args:
        files: as for `check`.
        profiles: as for `build`.

    Raises:
        Rejected: as for `due`, of the first such file.
    """
    from form4_author.days.owed import owed
    from form4_author.pipeline.examine import users_days

    return owed([(told.filing, told.deadlines) for file in files for told in _timetables(file, profiles)], users_days())


def due_calendar(files: Sequence[Name], *, profiles: Name | None = None) -> str:
    """Calendar entries for what `due` says of several forms, as iCalendar text (RFC 5545), with the line ends it wants.

    Args:
        files: as for `check`; an entry stands for each form and last day, each Form 5
            that transactions wait for where its day is known, and each end of a trading plan's cooling-off.
        profiles: as for `build`.

    Raises:
        Rejected: as for `due`, of the first such file.
    """
    from form4_author.days.agenda import agenda
    from form4_author.pipeline.examine import users_days

    told = [(one.filing, one.deadlines) for file in files for one in _timetables(file, profiles)]
    return agenda(told, users_days()).calendar()


def _timetables(file: Name, profiles: Name | None) -> list[Timetable]:
    from form4_author.pipeline.examine import Refused, users_days
    from form4_author.pipeline.verbs import due_file

    told = []
    for found in due_file(input_of(file, profiles), users_days()):
        if isinstance(found, Refused):
            raise Rejected(found.findings, unreadable=found.unreadable)
        told.append(found)
    return told
