"""C01–C06 and S01–S12: is it recalculated, how is it calculated, and is all of it still there?"""

from __future__ import annotations

from collections.abc import Iterator

from .. import carried
from ..book.reader import as_date
from ..errors import Text
from ..formula.evaluate import NotEvaluatedError
from ..formula.grid import CircleError, Where, held
from ..sheets.model import address
from ..template import declaration, locate
from ..version import __version__
from .finding import ERROR, LIKELY, NOTE, WARNING, Finding
from .subject import Subject, is_blank, same


def stale(subject: Subject, not_evaluated: dict[Where, str]) -> Iterator[Finding]:
    """C01, C02: cached values that are not what the formulas give now, or none at all."""
    wrong: list[Where] = []
    cached = False
    for where in subject.formulas:
        if where[0] == carried.SHEET:
            continue
        found = held(subject.book.read.cells[where].value)
        cached = cached or found is not None
        if where in not_evaluated:
            continue
        try:
            now = subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            continue
        if not same(found, now):
            wrong.append(where)
    if subject.formulas and not cached:
        yield Finding(
            "C02", NOTE,
            Text("計算結果が保存されていません(値を保存しないプログラムで保存されたブックです)。入力から計算し直して検査しました",
                 "No results are stored (it was saved by a program that keeps none); checked by working them out from the inputs"),
            Text("Excelで開いて保存すると、値も保存されます", "open and save it in Excel to store them"),
        )  # fmt: skip
        return
    if wrong:
        yield _stale(subject, wrong)


def _stale(subject: Subject, wrong: list[Where]) -> Finding:
    """One finding for the whole stale sheet: at the input that was changed, where one is known."""
    cells = tuple(f"{sheet}!{address(row, col)}" for sheet, row, col in wrong)
    message = Text(
        f"入力変更後に再計算されていません({len(wrong)}セル)", f"It was not recalculated after a change ({len(wrong)} cells)"
    )
    fix = Text("Excelで Ctrl+Alt+F9 を押して再計算し、保存してください", "press Ctrl+Alt+F9 in Excel, then save it")
    changed = _changed_inputs(subject)
    if len(changed) == 1:
        cell, row = subject.where[changed[0]]
        return subject.finding("C01", ERROR, cell, row, message, fix, affected=cells)
    sheet, row_at, col = wrong[0]
    return Finding("C01", ERROR, message, fix, sheet=sheet, cell=address(row_at, col), affected=cells)


def _changed_inputs(subject: Subject) -> list[Where]:
    """Inputs that hold something else than what was generated."""
    generated = subject.book.read.carried.get("generated", {})
    found: list[Where] = []
    for _, _, where in subject.inputs():
        sheet, row, col = where
        now = subject.book.read.cells.get(where)
        then = generated.get(sheet, {}).get(address(row, col)) if isinstance(generated, dict) else None
        value = now.value if now is not None else None
        date = as_date(value)
        if date is not None:
            value = date.isoformat()
        if value != then and not same(held(value), held(then)):
            found.append(where)
    return found


def calculation(subject: Subject) -> Iterator[Finding]:
    """C03–C06: settings that make other numbers of the same formulas."""
    facts = subject.book.read.facts
    dated = any(subject.book.inputs.get(name) is not None for name in ("entry_date", "start_month"))
    for holds, (code, message, fix) in zip(
        (facts.manual, facts.iterative, facts.as_displayed, facts.from_1904 and dated), _SETTINGS, strict=True
    ):
        if holds:
            yield Finding(code, WARNING, message, fix)


_SETTINGS = (
    (
        "C03",
        Text(
            "計算方法が「手動」です。入力を変えても数が変わりません",
            "Calculation is set to manual: figures do not follow a change",
        ),
        Text("数式タブの「計算方法の設定」を「自動」にしてください", "set it to automatic (Formulas, Calculation Options)"),
    ),
    (
        "C04",
        Text("反復計算が有効です。循環参照があっても知らされません", "Iterative calculation is on: circles would go unnoticed"),
        Text("オプションの「反復計算を行う」を外してください", "switch it off in the options"),
    ),
    (
        "C05",
        Text(
            "「表示桁数で計算する」が有効です。見えない小数が失われます",
            "“Precision as displayed” is on: hidden decimals are lost",
        ),
        Text("オプションの詳細設定で外してください", "switch it off in the advanced options"),
    ),
    (
        "C06",
        Text(
            "日付が1904年から数える方式です。ほかのブックと4年ずれます",
            "Dates count from 1904: they are four years off other workbooks",
        ),
        Text(
            "オプションの「1904年から計算する」を外し、日付を確かめてください",
            "switch it off in the options and check the dates",
        ),
    ),
)


