"""What other people put into a workbook, and how it comes through an upgrade: their sheets, formulas, charts, comments, looks."""

from __future__ import annotations

import functools
import io
import operator
import re
import zipfile

import older
import openpyxl
import pytest
from conftest import BEYOND, more
from conftest import book as standard
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from sweep_dressed import LOOKS, SHOWS, WHOLE, dressed
from sweep_upgrade import opened
from test_upgrade import grave, said, untouched, values

from kgisheet import api
from kgisheet.upgrade.outcome import Left
from kgisheet.values.a1 import address
from kgisheet.xlsx.read.reader import Read, read


def _area(content: Read, name: str) -> tuple[str, str]:
    place = content.names[name]
    first, last = address(place.row, place.col), address(place.row + place.rows - 1, place.col + place.cols - 1)
    return f"'{place.sheet}'!{first}", f"'{place.sheet}'!{first}:{last}"


@functools.cache
def foreign() -> tuple[Read, api.Upgraded]:
    """The example with sheets of somebody's own, which refer to ours in every way, and with things hung on ours."""
    data = older.workbook("example")
    content = read(data, "book.xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    mine, goals = workbook.create_sheet("自部門", 0), workbook["目標設定"]
    leads = content.names["month_leads"]
    mine["A1"], mine["D1"] = "うちの数字", 3000
    for at, formula in enumerate(
        (
            f"={_area(content, 'web_revenue')[0]}",
            "=won_deals*2",
            f"=SUM({_area(content, 'month_leads')[1]})",
            f"=SUM({_area(content, 'channel_leads')[1]})",
            "='2026-04'!goal_leads",
            f"={_area(content, 'gap_leads')[0]}+0",
            "=INDIRECT(\"'目標設定'!B3\")",
            "=SUM('目標設定'!A1:H40)",
            "=SUM('2026-04:2027-03'!D9)",
            "=SUM(ジャーニー!A:A)",
            "=D1+1",
        ),
        1,
    ):
        mine[f"B{at}"] = formula
    mine["C1"].hyperlink = "#'目標設定'!D7"
    chart = BarChart()
    chart.add_data(
        Reference(workbook[leads.sheet], min_col=leads.col + 1, min_row=leads.row + 1, max_row=leads.row + leads.rows)
    )
    mine.add_chart(chart, "E5")
    price = content.names["deal_size"]
    workbook.defined_names["my_price"] = DefinedName("my_price", attr_text=_fixed(content, "deal_size"))
    workbook.defined_names["my_label"] = DefinedName("my_label", attr_text="'目標設定'!$A$1")
    goals.cell(price.row + 1, price.col + 1).comment = Comment("単価は去年の実績\n全社で同じ", "山田")
    goals["B2"].comment = Comment("次回に直す", "鈴木")
    goals.conditional_formatting.add(
        "D5:D9", CellIsRule(operator="greaterThan", formula=["5"], fill=PatternFill("solid", bgColor="FF0000"))
    )
    goals["Z3"], goals["Z4"] = "横のメモ", "=won_deals+1"
    goals.cell(price.row + 1, price.col + 1).value = "=自部門!D1*1000"
    workbook.create_sheet("根拠")["A1"] = "われわれの根拠"
    saved = io.BytesIO()
    workbook.save(saved)
    return content, api.upgrade(saved.getvalue(), "book.xlsx")


def _fixed(content: Read, name: str) -> str:
    place = content.names[name]
    return f"'{place.sheet}'!${address(place.row, place.col)[0]}${place.row + 1}"


def listed(upgraded: api.Upgraded, sheet: str) -> dict[str | None, Left]:
    return {each.cell: each for each in upgraded.left if each.sheet == sheet}


def test_formulas_of_other_sheets_follow_their_cells() -> None:
    _, upgraded = foreign()
    new = read(upgraded.data, "new.xlsx")
    formulas = {address(row, col): each.formula for (sheet, row, col), each in new.cells.items() if sheet == "自部門"}
    assert formulas["B1"] == f"={_area(new, 'web_revenue')[0]}"
    assert formulas["B2"] == "=won_deals*2"
    assert formulas["B3"] == f"=SUM({_area(new, 'month_leads')[1]})"
    assert formulas["B4"] == f"=SUM({_area(new, 'channel_leads')[1]})"
    assert formulas["B5"] == "='2026-04'!goal_leads"
    assert formulas["B6"] == f"={_area(new, 'gap_leads')[0]}+0"  # for which its sheet has come along
    assert formulas["B11"] == "=D1+1"
    # The channels are columns now: whoever adds them up gets the same, whoever looks one up by its row doesn't.
    left = listed(upgraded, "自部門")
    assert "runs across" in left["B4"].why.to("en")
    # What nobody can follow keeps its value, and is told.
    for cell in ("B7", "B8", "B9", "B10"):
        assert formulas.get(cell) is None
        assert str(left[cell].value).startswith("=")
    assert set(left) == {"B4", "B7", "B8", "B9", "B10"}
    assert said(upgraded, "deal_size") == "=自部門!D1*1000"
    assert values(upgraded.data)["deal_size"] == 3_000_000


def test_formulas_that_cells_share_and_arrays_follow_too() -> None:
    data = older.workbook("page")
    first, _, last = _area(read(data, "book.xlsx"), "channel_leads")[1].rpartition(":")
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    mine = workbook.create_sheet("自部門")
    mine["A1"], mine["C1"] = f"={first}", ArrayFormula("C1", f"=SUM({first}:{last}*2)")
    saved = io.BytesIO()
    workbook.save(saved)
    # One formula in three cells, down the channels: those run across now.
    shared = {
        '<c r="A1"><f>': '<c r="A1"><f t="shared" ref="A1:A3" si="0">',
        "</sheetData>": "".join(f'<row r="{at}"><c r="A{at}"><f t="shared" si="0"/></c></row>' for at in (2, 3))
        + "</sheetData>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8", "surrogateescape")
            for was, now in shared.items() if '<f t="array"' in text else ():
                text = text.replace(was, now)
            new.writestr(name, text.encode("utf-8", "surrogateescape"))
    upgraded = api.upgrade(out.getvalue(), "book.xlsx")
    content = read(upgraded.data, "new.xlsx")
    across = content.names["channel_leads"]
    formulas = [content.cells["自部門", row, 0].formula for row in range(3)]
    assert formulas == [f"='{across.sheet}'!{address(across.row, across.col + at)}" for at in range(3)]
    area = _area(content, "channel_leads")[1]
    with zipfile.ZipFile(io.BytesIO(upgraded.data)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    assert any(f'<f t="array" ref="C1">SUM({area}*2)</f>' in text for text in parts)
    assert [(each.cell, "runs across" in each.why.to("en")) for each in upgraded.left] == [("C1", True)]


def test_charts_links_and_names_of_others_follow_too() -> None:
    _, upgraded = foreign()
    new = read(upgraded.data, "new.xlsx")
    with zipfile.ZipFile(io.BytesIO(upgraded.data)) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    leads = _area(new, "month_leads")[1].replace("!", "!$").replace(":", ":$")
    leads = re.sub(r"(\$[A-Z]+)(\d)", r"\1$\2", leads)
    assert any(f"<f>{leads}</f>" in text for text in parts.values())
    assert new.names["my_price"] == new.names["deal_size"]
    assert new.loose["", "my_label"] == "#REF!"
    (name,) = [each for each in upgraded.left if each.name == "my_label"]
    assert name.value == "'目標設定'!$A$1"
    # Not one formula refers to what isn't there any more.
    titles = {sheet.title for sheet in new.sheets}
    assert "月次目標" not in titles
    assert not [name for name, text in parts.items() if "<f>'月次目標'!" in text]


def test_sheets_of_the_same_title_are_both_there_in_their_order() -> None:
    _, upgraded = foreign()
    assert upgraded.others == ("自部門", "根拠")
    assert upgraded.sheets[:4] == ("目標設定", "月次予実", "稟議", "根拠 (2)")
    titles = [sheet.title for sheet in read(upgraded.data, "new.xlsx").sheets]
    assert (titles[0], titles[1], titles[-1]) == ("自部門", "目標設定", "根拠")
    assert upgraded.listing in titles
    assert grave(upgraded.data) == []


def test_comments_go_with_their_cell_and_what_hangs_on_nothing_is_listed() -> None:
    _, upgraded = foreign()
    new = openpyxl.load_workbook(io.BytesIO(upgraded.data))
    place = read(upgraded.data, "new.xlsx").names["deal_size"]
    comment = new[place.sheet].cell(place.row + 1, place.col + 1).comment
    assert (comment.text, comment.author) == ("単価は去年の実績\n全社で同じ", "山田")
    left = listed(upgraded, "目標設定")
    assert {cell: each.value for cell, each in left.items()} == {
        "Z3": "横のメモ",
        "Z4": "=won_deals+1",
        "B2": "鈴木: 次回に直す",
        "D5:D9": "5",
    }
    # The sheet in the workbook has it all, with where it was.
    rows = [[cell.value for cell in row] for row in new[upgraded.listing].iter_rows(min_row=4)]
    assert [row[:2] for row in rows] == [[each.sheet or None, each.cell] for each in upgraded.left]
    assert [row[3] for row in rows] == [each.value for each in upgraded.left]


def test_nothing_that_is_put_on_a_sheet_is_lost() -> None:
    done = dressed("page")
    assert len(done.put) == 3 * len(LOOKS) + len(WHOLE)
    assert done.lost == []


def test_looks_links_and_comments_go_with_their_cell() -> None:
    done = dressed("page")
    assert {f"moves: {kind}" for kind in LOOKS} <= set(done.moved)
    assert set(SHOWS) <= set(done.moved)
    # The rest is listed, with what it was.
    left = [(each.cell, each.why.to("en")) for each in done.upgraded.left if "look" in each.why.to("en")]
    assert ("AE201", "a look (bold) outside the inputs was not moved") in left
    assert grave(done.upgraded.data) == []


def test_a_look_goes_upon_what_the_new_cell_has_anyway() -> None:
    """Bold is set, and the new form's own size, fill and borders stay."""
    old = dressed("page")
    (put,) = [each for each in old.put if each.kind == "moves: bold"]
    assert put.name is not None
    cells = []
    for data in (untouched("page").data, old.upgraded.data):
        place = opened(data).book.place(put.name, None)
        assert place is not None
        cells.append(openpyxl.load_workbook(io.BytesIO(data))[place.sheet].cell(place.row + 1, place.col + 1))
    before, after = cells
    assert (before.font.b, after.font.b) == (False, True)
    for kept in ("font.sz", "border", "fill", "number_format"):
        assert repr(operator.attrgetter(kept)(before)) == repr(operator.attrgetter(kept)(after)), kept


@pytest.mark.parametrize("book", ["page", "own", "saas", "manufacturer"])  # of the example, what was typed alone: `used`
def test_nothing_is_listed_where_nobody_has_set_anything(book: str) -> None:
    """Looks and rules that are ours are nobody's loss, nor are those of sheets that the new workbook doesn't need."""
    assert untouched(book).left == ()


@pytest.mark.parametrize(
    ("lang", "sheets"), [("ja", "目標設定,月次予実,月別,予実サマリー"), ("en", BEYOND), *more([("ja", "all")])]
)
def test_the_sheets_of_today_hold_nothing_of_others(lang: str, sheets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks whose template was another one by a word, with every sheet between them: 66 formats of ours were listed."""
    monkeypatch.setattr("kgisheet.upgrade.run.is_current", lambda *_: False)
    assert api.upgrade(standard(lang=lang, sheets=sheets), "book.xlsx").left == ()
