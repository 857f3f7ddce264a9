"""Numbers in formulas: the one that turns 万円 into 円, and the months by which a figure of a month is divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ...values.regex import regex
from ...values.units import CURRENCY
from ..read import terms
from ..read.units import scale_abroad, unit_of
from .fills import HOLE, At
from .formed import Line, Lists, product
from .mixed import is_count
from .tables import COUNT, MONEY, PERCENT

_NUMBER = regex(r"(?<![\w.])10{2,8}(?![\w.])")
_OTHER_NUMBER = regex(r"(?<![\w.])(?!10{2,8}(?![\w.]))\d+(?:\.\d+)?(?![\w.])")
_POWERS = [Fraction(10) ** each for each in range(-6, 7) if each]
_COUNTED = regex(
    r"[件社人名台枚回]数|[(（][件社人名台枚回][)）]$|\b(?:number|count)\b|#|^[a-z ]*(?:deals|customers|clients|contracts|orders)"
)
_PERIODS = [
    (terms.of("per_month"), terms.of("months")),
    (terms.of("per_week"), terms.of("weeks")),
]
_YEAR = terms.of("per_year", "all_year")
_BY = regex(rf"({HOLE}/)(\d+)")


def converted(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the formulas of known units that are off by a power of ten, with the number that is right: 円/(万円*1000)."""
    for lines in lists:
        for line in lines.values():
            if line.formula is None or not line.factors:
                continue
            literals = _NUMBER.findall(line.formula.bare)
            if len(literals) != 1 or (off := _off(lists, lines, line, _months_of(line))) not in _POWERS:
                continue
            for number in (Fraction(literals[0]) / off, Fraction(literals[0]) * off):
                if number.denominator == 1:
                    text = line.formula._replace(bare=_NUMBER.sub(str(number), line.formula.bare)).text(line.formula.cells)
                    made = product(text, lists.title)
                    if made is not None and made[0] * off == line.by:
                        yield line.at, text
                        break


