"""The settings that people made for a whole sheet of ours, for its lines or its areas: its successor gets it, or it is listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..language.text import Text
from ..values.a1 import address, column
from ..xlsx.patch.package import Package
from ..xlsx.patch.setup import Setup
from ..xlsx.read.drawnas import DrawnAs, Line
from ..xlsx.read.sheetpart import Bounds
from ..xlsx.read.worn import PLAIN
from . import lookwords
from .dress import Dress
from .forms import BLANK, Forms
from .moves import Moves
from .outcome import Left
from .settings import (
    AREA,
    BREAKS,
    FREEZE,
    HEADER,
    MARGINS,
    PAGE,
    PRINT,
    PROTECTION,
    PUT,
    STATE,
    TAB,
    TITLES,
    VIEW,
    printed,
    settings,
)

_FIX = Text("新しいブックで設定し直してください", "set it again in the new workbook")
_MOVED = (TAB, STATE, HEADER)
"""With those of the view, what goes to the sheet's successor."""
_WORDS = {
    FREEZE: Text("ウィンドウ枠の固定(列・行)", "frozen panes (columns, rows)"),
    PROTECTION: Text("シートの保護の設定(パスワードなど)", "how the sheet is protected (a password and the like)"),
    PRINT: Text("印刷の設定(枠線・中央など)", "what is printed (lines, centred)"),
    MARGINS: Text("印刷の余白", "margins"),
    PAGE: Text("用紙と拡大縮小", "paper and scale"),
    BREAKS: Text("改ページ", "a page break"),
    AREA: Text("印刷範囲", "the print area"),
    TITLES: Text("印刷タイトル", "the lines that are printed on every page"),
    TAB: Text("シート見出しの色", "the colour of its tab"),
    STATE: Text("シートの非表示", "that the sheet is hidden"),
    HEADER: Text("ヘッダー・フッター", "a header or footer"),
    "autoFilter": Text("フィルター", "a filter"),
    "sortState": Text("並べ替えの記録", "how it was sorted"),
    "protectedRanges": Text("編集を許可した範囲", "ranges that may be edited"),
    "scenarios": Text("What-If のシナリオ", "what-if scenarios"),
    "customSheetViews": Text("ユーザー設定のビュー", "custom views"),
    "cellWatches": Text("ウォッチウィンドウのセル", "watched cells"),
    "legacyDrawingHF": Text("ヘッダー・フッターの画像", "a picture in a header"),
    "picture": Text("シートの背景画像", "the sheet's background picture"),
    "oleObjects": Text("埋め込みオブジェクト", "embedded objects"),
    "controls": Text("ボタンなどのコントロール", "buttons and other controls"),
    "tableParts": Text("テーブル", "a table"),
    "sparklineGroups": Text("スパークライン", "sparklines"),
    "slicerList": Text("スライサー", "slicers"),
    "dataConsolidate": Text("統合の設定", "a consolidation"),
}


