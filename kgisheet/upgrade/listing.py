"""The sheet that lists what could not be moved: it goes with the new workbook, so that nothing is lost with the old one."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.text import Text
from ..layout import looks
from ..layout.measure import wrapped
from ..layout.model import Sheet
from .outcome import Left, plain

TITLE = Text("引き継ぎメモ", "Carried over")
_SAID = Text(
    "元のブックにあり、新しい形に移す先がなかったものです。必要なものを写したら、このシートは削除して構いません。",
    "What the old workbook held and the new form has no place for. Once you have copied what you need, this sheet can be deleted.",
)
_HEADS = (
    (Text("元のシート", "Old sheet"), 15.0),
    (Text("元のセル", "Old cell"), 11.0),
    (Text("項目", "Item"), 18.0),
    (Text("書かれていた内容", "Content"), 34.0),
    (Text("移せなかった理由", "Why it was not moved"), 36.0),
    (Text("対処", "What to do"), 32.0),
)
_CELL = looks.over(looks.WRAPPED, border=1, border_color=looks.LINE)
_LINE = 16.5  # points


def listing(left: Sequence[Left], labels: Sequence[Text], lang: str) -> Sheet:
    """Return the sheet; ``labels`` are what the cells were called."""
    sheet = Sheet(TITLE.to(lang), {at: width for at, (_, width) in enumerate(_HEADS)})
    sheet.is_protected = False
    sheet.role = "look_up"
    sheet.pages_tall = 0
    sheet.frozen_rows = 3
    sheet.title_rows = (2, 2)
    sheet.heights |= {0: 26, 2: 20}
    sheet.put(0, 0, TITLE.to(lang), looks.TITLE)
    sheet.put(1, 0, _SAID.to(lang), looks.SMALL)
    for col, (head, _) in enumerate(_HEADS):
        sheet.put(2, col, head.to(lang), looks.HEADING)
    for row, (each, label) in enumerate(zip(left, labels, strict=True), 3):
        value = plain(each.value)
        said = [
            each.sheet,
            each.cell or "",
            label.to(lang) or (each.name or ""),
            "" if value is None else str(value),
            each.why.to(lang),
            each.fix.to(lang),
        ]
        for col, text in enumerate(said):
            sheet.put(row, col, text or None, _CELL)
        lines = max(wrapped(text, width - 1) for text, (_, width) in zip(said, _HEADS, strict=True))
        sheet.heights[row] = min(409.0, _LINE * lines)
    return sheet
