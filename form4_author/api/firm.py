"""A firm's own file: config."""

from __future__ import annotations

from typing import Any

from form4_author.api.names import Name, input_of


def config(plan: Name = ".", *, profiles: Name | None = None) -> dict[str, Any]:
    """What counts for a plan besides what it says itself, and where each comes from.

    What a function is told counts before what the plan says, that before the firm's file (`form4-author.toml`, the
    nearest one from the plan's folder upward), and that before the defaults.

    Args:
        plan: a plan, or a folder of plans; the working one by default.
        profiles: a folder of insiders' profiles to look in before all others.

    Returns:
        `file`, the firm's file or None; `settings`, a list of `key`, `value`, `from` (`command line`, `plan`, `firm` or
        `default`), `file`, `line` and `column`; `insiders`, the names of the profiles at hand; `not_read`, the firm's
        files further up.

    Raises:
        Rejected: the plan or the firm's file can't be read.
    """
    from form4_author.pipeline.configured import configuration
    from form4_author.report.settings import as_data

    found = configuration(input_of(plan, profiles))
    return as_data(found.firm.file, found.settings, found.insiders, found.not_read)
