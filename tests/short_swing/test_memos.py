"""The pre-clearance memo: what stands on it, as HTML and as PDF."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from form4_author.days.business_days import FEDERAL
from form4_author.page import drawing
from form4_author.page.memo import Memo
from form4_author.pipeline.options import OptionError
from form4_author.short_swing.answers import answer
from form4_author.short_swing.book import book
from form4_author.short_swing.memo_file import memo_ending, write_memo
from form4_author.short_swing.memos import memo
from form4_author.short_swing.proposals import proposals
from form4_author.short_swing.trades import insiders
from form4_author.short_swing.windows import Window
from tests.short_swing.histories import history, read, trade
from tests.short_swing.test_answers import SPRING

NEXT = trade("2016-10-03", "S", "400", "48", ", trading_plan: {adopted: 2016-05-12}")


def sheet(*proposed: str) -> Memo:
    told = [read(history(*SPRING), "told.yaml")]
    files = [read(history(*proposed, rule_10b5_1="rule_10b5_1: yes\n"), "next.yaml")] if proposed else []
    (insider,) = insiders(told)
    day = date(2016, 10, 3)
    found = proposals(told, files, Window.COLONIAL) if files else [None]
    return memo(answer(insider, as_of=day), book(insider, as_of=day), FEDERAL, found[0], files)


def lines(of: Memo, name: str) -> list[tuple[str, ...]]:
    return [line for part in of.parts if part.name == f"memo-{name}" for line in part.lines]


def test_what_stands_on_it() -> None:
    found = sheet(NEXT)
    assert found.who == "Roe Jane (CIK 1999999101) in EXAMPLE SYSTEMS, INC. (CIK 1999999001), 2016-10-03"
    assert found.summary == (
        "Short-swing profit, Section 16(b), without the proposal $2,500.00, with it $3,600.00: $1,100.00 more.",
        "First day on which none of it would add anything, each line by itself: 2016-12-31.",
    )
    assert lines(found, "proposed") == [
        ("S 400 Common Stock at $48.00, 2016-10-03", "$1,100.00", "2016-12-31", "sale: Section 16(b)")
    ]
    assert lines(found, "open")[0] == ("purchase", "P 100 Common Stock at $35.00, 2016-05-01", "2016-10-30")
    assert lines(found, "holdings") == [("Common Stock", "direct", "100,000", "2016-08-01, told.yaml")]
    assert lines(found, "plans") == [
        ("Form 4, next.yaml", "2026-11-20", "checked", "2016-05-12"),
        ("Form 4, told.yaml", "2026-11-20", "not checked", "not told"),
    ]
    assert lines(found, "due")[0][2] == "2016-10-05, 10 p.m. Eastern time"
    assert (lines(found, "owed"), lines(found, "questions")) == ([], [])
    assert found.picture is not None
    assert [(bar.mark.label, bar.mark.proposed) for bar in found.picture.bars][-2:] == [
        ("S 100 at $40.00", False),
        ("S 400 at $48.00", True),
    ]


def test_without_a_proposal_it_tells_what_stands() -> None:
    found = sheet()
    assert found.summary == ("Short-swing profit, Section 16(b): $2,500.00.",)
    assert lines(found, "proposed") == []


def test_the_remarks_tell_of_a_trading_plan_as_well() -> None:
    said = "remarks: The sale was made under a Rule 10b5-1 trading plan adopted on May 12, 2016.\n"
    told = [
        read(history(trade("2016-10-03", "S", "400", "48"), rule_10b5_1="rule_10b5_1: yes\n", remarks=said), "a.yaml")
    ]
    (insider,) = insiders(told)
    found = memo(answer(insider), book(insider), FEDERAL)
    assert lines(found, "plans") == [("Form 4, a.yaml", "2026-11-20", "checked", "2016-05-12")]


def test_what_is_exempt_is_told_as_that() -> None:
    (line,) = lines(sheet(trade("2016-10-03", "G", "400", "0")), "proposed")
    assert line[3] == "exempt: Rule 16b-5, a gift, exempt if it was bona fide"


def test_a_long_table_is_cut_and_says_so() -> None:
    many = [trade("2016-10-03", "S", "1", str(50 + number)) for number in range(20)]
    told = lines(sheet(*many), "proposed")
    assert (len(told), told[-1][0]) == (15, "and 6 more")


def test_as_html_it_refers_to_nothing_outside_itself() -> None:
    page = drawing.memo_html(sheet(NEXT.replace("Common", "<script>")))
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<polygon ") == 7
    assert 'fill="#ffffff" stroke="#a33a2a"' in page  # the proposed sale is hollow
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert "src: url(&#34;data:" in page or 'src: url("data:' in page


def test_as_pdf_it_is_one_tagged_page_and_the_same_each_time() -> None:
    one, other = (drawing.memo_pdf(sheet(NEXT)) for _ in range(2))
    assert one == other
    reader = PdfReader(io.BytesIO(one))
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert "Pre-clearance memo - not part of a form" in text
    assert "S 400 at $48.00" in text  # in the picture
    assert reader.root_object.raw_get("/MarkInfo").get_object() == {"/Marked": True}


def test_a_memo_is_of_one_insider_and_pdf_or_html(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"^memo: the name must end in \.pdf or \.html$"):
        memo_ending(Path("memo.png"))
    with pytest.raises(OptionError, match="a memo is of one insider, and the files tell of 0"):
        write_memo(tmp_path / "memo.pdf", [], [], [], read=())
