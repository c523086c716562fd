"""Accounts: which of a file's are read, and whose they are."""

from __future__ import annotations

import pytest

from tests.executions.files import read_sales, refused, sold

TWO = (
    "Account,Date,Side,Quantity,Price\n"
    "Z-0011234,2026-11-17,S,100,22.50\n"
    "Z-0015678,2026-11-17,S,200,22.75\n"
    "Z-0011234,2026-11-18,S,300,24.10\n"
)
TITLED = "Transactions for account Individual ...123 as of 11/19/2026\nDate,Side,Quantity,Price\n2026-11-17,S,1,2\n"


@pytest.mark.parametrize("name", ["1234", "...1234", "…1234", "XXXX1234", "***-1234", "Z-0011234", "z0011234"])
def test_an_account_is_known_by_its_last_digits(name: str) -> None:
    assert [row[0] for row in sold(TWO, account=name)] == ["2", "4"]


def test_each_account_has_its_holder() -> None:
    read = read_sales(TWO, accounts={"...1234": "direct", "5678": "trust"})
    assert read.holders == {"Z-0011234": "...1234", "Z-0015678": "5678"}


@pytest.mark.parametrize(
    ("data", "fills", "said"),
    [
        (
            TWO,
            {},
            "3:1 it holds executions in 2 accounts: Z-0011234, Z-0015678 | Where only one is meant",
        ),
        (TWO, {"account": "34"}, '.account no execution is in account "34" | The file has Z-0011234, Z-0015678.'),
        (
            TWO,
            {"accounts": {"1234": "direct"}},
            '3:1 account "Z-0015678" is not under accounts | Under accounts write ',
        ),
        (TWO, {"accounts": {"1234": "direct", "11234": "direct"}}, '2:1 account "Z-0011234" may be 1234 or 11234'),
        (TWO.replace("5678", "51234"), {"account": "1234"}, '.account several accounts end in "1234" | Write more'),
        (TITLED, {"account": "456"}, ".account the file is of account ...123 | Is this the right file?"),
        (TITLED[60:], {"account": "456"}, ".account the file doesn't tell of accounts | Leave account out."),
    ],
)
def test_accounts_that_cannot_be_told_are_refused(data: str, fills: dict[str, object], said: str) -> None:
    found = refused(data, **fills)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_the_title_of_a_file_tells_its_account() -> None:
    assert sold(TITLED, account="99-123") == ["3 2026-11-17 1 @2"]
    assert read_sales(TITLED, accounts={"123": "trust"}).holders == {"": "123"}


def test_the_accounts_to_write_are_ready_to_be_pasted() -> None:
    (said,) = refused(TWO)
    assert said.endswith(' accounts: {"1234": direct, "5678": direct}')
