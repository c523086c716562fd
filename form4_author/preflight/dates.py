"""TXN: when a transaction happened, when it counts as executed, and whether the form is in time."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.days.deadlines import Duty, due, duty
from form4_author.days.market_days import market_closure
from form4_author.filing.footnote_language import plan_statement, price_ranges, speaks_of_average
from form4_author.findings import Severity
from form4_author.preflight.engine import WITH_TRANSACTIONS, Problem, rule
from form4_author.preflight.form import Form, Line, has_text
from form4_author.preflight.look_back import looked_back

_TRADES = frozenset("PS")
_NO_SYMBOL = frozenset({"", "NONE", "N/A", "NA"})


@rule(
    "TXN004", Severity.WARNING, "a transaction after the last signature", source="consistency", forms=WITH_TRANSACTIONS
)
def after_signature(form: Form) -> Iterator[Problem]:
    """Nobody signs for what has not happened yet: one of the two dates is wrong."""
    signed = form.last_signed
    dated = [(line.day, line) for line in form.transactions]
    later = [(day, line) for day, line in dated if signed and day and day > signed]
    if later:
        day, line = later[0]
        more = len(later) - 1
        others = f"; so {'do' if more > 1 else 'does'} {more} other line{'s' if more > 1 else ''}" if more else ""
        yield Problem(
            f"{line}: the transaction of {day} lies after the last signature of {signed}{others}",
            line.row.transaction_date.value.origin,
            "Correct the transaction date or the date of signing.",
        )


@rule(
    "TXN005",
    Severity.WARNING,
    "a deemed execution date before the trade, or past the third business day after it",
    source="Rule 16a-3(g)(2) to (4)",
    forms=WITH_TRANSACTIONS,
)
def deemed_execution(form: Form) -> Iterator[Problem]:
    """For some trades the two business days run from the day on which the person hears of them.

    They are trades under a Rule 10b5-1 plan and discretionary transactions whose day the person doesn't choose. The
    day of the notice, at the latest the third business day after the trade, then counts as the date of execution, and
    stands in column 2A or 3A. It can't lie before the trade. One that is past the third business day counts as that
    day: TXN014 and `form4-author due` go by it.
    """
    for line in form.transactions:
        trade, deemed = line.day, line.row.deemed_execution_date.date
        if trade is None or deemed is None:
            continue
        latest = form.days.after(trade, 3)
        if deemed < trade:
            problem = f"lies before the trade of {trade}"
        elif deemed > latest:
            problem = f"is past the third business day after the trade of {trade}, which is {latest}"
        else:
            continue
        yield Problem(
            f"{line}: the deemed execution date {deemed} {problem}",
            line.row.deemed_execution_date.value.origin,
            "Give the day of the notice, at the latest the third business day after the trade.",
        )


@rule(
    "TXN013",
    Severity.WARNING,
    "an early (Form 5) report of a transaction that is due on Form 4",
    source="Rules 16a-3(f) and 16a-3(g)",
)
def early_report(form: Form) -> Iterator[Problem]:
    """V marks a transaction that would only be due on Form 5. Most are due on Form 4, and are not early there.

    Due on Form 4 within two business days is all that is not exempt from Section 16(b), as purchases, sales, shares
    tendered (U) and long positions ended for value (H); what Rule 16b-3(d) to (f) exempts, as grants (A), returns to
    the issuer (D), withheld shares (F) and discretionary transactions (I); every exercise and conversion (C, M, O, X);
    and gifts made since February 27, 2023. Small acquisitions (L), inheritances (W), voting trusts (Z) and gifts
    received stay Form 5 transactions. The rule says nothing of codes E and J, whose exemption the form doesn't tell,
    nor of A and D where a footnote tells of another exemption: shares acquired under a purchase plan, dividends and
    reclassifications are often reported early under them.
    """
    for line in form.transactions:
        if not line.early or not line.code or duty(line.row, form.type, form.notes_of(line))[0] is not Duty.FORM_4:
            continue
        what = f"a gift made on {line.day}" if line.code == "G" else f"a transaction with code {line.code}"
        yield Problem(
            f"{line}: {what} is reported as an early Form 5 transaction (V), but is due on Form 4",
            line.row.form_type.origin,
            "Report it as a Form 4 transaction (form type 4; in a plan leave out early and timeliness).",
        )


@rule(
    "TXN014",
    Severity.WARNING,
    "signed later than two business days after the transaction",
    source="Rule 16a-3(g); Regulation S-K, Item 405",
)
def late(form: Form) -> Iterator[Problem]:
    """A Form 4 is due by 10 p.m. Eastern time of the second business day after the transaction.

    A form that is signed after that day can't be in time. The issuer must name whoever files late in its proxy
    statement or annual report (Item 405 of Regulation S-K). What may wait for Form 5 is not looked at, nor what may be
    exempt by its code (E, J), nor are amendments. Where a deemed execution date stands on the line, the days run from
    it, or from the third business day after the trade where it lies past that. `form4-author due` tells each line's
    last day by the same rules. Days on which EDGAR is closed don't count. Trades of the months before one became an
    insider, which a footnote or the remarks tell of (Rule 16a-2(a)), are reported with a later one, and are not late.
    """
    signed = form.last_signed
    if signed is None:
        return
    lines = {str(line): line for line in form.transactions}
    late_lines = [
        (told.day, told)
        for told in due(form.filing, form.days)
        if told.firm and told.day and told.day < signed and not looked_back(form, lines[told.line])
    ]
    if not late_lines:
        return
    day, line = min(late_lines, key=lambda pair: pair[0])
    days = (signed - day).days
    more = len(late_lines) - 1
    others = f"; so {'is' if more == 1 else 'are'} {more} other line{'s' if more > 1 else ''}" if more else ""
    yield Problem(
        f"{line.line}: the form is signed on {signed}, but was due on {day}: {days} day{'s' if days > 1 else ''} late"
        + others,
        line.origin,
        "Check the dates. A late form is named in the issuer's proxy statement (Item 405 of Regulation S-K).",
    )


@rule(
    "TXN017",
    Severity.WARNING,
    "a purchase or sale on a day without a market",
    source="New York Stock Exchange, Rule 7.2; consistency",
    forms=WITH_TRANSACTIONS,
)
def no_market(form: Form) -> Iterator[Problem]:
    """On a weekend or a holiday of the exchanges nothing is bought or sold there: the date is likely a slip.

    The holidays are those of the New York Stock Exchange, Good Friday among them, with the days on which it stayed
    closed for mourning or an emergency. The rule looks at purchases and sales (P, S) of Table I. It says nothing where
    the issuer has no trading symbol or one on a foreign exchange, where there is no price, and where a footnote on the
    trade tells more than an average price or a Rule 10b5-1 plan: a private trade can be of any day.
    """
    symbols = form.filing.issuer
    if symbols.trading_symbol.text.strip().upper() in _NO_SYMBOL or has_text(symbols.foreign_trading_symbol):
        return
    for line in form.transactions:
        closed = market_closure(line.day) if line.day else ""
        if closed and line.code in _TRADES and not line.row.derivative and line.price and not _explained(form, line):
            yield Problem(
                f"{line}: {line.day} is a day without a market ({closed})",
                line.row.transaction_date.value.origin,
                "Correct the date; or, where the trade was private, say so in a footnote.",
            )


def _explained(form: Form, line: Line) -> bool:
    """True where a footnote on the trade tells something that may account for its day."""
    row = line.row
    cells = (row.security_title, row.transaction_date, row.coding, row.shares, row.price_per_share)
    return any(
        not (speaks_of_average(text) or price_ranges(text) or plan_statement(text)) for text in form.notes_on(*cells)
    )
