"""Reconstruction of a lost provenance record (the hidden sheet): what we would have written into a similar workbook.

The template is recognised by the document properties, the names or the texts; the same texts reveal the language
and the sheets. A workbook of that shape is then laid out afresh, and the inputs of this one are read
where that one has its cells. Nothing is known of an input's earlier content.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from ..errors import KgisheetError
from ..language.words import LANGUAGES, PERIOD, ROUNDING, UNITS
from ..plan.inputs import Input
from ..plan.load import load
from ..template import declaration, locate
from ..template.declaration import example
from ..template.model import Cell
from ..template.raw import Declaration
from ..template.sheets import GROUNDS, GUIDE, PAGE, WORK
from ..template.tables import TAB_MONTH
from ..values.a1 import Place, row_and_column
from ..values.recent import Recent
from ..values.toml import Source, write
from ..values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ..version import __version__
from ..worksheet import provenance
from ..xlsx.read.reader import Filled, Read, as_date
from .headings import Headings
from .relocation import Anchors, place_of
from .workbook import FilledBook

KEY, PUBLISHED, ANOTHER = "remade", "published", "another"
"""How a record was reconstructed: by the very template that the workbook was made from, or by the one most like it."""

Inputs = Mapping[str, Input | list[Input]]

_ENOUGH_NAMES = 5
_ALWAYS = {"total_revenue", "web_revenue", "other_revenue", "deal_size", "won_deals", "win_rate", "meetings", "leads", "visits"}
"""Names that our templates share; one of somebody's own may lack some."""
_SAME_SHEET = 0.5  # of a sheet's texts, to take a sheet for it
_SURELY_OURS = 0.6  # of the page's texts, to take a workbook without any name of ours for one
_ALL_TEXTS = 0.9  # a workbook that says no digest was laid out as this version does


def remade(read: Read) -> Read:
    """Return the workbook with a record; unchanged if it has one, or if it isn't ours."""
    if read.carried or not _may_be_ours(read):
        return read
    try:
        found = _Likeness.best(read)
        carried = None if found is None else _record(read, found)
    except KgisheetError:
        found = carried = None  # a template that this version can't lay out
    if found is None or carried is None:
        return read
    with_record = _with_names(read._replace(carried=carried))
    try:
        # How wide a column is hangs on what is typed (names of channels, counts); where a label is, and how it is put, on that.
        carried = _record(read, found, FilledBook(with_record, KEY).inputs, carried["sheets"])
    except KgisheetError:
        return with_record  # nothing that can be laid out
    return _with_names(read._replace(carried=carried))


def _with_names(read: Read) -> Read:
    """Return a workbook of values with the names that were lost with its formulas, located by the surrounding texts; others as they are."""
    if not read.carried[provenance.VALUES_ONLY]:
        return read
    names, local = dict(read.names), {**read.local_names, **_renamed_tabs(read)}
    anchors = Anchors(read._replace(local_names=local))
    headings = Headings(anchors)
    for key in anchors.then:
        place, (tab, of_tab, name) = headings.now(key), key.rpartition("!")
        if place is not None and of_tab:
            local.setdefault((anchors.titles[tab], name.lower()), place)
        elif place is not None:
            names.setdefault(name, place)
    return read._replace(names=names, local_names=local)


def _renamed_tabs(read: Read) -> dict[tuple[str, str], Place]:
    """Return the renamed months' tabs: sheets that have a month in the place where the tabs have theirs."""
    written = [place_of(each) for key, each in read.carried["names"].items() if key.endswith(f"!{TAB_MONTH}")]
    places = {place[1:]: place for place in written}
    ours = {place.sheet for place in written}
    return {
        (sheet.title, TAB_MONTH): place._replace(sheet=sheet.title)
        for place in places.values()
        for sheet in read.sheets
        if sheet.title not in ours
        and as_date(read.cells.get((sheet.title, place.row, place.col), Filled(None, None)).value) is not None
    }


def _may_be_ours(read: Read) -> bool:
    """Return whether a template is worth reading: it says so, has our names, or one word of each of our choices."""
    if "kgisheet template" in read.properties or len(_ALWAYS & read.names.keys()) >= _ENOUGH_NAMES:
        return True
    texts = {each.value for each in read.cells.values() if isinstance(each.value, str)}
    return any(
        all(any(word.to(lang) in texts for word in choice.values()) for choice in (PERIOD, UNITS, ROUNDING))
        for lang in LANGUAGES
    )


