"""What footnotes say, read with care: price ranges, plan adoption dates, and what explains an amount owned.

The readers are written against the language of real Forms 4. Each says what it understood, and nothing where it isn't
sure: a rule that asks them stays silent then. How often they understand is measured by `tests/rule_rates.py`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from form4_author.filing.footnote_text import AMOUNT, READ, Pattern, flat

_DIGIT = Pattern(r"\d")
_CURRENCY = r"(?:US|USD|U\.S\.|C|CAD|A|AUD|EUR|GBP|NIS)?\s?\$?\s*"
_MONEY = _CURRENCY + AMOUNT
_UNIT = r"(?:\s*,?\s*(?:per|a|each)\s+(?:[A-Za-z-]+\s+){0,3}?(?:share|unit|warrant|ADS|note|security))?"
_TO = r"\s*,?\s*(?:to|and|through|thru|up to|-{1,2})\s*(?:a high of\s*)?"
_FILLER = (
    r"(?:\s+(?:in|of|for|on|the|per|sales?|sold|selling|purchase[ds]?|prices?|share|shares|was|were|is|"
    r"transaction|trade|date)\b){0,8}"
)

_LOW_OF = r"(?:a low of\s*)?"
_BOTH = _MONEY + _UNIT + _TO + _MONEY

#: Lowest and highest price, however the sentence puts them.
_RANGES = tuple(
    Pattern(pattern)
    for pattern in (
        rf"\b(?:rang(?:e[sd]?|ing)|between|varying)\b{_FILLER}\s*(?:from|between|of|at|:)?\s*{_LOW_OF}{_BOTH}",
        rf"\b(?:sold|purchased|bought|acquired|executed|effected|prices?)\b[^.$]{{0,40}}\b(?:from|of)\s+{_LOW_OF}\$\s*{_BOTH}",
        rf"\blow(?:est)?\b[^.$]{{0,60}}?{_MONEY}{_UNIT}[^.$]{{0,40}}\bhigh(?:est)?\b[^.$]{{0,60}}?{_MONEY}",
        rf"\bhigh(?:est)?\b[^.$]{{0,60}}?{_MONEY}{_UNIT}[^.$]{{0,40}}\blow(?:est)?\b[^.$]{{0,60}}?{_MONEY}",
    )
)
_AVERAGE = Pattern(
    r"weighted[\s-]*average|average[\s-]*weighted|\bVWAP\b|"
    r"(?:multiple|several|various|numerous|separate|series\s+of)\s+(?:open[\s-]market\s+)?"
    r"(?:trades|transactions|sales|purchases|prices|orders|executions|lots)|"
    r"average\s+(?:of\s+)?(?:(?:the|sales?|purchase|selling|execution)\s+)*price"
)
_UNDERTAKING = Pattern(
    r"undertak|\b(?:up)?on\s+(?:written\s+)?request|"
    r"\b(?:will|shall|agrees?\s+to|hereby)\s+(?:be\s+)?(?:provide|suppl|furnish|made\s+available)"
)
_LOT = Pattern(
    rf"{AMOUNT}\s+(?:of\s+(?:the|these|such)\s+)?(?:shares|units|warrants|ADSs)"
    rf"(?:\s+(?:were|was|of|common|class|[AB]|stock|sold|purchased|bought|acquired|executed|each|at|a|the)\b){{0,8}}"
    rf"\s+(?:price\s+of\s+|for\s+)?\$\s*{AMOUNT}"
)


class PriceRange(Struct, frozen=True):
    """The lowest and the highest price of the trades that a line adds up, in dollars."""

    low: Decimal
    high: Decimal


class Lot(Struct, frozen=True):
    """A number of shares at one price, in dollars."""

    amount: Decimal
    price: Decimal


@lru_cache(maxsize=4096)
def speaks_of_average(text: str) -> bool:
    """True where a footnote says that a price is an average, or that there were several trades."""
    return bool(_AVERAGE.search(flat(text)))


@lru_cache(maxsize=4096)
def price_ranges(text: str) -> tuple[PriceRange, ...]:
    """The ranges of prices that a footnote states, each once; none where it states none that is understood."""
    found: dict[PriceRange, None] = {}
    even = flat(text)
    if not _DIGIT.search(even):
        return ()
    for pattern in _RANGES:
        for match in pattern.finditer(even):
            one, other = _number(match[1]), _number(match[2])
            found[PriceRange(min(one, other), max(one, other))] = None
    return tuple(found)


@lru_cache(maxsize=4096)
def lots(text: str) -> tuple[Lot, ...]:
    """The lots that a footnote lists (`300 shares at $10.05, 200 shares at $10.10`); none unless two or more."""
    found = tuple(Lot(_number(match[1]), _number(match[2])) for match in _LOT.finditer(flat(text)))
    return found if len(found) > 1 else ()


@lru_cache(maxsize=4096)
def undertakes(text: str) -> bool:
    """True where a text promises full information on the single trades upon request."""
    return bool(_UNDERTAKING.search(flat(text)))


def names_money(text: str) -> bool:
    """True where a text holds an amount of money, or a number with decimals."""
    return bool(re.search(r"\$\s*\.?\d|\d\.\d", text))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- dates and trading plans --------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DATES = Pattern(
    rf"\b(?:{_MONTH}\s*{_DAY}\s*,?\s*(?:of\s+)?(\d{{4}})"  # February 14, 2022
    rf"|{_DAY}\s*(?:day\s+)?(?:of\s+)?{_MONTH},?\s*(\d{{4}})"  # 14 February 2022, 14th day of February, 2022
    r"|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"  # 2/14/2022, 02-14-22
    r"|(\d{4})-(\d{1,2})-(\d{1,2})"  # 2022-02-14
    rf"|{_MONTH},?\s*(?:of\s+)?(\d{{4}}))\b",  # February 2022
)
_PLAN = Pattern(r"10b5?\s*-?\s*5?\s*-\s*1|\b10b51\b")
_SOME_PLAN = Pattern(r"\bplans?\b|\binstructions?\b|\barrangement\b")
_EQUITY_PLAN = Pattern(
    r"incentive|equity|stock\s+(?:option|purchase|award)|omnibus|compensation|401|savings|deferr|dividend"
)
_ADOPTED = Pattern(
    r"\b(?:adopt(?:ed|ion|s)?|enter(?:ed|s|ing)?\s+into|establish(?:ed|ment)?|execut(?:ed|ion)|dated|made|created|"
    r"sign(?:ed)?|initiated|implemented|instituted|put\s+in\s+place|set\s+up|amend(?:ed|ment)|modif(?:ied|ication)|"
    r"renewed|effective|instructions?\s+(?:given|provided)|elect(?:ed|ion))\b"
)
_ADOPTED_AFTER = Pattern(
    r"\s*,?\s*(?:[^,]{0,80}?\s)?(?:adopted|entered\s+into|established|executed|put\s+in\s+place)\b"
)
_NO_ADOPTION = Pattern(
    r"\b(?:8-K|disclosed|expires?|expiring|expiration|terminat\w*|vest\w*|prospectus|10-[QK]|"
    r"sold\s+on|purchased\s+on|sales?\s+on|transactions?\s+on|trades?\s+on)\b"
)
_TRADED = (
    r"(?:effected|effectuated|executed|made|sold|purchased|acquired|disposed|sales?|transactions?|trades?|exercise[ds]?|"
    r"conversion)"
)
_UNDER = r"(?:pursuant\s+to|under|in\s+accordance\s+with|through|in\s+compliance\s+with|in\s+reliance\s+on|per|qualify)"
_MADE_UNDER = Pattern(
    rf"\b{_TRADED}\b.{{0,200}}?\b{_UNDER}\b.{{0,160}}?10b5|\b{_UNDER}\b.{{0,60}}?10b5.{{0,200}}?\b{_TRADED}\b"
)
_NOT_MADE = Pattern(
    r"\bnot\b[^.]{0,80}?10b5|10b5[^.]{0,60}?\bnot\b|terminat|\bwill\b|\bintends?\s+to\b|\bin\s+the\s+future\b|\bno\s+longer\b"
)
_SENTENCE_END = Pattern(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bJr)(?<!\bSr)(?<!\bInc)(?<!\bCorp)(?<!\bLtd)(?<!\bCo)(?<!\bNo)"
    r"(?<!\b(?-i:[A-Z]))\.\s+(?=(?-i:[A-Z(\"]))"
)


class Span(Struct, frozen=True):
    """A date as a footnote gives it: one day, or a month from its first to its last day."""

    first: date
    last: date


class PlanStatement(Struct, frozen=True):
    """What a text says of a Rule 10b5-1 plan.

    Attributes:
        made_under: it says that transactions were made under such a plan.
        adopted: the dates of adoption or amendment, in the order of the text.
        unclear: there are other dates about the plan, and which of them is what can't be told.
    """

    made_under: bool
    adopted: tuple[Span, ...]
    unclear: bool


@lru_cache(maxsize=4096)
def plan_statement(text: str) -> PlanStatement | None:
    """What a footnote or remark says of a Rule 10b5-1 plan; None where it speaks of none."""
    if "10b" not in text[:READ].lower():
        return None
    even = flat(text)
    if not _PLAN.search(even):
        return None
    adopted: list[Span] = []
    others = made = False
    for sentence in _SENTENCE_END.split(even):
        made = made or (bool(_MADE_UNDER.search(sentence)) and not _NOT_MADE.search(sentence))
        found, unclear = _adoptions(sentence)
        if _PLAN.search(sentence) or (_SOME_PLAN.search(sentence) and not _EQUITY_PLAN.search(sentence)):
            adopted += found
            others = others or unclear
    return PlanStatement(made, tuple(adopted), others and not adopted)


def _adoptions(sentence: str) -> tuple[list[Span], bool]:
    """The dates on which a sentence says that something was adopted, and whether it has others."""
    found: list[Span] = []
    others = False
    end = 0
    for match in _DATES.finditer(sentence):
        span = _span(match)
        if span is None:
            continue
        before, after = sentence[max(end, match.start() - 110) : match.start()], sentence[match.end() :]
        verbs, against = [*_ADOPTED.finditer(before)], [*_NO_ADOPTION.finditer(before)]
        told = bool(verbs) and (not against or verbs[-1].end() > against[-1].end())
        listed = bool(found) and re.fullmatch(r",?\s*(?:and|or|&)?\s*(?:on\s+)?", before) is not None
        if told or listed or (not against and _ADOPTED_AFTER.match(after)):
            found.append(span)
        else:
            others = True
        end = match.end()
    return found, others


def _span(match: re.Match[str]) -> Span | None:
    """The date of a match of `_DATES`; None for one that the calendar lacks."""
    (m1, d1, y1, d2, m2, y2, m3, d3, y3, y4, m4, d4, m5, y5) = match.groups()
    if m5:
        year, month = int(y5), _MONTHS[m5.lower()]
        return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1])) if year else None
    if m1 or m2:
        year, month, day = int(y1 or y2), _MONTHS[(m1 or m2).lower()], int(d1 or d2)
    elif m3:
        year, month, day = int(y3), int(m3), int(d3)
        year += 2000 if year < 100 else 0
    else:
        year, month, day = int(y4), int(m4), int(d4)
    try:
        return Span(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


_OVER_DAYS = Pattern(
    r"\b(?:over|on|during|in)\s+(?:the\s+course\s+of\s+)?(?:a\s+period\s+of\s+)?(?:several|various|multiple|different|two|"
    r"three|four|five|consecutive)\s+(?:\w+\s+)?(?:days|dates)\b"
)
_BETWEEN_DAYS = Pattern(r"\b(?:from|between|beginning|starting)\s+(?:on\s+)?$")
_AND_DAY = Pattern(r"\s*,?\s*(?:to|through|and|until|-{1,2})\s*(?:on\s+)?$")


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Span, ...]:
    """The dates that a text names, in its order: days, and months named without a day."""
    return tuple(span for match in _DATES.finditer(flat(text)) if (span := _span(match)) is not None)


@lru_cache(maxsize=4096)
def covers_days(text: str) -> bool:
    """True where a footnote says that a line adds up the trades of several days."""
    even = flat(text)
    if _OVER_DAYS.search(even):
        return True
    found = [*_DATES.finditer(even)]
    return any(
        _BETWEEN_DAYS.search(even[max(0, one.start() - 24) : one.start()])
        and _AND_DAY.match(even[one.end() : two.start()])
        for one, two in pairwise(found)
    )


# --- amounts owned ------------------------------------------------------------------------------------------------

_OTHER_CHANGES = Pattern(
    r"\b(?:dividends?|reinvest\w*|DRIP|ESPP|(?:stock|share)\s+purchase\s+plan|401\s*\(?k|savings\s+plan|stock\s+split|"
    r"reverse\s+split|split-?adjusted|fractional|16a-13|16a-9|16a-11|exempt\s+(?:transfer|transaction|acquisition)|"
    r"transferr?(?:ed|s)?|distribut\w+|contribut\w+|domestic\s+relations|change[sd]?\s+in\s+(?:the\s+)?(?:form|nature)|"
    r"forfeit\w*|reclassif\w*|recapitaliz\w*|spin-?off|inadvertent\w*|error|overstat\w*|understat\w*|omitted|"
    r"adjust(?:ed|s|ment)|since\s+(?:the\s+)?(?:date|last|previous|prior))\b|"
    r"\binclud(?:es?|ing)\b[^.]{0,60}\b(?:shares|units|RSUs|stock|held|acquired)\b|"
    r"\b(?:do(?:es)?\s+not\s+include|exclud(?:es?|ing))\b"
)
_EXPLAINS_AMOUNT = Pattern(
    r"\b(?:includ(?:es?|ing)|consists?\s+of|comprised?\s+of|reflects?|aggregate|corrects?|correction|gives?\s+effect|"
    r"represents?|total\s+(?:number|holdings|shares)|balance|rounding|previously\s+(?:reported|owned|held)|accru\w*|"
    r"gift(?:ed|s)?|cancel\w*|merger|pursuant\s+to|held|owned|recount\w*|miscount\w*|mistake\w*|wrong\w*|unreported|"
    r"not\s+(?:\w+\s+)?reported|earlier)\b"
)
_NAMES_HOLDER = Pattern(
    r"\b(?:held|owned|registered|own(?:s)?)\b[^.]{0,60}\b(?:by|of\s+record|in\s+(?:the\s+)?name|through|in\s+(?:a|an|the)\b"
    r"[^.]{0,40}\b(?:trust|account|plan|IRA))|\bdirectly\s+(?:held|owned)|\bby\s+(?:the\s+)?(?:reporting\s+person'?s?\s+)?"
    r"(?:spouse|wife|husband|child|son|daughter|trust|foundation|LLC|L\.?P\.?)\b|\btrustee\b|\bgeneral\s+partner\b|"
    r"\bshares?\s+(?:held|owned)\b|\bcustodia|\bbeneficially\s+owned\s+by\b"
)


@lru_cache(maxsize=4096)
def explains_amount(text: str) -> bool:
    """True where a footnote on an amount owned tells what the amount is, or why it is so."""
    return bool(_EXPLAINS_AMOUNT.search(flat(text))) or tells_of_other_changes(text)


@lru_cache(maxsize=4096)
def tells_of_other_changes(text: str) -> bool:
    """True where a footnote, wherever it stands, tells of changes in what is owned that are not lines of their own.

    Reinvested dividends, purchase plans, splits, earlier transfers and corrections are usual; so is a list of what the
    amount includes.
    """
    return bool(_OTHER_CHANGES.search(flat(text)))


@lru_cache(maxsize=4096)
def names_holder(text: str) -> bool:
    """True where a footnote tells by whom, or in which account, the securities are held."""
    return bool(_NAMES_HOLDER.search(flat(text)))
