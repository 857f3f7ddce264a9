"""How a freeform sheet was read, for a terminal: each relation with what says so, and what was compared with nothing."""

from __future__ import annotations

from ..check.explained import Explained, Related
from ..check.finding import Report
from ..language.text import Text

RELATIONS = Text("突き合わせた関係", "What was compared")
ALONE = Text("突き合わせる相手がないもの", "Compared with nothing")
UNUSED = Text("検査に使っていない前提(入力として読みました)", "Assumptions that nothing was compared by (read as inputs)")
MARKS = {"holds": Text("○", "✓"), "by_other": Text("△", "≈"), "fails": Text("×", "✗")}
BY_OTHER = Text("誤りのある数を直せば合います", "it agrees once the wrong figure is right")
_SHOWN = 40
"""Relations of one sheet that are listed; of more, those that fail and the first ones."""


def explanation(report: Report, lang: str) -> list[str]:
    """Return the lines of the explanation; none for a workbook of ours, whose cells have names."""
    if report.explained is None:
        return []
    said = [f"[{RELATIONS.to(lang)}]"]
    shown, more = chosen(report.explained)
    called = {f"{each.sheet}!{each.cell}": each.label for each in report.readings}
    several = len({each.sheet for each in report.readings}) > 1
    for each in shown:
        mark = MARKS[each.state].to(lang)
        cell = each.cell if several else each.cell.rpartition("!")[2]
        said.append(f"  {mark} {cell} {called.get(each.cell, '')}".rstrip() + f" = {each.way.to(lang)} = {each.exact}")
        said.append(f"      {each.why.to(lang)}" + (f" ({BY_OTHER.to(lang)})" if each.state == "by_other" else ""))
    if more:
        said.append(Text(f"  ほか{more}件(すべて成り立ちます)", f"  and {more} more, all of which hold").to(lang))
    for title, cells in ((ALONE, report.explained.alone), (UNUSED, report.explained.unused)):
        if cells:
            said.append(f"[{title.to(lang)}]")
            said += [f"  {cell if several else cell.rpartition('!')[2]} {called.get(cell, '')}".rstrip() for cell in cells]
    return said


def chosen(explained: Explained) -> tuple[list[Related], int]:
    """Return the relations that are listed, in the order of their cells, and how many more hold."""
    if len(explained.related) <= _SHOWN:
        return list(explained.related), 0
    first = {id(each) for each in explained.related[:_SHOWN]}
    shown = [each for each in explained.related if id(each) in first or each.state != "holds"]
    return shown, len(explained.related) - len(shown)
