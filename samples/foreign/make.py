"""Writes the sample sheets of people who never had kgisheet: each laid out in a way of its own, right or wrong.

Run it in the environment of the tests; the same bytes every time.
"""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
DATE = datetime.datetime(2026, 4, 1)


def put(sheet: Worksheet, top: str, rows: Iterable[Iterable[Any]]) -> None:
    """Write rows from a cell on; None leaves a cell as it is."""
    start = sheet[top]
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            if value is not None:
                sheet.cell(start.row + down, start.column + across, value)


def styled(sheet: Worksheet, cells: str, code: str) -> None:
    for row in sheet[cells] if ":" in cells else ((sheet[cells],),):
        for cell in row:
            cell.number_format = code


def list_in_man_yen(sheet: Worksheet) -> None:
    """Label, value, unit, from top to bottom; money in 万円; all right."""
    sheet.title = "目標"
    put(sheet, "B2", [
        ["2026年度 Webマーケティング目標"], [],
        ["項目", "数値", "単位"],
        ["全体売上", 5000, "万円"], ["Web売上", 1200, "万円"], ["Web以外の売上", 3800, "万円"],
        ["受注単価", 400, "万円"], ["受注数", 3, "件"], ["受注率", 0.3, "%"], ["案件化数（有効商談数）", 10, "件"],
        ["案件化率", 0.25, "%"], ["商談数（アポ数）", 40, "件"], ["アポ率", 0.2, "%"], ["リード数", 200, "件"],
        ["CV率", 0.01, "%"], ["サイト訪問数", 20000, "回"],
    ])  # fmt: skip
    for cell in ("C10", "C12", "C14", "C16"):
        styled(sheet, cell, "0%")


def workshop_page(sheet: Worksheet) -> None:
    """Draw the workshop's page, channels side by side, 66.67 cut to 66: right, and short of the goal by what was cut."""
    sheet.title = "ワークシート"
    put(sheet, "A1", [
        ["BtoBマーケティングにおける目標設定", *[None] * 6, "記入日：2026年4月1日"], [],
        ["② 受注数", 3, "件", "×", "受注単価", "400万円", "＝", "① Web売上", "1,200万円"],
        ["※月の受注件数目標から設定していくと進めやすい"],
        ["③ 案件化数", 10, "件", None, "（受注率：30％）"], [],
        ["④ 商談数", None, "リード①アポ", "10件", "リード②アポ", "20件", "リード③アポ", "10件", "合計", "40件"],
        [None, "（案件化率：25％）"], [],
        [None, None, "リード①広告", None, "リード②オーガニック", None, "リード③メルマガ"],
        ["⑤ リード数", None, 100, "件", 66, "件", 50, "件"],
        ["アポ率", None, "10％", None, "30％", None, "20％"],
        ["⑥ 訪問数", None, 10000, "回", 6600, "回", 5000, "回"],
        ["CV率", None, "約1%", None, "約1%", None, "約1%"],
        ["※他にも獲得チャネルがある場合は適宜追加してください"],
    ])  # fmt: skip
    sheet.merge_cells("A1:G1")


def channel_table(sheet: Worksheet) -> None:
    """Draw a row per channel, figures typed as full-width texts; オーガニック's leads are wrong (76, not 67)."""
    sheet.title = "Sheet1"
    put(sheet, "A1", [
        ["Web売上", "１，２００万円", None, "受注単価", "４００万円", None, "受注数", "３件"],
        ["受注率", "３０％", None, "案件化数", "１０件"],
        ["案件化率", "２５％", None, "商談数", "４０件"], [],
        ["チャネル", "アポ獲得数", "アポ率", "リード数", "ＣＶＲ", "流入数", "備考"],
        ["広告", "１０件", "１０％", "１００件", "１％", "１０，０００", "プッシュ型なので低め"],
        ["オーガニック", "２０件", "３０％", "７６件", "１％", "７，６００", None],
        ["メルマガ", "１０件", "２０％", "５０件", "１％", "５，０００", None],
        ["合計", "４０件", None, "２２６件", None, "２２，６００", None],
    ])  # fmt: skip


