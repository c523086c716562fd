"""An insider's book: accounts over time, breaks between forms, and what no form reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from form4_author.short_swing.book import Account, Book, book
from form4_author.short_swing.book_told import books_as_text, books_data
from tests.documents import cell, edited, footnotes, group, leaf, owned, signature
from tests.short_swing.histories import amendment, filed, history, line, people, trade
from tests.short_swing.test_as_text import CASES

FIRST = filed(line("2026-03-02", "P", "100", "5", "A", "1100"), signatures=signature("2026-03-03"))
SECOND = filed(line("2026-06-02", "S", "50", "9", "D", "1050"), signatures=signature("2026-06-03"))


def told(*texts: str) -> Book:
    (insider,) = people(*texts)
    return book(insider)


def only(found: Book) -> Account:
    (account,) = found.accounts
    return account


def balances(account: Account) -> list[tuple[str, str | None]]:
    return [(str(entry.day), None if entry.after is None else str(entry.after)) for entry in account.entries]


def test_forms_that_follow_on_each_other_have_no_break() -> None:
    account = only(told(SECOND, FIRST))
    assert balances(account) == [("2026-03-02", "1100"), ("2026-06-02", "1050")]
    assert (account.breaks, str(account.balance), account.ownership) == ((), "1050", "direct")


def test_what_no_form_reports_is_a_break_and_may_be_owed_on_form_5() -> None:
    later = filed(line("2026-06-02", "S", "50", "9", "D", "1170"), signatures=signature("2026-06-03"))
    found = told(FIRST, later)
    (gap,) = only(found).breaks
    assert [str(gap.closing), str(gap.opening), str(gap.difference)] == ["1100", "1220", "120"]
    assert not gap.explained
    (owed,) = found.owed
    assert owed.due == date(2027, 2, 16)  # the 14th is a Sunday, the 15th Washington's Birthday


def test_what_form_5_tells_late_of_the_days_between_is_no_break() -> None:
    second = filed(line("2026-06-02", "S", "50", "9", "D", "1020"), signatures=signature("2026-06-03"))
    gifts = (line("2026-12-01", "G", "20", "0", "D", "1000"), line("2026-04-02", "G", "30", "0", "D", "1000"))
    annual = filed(*gifts, form=leaf("documentType", "5"), signatures=signature("2027-01-15"))
    assert only(told(FIRST, second, annual)).breaks == ()
    assert [str(gap.difference) for gap in only(told(FIRST, second)).breaks] == ["-30"]


def test_a_footnote_may_explain_it() -> None:
    later = line("2026-06-02", "S", "50", "9", "D", "1170")
    later = edited(("<value>1170</value>\n", '<value>1170</value>\n    <footnoteId id="F1"/>\n'), text=later)
    texts = footnotes(F1="Includes 120 shares acquired under the employee stock purchase plan.")
    found = told(FIRST, filed(later, footnotes=texts, signatures=signature("2026-06-03")))
    (gap,) = only(found).breaks
    assert (gap.explained, found.owed) == (True, ())


def test_a_form_that_tells_the_newest_line_first() -> None:
    newest_first = (
        line("2026-03-02", "S", "20", "9", "D", "1050"),
        line("2026-03-02", "S", "30", "9", "D", "1070"),
    )
    account = only(told(FIRST, filed(*newest_first, signatures=signature("2026-03-04"))))
    assert [after for _, after in balances(account)] == ["1100", "1070", "1050"]
    assert account.breaks == ()


def test_what_is_told_twice_stands_once() -> None:
    corrected = amendment(line("2026-03-02", "P", "90", "5", "A", "1100"), of="2026-03-03")
    assert balances(only(told(FIRST, FIRST, SECOND))) == [("2026-03-02", "1100"), ("2026-06-02", "1050")]
    assert [str(entry.change) for entry in only(told(FIRST, corrected, SECOND)).entries] == ["90", "-50"]


def holding(after: str, nature: str, *marks: str) -> str:
    kept = owned(after, "I", cell("natureOfOwnership", nature, *marks))
    return group("nonDerivativeHolding", cell("securityTitle", "Common Stock"), kept)


def test_each_holder_has_an_account() -> None:
    lines = (
        line("2026-03-02", "P", "100", "5", "A", "1100"),
        holding("400", "By Trust", "F1"),
        holding("500", "By Trust", "F2"),
        holding("600", "By Spouse"),
    )
    later = (*lines[:1], holding("400", "by trust", "F1"), holding("450", "By Trust", "F2"))
    texts = footnotes(F1="The elder child's.", F2="The younger child's.")
    found = told(
        filed(*lines, footnotes=texts, signatures=signature("2026-03-03")),
        filed(
            line("2026-04-02", "S", "1", "5", "D", "1099"),
            *later[1:],
            footnotes=texts,
            signatures=signature("2026-04-03"),
        ),
    )
    assert [(one.ownership, str(one.balance), len(one.breaks)) for one in found.accounts] == [
        ("direct", "1099", 0),
        ("indirect: by trust", "400", 0),
        ("indirect: By Trust", "450", 1),
        ("indirect: By Spouse", "600", 0),
    ]


def test_balances_that_cant_be_read_break_nothing() -> None:
    unread = filed(line("2026-04-02", "S", "50", "9", "D", "many"), signatures=signature("2026-04-03"))
    account = only(told(FIRST, unread, SECOND))
    assert (balances(account)[1], account.breaks, account.balance) == (("2026-04-02", None), (), Decimal(1050))


def test_books_as_text_and_as_data(golden: Callable[[Path, bytes], None]) -> None:
    plans = [
        history(trade("2026-03-02", "P", "100", "5"), opening="opening:\n  - {security: common, amount: 1,000}\n"),
        history(trade("2026-06-02", "S", "50", "9"), opening="opening:\n  - {security: common, amount: 1,220}\n"),
    ]
    found = [told(*plans), told(filed(holding("600", "By Spouse")))]
    golden(CASES / "books.txt", books_as_text(found).encode())
    assert books_as_text([]) == "no holdings or transactions were found\n"
    first, second = books_data(found)["insiders"]
    (account,) = first["accounts"]
    assert (account["security"], account["ownership"], account["balance"]) == ("Common Stock", "D", "1170")
    assert [(one["date"], one["change"], one["balance"], one["line"]) for one in account["entries"]] == [
        ("2026-03-02", "100", "1100", 10),
        ("2026-06-02", "-50", "1170", 10),
    ]
    assert account["breaks"] == [
        {
            "before": {"file": "1.yaml", "line": 10, "balance": "1100"},
            "after": {"file": "2.yaml", "line": 10, "balance": "1220"},
            "difference": "120",
            "explained": False,
        }
    ]
    assert (first["form_5"][0]["difference"], first["form_5"][0]["due"]) == ("120", "2027-02-16")
    assert second["accounts"][0]["entries"][0]["holding"] is True
