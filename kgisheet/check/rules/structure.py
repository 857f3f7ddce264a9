"""S01–S08, S11, F10: whether everything is still there, and in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...filled.breaks import Break
from ...filled.relocation import Anchors
from ...formula.grid import Where, held
from ...language.text import Text
from ...template.tables import CHANNEL
from ...values.a1 import Place, address, cell_of, column
from ...values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ...worksheet.shown import is_blank
from ...xlsx.read.formats import GENERAL
from ...xlsx.read.sheetpart import Bounds, inside
from ..finding import ERROR, LIKELY, NOTE, WARNING, Finding
from ..subject import Subject
from .shadowed import cells_of


def surroundings(subject: Subject) -> Iterator[Finding]:
    """S05–S08: report what is hidden, merged, unprotected; missing validation and formats."""
    book = subject.book
    used = {where[0] for where in subject.where}
    for sheet in book.read.sheets:
        if sheet.title not in used:
            continue
        if sheet.hidden and _counts(subject, sheet.title):
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
        areas = [area for rule in sheet.rules for area in rule.areas]
        if inputs and not any(inside(area, *where[1:]) for where in inputs for area in areas):
            yield Finding(
                "S08", NOTE,
                Text(f"シート「{sheet.title}」の入力規則がなくなっています", f"The data validation of “{sheet.title}” is gone"),
                Text("ありえない値も入力できる状態です", "impossible values can be typed in"), sheet=sheet.title,
            )  # fmt: skip
    yield from _formats(subject)


def _counts(subject: Subject, title: str) -> bool:
    """Return whether a sheet has results, or figures that results depend on; a journey's texts are neither."""
    here = {cell.name for (sheet, _, _), (cell, _) in subject.where.items() if sheet == title}
    return any(
        (where[0] == title and cell.unit in (COUNT, CURRENCY, RATE)) or here & subject.sources_beside(cell.name)
        for cell, _, where in subject.results()
    )


def program(subject: Subject) -> Iterator[Finding]:
    """S11: report the program that saved it."""
    # LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/…: the first word says enough.
    name = subject.book.read.facts.program.partition("$")[0].replace("/", " ")
    if name and name != "Microsoft Excel":
        yield Finding(
            "S11", NOTE,
            Text(f"{name} で保存されたブックです", f"It was saved by {name}"), Text("対応は不要です", "nothing to do"),
        )  # fmt: skip


_ALIKE = 20  # texts at the same place: two sheets that share so many are one and its copy
_FEW_ALIKE, _MOST = 8, 0.8  # or so many, where they are nearly all texts that the sheet has
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def copies(subject: Subject) -> Iterator[Finding]:
    """S03: report a second sheet like ours: it isn't clear which one is maintained."""
    used = {where[0] for where in subject.where}
    # The tabs of a year that is closed are like those of the next one, and are meant to be.
    closed = subject.book.read.carried.get("closed")
    kept = set(closed) if isinstance(closed, list) else set()
    texts = {where: value for where, value in subject.constants.items() if isinstance(value, str)}
    for title in sorted({sheet for sheet, _, _ in texts} - used - kept):
        original = next((sheet for sheet in sorted(used) if _is_copy(texts, title, sheet)), None)
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


def _is_copy(texts: Mapping[Where, str], title: str, original: str) -> bool:
    alike = sum(texts.get((original, row, col)) == value for (at, row, col), value in texts.items() if at == title)
    whole = sum(at == original for at, _, _ in texts)
    return alike >= _ALIKE or (alike >= _FEW_ALIKE and alike >= whole * _MOST)


def _formats(subject: Subject) -> Iterator[Finding]:
    """S08: report amounts, rates and dates that no longer look like any."""
    lost = [
        where
        for cell, _, where in (*subject.inputs(), *subject.results())
        if cell.unit in (CURRENCY, RATE, DATE, MONTH)
        and (stored := subject.book.read.cells.get(where)) is not None
        and stored.format == GENERAL
        and isinstance(stored.value, (int, float))
    ]
    if lost:
        sheet, row, col = lost[0]
        yield Finding(
            "S08", NOTE,
            Text(f"{len(lost)}個のセルで表示形式(円・%・日付)がなくなっています", f"{len(lost)} {'cell has lost its' if len(lost) == 1 else 'cells have lost their'} number format (yen, %, date)"),
            Text("値は変わっていません。桁や%を読み違えないよう、表示形式を付け直してください", "the values are the same; give them a format again, so that nobody misreads them"),
            sheet=sheet, cell=address(row, col), affected=tuple(cell_of(s, r, c) for s, r, c in lost[1:]),
        )  # fmt: skip


