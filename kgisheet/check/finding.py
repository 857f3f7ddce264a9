"""The results of a check: values, never exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Problem
from ..language.catalogue import Phrase
from ..language.text import Wording
from ..values.a1 import column_number
from . import grades
from .grades import CERTAIN as CERTAIN
from .grades import ERROR as ERROR
from .grades import LIKELY as LIKELY
from .grades import NOTE as NOTE
from .grades import REVIEW as REVIEW
from .grades import SEVERITIES as SEVERITIES
from .grades import WARNING as WARNING

if TYPE_CHECKING:
    from .explained import Explained

SCHEMA_VERSION = 1


class Finding(NamedTuple):
    """One finding. ``found``, ``expected`` and ``difference`` are JSON values; ``affected`` cells share its cause.

    ``unit`` is the unit of the three figures, for reports that show them; None if it is unknown.
    """

    code: str
    severity: str
    message: Wording
    fix: Wording
    confidence: str = CERTAIN
    sheet: str | None = None
    cell: str | None = None
    name: str | None = None
    label: str | None = None
    found: Any = None
    expected: Any = None
    difference: float | None = None
    root: str | None = None
    affected: tuple[str, ...] = ()
    unit: str | None = None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the finding as `check --format json` has it, its texts in ``lang`` (docs/contract.md, JSON)."""
        return {
            "code": self.code,
            "severity": self.severity,
            "confidence": self.confidence,
            "sheet": self.sheet,
            "cell": self.cell,
            "name": self.name,
            "label": self.label,
            "found": self.found,
            "expected": self.expected,
            "difference": self.difference,
            "message": self.message.to(lang),
            "fix": self.fix.to(lang),
            "root": self.root,
            "affected": list(self.affected),
        }


def finding(key: str, /, **more: Any) -> Finding:
    """Return a finding by its key in the catalogue, ``S07.unprotected``; ``more`` are fields of it, and values of the places."""
    fields = {name: more.pop(name) for name in Finding._fields if name in more}
    return _worded(key, more, fields)


def labelled(key: str, label: Wording, more: dict[str, Any], /, **own: Any) -> Finding:
    """Return a finding at something that has a label: a place of its sentences, where ``own`` fields are those of the finding."""
    fields = {name: more.pop(name) for name in Finding._fields if name in more and name != "label"}
    return _worded(key, {"label": label, **more}, {**own, **fields})


def _worded(key: str, places: dict[str, Any], fields: dict[str, Any]) -> Finding:
    """Return a finding whose sentences are filled with ``places``; severity and confidence are those of its kind, if not given.

    The code is in the key, as is the place of the sentences in the catalogue: ``I10.twice.message``, ``I10.twice.fix``.
    """
    severity, confidence = grades.of(key)
    # freeform.I01.as_text; or a code alone, where both sentences are given
    code = key.rpartition(".")[0].rpartition(".")[2] or key
    return Finding(
        **{
            "code": code,
            "severity": severity,
            "confidence": confidence,
            "message": fields.get("message") or Phrase(f"{key}.message", **places),
            "fix": fields.get("fix") or Phrase(f"{key}.fix", **places),
            **fields,
        }
    )


CODES = (
    "F01",
    "F02",
    "F03",
    "F04",
    "F05",
    "F06",
    "F07",
    "F08",
    "F09",
    "F10",
    "F11",
    "C01",
    "C02",
    "C03",
    "C04",
    "C05",
    "C06",
    "C07",
    "I01",
    "I02",
    "I03",
    "I04",
    "I05",
    "I06",
    "I07",
    "I08",
    "I09",
    "I10",
    "I11",
    "X01",
    "X02",
    "X03",
    "X04",
    "X05",
    "X06",
    "X07",
    "X08",
    "X09",
    "S01",
    "S02",
    "S03",
    "S04",
    "S05",
    "S06",
    "S07",
    "S08",
    "S09",
    "S10",
    "S11",
    "S12",
)
"""The codes that are looked for; never reused, so that a list of ignored codes stays right."""


class Reading(NamedTuple):
    """One value read from a freeform sheet: where, as which field, and its value (a JSON value)."""

    sheet: str
    cell: str
    name: str
    label: str
    value: Any
    shown: str

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "label": self.label, "sheet": self.sheet, "cell": self.cell, "value": self.value}


class Unchecked(NamedTuple):
    """A formula of ours that could not be evaluated: where, and its text."""

    sheet: str
    cell: str
    formula: str

    def to_dict(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "cell": self.cell, "formula": self.formula}


class Report(NamedTuple):
    """The findings in one file. ``status`` is ok, findings, incomplete or unreadable.

    ``left_out`` counts the findings that were filtered out;
    ``hidden`` are its hidden sheets, ``readings`` list what was recognised by its label in a freeform sheet, ``explained`` what of it was compared.
    """

    file: str
    status: str
    template: str | None
    cells: int
    formulas: int
    not_evaluated: int
    findings: tuple[Finding, ...]
    problem: Problem | None = None
    readings: tuple[Reading, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    left_out: int = 0
    explained: Explained | None = None
    hidden: tuple[str, ...] = ()

    def to_dict(self, lang: str, explain: bool = False) -> dict[str, Any]:
        """Return the report as `check --format json` has it; for an unreadable file, ``error`` is the reason."""
        reason = {} if self.problem is None else {"error": self.problem.what.to(lang)}
        return {
            "file": self.file,
            "status": self.status,
            **reason,
            "template": self.template,
            "stats": {"cells": self.cells, "formulas": self.formulas, "not_evaluated": self.not_evaluated},
            "findings": [each.to_dict(lang) for each in self.findings],
            **({"not_evaluated": [each.to_dict() for each in self.unchecked]} if self.unchecked else {}),
            **({"read": [each.to_dict() for each in self.readings]} if self.readings else {}),
            **self._compared(lang, explain),
        }

    def _compared(self, lang: str, explain: bool) -> dict[str, Any]:
        """Return what of a freeform sheet was compared, its relations where they are asked for."""
        if self.explained is None:
            return {}
        counted = {"compared": {"figures": self.explained.compared, "alone": list(self.explained.alone)}}
        return {**counted, **({"explained": self.explained.to_dict(lang)} if explain else {})}


def to_dict(reports: Iterable[Report], lang: str, explain: bool = False) -> dict[str, Any]:
    """Return the whole answer of ``check --format json``; ``explain`` adds how freeform sheets were read."""
    return {"schema_version": SCHEMA_VERSION, "reports": [each.to_dict(lang, explain) for each in reports]}


def place(finding: Finding) -> tuple[str, int, int, str]:
    """Return sheet, row, column and code: the order of the report."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", finding.cell or "")
    if match is None:
        return finding.sheet or "", 0, 0, finding.code
    return finding.sheet or "", int(match[2]), column_number(match[1]), finding.code
