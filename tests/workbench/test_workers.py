"""What a worker's process is given, and how long it may take."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from form4_author.days import business_days
from form4_author.edgar.ccc import Keyring
from form4_author.workbench import work, workers
from form4_author.workbench.workers import Ended, Fault, Newest, TooLong, Worker
from tests.plans import plan_text


def asked(worker: Worker, *job: str | list[str], files: int = 1) -> list[dict[str, object]]:
    parts: list[bytes] = []

    async def run() -> None:
        try:
            await worker.ask(parts.append, *job, files=files)  # type: ignore[arg-type]
        finally:
            worker.stop()

    asyncio.run(run())
    return [json.loads(part) for part in parts]


def test_each_file_has_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of many plans may be built, though it takes longer than one of them may."""
    (tmp_path / "sale.yaml").write_text(plan_text())
    monkeypatch.setattr(workers, "LIMIT", 0.001)
    with pytest.raises(TooLong):
        asked(Worker(tmp_path, ({}, ())), "build", ["sale.yaml"])
    (built,) = asked(Worker(tmp_path, ({}, ())), "build", ["sale.yaml"], files=60_000)
    assert built["accepted"] is True
    assert (tmp_path / "build" / "sale.xml").exists()


def test_what_is_found_comes_before_the_page(tmp_path: Path) -> None:
    judged, drawn = asked(Worker(tmp_path, ({}, ())), "look", "sale.yaml", plan_text())
    assert (list(judged), list(drawn)) == (["judged"], ["drawn"])
    judged, drawn = asked(Worker(tmp_path, ({}, ())), "look", "sale.yaml", "form: 4\n")
    assert judged["judged"]["accepted"] is False  # type: ignore[index]
    assert drawn == {"drawn": {}}


def test_a_check_that_goes_on_is_ended_for_a_newer_text(tmp_path: Path) -> None:
    """The process that is at it is stopped here, as one that never ends: it is ended, and another answers."""
    parts: list[bytes] = []

    async def run() -> None:
        newest = Newest(Worker(tmp_path, ({}, ())))
        newest.worker.start()
        os.kill(newest.worker._process.pid, signal.SIGSTOP)
        older = asyncio.create_task(newest.ask("w", parts.append, "look", "sale.yaml", "form: 4\n"))
        await asyncio.sleep(0.05)
        await newest.ask("w", parts.append, "look", "sale.yaml", plan_text())
        with pytest.raises(Ended):
            await older
        newest.worker.stop()

    asyncio.run(asyncio.wait_for(run(), 30))
    judged, drawn = map(json.loads, parts)
    assert judged["judged"]["accepted"] is True
    assert "page" in drawn["drawn"]


def test_a_fault_tells_its_kind_and_no_more(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"^a fault of the tool itself \(KeyError in work.py, line \d+\)"):
        asked(Worker(tmp_path, ({}, ())), "no such job")


def test_days_that_cannot_be_read_are_told_as_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    days = tmp_path / "form4-author" / business_days.FILE_NAME
    days.parent.mkdir()
    days.write_text("no such column\n1\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (_, judged), (_, drawn) = work.look(tmp_path, Keyring(), None, "sale.yaml", plan_text())
    assert (judged["accepted"], judged["due"]) == (False, [])
    assert {finding["code"] for finding in judged["findings"] if finding["severity"] == "error"} == {"DAY001"}
    assert "page" in drawn
