"""Rows and columns that people insert: followed, or refused with the true reason; `tests/sweep_inserted.py` tries all of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import referee
from conftest import book, more, some
from referee import column_and_row
from regenerating.routes import by_libreoffice
from sweep_inserted import BOOKS, Line, judged, workbook

from kgisheet import api
from kgisheet.check.finding import NOTE
from kgisheet.check.rules.inserted import inserted
from kgisheet.check.subject import Subject
from kgisheet.filled.alignment import Line as Row
from kgisheet.filled.alignment import aligned
from kgisheet.filled.relocation import Anchors
from kgisheet.filled.signs import Signs
from kgisheet.filled.workbook import FilledBook
from kgisheet.formula.relocate import relocated
from kgisheet.values.a1 import Place
from kgisheet.xlsx.read.reader import Read, read


def edited(data: bytes, expected: dict[Line, str]) -> Iterator[tuple[Line, str, bytes]]:
    """A share of the lines, each with what is expected and the workbook in which LibreOffice put it in or took it out."""
    lines = some(list(expected.items()), 3)
    files = by_libreoffice([(data, [line.step]) for line, _ in lines])
    for (line, said), file in zip(lines, files, strict=True):
        assert file is not None
        yield line, said, file


@pytest.mark.office
def test_check_and_monthly_agree_wherever_a_line_is_inserted() -> None:
    """Above the page's table and beside it, among its channels; among the months, whose lines are counted: refused."""
    expected = {
        Line("目標設定", 0, 3): "agree",  # a row above row 4
        Line("目標設定", 1, 4): "agree",  # a column at E
        Line("月次予実", 1, 4): "refuse",  # a column at E, within the matrix of channels
        Line("使い方", 0, 30): "agree",
        Line("目標設定", 0, 21): "agree",  # among the channels
        Line("月次予実", 0, 56): "refuse",  # a row where two tables are side by side
    }
    for line, kind, file in edited(workbook(next(iter(BOOKS))), expected):
        verdict = judged(line, file)
        assert verdict.kind == kind, verdict


@pytest.mark.office
def test_lines_put_in_or_taken_out_beyond_the_months() -> None:
    """The ABM matrix has its lines counted; a free column of the approval is free; what was deleted with its line is named."""
    expected = {
        Line("ABM", 0, 6): "refuse",  # among the ranks
        Line("ABM", 1, 6, True): "refuse",
        Line("稟議", 1, 0): "agree",  # before everything
        Line("月次予実", 1, 39, True): "refuse",  # a column of cells that count
        Line("現状とのギャップ", 0, 9, True): "refuse",  # the third of the channels there
        Line("目標設定", 0, 7, True): "refuse",
    }
    for line, kind, file in edited(workbook(list(BOOKS)[-1]), expected):
        verdict = judged(line, file)
        assert verdict.kind == kind, verdict


DELETED = {
    Line("目標設定", 0, 0, True): "row 1 was deleted",  # the first row: title and status
    Line("目標設定", 1, 1, True): "column B was deleted",  # the first column that has anything
    Line("目標設定", 1, 6, True): "column G of a table of the channels",  # a channel with its share
    Line("目標設定", 1, 8, True): "column I of a table of the channels",  # a spare one
    Line("目標設定", 1, 9, True): "column J of a table of the channels",  # a spare one, with the date above it
    Line("目標設定", 1, 10, True): "column K of a table of the channels",  # the last spare one: figures of 根拠 are #REF!
    Line("目標設定", 1, 13, True): "column N was deleted",  # the last column
    Line("根拠", 1, 7, True): "column H was deleted",  # a count before rounding, of every channel
    Line("根拠", 0, 22, True): "row of a table of the channels",  # formulas alone, all alike: which of them, nothing says
    Line("月次予実", 1, 5, True): "column F of a table of the months",  # with a dozen single cells
}


