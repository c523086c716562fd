"""What a filing tells of holdings, for the chart."""

from __future__ import annotations

from form4_author.edgar import ownership_xml, xml_source
from form4_author.workbench.holdings import holdings
from tests.documents import cell, group, owned
from tests.short_swing.histories import filed, line


def test_a_holding_is_told_for_the_period_and_a_transaction_for_its_day() -> None:
    kept = owned("400", "I", cell("natureOfOwnership", "By Trust"))
    text = filed(
        line("2026-11-17", "S", "50", "9", "D", "1070"),
        line("2026-11-17", "S", "20", "9", "D", "1050.5"),
        group("nonDerivativeHolding", cell("securityTitle", "Common Stock"), kept),
    )
    found = holdings(ownership_xml.read(xml_source.parse(text.encode(), "form4.xml")))
    assert [(one["held"], one["day"], one["shares"]) for one in found] == [
        ("direct", "2026-11-17", "1050.5"),
        ("By Trust", "2026-11-18", "400"),
    ]