def structure(subject: Subject) -> Iterator[Finding]:
    """S01–S08, S11: rows moved, sheets renamed, hidden or missing, protection and validation gone."""
    book = subject.book
    yield from _moved(subject)
    used = {where[0] for where in subject.where}
    for sheet in book.read.sheets:
        if sheet.title not in used:
            continue
        if sheet.hidden:
            yield Finding(
                "S05", WARNING,
                Text(f"シート「{sheet.title}」が非表示ですが、計算に使われています", f"The sheet “{sheet.title}” is hidden, yet it counts"),
                Text("再表示してください", "show it again"), sheet=sheet.title,
            )  # fmt: skip
        yield from _hidden_cells(subject, sheet.title, sheet.hidden_rows, sheet.hidden_cols)
        yield from _merges(subject, sheet.title, sheet.merged)
        if not sheet.protected:
            yield Finding(
                "S07", NOTE,
                Text(f"シート「{sheet.title}」の保護が外れています", f"The protection of “{sheet.title}” is off"),
                Text("校閲タブの「シートの保護」で戻せます(パスワードは不要です)", "Review, Protect Sheet puts it back (no password)"), sheet=sheet.title,
            )  # fmt: skip
        inputs = [where for _, _, where in subject.inputs() if where[0] == sheet.title]
        if inputs and not any(_inside(where, area) for where in inputs for area in sheet.validated):
            yield Finding(
                "S08", NOTE,
                Text(f"シート「{sheet.title}」の入力規則がなくなっています", f"The data validation of “{sheet.title}” is gone"),
                Text("ありえない値も入力できる状態です", "impossible values can be typed in"), sheet=sheet.title,
            )  # fmt: skip
    yield from _copies(subject, used)
    # LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/…: the first word says enough.
    program = book.read.facts.program.partition("$")[0].replace("/", " ")
    if program and program != "Microsoft Excel":
        yield Finding(
            "S11", NOTE,
            Text(f"{program} で保存されたブックです", f"It was saved by {program}"), Text("対応は不要です", "nothing to do"),
        )  # fmt: skip


_ALIKE = 20  # texts at the same place: two sheets that share so many are one and its copy


def _copies(subject: Subject, used: set[str]) -> Iterator[Finding]:
    """S03: a second sheet like ours, and nobody can tell which one is kept up."""
    texts = {where: value for where, value in subject.constants.items() if isinstance(value, str)}
    for title in sorted({sheet for sheet, _, _ in texts} - used):
        original = next(
            (
                sheet
                for sheet in sorted(used)
                if sum(texts.get((sheet, row, col)) == value for (at, row, col), value in texts.items() if at == title)
                >= _ALIKE
            ),
            None,
        )
        if original is not None:
            yield Finding(
                "S03",
                WARNING,
                Text(
                    f"シート「{title}」は「{original}」の写しのようです。どちらが正ですか",
                    f"The sheet “{title}” looks like a copy of “{original}”: which one counts?",
                ),
                Text(
                    f"検査したのは「{original}」です。使わない方を削除してください",
                    f"“{original}” was checked; delete the one that isn't used",
                ),
                LIKELY,
                sheet=title,
            )


def _inside(where: Where, area: tuple[int, int, int, int]) -> bool:
    _, row, col = where
    return area[0] <= row <= area[2] and area[1] <= col <= area[3]


