"""アポ and 商談 on one sheet: two stages there, though either word alone is the same one (④ 商談数, アポ数)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ...formula.values import Value
from .layout import Claim
from .words import CHANNEL, arrow_of

_APPOINTMENT = re.compile(r"アポ|appointment|\bappts?\b|\bdemos?\b")
_TALK = re.compile(r"商談|meeting")
_TO_TALK = re.compile(r"^(?:商談(?:化|移行|転換|実施|獲得)?率|アポ商談化?率)")


def distinguished(found: list[Claim], value: Callable[[Claim], Value]) -> list[Claim]:
    """Return the claims, with 商談 as the stage after アポ if one table gives both for one thing with two figures.

    With 案件 on the sheet too there are three: アポ, which the chain doesn't know, is left out, and so are
    the rates into and out of it.
    """
    if not _both(found, value):
        return found
    third = any(each.word.field == "opportunities" for each in found)
    kept: list[Claim] = []
    for claim in found:
        field = _of_three(claim) if third else _of_two(claim)
        if field:
            kept.append(claim._replace(word=claim.word._replace(field=field)))
    return kept


def _both(found: list[Claim], value: Callable[[Claim], Value]) -> bool:
    """Return whether some line of a table holds アポ and 商談, of the same channel or month, with different figures."""
    lines: dict[object, dict[str, Claim]] = {}
    for each in found:
        which = _which(each)
        if each.word.field == "meetings" and which and not each.word.channel and not each.word.number:
            of = each.entity.text if each.entity is not None and each.entity.kind == CHANNEL else None
            lines.setdefault((each.table, each.line, of), {}).setdefault(which, each)
    return any(len(line) == 2 and value(line["アポ"]) != value(line["商談"]) for line in lines.values())


def _which(claim: Claim) -> str:
    """Return アポ or 商談, as the label says; empty if it says both: 商談数(アポ数)."""
    text = _plain(claim)
    one, other = _APPOINTMENT.search(text), _TALK.search(text)
    return "" if bool(one) == bool(other) else "アポ" if one else "商談"


def _plain(claim: Claim) -> str:
    return unicodedata.normalize("NFKC", claim.word.text).casefold()


def _of_two(claim: Claim) -> str:
    """Return the field of a claim where 商談 takes the place of the opportunities."""
    field, text = claim.word.field, _plain(claim)
    if field == "meetings":
        return "opportunities" if _which(claim) == "商談" else "meetings"
    if field == "close_rate":
        return "close_rate" if _which(claim) == "アポ" else "win_rate"
    if field == "meeting_rate" and arrow_of(text) is None and _TO_TALK.match(text):
        return "opportunity_rate"
    return field


def _of_three(claim: Claim) -> str:
    """Return the field of a claim where アポ comes before 商談, and 案件 after; empty for what is of アポ."""
    field, text = claim.word.field, _plain(claim)
    if field == "meetings" and _which(claim) == "アポ":
        return ""
    if field == "meeting_rate" or (field == "opportunity_rate" and _APPOINTMENT.search(text)):
        return ""
    return field