def moved(subject: Subject) -> Iterator[Finding]:
    anchors = subject.book.anchors
    renamed = {old: title for old, title in anchors.titles.items() if old != title}
    elsewhere = [
        name
        for name, place in subject.book.read.names.items()
        # The sheet may have been renamed; what has moved is in another row or column.
        if name in anchors.then and name not in subject.book.restored and place[1:] != anchors.then[name][1:]
    ]
    if elsewhere and not subject.book.values_only:
        yield Finding(
            "S01", NOTE,
            Text(f"行または列が挿入・削除されています(名前の付いたセル{len(elsewhere)}個が移動)。名前で追って検査しました",
                 f"Rows or columns were inserted or deleted ({len(elsewhere)} named cells moved); they were followed by name"),
            Text("対応は不要です", "nothing to do"),
        )  # fmt: skip
    exchanged = {old: title for old, title in renamed.items() if title in anchors.titles}
    if exchanged:
        pairs = (
            [f"「{title}」の中身は{old}" for old, title in exchanged.items()],
            [f"“{title}” holds {old}" for old, title in exchanged.items()],
        )
        first, *others = exchanged.values()
        yield Finding(
            "S09", WARNING,
            Text(f"月のタブの名前が入れ替わっています({'、'.join(pairs[0])})", f"Months' tabs have one another's names ({', '.join(pairs[1])})"),
            Text("シート名を元に戻してください。数値はタブの中の月で検査しました", "rename the tabs back; they were checked by the months that they hold"),
            sheet=first, affected=tuple(others),
        )  # fmt: skip
    for old_title, title in renamed.items() if not exchanged else ():
        named = _MONTH.fullmatch(title) if old_title in anchors.tabs else None
        if named is not None and f"{named[1]}-{int(named[2]):02}" != old_title:
            yield Finding(
                "S09", WARNING,
                Text(f"タブ「{title}」の中身は{old_title}です", f"The tab “{title}” holds {old_title}"),
                Text(f"シート名を「{old_title}」に戻してください。数値はタブの中の月で検査しました",
                     f"rename it to “{old_title}” again; it was checked by the month that it holds"),
                sheet=title,
            )  # fmt: skip
            continue
        yield Finding(
            "S02", NOTE,
            Text(f"シート「{old_title}」の名前が「{title}」に変わっています", f"The sheet “{old_title}” is now called “{title}”"),
            Text("対応は不要です", "nothing to do"), sheet=title,
        )  # fmt: skip
    yield from sheets_gone(anchors)
    yield from _torn(subject)
    yield from _parted(subject)
    yield from _names(subject)


def _torn(subject: Subject) -> Iterator[Finding]:
    """S01: report a line inserted or deleted among the months, so that months can't be identified."""
    torn = subject.book.torn
    if torn is None:
        return
    name = torn.name.rpartition("!")[2]
    said, line = subject.book.said(torn), Text("列", "columns") if torn.axis else Text("行", "rows")
    yield Finding(
        "S01", ERROR,
        Text(f"{said.ja}。月の数式は{line.ja}の順番で数えるため、月がずれます。月のシートは検査できません",
             f"{said.en[0].upper()}{said.en[1:]}. The months are counted by their {line.en}, so they no longer match, and can't be checked"),
        _undo(torn, Text("。メモは表の外に書けます", "; there is room for notes outside the table")),
        sheet=torn.place.sheet, cell=address(*torn.cell), name=name, label=subject.named(name).to(subject.book.lang),
    )  # fmt: skip


def _undo(broken: Break, more: Text) -> Text:
    line = Text("列", "column") if broken.axis else Text("行", "row")
    if broken.gone:
        return Text(f"元のブックから{line.ja}を戻してください{more.ja}", f"bring the {line.en} back from the original{more.en}")
    return Text(f"挿入した{line.ja}を削除してください{more.ja}", f"delete the {line.en} again{more.en}")


