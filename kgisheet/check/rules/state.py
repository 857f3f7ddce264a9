"""C01–C06 and S12: whether it is recalculated, how it is calculated, and by which template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ...filled.lost_record import KEY, PUBLISHED
from ...formula.grid import CircleError, Where, held
from ...formula.nodes import ErrorValue
from ...formula.values import NotEvaluatedError, Value
from ...language.text import Text
from ...template import declaration, locate, tables
from ...values.a1 import address, cell_of
from ...values.tolerance import same_typed
from ...values.units import COUNT, CURRENCY, DATE, MONTH
from ...version import __version__
from ...worksheet import provenance
from ...worksheet.shown import same, shown, shown_plain
from ...xlsx.read.reader import as_date
from ..finding import ERROR, LIKELY, NOTE, WARNING, Finding
from ..subject import Subject


def stale(subject: Subject, not_evaluated: dict[Where, str], suspect: set[Where], altered: set[Where]) -> Iterator[Finding]:
    """C01, C02: report cached values that differ from what the formulas give now, or missing ones.

    If all the changed inputs are ``suspect``, their faults are reported already.
    """
    wrong: list[Where] = []
    broken = {subject.where[where][0].name for where in altered if where in subject.where} | set(subject.book.restored)
    broken |= {name.rpartition("!")[2] for name in subject.book.anchors.then if name not in subject.book.names}
    if subject.book.torn is not None:
        broken |= {name for name, cell in subject.template.cells.items() if cell.table in tables.OF_MONTHS}
    cached = False
    ours = {where[0] for where in subject.where} | set(subject.book.anchors.titles.values())
    for where in subject.formulas:
        if where[0] == provenance.SHEET:
            continue
        if subject.book.read.facts.full_calc and where[0] not in ours:
            continue  # a colleague's sheet, whose values wait for the program that opens it next
        found = held(subject.book.read.cells[where].value)
        cached = cached or found is not None
        if where in not_evaluated:
            continue
        try:
            now = subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            continue
        if (
            same(found, now)
            or same(found, now, _among(subject, where))
            or (isinstance(found, ErrorValue) and isinstance(now, ErrorValue))
        ):
            continue  # programs differ in what they call an error
        if broken and (where not in subject.where or broken & subject.sources_of(subject.where[where][0].name)):
            continue  # it hangs on a figure that is wrong anyway
        wrong.append(where)
    if subject.formulas and not cached:
        yield Finding(
            "C02", NOTE,
            Text("計算結果が保存されていません(値を保存しないプログラムで保存されたブックです)。入力から計算し直して検査しました",
                 "No results are stored (it was saved by a program that keeps none); checked by working them out from the inputs"),
            Text("Excelで開いて保存すると、値も保存されます", "open and save it in Excel to store them"),
        )  # fmt: skip
        return
    changed = _changed_inputs(subject) if wrong else []
    if wrong and not (changed and suspect.issuperset(changed)):
        yield _stale(subject, wrong, changed)


def _among(subject: Subject, where: Where) -> Fraction:
    """Return the largest figure that a result of ours depends on."""
    if where not in subject.where:
        return Fraction(0)
    beside = (subject.book.solution.values.get(each) for each in subject.sources_beside(subject.where[where][0].name))
    figures = [each for values in beside for each in (values if isinstance(values, list) else [values])]
    return max((abs(each) for each in figures if isinstance(each, Fraction)), default=Fraction(0))


def _stale(subject: Subject, wrong: list[Where], changed: list[Where]) -> Finding:
    """Return one finding for the whole stale sheet: the changed input, if one is known, and one figure that didn't follow."""
    cells = tuple(cell_of(sheet, row, col) for sheet, row, col in wrong)
    at = _telling(subject, wrong)
    figure, found, right = _figure(subject, at)
    more = Text(f"。ほか{len(wrong) - 1}セルも同様", f"; so with {len(wrong) - 1} more") if len(wrong) > 1 else Text("", "")
    shows = Text(
        f"{figure.ja}の表示は{found.ja}、正しくは{right.ja}{more.ja}",
        f"{figure.en} shows {found.en}, rightly {right.en}{more.en}",
    )
    fix = Text("Excelで Ctrl+Alt+F9 を押して再計算し、保存してください", "press Ctrl+Alt+F9 in Excel, then save it")
    if not changed:
        message = Text(f"再計算されていません({shows.ja})", f"It was not recalculated: {shows.en}")
        sheet, row_at, col = at
        others = tuple(each for each in cells if each != cell_of(*at))
        return Finding("C01", ERROR, message, fix, sheet=sheet, cell=address(row_at, col), affected=others)
    cell, row = subject.where[changed[0]]
    label, what = subject.label(cell, row), _change(subject, changed[0])
    others_too = (
        Text(f"ほか{len(changed) - 1}か所", f" and {_cells(len(changed) - 1, 'input')} more")
        if len(changed) > 1
        else Text("", "")
    )
    message = Text(
        f"{label.ja}{others_too.ja}の変更{what.ja}のあと、再計算されていません({shows.ja})",
        f"{label.en}{others_too.en} was changed{what.en}, but nothing was recalculated: {shows.en}"
        if len(changed) == 1
        else f"{label.en}{others_too.en} were changed, but nothing was recalculated: {shows.en}",
    )
    return subject.finding("C01", ERROR, cell, row, message, fix, affected=cells)


