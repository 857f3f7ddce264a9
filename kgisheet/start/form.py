"""The input form: one sheet with the yellow cells that a goal needs, each with its unit and how it is written."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from ..language.text import NOTHING, Text
from ..language.words import STAGE_USE
from ..layout import looks
from ..layout.measure import tall, wrapped
from ..layout.model import Book, Conditional, Look, Sheet, Validation
from ..values import amounts
from ..values.a1 import Place, address
from ..values.units import CURRENCY, DATE, MONTH, RATE
from ..version import __version__
from ..worksheet import provenance
from . import fields
from .fields import CHANNEL, MAX_ROWS, SHARE, SINGLE, STAGE_HINT, USES_STAGE, WIN_RATE, Field

MARK = provenance.FORM
"""The name of the cell by which a workbook is known as a form: it holds the form's version."""

VERSION = 1
USES = "form_uses_stage"

USED, UNUSED = STAGE_USE["use"], STAGE_USE["skip"]
"""The stage of opportunities is chosen in the words of the goal sheet's own switch."""

_HINTED = looks.over(looks.SMALL, indent=1, text_wrap=True)
_SHEET = Text("入力フォーム", "Input form")
_LABEL, _INPUT, _UNIT, _EXAMPLE, _HINT = 1, 2, 3, 4, 5
_WIDTHS = {0: 2.0, _LABEL: 34.0, _INPUT: 20.0, _UNIT: 18.0, _EXAMPLE: 26.0, _HINT: 58.0}

_UNITS = {CURRENCY: Text("円", "yen"), RATE: Text("%", "%"), MONTH: Text("年-月", "year-month"), DATE: Text("年-月-日", "date")}
_CHOOSE = Text("選択", "choose")

_BAD_RATE = Text(
    "30%(または 0.3)のように、0%より大きく100%以下で入力してください。",
    "Type a rate such as 30% (or 0.3), above 0% and up to 100%.",
)
_BAD_SHARE = Text("25%のように、0%以上100%以下で入力してください。", "Type a share such as 25%, from 0% to 100%.")
_BAD_MONEY = Text(
    "12,000,000 や 1200万円 のように、0円以上で入力してください。", "Type an amount such as 12,000,000, zero or more yen."
)
_BAD_DAY = Text("2026-04-01 のように入力してください。", "Type a date such as 2026-04-01.")
_BAD_CHOICE = Text("一覧から選んでください。", "Choose from the list.")


_WIN_RATE = Text(
    "案件のうち受注になる割合(③を省く場合は、商談のうち受注になる割合)",
    "The share of opportunities that are won (where ③ is skipped: of meetings)",
)
_NO_VISITS = Text(
    "訪問のないチャネル(展示会など)は、CV率を空欄にします", "Leave the conversion rate blank for a channel without visits"
)


def name_of(field: Field) -> str:
    """Return the defined name of a field's cell, or of its column: ``form_web_revenue``."""
    return f"form_{'channel_' if field in CHANNEL else ''}{field.key}"


def form(lang: str) -> Book:
    """Return the form, empty but for the choices that a goal always has."""
    made = _Form(lang)
    made.build()
    return Book([made.sheet], made.names, [], {"title": _SHEET.to(lang), "comments": f"kgisheet {__version__}"}, {})


