"""The sheet that lists the findings, with links to their cells: plain text and numbers, no formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..check.finding import ERROR, NOTE, SEVERITIES, WARNING, Finding, Report
from ..language.text import Text
from ..language.words import FINDINGS_SHEET
from ..layout import looks
from ..values.a1 import column, quoted_sheet
from ..values.units import RATE
from ..xlsx.patch.boxes import lines
from ..xlsx.patch.markup import quoted, text
from ..xlsx.patch.package import HEAD
from ..xlsx.patch.styles import Styles
from ..xlsx.patch.tabs import Tab
from .marks import FILLS
from .words import SEVERITY, WHOLE_BOOK, counts, difference, figure, tally

TITLE = FINDINGS_SHEET
_HEADER = 4  # the row of the table's heads, from 1
_LINE, _MAX_HEIGHT = 16.5, 409  # points; the latter is Excel's limit
_SHOWN = 12  # affected cells that are named

_COLUMNS = (
    (Text("重大度", "Severity"), 8.5),
    (Text("コード", "Code"), 7),
    (Text("シート", "Sheet"), 13),
    (Text("セル", "Cell"), 8),
    (Text("項目", "Field"), 20),
    (Text("記入・表示の値", "Found"), 14),
    (Text("正しい値", "Expected"), 14),
    (Text("差", "Difference"), 12),
    (Text("内容", "What is wrong"), 46),
    (Text("対処", "What to do"), 42),
)
_LAST = column(len(_COLUMNS) - 1)


class _Looks(NamedTuple):
    """Cell formats by their position in the styles part."""

    title: int
    said: int
    header: int
    severity: dict[str, int]
    centred: int
    wrapped: int
    quoted: int
    link: int
    whole: int
    number: int


def _looks(styles: Styles) -> _Looks:
    def font(rgb: str, size: int = 10, bold: str = "", line: str = "") -> int:
        face = f'<{{0}}name val="{looks.FONT}"/><{{0}}family val="3"/><{{0}}charset val="128"/>'
        return styles.font(f'{bold}{line}<{{0}}sz val="{size}"/><{{0}}color rgb="FF{rgb}"/>{face}')

    def look(font: int, fill: int = 0, edge: int = 0, number: int = 0, align: str = "", quote: str = "") -> int:
        given = f'numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{edge}" xfId="0"{quote} applyFont="1"'
        given += ' applyFill="1"' * bool(fill) + ' applyBorder="1"' * bool(edge) + ' applyNumberFormat="1"' * bool(number)
        return styles.format(given + ' applyAlignment="1"', f"<{{0}}alignment {align}/>")

    bold, ink, navy = "<{0}b/>", looks.INK[1:], looks.NAVY[1:]
    edge, plain, strong = styles.border(looks.LINE[1:]), font(ink), font(ink, bold=bold)
    top, centre = 'vertical="top" wrapText="1"', 'horizontal="center" vertical="top"'
    return _Looks(
        title=look(font(navy, 14, bold), align='vertical="center"'),
        said=look(plain, align='vertical="center"'),
        header=look(
            font("FFFFFF", bold=bold), styles.fill(navy), edge, align='horizontal="center" vertical="center" wrapText="1"'
        ),
        severity={each: look(strong, styles.fill(FILLS[each]), edge, align=centre) for each in SEVERITIES},
        centred=look(plain, edge=edge, align=centre),
        wrapped=look(plain, edge=edge, align=f'horizontal="left" {top}'),
        # Typed over or just entered again, = + - @ would begin a formula.
        quoted=look(plain, edge=edge, align=f'horizontal="left" {top}', quote=' quotePrefix="1"'),
        link=look(font(looks.BLUE[1:], line='<{0}u val="single"/>'), edge=edge, align=f'horizontal="left" {top}'),
        whole=look(plain, edge=edge, number=3, align=f'horizontal="right" {top}'),
        number=look(plain, edge=edge, align=f'horizontal="right" {top}'),
    )


def xml(report: Report, tabs: Iterable[Tab], styles: Styles, lang: str, namespace: str) -> bytes:
    """Return the worksheet; the worst findings first."""
    look = _looks(styles)
    reachable = {tab.title for tab in tabs if tab.visible and tab.part is not None}
    rows = [
        _row(1, [_cell("A", 1, TITLE.to(lang), look.title)], ' ht="24" customHeight="1"'),
        _row(2, [_cell("A", 2, f"{_name(report.file)}: {headline(report, lang)}", look.said)]),
        _row(3, [_cell("A", 3, _LEGEND.to(lang), look.said)]),
        _row(_HEADER, [_cell(column(i), _HEADER, name.to(lang), look.header) for i, (name, _) in enumerate(_COLUMNS)]),
    ]
    links: list[str] = []
    findings = sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity))
    for number, finding in enumerate(findings, _HEADER + 1):
        link = None
        if finding.sheet in reachable:
            link = "D" if finding.cell else "C"
            target = f"{quoted_sheet(str(finding.sheet))}!{finding.cell or 'A1'}"
            links.append(f'<hyperlink ref="{link}{number}" location={quoted(target)}/>')
        rows.append(_listed(finding, number, link, look, lang))
    last = f"{_LAST}{_HEADER + len(findings)}"
    cols = "".join(f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>' for i, (_, width) in enumerate(_COLUMNS, 1))
    return (
        f'{HEAD}<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FF{looks.RED[1:]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/><sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{_HEADER}" topLeftCell="A{_HEADER + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{_HEADER + 1}" sqref="A{_HEADER + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="16.5"/><cols>{cols}</cols><sheetData>{"".join(rows)}</sheetData>'
        + (f'<autoFilter ref="A{_HEADER}:{last}"/>' if findings else "")
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.45" bottom="0.55" header="0.3" footer="0.25"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;L&amp;8&amp;F — &amp;A&amp;R&amp;8&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()


def names(report: Report) -> dict[str, str]:
    """Return the sheet's own defined names: the row repeated on every page, and the filter's area."""
    filtered = {"_xlnm._FilterDatabase": f"$A${_HEADER}:${_LAST}${_HEADER + len(report.findings)}"}
    return {**(filtered if report.findings else {}), "_xlnm.Print_Titles": f"${_HEADER}:${_HEADER}"}


_LEGEND = Text(
    "該当セルの塗り: 赤 = 誤り、橙 = 要確認、青 = 参考。セルのコメントにも同じ内容があります。「セル」の列を押すとそのセルへ移ります。",
    "Cell fill: red = error, orange = warning, blue = note. Cell comments say the same. Click in the Cell column to go there.",
)


def _name(path: str) -> str:
    """Return a file's name without its folders: the copy goes to other people."""
    return path.replace("\\", "/").rpartition("/")[2]


