"""The figures of one freeform sheet, by field and scope (all, a channel, a month)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ...formula.grid import CircleError, Sheets, Where
from ...formula.nodes import ErrorValue
from ...formula.values import NotEvaluatedError, Value
from ...values.regex import regex
from ...values.units import COUNT, CURRENCY, RATE
from ...xlsx.read.reader import Filled
from . import lexicon, periods, remarks, terms
from .amounts import Amount, amount, in_base
from .blocks import blocks
from .chain import chained
from .figures import ALL, OF_CHANNEL, OF_MONTH, OF_PART, OF_PLAN, OF_YEAR, WHOLE, Figure, Scope
from .headings import is_year_over
from .layout import Claim, claims
from .lexicon import CHANNEL, MONTH, PERIOD, TEXT, TOTAL, Word
from .plane import Plane, Spot, percent_by
from .units import Unit


class MonthLine(NamedTuple):
    """The months of one table in the order in which they appear: the place of each, and (year or 0, month)."""

    table: tuple[str, int, int]
    at: tuple[Where, ...]
    months: tuple[tuple[int, int], ...]


class Page:
    """The figures of one sheet."""

    def __init__(self, plane: Plane, sheets: Sheets, cells: Mapping[Where, Filled]) -> None:
        self.title = plane.title
        self.plane = plane
        self.unit = plane.unit
        self.channels: list[str] = []
        self.numbers: dict[int, str] = {}  # リード① → its channel
        self.plans: list[str] = []
        self.months: list[MonthLine] = []
        self.figures: list[Figure] = []
        self.failed: dict[Where, str] = {}
        self.blocks: list[Scope] = []  # of lists of the same stages, each a goal of its own
        self.by_laws = False  # it is a report or a list, and no goal sheet
        found, self.ties, self.stages = chained(
            [each for each in claims(plane) if not _is_of_means(each)],
            plane.fields,
            lambda claim: self._raw(claim, sheets)[0],
            lambda claim: remarks.ends(claim, plane),
        )
        self._number_channels(found)
        self._order_months(found)
        self._scenarios = _scenarios(found)
        for claim in found:
            figure = self._figure(claim, sheets, cells[self.title, claim.spot.row, claim.spot.col].format)
            if figure is not None:
                self.figures.append(figure)
        self._set_apart([(claim.spot.row, claim.spot.col) for claim in found if claim.word.monthly])
        self._settle_revenue()
        self._share_unit()
        priced = remarks.price(self.title, plane, self.figures)
        self.figures += [priced] if priced is not None else []
        self._set_blocks()
        if plane.abroad is not None:
            self.figures = [each._replace(abroad=plane.abroad) if each.unit is None else each for each in self.figures]

    def _set_apart(self, monthly: list[tuple[int, int]]) -> None:
        """Separate figures of another period, such as 月間受注数 beside 受注数: they aren't compared with the year's."""
        yearly = {each.field for each in self.figures if each.scope == WHOLE and each.where[1:] not in monthly}
        scope = Scope(OF_PLAN, len(self.plans))
        self.figures = [
            each._replace(scope=scope) if each.scope == WHOLE and each.where[1:] in monthly and each.field in yearly else each
            for each in self.figures
        ]

    def _share_unit(self) -> None:
        """Read prices without a unit in that of the revenue beside them, 売上(万円) | 単価, if all lines then agree and none does now."""
        lines: dict[tuple[object, ...], dict[str, Figure]] = {}
        for each in self.figures:
            if each.field in ("web_revenue", "deal_size", "won_deals") and each.value:
                line = each.where[1] if each.table[0] == "col" else each.where[2]
                lines.setdefault((each.table, line), {})[each.field] = each
        whole = [line for line in lines.values() if len(line) == 3]
        units = {line["web_revenue"].unit for line in whole}
        unit = next(iter(units)) if len(units) == 1 else None
        if len(whole) < 2 or unit is None or unit.factor == 1 or any(line["deal_size"].unit is not None for line in whole):
            return

        def agree(factor: int) -> bool:
            """Return whether the revenue is the deals times the price, to a twentieth."""
            made = [
                (_value(line["deal_size"]) * factor * _value(line["won_deals"]), _value(line["web_revenue"])) for line in whole
            ]
            return all(abs(one - other) * 20 <= other for one, other in made)

        if agree(unit.factor) and not agree(1):
            inherited = {line["deal_size"].where for line in whole}
            self.figures = [
                each._replace(value=(each.value or Fraction(0)) * unit.factor, unit=unit) if each.where in inherited else each
                for each in self.figures
            ]

    def _set_blocks(self) -> None:
        """Give each of several lists a scope of its own."""
        found = blocks(self.figures)
        scopes = {where: Scope(OF_PLAN, len(self.plans) + at) for at, block in enumerate(found) for where in block}
        self.blocks = [Scope(OF_PLAN, len(self.plans) + at) for at in range(len(found))]
        self.plans += [f"#{at}" for at in range(len(found))]
        self.figures = [each._replace(scope=scopes.get(each.where, each.scope)) for each in self.figures]

    def leave_to_its_laws(self) -> None:
        """Take nothing by its labels: of a report only what its figures say of each other is known."""
        self.figures, self.months, self.ties, self.stages = [], [], [], ()
        self._by_field = {}
        self.by_laws = True

    def amounts(self, sheets: Sheets) -> dict[tuple[int, int], tuple[Spot, Amount]]:
        """Return every cell of the sheet that holds a figure, formulas calculated, by its place."""
        found: dict[tuple[int, int], tuple[Spot, Amount]] = {}
        for spots in self.plane.rows.values():
            for spot in spots:
                if spot.word is not None or spot.inside is not None or (spot.row, spot.col) in found:
                    continue
                own = spot.amount if not is_year_over(spot, spots) else None
                if own is None and (self.title, spot.row, spot.col) in sheets.formulas:
                    try:
                        own = amount(sheets.value((self.title, spot.row, spot.col)), spot.format)
                    except (CircleError, NotEvaluatedError, RecursionError):
                        own = None
                if own is not None:
                    found[spot.row, spot.col] = (spot, own if own.unit is not None else percent_by(own, spots, spot))
        return found

    def of(self, field: str, scope: Scope = WHOLE) -> list[Figure]:
        """Return the figures of a field, in the order in which they appear."""
        return self._by_field.get((field, scope), [])

    @cached_property
    def _by_field(self) -> dict[tuple[str, Scope], list[Figure]]:
        """Its figures by field and scope, once all are found."""
        found: dict[tuple[str, Scope], list[Figure]] = {}
        for each in self.figures:
            found.setdefault((each.field, each.scope), []).append(each)
        return found

    def indices(self, kind: str) -> list[int]:
        return sorted({each.scope.at for each in self.figures if each.scope.kind == kind})

    # -- entities ---------------------------------------------------------

    def _number_channels(self, found: list[Claim]) -> None:
        for claim in found:
            for word in (claim.word, claim.entity):
                if word is not None and word.kind == CHANNEL and word.number:
                    self.numbers[word.number] = lexicon.key(word.channel)

    def _order_months(self, found: list[Claim]) -> None:
        lines: dict[tuple[str, int, int], dict[int, tuple[Where, tuple[int, int]]]] = {}
        for claim in found:
            if claim.entity is not None and claim.entity.kind == MONTH and claim.entity_at is not None:
                at = (self.title, *claim.entity_at)
                lines.setdefault(claim.table, {})[claim.line] = (at, claim.entity.month)
        for table, line in lines.items():
            self._whole_header(table, line)
            ordered = [line[each] for each in sorted(line)]
            self.months.append(MonthLine(table, tuple(at for at, _ in ordered), tuple(month for _, month in ordered)))
        self._lines = {table: sorted(line) for table, line in lines.items()}

    def _whole_header(self, table: tuple[str, int, int], line: dict[int, tuple[Where, tuple[int, int]]]) -> None:
        """Add the months of a table's heading that have no figures yet: 4月, before the first deals."""
        by_row = table[0] == "row"
        heads = {at[1] if by_row else at[2] for at, _ in line.values()}
        for head in heads if len(heads) == 1 else ():
            for spot in (self.plane.rows if by_row else self.plane.cols).get(head, []):
                if spot.word is not None and spot.kind == MONTH:
                    line.setdefault(spot.col if by_row else spot.row, ((self.title, spot.row, spot.col), spot.word.month))

    def _scope(self, claim: Claim) -> tuple[Scope, str]:
        """Return the scope of a claim, and its name."""
        entity, word = claim.entity, claim.word
        table = claim.table
        if entity is not None and entity.kind == MONTH:
            return Scope(OF_MONTH, self._lines[table].index(claim.line)), entity.text
        part = periods.part_of_year(lexicon.key(entity.text)) if entity is not None and table in self._lines else None
        if part is not None and entity is not None:
            return Scope(OF_PART, part), entity.text
        if entity is not None and (entity.kind == TOTAL or (entity.kind == PERIOD and table in self._lines)):
            return (Scope(OF_YEAR) if table in self._lines else WHOLE), ""
        if entity is not None and entity.kind == TEXT and table in self._scenarios:
            return self._plan(entity.text), entity.text
        named: Word | None = entity if entity is not None and entity.kind in (CHANNEL, TEXT) else None
        if named is None and (word.channel or word.number):
            named = word
        if named is not None:
            name = lexicon.key(named.channel) or self.numbers.get(named.number, "") or lexicon.key(named.text)
            if named is word and not word.channel:
                name = self.numbers.get(word.number, f"#{word.number}")
            if name not in self.channels:
                self.channels.append(name)
            shown = named.channel if named is word and named.channel else named.text
            return Scope(OF_CHANNEL, self.channels.index(name)), shown
        if entity is not None and entity.kind == PERIOD:
            return self._plan(entity.text), entity.text
        return WHOLE, ""

    def _plan(self, name: str) -> Scope:
        if name not in self.plans:
            self.plans.append(name)
        return Scope(OF_PLAN, self.plans.index(name))

    # -- figures ----------------------------------------------------------

    def _figure(self, claim: Claim, sheets: Sheets, code: str) -> Figure | None:
        where = (self.title, claim.spot.row, claim.spot.col)
        formula = sheets.formulas.get(where)
        raw, failed = self._raw(claim, sheets)
        if failed:
            self.failed[where] = failed
        found: Amount | None = claim.spot.inside.amount if claim.spot.inside is not None else amount(raw, code)
        field = claim.word.field
        kind = lexicon.unit_of_field(field)
        if kind == COUNT and found is not None and (_MONEY.search(code) or _is_amount(claim.word)):
            return None
        if found is None and not (isinstance(raw, ErrorValue) or (formula is not None and raw is None)):
            return None
        value: Fraction | None = None
        unit: Unit | None = None
        also: tuple[Fraction, ...] = ()
        upto: Fraction | None = None
        if found is not None:
            if found.unit is not None and found.unit.kind == RATE and field in ("web_revenue", "other_revenue"):
                return None  # Web売上 24%: a share of the total, of which nothing here is worked out
            based = in_base(found, kind, self._around(claim, kind))
            if based is None:
                return None
            value, unit = based
            to = None if found.upto is None else in_base(found._replace(number=found.upto), kind, self._around(claim, kind))
            upto = None if to is None else to[0]
            if kind == RATE and unit is None and value >= 1:
                also = (value / 100,)  # 30 without % is meant as 30 %
            elif kind == RATE and found.unit is None and 0 < value < Fraction(1, 100):
                also = (value * 100,)  # 0.3 under a heading (%) may be 30 %
        scope, who = self._scope(claim)
        return Figure(
            where, field, scope, value, unit, found.typed if found is not None else None, raw, formula, claim.word.text, who,
            claim.table, also, code, upto,
        )  # fmt: skip

    def _raw(self, claim: Claim, sheets: Sheets) -> tuple[Value, str]:
        """Return the content of a claim's cell, and why it could not be evaluated."""
        where = (self.title, claim.spot.row, claim.spot.col)
        try:
            return sheets.value(where), ""
        except CircleError:
            return None, ""
        except (NotEvaluatedError, RecursionError) as bad:
            return sheets.constants.get(where), str(bad)

    def _around(self, claim: Claim, kind: str) -> Unit | None:
        """Return the unit given around a number: beside it, in its label, over its column, on the sheet."""
        beside = self._beside(claim.spot)
        if beside is not None and beside.kind == kind:
            return beside
        if claim.word.unit is not None and claim.word.unit.kind == kind:
            return claim.word.unit
        below = self._below(claim.spot)
        if below is not None and below.kind == kind:
            return below
        if claim.entity is not None and claim.entity.unit is not None and claim.entity.unit.kind == kind:
            return claim.entity.unit
        for each in self.plane.cols.get(claim.spot.col, [])[:_HEADINGS]:
            over = each.word if each.row < claim.spot.row else None
            if over is not None and over.unit is not None and over.unit.kind == kind and over.kind != lexicon.FIELD:
                return over.unit
        unit = self._unit_column(claim.label)
        if unit is not None and unit.kind == kind:
            return unit
        return self.plane.unit_of_whole(claim.label) or self.unit if kind == CURRENCY else None

    def _beside(self, spot: Spot) -> Unit | None:
        for each in self.plane.rows.get(spot.row, []):
            if each.col <= spot.last_col or each.kind == lexicon.MARK:
                continue
            if each.word is None and each.col - spot.last_col > 0:
                continue  # the unit of a line is after all of its figures
            near = each.col - spot.last_col <= 2 or self._is_under_unit(each)
            is_unit = near and each.word is not None and each.word.kind == lexicon.UNIT
            return each.word.unit if is_unit and each.word is not None else None
        return None

    def _below(self, spot: Spot) -> Unit | None:
        """Return the unit right below a figure, in a box of its own: 売上目標, 30,000 and 万円."""
        under = next((each for each in self.plane.cols.get(spot.col, []) if each.row == spot.last_row + 1), None)
        return under.word.unit if under is not None and under.word is not None and under.word.kind == lexicon.UNIT else None

    def _is_under_unit(self, spot: Spot) -> bool:
        """Return whether a column's heading is 単位."""
        above = [each for each in self.plane.cols.get(spot.col, []) if each.row < spot.row and each.text]
        return any(lexicon.key(each.text) in ("単位", "unit", "units") for each in above)

    def _unit_column(self, label: Spot) -> Unit | None:
        """Return a unit between the label and its value, or under a heading that is only a unit: 受注単価 | 万円 | 400."""
        row = [each for each in self.plane.rows.get(label.row, []) if each.col > label.last_col and each.kind != lexicon.MARK]
        first = row[0].word if row else None
        if first is not None and first.kind == lexicon.UNIT and row[0].col - label.last_col <= 2:
            return first.unit
        under = [each for each in self.plane.cols.get(label.col, []) if each.row > label.last_row][:2]
        first = under[0].word if under else None
        return first.unit if first is not None and first.kind == lexicon.UNIT and under[0].row - label.last_row == 1 else None

    def _settle_revenue(self) -> None:
        """Take a bare 売上 as the web's if nothing else is called so; else it repeats one of the two."""
        money = {
            (axis, at)
            for each in self.figures
            if each.field in ("revenue", "total_revenue")
            for axis, at in enumerate(each.where[1:])
        }
        # Web経由 alone is an amount only beside another; else it is where leads come from.
        self.figures = [
            each for each in self.figures if lexicon.key(each.label) not in _BARE or money & set(enumerate(each.where[1:]))
        ]
        self.figures = [each for each in self.figures if not _is_part(each) or self._is_below_money(each)]
        web = {each.value for each in self.figures if each.field == "web_revenue" and each.scope == WHOLE}
        total = {each.value for each in self.figures if each.field == "total_revenue" and each.scope == WHOLE}

        def meant(each: Figure) -> str:
            if each.scope.kind not in (ALL, OF_PLAN):
                return "web_revenue"
            if web and each.value not in web and not total:
                return "total_revenue"
            if not web or each.value in web:
                return "web_revenue"
            return "total_revenue" if each.value in total else "revenue"

        self.figures = [each._replace(field=meant(each)) if each.field == "revenue" else each for each in self.figures]

    def _is_below_money(self, part: Figure) -> bool:
        """Return whether the line that a figure is a part of, うち新規, is an amount of money."""
        above = [
            spot
            for spot in self.plane.cols.get(part.where[2], [])
            if spot.number and spot.row < part.where[1] and part.where[1] - spot.row <= _PARTS
        ]
        of = {(each.where[1], each.where[2]): each for each in self.figures}
        found = [of.get((spot.row, spot.col)) for spot in reversed(above)]
        whole = next((each for each in found if each is None or not _is_part(each)), None)
        return whole is not None and whole.field in ("revenue", "total_revenue", "web_revenue")


