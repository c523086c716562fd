"""WeasyPrint, loaded without two detours that take as long as all the rest of it.

Its loading asks for each library under the names of other systems first. Each name that Linux doesn't know is then
sought with programs of the machine's (`ldconfig`, and a compiler where there is one), some ten milliseconds each. Where
all libraries are there under the names that Linux has for them, these searches can find nothing else and are left out.

It also loads a subsetter for fonts, and what makes one font of several, which the tool's own fonts need no more. They
are loaded where something of them is used.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import sys
import threading
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from form4_author.memory import lacks_memory
from form4_author.printable import printable

#: The libraries without which WeasyPrint can't be loaded, as Linux calls them.
_NEEDED = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
#: How the names begin that WeasyPrint has for its libraries, on any system.
_SOUGHT = ("libgobject", "gobject", "libpango", "pango", "libharfbuzz", "harfbuzz", "libfontconfig", "fontconfig")
#: What is loaded at its first use, and what WeasyPrint takes of it at once.
_LATER = {"fontTools.subset": (), "fontTools.varLib.instancer": ("instantiateVariableFont",)}


def weasyprint() -> Any:
    """The package.

    Raises:
        OSError: a library that it needs is not there.
    """
    # What it prints where a library is missing would stand in the midst of a report; its exception says the same.
    with _no_vain_search(), _at_first_use(), contextlib.redirect_stdout(io.StringIO()):
        import weasyprint  # noqa: PLC0415 - half a second that only a PDF needs
    return weasyprint


@cache
def missing() -> str:
    """What keeps WeasyPrint from being loaded, in the system's words; empty where nothing does.

    Raises:
        OSError: there is no memory for it.
    """
    try:
        weasyprint()
    except OSError as problem:
        if lacks_memory(problem):
            raise
        return printable(str(problem).partition(": ")[0].partition(".  ")[0])
    return ""


def pango_version() -> str:
    """The version of Pango, which sets the text of a PDF: `1.50.12`.

    Raises:
        OSError: a library that WeasyPrint needs is not there.
    """
    weasyprint()
    from weasyprint.text.ffi import pango  # noqa: PLC0415 - loaded with the package

    number = pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


@contextlib.contextmanager
def _no_vain_search() -> Iterator[None]:
    """Have this thread's search for WeasyPrint's libraries find nothing, where they are there without one."""
    if "weasyprint" in sys.modules or sys.platform != "linux" or not all(map(_is_there, _NEEDED)):
        yield
        return
    search, thread = ctypes.util.find_library, threading.get_ident()

    def none_of_ours(name: str) -> str | None:
        ours = threading.get_ident() == thread and name.startswith(_SOUGHT)
        return None if ours else search(name)

    ctypes.util.find_library = none_of_ours
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


class _AtFirstUse(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


def _called_later(module: str, name: str) -> Any:
    def called(*args: Any, **options: Any) -> Any:
        return getattr(import_module(module), name)(*args, **options)

    return called


@contextlib.contextmanager
def _at_first_use() -> Iterator[None]:
    """Let stand-ins be imported in place of what is loaded later; nobody meets them once WeasyPrint has them."""
    standing: dict[str, ModuleType] = {}
    for name, functions in _LATER.items():
        if name not in sys.modules:
            standing[name] = sys.modules[name] = _AtFirstUse(name)
            vars(standing[name]).update({function: _called_later(name, function) for function in functions})
    try:
        yield
    finally:
        for name, module in standing.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