def _parted(subject: Subject) -> Iterator[Finding]:
    """S01, once per line: report one inserted or deleted in a counted table of another sheet than the page."""
    seen: set[tuple[str, int, int]] = set()
    for name, broken in sorted(subject.book.parted.items(), key=lambda each: each[1].place):
        place = broken.place
        line = (place.sheet, broken.axis, broken.cell[broken.axis])
        if line in seen:
            continue
        seen.add(line)
        said, is_channels = subject.book.said(broken), subject.template.cells[name].table == CHANNEL
        by = (
            Text("目標設定のチャネルを", "the page's channels by")
            if is_channels
            else Text("ランクと段階を", "its ranks and stages by")
        )
        more = Text("。チャネルは目標設定の予備の行で追加できます", "; a channel is added in a spare row of the page")
        yield Finding(
            "S01", ERROR,
            Text(f"{said.ja}。この表は{by.ja}順番で読むため、ずれています。この表は検査できません",
                 f"{said.en[0].upper()}{said.en[1:]}. The table reads {by.en} their order, so they no longer match, and it can't be checked"),
            _undo(broken, more if is_channels else Text("", "")),
            sheet=place.sheet, cell=address(*broken.cell), name=name, label=subject.named(name).to(subject.book.lang),
        )  # fmt: skip


def sheets_gone(anchors: Anchors) -> tuple[Finding, ...]:
    """S04: report written sheets that are no longer there, under any name; the months' tabs together."""
    gone = [title for title in anchors.generated if title not in anchors.titles]
    tabs = [title for title in gone if title in anchors.tabs]
    groups = [*([title] for title in gone if title not in tabs), *([tabs] if tabs else [])]
    return tuple(
        Finding(
            "S04", ERROR,
            Text(f"シート「{'」「'.join(titles)}」がありません",
                 f"The sheet{'s' if len(titles) > 1 else ''} “{'”, “'.join(titles)}” {'are' if len(titles) > 1 else 'is'} missing"),
            Text("元のブックからシートを戻すか、kgisheet monthly で月のタブを作り直してください",
                 "bring it back from the original workbook, or have kgisheet monthly make the months' tabs again") if titles is tabs
            else Text("元のブックからシートを戻してください", "bring it back from the original workbook"),
            sheet=titles[0],
        )
        for titles in groups
    )  # fmt: skip


_FEW = 3  # lost names that are said one by one; more have one cause


def _names(subject: Subject) -> Iterator[Finding]:
    """Report F10, and S01 if a deleted row or column took cells of ours along."""
    book = subject.book
    then, gone = book.anchors.then, book.cells_gone
    if gone:
        said = book.cells_gone_said()
        yield Finding(
            "S01", ERROR, Text(said.ja, f"{said.en[0].upper()}{said.en[1:]}"),
            Text("元のブックから行を戻すか、kgisheet new で作り直してください", "bring the rows back from the original, or create the workbook again"),
            sheet=then[gone[0]].sheet, name=gone[0], affected=gone[1:],
        )  # fmt: skip
    lost = list(book.restored)
    for name in lost[:1] if len(lost) > _FEW else lost:
        place, label = book.restored[name], subject.named(name)
        now = book.anchors.named.get(name)
        also = Text(f"など{len(lost)}個の名前", f" and {len(lost) - 1} more names") if len(lost) > _FEW else Text("", "")
        tab, _, own = name.rpartition("!")
        what = Text("がなくなったか、壊れています", "gone or broken")
        if now is not None:
            what = Text(
                f"が別のセル({cells_of(now, place.sheet)})を指しています", f"pointing elsewhere ({cells_of(now, place.sheet)})"
            )
        elif _RELATIVE.search(text := book.read.loose.get((tab and place.sheet, own.lower()), "")):
            what = Text(f"が $ のない参照({text})になっていて、使うセルごとに別のセルを指します",
                        f"a reference without $ ({text}), so each cell that uses it reads another one")  # fmt: skip
        fix = Text(
            f"数式タブの「名前の管理」で {own} を {_dollars(place)}({label.ja})に付け直してください",
            f"point {own} to {_dollars(place)} again (Formulas, Name Manager)",
        )
        if len(lost) > _FEW:
            fix = Text(
                "元のブックを受け取り直すか、kgisheet extract で計画を取り出し、kgisheet new で作り直してください",
                "ask for the original workbook, or extract its plan (kgisheet extract) and create it again (kgisheet new)",
            )
        yield Finding(
            "F10", ERROR,
            Text(f"名前 {name}({label.ja}){also.ja}{what.ja}",
                 f"The name {name} ({label.en}){also.en} {'are' if also.en else 'is'} {what.en}"),
            fix,
            sheet=place.sheet, cell=address(place.row, place.col), name=name, label=label.to(book.lang),
            affected=tuple(_at(book.restored[each]) for each in lost[1:]) if len(lost) > _FEW else (),
        )  # fmt: skip


