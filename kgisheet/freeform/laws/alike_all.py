"""One formula that is otherwise than all others of its column, or row, wherever they are; a sheet that is added twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...values.regex import regex
from .fills import At, Filled

_LEAST = 4
_SHEETS = regex(
    r"=?(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Z]{1,3}\$?\d+)(?:\+(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Z]{1,3}\$?\d+)+"
)
_PART = regex(r"('(?:[^']|'')+'|[^\W\d][\w.]*)!(\$?[A-Z]{1,3}\$?\d+)")


def than_all_others(filled: Mapping[At, Filled]) -> Iterator[tuple[At, str]]:
    """Yield the one of a column's formulas that divide figures of their own rows that takes others than all others, seen from each."""
    lines: dict[tuple[int, str], list[At]] = {}
    for at, each in filled.items():
        if "/" in each.bare and len(each.cells) > 1:
            lines.setdefault((at[1], each.bare), []).append(at)
    for places in lines.values():
        counts = Counter(filled[at].lying for at in places)
        if len(places) < _LEAST or len(counts) != 2 or min(counts.values()) != 1:
            continue
        (usual, _), (other, _) = counts.most_common()
        like = next(at for at in places if filled[at].lying == usual)
        odd = next(at for at in places if filled[at].lying == other)
        meant = filled[like].copied(like, odd)
        if any(row != like[0] for row, _ in filled[like].cells):
            continue
        if all(row == odd[0] for row, _ in filled[odd].cells) or set(meant) & set(filled[odd].cells):
            yield odd, filled[like].text(meant)


def added_twice(own: Mapping[At, str]) -> Iterator[tuple[At, str]]:
    """Yield a sum over sheets that has one of them twice, and leaves out one that the other sums of its column have."""
    sums = {at: _PART.findall(text) for at, text in own.items() if _SHEETS.fullmatch(text)}
    for at, parts in sums.items():
        names = [name for name, _ in parts]
        twice = [each for each, many in Counter(parts).items() if many > 1]
        others = {frozenset(name for name, _ in its) for there, its in sums.items() if there[1] == at[1] and there != at}
        if len(twice) != 1 or len(others) != 1:
            continue
        (every,) = others
        left = every - set(names)
        if len(left) == 1 and len(every) == len(names) and set(names) < every:
            (name, cell), (missing,) = twice[0], left
            first, second = own[at].split(f"{name}!{cell}", 1)
            yield at, f"{first}{name}!{cell}{second.replace(f'{name}!{cell}', f'{missing}!{cell}', 1)}".removeprefix("=")
