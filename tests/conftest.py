"""What all tests share: where the reference data lies, and goldens that change only when asked."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from form4_author.edgar.ccc import forget_the_environment
from form4_author.masking import forget

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")


def shared_dir(*parts: str) -> Path:
    """A folder or file of the reference data; skips the test, saying so, where that is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the reference data is not beside the checkout: {'/'.join(('shared', *parts))}")
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is marked `shared` where the reference data is absent."""
    if not SHARED.exists():
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(pytest.mark.skip(reason="the reference data is not beside the checkout"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Iterator[Callable[[Path, bytes], None]]:
    """Compare bytes with a golden file; a missing one fails. `--update-golden` writes instead, and then fails."""

    written: list[str] = []

    def compare(path: Path, actual: bytes) -> None:
        if request.config.getoption("--update-golden"):
            if not path.exists() or path.read_bytes() != actual:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(actual)
                written.append(str(path.relative_to(ROOT)))
            return
        assert path.exists(), f"no golden {path.relative_to(ROOT)}: run with --update-golden and review it"
        assert actual.decode("utf-8", "replace") == path.read_text("utf-8"), f"differs from {path.relative_to(ROOT)}"

    yield compare
    if written:
        pytest.fail(f"goldens written, review them and run again: {', '.join(written)}")


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_ends_what_is_run() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and all that is started from there is so too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_one_elses_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No CCC, added schema, terminal or CI of the machine's has a say in a test, nor a CCC of another test."""
    forget()
    forget_the_environment()
    for name in [name for name in os.environ if name.startswith("FORM4_")] + ["GITHUB_ACTIONS", "NO_COLOR"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORM4_AUTHOR_DATA", str(tmp_path_factory.getbasetemp() / "no-data"))
