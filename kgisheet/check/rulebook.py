"""The rules in order of execution, each with its codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ..formula.grid import Where
from ..recalc.client import Recalculate
from ..values import budget
from .compare.trials import Trials
from .finding import NOTE, Finding
from .rules import (
    accounts,
    actuals,
    amounts,
    blanks,
    boundaries,
    doubtful,
    exported,
    fixed,
    inserted,
    marks,
    money,
    months,
    order,
    proportions,
    shadowed,
    state,
    structure,
    sums,
    unnamed,
    unseen,
)
from .rules.formulas import FormulaChecks
from .rules.inputs import inputs
from .subject import Subject


class Course:
    """A workbook on its way through the rules, and what earlier rules leave for later ones.

    ``altered`` are results with a wrong formula, ``not_evaluated`` those
    that are unknown, ``suspect`` inputs that are wrong, or probably are; ``parted`` those that are only
    forbidden, such as an amount with a fraction of a yen; ``huge`` means that counts are beyond the range in which programs
    agree.
    """

    def __init__(self, subject: Subject, data: bytes, engine: Recalculate | None) -> None:
        self.subject = subject
        self.data = data
        self.engine = engine
        self.trials = Trials(subject)
        self.altered: set[Where] = set()
        self.not_evaluated: dict[Where, str] = {}
        self.suspect: set[Where] = set()
        self.parted: set[Where] = set()
        self.huge = False

    def suspecting(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Report the findings; any graver than a note makes the input at its cell suspect."""
        for each in findings:
            if each.severity != NOTE and each.name is not None:
                name, _, row = each.name.partition("[")
                place = self.subject.book.place(name, int(row[:-1]) - 1 if row else None)
                if place is not None:
                    self.suspect.add(place[:3])
                    (self.parted.add if each.code == "I10" else self.parted.discard)(place[:3])
            yield each


def _formulas(course: Course) -> Iterator[Finding]:
    if course.subject.book.without_formulas:
        yield from exported.exported(course.subject, course.altered)
        return
    checks = FormulaChecks(course.subject, course.trials)
    yield from checks.run()
    # What exceeds the budget of a file is for no other engine either, which has no limit but time.
    if course.engine is not None and checks.not_evaluated and budget.current().refused is None:
        yield from checks.ask(course.data, course.engine)
    yield from checks.unread()
    course.altered, course.not_evaluated = checks.altered, checks.not_evaluated


def _unnamed(course: Course) -> Iterable[Finding]:
    return () if course.subject.book.without_formulas else unnamed.unnamed(course.subject, course.trials)


def _inputs(course: Course) -> Iterator[Finding]:
    return course.suspecting(inputs(course.subject))


def _money(course: Course) -> Iterator[Finding]:
    """Check amounts; one that is only forbidden, for its fraction of a yen, may be in 万円."""
    yield from course.suspecting(money.money(course.subject, course.suspect - course.parted))
    yield from course.suspecting(amounts.amounts(course.subject, course.suspect - course.parted))


def _order(course: Course) -> Iterator[Finding]:
    return course.suspecting(order.sorted_apart(course.subject))


def _huge(course: Course) -> Iterator[Finding]:
    if course.suspect - course.parted:
        return  # what is typed wrongly makes such counts; a price of a part of a yen may be meant so
    for each in sums.huge(course.subject):
        course.huge = True
        yield each


def _sums(course: Course) -> Iterable[Finding]:
    return () if course.huge else sums.sums(course.subject, course.suspect)


def _stale(course: Course) -> Iterable[Finding]:
    """Report stale values, except where programs rightly differ: on excessive figures, and on TRUE as a number."""
    book = course.subject.book
    named = [course.subject.where[where] for where in course.suspect if where in course.subject.where]
    odd = any(isinstance(book.value(cell.name, row), bool) for cell, row in named)
    return () if course.huge or odd else state.stale(course.subject, course.not_evaluated, course.suspect, course.altered)


class Rule(NamedTuple):
    """One rule: its codes, and its function."""

    codes: str
    look: Callable[[Course], Iterable[Finding]]


RULES = (
    Rule("F01 F02 F03 F04 F05 F06 F07 F08 F09 F11", _formulas),
    Rule("F01 F02", _unnamed),
    Rule("S05", lambda course: unseen.unseen(course.subject)),
    Rule("S05 S06 S07 S08", lambda course: course.suspecting(structure.surroundings(course.subject))),
    Rule("F02 F06 F07 F11 I01 I02 I03 I04 I06 I07 I08 I09 I10 I11", _inputs),
    Rule("I06", lambda course: course.suspecting(blanks.blanks(course.subject, course.suspect | course.altered))),
    Rule("I06 X02 X03 X04", lambda course: course.suspecting(actuals.actuals(course.subject, course.suspect))),
    Rule("I07 X04", lambda course: course.suspecting(proportions.proportions(course.subject, course.suspect))),
    Rule("I05", _money),
    Rule("I10", lambda course: course.suspecting(months.lead_times(course.subject, course.suspect))),
    Rule("F02", lambda course: course.suspecting(fixed.fixed(course.subject, course.suspect))),
    Rule("I04 I06 I10 X04", lambda course: course.suspecting(doubtful.doubtful(course.subject, course.suspect))),
    Rule("S09", lambda course: course.suspecting(months.order(course.subject, course.suspect))),
    Rule("S10", _order),
    Rule("I07", _huge),
    Rule("X01 X02 X04 X05 X07", _sums),
    Rule("X03", lambda course: () if course.huge else months.year(course.subject, course.suspect)),
    Rule("X08", lambda course: () if course.huge else accounts.accounts(course.subject, course.suspect)),
    Rule("X09", lambda course: () if course.huge else marks.marks(course.subject, course.suspect)),
    Rule("X06", lambda course: sums.own_state(course.subject, course.altered)),
    Rule("C07", lambda course: boundaries.boundaries(course.subject)),
    Rule("C01 C02", _stale),
    Rule("C03 C04 C05 C06", lambda course: state.calculation(course.subject)),
    Rule("S01 S02 S04 F10", lambda course: structure.moved(course.subject)),
    Rule("S01", lambda course: inserted.inserted(course.subject)),
    Rule("F10", lambda course: shadowed.shadowed(course.subject)),
    Rule("S03", lambda course: structure.copies(course.subject)),
    Rule("S11", lambda course: structure.program(course.subject)),
    Rule("S12", lambda course: state.template(course.subject)),
)
"""Sheets typed by hand, read by their labels, have rules of their own (`labelled`)."""