def _change(subject: Subject, where: Where) -> Text:
    """Return an input's change since the workbook was written: (4,000,000円→3,000,000円)."""
    cell, row = subject.where[where]
    then, now = held(subject.book.anchors.left(cell.name, row or 0)), subject.book.value(cell.name, row)
    if not isinstance(then, (Fraction, str)) or type(then) is not type(now) or cell.unit in (DATE, MONTH):
        return Text("", "")
    before, after = shown(then, cell), shown(held(now), cell)
    return Text(f"({before.ja}→{after.ja})", f" from {before.en} to {after.en}")


def _telling(subject: Subject, wrong: list[Where]) -> Where:
    """Return the most telling figure: a count or an amount of the page, of those that didn't follow."""
    named = [(subject.where[where][0], where) for where in wrong if where in subject.where]
    counts = [where for cell, where in named if cell.rounded]
    figures = [where for cell, where in named if cell.unit in (COUNT, CURRENCY)]
    return next(iter(counts or figures or [where for _, where in named] or wrong))


def _figure(subject: Subject, where: Where) -> tuple[Text, Text, Text]:
    """Return a cell's name, its value, and the right one."""
    found, right = held(subject.book.read.cells[where].value), subject.recalculated.value(where)
    if where not in subject.where:
        return Text(address(*where[1:]), address(*where[1:])), shown_plain(found), shown_plain(right)
    cell, row = subject.where[where]
    return subject.label(cell, row), shown(found, cell), shown(right, cell)


def _cells(number: int, noun: str = "cell") -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _changed_inputs(subject: Subject) -> list[Where]:
    """Return the inputs that changed since the workbook was last written and recalculated."""
    found: list[Where] = []
    for cell, row, where in subject.inputs():
        now = subject.book.read.cells.get(where)
        then = subject.book.anchors.left(cell.name, row or 0)
        value = now.value if now is not None else None
        date = as_date(value)
        if date is not None:
            value = date.isoformat()
        if value != then and not _same_typed(held(value), held(then)):
            found.append(where)
    return found


def _same_typed(now: Value, then: Value) -> bool:
    if isinstance(now, Fraction) and isinstance(then, Fraction):
        return same_typed(now, then)
    return same(now, then)


def calculation(subject: Subject) -> Iterator[Finding]:
    """C03–C06: report settings under which the same formulas give other numbers."""
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


