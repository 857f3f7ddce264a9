"""The next things to do for whoever collects, in words: whom to ask, which workbooks to have corrected."""

from __future__ import annotations

from ..language.text import Text, many
from ..layout import looks
from ..layout.model import Look
from . import wear
from .matching import said_missing
from .merge import headline
from .model import BROKEN, MISSING, UNTOUCHED, Gathered, Manager
from .sums import achievements

_BAD, _FINE = looks.look(font_color=looks.RED, shrink=True), looks.look(font_color=looks.GREEN)
_PLAIN = looks.look(shrink=True)
_NAMED = 6


def behind(gathered: Gathered) -> list[Manager]:
    """Return those who are far behind, the furthest first."""
    found = zip(gathered.managers, achievements(gathered, headline(gathered)), strict=True)
    return [manager for manager, rate in found if rate is not None and rate < wear.NEARLY]


def lines(gathered: Gathered) -> list[tuple[str, Look]]:
    """Return what there is to do, each with its look; one line that says so, if nothing."""
    lang = gathered.lang
    found: list[tuple[Text, Look]] = []

    def names(managers: list[Manager]) -> str:
        return said_missing([each.name for each in managers], lang, _NAMED)

    missing, untouched, wrong, late = (
        gathered.of_state(MISSING),
        gathered.of_state(UNTOUCHED),
        gathered.of_state(BROKEN),
        behind(gathered),
    )
    if missing:
        found.append(
            (
                Text(
                    f"・未提出の{len(missing)}名に提出を依頼する: {names(missing)}",
                    f"• Ask {many(len(missing), 'manager')} for the workbook: {names(missing)}",
                ),
                _BAD,
            )
        )
    if untouched:
        found.append(
            (
                Text(
                    f"・配布時のままの{len(untouched)}名に記入を依頼する: {names(untouched)}",
                    f"• Ask {many(len(untouched), 'manager')} to fill it in, as it is as handed out: {names(untouched)}",
                ),
                _BAD,
            )
        )
    if wrong:
        found.append(
            (
                Text(
                    f"・集計できない{len(wrong)}件を受け取り直す(理由は「提出状況」): {names(wrong)}",
                    f"• Get {many(len(wrong), 'file')} again that can't be added up (see “Files”): {names(wrong)}",
                ),
                _BAD,
            )
        )
    errors = [each for each in gathered.managers if each.errors and each not in wrong]
    if errors:
        found.append(
            (
                Text(
                    f"・誤りのある{len(errors)}件を本人に直してもらう(「指摘」): {names(errors)}",
                    f"• Have {many(len(errors), 'workbook')} with errors corrected (see “Findings list”): {names(errors)}",
                ),
                _BAD,
            )
        )
    if late:
        found.append(
            (
                Text(
                    f"・達成率90%未満の{len(late)}名と対策を決める: {names(late)}",
                    f"• Agree on what to do with {many(len(late), 'manager')} below 90%: {names(late)}",
                ),
                _PLAIN,
            )
        )
    odd = [each for each in gathered.managers if each.drift]
    if odd:
        found.append(
            (
                Text(
                    f"・書式が変わった{len(odd)}件を確かめる(「提出状況」の備考): {names(odd)}",
                    f"• Look at {many(len(odd), 'workbook')} whose form was changed (remarks on “Files”): {names(odd)}",
                ),
                _PLAIN,
            )
        )
    if not found:
        found.append(
            (
                Text("全員が提出済みで、誤りも遅れもありません。", "All have answered; nothing is wrong, nobody is behind."),
                _FINE,
            )
        )
    return [(text.to(lang), look) for text, look in found]
