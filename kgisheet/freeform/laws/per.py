"""Formulas of lists with a figure of one by another: projects × proposals per project are proposals, days ÷ days per project are projects.

The label of such a figure names both. Which of them the formula takes, and which its own label names, says how it is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...values.regex import regex
from .fills import HOLE, At
from .formed import Line, Lists
from .lists import names
from .tables import PERCENT

_FORMS = (
    regex(r"^(?P<one>[a-z][a-z' -]*?)(?: needed| required)? (?:per|for each|for every) (?:an? |one )?(?P<of>[a-z][a-z' -]*)$"),
    regex(r"^(?P<of>[^\d\s]{1,10}?)[1一](?:件|人|名|社|回|本|枚)(?:あたり|当たり|につき|に必要な)の?(?P<one>[^\d\s].*)$"),
)
_APIECE = regex(r"\b(?:per|each|every)\b|あたり|当たり|につき|に必要な")
_STEP = regex(f"{HOLE}([*/]){HOLE}")


class Per:
    """The formulas of the lists of one sheet that take a figure of one by another, and nothing else but what the label names."""

    def __init__(self, lists: Lists) -> None:
        self.right: set[At] = set()
        """Those that are worked out as their labels say."""
        self._wrong: list[tuple[At, str]] = []
        for lines in lists:
            for line in lines.values():
                self._take(lines, line)

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield those that multiply where the labels say that they divide, or the other way, each with what is meant."""
        yield from self._wrong

    def _take(self, lines: Mapping[At, Line], line: Line) -> None:
        if line.formula is None or len(line.factors) != 2 or _APIECE.search(line.label) or line.by != 1:
            return
        two = [lines[cell] for cell in line.factors if cell in lines]
        said = [(each, match) for each in two if (match := _said(each)) is not None]
        others = [each for each in two if not _APIECE.search(each.label)]
        if len(said) != 1 or len(others) != 1:
            return
        (per, (one, of)), (other,) = said[0], others
        wanted = 1 if _is_of(other, of, one) and _is_of(line, one, of) else -1
        if wanted < 0 and not (_is_of(other, one, of) and _is_of(line, of, one)):
            return
        if line.factors[other.at] != 1 or abs(line.factors[per.at]) != 1:
            return
        if line.factors[per.at] == wanted:
            self.right.add(line.at)
        elif len(line.formula.cells) == 2 and len(_STEP.findall(line.formula.bare)) == 1:
            sign = "*" if wanted > 0 else "/"
            bare = _STEP.sub(f"{HOLE}{sign}{HOLE}", line.formula.bare)
            self._wrong.append((line.at, line.formula._replace(bare=bare).text([other.at, per.at])))


def _said(line: Line) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the names of what is counted by a figure, and of that of one of which; None where its label doesn't say both."""
    match = next((match for form in _FORMS if (match := form.match(line.label)) is not None), None)
    if match is None or line.kind == PERCENT:
        return None
    one, of = names(match["one"]), names(match["of"])
    return (one, of) if one and of and not one & of else None


def _is_of(line: Line, name: frozenset[str], not_of: frozenset[str]) -> bool:
    return bool(line.names & name) and not line.names & not_of