@pytest.mark.office
def test_a_deleted_line_is_one_finding_that_names_it() -> None:
    """What follows from it (errors, shares that don't add up, stale values) is not reported beside it; `monthly` gives the same reason."""
    for line, said, file in edited(workbook(next(iter(BOOKS))), DELETED):
        verdict = judged(line, file)
        assert (verdict.kind, said in verdict.said) == ("refuse", True), verdict
        (found,) = [each for each in api.check(file, "book.xlsx").findings if each.severity != NOTE]
        assert (found.code, f"{line.sheet}」" in found.message.ja, said[1:] in found.message.en) == ("S01", True, True)


@pytest.mark.parametrize("template", ["standard", *more(["short", "access"])])
def test_the_months_that_are_side_by_side_are_in_the_same_rows(template: str) -> None:
    """A row inserted above a table that people see crosses none that is only worked with beside it."""
    data = book(template, sheets="all")
    columns: dict[str, set[tuple[int, int]]] = {}
    for place in Anchors(read(data, "book.xlsx")).then.values():
        if place.size == place.rows == 12:
            columns.setdefault(place.sheet, set()).add((place.row, place.row + 12))
    assert len(columns) >= 2  # 月次予実, 予実サマリー
    assert {sheet: len(rows) for sheet, rows in columns.items()} == dict.fromkeys(columns, 1)


@pytest.mark.office
def test_what_was_typed_is_known_behind_a_column_inserted_among_the_channels() -> None:
    """The third channel of the file is the second of those that were written: its figures are nobody's typing."""
    data = workbook(next(iter(BOOKS)))
    there = {each.name: each for each in api.records_of_book(data, "book.xlsx")[1]}
    place = there["channel_name[2]"].cell
    assert place is not None
    (file,) = by_libreoffice([(data, [["insert_columns", "目標設定", column_and_row(place)[0] - 1, 1]])])
    assert file is not None
    outcome = api.regenerate(file, "book.xlsx")
    assert (outcome.changes, outcome.kept, outcome.conflicts) == ((), (), ())


THREE_CHANNELS = """
total_revenue = 50000000
web_revenue = 12000000
deal_size = 4000000
win_rate = "30%"
opportunity_rate = "25%"
sheets = ["目標設定", "月次予実", "現状とのギャップ", "コンテンツ"]
channel = [
    { name = "検索", share = "25%", meeting_rate = "10%", cvr = "1%" },
    { name = "紹介", share = "29%", meeting_rate = "30%", cvr = "1%" },
    { name = "広告", share = "46%", meeting_rate = "20%", cvr = "1%" },
]
"""
PESSIMISTIC = {"meetings": [14, 15, 25], "leads": [156, 56, 139], "visits": [17_334, 6_223, 15_445]}
"""By channel, all rates × 90 %: of 54 meetings (test_scenarios.py) through the channels 25 % = 13.5 → 14, 54 % = 29.16 → 29
(15 more), 100 % = 54 (25 more); leads ÷ 9 %, 27 %, 18 % = 155.6, 55.6, 138.9; visits ÷ 0.9 %. The standard ones are the page's.

An area one channel too long makes the second channel's 100 % = 54 less 71 % = 38.34 → 38: 16 meetings.
"""


