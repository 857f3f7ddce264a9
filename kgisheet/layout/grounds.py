"""根拠: the reasons of the page: its settings, each rate with what is usual, the figures before rounding, the proof."""

from __future__ import annotations

from collections.abc import Callable

from ..expr.render.excel import copied
from ..language.text import Text, lowered
from ..template import tables
from ..template.model import EXACT, READBACK, USUAL, Cell, Section, Template
from ..template.sheets import GROUNDS
from ..values.a1 import address, quoted_sheet
from ..values.units import RATE, TEXT
from ..worksheet.labels import usual_range
from ..worksheet.solve import Solution
from . import looks, proof
from .draft import Shared
from .lines import LABEL, Lines
from .measure import broken, tall, wrapped
from .model import LYING, Conditional, pixels

_ROW = 16.0
_VALUE, _BESIDE, _WORDS = LABEL + 1, LABEL + 2, LABEL + 3
_REST = LABEL + 5
"""The columns: a figure, what is beside it (two more in the proof, and a state), and what the rest of the page is parted into."""
_TYPED = 2
"""The lines that there are for a reason, at least."""
_INDENT = 1.5
"""How many characters an indent takes."""
_PAGE = 0.65
"""Height over width of what surely fits on a landscape A4."""
_WIDTHS = {"ja": (37.0, 15.0, 10.4), "en": (45.5, 15.0, 10.4)}
"""The widths of the names of lines and channels, of the figures (+10,000,000,000円), and of the fourth, a state (― 対象外)."""
_LEAST = 4
"""How many columns the rest is parted into, at least: so that a reason begins where the definitions need no more."""


