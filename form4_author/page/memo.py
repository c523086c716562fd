"""The pre-clearance memo as a page: one sheet in the hand of the proof sheet, no part of any form."""

from __future__ import annotations

from msgspec import Struct

from form4_author.page.proof import ProofTable
from form4_author.page.timeline import Timeline


class Memo(Struct, frozen=True):
    """What stands on the sheet; all of it is plain text.

    Attributes:
        title: the heading.
        who: whose it is, in which issuer's securities, and for which day.
        summary: what matters first, in sentences.
        picture: the trades on a time line; None where there are none.
        parts: its tables, in order.
        foot: what stands at the foot of the sheet.
    """

    title: str
    who: str
    summary: tuple[str, ...]
    picture: Timeline | None
    parts: tuple[ProofTable, ...]
    foot: str
