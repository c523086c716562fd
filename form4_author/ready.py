"""The tool's own templates as Python modules, made when the package is: Jinja has nothing left to compile at a start.

`write` makes the modules, into `form4_author/compiled`; a build of the package and `scripts/setup` call it. A module is
taken only where it was made of the very text that the template has, by the same code and the same version of Jinja;
otherwise, or where there is none, the template is compiled as any other. It is a module of the package like all others:
nothing that a user could write to is read as code.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, MutableMapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import jinja2
from jinja2 import Environment, FileSystemLoader, Template

from form4_author.resources import resource

COMPILED = "compiled"
_HEAD = '"""Made of {folder}/{name} by `form4_author.ready`; not to be edited."""\n\nMADE_OF = "{made_of}"\n\n'


class Ready(FileSystemLoader):
    """Loads the templates of a folder below `templates/`, compiled ones where they are of the text that stands there.

    Args:
        folder: its name.
        made_by: the files of the code that has a part in what a template is compiled to, beside Jinja.
    """

    def __init__(self, folder: str, made_by: Iterable[str]) -> None:
        super().__init__(resource("templates", folder))
        self.folder = folder
        try:
            code = [Path(file).read_bytes() for file in made_by]
        except OSError:  # a package without its sources
            code = []
        self._made_by = hashlib.sha256(b"\0".join([jinja2.__version__.encode(), *code])).hexdigest() if code else ""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """The template of that name; see Jinja's own loader."""
        module = _module(self.folder, name)
        if module is not None and self._made_by:
            source, _, _ = self.get_source(environment, name)
            if getattr(module, "MADE_OF", "") == self.made_of(source):
                return environment.template_class.from_module_dict(environment, vars(module), globals or {})
        return super().load(environment, name, globals)

    def made_of(self, source: str) -> str:
        """What tells whether a module is of this text and of the code that runs: a SHA-256, in hex."""
        return hashlib.sha256(f"{self._made_by}\0{source}".encode()).hexdigest()


def write(environments: Iterable[Environment], package: Path) -> list[Path]:
    """Compile all templates of some environments into modules of a package, and remove those of no template.

    Args:
        environments: each loads its templates by a `Ready`.
        package: the folder of the package `form4_author`.

    Returns:
        The modules.
    """
    made = []
    folder = package / COMPILED
    folder.mkdir(exist_ok=True)
    for environment in environments:
        loader = environment.loader
        if not isinstance(loader, Ready):
            raise TypeError(loader)
        for name in loader.list_templates():
            source, _, _ = loader.get_source(environment, name)
            code = environment.compile(source, name, name, raw=True, defer_init=True)
            head = _HEAD.format(folder=loader.folder, name=name, made_of=loader.made_of(source))
            path = folder / f"{_named(loader.folder, name)}.py"
            text = head + code + "\n"
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")
            made.append(path)
    for path in folder.glob("*.py"):
        if path not in made:
            path.unlink()
    return made


def _named(folder: str, name: str) -> str:
    return re.sub(r"\W", "_", f"{folder}_{name}")


def _module(folder: str, name: str) -> ModuleType | None:
    try:
        return import_module(f"form4_author.{COMPILED}.{_named(folder, name)}")
    except ImportError:
        return None
