"""The request: a workbook that can be regenerated, and a plan for its worksheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import BookError, PlanError, Problem
from ..filled.shifted import FIX, shifted
from ..filled.workbook import FilledBook
from ..language.catalogue import Phrase
from ..language.text import Text, Wording
from ..plan import settings as plan_settings
from ..plan.load import Plan, PlanText, load
from ..values.toml import read as read_toml

_LAST_YEAR = 2199
"""The last year that a plan may name."""


def refuse(book: FilledBook) -> None:
    """Refuse a workbook without months, or without the record of what was written: it can't be compared."""
    what: Text | None = None
    if not book.anchors.generated or not book.carries_template:
        what = Text(
            "前回の生成内容の記録(非表示シート _kgisheet)がないか、壊れています",
            "the record of what was generated (the hidden sheet _kgisheet) is missing or damaged",
        )
    elif book.roles.month_start not in book.anchors.then:
        what = Text("月次予実のシートがありません", "it has no monthly sheets")
    if what is None:
        _refuse_broken(book)
    else:
        fix = Text(
            "kgisheet extract で計画を取り出し、kgisheet new で作り直してください(調整値や実績も移ります。移せないものは一覧で示されます)",
            "extract its plan (kgisheet extract) and create it again (kgisheet new): overrides and actuals come along, and what can't is listed",
        )
        raise BookError(Problem("not-regenerable", what, fix, book.source))


def _refuse_broken(book: FilledBook) -> None:
    """Refuse if a sheet that all months depend on is gone, or a row among the months was inserted or deleted: cells can't be identified."""
    anchors = book.anchors
    gone = [title for title in anchors.generated if title not in anchors.titles and title not in anchors.tabs]
    what: Wording | None = None
    fix: Wording | None = None
    if gone:
        names_ja, names_en = "、".join(f"「{title}」" for title in gone), ", ".join(f"“{title}”" for title in gone)
        what = Text(f"シート{names_ja}が削除されています", f"these sheets were deleted: {names_en}")
        fix = Text(
            "削除前のブックに戻してから、もう一度実行してください",
            "restore the workbook from before the deletion, and run this again",
        )
    elif book.broken.torn is not None or book.broken.parted:
        raise _torn(book)
    elif book.broken.channels_gone is not None:
        what, fix = (
            book.broken.said(book.broken.channels_gone),
            Phrase("S01.channels_gone.fix", axis=book.broken.channels_gone.axis),
        )
    elif (among := shifted(book)) is not None:
        what, fix = among.said, FIX
    elif book.broken.cells_gone:
        what = book.broken.cells_gone_said()
        fix = Text(
            "元のブックから行・列を戻すか、kgisheet extract と kgisheet new で作り直してください",
            "bring them back from the original, or create the workbook again (kgisheet extract, kgisheet new)",
        )
    elif (start := book.date(book.roles.start_month)) is not None and start.year > _LAST_YEAR:
        what = Text(f"開始月が{start:%Y-%m}になっています", f"the first month is {start:%Y-%m}")
        fix = Text("目標設定の開始月を入力し直してください", "type the first month on the page again")
    if what is not None and fix is not None:
        raise BookError(Problem("not-regenerable", what, fix, book.source))


def refuse_torn(book: FilledBook) -> None:
    """Refuse if a line was inserted or deleted in a table whose lines can't be identified then."""
    if book.broken.torn is not None or book.broken.parted:
        raise _torn(book)
    if (among := shifted(book)) is not None:
        raise BookError(Problem("not-regenerable", among.said, FIX, book.source))


def _torn(book: FilledBook) -> BookError:
    broken = book.broken.torn or min(book.broken.parted.values(), key=lambda each: (each.place, each.name))
    fix = Text(
        "表を元の形に戻してから、もう一度実行してください。表の外の行・列は自由に使えます",
        "restore the table, then run this again; rows and columns outside it are free to use",
    )
    return BookError(Problem("not-regenerable", book.broken.said(broken), fix, book.source))


def plan_for(book: FilledBook, text: PlanText | None) -> Plan | None:
    """Return the plan, read by the workbook's own template; raise PlanError if it asks for another worksheet."""
    if text is None:
        return None
    table, source = read_toml(text.data, text.name, PlanError)
    made, problems = plan_settings.apply(table, source, text.settings)
    there = book.template.name
    wanted = made.get("template", there)
    if isinstance(wanted, str) and wanted not in (there, f"{there}.toml") and _template_name(text, wanted) != there:
        what = Text(
            f"計画のテンプレートは {wanted}、ブックのテンプレートは {there} です",
            f"the plan's template is {wanted}, the workbook's is {there}",
        )
        fix = Text("同じテンプレートの計画にするか、kgisheet new で作り直してください", "use a plan of that template, or create the workbook again (kgisheet new)")  # fmt: skip
        raise PlanError(source.problem("other-template", ("template",), what, fix))
    _refuse_whole(book, made)
    # Which sheets there are is the workbook's matter.
    made = {key: value for key, value in made.items() if key != "sheets"}
    plan = load(made, source, book.lang, text.open_template, book.declaration, problems)
    if plan.template.name != there or plan.template.typed != book.template.typed:
        what = Text("計画の段階か配分の書き方が、ブックのシートと違います", "the plan has other stages, or splits the channels another way, than the workbook's sheets")  # fmt: skip
        fix = Text("kgisheet new で作り直してください", "create the workbook again (kgisheet new)")
        raise PlanError(source.problem("other-shape", (), what, fix))
    room = min(book.table_rows, book.across) if book.table_rows else 0
    if plan.channels > room:
        what = Text(
            f"チャネルが{plan.channels}個ありますが、ブックには{room}行しかありません",
            f"there are {plan.channels} channels, but the workbook has only {room} rows",
        )
        fix = Text("kgisheet new で作り直してください", "create the workbook again (kgisheet new)")
        raise PlanError(source.problem("channels", ("channel",), what, fix))
    return plan


def _refuse_whole(book: FilledBook, table: Mapping[str, Any]) -> None:
    """Refuse a plan without an assignment for a workbook with one: it is the whole department's, and this is a part of it."""
    there = book.template.sheets
    parts = [section for section in book.template.sections if (of := there.called(section.sheet)) is not None and of.apart]
    if not parts or any(section.key in table for section in parts):
        return
    title = there.title(parts[0].sheet)
    what = Text(
        f"部門の目標を分けたうちの1人分です(シート「{title.ja}」)。分ける前の計画を入れると、部門の目標がそのままこのブックの目標になるため、更新しません",
        f"it is one part of a department's goal (sheet “{title.en}”); the whole plan would make the department's goal its own, so it is left as it is",
    )
    fix = Text(
        "新しい計画を kgisheet batch で別のフォルダーに分け、そこの同じ名前のブックの計画(kgisheet extract)を --plan に指定してください",
        "share the new plan into another folder (kgisheet batch), and give the plan of the workbook of the same name there (kgisheet extract) as --plan",
    )
    raise BookError(Problem("assigned", what, fix, book.source))


def _template_name(text: PlanText, wanted: str) -> str:
    declaration = text.open_template(wanted)
    return str(declaration.head.get("name"))
