"""The next things to do for whoever collects, in words: whom to ask, which workbooks to have corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..language.text import Text, many
from ..layout import looks
from ..layout.model import Look
from . import wear
from .drawing import LONGEST
from .matching import named, said_missing
from .merge import headline
from .model import BROKEN, MISSING, UNTOUCHED, Gathered, Manager
from .sums import achievements, ungoaled
from .texts import plain

TITLE = Text("次にすること", "What to do next")
_BAD, _FINE = looks.look(font_color=looks.RED, shrink=True), looks.look(font_color=looks.GREEN)
_PLAIN = looks.look(shrink=True)
_NAMED = 6


def behind(gathered: Gathered) -> list[Manager]:
    """Return those who are far behind, the furthest first."""
    found = zip(gathered.managers, achievements(gathered, headline(gathered)), strict=True)
    return [manager for manager, rate in found if rate is not None and rate < wear.NEARLY]


def lines(gathered: Gathered) -> list[tuple[str, Look]]:
    """Return what there is to do, each with its look; one line that says so, if nothing. What was read back says it itself."""
    if gathered.lines:
        return [(each, _PLAIN) for each in gathered.lines]
    found = [*_to_ask(gathered), *_to_settle(gathered), *_to_look_at(gathered)]
    if not found:
        done = Text("全員が提出済みで、誤りも遅れもありません。", "All have answered; nothing is wrong, nobody is behind.")
        return [(done.to(gathered.lang), _FINE)]
    sign = "・" if gathered.lang == "ja" else "• "
    return [(plain(f"{sign}{text.to(gathered.lang)}", LONGEST), look) for text, look in found]


Do = tuple[Text, Look]


def _to_ask(gathered: Gathered) -> Iterator[Do]:
    """Yield who is to be asked for a workbook, or for another one."""
    missing, untouched, wrong = (gathered.of_state(each) for each in (MISSING, UNTOUCHED, BROKEN))
    if missing:
        ja, en = _names(missing)
        count = many(len(missing), "manager")
        yield Text(f"未提出の{len(missing)}名に提出を依頼する: {ja}", f"Ask {count} for the workbook: {en}"), _BAD
    if untouched:
        ja, en = _names(untouched)
        yield (
            Text(
                f"配布時のままの{len(untouched)}名に記入を依頼する: {ja}",
                f"Ask {many(len(untouched), 'manager')} to fill it in, as it is as handed out: {en}",
            ),
            _BAD,
        )
    if wrong:
        ja, en = _names(wrong)
        yield (
            Text(
                f"集計できない{len(wrong)}件を受け取り直す(理由は「提出状況」): {ja}",
                f"Get {many(len(wrong), 'file')} again that can't be added up (see “Files”): {en}",
            ),
            _BAD,
        )
    errors = [each for each in gathered.managers if each.errors and each.state != BROKEN]
    if errors:
        ja, en = _names(errors)
        yield (
            Text(
                f"誤りのある{len(errors)}件を本人に直してもらう(「指摘」): {ja}",
                f"Have {many(len(errors), 'workbook')} with errors corrected (see “Findings list”): {en}",
            ),
            _BAD,
        )


def _to_settle(gathered: Gathered) -> Iterator[Do]:
    """Yield what makes the figures themselves doubtful: whose they are, and whether their goals are those that were handed out."""
    for text in (*whose(gathered), *changed(gathered)):
        yield text, _BAD
    over = [each for each in gathered.managers if any(map(ungoaled, each.rows))]
    if over:
        ja, en = _names(over)
        yield (
            Text(
                f"目標のない月に実績がある{len(over)}名の目標を確かめる(達成率に入れていません): {ja}",
                f"Look at the goals of {many(len(over), 'manager')} with actuals in months without one (no part of the achievement): {en}",
            ),
            _BAD,
        )


def whose(gathered: Gathered) -> list[Text]:
    """Return the doubts about whose a file is: several of one owner, a name that its content contradicts."""
    found = []
    owners: dict[str, list[Manager]] = {}
    for each in gathered.managers:
        if each.owner:
            owners.setdefault(each.owner, []).append(each)
    if owners:
        said = [
            _both(lambda lang, owner=owner, each=each: f"{owner} = {_listed([named(one.file) for one in each], lang)}")  # type: ignore[misc]
            for owner, each in owners.items()
        ]
        ja, en = _both(lambda lang: _listed([pair[lang == "en"] for pair in said], lang))
        count = sum(map(len, owners.values()))
        found.append(
            Text(
                f"担当者名が同じ{count}件を確かめる(別の人として集計。同じ人なら1件だけ残す): {ja}",
                f"Look at {many(count, 'file')} with one owner (they count as different people; keep one if it is one person): {en}",
            )
        )
    misnamed = [(named(file), each.name) for each in gathered.managers for file in each.misnamed]
    if misnamed:
        ja = _listed([f"{file} は{name}のブック" for file, name in misnamed], "ja", "件")
        en = _listed([f"{file} is {name}'s workbook" for file, name in misnamed], "en")
        found.append(
            Text(
                f"ファイル名が中身と違う{len(misnamed)}件を確かめる: {ja}",
                f"Look at {many(len(misnamed), 'file')} named like another manager's: {en}",
            )
        )
    return found


def changed(gathered: Gathered) -> list[Text]:
    """Return whose goals aren't those that were handed out, each with both values."""
    found = [each for each in gathered.managers if each.changed]
    if not found:
        return []
    found.sort(key=lambda each: not each.changed[0].is_goal)

    def said(each: Manager, lang: str) -> str:
        more = len(each.changed) - 1
        rest = (f" ほか{more}件" if lang == "ja" else f", {more} more") if more else ""
        return (
            f"{each.name}({each.changed[0].to(lang)}{rest})"
            if lang == "ja"
            else f"{each.name} ({each.changed[0].to(lang)}{rest})"
        )

    ja, en = _both(lambda lang: _listed([said(each, lang) for each in found], lang))
    return [
        Text(
            f"配った目標や条件を書き換えた{len(found)}名に確かめる: {ja}",
            f"Ask {many(len(found), 'manager')} about goals or rates changed since they were handed out: {en}",
        )
    ]


