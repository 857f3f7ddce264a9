"""Reports in the form asked for: text, JSON, HTML, SARIF; as one text, or piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..check.finding import SCHEMA_VERSION, Report
from ..version import __version__
from .jsonpieces import json_pieces
from .spool import Reports, spooled

FORMS = ("text", "json", "html", "sarif")


def render(reports: Sequence[Report], form: str, lang: str, passed: Sequence[str] = (), explain: bool = False) -> str:
    """Return the reports in one of FORMS, in ``lang``; ``passed`` names files that were not looked at.

    ``explain`` adds how freeform sheets were read, in all but SARIF, which has no place for it.
    """
    if form == "text":
        from .text import text

        return text(reports, lang, passed, explain)
    return "".join(_pieces(reports, form, lang, passed, explain))


def pieces(reports: Iterable[Report], form: str, lang: str, passed: Sequence[str] = (), explain: bool = False) -> Iterator[str]:
    """Yield the same piece by piece, with one report at a time in memory; ``passed`` is asked for when all of them are known.

    JSON is there report by report. HTML and SARIF begin with what is only known at the end: until then their reports
    wait in a temporary file.
    """
    if form == "json":
        yield from json_pieces(_answer(reports, lang, passed, explain))
        return
    with spooled(reports) as held:
        yield from _pieces(held, form, lang, passed, explain)


def _pieces(reports: Reports, form: str, lang: str, passed: Sequence[str], explain: bool) -> Iterator[str]:
    if form == "html":
        from .html import html_pieces

        return html_pieces(reports, lang, passed, explain)
    if form == "sarif":
        from .sarif import log

        return json_pieces(log(reports, lang, __version__, passed).items())
    return json_pieces(_answer(reports, lang, passed, explain))


def _answer(reports: Iterable[Report], lang: str, passed: Sequence[str], explain: bool) -> Iterator[tuple[str, Any]]:
    yield "schema_version", SCHEMA_VERSION
    yield "reports", (each.to_dict(lang, explain) for each in reports)
    if passed:
        yield "not_looked_at", list(passed)
