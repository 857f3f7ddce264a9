"""The sheets that name files: what became of each, and what its check found, with links to the file and the cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..language.text import Text, many
from ..layout import looks
from ..layout.measure import tall, wrapped
from ..layout.model import Look, Sheet
from ..report.words import SEVERITY
from ..values.a1 import quoted_sheet
from . import wear
from .drawing import LONGEST, put, titled
from .model import Gathered
from .tables import Content, Link, Spots, Table

FILES, FINDINGS = Text("提出状況", "Files"), Text("指摘", "Findings list")
FILES_ID, FINDINGS_ID = "files", "findings"
_HEAD = 3
_TALLEST = 409.0
_OF_FILES: tuple[tuple[Text, float], ...] = (
    (Text("ファイル", "File"), 30.0),
    (Text("担当者", "Manager"), 22.0),
    (Text("状態", "Status"), 18.0),
    (Text("誤り", "Errors"), 7.0),
    (Text("要確認", "Warnings"), 9.0),
    (Text("バージョン", "Version"), 10.5),
    (Text("テンプレート", "Template"), 13.0),
    (Text("備考", "Remarks"), 72.0),
)
_OF_FINDINGS: tuple[tuple[Text, float], ...] = (
    (Text("担当者", "Manager"), 20.0),
    (Text("ファイル", "File"), 26.0),
    (Text("重大度", "Severity"), 9.0),
    (Text("コード", "Code"), 7.0),
    (Text("セル", "Cell"), 20.0),
    (Text("内容", "What is wrong"), 58.0),
    (Text("対処", "What to do"), 46.0),
)
_NO_SPOTS = Spots({})
_REMARKS = Text(
    "「状態」が「提出済み」と「未記入」のファイルの数字を集計しています。読めないファイルも、この一覧には残しています。",
    "The sums are of files that are returned or not filled in. Files that can't be read are listed here all the same.",
)


def files_sheet(gathered: Gathered, title: str, hrefs: Mapping[str, str]) -> Sheet:
    """Return the list of all files, and of the workbooks that aren't there."""
    return _listed(gathered, title, _REMARKS.to(gathered.lang), _OF_FILES, files_rows(gathered, hrefs))


Rows = list[list[tuple[Content, Look]]]


def files_rows(gathered: Gathered, hrefs: Mapping[str, str]) -> Rows:
    """Return the rows of the list of all files."""
    rows: Rows = []
    for each in gathered.files:
        said = "\n".join(each.remarks)
        look = wear.LINKED_TOP if each.name in hrefs else wear.WRAPPED
        name: Content = Link(hrefs[each.name], each.name) if each.name in hrefs else each.name
        rows.append(
            [
                (name, look),
                (each.manager, wear.WRAPPED),
                (each.state, wear.WRAPPED),
                (each.errors or None, wear.NUMBER_TOP),
                (each.warnings or None, wear.NUMBER_TOP),
                (each.version, wear.NUMBER_TOP),
                (each.template, wear.NUMBER_TOP),
                (said, wear.WRAPPED),
            ]
        )
    return rows


def list_tables(gathered: Gathered, of_files: str, of_findings: str) -> tuple[Table, Table]:
    """Return where both lists are, without their rows, which no formula uses."""
    pairs = ((FILES_ID, of_files, _OF_FILES), (FINDINGS_ID, of_findings, _OF_FINDINGS))
    first, second = (
        Table(name, f"gather_{name}", sheet, _HEAD, 0, tuple(head.to(gathered.lang) for head, _ in columns), ())
        for name, sheet, columns in pairs
    )
    return first, second


def findings_sheet(gathered: Gathered, title: str, hrefs: Mapping[str, str]) -> Sheet:
    """Return the list of what the checks found, errors first."""
    more = gathered.left_out
    line = Text(
        "各ファイルを検査した結果です(誤りが先)。セルを押すと、そのファイルのセルが開きます。"
        + (f" ほか{more:,}件は省きました。" if more else ""),
        "What the check found in each file, errors first. A cell's link opens the file there."
        + (f" {many(more, 'finding')} left out." if more else ""),
    )
    return _listed(gathered, title, line.to(gathered.lang), _OF_FINDINGS, findings_rows(gathered, hrefs))


def findings_rows(gathered: Gathered, hrefs: Mapping[str, str]) -> Rows:
    """Return the rows of the list of findings."""
    lang = gathered.lang
    rows: Rows = []
    for each in gathered.findings:
        said, href = each.said, hrefs.get(each.file, "")
        cell = f"{said.sheet}!{said.cell}" if said.cell else said.sheet
        at: Content = Link(f"{href}#{quoted_sheet(said.sheet)}!{said.cell or 'A1'}", cell) if href and said.sheet else cell
        name: Content = Link(href, each.file) if href else each.file
        linked = wear.LINKED_TOP if href else wear.WRAPPED
        rows.append(
            [
                (each.manager, wear.WRAPPED),
                (name, linked),
                (SEVERITY[said.severity].to(lang), wear.NUMBER_TOP),
                (said.code, wear.NUMBER_TOP),
                (at, linked if said.sheet else wear.WRAPPED),
                (said.message, wear.WRAPPED),
                (said.fix, wear.WRAPPED),
            ]
        )
    return rows


def _listed(gathered: Gathered, title: str, line: str, columns: tuple[tuple[Text, float], ...], rows: Rows) -> Sheet:
    sheet = Sheet(title, {at: width for at, (_, width) in enumerate(columns)})
    titled(sheet, title, [line])
    for at, (head, _) in enumerate(columns):
        sheet.put(_HEAD, at, head.to(gathered.lang), wear.HEAD)
    sheet.heights[_HEAD] = 22
    for row, cells in enumerate(rows, _HEAD + 1):
        for col, (content, look) in enumerate(cells):
            put(sheet, row, col, content, look, _NO_SPOTS)
        sheet.heights[row] = _height(cells, columns)
    last = _HEAD + max(1, len(rows))
    if not rows:
        sheet.put(_HEAD + 1, 0, _NONE.to(gathered.lang), looks.SMALL)
    sheet.frozen_rows, sheet.frozen_cols = _HEAD + 1, 1
    sheet.filtered = (_HEAD, 0, last, len(columns) - 1)
    sheet.title_rows, sheet.pages_tall = (_HEAD, _HEAD), 0
    sheet.cursor = (_HEAD + 1, 0)
    sheet.is_protected = False
    sheet.role = "look_up"
    return sheet


_NONE = Text("ありません。", "None.")


def _height(cells: list[tuple[Content, Look]], columns: tuple[tuple[Text, float], ...]) -> float:
    """Return the height of a row: not every program works out that of wrapped text on opening."""
    return min(max(_lines(cells, columns)) + 3, _TALLEST)


def _lines(cells: list[tuple[Content, Look]], columns: tuple[tuple[Text, float], ...]) -> Iterator[float]:
    for (content, _), (_, width) in zip(cells, columns, strict=True):
        said = content.text if isinstance(content, Link) else content
        yield tall(wrapped(said[:LONGEST], width - 1.5)) if isinstance(said, str) and said else 15.0
