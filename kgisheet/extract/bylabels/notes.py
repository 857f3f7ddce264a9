"""The words for what a plan from a foreign sheet assumes, lacks, has otherwise, or leaves out."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import Problem
from ...freeform.read.figures import Figure, shown
from ...freeform.rules.telling import own_label
from ...language.text import Text
from ...values.a1 import cell_of

_LISTED = 8


class Notes:
    """The notes of one extraction, in the order of their making."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[Problem] = []

    def assumed(self, what: Text, figure: Figure | None = None) -> None:
        """Say what the plan has that the sheet doesn't say, or not so."""
        self._add("assumed", what, Text("違うときは計画を直してください", "correct the plan if that is not so"), figure)

    def missing(self, key: str, what: Text) -> None:
        """Say what the plan lacks because the sheet does."""
        said = Text(f"{what.ja}がシートにありません", f"the sheet has no {what.en}")
        fix = Text(f"計画に {key} を書き足してください", f"add {key} to the plan")
        self.found.append(Problem("missing", said, fix, self.source, None, key))

    def unverified(self) -> None:
        """Say that the plan could not be worked out, and its figures not compared."""
        what = Text(
            "足りないものがあるため、計画から計算した数をシートの数と照合していません",
            "something is missing, so the figures that the plan gives were not compared with the sheet's",
        )
        self._add("unverified", what, None, None)

    def refused(self, problem: Problem) -> None:
        """Say why no workbook can be made of the plan as it is."""
        self.found.append(problem._replace(source=self.source, line=None))

    def differs(self, figure: Figure, instead: str) -> None:
        """Say that a figure of the plan's workbook is another than the sheet's."""
        what = Text(
            f"{own_label(figure)}はシートでは {shown(figure)}、計画からは {instead} になります",
            f"{own_label(figure)} is {shown(figure)} on the sheet, and {instead} by the plan",
        )
        fix = Text("シートに誤りがないか kgisheet check で確かめてください", "kgisheet check says whether the sheet is wrong")
        self._add("differs", what, fix, figure)

    def left(self, figures: Iterable[Figure], why: Text) -> None:
        """List figures that are not in the plan."""
        figures = list(figures)
        if not figures:
            return
        said = _listed([f"{each.cell} {own_label(each)} {shown(each)}" for each in figures])
        what = Text(f"計画に入れていません({why.ja}): {said.ja}", f"not in the plan ({why.en}): {said.en}")
        self._add("left", what, None, figures[0])

    def cells(self, cells: Iterable[str], why: Text) -> None:
        """List cells that could not be read, or whole sheets."""
        listed = list(cells)
        if listed:
            said = _listed(listed)
            what = Text(f"計画に入れていません({why.ja}): {said.ja}", f"not in the plan ({why.en}): {said.en}")
            self.found.append(Problem("left", what, None, self.source))

    def _add(self, code: str, what: Text, fix: Text | None, figure: Figure | None) -> None:
        key = None if figure is None else cell_of(*figure.where)
        self.found.append(Problem(code, what, fix, self.source, None, key))


def _listed(cells: list[str]) -> Text:
    """Return the first cells with what they hold, and the others by their addresses alone."""
    first, rest = cells[:_LISTED], [each.partition(" ")[0] for each in cells[_LISTED:]]
    if not rest:
        return Text("、".join(first), ", ".join(first))
    return Text(
        f"{'、'.join(first)} ほか{len(rest)}({'、'.join(rest)})", f"{', '.join(first)} and {len(rest)} more ({', '.join(rest)})"
    )
