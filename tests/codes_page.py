"""docs/codes.md from the catalogue of codes: `python -m tests.codes_page > docs/codes.md`."""

from __future__ import annotations

import sys

from form4_author.codes import all_codes

_HEAD = """\
# Codes

Made from the code itself; renew it with `python -m tests.codes_page > docs/codes.md`.

What a finding may say beside what the [rules](rules.md) say: about files, plans and XML that can't be read or
understood, about what the schema refuses, and about what can't be written. `form4-author explain CODE` prints one of
these pages. A code never changes its meaning, and is never given out again. Errors can't be waived; nor can these
warnings: they concern the work, not the filing.
"""


def text() -> str:
    """The whole page."""
    return _HEAD + "".join(f"\n## {code.code}: {code.summary}\n\n{code.text}" for code in all_codes())


if __name__ == "__main__":
    sys.stdout.write(text())
