"""What passes between the page and the server: plain data in, each part of the kind that it must be; plain data out."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import ClientDisconnect

from form4_author.findings import Rejected
from form4_author.masking import without_known
from form4_author.report.file_report import findings_data
from form4_author.workbench.folder import Changed, Outside, PlanText
from form4_author.workbench.workers import Ended, Fault, TooLong

#: What a request brings about that is none of this page's.
NO_REQUEST = (LookupError, TypeError, ValueError, RecursionError, ClientDisconnect)
#: What an answer tells of, instead of what was asked for.
REFUSALS = (Rejected, Changed, Ended, Fault, *NO_REQUEST)


class Asked:
    """What the page asked, each part of the kind that it must be, or a TypeError or a KeyError."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise TypeError
        self._data = data

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        found = self._data[key] if default is None else self._data.get(key, default)
        if not isinstance(found, str):
            raise TypeError
        found.encode()  # half a character is none: a ValueError
        return found

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        found = self._data[key]
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise TypeError
        return found

    def number(self, key: str) -> int:
        """A whole number."""
        found = self._data[key]
        if type(found) is not int:
            raise TypeError
        return found

    def is_set(self, key: str) -> bool:
        """Whether a mark is there and set."""
        return self._data.get(key) is True


def refusal(refused: Exception) -> tuple[int, dict[str, Any]]:
    """What is told of a refusal: the status that HTTP has for it, and what the page may show."""
    match refused:
        case Rejected():
            findings = findings_data(refused.findings)
            status = 403 if isinstance(refused, Outside) else 422
            return status, {"said": refused.findings[0].message, "findings": findings}
        case Changed():
            return 409, {"said": "The file was changed by another program.", "now": plan_data(refused.now)}
        case TooLong():
            return 504, {"said": "It takes too long, and was given up."}
        case Ended():
            return 409, {"said": "A newer text came."}
        case Fault():
            return 500, {"said": str(refused)}
        case _:
            return 400, {"said": "That is no request of this page's."}


def plan_data(plan: PlanText) -> dict[str, Any]:
    """A plan's text, as the page takes it."""
    return {"text": plan.text, "mark": plan.mark, "revision": plan.revision}


def as_json(data: Any) -> str:
    """Data as JSON, without a CCC that the tool knows."""
    return without_known(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