class _LaidOut:
    """A template's example with parts of a plan, laid out: the places of its names, and the texts around them."""

    def __init__(
        self, shipped: Declaration, lang: str, plan: Mapping[str, Any], typed: Sequence[str] = (), inputs: Inputs | None = None
    ) -> None:
        table = {**example(shipped, lang), **plan}
        if typed:
            table["channel"] = [_by_numbers(each, shipped, typed) for each in table["channel"]]
        from ..layout.build import build, generated  # takes long to import, and hardly any sheet has lost its record

        loaded = load(table, Source(KEY, ""), lang, declaration=shipped)
        if inputs:
            cells = loaded.template.cells
            held = {name: _taken_over(cells[name], value, inputs.get(name, value)) for name, value in loaded.inputs.items()}
            loaded = loaded._replace(inputs=held)
        self.built = build(loaded, lang)
        book = self.built.book
        self.names = {**book.names, **{f"{place.sheet}!{name}": place for name, place in book.local_names}}
        self.cells = {(sheet.title, *row_and_column(at)) for sheet in book.sheets for at in generated(sheet)}
        """Every cell into which anything is written."""
        named = {spot[:3] for place in self.names.values() for spot in place.spots()}
        self.around = {
            sheet.title: {
                at: value for at, value in generated(sheet).items() if (sheet.title, *row_and_column(at)) not in named
            }
            for sheet in book.sheets
            if sheet.title != provenance.SHEET
        }
        """By sheet, what is written into cells without a name."""

    def texts(self, title: str) -> set[str]:
        return {value for value in self.around[title].values() if isinstance(value, str) and value[:1] != "="}

    def titles(self) -> dict[str, set[str]]:
        """Return the titles of the sheets by their ids."""
        template = self.built.solution.template
        found: dict[str, set[str]] = {}
        working = {sheet.title for sheet in self.built.book.sheets if sheet.hidden}  # has cells of the page and of the months
        for key in template.sheets.ids:
            sections = {section.key for section in template.on_sheet(key)}
            names = {cell.name for cell in template.cells.values() if cell.section in sections}
            found[key] = {place.sheet for name, place in self.names.items() if name.rpartition("!")[2] in names}
            if template.sheets.kind_of(key) != WORK:
                found[key] -= working
        rest = self.around.keys() - working - set().union(*found.values())
        return {**found, **dict.fromkeys(template.sheets.ids_of(GUIDE), rest)}


_PAGES: Recent[_LaidOut] = Recent(32)
"""The pages of our templates' examples: the same for each workbook of a folder."""


class _Likeness(NamedTuple):
    """A shipped template in one language, laid out as far as the page, and how much of it the workbook has.

    ``names`` counts the names found less those missing (0 if hardly any is found); ``texts`` the share of the page's texts
    found on one sheet, ``in_line`` how many of them are in the row or the column where they were written; ``whole`` the
    share found of the texts on the page's sheets together; ``placed`` how many cells hold something where it is written, less
    those that do where nothing is: of two figures that may be typed only one has a cell before rounding.
    """

    declaration: Declaration
    lang: str
    typed: tuple[str, ...]
    page: _LaidOut
    names: int
    texts: float
    in_line: int
    whole: float
    placed: int

    @classmethod
    def best(cls, read: Read) -> _Likeness | None:
        """Return the best match; None if no template of ours fits."""
        known, said = locate.shipped(), read.properties.get("kgisheet template")
        found: list[_Likeness] = []
        for name in [str(said)] if said in known else known:
            shipped = declaration.open_shipped(name)
            ways = [(), *((other,) for group in shipped.either() for other in group[1:])]
            found += [each for lang in LANGUAGES for typed in ways if (each := cls._of(read, shipped, lang, typed)) is not None]
        return max(found, key=lambda each: (each.names, each.in_line, each.texts, each.whole, each.placed), default=None)

    @classmethod
    def _of(cls, read: Read, shipped: Declaration, lang: str, typed: tuple[str, ...]) -> _Likeness | None:
        page = _PAGES.get(
            (shipped.digest, lang, typed), lambda: _LaidOut(shipped, lang, {"sheets": [*shipped.listed.ids_of(PAGE)]}, typed)
        )
        there = page.names.keys() & read.names.keys()
        title = page.built.book.sheets[0].title
        written, texts = page.texts(title), _texts(read)
        nearest = max(texts, key=lambda sheet: len(written & texts[sheet].keys()), default=None)
        if nearest is None:
            return None
        share = len(written & texts[nearest].keys()) / len(written)
        fit = 2 * len(there) - len(page.names) if len(there) >= _ENOUGH_NAMES else 0
        if share < _SURELY_OURS and len(there) < _ENOUGH_NAMES:
            return None
        if share < _SAME_SHEET and fit < 0:
            return None  # by a template of somebody's own, which calls some of its cells as ours do
        in_line = sum(
            line in {each[axis] for each in texts[nearest].get(value, ())}
            for at, value in page.around[title].items()
            if isinstance(value, str)
            for axis, line in enumerate(row_and_column(at))
        )
        every, found = {text for each in page.around for text in page.texts(each)}, set().union(*texts.values())
        titles = {each[0] for each in page.cells}
        filled = {where for where, each in read.cells.items() if each.value not in (None, "") and where[0] in titles}
        placed = len(filled & page.cells) - len(filled - page.cells)
        return cls(shipped, lang, typed, page, fit, share, in_line, len(every & found) / len(every), placed)


