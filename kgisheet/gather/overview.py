"""The first sheet: how far the whole is, who is behind, who hasn't answered, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.text import Text, many
from ..layout import looks
from ..layout.model import Conditional, Look, Sheet
from ..values.rounding import number
from ..worksheet.shown import in_unit
from . import formulas, people, stage_sheet, todo, wear
from .drawing import draw, put, shaded, titled
from .matching import told
from .merge import NO_YEAR, headline
from .model import BROKEN, MISSING, UNTOUCHED, Gathered, Manager
from .stage_sheet import ACTUAL, ALL, DUE, RATE, YEAR, shown, whole_id
from .sums import NOTHING, Total, achievements, added, between, sums_of, ungoaled, without_goals
from .tables import Content, Formula, Line, Spots, Table, exact

STAGES, BEHIND, TILES, ABSENT, TODO = "overview", "behind", "tiles", "absent", "todo"
TITLE = Text("全体", "Overview")
_FIRST, LAST = 1, 10
_TILE, _DO = 3, 7
MOST_BEHIND = 10

NAME, DEPARTMENT, SHEETS, APART, _DUE, _ACTUAL, _RATE, _STATE, _PLANNED, _TURNED_OUT = range(10)
_HEADS = (
    Text("段階", "Stage"),
    Text("部門の目標(年間)", "Department's goal (year)"),
    Text("担当者の目標の合計", "Managers' goals together"),
    Text("差(合計−部門)", "Gap (together − department)"),
    Text("同期間の目標", "Goal to date"),
    Text("実績の累計", "Actual to date"),
    Text("達成率", "Achievement"),
    Text("判定", "State"),
    Text("下の段階からの率(目標)", "Rate from the next stage (goal)"),
    Text("下の段階からの率(実績)", "Rate from the next stage (actual)"),
)
_BEHIND_HEADS = (
    Text("達成率の低い担当者", "Furthest behind"),
    Text("同期間の目標", "Goal to date"),
    Text("実績", "Actual"),
    Text("達成率", "Achieved"),
)
UNTYPED, NO_GOAL, ON_TRACK, NEAR, FAR = (
    Text("― 実績なし", "– No actuals"),
    Text("― 目標0", "– Goal is 0"),
    Text("○ 計画どおり", "✓ On track"),
    Text("△ やや遅れ", "△ Slightly behind"),
    Text("× 遅れ", "✗ Behind"),
)


def rows_of(gathered: Gathered) -> tuple[int, int]:
    """Return the rows of the headings of the table of stages, and of that of those behind."""
    first = _DO + len(todo.lines(gathered)) + 2
    return first, first + len(gathered.columns) + 2 + max(1, len(_notes(gathered)))


def tiles(gathered: Gathered, sheet: str) -> Table:
    """Return the line of large figures, of which some are formulas."""
    at, lang = headline(gathered), gathered.lang
    rate = wear_large(num_format=wear.RATE)
    people_ = wear_large(num_format='0"名"' if lang == "ja" else "0")
    returned, due = gathered.answered, gathered.due
    behind = sum(each is not None and each < wear.REACHED for each in achievements(gathered, at))

    def count(spots: Spots) -> str:
        return f'=COUNTIF({spots.down(people.ID, people.at_stage(at, 3))},"<{wear.REACHED}")'

    sums = stage_sheet.totals(gathered, at)
    said = f"{returned} / {due}名" if lang == "ja" else f"{returned} / {due}"
    files = sum(1 for each in gathered.managers if each.errors or each.state == BROKEN)
    cells: tuple[Content, ...] = (
        shown(whole_id(at), ALL.to(lang), RATE, sums.achievement) if gathered.columns else _NO_FIGURE,
        said,
        Formula(count, exact(behind)) if gathered.columns else _NO_FIGURE,
        f"{files}件" if lang == "ja" else str(files),
    )
    line = Line(TILES, cells, (rate, wear_large(), people_, wear_large()), "")
    cols = tuple(first for first, _ in TILE_COLS)
    return Table(TILES, "gather_overall", sheet, _TILE + 1, cols[0], _tile_heads(gathered), (line,), 0, TILES, cols)


def _tile_heads(gathered: Gathered) -> tuple[str, ...]:
    at, lang = headline(gathered), gathered.lang
    stage = gathered.columns[at].label if gathered.columns else ""
    rate = Text(f"{stage}の達成率(実績÷同期間の目標)", f"{stage}: actual ÷ goal to date")
    heads = (
        rate if stage else Text("達成率(実績÷同期間の目標)", "Actual ÷ goal to date"),
        Text("提出済み / 対象", "Returned / expected"),
        Text("目標を下回る担当者", "Managers below goal"),
        Text("誤りがある・読めないファイル", "Files with errors, or unreadable"),
    )
    return tuple(each.to(lang) for each in heads)


_NO_FIGURE = "―"


def wear_large(**more: object) -> Look:
    """Return the look of a large figure."""
    return looks.look(font_size=18, bold=True, font_color=looks.NAVY, align="center", bg_color=looks.PALE, shrink=True, **more)


def texts(gathered: Gathered, sheet: str) -> tuple[Table, Table]:
    """Return the lines in words: what there is to do, and who hasn't answered."""
    _, second = rows_of(gathered)
    do = tuple(Line(said, (said,), (look,)) for said, look in todo.lines(gathered))
    absent = gathered.of_state(MISSING, UNTOUCHED)
    dress = (wear.TEXT, wear.TEXT, wear.TEXT)
    away = tuple(Line(each.name, (each.name, None, wear.state(each, gathered.lang)), dress) for each in absent[:MOST_BEHIND])
    return (
        Table(TODO, "gather_todo", sheet, _DO - 1, _FIRST, (todo.TITLE.to(gathered.lang),), do),
        Table(ABSENT, "gather_absent", sheet, second, _ABSENT_COL, (_absent_head(absent, gathered.lang), "", ""), away),
    )