_MONEY = regex(r"[$€£]")
"""An amount's format: $120,000 won is no number of deals."""

_OF_WHICH = ("うち新規", "うち既存")
"""Parts of what is above them: of the revenue, or of leads."""

_PARTS = 4


def _is_part(figure: Figure) -> bool:
    return lexicon.key(figure.label).startswith(_OF_WHICH)


_BARE = ("web経由", "うちweb", "うちweb経由", "うちマーケ経由", "うちデジタル", "うちオンライン", "うちその他", "うちweb以外")
_HEADINGS = 40  # spots at the top of a column among which a unit's heading may be


def _is_amount(word: Word) -> bool:
    """Return whether a stage's label says that it is an amount of money: 受注（百万円）."""
    return word.unit is not None and word.unit.kind == CURRENCY


def _value(figure: Figure) -> Fraction:
    return figure.value if figure.value is not None else Fraction(0)


_SCENARIO, _MEAN = terms.of("scenario"), terms.of("mean")


def _is_of_means(claim: Claim) -> bool:
    """Return whether a figure is on a line of means: what follows on the others doesn't there, where each is a mean by itself."""
    return claim.entity is not None and claim.entity.kind == TEXT and _MEAN.search(lexicon.key(claim.entity.text))


def _scenarios(found: list[Claim]) -> set[tuple[str, int, int]]:
    """Return the tables whose columns are plans beside each other, 弱気, 標準, 強気: nobody adds them up."""
    named: dict[tuple[str, int, int], set[str]] = {}
    for claim in found:
        if claim.entity is not None and claim.entity.kind == TEXT and _SCENARIO.search(lexicon.key(claim.entity.text)):
            named.setdefault(claim.table, set()).add(claim.entity.text)
    return {table for table, names in named.items() if len(names) > 1}
