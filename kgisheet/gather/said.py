"""A summary in a few lines: for the terminal and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..errors import Problem
from ..language.text import Text, many
from ..worksheet.shown import in_unit
from .matching import named, told
from .merge import NOT_COUNTED, headline
from .model import BROKEN, MISSING, NO_GOALS, UNREADABLE, UNTOUCHED, Answer, Gathered
from .stage_sheet import totals
from .sums import without_goals
from .todo import changed, whose

_LISTED = 20


def said(gathered: Gathered, answers: Sequence[Answer]) -> list[Text]:
    """Return the lines: how many answered, how far the whole is, who is missing, what could not be read, what is wrong."""
    found = [_returned(gathered), *_achieved(gathered)]
    for state, text in _ASKED.items():
        names = [each.name for each in gathered.of_state(state)]
        if names:
            who = told(names, _LISTED)
            found.append(Text(f"{text.ja}({len(names)}名): {who.ja}", f"{text.en} ({len(names)}): {who.en}"))
    for answer in answers:
        if answer.kind in (UNREADABLE, NO_GOALS):
            ja, en = (answer.problem.to(lang) if answer.problem is not None else "" for lang in ("ja", "en"))
            found.append(Text(f"読めないファイル: {answer.file}: {ja}", f"not read: {answer.file}: {en}"))
    there = Counter(named(each.file) for each in answers)

    def called(file: str) -> str:
        return named(file) if there[named(file)] == 1 else file

    twice = [each for each in gathered.files if each.state in NOT_COUNTED]
    uncounted = {each.name for each in twice}
    for text, wrong in (
        (_WRONG, [each for each in answers if each.errors]),
        (_DOUBTFUL, [each for each in answers if each.warnings]),
    ):
        if wrong:
            files: list[str | Text] = [called(each.file) for each in wrong if each.file not in uncounted]
            files += [Text(f"{each.file}(集計外)", f"{each.file} (not counted)") for each in wrong if each.file in uncounted]
            which = told(files, _LISTED, "件")
            found.append(Text(f"{text.ja}({len(wrong)}件): {which.ja}", f"{text.en} ({many(len(wrong), 'file')}): {which.en}"))
    found += [*whose(gathered), *changed(gathered)]
    if over := without_goals(gathered.managers):
        who = told([each.name for each in over], _LISTED)
        found.append(
            Text(
                f"目標のない月に実績({len(over)}名、達成率に入れていません): {who.ja}",
                f"actuals in months without a goal ({len(over)}, no part of the achievement): {who.en}",
            )
        )
    for each in twice[:_LISTED]:
        ja, en = (each.why.to(lang) if each.why is not None else "" for lang in ("ja", "en"))
        found.append(Text(f"重複: {each.name}: {ja}", f"duplicate: {each.name}: {en}"))
    if gathered.unread:
        which, count = told([each.name for each in gathered.unread], _LISTED, "件"), len(gathered.unread)
        found.append(
            Text(
                f"読んでいないもの({count}件、理由は「提出状況」): {which.ja}",
                f"not read ({count}, see “Files” for why): {which.en}",
            )
        )
    return found


def nothing(gathered: Gathered) -> Problem:
    """Return what is said where there is nothing to collect: who hasn't answered, or what was there instead."""
    ja = en = ""
    if gathered.managers:
        missing, count = told([each.name for each in gathered.managers]), len(gathered.managers)
        ja, en = f"(未提出{count}名: {missing.ja})", f" (not returned, {count}: {missing.en})"
    elif gathered.unread:
        there = [(each.name, each.why) for each in gathered.unread if each.why is not None]
        instead = told([Text(f"{name} {why.to('ja')}", f"{name} {why.to('en')}") for name, why in there], counter="件")
        ja, en = f"({instead.ja})", f" ({instead.en})"
    return Problem(
        "nothing-to-collect",
        Text(
            f"集計するブックがありません。何も書き出しませんでした{ja}",
            f"there is no workbook to collect; nothing was written{en}",
        ),
        Text(
            "返ってきたブックか、その入ったフォルダーを指定してください", "name the workbooks that came back, or their folder"
        ),
    )


_WRONG, _DOUBTFUL = Text("誤りのあるファイル", "with errors"), Text("要確認のあるファイル", "with warnings")

_ASKED = {MISSING: Text("未提出", "not returned"), UNTOUCHED: Text("配布時のまま", "not filled in")}


def _returned(gathered: Gathered) -> Text:
    strangers = sum(each.is_stranger for each in gathered.managers)
    if gathered.expected:
        ja, en = (f"(名簿にないファイル {strangers}件)", f" ({strangers} not on the roster)") if strangers else ("", "")
        return Text(f"提出 {gathered.answered}/{gathered.due}名{ja}", f"{gathered.answered} of {gathered.due} answered{en}")
    broken, all_ = len(gathered.of_state(BROKEN)), len(gathered.managers)
    ja, en = (f"(読めないもの {broken}名)", f" ({broken} unreadable)") if broken else ("", "")
    return Text(
        f"担当者 {all_}名{ja}(名簿の記録がないため、未提出の人は分かりません)",
        f"{many(all_, 'manager')}{en}; without a batch's record it isn't known who is missing",
    )


def _achieved(gathered: Gathered) -> list[Text]:
    """Return how far the whole is."""
    if not gathered.columns:
        return [Text("集計できる数字がありません", "there are no figures to add up")]
    at = headline(gathered)
    stage, sums = gathered.columns[at], totals(gathered, at)
    label = Text(stage.name("ja"), stage.name("en"))
    if sums.achievement is None or sums.met is None or sums.due is None:
        return [Text(f"{label.ja}: 実績はまだありません", f"{label.en}: no actuals yet")]
    rate, actual, due = (
        f"{float(sums.achievement):.1%}",
        in_unit(float(sums.met), stage.unit),
        in_unit(float(sums.due), stage.unit),
    )
    return [
        Text(
            f"全体の達成率({label.ja}) {rate} = 実績 {actual.ja} ÷ 同期間の目標 {due.ja}",
            f"achievement of the whole ({label.en}): {rate} = actual {actual.en} ÷ goal to date {due.en}",
        )
    ]
