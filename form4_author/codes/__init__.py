"""The catalogue of all codes that other stages than preflight give; a page for each. It knows findings alone.

Data, loaded when a code is asked about: no run pays for it. The codes of rules stand in `preflight.RULES`.
"""

from __future__ import annotations

from form4_author.codes.record import Code

__all__ = ["Code", "all_codes", "find_code"]


def all_codes() -> tuple[Code, ...]:
    """All of them, in the order of the stages: files, plans, documents."""
    from form4_author.codes import documents, files, plans

    # -----------------------------------------------------------------------------------------------------------------
    # The registry. To add a code: its page stands in one of these, in the order of the codes of its topic; the module
    # that gives it names it. docs/codes.md, `explain` and SARIF follow from it, and a test holds that none is missing.
    return (*files.CODES, *plans.CODES, *documents.CODES)
    # -----------------------------------------------------------------------------------------------------------------


def find_code(code: str) -> Code | None:
    """The page of a code, in upper or lower case; None where it is a rule's or none."""
    return next((known for known in all_codes() if known.code == code.upper()), None)