def _moved(subject: Subject) -> Iterator[Finding]:
    then = subject.book.read.carried.get("names", {})
    moved, renamed = [], {}
    titles = {sheet.title for sheet in subject.book.read.sheets}
    for name, place in subject.book.read.names.items():
        old = then.get(name) if isinstance(then, dict) else None
        if not isinstance(old, list) or len(old) != 3:
            continue
        if old[1] != address(place.row, place.col) or old[2] != place.rows:
            moved.append(name)
        if old[0] != place.sheet and place.sheet in titles:
            renamed[old[0]] = place.sheet
    if moved:
        yield Finding(
            "S01", NOTE,
            Text(f"行または列が挿入・削除されています(名前の付いたセル{len(moved)}個が移動)。名前で追って検査しました",
                 f"Rows or columns were inserted or deleted ({len(moved)} named cells moved); they were followed by name"),
            Text("対応は不要です", "nothing to do"),
        )  # fmt: skip
    for old_title, title in renamed.items():
        yield Finding(
            "S02", NOTE,
            Text(f"シート「{old_title}」の名前が「{title}」に変わっています", f"The sheet “{old_title}” is now called “{title}”"),
            Text("対応は不要です", "nothing to do"), sheet=title,
        )  # fmt: skip
    for title in {str(each[0]) for each in then.values()} if isinstance(then, dict) else ():
        if title not in titles and title not in renamed:
            yield Finding(
                "S04", ERROR,
                Text(f"シート「{title}」がありません", f"The sheet “{title}” is missing"),
                Text("元のブックからシートを戻してください", "bring it back from the original workbook"), sheet=title,
            )  # fmt: skip
    gone = [name for name in then if name not in subject.book.read.names] if isinstance(then, dict) else []
    for name in gone:
        cell = subject.template.cells.get(name)
        label = cell.full_label if cell is not None else Text(name, name)
        yield Finding(
            "F10", ERROR,
            Text(f"名前 {name}({label.ja})がなくなったか、壊れています", f"The name {name} ({label.en}) is gone or broken"),
            Text(f"数式タブの「名前の管理」で {name} を {label.ja} のセルに付け直してください",
                 f"give the name {name} back to its cell (Formulas, Name Manager)"), name=name, label=label.to(subject.book.lang),
        )  # fmt: skip


def _hidden_cells(subject: Subject, title: str, rows: frozenset[int], cols: frozenset[int]) -> Iterator[Finding]:
    hidden = [where for where in subject.where if where[0] == title and (where[1] in rows or where[2] in cols)]
    counting = [where for where in hidden if not is_blank(held(_value(subject, where)))]
    if counting:
        sheet, row, col = counting[0]
        yield Finding(
            "S05", WARNING,
            Text(f"非表示の行または列に、計算に使われるセルが{len(counting)}個あります", f"{len(counting)} cells that count are in hidden rows or columns"),
            Text("再表示して中身を確かめてください", "show them and look at what they hold"), LIKELY,
            sheet=sheet, cell=address(row, col), affected=tuple(f"{s}!{address(r, c)}" for s, r, c in counting[1:]),
        )  # fmt: skip


def _value(subject: Subject, where: Where) -> object:
    found = subject.book.read.cells.get(where)
    return None if found is None else found.value


def _merges(subject: Subject, title: str, merged: tuple[tuple[int, int, int, int], ...]) -> Iterator[Finding]:
    for cell, row, where in subject.inputs():
        for area in merged:
            if where[0] == title and _inside(where, area) and (where[1], where[2]) != (area[0], area[1]):
                label = subject.label(cell, row)
                yield subject.finding(
                    "S06", ERROR, cell, row,
                    Text(f"{label.ja}の入力欄が、結合されたセルに飲み込まれています", f"The cell of {label.en} is swallowed by a merge"),
                    Text("セルの結合を解除してください", "unmerge the cells"),
                )  # fmt: skip


def template(subject: Subject) -> Iterator[Finding]:
    """S12: not a template of ours, another version, or one that differs from the published one."""
    book = subject.book
    if not book.carries_template:
        yield Finding(
            "S12", NOTE,
            Text("ブックの中にテンプレートが見つからないため、名前から種類を判断して検査しました", "It carries no template; its kind was told from its names"),
            Text("元のブックを kgisheet new で作り直すと、より確かに検査できます", "a workbook made anew by kgisheet new can be checked more surely"), LIKELY,
        )  # fmt: skip
        return
    said, version = book.read.carried.get("digest"), book.read.carried.get("version")
    texts = [source.text for source in book.declaration.sources]
    published = declaration.open_shipped(book.template.name).digest if book.template.name in locate.shipped() else None
    if declaration.digest(texts) != said or (version == __version__ and published is not None and published != said):
        yield Finding(
            "S12", WARNING,
            Text(f"ブックの中のテンプレート {book.template.name} が、公開されているもの(版 {version})と違います",
                 f"The template {book.template.name} that it carries is not the published one of version {version}"),
            Text("誰が変えたのかを確かめ、必要なら kgisheet new で作り直してください", "find out who changed it; kgisheet new makes a sound one"),
        )  # fmt: skip
    elif version != __version__:
        yield Finding(
            "S12", NOTE,
            Text(f"版 {version} で作られたブックです(今は {__version__})。ブックの中のテンプレートで検査しました",
                 f"It was made by version {version} (this is {__version__}); checked by the template it carries"),
            Text("対応は不要です", "nothing to do"),
        )  # fmt: skip