def _record(read: Read, like: _Likeness, inputs: Inputs | None = None, sheets: Sequence[str] = ()) -> dict[str, Any]:
    """Return the record of a workbook in the shape of this one; as wide as its ``inputs`` ask for, of its ``sheets``, once these are known."""
    shape, known = _Shape(read, like, inputs, sheets), like.declaration.listed
    drawn = shape.laid_out()
    said, digest = read.properties.get("kgisheet template sha256"), like.declaration.digest
    names = dict(drawn.names)
    there = _there(read, names)
    asked = [each for each in shape.sheets if known.kind_of(each) not in (GROUNDS, WORK)]  # which come with the page
    by_names = len(there) * 2 > len(names)
    is_ours = said == digest or (said is None and like.texts >= _ALL_TEXTS)
    as_now = is_ours and all(place[3:] == names[name][3:] for name, place in there.items())
    if by_names and not as_now:
        names |= there  # another layout than this version's: the names that are there are all that tells
    return {
        "version": str(read.properties.get("kgisheet version", __version__)),
        "lang": like.lang,
        "template": drawn.built.solution.template.name,
        "digest": digest,
        "sources": [[source.name, source.text] for source in like.declaration.sources],
        "typed": list(shape.typed),
        "sheets": shape.sheets,
        "plan": write(
            {"sheets": ["all"] if set(shape.sheets) == set(known.whole) else [known.title(each).ja for each in asked]}
        ),
        "names": {name: provenance.written_place(place) for name, place in names.items()},
        "generated": drawn.around if as_now or not by_names else {},
        "closed": [each.title for each in read.sheets if each.title not in drawn.around and _is_month(each.title)],
        KEY: PUBLISHED if is_ours else ANOTHER,
        provenance.VALUES_ONLY: not any(each.formula for each in read.cells.values()),
    }


