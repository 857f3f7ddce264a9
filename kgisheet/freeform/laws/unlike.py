"""Formulas that are those beside them but for one thing: ROUND among ROUNDUP, a factor twice, a part where the others take the whole.

=C9*$C$3*$C$3 below three of =C6*$C$3; =D5+F5 below =D4+G4, where F5 is a part of G5. At the end of a line it may be of another
kind, so each needs a sign of its own besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...values.regex import regex
from .fills import HOLE, At, Filled
from .formed import Line, Lists
from .kinds import is_total

_DIRECTIONS = ((0, 1), (1, 0))
_FAR, _TWO, _THREE = 12, 2, 3
_ROUNDS = regex(r"^=?ROUND(?:UP|DOWN)?\((.*),\s*(-?\d+)\)$", re.IGNORECASE)
_TERM = regex(r"[-+*/](\$?[A-Z]{1,3}\$?\d+)(?![\w(])")
_BLOCKS = 8
"""Columns, or rows, from a block to the one beside it."""


def rounded_otherwise(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the formula that rounds to the nearest, or not at all, what all others of its line round up: =ROUND(E3/E4,0) after =ROUNDUP(D3/D4,0)."""
    for at, own, like, others in _lines(lists):
        wanted = like.text(like.copied(others[0], at))
        theirs, mine = _ROUNDS.match(wanted), _ROUNDS.match(own.text(own.cells))
        if theirs is None or len(others) < _THREE or theirs[0] == (mine[0] if mine is not None else ""):
            continue
        inside, digits = (mine[1], mine[2]) if mine is not None else (own.text(own.cells), theirs[2])
        if (inside.replace(" ", ""), digits) != (theirs[1].replace(" ", ""), theirs[2]):
            continue
        # The last one of a row may take what is left over; another row that is rounded to its end says that it doesn't.
        if others[0][1] == at[1] or max(others) > at or _is_rounded_on(lists, at, others[0], theirs[0][: theirs[0].index("(")]):
            yield at, wanted


def _is_rounded_on(lists: Lists, at: At, before: At, function: str) -> bool:
    """Return whether another line is rounded in a cell's column, or row, as before it, or a text of the sheet says so of all."""
    filled, row = lists.filled, at[0] == before[0]
    said = (spot for spots in lists.cells.page.plane.rows.values() for spot in spots if spot.text)
    return any(_SAID.search(each.flat) for each in said) or any(
        like.lying == filled[other].lying
        for step in (*range(-_FAR, 0), *range(1, _FAR + 1))
        if (other := (at[0] + step, at[1]) if row else (at[0], at[1] + step)) in filled
        and filled[other].bare.startswith(f"{function}(")
        and (like := filled.get((before[0] + step, before[1]) if row else (before[0], before[1] + step))) is not None
    )


_SAID = regex(r"切り?上げ|切り?捨て|四捨五入|rounded (?:up|down|to)")


