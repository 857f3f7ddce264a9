"""Notes on a comparison: what could not be compared, and where a workbook's figures differ from what its inputs give."""

from __future__ import annotations

from collections.abc import Iterator

from ..formula.grid import Where, held
from ..formula.values import Value
from ..language.text import Text
from ..language.words import LANGUAGES
from ..regenerate.present import Present
from ..template.model import INPUT, Cell
from ..worksheet.shown import same_stored
from .inputs import Common, only_in
from .rows import Rows, Side
from .values import content, is_no_figure


def notes(a: Side, b: Side, both: Common, rows: Rows, gone: tuple[int, int]) -> Iterator[Text]:
    """Return the notes; ``gone`` are how many cells of inputs each workbook lacks."""
    yield from _templates(a, b, both)
    yield from _months(a, b, rows)
    for side, lost in zip((a, b), gone, strict=True):
        yield from _gone(side, lost)
        yield from _no_figures(side)
        yield from _shown(side)


def _templates(a: Side, b: Side, both: Common) -> Iterator[Text]:
    first, second = a.template, b.template
    if first.name != second.name:
        yield Text(
            f"テンプレートが違います({first.name} と {second.name})。両方にある項目だけを比べました",
            f"the templates differ ({first.name} and {second.name}): only what both have was compared",
        )
        other = [(old, new) for old, new in both if old.full_label != new.full_label]
        if other:
            listed = Text(
                "、".join(f"{new.name}({old.full_label.ja} と {new.full_label.ja})" for old, new in other),
                ", ".join(f"{new.name} ({old.full_label.en}; {new.full_label.en})" for old, new in other),
            )
            yield Text(
                f"名前は同じでも項目名が違うため、値だけを比べた入力: {listed.ja}",
                f"inputs of the same name that are labelled otherwise; only their values were compared: {listed.en}",
            )
    elif a.book.declaration.digest != b.book.declaration.digest:
        yield Text(
            f"テンプレート {first.name} の内容(版または改変)が A と B で違います。結果はそれぞれのテンプレートで計算しました",
            f"the template {first.name} is not the same in A and in B (another version, or edited): each was calculated by its own",
        )
    ways = [
        [cell for cell in side.template.cells.values() if cell.name in _split(side) and cell.role == INPUT] for side in (a, b)
    ]
    if [cell.name for cell in ways[0]] != [cell.name for cell in ways[1]]:
        old, new = (
            Text("・".join(c.label.ja for c in way) or "なし", ", ".join(c.label.en for c in way) or "none") for way in ways
        )
        yield Text(
            f"チャネルへの分け方が違います(A は{old.ja}、B は{new.ja}を入力)。分け方は比べていません",
            f"the meetings are split in different ways (typed in A: {old.en}; in B: {new.en}): the split was not compared",
        )
    skipped = _split(a) | _split(b)
    for name, one, other_side in (("A", a, b), ("B", b, a)):
        alone = [cell for cell in only_in(one, other_side) if cell.name not in skipped and _is_filled(one, cell)]
        if alone:
            said = _listed(alone)
            yield Text(
                f"{name} だけにある入力(比べていません): {said.ja}",
                f"not compared, as only {name} has these inputs: {said.en}",
            )
        missing = one.sheets - other_side.sheets
        if missing:
            titles = [one.template.sheets.title(each) for each in missing]
            ja, en = (sorted(each.to(lang) for each in titles) for lang in LANGUAGES)
            yield Text(
                f"{name} だけにあるシートの入力と結果は比べていません: {'、'.join(ja)}",
                f"not compared, as only {name} has these sheets: {', '.join(en)}",
            )


def _split(side: Side) -> set[str]:
    return {name for group in side.template.either for name in group}


def _is_filled(side: Side, cell: Cell) -> bool:
    return any(content(side.book, cell, row) is not None for row in side.book.rows(cell))


_LISTED = 6


def _listed(cells: list[Cell]) -> Text:
    more = len(cells) - _LISTED
    return Text(
        "、".join(cell.full_label.ja for cell in cells[:_LISTED]) + (f"、ほか{more}" if more > 0 else ""),
        ", ".join(cell.full_label.en for cell in cells[:_LISTED]) + (f" and {more} more" if more > 0 else ""),
    )


