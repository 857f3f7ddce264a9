"""The laws of one sheet, and the cells that they show to be wrong together with all that its labels tie."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from ...formula.grid import Sheets, Where
from ...values import budget
from ..read.page import Page
from ..rules.cells import Cells
from ..rules.cutoff import cut_off
from ..rules.each import Each
from ..rules.references import References
from ..rules.relation import BY_OTHER, MONTHS, SUM, Relation, needed
from ..rules.spelled import Spelled
from . import telling
from .again import again, by_name
from .agreeing import agreeing
from .ahead import ahead
from .alike import alike
from .all_of_it import all_of_it
from .annually import annually
from .apiece import apiece, by_another_count, defined
from .as_total import as_total
from .at_end import without_ends
from .attained import progressed
from .balance_moves import balance_moves
from .balance_rates import balance_rates
from .below import below
from .beside import beside
from .boxes import boxes
from .chance import is_overall, is_raised_by_formula, without_differences, without_made, without_others, without_said
from .columns import of_columns
from .constant import constants, constants_across
from .crossing import crossing
from .culprit import AS_OTHERS, Fault
from .doubles import counts_once
from .economics import without_margin
from .elsewhere import elsewhere
from .equations import equations
from .expected import expected
from .gathered import suggested as of_gathered
from .growth import growth
from .halved import halved
from .heads import of_heads
from .home import elsewhere_only
from .in_order import in_order
from .instead import is_of_others
from .intended import adds_what_is_said, numbers_on_top
from .joint import faults as at_fault
from .law import PRODUCT, Case
from .law import SUM as LAW_SUM
from .lined import lined
from .lists import lists
from .lookup import by_key
from .lying import lying
from .meant import added as added_up
from .meant import is_of_totals, rounded_onward
from .middle import middle
from .misprinted import misprinted
from .numbered import numbered
from .of_a_part import is_of_a_part
from .on_top import on_top
from .on_top_again import on_top_again
from .one_of_team import not_shared_out, one_of_team
from .outdated import outdated, outdated_across
from .outline import outline
from .partly import without_partly
from .patterns import Odd, odd
from .prose import prose
from .ranges import ranges
from .ranked import ranked
from .returned import returned
from .rounded_up import without_rounded_up
from .search import laws
from .shared_out import laws as of_shares
from .sided import sided
from .slipped_products import slipped_products
from .slipped_sums import slipped_sums
from .spread import added, annual, spread
from .stacked import halves, rated, stacked
from .stale import stale
from .steps import steps
from .suggested import evidence as confirmed
from .suggested import laws as of_lists
from .suggested import named, suggested
from .summary import across
from .tables import PERCENT, Tables
from .taxed import taxed
from .three_lines import three_lines
from .through import through
from .tie import AGAIN, LAW, NAMED, Tie, of_case, of_relation, ties, without
from .to_goal import to_goal
from .total_and_step import total_and_step
from .total_block import total_block
from .witness import follows_as_others, is_made, is_priced, repeats, stands_by
from .workload import workload

_SEVERAL = 2

Known = Sequence[tuple[str, Sequence[Relation]]]
"""Relations of a sheet, and who found them."""


class Laws:
    """The laws of the tables of one sheet."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.tables = Tables(cells)
        figures = list(lists(self.tables))
        across_one = list(lying(self.tables))
        self.lists = joined = list(sided(self.tables, figures))
        suggestions = [*suggested([*joined, *across_one]), *(each for line in figures for each in of_gathered(line))]
        costs = list(apiece(self.tables, figures))
        by_labels = [*through(figures), *without_margin(figures)]
        self.laws = [
            *steps(self.tables),
            *stacked(self.tables),
            *rated(self.tables),
            *outline(self.tables),
            *boxes(self.tables),
            *middle(self.tables, suggestions),
            *of_lists(suggestions),
            *of_shares(figures),
            *agreeing(self.tables, [*joined, *across_one], costs),
            *one_of_team(figures),
            *not_shared_out(figures),
            *workload(figures),
            *balance_rates(figures),
            *balance_moves(figures),
            *on_top_again(self.tables, figures),
            *by_labels,
            *total_block(self.tables, figures),
            *as_total(self.tables, figures),
            *three_lines(self.tables, figures),
            *stale(self.tables, figures),
            *on_top(figures),
            *prose(self.tables),
            *equations(self.tables),
            *expected(self.tables),
            *ranges(self.tables),
            *by_key(self.tables),
            *costs,
            *by_another_count([*figures, *across_one]),
            *defined([*figures, *across_one]),
            *below(self.tables, figures),
            *(each for table in self.tables for each in laws(table) if not is_overall(each, self.tables)),
            *elsewhere(self.tables),
            *ranked(self.tables),
            *progressed(self.tables),
            *to_goal(self.tables),
            *ahead(self.tables),
            *annual(self.tables),
            *constants(self.tables),
            *outdated(self.tables),
            *numbered(self.tables),
            *of_heads(self.tables),
            *alike(self.tables, figures),
            *growth(self.tables),
            *all_of_it(self.tables),
            *returned(figures),
            *taxed(figures),
            *halved(self.tables),
            *annually(self.tables, figures),
        ]
        self.laws += list(beside(self.tables, figures, self.laws))
        self.laws += [*halves(self.tables, self.laws), *crossing(self.tables, self.laws)]
        self.laws = [without_said(each, self.tables) if each.failed else each for each in self.laws]
        self.laws = without_made(without_others(without_differences(self.laws)))
        if any(each.failed for each in self.laws):
            lines = lined(self.tables)
            self.laws = without_rounded_up(without_partly(without_ends(self.laws, lines), lines), lines)
        self.confirmed = list(confirmed(suggestions))
        if not any(each.failed for each in self.laws):
            sound = {where for law in (*self.laws, *self.confirmed) for case in law.held for where in case.places}
            self.laws += slipped_sums(self.tables, sound)
            self.laws += slipped_products(self.tables, sound) if not any(each.failed for each in self.laws) else ()
            self.laws += of_columns(self.tables, costs, sound)
        if not any(each.failed for each in self.laws):
            self.laws += misprinted(self.tables, joined, list(named(suggestions)), suggestions, sound)
        evidence = [*spread(self.tables), *added(self.tables)]
        every = [of_case(each, holds, law) for law in (*self.laws, *evidence) for each, holds in _cases(law.held, law.failed)]
        self.ties = ties([*every, *(of_case(each, True, law, NAMED) for law in self.confirmed for each in law.held)])
        self.named = [
            of_case(each, False, law, NAMED)
            for law in (*named(suggestions), *by_labels)
            for each in law.failed
            if not is_raised_by_formula(each, self.tables)
        ]

    @cached_property
    def relations(self) -> list[Relation]:
        """The laws as relations, each of the same cells once."""
        return [telling.relation({self.cells.page.title: self.cells}, each.case) for each in self.ties if each.case is not None]

    @cached_property
    def odd(self) -> list[Odd]:
        """The formulas that are unlike their neighbours'."""
        return budget.as_far_as_paid(odd(self.cells))

    @cached_property
    def each(self) -> Each:
        """The figures of one by another, as their labels say."""
        return Each(self.cells)

    @cached_property
    def spelled(self) -> Spelled:
        """The relations that the sheet's own words spell out."""
        return Spelled(self.cells)

    @property
    def are_there(self) -> bool:
        """Whether the figures hang together: by laws, formulas, or labels of figures of one by another."""
        several = self.each.relations, self.spelled.relations, self.confirmed
        # A label that spells a figure out among formulas: CAC (spend / new customers).
        spelled = bool(self.spelled.relations) and any(
            where[0] == self.cells.page.title for where in self.cells.sheets.formulas
        )
        return (
            bool(self.laws or self.odd or spelled)
            or any(len(each) >= _SEVERAL for each in several)
            or bool(cut_off(self.cells))
        )

    @property
    def tied(self) -> list[set[Where]]:
        """The cells that each case of a law ties."""
        return [set(each.cells) for each in self.ties if each.case is not None]

    @property
    def sound(self) -> set[Where]:
        """The cells of the cases that hold."""
        return {where for each in self.ties if each.case is not None and each.holds for where in each.cells}

    @property
    def counts(self) -> set[Where]:
        """The counts and amounts of the laws: 27 deals, whatever their line is called."""
        cases = (each.case for each in self.ties if each.case is not None)
        return {cell.where for case in cases for cell in case.cells if cell.kind != PERCENT}

    @property
    def fails(self) -> bool:
        return bool(self.named) or any(not each.holds for each in self.ties)


