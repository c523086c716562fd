"""What footnotes claim of a transaction: what was done, in which currency, for which holder, before which event.

As in `footnote_language`, each reader is silent where it isn't sure. Sentences are taken apart first, so that what one
denies ("no shares were sold") doesn't count, nor what is only to come.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from form4_author.filing.footnote_text import AMOUNT, READ, Pattern, flat

_CLAUSE_END = Pattern(r"[.;:](?:\s+|$)")


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE_END.split(flat(text)) if clause]


# --- what was done ------------------------------------------------------------------------------------------------


class Act(StrEnum):
    """What a footnote says was done with the securities of its line, in the words of a finding."""

    BOUGHT = "purchased on the market"
    SOLD = "sold"
    WITHHELD = "withheld"
    GRANTED = "granted by the issuer"


_DENIED = Pattern(
    r"\b(?:no|not|none|never|neither|nor|without|rather\s+than|instead\s+of|other\s+than|in\s+lieu\s+of|would|will|may(?!\s+\d)|"
    r"might|could|if|unless|until)\b|n't\b"
)
_SECURITIES = r"(?:shares?|stock|securities|units?)"
_WITHHELD = (
    rf"\b{_SECURITIES}\s+(?:[\w']+\s+){{0,4}}?(?:withheld|retained|surrendered)\b|"
    rf"\b(?:withheld|surrendered)\s+(?:[\d,]+\s+)?(?:of\s+)?(?:the\s+|these\s+|such\s+)?{_SECURITIES}\b|"
    rf"^\W*(?:(?:were|was|represents?|reflects?|the)\s+)*(?:withheld\s+by|withholding\s+of\s+(?:[\d,]+\s+)?{_SECURITIES})\b"
)
_ACTS: dict[Act, Pattern] = {
    Act.BOUGHT: Pattern(
        r"\b(?:purchased?|bought|acquired)\s+(?:[\w']+\s+){0,8}?(?:in|on|through)\s+(?:\w+\s+){0,2}?open[\s-]market\b|"
        r"^\W*(?:(?:this|these|was|were|is|are|an?|represents?|reflects?|shares?|transactions?)\s+)*"
        r"open[\s-]market\s+purchases?\b"
    ),
    Act.SOLD: Pattern(
        rf"\b{_SECURITIES}\s+(?:\w+\s+){{0,3}}?sold\b|\bsold\s+(?:[\w']+\s+){{0,6}}?(?:in|on)\s+(?:\w+\s+){{0,2}}?open[\s-]market\b|"
        r"^\W*(?:(?:the|this|these|were|was|represents?|reflects?|an?|open[\s-]market)\s+)*(?:sold|sales?)\b(?!\s+price)|"
        rf"\bsold\s+(?:[\d,]+\s+)?(?:of\s+)?(?:the\s+|these\s+|such\s+)?{_SECURITIES}\b"
    ),
    Act.WITHHELD: Pattern(_WITHHELD),
    Act.GRANTED: Pattern(
        rf"^\W*(?:(?:the|these|this|represents?|reflects?|an?|{_SECURITIES}|were|was|restricted|stock|annual)\s+)*"
        r"(?:grant(?:ed)?|award(?:ed)?)\s+(?:of|to|by|under|pursuant)\b"
    ),
}
#: Words about the same securities beside which another act says nothing certain.
_BESIDE: dict[Act, Pattern] = {
    Act.BOUGHT: Pattern(r"\binclud|\bmatch|\bpreviously\b|\breinvest|\bplan\b"),
    Act.SOLD: Pattern(rf"{_WITHHELD}|\bclosing\b|\bpreviously\b|\blast\s+sale"),
    Act.WITHHELD: Pattern(
        r"\bsold\b|\bsales?\b|\bsell\b|\bpreviously\b|\bremaining\b|\binclud|"
        r"\b(?:after|net\s+of)\s+(?:[\d,]+\s+)?(?:the\s+)?(?:shares|withh|deduct)"
    ),
    Act.GRANTED: Pattern(r"\bpurchas|\bbought\b|\bpreviously\b|\binclud"),
}


#: One of these words at least stands in a text that tells of an act; looked for first, since few texts do.
_WORDS: dict[Act, tuple[str, ...]] = {
    Act.BOUGHT: ("open",),
    Act.SOLD: ("sold", "sale"),
    Act.WITHHELD: ("withh", "retain", "surrender"),
    Act.GRANTED: ("grant", "award"),
}


@lru_cache(maxsize=4096)
def says(text: str, act: Act) -> bool:
    """True where a footnote says that this was done with the securities, denials and mere possibilities left out."""
    return _holds(text, _WORDS[act]) and any(
        _ACTS[act].search(clause) and not _DENIED.search(clause) and not _BESIDE[act].search(clause)
        for clause in _clauses(text)
    )


def _holds(text: str, words: tuple[str, ...]) -> bool:
    lowered = text[:READ].lower()
    return any(word in lowered for word in words)


# --- the six months before ----------------------------------------------------------------------------------------

_LOOKS_BACK = Pattern(
    r"16a-?2\b(?!\s*\(\s*[b-z])|\bnot\s+yet\s+(?:an?\s+)?(?:insider|officer|director|subject\s+to\s+section\s+16)|"
    r"\b(?:before|prior\s+to|preceding)\b[^.;]{0,60}\b(?:appointment|election|registration)\b[^.;]{0,30}"
    r"\b(?:section\s+1[26]|(?:executive\s+)?officer|director)\b|"
    r"\b(?:before|prior\s+to|preceding)\b[^.;]{0,60}\b(?:became|become|becoming|being|was|were)\b[^.;]{0,30}"
    r"\b(?:section\s+16|insider|reporting\s+(?:person|owner)|(?:executive\s+)?officer|director)\b"
)


@lru_cache(maxsize=4096)
def looks_back(text: str) -> bool:
    """True where a text tells of trades before the person became an insider, reported later (Rule 16a-2(a))."""
    return _LOOKS_BACK.search(flat(text)) is not None


# --- money of other countries, and prices of other units ----------------------------------------------------------

_SIGN = (
    r"(?:\b(?:Canadian|Australian|Cdn\.|Can\.)\s?\$|"
    r"(?<![A-Za-z])(?:(?:C|CA|Cdn|CAD|CDN|A|AU|AUD|NZ|NZD|HK|HKD|S|SGD|NT|NTD|R|MX)\s?\$|"
    r"(?:CAD|AUD|NZD|HKD|SGD|TWD|EUR|GBP|CHF|JPY|CNY|RMB|INR|KRW|NIS|ILS|SEK|NOK|DKK|BRL|MXN|ZAR)\b|[\u20ac\u00a3\u00a5\u20aa]))\s*"
)
_NAME = (
    r"(?:(?:Canadian|Australian|New\s+Zealand|Hong\s+Kong|Singapore|(?:New\s+)?Taiwan)\s+dollars?|euros?|EUR|CAD|"
    r"(?:British\s+)?pounds?(?:\s+sterling)?|GBP|pence|(?:Swiss\s+)?francs?|CHF|(?:Japanese\s+)?yen|JPY|renminbi|RMB|"
    r"yuan|rupees?|won|(?:new\s+)?(?:Israeli\s+)?shekels?|NIS|krona|kronor|krone|kroner|SEK|NOK|DKK|reais|pesos?|rand)\b"
)
_FOREIGN = Pattern(rf"{_SIGN}{AMOUNT}|{AMOUNT}\s?\(?(?:{_NAME}|(?:Canadian|Australian)\b)")
_IN_FOREIGN = Pattern(
    rf"\b(?:prices?|amounts?)\b[^.;]{{0,60}}\bin\s+{_NAME}|"
    rf"^\W*(?:(?:stated|reported|shown|expressed|denominated|quoted|paid)\s+)?in\s+{_NAME}"
)
#: What an amount in another currency has beside it, in letters or a sign; looked for first, since few texts have it.
_FOREIGN_SIGN = re.compile(
    r"[A-Z]\s?\$|\b(?:Cdn|Can|Canadian|Australian)\b\.?\s?\$|[^\x00-\x7f]|"
    r"\b[A-Z]{3}\s?\d|\d\s?\(?[A-Z]{3}\b|\$[\d.,]+ [CA]"
)
_CURRENCIES = (
    *("dollars", "euro", " eur", " cad", " gbp", "pound", "pence", "franc", " chf", " yen", " jpy", "renminbi", " rmb"),
    *("yuan", "rupee", " won", "shekel", " nis", "kron", " sek", " nok", " dkk", "reais", "peso", " rand"),
)
_CONVERTED = Pattern(r"convert|translat|equivalent|exchange\s+rate|\brate\s+of\b|\bU\.?S\.?\b|\bUSD\b")
_DOLLARS = Pattern(rf"\$\s?{AMOUNT}")
_ADS = r"(?:ADSs?|ADRs?|American\s+Deposit[ao]ry\s+(?:Share|Receipt)s?)"
_PER_ADS = Pattern(rf"{AMOUNT}\s+(?:per|an|a|each|for\s+each)\s+{_ADS}\b")
_ONE_TO_ONE = Pattern(rf"\b{_ADS}\)?\s+represent(?:s|ing)?\s+(?:one|1|the\s+right\s+to\s+receive\s+(?:one|1))\b")


@lru_cache(maxsize=4096)
def foreign_amounts(text: str) -> tuple[Decimal, ...]:
    """The amounts of money that a text gives in another currency than US dollars."""
    if not (_FOREIGN_SIGN.search(text[:READ]) or _holds(text, _CURRENCIES)):
        return ()
    return tuple(_number(match[1] or match[2]) for match in _FOREIGN.finditer(flat(text)))


@lru_cache(maxsize=4096)
def in_foreign_money(text: str) -> bool:
    """True where a text says that a price is in another currency, and nothing of its being converted."""
    if not _holds(text, _CURRENCIES) or _CONVERTED.search(flat(text)):
        return False
    return any(_IN_FOREIGN.search(clause) and not _DENIED.search(clause) for clause in _clauses(text))


@lru_cache(maxsize=4096)
def dollar_amounts(text: str) -> tuple[Decimal, ...]:
    """The amounts after a dollar sign."""
    return tuple(_number(match[1]) for match in _DOLLARS.finditer(flat(text)))


@lru_cache(maxsize=4096)
def prices_of_ads(text: str) -> tuple[Decimal, ...]:
    """The prices that a text gives for one American Depositary Share; none where each stands for one share."""
    even = flat(text)
    return (
        ()
        if not _holds(text, ("ads", "adr", "american dep")) or _ONE_TO_ONE.search(even)
        else tuple(_number(match[1]) for match in _PER_ADS.finditer(even))
    )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


# --- holders ------------------------------------------------------------------------------------------------------

_ENTITY = (
    r"(?:funds?|l\.?\s?p\b|llc\b|l\.l\.c|inc\b|corp\b|corporation|company|ltd|limited|trust|partners(?:hip)?|partnership|"
    r"foundation|holdings|capital|estate|master|gmbh|s\.?a\.?r\.?l|plc|family|account|IRA)"
)
_FOR_ENTITY = Pattern(
    r"(?:^\W*(?:by|for)|\b(?:sold|purchased|bought|acquired|disposed\s+of|transactions?|trades?|purchases?|sales?|"
    r"shares|securities|held|owned|effected|made|executed|for\s+the\s+account|on\s+behalf)\s+(?:of|by|for|through))"
    rf"\s+(?:the\s+)?(?=(?-i:[A-Z]))[^.;]{{0,80}}?\b{_ENTITY}"
)
_ENTITY_ALONE = Pattern(rf"^\W*(?=(?-i:[A-Z]))[^.;]{{0,60}}\b{_ENTITY}[\s.,IVX]*$")


@lru_cache(maxsize=4096)
def names_entity(text: str) -> bool:
    """True where a footnote tells by its name which fund, trust or company a transaction was for."""
    even = flat(text)
    return bool(_FOR_ENTITY.search(even) or _ENTITY_ALONE.search(even))


# --- an officer's title in the remarks ----------------------------------------------------------------------------

_TITLE = re.compile(
    r"\b(?:title|officer|president|vice|[ES]?VP|C[A-Z]O|chair\w*|director|counsel|secretary|treasurer|controller|head|"
    r"manager|partner|founder|executive)\b",
    re.IGNORECASE,
)


def carries_title(text: str) -> bool:
    """True where remarks hold words of which officers' titles are made."""
    return _TITLE.search(flat(text)) is not None
