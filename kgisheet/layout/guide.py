"""The guide: the purpose of the workbook, how to use it, and how each figure is derived."""

from __future__ import annotations

from fractions import Fraction

from ..language.text import Text
from ..template.model import RESULT, Cell
from ..template.sheets import GUIDE
from . import looks
from .measure import width
from .model import Sheet
from .page import Page, link_to
from .placing import Placer

_STEPS = (
    Text(
        "「{page}」の黄色いセルに、売上目標・受注単価・率・チャネルを入力します。金額は円です(すぐ下か右の「= 1,200万円」で桁を確かめられます)。",
        "On “{page}”, fill in the yellow cells: revenue, deal size, rates, channels. Amounts are in yen (the reading beside or below shows the size: = 12 million yen).",
    ),
    Text(
        "白いセルの数が自動で変わります。売上から順に割り戻した必要数を、計算の根拠と一緒に説明できます。",
        "The white cells follow by themselves: what the revenue needs at each stage, each figure with its reason.",
    ),
    Text(
        "総合判定と検算を見ます。「× 要確認」の行には、どこを直せばよいかが出ます。すべて「○ OK」なら完成です。",
        "Look at the overall state and the proof. A line marked “✗ Check” says what to fix; when all say “✓ OK”, it is done.",
    ),
)

_MONTHLY = (
    Text(
        "「{grid}」で月ごとの目標を確かめます。季節で差があれば重みを、月を指定して変えるなら手入力の列を使います。残りの月が差を引き受け、年計は「{page}」の数と一致します。",
        "On “{grid}”, look at each month's goals. Use the weights for seasons, or the column beside a figure to override a month: the other months absorb the difference, and the year still equals “{page}”.",
    ),
    Text(
        "毎月、その月のタブの黄色いセルに実績と備考を入力します。まだのものは空欄、0件なら0です。「{summary}」に、遅れている段階と売上への影響が出ます。",
        "Each month, type actuals and remarks into the yellow cells of that month's tab: blank while not known, 0 for none. “{summary}” says which stage is behind and what that costs.",
    ),
    Text(
        "目標を変えるときや年度が変わるときは kgisheet monthly を実行します。入力した実績や備考、加えたシートはそのまま残ります。",
        "When the goal changes, or a new year begins, run kgisheet monthly: actuals, remarks and sheets of your own stay as they are.",
    ),
)

_LEGEND = (
    (
        looks.over(looks.PLAIN, bg_color=looks.YELLOW, border=1, border_color=looks.LINE),
        Text("入力するセル(ここだけ書き換えられます)", "Cells to fill in (only these can be changed)"),
    ),
    (
        looks.over(looks.PLAIN, border=1, border_color=looks.LINE, bold=True),
        Text(
            "計算結果(数式。シートの保護で守られています。パスワードはありません)",
            "Results (formulas, protected; there is no password)",
        ),
    ),
    (
        looks.over(looks.READBACK, align="center"),
        Text(
            "灰色の小さい数字は、表示単位での読みと端数処理前の数です",
            "Small grey figures: amounts in the display unit, figures before rounding",
        ),
    ),
)

_LAST = 4  # columns: margin, number, text, link, state


