"""Whether a footnote tells of another exemption than that of grants and returns."""

from __future__ import annotations

import pytest

from form4_author.filing.footnote_exemptions import tells_of_exemption


@pytest.mark.parametrize(
    "text",
    [
        "Acquired under the employee stock purchase plan.",
        "Bought in the ESPP.",
        "Held in the 401(k) plan.",
        "Held in the 401k.",
        "Held in a savings plan.",
        "Held in a retirement\nplan.",
        "Held in the thrift plan.",
        "Dividend equivalents accrued.",
        "Acquired by reinvestment.",
        "Acquired through the DRIP.",
        "Exchanged in a reclassification.",
        "Exchanged in a recapitalization.",
        "Received in a 2-for-1 stock split.",
        "Exchanged in the merger.",
        "Exchanged in a reincorporation.",
        "Exchanged in a holding company reorganization.",
        "A pro rata distribution.",
        "A pro-rata distribution.",
        "Received in the spin-off.",
        "Received in the spinoff.",
        "Shares distributed to the partners.",
        "A distribution by the partnership.",
        "Exempt under Rule 16b-3(c).",
        "This transaction is exempt.",
        "See Rule 16a-9.",
        "See Rule 16a-11.",
        "See Rule 16a-13.",
        "See Rule 16b-3 (c).",
        "See Rule 16b-5.",
        "See Rule 16b-7.",
        "See Rule 16b-8.",
        "Under a domestic relations order.",
        "Divided upon the divorce.",
    ],
)
def test_these_tell_of_one(text: str) -> None:
    assert tells_of_exemption(text)


@pytest.mark.parametrize(
    "text",
    [
        "Granted under the 2020 equity plan.",
        "Exempt under Rule 16b-3(d).",
        "Exempt under Rule 16b-3 (e).",
        "Returned to the issuer for the tax.",
        "See Rule 16a-3.",
        "",
    ],
)
def test_these_tell_of_none(text: str) -> None:
    assert not tells_of_exemption(text)