_RELATIVE = re.compile(r"![$]?[A-Z]{1,3}[$]?\d+(:[$]?[A-Z]{1,3}[$]?\d+)?$")


def _dollars(place: Place) -> str:
    """Return a reference as the Name Manager wants it: $D$21:$D$28."""
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cells_of(place, place.sheet))


def _at(place: Place) -> str:
    return cell_of(*place[:3])


def _hidden_cells(subject: Subject, title: str, rows: frozenset[int], cols: frozenset[int]) -> Iterator[Finding]:
    hidden = [where for where in subject.where if where[0] == title and (where[1] in rows or where[2] in cols)]
    if not hidden:
        return
    named = {name for name in {cell.name for cell, _, _ in subject.results()} for name in subject.sources_beside(name)}
    counting = [where for where in hidden if not is_blank(held(_value(subject, where))) and _is_figured(subject, where, named)]
    if counting:
        sheet, row, col = counting[0]
        lines = sorted({at for _, at, _ in counting if at in rows}), sorted({at for _, _, at in counting if at in cols})
        rows_said, cols_said = [str(at + 1) for at in lines[0]][:8], [column(at) for at in lines[1]][:8]
        ja = "・".join(
            [*([f"{'、'.join(rows_said)}行目"] if rows_said else []), *([f"{'、'.join(cols_said)}列"] if cols_said else [])]
        )
        en = " and ".join(
            f"{kind}{'' if len(each) == 1 else 's'} {', '.join(each)}"
            for kind, each in (("row", rows_said), ("column", cols_said))
            if each
        )
        where = Text(ja, en)
        yield Finding(
            "S05", WARNING,
            Text(f"非表示の{where.ja}に、計算に使われるセルが{len(counting)}個あります",
                 f"{len(counting)} cell{'' if len(counting) == 1 else 's'} that count{'s' if len(counting) == 1 else ''} {'is' if len(counting) == 1 else 'are'} in hidden {where.en}"),
            Text("再表示して中身を確かめてください", "show them and look at what they hold"), LIKELY,
            sheet=sheet, cell=address(row, col), affected=tuple(cell_of(s, r, c) for s, r, c in counting[1:]),
        )  # fmt: skip


def _is_figured(subject: Subject, where: Where, named: set[str]) -> bool:
    """Return whether a cell is a result, or an input that one depends on."""
    cell, _ = subject.where[where]
    return cell.formula is not None or cell.name in named


def _value(subject: Subject, where: Where) -> object:
    found = subject.book.read.cells.get(where)
    return None if found is None else found.value


def _merges(subject: Subject, title: str, merged: tuple[Bounds, ...]) -> Iterator[Finding]:
    """S06, once per merge: report all the inputs that it took."""
    left = [each for each in subject.inputs() if each[2][0] == title]
    for area in merged:
        taken = [each for each in left if inside(area, *each[2][1:]) and each[2][1:] != area[:2]]
        if not taken:
            continue
        left = [each for each in left if each not in taken]
        cell, row, _ = taken[0]
        label = subject.label(cell, row)
        yield subject.finding(
            "S06", ERROR, cell, row,
            Text(f"{label.ja}の入力欄が、結合されたセルに飲み込まれています", f"The cell of {label.en} is swallowed by a merge"),
            Text("セルの結合を解除してください", "unmerge the cells"),
            affected=tuple(cell_of(sheet, r, c) for _, _, (sheet, r, c) in taken[1:]),
        )  # fmt: skip
