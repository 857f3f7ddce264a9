"""Book → bytes of an .xlsx. The only importer of XlsxWriter.

XlsxWriter returns a negative number and only warns where it should fail; here
each such answer is an error.
"""

from __future__ import annotations

import datetime
import io
import warnings
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..expr.render.figures import EPOCH
from ..layout import looks
from ..layout.model import BLANK, COLUMNS, DATE, FORMULA, LINK, NUMBER, TEXT, Book, Chart, Item, Look, Sheet
from ..values.a1 import address, quoted_sheet, reference
from ..values.rounding import number
from .quickrows import KNOWN, QuickRows

FIXED_DATE = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
"""The date in the file's properties, unless SOURCE_DATE_EPOCH gives another: same plan, same bytes."""

_PAPER_A4 = 9

IS_QUICK = xlsxwriter.__version__.startswith(KNOWN)
"""Whether this version of XlsxWriter is known from inside (`quickrows`)."""


def to_bytes(book: Book, created: datetime.datetime = FIXED_DATE) -> bytes:
    """Return the workbook; the same bytes for the same book and date."""
    out = io.BytesIO()
    _write(Workbook(out, _options()), book, created)
    return out.getvalue()


def to_parts(book: Book, created: datetime.datetime = FIXED_DATE) -> dict[str, bytes]:
    """Return the parts of that workbook, which nobody then has to compress and to inflate again."""
    workbook = _Unpacked(io.BytesIO(), _options())
    _write(workbook, book, created)
    parts = workbook.packager.parts
    del workbook.packager  # which holds the workbook
    return parts


def _options() -> dict[str, Any]:
    """Return XlsxWriter's options, which it changes and keeps."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": looks.FONT, "font_size": 10},
    }


def _write(workbook: Workbook, book: Book, created: datetime.datetime) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _Writer(workbook, book).write(created)
        workbook.close()
    for worksheet in workbook.worksheets():
        worksheet.workbook_add_format = None  # which holds the workbook that holds it: a circle of all its cells


class _Unpacked(Workbook):
    """A workbook whose parts are kept, and an empty package written."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.packager = _Parts()

    def _get_packager(self) -> Packager:
        return self.packager


class _Parts(Packager):
    """The making of the parts, in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, bytes] = {}

    def _create_package(self) -> list[Any]:
        for file, name, _ in super()._create_package():
            content = file.getvalue()
            self.parts[name] = content if isinstance(content, bytes) else content.encode()
        return []


class _PlainWorksheet(Worksheet):
    """A worksheet whose formulas are known to need no new function's prefix.

    XlsxWriter looks through every formula for 48 functions newer than Excel 2010,
    a quarter of the time that writing takes. Ours hold none (a test says so).
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002  # its signature
        return formula.removeprefix("=")


class _QuickWorksheet(QuickRows, _PlainWorksheet):
    """The same, whose cells are written in one go."""


