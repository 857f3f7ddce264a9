"""Questions on the terminal: a line is an answer; a wrong one is explained and asked again."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

from ..errors import Problem, RequestError
from ..language.text import Text
from ..language.words import PERIOD as PERIODS
from ..plan import wording
from ..plan.naming import name_key
from ..start import fields
from ..start.fields import (
    CVR,
    DEAL_SIZE,
    MAX_ROWS,
    MEETING_RATE,
    NAME,
    OPPORTUNITY_RATE,
    OWNER,
    SHARE,
    SHORT,
    STANDARD,
    START,
    TITLE,
    TOTAL,
    WEB,
    WIN_RATE,
    Field,
)
from ..start.plantext import Answers
from ..values import amounts
from ..values.amounts import FigureError
from ..values.units import CURRENCY
from .speech import LANG, put, say

T = TypeVar("T")

_BLANK = ("-", "−", "ー", "なし", "none")
"""Answers that leave blank what may be blank."""

_THEN = say(": ", " — ")
"""Between a question and its hint."""

_YES, _NO = ("y", "yes", "はい", "1"), ("n", "no", "いいえ", "2")


def answers() -> Answers:
    """Return what somebody answers, in the worksheet's order; raise RequestError if they stop."""
    try:
        return _Dialogue().run()
    except (KeyboardInterrupt, EOFError):
        put("", err=True)
        what = Text("中止しました。何も書き出していません", "stopped; nothing was written")
        raise RequestError(Problem("stopped", what)) from None


class _Dialogue:
    """The questions so far answered. Prompts go to stderr: stdout may be where the plan goes."""

    def __init__(self) -> None:
        self.single: dict[str, Any] = {}
        self.of = STANDARD
        self.worked = fields.worked(LANG)

    def run(self) -> Answers:
        _tell(
            say(
                "いくつかの質問に答えると、目標シートの計画ができます。",
                "Answer a few questions to get the plan of a goal workbook.",
            )
        )
        _tell(
            say(
                "[ ] は記入例で、Enter だけならその値になります。1200万円、30% のように書けます。中止は Ctrl-C。\n",
                "Press Enter to accept the example in [ ]. Write figures like 12,000,000 or 30%. Ctrl-C stops.\n",
            )
        )
        self._period()
        self._single(TOTAL)
        self._single(WEB, self._within_total)
        self._single(DEAL_SIZE)
        self._stage()
        self._single(WIN_RATE if self.of == STANDARD else fields.WIN_RATE_SHORT)
        if self.of == STANDARD:
            self._single(OPPORTUNITY_RATE)
        channels = self._channels()
        for field in (START, OWNER, TITLE):
            self._single(field)
        return Answers(self.single, tuple(channels))

    # -- single inputs -------------------------------------------------------

    def _single(self, field: Field, also: Callable[[Any], None] | None = None) -> None:
        def read(answer: str) -> str | None:
            if field.may_be_blank and answer in _BLANK:
                return None
            value = fields.read(field, answer, self.of)
            if also is not None:
                also(value)
            return answer

        question = f"{self._label(field)}{_THEN}{field.hint.to(LANG)}"
        answer = _asked(question, _offered(field, self.worked.get(field.key)), read)
        if answer is not None:
            self.single[field.key] = answer

    def _label(self, field: Field) -> str:
        return fields.label(field, self.of).to(LANG)

    def _period(self) -> None:
        year, month = (PERIODS[key].to(LANG) for key in ("year", "month"))
        named = {"1": "year", "2": "month"} | {text.casefold(): key for key, texts in PERIODS.items() for text in (key, *texts)}

        def read(answer: str) -> str:
            if (key := named.get(answer.casefold())) is None:
                raise FigureError(
                    Text(f"「{answer}」は選べません", f"“{answer}” is not among the choices"),
                    Text("1 か 2 を入力してください", "type 1 or 2"),
                )
            return key

        label = self._label(fields.PERIOD)
        question = say(f"{label}(1: {year}、2: {month})", f"{label} — 1: {year}  2: {month}")
        self.single["period"] = _asked(question, "1", read)

    def _within_total(self, web: Fraction) -> None:
        total = amounts.money(self.single[TOTAL.key])
        if web > total:
            raise FigureError(
                Text(f"全体売上({wording.yen(total)}円)を超えています", f"it exceeds the total ({wording.yen(total)} yen)"),
                Text("全体売上のうちWebの分を入力してください", "type the part of the total that comes from the web"),
            )

    def _stage(self) -> None:
        """Ask for ③ before its rates: without it the win rate is another one."""

        def read(answer: str) -> bool:
            if (said := answer.casefold()) not in (*_YES, *_NO):
                raise FigureError(
                    Text(f"「{answer}」は選べません", f"“{answer}” is not among the choices"),
                    Text("はい か いいえ で答えてください", "answer y or n"),
                )
            return said in _YES

        question = say("③ 案件化の段階を使いますか(はい・いいえ)", "③ Is there an opportunity stage (y/n)")
        if not _asked(f"{question}{_THEN}{fields.STAGE_HINT.to(LANG)}", say("はい", "y"), read):
            self.of = SHORT
            self.worked = fields.worked(LANG, SHORT) | {key: self.worked[key] for key in (START.key, OWNER.key, TITLE.key)}

    # -- channels -------------------------------------------------------------

    def _channels(self) -> list[dict[str, Any]]:
        worked = {row[NAME.key]: row for row in self.worked["channel"]}
        names = _asked(
            say(
                f"チャネル: 商談の獲得経路を、読点(、)かコンマで区切って{MAX_ROWS}つまで",
                f"Channels — where meetings come from, up to {MAX_ROWS}, separated by commas",
            ),
            say("、", ", ").join(worked),
            _names,
        )
        rows: list[dict[str, Any]] = [{NAME.key: name} for name in names]
        self._shares(rows, worked if list(worked) == names else {})
        _tell(say("各チャネルの率", "The rates of each channel"))
        for row in rows:
            for field in (MEETING_RATE, CVR):
                self._rate(row, field, worked.get(row[NAME.key], {}))
        return rows

    def _shares(self, rows: list[dict[str, Any]], worked: dict[str, Any]) -> None:
        """Ask for the shares until they add up."""
        if len(rows) == 1:
            rows[0][SHARE.key] = "100%"
            return
        _tell(f"{self._label(SHARE)}{_THEN}{SHARE.hint.to(LANG)}{say('。合計で100%にします', '; 100% in all')}")
        said = {name: _shown(row.get(SHARE.key)) for name, row in worked.items()}
        while True:
            total = Fraction(0)
            for row in rows:
                name = row[NAME.key]
                default = said.get(name) if row is not rows[-1] or total >= 1 else wording.percent(1 - total)
                row[SHARE.key] = said[name] = _asked(f"  {name}", default, _share)
                total += fields.read(SHARE, row[SHARE.key])
            if total == 1:
                return
            _tell(_lines(*wording.off_by(total, key="")))

    def _rate(self, row: dict[str, Any], field: Field, worked: dict[str, Any]) -> None:
        def read(answer: str) -> str | None:
            if field.may_be_blank and answer in _BLANK:
                return None
            fields.read(field, answer, self.of)
            return answer

        usual = fields.cell(field, self.of).usual
        range_of = (
            ""
            if usual is None
            else say(f"、目安 {_range(usual.low, usual.high)}", f", benchmark {_range(usual.low, usual.high)}")
        )
        blank = say("、訪問のないチャネルは「なし」", ", “none” without visits") if field.may_be_blank else ""
        answer = _asked(f"  {row[NAME.key]} {self._label(field)}{range_of}{blank}", _shown(worked.get(field.key)), read)
        if answer is not None:
            row[field.key] = answer


