"""OWN: the reporting owners, their relationship to the issuer, and the form of ownership of each line."""

from __future__ import annotations

from collections.abc import Iterator

from form4_author.filing import Feature, ReportingOwner, Value
from form4_author.findings import Origin, Severity
from form4_author.preflight.engine import ALL_FORMS, Problem, Scope, rule
from form4_author.preflight.form import Form, has_text, owners, shown
from form4_author.sec_codes import OBSOLETE, STORED_TERRITORY, UNITED_STATES


def _place(value: Value, owner: ReportingOwner) -> Origin:
    return value.origin if value.present else owner.origin


@rule("OWN001", Severity.ERROR, "the same reporting owner twice", source="Specification 4.3.2, 5", forms=ALL_FORMS)
def duplicate_owner(form: Form) -> Iterator[Problem]:
    """EDGAR suspends a form that names a reporting owner's CIK twice. Leading zeros make no difference."""
    seen: dict[str, int] = {}
    for number, owner in enumerate(form.filing.owners, 1):
        cik = owner.cik.text.strip().lstrip("0")
        first = seen.setdefault(cik, number)
        if cik and first != number:
            yield Problem(
                f"reporting owner {number} has the CIK {owner.cik.text.strip()} of reporting owner {first}",
                _place(owner.cik, owner),
                "Name each reporting owner once, with its own CIK.",
            )


@rule(
    "OWN002",
    Severity.ERROR,
    "a reporting owner without a relationship",
    source="Specification 3.3 cm(1)",
    forms=ALL_FORMS,
)
def no_relationship(form: Form) -> Iterator[Problem]:
    """Each reporting owner is a director, an officer, a ten percent owner or something else.

    At least one box of item 5 must be ticked, on Form 3 of item 4.
    """
    for label, owner in owners(form):
        boxes = (owner.is_director, owner.is_officer, owner.is_ten_percent_owner, owner.is_other)
        if not any(box.truth for box in boxes):
            yield Problem(
                f"{label} is neither director, officer, 10% owner nor other",
                owner.origin,
                f"Tick at least one box of item {form.type.captions.boxes['relationship']}.",
            )


@rule("OWN003", Severity.ERROR, "an officer without a title", source="Specification 3.3 cm(2)", forms=ALL_FORMS)
def officer_without_title(form: Form) -> Iterator[Problem]:
    """An officer's title must be given, in 30 characters; a longer one goes on in the remarks."""
    for label, owner in owners(form):
        if owner.is_officer.truth and not has_text(owner.officer_title):
            yield Problem(
                f"{label} is an officer, but no title is given", _place(owner.is_officer, owner), "Give the title."
            )


@rule(
    "OWN004",
    Severity.ERROR,
    "an other relationship without a description",
    source="Specification 3.3 cm(3)",
    forms=ALL_FORMS,
)
def other_without_description(form: Form) -> Iterator[Problem]:
    """Where the box Other is ticked, the relationship must be described, in 30 characters."""
    for label, owner in owners(form):
        if owner.is_other.truth and not has_text(owner.other_text):
            yield Problem(
                f"{label} has an other relationship, but it is not described",
                _place(owner.is_other, owner),
                "Describe it, as in Trustee of voting trust.",
            )


@rule(
    "OWN005",
    Severity.WARNING,
    "no CCC for a reporting owner",
    source="Specification 3.3 o(1), 4.3.2",
    scope=Scope.FILER,
    forms=ALL_FORMS,
)
def no_ccc(form: Form) -> Iterator[Problem]:
    """EDGAR takes a filing only with the CCC of each reporting owner.

    It is a password and never stands in a plan: give it in the environment variable `FORM4_CCC_<CIK>`, or in a file
    named by `--ccc-file`.
    """
    for label, owner in owners(form):
        if not owner.has_ccc:
            yield Problem(
                f"{label} (CIK {owner.cik.text.strip() or 'missing'}) has no CCC, without which EDGAR takes no filing",
                _place(owner.cik, owner),
                f"Set FORM4_CCC_{owner.cik.text.strip().lstrip('0') or '<CIK>'}, or give --ccc-file.",
            )


@rule(
    "OWN006",
    Severity.ERROR,
    "a non-US address without a country, or a US address without a state",
    source="Specification 3.3 cm(9), cm(10)",
    since=Feature.ABROAD,
    forms=ALL_FORMS,
)
def incomplete_address(form: Form) -> Iterator[Problem]:
    """An address outside the US must name the country, one in the US the state, both by EDGAR's code.

    Germany is 2M, while DE is Delaware.
    """
    for label, owner in owners(form):
        flag = owner.non_us_address
        if flag.truth and not has_text(owner.country):
            yield Problem(f"{label} has an address outside the US without a country", flag.origin, "Give the country.")
        elif flag.text.strip() in {"0", "false"} and not has_text(owner.state):
            yield Problem(
                f"{label} has an address in the US without a state",
                flag.origin,
                "Give the state; or say that the address is outside the US, and give the country.",
            )


@rule(
    "OWN007",
    Severity.WARNING,
    "a title without the officer box, or a description without the other box",
    source="Form 4, item 5",
    forms=ALL_FORMS,
    source_on_3="Form 3, item 4",
)
def text_without_box(form: Form) -> Iterator[Problem]:
    """A title stands for the officer box and a description for the other box.

    Without the box, the text is either left over or the box was forgotten.
    """
    for label, owner in owners(form):
        if has_text(owner.officer_title) and not owner.is_officer.truth:
            yield Problem(
                f"{label} has the title {shown(owner.officer_title.text.strip())}, but the officer box is not ticked",
                owner.officer_title.origin,
                "Tick the officer box, or remove the title.",
            )
        if has_text(owner.other_text) and not owner.is_other.truth:
            yield Problem(
                f"{label} is described as {shown(owner.other_text.text.strip())}, but the other box is not ticked",
                owner.other_text.origin,
                "Tick the other box, or remove the description.",
            )


