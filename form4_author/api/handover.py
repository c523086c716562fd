"""What is handed over to EDGAR and what is kept of it: looking into submissions, verifying sealed folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from form4_author.api.names import Name, input_of, path_of
from form4_author.findings import Rejected


def submission_contents(file: Name, *, extract: Name | None = None) -> dict[str, Any]:
    """What lies in a submission: TEST or LIVE, its type, the form, each document with type, size and hash.

    Args:
        file: edgarSubmission XML, the full-submission text that EDGAR publishes, or ownership XML.
        extract: a folder to write each document into, its CCCs taken out; no file that stands there is touched.

    Returns:
        The same data that the command line prints as JSON.

    Raises:
        Rejected: the file can't be read, a document in it can't be taken out, or a file can't be written.
    """
    from form4_author.handover.opened import open_submission
    from form4_author.report.contents import contents_data

    opened = open_submission(input_of(file), into=path_of(extract))
    if opened.contents is None or any(finding.is_error for finding in opened.findings):
        raise Rejected(opened.findings, unreadable=opened.unreadable)
    return contents_data(opened.contents, opened.written)


def verify_sealed(folder: Name, *, expect: str = "") -> dict[str, Any]:
    """Whether a sealed folder is what was sealed, and whether the same builds again; nothing is written.

    Args:
        folder: one that `build` wrote with `seal`.
        expect: the seal that was noted elsewhere.

    Returns:
        The same data that the command line prints as JSON for one folder: `accepted`, `seal`, `files`, `built`,
        `versions`, `findings`.

    Raises:
        Rejected: it is no sealed folder, or can't be read.
    """
    from form4_author.handover.verification import verify
    from form4_author.report.seals import seal_data

    found = verify(Path(folder), expected=expect)
    if found.unreadable:
        raise Rejected(found.findings, unreadable=True)
    return seal_data(found)