def under_units(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the formulas from a column of one unit into one of another that are by another number than these: 千円 ÷ 100 under 万円."""
    for at, formula in lists.filled.items():
        match = _CONVERTS.fullmatch(formula.bare)
        if match is None or formula.cells[0][0] != at[0]:
            continue
        of, own = (_unit_over(lists, cell) for cell in (formula.cells[0], at))
        if of is None or own is None or of == own:
            continue
        by = Fraction(int(match[2])) if match[1] == "*" else 1 / Fraction(int(match[2]))
        meant = Fraction(of, own)
        if by / meant in _POWERS:
            sign, number = ("*", meant) if meant >= 1 else ("/", 1 / meant)
            if number.denominator == 1:
                yield at, formula._replace(bare=f"{HOLE}{sign}{number}").text(formula.cells)


_CONVERTS = regex(rf"{HOLE}([*/])(10+)")


def _unit_over(lists: Lists, at: At) -> int | None:
    """Return how many yen one of a column is whose heading is a unit of money and nothing else."""
    above = [each for each in lists.cells.cols[at[1]].texts if each.row < at[0]] if at in lists.cells.amounts else []
    unit = unit_of(above[-1].flat) if above else None
    return unit.factor if unit is not None and unit.kind == CURRENCY else None


def _months_of(line: Line) -> Fraction:
    """Return what the numbers of a formula of amounts make that turn no unit into another one: the twelve of =B3*12/10000."""
    if line.formula is None or line.kind != MONEY or not _NUMBER.search(line.formula.bare):
        return Fraction(1)
    made = product(_OTHER_NUMBER.sub("1", line.formula.bare).replace(HOLE, "A1"), "")
    return line.by / made[0] if made is not None else Fraction(1)


def _off(lists: Lists, lines: Mapping[At, Line], line: Line, months: Fraction) -> Fraction | None:
    """Return how many times too large a figure is by its unit and those of what it is made of; None where one isn't known."""
    units = {cell: _factor(lists, lines[cell]) for cell in (*line.factors, line.at) if cell in lines}
    if len(units) <= len(line.factors) or any(each is None for each in units.values()):
        return None
    amounts = sum(power for cell, power in line.factors.items() if lines[cell].kind == MONEY)
    if amounts != (line.kind == MONEY):
        return None
    off = line.by / months * (units[line.at] or 1)
    for cell, power in line.factors.items():
        off /= (units[cell] or Fraction(1)) ** power
    return off


def _factor(lists: Lists, line: Line) -> Fraction | None:
    """Return how many yen, or things, one of a figure is; None where nothing says it."""
    cells = lists.cells
    label = cells.label(line.spot)
    unit = cells.money(line.spot)
    if line.kind == PERCENT:
        raw = lists.value(line.at)
        return cells.value(line.spot) / raw if raw else None
    if line.kind == MONEY:
        said = scale_abroad(label.flat) if label is not None else None
        known = unit.factor if unit is not None and unit.kind == CURRENCY else None
        return Fraction(said) if said is not None else Fraction(known) if known is not None else None
    own = cells.amount(line.spot).unit
    is_counted = own is not None or (label is not None and _COUNTED.search(label.flat) is not None) or is_count(lists, line)
    return Fraction(1) if is_counted else None


def of_other_months(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield a figure of a month by a typed number, where the others of the list are by the cell that says how many months there are."""
    for lines in lists:
        for per, many in _PERIODS:
            spread = [line for line in lines.values() if per.search(line.label) and not _YEAR.search(line.label)]
            by_cell = {cell for line in spread if (cell := _months(lists, lines, line, many)) is not None}
            by_cell = by_cell or {
                line.at for line in lines.values() if many.search(line.label) and _is_idle_number(lists, line)
            }
            if len(by_cell) != 1:
                continue
            (cell,) = by_cell
            for line in spread:
                if line.formula is None or list(line.factors.values()) != [1]:
                    continue
                found = _BY.search(line.formula.bare)
                (of,) = line.factors
                if not lists.is_used(cell) and not of < cell < line.at:
                    continue  # what nobody uses counts only where it is between the two
                if found is None or line.by.numerator != 1 or _YEAR.search(lines[of].label if of in lines else ""):
                    continue
                bare = f"{line.formula.bare[: found.end(1)]}{HOLE}{line.formula.bare[found.end() :]}"
                yield line.at, line.formula._replace(bare=bare, fixed=(*line.formula.fixed, (False, False))).text([of, cell])


def _is_idle_number(lists: Lists, line: Line) -> bool:
    """Return whether a figure is a typed whole number that no formula uses."""
    value = lists.value(line.at)
    is_number = value is not None and value.denominator == 1 and value > 1
    return line.typed and line.kind == COUNT and is_number and not lists.is_used(line.at)


def _months(lists: Lists, lines: Mapping[At, Line], line: Line, many: terms.Terms) -> At | None:
    """Return the typed number of months by which a figure is divided."""
    if line.formula is None or sorted(line.factors.values()) != [-1, 1] or line.by != 1:
        return None
    cell = next(each for each, power in line.factors.items() if power < 0)
    by = lines.get(cell)
    value = lists.value(cell)
    is_number = value is not None and value.denominator == 1 and value > 1
    return cell if by is not None and by.typed and by.kind == COUNT and many.search(by.label) and is_number else None


_SAID = [
    (terms.of("per_month"), regex(r"(?<![\d.])(\d{1,2})[ -]?(?:months?\b|[かヶカヵケ箇]月)")),
    (terms.of("per_week"), regex(r"(?<![\d.])(\d{1,2})[ -]?(?:weeks?\b|週)")),
]


def by_another_number(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the one figure of a month that is by another typed number than the others, which are by the one that the sheet says."""
    texts = [spot.flat for spots in lists.cells.page.plane.rows.values() for spot in spots if spot.text]
    for lines in lists:
        for (per, many), (_, said) in zip(_PERIODS, _SAID, strict=True):
            spread = [line for line in lines.values() if _is_by_a_number(lines, line, per)]
            by = [line.by for line in spread]
            usual = max(dict.fromkeys(by), key=by.count, default=None)
            if usual is None or len(by) < _SEVERAL or by.count(usual) != len(by) - 1:
                continue
            known: set[Fraction | None] = {Fraction(each) for text in texts for each in said.findall(text)}
            known |= {lists.value(line.at) for line in lines.values() if line.typed and many.search(line.label)}
            odd = next(line for line in spread if line.by != usual)
            if 1 / usual in known and 1 / odd.by not in known and odd.formula is not None:
                found = _BY.search(odd.formula.bare)
                if found is not None:
                    bare = f"{odd.formula.bare[: found.start(2)]}{1 / usual}{odd.formula.bare[found.end(2) :]}"
                    yield odd.at, odd.formula._replace(bare=bare).text(odd.formula.cells)


_SEVERAL = 3


def _is_by_a_number(lines: Mapping[At, Line], line: Line, per: terms.Terms) -> bool:
    """Return whether a figure of a month is another one by a number typed into its formula."""
    if line.formula is None or list(line.factors.values()) != [1] or not per.search(line.label) or _YEAR.search(line.label):
        return False
    (of,) = line.factors
    is_by = line.by.numerator == 1 < line.by.denominator and _BY.search(line.formula.bare) is not None
    return is_by and not (of in lines and (per.search(lines[of].label) or _YEAR.search(lines[of].label)))
