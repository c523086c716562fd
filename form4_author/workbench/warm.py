"""Imported by the process that workers are made from: what a first check loads is then there for each of them."""

from __future__ import annotations

import gc
from pathlib import Path

from form4_author.edgar.ccc import Keyring
from form4_author.starter import starter_text
from form4_author.workbench import work

gc.set_threshold(200_000)  # what a check allocates is soon free: looking through all of it takes its time
list(work.look(Path.cwd(), Keyring(), None, "plan.yaml", starter_text()))
gc.freeze()
