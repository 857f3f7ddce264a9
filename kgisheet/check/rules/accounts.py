"""X08: the matrix of accounts: nothing from nowhere, no cell below zero, and arrivals as the page asks.

Faults that would disappear with one input corrected are its consequences: they are counted with it, not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...plan.inputs import Input
from ...template.roles import Roles
from ...values.a1 import cell_of
from ...values.rounding import number
from ...worksheet.shown import quoted
from ..finding import ERROR, WARNING, Finding
from ..subject import Subject
from .matrix import Fault, Matrix


def accounts(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Check the matrix as the inputs give it: an edited formula is reported at its own cell.

    Silent while nothing is typed in, and on whatever depends on an input that is ``suspect``.
    """
    if subject.roles.abm_closing not in subject.template.cells or subject.book.place(subject.roles.abm_closing, 0) is None:
        return
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    roles = subject.roles
    if wrong & {roles.abm_moves, roles.abm_opening, roles.abm_new, roles.abm_rank_name, roles.abm_stage_name}:
        return
    yield from _Told(subject, Matrix(subject, goals=not wrong & subject.sources_of(subject.roles.abm_goal))).run()


class _Told:
    """The faults of a matrix, cause by cause; ``changed`` are the columns with the causes corrected so far."""

    def __init__(self, subject: Subject, matrix: Matrix) -> None:
        self.subject, self.roles = subject, subject.roles
        self.matrix = matrix
        self.left = matrix.faults()
        self.changed: dict[str, list[Input]] = {}

    def run(self) -> Iterator[Finding]:
        yield from self._lost()
        if (still := self._going_nowhere()) is not None:
            yield still
        for cause in (self._repeated, self._shuffled, self._miscounted):
            if self.left and (finding := cause()) is not None:
                yield finding
        yield from self._below_zero(sorted(each.row for each in self.left if each.name == self.roles.abm_closing))
        yield from self._arrivals(sorted(each.row for each in self.left if each.name == self.roles.abm_arrivals))

    def _places(self, faults: Iterable[Fault]) -> tuple[str, ...]:
        places = (self.subject.book.place(each.name, each.row) for each in sorted(faults))
        return tuple(cell_of(*place[:3]) for place in places if place is not None)

    def _moves(self, rows: Iterable[int]) -> tuple[str, ...]:
        return self._places(Fault(self.roles.abm_moves, row) for row in rows)

    # -- names that are not on the matrix -----------------------------------

    def _lost(self) -> Iterator[Finding]:
        """Report moves whose rank or stage isn't on the matrix: their accounts would leave, or arrive, from nowhere."""
        groups: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for row in self.matrix.moves:
            for column, axis in self.matrix.axes.items() if self.matrix.count(row) is not None else ():
                said = self.matrix.column(column)[row]
                if not isinstance(said, str) or said.casefold() not in map(str.casefold, self.matrix.known(column)):
                    groups.setdefault((axis, str(said or "").casefold()), []).append((row, column))
                    break  # one move, one fault
        for (axis, said), moves in groups.items():
            renamed = self._renamed(axis, said)
            explained = self._put_right(moves, [self.matrix.column(axis)[renamed]] if renamed is not None else None)
            if renamed is None:
                yield self._unknown(moves, explained)
            else:
                yield self._called_otherwise(axis, renamed, moves, explained)

    def _put_right(self, moves: list[tuple[int, str]], names: list[Input] | None) -> frozenset[Fault]:
        """Give the moves the one of the names that removes most faults; return those."""
        best, kept = self.left, self.changed
        for name in names or self.matrix.known(moves[0][1]):
            columns = {key: list(column) for key, column in self.changed.items()}
            for row, column in moves:
                columns.setdefault(column, self.matrix.typed(column))[row] = name
            after = self.matrix.faults(columns)
            if len(after) < len(best) or kept is self.changed:
                best, kept = after, columns
        explained, self.left, self.changed = self.left - best, best, kept
        return explained

    def _renamed(self, axis: str, said: str) -> int | None:
        """Return the row of an axis that had this name when the workbook was written."""
        anchors = self.subject.book.anchors
        for row, now in enumerate(self.matrix.column(axis)):
            for then in (anchors.left(axis, row), anchors.written(axis, row)):
                if said and now and str(then or "").casefold() == said != str(now).casefold():
                    return row
        return None

    def _called_otherwise(self, axis: str, row: int, moves: list[tuple[int, str]], explained: frozenset[Fault]) -> Finding:
        cell, now = self.subject.template.cells[axis], quoted(str(self.matrix.column(axis)[row]))
        first, column = moves[0]
        was, many = quoted(str(self.matrix.column(column)[first])), len(moves)
        where = tuple(place for row, name in moves for place in self._places([Fault(name, row)]))
        return self.subject.finding(
            "X08.called_otherwise",
            cell,
            row,
            label=cell.label,
            was=was,
            now=now,
            many=many,
            found=now,
            expected=was,
            affected=(*where, *self._places(explained)),
        )

    def _unknown(self, moves: list[tuple[int, str]], explained: frozenset[Fault]) -> Finding:
        (row, column), *others = moves
        cell, said = self.subject.template.cells[column], self.matrix.column(column)[row]
        count = number(self.matrix.count(row) or Fraction(0))
        lost = Phrase("X08.unknown.from_where", count=count)
        if column == self.roles.abm_moves_to:
            lost = Phrase("X08.unknown.to_where", count=count)
        elif column == self.roles.abm_moves_rank:
            lost = Phrase("X08.unknown.uncounted", count=count)
        wrong = Phrase("X08.unknown.blank")
        if said:
            name = quoted(str(said))
            wrong = Phrase("X08.unknown.no_such", called=name)
        more = Phrase("X08.unknown.more", many=len(others)) if others else NOTHING
        listed = self.matrix.known(column)
        fix = Phrase("X08.unknown.fix_listed", listed=listed)
        if not listed:
            fix = Phrase("X08.unknown.fix_unnamed")
        where = tuple(place for at, name in others for place in self._places([Fault(name, at)]))
        return self.subject.finding(
            "X08.unknown",
            cell,
            row,
            line=row + 1,
            label=cell.label,
            wrong=wrong,
            lost=lost,
            more=more,
            fix=fix,
            found=said if isinstance(said, str) else None,
            affected=(*where, *self._places(explained)),
        )

    # -- counts that are not at their moves ----------------------------------

    def _stages(self) -> list[str]:
        return [each.casefold() for each in self.matrix.known(self.roles.abm_moves_to)]

    def _going_nowhere(self) -> Finding | None:
        """Report moves from a stage to the same one: nobody moves, and yet they count as arrivals there."""
        start, end = self.matrix.column(self.roles.abm_moves_from), self.matrix.column(self.roles.abm_moves_to)
        counts = list(self.changed.get(self.roles.abm_moves) or self.matrix.typed(self.roles.abm_moves))
        still = [
            row
            for row in self.matrix.moves
            if self.matrix.count(row) and str(start[row]).casefold() == str(end[row]).casefold() in self._stages()
        ]
        if not still:
            return None
        for row in still:
            counts[row] = None
        explained = self._explained(counts)
        return self.subject.finding(
            "X08.going_nowhere",
            self.subject.template.cells[self.roles.abm_moves_to],
            still[0],
            lines=[str(row + 1) for row in still],
            many=len(still),
            stage=str(end[still[0]]),
            severity=ERROR if explained else WARNING,
            found=str(end[still[0]]),
            affected=(*self._moves(still), *self._places(explained)),
        )

    def _repeated(self) -> Finding | None:
        """Report moves that are planned twice, if all is well without the second one."""
        seen: dict[tuple[str, ...], int] = {}
        again: list[int] = []
        counts = list(self.changed.get(self.roles.abm_moves) or self.matrix.typed(self.roles.abm_moves))
        for row in self.matrix.moves:
            key = tuple(str(self.matrix.column(name)[row]).casefold() for name in (*self.matrix.axes, self.roles.abm_moves))
            if self.matrix.count(row) is not None and seen.setdefault(key, row) != row:
                again.append(row)
                counts[row] = None
        if not again or not (explained := self._explained(counts)):
            return None
        cell = self.subject.template.cells[self.roles.abm_moves]
        return self.subject.finding(
            "X08.repeated",
            cell,
            again[0],
            lines=[str(row + 1) for row in again],
            many=len(again),
            said=_said(explained, self.roles),
            affected=(*self._moves(again[1:]), *self._places(explained)),
        )

    def _shuffled(self) -> Finding | None:
        """Report counts that match the page's, but beside other moves: sorted alone."""
        goals, stages = (
            self.matrix.column(self.roles.abm_goal),
            [str(each).casefold() for each in self.matrix.column(self.roles.abm_stage_name)],
        )
        counts, wanted = list(self.changed.get(self.roles.abm_moves) or self.matrix.typed(self.roles.abm_moves)), {}
        for row in self.matrix.moves:
            to = str(self.matrix.column(self.roles.abm_moves_to)[row]).casefold()
            goal = goals[stages.index(to)] if to in stages else None
            if self.matrix.count(row) is not None and isinstance(goal, Fraction):
                wanted[row] = goal
        if len(self.left) < 2 or sorted(wanted.values()) != sorted(self.matrix.count(row) or Fraction(0) for row in wanted):
            return None
        apart = [row for row, goal in wanted.items() if goal != self.matrix.count(row)]
        for row in apart:
            counts[row] = wanted[row]
        if not apart or not (explained := self._explained(counts)):
            return None
        cell = self.subject.template.cells[self.roles.abm_moves]
        return self.subject.finding(
            "X08.shuffled",
            cell,
            apart[0],
            found=number(self.matrix.count(apart[0]) or Fraction(0)),
            expected=number(wanted[apart[0]]),
            affected=(*self._moves(apart[1:]), *self._places(explained)),
        )

    def _miscounted(self) -> Finding | None:
        """Return one count with which both a stage's arrivals and a cell below zero would be right."""
        stages = [str(each).casefold() for each in self.matrix.column(self.roles.abm_stage_name)]
        counts = list(self.changed.get(self.roles.abm_moves) or self.matrix.typed(self.roles.abm_moves))
        for row in self.matrix.moves:
            to, count = str(self.matrix.column(self.roles.abm_moves_to)[row]).casefold(), self.matrix.count(row)
            at = stages.index(to) if to in stages else None
            if count is None or at is None or Fault(self.roles.abm_arrivals, at) not in self.left or len(self.left) < 2:
                continue
            arrive, goal = (
                Fraction(_figure(self.matrix.column(name)[at])) for name in (self.roles.abm_arrivals, self.roles.abm_goal)
            )
            right = count - arrive + goal
            others = [right if each == row else given for each, given in enumerate(counts)]
            after = self.matrix.faults({**self.changed, self.roles.abm_moves: others}) if right >= 0 else self.left
            if not (after < self.left and len(self.left - after) > 1):
                continue
            explained = self._explained(others)
            cell, stage = self.subject.template.cells[self.roles.abm_moves], self.matrix.column(self.roles.abm_stage_name)[at]
            now, then = number(count), number(right)
            return self.subject.finding(
                "X08.miscounted",
                cell,
                row,
                line=row + 1,
                now=now,
                then=then,
                stage=stage,
                goal=number(goal),
                found=now,
                expected=then,
                difference=number(count - right),
                affected=self._places(explained),
            )
        return None

    def _explained(self, counts: list[Input]) -> frozenset[Fault]:
        """Return the faults that these counts remove without adding any; record them as corrected then."""
        after = self.matrix.faults({**self.changed, self.roles.abm_moves: counts})
        explained = self.left - after
        if not explained or not after < self.left:
            return frozenset()
        self.left, self.changed = after, {**self.changed, self.roles.abm_moves: counts}
        return explained

    # -- what has no cause that could be told ---------------------------------

    def _below_zero(self, at: list[int]) -> Iterator[Finding]:
        """Report more accounts moved out of a cell than were there."""
        if not at:
            return
        cell, index = self.subject.template.cells[self.roles.abm_closing], at[0]
        rank, stage = (
            self.matrix.column(name)[each]
            for name, each in zip(
                (self.roles.abm_rank_name, self.roles.abm_stage_name), divmod(index, self.matrix.across), strict=True
            )
        )
        there, out, value = (
            _figure(self.matrix.column(name)[index])
            for name in (self.roles.abm_held, self.roles.abm_out, self.roles.abm_closing)
        )
        more = Phrase("X08.below_zero.more", many=len(at) - 1) if len(at) > 1 else NOTHING
        yield self.subject.finding(
            "X08.below_zero",
            cell,
            index,
            rank=rank,
            stage=stage,
            value=value,
            there=there,
            out=out,
            more=more,
            found=value,
            expected=0,
            difference=value,
            affected=self._places(Fault(self.roles.abm_closing, each) for each in at[1:]),
        )

    def _arrivals(self, at: list[int]) -> Iterator[Finding]:
        """Report arrivals at the stages that the page has a count for."""
        if not at:
            return
        cell, stages = self.subject.template.cells[self.roles.abm_arrivals], self.matrix.column(self.roles.abm_stage_name)
        pairs = [
            (
                stages[each],
                _figure(self.matrix.column(self.roles.abm_arrivals)[each]),
                _figure(self.matrix.column(self.roles.abm_goal)[each]),
            )
            for each in at
        ]
        stage, arrive, goal = pairs[0]
        what = Phrase("X08.arrivals.message", stage=stage, arrive=arrive, goal=goal, signed=_signed(arrive - goal))
        if len(pairs) > 1:
            what = Phrase(
                "X08.arrivals.several",
                listed=[Phrase("X08.arrivals.each", stage=name, count=count, asked=asked) for name, count, asked in pairs],
            )
        yield self.subject.finding(
            "X08.arrivals",
            cell,
            at[0],
            message=what,
            found=arrive,
            expected=goal,
            difference=arrive - goal,
            affected=(
                *self._places(Fault(self.roles.abm_goal, each) for each in at),
                *self._places(Fault(self.roles.abm_arrivals, each) for each in at[1:]),
            ),
        )


def _said(explained: frozenset[Fault], roles: Roles) -> Phrase:
    """Return the consequence: a stage closes below zero, or the goals are missed."""
    if any(each.name == roles.abm_arrivals for each in explained):
        return Phrase("X08.repeated.goals_missed")
    return Phrase("X08.repeated.below_zero")


def _figure(value: object) -> float:
    return number(value) if isinstance(value, Fraction) else 0


def _signed(gap: float) -> str:
    return f"{'−' if gap < 0 else '+'}{abs(gap):,g}"