def recalculated(files: list[bytes]) -> list[bytes]:
    """The workbooks as LibreOffice saves them after it has worked out every formula anew."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder, f"{number}.xlsx") for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        made = Path(folder, "out")
        return [each.read_bytes() for each in referee.convert(sources, "xlsx", made)]


@pytest.mark.office
def test_the_scenarios_follow_a_column_inserted_among_the_channels() -> None:
    """Three channels in eight columns, another column between two (before the first, behind the last): no channel's figures change.

    On sheets beyond the page the channels are told by number; a cumulative share that was an area of
    addresses followed its cells instead, and took one channel too many. The figures before rounding
    are on a sheet of the page, and follow their cells.
    """
    data = api.workbook(api.plan_from_toml(THREE_CHANNELS, "p.toml", "ja"), "ja")
    first = next(each for each in api.records_of_book(data, "book.xlsx")[1] if each.name == "channel_name[1]").cell
    assert first is not None
    at = column_and_row(first)[0] - 1
    columns = some([at + 2, at, at + 4], 3)
    files = by_libreoffice([(data, [["insert_columns", "目標設定", column, 1]]) for column in columns])
    for column, file in zip(columns, recalculated([file for file in files if file is not None]), strict=True):
        held = {each.name: each.value for each in api.records_of_book(file, "book.xlsx")[1]}
        for stage, pessimistic in PESSIMISTIC.items():
            page = [held.get(f"channel_{stage}[{at}]") for at in range(1, 5)]
            assert [held.get(f"standard_channel_{stage}[{at}]") for at in range(1, 5)] == page, (column, stage)
            shown = iter(pessimistic)
            expected = [None if each is None else next(shown) for each in page]
            assert [held.get(f"pessimistic_channel_{stage}[{at}]") for at in range(1, 5)] == expected, (column, stage)
        outcome = api.regenerate(file, "book.xlsx")
        assert (outcome.changes, outcome.kept, outcome.conflicts) == ((), (), ())
        for data in (file, outcome.data):  # an inserted channel is blank on コンテンツ too, and stays so
            assert [each for each in api.check(data, "book.xlsx").findings if each.severity != NOTE] == []


VISITS = THREE_CHANNELS.replace('cvr = "1%" },', 'cvr = "1%", current_visits = 5000 },', 1).replace(
    'meeting_rate = "30%", cvr = "1%"', 'meeting_rate = "30%", cvr = "1%", current_visits = 8000'
)


def with_a_column(content: Read, title: str, at: int) -> Read:
    """The workbook as a program leaves it that puts an empty column in: what was at it, or behind it, is one further on."""

    def moved(sheet: str, row: int, col: int) -> tuple[str, int, int]:
        return sheet, row, col + (sheet == title and col >= at)

    def wider(place: Place) -> Place:
        _, _, first = moved(place.sheet, place.row, place.col)
        _, _, last = moved(place.sheet, place.row, place.col + place.cols - 1)
        return place._replace(col=first, cols=last - first + 1)

    cells = {
        moved(*where): held._replace(formula=held.formula and relocated(held.formula, where[0], moved))
        for where, held in content.cells.items()
    }
    return content._replace(cells=cells, names={name: wider(place) for name, place in content.names.items()})


@pytest.mark.parametrize(("before", "said"), [(1, [("S01", "channel_name[2]")]), (3, [])])
def test_the_figures_that_a_column_leaves_behind_are_said_whatever_program_put_it_in(
    before: int, said: list[tuple[str, str]]
) -> None:
    """Before the second channel its visits and the first one's are beside other names; behind the last channel with any, none are."""
    content = read(api.workbook(api.plan_from_toml(VISITS, "p.toml", "ja"), "ja"), "book.xlsx")
    first = content.names["channel_name"]
    found = inserted(Subject(FilledBook(with_a_column(content, first.sheet, first.col + before), "book.xlsx")))
    assert [(each.code, each.name) for each in found] == said


