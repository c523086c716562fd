"""Findings as SARIF 2.1.0, the form in which code scanning services take them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from form4_author.findings import Finding, Severity, in_order
from form4_author.masking import masked_words
from form4_author.printable import printable
from form4_author.report.file_report import Course, FileReport, Format, dumps
from form4_author.version import __version__

_ENDED = {Course.BROKEN_OFF, Course.NOT_BEGUN}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def write(reports: Sequence[FileReport]) -> str:
    """All files' findings as one run; waived ones stand as suppressed, with the reason.

    The files that were looked at are the run's artifacts, those without findings too; those that findings point into
    besides, as what a plan includes, stand behind them.
    """
    findings = [finding for report in reports for finding in in_order(report.findings)]
    codes = {code: number for number, code in enumerate(dict.fromkeys(finding.code for finding in findings))}
    looked_at = list(dict.fromkeys(report.file for report in reports))
    places = [place.file for finding in findings if (place := finding.origin.position)]
    files = {name: number for number, name in enumerate(dict.fromkeys([*looked_at, *places]))}
    return dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "form4-author",
                            "semanticVersion": __version__,
                            "rules": [_rule(code) for code in codes],
                        }
                    },
                    "invocations": [{"executionSuccessful": not any(report.course in _ENDED for report in reports)}],
                    "artifacts": [
                        {
                            "location": {"uri": _uri(name)},
                            **({"roles": ["analysisTarget"]} if number < len(looked_at) else {}),
                        }
                        for name, number in files.items()
                    ],
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(finding, codes, files) for finding in findings],
                }
            ],
        }
    )


FORMAT = Format("sarif", write, whole=True)


def _rule(code: str) -> dict[str, Any]:
    # All verbs know the formats; this one alone knows what the codes mean.
    from form4_author.codes import find_code  # noqa: PLC0415
    from form4_author.preflight import find_rule  # noqa: PLC0415

    known = find_rule(code) or find_code(code)
    if known is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.page},
        **({"help": {"text": f"Source: {known.source}"}} if known.source else {}),
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
    }


def _plain(text: str) -> str:
    """A message that is no more than its words: in SARIF's own, `[words](address)` is a link (section 3.11.6)."""
    return printable(text).replace("](", "] (")


def _uri(name: str) -> str:
    return quote(os.fsencode(PurePath(name).as_posix()))


def _result(finding: Finding, codes: Mapping[str, int], files: Mapping[str, int]) -> dict[str, Any]:
    text = "\n".join(_plain(part) for part in (finding.message, finding.hint) if part)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    place = finding.origin.position
    if place:
        location: dict[str, Any] = {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(place.file), "index": files[place.file]},
                "region": {"startLine": place.line, "startColumn": place.column},
            }
        }
        if finding.origin.path:
            location["logicalLocations"] = [{"fullyQualifiedName": masked_words(finding.origin.path)}]
        result["locations"] = [location]
    if finding.waived:
        result["suppressions"] = [{"kind": "inSource", "justification": _plain(finding.waived)}]
    return result
