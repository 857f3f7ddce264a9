"""F01–F11: formulas overwritten, edited, broken, circular; each at the cell where it began."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from ..errors import Text
from ..formula.evaluate import evaluate
from ..formula.grid import CircleError, View, Where, held
from ..formula.known import known
from ..formula.nodes import Area, Binary, Call, ErrorValue, Literal, Name, Tree, Unary, Unknown, children, walk
from ..formula.nodes import Cell as CellRef
from ..formula.parser import FormulaError, parse
from ..formula.values import NotEvaluatedError, Value
from ..recalc.client import Recalculate
from ..sheets.model import address
from ..template.model import Cell
from . import elsewhere
from .compare import Trials, normal
from .finding import ERROR, NOTE, WARNING, Finding
from .subject import Subject, is_blank, json_value, same, shown

_RESTORE = Text("数式に戻してください", "put the formula back")


class FormulaChecks:
    """Looks at every result once; ``altered`` and ``not_evaluated`` hold what came of it."""

    def __init__(self, subject: Subject, trials: Trials) -> None:
        self.subject = subject
        self.trials = trials
        self.altered: set[Where] = set()
        self.not_evaluated: dict[Where, str] = {}
        self.ringed: set[Where] = set()

    def run(self) -> Iterator[Finding]:
        if self._to_the_letter():
            return
        yield from self._circles()
        for cell, row, where in self.subject.results():
            if where in self.ringed:
                continue
            text = self.subject.formulas.get(where)
            if text is None and (cell.table, row) in self._inserted:
                continue
            if text is None:
                yield from self._constant(cell, row, where)
            else:
                yield from self._formula(cell, row, where, text)

    def _to_the_letter(self) -> bool:
        """Whether every result has its own formula: what it gives is then what the template gives, already worked out."""
        subject = self.subject
        if subject.book.restored or any(subject.formulas.get(where) for _, _, where in subject.inputs()):
            return False
        results = subject.results()
        if any(subject.formulas.get(where) != subject.expected_formula(cell, where) for cell, _, where in results):
            return False
        for cell, row, where in results:
            value = subject.expected(cell, row)
            subject.recalculated.know(where, "" if value is None else value)
        return True

    def ask(self, data: bytes, engine: Recalculate) -> Iterator[Finding]:
        """What another engine makes of the formulas that this one does not evaluate."""
        for where, verdict in elsewhere.ask(self.subject, self.trials, data, engine, list(self.not_evaluated)).items():
            del self.not_evaluated[where]
            if verdict.differs:
                self.altered.add(where)
                cell, row = self.subject.where[where]
                yield self._edited("F02", ERROR, cell, row, where, self.subject.formulas[where], Text(
                    "数式が書き換えられています", "its formula has been edited"))  # fmt: skip

    @cached_property
    def _inserted(self) -> set[tuple[str | None, int | None]]:
        """Rows of a table in which nothing stands: inserted, and not in use (S01 says so)."""
        book = self.subject.book
        rows: dict[tuple[str | None, int | None], bool] = {}
        for cell, row, where in (*self.subject.results(), *self.subject.inputs()):
            if cell.table is not None:
                empty = where not in self.subject.formulas and is_blank(self.subject.constants.get(where))
                rows[cell.table, row] = rows.get((cell.table, row), True) and empty
        return {each for each, empty in rows.items() if empty and book.table_rows}

    # -- F01 --------------------------------------------------------------

    def _constant(self, cell: Cell, row: int | None, where: Where) -> Iterator[Finding]:
        """A formula overwritten, or deleted."""
        self.altered.add(where)
        found, expected = self.subject.constants.get(where), self.subject.expected(cell, row)
        spare = self.subject.book.is_spare(cell, row)
        agrees = same(found, expected)
        label = self.subject.label(cell, row)
        said, right = shown(found, cell), shown(expected, cell)
        if is_blank(found):
            what = Text(f"{label.ja}の数式が消されています。", f"The formula of {label.en} has been deleted. ")
        else:
            what = Text(f"{label.ja}の数式が「{said.ja}」で上書きされています。",
                        f"The formula of {label.en} has been overwritten with {said.en}. ")  # fmt: skip
        if spare and not agrees:
            now = Text("使っていない行なのに、合計に入ります", "The row is not in use, yet it counts in the total")
        elif is_blank(expected) and not agrees:
            now = Text(
                "入力に未入力や誤りがあるため、正しい値はまだ計算できません",
                "What it should be can't be said until the inputs are right",
            )
        elif agrees:
            now = Text("今の値は合っていますが、入力を変えても変わりません", "It is right now, but will not follow a change")
        else:
            off = _difference(found, expected, cell)
            now = Text(f"計算上は{right.ja}です{off.ja}", f"It should be {right.en}{off.en}")
        severity = WARNING if agrees else ERROR
        yield self._finding("F01", severity, cell, row, where, Text(f"{what.ja}{now.ja}", f"{what.en}{now.en}"), found)

    def _finding(
        self, code: str, severity: str, cell: Cell, row: int | None, where: Where, message: Text, now: Value
    ) -> Finding:
        """A finding at a result: what it is now, what it should be, and the formula that belongs there."""
        expected = self.subject.expected(cell, row)
        return self.subject.finding(
            code,
            severity,
            cell,
            row,
            message,
            self._restore(cell, where),
            found=json_value(now),
            expected=json_value(expected),
            difference=_off(now, expected),
        )

    def _restore(self, cell: Cell, where: Where) -> Text:
        formula = self.subject.expected_formula(cell, where)
        return Text(f"{_RESTORE.ja}: {formula}", f"{_RESTORE.en}: {formula}")

    # -- F02 and its kin --------------------------------------------------

    def _formula(self, cell: Cell, row: int | None, where: Where, text: str) -> Iterator[Finding]:
        expected = self.subject.expected_formula(cell, where)
        if text == expected:
            return  # to the letter, as in most cells of most workbooks
        try:
            found = parse(text)
        except FormulaError as bad:
            self.not_evaluated[where] = str(bad)
            return
        wanted = normal(parse(expected), self.subject, where[0])
        is_now = normal(found, self.subject, where[0])
        if is_now == wanted:
            return
        if any(isinstance(each, Unknown) and each.external for each in walk(found)):
            self.altered.add(where)
            yield self._edited("F11", WARNING, cell, row, where, text, Text(
                "別のブックを参照しています", "it refers to another workbook"))  # fmt: skip
            return
        cached = self.subject.book.read.cells[where].value
        if cached is not None and not isinstance(held(cached), ErrorValue) and not _known(found):
            self.not_evaluated[where] = text  # a function of a macro, say: the program that saved it knew it
            return
        try:
            pairs = self.trials.differences(found, cell, row, where)
        except NotEvaluatedError as bad:
            self.not_evaluated[where] = str(bad)
            return
        except CircleError:
            return  # said by _circles
        if not pairs:
            if self.trials.differs_unfilled(found, cell, row, where):
                # Without its guard the next cell that somebody clears makes an error; with it, at worst + 0 does.
                severity = NOTE if _guards(wanted) & _guards(is_now) else WARNING
                yield self._edited("F02", severity, cell, row, where, text, Text(
                    "空欄への備えが数式から外されています", "its formula no longer provides for empty inputs"))  # fmt: skip
            return
        self.altered.add(where)
        yield self._classified(cell, row, where, text, is_now, wanted, pairs)

    def _classified(
        self, cell: Cell, row: int | None, where: Where, text: str, is_now: Tree, wanted: Tree,
        pairs: list[tuple[Value, Value]],
    ) -> Finding:  # fmt: skip
        current, _ = pairs[0]
        if any(isinstance(each, ErrorValue) for each in walk(is_now)) or all(isinstance(a, ErrorValue) for a, _ in pairs):
            error = current if isinstance(current, ErrorValue) else ErrorValue("#REF!")
            return self._edited("F06", ERROR, cell, row, where, text, Text(
                f"エラー {error.text} になります", f"it makes {error.text}"))  # fmt: skip
        if self._hides(is_now, where):
            return self._edited("F07", ERROR, cell, row, where, text, Text(
                "今起きているエラーを隠しています", "it hides an error that is there now"))  # fmt: skip
        missing, twice = self._coverage(is_now, wanted)
        if missing:
            return self._edited("F03", ERROR, cell, row, where, text, Text(
                f"合計から{missing}行が漏れています", f"the sum leaves out {missing} row(s)"))  # fmt: skip
        if twice:
            return self._edited("F04", ERROR, cell, row, where, text, Text(
                f"{twice}行を二重に数えています", f"it counts {twice} row(s) twice"))  # fmt: skip
        plug = _plug(is_now, wanted)
        if plug is not None:
            return self._edited("F05", ERROR, cell, row, where, text, Text(
                f"数式に {plug} が書き足されています", f"{plug} has been written into the formula"))  # fmt: skip
        other = self._neighbour(is_now, wanted)
        if other is not None:
            return self._edited("F09", ERROR, cell, row, where, text, Text(
                f"隣のセル({other.ja})を参照しています", f"it refers to a neighbour ({other.en})"))  # fmt: skip
        return self._edited("F02", ERROR, cell, row, where, text, Text(
            "数式が書き換えられています", "its formula has been edited"))  # fmt: skip

    def _edited(self, code: str, severity: str, cell: Cell, row: int | None, where: Where, text: str, what: Text) -> Finding:
        label, expected = self.subject.label(cell, row), self.subject.expected(cell, row)
        try:
            now: Value = self.subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            now = None
        right, said = shown(expected, cell), shown(now, cell)
        tail = (
            Text("(今の値は合っていますが、入力を変えると違ってきます)", " (right now, but not after every change)")
            if same(now, expected)
            else Text(f"(今は{said.ja}、正しくは{right.ja})", f" (now {said.en}, rightly {right.en})")
        )
        message = Text(f"{label.ja}: {what.ja}{tail.ja}。数式: {text}", f"{label.en}: {what.en}{tail.en}. Formula: {text}")
        return self._finding(code, severity, cell, row, where, message, now)

    def _hides(self, node: Tree, where: Where) -> bool:
        """An IFERROR or ISERROR whose part is an error as the workbook stands."""
        view = View(self.subject.recalculated, where[0])
        for each in walk(node):
            if isinstance(each, Call) and each.function in _HIDING and each.args and each.args[0] is not None:
                try:
                    if isinstance(evaluate(_plain(each.args[0], self.subject), view), ErrorValue):
                        return True
                except (NotEvaluatedError, CircleError):
                    continue
        return False

    def _coverage(self, is_now: Tree, wanted: Tree) -> tuple[int, int]:
        """How many cells of a summed block a formula leaves out, and how many it takes twice."""
        missing = twice = 0
        for name in sorted({each.name for each in _summed(wanted) if isinstance(each, Name)}):
            place = self.subject.book.names.get(name)
            if place is None or place.rows == 1 or name not in self.subject.template.cells:
                continue
            before, after = self._counts(wanted, name, place.rows), self._counts(is_now, name, place.rows)
            if not any(after):
                continue  # another block altogether: no gap in this one
            missing += sum(b > 0 and a == 0 for b, a in zip(before, after, strict=True))
            twice += sum(0 < b < a for b, a in zip(before, after, strict=True))
        return missing, twice

    def _counts(self, node: Tree, block: str, rows: int) -> list[int]:
        """How often each cell of a block goes into a formula's value."""
        place = self.subject.book.names[block]
        counts = [0] * rows
        for each in _summed(node):
            if isinstance(each, Name) and each.name == block:
                counts = [count + 1 for count in counts]
            elif isinstance(each, Name) and each.name.startswith(f"{block}["):
                counts[int(each.name[len(block) + 1 : -1])] += 1
            elif isinstance(each, Area) and each.sheet == place.sheet and each.col <= place.col <= each.last_col:
                for row in range(max(each.row, place.row), min(each.last_row, place.row + rows - 1) + 1):
                    counts[row - place.row] += 1
        return counts

    def _neighbour(self, is_now: Tree, wanted: Tree) -> Text | None:
        """What is referred to instead, where the two differ only in references of one unit."""
        swapped: list[tuple[Tree, Tree]] = []
        if not _aligned(is_now, wanted, swapped):
            return None
        if sorted(map(str, (a for a, _ in swapped))) == sorted(map(str, (b for _, b in swapped))):
            return None  # the same cells in another order
        told: Text | None = None
        for found, right in swapped:
            cells = self._referred(found), self._referred(right)
            if cells[0] is None or cells[1] is None or cells[0][0].unit != cells[1][0].unit:
                return None  # another kind of figure: no slip of the mouse
            told = self.subject.label(*cells[0])
        return told

    def _referred(self, node: Tree) -> tuple[Cell, int | None] | None:
        if not isinstance(node, Name):
            return None
        name, _, row = node.name.partition("[")
        cell = self.subject.template.cells.get(name)
        return None if cell is None else (cell, int(row[:-1]) if row else None)

    # -- F08 --------------------------------------------------------------

    def _circles(self) -> Iterator[Finding]:
        """A ring of cells, said once: at the cell whose formula is not its own."""
        for cell, row, where in self.subject.results():
            if where in self.ringed or where not in self.subject.formulas:
                continue
            try:
                self.subject.recalculated.value(where)
            except CircleError as circle:
                ring = circle.ring
                if self.ringed & set(ring) or self._led_astray & set(ring):
                    continue
                self.ringed |= set(ring)
                named = [(self.subject.where[each], each) for each in ring if each in self.subject.where]
                edited = next((each for each in named if self._is_edited(*each)), ((cell, row), where))
                (culprit, its_row), at = edited
                path = " → ".join(address(r, c) for _, r, c in (*ring, ring[0]))
                label = self.subject.label(culprit, its_row)
                yield self.subject.finding(
                    "F08", ERROR, culprit, its_row,
                    Text(f"{label.ja}の数式が循環しています({path})", f"The formula of {label.en} goes round in a circle ({path})"),
                    self._restore(culprit, at),
                    expected=json_value(self.subject.expected(culprit, its_row)),
                    affected=tuple(f"{sheet}!{address(r, c)}" for sheet, r, c in ring if (sheet, r, c) != at),
                )  # fmt: skip
                self.altered.add(at)
            except NotEvaluatedError:
                continue

    @cached_property
    def _led_astray(self) -> set[Where]:
        """Cells that a name points to whose own cell is another one: F10 says what goes round there."""
        now = [self.subject.book.read.names.get(name) for name in self.subject.book.restored]
        return {(each.sheet, each.row + row, each.col) for each in now if each is not None for row in range(each.rows)}

    def _is_edited(self, named: tuple[Cell, int | None], where: Where) -> bool:
        cell, _ = named
        if cell.formula is None:
            return True
        try:
            wanted = normal(parse(self.subject.expected_formula(cell, where)), self.subject, where[0])
            return normal(parse(self.subject.formulas[where]), self.subject, where[0]) != wanted
        except (FormulaError, KeyError):
            return True