def headline(report: Report, lang: str) -> str:
    """Return how many findings there are, and how much was checked."""
    found = counts(report)
    said = Text(
        f"誤り{found[ERROR]}、要確認{found[WARNING]}、参考{found[NOTE]}(数式{report.formulas:,}、未検査{report.not_evaluated:,})",
        f"{tally(found).en} ({report.formulas:,} formulas, {report.not_evaluated} not evaluated)",
    ).to(lang)
    partly = Text("一部を検査できませんでした。", "Checked only in part. ").to(lang)
    return partly + said if report.status == "incomplete" else said


def _listed(finding: Finding, row: int, link: str | None, look: _Looks, lang: str) -> str:
    """Return one finding as a row."""
    message = finding.message.to(lang)
    if finding.affected:
        more = ", ".join(finding.affected[:_SHOWN]) + (" …" if len(finding.affected) > _SHOWN else "")
        count = len(finding.affected)
        message += "\n" + Text(f"影響するセル {count}: {more}", f"Cells affected, {count}: {more}").to(lang)
    values: list[tuple[Any, int]] = [
        (SEVERITY[finding.severity].to(lang), look.severity[finding.severity]),
        (finding.code, look.centred),
        (finding.sheet or WHOLE_BOOK.to(lang), look.link if link == "C" else look.wrapped),
        (finding.cell, look.link if link == "D" else look.wrapped),
        (finding.label or finding.name, look.wrapped),
        (_said(finding.found, finding, lang), look.wrapped),
        (_said(finding.expected, finding, lang), look.wrapped),
        (_off(finding, lang), look.wrapped),
        (message, look.wrapped),
        (finding.fix.to(lang), look.wrapped),
    ]
    cells = [_value(column(i), row, value, style, look) for i, (value, style) in enumerate(values)]
    texts = [(value, width) for (value, _), (_, width) in zip(values, _COLUMNS, strict=True) if isinstance(value, str)]
    # Said outright: not every program works out the height of wrapped text on opening.
    height = min(max(lines(value, width - 1.5) for value, width in texts) * _LINE + 2, _MAX_HEIGHT)
    return _row(row, cells, f' ht="{height:g}"')


def _said(value: Any, finding: Finding, lang: str) -> Any:
    """Return a rate as people write it; counts and amounts stay numbers."""
    return figure(value, RATE, lang) if finding.unit == RATE and isinstance(value, (int, float)) else value


def _off(finding: Finding, lang: str) -> Any:
    if finding.difference is None or finding.unit != RATE:
        return finding.difference
    return difference(finding.difference, RATE, lang)


_EXACT = 10**15  # a larger number, an infinity or NaN is shown as text: a cell would change it


def _value(col: str, row: int, value: Any, style: int, look: _Looks) -> str:
    if value is None:
        return f'<c r="{col}{row}" s="{style}"/>'
    if isinstance(value, bool):
        value = "TRUE" if value else "FALSE"
    elif isinstance(value, (int, float)) and abs(value) < _EXACT:
        whole = value == int(value)
        return f'<c r="{col}{row}" s="{look.whole if whole else look.number}"><v>{int(value) if whole else repr(value)}</v></c>'
    said = str(value)
    return _cell(col, row, said, look.quoted if style == look.wrapped and said[:1] in "=+-@" else style)


def _cell(col: str, row: int, said: str, style: int) -> str:
    return f'<c r="{col}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text(said)}</t></is></c>'


def _row(number: int, cells: list[str], more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'