class _Writer:
    def __init__(self, workbook: Workbook, book: Book) -> None:
        self.workbook = workbook
        self.book = book
        self.formats: dict[Look, Format] = {}
        drawn = [chart for sheet in book.sheets for chart in sheet.charts]
        places = {place for chart in drawn for place in (chart.categories, *(series.values for series in chart.series))}
        self.charted = {(spot.sheet, spot.row, spot.col) for place in places for spot in place.spots()}
        """The cells that charts show: XlsxWriter has to know their values, which a chart caches."""

    def write(self, created: datetime.datetime) -> None:
        self.workbook.set_properties({**self.book.properties, "created": created.replace(tzinfo=None)})
        for name, value in self.book.custom.items():
            _done(self.workbook.set_custom_property(name, value, "text"), name)
        for sheet in self.book.sheets:
            self.sheet(sheet)
        for name, place in self.book.names.items():
            _done(self.workbook.define_name(name, "=" + reference(place)), name)
        for name, place in self.book.local_names:
            local = f"{quoted_sheet(place.sheet)}!{name}"
            _done(self.workbook.define_name(local, "=" + reference(place)), local)

    def format(self, look: Look) -> Format:
        found = self.formats.get(look)
        if found is None:
            found = self.formats[look] = self.workbook.add_format(dict(look))
        return found

    def sheet(self, sheet: Sheet) -> None:
        worksheet = self.workbook.add_worksheet(sheet.title, _QuickWorksheet if IS_QUICK else _PlainWorksheet)
        self.lines(worksheet, sheet)
        self.cells(worksheet, sheet)
        for rule in sheet.validations:
            _done(worksheet.data_validation(rule.row, rule.col, rule.last_row, rule.col, rule.options), sheet.title)
        for each in sheet.conditionals:
            area, look = (each.row, each.col, each.last_row, each.last_col), self.format(each.look)
            if isinstance(worksheet, QuickRows):
                worksheet.put_rule(area, each.formula, look)
                continue
            options = {"type": "formula", "criteria": "=" + each.formula, "format": look}
            _done(worksheet.conditional_format(*area, options), sheet.title)
        if sheet.quiet:
            _done(worksheet.ignore_errors({key: " ".join(areas) for key, areas in sheet.quiet.items()}), sheet.title)
        for chart in sheet.charts:
            self.chart(worksheet, chart)
        self.view_and_print(worksheet, sheet)

    def lines(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """Write the columns' widths and the rows' heights, with their folds."""
        cols, rows = _folds(sheet.folded_cols), _folds(sheet.folded_rows)
        for col, width in sheet.widths.items():
            _done(worksheet.set_column(col, col, width, None, cols.pop(col, {})), sheet.title)
        for row, height in sheet.heights.items():
            _done(worksheet.set_row(row, height, None, rows.pop(row, {})), sheet.title)
        if cols or rows:
            raise AssertionError(f"{sheet.title}: folded lines need a width or a height: {cols} {rows}")
        if sheet.folded_cols or sheet.folded_rows:
            worksheet.outline_settings(visible=True, symbols_below=False, symbols_right=False)

    def cells(self, worksheet: Worksheet, sheet: Sheet) -> None:
        formats: dict[int, Format] = {}  # by identity: a look is long to compare, and most cells share theirs
        for item in sheet.items:
            look = formats.get(id(item.look))
            if look is None:
                look = formats[id(item.look)] = self.format(item.look)
            if item.last_col is not None and item.last_col > item.col:
                _done(worksheet.merge_range(item.row, item.col, item.row, item.last_col, "", look), _where(sheet, item))
            is_charted = (sheet.title, item.row, item.col) in self.charted
            if is_charted or not (isinstance(worksheet, QuickRows) and _put(worksheet, item, look)):
                self.item(worksheet, sheet, item, look)
        if isinstance(worksheet, QuickRows):
            worksheet.measure()

    def item(self, worksheet: Worksheet, sheet: Sheet, item: Item, look: Format) -> None:
        row, col = item.row, item.col
        if item.kind == FORMULA:
            done = worksheet.write_formula(row, col, item.content, look, _cached(item.value))
        elif item.kind == BLANK:
            done = worksheet.write_blank(row, col, None, look)
        elif item.kind == NUMBER:
            assert isinstance(item.value, Fraction)
            done = worksheet.write_number(row, col, number(item.value), look)
        elif item.kind == DATE:
            assert isinstance(item.value, datetime.date)
            done = worksheet.write_datetime(row, col, item.value, look)
        elif item.kind == LINK:
            target = item.content if item.content.startswith("external:") else f"internal:{item.content}"
            done = worksheet.write_url(row, col, target, look, str(item.value))
        else:
            done = worksheet.write_string(row, col, str(item.value), look)
        _done(done, _where(sheet, item))

    def view_and_print(self, worksheet: Worksheet, sheet: Sheet) -> None:
        if sheet.is_protected:
            filtering = {} if sheet.filtered is None else {"autofilter": True}
            worksheet.protect("", {"format_columns": True, "format_rows": True, **filtering})
        if sheet.hidden:
            worksheet.hide()
            return
        worksheet.hide_gridlines(2)
        if sheet.role in looks.TABS:
            worksheet.set_tab_color(looks.TABS[sheet.role])
        if sheet.is_opened:
            worksheet.activate()
        if sheet.frozen_rows or sheet.frozen_cols:
            worksheet.freeze_panes(sheet.frozen_rows, sheet.frozen_cols)
        if sheet.filtered is not None:
            _done(worksheet.autofilter(*sheet.filtered), sheet.title)
        worksheet.set_selection(*sheet.cursor, *sheet.cursor)
        if not sheet.is_portrait:
            worksheet.set_landscape()
        worksheet.set_paper(_PAPER_A4)
        worksheet.fit_to_pages(sheet.pages_wide, sheet.pages_tall)
        if sheet.breaks:
            worksheet.set_h_pagebreaks(sheet.breaks)
        worksheet.set_margins(left=0.3, right=0.3, top=0.45, bottom=0.55)
        worksheet.center_horizontally()
        worksheet.set_footer("&L&8&F — &A&R&8&P / &N", {"margin": 0.25})
        if sheet.title_rows is not None:
            worksheet.repeat_rows(*sheet.title_rows)
        if sheet.title_cols is not None:
            worksheet.repeat_columns(*sheet.title_cols)
        if sheet.print_area is not None:
            worksheet.print_area(*sheet.print_area)

    def chart(self, worksheet: Worksheet, said: Chart) -> None:
        """Write a chart: over the months bars side by side, with lines over them; or bars below one another."""
        if said.kind != COLUMNS:
            from .lyingbars import lying  # only summaries have them

            self.insert(worksheet, said, lying(self.workbook, said))
            return
        chart = self.workbook.add_chart({"type": "column"})
        over = self.workbook.add_chart({"type": "line"})
        font = {"name": looks.FONT, "size": 8, "color": looks.INK}
        for series in said.series:
            data: dict[str, Any] = {
                "name": series.name,
                "categories": "=" + reference(said.categories),
                "values": "=" + reference(series.values),
            }
            if series.is_line:
                marker = {"type": "circle", "size": 4, "fill": {"color": series.color}, "border": {"color": series.color}}
                over.add_series({**data, "line": {"color": series.color, "width": 2}, "marker": marker})
            else:
                bars = {"fill": {"color": series.color}, "border": {"none": True}, "gap": 60, "overlap": 0}
                chart.add_series({**data, **bars})
        if any(series.is_line for series in said.series):
            chart.combine(over)
        chart.show_hidden_data()  # the figures may be folded
        chart.set_title({"name": said.title, "name_font": {**font, "size": 10, "bold": True}, "overlay": False})
        chart.set_legend({"position": "bottom", "font": font})
        chart.set_x_axis({"num_font": font, "num_format": said.month_format, "text_axis": True, "line": {"color": looks.LINE}})
        chart.set_y_axis(
            {
                "num_font": font,
                "num_format": said.value_format,
                "min": 0,
                "line": {"none": True},
                "major_gridlines": {"visible": True, "line": {"color": "#E3E8EE"}},
            }
        )
        self.insert(worksheet, said, chart)

    def insert(self, worksheet: Worksheet, said: Chart, chart: Any) -> None:
        """Insert a chart in its place, with its frame, size and alt text."""
        chart.set_chartarea({"border": {"color": looks.LINE}})
        width, height = said.pixels
        chart.set_size({"width": width, "height": height})
        options: dict[str, Any] = {
            "description": said.alt_text,
            "object_position": 1,
            "x_offset": said.offset + 2,
            "y_offset": 4,
        }
        _done(worksheet.insert_chart(said.row, said.col, chart, options), "chart")


def _folds(groups: list[tuple[int, int]]) -> dict[int, dict[str, Any]]:
    """Return the settings of the lines of folded groups, and of the line before each, which has the button."""
    found: dict[int, dict[str, Any]] = {}
    for first, last in groups:
        found.setdefault(first - 1, {})["collapsed"] = True
        found |= {line: {"level": 1, "hidden": True} for line in range(first, last + 1)}
    return found


def _put(worksheet: QuickRows, item: Item, look: Format) -> bool:
    """Put a cell in the quick way; return False for one that has none."""
    row, col, kind, value, _, content, _ = item
    if kind == FORMULA:
        worksheet.put_formula(row, col, content, look, _cached(value))
    elif kind == BLANK:
        worksheet.put_blank(row, col, look)
    elif kind == NUMBER:
        assert isinstance(value, Fraction)
        worksheet.put_number(row, col, number(value), look)
    else:
        return kind == TEXT and worksheet.put_text(row, col, str(value), look)
    return True


def _where(sheet: Sheet, item: Item) -> str:
    return f"{sheet.title}!{address(item.row, item.col)}"


def _cached(value: object) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return (value - EPOCH).days
    return number(value) if isinstance(value, Fraction) else value


def _done(answer: object, where: str) -> None:
    """Check XlsxWriter's answer: 0 or None for success, a negative number for failure."""
    if isinstance(answer, int) and answer < 0:
        raise AssertionError(f"XlsxWriter refused {where}: {answer}")
