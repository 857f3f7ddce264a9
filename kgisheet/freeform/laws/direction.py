"""Rates the wrong way round: a step multiplied by its rate where the labels say that it is divided by it, or the other way.

Of two figures a rate is the share that one has of the other. Which is the part says its label: the 粗利 of 粗利率, the contract of
"inspection → contract". The part is the whole times the rate, the whole the part by the rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...values.regex import regex
from ..read import terms
from .fills import HOLE, At
from .formed import BRACKETS, Line, Lists
from .lists import names
from .tables import COUNT, MONEY, PERCENT

_BETWEEN = regex(r"^(.+?)\s*(?:→|⇒|➡|->|=>|から|\s+to\s+|-to-)\s*(.+)$")
_NAME_ONLY = regex(r"(?:への|に(?:なる|進む|つながる|至る))?(?:割合|転換率|移行率|率|化率|%|rate|conversion|ratio|cvr)?$")
_RATE_OF = regex(r"(?:^|[\s・/])([^\s・/→率]{2,8}?)(?:化)?率$")
_ENGLISH_RATE = regex(r"\b([a-z]+)[ -]rate\b")
_NEEDED_FOR = regex(r"^.*(?:に必要な|のための|を取るための)")
_OTHERWISE = terms.of("gone", "discount", "cost_share", "growth", "attained", "margin", "more", "overall_rate", "of_first")
_SHARE = terms.of("part_of_whole")
_APIECE = terms.of("price", "each", "mean")
_OF_PERIOD = regex(r"\bper (?:day|week|month|quarter|year)\b|[月年週日]あたり")
_NO_PART, _TO_BE = terms.of("no_part"), terms.of("to_be")
_STEP = regex(f"{HOLE}([*/]){HOLE}|{HOLE}([*/])\\({HOLE}/100\\)")
_STEADY = 2
_INSIDE = regex(r"[(（](.+?)[)）]")
_OF = regex(r"[(（]対?([^()（）\s]{2,6}?)(?:数?比|に対して)[)）]|[(（]対([^()（）\s]{2,6})[)）]")
_KANJI = regex(r"(?<=[ァ-ヺー])[一-鿿]{2,}$")
_CONVERSION = regex(r"率|→|⇒|->|から|\brate\b|\bto\b|conversion|\bcvr?\b|ratio|割合|close|\bwin\b")
_FUNNEL = terms.of("of_a_funnel")
_CLOSING, _DEAL, _BEFORE = terms.of("closing_rate"), terms.of("deal"), terms.of("before_deal")


def ends(label: str) -> tuple[str, str] | None:
    """Return the two figures that the label of a rate names, the whole and the part; None where it doesn't name two."""
    plain = BRACKETS.sub("", label).strip()
    found = _BETWEEN.match(plain) or next((each for text in _INSIDE.findall(label) if (each := _BETWEEN.match(text))), None)
    if found is None:
        of = _OF.search(label)
        rate = _RATE_OF.search(plain)
        return (of[1] or of[2], rate[1]) if of is not None and rate is not None else None
    whole, part = found[1].strip(), _NAME_ONLY.sub("", found[2].strip()).strip()
    return (whole, part) if whole and part else None


class Direction:
    """The steps of the lists of one sheet that go the wrong way."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists

    def __iter__(self) -> Iterator[tuple[At, str]]:
        """Yield them, with the formula that goes the other way."""
        for lines in self.lists:
            steps = {line.at: step for line in lines.values() if (step := self._step(line)) is not None}
            for step in steps.values():
                wanted, is_sure = _said(*step)
                if not wanted:
                    is_wrong = self._is_alone(steps, step)
                else:
                    others = [each.power for each in steps.values() if each is not step]
                    # The demo rate may be of demos, too: not of others than all other steps go.
                    is_wrong = wanted == -step.power and (is_sure or (bool(others) and set(others) == {wanted}))
                if is_wrong:
                    formula = _turned(step)
                    if formula is not None:
                        yield step.result.at, formula

    def _step(self, line: Line) -> Step | None:
        """Return a line that is another one times a rate, or by it."""
        if line.formula is None or len(line.factors) != 2 or line.kind == PERCENT:
            return None
        two = [each for cell in line.factors if (each := self.lists.get(cell)) is not None]
        rates = [each for each in two if each.kind == PERCENT]
        others = [each for each in two if each.kind == line.kind]
        if len(rates) != 1 or len(others) != 1 or line.factors[others[0].at] != 1 or abs(line.factors[rates[0].at]) != 1:
            return None
        value = self.lists.value(rates[0].at)
        if value is None or not 0 < value / (100 if "/100" in line.formula.bare else 1) < 1:
            return None
        is_otherwise = _OTHERWISE.search(rates[0].label) or (ends(rates[0].whole) is None and _SHARE.search(rates[0].label))
        if is_otherwise or any(_APIECE.search(_OF_PERIOD.sub("", each.label)) for each in (line, others[0])):
            return None
        return Step(line, others[0], rates[0])

    def _is_alone(self, steps: Mapping[At, Step], step: Step) -> bool:
        """Return whether a step of counts goes another way than all the others, and hangs together with one of them.

        A share of a stage is of it, with its name: web leads, 40 % of all leads; and so is who comes again.
        """
        others = [each for each in steps.values() if each is not step]
        linked = [each for each in others if each.result.at == step.one.at or each.one.at == step.result.at]
        return (
            bool(linked)
            and len(others) >= _STEADY
            and all(each.power == -step.power and each.result.kind == COUNT for each in others)
            and step.result.kind == COUNT
            and not step.one.names & step.result.names
            and bool(_CONVERSION.search(step.rate.whole))
            and all(_is_plain(each) for each in (step, *linked))
        )


class Step:
    """A figure that is another one times a rate, or by it."""

    def __init__(self, result: Line, one: Line, rate: Line) -> None:
        self.result, self.one, self.rate = result, one, rate
        self.power = result.factors[rate.at]

    def __iter__(self) -> Iterator[Line]:
        yield from (self.result, self.one, self.rate)


def direction_said(result: Line, one: Line, rate: Line) -> int | None:
    """Return whether a figure is another one times a rate (1) or by it (-1), as labels say; 0 where they don't, None of no such rate."""
    if _OTHERWISE.search(rate.label) or (ends(rate.whole) is None and _SHARE.search(rate.label)):
        return None
    return _said(result, one, rate)[0]


