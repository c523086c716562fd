"""Room for frames: no depth of calls makes the calls of a loop ask the system for memory, one by one."""

from __future__ import annotations

import subprocess
import sys

import pytest

CALLS = 500
DEPTHS = 200

SCRIPT = f"""
import resource
from form4_author.roomy import roomy

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def called(a=0, b=0, c=0, d=0, e=0, f=0, g=0, h=0, i=0, j=0, k=0, l=0, m=0, n=0, o=0, p=0, q=0, r=0, s=0, t=0):
    return None

def loop():
    before = faults()
    for _ in range({CALLS}):
        called()
    return faults() - before

def at(depth):
    return at(depth - 1) if depth else loop()

def worst():
    return max(at(depth) for depth in range({DEPTHS}))

print(worst(), roomy(worst)())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how memory is given back is known of Linux")
def test_no_call_of_a_loop_takes_memory_anew() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True)
    plain, with_room = map(int, done.stdout.split())
    assert plain >= CALLS, "Python keeps its frames otherwise now: `roomy` has nothing left to do"
    assert with_room < CALLS / 10
