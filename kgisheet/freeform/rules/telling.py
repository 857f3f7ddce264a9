"""The wording for a figure that was read: its label, its value in the reader's unit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ...check.finding import Finding, labelled
from ...language.catalogue import Phrase
from ...language.text import Text, Wording
from ...values.rounding import number
from ...values.units import COUNT, CURRENCY
from ..read import terms
from ..read.figures import Figure, said
from ..read.figures import plain as plain
from ..read.words import undecorated


def label(figure: Figure) -> Wording:
    """Return the label as on the sheet, with its channel: 広告のリード数."""
    whole = undecorated(figure.label)
    bare = re.sub(r"\s*[(（\[【].*?[)）\]】]\s*$", "", whole) or whole
    if not figure.who or figure.who in bare:
        return Text(bare, bare)
    return Phrase("freeform.label.of", who=figure.who, bare=bare)


def own_label(figure: Figure) -> str:
    """Return the label in the language that the sheet itself is in."""
    return label(figure).to("en" if figure.label.isascii() else "ja")


def value(figure: Figure, amount: Fraction, *, is_counted: bool = True) -> Text:
    """Return an amount in the figure's unit: 1,200万円 where the sheet has 万円, 40件, 30%; 40 where it is one of amounts without one."""
    if figure.field == "coverage":
        return Text(f"{plain(amount)}倍", f"{plain(amount)}x")
    if figure.kind == COUNT:
        is_thing = is_counted and not is_uncounted(figure) and not 0 < abs(amount) < 1  # 0.3 may be a rate
        counter = "" if not is_thing else "回" if figure.field == "visits" else "件"
        text = plain(round(amount, 2) if abs(amount) >= 1 else amount)
        return Text(f"{text}{counter}", text)
    if figure.kind == CURRENCY:
        return money(amount, figure.abroad)
    return Text(said(amount, figure.kind), said(amount, figure.kind))


def is_uncounted(figure: Figure) -> bool:
    """Return whether a label, or its heading, is of an amount whose unit nobody knows, or of how many times."""
    return bool(_UNCOUNTED.search(f"{figure.label} {figure.who}"))


_UNCOUNTED = terms.of("amount", "price", "revenue", "costs", "multiple", "factor", "ratio_of_two", "uncounted")


def now(figure: Figure, *, is_counted: bool = True) -> Wording:
    """Return what a figure is on the sheet; a range as it is written."""
    written = figure.typed if figure.upto is not None else None
    return value(figure, figure.value or Fraction(0), is_counted=is_counted) if written is None else Text(written, written)


def money(amount: Fraction, abroad: str | None = None) -> Text:
    """Return an amount as a Japanese reader wants to see it, 400万円(4,000,000円); below 10,000 yen just yen.

    In another currency it has that one's sign, or none where the sheet is in thousands of it.
    """
    yen = plain(amount)
    if abroad is not None:
        return Text(f"{abroad}{yen}", f"{abroad}{yen}")
    if amount >= 10_000 and amount % 10_000 == 0:
        return Text(f"{plain(amount / 10_000)}万円", f"¥{yen}")
    return Text(f"{yen}円", f"¥{yen}")


def off(figure: Figure, found: Fraction, expected: Fraction, *, is_counted: bool = True) -> Phrase:
    """Return a difference: 差 +5件."""
    gap = value(figure, abs(found - expected), is_counted=is_counted)
    sign = "+" if found > expected else "−"
    return Phrase("part.off_by", sign=sign, said=gap)


def finding(key: str, figure: Figure, /, **more: Any) -> Finding:
    """Return a finding at a figure that was read, whose label is a place of its sentences."""
    own = {"sheet": figure.where[0], "cell": figure.cell, "name": figure.name, "label": own_label(figure)}
    return labelled(key, label(figure), more, **own)


def json_number(amount: Fraction | None) -> Any:
    return None if amount is None else number(amount)


def at(figure: Figure) -> str:
    """Return sheet and cell, as ``affected`` lists them."""
    return f"{figure.where[0]}!{figure.cell}"
