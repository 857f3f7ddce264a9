"""Messages about a plan's keys: missing, unknown, not adding up."""

from __future__ import annotations

from fractions import Fraction

from ..language.text import Text, lowered
from ..template.model import Cell, Template
from ..values.amounts import trimmed
from ..values.units import COUNT, CURRENCY, RATE


def off_by(total: Fraction, key: str = "(share)") -> tuple[Text, Text]:
    """Return what is wrong with shares that don't add up, and what is missing; ``key`` is how a plan calls them."""
    said, off = percent(total), percent(abs(1 - total))
    what = Text(f"配分{key}の合計が{said}です", f"the shares add up to {said}")
    if total > 1:
        return what, Text(
            f"{off}減らして、ちょうど100%にしてください", f"remove the extra {off}: they must add up to exactly 100%"
        )
    return what, Text(
        f"あと{off}を配分して、ちょうど100%にしてください", f"assign the other {off}: they must add up to exactly 100%"
    )


def missing(cell: Cell) -> tuple[Text, Text]:
    label = cell.full_label
    if cell.name.endswith("_name"):
        label = Text(f"{label.ja}の名前", f"{label.en}'s name")
    example = {CURRENCY: '"1,200万円"', RATE: '"30%"', COUNT: "800"}.get(cell.unit, '"…"')
    return (
        Text(f"{label.ja}が指定されていません", f"the {lowered(label.en)} is missing"),
        Text(f"{cell.plan_key} = {example} のように書いてください", f"write {cell.plan_key} = {example} or the like"),
    )


def unknown(key: str, known: set[str], template: Template) -> tuple[Text, Text]:
    if key == "opportunity_rate":
        return (
            Text(
                f"テンプレート {template.name} に案件化の段階はありません",
                f"the template {template.name} has no opportunity stage",
            ),
            Text(
                f'{key} の行を消すか、template = "standard" にしてください',
                f'delete the line {key}, or use template = "standard"',
            ),
        )
    from difflib import get_close_matches

    near = get_close_matches(key, sorted(known | ({"opportunity_rate"} if "win_rate" in known else set())), 1)
    what = Text("この項目はありません", "there is no such key")
    if near:
        return what, Text(f"{near[0]} のことですか", f"do you mean {near[0]}?")
    listed = ", ".join(sorted(known))
    return what, Text(f"使えるのは {listed}", f"available: {listed}")


def yen(value: Fraction) -> str:
    return f"{float(value):,.0f}"


def percent(value: Fraction) -> str:
    return f"{trimmed(float(value * 100), 12, '')}%"