def goal_screen(sheet: Worksheet) -> None:
    """Draw the goal screen as its picture has it: 20 CVs at 1 % giving 20 visits, eleven rows, no December."""
    sheet.title = "目標設定"
    put(sheet, "A1", [["目標設定"], ["2023年"], [], [None, "CV数", "CV率", "サイト訪問数（自動計算）"]])
    put(sheet, "A5", [[f"{month}月", 20, 0.01, 20] for month in range(1, 12)])
    styled(sheet, "C5:C15", "0%")


def english(sheet: Worksheet) -> None:
    """English, values under their labels, formulas; the deal size is in man-yen, the revenue in yen."""
    sheet.title = "Funnel"
    put(sheet, "B2", [
        ["Marketing goal FY2026"], [],
        ["Revenue goal (yen)", "Average deal size (man-yen)", "Won deals"], [12000000, 400, "=B5/C5"], [],
        ["Win rate", "Opportunities", "Opportunity rate", "Meetings"], [0.3, "=D5/B8", 0.25, "=C8/D8"], [],
        ["Meeting rate", "Leads", "CVR", "Visits"], [0.2, "=E8/B11", 0.01, "=C11/D11"],
    ])  # fmt: skip
    styled(sheet, "B8", "0%")
    styled(sheet, "D8", "0%")
    styled(sheet, "B11", "0%")
    styled(sheet, "D11", "0.0%")


def fiscal_year(sheet: Worksheet) -> None:
    """April to March across, merged headings, formulas for the visits and the year; all right."""
    sheet.title = "月次目標"
    months = [datetime.date(2026 + (3 + each) // 12, (3 + each) % 12 + 1, 1) for each in range(12)]
    leads = [20, 20, 15, 15, 10, 20, 20, 15, 20, 15, 20, 27]
    columns = "CDEFGHIJKLMN"
    put(sheet, "A1", [
        ["2026年度 月次目標", *[None] * 12, "（単位：件）"], [],
        ["指標", None, *months, "合計"],
        ["リード数", None, *leads, "=SUM(C4:N4)"],
        ["CV率", None, *[0.01] * 12],
        ["訪問数", None, *[f"={letter}4/{letter}5" for letter in columns], "=SUM(C6:N6)"],
    ])  # fmt: skip
    for row in range(3, 7):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    styled(sheet, "C3:N3", 'm"月"')
    styled(sheet, "C5:N5", "0.0%")
    styled(sheet, "C6:O6", "#,##0")


def article(sheet: Worksheet) -> None:
    """Draw the article's chain, without opportunities; revenue in 千円 by its number format; all right."""
    sheet.title = "KPI"
    put(sheet, "A1", [
        ["目標売上", 60000000], ["商材単価", 1500000], ["受注件数", 40], ["成約率", 0.25], ["商談数", 160],
        ["商談化率", 0.2], ["ＣＶ数", 800], ["コンバージョン率", 0.01], ["アクセス数", 80000],
        [], ["ターゲット企業数", "1,200社"],
    ])  # fmt: skip
    for cell in ("B1", "B2"):
        styled(sheet, cell, '#,##0,"千円"')
    for cell in ("B4", "B6", "B8"):
        styled(sheet, cell, "0%")


SAMPLES: dict[str, Callable[[Worksheet], None]] = {
    "1-list.xlsx": list_in_man_yen,
    "2-workshop-page.xlsx": workshop_page,
    "3-channel-table.xlsx": channel_table,
    "4-goal-screen.xlsx": goal_screen,
    "5-english.xlsx": english,
    "6-fiscal-year.xlsx": fiscal_year,
    "7-article.xlsx": article,
}


def made(draw: Callable[[Worksheet], None]) -> bytes:
    """Return the workbook as bytes, without the moment at which it was made."""
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    draw(workbook.active)
    workbook.properties.created = workbook.properties.modified = DATE
    stream = io.BytesIO()
    workbook.save(stream)
    fixed = io.BytesIO()
    with zipfile.ZipFile(stream) as package, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            part = package.read(name)
            if name == "docProps/core.xml":
                part = _dated(part)
            copy.writestr(zipfile.ZipInfo(name, (2026, 4, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _dated(part: bytes) -> bytes:
    """Openpyxl writes the moment of saving; the samples have none."""
    import re

    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-04-01T00:00:00Z", part)


if __name__ == "__main__":
    for name, draw in SAMPLES.items():
        (HERE / name).write_bytes(made(draw))
        sys.stdout.write(f"{name}\n")
