"""The next things to do for whoever collects, in words: whom to ask, which workbooks to have corrected."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.text import Text, many
from ..layout import looks
from ..layout.model import Look
from . import wear
from .drawing import LONGEST
from .matching import named, told
from .merge import headline
from .model import BROKEN, MISSING, UNTOUCHED, Gathered, Manager
from .sums import achievements, without_goals
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


def _of(managers: list[Manager], said: Text, counted: str = "manager", look: Look = _BAD) -> Iterator[Do]:
    """Yield what is to be done with some managers, if there are any: how many, as ``counted`` in English, and who."""
    if managers:
        who, count = told([each.name for each in managers], _NAMED), len(managers)
        yield (
            Text(said.ja.format(count=count, who=who.ja), said.en.format(count=many(count, counted), who=who.en)),
            look,
        )


def _to_ask(gathered: Gathered) -> Iterator[Do]:
    """Yield who is to be asked for a workbook, or for another one."""
    yield from _of(
        gathered.of_state(MISSING), Text("未提出の{count}名に提出を依頼する: {who}", "Ask {count} for the workbook: {who}")
    )
    yield from _of(
        gathered.of_state(UNTOUCHED),
        Text("配布時のままの{count}名に記入を依頼する: {who}", "Ask {count} to fill it in, as it is as handed out: {who}"),
    )
    yield from _of(
        gathered.of_state(BROKEN),
        Text(
            "集計できない{count}件を受け取り直す(理由は「提出状況」): {who}",
            "Get {count} again that can't be added up (see “Files”): {who}",
        ),
        "file",
    )
    yield from _of(
        [each for each in gathered.managers if each.errors and each.state != BROKEN],
        Text(
            "誤りのある{count}件を本人に直してもらう(「指摘」): {who}",
            "Have {count} with errors corrected (see “Findings list”): {who}",
        ),
        "workbook",
    )


def _to_settle(gathered: Gathered) -> Iterator[Do]:
    """Yield what makes the figures themselves doubtful: whose they are, and whether their goals are those that were handed out."""
    for text in (*whose(gathered), *changed(gathered)):
        yield text, _BAD
    yield from _of(
        without_goals(gathered.managers),
        Text(
            "目標のない月に実績がある{count}名の目標を確かめる(達成率に入れていません): {who}",
            "Look at the goals of {count} with actuals in months without one (no part of the achievement): {who}",
        ),
    )


def whose(gathered: Gathered) -> list[Text]:
    """Return the doubts about whose a file is: several of one owner, a name that its content contradicts."""
    found = []
    owners: dict[str, list[Manager]] = {}
    for each in gathered.managers:
        if each.owner:
            owners.setdefault(each.owner, []).append(each)
    if owners:
        theirs = [(owner, told([named(one.file) for one in each], _NAMED)) for owner, each in owners.items()]
        said = told([Text(f"{owner} = {files.ja}", f"{owner} = {files.en}") for owner, files in theirs], _NAMED)
        count = sum(map(len, owners.values()))
        found.append(
            Text(
                f"担当者名が同じ{count}件を確かめる(別の人として集計。同じ人なら1件だけ残す): {said.ja}",
                f"Look at {many(count, 'file')} with one owner (they count as different people; keep one if it is one person): {said.en}",
            )
        )
    misnamed = [(named(file), each.name) for each in gathered.managers for file in each.misnamed]
    if misnamed:
        said = told([Text(f"{file} は{name}のブック", f"{file} is {name}'s workbook") for file, name in misnamed], _NAMED, "件")
        found.append(
            Text(
                f"ファイル名が中身と違う{len(misnamed)}件を確かめる: {said.ja}",
                f"Look at {many(len(misnamed), 'file')} named like another manager's: {said.en}",
            )
        )
    return found


def changed(gathered: Gathered) -> list[Text]:
    """Return whose goals aren't those that were handed out, each with both values."""
    found = [each for each in gathered.managers if each.changed]
    if not found:
        return []
    found.sort(key=lambda each: not each.changed[0].is_goal)
    said = told([_changed(each) for each in found], _NAMED)
    return [
        Text(
            f"配った目標や条件を書き換えた{len(found)}名に確かめる: {said.ja}",
            f"Ask {many(len(found), 'manager')} about goals or rates changed since they were handed out: {said.en}",
        )
    ]


def _changed(manager: Manager) -> Text:
    first, more = manager.changed[0], len(manager.changed) - 1
    ja, en = (f" ほか{more}件", f", {more} more") if more else ("", "")
    return Text(f"{manager.name}({first.to('ja')}{ja})", f"{manager.name} ({first.to('en')}{en})")


def _to_look_at(gathered: Gathered) -> Iterator[Do]:
    """Yield what is worth a look."""
    yield from _of(
        [each for each in gathered.managers if each.warnings and each.state != BROKEN],
        Text(
            "要確認のある{count}件の数字を確かめる(「指摘」): {who}",
            "Look at the figures of {count} with warnings (see “Findings list”): {who}",
        ),
        "workbook",
    )
    yield from _of(
        behind(gathered),
        Text("達成率90%未満の{count}名と対策を決める: {who}", "Agree on what to do with {count} below 90%: {who}"),
        look=_PLAIN,
    )
    yield from _of(
        [each for each in gathered.managers if each.drift],
        Text(
            "書式が変わった{count}件を確かめる(「提出状況」の備考): {who}",
            "Look at {count} whose form was changed (remarks on “Files”): {who}",
        ),
        "workbook",
        _PLAIN,
    )
    if gathered.unread:
        which = told([each.name for each in gathered.unread], _NAMED, "件")
        yield (
            Text(
                f"読んでいない{len(gathered.unread)}件に、集計すべきものがないか確かめる(「提出状況」): {which.ja}",
                f"See whether any of {many(len(gathered.unread), 'item')} not read should be collected (see “Files”): {which.en}",
            ),
            _PLAIN,
        )