def _to_look_at(gathered: Gathered) -> Iterator[Do]:
    """Yield what is worth a look."""
    doubtful = [each for each in gathered.managers if each.warnings and each.state != BROKEN]
    if doubtful:
        ja, en = _names(doubtful)
        yield (
            Text(
                f"要確認のある{len(doubtful)}件の数字を確かめる(「指摘」): {ja}",
                f"Look at the figures of {many(len(doubtful), 'workbook')} with warnings (see “Findings list”): {en}",
            ),
            _BAD,
        )
    late = behind(gathered)
    if late:
        ja, en = _names(late)
        count = many(len(late), "manager")
        yield (
            Text(f"達成率90%未満の{len(late)}名と対策を決める: {ja}", f"Agree on what to do with {count} below 90%: {en}"),
            _PLAIN,
        )
    odd = [each for each in gathered.managers if each.drift]
    if odd:
        ja, en = _names(odd)
        yield (
            Text(
                f"書式が変わった{len(odd)}件を確かめる(「提出状況」の備考): {ja}",
                f"Look at {many(len(odd), 'workbook')} whose form was changed (remarks on “Files”): {en}",
            ),
            _PLAIN,
        )
    if gathered.unread:
        ja, en = _both(lambda lang: _listed([each.name for each in gathered.unread], lang, "件"))
        yield (
            Text(
                f"読んでいない{len(gathered.unread)}件に、集計すべきものがないか確かめる(「提出状況」): {ja}",
                f"See whether any of {many(len(gathered.unread), 'item')} not read should be collected (see “Files”): {en}",
            ),
            _PLAIN,
        )


def _names(managers: list[Manager]) -> tuple[str, str]:
    ja, en = _both(lambda lang: _listed([each.name for each in managers], lang))
    return ja, en


def _listed(names: list[str], lang: str, counter: str = "名") -> str:
    return said_missing(names, lang, _NAMED, counter)


def _both(said: Callable[[str], str]) -> tuple[str, str]:
    return said("ja"), said("en")