def template(subject: Subject) -> Iterator[Finding]:
    """S12: report an unknown template, another version, or one that differs from the published one."""
    book = subject.book
    if book.values_only:
        yield _values_only(subject)
        return
    if KEY in book.read.carried:
        yield _without_record(book.read.carried[KEY] == PUBLISHED)
        return
    if book.by_record and not book.carries_template:
        yield _older(book.read.carried)
        return
    if not book.carries_template and book.read.carried.get("sources"):
        yield Finding(
            "S12", WARNING,
            Text("ブックの中のテンプレートが書き換えられ、読めなくなっています。名前から種類を判断して検査しました",
                 "The template that it carries was altered and can't be read; its kind was told from its names"),
            Text("誰が変えたのかを確かめ、必要なら kgisheet new で作り直してください", "find out who changed it; kgisheet new makes a sound one"), LIKELY,
        )  # fmt: skip
        return
    if not book.carries_template:
        yield Finding(
            "S12", NOTE,
            Text("ブックの中にテンプレートが見つからないため、名前から種類を判断して検査しました", "It carries no template; its kind was told from its names"),
            Text("元のブックを kgisheet new で作り直すと、より確かに検査できます", "a workbook newly created by kgisheet new can be checked more reliably"), LIKELY,
        )  # fmt: skip
        return
    said, version = book.read.carried.get("digest"), str(book.read.carried.get("version"))
    if book.given is not None:
        if book.given.digest != said:
            yield Finding(
                "S12", NOTE,
                Text(f"指定されたテンプレート {book.template.name} で検査しました(ブックの中のものとは違います)",
                     f"Checked by the template given, {book.template.name}; the workbook carries another"),
                Text("対応は不要です", "nothing to do"),
            )  # fmt: skip
        return
    actual = declaration.digest([source.text for source in book.declaration.sources])
    published = locate.published(version).get(book.template.name)
    if actual != said or (published is not None and published != said):
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


def _without_record(is_published: bool) -> Finding:
    """S12: report a workbook whose record had to be reconstructed."""
    by = Text(
        "同じ版のテンプレートに照らして、数式・入力・合計を検査しました",
        "Formulas, inputs and totals were checked against the same template",
    )
    if not is_published:
        by = Text(
            "名前や見出しから最も近いテンプレートを選んで検査しました。別の版や独自のテンプレートで作られたブックなら、数式の指摘はその違いかもしれません",
            "It was checked against the template that is most like it: findings about formulas may only show that it was made by another version, or from a template of one's own",
        )
    return Finding(
        "S12", WARNING,
        Text(f"作成時の記録(非表示シート {provenance.SHEET})がないか、読めません。{by.ja}。元の値との比較(並べ替えの崩れなど)はできていません",
             f"The provenance record (the hidden sheet {provenance.SHEET}) is gone or can't be read. {by.en}. What was there before is not known, so columns sorted apart, for one, were not looked for"),
        Text("記録のある元のブックを受け取り直すか、kgisheet extract で計画を取り出して kgisheet new で作り直してください",
             "ask for the workbook as it was, or extract its plan (kgisheet extract) and create it again (kgisheet new)"),
    )  # fmt: skip


def _values_only(subject: Subject) -> Finding:
    """S12: report an export as values, and what its figures were compared with."""
    name, figures = subject.template.name, len(subject.results())
    of_another = subject.book.read.carried[KEY] != PUBLISHED
    by = Text("に最も近いもの", f"the template most like it, {name},") if of_another else Text("", f"the template {name}")
    return Finding(
        "S12", NOTE,
        Text(f"値だけのブックです(数式・名前・作成時の記録がありません)。テンプレート {name}{by.ja} として読み、{figures}個の数値や文を、入力から計算した値と照らし合わせました",
             f"It holds values only: formulas, names and the provenance record are gone. It was read by {by.en} and its {figures:,} results compared with what the inputs give"),
        Text("入力を変えても数は変わりません。数式のある元のブックを使ってください", "no figure follows a change here: use the workbook with the formulas"), LIKELY,
    )  # fmt: skip


def _older(carries: Mapping[str, Any]) -> Finding:
    """S12: report a workbook whose template this version can't read, though nobody altered it."""
    version, name = str(carries.get("version")), str(carries.get("template"))
    is_published = locate.published(version).get(name) == carries.get("digest")
    return Finding(
        "S12", NOTE if is_published else WARNING,
        Text(f"ブックの中のテンプレート {name} は、この版({__version__})では読めない古いものです。数式は作成時の記録と、数値は今の {name} と比べて検査しました",
             f"The template {name} that it carries is an older one, which this version ({__version__}) can't read: formulas were compared with the record of what was written, figures with today's {name}"),
        Text("kgisheet extract で計画を取り出し、kgisheet new で作り直すと、今の版でそのまま検査できます",
             "extract its plan (kgisheet extract) and create it again (kgisheet new) to have it checked by this version's template"), LIKELY,
    )  # fmt: skip
