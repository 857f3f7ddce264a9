"""A grid with its reasons: what each figure is called and made of, and what a switch on the page makes of both."""

from __future__ import annotations

from ..expr.nodes import Name, names
from ..expr.render import excel
from ..language.text import Text
from ..template.model import Cell
from ..template.switches import says
from ..values.units import RATE, TEXT
from ..worksheet.labels import usual_text
from . import looks
from .form import Form
from .lines import LABEL
from .model import Conditional, Look

_MEAN = Text("チャネルの合計件数から計算", "Average across channels")
VALUE = LABEL + 1
"""The first column of the figures."""


class Reasoned(Form):
    """The drawing of names and reasons."""

    def _repeated(self, name: str | None) -> Cell | None:
        """Return the cell of the page that a cell repeats: the first that its formula names."""
        cell = None if name is None else self.template.cells[name]
        if cell is None or cell.formula is None or cell.unit == TEXT:
            return None
        found = [self.template.cells[each] for each in names(cell.formula) if each in self.template.cells]
        return next((each for each in found if each.renamed is not None or each.read_when is not None), None)

    def _named(self, row: int, title: Text, of: Cell | None, look: Look) -> None:
        """Draw what a line is called; another name while a switch makes it another rate, greyed while its stage is skipped."""
        if of is None or of.renamed is None:
            self.draft.text(row, LABEL, self.draft.say(title), look)
        else:
            self.draft.either(row, LABEL, of.renamed.when, self.draft.say(of.renamed.label), self.draft.say(title), look)
        if of is not None and of.read_when is not None:
            look = (*looks.UNREAD, ("num_format", '"―";"―";"―";@'))
            test = self.draft.unread(of.read_when)
            self.sheet.conditionals.append(Conditional(row, LABEL, row, VALUE, test, look))

    def _reasons(self, row: int, col: int, cell: Cell, of: Cell | None) -> None:
        """Draw what a figure is worked out from: something else, or nothing, while a switch says so."""
        said = self._reason(cell)
        if (typed := self._typed_reason(cell)) is not None:
            self._either_typed(row, col, typed, said, of)
            return
        shown = self.template.cells[cell.formula.id] if isinstance(cell.formula, Name) else cell
        switch = self.draft.switch_of(shown)
        if switch is not None:
            self.draft.either(
                row, col, switch, _begun(self.draft.with_switch(switch).reason(shown)), said, looks.FORM_NOTE, self.last
            )
            return
        self.draft.text(row, col, said, looks.FORM_NOTE, self.last)
        tests = [self.draft.test(of.renamed.when)] if of is not None and of.renamed is not None else []
        tests += [self.draft.unread(of.read_when)] if of is not None and of.read_when is not None else []
        for test in tests:
            look = (*looks.UNREAD, ("num_format", ";;;")) if of is not None and of.read_when else (("num_format", ";;;"),)
            self.sheet.conditionals.append(Conditional(row, col, row, self.last, test, look))

    def _typed_reason(self, cell: Cell) -> str | None:
        """Return the name of the cell in which the rate that a cell repeats is reasoned for; None of other cells."""
        of = names(cell.formula) if cell.unit == RATE and cell.formula is not None else ()
        return next((reason for name in of if (reason := f"{name}_reason") in self.template.cells), None)

    def _either_typed(self, row: int, col: int, typed: str, said: str, of: Cell | None) -> None:
        """Draw why a rate was chosen, once somebody has said so; else its usual range, which isn't that of another rate."""
        other = excel.quoted(said)
        if of is not None and of.renamed is not None:
            other = f'IF({self.draft.test(of.renamed.when)},"",{other})'
        now = self.solution.at(typed, None) or (
            "" if of is not None and of.renamed is not None and says(of.renamed.when, self.solution.at) else said
        )
        look = looks.over(looks.FORM_NOTE, shrink=True)
        self.sheet.formula(row, col, f'=IF({typed}="",{other},{typed})', now, look, self.last)
        if of is not None and of.read_when is not None:
            look = (*looks.UNREAD, ("num_format", ";;;"))
            self.sheet.conditionals.append(Conditional(row, col, row, self.last, self.draft.unread(of.read_when), look))

    def _reason(self, cell: Cell) -> str:
        """Return what the figure that a cell repeats is worked out from, and the usual range of a rate."""
        if cell.unit == TEXT:  # an amount in words: what it is called says it all
            return ""
        if cell.unit == RATE and cell.formula is not None:
            of = [self.template.cells[name] for name in names(cell.formula)]
            asked = next((each for each in of if each.usual is not None), None)
            if asked is None:
                return self.draft.say(_MEAN) if any(each.table is not None or each.total_of for each in of) else ""
            return _begun(self.draft.say(usual_text(asked)))
        shown = self.template.cells[cell.formula.id] if isinstance(cell.formula, Name) else cell
        return _begun(self.draft.reason(shown))


def _begun(said: str) -> str:
    """Return a phrase as it stands alone: with a capital."""
    return f"{said[:1].upper()}{said[1:]}"
