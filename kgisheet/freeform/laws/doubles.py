"""Totals that count once what is in several of their parts, as the sheet says: Influenced pipeline, a deal in every channel that touched it.

A label or a remark says that they don't add up, or that each is counted once; such a total is less than its parts, and no less
than the largest of them.
"""

from __future__ import annotations

from ...values.regex import regex
from ..read.plane import Spot
from ..rules.relation import SUM as RELATED_SUM
from .law import SUM
from .tables import Tables
from .tie import Tie


def counts_once(tie: Tie, tables: Tables | None) -> bool:
    """Return whether a tie adds up what the sheet says is counted once in the total."""
    if tables is None or tie.holds or tie.result[1:] not in tables.values:
        return False
    return _is_less(tie) and _is_said(tables, tables.values[tie.result[1:]].spot)


def _is_less(tie: Tie) -> bool:
    """Return whether a total is less than what its parts add up to, and no less than any of them."""
    if tie.case is not None:
        if tie.case.kind != SUM or any(each != 1 for each in tie.case.signs):
            return False
        parts, total, made = [each.exact for each in tie.case.operands], tie.case.result.exact, tie.case.exact
    elif tie.relation is not None and tie.relation.kind == RELATED_SUM and tie.relation.result.value is not None:
        parts = [each.value for each in tie.relation.operands if each.value is not None]
        total, made = tie.relation.result.value, tie.relation.exact
    else:
        return False
    return bool(parts) and max(parts) <= total < made


def _is_said(tables: Tables, total: Spot) -> bool:
    """Return whether a remark on what is counted twice names a total's heading, or the total's label says it of all of them."""
    plane, (label, head) = tables.cells.page.plane, (tables.cells.label(total), tables.cells.heading(total))
    if any(_is_named(plane.doubles, each) for each in (head, label)):
        return True
    others = plane.rows[head.row] if head is not None else ()
    return label is not None and plane.is_of_doubles(label.flat) and not any(_is_named(plane.doubles, each) for each in others)


def _is_named(notes: str, name: Spot | None) -> bool:
    """Return whether notes have the first word of a name: Influenced pipeline; 影響パイプライン."""
    word = _FIRST.match(name.flat) if name is not None else None
    return word is not None and word[0] not in _ANY and word[0] in notes


_FIRST = regex(r"[a-z]{4,}|[\u30a1-\u30fa\u30fc]{2,}|[\u3005\u4e00-\u9fff]{2,}")
_ANY = ("total", "合計", "channel", "source", "チャネル")
