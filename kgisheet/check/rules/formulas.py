"""F01–F11: formulas overwritten, edited, broken, circular; each reported at its origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property

from ...formula.functions import too_short
from ...formula.grid import CircleError, Where, held
from ...formula.known import known
from ...formula.nodes import Call, ErrorValue, Tree, Unknown, walk
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError, Value
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Wording
from ...recalc.client import Recalculate
from ...template.model import Cell
from ...values import budget
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

_LONGER = 2
"""How many times as long as it was a formula may be that is only spelt otherwise."""

ONLY_BLANK = Phrase("part.only_if_blank")
UNSHOWN = Phrase("F02.unshown")
UNREAD = Phrase("F02.unread")


class FormulaChecks:
    """The check of every result, once; ``altered`` and ``not_evaluated`` hold the outcome."""

    def __init__(self, subject: Subject, trials: Trials) -> None:
        self.subject, self.roles = subject, subject.roles
        self.trials = trials
        self.kinds = Kinds(subject)
        self.respellings = Respellings(subject)
        self.altered: set[Where] = set()
        self.not_evaluated: dict[Where, str] = {}
        self.ringed: set[Where] = set()

    def run(self) -> Iterator[Finding]:
        if to_the_letter(self.subject):
            return
        self._admit()
        self.altered |= {where for users in self.subject.book.shadows.values() for where in users}  # F10 says so
        yield from self._circles()
        for cell, row, where in self.subject.results():
            if where not in self.ringed:
                yield from self.look(cell, row, where)

    def _admit(self) -> None:
        """Let formulas be read at no cost that may be the own ones spelt otherwise: there are no more of them than results, and none is much longer."""
        for cell, _, where in self.subject.results():
            text = self.subject.formulas.get(where)
            if text is not None and len(text) <= _LONGER * len(self.subject.expected_formula(cell, where)):
                budget.current().parsed.add(text)

    def look(self, cell: Cell, row: int | None, where: Where) -> Iterator[Finding]:
        """Check one result, its formula alone."""
        text = self.subject.formulas.get(where)
        if text is not None:
            yield from self._formula(cell, row, where, text)
        elif (cell.table, where[0], row) in self._inserted:
            return
        elif cell.name == self.roles.month_start and not same(
            self.subject.constants.get(where), self.subject.expected(cell, row)
        ):
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

    def unread(self) -> Iterator[Finding]:
        """Report the formulas that nothing could evaluate: they are not the ones that were written, and can't be proved equal."""
        for where in self.not_evaluated:
            cell, row = self.subject.where[where]
            yield self._edited("F02", WARNING, cell, row, where, self.subject.formulas[where], UNREAD, NOTHING)

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
            what = Phrase("F01.result.deleted", label=label)
        else:
            what = Phrase("F01.result.overwritten", label=label, said=said)
        if spare and not agrees:
            now = Phrase("F01.result.counts_in_total")
        elif is_blank(expected) and not agrees:
            now = Phrase("F01.result.should_be_blank")
        elif agrees:
            now = Phrase("F01.result.right_now")
        elif isinstance(expected, str):
            now = Phrase("F01.result.should_read", right=right)
        else:
            off = _difference(found, expected, cell)
            now = Phrase("F01.result.should_be", right=right, off=off)
        severity = WARNING if agrees else ERROR
        yield self._finding("F01.result", severity, cell, row, where, Phrase("F01.result.message", what=what, now=now), found)

    def _as_text(self, cell: Cell, row: int | None, where: Where, found: str) -> Finding:
        """Return a formula that became text: typed into a text cell, or with an apostrophe before it."""
        label, formula = self.subject.label(cell, row), self.subject.expected_formula(cell, where)
        message = Phrase("F01.as_text.message", label=label)
        fix = Phrase("F01.as_text.fix", formula=formula)
        return self._finding("F01.as_text", ERROR, cell, row, where, message, found)._replace(fix=fix)

    def _finding(
        self, key: str, severity: str, cell: Cell, row: int | None, where: Where, message: Phrase, now: Value
    ) -> Finding:
        """Return a finding at a result: its value, the right one, and the right formula."""
        expected = self.subject.expected(cell, row)
        return self.subject.finding(
            key,
            cell,
            row,
            message=message,
            fix=Phrase("part.put_back", formula=self.subject.expected_formula(cell, where)),
            severity=severity,
            found=json_value(now),
            expected=json_value(expected),
            difference=_off(now, expected),
        )

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
        if (short := too_short(found)) is not None:
            self.not_evaluated[where] = short  # Excel doesn't open a workbook with it
            return
        wanted = normal(parse(expected, is_own=True), self.subject, where[0])
        is_now = normal(found, self.subject, where[0])
        if is_now == wanted and text.count('"') == expected.count('"'):
            return  # a name and a text of the same letters are equal as tuples
        if any(isinstance(each, Unknown) and each.external for each in walk(found)):
            self.altered.add(where)
            other = self.subject.other_book(text)
            yield self._edited("F11", WARNING, cell, row, where, text, Phrase("F11.refers", other=other))
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
        belongs = parse(self.subject.expected_formula(cell, where), is_own=True)
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
            yield self._edited(
                "F02",
                NOTE,
                cell,
                row,
                where,
                text,
                Phrase("F02.only_if_blank"),
                NOTHING,
            )
        else:
            yield self._edited("F02", WARNING, cell, row, where, text, UNSHOWN, NOTHING)

    def _example(self, found: Tree, cell: Cell, row: int | None, where: Where) -> Phrase | None:
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
        if_it_is: Wording = shown(value, source)
        if isinstance(value, str):
            if_it_is = Phrase("part.quoted", said=chosen) if chosen is not None else Phrase("part.another_text")
        return Phrase(
            "part.example", label=label, if_it_is=if_it_is, said=_in_quotes(gives, cell), right=_in_quotes(should, cell)
        )

    def _edited(
        self,
        code: str,
        severity: str,
        cell: Cell,
        row: int | None,
        where: Where,
        text: str,
        what: Wording,
        tail: Wording | None = None,
    ) -> Finding:
        """Return a finding at an edited formula; ``tail`` adds to the value found and the right one."""
        label, expected = self.subject.label(cell, row), self.subject.expected(cell, row)
        try:
            now: Value = self.subject.recalculated.value(where)
        except (NotEvaluatedError, CircleError):
            now = None
        right, said = _in_quotes(expected, cell), _in_quotes(now, cell)
        if isinstance(now, ErrorValue) and code == "F06":
            tail = tail or Phrase("part.rightly", right=right)
        tail = tail or (
            Phrase("part.not_always") if same(now, expected) else Phrase("part.now_and_rightly", said=said, right=right)
        )
        message = Phrase("part.edited", label=label, what=what, tail=tail)
        if code != "F05":  # which says itself what was put in
            differs = changed(text, self.subject.expected_formula(cell, where))
            message = Phrase("part.edited_how", said=message, differs=differs)
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
                path = _path(ring)
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
        code, what = "F08", Phrase("F08.circle", path=path)
        tail: Wording = NOTHING
        with suppress(FormulaError, NotEvaluatedError, CircleError):
            found, belongs = parse(text), parse(self.subject.expected_formula(cell, where), is_own=True)
            pairs = self.trials.differences(found, cell, row, where)
            if pairs:
                is_now, wanted = (normal(each, self.subject, where[0]) for each in (found, belongs))
                told = self.kinds.of(is_now, wanted, pairs, where)
                if told[0] == "F09" or not is_first:
                    code, tail = told[0], Phrase("part.in_a_circle", path=path)
                    what = told[1]
        return self._edited(code, ERROR, cell, row, where, text, what, tail)

    def _input_ring(self, cell: Cell, row: int | None, at: Where, ring: list[Where]) -> Finding:
        """Return an input that its owner calculates from its own dependents."""
        self.altered.add(at)
        path = _path(ring)
        return self.subject.finding(
            "F08.input_circle",
            cell,
            row,
            path=path,
            affected=tuple(cell_of(sheet, r, c) for sheet, r, c in ring if (sheet, r, c) != at),
        )

    @cached_property
    def _led_astray(self) -> set[Where]:
        """Cells that a name of ours wrongly refers to: F10 reports the circle there."""
        now = [self.subject.book.read.names.get(name) for name in self.subject.book.restored]
        return {spot[:3] for each in now if each is not None for spot in each.spots()}

    def _is_edited(self, named: tuple[Cell, int | None], where: Where) -> bool:
        cell, _ = named
        if cell.formula is None:
            return True
        try:
            wanted = normal(parse(self.subject.expected_formula(cell, where), is_own=True), self.subject, where[0])
            return normal(parse(self.subject.formulas[where]), self.subject, where[0]) != wanted
        except (FormulaError, KeyError):
            return True


def _in_quotes(value: Value, cell: Cell) -> Wording:
    """Return a value as `shown`, a text in quotes."""
    said = shown(value, cell)
    return Phrase("part.quoted", said=said) if isinstance(value, str) and value else said


def _known(node: Tree) -> bool:
    return all(each.function in known() for each in walk(node) if isinstance(each, Call))


def _off(found: Value, expected: Value) -> float | None:
    if isinstance(found, Fraction) and isinstance(expected, Fraction):
        return float(found - expected)
    return None


def _difference(found: Value, expected: Value, cell: Cell) -> Wording:
    off = _off(found, expected)
    if off is None:
        return NOTHING
    said = shown(abs(Fraction(off)), cell)
    sign = "+" if off > 0 else "−"
    return Phrase("part.off_by", sign=sign, said=said)


def _path(ring: Sequence[Where]) -> str:
    """Return a circle as people follow it: with the sheets where it leads over several."""
    several = len({sheet for sheet, _, _ in ring}) > 1
    return " → ".join(cell_of(*each) if several else address(*each[1:]) for each in (*ring, ring[0]))
