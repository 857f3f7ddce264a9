"""S01: a row inserted among the page's channels took the names on other sheets along, and not what was typed there."""

from __future__ import annotations

from collections.abc import Iterator

from ...filled.shifted import shifted
from ..finding import Finding
from ..subject import Subject


def inserted(subject: Subject) -> Iterator[Finding]:
    found = shifted(subject.book)
    if found is not None:
        name = subject.template.cells[subject.roles.channel_name]
        yield subject.finding("S01.row_inserted", name, found.row, said=found.said, affected=found.cells)