class Grounds(Lines):
    """The drafter of the sheet."""

    def __init__(self, solution: Solution, lang: str, shared: Shared) -> None:
        self.channels = solution.rows.get(tables.CHANNEL, 0)
        self.counted = _counted(solution.template)
        self.text = self.source = _REST + max(_LEAST, len(self.counted) - (_REST - _VALUE)) - 1
        widths = _widths(lang, self.text)
        super().__init__(solution, solution.template.title_of(GROUNDS).to(lang), widths, lang, shared)
        self.draft.in_yen = True
        self.section_rows: dict[str, int] = {}

    def build(self) -> None:
        row = self.line(28)
        self.draft.text(row, LABEL, self.sheet.title, looks.TITLE)
        self.goal_of(row, _WORDS, looks.over(looks.LABEL, align="right", shrink=True))
        draw: dict[str, Callable[[Section], None]] = {
            "list": self.lines,
            "rates": self.rates,
            "unrounded": self.unrounded,
            "checks": self.checks,
            "notes": lambda section: None,
        }
        starts: list[int] = []
        for section in self.template.on_kind(GROUNDS):
            starts.append(self.row)
            self.band(section.title)
            self.section_rows[section.key] = self.row - 1
            draw[section.kind](section)
            if section.kind != "checks":
                self.notes(section)
        self.sheet.frozen_rows = 1
        self.sheet.print_area = (0, 0, self.row - 1, self.last)
        self.sheet.title_rows = (0, 0)
        self.sheet.pages_tall = 0
        self.sheet.breaks = self.breaks([*starts, self.row], sum(map(pixels, self.sheet.widths.values())) * 0.75 * _PAGE)

    # -- settings, effects -------------------------------------------------------

    def lines(self, section: Section) -> None:
        """Draw a line per cell: its figure, an amount in the display unit, and what it is."""
        reads = any(self.template.companion(name, READBACK) for name in section.cells)
        for name in section.cells:
            if not self._is_note(name, section):
                self._line(self.template.cells[name], section, _WORDS if reads else _BESIDE)

    def _is_note(self, name: str, section: Section) -> bool:
        return name.endswith("_note") and name.removesuffix("_note") in section.cells

    def _line(self, cell: Cell, section: Section, first: int) -> None:
        note = f"{cell.name}_note"
        said = "" if cell.hint is None else self.draft.say(cell.hint)
        if note in section.cells:  # with more digits than now
            said = f"{self.solution.at(note, None) or ''}{'0' * 9}"
        row = self.named(self.draft.say(cell.full_label), self._height(said, first), looks.NAME)
        look = looks.value_look(cell, self.lang, align="center" if cell.unit == TEXT else "right")
        self.draft.single(cell.name, row, _VALUE, look)
        self.readback(cell, row, _BESIDE, _BESIDE, align="left")
        if note in section.cells:
            self.draft.single(note, row, first, looks.over(looks.NOTE, valign="vcenter", indent=1), self.last)
        elif said:
            self.draft.text(row, first, said, looks.over(looks.NOTE, valign="vcenter", indent=1), self.last)

    def _height(self, said: str, first: int) -> float:
        room = sum(self.sheet.widths[col] for col in range(first, self.last + 1)) - _INDENT
        return max(_ROW, tall(wrapped(said, room)))

    # -- the rates ------------------------------------------------------------------

    def rates(self, section: Section) -> None:  # noqa: ARG002  # all rates of the page, wherever they are declared
        """Draw a line per rate: its value, what is usual, what it counts, and why it was chosen; then whose the benchmarks are."""
        cells = [cell for cell in self.template.page_inputs() if cell.unit == RATE and cell.operator]
        # What is typed has two lines and two columns at least; it begins where the definitions take no more.
        starts = range(_REST + 1, self.text)
        self.source = min(starts, key=lambda col: sum(max(_TYPED, self._lines_of(cell, col)) for cell in cells))
        self._heads(
            (LABEL, LABEL, Text("率", "Rate")),
            (_VALUE, _VALUE, Text("設定値", "Value")),
            (_BESIDE, _BESIDE, Text("目安", "Benchmark")),
            (_WORDS, self.source - 1, Text("数え方", "Definition")),
            (self.source, self.text, Text("設定の根拠", "Reason for the value")),
        )
        for cell in cells:
            self._rate(cell)
        sources: dict[Text, list[Text]] = {}
        for cell in cells:
            if cell.usual is not None:
                sources.setdefault(cell.usual.source, []).append(cell.label)
        for source, labels in sources.items():
            ja, en = "・".join(each.ja for each in labels), ", ".join(lowered(each.en) for each in labels)
            self.note(Text(f"目安の出典({ja}): {source.ja}", f"Benchmark of the {en}: {source.en}"))

    def _said_of(self, cell: Cell) -> tuple[str, str]:
        """Return what a rate counts, and why it was chosen."""
        hint = "" if cell.hint is None else self.draft.say(cell.hint)
        reason = _reason_of(cell)
        return hint, str(self.solution.at(reason, None) or "") if reason in self.template.cells else ""

    def _lines_of(self, cell: Cell, reason: int) -> int:
        """Return how many lines a rate takes if its reason begins at a column."""
        rooms = (
            sum(self.sheet.widths[col] for col in range(first, last)) - _INDENT
            for first, last in ((_WORDS, reason), (reason, self.text + 1))
        )
        return max(wrapped(said, room) for said, room in zip(self._said_of(cell), rooms, strict=True))

    def _rate(self, cell: Cell) -> None:
        hint, _ = self._said_of(cell)
        row = self.line(tall(max(_TYPED, self._lines_of(cell, self.source))))
        named = looks.over(looks.NAME, text_wrap=True)
        if cell.renamed is None:
            self.draft.text(row, LABEL, self.draft.say(cell.full_label), named)
        else:
            other, usual = self.draft.say(cell.renamed.full_label), self.draft.say(cell.full_label)
            self.draft.either(row, LABEL, cell.renamed.when, other, usual, named)
            # What is said beside it is of the rate that it isn't then.
            self._quieten(row, _BESIDE, self.draft.test(cell.renamed.when), hidden=True)
        if cell.read_when is not None:
            self._quieten(row, LABEL, self.draft.unread(cell.read_when))
        if cell.table is None:
            form = looks.number_format(cell, self.lang)
            look = looks.look(align="center", num_format=form)
            self.sheet.formula(row, _VALUE, f'=IF({cell.name}="","",{cell.name})', self.solution.at(cell.name, None), look)
        else:
            self.draft.text(
                row, _VALUE, Text("チャネル別", "By channel").to(self.lang), looks.over(looks.PLAIN, align="center")
            )
        said = "" if cell.usual is None else self.draft.say(usual_range(cell))
        note = looks.over(looks.NOTE, valign="vcenter")
        self.draft.text(row, _BESIDE, said, looks.over(looks.SMALL, align="center"))
        self.draft.text(row, _WORDS, hint, note, self.source - 1)
        reason = self.template.cells.get(_reason_of(cell))
        if reason is not None:
            look = looks.value_look(reason, self.lang, text_wrap=True, shrink=False, indent=1, bg_color=looks.SPARE)
            self.draft.single(reason.name, row, self.source, look, self.text if self.text > self.source else None)

    def _quieten(self, row: int, first: int, test: str, *, hidden: bool = False) -> None:
        """Grey a line, or hide it from a column on, while a switch makes what it says beside the point."""
        look = (("num_format", ";;;"),) if hidden else looks.UNREAD
        self.sheet.conditionals.append(Conditional(row, first, row, self.source - 1, test, look))

    # -- before rounding ----------------------------------------------------------

    def unrounded(self, section: Section) -> None:  # noqa: ARG002  # of all counts, wherever they are declared
        """Draw a column per count before it is made whole, or per rate against what is usual: in all, and a line per channel."""
        names = [_heading(cell, self.template.cells[name]) for cell, name in self.counted]
        said = [broken(self.draft.say(each), self.sheet.widths[_VALUE + at] - 0.5) for at, each in enumerate(names)]
        lines = max((wrapped(each, self.sheet.widths[_VALUE + at] - 0.5) for at, each in enumerate(said)), default=1)
        head = self.line(max(_ROW, tall(lines)))
        self.draft.row_of(head, LABEL, self.last, looks.HEADING)
        self.draft.text(head, LABEL, Text("チャネル", "Channel").to(self.lang), looks.over(looks.HEADING, align="left"))
        top = self.named(Text("合計", "Total").to(self.lang), _ROW, looks.NAME)
        for index in range(self.channels):
            spot = self.draft.places[self.roles.channel_name].spot(index)
            formula = f"={copied(f'{quoted_sheet(spot.sheet)}!{address(spot.row, spot.col)}')}"
            called = self.solution.at(self.roles.channel_name, index) or ""
            self.sheet.formula(self.line(_ROW), LABEL, formula, called, looks.over(looks.PLAIN, shrink=True))
        totals = {cell.total_of: cell for cell in self.template.cells.values() if cell.total_of}
        for at, (cell, name) in enumerate(self.counted):
            self.draft.text(head, _VALUE + at, said[at], looks.HEADING)
            self._column_of(cell, name, top, _VALUE + at, totals.get(name))

    def _column_of(self, cell: Cell, name: str, top: int, col: int, total: Cell | None) -> None:
        of = self.template.cells[name]
        if cell.read_when is not None:
            unread = (*looks.UNREAD, ("num_format", '"―"'))
            self.sheet.conditionals.append(Conditional(top, col, top, col, self.draft.unread(cell.read_when), unread))
        look = looks.over(looks.READBACK, num_format=looks.TWO_DECIMALS, border=1, border_color=looks.LINE)
        if of.table is None:
            self.draft.single(name, top, col, looks.over(look, bold=True))
            self._deciding(top, col, top)
            return
        last = top + self.channels
        if of.unit == TEXT:
            self.draft.down(name, top + 1, col, looks.over(looks.COMPARED, border=1, border_color=looks.LINE))
            return
        self.draft.down(name, top + 1, col, look)
        self._deciding(top + 1, col, last)
        if total is not None:
            self._deciding(top, col, top)
            self.draft.single(total.name, top, col, looks.over(look, bold=True))

    def _deciding(self, row: int, col: int, last: int) -> None:
        """Show the decimals that decide: 300.00003 is made 301, and must not read as 300.00."""
        here = address(row, col)
        test = f"AND(ISNUMBER({here}),ROUND({here},2)=ROUND({here},0),ROUND({here},6)<>ROUND({here},0))"
        self.sheet.conditionals.append(Conditional(row, col, last, col, test, (("num_format", looks.DECIDING),)))

    # -- the proof ------------------------------------------------------------------

    def checks(self, section: Section) -> None:
        at = LABEL + 1
        overall = self.template.cells.get(self.roles.overall)
        # Without a sentence for its status, the page has it.
        if overall is not None and overall.section == section.key and self.roles.status in self.template.cells:
            row = self.line(20)
            self.draft.text(row, LABEL, self.draft.say(overall.label), looks.NAME)
            self.draft.single(self.roles.overall, row, at, looks.OVERALL)
            self.draft.state_colours(row, at, row)
        wide = proof.Columns((LABEL, LABEL), (at, at), (at + 1, at + 1), (at + 2, at + 2), _REST - 1, (_REST, self.last))
        proof.draw(self, section, wide)

    def _heads(self, *columns: tuple[int, int, Text]) -> int:
        """Draw a row of headings; return it."""
        row = self.line(_ROW)
        self.draft.row_of(row, LABEL, self.last, looks.HEADING)
        for col, last, text in columns:
            look = looks.over(looks.HEADING, align="left" if col in (LABEL, _WORDS, self.source) else "center")
            look = looks.over(look, indent=1) if col == self.source else look
            self.draft.text(row, col, text.to(self.lang), look, last if last > col else None)
        return row


