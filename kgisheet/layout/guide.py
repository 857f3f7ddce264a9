"""The guide: the purpose of the workbook, how to use it, and how each figure is derived."""

from __future__ import annotations

from fractions import Fraction

from ..language.text import Text
from ..template.model import RESULT, Cell
from ..template.sheets import GRID, GROUNDS, GUIDE
from . import looks
from .measure import wrapped
from .model import Sheet
from .page import Page, link_to
from .placing import Placer

_STEPS = (
    Text(
        "「{page}」の黄色のセルに、売上目標・受注単価・率・チャネルを入力します。金額は円です(すぐ下に「= 1,200万円」のような読みが出るので、桁を確かめられます)。チャネルを増やすときは「+追加」の列に名前を入れます(空きがなくなったら、作成担当者に連絡してください)。",
        "On “{page}”, fill in the yellow cells: revenue, deal size, rates, channels. Amounts are in yen; the line below reads them back (such as “= ¥12 million”). To add a channel, name one of the “+ add” columns; when none is left, ask whoever made this workbook.",
    ),
    Text(
        "白いセルが自動で変わり、売上から逆算した商談・リード・訪問の必要数が出ます。",
        "White cells update automatically: the meetings, leads and visits that the revenue needs.",
    ),
    Text(
        "シートのいちばん上の判定が「○ 目標に届く計画です」なら完成です。「×」や「―」のときは、どこをどう直すかが同じところに出ます。端数・目安・検算は「{grounds}」にあります。",
        "When the line at the top of that sheet reads “✓ This plan reaches its goal”, it is done. Otherwise it says what to fix. Settings, benchmarks and the check of the figures are on “{grounds}”.",
    ),
)

_MONTHLY = (
    Text(
        "「{grid}」で月ごとの目標を確かめます。季節で差があれば季節配分を、月を指定して変えるなら調整値を入力します(右に折りたたまれた列)。差は残りの月に自動で配分されます。",
        "On “{grid}”, look at each month's goals. Seasonal weights and overrides are in the folded columns on the right; the other months absorb the difference automatically.",
    ),
    Text(
        "毎月、その月のタブの黄色のセルに実績と備考を入力します。未確定は空欄、0件なら0です。「{grid}」に、目標との差とボトルネックが出ます。",
        "Each month, enter actuals and remarks in the yellow cells of that month's tab (blank until known, 0 for none). “{grid}” shows them against the goal, and the bottleneck.",
    ),
    Text(
        "目標を変えるときや年度が変わるときは、このブックの作成担当者に連絡してください。入力した実績や備考、加えたシートを残したまま更新できます。",
        "When the goal changes, or a new year begins, ask whoever made this workbook: it can be updated without touching your actuals, remarks or own sheets.",
    ),
)

_LEGEND = (
    (
        looks.over(looks.PLAIN, bg_color=looks.YELLOW, border=1, border_color=looks.LINE),
        Text("入力するセル", "Cells to fill in"),
    ),
    (
        looks.over(looks.PLAIN, bg_color=looks.SPARE, border=1, border_color=looks.LINE),
        Text(
            "変えたいときだけ入力するセル(書き換えられるのは黄色と薄い黄色だけです)",
            "Cells to change only if needed (only yellow and pale yellow can be changed)",
        ),
    ),
    (
        looks.over(looks.PLAIN, border=1, border_color=looks.LINE, bold=True),
        Text("計算結果(数式。{})", "Results (formulas; {})"),
    ),
    (
        looks.over(looks.READBACK, align="center"),
        Text(
            "灰色の数字は、金額を万円や億円で表したものと、端数処理前の数です",
            "Grey figures: amounts read back, figures before rounding",
        ),
    ),
)

_PROTECTED = Text("シートは保護されています。パスワードはありません", "protected, no password")
_OPEN = Text("書き換えないでください", "leave them as they are")

_LAST = 4  # columns: margin, number, text, link, state


