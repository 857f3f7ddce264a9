"""Assignment of numbers to labels: to the right or below, in a table, or side by side.

Every label claims the numbers next to it; a heading above them (or a name before
them) gives the channel or month of each. Positions on the
sheet don't matter.
"""

from __future__ import annotations

from typing import NamedTuple

from .lexicon import CHANNEL, CHANNEL_HEADING, FIELD, MARK, MONTH, OTHER, PERIOD, PLAIN, TEXT, TOTAL, UNIT, Word
from .plane import Plane, Spot

_GAP = 4  # blank cells between a label and its value, at most
_GAP_DOWN = 3
_LONG = 60  # lines of a table: beyond, it is a list of data and no goal sheet


class Claim(NamedTuple):
    """One number that a label claims. ``line`` is the row or column it shares with the other fields' values.

    ``head`` is where the fields' labels are (a row of a table whose fields go across, else a column):
    claims of one ``axis`` and ``head`` are one table. ``entity`` is the channel, month or total that it refers to.
    """

    spot: Spot
    label: Spot
    word: Word
    axis: str
    head: int
    line: int
    distance: int
    rank: int
    entity: Word | None
    entity_at: tuple[int, int] | None = None

    @property
    def table(self) -> tuple[str, int, int]:
        """The key of the table: where its labels are, and its headings if they are above the numbers."""
        headed = self.axis == "row" and self.entity is not None and self.entity_at is not None
        over = self.entity_at[0] if headed and self.entity_at is not None and self.entity_at[0] != self.spot.row else -1
        return self.axis, self.head, over


def claims(plane: Plane) -> list[Claim]:
    """Return all claims of a sheet's labels, each number once: the nearest label has it."""
    found: list[Claim] = []
    for label in plane.fields:
        if label.inside is not None:
            found.append(_own(plane, label))
            continue
        right, down = _rightward(plane, label), _downward(plane, label)
        if right and down:
            # A heading with a number beside it by chance still heads its column.
            right, down = (right, []) if right[0].distance <= down[0].distance or len(right) >= len(down) else ([], down)
        found += right or down or _under_heading(plane, label) or _block(plane, label)
    return _tables(found)


# -- rightward ------------------------------------------------------------


def _rightward(plane: Plane, label: Spot) -> list[Claim]:
    assert label.word is not None
    found: list[Claim] = []
    named: tuple[Word, tuple[int, int]] | None = None
    unnamed = False  # a number came that no word stands before
    theirs = False
    last = label.last_col
    for row in range(label.row, min(label.last_row, label.row + 3) + 1):
        for spot in _after(plane.rows.get(row, []), label.last_col, by_row=False):
            if spot.col - last - 1 > _GAP:
                break
            is_apart = spot.col - last > 1
            last = spot.last_col
            if spot.word is not None:
                kind = spot.word.kind
                if kind in (UNIT, PLAIN, MARK):
                    continue
                if (
                    kind == CHANNEL
                    and unnamed
                    and is_apart
                    and not plane.are_of_one_section((label.row, label.col), (spot.row, spot.col))
                ):
                    break  # 受注率 | 25%, and beside it, in a list of its own, 展示会 | 70
                if kind in (CHANNEL, TOTAL) or (kind == TEXT and not unnamed):
                    named = spot.word, (spot.row, spot.col)
                    continue
                if kind == FIELD and spot.word.field == label.word.field and (spot.word.channel or spot.word.number):
                    theirs = True  # ④ 商談数 | リード①アポ | 10 | … | 合計 | 40: the 10 has its own label
                    continue
                break
            if spot.inside is not None:
                break
            if theirs:
                theirs = named is not None and named[0].kind == TOTAL
                if not theirs:
                    continue
            distance = spot.col - label.last_col
            entity, at = named if named is not None else _above(plane, spot)
            if entity is None and not found:
                entity, at = _block_of_others(plane, label)
            unnamed = unnamed or named is None
            found.append(Claim(spot, label, label.word, "row", label.col, spot.col, distance, len(found), entity, at))
            named = None
        if found:
            break
        last = label.last_col
    return _plainly(found)


def _plainly(found: list[Claim]) -> list[Claim]:
    """Return whether a text between one label and its one value explains the label: it isn't a channel's name."""
    texts = [each for each in found if each.entity is not None and each.entity.kind == TEXT and _same_row(each)]
    if len(texts) == 1:
        found = [each._replace(entity=None, entity_at=None) if each is texts[0] else each for each in found]
    return found