def _is_plain(step: Step) -> bool:
    """Return whether the rate of a step is on the line between its figures."""
    return step.one.at[0] < step.rate.at[0] < step.result.at[0] and step.result.at[0] - step.one.at[0] == 2


def _said(result: Line, one: Line, rate: Line) -> tuple[int, bool]:
    """Return whether a figure is another one times a rate (1) or by it (-1), as labels say, 0 where they don't; and whether that is sure.

    It is of a rate that names both figures, and of one of money, 粗利率.
    """
    between = ends(rate.whole)
    if between is not None:
        whole, part = between
        forwards = _only(part, result, one) + _only(whole, one, result)
        back = _only(part, one, result) + _only(whole, result, one)
        return ((forwards > 0) - (back > 0), True) if (forwards > 0) != (back > 0) else (0, False)
    if _CLOSING.search(rate.label):
        closed = _is_before(one) and _may_be_deals(result), _is_before(result) and _may_be_deals(one)
        if any(closed):
            return (1 if closed[0] else -1), True
    wanted = [(1 if _only(part, result, one) else -1 if _only(part, one, result) else 0) for part in _parts(rate.label)]
    found = next((each for each in wanted if each), 0)
    return found, result.kind == one.kind == MONEY


def _may_be_deals(line: Line) -> bool:
    """Return whether a figure is of deals, or its label says nothing of a stage."""
    label = _NEEDED_FOR.sub("", line.label)
    is_deal = _DEAL.search(label) and not _TO_BE.search(line.label)
    return not _BEFORE.search(line.label) and (is_deal or not _FUNNEL.search(label))


def _is_before(line: Line) -> bool:
    label = _NEEDED_FOR.sub("", line.label)
    return _BEFORE.search(label) and not _DEAL.search(label)


def _parts(label: str) -> list[str]:
    """Return what a rate may be the share of, as its label says: アンケート回答 and 回答 of アンケート回答率."""
    found = _RATE_OF.search(label)
    if found is not None:
        run = _KANJI.search(found[1])
        return [] if _NO_PART.search(found[1]) else list(dict.fromkeys([found[1], *([run[0]] if run else [])]))
    english = _ENGLISH_RATE.search(label)
    return [english[1]] if english is not None and not _NO_PART.search(english[1]) else []


def _only(name: str, one: Line, other: Line) -> bool:
    """Return whether a name is one line's, and not another's."""
    return _is_called(one, name) and not _is_called(other, name) and not _TO_BE.search(one.label)


def _is_called(line: Line, name: str) -> bool:
    label = _NEEDED_FOR.sub("", line.label)
    return bool(names(name) & names(label)) if name.isascii() else name in label


def _turned(step: Step) -> str | None:
    """Return the formula of a step the other way round."""
    formula = step.result.formula
    assert formula is not None
    found = _STEP.search(formula.bare)
    if found is None or len(formula.cells) != 2:
        return None
    sign = "/" if step.power == 1 else "*"
    rate = f"({HOLE}/100)" if found[2] else HOLE
    cells = (step.one.at, step.rate.at)
    return formula._replace(
        bare=f"{formula.bare[: found.start()]}{HOLE}{sign}{rate}{formula.bare[found.end() :]}",
        fixed=tuple(formula.fixed[formula.cells.index(cell)] for cell in cells),
    ).text(cells)