class _Shape:
    """The shape of a workbook: its sheets, rows, first month, and which of two figures is typed."""

    def __init__(self, read: Read, like: _Likeness, inputs: Inputs | None, sheets: Sequence[str]) -> None:
        self.read = read
        self.like = like
        self.inputs = inputs
        names = {name: provenance.written_place(place) for name, place in like.page.names.items()}
        self.page = Anchors(read._replace(carried={"names": names, "generated": like.page.around}))
        self.sheets = [*sheets]

    def laid_out(self) -> _LaidOut:
        """Return a workbook laid out in this shape, with the sheets of which something is left."""
        if self.sheets:
            return self._laid_out(self.sheets)
        known = self.like.declaration.listed
        titles = {sheet.title for sheet in self.read.sheets}
        whole = self._laid_out([each.id for each in known.all if not each.apart or each.title.to(self.like.lang) in titles])
        texts = _texts(self.read)
        local = {name for _, name in self.read.local_names}
        present = {
            title
            for title in whole.around
            if (own := whole.texts(title)) and any(len(own & each.keys()) >= len(own) * _SAME_SHEET for each in texts.values())
        }
        present |= {place.sheet for name, place in whole.built.book.names.items() if name in self.read.names}
        present |= {place.sheet for name, place in whole.built.book.local_names if name.lower() in local}
        there = [key for key, titles in whole.titles().items() if titles & present]
        self.sheets = [*known.with_needed(there)]  # with those that they can't do without
        return whole if len(self.sheets) == len(whole.titles()) else self._laid_out(self.sheets)

    def _laid_out(self, sheets: list[str]) -> _LaidOut:
        return _LaidOut(self.like.declaration, self.like.lang, {**self._plan(), "sheets": sheets}, self.typed, self.inputs)

    def _plan(self) -> dict[str, Any]:
        """Return the parts of a plan that decide where things are."""
        said: dict[str, Any] = {}
        rows = self._rows()
        table = self.like.page.built.solution.template.section("table")
        if rows is not None and table is not None and rows > table.spare:
            said["channel"] = [
                {"name": f"{row + 1}", "share": int(row == 0), "meeting_rate": 1, "cvr": 1} for row in range(rows - table.spare)
            ]
        place = self._place("start_month")
        start = None if place is None else as_date(self._at(place).value)
        return said if start is None else {**said, "start": f"{start:%Y-%m}"}

    def _rows(self) -> int | None:
        """Return how many channels the page has room for, if that differs from the example."""
        there, drawn = self.read.names.get("channel_name"), self.like.page.names.get("channel_name")
        if drawn is None:
            return None
        if there is not None:
            return there.size if there.size != drawn.size else None
        if drawn.is_across:
            return self._across(drawn)
        above = self.page.cell(drawn.sheet, drawn.row - 1, drawn.col)
        below = self.page.cell(drawn.sheet, drawn.row + drawn.rows, drawn.col)
        more = 0 if above is None or below is None else below[1] - above[1] - drawn.rows - 1
        return drawn.rows + more if more else None

    def _across(self, drawn: Place) -> int | None:
        """Return the same where the channels are side by side: the texts behind them say how far they have moved."""
        behind = drawn.col + drawn.cols
        for at, value in self.like.page.around[drawn.sheet].items():
            row, col = row_and_column(at)
            if col >= behind and isinstance(value, str) and value[:1] != "=":
                now = self.page.cell(drawn.sheet, row, col)
                if now is not None:
                    return drawn.cols + now[2] - col if now[2] != col else None
        return None

    @cached_property
    def typed(self) -> tuple[str, ...]:
        """The cells of `either` that hold figures while their counterpart holds formulas; without formulas, by the page's styles."""
        if not any(each.formula for each in self.read.cells.values()):
            return self.like.typed
        either = self.like.declaration.either()
        return tuple(name for first, *others in either for name in others if self._is_formula(first) and self._is_figure(name))

    def _is_formula(self, name: str) -> bool:
        return any(each.formula for each in self._held(name))

    def _is_figure(self, name: str) -> bool:
        return any(each.value is not None for each in self._held(name)) and not self._is_formula(name)

    def _held(self, name: str) -> list[Filled]:
        place = self._place(name)
        return [] if place is None else [self._at(spot) for spot in place.spots()]

    def _place(self, name: str) -> Place | None:
        return self.read.names.get(name) or self.page.now(name)

    def _at(self, place: Place) -> Filled:
        return self.read.cells.get(place[:3], Filled(None, None))


def _taken_over(cell: Cell, value: Input | list[Input], there: Input | list[Input]) -> Input | list[Input]:
    """Return what a workbook holds in an input, in the place of a plan's value; that, where it is nothing that can be laid out."""
    if isinstance(there, list) or isinstance(value, list):
        return there if isinstance(there, list) and all(each is None or _is(cell, each) for each in there) else value
    return there if _is(cell, there) or (there is None and cell.unit != MONTH and cell.choices is None) else value


def _is(cell: Cell, held: Input) -> bool:
    kind = datetime.date if cell.unit in (DATE, MONTH) else Fraction if cell.unit in (CURRENCY, RATE, COUNT) else str
    return isinstance(held, kind)


def _by_numbers(channel: Mapping[str, Any], shipped: Declaration, typed: Sequence[str]) -> dict[str, Any]:
    """Return a channel of a plan with numbers instead of its share."""
    firsts = {shipped.plan_key(group[0]) for group in shipped.either()}
    return {key: value for key, value in channel.items() if key not in firsts} | {shipped.plan_key(name): 1 for name in typed}


def _there(read: Read, names: Mapping[str, Place]) -> dict[str, Place]:
    """Return the names that the workbook has, and their places."""
    found: dict[str, Place] = {}
    for key in names:
        tab, of_tab, name = key.rpartition("!")
        place = read.local_names.get((tab, name.lower())) if of_tab else read.names.get(name)
        if place is not None:
            found[key] = place
    return found


def _texts(read: Read) -> dict[str, dict[str, list[tuple[int, int]]]]:
    """Return the texts of each sheet, and their places."""
    found: dict[str, dict[str, list[tuple[int, int]]]] = {sheet.title: {} for sheet in read.sheets}
    for (sheet, row, col), each in read.cells.items():
        if isinstance(each.value, str) and each.formula is None:
            found[sheet].setdefault(each.value, []).append((row, col))
    return found


def _is_month(title: str) -> bool:
    year, dash, month = title.partition("-")
    return dash == "-" and len(year) == 4 and year.isdecimal() and len(month) == 2 and month.isdecimal()
