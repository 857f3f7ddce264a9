"""Comparison of two workbooks: inputs, stages, which moved which, and notes."""

from __future__ import annotations

from ..errors import BookError, Problem, too_complex
from ..filled.lost_record import remade
from ..filled.workbook import FilledBook
from ..xlsx.read.reader import read
from .inputs import common, compare_inputs
from .notes import notes
from .outcome import Difference
from .rows import Rows, Side
from .stages import effects, stages


def diff(a: tuple[bytes, str], b: tuple[bytes, str]) -> Difference:
    """Return what B changes against A, each given as bytes and a name; raise BookError with what is wrong with either file."""
    sides: list[Side] = []
    problems: list[Problem] = []
    for data, name in (a, b):
        try:
            sides.append(Side(FilledBook(remade(read(data, name)), name)))
        except BookError as bad:
            problems += bad.problems
        except (MemoryError, RecursionError):
            problems.append(too_complex(name))
    if problems:
        raise BookError(*problems)
    first, second = sides
    both = common(first, second)
    rows = Rows(first, second, both)
    found = compare_inputs(first, second, both, rows)
    return Difference(
        a=a[1],
        b=b[1],
        lang=second.book.lang,
        templates=(first.template.name, second.template.name),
        apart=_apart(first, second) or found.gone[0] != found.gone[1],
        compared=found.total,
        inputs=tuple(found.changed),
        stages=tuple(stages(first, second, rows)),
        effects=tuple(effects(first, second, both, rows, found.changed)),
        notes=tuple(notes(first, second, both, rows, found.gone)),
    )


def _apart(a: Side, b: Side) -> bool:
    """Return whether one has inputs that the other lacks: another template, another way to split, other sheets."""
    first, second = a.template, b.template
    kinds = [(each.name, each.typed) for each in (first, second)]
    return kinds[0] != kinds[1] or a.sheets != b.sheets or a.has_months != b.has_months
