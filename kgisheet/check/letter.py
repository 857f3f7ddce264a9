"""Results whose formulas are the template's to the letter: what they give is worked out already, exactly."""

from __future__ import annotations

from .subject import Subject


def to_the_letter(subject: Subject) -> bool:
    """Return whether every result has its own formula, to the letter.

    What such a formula gives, from sources that have theirs, is what the template gives: its recalculation is told so,
    and evaluates only those that differ and what follows from them.
    """
    book = subject.book
    if book.by_record or book.restored or book.shadows:
        return False
    results = subject.results()
    off = {cell.name for cell, _, where in results if subject.formulas.get(where) != subject.expected_formula(cell, where)}
    off |= {cell.name for cell, _, where in subject.inputs() if where in subject.formulas}
    doubtful = _followers(subject, off) if off else set()
    expected = [(where, subject.expected(cell, row)) for cell, row, where in results if cell.name not in doubtful]
    subject.recalculated.know_all({where: "" if value is None else value for where, value in expected})
    return not off


def _followers(subject: Subject, off: set[str]) -> set[str]:
    """Return these cells, those that are gone or refer to one, and all that are worked out from them."""
    users: dict[str, set[str]] = {}
    for cell in subject.template.cells.values():
        for name in subject.asked_by(cell):
            users.setdefault(name, set()).add(cell.name)
    sound = {cell.name for cell, _, _ in (*subject.results(), *subject.inputs())}
    found = off | subject.gone | {cell.name for cell, _ in subject.where.values() if cell.name not in sound}
    waiting = list(found)
    while waiting:
        new = users.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
