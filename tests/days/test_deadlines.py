"""By when each transaction must be reported, and the calendar entries of it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from form4_author.days.business_days import BusinessDays
from form4_author.days.deadlines import calendar_text, due
from form4_author.filing import Filing, Value
from tests.plans import composed, plan_text


def plan(*entries: str) -> Filing:
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return composed(plan_text(transactions=f"transactions:\n{lines}")).filing


SALE = "date: {}, code: S, security: common, amount: 1,000, price: 31.15"


def told(filing: Filing) -> list[tuple[str, str | None, str]]:
    return [(d.line, d.day.isoformat() if d.day else None, d.why) for d in due(filing)]


def test_the_second_business_day_after_the_transaction() -> None:
    assert told(plan(SALE.format("2026-11-18"), SALE.format("2026-11-19"), SALE.format("2026-11-25"))) == [
        ("Table I, line 1", "2026-11-20", "the second business day after the transaction of 2026-11-18"),
        ("Table I, line 2", "2026-11-23", "the second business day after the transaction of 2026-11-19"),
        (
            "Table I, line 3",
            "2026-11-30",
            "the second business day after the transaction of 2026-11-25, leaving out 2026-11-26 (Thanksgiving Day)",
        ),
    ]


def test_a_deemed_execution_date_counts_instead() -> None:
    (deadline,) = due(plan(SALE.format("2026-11-12") + ", deemed_execution_date: 2026-11-17"))
    assert (deadline.traded, deadline.executed, deadline.day) == (
        date(2026, 11, 12),
        date(2026, 11, 17),
        date(2026, 11, 19),
    )
    assert deadline.why == "the second business day after the deemed execution date 2026-11-17"


def test_a_deemed_execution_date_counts_until_the_third_business_day_after_the_trade() -> None:
    (deadline,) = due(plan(SALE.format("2026-11-09") + ", deemed_execution_date: 2026-11-18"))
    assert (deadline.executed, deadline.day) == (date(2026, 11, 13), date(2026, 11, 17))
    assert deadline.why == (
        "the second business day after 2026-11-13, the third business day after the transaction of 2026-11-09, at "
        "which the deemed date ends, leaving out 2026-11-11 (Veterans Day)"
    )


def test_a_deemed_execution_date_before_the_trade_counts_for_nothing() -> None:
    (deadline,) = due(plan(SALE.format("2026-11-18") + ", deemed_execution_date: 2026-11-17"))
    assert (deadline.executed, deadline.day) == (date(2026, 11, 18), date(2026, 11, 20))


OTHER = "date: {}, code: {}, security: common, amount: 10, price: {}, acquired_or_disposed: {}"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (OTHER.format("2026-11-16", "L", 31, "A"), "a small acquisition (Rule 16a-6)"),
        (OTHER.format("2026-11-16", "W", 0, "A"), "by will or inheritance (Rule 16b-5)"),
        (OTHER.format("2026-11-16", "W", 0, "D"), "by will or inheritance (Rule 16b-5)"),
        (OTHER.format("2026-11-16", "Z", 0, "D"), "a deposit into a voting trust, or a withdrawal (Rule 16b-8)"),
        (OTHER.format("2026-11-16", "G", 0, "A"), "a gift received (Rule 16b-5)"),
        (OTHER.format("2026-11-16", "G", 0, "A") + ", early: yes", "a gift received (Rule 16b-5)"),
        (OTHER.format("2023-02-24", "G", 0, "D"), "a gift made before 2023-02-27 (Rule 16a-3(f)(1))"),
        (OTHER.format("2026-11-16", "J", 0, "A") + ", early: yes", "reported early, as a Form 5 transaction"),
    ],
)
def test_what_may_wait_for_form_5_has_no_day(entry: str, why: str) -> None:
    filing = plan(entry)
    (deadline,) = due(filing)
    assert (deadline.day, deadline.firm) == (None, False)
    assert deadline.why == f"may wait for Form 5, 45 days after the fiscal year's end: {why}"
    assert "VEVENT" not in entries(filing)


@pytest.mark.parametrize(
    "entry",
    [
        *(OTHER.format("2026-11-16", code, 31, "D") for code in ("S", "D", "F", "I", "U", "H", "G", "X")),
        *(OTHER.format("2026-11-16", code, 31, "A") for code in ("P", "A", "M", "C", "O")),
        *(OTHER.format("2026-11-16", code, 31, "D") + ", early: yes" for code in ("S", "D", "U", "H", "G")),
    ],
)
def test_what_is_due_on_form_4_has_its_day_also_where_it_is_marked_early(entry: str) -> None:
    (deadline,) = due(plan(entry))
    assert (deadline.day, deadline.firm) == (date(2026, 11, 18), True)
    assert deadline.why == "the second business day after the transaction of 2026-11-16"


@pytest.mark.parametrize("code_and_price", [("J", 0), ("E", 0), ("H", 0)])
def test_what_the_form_doesn_t_tell_has_a_day_that_is_not_firm(code_and_price: tuple[str, int]) -> None:
    filing = plan(OTHER.format("2026-11-16", *code_and_price, "D"))
    (deadline,) = due(filing)
    assert (deadline.day, deadline.firm) == (date(2026, 11, 18), False)
    assert deadline.why.endswith(", unless it is exempt from Section 16(b) and may wait for Form 5")
    assert "VEVENT" in entries(filing)


def test_the_gifts_of_the_new_rule_s_first_day_are_due_on_form_4() -> None:
    days = [deadline.day for deadline in due(plan(*(OTHER.format(f"2023-02-2{day}", "G", 0, "D") for day in (4, 7))))]
    assert days == [None, date(2023, 3, 1)]


def test_an_early_grant_may_wait_where_a_footnote_tells_of_another_exemption() -> None:
    line = OTHER.format("2026-11-16", "A", 0, "A") + ", early: yes, notes: {amount: n}"
    told_of = {
        "Shares acquired under the issuer's employee stock purchase plan.": None,
        "Dividend equivalents on restricted stock units.": None,
        "Granted under the 2020 equity plan, exempt under Rule 16b-3(d).": date(2026, 11, 18),
    }
    for note, day in told_of.items():
        text = plan_text(transactions=f"transactions:\n  - {{{line}}}\n", footnotes=f"footnotes:\n  n: {note}\n")
        assert [deadline.day for deadline in due(composed(text).filing)] == [day]


def test_an_amendment_has_no_day_of_its_own() -> None:
    form = "form: 4/A\noriginal_filing_date: 2026-11-20\n"
    filing = composed(plan_text(form=form)).filing
    (deadline,) = due(filing)
    assert (deadline.day, deadline.firm) == (date(2026, 11, 20), False)
    assert deadline.why == (
        "the second business day after the transaction of 2026-11-18; that was the original's day, an amendment has "
        "none of its own"
    )
    assert "VEVENT" not in entries(filing)


def test_holdings_have_no_deadline_and_both_tables_count() -> None:
    filing = composed(
        plan_text(
            securities="securities:\n  common: Common Stock\n  option: {title: Option, underlying: common,"
            " exercise_price: 4, exercisable: 2024-05-14, expires: 2034-05-14}\n",
            opening="opening:\n  - {security: common, amount: 0}\n  - {security: option, amount: 500}\n",
            transactions="transactions:\n  - {date: 2026-11-18, exercise: option, amount: 100}\n"
            "  - {holding: common, amount: 900, ownership: {indirect: By Spouse}}\n",
        )
    ).filing
    assert [(d.line, d.code, d.security, d.amount) for d in due(filing)] == [
        ("Table I, line 1", "M", "Common Stock", "100"),
        ("Table II, line 1", "M", "Option", "100"),
    ]


def test_the_user_s_calendar_moves_the_day() -> None:
    closed = BusinessDays({date(2026, 11, 20): "EDGAR is closed"}, {})
    (deadline,) = due(plan(SALE.format("2026-11-18")), closed)
    assert deadline.day == date(2026, 11, 23)
    assert deadline.why.endswith("leaving out 2026-11-20 (EDGAR is closed)")


def test_all_days_that_are_left_out_are_named() -> None:
    closed = BusinessDays({date(2026, 11, 27): "EDGAR is closed"}, {})
    (deadline,) = due(plan(SALE.format("2026-11-25")), closed)
    assert deadline.day == date(2026, 12, 1)
    assert deadline.why == (
        "the second business day after the transaction of 2026-11-25, leaving out 2026-11-26 (Thanksgiving Day) and "
        "2026-11-27 (EDGAR is closed)"
    )


def test_a_line_without_a_readable_date_has_no_deadline() -> None:
    filing = plan(SALE.format("2026-11-18"))
    (row,) = filing.table1
    undated = replace(row, transaction_date=replace(row.transaction_date, value=Value("2026-11-31")))
    assert due(replace(filing, table1=(undated,))) == []


def test_an_early_disposition_to_the_issuer_may_wait_as_an_early_grant_may() -> None:
    line = OTHER.format("2026-11-16", "D", 0, "D") + ", early: yes, notes: {amount: n}"
    note = "footnotes:\n  n: Exchanged in a reclassification that is exempt under Rule 16b-7.\n"
    (deadline,) = due(composed(plan_text(transactions=f"transactions:\n  - {{{line}}}\n", footnotes=note)).filing)
    assert (deadline.day, deadline.firm) == (None, False)


# --- calendar entries ---------------------------------------------------------------------------------------------


def entries(*filings: Filing) -> str:
    return calendar_text([(filing, due(filing)) for filing in filings])


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_entry_whole() -> None:
    lines = unfolded(entries(plan(SALE.format("2026-11-18"))))
    at = lines.index("BEGIN:VEVENT")
    uid = lines[at + 1]
    described = (
        "Table I\\, line 1: S 1000 Common Stock of 2026-11-18: the second business day after the transaction of "
        "2026-11-18.\\nEDGAR takes it until 10 p.m. Eastern time."
    )
    assert lines[at:] == [
        "BEGIN:VEVENT",
        uid,
        "DTSTAMP:20261118T000000Z",
        "DTSTART;TZID=America/New_York:20261120T213000",
        "DTEND;TZID=America/New_York:20261120T220000",
        "SUMMARY:Form 4 due: Roe Jane (EXSY)",
        f"DESCRIPTION:{described}",
        *("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Form 4 due", "TRIGGER;RELATED=END:-P1D", "END:VALARM"),
        *("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Form 4 due", "TRIGGER;RELATED=END:-PT2H", "END:VALARM"),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert uid.startswith("UID:")
    assert uid.endswith("@form4-author")
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//form4-author//due//EN"]


def test_one_entry_for_each_last_day() -> None:
    text = entries(plan(SALE.format("2026-11-18"), SALE.format("2026-11-18"), SALE.format("2026-11-19")))
    assert text.count("BEGIN:VEVENT") == 2
    assert "\\, line 2:" in "".join(unfolded(text))


def test_the_same_plan_gives_the_same_bytes_and_another_another_identifier() -> None:
    one, other = plan(SALE.format("2026-11-18")), plan(SALE.format("2026-11-18").replace("1,000", "900"))
    assert entries(one) == entries(plan(SALE.format("2026-11-18")))
    assert len({line for line in unfolded(entries(one, other)) if line.startswith("UID:")}) == 2


def test_an_identifier_never_changes_for_calendars_know_an_entry_by_it() -> None:
    (uid,) = (line for line in unfolded(entries(plan(SALE.format("2026-11-18")))) if line.startswith("UID:"))
    assert uid == "UID:b183298abce28b52c13a3cec85ce4bb4@form4-author"


def test_all_owners_are_named_one_without_a_name_by_its_cik() -> None:
    filing = plan(SALE.format("2026-11-18"))
    (owner,) = filing.owners
    nameless = replace(owner, name=replace(owner.name, text=" "))
    text = entries(replace(filing, owners=(owner, nameless)))
    assert "SUMMARY:Form 4 due: Roe Jane\\, 1999999101 (EXSY)" in unfolded(text)


def test_an_amendment_among_filings_keeps_none_of_the_others_back() -> None:
    sale = plan(SALE.format("2026-11-18"))
    amendment = composed(plan_text(form="form: 4/A\noriginal_filing_date: 2026-11-20\n")).filing
    assert entries(amendment, sale) == entries(sale)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_an_end_of_line_in_a_text_is_one_sign_of_it(ending: str) -> None:
    filing = plan(SALE.format("2026-11-18"))
    symbol = replace(filing.issuer.trading_symbol, text=f"EX{ending}SY")
    text = entries(replace(filing, issuer=replace(filing.issuer, trading_symbol=symbol)))
    assert "SUMMARY:Form 4 due: Roe Jane (EX\\nSY)" in unfolded(text)


def test_a_line_is_folded_only_behind_its_75th_octet_and_so_is_each_further_one() -> None:
    filing = plan(SALE.format("2026-11-18"))
    issuer = replace(filing.issuer, trading_symbol=replace(filing.issuer.trading_symbol, text="X"))

    def summary(name: str) -> list[str]:
        owner = replace(filing.owners[0], name=replace(filing.owners[0].name, text=name))
        lines = entries(replace(filing, issuer=issuer, owners=(owner,))).split("\r\n")
        at = next(number for number, line in enumerate(lines) if line.startswith("SUMMARY:"))
        return lines[at : next(number for number, line in enumerate(lines) if line.startswith("DESCRIPTION:"))]

    before, behind = "SUMMARY:Form 4 due: ", " (X)"
    room = 75 - len(before) - len(behind)
    assert summary("n" * room) == [f"{before}{'n' * room}{behind}"]
    assert summary("n" * (room + 1)) == [f"{before}{'n' * (room + 1)} (X", " )"]
    assert summary("n" * (room + 74)) == [before + "n" * 55, " " + "n" * 70 + behind]
    assert summary("n" * (room + 75)) == [before + "n" * 55, " " + "n" * 71 + " (X", " )"]


def test_lines_are_folded_at_75_octets_and_end_in_carriage_return_and_line_feed() -> None:
    filing = plan(SALE.format("2026-11-18"))
    owner = replace(filing.owners[0], name=replace(filing.owners[0].name, text="Ro\u00eb " * 60 + "; a, b\\c\nd"))
    text = entries(replace(filing, owners=(owner,)))
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert "\\; a\\, b\\\\c\\nd" in "".join(unfolded(text))


@pytest.mark.parametrize("part", ["BEGIN:VTIMEZONE", "TZID:America/New_York", "TZOFFSETTO:-0400", "TZOFFSETTO:-0500"])
def test_the_time_zone_is_in_the_file(part: str) -> None:
    assert part in unfolded(entries(plan(SALE.format("2026-11-18"))))


@pytest.mark.parametrize(
    ("event", "day", "more"),
    [
        ("2026-11-09", "2026-11-19", ""),
        ("2026-11-11", "2026-11-23", "; 2026-11-21 is no business day (Saturday)"),
        ("2026-11-16", "2026-11-27", "; 2026-11-26 is no business day (Thanksgiving Day)"),
    ],
)
def test_a_form_3_is_due_ten_days_after_the_event(event: str, day: str, more: str) -> None:
    held = "holdings:\n  - {security: common, amount: 1}\n"
    text = plan_text(form=f"form: 3\nevent_date: {event}\n", rule_10b5_1="", opening="", transactions=held)
    registered = "where the issuer's class is registered then, the day of its registration"
    why = f"the tenth day after the event of {event}{more}; {registered}"
    assert told(composed(text).filing) == [("Form 3", day, why)]


def test_a_form_5_is_due_45_days_after_the_fiscal_year_and_its_lines_have_no_day() -> None:
    text = plan_text(
        form="form: 5\nfiscal_year_ended: 2026-12-31\n",
        transactions="transactions:\n  - {date: 2026-06-15, code: L, security: common, amount: 1, price: 2}\n",
    )
    filing = composed(text).filing
    passed = "2027-02-14 is no business day (Sunday)"
    why = f"the 45th day after the end of the issuer's fiscal year on 2026-12-31; {passed}"
    assert told(filing) == [("Form 5", "2027-02-16", why)]
    entry = calendar_text([(filing, due(filing))])
    assert "SUMMARY:Form 5 due: Roe Jane (EXSY)\r\n" in entry
    assert "DTEND;TZID=America/New_York:20270216T220000\r\n" in entry
    amended = replace(filing, document_type=Value("5/A"))
    assert [(deadline.firm, deadline.why.rpartition("; ")[2]) for deadline in due(amended)] == [
        (False, "that was the original's day, an amendment has none of its own")
    ]
    assert due(replace(filing, period_of_report=Value("soon"))) == []