def guide(goals: Page, others: list[Sheet], is_monthly: bool, protects: bool) -> Sheet:
    """Return the sheet, for a page that has been built; ``others`` are all sheets that it leads to, in their order.

    ``protects``: whether its program protects the sheets.
    """
    lang = goals.lang
    sheet = Sheet(goals.template.title_of(GUIDE).to(lang), widths={0: 1.5, 1: 13, 2: 60, 3: 20, 4: 18})
    placer = Placer(goals.solution, sheet, lang)
    name = goals.sheet.title
    row = _head(sheet, placer)

    row = _band(sheet, row, Text("3つの手順", "Three steps").to(lang))
    for number, step in enumerate(_STEPS, 1):
        text = step.to(lang).format(page=name, grounds=goals.template.title_of(GROUNDS).to(lang))
        sheet.heights[row] = _height(sheet, text)
        sheet.put(row, 1, Fraction(number), looks.over(looks.STEP, valign="top"))
        sheet.put(row, 2, text, looks.WRAPPED, _LAST)
        row += 1

    if is_monthly:
        row = _band(sheet, row, Text("月ごとの使い方", "Month by month").to(lang))
        for number, step in enumerate(_MONTHLY, 1):
            text = step.to(lang).format(grid=goals.template.title_of(GRID).to(lang))
            sheet.heights[row] = _height(sheet, text)
            sheet.put(row, 1, Fraction(number), looks.over(looks.STEP, valign="top"))
            sheet.put(row, 2, text, looks.WRAPPED, _LAST)
            row += 1

    row = _band(sheet, row, Text("色の見かた", "Colour key").to(lang))
    for look, said in _LEGEND:
        sheet.heights[row] = 18
        sample = Text("= 1,200万円", "= ¥12 million").to(lang) if look is _LEGEND[-1][0] else None
        sheet.put(row, 1, sample, looks.over(look, shrink=True))
        text = said.to(lang).format((_PROTECTED if protects else _OPEN).to(lang))
        sheet.put(row, 2, text, looks.over(looks.PLAIN, indent=1))
        row += 1

    row = _band(sheet, row, Text("目次", "Contents").to(lang))
    months = [each for each in others if each.role == looks.MONTH_TAB]
    half = -(-len(months) // 2)
    columns = [each for each in others if each.role != looks.MONTH_TAB], months[:half], months[half:]
    for at, column in enumerate(columns):
        for line, each in enumerate(column):
            sheet.link(row + line, 2 + at, link_to(each), each.title, looks.over(looks.LINK, bold=not at))
    for _ in range(max(map(len, columns))):
        sheet.heights[row] = 17
        row += 1

    row = _band(sheet, row, Text("計算のしかた(上から順に)", "How each figure is worked out").to(lang))
    for cell in _explained(placer):
        sheet.heights[row] = 17
        sheet.put(row, 1, cell.step, looks.STEP)
        sheet.put(row, 2, placer.sentence(cell), looks.over(looks.PLAIN, shrink=True), _LAST)
        row += 1
    rounding = Text(
        "件数は「端数処理」の設定で整数にし、次の段階はその整数から計算します。設定を変えると、その場ですべてが変わります。",
        "Counts are rounded to whole numbers by the rounding setting, and the next stage starts from the whole number. Change the setting and everything updates at once.",
    )
    sheet.heights[row] = _height(sheet, rounding.to(lang))
    sheet.put(row, 2, rounding.to(lang), looks.NOTE, _LAST)
    sheet.print_area = (0, 0, row, _LAST)
    sheet.title_rows = (0, 0)
    sheet.frozen_rows = 1
    sheet.is_portrait = is_monthly  # with the months it is a long list
    return sheet


def _head(sheet: Sheet, placer: Placer) -> int:
    about = placer.say(placer.template.about)
    sheet.heights |= {0: 30, 1: _height(sheet, about, first=1)}
    sheet.put(0, 1, placer.say(placer.template.title), looks.TITLE)
    _overall(sheet, placer, 0, _LAST)
    sheet.put(0, _LAST - 1, placer.label(placer.roles.overall), looks.over(looks.LABEL, align="right", indent=1))
    sheet.put(1, 1, about, looks.WRAPPED, _LAST)
    row = 2
    for name in (placer.roles.title, placer.roles.owner):
        if name in placer.template.cells:
            sheet.heights[row] = 17
            sheet.put(row, 1, placer.label(name), looks.LABEL)
            sheet.formula(row, 2, f'=IF({name}="","",{name})', placer.solution.at(name, None), looks.NAME)
            row += 1
    return row


def _overall(sheet: Sheet, placer: Placer, row: int, col: int) -> None:
    """Draw the overall state of the workbook, live from the page."""
    sheet.formula(row, col, f"={placer.roles.overall}", placer.solution.at(placer.roles.overall, None), looks.OVERALL)
    placer.state_colours(row, col, row)


def _band(sheet: Sheet, row: int, text: str) -> int:
    sheet.heights |= {row: 8, row + 1: 20}
    for col in range(1, _LAST + 1):
        sheet.put(row + 1, col, f" {text}" if col == 1 else None, looks.BAND)
    return row + 2


def _explained(placer: Placer) -> list[Cell]:
    """Return the results of the chain: those with a step, top down."""
    chain = [cell for cell in placer.template.cells.values() if cell.role == RESULT and cell.step and cell.of is None]
    return sorted(chain, key=lambda cell: cell.step)


def _height(sheet: Sheet, text: str, first: int = 2) -> float:
    """Return the points for a text that wraps over the columns from ``first`` on: those of the texts."""
    room = sum(sheet.widths[col] for col in range(first, _LAST + 1))
    return 5 + 15.0 * wrapped(text, room, 10.5)
