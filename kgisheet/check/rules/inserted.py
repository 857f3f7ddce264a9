"""S01: a row inserted among the page's channels took the names on other sheets along, and not what was typed there."""

from __future__ import annotations

from collections.abc import Iterator

from ...filled.shifted import FIX, shifted
from ...language.text import Text
from ..finding import ERROR, Finding
from ..subject import Subject


def inserted(subject: Subject) -> Iterator[Finding]:
    found = shifted(subject.book)
    if found is not None:
        said = Text(found.said.ja, f"{found.said.en[0].upper()}{found.said.en[1:]}")
        name = subject.template.cells["channel_name"]
        yield subject.finding("S01", ERROR, name, found.row, said, FIX, affected=found.cells)
