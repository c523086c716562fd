"""The period of less than six months within which a purchase and a sale are held against each other.

Section 16(b) of the Exchange Act takes the profit of "any purchase and sale, or any sale and purchase ... within any
period of less than six months". A period counts the day that it begins with and is over at midnight, so that six full
months from December 20 end with June 19, and the last day of less than six months is June 18: the second day before the
six-month anniversary (Stella v. Graham-Paige Motors Corp., 132 F. Supp. 100 (S.D.N.Y. 1955); Colonial Realty Corp. v.
MacWilliams, 381 F. Supp. 26 (S.D.N.Y. 1974)). Whoever wants a margin may count by the calendar alone: to the day before
the anniversary.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from form4_author.days.months import six_months_after


class Window(StrEnum):
    """How the last day is counted."""

    COLONIAL = "colonial"
    CALENDAR = "calendar"


def last_day(first: date, window: Window = Window.COLONIAL) -> date:
    """The last day on which an opposite trade is matched with one of `first`; a later trade has no earlier last day."""
    return six_months_after(first) - timedelta(2 if window is Window.COLONIAL else 1)
