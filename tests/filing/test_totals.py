"""What lines come to in dollars, and their sums."""

from __future__ import annotations

from pathlib import Path

from form4_author.filing.totals import LineTotal, line_totals, sums
from tests.plans import composed, plan_text


def totals(text: str, folder: Path | None = None) -> list[LineTotal]:
    composition = composed(text, folder)
    return line_totals(composition.filing, composition.derivations)


def told(one: LineTotal) -> str:
    return f"{one.line} {one.code} {one.letter} {one.shares} @{one.price} {one.dollars}{' exact' if one.exact else ''}"


def test_executions_come_to_what_they_were_and_other_lines_to_their_product(tmp_path: Path) -> None:
    (tmp_path / "fills.csv").write_text("date,quantity,price\n2026-11-17,100,22.50\n2026-11-17,200,22.75\n")
    text = plan_text(
        transactions="transactions:\n  - {sale: common, fills: fills.csv}\n"
        "  - {date: 2026-11-18, sale: common, amount: 3, price: 31.155}\n"
        "  - {date: 2026-11-18, purchase: common, amount: 7, price: none, notes: {price: n}}\n"
        "holdings: [{security: common, ownership: {indirect: By Son}, amount: 5}]\n",
        footnotes="footnotes: {n: A price.}\n",
    )
    found = totals(text, tmp_path)
    assert [told(one) for one in found] == [
        "Table I, line 1 S D 300 @22.6667 6800.00 exact",
        "Table I, line 2 S D 3 @31.155 93.47",
        "Table I, line 3 P A 7 @None None",
    ]
    assert [(one.code, one.lines, str(one.shares), str(one.dollars)) for one in sums(found)] == [
        ("S", 2, "303", "6893.47"),
        ("P", 1, "7", "None"),
    ]


def test_a_line_by_value_comes_to_its_value() -> None:
    text = plan_text(
        securities="securities:\n  note: {title: Note, underlying: {title: Common Stock}, exercise_price: 4, "
        "exercisable: 2024-05-14, expires: 2034-05-14}\n",
        opening="opening: [{security: note, value: 5}]\n",
        transactions="transactions:\n  - {date: 2026-11-18, code: P, security: note, total_value: 99.50, price: 1, "
        "underlying_value: 9}\n",
    )
    assert [told(one) for one in totals(text)] == ["Table II, line 1 P A None @1 99.50"]
