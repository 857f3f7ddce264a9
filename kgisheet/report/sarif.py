"""The report as SARIF 2.1.0, for code hosts and editors; a cell is a logical location of its file."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from ..check.explain import Page, pages
from ..check.finding import CODES, ERROR, NOTE, WARNING, Finding, Report
from ..language.text import Text
from .spool import Reports
from .words import NOT_CHECKED, verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {
    WARNING: ("F11", "C03", "C04", "C05", "C06", "I02", "I04", "I08", "I09", "I10", "S03", "S05"),
    NOTE: ("C02", "C07", "I11", "S01", "S02", "S07", "S08", "S11", "S12"),
}
"""The level a code has as a rule, where that is not error; each result carries its own."""

_FINGERPRINT = "codeSheetField/v1"


def sarif(reports: Reports, lang: str, version: str, passed: Sequence[str] = ()) -> dict[str, Any]:
    """Return one log with one run over all the files; severities map to SARIF's levels of the same name.

    ``passed`` are files and folders that were skipped: notifications, since nothing is known of them.
    """
    whole: dict[str, Any] = _listed(log(reports, lang, version, passed))
    return whole


def log(reports: Reports, lang: str, version: str, passed: Sequence[str] = ()) -> dict[str, Any]:
    """Return the log with iterators for the lists that grow with the files; each goes through the reports once more."""
    uris: dict[str, int] = {}
    for report in reports:
        uris.setdefault(uri(report.file), len(uris))
    run = {
        "tool": {
            "driver": {
                "name": "kgisheet",
                "version": version,
                "language": lang,
                "rules": _rules(lang),
            }
        },
        "language": lang,
        "invocations": [
            {
                "executionSuccessful": not any(report.status in ("incomplete", "unreadable") for report in reports),
                "toolExecutionNotifications": itertools.chain(
                    (each for report in reports for each in _notifications(report, uris, lang)),
                    (_passed(each, lang) for each in passed),
                ),
            }
        ],
        "artifacts": ({"location": {"uri": each, "index": index}, "roles": ["analysisTarget"]} for each, index in uris.items()),
        "results": (each for report in reports for each in _results(report, uris, lang)),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(each) for name, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | Iterator) else value


def uri(file: str) -> str:
    """Return a file's name as a URI reference: relative as given, absolute with its scheme."""
    path = file.replace("\\", "/")
    quoted = quote(_bytes(path), safe="/")
    if path.startswith("//"):
        return f"file:{quoted}"
    if path.startswith("/"):
        return f"file://{quoted}"
    if re.match("[A-Za-z]:/", path):
        return f"file:///{path[0]}:{quoted[len('C%3A') :]}"
    return quoted


def _bytes(path: str) -> bytes:
    """Return a name's bytes; invalid UTF-8 comes from the system as lone surrogates, each for a byte."""
    try:
        return path.encode(errors="surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate of its own, which Windows allows
        return path.encode(errors="surrogatepass")


def _said(text: str) -> str:
    """Return a text as a SARIF message, escaping braces (placeholders) and ``[text](target)`` (links)."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    return re.sub(r"[\[\]]", r"\\\g<0>", doubled) if "](" in text else doubled


# -- the rules --------------------------------------------------------------


def _rules(lang: str) -> list[dict[str, Any]]:
    known = pages()
    return [_rule(code, known[code], lang) for code in CODES]


def _rule(code: str, page: Page, lang: str) -> dict[str, Any]:
    level = next((level for level, codes in _LEVELS.items() if code in codes), ERROR)
    what = page.what.to(lang)
    return {
        "id": code,
        "shortDescription": {"text": _said(what)},
        "fullDescription": {"text": _said(f"{what}{Text('', ' ').to(lang)}{page.why.to(lang)}")},
        "help": {"text": _said(page.to(code, lang))},
        "defaultConfiguration": {"level": level},
    }


# -- the results ------------------------------------------------------------


def _results(report: Report, uris: dict[str, int], lang: str) -> list[dict[str, Any]]:
    seen: Counter[tuple[str, ...]] = Counter()
    results = []
    for finding in report.findings:
        # Message and figures are left out: a fingerprint must outlive a changed input and another language.
        identity = (finding.code, finding.sheet or "", finding.name or finding.cell or "")
        seen[identity] += 1
        results.append(_result(finding, report, uris, lang, (*identity, str(seen[identity]))))
    return results


def _result(finding: Finding, report: Report, uris: dict[str, int], lang: str, identity: tuple[str, ...]) -> dict[str, Any]:
    digest = hashlib.sha256("\0".join(identity).encode(errors="surrogatepass")).hexdigest()
    return {
        "ruleId": finding.code,
        "ruleIndex": CODES.index(finding.code),
        "level": finding.severity,
        "message": {"text": _said(f"{finding.message.to(lang)}\n→ {finding.fix.to(lang)}")},
        "locations": [_location(report, uris, finding)],
        "partialFingerprints": {_FINGERPRINT: digest},
        "properties": {
            "found": finding.found,
            "expected": finding.expected,
            "difference": finding.difference,
            "confidence": finding.confidence,
            "affected": list(finding.affected),
        },
    }


def _location(report: Report, uris: dict[str, int], finding: Finding | None = None) -> dict[str, Any]:
    place = uri(report.file)
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": place, "index": uris[place]}}}
    if finding is not None and finding.sheet is not None:
        sheet = "'" + finding.sheet.replace("'", "''") + "'"
        logical = {"name": finding.sheet, "fullyQualifiedName": sheet, "kind": "sheet"}
        if finding.cell is not None:
            logical = {
                "name": finding.name or finding.cell,
                "fullyQualifiedName": f"{sheet}!{finding.cell}",
                "kind": "cell",
            }
        location["logicalLocations"] = [logical]
    return location


# -- what could not be checked ----------------------------------------------


def _notifications(report: Report, uris: dict[str, int], lang: str) -> list[dict[str, Any]]:
    """Return why a file was not read, or only partly checked."""
    if report.status not in ("incomplete", "unreadable"):
        return []
    said = verdict(report).to(lang)
    if report.problem is not None and report.problem.fix is not None:
        said += f"\n→ {report.problem.fix.to(lang)}"
    level = "error" if report.problem is not None else "warning"
    return [{"level": level, "message": {"text": _said(said)}, "locations": [_location(report, uris)]}]


def _passed(name: str, lang: str) -> dict[str, Any]:
    """Return the notification for a file or folder that was skipped."""
    location = {"physicalLocation": {"artifactLocation": {"uri": uri(name)}}}
    return {"level": "note", "message": {"text": _said(f"{NOT_CHECKED.to(lang)}: {name}")}, "locations": [location]}
