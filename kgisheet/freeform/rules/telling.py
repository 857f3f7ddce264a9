"""The wording for a figure that was read: its label, its value in the reader's unit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from ...check.finding import CERTAIN, Finding
from ...language.text import Text
from ...values.rounding import number
from ...values.units import COUNT, CURRENCY
from ..read.page import Figure, said
from ..read.page import plain as plain
from ..read.words import undecorated


def label(figure: Figure) -> Text:
    """Return the label as on the sheet, with its channel: 広告のリード数."""
    whole = undecorated(figure.label)
    bare = re.sub(r"\s*[(（\[【].*?[)）\]】]\s*$", "", whole) or whole
    if not figure.who or figure.who in bare:
        return Text(bare, bare)
    return Text(f"{figure.who}の{bare}", f"{bare} ({figure.who})")


def own_label(figure: Figure) -> str:
    """Return the label in the language that the sheet itself is in."""
    return label(figure).to("en" if figure.label.isascii() else "ja")


def value(figure: Figure, amount: Fraction) -> Text:
    """Return an amount in the figure's unit: 1,200万円 where the sheet has 万円, 40件, 30%."""
    if figure.kind == COUNT:
        counter = "回" if figure.field == "visits" else "件"
        text = plain(round(amount, 2) if abs(amount) >= 1 else amount)
        return Text(f"{text}{counter}", text)
    if figure.kind == CURRENCY:
        return money(amount)
    return Text(said(amount, figure.kind), said(amount, figure.kind))


def money(amount: Fraction) -> Text:
    """Return an amount as a Japanese reader wants to see it, 400万円(4,000,000円); below 10,000 yen just yen."""
    yen = plain(amount)
    if amount >= 10_000 and amount % 10_000 == 0:
        return Text(f"{plain(amount / 10_000)}万円", f"¥{yen}")
    return Text(f"{yen}円", f"¥{yen}")


def off(figure: Figure, found: Fraction, expected: Fraction) -> Text:
    """Return a difference: 差 +5件."""
    gap = value(figure, abs(found - expected))
    sign = "+" if found > expected else "−"
    return Text(f"(差 {sign}{gap.ja})", f" (off by {sign}{gap.en})")


def finding(code: str, severity: str, figure: Figure, message: Text, fix: Text, **more: Any) -> Finding:
    """Return a finding at a figure that was read."""
    return Finding(
        code=code, severity=severity, message=message, fix=fix, confidence=more.pop("confidence", CERTAIN),
        sheet=figure.where[0], cell=figure.cell, name=figure.name, label=own_label(figure), **more,
    )  # fmt: skip


def json_number(amount: Fraction | None) -> Any:
    return None if amount is None else number(amount)


def at(figure: Figure) -> str:
    """Return sheet and cell, as ``affected`` lists them."""
    return f"{figure.where[0]}!{figure.cell}"