def _names(answer: str) -> list[str]:
    """Return the names in a line, each one once."""
    names = [name.strip() for name in re.split("[,、，､]", answer) if name.strip()]
    seen: set[str] = set()
    for name in names:
        fields.read(NAME, name)
        if name_key(name) in seen:
            raise FigureError(
                Text(f"「{name}」が2回あります", f"“{name}” appears twice"),
                Text("別の名前にするか、1つにまとめてください", "give them different names, or merge them"),
            )
        seen.add(name_key(name))
    if not 1 <= len(names) <= MAX_ROWS:
        raise FigureError(
            Text(f"{len(names)}個あります", f"there are {len(names)}"),
            Text(f"1〜{MAX_ROWS}個で入力してください", f"type from 1 to {MAX_ROWS} names"),
        )
    return names


def _share(answer: str) -> str:
    fields.read(SHARE, answer)
    return answer


def _range(low: Fraction, high: Fraction) -> str:
    first, last = wording.percent(low), wording.percent(high)
    return first if first == last else say(f"{first.removesuffix('%')}〜{last}", f"{first.removesuffix('%')}–{last}")


def _offered(field: Field, value: Any) -> str | None:
    """Return the example's value as the reader would write it: 12,000,000 rather than 1,200万円."""
    if value is None or LANG == "ja" or fields.cell(field).unit != CURRENCY:
        return _shown(value)
    return f"{int(amounts.money(value)):,}"


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)


# -- the terminal ---------------------------------------------------------------


def _asked(question: str, default: str | None, read: Callable[[str], T]) -> T:
    """Return an answer as ``read`` takes it; explain a wrong one and ask again. Raise EOFError where there is none."""
    hint = "" if default is None else f" [{default}]"
    while True:
        put(f"{question}{hint}: ", err=True, nl=False)
        try:
            answer = _line()
            if not answer and default is None:
                raise FigureError(
                    Text("入力されていません", "nothing was entered"), Text("値を入力してください", "type a value")
                )
            return read(answer or str(default))
        except FigureError as bad:
            _tell(_lines(bad.what, bad.fix))


def _line() -> str:
    """Return a line of stdin without its ends; raise EOFError at the end."""
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except UnicodeDecodeError:
        what = Text("文字として読めません", "it can't be read as text")
        raise FigureError(what, Text("端末の文字コードを確かめてください", "check the terminal's encoding")) from None
    if not line:
        raise EOFError
    return line.strip()


def _lines(what: Text, fix: Text) -> str:
    return f"  {what.to(LANG)} → {fix.to(LANG)}"


def _tell(text: str) -> None:
    put(text, err=True)
