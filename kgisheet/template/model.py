"""The model of a template: cells in sections, before and after a plan resolves its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from ..expr.nodes import Node
from ..language import words
from ..language.text import Text
from ..values.toml import Path, Source
from .roles import SHIPPED, Roles
from .sheets import DRAWN, OF_PAGE, SheetList

INPUT = "input"
RESULT = "result"

EXACT = "exact"
READBACK = "readback"
USUAL = "usual"
PER_MONTH = "per_month"
"""Companions: the figure before rounding, money in the display unit, above or below the usual range, a month's part."""

WORKING = "working"
"""The key of the section whose cells only other cells read: none of them has its money in the display unit beside it."""


SPARE_ROWS = 2
"""Empty rows that the page's table keeps at least, for channels to come, where its section doesn't say how many."""


LEAD_TIME = "lead_time_"
"""The beginning of the names of inputs that hold the months from a stage to the win."""


def lead_times(cells: Iterable[str], flows: Sequence[str]) -> list[str]:
    """Return the stages whose lead time is among these cells, in the order of the flows."""
    stages = [name.removeprefix(LEAD_TIME) for name in cells if name.startswith(LEAD_TIME)]
    return sorted(stages, key=lambda stage: flows.index(stage) if stage in flows else -1)


class Usual(NamedTuple):
    """The usual range of a rate, for reference only, and its source."""

    low: Fraction
    high: Fraction
    source: Text


class Origin(NamedTuple):
    """The origin of a cell: a source, and the path of each key in it."""

    source: Source
    path: Path
    keys: dict[str, tuple[Source, Path]]

    def of(self, key: str) -> tuple[Source, Path]:
        return self.keys.get(key, (self.source, self.path))


class Switch(NamedTuple):
    """A choice of a switch on the page: ``start_from``, ``deals``."""

    cell: str
    choice: str


class Renamed(NamedTuple):
    """Another name of a cell, while a switch says so, and the word beside it that says that it is another figure then."""

    when: Switch
    label: Text
    arrow: Text
    note: str

    @property
    def full_label(self) -> Text:
        """The label with its arrow."""
        return Text(f"{self.label.ja}({self.arrow.ja})", f"{self.label.en} ({self.arrow.en})")


class Cell(NamedTuple):
    """One cell of the worksheet, or one column of a table.

    ``unit`` is one of units.DECLARABLE. ``formula`` is None for an input; a
    cell of ``Template.either`` has one and may still be typed. ``of`` and
    ``companion`` name the cell that a companion belongs to. ``on_tab`` cells
    are on the months' own tabs; ``recorded`` inputs are filled by this program
    when it regenerates the months; an ``unbounded`` rate may pass 100 %. ``width``
    is the least width of its column in characters, on a drawn sheet; what is
    typed is one of the texts in the column ``among``; on a form it is ``beside`` the one before; ``alias`` is what sentences
    call it where that isn't its label, "" where they leave it out; ``aside`` the word that is beside it on the page.
    ``read_when`` is the choice of a switch without which a cell is left out, ``in_force`` the cell that readings of it
    are of.
    """

    name: str
    label: Text
    unit: str
    section: str
    role: str
    origin: Origin
    formula: Node | None = None
    table: str | None = None
    step: str = ""
    arrow: Text | None = None
    counter: str | None = None
    hint: Text | None = None
    source: Text | None = None
    usual: Usual | None = None
    rounded: bool = False
    signed: bool = False
    total_of: str | None = None
    operator: str = ""
    plan_key: str = ""
    required: bool = False
    positive: bool = False
    default: Any = None
    decimals: int = 0
    of: str | None = None
    companion: str | None = None
    on_tab: bool = False
    recorded: bool = False
    unbounded: bool = False
    width: float = 0.0
    among: str | None = None
    beside: bool = False
    alias: Text | None = None
    aside: Text | None = None
    read_when: Switch | None = None
    renamed: Renamed | None = None
    in_force: str = ""

    @property
    def choices(self) -> dict[str, Text] | None:
        """The words that an input may hold, by the plan's keys for them."""
        return words.CHOICES.get(self.name)

    @property
    def called(self) -> Text:
        """The name used in sentences."""
        return self.alias or self.label

    @property
    def is_unsaid(self) -> bool:
        """Whether sentences omit it as a factor: its alias is empty."""
        return self.alias is not None and not self.alias.ja

    @property
    def full_label(self) -> Text:
        """The label with its arrow: 受注率(案件→受注)."""
        if self.arrow is None:
            return self.label
        return Text(f"{self.label.ja}({self.arrow.ja})", f"{self.label.en} ({self.arrow.en})")


class Check(NamedTuple):
    """A line of the checks: its cells, by name."""

    name: str
    step: str
    label: Text
    state: str
    advice: str
    forward: str | None = None
    goal: str | None = None
    gap: str | None = None


class Flow(NamedTuple):
    """A figure that is spread over the months. ``on_tabs``: goal and actual appear on the months' tabs.

    ``lead`` is the cell with its lead time in months, None for what comes with the win;
    ``rate`` is what the rate is called that leads here from the next flow below;
    ``rated``: a month may go by a rate of its own. ``due`` is the column of what each month has to bring, for this year's
    wins and next year's; ``left_over`` the cell with what the months miss or pass the page's year by, and should not.
    """

    name: str
    of: str
    label: Text
    lead: str | None
    on_tabs: bool
    rate: Text | None
    rated: bool = False
    due: str = ""
    left_over: str = ""


