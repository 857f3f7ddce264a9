"""The chain of a freeform sheet as a picture for the page: its stages in boxes, the rate of each step between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..check.explained import Related
from ..check.finding import Reading, Report
from ..language.text import Text
from .explained import ALONE, MARKS, RELATIONS, UNUSED, chosen
from .tables import table

_MOST = 24
"""Chains that are drawn; a sheet of many channels and months has more, which are in the table."""

_QUOTIENT = "quotient"
_LOOKS = {"holds": "ok", "by_other": "warning", "fails": "error"}
_WHAT = Text(
    "上の段階から次の段階へ、シートの見出しから読み取ったつながりです。× は数が合わないところ、△ は × の数を直せば合うところです。",
    "From stage to stage, as the labels of the sheet tie them; ✗ where the figures don't agree, ≈ where they would once that is right.",
)


def chains(report: Report, lang: str, safe: Callable[[object], str]) -> str:
    """Return the chains, the table of all relations and what was compared with nothing; ``safe`` makes text of a file markup."""
    if report.explained is None:
        return ""
    return "\n".join(_Drawn(report, lang, safe).parts())


class _Drawn:
    def __init__(self, report: Report, lang: str, safe: Callable[[object], str]) -> None:
        assert report.explained is not None
        self.explained, self.lang, self.safe = report.explained, lang, safe
        self.read = {f"{each.sheet}!{each.cell}": each for each in report.readings}
        self.several = len({each.sheet for each in report.readings}) > 1

    def parts(self) -> Iterator[str]:
        yield f"<h3>{RELATIONS.to(self.lang)}</h3>"
        if not self.explained.related:
            yield f"<p>{Text('突き合わせられる関係はありませんでした。', 'Nothing could be compared.').to(self.lang)}</p>"
        drawn = list(self.chains())
        if drawn:
            yield f'<p class="small">{_WHAT.to(self.lang)}</p>'
        yield from drawn[:_MOST]
        yield self.table()
        for title, cells in ((ALONE, self.explained.alone), (UNUSED, self.explained.unused)):
            if cells:
                said = ", ".join(self.safe(f"{self.at(each)} {self.label(each)}".strip()) for each in cells)
                yield f"<p><b>{title.to(self.lang)}</b>: {said}</p>"

    def chains(self) -> Iterator[str]:
        """Yield each way from a goal down, stage by stage."""
        steps: dict[str, list[Related]] = {}
        for each in self.explained.related:
            if each.kind == _QUOTIENT and each.uses:
                steps.setdefault(each.uses[0], []).append(each)
        ends = {each.cell for found in steps.values() for each in found}
        for first in [each for each in steps if each not in ends]:
            for way in _ways(first, steps, frozenset()):
                yield self.chain(first, way)

    def chain(self, first: str, way: list[Related]) -> str:
        boxes = [self.stage(first)]
        for each in way:
            rates = " × ".join(f"{self.label(rate)} {self.shown(rate)}".strip() for rate in each.uses[1:])
            mark = MARKS[each.state].to(self.lang)
            boxes.append(f'<li class="rate {_LOOKS[each.state]}">{self.safe(rates)} {mark}</li>')
            boxes.append(self.stage(each.cell))
        return f'<ol class="chain">{"".join(boxes)}</ol>'

    def stage(self, cell: str) -> str:
        return (
            f'<li class="stage"><b>{self.safe(self.label(cell))}</b>{self.safe(self.shown(cell))}'
            f' <span class="cell">{self.safe(self.at(cell))}</span></li>'
        )

    def table(self) -> str:
        if not self.explained.related:
            return ""
        heads = [Text("セル", "Cell"), Text("関係", "Relation"), Text("理由", "Why"), Text("一致", "Agrees")]
        shown, more = chosen(self.explained)
        rows = [
            f'<tr><td><span class="cell">{self.safe(self.at(each.cell))}</span> {self.safe(self.label(each.cell))}</td>'
            f"<td>{self.safe(f'{each.way.to(self.lang)} = {each.exact}')}</td><td>{self.safe(each.why.to(self.lang))}</td>"
            f"<td>{MARKS[each.state].to(self.lang)}</td></tr>"
            for each in shown
        ]
        rest = Text(f"ほか{more}件(すべて成り立ちます)", f"and {more} more, all of which hold").to(self.lang) if more else ""
        drawn = f'<div class="scroll">{table([each.to(self.lang) for each in heads], rows, "wide")}</div>'
        return drawn + (f'\n<p class="small">{rest}</p>' if rest else "")

    def at(self, cell: str) -> str:
        return cell if self.several else cell.rpartition("!")[2]

    def label(self, cell: str) -> str:
        reading = self.read.get(cell)
        return "" if reading is None else reading.label

    def shown(self, cell: str) -> str:
        reading: Reading | None = self.read.get(cell)
        return "" if reading is None else reading.shown.rpartition("→ ")[2]


def _ways(cell: str, steps: dict[str, list[Related]], before: frozenset[str]) -> Iterator[list[Related]]:
    """Yield the ways on from a cell; what leads back to where it came from ends one."""
    on = [each for each in steps.get(cell, []) if each.cell not in before]
    if not on:
        yield []
    for each in on:
        for rest in _ways(each.cell, steps, before | {cell}):
            yield [each, *rest]
