"""X08: the matrix of accounts: nothing from nowhere, no cell below zero, and what arrives is what the page asks for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..errors import Text
from ..formula.grid import Where
from ..sheets.model import cell_of
from ..sheets.placing import number
from ..solve import Held
from ..template import tables
from .finding import ERROR, Finding
from .subject import Subject


def accounts(subject: Subject, suspect: set[Where]) -> Iterator[Finding]:
    """Asked of what the inputs give: a formula that was edited is said where it stands.

    Silent while nothing is typed in, and on what hangs on an input that is ``suspect``.
    """
    cells, book = subject.template.cells, subject.book
    if "abm_closing" not in cells or book.place("abm_closing", 0) is None:
        return
    wrong = {subject.where[where][0].name for where in suspect if where in subject.where}
    if wrong & {"abm_moves", "abm_opening", "abm_new"}:
        return
    yield from _lost(subject)
    yield from _below_zero(subject)
    if not wrong & subject.sources_of("abm_goal"):
        yield from _arrivals(subject)


def _lost(subject: Subject) -> Iterator[Finding]:
    """Moves whose rank or stage is not on the matrix: their accounts would leave, or arrive, from nowhere."""
    names = {
        "abm_moves_rank": _texts(subject, "abm_rank_name"),
        "abm_moves_from": _texts(subject, "abm_stage_name"),
        "abm_moves_to": _texts(subject, "abm_stage_name"),
    }
    for row, count in enumerate(_column(subject, "abm_moves")):
        if not isinstance(count, Fraction) or not count:
            continue
        for column, known in names.items():
            said = _column(subject, column)[row]
            if isinstance(said, str) and said.casefold() in known:
                continue
            cell = subject.template.cells[column]
            moved = number(count)
            lost = Text(f"{moved}社がどこから移るのか分かりません", f"where its {moved} accounts come from is not known")
            if column == "abm_moves_to":
                lost = Text(f"{moved}社の行き先が分かりません", f"where its {moved} accounts go is not known")
            elif column == "abm_moves_rank":
                lost = Text(f"{moved}社が計算に入りません", f"its {moved} accounts count for nothing")
            wrong = Text("が空欄です", "is blank")
            if said:
                wrong = Text(f"「{said}」は上の表の名前にありません", f"“{said}”, which is none of the names above")
            what = Text(
                f"移動{row + 1}行目: 「{cell.label.ja}」{'の' if said else ''}{wrong.ja}。{lost.ja}",
                f"Move {row + 1}: “{cell.label.en}” {'says ' if said else ''}{wrong.en}; {lost.en}",
            )
            listed = _shown(subject, column)
            fix = Text(
                f"上の名前から選んでください: {'、'.join(listed)}", f"choose one of the names above: {', '.join(listed)}"
            )
            if not listed:
                fix = Text("先に上の表へランクと段階の名前を入力してください", "name the ranks and stages above first")
            yield subject.finding("X08", ERROR, cell, row, what, fix, found=said)
            break  # one move, one finding


def _below_zero(subject: Subject) -> Iterator[Finding]:
    """More accounts moved out of a cell than were there."""
    cell = subject.template.cells["abm_closing"]
    across = tables.across(subject.book.sizes, tables.ABM)
    ranks, stages = _column(subject, "abm_rank_name"), _column(subject, "abm_stage_name")
    for index, value in enumerate(_column(subject, "abm_closing")):
        if isinstance(value, Fraction) and value < 0:
            rank, stage = ranks[index // across], stages[index % across]
            held, out = (_column(subject, name)[index] for name in ("abm_held", "abm_out"))
            there, moved = (number(each) if isinstance(each, Fraction) else 0 for each in (held, out))
            what = Text(
                f"{rank}・{stage}の期末が{number(value)}社になります({there}社のところから{moved}社を移しています)",
                f"{rank}, {stage} would close at {number(value)}: {moved} are moved out, {there} were there",
            )
            fix = Text(
                "移動の社数を減らすか、期首・新規・入の社数を増やしてください",
                "move fewer, or let more open there, join or arrive",
            )
            yield subject.finding(
                "X08", ERROR, cell, index, what, fix, found=number(value), expected=0, difference=number(value)
            )


def _arrivals(subject: Subject) -> Iterator[Finding]:
    """What arrives at a stage that the page has a count for."""
    if not any(isinstance(each, Fraction) for each in _column(subject, "abm_moves")):
        return
    cell = subject.template.cells["abm_arrivals"]
    goals, stages = _column(subject, "abm_goal"), _column(subject, "abm_stage_name")
    for index, value in enumerate(_column(subject, "abm_arrivals")):
        goal = goals[index]
        if not isinstance(value, Fraction) or not isinstance(goal, Fraction) or value == goal:
            continue
        if goal.denominator != 1 and abs(value - goal) < 1:
            continue  # counts that are not made whole, and there is no half an account to move
        gap = number(value - goal)
        what = Text(
            f"「{stages[index]}」に達するのは{number(value)}社ですが、目標設定では{number(goal)}件です(差 {_signed(gap)})",
            f"{number(value)} accounts arrive at “{stages[index]}”, but the page asks for {number(goal)} ({_signed(gap)})",
        )
        fix = Text(
            "移動の計画か、目標設定の率・売上を見直してください",
            "look at the planned moves, or at the page's rates and revenue",
        )
        place = subject.book.place("abm_goal", index)
        yield subject.finding(
            "X08", ERROR, cell, index, what, fix,
            found=number(value), expected=number(goal), difference=gap,
            affected=() if place is None else (cell_of(*place[:3]),),
        )  # fmt: skip


def _signed(gap: float) -> str:
    return f"{'−' if gap < 0 else '+'}{abs(gap):,g}"


def _column(subject: Subject, name: str) -> list[Held]:
    values = subject.book.solution.values[name]
    assert isinstance(values, list)
    return values


def _shown(subject: Subject, column: str) -> list[str]:
    axis = "abm_rank_name" if column == "abm_moves_rank" else "abm_stage_name"
    return [str(each) for each in _column(subject, axis) if each]


def _texts(subject: Subject, name: str) -> set[str]:
    return {str(each).casefold() for each in _column(subject, name) if each}
