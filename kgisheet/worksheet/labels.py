"""The labels of the cells, and each one's sentence, in one language."""

from __future__ import annotations

from collections.abc import Callable

from ..expr.nodes import Node
from ..expr.render import prose
from ..language.text import Text
from ..template.model import EXACT, PER_MONTH, Cell, Switch, Template
from ..template.switches import branches, says


class Labels:
    """The texts of one template in one language."""

    def __init__(self, template: Template, lang: str, value_of: Callable[[str], object] | None = None) -> None:
        self.template = template
        self.lang = lang
        self.value_of: Callable[[str], object] = value_of or (lambda name: None)
        """The contents of the switches on the page; by default each what it is without a word."""

    def say(self, text: Text) -> str:
        return text.to(self.lang)

    def word(self, key: str) -> str:
        return self.template.words[key].to(self.lang)

    def label(self, name: str) -> str:
        """Return a cell's label as a sentence uses it: without its arrow."""
        cell = self.template.cells.get(name)
        if cell is not None and cell.renamed is not None and says(cell.renamed.when, self.value_of):
            return self.say(cell.renamed.label)
        return name if cell is None else self.say(cell.called)

    def full_label(self, cell: Cell) -> str:
        """Return a cell's label with its arrow, that of the other rate while a switch says so."""
        if cell.renamed is not None and says(cell.renamed.when, self.value_of):
            return self.say(cell.renamed.full_label)
        if cell.companion == PER_MONTH and cell.of is not None and says(Switch("period", "month"), self.value_of):
            # Of a month's goal it is the year.
            of = self.template.cells[cell.of].label
            return self.say(Text(f"{of.ja}(12か月では)", f"{of.en} in 12 months"))
        return self.say(cell.full_label)

    def is_unsaid(self, name: str) -> bool:
        cell = self.template.cells.get(name)
        return cell is not None and cell.is_unsaid

    def reason(self, cell: Cell) -> str:
        """Return what a cell is made of: 受注数 ÷ 受注率; the quotient, not its rounding. Empty for an input."""
        formula = self._made_of(cell)
        if (either := branches(formula)) is not None:
            switch, then, other = either
            formula = then if says(switch, self.value_of) else other
        return prose.prose(formula, self) if formula is not None else ""

    def _made_of(self, cell: Cell) -> Node | None:
        companion = self.template.companion(cell.name, EXACT)
        return self.template.cells[companion].formula if companion else cell.formula

    def switch_of(self, cell: Cell) -> Switch | None:
        """Return the switch that a cell's quotient depends on; None for one that is always the same."""
        either = branches(self._made_of(cell))
        return None if either is None else either[0]

    def with_switch(self, switch: Switch) -> Labels:
        """Return the labels as they are while a switch says so."""
        return Labels(self.template, self.lang, lambda name: switch.choice if name == switch.cell else None)

    def sentence(self, cell: Cell) -> str:
        """Return a cell's sentence: 案件化数 = 受注数 ÷ 受注率; empty for an input."""
        reason = self.reason(cell)
        return f"{self.say(cell.label)} = {reason}" if reason else ""


def usual_text(cell: Cell) -> Text:
    """Return the usual range with what it is: 目安 20〜40%."""
    said = usual_range(cell)
    return Text(f"目安 {said.ja}", f"benchmark {said.en}")


def usual_range(cell: Cell) -> Text:
    """Return the usual range as text: 20〜40%."""
    assert cell.usual is not None
    low, high = (f"{100 * float(bound):g}" for bound in (cell.usual.low, cell.usual.high))
    return Text(f"約{low}%", f"~{low}%") if low == high else Text(f"{low}〜{high}%", f"{low}–{high}%")
