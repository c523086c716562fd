"""The readers that the coverage-guided runs try: their seeds are read without a fault, and a fault is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import guided_fuzz
from tests.guided_fuzz import READERS, Watch, seeds


@pytest.mark.parametrize("reader", READERS)
def test_every_seed_is_read_or_refused_in_the_readers_own_words(reader: str, tmp_path: Path) -> None:
    begun = seeds(reader)
    assert len(begun) > 3
    watch = Watch(reader, tmp_path / "found")
    for data in begun:
        watch(data)
        watch(data[: len(data) // 2])
    assert (watch.kinds, list(tmp_path.iterdir())) == (set(), [])


def test_a_fault_is_kept_once_with_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(data: bytes) -> None:
        raise KeyError(data)

    monkeypatch.setitem(guided_fuzz.READERS, "plan", fails)
    watch = Watch("plan", tmp_path / "found")
    watch(b"one")
    watch(b"two")
    (kept,) = (tmp_path / "found").iterdir()
    assert (kept.name.startswith("plan-KeyError-"), kept.read_bytes()) == (True, b"one")
