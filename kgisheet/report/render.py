"""Reports in the form asked for: text, JSON, HTML, SARIF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..check.finding import Report, to_dict
from ..version import __version__

FORMS = ("text", "json", "html", "sarif")


def render(reports: list[Report], form: str, lang: str, passed: Sequence[str] = (), explain: bool = False) -> str:
    """Return the reports in one of FORMS, in ``lang``; ``passed`` names files that were not looked at.

    ``explain`` adds how freeform sheets were read, in all but SARIF, which has no place for it.
    """
    if form == "html":
        from .html import html

        return html(reports, lang, passed, explain)
    if form == "sarif":
        from .sarif import sarif

        return _json(sarif(reports, lang, __version__, passed))
    if form == "json":
        return _json(to_dict(reports, lang, explain) | ({"not_looked_at": list(passed)} if passed else {}))
    from .text import text

    return text(reports, lang, passed, explain)


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)
