"""The CCC over the whole tool, in processes of their own: verbs, formats, failures, crashes, workers, the workbench.

One CCC comes by the environment and one by `--ccc-file`. Then every stream, every file, what was removed or renamed
meanwhile (`tests/watch`), what was started and every answer is searched for both, in each way of writing them.
"""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pypdf
import pytest
import typer

from form4_author.cli.app import app
from tests.conftest import ROOT
from tests.plans import plan_text
from tests.served import Answer, serving

OF_THE_ENVIRONMENT, OF_THE_FILE = "zq#7wx$k", "ab1$&d2@"
OWNERS = """\
owners:
  - {cik: 1999999101, name: Roe Jane, officer: Chief Operating Officer}
  - {cik: 1999999102, name: Doe John, director: yes}
"""
SIGNED = "signatures:\n  - {name: /s/ Jane Roe, date: 2026-11-20}\n  - {name: /s/ John Doe, date: 2026-11-20}\n"
PLAN = plan_text(owners=OWNERS, signatures=SIGNED)
FORMATS = ("text", "json", "github", "sarif")
#: What is run, by verb; a verb that isn't here fails a test.
RUNS: dict[str, list[str]] = {
    "check": [
        *(f"check roe.yaml broken.yaml filed.xml envelope.xml none.yaml KEYS --format {one}" for one in FORMATS),
        "check . --ccc-file keys --strict",
        "check roe.yaml --ccc-file readable",
        "check roe.yaml --ccc-file wrong",
    ],
    "build": [
        "build roe.yaml KEYS --html --submission --proof --seal -o out",
        "build roe.yaml broken.yaml filed.xml KEYS --no-pdf --html --submission --force --format sarif",
        "build roe.yaml KEYS --against filed.xml --html --no-pdf",
        "build roe.yaml KEYS --template own --html --no-pdf",
        "build roe.yaml KEYS --no-pdf -o /dev/null/no",
        "build roe.yaml KEYS --document record --no-pdf -o record",
        "build _both.yaml held.yaml KEYS --no-pdf",
        "build named.yaml named.yml KEYS",
    ],
    "status": ["status . KEYS", "status . KEYS --format json"],
    "preview": ["preview filed.xml -o out/filed.pdf --proof", "preview text.xml -o out/text.html", "preview x -o x"],
    "new": ["new begun", "new begun", "new fresh --form 3"],
    "schema": ["schema"],
    "import": ["import filed.xml", "import envelope.xml -o out/imported.yaml", "import --as-is text.xml"],
    "amend": ["amend filed.xml", "amend envelope.xml -o out/amended.yaml", "amend held.yaml"],
    "roll": ["roll filed.xml", "roll held.yaml"],
    "diff": ["diff filed.xml roe.yaml", "diff envelope.xml text.xml --format json", "diff held.yaml filed.xml"],
    "envelope": ["envelope envelope.xml", "envelope envelope.xml --extract out --format json", "envelope held.yaml"],
    "verify": ["verify out", "verify held.yaml --format json"],
    "rules": ["rules", "rules --format json", "rules --format zq#7wx$k"],
    "explain": ["explain CCC002", "explain zq#7wx$k"],
    "due": ["due roe.yaml text.xml held.yaml --ics out/due.ics", "due roe.yaml text.xml held.yaml --format json"],
    "short-swing": ["short-swing roe.yaml text.xml", "short-swing filed.xml --format json", "short-swing held.yaml"],
    "book": ["book .", "book . --format json"],
    "config": ["config roe.yaml", "config . --format json", "config _both.yaml"],
    "workbench": ["workbench none", "workbench roe.yaml --port 1 --no-browser --ccc-file readable"],
    "schemas list": ["schemas list"],
    "schemas add": ["schemas add filed.xml", "schemas add none.zip"],
}
#: A function of each stage, which then fails with all that it was given in its message.
FAULTS = [
    "form4_author.pipeline.loading:load_plan",
    "form4_author.edgar.ownership_xml:write",
    "form4_author.xsd:validate",
    "form4_author.edgar.submission:write_submission",
    "form4_author.page.drawing:html",
    "form4_author.files.delivery:_write",
    "form4_author.cli.common:finish",
    "form4_author.edgar.ccc:Keyring.for_cik",
]