def overview_tables(gathered: Gathered, sheet: str) -> tuple[Table, Table]:
    """Return the table of the stages, and that of those who are furthest behind."""
    lang = gathered.lang
    first, second = rows_of(gathered)
    lines = tuple(_stage(gathered, at) for at in range(len(gathered.columns)))
    table = Table(STAGES, "gather_stages", sheet, first, _FIRST, tuple(each.to(lang) for each in _HEADS), lines)
    heads = tuple(each.to(lang) for each in _BEHIND_HEADS)
    return table, Table(BEHIND, "gather_behind", sheet, second, _FIRST, heads, tuple(_behind(gathered)))


def _stage(gathered: Gathered, at: int) -> Line:
    lang, stage, key = gathered.lang, gathered.columns[at], gathered.columns[at].label
    of_all = ALL.to(lang)
    sums = stage_sheet.totals(gathered, at)
    goal = next((exact(each.year) for each in gathered.department if each.key == stage.key), None)
    below = at + 1 if at + 1 < len(gathered.columns) and stage.unit == gathered.columns[at + 1].unit == "count" else None

    def apart(spots: Spots) -> str:
        ours, theirs = spots.here(STAGES, key, SHEETS), spots.here(STAGES, key, DEPARTMENT)
        return f'=IF(COUNT({ours},{theirs})<2,"",{ours}-{theirs})'

    def rate(head: int) -> Formula | None:
        if below is None:
            return None
        part = people.OF_STAGE.index(head)
        upper, lower = ([rows[stage].shown[part] if rows else None for rows in sums_of(gathered).of] for stage in (at, below))

        def of_two(spots: Spots) -> str:  # on the sheet where a manager's stages are side by side, however it is sorted
            return formulas.between(*(spots.down(people.ID, people.at_stage(stage, part)) for stage in (at, below)))

        return Formula(of_two, between(upper, lower))

    def state(spots: Spots) -> str:
        cell, actual = spots.here(STAGES, key, _RATE), spots.here(STAGES, key, _ACTUAL)
        no_actual, no_goal, well, near, far = (f'"{each.to(lang)}"' for each in (UNTYPED, NO_GOAL, ON_TRACK, NEAR, FAR))
        judged = f"IF({cell}>={wear.REACHED},{well},IF({cell}>={wear.NEAR},{near},{far}))"
        return f"=IF(COUNT({actual})=0,{no_actual},IF(COUNT({cell})=0,{no_goal},{judged}))"

    look = stage_sheet.figure(gathered, at)
    signed = wear.form(stage, lang, stage_sheet.decimals(gathered, at))
    cells: tuple[Content, ...] = (
        key,
        None if goal is None else number(goal),
        shown(whole_id(at), of_all, YEAR, sums.year),
        Formula(apart, None if goal is None or sums.year is None else sums.year - goal),
        shown(whole_id(at), of_all, DUE, sums.due),
        shown(whole_id(at), of_all, ACTUAL, sums.actual),
        shown(whole_id(at), of_all, RATE, sums.achievement),
        Formula(state, _state(sums).to(lang)),
        rate(YEAR),
        rate(ACTUAL),
    )
    dress = (
        looks.over(wear.TEXT, bold=True),
        look,
        look,
        looks.over(look, num_format=f"+{signed};-{signed};{signed}"),
        look,
        looks.over(look, bold=True),
        wear.rate(bold=True),
        looks.look(**wear.EDGE, bold=True, align="center", shrink=True),
        wear.rate(),
        wear.rate(),
    )
    return Line(key, cells, dress)


