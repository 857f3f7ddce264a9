"""Every key of a plan, from the template's declarations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kgisheet import api
from kgisheet.language.text import Text
from kgisheet.plan import drawn, typed
from kgisheet.template.model import Cell, Switch, Template
from kgisheet.template.settle import settle
from kgisheet.template.sheets import PAGE, TAB
from kgisheet.values.units import COUNT, CURRENCY, DATE, MONTH, RATE

_UNITS = {
    CURRENCY: Text("円", "yen"),
    RATE: Text("率", "rate"),
    COUNT: Text("数", "number"),
    DATE: Text("日付", "date"),
    MONTH: Text("月", "month"),
}
_WORDS = Text("文字", "text")


class Key(NamedTuple):
    """One key: the table of the plan that it stands in ("" for the top), what it is called, and what it holds."""

    table: str
    name: str
    label: Text
    kind: Text
    required: bool
    read_when: Switch | None
    sheet: Text

    @property
    def written(self) -> str:
        """``[feasibility] budget``, ``[[channel]] share``, ``web_revenue``."""
        return f"{self.table} {self.name}".strip()


def keys(template: Template) -> Iterator[Key]:
    """The keys in the order of the sheets; of ``[months]`` only what is typed into the months, a line per table."""
    sheets = {section.key: template.sheets.title(section.sheet) for section in template.sections}
    page, tabs = template.title_of(PAGE), template.title_of(TAB)
    for cell in template.page_inputs():
        yield _key("[[channel]]" if cell.table else "", cell, page)
    split = [name for group in template.either for name in group if template.cells[name].formula is not None]
    for name in split:
        yield _key("[[channel]]", template.cells[name], page)
    for cell in template.inputs():
        if cell.table == "channel" and sheets[cell.section] != page:
            yield _key("[[channel]]", cell, sheets[cell.section])
    for section in template.drawn():
        if section.kind == drawn.MATRIX and (typed_in := drawn.matrix_cells(template, section)):
            named = ", ".join(typed_in)
            yield Key(
                f"[[{section.key}]]", f"rank, stage, {named}", section.title, _UNITS[COUNT], False, None, sheets[section.key]
            )
        for cell in drawn.singles(template, section):
            yield _key(f"[{section.key}]", cell, sheets[section.key])
        for cell in drawn.columns(template, section):
            yield _key(f"[[{section.key}]]", cell, sheets[section.key])
    for group in typed.groups(template):
        heads = ["month"] if group.is_list else []
        label, kind = _TYPED.get(".".join(group.path), (Text("", ""), _WORDS))
        keys_of = ", ".join([*heads, *group.single, *group.by_month])
        first = group.cells[0]
        sheet = tabs if first.on_tab else sheets[first.section]
        yield Key(group.written, keys_of, label, kind, False, None, sheet)
        if group.by_channel:
            of_channel = Text(f"チャネル別の{label.ja}", f"{label.en}, by channel")
            yield Key(group.written, ", ".join(["month", "channel", *group.by_channel]), of_channel, kind, False, None, sheet)


_NUMBERS = Text("数・率・円", "numbers, rates, yen")
_TYPED = {
    "months": (Text("基準月(どの月までの実績で判断するか)", "The month up to which actuals count"), _UNITS[MONTH]),
    "months.opening": (Text("期首パイプライン(期首に持っている件数)", "Pipeline held at the start"), _UNITS[COUNT]),
    "months.override": (Text("月次予実の調整値", "Plan vs actual typed over"), _NUMBERS),
    "months.reported": (Text("締めた月の目標(記録)", "Goals of closed months, as recorded"), _NUMBERS),
    "months.reported_before": (
        Text("期首前に必要な数(締めたときの記録)", "Needed before the year, as recorded"),
        _UNITS[COUNT],
    ),
    "months.initial": (Text("期初計画(記録)", "The initial plan, as recorded"), _NUMBERS),
    "actual": (Text("実績", "Actuals"), Text("数・円・文字", "numbers, yen, text")),
    "last_year": (Text("前年同月の実績(月は前年度の月)", "Last year's actuals (months of last year)"), _NUMBERS),
}
"""What the tables of the months are about, and what they hold."""


def markdown(lang: str) -> str:
    """Return the page of the keys of template standard."""
    title, about, heads = (each.to(lang) for each in _PAGE)
    lines = [f"# {title}", "", about, "", heads, "|---|---|---|---|"]
    for key in keys(settle(api.open_shipped("standard"))):
        needed = _needed(key).to(lang)
        lines.append(f"| `{key.written}` | {key.label.to(lang)}{needed} | {key.kind.to(lang)} | {key.sheet.to(lang)} |")
    return "\n".join(lines)


def _needed(key: Key) -> Text:
    if not key.required:
        return Text("", "")
    if key.read_when is None:
        return Text("(必須)", " (required)")
    said = f'{key.read_when.cell} = "{key.read_when.choice}"'
    return Text(f"({said} のとき必須)", f" (required with {said})")


_PAGE = (
    Text("計画のすべてのキー", "Every key of a plan"),
    Text(
        "[English](plan-keys.md)\n\nテンプレート standard のすべてのキーです。書き方は[計画ファイル](../plan.ja.md)にあります。",
        "[日本語](plan-keys.ja.md)\n\nAll the keys that template `standard` knows. [The plan file](../plan.md) explains how to write them.",
    ),
    Text("| キー | 項目 | 値 | シート |", "| key | meaning | value | sheet |"),
)


def _key(table: str, cell: Cell, sheet: Text) -> Key:
    kind = _UNITS.get(cell.unit, _WORDS)
    if cell.choices is not None:
        kind = Text(*([" / ".join(cell.choices)] * 2))
    if cell.unbounded:
        kind = Text("倍率", "multiplier")
    return Key(table, cell.plan_key, cell.full_label, kind, cell.required, cell.read_when, sheet)
