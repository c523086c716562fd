"""When trades under a Rule 10b5-1 plan may begin: its cooling-off period.

No trade may take place before it has ended: for directors and officers 90 days after the plan was adopted, or two
business days after the issuer's Form 10-Q or 10-K for the quarter of the adoption, whichever is later, but at most 120
days (Rule 10b5-1(c)(1)(ii)(B)(1)); for others but the issuer 30 days (Rule 10b5-1(c)(1)(ii)(B)(2)). It holds for plans
adopted since February 27, 2023 (Release 33-11138). When the report was filed no form tells: both ends are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from form4_author.filing import Filing
from form4_author.filing.footnote_language import plan_statement
from form4_author.filing.wording import value_text

SINCE = date(2023, 2, 27)
_INSIDERS, _AT_MOST, _OTHERS = timedelta(days=90), timedelta(days=120), timedelta(days=30)


class CoolingOff(Struct, frozen=True):
    """The cooling-off period of one plan of one person.

    Attributes:
        name: the person, as EDGAR has it; the CIK where it isn't known.
        issuer: the issuer's ticker symbol, or its CIK.
        adopted: the day on which the plan was adopted.
        ends: its last day, where nothing makes it longer.
        at_most: its last day where the issuer's report comes late; the same where that doesn't matter.
    """

    name: str
    issuer: str
    adopted: date
    ends: date
    at_most: date

    @property
    def why(self) -> str:
        """How the days come about, in a sentence."""
        if self.ends == self.at_most:
            return f"30 days after the plan of {self.adopted} (Rule 10b5-1(c)(1)(ii)(B)(2))"
        return (
            f"90 days after the plan of {self.adopted}, or two business days after the 10-Q or 10-K for that quarter, "
            f"at the latest {self.at_most}, 120 days after it (Rule 10b5-1(c)(1)(ii)(B)(1))"
        )


def cooling_offs(filings: Iterable[Filing]) -> list[CoolingOff]:
    """The cooling-off periods of the plans that forms tell of, each once, in the order of their ends.

    Args:
        filings: what forms say; a plan counts whose day of adoption stands in a footnote or the remarks.
    """
    found = {period: None for filing in filings for period in _of(filing)}
    return sorted(found, key=lambda one: (one.ends, one.name, one.issuer, one.adopted))


def _of(filing: Filing) -> Iterator[CoolingOff]:
    texts = [note.text.text for note in filing.footnotes] + [filing.remarks.text]
    said = [statement for text in texts if (statement := plan_statement(text)) is not None]
    days = {span.first for one in said for span in one.adopted if span.first == span.last and span.first >= SINCE}
    symbol = value_text(filing.issuer.trading_symbol) or f"CIK {value_text(filing.issuer.cik)}"
    for owner in filing.owners:
        name = value_text(owner.name) or f"CIK {value_text(owner.cik)}"
        insider = owner.is_director.truth or owner.is_officer.truth
        for adopted in sorted(days):
            if (date.max - adopted) > _AT_MOST:
                ends, most = (_INSIDERS, _AT_MOST) if insider else (_OTHERS, _OTHERS)
                yield CoolingOff(name, symbol, adopted, adopted + ends, adopted + most)