def _months(a: Side, b: Side, rows: Rows) -> Iterator[Text]:
    if not (a.template.is_monthly and b.template.is_monthly):
        return
    for side in (a, b):
        grid = side.book.anchors.then.get(side.roles.month_start)
        if side.book.broken.torn is None and not side.has_months:
            title = "" if grid is None else f" ({grid.sheet})"
            yield Text(
                f"{side.book.source}: 月次予実のシート{title}がないため、月別は比べていません",
                f"{side.book.source}: the sheet of the monthly goals{title} is gone; the months were not compared",
            )
        if side.book.broken.torn is not None:
            said = side.book.broken.said(side.book.broken.torn)
            yield Text(
                f"{side.book.source}: {said.ja}。どの行がどの月か分からないため、月別は比べていません",
                f"{side.book.source}: {said.en}; the months were not compared",
            )
    if a.grid_months != b.grid_months and None not in a.grid_months and None not in b.grid_months:
        first, second = (_span(side) for side in (a, b))
        shared = len(rows.by_month)
        yield Text(
            f"年度が違います(A {first.ja}、B {second.ja})。月別は"
            + (f"両方にある{shared}か月だけを比べました" if shared else "比べていません"),
            f"the years differ (A {first.en}, B {second.en}): "
            + (f"only the months that both have were compared ({shared})" if shared else "the months were not compared"),
        )


def _span(side: Side) -> Text:
    first, last = (f"{side.grid_months[at]:%Y-%m}" for at in (0, -1))
    return Text(f"{first}〜{last}", f"{first} to {last}")


def _gone(side: Side, lost: int) -> Iterator[Text]:
    if lost:
        name = side.book.source
        yield Text(
            f"{name}: シートや名前が削除されてなくなった入力のセルが{lost}あり、比べていません → kgisheet check {name}",
            f"{name}: inputs whose cells are gone (a sheet or a name was deleted) were not compared: {lost} → kgisheet check {name}",
        )


def _no_figures(side: Side) -> Iterator[Text]:
    book = side.book
    found = [cell for cell in side.template.inputs() for row in book.rows(cell) if is_no_figure(content(book, cell, row), cell)]
    if found:
        said = _listed(list({cell.name: cell for cell in found}.values()))
        yield Text(
            f"{book.source}: 数値・日付・選択肢として読めない入力が{len(found)}セルあり、計算に入りません({said.ja})→ kgisheet check {book.source}",
            f"{book.source}: inputs that hold no figure, date or choice and are ignored: {len(found)} ({said.en}) → kgisheet check {book.source}",
        )


def _shown(side: Side) -> Iterator[Text]:
    count = _astray(side)
    if count:
        name = side.book.source
        yield Text(
            f"{name}: 入力から計算した値と違う値が入っている結果のセルが{count}あります(数式の上書き、再計算していないなど)。"
            f"ここに示した結果は、入力から計算し直したものです → kgisheet check {name}",
            f"{name}: results that differ from what its inputs give (overwritten, not recalculated, …): {count}; "
            f"those given here are recalculated → kgisheet check {name}",
        )


def _astray(side: Side) -> int:
    """Return how many results differ from what the inputs give: stored values, or the formula's value if none is stored."""
    book, subject = side.book, side.subject
    results = subject.results()
    # Where nothing is stored and each formula is its own, what they give is what the template gives.
    unstored = any(where in subject.formulas and _stored(side, where) is None for _, _, where in results)
    present = Present(book) if unstored and any(_is_another(side, where) for _, _, where in results) else None
    count = 0
    for cell, row, where in results:
        found = _stored(side, where)
        if found is None and where in subject.formulas:
            if present is None:
                continue
            found = present.value(where)
        elif found is None and book.is_spare(cell, row):
            continue  # a row that somebody inserted: nothing stands in it
        count += not same_stored(found, subject.expected(cell, row))
    return count


def _stored(side: Side, where: Where) -> Value:
    """Return the value of a cell when it was saved; programs that don't calculate store nothing for a formula."""
    filled = side.book.read.cells.get(where)
    return None if filled is None else held(filled.value)


def _is_another(side: Side, where: Where) -> bool:
    """Return whether the present formula differs from the right one, to the letter."""
    cell, row = side.subject.where[where]
    return not side.book.is_spare(cell, row) and side.subject.formulas.get(where) != side.subject.expected_formula(cell, where)