def _state(sums: Total) -> Text:
    rate = sums.achievement
    if rate is None:
        return UNTYPED if sums.actual is None else NO_GOAL
    return ON_TRACK if rate >= wear.REACHED else NEAR if rate >= wear.NEARLY else FAR


def _behind(gathered: Gathered) -> Iterator[Line]:
    if not gathered.columns:
        return
    at = headline(gathered)
    look = stage_sheet.figure(gathered, at)
    for key, (manager, of) in enumerate(zip(gathered.managers[:MOST_BEHIND], sums_of(gathered).of, strict=False), 1):
        sums = of[at] if of else NOTHING
        if sums.achievement is None or sums.achievement >= wear.REACHED:
            break
        cells: tuple[Content, ...] = (
            manager.name,
            *(
                shown(stage_sheet.table_id(at), str(key), head, each)
                for head, each in ((DUE, sums.due), (ACTUAL, sums.actual), (RATE, sums.achievement))
            ),
        )
        yield Line(manager.name, cells, (wear.TEXT, look, looks.over(look, bold=True), wear.rate(bold=True)))


def overview_sheet(gathered: Gathered, tables: tuple[Table, Table, Table], spots: Spots) -> Sheet:
    """Return the sheet without its charts."""
    lang, (large, stages, behind) = gathered.lang, tables
    widths = {0: 1.5, 1: 22.0, 2: 15.5, 3: 15.5, 4: 15.5, 5: 15.5, 6: 15.5, 7: 13.0, 8: 17.0, 9: 13.5, 10: 13.5}
    sheet = Sheet(large.sheet, widths)
    titled(sheet, _title(gathered), [_beneath(gathered)], _FIRST)
    _tiles(sheet, large, spots)
    sheet.put(_DO - 1, _FIRST, todo.TITLE.to(lang), looks.NAME)
    for at, (said, look) in enumerate(todo.lines(gathered)):
        sheet.put(_DO + at, _FIRST, said, look, LAST)
        sheet.heights[_DO + at] = 18
    sheet.put(stages.row - 1, _FIRST, Text("全体(段階別)", "The whole, by stage").to(lang), looks.NAME)
    draw(sheet, stages, spots)
    sheet.heights[stages.row] = 44
    if stages.lines:
        for head in (_RATE, _STATE):
            shaded(sheet, (stages.row + 1, stages.row + len(stages.lines)), stages.col + head, stages.col + _RATE)
    for at, note in enumerate(_notes(gathered), stages.row + len(stages.lines) + 1):
        sheet.put(at, _FIRST, note.to(lang), looks.SMALL)
    if behind.lines:
        draw(sheet, behind, spots)
        shaded(sheet, (behind.row + 1, behind.row + len(behind.lines)), behind.col + 3)
    elif gathered.columns:
        sheet.put(behind.row, _FIRST, _nobody_behind(gathered).to(lang), looks.PLAIN)
    _absent(sheet, gathered, behind.row)
    sheet.is_opened, sheet.role = True, "approve"
    sheet.cursor = (0, _FIRST)
    sheet.frozen_rows = 2
    sheet.pages_tall, sheet.breaks = 0, [rows_below(gathered, behind)]  # the charts on a page of their own
    return sheet


def _notes(gathered: Gathered) -> list[Text]:
    """Return whose goals, and whose actuals, the figures above leave out."""
    if not gathered.columns:
        return []
    at, found = headline(gathered), []
    lacking = sum(not rows or rows[at].year is None for rows in sums_of(gathered).of)
    if lacking:
        found.append(
            Text(
                f"※ 担当者の目標の合計に、目標を読み取れない{lacking}名(未提出を含む)の分は入っていません。",
                f"The managers' goals leave out {many(lacking, 'manager')} without a goal that can be read, or without a workbook.",
            )
        )
    if over := without_goals(gathered.managers):
        stage, rows = gathered.columns[at], [each.rows[at] for each in over]
        amount = in_unit(float(added(row.actuals[month] for row in rows for month in ungoaled(row)) or 0), stage.unit)
        who = told([each.name for each in over], 6)
        found.append(
            Text(
                f"※ 実績の累計には、目標のない月の実績({who.ja}。{stage.label}では{amount.ja})も入っています。達成率の計算には入れていません。",
                f"The actuals include those of months without a goal ({who.en}; {stage.label}: {amount.en}), left out of the achievement.",
            )
        )
    return found