@rule(
    "OWN008",
    Severity.WARNING,
    "a territory longer than the 30 characters that EDGAR stores",
    source="Specification 3.5",
    since=Feature.ABROAD,
    forms=ALL_FORMS,
)
def long_territory(form: Form) -> Iterator[Problem]:
    """The specification gives a state or territory outside the US 30 characters; the schema lets 40 through."""
    for label, owner in owners(form):
        text = owner.non_us_state_territory.text
        if len(text) > STORED_TERRITORY:
            yield Problem(
                f"{label}: the territory {shown(text)} has {len(text)} characters, and EDGAR stores {STORED_TERRITORY}",
                owner.non_us_state_territory.origin,
                "Shorten it.",
            )


@rule(
    "OWN010",
    Severity.ERROR,
    "direct ownership with a nature, or indirect ownership without one",
    source="Specification 3.3 cm(5), 5",
    forms=ALL_FORMS,
)
def nature_of_ownership(form: Form) -> Iterator[Problem]:
    """Indirect ownership needs its nature (By Trust, By Spouse); a footnote alone is not enough.

    Direct ownership must have none. EDGAR suspends either.
    """
    for line in form.lines:
        row = line.row
        form_of_ownership, nature = row.direct_or_indirect.text.strip(), row.nature_of_ownership
        if form_of_ownership == "D" and has_text(nature.value):
            yield Problem(
                f"{line}: ownership is direct, but its nature is given as {shown(nature.text)}",
                nature.value.origin,
                "Remove the nature and explain in a footnote; or report indirect ownership.",
            )
        elif form_of_ownership == "I" and not has_text(nature.value):
            yield Problem(
                f"{line}: ownership is indirect, but its nature is not given",
                nature.origin if nature.present else row.direct_or_indirect.origin,
                "Give the nature, as in By Trust"
                + (", or See footnote where a footnote tells it." if nature.footnotes else "."),
            )


@rule(
    "OWN011",
    Severity.WARNING,
    "an address that doesn't say whether it is in the US",
    source="Specification 3.5 (cm)",
    scope=Scope.FILER,
    since=Feature.ABROAD,
    forms=ALL_FORMS,
)
def no_address_flag(form: Form) -> Iterator[Problem]:
    """Since March 2026 an address says whether it is outside the US (`rptOwnerNonUSAddressFlag`).

    The specification makes the flag mandatory with an address; the schema lets it be left out, and a few filings
    without it were taken.
    """
    for label, owner in owners(form):
        parts = (owner.street1, owner.street2, owner.city, owner.state, owner.country, owner.zip_code)
        if any(has_text(part) for part in parts) and not has_text(owner.non_us_address):
            yield Problem(
                f"{label} has an address, but rptOwnerNonUSAddressFlag is missing",
                owner.origin,
                "Add it as the first element of the address: false in the US, true outside.",
            )


@rule(
    "OWN012",
    Severity.ERROR,
    "a country or state code that is obsolete",
    source="EDGAR's schema, list of country codes",
    scope=Scope.FILER,
    forms=ALL_FORMS,
)
def obsolete_code(form: Form) -> Iterator[Problem]:
    """EDGAR suspends a new filing that uses the code of a country that is no more.

    It keeps those codes in its schema so that old documents stay valid.
    """
    for label, owner in owners(form):
        for value in (owner.country, owner.state):
            code = value.text.strip()
            if code in OBSOLETE:
                yield Problem(
                    f"{label}: {code} ({OBSOLETE[code]}) is an obsolete code",
                    value.origin,
                    "Write the code of the country as it is today.",
                )


@rule("OWN013", Severity.WARNING, "the issuer is a reporting owner of itself", source="consistency", forms=ALL_FORMS)
def owner_is_issuer(form: Form) -> Iterator[Problem]:
    """A reporting owner whose CIK is the issuer's: the CIK of the person is wanted, not the company's."""
    issuer = form.filing.issuer.cik.text.strip().lstrip("0")
    for label, owner in owners(form):
        if issuer and owner.cik.text.strip().lstrip("0") == issuer:
            yield Problem(
                f"{label} has the issuer's own CIK, {owner.cik.text.strip()}",
                owner.cik.origin,
                "Give the CIK of the reporting person.",
            )


@rule(
    "OWN014",
    Severity.WARNING,
    "an address outside the US whose country is the United States",
    source="Specification 3.3 cm(9), cm(10)",
    since=Feature.ABROAD,
    forms=ALL_FORMS,
)
def abroad_in_the_us(form: Form) -> Iterator[Problem]:
    """EDGAR's list of countries holds the United States (X1), but an address there is none outside the US.

    It has a state, no country, and the mark `rptOwnerNonUSAddressFlag` is false. In a plan the country may be named all
    the same.
    """
    for label, owner in owners(form):
        if owner.non_us_address.truth and owner.country.text.strip() == UNITED_STATES:
            yield Problem(
                f"{label} has an address outside the US, but its country is {UNITED_STATES}, the United States",
                owner.country.origin,
                "Give the state instead of the country, and false as the mark (in a plan leave out non_us: yes).",
            )