def _guards(node: Tree) -> set[Tree]:
    """What a formula asks before it works anything out."""
    calls = [each for each in walk(node) if isinstance(each, Call) and each.function in ("IF", "IFERROR") and each.args]
    return {each.args[0] for each in calls if each.args[0] is not None}


def _known(node: Tree) -> bool:
    return all(each.function in known() for each in walk(node) if isinstance(each, Call))


_HIDING = ("IFERROR", "IFNA", "ISERROR", "ISERR", "ISNA")
_ASKING = ("COUNT", "COUNTA", "COUNTIF", "ISNUMBER", "ISBLANK", "ISERROR", "ISERR", "ISNA", "ROWS")


def _summed(node: Tree) -> list[Tree]:
    """The parts of a formula that make its value, without those that only ask whether something is there."""
    if isinstance(node, Call) and node.function in _ASKING:
        return []
    return [node, *(part for child in children(node) for part in _summed(child))]


def _plain(node: Tree, subject: Subject) -> Tree:
    """A normal tree with its ``name[row]`` turned back into cells, for evaluation."""
    if isinstance(node, Name) and "[" in node.name:
        name, _, row = node.name.partition("[")
        place = subject.book.names[name]
        return CellRef(place.sheet, place.row + int(row[:-1]), place.col)
    if isinstance(node, Call):
        return Call(node.function, tuple(None if arg is None else _plain(arg, subject) for arg in node.args))
    if isinstance(node, Binary):
        return Binary(node.op, _plain(node.left, subject), _plain(node.right, subject))
    return node


