"""Tables and summaries that the commands print for people."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .. import api
from ..language.text import Text
from ..layout import targets
from ..report import columns
from ..template import locate
from ..template.chain import chain
from ..template.model import INPUT, Template
from ..template.roles import SHIPPED
from ..template.settle import settle
from ..template.switches import is_read
from ..values.amounts import trimmed
from ..values.units import CURRENCY, RATE
from ..worksheet.labels import Labels
from ..worksheet.solve import Solution
from . import terminal
from .speech import LANG, visible

if TYPE_CHECKING:
    from ..filled.records import Record
    from ..layout.build import Built

_COMPANIONS = ("_exact", "_readback", "_usual", "_forward", "_goal", "_gap", "_advice")


def made(path: str, built: Built, lang: str, is_example: bool) -> str:
    """Return a few lines on the workbook that was made: the chain, the results of its checks, what was left out, what to do next."""
    name = built.solution.template.name
    lead = Text(f"{path} を作りました(テンプレート {name})", f"{path} written (template {name})")
    then = (EXAMPLE if is_example else NEXT)[built.target]
    return _said(lead, _at(then, path), built.solution, lang, _without(built, lang))


def planned(path: str, command: str, solution: Solution, lang: str) -> str:
    """Return a few lines on a plan that was written: its chain, and the command that makes the workbook."""
    lead = Text(f"{path} を作りました", f"{path} written")
    return _said(lead, Text(f"次にすること: {command}", f"Next: {command}"), solution, lang)


def put_into(path: str, built: Built, titles: Sequence[str], lang: str) -> str:
    """Return the same of a workbook that the sheets were put into, with those that can be seen."""
    listed = ", ".join(titles)
    lead = Text(
        f"{path} に目標シートを加えました(テンプレート {built.solution.template.name}): {listed}",
        f"{path}: goal sheets added (template {built.solution.template.name}): {listed}",
    )
    return _said(lead, _at(NEXT[built.target], path), built.solution, lang, _without(built, lang))


def _at(then: Text, path: str) -> Text:
    return Text(then.ja.format(path), then.en.format(path))


def _without(built: Built, lang: str) -> list[str]:
    """Return the lines on what a workbook for another program than Excel was made without."""
    if built.target == targets.EXCEL:
        return []
    title = targets.TARGETS[built.target].title
    lead = Text(
        f"{title.ja}用に、次のものを省きました(公開資料に基づきます。{title.ja}そのものでは試していません):",
        f"Made for {title.en} (by what is published of it; not tried in {title.en} itself), without:",
    )
    return [lead.to(lang), *(f"  - {each.said.to(lang)}" for each in built.left_out)]


def _said(lead: Text, then: Text, solution: Solution, lang: str, without: Sequence[str] = ()) -> str:
    cells = solution.template.cells
    labels = Labels(solution.template, lang, solution.at)
    goal = next((name for name in chain(solution.template) if cells[name].unit == CURRENCY), None)
    stages = [name for name in reversed(solution.template.funnel) if name in cells]
    steps = " → ".join(
        f"{labels.label(name)} {value_text(cells[name].unit, _number(solution.values[cells[name].in_force or name]))}"
        for name in ([] if goal is None else [goal]) + stages
        if cells[name].in_force or is_read(solution.template, cells[name], solution.at)
    )
    lines = (lead.to(lang), *filter(None, [steps]), *_bad(solution, labels), *without, then.to(lang))
    return "\n".join(visible(line) for line in lines)


EXAMPLE = {
    targets.EXCEL: Text(
        "次にすること: Excelで開き、黄色のセルに自社の数字を入力してください",
        "Next: open it in Excel and type your own figures into the yellow cells",
    ),
    targets.SHEETS: Text(
        "次にすること: Googleドライブにアップロードして開き、「ファイル」→「Google スプレッドシートとして保存」を選び、黄色のセルに自社の数字を入力してください",
        "Next: upload it to Google Drive, open it, choose File, Save as Google Sheets, and type your own figures into the yellow cells",
    ),
}
NEXT = {
    targets.EXCEL: Text(
        "次にすること: Excelで開いて確かめ、配ってください。記入されたら kgisheet check {} で検査できます",
        "Next: open it in Excel, and hand it out; once it is filled in, kgisheet check {} checks it",
    ),
    targets.SHEETS: Text(
        "次にすること: Googleドライブにアップロードして開き、「ファイル」→「Google スプレッドシートとして保存」を選んで配ってください。"
        "記入されたら、.xlsx でダウンロードしたファイルを kgisheet check で検査できます",
        "Next: upload it to Google Drive, open it, choose File, Save as Google Sheets, and share it; once it is filled in, download it as "
        ".xlsx: kgisheet check checks that file",
    ),
}


def _bad(solution: Solution, labels: Labels) -> list[str]:
    """Return the lines that the sheet itself marks for attention."""
    bad = solution.template.words["bad"]
    lines = []
    for section in solution.template.sections:
        for check in section.checks:
            if solution.values[check.state] in bad:
                lines.append(f"{labels.say(bad)}: {labels.say(check.label)} — {labels.say(solution.advice(check))}")
    return lines


def records(name: str | None, cells: list[Record], lang: str) -> str:
    """Return a table of the cells: name, label, value, place, and how it is calculated."""
    rows = [
        [
            each.name,
            each.label,
            value_text(each.unit, each.value) + (f" ({_decimal(each.exact)})" if _differs(each) else ""),
            f"{each.sheet}!{each.cell}" if each.cell else "",
            each.sentence,
        ]
        for each in cells
        if each.on_page
        # Companions repeat in another form what their cell says.
        and (each.role == INPUT or not each.name.partition("[")[0].endswith(_COMPANIONS))
    ]
    head = [Text("名前", "name"), Text("項目", "label"), Text("値", "value"), Text("セル", "cell"), Text("計算", "how")]
    title = Text(f"テンプレート: {name}", f"template: {name}").to(lang)
    page = title + "\n" + aligned([[text.to(lang) for text in head], *rows], right={2})
    return "\n\n".join(filter(None, (page, _months(cells, lang))))


def _months(cells: list[Record], lang: str) -> str:
    """Return the twelve months side by side; the contents of their tabs are for JSON and for the workbook."""
    held = {each.known_as: each for each in cells}
    flows = [
        name.removeprefix("year_").removesuffix("_page") for name in held if name.startswith("year_") and name.endswith("_page")
    ]
    if not flows:
        return ""
    columns = [f"month_{flow}" for flow in flows]
    head = [
        held[f"{SHIPPED.month_start}[1]"].label,
        *(held[f"year_{flow}"].label.removesuffix("(年計)").removesuffix(" (year)") for flow in flows),
    ]
    rows = [[_cell(held, f"{name}[{month}]") for name in (SHIPPED.month_start, *columns)] for month in range(1, 13)]
    sums = (
        (Text("年計", "year"), "year_{}"),
        (Text("期首前に必要だった分", "needed before the year"), "before_{}"),
        (Text("目標設定の年間値", "year (from Goals)"), "year_{}_page"),
        (Text("差", "difference"), "year_{}_gap"),
    )
    rows += [[text.to(lang), *(_cell(held, form.format(flow)) for flow in flows)] for text, form in sums]
    return aligned([head, *rows], right=set(range(1, len(head))))


def _cell(held: dict[str, Record], name: str) -> str:
    record = held.get(name)
    return "" if record is None else value_text(record.unit, record.value)


def templates(lang: str) -> str:
    rows = []
    for name in locate.shipped():
        template = settle(api.open_shipped(name))
        rows.append([name, template.title.to(lang), template.about.to(lang)])
    return aligned(rows)


def template(declaration: api.Declaration, lang: str) -> str:
    """Return a template section by section: inputs, and the sentence of each result."""
    settled: Template = api.check_template(declaration)
    labels = Labels(settled, lang)
    lines = [f"{settled.name}: {labels.say(settled.title)}", labels.say(settled.about), ""]
    for section in settled.sections:
        lines.append(f"[{labels.say(section.title)}]")
        for name in (*section.cells, *section.columns, *section.totals):
            cell = settled.cells[name]
            said = labels.sentence(cell) or Text(
                f"{labels.say(cell.full_label)}(入力)", f"{labels.say(cell.full_label)} (input)"
            ).to(lang)
            lines.append(f"  {name}: {' '.join(said.split())}")
        lines.extend(f"  {check.name}: {labels.say(check.label)}" for check in section.checks)
        lines.append("")
    return "\n".join(visible(line) for line in lines).rstrip()


def _differs(record: Record) -> bool:
    return record.exact is not None and isinstance(record.value, (int, float)) and Fraction(record.value) != record.exact


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value


def value_text(unit: str, value: Any) -> str:
    """Return a value as people read it: 40, 30%, 12,000,000円."""
    if value is None:
        return "―"
    if isinstance(value, (int, float)):
        if unit == CURRENCY:
            return Text(f"{value:,.0f}円", f"¥{value:,.0f}").to(LANG)
        if unit == RATE:
            return trimmed(value * 100, 4, "") + "%"
        return trimmed(value, 2)
    return str(value)


def _decimal(value: Fraction | None) -> str:
    return f"{float(value or 0):,.2f}"


def aligned(rows: list[list[str]], right: frozenset[int] | set[int] = frozenset()) -> str:
    """Return rows with their cells aligned in columns, sanitised for a terminal and cut to it; ``right`` are the columns of figures."""
    return columns.aligned([[visible(cell) for cell in row] for row in rows], right, terminal.width())