@pytest.mark.office
def test_figures_on_another_sheet_that_an_inserted_column_leaves_beside_another_name() -> None:
    """5,000 and 8,000 visits of the first two channels: the column put in between them moves the second one's name on, not its visits."""
    data = api.workbook(api.plan_from_toml(VISITS, "p.toml", "ja"), "ja")
    there = {each.name: each.cell for each in api.records_of_book(data, "book.xlsx")[1]}
    second = str(there["channel_name[2]"])
    steps = [["insert_columns", "目標設定", column_and_row(second)[0] - 1, 1]]
    named = [*steps, ["cell", "目標設定", second, "新しいチャネル"]]
    moved = [*steps, ["cell", "現状とのギャップ", there["channel_current_visits[2]"], None],
             ["cell", "現状とのギャップ", there["channel_current_visits[3]"], 8000]]  # fmt: skip
    cases = [(steps, "a row without a name"), *more([(named, "the row of “新しいチャネル”")])]
    for file, (_, now) in zip(by_libreoffice([(data, each) for each, _ in cases]), cases, strict=True):
        assert file is not None
        found = [each for each in api.check(file, "book.xlsx").findings if each.severity != NOTE]
        assert [(each.code, each.cell) for each in found] == [("S01", second)]
        with pytest.raises(api.BookError) as refused:
            api.regenerate(file, "book.xlsx")
        reason = refused.value.problems[0].what.en
        assert reason.endswith(f"the figures of “紹介” are in {now} now")
        if "name" in now:  # a name without the formulas of the table is the first thing to say
            assert found[0].message.en[1:] == reason[1:]
            assert found[0].affected == (f"現状とのギャップ!{there['channel_current_visits[2]']}",)
    (file,) = by_libreoffice([(data, moved)])
    assert file is not None
    assert [each for each in api.check(file, "book.xlsx").findings if each.severity != NOTE] == []
    assert api.regenerate(file, "book.xlsx").conflicts == ()


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=(MAX($Z$11:$Z$15)-Z11)/2", "=(MAX($Z$12:$Z$16)-Z12)/2"),
        ("=IF(goal=1,\"A1\",'目標設定'!D7&A1)", "=IF(goal=1,\"A1\",'目標'!D8&A2)"),
        ("=LOG10(B2)+ch1_x", "=LOG10(B3)+ch1_x"),
        ("=Sheet2!A1+[1]Sheet2!A1", "='Sheet2'!A2+[1]Sheet2!A1"),
    ],
)
def test_a_formula_is_written_anew_for_where_its_cells_are(formula: str, expected: str) -> None:
    """One row more above everything, and a sheet with another title."""
    titles = {"目標設定": "目標"}
    assert relocated(formula, "目標設定", lambda sheet, row, col: (titles.get(sheet, sheet), row + 1, col)) == expected


def test_a_sheet_on_which_nothing_moved_need_not_be_searched() -> None:
    """What a search of each line finds there is the line itself; a text that was typed over makes a search necessary again."""
    found = read(book(), "b.xlsx")
    anchors = FilledBook(found, "b.xlsx").anchors
    assert anchors.still == set(anchors.titles) >= {"目標設定", "月次予実", "使い方"}  # the last one has no names
    for sheet in anchors.still:
        for axis in (0, 1):
            assert [anchors._found(sheet, axis, line, "") for line in range(60)] == list(range(60))
    texts = [at for at, each in found.cells.items() if isinstance(each.value, str) and each.formula is None]
    label = next(at for at in texts if at[0] == "月次予実" and at in anchors.unnamed[at[0]])
    typed = found._replace(cells={**found.cells, label: found.cells[label]._replace(value="何か")})
    assert anchors.still - FilledBook(typed, "b.xlsx").anchors.still == {"月次予実"}


def test_a_formula_whose_cell_is_gone_is_none() -> None:
    assert relocated("=A1+B2", "S", lambda sheet, row, col: None if row else (sheet, row, col)) is None


@pytest.mark.parametrize("asked", ["owner", "stage", "another"])
def test_a_cell_that_was_cut_and_pasted_alone_moves_no_column(asked: str) -> None:
    """A result of column 5 is in column 2 by now; the texts left and right of it, and the other two names there, are where they were."""
    texts = [((0, 2), (0, 2)), ((0, 8), (0, 8))]
    names = [("owner", 5, 5), ("stage", 5, 5), ("deals", 5, 2)]
    assert Signs(texts, names, axis=1).shift(5, without=asked) == 0


def row(*constants: str, formulas: str = "F") -> Row:
    return Row(set(formulas), dict(enumerate(constants)))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([row("a"), row("", formulas=""), row("b"), row("c")], [0, None, 1, 2]),  # inserted, and blank
        ([row("a"), row("x"), row("b"), row("c")], [0, None, 1, 2]),  # inserted, and filled in like the others
        ([row("a"), row("c")], [0, 2]),  # the second one deleted
        ([row("a"), row("b"), row("z"), row("", formulas="")], [0, 1, 2, None]),  # another text in the third
    ],
)
def test_lines_are_told_by_what_they_hold(now: list[Row], expected: list[int | None]) -> None:
    assert aligned([row("a"), row("b"), row("c")], now) == expected