def _ways(ccc: str) -> Iterator[bytes]:
    """Each way in which a CCC may stand in a file, base64 at its three places among them."""
    yield from (one.encode() for one in (ccc, html.escape(ccc), quote(ccc), json.dumps(ccc)[1:-1], ccc.upper()))
    yield ccc.encode("utf-16-le")
    yield ccc.encode().hex().encode()
    for at in range(3):
        yield base64.b64encode(b"\0" * at + ccc.encode())[(0, 2, 3)[at] : -4]


NEEDLES = {way for ccc in (OF_THE_ENVIRONMENT, OF_THE_FILE) for way in _ways(ccc)}


def exposed(data: bytes) -> bool:
    """Whether a CCC stands in bytes: also in what a PDF compresses or says."""
    texts = [data]
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                texts.append(zlib.decompress(stream))
            except zlib.error:
                continue
        texts += [page.extract_text().encode() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return any(needle in text for text in texts for needle in NEEDLES)


@dataclass(frozen=True)
class World:
    """A folder with plans and filings, and all that a run may leave anywhere."""

    folder: Path
    watched: Path
    given: frozenset[Path]

    def environment(self, fault: str = "") -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
        home = self.folder.parent
        return kept | {
            "FORM4_CCC_1999999101": OF_THE_ENVIRONMENT,
            "FORM4_AUTHOR_DATA": str(home / "data"),
            "HOME": str(home / "home"),
            "TMPDIR": str(home / "tmp"),
            "PYTHONPATH": f"{ROOT / 'tests' / 'watch'}{os.pathsep}{ROOT}",
            "WATCH": str(self.watched),
            "WATCH_FAULT": fault,
        }

    def run(self, line: str, fault: str = "") -> bytes:
        """Run the command; give all that it said."""
        words = line.replace("KEYS", "--ccc-file keys").split()
        done = subprocess.run(
            [sys.executable, "-m", "form4_author", *words],
            input=b"",
            capture_output=True,
            cwd=self.folder,
            env=self.environment(fault),
            check=False,
            timeout=120,
        )
        assert b"Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def leaks(self) -> list[str]:
        """Files in which a CCC stands, what was given and what is readable by its owner alone and XML aside."""
        found = []
        for path in sorted(self.folder.parent.rglob("*")):
            if path in self.given or not path.is_file() or path.is_symlink() or not exposed(path.read_bytes()):
                continue
            copied = path.parent == self.watched
            mode = path.name.split("-")[2] if copied else f"{path.stat().st_mode & 0o777:03o}"
            kinds = (".xml", ".tmp") if copied else (".xml",)
            if mode != "600" or not path.name.endswith(kinds) or path.name.endswith("started"):
                found.append(f"{mode} {path.relative_to(self.folder.parent)}")
        return found


@pytest.fixture
def world() -> Iterator[World]:
    """In a folder of a short name, since the workbench's processes meet at a socket in the one for temporary files."""
    with tempfile.TemporaryDirectory(prefix="ccc") as name:
        yield _world(Path(name))


def _world(top: Path) -> World:
    folder, watched = top / "folder", top / "watched"
    for path in (folder, watched, top / "tmp", top / "home", folder / "own", folder / "begun"):
        path.mkdir()
    inside = base64.encodebytes(_document().encode()).decode()
    files = {
        "roe.yaml": PLAN,
        "doe.yaml": PLAN,
        "named.yaml": PLAN,
        "named.yml": PLAN,
        "broken.yaml": PLAN + "footnotes: {stray: x}\nfrobnicate: 1\n",
        "held.yaml": PLAN + f"remarks: mine is {OF_THE_ENVIRONMENT}\n",
        "_both.yaml": PLAN + f"remarks: mine is {OF_THE_ENVIRONMENT}, and {OF_THE_FILE}\n",
        "filed.xml": _document(),
        "text.xml": _document().replace("<issuerName>", f"<issuerName>{html.escape(OF_THE_ENVIRONMENT)} "),
        "envelope.xml": "<edgarSubmission><submissionType>4</submissionType>"
        f"<filerCcc>{OF_THE_ENVIRONMENT}</filerCcc><edgarDocument><documentName>f.xml</documentName>"
        f"<documentType>4</documentType><documentMimeBlock>{inside}</documentMimeBlock></edgarDocument></edgarSubmission>",
        "own/form4.css": f"/* {OF_THE_ENVIRONMENT} */ {{{{ {OF_THE_FILE} }}}}",
        "begun/plan.yaml": PLAN,
        "keys": f"1999999102: {OF_THE_FILE}\n",
        "readable": f"1999999102: {OF_THE_FILE}\n",
        "wrong": f"1999999102: {OF_THE_FILE}{OF_THE_FILE}\n{OF_THE_ENVIRONMENT}\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o600 if name in {"keys", "wrong"} else 0o644)
    return World(folder, watched, frozenset(folder / name for name in files))


def _document() -> str:
    """A filed document in which both CCCs stand, each at its owner."""
    text = (ROOT / "examples" / "exercise-and-sell" / "expected" / "exercise-and-sell.xml").read_text()
    ccc = f"</rptOwnerCik><rptOwnerCcc>{html.escape(OF_THE_FILE)}</rptOwnerCcc>"
    assert "</rptOwnerCik>" in text
    return text.replace("</rptOwnerCik>", ccc)


def _verbs(command: object, *path: str) -> Iterator[str]:
    below = getattr(command, "commands", {})
    if not below:
        yield " ".join(path)
    for name, verb in below.items():
        yield from _verbs(verb, *path, name)


def test_every_verb_is_run() -> None:
    assert RUNS.keys() == {*_verbs(typer.main.get_command(app))}
    assert all(line.startswith(verb) for verb, lines in RUNS.items() for line in lines)


@pytest.mark.parametrize("verb", RUNS)
def test_no_verb_shows_or_leaves_a_ccc(verb: str, world: World) -> None:
    for line in RUNS[verb]:
        said = world.run(line)
        assert said or verb == "build", line
        assert not exposed(said), line
        assert world.leaks() == [], line
    if verb == "build":
        written = (world.folder / "out" / "roe.xml").read_text()
        assert OF_THE_ENVIRONMENT in written, "it is at hand"
        assert html.escape(OF_THE_FILE) in written, "and so is the file's"
        envelope = (world.folder / "out" / "roe.submission.xml").read_bytes()
        assert exposed(base64.b64decode(re.findall(rb"<documentMimeBlock>([^<]*)<", envelope)[0]))
        assert [path for path in world.watched.iterdir() if exposed(path.read_bytes())], (
            "the watch sees temporary files"
        )
        assert not exposed((world.folder / "record" / "roe.xml").read_bytes())


@pytest.mark.parametrize("fault", FAULTS)
def test_no_crash_shows_or_leaves_a_ccc(fault: str, world: World) -> None:
    told = ""
    for line in (
        "build roe.yaml KEYS --submission --no-pdf -o out",
        "build roe.yaml doe.yaml KEYS --submission --html --no-pdf --jobs 2 -o out --format json",
    ):
        said = world.run(line, f"raise {fault}")
        told += said.decode()
        assert not exposed(said), line
        assert world.leaks() == [], line
    assert "fault of the tool itself" in told


def test_a_killed_process_or_worker_shows_no_ccc_and_leaves_none_to_others(world: World) -> None:
    for fault in ("form4_author.edgar.ownership_xml:write", "form4_author.files.delivery:_masked"):
        said = world.run("build roe.yaml doe.yaml KEYS --no-pdf --submission -o out --jobs 2", f"kill {fault}")
        assert not exposed(said), said
        assert [leak for leak in world.leaks() if not re.fullmatch(r"600 folder/out/\.form4-author\S+", leak)] == []


def test_no_core_is_dumped_of_a_process_that_knows_a_ccc(world: World) -> None:
    """A dump holds all that the process knows, for whoever collects dumps."""
    program = "import resource, form4_author as f; f.check('roe.yaml'); print(resource.getrlimit(resource.RLIMIT_CORE))"
    limit = resource.getrlimit(resource.RLIMIT_CORE)[1]
    for name, told in (("FORM4_CCC_1999999101", "(0, 0)"), ("NOTHING", str((limit, limit)))):
        env = {**world.environment(), "FORM4_CCC_1999999101": ""} | {name: OF_THE_ENVIRONMENT}
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            cwd=world.folder,
            env=env,
            check=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (limit, limit)),
        )
        assert done.stdout.strip() == told
    keys = "f.check('roe.yaml', ccc_file='keys')"
    done = subprocess.run(
        [sys.executable, "-c", program.replace("f.check('roe.yaml')", keys)],
        capture_output=True,
        text=True,
        cwd=world.folder,
        env={**world.environment(), "FORM4_CCC_1999999101": ""},
        check=True,
    )
    assert done.stdout.strip() == "(0, 0)"