class SheetWide:
    """The settings of the old sheets as wholes; ``moved`` is what their successors get, by title."""

    def __init__(self, package: Package, dress: Dress, moves: Moves, forms: Forms) -> None:
        self.package, self.dress, self.moves, self.forms = package, dress, moves, forms
        self.moved: dict[str, Setup] = {}
        self.left: list[Left] = []
        self._printed = printed(package)
        for title, drawn in dress.drawn.items():
            self.left += self._settings(title, drawn)
            self.left += self._lines(title, "col", drawn.columns)
            self.left += self._lines(title, "row", drawn.rows)
            self.left += self._merged(title, drawn.merged)

    def _settings(self, title: str, drawn: DrawnAs) -> Iterator[Left]:
        id_, to = self.dress.ids[title], self.moves.titles.get(title.casefold())
        theirs: dict[str, list[str]] = {}
        for key, said in settings(
            drawn, self.dress.tabs[title].state, self._printed.get(self.dress.positions[title], {})
        ).items():
            of_key = [each for each in said if not self.forms.is_setting(id_, key, each)]
            if of_key:
                theirs[key] = of_key
        views = {key.removeprefix(VIEW): values[0] for key, values in theirs.items() if key.startswith(VIEW)}
        moved = {key for key in theirs if key in _MOVED} if to is not None else set()
        if to is not None and (moved or views):
            self.moved[to] = Setup(
                views,
                next((drawn.inside("sheetPr", "tabColor") for key in moved if key == TAB), None),
                drawn.part("headerFooter") if HEADER in moved else None,
                theirs[STATE][0] if STATE in moved else None,
            )
        for key, values in theirs.items():
            if key in moved or (to is not None and key.startswith(VIEW)):
                continue
            name = key.removeprefix(PUT)
            words = _WORDS.get(name, Text(f"シートの設定({name})", f"a setting of the sheet ({name.removeprefix(VIEW)})"))
            why = Text(f"{words.ja}は移していません", f"{words.en} was not moved")
            yield Left(title, None, None, ", ".join(values) or None, why, _FIX)

    def _lines(self, title: str, axis: str, lines: Mapping[int, Line]) -> Iterator[Left]:
        id_ = self.dress.ids[title]
        is_size = self.forms.is_width if axis == "col" else self.forms.is_height
        sized: list[int] = []
        hidden: list[int] = []
        folded: list[int] = []
        worn: dict[int, list[int]] = {}
        for at, line in sorted(lines.items()):
            if line.size is not None and not line.hidden and not is_size(id_, line.size):
                sized.append(at)
            if (line.hidden or line.level) and not self.forms.is_fold(id_, f"{axis} {at}"):
                (folded if line.level else hidden).append(at)
            look = self.dress.looks[line.style] if line.style < len(self.dress.looks) else PLAIN
            if line.style and self.forms.theirs(id_, (BLANK, ""), look):
                worn.setdefault(line.style, []).append(at)
        name = Text("列", "columns") if axis == "col" else Text("行", "rows")
        size = Text("幅", "the widths") if axis == "col" else Text("高さ", "the heights")
        if sized:
            value = ", ".join(f"{_named(axis, at)}: {lines[at].size:g}" for at in sized)
            yield Left(
                title,
                None,
                None,
                value,
                Text(f"{name.ja}の{size.ja}は移していません", f"{size.en} of {name.en} were not moved"),
                _FIX,
            )
        for many, what in (
            (hidden, Text(f"{name.ja}の非表示は移していません", f"that {name.en} are hidden was not moved")),
            (folded, Text(f"{name.ja}のグループ化は移していません", f"groups of {name.en} were not moved")),
        ):
            if many:
                yield Left(title, None, None, ", ".join(_spans(axis, many)), what, _FIX)
        for style, many in worn.items():
            look = self.dress.looks[style]
            words = lookwords.said(self.forms.theirs(id_, (BLANK, ""), look), look)
            why = Text(
                f"{name.ja}全体の書式({words.ja})は移していません", f"the look ({words.en}) of whole {name.en} was not moved"
            )
            yield Left(title, None, None, ", ".join(_spans(axis, many)), why, _FIX)

    def _merged(self, title: str, areas: Iterable[Bounds]) -> Iterator[Left]:
        id_ = self.dress.ids[title]
        for top, left, bottom, right in areas:
            if not self.forms.is_merged(id_, left, right, bottom - top):
                why = Text("セルの結合は移していません", "that these cells are merged was not moved")
                yield Left(title, f"{address(top, left)}:{address(bottom, right)}", None, None, why, _FIX)


def _named(axis: str, at: int) -> str:
    return column(at) if axis == "col" else str(at + 1)


def _spans(axis: str, lines: Iterable[int]) -> Iterator[str]:
    """Yield the lines as people write them: ``B:D``, ``7``."""
    first = last = -2
    for at in [*sorted(lines), -9]:
        if at == last + 1:
            last = at
            continue
        if first >= 0:
            yield _named(axis, first) if first == last else f"{_named(axis, first)}:{_named(axis, last)}"
        first = last = at
