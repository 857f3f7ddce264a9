"""A summary in a few lines: for the terminal and the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..errors import Problem
from ..language.text import Text, many
from ..worksheet.shown import in_unit
from .matching import named, said_missing
from .merge import NOT_COUNTED, headline
from .model import BROKEN, MISSING, NO_GOALS, UNREADABLE, UNTOUCHED, Answer, Gathered
from .stage_sheet import totals
from .sums import ungoaled
from .todo import changed, whose

_LISTED = 20


def said(gathered: Gathered, answers: Sequence[Answer]) -> list[Text]:
    """Return the lines: how many answered, how far the whole is, who is missing, what could not be read, what is wrong."""
    found = [_returned(gathered), *_achieved(gathered)]
    for state, text in _ASKED.items():
        names = [each.name for each in gathered.of_state(state)]
        if names:
            ja, en = (said_missing(names, lang, _LISTED) for lang in ("ja", "en"))
            found.append(Text(f"{text.ja}({len(names)}名): {ja}", f"{text.en} ({len(names)}): {en}"))
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
        listed = [called(each.file) for each in wrong if each.file not in uncounted]
        listed_ja, listed_en = (
            [*listed, *(f"{each.file}{aside}" for each in wrong if each.file in uncounted)] for aside in _ASIDE
        )
        if wrong:
            ja, en = said_missing(listed_ja, "ja", _LISTED, "件"), said_missing(listed_en, "en", _LISTED)
            found.append(Text(f"{text.ja}({len(wrong)}件): {ja}", f"{text.en} ({many(len(wrong), 'file')}): {en}"))
    found += [*whose(gathered), *changed(gathered)]
    over = [each.name for each in gathered.managers if any(map(ungoaled, each.rows))]
    if over:
        ja, en = (said_missing(over, lang, _LISTED) for lang in ("ja", "en"))
        found.append(
            Text(
                f"目標のない月に実績({len(over)}名、達成率に入れていません): {ja}",
                f"actuals in months without a goal ({len(over)}, no part of the achievement): {en}",
            )
        )
    for each in twice[:_LISTED]:
        ja, en = (each.why.to(lang) if each.why is not None else "" for lang in ("ja", "en"))
        found.append(Text(f"重複: {each.name}: {ja}", f"duplicate: {each.name}: {en}"))
    if gathered.unread:
        names = [each.name for each in gathered.unread]
        ja, en = said_missing(names, "ja", _LISTED, "件"), said_missing(names, "en", _LISTED)
        found.append(
            Text(
                f"読んでいないもの({len(names)}件、理由は「提出状況」): {ja}",
                f"not read ({len(names)}, see “Files” for why): {en}",
            )
        )
    return found


def nothing(gathered: Gathered) -> Problem:
    """Return what is said where there is nothing to collect: who hasn't answered, or what was there instead."""
    ja = en = ""
    if gathered.managers:
        missing = [each.name for each in gathered.managers]
        ja = f"(未提出{len(missing)}名: {said_missing(missing, 'ja')})"
        en = f" (not returned, {len(missing)}: {said_missing(missing, 'en')})"
    elif gathered.unread:
        pairs = [(each.name, each.why) for each in gathered.unread if each.why is not None]
        told_ja, told_en = ([f"{name} {why.to(lang)}" for name, why in pairs] for lang in ("ja", "en"))
        ja, en = f"({said_missing(told_ja, 'ja', counter='件')})", f" ({said_missing(told_en, 'en')})"
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
_ASIDE = ("(集計外)", " (not counted)")


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
