"""Sealed folders for tests: of a plan that takes in files of every kind."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import form4_author
from tests.documents import CCC
from tests.plans import plan_text

FILLS = "Symbol,Side,Quantity,Price,Trade Date\nEXSY,Sell,600,31.15,2026-11-18\nEXSY,Sell,400,31.15,2026-11-18\n"
PARTS = {
    "people/_profiles/roe.yaml": "cik: 1999999101\nname: Roe Jane\nofficer: Chief Operating Officer\n",
    "people/form/poa.txt": "POWER OF ATTORNEY\n\nI appoint Mary Moe.\n\n/s/ Jane Roe\n",
    "people/form/fills.csv": FILLS,
}


def write_plan(folder: Path, **parts: str) -> Path:
    """A plan that includes, fills and encloses."""
    for name, text in PARTS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    path = folder / "people" / "form" / "roe.yaml"
    own = {
        "owners": "owners:\n  - {include: ../_profiles/roe.yaml}\n",
        "transactions": "transactions:\n  - {date: 2026-11-18, code: S, security: common, fills: fills.csv}\n",
        "signatures": "signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-20}\n"
        "exhibits:\n  - {file: poa.txt, type: EX-24, description: Power of attorney}\n"
        "submission: {test_or_live: TEST}\n",
    }
    path.write_text(plan_text(**(own | parts)))
    return path


def seal(folder: Path, ccc_file: Path | None = None, **options: Any) -> Path:
    """Build and seal that plan, with a CCC at hand; the sealed folder."""
    plan = write_plan(folder)
    if ccc_file is None:
        ccc_file = folder / "cccs"
        ccc_file.write_text(f"1999999101: {CCC}\n")
        ccc_file.chmod(0o600)
    report = form4_author.build(
        plan, folder / "out", submission=True, seal=True, ccc_file=ccc_file, **({"pdf": False} | options)
    )
    assert report.accepted, report.findings
    assert report.outputs[-1] == str(folder / "out" / "roe.sealed")
    return folder / "out" / "roe.sealed"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "seal.json").read_text())
    return found


def write_manifest(folder: Path, data: object) -> None:
    """Change the manifest, and the sums to fit: as who tampers with care would."""
    (folder / "seal.json").write_text(data if isinstance(data, str) else json.dumps(data))
    write_sums(folder)


def write_sums(folder: Path) -> None:
    """The sums that fit what lies in the folder."""
    own = {name: hashlib.sha256(data).hexdigest() for name, data in files(folder).items() if name != "SHA256SUMS"}
    (folder / "SHA256SUMS").write_text("".join(f"{own[name]}  {name}\n" for name in sorted(own)))