def _same_row(claim: Claim) -> bool:
    return claim.entity_at is not None and claim.entity_at[0] == claim.spot.row and claim.axis == "row"


def _above(plane: Plane, spot: Spot) -> tuple[Word | None, tuple[int, int] | None]:
    """Return the heading over a number, and where it is."""
    over = plane.heading(spot.row, spot.col)
    return (over.word, (over.row, over.col)) if over is not None else (None, None)


def _block_of_others(plane: Plane, label: Spot) -> tuple[Word | None, tuple[int, int] | None]:
    """Detect a heading such as ■2025年度実績 over a list of labels, beside another list that has the goals."""
    if not any(each is not label and each.kind == FIELD for each in plane.rows.get(label.row, [])):
        return None, None
    at = label.row
    for each in _before(plane.cols.get(label.col, []), label.row, by_row=True):
        if at - each.last_row > 2 or each.word is None:
            break
        at = each.row
        if each.word.kind == OTHER:
            return each.word, (each.row, each.col)
        if each.word.kind != FIELD:
            break
    return None, None


# -- downward -------------------------------------------------------------


def _downward(plane: Plane, label: Spot) -> list[Claim]:
    assert label.word is not None
    found: list[Claim] = []
    last = label.last_row
    for spot in _after(plane.cols.get(label.col, []), label.last_row, by_row=True):
        if spot.row - last - 1 > _GAP_DOWN or len(found) > _LONG:
            break
        last = spot.last_row
        if spot.word is not None:
            if spot.word.kind in (UNIT, PLAIN, MARK):
                continue
            break
        if spot.inside is not None:
            break
        entity, at = _before_it(plane, spot)
        found.append(
            Claim(spot, label, label.word, "col", label.row, spot.row, spot.row - label.last_row, len(found), entity, at)
        )
    return found


_PREFERENCE = {MONTH: 0, OTHER: 1, TOTAL: 2, CHANNEL: 3, PERIOD: 4, TEXT: 5}


def _before_it(plane: Plane, spot: Spot) -> tuple[Word | None, tuple[int, int] | None]:
    """Return the name of a number's row: of the words to its left, the most telling one."""
    words: list[tuple[int, int, Word, tuple[int, int]]] = []
    for order, each in enumerate(_before(plane.rows.get(spot.row, []), spot.col, by_row=False)):
        if order > 24:
            break
        if each.word is None:
            continue
        if each.word.kind == FIELD and each.row == spot.row:
            if order == 0:
                return each.word, (each.row, each.col)  # a label of its own: not of this table
            break
        if each.word.kind in _PREFERENCE:
            # Of two unknown texts the left one is the name, the other a remark.
            words.append((_PREFERENCE[each.word.kind], -order, each.word, (each.row, each.col)))
    if not words:
        return None, None
    best = min(words, key=lambda each: each[:2])
    return best[2], best[3]


# -- odd places -----------------------------------------------------------


def _under_heading(plane: Plane, label: Spot) -> list[Claim]:
    """Claim a row of numbers that has no label of its own: ④ 商談数 | 広告 | オーガニック above it."""
    assert label.word is not None
    found: list[Claim] = []
    for row in (label.last_row + 1, label.last_row + 2):
        words = [each for each in plane.rows.get(row, []) if each.word is not None]
        if any(each.kind == FIELD or (each.kind == TEXT and each.col == label.col) for each in words):
            return []  # the row has a name of its own
        for spot in _after(plane.rows.get(row, []), label.col - 1, by_row=False):
            if spot.word is not None or spot.inside is not None:
                continue
            over = [each for each in plane.cols.get(spot.col, []) if each.row == label.row and each is not label]
            if over and over[0].word is not None and over[0].word.kind in (CHANNEL, TOTAL, MONTH, TEXT):
                at = (over[0].row, over[0].col)
                found.append(Claim(spot, label, label.word, "row", label.col, spot.col, spot.col, len(found), over[0].word, at))
        if found:
            return found
    return []


def _block(plane: Plane, label: Spot) -> list[Claim]:
    """Claim a block under a heading, a name and a number per row: チャネル別比率, below it 広告 | 25 %, SEO | 75 %, 合計 | 100 %."""
    assert label.word is not None
    found: list[Claim] = []
    row = label.last_row + 1
    while len(found) <= _LONG:
        spots = _after(plane.rows.get(row, []), label.col - 1, by_row=False)[:2]
        if len(spots) < 2 or spots[0].col != label.col or spots[0].kind not in (CHANNEL, TOTAL, TEXT) or not spots[1].number:
            break
        at = (row, spots[0].col)
        found.append(
            Claim(spots[1], label, label.word, "col", label.row, row, row - label.last_row, len(found), spots[0].word, at)
        )
        row += 1
    named = sum(each.entity is not None and each.entity.kind == CHANNEL for each in found)
    return found if named >= 2 else []


