"""A filled workbook: the template it was made from, and the content of its named cells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from ..errors import BookError, KgisheetError, NamesGoneError, NotOursError, Problem
from ..formula.constants import constant
from ..formula.grid import CircleError, Sheets, Where, held
from ..formula.nodes import ErrorValue
from ..formula.values import NotEvaluatedError, Value
from ..language.text import Text
from ..language.words import LANGUAGES, PERIOD, ROUNDING, UNITS
from ..layout import targets
from ..plan.inputs import Input
from ..template import declaration, locate, tables
from ..template.model import Cell, Template
from ..template.raw import Declaration, digest
from ..template.roles import SHIPPED
from ..template.settle import settle
from ..template.sheets import GRID, OF_PAGE, PAGE, SUMMARY, TAB, SheetList
from ..template.tables import TAB_MONTH
from ..values.a1 import Place
from ..values.regex import regex
from ..values.rounding import number
from ..values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ..worksheet import provenance
from ..worksheet.places import NamedPlaces
from ..worksheet.solve import Solution, solve
from ..xlsx.read.reader import Filled, Read, as_date, day
from .broken import Broken
from .followed import followed
from .relocation import Anchors, by_tabs
from .restored import restored

NOTHING = Filled(None, None)
_ENOUGH_NAMES = 5  # of ours, to take a workbook for one of ours


class FilledBook:
    """A workbook as read, with the names found in it. Raise BookError if it has none of ours.

    The template is the one that is ``given``, else the one that the workbook carries;
    without either it is read by the shipped template whose names it has.
    """

    is_written = True
    """Whether it lies in a file; of one that is about to be written, nobody looks at the labels of findings."""

    def __init__(self, read: Read, source: str, given: Declaration | None = None) -> None:
        self.read = read = _fixed(read)
        self.given = given
        self.anchors = Anchors(read)
        self.source = source
        self.lang = _lang(read)
        self.carries_template = False
        self.declaration, self.template = self._template()
        self.roles = self.template.roles
        self.restored = restored(self.anchors, self.read)
        """Names that are gone or point elsewhere, and where their cells are."""
        self.names = {**self.anchors.named, **self.restored}
        self.places = by_tabs(self.names, self.anchors.tabs)
        self.places.followed = followed(self.template, self.read, self.anchors, self.names)
        # The sheets of the months are worked out from the page: without it nothing of them can be said.
        page = {section.key for section in self.template.on_kind(PAGE)}
        own = [cell for cell in self.template.cells.values() if cell.section in page and cell.of is None]
        if sum(cell.name in self.names for cell in own) < _ENOUGH_NAMES:
            raise NamesGoneError(
                Problem(
                    "names-gone",
                    Text(
                        "目標シートか、そのセルに付いた名前がなくなっています",
                        "its goal sheet, or the names of its cells, are gone",
                    ),
                    Text("元のブックを受け取り直してください", "ask for the original workbook"),
                    source,
                )
            )

    def _template(self) -> tuple[Declaration, Template]:
        if self.given is not None:
            self.carries_template = True
            return self.given, settle(self.given, self._typed(), self._sheets(self.given.listed))
        sources = self.read.carried.get("sources")
        if sources:
            try:
                own, *bases = sources
                texts = {name.removesuffix(".toml"): text for name, text in bases}
                found = declaration.parse(own[1], own[0], texts)
                template = settle(found, self._typed(), self._sheets(found.listed))
            except (KgisheetError, TypeError, ValueError):
                pass  # a damaged template is no template: fall back to names
            else:
                self.carries_template = True
                return found, template
        return self._by_names()

    def _typed(self) -> list[str]:
        return [*self.read.carried.get("typed", [])]

    def _sheets(self, known: SheetList) -> list[str]:
        """Return the ids of the sheets it was made with; if the workbook carries nothing, of those whose names it has."""
        page = known.ids_of(*OF_PAGE)
        carried = self.read.carried.get("sheets")
        if carried is not None:
            # Earlier versions recorded titles.
            return [*page, *(each.id for each in map(known.called, carried) if each is not None)]
        if self.read.carried or SHIPPED.month_start not in self.read.names:
            return [*page]
        has_tabs = any(name == TAB_MONTH for _, name in self.read.local_names)
        return [*page, *known.ids_of(*((GRID, TAB, SUMMARY) if has_tabs else (GRID,)))]

    def _by_names(self) -> tuple[Declaration, Template]:
        from ..template.keys import NAME  # seldom needed

        known: list[tuple[int, Declaration, Template]] = []
        if sum(NAME.match(name) is not None for name in self.read.names) < _ENOUGH_NAMES:
            raise self._not_ours()  # no template has to be read to see that
        shipped_names, said = locate.shipped(), self.read.properties.get("kgisheet template")
        for name in [said] if said in shipped_names else shipped_names:
            shipped = declaration.open_shipped(name)
            typed = [each for group in shipped.either() for each in group if each in self._typed()]
            template = settle(shipped, typed, self._sheets(shipped.listed))
            names = set(template.cells)
            fit = len(names & set(self.read.names)) - len(names - set(self.read.names))
            known.append((fit, shipped, template))
        fit, shipped, template = max(known, key=lambda each: each[0])
        is_anothers = fit < 0 and said is not None and said not in shipped_names  # its own template calls some cells as ours do
        if is_anothers or len(set(template.cells) & set(self.read.names)) < _ENOUGH_NAMES:
            raise self._not_ours()
        return shipped, template

    def _not_ours(self) -> BookError:
        if provenance.FORM in self.read.names:
            what = Text("入力フォームです。目標シートのブックではありません", "this is an input form, not a goal workbook")
            fix = Text(
                f"ブックを作るには kgisheet new {self.source} を実行してください",
                f"kgisheet new {self.source} makes the workbook",
            )
            return BookError(Problem("form", what, fix, self.source))
        return NotOursError(
            Problem(
                "not-ours",
                Text("kgisheet が作ったシートが見つかりません", "no sheet made by kgisheet is found in it"),
                Text(
                    "kgisheet new で作ったブックを指定してください(手作りのシートは kgisheet check が項目名から読み取ります)",
                    "name a workbook that kgisheet new has made (a sheet typed by hand is read by kgisheet check, by its labels)",
                ),
                self.source,
            )
        )

    def at(self, name: str, row: int | None = None) -> Filled:
        """Return the content of a named cell, or of ``row`` (from 0) of a block."""
        place = self.place(name, row)
        return NOTHING if place is None else self.read.cells.get(place[:3], NOTHING)

    def rows(self, cell: Cell) -> Iterator[int | None]:
        """Yield the rows of a cell in this workbook: for a single cell None, once. Nothing where months are torn, or the table is parted."""
        if cell.table is None:
            yield None
        elif cell.name in self.broken.parted:
            return
        elif cell.table not in tables.OF_MONTHS or not self.broken.torn:
            yield from range(self.places.rows(cell.name))

    @cached_property
    def broken(self) -> Broken:
        """Tables with more lines, or fewer, than they were written with, and cells that went with a deleted line."""
        return Broken(self.anchors, self.names, self.template)

    def channel(self, cell: Cell, row: int | None) -> int | None:
        """Return the page's channel that a row of a cell's table is about."""
        if row is None or cell.table not in (tables.CHANNEL, tables.MONTH_CHANNEL):
            return None
        return row % self.across if cell.table == tables.MONTH_CHANNEL else row

    def is_spare(self, cell: Cell, row: int | None) -> bool:
        """Return whether the row belongs to a channel without a name as yet."""
        channel = self.channel(cell, row)
        if channel is None or self.roles.channel_name not in self.names:
            return False
        return self.at(self.roles.channel_name, channel).value in (None, "")

    @cached_property
    def inputs(self) -> dict[str, Input | list[Input]]:
        """The values of the inputs, as `solve` takes them; what isn't a figure is a text, or None."""
        found: dict[str, Input | list[Input]] = {}
        for cell in self.template.inputs():
            values = [self._input(cell, row) for row in self.rows(cell)]
            found[cell.name] = values if cell.table else values[0]
        return found

    def _input(self, cell: Cell, row: int | None) -> Input:
        value = self.value(cell.name, row)
        if isinstance(value, (bool, ErrorValue)) or value in (None, ""):
            return None
        if cell.choices is not None:
            return next((key for key, text in cell.choices.items() if value == text.to(self.lang)), None)
        if cell.unit in (DATE, MONTH):
            return self.date(cell.name, row) or (value if isinstance(value, str) else None)
        if cell.unit in (CURRENCY, RATE, COUNT):
            return value
        return str(number(value)) if isinstance(value, Fraction) else value

    def value(self, name: str, row: int | None = None) -> Value:
        """Return the content of a named cell; an input that its owner computes by a formula is recalculated."""
        place = self.place(name, row)
        if place is None:
            return None
        stored = self.read.cells.get((place.sheet, place.row, place.col), NOTHING)
        if stored.formula is not None:
            try:
                return self.recalculated.value((place.sheet, place.row, place.col))
            except (NotEvaluatedError, CircleError):
                pass  # what the program that saved it made of it, then
        return held(stored.value)

    def date(self, name: str, row: int | None = None) -> datetime.date | None:
        """Return the date in a named cell, even if its format no longer shows one."""
        stored = as_date(self.at(name, row).value)
        return stored if stored is not None else day(self.value(name, row), self.read.facts.from_1904)

    @cached_property
    def formulas(self) -> dict[Where, str]:
        return {where: each.formula for where, each in self.read.cells.items() if each.formula}

    @cached_property
    def constants(self) -> dict[Where, Value]:
        return {where: held(each.value) for where, each in self.read.cells.items() if not each.formula}

    @cached_property
    def recalculated(self) -> Sheets:
        """The workbook as any program would show it after a recalculation."""
        titles = [sheet.title for sheet in self.read.sheets]
        texts = {key: text for key, text in self.read.loose.items() if not isinstance(constant(text), ErrorValue | None)}
        return Sheets(self.formulas, self.constants, self.read.names, self.read.local_names, titles, texts)

    @property
    def target(self) -> str | None:
        """The program that the workbook was made for, if it isn't Excel (`layout.targets`)."""
        said = targets.known(self.read.carried.get(provenance.TARGET))
        return None if said == targets.EXCEL else said

    @property
    def values_only(self) -> bool:
        """Whether its formulas, names and record are all gone: an export as values."""
        return bool(self.read.carried.get(provenance.VALUES_ONLY))

    @cached_property
    def without_formulas(self) -> bool:
        """Whether it has no formula at all, with or without its names and record."""
        return not self.formulas

    @cached_property
    def by_record(self) -> bool:
        """Whether another release of this program laid it out: what it wrote is then what belongs in a cell.

        Its template must match its digest; an altered one isn't an older one.
        """
        carried, sources = self.read.carried, self.read.carried.get("sources")
        if self.given is not None or not self.anchors.generated or not sources:
            return False
        texts = {name.removesuffix(".toml"): text for name, text in sources}
        if digest(list(texts.values())) != carried.get("digest"):
            return False
        return not self.carries_template or any(locate.read(name) not in (None, text) for name, text in texts.items())

    def recorded(self, cell: Cell, row: int | None) -> str | None:
        """Return the formula that we wrote into a cell, with its cells at their current places; None if it was a constant."""
        written, place = self.anchors.written(cell.name, row or 0), self.anchors.written_places.spot(cell.name, row or 0)
        if place is None or not isinstance(written, str) or not written.startswith("="):
            return None
        return self.anchors.formula(place.sheet, written)

    @cached_property
    def shadows(self) -> dict[tuple[str, str], list[Where]]:
        """Names of ours that one of our sheets redefines locally, for other cells, and the formulas there that use them."""
        ours = {name.lower(): name for name in self.names if "!" not in name}
        sheets = {place.sheet for place in self.names.values()} | set(self.anchors.titles.values())
        found: dict[tuple[str, str], list[Where]] = {}
        for sheet, of_sheet in (*self.read.local_names, *self.read.loose):
            name = ours.get(of_sheet)
            if name is None or sheet not in sheets or self.read.local_names.get((sheet, of_sheet)) == self.names[name]:
                continue
            used = regex(rf"(?<![\w.!]){re.escape(name)}(?![\w.!(])", re.IGNORECASE)
            users = [where for where, text in self.formulas.items() if where[0] == sheet and used.search(text)]
            if users:
                found[sheet, name] = users
        return found

    @cached_property
    def table_rows(self) -> int:
        """How many rows the page's table has."""
        return self._rows_of(tables.CHANNEL)

    @cached_property
    def across(self) -> int:
        """How many channels the sheets of the months have: those of the page when they were made."""
        written = {**self.names, **self.anchors.then}  # a column that somebody put into the matrix is no channel
        matrix = written.get(self.roles.month_channel_leads) or written.get(self.roles.month_channel_visits)
        return matrix.cols if matrix is not None else max(1, self.table_rows)

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many rows each table has."""
        found = tables.rows(self.table_rows, self.template.is_monthly)
        if any(cell.table == tables.CHANNEL for cell in self.template.cells.values()):
            found.setdefault(tables.CHANNEL, 0)  # the page's sheet may be gone
        if tables.MONTH_CHANNEL in found:
            found[tables.MONTH_CHANNEL] = tables.MONTHS * self.across
        return found | tables.own({table: self._rows_of(table) for table in self.template.tables})

    def _rows_of(self, table: str) -> int:
        """Return how many rows a table has: people may have inserted some."""
        columns = [name for name, cell in self.template.cells.items() if cell.table == table]
        parted = [self.broken.parted[name].then for name in columns if name in self.broken.parted]
        whole = [self.names[name] for name in columns if name in self.names and name not in self.broken.parted]
        # The stages of the matrix stand side by side. Of a table with lines put in, as many as it was written with.
        return max((place.size for place in whole or parted), default=0)

    @cached_property
    def solution(self) -> Solution:
        """The exact figures for the workbook's inputs."""
        return solve(self.template, self.inputs, self.sizes, self.lang)

    def place(self, name: str, row: int | None = None) -> Place | None:
        """Return the place of a named cell, or of ``row`` (from 0) of a column."""
        return self.places.spot(name, row or 0)

    def seen_from(self, cell: Cell, row: int | None) -> NamedPlaces:
        """Return the view of a cell's formula from its current place."""
        place = self.place(cell.name, row)
        sheet = "" if place is None else place.sheet
        return NamedPlaces(self.template, self.places, self.lang, sheet, cell.table, row or 0, self.sizes)


def _lang(read: Read) -> str:
    """Return the language of a workbook: as its record says, else that of which more words that are chosen are in it.

    A record that says the one while all these words are of the other is not believed: every text would be wrong.
    """
    texts = {each.value for each in read.cells.values() if isinstance(each.value, str)}
    words = [word for choice in (PERIOD, UNITS, ROUNDING) for word in choice.values()]
    found = {lang: sum(word.to(lang) in texts for word in words) for lang in LANGUAGES}
    most = max(LANGUAGES, key=lambda lang: found[lang])
    said = "en" if read.carried.get("lang") == "en" else "ja"
    return most if not read.carried or (not found[said] and found[most] > 1) else said


def _fixed(read: Read) -> Read:
    """Return the names without relative ones, which mean other cells wherever they are used: they are as good as lost."""
    if not read.loose:
        return read
    names = {name: place for name, place in read.names.items() if ("", name.lower()) not in read.loose}
    local = {key: place for key, place in read.local_names.items() if key not in read.loose}
    return read._replace(names=names, local_names=local)
