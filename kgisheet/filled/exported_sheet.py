"""Recognition of a sheet without names and record, as a CSV has it, that was exported from a workbook of ours by its sentences.

Labels (受注数, 受注率) are everybody's; what our templates say in eight letters or more nobody types by chance.
"""

from __future__ import annotations

import functools
from itertools import islice

from ..template import declaration, locate
from ..xlsx.read.reader import Read

_LONG = 24  # bytes in UTF-8: eight letters of Japanese, four or five words of English
_FIRST = 1000  # texts that are looked up: a sheet of ours has fewer
_ENOUGH = 3  # a title and a department may be anybody's


def is_ours(read: Read) -> bool:
    """Return whether the texts of a sheet are our templates'."""
    texts = dict.fromkeys(
        each.value for each in read.cells.values() if isinstance(each.value, str) and len(each.value.encode()) >= _LONG
    )
    return bool(texts) and sum(_is_said(text) for text in islice(texts, _FIRST)) >= _ENOUGH


def _is_said(text: str) -> bool:
    """Return whether our templates say how a text begins or ends: places within it are filled in the workbook."""
    head = tail = text
    while len(head[:-1].encode()) >= _LONG:
        head = head[:-1]
    while len(tail[1:].encode()) >= _LONG:
        tail = tail[1:]
    return head in _said() or tail in _said()


@functools.cache
def _said() -> str:
    """Return all that the shipped templates say."""
    sources = {source.text: None for name in locate.shipped() for source in declaration.open_shipped(name).sources}
    return "\n".join([*sources, *locate.macros()])