def _own(plane: Plane, label: Spot) -> Claim:
    """Claim a label's number in the same cell: 受注率: 30%."""
    assert label.inside is not None
    word = label.inside.word
    entity: Word | None = None
    at: tuple[int, int] | None = None
    if not word.channel and not word.number:
        over, over_at = _above(plane, label)
        if over is not None and over.kind in (CHANNEL, MONTH):
            entity, at = over, over_at
    return Claim(label, label, word, "own", label.row, label.col, 0, 0, entity, at)


# -- tables ---------------------------------------------------------------


def _tables(found: list[Claim]) -> list[Claim]:
    """Return the claims with their entities settled, table by table; each number once."""
    groups: dict[tuple[str, int, int], list[Claim]] = {}
    for claim in found:
        groups.setdefault(claim.table, []).append(claim)
    settled = [each for group in groups.values() for each in _settled(group)]
    nearest: dict[tuple[int, int], Claim] = {}
    for claim in settled:
        at = (claim.spot.row, claim.spot.col)
        if at not in nearest or claim.distance < nearest[at].distance:
            nearest[at] = claim
    return sorted(nearest.values(), key=lambda each: (each.spot.row, each.spot.col))


def _settled(group: list[Claim]) -> list[Claim]:
    lines: dict[int, Word | None] = {}
    for claim in group:
        lines.setdefault(claim.line, claim.entity)
    if len(lines) > _LONG:
        return []
    kinds = [each.kind for each in lines.values() if each is not None]
    # One month over a list says when, one unknown text is a title: neither makes a table.
    table = {
        MONTH: kinds.count(MONTH) >= 3,
        TEXT: kinds.count(TEXT) + kinds.count(CHANNEL) >= 2,
        PERIOD: kinds.count(PERIOD) >= 2 or kinds.count(MONTH) >= 3,
        TOTAL: any(kind in (MONTH, CHANNEL, TEXT, CHANNEL_HEADING) for kind in kinds) and len(kinds) > 1,
    }
    group = _below(group) if table[MONTH] or table[TEXT] else group
    settled: list[Claim] = []
    passed: dict[tuple[int, int], int] = {}  # how many numbers of a label are of something else: 前年 | 今期目標
    for claim in group:
        entity, at = claim.entity, (claim.label.row, claim.label.col)
        if entity is not None and entity.kind in (OTHER, FIELD):
            passed[at] = passed.get(at, 0) + (entity.kind == OTHER)
            continue
        named = entity is not None and entity.kind in (PLAIN, PERIOD)
        if entity is not None and (entity.kind in (PLAIN, CHANNEL_HEADING) or not table.get(entity.kind, True)):
            entity = None
        if entity is None and claim.rank > (passed.get(at, 0) if named else 0):
            continue  # a second number beside a label, and nothing says what it is
        settled.append(claim._replace(entity=entity))
    return settled


def _below(group: list[Claim]) -> list[Claim]:
    """Return whether a label with one number, below a table and apart from it, belongs to no month or channel of it: 前提, アポ率 20 %."""
    numbers: dict[int, int] = {}
    for each in group:
        numbers[each.label.row] = numbers.get(each.label.row, 0) + 1
    last = max((row for row, count in numbers.items() if count > 1), default=0)
    return [
        each._replace(entity=None, entity_at=None)
        if each.axis == "row" and numbers[each.label.row] == 1 and each.rank == 0 and 0 < last < each.label.row - 1
        else each
        for each in group
    ]


def _after(spots: list[Spot], beyond: int, by_row: bool) -> list[Spot]:
    """Return the spots of an ordered row (column) after a place, as few as necessary."""
    index = _first(spots, beyond, by_row)
    return spots[index : index + _LONG + 4]


def _before(spots: list[Spot], place: int, by_row: bool) -> list[Spot]:
    """Return the spots before a place, the nearest first, as few as necessary."""
    index = _first(spots, place - 1, by_row)
    return spots[max(0, index - _LONG - 4) : index][::-1]


def _first(spots: list[Spot], beyond: int, by_row: bool) -> int:
    low, high = 0, len(spots)
    while low < high:
        middle = (low + high) // 2
        if (spots[middle].row if by_row else spots[middle].col) > beyond:
            high = middle
        else:
            low = middle + 1
    return low