class Line(NamedTuple):
    """A row of a section of kind grid: its subject, and the cells side by side (None: an empty place)."""

    title: Text
    cells: tuple[str | None, ...]


class Section(NamedTuple):
    """A part of the worksheet. ``kind`` says how it is drawn: header, equation, list, table, checks, notes; months, tab, summary.

    On drawn sheets: lines (a label and its value under one another), rows (a table), matrix
    (blocks over two tables, whose names the sections of kind axis have) and grid (``lines`` of single cells under ``heads``; ``named`` are the names of its columns, "" for none). ``height`` is in points.
    ``unprinted`` are the last ones of a sheet, which only the rest is worked out with. The rows of a ``folded`` one are
    grouped and folded away under its heading; one that ``continues`` has no heading of its own; a table lies on its side,
    ``across``, where a page is wide enough; with ``reasons`` a grid says beside each figure what it is worked out from. ``rows`` are those of
    its table, ``spare`` the empty ones that the page's table keeps at least; ``prefill`` are
    the rows that its table begins with where a plan has none, by the plan's keys: words to start from, never figures.
    """

    key: str
    kind: str
    title: Text
    cells: tuple[str, ...] = ()
    equation: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    checks: tuple[Check, ...] = ()
    rows: int = 0
    spare: int = SPARE_ROWS
    columns: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    sheet: str = ""
    table: str | None = None
    heads: tuple[Text, ...] = ()
    lines: tuple[Line, ...] = ()
    named: tuple[str, ...] = ()
    height: float = 0.0
    unprinted: bool = False
    folded: bool = False
    prefill: tuple[tuple[tuple[str, Text], ...], ...] = ()
    continues: bool = False
    across: bool = False
    reasons: bool = False


class Template(NamedTuple):
    """A worksheet with every cell resolved: an input, or a result with its formula.

    ``order`` lists the results so that each comes after its operands.
    ``blocks`` are names of several single cells in one column,
    ``tables`` the rows of those tables that sections declare themselves.
    """

    name: str
    title: Text
    about: Text
    sections: tuple[Section, ...]
    cells: dict[str, Cell]
    words: dict[str, Text]
    blocks: dict[str, tuple[str, ...]]
    order: tuple[str, ...]
    funnel: tuple[str, ...]
    either: tuple[tuple[str, ...], ...]
    typed: frozenset[str]
    flows: tuple[Flow, ...] = ()
    tables: Mapping[str, int] = {}
    sheets: SheetList = SheetList(())
    roles: Roles = SHIPPED

    @property
    def is_monthly(self) -> bool:
        """Whether the worksheet includes the months."""
        return bool(self.flows)

    def section(self, kind: str) -> Section | None:
        """Return the first section of a kind."""
        return next((each for each in self.sections if each.kind == kind), None)

    def channel_rows(self, channels: int) -> int:
        """Return how many rows the page's table gets for so many channels, spare ones included."""
        page = self.section("table")
        return max(page.rows, channels + page.spare) if page else 0

    def on_sheet(self, sheet: str) -> list[Section]:
        """Return the sections on the sheet of this id."""
        return [each for each in self.sections if each.sheet == sheet]

    def on_kind(self, *kinds: str) -> list[Section]:
        """Return the sections on the sheets of these kinds."""
        ids = self.sheets.ids_of(*kinds)
        return [each for each in self.sections if each.sheet in ids]

    def title_of(self, kind: str) -> Text:
        """Return the title of the first sheet of a kind; an empty one without such a sheet."""
        sheet = self.sheets.of_kind(kind)
        return Text("", "") if sheet is None else sheet.title

    def lead_times(self) -> list[str]:
        """Return the stages that have a lead time of their own, that nearest to the win first."""
        return lead_times(self.cells, [flow.name for flow in self.flows])

    def tabbed(self) -> list[Flow]:
        """Return the flows whose goals and actuals appear on the months' tabs."""
        return [flow for flow in self.flows if flow.on_tabs]

    def page_keys(self) -> frozenset[str]:
        """Return the keys of the page's sections."""
        return frozenset(section.key for section in self.on_kind(*OF_PAGE))

    def page_inputs(self) -> list[Cell]:
        """Return the inputs of the page: the plan's top-level keys, and those of its channels."""
        page = self.page_keys()
        return [cell for cell in self.inputs() if cell.section in page]

    def drawn(self) -> list[Section]:
        """Return the sections on drawn sheets: a plan has a table for each, under its key."""
        return self.on_kind(DRAWN)

    def has_lines(self, cell: Cell) -> bool:
        """Return whether a text may have several lines: remarks, and the texts on the drawn sheets."""
        return cell.on_tab or any(section.key == cell.section for section in self.drawn())

    def inputs(self) -> list[Cell]:
        return [cell for cell in self.cells.values() if cell.role == INPUT]

    def check_cells(self) -> frozenset[str]:
        """Return the cells that make up the lines of the checks."""
        checks = [check for section in self.sections for check in section.checks]
        named = [name for each in checks for name in (each.state, each.advice, each.forward, each.goal, each.gap)]
        return frozenset(name for name in named if name is not None)

    def companion(self, name: str, kind: str) -> str | None:
        """Return the name of a cell's companion of that kind, if it has one."""
        companion = f"{name}_{kind}"
        return companion if companion in self.cells and self.cells[companion].of == name else None