@pytest.mark.parametrize(
    "fault", ["", "form4_author.edgar.ownership_xml:write", "form4_author.workbench.folder:Folder.read"]
)
def test_the_workbench_answers_says_and_leaves_no_ccc(fault: str, world: World) -> None:
    data = world.folder.parent / "data"
    environment = world.environment(f"raise {fault}" if fault else "")
    keys = str(world.folder / "keys")
    with serving(world.folder, "--ccc-file", keys, data=data, **environment) as served:
        served.enter()
        text = PLAN + f"remarks: mine is {OF_THE_ENVIRONMENT}, and {OF_THE_FILE}\n"
        answers: list[Answer] = [served.get(path) for path in ("/", "/api/start", "/api/folder")]
        typed: list[str] = []
        for name in ("roe.yaml", "held.yaml", "_both.yaml", "none.yaml"):
            answers.append(served.get("/api/plan", plan=name))
            came = [served.typed(name, text, against=other, unsaved=True) for other in ("", "filed.xml", "held.yaml")]
            typed += [json.dumps(one, ensure_ascii=False) for one in came]
            answers.append(served.post("/api/save", plan=name, text=PLAN, base="x"))
            answers.append(served.post("/api/create", plan=name, text=PLAN))
            answers.append(served.post("/api/build", plans=[name]))
        for what in ("import", "amend", "roll"):
            named = ({"what": what, "name": name} for name in ("filed.xml", "envelope.xml", "text.xml", "held.yaml"))
            answers += [served.post("/api/convert", b"", query) for query in named]
            dropped = {"what": what, "name": f"{OF_THE_ENVIRONMENT}.xml", "dropped": "1"}
            answers.append(served.post("/api/convert", (world.folder / "text.xml").read_bytes(), dropped))
        fills = f"quantity,price\n10,{OF_THE_FILE}\n".encode()
        answers.append(served.post("/api/fills", fills, {"plan": "roe.yaml", "name": "trades.csv"}))
        answers.append(served.post("/api/begin", kind=OF_THE_ENVIRONMENT))
        answers.append(served.post("/api/save", b"{" + OF_THE_FILE.encode()))
        files = ("filed.xml", "text.xml", "build/roe.xml", "build/roe.submission.xml", "build/roe.pdf", "keys")
        answers += [served.get(f"/file/{name}") for name in files]
        answers.append(served.get(f"/{quote(OF_THE_ENVIRONMENT)}"))
        said = served.said.read_bytes()
    assert not [answer for answer in answers if exposed(answer.body + repr(answer.headers).encode())]
    assert not [one for one in typed if exposed(one.encode())]
    assert len(typed) == 12
    assert not exposed(said)
    assert len({answer.status for answer in answers}) > 2
    assert (world.folder / "build" / "roe.xml").exists() is not fault.endswith(":write")
    assert (world.folder / "trades.csv").exists()
    assert world.leaks() == []


def test_the_search_finds_what_it_looks_for() -> None:
    """Each way of writing, alone and inside a compressed stream."""
    for ccc in (OF_THE_ENVIRONMENT, OF_THE_FILE):
        for at in range(7):
            assert exposed(base64.b64encode(b"x" * at + ccc.encode() + b"</rptOwnerCcc>"))
        assert exposed(html.escape(ccc).encode())
        assert exposed(json.dumps({"a": ccc}).encode())
    assert not exposed(b"a sound report")
    with tempfile.TemporaryDirectory() as folder:
        assert not exposed(repr(folder).encode())