def taken_twice(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the formula that takes a cell twice, which the others of its line take once: =C9*$C$3*$C$3 below =C8*$C$3."""
    for at, own, like, others in _lines(lists):
        wanted, text = like.text(like.copied(others[0], at)), own.text(own.cells)
        for match in _TERM.finditer(text) if len(own.cells) == len(like.cells) + 1 else ():
            without = text[: match.start()] + text[match.end() :]
            if without == wanted and _plain(match[1]) in map(_plain, _CELL.findall(wanted)):
                yield at, wanted
                break


_CELL = regex(r"\$?[A-Z]{1,3}\$?\d+(?![\w(])")


def _plain(cell: str) -> str:
    return cell.replace("$", "")


def signed_otherwise(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the last formula of a row that multiplies, or adds, what all others of it divide, or take off: =D4*D5 after =B4/B5 and =C4/C5."""
    for at, own, like, others in _lines(lists):
        wanted = like.copied(others[0], at)
        if others[0][0] != at[0]:
            continue
        if own.bare == like.bare and _TURNED.search(own.bare) and own.cells == wanted[::-1]:
            yield at, like.text(wanted)  # =B2/B3 before =C3/C2
        if own.cells != wanted:
            continue
        differs = [(one, two) for one, two in zip(own.bare, like.bare, strict=False) if one != two]
        if len(own.bare) == len(like.bare) and len(differs) == 1 and set(differs[0]) in _SIGNS:
            yield at, like.text(wanted)


_SIGNS = ({"*", "/"}, {"+", "-"})
_TURNED = regex(rf"^[^{HOLE}]*{HOLE}[-/]{HOLE}[^{HOLE}]*$")


def part_for_whole(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the last formula of a line that takes another cell than the others, where the one they take is idle there, or the whole of it."""
    for at, own, like, others in _lines(lists):
        wanted = like.copied(others[0], at)
        if own.bare != like.bare or ":" in own.bare:
            continue
        differs = [index for index, (one, two) in enumerate(zip(wanted, own.cells, strict=True)) if one != two]
        if len(differs) != 1 or any(own.fixed[differs[0]]):
            continue
        meant, taken = wanted[differs[0]], own.cells[differs[0]]
        if meant == at or meant not in lists.cells.amounts or taken not in lists.cells.amounts:
            continue
        if taken in wanted or meant in own.cells:
            if _is_of_a_filled_row(lists, at, others, meant, taken) and len(own.cells) > _TWO:
                yield at, like.text(wanted)
            continue
        is_idle = not lists.is_used(meant)
        # A chain begins with what is elsewhere; only the figure before it in the line is no beginning: =C4*(1+$B$1) for =B5*(1+$B$1).
        if (meant[0] == taken[0]) == (meant[1] == taken[1]) and not (is_idle and taken in others and len(own.cells) > 1):
            continue
        if meant in others:
            # Of steps one after the other two may branch off the same one: replies, and demos of who attends.
            # Of years one after the other none does.
            is_wrong = is_idle and (others[0][0] == at[0] or _is_named(lists, wanted, meant, taken))
        else:
            is_wrong = is_idle or _is_part(lists, taken, meant) or _is_of_a_filled_row(lists, at, others, meant, taken)
        if is_wrong:
            yield at, like.text(wanted)


def _is_of_a_filled_row(lists: Lists, at: At, others: Sequence[At], meant: At, taken: At) -> bool:
    """Return whether a quotient takes another column of its own row than the rows above it, of which all else is a copy."""
    filled, (row, col) = lists.filled, at
    if "/" not in filled[at].bare or any(each[0] != row for each in (meant, taken)) or any(each[1] != col for each in others):
        return False
    beside = [each for each in filled if each[0] == row and each != at]
    if not beside and len(filled[at].cells) > _TWO:
        return True  # (C4-B4)/C4 below (C3-B3)/B3
    like = [[filled.get((other[0], each[1])) for other in others] for each in beside]
    return bool(beside) and all(
        its is not None and its.lying == filled[each].lying for each, line in zip(beside, like, strict=True) for its in line
    )


def _is_named(lists: Lists, cells: Sequence[At], meant: At, taken: At) -> bool:
    """Return whether what else a formula takes is called as one cell, and not as another: 商談化率, of 商談数 and 契約数."""
    one, other = lists.get(meant), lists.get(taken)
    rest = frozenset().union(*(each.names for cell in cells if cell != meant and (each := lists.get(cell)) is not None))
    return one is not None and other is not None and bool(rest & one.names) and not rest & other.names


def _is_part(lists: Lists, part: At, whole: At) -> bool:
    """Return whether a figure is one of those that another one's formula adds up."""
    made = lists.filled.get(whole)
    if made is None:
        return False
    if _SUM.fullmatch(made.bare):
        (top, left), (bottom, right) = made.cells
        return top <= part[0] <= bottom and left <= part[1] <= right
    return _ADDED.fullmatch(made.bare) is not None and part in made.cells


_SUM, _ADDED = regex(rf"SUM\({HOLE}:{HOLE}\)", re.IGNORECASE), regex(rf"{HOLE}(?:\+{HOLE})+")


def of_the_next_column(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the last formula of a column that is just the one beside it, where those above differ: =B4*12 for half a year, and for the year."""
    for at, own, like, others in _lines(lists):
        if others[0][1] != at[1] or at < max(others):
            continue
        for step in (-1, 1):
            beside = lists.filled.get((at[0], at[1] + step))
            above = [(other, lists.filled.get((other[0], other[1] + step))) for other in others]
            if beside is None or (beside.bare, beside.cells) != (own.bare, own.cells):
                continue
            if all(its is not None and its.cells == lists.filled[at_].cells and its.bare == own.bare for at_, its in above):
                yield at, like.text(like.copied(others[0], at))


def as_the_one_before(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the last formula of a line that has the very cells of the one before it, where each of the others has its own: =$B$1*B4 twice."""
    for at, own, like, others in _lines(lists):
        wanted, last = like.copied(others[0], at), lists.filled[others[0]]
        if at < max(others) or (own.bare, own.cells) != (last.bare, last.cells) or len(own.cells) < _TWO:
            continue
        differs = [(one, two) for one, two in zip(wanted, own.cells, strict=True) if one != two]
        across = others[0][0] == at[0]
        is_own = all(one[across] == at[across] and two[across] == others[0][across] for one, two in differs)
        if differs and is_own and all(one in lists.cells.amounts and one not in lists.own for one, _ in differs):
            yield at, like.text(wanted)


def _lines(lists: Lists) -> Iterator[tuple[At, Filled, Filled, list[At]]]:
    """Yield each formula that isn't as those beside it in a line, with one of them, and where these are, the nearest first."""
    filled = lists.filled
    for at, own in filled.items():
        for down, right in _DIRECTIONS:
            beside = [(at[0] + sign * down, at[1] + sign * right) for sign in (-1, 1)]
            near = next((filled[each] for each in beside if each in filled), None)
            if near is None or near.lying == own.lying or is_total(lists.cells, at, across=right == 1):
                continue
            others = []
            for sign in (-1, 1):
                for step in range(1, _FAR + 1):
                    place = (at[0] + sign * step * down, at[1] + sign * step * right)
                    if place not in filled or filled[place].lying != near.lying:
                        break
                    others.append(place)
            if len(others) >= _TWO:
                yield at, own, filled[others[0]], sorted(others, key=lambda each: abs(each[0] - at[0]) + abs(each[1] - at[1]))


def of_the_other_block(lists: Lists) -> Iterator[tuple[At, str]]:
    """Yield the formulas of a block that take the input of the block beside it, as that one's own does, while theirs is used by nobody."""
    filled = lists.filled
    for at, own in filled.items():
        if len(own.cells) < _TWO:
            continue
        for step in (*range(-_BLOCKS, 0), *range(1, _BLOCKS + 1)):
            for there in ((at[0], at[1] + step), (at[0] + step, at[1])):
                other = filled.get(there)
                if other is None or other.bare != own.bare or other.lying == own.lying:
                    continue
                wanted = other.copied(there, at)
                differs = [index for index, (one, two) in enumerate(zip(wanted, own.cells, strict=True)) if one != two]
                if len(differs) != 1 or any(own.fixed[differs[0]]) or own.cells[differs[0]] != other.cells[differs[0]]:
                    continue
                idle, taken = lists.get(wanted[differs[0]]), lists.get(other.cells[differs[0]])
                if idle is None or taken is None or not _is_copied(lists, at, there):
                    continue
                # What more than these two take is of all of them, though no $ holds it.
                is_of_two = all(each in (at, there) for each, its in filled.items() if taken.at in its.cells)
                if (is_of_two and _is_its_own(lists, idle, taken)) or _are_called_alike(lists, at, there, idle, taken):
                    yield at, other.text(wanted)


def _is_its_own(lists: Lists, idle: Line, taken: Line) -> bool:
    """Return whether an input that nobody uses is of the kind that another one is."""
    return idle.typed and taken.typed and idle.kind == taken.kind and not lists.is_used(idle.at)


def _are_called_alike(lists: Lists, at: At, there: At, idle: Line, taken: Line) -> bool:
    """Return whether two formulas side by side, and what they take, have labels of their own that are the same."""
    one, other = lists.get(at), lists.get(there)
    if one is None or other is None or at[0] != there[0]:
        return False
    own = [lists.cells.label(each.spot) for each in (one, other, idle, taken)]
    return own[0] is not own[1] and one.whole == other.whole and idle.whole == taken.whole and own[2] is not own[3]


def _is_copied(lists: Lists, at: At, there: At) -> bool:
    """Return whether another formula near a cell is the copy of the one as far from another cell."""
    rows, cols = there[0] - at[0], there[1] - at[1]
    down, right = (1, 0) if rows == 0 else (0, 1)
    filled = lists.filled
    near = ((at[0] + step * down, at[1] + step * right) for step in range(-_FAR, _FAR + 1) if step)
    return any(
        other in filled
        and (like := filled.get((other[0] + rows, other[1] + cols))) is not None
        and like.lying == filled[other].lying
        for other in near
    )
