"""Filings for the tests of the page: a small one, a joint one, and the largest that the schema lets through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from form4_author.filing import (
    ABSENT,
    DocumentKind,
    Field,
    Filing,
    Footnote,
    Issuer,
    Medium,
    ReportingOwner,
    Row,
    Signature,
    Table,
    Value,
)

LARGEST_NUMBER = "999999999999.9999"


def field(text: str = "", *notes: int) -> Field:
    """A cell with a value, the marks of footnotes, or both."""
    return Field(Value(text) if text else ABSENT, tuple(Value(f"F{note}") for note in notes))


def exercise_and_sell(version: str = "X0306") -> Filing:
    """An option exercised and the shares sold on one day: two lines of Table I, one of Table II, three footnotes."""
    exercise = Row(
        table=Table.I,
        holding=False,
        security_title=field("Common Stock"),
        transaction_date=field("2013-11-22"),
        coding=field("", 1),
        form_type=Value("4"),
        code=Value("M"),
        equity_swap=Value("0"),
        shares=field("10000"),
        price_per_share=field("4.8"),
        acquired_disposed=field("A"),
        shares_owned_following=field("10000"),
        direct_or_indirect=field("D"),
    )
    sale = Row(
        table=Table.I,
        holding=False,
        security_title=field("Common Stock"),
        transaction_date=field("2013-11-22"),
        coding=field("", 1),
        form_type=Value("4"),
        code=Value("S"),
        equity_swap=Value("0"),
        shares=field("10000"),
        price_per_share=field("22.5307", 2),
        acquired_disposed=field("D"),
        shares_owned_following=field("0"),
        direct_or_indirect=field("D"),
    )
    option = Row(
        table=Table.II,
        holding=False,
        security_title=field("Stock Option (right to buy)"),
        conversion_or_exercise_price=field("4.8"),
        transaction_date=field("2013-11-22"),
        coding=field("", 1),
        form_type=Value("4"),
        code=Value("M"),
        equity_swap=Value("0"),
        shares=field("10000"),
        price_per_share=field("0.00"),
        acquired_disposed=field("D"),
        exercise_date=field("", 3),
        expiration_date=field("2021-04-28"),
        underlying_title=field("Common Stock"),
        underlying_shares=field("10000"),
        shares_owned_following=field("92394"),
        direct_or_indirect=field("D"),
    )
    texts = ("Under a trading plan adopted on August 28, 2013.", "A weighted average price.", "Exercisable at once.")
    return Filing(
        version=version,
        kind=DocumentKind.RECORD,
        medium=Medium.XML,
        document_type=Value("4"),
        period_of_report=Value("2013-11-22"),
        issuer=Issuer(cik=Value("0001107843"), name=Value("QUALYS, INC."), trading_symbol=Value("QLYS")),
        owners=(
            ReportingOwner(
                cik=Value("0001234567"),
                name=Value("Roe Jane"),
                street1=Value("C/O QUALYS, INC."),
                street2=Value("1600 BRIDGE PARKWAY"),
                city=Value("REDWOOD CITY"),
                state=Value("CA"),
                zip_code=Value("94065"),
                is_officer=Value("1"),
                officer_title=Value("VP, OPERATIONS"),
            ),
        ),
        table1=(exercise, sale),
        table2=(option,),
        footnotes=tuple(Footnote(id=Value(f"F{n}"), text=Value(text)) for n, text in enumerate(texts, 1)),
        remarks=Value("First line.\n\n  Third   line."),
        signatures=(Signature(name=Value("/s/ John Doe, attorney-in-fact for Jane Roe"), date=Value("2013-11-25")),),
    )


def largest() -> Filing:
    """30 lines in each table, 99 footnotes of 1,000 characters, 10 owners, every value as long as it may be."""
    sentence = "The price in column 4 is a weighted average; full information will be given upon request of the staff. "
    notes = [(sentence * 10)[:1000] if n != 8 else "X" * 1000 for n in range(1, 100)]
    words = "Remarks in several lines, "
    return Filing(
        version="X0609",
        kind=DocumentKind.RECORD,
        medium=Medium.XML,
        document_type=Value("4/A"),
        period_of_report=Value("2026-04-30"),
        date_of_original_submission=Value("2026-05-02"),
        not_subject_to_section16=Value("1"),
        issuer=Issuer(
            cik=Value("0001107843"),
            name=Value(_long("International Holdings of Issuers ", 150)),
            trading_symbol=Value("ABCDEFGHIJ"),
            foreign_trading_symbol=Value("ABCDEFGHIJ.TWX"),
        ),
        owners=tuple(map(_owner, range(10))),
        aff10b5_one=Value("1"),
        table1=tuple(_line(Table.I, n) for n in range(30)),
        table2=tuple(_line(Table.II, n) for n in range(30)),
        footnotes=tuple(Footnote(id=Value(f"F{n}"), text=Value(text)) for n, text in enumerate(notes, 1)),
        remarks=Value(f"First.\n\n  Third   line.\n{'R' * 300}\n{_long(words, 1600)}\nThe last line."),
        signatures=tuple(
            Signature(name=Value(_long(f"/s/ Signatory {n}, Attorney-in-Fact, ", 255)), date=Value("2026-05-04"))
            for n in range(10)
        ),
    )


def _owner(number: int) -> ReportingOwner:
    unbroken = number % 2 == 0
    return ReportingOwner(
        cik=Value(f"000110784{number}"),
        name=Value(
            f"{number}{'UNBROKENNAME' * 13}"[:150] if unbroken else _long(f"{number} Partners Fund of Funds ", 150)
        ),
        non_us_address=Value("true"),
        street1=Value("S" * 40),
        street2=Value(_long("LONG STREET ", 40)),
        city=Value("C" * 30),
        non_us_state_territory=Value("T" * 30),
        country=Value("X4" if unbroken else "N8"),
        zip_code=Value("Z9-Z9-Z9-Z"),
        state_description=Value(_long("DESCRIPTION OF A STATE ", 50)),
        is_director=Value("1"),
        is_officer=Value("1"),
        is_ten_percent_owner=Value("1"),
        is_other=Value("1"),
        officer_title=Value("O" * 30),
        other_text=Value("Member of a group, see remarks"),
    )


def _line(table: Table, number: int) -> Row:
    marks = [(3 * number + n) % 99 + 1 for n in range(3)]
    title = ("NOSPACES" * 8)[:60] if number % 3 == 0 else _long("Class B Convertible Common Stock, ", 60)
    owned: Iterable[int] = range(1, 100) if number == 5 else marks
    ends: dict[str, Any] = {
        "security_title": field(title, *(range(1, 61) if number == 6 else marks)),
        "shares_owned_following": field(LARGEST_NUMBER, *owned),
        "direct_or_indirect": field("I", *marks),
        "nature_of_ownership": field(f"By the {'W' * 40} {_long('Irrevocable Family Trust ', 52)}", *marks),
    }
    derivative: dict[str, Any] = {
        "conversion_or_exercise_price": field(LARGEST_NUMBER, *marks),
        "exercise_date": field("2027-01-01", *marks),
        "expiration_date": field("", *marks),
        "underlying_title": field(title, *marks),
        "underlying_shares": field(LARGEST_NUMBER, *marks),
    }
    parts = ends if table is Table.I else ends | derivative
    if number % 5 == 4:
        return Row(table=table, holding=True, **parts)
    return Row(
        table=table,
        holding=False,
        transaction_date=field("2026-04-30", *marks),
        deemed_execution_date=field("2026-05-01", *marks),
        coding=field("", *marks),
        form_type=Value("5"),
        code=Value("J"),
        equity_swap=Value("1"),
        timeliness=field("E", *marks),
        shares=field(LARGEST_NUMBER, *marks),
        price_per_share=field(LARGEST_NUMBER, *marks),
        acquired_disposed=field("AD"[number % 2], *([] if table is Table.II else marks)),
        **parts,
    )


def _long(text: str, length: int) -> str:
    """The text again and again, up to a length."""
    return (text * (length // len(text) + 1))[:length].strip()