class LawsOf:
    """The laws of each sheet of a workbook, looked for once: they tell whether it is a goal sheet, and what is wrong in it."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._references = References(sheets)
        self._found: dict[str, Laws] = {}

    def __call__(self, page: Page) -> Laws:
        """Return the laws of a sheet."""
        if page.title not in self._found:
            self._found[page.title] = Laws(Cells(page, self._sheets, self._references))
        return self._found[page.title]


_SURE = 2


def faults(found: Sequence[tuple[Laws, Known]], aside: set[Where]) -> tuple[list[Fault], list[Tie]]:
    """Return the cells of a workbook at fault, and what is disproved: by its laws, its sheets', the relations known of each."""
    every_table = [own.tables for own, _ in found]
    laws_across = [(law, LAW) for law in (*across(every_table), *by_name(every_table))] if len(found) > 1 else []
    laws_across += [(law, LAW if proves else AGAIN) for law, proves in again(every_table)]
    laws_across += [
        (law, LAW) for law in (*constants_across(every_table), *outdated_across(every_table), *in_order(every_table))
    ]
    sound = frozenset(where for own, _ in found for where in own.sound)
    laws_across += [(law, LAW) for law in total_and_step([(own.tables, own.lists) for own, _ in found], sound)]
    between = [of_case(each, holds, law, by) for law, by in laws_across for each, holds in _cases(law.held, law.failed)]
    if not any(own.fails or _failing(known) for own, known in found) and all(each.holds for each in between):
        return [], []
    every = [*between]
    for own, known in found:
        every += [of_relation(each, by) for by, relations in known for each in relations if each.state != BY_OTHER]
        every += [*own.ties, *own.named]
    rounded = [each for own, _ in found if own.tables.rounded for each in every if _is_rounded(each, own.cells.page.title)]
    every = without(every, rounded)
    tables = {own.cells.page.title: own.tables for own, _ in found}

    @functools.cache  # of all texts of a sheet, for each tie that fails
    def on_top(title: str) -> frozenset[int]:
        return numbers_on_top(tables[title].cells) if title in tables else frozenset()

    said = [
        each
        for each in every
        if not each.holds
        and (
            counts_once(each, tables.get(each.result[0]))
            or is_of_a_part(each, tables.get(each.result[0]))
            or any(_adds_what_is_said(tables.get(at[0]), at) for at in each.cells)
            or any(gap in on_top(each.result[0]) for gap in _gaps(each))
        )
    ]
    every = without(every, said)
    sheets = {each.cells.page.title: each for each, _ in found}
    others = [
        each
        for each in every
        if (its := sheets.get(each.result[0])) and is_of_others(each, its.tables, its.laws, its.confirmed)
    ]
    every = without(every, others)

    def witness(where: Where, wanted: tuple[float, float], tied: frozenset[Where]) -> int:
        if stands_by(tables, where, wanted) or follows_as_others(tables, where, wanted, tied):
            return AS_OTHERS
        again = repeats(tables, where, wanted)
        own = tables.get(where[0])
        found = _SURE if again > 0 else again or is_made(tables, where, wanted, tied) or _is_measured(own, where)
        return found or -is_priced(tables, where, tied)

    joined = ties(every)
    abroad = elsewhere_only(joined, tables, found[0][0].cells.references)
    joined = without(joined, abroad)
    faulty, disproved = at_fault(joined, aside, found[0][0].cells.references, witness)
    made = {
        frozenset(each.cells)
        for each in joined
        if each.holds and each.case is not None and each.case.kind in (PRODUCT, LAW_SUM)
    }
    parts = added_up(joined)
    otherwise = [each for each in every if not each.holds and (_is_sum_of(each, made) or is_of_totals(each, parts))]
    return faulty, [*disproved, *abroad, *rounded, *said, *others, *otherwise, *rounded_onward(every)]


