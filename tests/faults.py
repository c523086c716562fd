"""Kill a batch at random moments, and fill the disk under it: `python -m tests.faults`.

Each time a batch builds plans over what another version of them left, is killed with SIGKILL (the whole run or one of
its processes), and is held against what undisturbed builds write: each file that stands must be, to the last byte, that
of one version; where the kill came between two files of a plan, word of it must be left; no process may be left; and
the next run must go on from there and leave all as though nothing had
happened, temporary files included. With `--changed` what is on record must be true. It takes minutes, and ends with 1
where something differs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from form4_author.files.unfinished import NAME, unfinished
from tests.conftest import ROOT
from tests.plans import plan_text

PLANS = 24
VERSIONS = ("30.15", "31.15")
ENDINGS = ("xml", "html", "report.json")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "form4_author", "build", "plans", "--no-pdf", "--html", "-o", str(folder), *words]


def write_plans(home: Path, price: str) -> None:
    (home / "plans").mkdir(exist_ok=True)
    for number in range(PLANS):
        (home / "plans" / f"p{number}.yaml").write_text(plan_text().replace("31.15", price))


def run(home: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(words, cwd=home, env=environment(), capture_output=True, check=False)


def environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def still_alive(processes: list[int]) -> list[int]:
    """The processes that don't end within some seconds: on a busy machine each must first have its turn."""
    ends = time.monotonic() + 5
    while any(map(alive, processes)) and time.monotonic() < ends:
        time.sleep(0.02)
    return [pid for pid in processes if alive(pid)]


def wrong_files(found: dict[str, bytes], sound: dict[str, dict[str, bytes]]) -> list[str]:
    """The files that are no version's; hidden ones are the tool's own, and so is the word of what was broken off."""
    shown = {name: data for name, data in found.items() if not name.startswith(".") and name != NAME}
    return [name for name, data in shown.items() if all(data != version.get(name) for version in sound.values())]


def of_two_versions(found: dict[str, bytes], sound: dict[str, dict[str, bytes]]) -> list[str]:
    """The plans that have files of both versions, or not all of them: the kill came between two renames."""
    mixed = []
    for number in range(PLANS):
        names = [f"p{number}.{ending}" for ending in ENDINGS]
        there = [name for name in names if name in found]
        whole = any(all(found.get(name) == known[name] for name in names) for known in sound.values())
        mixed += [f"p{number}"] * (bool(there) and not whole)
    return mixed


def kill_one(home: Path, random_: random.Random, longest: float, words: list[str]) -> tuple[str, list[int]]:
    """Start a batch, kill it or one of its processes; what was killed, and all the processes that there were."""
    whole = random_.random() < 0.7
    with subprocess.Popen(
        command(Path("out"), *words),
        cwd=home,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as batch:
        time.sleep(random_.uniform(0, longest))
        there = children(batch.pid)
        if whole or not there:
            batch.kill()
            what = "run"
        else:
            os.kill(random_.choice(there), signal.SIGKILL)
            what = "process"
        batch.wait(60)
    return what, there


def kills(home: Path, times: int, seed: int) -> int:
    """Kill a batch so many times; how many times something was wrong."""
    random_ = random.Random(seed)
    sound = {}
    for price in VERSIONS:
        write_plans(home, price)
        begun = time.monotonic()
        run(home, *command(Path(f"sound-{price}")))
        longest = 1.2 * (time.monotonic() - begun)
        sound[price] = files_in(home / f"sound-{price}")
        assert len(sound[price]) == PLANS * len(ENDINGS)
    wrong, mixed, killed = 0, 0, {"run": 0, "process": 0}
    for number in range(times):
        price = VERSIONS[number % 2]
        write_plans(home, price)
        words = [*random_.choice(([], ["--jobs", "2"], ["--jobs", "3"])), *random_.choice(([], ["--changed"]))]
        what, processes = kill_one(home, random_, longest, words)
        killed[what] += 1
        left = still_alive(processes)
        problems = [f"process {pid} is left" for pid in left]
        found = files_in(home / "out")
        problems += [f"{name} is no version's" for name in wrong_files(found, sound)]
        told = {name.partition(".")[0] for name in unfinished(home / "out")}
        between = of_two_versions(found, sound)
        problems += [f"nothing tells that {name} was broken off" for name in between if name not in told]
        mixed += len(between)
        done = run(home, *command(Path("out"), "--changed"))
        after = files_in(home / "out")
        after.pop(".form4-author.built", None)
        if done.returncode or after != sound[price]:
            differ = sorted(
                name for name in after.keys() | sound[price].keys() if after.get(name) != sound[price].get(name)
            )
            problems.append(f"the next run leaves {differ} otherwise ({done.returncode})")
        for problem in problems:
            say(f"{number} ({' '.join(words)}): {problem}")
        wrong += bool(problems)
    say(f"{times} kills ({killed['run']} of the run, {killed['process']} of one process), seed {seed}: {wrong} wrong")
    say(f"plans with files of two versions or not all of them, killed between two renames, and told of: {mixed}")
    return wrong


def full_disk(home: Path) -> int:
    """Build onto a disk of a few hundred kilobytes, where one can be made; how many things are wrong."""
    disk = home / "disk"
    disk.mkdir()
    if run(home, "mount", "-t", "tmpfs", "-o", "size=256k", "none", str(disk)).returncode:
        say("full disk: no disk can be made here (it takes root)")
        return 0
    try:
        write_plans(home, VERSIONS[0])
        problems = []
        for jobs in ("1", "2"):
            done = run(home, *command(disk / "out", "--jobs", jobs))
            found = files_in(disk / "out")
            sound = files_in(home / f"sound-{VERSIONS[0]}")
            told = done.stderr.decode()
            written = {name for name in done.stdout.decode().split() if name}
            if {Path(name).name for name in written} != found.keys():
                problems.append("other files stand than are told")
            if any(sound.get(name) != data for name, data in found.items()):
                problems.append("a file is not whole")
            if len(found) % len(ENDINGS) or not 0 < len(found) < PLANS * len(ENDINGS):
                problems.append(f"{len(found)} files")
            if told.count(" error OUT002 ") != PLANS - len(found) // len(ENDINGS) or done.returncode != 1:
                problems.append("not every plan that isn't written is told of")
            shutil.rmtree(disk / "out")
        for problem in problems:
            say(f"full disk: {problem}")
        count = len(found) // len(ENDINGS)
        say(f"full disk: {count} of {PLANS} plans written, the others told of; {len(problems)} wrong")
        return len(problems)
    finally:
        run(home, "umount", str(disk))


def main() -> None:
    """Run the trials, and end with 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        wrong = kills(home, asked.kills, asked.seed) + full_disk(home)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