def _nobody_behind(gathered: Gathered) -> Text:
    """Return the sentence in place of the list: without actuals nobody is on track either."""
    at = headline(gathered)
    if stage_sheet.totals(gathered, at).actual is None:
        return Text(f"{gathered.columns[at].label}の実績はまだありません。", f"No actuals yet: {gathered.columns[at].label}.")
    return Text("目標を下回っている担当者はいません。", "Nobody is below goal.")


DEFAULT_TITLE = Text("目標と実績の集計", "Goals and actuals")


def _title(gathered: Gathered) -> str:
    if not gathered.title:
        return DEFAULT_TITLE.to(gathered.lang)
    return Text(f"{gathered.title} 集計", f"{gathered.title}: summary").to(gathered.lang)


def _beneath(gathered: Gathered) -> str:
    files = sum(each.is_there for each in gathered.files)
    ja, en = f"集計期間 {gathered.months[0]} 〜 {gathered.months[-1]}  ", f"{gathered.months[0]} to {gathered.months[-1]} · "
    if gathered.months[0] == NO_YEAR:
        ja = en = ""
    return Text(
        f"{ja}担当者 {len(gathered.managers)}名  ファイル {files}件  数式は生きています(「担当者別」と段階ごとのシートから計算)。",
        f"{en}{many(len(gathered.managers), 'manager')} · {many(files, 'file')} · live formulas on the sheets behind",
    ).to(gathered.lang)


def _tiles(sheet: Sheet, table: Table, spots: Spots) -> None:
    """Draw the large figures, each over its columns."""
    small = looks.look(font_color=looks.GREY, align="center", bg_color=looks.PALE, shrink=True)
    for (first, last), head, content, look in zip(
        TILE_COLS, table.heads, table.lines[0].cells, table.lines[0].looks, strict=True
    ):
        sheet.put(_TILE, first, head, small, last)
        put(sheet, _TILE + 1, first, content, look, spots)
        sheet.items[-1] = sheet.items[-1]._replace(last_col=last)
    sheet.heights[_TILE + 1] = 32
    here = f"$B${_TILE + 2}"
    for test, look in (
        (f"AND(ISNUMBER({here}),{here}>={wear.REACHED})", looks.GOOD),
        (f"AND(ISNUMBER({here}),{here}<{wear.NEAR})", looks.BAD),
    ):
        sheet.conditionals.append(Conditional(_TILE + 1, 1, _TILE + 1, 1, test, look))


TILE_COLS = ((1, 2), (3, 4), (5, 6), (7, 10))


_ABSENT_COL = 6


def rows_below(gathered: Gathered, behind: Table) -> int:
    """Return the first row below the lists of those who are behind, and those who haven't answered."""
    absent = len(gathered.of_state(MISSING, UNTOUCHED))
    return behind.row + 2 + max(1, len(behind.lines), min(absent, MOST_BEHIND) + (absent > MOST_BEHIND))


def _absent_head(absent: list[Manager], lang: str) -> str:
    count = len(absent)
    return Text(f"未提出・未記入({count}名)", f"Not returned or not filled in ({count})").to(lang)


def _absent(sheet: Sheet, gathered: Gathered, row: int) -> None:
    """List those who haven't answered, beside those who are behind."""
    lang = gathered.lang
    absent = gathered.of_state(MISSING, UNTOUCHED)
    if not absent:
        return
    sheet.put(row, _ABSENT_COL, _absent_head(absent, lang), wear.HEAD, _ABSENT_COL + 2)
    for at, each in enumerate(absent[:MOST_BEHIND], 1):
        sheet.put(row + at, _ABSENT_COL, each.name, wear.TEXT, _ABSENT_COL + 1)
        sheet.put(row + at, _ABSENT_COL + 2, wear.state(each, lang), wear.TEXT)
    more = len(absent) - MOST_BEHIND
    if more > 0:
        said = Text(f"ほか{more}名(「担当者別」を状態で絞り込み)", f"{more} more: filter “By manager” by status").to(lang)
        sheet.put(row + MOST_BEHIND + 1, _ABSENT_COL, said, looks.SMALL)
