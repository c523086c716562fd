from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from form4_author.workbench import unsaved


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORM4_AUTHOR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_what_is_kept_is_the_users_alone_and_comes_back_as_it_was(data: Path) -> None:
    text = "form: 4\r\n# caf\u00e9 \U0001f600 no line end"
    assert unsaved.keep(Path("/a/plan.yaml"), text, "base")
    assert unsaved.kept(Path("/a/plan.yaml")) == unsaved.Unsaved("/a/plan.yaml", text, "base")
    assert unsaved.kept(Path("/b/plan.yaml")) is None
    (file,) = (data / "unsaved").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("held", ["1999999101: ab1$cd2@", "ccc: ab1$cd2@", "remarks: mine is ab1$cd2@"])
def test_no_ccc_is_kept_though_no_one_told_of_it(data: Path, held: str) -> None:
    """Else it would come to the browser from there; all else comes back."""
    assert unsaved.keep(Path("/a/plan.yaml"), f"form: 4\n{held}\n# more", "base")
    (file,) = (data / "unsaved").iterdir()
    assert "ab1$cd2@" not in file.read_text()
    left = unsaved.kept(Path("/a/plan.yaml"))
    assert left is not None
    assert left.text == f"form: 4\n{held.replace('ab1$cd2@', '*' * 8)}\n# more"


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"plan": 1}', b'{"plan": "", "text": "", "base": "", "more": 1}']
)
def test_what_is_damaged_is_as_if_it_were_not_there(data: Path, damage: bytes) -> None:
    unsaved.keep(Path("/a/plan.yaml"), "x", "base")
    (file,) = (data / "unsaved").iterdir()
    file.write_bytes(damage)
    assert unsaved.kept(Path("/a/plan.yaml")) is None


def test_without_room_it_says_so(data: Path) -> None:
    data.write_text("a file is in the way")
    assert not unsaved.keep(Path("/a/plan.yaml"), "x", "base")


def test_the_newest_counts_whatever_is_still_being_written() -> None:
    plan, other = Path("/a/plan.yaml"), Path("/a/other.yaml")

    async def type_and_save() -> None:
        keeper = unsaved.Keeper()
        for number in range(50):
            keeper.keep(plan, f"{number}", "base")
            keeper.keep(other, f"{number}", "base")
            if number % 10 == 0:
                await asyncio.sleep(0)
        keeper.forget(other)
        await keeper.settled()

    asyncio.run(type_and_save())
    left = unsaved.kept(plan)
    assert left is not None
    assert left.text == "49"
    assert unsaved.kept(other) is None
