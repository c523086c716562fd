"""A plan -> the filing that EDGAR receives: what the form repeats or derives is derived here.

Codes: PLN001 what is missing, PLN011 keys that don't go together, PLN012 what can't be derived, PLN016 a state or
country that EDGAR doesn't know, PLN017 the Rule 10b5-1 statement; and those of `pen`, `compose_lines`,
`compose_notes`, `ledger`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from form4_author.compose.boxes import late_boxes, none_owned, refuse_version, stated_period
from form4_author.compose.executed import Executed
from form4_author.compose.holders import Holders
from form4_author.compose.ledger import Closing, Ledger
from form4_author.compose.lines import Lines
from form4_author.compose.long_titles import with_long_titles
from form4_author.compose.notebook import Notebook
from form4_author.compose.pen import Pen
from form4_author.compose.positions import with_obligations
from form4_author.compose.rows import RowWriter
from form4_author.compose.signatures import signatures
from form4_author.compose.tallies import Tallies
from form4_author.compose.tally_sheet import tally
from form4_author.filing import (
    ABSENT,
    DocumentKind,
    Feature,
    Filing,
    FormType,
    Issuer,
    Medium,
    ReportingOwner,
    Row,
    Value,
    form_for,
)
from form4_author.filing.derivation import Derivation, Derivations, TallyStep
from form4_author.filing.forms import LineKind
from form4_author.filing.wording import day
from form4_author.findings import Finding, error
from form4_author.plan.model import Plan
from form4_author.plan.parts import Address, Owner
from form4_author.plan.securities import Security
from form4_author.plan.source import Source
from form4_author.plan.yaml_text import Key
from form4_author.sec_codes import (
    UNITED_STATES,
    country_code,
    obsolete_code,
    state_code,
    suggest_country,
    suggest_state,
)


class Composition(Struct, frozen=True):
    """A composed filing, and what there is to say about it.

    `complete` is False where something the form needs is missing from the filing: the rules and the schema would only
    repeat what the findings say already. `derivations` tell how what the plan doesn't state came about,
    `executions` the hash of each broker's file, by its name in the plan, `tally` what was owned after each step.
    `closing` is what is held at the end, and `adjusted` the securities whose terms have changed on the way, by name.
    """

    filing: Filing
    findings: tuple[Finding, ...]
    derivations: tuple[Derivation, ...] = ()
    executions: Mapping[str, str] = {}
    tally: tuple[TallyStep, ...] = ()
    closing: tuple[Closing, ...] = ()
    adjusted: Mapping[str, Security] = {}

    @property
    def complete(self) -> bool:
        """True where the filing holds all that the plan meant to say."""
        return not any(finding.is_error and finding.code.startswith("PLN") for finding in self.findings)


def compose(
    plan: Plan,
    source: Source,
    *,
    kind: DocumentKind = DocumentKind.FILER,
    version: str | None = None,
    has_ccc: Callable[[str], bool] = lambda _cik: False,
    folder: Path | None = None,
    root: Path | None = None,
) -> Composition:
    """Derive the filing that a plan describes.

    Args:
        plan: what the author wrote.
        source: where each part of it stands.
        kind: filer document, or document of record.
        version: the schema version; the plan's own by default, else the one in force.
        has_ccc: whether a CCC is at hand for an owner's CIK.
        folder: the plan's folder, where files of executions are looked up.
        root: the folder that they must stay inside.

    Returns:
        The filing, with findings on what is neither stated nor derivable and on what doesn't add up.
    """
    plan = with_obligations(plan)
    pen = Pen(source)
    form = form_for(plan.form)
    refuse_version(plan, pen, form)
    in_force = form.judged_by(version) if version else plan.schema_version or form.in_force
    notebook = Notebook(plan, pen)
    notebook.read()
    ledger = Ledger()
    holders = Holders(plan, pen)
    holders.read()
    tallies = Tallies(plan, pen)
    writer = RowWriter(plan, pen, ledger, notebook, holders, tallies, form, Derivations(form.numbering))
    executed = Executed(pen, plan.issuer, folder, root)
    Lines(writer, executed).write()
    rows, footnotes = notebook.number([*writer.table1, *writer.table2])
    table1, table2 = rows[: len(writer.table1)], rows[len(writer.table1) :]
    owners, remarks = with_long_titles(
        [_owner(owner, ("owners", i), pen, form, in_force, has_ccc) for i, owner in enumerate(plan.owners)],
        pen.text(plan.remarks, ("remarks",)),
        pen.findings,
    )
    filing = Filing(
        version=in_force,
        kind=kind,
        medium=Medium.PLAN,
        schema_version=Value(in_force, pen.origin(("schema_version",))),
        document_type=Value(plan.form, pen.origin(("form",))),
        period_of_report=_period(plan, pen, form, rows),
        date_of_original_submission=_original_date(plan, pen, form),
        no_securities_owned=none_owned(plan, pen, form, rows),
        not_subject_to_section16=_exit_box(plan, pen, form, in_force),
        **late_boxes(plan, pen, form, rows),
        issuer=_issuer(plan, pen, form, in_force),
        owners=owners,
        aff10b5_one=_rule_10b5_1(plan, pen, form, in_force),
        table1=tuple(table1),
        table2=tuple(table2),
        footnotes=tuple(footnotes),
        remarks=remarks,
        signatures=signatures(plan, pen),
        origin=pen.origin(()),
    )
    # A security's title stands on many lines, but a finding on it is one.
    findings = tuple(dict.fromkeys([*pen.findings, *ledger.findings, *_misplaced(filing.rows, form)]))
    derived = (*_period_derived(plan, form, filing.period_of_report), *writer.derived.in_order())
    return Composition(
        filing,
        findings,
        derived,
        executed.hashes,
        tally(plan, ledger),
        tuple(ledger.closing()),
        writer.adjusted,
    )


def _misplaced(rows: Iterable[Row], form: FormType) -> list[Finding]:
    """A finding for each kind of line that the form's tables don't take, at the first such line."""
    found: dict[str, Finding] = {}
    for row in rows:
        kind = LineKind.HOLDING if row.holding else LineKind.TRANSACTION
        if not form.takes(row.table, kind):
            message = f"{form} has no {kind}s in Table {row.table}"
            found.setdefault(message, error("PLN011", message, row.origin, hint="Leave the line out."))
    return [*found.values()]


def _period(plan: Plan, pen: Pen, form: FormType, rows: Iterable[Row]) -> Value:
    stated = stated_period(plan, pen, form)
    if stated is not None:
        return stated
    days = [(entry.day, index) for index, entry in enumerate(plan.transactions) if entry.day is not None]
    executed = [row.transaction_date.value for row in rows if row.transaction_date.date]
    first = min(executed, key=lambda value: value.text[:10], default=ABSENT)
    if not days and first.present:
        return first
    if days:
        earliest, index = min(days, key=lambda day: (day[0].date, day[1]))
        if first.date is not None and first.date < earliest.date:
            return first  # executions may be of a day before their entry's
        return pen.day(earliest, ("transactions", index, "date"))
    if not any(finding.is_error and finding.origin.path.startswith("transactions") for finding in pen.findings):
        pen.refuse(
            "PLN012",
            "the period of report can't be derived: there is no transaction",
            ("period_of_report",),
            "Write period_of_report: with the date of the event reported.",
        )
    return ABSENT


def _period_derived(plan: Plan, form: FormType, period: Value) -> list[Derivation]:
    if getattr(plan, form.period_key) is not None or not period.present:
        return []
    days = [entry.day.date for entry in plan.transactions if entry.day is not None]
    how = "the only transaction date" if len(days) == 1 else f"the earliest of {len(days)} transaction dates"
    if period.date not in days:
        how = "the earliest day of the executions"
    return [
        Derivation(
            f"Box {form.captions.boxes['period']}, {form.captions.period.lower()}", day(period), how, period.origin
        )
    ]


def _original_date(plan: Plan, pen: Pen, form: FormType) -> Value:
    date, amends = plan.original_filing_date, plan.form == form.name.amendment
    if amends and date is None:
        pen.refuse(
            "PLN001",
            "original_filing_date is missing: an amendment says when the original was filed",
            ("form",),
            f"Write original_filing_date: with the date on which the original {form} was filed "
            f"(box {form.captions.boxes['original']}).",
        )
    if not amends and date is not None:
        pen.refuse(
            "PLN011",
            "original_filing_date stands only on an amendment",
            ("original_filing_date",),
            f"Write form: {form.name.amendment}.",
        )
    return pen.day(date, ("original_filing_date",))


def _exit_box(plan: Plan, pen: Pen, form: FormType, version: str) -> Value:
    if plan.exit_box is not None and not form.has(Feature.EXIT_BOX, version):
        pen.refuse("PLN011", f"{form} has no exit box", ("exit_box",), "Leave exit_box out.")
    return pen.box(plan.exit_box, ("exit_box",))


def _rule_10b5_1(plan: Plan, pen: Pen, form: FormType, version: str) -> Value:
    answer, key = plan.rule_10b5_1, ("rule_10b5_1",)
    under_plan = next((n for n, entry in enumerate(plan.transactions) if getattr(entry, "trading_plan", None)), None)
    if not form.has(Feature.PLAN_BOX, version):
        if form.has(Feature.PLAN_UNASKED, version):
            return pen.box(answer, key)
        if answer is not None:
            pen.refuse(
                "PLN017",
                f"{_lacking(form, Feature.PLAN_BOX, version)} has no Rule 10b5-1 box",
                key,
                "Leave rule_10b5_1 out, or leave schema_version out to file today."
                if Feature.PLAN_BOX in form.features
                else "Leave rule_10b5_1 out.",
            )
        return ABSENT
    if under_plan is not None and answer is False:
        pen.refuse(
            "PLN017",
            f"rule_10b5_1 says no, though transaction {under_plan + 1} was made under a trading plan",
            key,
            "Write rule_10b5_1: yes, or leave trading_plan out.",
        )
    if under_plan is not None and answer is None:
        return pen.box(True, ("transactions", under_plan, "trading_plan"))  # noqa: FBT003
    if answer is None:
        pen.refuse(
            "PLN017",
            "rule_10b5_1 is missing: the form must say whether a transaction was made under a Rule 10b5-1(c) plan",
            key,
            "Write rule_10b5_1: yes or no. This is the reporting person's own statement; the tool doesn't guess it.",
        )
    return pen.box(answer, key)


def _lacking(form: FormType, feature: Feature, version: str) -> str:
    """What lacks a feature: the form of an earlier schema version, or the form as such."""
    return f"the form of schema {version}" if feature in form.features else str(form)


def _issuer(plan: Plan, pen: Pen, form: FormType, version: str) -> Issuer:
    issuer = plan.issuer
    if issuer.foreign_symbol is not None and not form.has(Feature.ABROAD, version):
        pen.refuse(
            "PLN011",
            f"the form of schema {version} has no foreign trading symbol",
            ("issuer", "foreign_symbol"),
            "Leave it out, or leave schema_version out to file today.",
        )
    return Issuer(
        cik=Value(issuer.cik, pen.origin(("issuer", "cik"))),
        name=pen.text(issuer.name, ("issuer", "name")),
        trading_symbol=pen.text(issuer.symbol, ("issuer", "symbol")),
        foreign_trading_symbol=pen.text(issuer.foreign_symbol, ("issuer", "foreign_symbol")),
        origin=pen.origin(("issuer",)),
    )


def _owner(
    owner: Owner, key: Key, pen: Pen, form: FormType, version: str, has_ccc: Callable[[str], bool]
) -> ReportingOwner:
    officer, title = _box_and_text(owner.officer, owner.officer_title, (*key, "officer"), (*key, "officer_title"), pen)
    other, description = _box_and_text(owner.other, owner.other_text, (*key, "other"), (*key, "other_text"), pen)
    return ReportingOwner(
        cik=Value(owner.cik, pen.origin((*key, "cik"))),
        name=pen.text(owner.name, (*key, "name")),
        **(_address(owner.address, (*key, "address"), pen, form, version) if owner.address else {}),
        is_director=pen.box(owner.director, (*key, "director")),
        is_officer=officer,
        is_ten_percent_owner=pen.box(owner.ten_percent_owner, (*key, "ten_percent_owner")),
        is_other=other,
        officer_title=title,
        other_text=description,
        has_ccc=has_ccc(owner.cik),
        origin=pen.origin(key),
    )


def _box_and_text(
    box: bool | str | None,  # noqa: FBT001
    text: str | None,
    box_key: Key,
    text_key: Key,
    pen: Pen,
) -> tuple[Value, Value]:
    """`officer: TITLE` checks the box and gives the title; `officer: yes` leaves the title to its own key."""
    if isinstance(box, str):
        if text is not None:
            pen.refuse("PLN011", f"{box_key[-1]} already gives this text", text_key, "Keep one of them.")
        return pen.box(True, box_key), pen.text(box, box_key)  # noqa: FBT003
    return pen.box(box, box_key), pen.text(text, text_key)


def _address(address: Address, key: Key, pen: Pen, form: FormType, version: str) -> dict[str, Value]:
    lines = {
        "street1": pen.text(address.street1, (*key, "street1")),
        "street2": pen.text(address.street2, (*key, "street2")),
        "city": pen.text(address.city, (*key, "city")),
        "zip_code": pen.text(address.zip, (*key, "zip")),
        "state_description": pen.text(address.state_description, (*key, "state_description")),
        "good_address": pen.box(address.good_address, (*key, "good_address"), "true", "false"),
    }
    if not form.has(Feature.ABROAD, version):
        return {**lines, "state": _old_state(address, key, pen, version)}
    state, country = ABSENT, ABSENT
    if address.state is not None:
        state = _code(state_code(address.state), address.state, "US state", (*key, "state"), pen)
    if address.country is not None:
        country = _code(country_code(address.country), address.country, "country", (*key, "country"), pen)
    foreign = address.non_us
    stated = "non_us" in address.model_fields_set
    at_home = country.text == UNITED_STATES and foreign is not True
    if at_home:
        # A document may name the country of an address in the US: what is imported gives EDGAR's code and the mark.
        country = country if stated and _is_code(address.country) else ABSENT
        if not stated and address.state is None:
            _refuse_without_state(key, pen)
    if not stated:
        foreign = (address.country is not None and not at_home) or address.territory is not None
        if address.state is not None and foreign:
            pen.refuse(
                "PLN011",
                "an address has a US state, or a country outside the US",
                (*key, "state"),
                "Outside the US, write territory: for the state or province; or say non_us: yes or no.",
            )
    return {
        **lines,
        "non_us_address": pen.box(foreign, (*key, "non_us"), "true", "false"),
        "non_us_state_territory": pen.text(address.territory, (*key, "territory")),
        "state": state,
        "country": country,
    }


def _old_state(address: Address, key: Key, pen: Pen, version: str) -> Value:
    """Before X0609 one list of codes held states and countries, and an address had no further parts."""
    for name in ("territory", "non_us"):
        if getattr(address, name) is not None:
            pen.refuse("PLN011", f"the form of schema {version} has no {name}", (*key, name), "Leave it out.")
    at_home = address.country is not None and country_code(address.country) == UNITED_STATES
    if at_home and address.state is None:
        _refuse_without_state(key, pen)
        return ABSENT
    if address.state is not None and address.country is not None and not at_home:
        pen.refuse(
            "PLN011",
            f"the form of schema {version} has one code for state or country",
            (*key, "country"),
            "Keep state, or country.",
        )
    name = "state" if address.state is not None else "country"
    written = address.state if address.state is not None else address.country
    if written is None:
        return ABSENT
    code = state_code(written) or country_code(written) or obsolete_code(written)
    return _code(code, written, "state or country", (*key, name), pen)


def _is_code(country: str | None) -> bool:
    return country is not None and country.strip().upper() == UNITED_STATES


def _refuse_without_state(key: Key, pen: Pen) -> None:
    pen.refuse(
        "PLN001",
        "state is missing: an address in the United States has one",
        key,
        "Write state: with the US state or territory; the country isn't needed.",
    )


def _code(code: str | None, written: str, what: str, key: Key, pen: Pen) -> Value:
    if not written.strip():
        return Value(written, pen.origin(key))
    if code is None:
        hint = suggest_country(written) if what == "country" else suggest_state(written)
        pen.refuse("PLN016", f'"{written}" is no {what} that EDGAR knows', key, hint)
        return ABSENT
    return Value(code, pen.origin(key))