def _aligned(left: Tree, right: Tree, swapped: list[tuple[Tree, Tree]]) -> bool:
    """Whether two trees are alike but for references; gathers the pairs that differ."""
    if left == right:
        return True
    if isinstance(left, (Name, CellRef)) and isinstance(right, (Name, CellRef)):
        swapped.append((left, right))
        return True
    if type(left) is not type(right):
        return False
    if isinstance(left, (Literal, ErrorValue, Area, Unknown)) or _head(left) != _head(right):
        return False
    return all(_aligned(a, b, swapped) for a, b in zip(children(left), children(right), strict=True))


def _head(node: Tree) -> tuple[str, int]:
    """What a node is, without what it is applied to."""
    if isinstance(node, (Binary, Unary)):
        return node.op, 0
    return (node.function, len(node.args)) if isinstance(node, Call) else ("", 0)


def _plug(is_now: Tree, wanted: Tree) -> str | None:
    """``+1000``, where a number was added to, or multiplied into, what belongs there."""
    if isinstance(is_now, Binary) and is_now.op in "+-*/" and isinstance(is_now.right, Literal):
        if is_now.left == wanted or _plug(is_now.left, wanted):
            return f"{is_now.op}{_written(is_now.right)}"
    elif isinstance(is_now, Binary) and is_now.op in "+*" and isinstance(is_now.left, Literal):
        if is_now.right == wanted:
            return f"{_written(is_now.left)}{is_now.op}"
    elif isinstance(is_now, Call) and isinstance(wanted, Call) and is_now.function == wanted.function:
        pairs = [(a, b) for a, b in zip(is_now.args, wanted.args, strict=False) if a != b]
        if len(is_now.args) == len(wanted.args) and len(pairs) == 1 and None not in pairs[0]:
            return _plug(*pairs[0])  # type: ignore[arg-type]  # None is ruled out above
    elif isinstance(is_now, Binary) and isinstance(wanted, Binary) and is_now.op == wanted.op:
        if is_now.left == wanted.left:
            return _plug(is_now.right, wanted.right)
        if is_now.right == wanted.right:
            return _plug(is_now.left, wanted.left)
    return None


def _written(node: Literal) -> str:
    return f"{float(node.value):g}" if isinstance(node.value, Fraction) else str(node.value)


def _off(found: Value, expected: Value) -> float | None:
    if isinstance(found, Fraction) and isinstance(expected, Fraction):
        return float(found - expected)
    return None


def _difference(found: Value, expected: Value, cell: Cell) -> Text:
    off = _off(found, expected)
    if off is None:
        return Text("", "")
    said = shown(abs(Fraction(off)), cell)
    sign = "+" if off > 0 else "−"
    return Text(f"(差 {sign}{said.ja})", f" (off by {sign}{said.en})")
