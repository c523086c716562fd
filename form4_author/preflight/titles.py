"""OWN: officers' titles, and the nature of indirect ownership, that say something else than they should."""

from __future__ import annotations

import re
from collections.abc import Iterator

from form4_author.filing.footnote_claims import carries_title
from form4_author.findings import Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, rule
from form4_author.preflight.form import Form, has_text, owners, shown

_SEE_REMARKS = re.compile(r"\bremarks?\b", re.IGNORECASE)
_DIRECTOR = re.compile(
    r"(?:an? )?(?:(?:independent|outside|external|non-? ?executive|non-? ?employee) )?"
    r"(?:(?:board )?director|board member|member of (?:the )?board(?: of directors)?)",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"(?:10|ten) ?(?:%|per ?cent) (?:beneficial )?(?:owner|(?:share|stock)?holder)|10%", re.IGNORECASE)
_NOTHING = re.compile(r"|n/?a|none|not applicable|(?:by )?(?:him|her|it|my)?self", re.IGNORECASE)
_DIRECT = re.compile(
    r"(?:by |held |owned )?(?:direct|directly|d)(?: (?:owner|ownership|holdings?|beneficial ownership|owned|held))?",
    re.IGNORECASE,
)


@rule(
    "OWN015",
    Severity.WARNING,
    "a title that refers to remarks that don't hold it",
    source="Form 4, item 5; Specification 3.5",
    forms=ALL_FORMS,
    source_on_3="Form 3, item 4; Specification 3.5",
)
def title_in_remarks(form: Form) -> Iterator[Problem]:
    """A title of more than 30 characters goes on in the remarks, and says so: See Remarks.

    Then the remarks hold it. The rule speaks where there are none, or where they have no word of an officer's title;
    of the description of an other relationship that refers to them, where there are none.
    """
    remarks = form.filing.remarks
    for label, owner in owners(form):
        what = "don't hold it" if has_text(remarks) else "are missing"
        if owner.is_officer.truth and _SEE_REMARKS.search(owner.officer_title.text) and not carries_title(remarks.text):
            yield Problem(
                f"{label} has the title {shown(owner.officer_title.text.strip())}, but the remarks {what}",
                owner.officer_title.origin,
                "Write the whole title into the remarks.",
            )
        if owner.is_other.truth and _SEE_REMARKS.search(owner.other_text.text) and not has_text(remarks):
            yield Problem(
                f"{label} is described as {shown(owner.other_text.text.strip())}, but the remarks are missing",
                owner.other_text.origin,
                "Describe the relationship in the remarks.",
            )


@rule(
    "OWN016",
    Severity.WARNING,
    "an officer whose title is no officer's",
    source="Form 4, item 5",
    forms=ALL_FORMS,
    source_on_3="Form 3, item 4",
)
def director_as_officer(form: Form) -> Iterator[Problem]:
    """A director is no officer, nor is an owner of ten percent: the boxes say it, and need no title.

    The officer box is for a president, a treasurer, a vice president and their like. Executive Director or Managing
    Director are officers' titles.
    """
    for label, owner in owners(form):
        title = " ".join(owner.officer_title.text.split())
        if not owner.is_officer.truth:
            continue
        for no_officer, box, ticked in (
            (_DIRECTOR, "director", owner.is_director.truth),
            (_HOLDER, "10% owner", owner.is_ten_percent_owner.truth),
        ):
            if no_officer.fullmatch(title.rstrip(".")):
                yield Problem(
                    f"{label} is an officer with the title {shown(title)}, which is no officer's",
                    owner.officer_title.origin,
                    f"The {box} box is ticked already: untick officer, or give the officer's title."
                    if ticked
                    else f"Tick {box} instead of officer, or give the officer's title.",
                )


@rule(
    "OWN017",
    Severity.WARNING,
    "indirect ownership whose nature is direct, or says nothing",
    source="Form 4, items 6 and 7; Specification 3.3 cm(5)",
    forms=ALL_FORMS,
    source_on_3="Form 3, Table I, items 3 and 4; Specification 3.3 cm(5)",
)
def direct_nature(form: Form) -> Iterator[Problem]:
    """The nature tells through whom or what securities are owned indirectly: By Trust, By Spouse.

    "Direct" is no nature; it belongs to the form of ownership, where it is D. "N/A" and "self" say nothing either.
    """
    for line in form.lines:
        nature = line.row.nature_of_ownership
        words = " ".join(nature.text.split()).strip(" ().-")
        says_nothing = nature.text.strip() and (_DIRECT.fullmatch(words) or _NOTHING.fullmatch(words))
        if line.row.direct_or_indirect.text.strip() == "I" and says_nothing:
            yield Problem(
                f"{line}: ownership is indirect, but its nature is given as {shown(nature.text.strip())}",
                nature.value.origin,
                "Make the ownership direct, without a nature; or say through whom or what it is held.",
            )