def _reason_of(cell: Cell) -> str:
    """Return the name of the cell in which a rate is reasoned for, all channels' in one."""
    return f"{cell.name.removeprefix('channel_')}_reason"


def _counted(template: Template) -> list[tuple[Cell, str]]:
    """Return the counts before they are made whole, then the rates of channels against what is usual: whose, and its name."""
    page = template.page_keys()
    found: list[tuple[Cell, str]] = []
    words: list[tuple[Cell, str]] = []
    for cell in template.cells.values():
        if cell.section in page:
            exact, usual = (template.companion(cell.name, kind) for kind in (EXACT, USUAL))
            if exact is not None:
                found.append((cell, exact))
            elif cell.name.endswith("_unrounded") and cell.table is not None:
                found.append((cell, cell.name))
            if usual is not None and cell.table is not None:
                words.append((cell, usual))
    return found + words


def _heading(cell: Cell, of: Cell) -> Text:
    """Return the heading of a count, without a word of what all of them are: ④ 商談数."""
    called = of.label if of.unit == TEXT or of.name == cell.name else cell.label
    return Text(f"{cell.step} {called.ja}".strip(), f"{cell.step} {called.en}".strip())


def _widths(lang: str, text: int) -> dict[int, float]:
    """Return the widths of the columns: an A4 lying takes them in type that can be read, the last ones what the others leave."""
    names, figure, state = _WIDTHS[lang]
    made = {0: 1.0, LABEL: names, **dict.fromkeys(range(_VALUE, _REST - 1), figure), _REST - 1: state}
    rest = range(_REST, text + 1)
    each = (LYING - sum(map(pixels, made.values()))) // len(rest)
    return made | dict.fromkeys(rest, (each - 5) / 7)