def guide(goals: Page, behind: list[Sheet], monthly: list[Sheet], beyond: list[Sheet]) -> Sheet:
    """Return the sheet, for a page that has been built."""
    lang = goals.lang
    sheet = Sheet(goals.template.title_of(GUIDE).to(lang), widths={0: 1.5, 1: 13, 2: 60, 3: 24, 4: 20})
    placer = Placer(goals.solution, sheet, lang)
    name = goals.sheet.title
    row = _head(sheet, placer)

    row = _band(sheet, row, Text("3つの手順", "Three steps").to(lang))
    for number, step in enumerate(_STEPS, 1):
        text = step.to(lang).format(page=name)
        sheet.heights[row] = _height(sheet, text)
        sheet.put(row, 1, Fraction(number), looks.over(looks.STEP, valign="top"))
        sheet.put(row, 2, text, looks.WRAPPED, _LAST)
        row += 1

    if len(monthly) > 1:
        row = _band(sheet, row, Text("月ごとの使い方", "Month by month").to(lang))
        for number, step in enumerate(_MONTHLY, 1):
            text = step.to(lang).format(page=name, grid=monthly[0].title, summary=monthly[0].title)
            sheet.heights[row] = _height(sheet, text)
            sheet.put(row, 1, Fraction(number), looks.over(looks.STEP, valign="top"))
            sheet.put(row, 2, text, looks.WRAPPED, _LAST)
            row += 1

    row = _band(sheet, row, Text("色の見かた", "What the colours mean").to(lang))
    for look, said in _LEGEND:
        sheet.heights[row] = 18
        sample = Text("= 1,200万円", "= 12 million yen").to(lang) if look is _LEGEND[2][0] else None
        sheet.put(row, 1, sample, looks.over(look, shrink=True))
        sheet.put(row, 2, said.to(lang), looks.over(looks.PLAIN, indent=1))
        row += 1

    row = _band(sheet, row, Text("目次", "Contents").to(lang))
    sheet.heights[row] = 20
    sheet.link(row, 2, link_to(goals.sheet), name, looks.over(looks.LINK, bold=True))
    row += 1
    for each in behind:
        sheet.heights[row] = 17
        sheet.link(row, 2, link_to(each), each.title, looks.over(looks.LINK, bold=True))
        row += 1
    for each in monthly:
        sheet.heights[row] = 17
        sheet.link(row, 2, link_to(each), each.title, looks.over(looks.LINK, bold=each is monthly[0] or each is monthly[-1]))
        row += 1

    for each in beyond:
        sheet.heights[row] = 17
        sheet.link(row, 2, link_to(each), each.title, looks.over(looks.LINK, bold=True))
        row += 1

    row = _band(sheet, row, Text("計算のしかた(上から順に)", "How each figure is worked out").to(lang))
    for cell in _explained(placer):
        sheet.heights[row] = 17
        sheet.put(row, 1, cell.step, looks.STEP)
        sheet.put(row, 2, placer.sentence(cell), looks.over(looks.PLAIN, shrink=True), _LAST)
        row += 1
    rounding = Text(
        "件数は「端数処理」の設定で整数にし、次の段階はその整数から計算します。設定を変えると、その場ですべてが変わります。",
        "Counts are made whole by the rounding setting, and the next stage starts from the whole number. Change the setting and all follows at once.",
    )
    sheet.heights[row] = _height(sheet, rounding.to(lang))
    sheet.put(row, 2, rounding.to(lang), looks.NOTE, _LAST)
    sheet.print_area = (0, 0, row, _LAST)
    sheet.title_rows = (0, 0)
    sheet.frozen_rows = 1
    sheet.is_portrait = bool(monthly)  # with the months it is a long list
    return sheet


def _head(sheet: Sheet, placer: Placer) -> int:
    about = placer.say(placer.template.about)
    sheet.heights |= {0: 30, 1: _height(sheet, about)}
    sheet.put(0, 1, placer.say(placer.template.title), looks.TITLE)
    _overall(sheet, placer, 0, _LAST)
    sheet.put(0, _LAST - 1, placer.label("overall"), looks.over(looks.LABEL, align="right", indent=1))
    sheet.put(1, 1, about, looks.WRAPPED, _LAST)
    row = 2
    for name in ("title", "owner"):
        if name in placer.template.cells:
            sheet.heights[row] = 17
            sheet.put(row, 1, placer.label(name), looks.LABEL)
            sheet.formula(row, 2, f'=IF({name}="","",{name})', placer.solution.at(name, None), looks.NAME)
            row += 1
    return row


def _overall(sheet: Sheet, placer: Placer, row: int, col: int) -> None:
    """Draw the overall state of the workbook, live from the page."""
    sheet.formula(row, col, "=overall", placer.solution.at("overall", None), looks.OVERALL)
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


def _height(sheet: Sheet, text: str) -> float:
    """Return the points for a text that wraps over the text columns."""
    room = sum(sheet.widths[col] for col in range(2, _LAST + 1))
    return 5 + 15.0 * -(-int(width(text) * 1.05) // int(room))