class _Form:
    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.sheet = Sheet(_SHEET.to(lang), _WIDTHS)
        self.names: dict[str, Place] = {}
        self.worked = fields.worked(lang)
        self.row = 0

    def build(self) -> None:
        self._head()
        for field in SINGLE:
            if field is WIN_RATE:
                self._uses_stage()
            self._single(field)
        self.row += 1
        self._channels()
        self._foot()
        self.sheet.cursor = (self.names[name_of(SINGLE[0])].row, _INPUT)
        self.sheet.is_portrait = False
        self.sheet.print_area = (0, 0, self.row, _HINT)

    def _say(self, text: Text) -> str:
        return text.to(self.lang)

    def _head(self) -> None:
        put = self.sheet.put
        put(0, _LABEL, self._say(Text("目標シートの入力フォーム", "Input form for a goal workbook")), looks.TITLE)
        self.sheet.heights[0] = 26
        lines = (
            Text(
                "黄色のセルに入力し、保存して、このフォームの送り主に返してください。目標シートのブックが作られます。",
                "Fill in the yellow cells, save, and send the form back: the goal workbook is made from it.",
            ),
            Text(
                "「1200万円」「30%」のように、ふだん書くとおりに入力できます。右の列は記入例です。",
                "Write figures as you do: 12,000,000 or 1200万円, 30% or 0.3. The grey figures are an example.",
            ),
        )
        for at, line in enumerate(lines, 1):
            put(at, _LABEL, self._say(line), looks.PLAIN)
        self.row = 4
        heads = (
            Text("項目", "Item"),
            Text("入力", "Yours"),
            Text("単位", "Unit"),
            Text("記入例", "Example"),
            Text("書き方", "What it is"),
        )
        for col, text in enumerate(heads, _LABEL):
            put(self.row, col, self._say(text), looks.HEADING)
        self.row += 1

    def _line(self, label: str, unit: Text, sample: str, hint: Text) -> None:
        put = self.sheet.put
        lines = wrapped(_capital(self._say(hint)), _WIDTHS[_HINT] - 2)
        self.sheet.heights[self.row] = max(19.5, tall(lines))
        put(self.row, _LABEL, label, looks.NAME)
        put(self.row, _UNIT, self._say(unit), looks.LABEL_CENTRED)
        put(self.row, _EXAMPLE, sample, looks.LABEL_CENTRED)
        put(self.row, _HINT, _capital(self._say(hint)), _HINTED)

    def _single(self, field: Field) -> None:
        cell = fields.cell(field)
        sample = self.worked.get(field.key)
        if cell.choices is not None:
            self._line(self._say(fields.label(field)), _CHOOSE, self._say(cell.choices[str(sample)]), field.hint)
            self._choice(self._say(cell.choices[str(cell.default)]), [self._say(each) for each in cell.choices.values()])
        else:
            self._line(
                self._say(fields.label(field)),
                _UNITS.get(cell.unit, NOTHING),
                _sample(sample, cell.unit, self.lang),
                _WIN_RATE if field is WIN_RATE else field.hint,
            )
            self._input(self.row, _INPUT, field, 1)
        self.names[name_of(field)] = Place(self.sheet.title, self.row, _INPUT, 1, 1)
        self.row += 1

    def _uses_stage(self) -> None:
        self._line(self._say(USES_STAGE), _CHOOSE, self._say(USED), STAGE_HINT)
        self._choice(self._say(USED), [self._say(USED), self._say(UNUSED)])
        self.names[USES] = Place(self.sheet.title, self.row, _INPUT, 1, 1)
        self.row += 1

    def _choice(self, chosen: str, choices: list[str]) -> None:
        self.sheet.put(self.row, _INPUT, chosen, _yellow("", align="center"))
        self._validate(self.row, _INPUT, 1, {"validate": "list", "source": choices}, _BAD_CHOICE)

    def _input(self, row: int, col: int, field: Field, rows: int) -> None:
        """Put the yellow cells of a field, which take a figure as a number or as people write it."""
        cell = fields.cell(field)
        form = "" if cell.unit not in (RATE, CURRENCY, DATE, MONTH) else looks.number_format(cell, self.lang)
        for at in range(row, row + rows):
            self.sheet.put(at, col, None, _yellow(form, align="left" if not form else "right"))
        here = address(row, col)
        if cell.unit == RATE:
            least, said = (">=", _BAD_SHARE) if field is SHARE else (">", _BAD_RATE)
            self._validate(row, col, rows, _custom(f"OR(ISTEXT({here}),AND({here}{least}0,{here}<=1))"), said)
        elif cell.unit == CURRENCY:
            self._validate(row, col, rows, _custom(f"OR(ISTEXT({here}),{here}>=0)"), _BAD_MONEY)
        elif cell.unit in (DATE, MONTH):
            self._validate(row, col, rows, _custom(f"OR(ISTEXT({here}),{here}>366)"), _BAD_DAY)
        else:
            said = Text(f"{amounts.MAX_TEXT}文字までで入力してください。", f"Type at most {amounts.MAX_TEXT} characters.")
            self._validate(row, col, rows, {"validate": "length", "criteria": "<=", "value": amounts.MAX_TEXT}, said)

    def _validate(self, row: int, col: int, rows: int, options: dict[str, Any], said: Text) -> None:
        title = self._say(Text("入力の確認", "Please check"))
        options |= {"error_title": title, "error_message": self._say(said)}
        self.sheet.validations.append(Validation(row, col, row + rows - 1, options))

    # -- the channels -----------------------------------------------------------

    def _channels(self) -> None:
        put = self.sheet.put
        put(self.row, _LABEL, self._say(Text("チャネル(使う行だけ)", "Channels (as many rows as you need)")), looks.TITLE)
        self.sheet.heights[self.row] = 24
        self.row += 1
        for col, field in enumerate(CHANNEL, _LABEL):
            put(self.row, col, self._say(fields.label(field)), looks.HEADING)
        put(self.row, _HINT, self._say(Text("記入例", "Example")), looks.HEADING)
        self.sheet.heights[self.row] = 30
        self.row += 1
        for col, field in enumerate(CHANNEL, _LABEL):
            self._input(self.row, col, field, MAX_ROWS)
            self.names[name_of(field)] = Place(self.sheet.title, self.row, col, MAX_ROWS, 1)
        for at, example in enumerate(self.worked["channel"]):
            put(self.row + at, _HINT, "  ".join(str(example[field.key]) for field in CHANNEL), _HINTED)
        put(self.row + len(self.worked["channel"]), _HINT, self._say(_NO_VISITS), _HINTED)
        for at in range(MAX_ROWS):
            self.sheet.heights[self.row + at] = 19.5
        self._total()

    def _total(self) -> None:
        """Put the sum of the shares below them, with what is missing; nothing of it is read."""
        col = _LABEL + CHANNEL.index(SHARE)
        first, last = address(self.row, col), address(self.row + MAX_ROWS - 1, col)
        self.row += MAX_ROWS
        total = address(self.row, col)
        self.sheet.put(self.row, _LABEL, self._say(Text("配分の合計", "Total of the shares")), looks.READBACK)
        self.sheet.formula(
            self.row, col, f"=SUM({first}:{last})", Fraction(0), looks.look(num_format="0.##%", align="right", bold=True)
        )
        more, less = self._say(Text("あと ", "To go: ")), self._say(Text("超過 ", "Too much: "))
        said = (
            f'=IF(COUNT({first}:{last})=0,"",IF(ROUND({total},6)=1,"✓",'
            f'IF({total}<1,"{more}"&ROUND((1-{total})*100,2)&"%","{less}"&ROUND(({total}-1)*100,2)&"%")))'
        )
        self.sheet.formula(self.row, col + 1, said, "", _HINTED)
        away = f"AND(COUNT({first}:{last})>0,ROUND({total},6)<>1)".replace(total, _fixed(self.row, col))
        self.sheet.conditionals.append(Conditional(self.row, col, self.row, col, away, looks.BAD))
        self.row += 1

    def _foot(self) -> None:
        said = Text(f"kgisheet 入力フォーム {VERSION}", f"kgisheet input form {VERSION}")
        self.sheet.put(self.row, _LABEL, self._say(said), looks.look(font_color=looks.FAINT))
        self.names[MARK] = Place(self.sheet.title, self.row, _LABEL, 1, 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fixed(row: int, col: int) -> str:
    return "$" + address(row, col)


def _yellow(form: str, **more: Any) -> Look:
    properties: dict[str, Any] = {"bg_color": looks.YELLOW, "border": 1, "border_color": looks.LINE, "locked": False} | more
    return looks.look(**(properties | {"num_format": form} if form else properties))


def _custom(formula: str) -> dict[str, Any]:
    return {"validate": "custom", "value": f"={formula}"}


def _sample(value: Any, unit: str, lang: str) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if unit == CURRENCY and lang == "en":
        return f"{int(amounts.money(value)):,}"
    return str(value)
