"""What the author writes: the plan's keys, in the words of the form, as pydantic models.

A plan knows nothing of XML; `compose` makes the filing of it. `docs/plan.md` explains each key to its authors;
the descriptions here are what an editor shows beside it.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from form4_author.plan.accounts import Opening
from form4_author.plan.base import MaybeAnswer, Model, Name, Names, NoteText, Version, Words
from form4_author.plan.entries import AnyKind
from form4_author.plan.entries.holding import Holding
from form4_author.plan.entries.shared import Entry
from form4_author.plan.insiders import Insider, Sheet
from form4_author.plan.ownership import Holder
from form4_author.plan.parts import (
    Exhibit,
    Footnote,
    Issuer,
    Owner,
    Signature,
    SubmissionPart,
    Waiver,
    footnote_or_text,
)
from form4_author.plan.scalars import Answer, DayText, document_type, text
from form4_author.plan.securities import Security, security_or_title


class Plan(Model):
    """A Form 3, 4 or 5, or the amendment of one, each fact stated once."""

    follows: Names = []
    """A plan or a filed XML whose end this one begins with: issuer, owners, securities, holders, opening balances.
    Several in the order of their dates, as for a Form 5 all of its year: what a later one says counts."""
    amends: Name | None = None
    """The plan or the filed XML of the form that this one amends, repeating nothing of it; with adds and why."""
    adds: list[Annotated[Entry, AnyKind()]] = []
    """The lines that the amendment adds, as under transactions."""
    why: Words | None = None
    """Why the amendment adds them: a footnote on each of its lines."""
    form: Annotated[str, BeforeValidator(document_type)] = "4"
    """3, 4 or 5; 3/A, 4/A or 5/A for an amendment."""
    schema_version: Version | None = None
    """EDGAR's schema version (X0306, X0407, X0508, ...); the one in force where not given."""
    original_filing_date: DayText | None = None
    """Date the original was filed, box 4 (box 5 of a Form 3); only on an amendment, and needed there."""
    period_of_report: DayText | None = None
    """Date of earliest transaction, box 3 of a Form 4; follows from the transactions."""
    event_date: DayText | None = None
    """Date of the event that requires a Form 3, its box 2."""
    fiscal_year_ended: DayText | None = None
    """The issuer's fiscal year end, box 3 of a Form 5."""
    no_securities: MaybeAnswer = None
    """yes on a Form 3 of a person who owns no securities of the issuer. EDGAR fills it in. none leaves the mark out."""
    form_3_holdings_reported: MaybeAnswer = None
    """EDGAR's own mark on a Form 5; follows from the holdings. none leaves it out."""
    form_4_transactions_reported: MaybeAnswer = None
    """EDGAR's own mark on a Form 5; follows from the transactions. none leaves it out."""
    exit_box: Answer | None = None
    """Check where the person is no longer subject to Section 16."""
    issuer: Issuer
    """Box 2."""
    owners: Annotated[list[Owner], Field(min_length=1)]
    """Boxes 1 and 5: the reporting persons, or the names of their profiles; more than ten make several forms."""
    rule_10b5_1: Answer | None = None
    """Whether a transaction was made under a Rule 10b5-1(c) plan; must be answered since April 2023."""
    securities: dict[str, Annotated[Security, BeforeValidator(security_or_title)]] = {}
    """The securities, by a name of your own."""
    ownership_lines: dict[str, Holder] = {}
    """Holders, by a name of your own that then stands as `ownership`: each keeps a balance of its own."""
    for_each: list[Insider] | Sheet | None = None
    """Several insiders, one form for each; entries that say `each` for their event are filled in by them."""
    opening: list[Opening] = []
    """What was held before the first line: a list, or {common: 18250} for what is held directly."""
    transactions: list[Annotated[Entry, AnyKind()]] = []
    """The lines of Tables I and II: transactions as on the form, or events (exercise, gift) that write several."""
    holdings: list[Holding] = []
    """Lines without a transaction, after the transactions of their table."""
    footnotes: dict[str, Annotated[Footnote, BeforeValidator(footnote_or_text)]] = {}
    """The footnotes by a name of your own; numbered by first use."""
    event_notes: Answer | None = None
    """no leaves out the footnotes that events give by themselves: what stands in the plan is all."""
    library: dict[str, NoteText] = {}
    """A firm's footnotes, from a file or several: its words for those that the tool gives, and kinds of its own."""
    remarks: Annotated[str, BeforeValidator(text(2000, what="the remarks", blank=True))] | None = None
    """Remarks, 2,000 characters; line breaks are kept."""
    signatures: Annotated[list[Signature], Field(min_length=1)] = []
    """The signatures, one to ten; or write signed."""
    signed: DayText | None = None
    """The date on which every owner signs, each with the text of its signs, or with its name."""
    exhibits: list[Exhibit] = []
    """Documents filed with the form."""
    submission: SubmissionPart = SubmissionPart()
    """What the envelope says."""
    waivers: list[Waiver] = []
    """Warnings that may stand, with the reason."""