def _is_sum_of(tie: Tie, made: set[frozenset[Where]]) -> bool:
    """Return whether labels add up figures that a law makes of one another: plan, forecast, gap; so many each, how many, in a year."""
    return tie.relation is not None and tie.relation.kind == SUM and frozenset(tie.cells) in made


def _is_measured(tables: Tables | None, where: Where) -> bool:
    """Return whether a figure is a rate of what came out: the counts are what there was, and it was worked out of them."""
    value = tables.values.get(where[1:]) if tables is not None else None
    return value is not None and value.kind == PERCENT and tables is not None and tables.cells.page.plane.of_results


def _adds_what_is_said(tables: Tables | None, where: Where) -> bool:
    """Return whether a formula adds a number that a remark says: the tie is of what there is without it."""
    return tables is not None and adds_what_is_said(tables.cells, where[1:])


def _gaps(tie: Tie) -> Iterator[Fraction]:
    """Yield by how much each cell of a tie is off, were the others right."""
    if tie.case is not None:
        figures = [(each.exact, tie.case.solved(each)) for each in tie.case.cells]
    else:
        assert tie.relation is not None
        figures = [
            (each.value or Fraction(0), needed(tie.relation, each.where))
            for each in tie.relation.cells
            if each.value is not None
        ]
    yield from (abs(value - wanted) for value, wanted in figures if wanted is not None)


def _is_rounded(tie: Tie, title: str) -> bool:
    """Return whether a total of a sheet that says so is off by no more than its parts were rounded."""
    relation = tie.relation
    if relation is None or relation.kind not in (SUM, MONTHS) or tie.holds or tie.result[0] != title:
        return False
    factor = relation.result.unit.factor if relation.result.unit is not None else 1
    values = [each.value or Fraction(0) for each in relation.operands]
    unit = next((each for each in (Fraction(factor), Fraction(factor, 10)) if all(value % each == 0 for value in values)), None)
    off = abs(relation.exact - (relation.result.value or 0))
    return unit is not None and 2 * off <= unit * len(values)


def _cases(held: Sequence[Case], failed: Sequence[Case]) -> Iterator[tuple[Case, bool]]:
    yield from ((each, True) for each in held)
    yield from ((each, False) for each in failed)


def _failing(known: Sequence[tuple[str, Sequence[Relation]]]) -> bool:
    return any(each.state == "fails" for _, found in known for each in found)
