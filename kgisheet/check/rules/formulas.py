"""F01–F11: formulas overwritten, edited, broken, circular; each reported at its origin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import cached_property

from ...formula.grid import CircleError, Where, held
from ...formula.known import known
from ...formula.nodes import Call, ErrorValue, Tree, Unknown, walk
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError, Value
from ...language.text import Text
from ...recalc.client import Recalculate
from ...template.model import Cell
from ...values.a1 import address, cell_of
from ...worksheet.shown import is_blank, json_value, same, shown
from ..compare import elsewhere
from ..compare.alike import Respellings
from ..compare.changed import changed
from ..compare.kinds import EDITED, HIDES, Kinds
from ..compare.spelling import normal
from ..compare.trials import Trials
from ..finding import ERROR, NOTE, WARNING, Finding
from ..letter import to_the_letter
from ..subject import Subject

_RESTORE = Text("数式に戻してください", "put the formula back")
ONLY_BLANK = Text("(入力が空欄のときの値が違ってきます)", " (its value differs where an input is empty)")
UNSHOWN = Text("元の数式と違います。試した入力ではどれも同じ値でしたが、いつも同じになるとは確かめられません",
               "it is not its own formula: it gave the same for all inputs that were tried, but can't be shown to do so always")  # fmt: skip


class FormulaChecks:
    """The check of every result, once; ``altered`` and ``not_evaluated`` hold the outcome."""

    def __init__(self, subject: Subject, trials: Trials) -> None:
        self.subject = subject
        self.trials = trials
        self.kinds = Kinds(subject)
        self.respellings = Respellings(subject)
        self.altered: set[Where] = set()
        self.not_evaluated: dict[Where, str] = {}
        self.ringed: set[Where] = set()

    def run(self) -> Iterator[Finding]:
        if to_the_letter(self.subject):
            return
        self.altered |= {where for users in self.subject.book.shadows.values() for where in users}  # F10 says so
        yield from self._circles()
        for cell, row, where in self.subject.results():
            if where not in self.ringed:
                yield from self.look(cell, row, where)

    def look(self, cell: Cell, row: int | None, where: Where) -> Iterator[Finding]:
        """Check one result, its formula alone."""
        text = self.subject.formulas.get(where)
        if text is not None:
            yield from self._formula(cell, row, where, text)
        elif (cell.table, where[0], row) in self._inserted:
            return
        elif cell.name == "month_start" and not same(self.subject.constants.get(where), self.subject.expected(cell, row)):
            self.altered.add(where)  # another month: S09 says so
        else:
            yield from self._constant(cell, row, where)

    def ask(self, data: bytes, engine: Recalculate) -> Iterator[Finding]:
        """Check the formulas that this engine doesn't evaluate, with another one."""
        for where, differs in elsewhere.ask(self.subject, self.trials, data, engine, list(self.not_evaluated)).items():
            del self.not_evaluated[where]
            if differs:
                self.altered.add(where)
                cell, row = self.subject.where[where]
                yield self._edited("F02", ERROR, cell, row, where, self.subject.formulas[where], EDITED)

    @cached_property
    def _inserted(self) -> set[tuple[str | None, str, int | None]]:
        """Rows of a table on a sheet that are entirely empty: inserted, and not in use (S01 reports them)."""
        book = self.subject.book
        rows: dict[tuple[str | None, str, int | None], bool] = {}
        for cell, row, where in (*self.subject.results(), *self.subject.inputs()):
            if cell.table is not None:
                empty = where not in self.subject.formulas and is_blank(self.subject.constants.get(where))
                key = cell.table, where[0], row
                rows[key] = rows.get(key, True) and empty
        return {each for each, empty in rows.items() if empty and book.table_rows}

    # -- F01 --------------------------------------------------------------

    def _constant(self, cell: Cell, row: int | None, where: Where) -> Iterator[Finding]:
        """Report a formula overwritten, or deleted."""
        self.altered.add(where)
        found, expected = self.subject.constants.get(where), self.subject.expected(cell, row)
        spare = self.subject.book.is_spare(cell, row)
        agrees = same(found, expected)
        label = self.subject.label(cell, row)
        said, right = shown(found, cell), shown(expected, cell)
        if isinstance(found, str) and found.startswith("="):
            yield self._as_text(cell, row, where, found)
            return
        if is_blank(found):
            what = Text(f"{label.ja}の数式が消されています。", f"The formula of {label.en} has been deleted. ")
        else:
            what = Text(f"{label.ja}の数式が「{said.ja}」で上書きされています。",
                        f"The formula of {label.en} has been overwritten with {said.en}. ")  # fmt: skip
        if spare and not agrees:
            now = Text("使っていない行なのに、合計に入ります", "The row is not in use, yet it counts in the total")
        elif is_blank(expected) and not agrees:
            now = Text(
                "今の入力では空欄になるセルです",
                "With the inputs as they are it should be blank",
            )
        elif agrees:
            now = Text(
                "今の値は合っていますが、入力を変えても変わりません", "The figure is right now, but will not follow a change"
            )
        else:
            off = _difference(found, expected, cell)
            now = Text(f"計算上は{right.ja}です{off.ja}", f"It should be {right.en}{off.en}")
        severity = WARNING if agrees else ERROR
        yield self._finding("F01", severity, cell, row, where, Text(f"{what.ja}{now.ja}", f"{what.en}{now.en}"), found)

    def _as_text(self, cell: Cell, row: int | None, where: Where, found: str) -> Finding:
        """Return a formula that became text: typed into a text cell, or with an apostrophe before it."""
        label, formula = self.subject.label(cell, row), self.subject.expected_formula(cell, where)
        message = Text(
            f"{label.ja}の数式が文字になっていて、計算されません",
            f"The formula of {label.en} has become text, so nothing is calculated",
        )
        fix = Text(
            f"表示形式を「標準」に戻し、数式を入れ直してください: {formula}",
            f"set the cell's format to General, then type the formula again: {formula}",
        )
        return self._finding("F01", ERROR, cell, row, where, message, found)._replace(fix=fix)

    def _finding(
        self, code: str, severity: str, cell: Cell, row: int | None, where: Where, message: Text, now: Value
    ) -> Finding:
        """Return a finding at a result: its value, the right one, and the right formula."""
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
        if is_now == wanted and text.count('"') == expected.count('"'):
            return  # a name and a text of the same letters are equal as tuples
        if any(isinstance(each, Unknown) and each.external for each in walk(found)):
            self.altered.add(where)
            other = self.subject.other_book(text)
            yield self._edited("F11", WARNING, cell, row, where, text, Text(
                f"{other.ja}を参照しています", f"it refers to {other.en}"))  # fmt: skip
            return
        cached = self.subject.book.read.cells[where].value
        if cached is not None and not isinstance(held(cached), ErrorValue) and not _known(found):
            self.not_evaluated[where] = text  # a function of a macro, say: the program that saved it knew it
            return
        try:
            yield from self._compared(found, cell, row, where)
        except NotEvaluatedError as bad:
            self.not_evaluated[where] = str(bad)
        except CircleError:
            return  # said by _circles

    def _compared(self, found: Tree, cell: Cell, row: int | None, where: Where) -> Iterator[Finding]:
        """Compare a formula with a different tree: nothing if it is equivalent, whatever its cells hold."""
        text = self.subject.formulas[where]
        belongs = parse(self.subject.expected_formula(cell, where))
        is_now, wanted = (normal(each, self.subject, where[0]) for each in (found, belongs))
        alike = self.respellings.compare(found, belongs, where)
        pairs = [] if alike.always else self.trials.differences(found, cell, row, where)
        if pairs:
            self.altered.add(where)
            code, what, severity = self.kinds.of(is_now, wanted, pairs, where)
            example = self._example(found, cell, row, where)
            if code == "F06" and example is not None:
                what = EDITED  # which error it makes is said by the example, and another input may make another one
            yield self._edited(code, severity, cell, row, where, text, what, example)
            return
        if self.kinds.hides(is_now, where):
            yield self._edited("F07", ERROR, cell, row, where, text, HIDES)
            return
        if alike.always:
            return
        pairs = self.trials.unfilled(found, cell, row, where)
        figures = [pair for pair in pairs if not is_blank(pair[1])]
        if figures:
            self.altered.add(where)
            code, what, severity = self.kinds.of(is_now, wanted, figures, where)
            yield self._edited(code, severity, cell, row, where, text, what, ONLY_BLANK)
        elif pairs and alike.but_blank:
            yield self._edited("F02", NOTE, cell, row, where, text, Text(
                "空欄のときの結果だけが元の数式と違います", "it differs from its own formula only where an input is empty"), Text("", ""))  # fmt: skip
        else:
            yield self._edited("F02", WARNING, cell, row, where, text, UNSHOWN, Text("", ""))

    def _example(self, found: Tree, cell: Cell, row: int | None, where: Where) -> Text | None:
        """Return an input that exposes a formula which is right at present: （例: Web売上が370,000,000円のとき569、正しくは570）."""
        try:
            now = self.subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            return None
        if not same(now, self.subject.expected(cell, row)):
            return None
        shows = self.trials.example(found, cell, row, where)
        if shows is None or shows[0].told is None:
            return None
        (_, (gives, should)), (source, its_row, value) = shows, shows[0].told
        label = self.subject.label(source, its_row)
        chosen = source.choices.get(str(value)) if source.choices is not None else None
        if_it_is, said, right = shown(value, source), _in_quotes(gives, cell), _in_quotes(should, cell)
        if isinstance(value, str):
            if_it_is = Text(f"「{chosen.ja}」", f"“{chosen.en}”") if chosen is not None else Text("別の文字", "another text")
        return Text(
            f"(今の値は合っていますが、たとえば{label.ja}を{if_it_is.ja}にすると{said.ja}になります。正しくは{right.ja}です)",
            f" (right now, but with {label.en} at {if_it_is.en} it gives {said.en}, rightly {right.en})",
        )

    def _edited(
        self,
        code: str,
        severity: str,
        cell: Cell,
        row: int | None,
        where: Where,
        text: str,
        what: Text,
        tail: Text | None = None,
    ) -> Finding:
        """Return a finding at an edited formula; ``tail`` adds to the value found and the right one."""
        label, expected = self.subject.label(cell, row), self.subject.expected(cell, row)
        try:
            now: Value = self.subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            now = None
        right, said = _in_quotes(expected, cell), _in_quotes(now, cell)
        if isinstance(now, ErrorValue) and code == "F06":
            tail = tail or Text(f"(正しくは{right.ja})", f" (rightly {right.en})")
        tail = tail or (
            Text("(今の値は合っていますが、入力を変えると違ってきます)", " (right now, but not after every change)")
            if same(now, expected)
            else Text(f"(今は{said.ja}、正しくは{right.ja})", f" (now {said.en}, rightly {right.en})")
        )
        message = Text(f"{label.ja}: {what.ja}{tail.ja}", f"{label.en}: {what.en}{tail.en}")
        if code != "F05":  # which says itself what was put in
            differs = changed(text, self.subject.expected_formula(cell, where))
            message = Text(f"{message.ja}。{differs.ja}", f"{message.en}. {differs.en}")
        return self._finding(code, severity, cell, row, where, message, now)

    # -- F08 --------------------------------------------------------------

    def _circles(self) -> Iterator[Finding]:
        """Report a circular reference once: at the cell whose formula is wrong, with what was done to it."""
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
                edited = [each for each in named if self._is_edited(*each)] or [((cell, row), where)]
                path = " → ".join(address(r, c) for _, r, c in (*ring, ring[0]))
                for at, ((culprit, its_row), place) in enumerate(edited):
                    if culprit.formula is None:
                        yield self._input_ring(culprit, its_row, place, ring)
                        continue
                    yield self._ringed(culprit, its_row, place, path, is_first=at == 0)._replace(
                        affected=tuple(cell_of(*each) for each in ring if each not in {spot for _, spot in edited})
                    )
                    self.altered.add(place)
            except NotEvaluatedError:
                continue

    def _ringed(self, cell: Cell, row: int | None, where: Where, path: str, is_first: bool) -> Finding:
        """Return a formula that closes a circle: if it refers to a wrong cell, that is the fault, and the circle follows."""
        text = self.subject.formulas[where]
        code, what = "F08", Text(f"数式が循環しています({path})", f"its formula goes round in a circle ({path})")
        tail = Text("", "")
        with suppress(FormulaError, NotEvaluatedError, CircleError):
            found, belongs = parse(text), parse(self.subject.expected_formula(cell, where))
            pairs = self.trials.differences(found, cell, row, where)
            if pairs:
                is_now, wanted = (normal(each, self.subject, where[0]) for each in (found, belongs))
                told = self.kinds.of(is_now, wanted, pairs, where)
                if told[0] == "F09" or not is_first:
                    code, tail = told[0], Text(f"(循環しています: {path})", f" (which goes round in a circle: {path})")
                    what = told[1]
        return self._edited(code, ERROR, cell, row, where, text, what, tail)

    def _input_ring(self, cell: Cell, row: int | None, at: Where, ring: list[Where]) -> Finding:
        """Return an input that its owner calculates from its own dependents."""
        self.altered.add(at)
        label, path = self.subject.label(cell, row), " → ".join(address(r, c) for _, r, c in (*ring, ring[0]))
        return self.subject.finding(
            "F08", ERROR, cell, row,
            Text(f"{label.ja}の入力欄の数式が循環しています({path})", f"The formula typed into {label.en} goes round in a circle ({path})"),
            Text("値を入力し直してください", "type a value instead"),
            affected=tuple(cell_of(sheet, r, c) for sheet, r, c in ring if (sheet, r, c) != at),
        )  # fmt: skip

    @cached_property
    def _led_astray(self) -> set[Where]:
        """Cells that a name of ours wrongly refers to: F10 reports the circle there."""
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


def _in_quotes(value: Value, cell: Cell) -> Text:
    """Return a value as `shown`, a text in quotes."""
    said = shown(value, cell)
    return Text(f"「{said.ja}」", f"“{said.en}”") if isinstance(value, str) and value else said


def _known(node: Tree) -> bool:
    return all(each.function in known() for each in walk(node) if isinstance(each, Call))


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
