"""Remarks beside a figure: the price of a deal, the two stages that a rate is between.

1件あたり120万円 beside the revenue, 売上（1件30万円）, @80万円 beside the deals; 個別相談率, 20 %, 参加→個別相談.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...values.regex import regex
from ...values.units import CURRENCY
from .amounts import typed
from .figures import WHOLE, Figure
from .layout import Claim
from .plane import Plane
from .spelling import plain
from .units import MAX_LABEL
from .words import ends_said

_PRICE = regex(
    r"(?:^|[^\w])(?:1|一)(?:件|社|契約|受注)(?:あたり|につき|平均)?の?(?:単価)?[\s:：]*(?P<ja>[\d,.]+(?:億|百?万|千)?円)"
    r"|^@(?P<at>[¥$]?[\d,.]+(?:億|百?万|千|k|m)?円?)(?:/件|/社)?$"
    r"|(?:^|\W)(?P<en>[¥$][\d,.]+[km]?)\s*(?:each|per deal|a deal|/\s*deal)",
    re.IGNORECASE,
)
_OF = ("web_revenue", "total_revenue", "revenue", "won_deals")


def price(title: str, plane: Plane, figures: list[Figure]) -> Figure | None:
    """Return the price of a deal that a remark gives on the line of the revenue or the deals, if the sheet has no other."""
    if any(each.field == "deal_size" for each in figures):
        return None
    rows = {each.where[1]: each for each in figures if each.field in _OF and each.scope == WHOLE}
    for row, beside in rows.items():
        for spot in plane.rows.get(row, []):
            match = _PRICE.search(plain(spot.text)) if spot.text and len(spot.text) <= 40 else None
            amount = typed(next(each for each in match.groups() if each)) if match is not None else None
            if amount is not None and amount.number > 0:
                factor = amount.unit.factor if amount.unit is not None and amount.unit.kind == CURRENCY else 1
                value = Fraction(amount.number * factor)
                where = (title, spot.row, spot.col)
                label = "price" if spot.text.isascii() else "単価"
                return Figure(where, "deal_size", WHOLE, value, amount.unit, None, value, None, label, "", beside.table)
    return None


def ends(claim: Claim, plane: Plane) -> tuple[str, str] | None:
    """Return the two stages that a text on the line of a rate names, after its figure: 参加→個別相談."""
    if claim.axis != "row":
        return None
    for spot in plane.rows.get(claim.spot.row, []):
        if spot.col > claim.spot.last_col and spot.text and len(spot.text) <= MAX_LABEL:
            said = ends_said(spot.text)
            if said is not None:
                return said
    return None
