"""The labels of the cells, and each one's sentence, in one language."""

from __future__ import annotations

from ..expr.render import prose
from ..language.text import Text
from ..template.model import EXACT, Cell, Template


class Labels:
    """The texts of one template in one language."""

    def __init__(self, template: Template, lang: str) -> None:
        self.template = template
        self.lang = lang

    def say(self, text: Text) -> str:
        return text.to(self.lang)

    def word(self, key: str) -> str:
        return self.template.words[key].to(self.lang)

    def label(self, name: str) -> str:
        """Return a cell's label as a sentence uses it: without its arrow."""
        cell = self.template.cells.get(name)
        return name if cell is None else self.say(cell.called)

    def is_unsaid(self, name: str) -> bool:
        cell = self.template.cells.get(name)
        return cell is not None and cell.is_unsaid

    def reason(self, cell: Cell) -> str:
        """Return what a cell is made of: 受注数 ÷ 受注率; the quotient, not its rounding. Empty for an input."""
        companion = self.template.companion(cell.name, EXACT)
        formula = self.template.cells[companion].formula if companion else cell.formula
        return prose.prose(formula, self) if formula is not None else ""

    def sentence(self, cell: Cell) -> str:
        """Return a cell's sentence: 案件化数 = 受注数 ÷ 受注率; empty for an input."""
        reason = self.reason(cell)
        return f"{self.say(cell.label)} = {reason}" if reason else ""


def usual_text(cell: Cell) -> Text:
    """Return the usual range as text: 目安 20〜40%."""
    assert cell.usual is not None
    low, high = (f"{100 * float(bound):g}" for bound in (cell.usual.low, cell.usual.high))
    if low == high:
        return Text(f"目安 約{low}%", f"benchmark ~{low}%")
    return Text(f"目安 {low}〜{high}%", f"benchmark {low}–{high}%")
