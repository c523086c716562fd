"""How files are named: by a path, as text or as a path object."""

from __future__ import annotations

import os
from pathlib import Path

from form4_author.edgar.ccc import take_from_environment
from form4_author.files.inputs import Input

Name = str | os.PathLike[str]


def input_of(name: Name, profiles: Name | None = None) -> Input:
    """The input that a name means; with it every call begins, so here the environment's CCCs are taken out of it."""
    take_from_environment()
    path = Path(name)
    return Input(str(path), path, profiles=path_of(profiles))


def other_of(name: Name | None, profiles: Name | None = None) -> Input | None:
    """The input that an option means; None where it is not given."""
    return None if name is None else input_of(name, profiles)


def path_of(name: Name | None) -> Path | None:
    """The path that an option means; None where it is not given."""
    return None if name is None else Path(name)
