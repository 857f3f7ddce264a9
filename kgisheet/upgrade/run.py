"""The upgrade of one workbook: the steps in their order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from ..check.letter import to_the_letter
from ..check.subject import Subject
from ..errors import BookError, Problem, TemplateError
from ..filled.workbook import FilledBook
from ..formula.grid import Where, held
from ..into.collisions import collisions
from ..into.insert import taken
from ..language.text import Text
from ..layout import targets
from ..layout.build import Built, build
from ..regenerate.patch import Patch, plain
from ..regenerate.request import refuse_torn
from ..regenerate.results import same_value
from ..template.raw import Declaration
from ..values.a1 import address, reference
from ..worksheet.solve import sizes
from ..xlsx.patch import definednames, properties, recalculation, refusals
from ..xlsx.patch.content import Content
from ..xlsx.patch.package import Package
from ..xlsx.read.areas import cell_at
from ..xlsx.read.reader import read_parts
from ..xlsx.writer import to_bytes, to_parts
from . import forms, others
from .attached import Comment, attached, comments
from .dress import Dress, form_of
from .linked import Linked
from .listing import listing
from .looks import Looks
from .moves import Moves
from .order import Order
from .ours import Form, Ours
from .outcome import Differs, Left, Moved, Upgraded
from .puton import put_on
from .record import recorded
from .rules import rules
from .sheetwide import SheetWide
from .target import does_not_fit, is_current, plan_of, refuse_unknown, template_of_today
from .titles import free, titles_of
from .typed import FREE, LABEL, SHOWN, Sheets, Typed

_NO_CELL = Text("新しい形にこの欄がありません", "the new form has no such cell")
_COPY = Text(
    "必要なら、新しいブックの空いた場所かご自分のシートに写してください",
    "copy it, if it is still needed, to a sheet of your own",
)
_SHOWN = Text(
    "数式のない(値だけの)ブックで、入力から計算した値と違います",
    "the workbook holds values only, and this one is not what its inputs give",
)
_COMPARE = Text("新しいブックの計算結果と見比べてください", "compare it with the result in the new workbook")
_NEAR = 4
"""Cells before one in which a text may be its label."""
_BESIDE = Text(
    "入力欄の外に書かれています(行や列の位置が新しい形では違います)",
    "it was typed outside the inputs, and rows and columns differ in the new form",
)
_LABEL = Text(
    "見出しや説明が書き換えられています。新しい形では元の言葉に戻ります",
    "a label was changed; the new form has the original wording again",
)


def upgrade(
    data: bytes, source: str, created: datetime.datetime, asked: Sequence[str] = (), template: Declaration | None = None
) -> Upgraded:
    """Return the workbook in today's form; ``asked`` are ids or titles of sheets wanted beside those that it needs (``all``: every one).

    Raise BookError where it must not, or can't, be changed, or where nothing tells what people typed.
    """
    package = Package(data, source)
    problems = [each for each in (refusals.meant_to_stay(package), refusals.structure_locked(package)) if each is not None]
    if problems:
        raise BookError(*problems)
    old = FilledBook(read_parts(package.parts, source), source)
    _refuse(old)
    try:
        to = template_of_today(old) if template is None else template
        refuse_unknown(to, asked)
        if is_current(old, to, asked):
            return Upgraded(data, True, old.template.name)
        return _Run(package, old, to, asked, created).run()
    except TemplateError as bad:
        raise bad if template is not None else does_not_fit(old, bad) from None


def _refuse(old: FilledBook) -> None:
    if not old.anchors.generated or not old.carries_template:
        what = Text(
            "作ったときの記録(非表示シート _kgisheet)がないか、壊れています。どれが記入されたものか分かりません",
            "the record of what was generated (the hidden sheet _kgisheet) is missing or damaged: there is no way to tell what was typed",
        )
        fix = Text(
            "kgisheet extract で計画を取り出し、kgisheet new で作り直してください",
            "extract its plan (kgisheet extract), and create it again (kgisheet new)",
        )
        raise BookError(Problem("not-upgradable", what, fix, old.source))
    refuse_torn(old)


class _Run:
    def __init__(
        self, package: Package, old: FilledBook, to: Declaration, asked: Sequence[str], created: datetime.datetime
    ) -> None:
        self.package, self.old, self.to, self.created = package, old, to, created
        self.subject = Subject(old)
        to_the_letter(self.subject)
        self.sheets = Sheets(self.subject, package)
        self.typed = list(self.sheets.all())
        named = {where: cell.name for where, (cell, _) in self.subject.where.items()}
        needed = others.used(old, named) | {each.cell.name for each in self.typed if each.cell is not None and each.holds}
        self.plan = plan_of(old, self.subject, to, asked, needed)
        self.built = build(self.plan, old.lang, targets.known(old.target))
        self.rename, successors = titles_of(old, to, self.built)
        rows = sizes(self.plan.template, self.plan.channels)
        self.moves = Moves(self.subject, self.built, successors, self.rename, self.plan.template, rows)

        # Of their own: what is kept here must not look at the whole run.
        subject, made, template = self.subject, self.built, self.plan.template

        def whole() -> Form:
            plan = plan_of(old, subject, to, ["all"], needed)
            return build(plan, old.lang, made.target).book, plan.template

        # What nobody has set: that of every sheet of today's form, whether the new workbook has it or not.
        self.ours = Ours((self.built.book, self.plan.template), whole)

        def now() -> forms.Form:
            return form_of(to_bytes(made.book, created), made, template, old.source)

        def of(sheets: Sequence[str]) -> forms.Form:
            plan = plan_of(old, subject, to, sheets, needed)
            every = build(plan, old.lang, made.target)
            return form_of(to_bytes(every.book, created), every, plan.template, old.source)

        # Sheets that are asked for make lines on others: a page may break elsewhere without them.
        more = [lambda: of(["all"]), *([lambda: of([])] if asked else [])]
        drawn, known = Dress(package, self.sheets), forms.Forms(now, *more)
        self.looks = Looks(drawn, self.moves, self.ours, known)
        self.linked = Linked(drawn, self.moves)
        self.sheetwide = SheetWide(package, drawn, self.moves, known)
        self.contents: dict[Where, Content] = {}
        self.moved: list[Moved] = []
        self.left: list[Left] = []
        self.notes: list[Problem] = [*_macros(package)]

    def run(self) -> Upgraded:
        there = taken(self.package)
        theirs = tuple(name for name in there.names if name not in self.old.anchors.then)
        # Titles give way to others' (`titles`); names can't.
        problems = collisions(self.built.book, there._replace(titles=(), names=theirs), self.old.source)
        if problems:
            raise BookError(*problems)
        baseline = self._contents()
        for each in self.typed:
            self._move(each)
        remarks = self._comments()
        self.left += [*self.looks.left, *self.linked.left, *self.sheetwide.left]
        self.left += rules(self.package, self.sheets.titles, self.ours)
        self.left += attached(self.package, self.old, self.sheets.titles)
        order = Order(self.package, self.old, self.moves)
        self.left += order.left
        order.take_out()
        self.left += others.follow(self.package, self.old, self.moves)
        book = recorded(self.old, self.built, self.moves, self.plan, self.typed, baseline)
        made = [sheet.title for sheet in book.sheets]
        title = None
        if self.left:
            said = listing(self.left, [self._label(each) for each in self.left], self.old.lang)
            title = free(said.title, {each.casefold() for each in (*others.others(self.old), *map(self._title, made))})
            said.title = title
            book = book._replace(sheets=[*book.sheets[:-1], said, book.sheets[-1]])
        order.put_in([*book.sheets], to_parts(book, self.created))
        definednames.put(
            self.package,
            [
                definednames.Name(name, reference(place._replace(sheet=self._title(place.sheet))))
                for name, place in book.names.items()
            ],
        )
        properties.set_properties(self.package, book.custom)
        patch = Patch(self.package)
        patch.contents.update(self.contents)
        patch.apply()
        put_on(self.package, self.looks, self.linked, self.sheetwide, remarks)
        differs = self._finish()
        return Upgraded(
            self.package.to_bytes(),
            False,
            self.plan.template.name,
            tuple(self.moved),
            tuple(self.left),
            tuple(differs),
            tuple(self._title(sheet.title) for sheet in self.built.book.sheets if not sheet.hidden),
            tuple(others.others(self.old)),
            title,
            tuple(self.notes),
            {name: cell.full_label for name, cell in (self.old.template.cells | self.plan.template.cells).items()},
            {name: cell.unit for name, cell in (self.old.template.cells | self.plan.template.cells).items()},
        )

    def _title(self, title: str) -> str:
        return self.rename.get(title, title)

    # -- what was typed -----------------------------------------------------------

    def _contents(self) -> dict[Where, Any]:
        """Put every input's content, whoever wrote it, into its new cell; return what we had written there, by the new cells.

        What we wrote ourselves and nobody touched is the new form's, if it is a text: words to begin with.
        """
        theirs = {each.where for each in self.typed}
        made = _made(self.built, self.rename)
        baseline: dict[Where, Any] = {}
        for cell, row, where in self.subject.inputs():
            place = self.moves.counterpart(cell, row)
            if place is None or where in theirs:
                continue
            was = self.old.anchors.written(cell.name, row or 0)
            stored = self.old.read.cells.get(where)
            value = None if stored is None else stored.value
            if same_value(held(value) or "", held(made.get(place[:3])) or ""):
                continue
            if cell.unit == "text" and cell.choices is None:
                continue
            self.contents[place[:3]] = Content(value)
            baseline[place[:3]] = was
        return baseline

    def _move(self, typed: Typed) -> None:
        place = None if typed.cell is None else self.moves.counterpart(typed.cell, typed.row)
        if typed.cell is None or place is None or typed.kind == SHOWN:
            self._leave(typed)
            return
        content = Content(typed.held.value, None)
        if typed.held.formula is not None:
            made = self.moves.formula(typed.held.formula, typed.where[0])
            text = made.text if made.refers else typed.held.formula
            if made.lost:
                why = Text(
                    f"数式の参照先({', '.join(made.lost)})が新しい形にはありません。セルには値を入れました",
                    f"the formula refers to {', '.join(made.lost)}, which the new form doesn't have; the cell has its value",
                )
                fix = Text("必要なら数式を入れ直してください", "enter the formula again, if it is needed")
                self.left.append(self._left(typed, why, fix))
                if content.value is None:  # saved by a program that works nothing out
                    content = Content(plain(self.subject.now(typed.where)))
            else:
                content = Content(typed.held.value, text)
        self.contents[place[:3]] = content
        self.moved.append(
            Moved(
                typed.where[0],
                address(*typed.where[1:]),
                self.sheets.name(typed.cell, typed.row),
                _said(typed),
                place.sheet,
                address(place.row, place.col),
            )
        )

    def _leave(self, typed: Typed) -> None:
        if not typed.holds:
            return  # emptied, where there is nothing any more
        why, fix = {FREE: (_BESIDE, _COPY), LABEL: (_LABEL, _COPY), SHOWN: (_SHOWN, _COMPARE)}.get(
            typed.kind, (_NO_CELL, _COPY)
        )
        self.left.append(self._left(typed, why, fix))

    def _left(self, typed: Typed, why: Text, fix: Text) -> Left:
        name = None if typed.cell is None else self.sheets.name(typed.cell, typed.row)
        return Left(typed.where[0], address(*typed.where[1:]), name, _said(typed), why, fix)

    def _label(self, left: Left) -> Text:
        """Return what a cell is called: by its name, else by a text before it in its row."""
        base = (left.name or "").rpartition("!")[2].partition("[")[0]
        cell = self.old.template.cells.get(base)
        if cell is not None:
            return cell.full_label
        at = None if left.cell is None or ":" in left.cell else cell_at(left.cell)
        if at is None or left.sheet not in self.sheets.titles:
            return Text("", "")
        before = (self.old.read.cells.get((left.sheet, at[0], col)) for col in range(at[1] - 1, max(-1, at[1] - _NEAR), -1))
        found = next((each.value for each in before if each is not None and isinstance(each.value, str) and each.value), "")
        return Text(found, found)

    def _comments(self) -> list[tuple[Where, Comment]]:
        found = []
        for each in comments(self.package, self.sheets.titles):
            where = self.moves.cell(*each.where)
            if where is not None:
                found.append((where, each))
                continue
            why = Text("コメントの付いたセルが新しい形にありません", "the cell that the comment is on isn't in the new form")
            author = f"{each.author}: " if each.author and not each.text.startswith(each.author) else ""
            self.left.append(Left(each.where[0], address(*each.where[1:]), None, author + each.text, why, _COPY))
        return found

    def _finish(self) -> list[Differs]:
        """Give the formulas of the new sheets their values; return the figures that differ from the old workbook's."""
        new = FilledBook(read_parts(self.package.parts, self.old.source), self.old.source)
        subject = Subject(new)
        to_the_letter(subject)
        ours = set(new.anchors.titles.values())
        patch = Patch(self.package)
        for where in new.formulas:
            if where[0] not in ours:
                continue
            now, stored = subject.now(where), new.read.cells[where]
            if now is not None and not same_value(held(stored.value), now):
                patch.cached[where] = now
        patch.apply()
        recalculation.recalculate(self.package)
        return list(self._differs(subject))

    def _differs(self, new: Subject) -> Iterator[Differs]:
        for cell, row, where in self.subject.results():
            place = self.moves.counterpart(cell, row)
            if place is None or cell.unit == "text":
                continue
            before, after = self.subject.now(where), new.now(place[:3])
            if isinstance(before, Fraction) and not same_value(before, after):
                yield Differs(self.sheets.name(cell, row), before, None if after == "" else after)


def _macros(package: Package) -> Iterator[Problem]:
    if any(name.lower().endswith("vbaproject.bin") for name in package.parts):
        what = Text(
            "マクロは残しましたが、kgisheet のシートは作り直されています", "macros stay, but kgisheet's sheets were replaced"
        )
        fix = Text(
            "シートやセル番地を指定するマクロは、名前(web_revenue など)で指定するように直してください",
            "let macros that use its sheets or addresses use names (web_revenue and the like)",
        )
        yield Problem("macros", what, fix, package.source)


def _said(typed: Typed) -> Any:
    formula = typed.held.formula
    return typed.held.value if formula is None else f"={formula.removeprefix('=')}"


def _made(built: Built, rename: dict[str, str]) -> dict[Where, Any]:
    """Return the constants on the new sheets."""
    return {
        (rename.get(sheet.title, sheet.title), item.row, item.col): item.value
        for sheet in built.book.sheets
        for item in sheet.items
        if item.kind not in ("formula", "blank")
    }
