"""A summary in a few lines: for the terminal and the page."""

from __future__ import annotations

from collections.abc import Sequence

from ..language.text import Text, many
from ..worksheet.shown import in_unit
from .matching import named, said_missing
from .merge import NOT_COUNTED, headline
from .model import BROKEN, MISSING, NO_GOALS, UNREADABLE, UNTOUCHED, Answer, Gathered
from .stage_sheet import totals

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
    wrong = [named(answer.file) for answer in answers if answer.errors]
    if wrong:
        ja, en = (said_missing(wrong, lang, _LISTED, "件") for lang in ("ja", "en"))
        found.append(Text(f"誤りのあるファイル({len(wrong)}件): {ja}", f"with errors ({many(len(wrong), 'file')}): {en}"))
    twice = [each for each in gathered.files if each.state in NOT_COUNTED]
    found += [
        Text(f"重複: {each.name}: {each.remarks[0]}", f"duplicate: {each.name}: {each.remarks[0]}") for each in twice[:_LISTED]
    ]
    return found


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
    if sums.achievement is None or sums.actual is None or sums.due is None:
        return [Text(f"{stage.label}: 実績はまだありません", f"{stage.label}: no actuals yet")]
    rate, actual, due = (
        f"{float(sums.achievement):.1%}",
        in_unit(float(sums.actual), stage.unit),
        in_unit(float(sums.due), stage.unit),
    )
    return [
        Text(
            f"全体の達成率({stage.label}) {rate} = 実績 {actual.ja} ÷ 同期間の目標 {due.ja}",
            f"achievement of the whole ({stage.label}): {rate} = actual {actual.en} ÷ goal to date {due.en}",
        )
    ]
