"""Programs that a workbook may be made for, and what each of them has no place for (docs/google-sheets.md).

A target is a list of what it lacks, and each lack takes one kind of thing off sheets that are laid out already: what
cells hold, and where, is the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from ..language.text import Text
from ..values.a1 import Place, address, reference
from ..values.regex import regex
from .model import Conditional, Sheet, Validation

EXCEL, SHEETS = "excel", "sheets"

Names = Mapping[str, Place]


class LeftOut(NamedTuple):
    """One kind of thing that a workbook was made without: how many there would be, and a line that says it."""

    many: int
    said: Text


class Lack(NamedTuple):
    """A kind of thing that a program has no place for. ``take`` takes it off a sheet, and returns how many there were."""

    said: Text
    take: Callable[[Sheet, Names], int]


class Target(NamedTuple):
    """A program: what it is called, what it lacks, and whether it has names of single sheets and protects cells as Excel does."""

    title: Text
    lacks: tuple[Lack, ...] = ()
    has_names_of_sheets: bool = True
    protects: bool = True


def fit(sheets: Iterable[Sheet], names: Names, target: str) -> tuple[LeftOut, ...]:
    """Take off the sheets what the target has no place for; return what that was, without what there was none of."""
    sheets = list(sheets)
    counted = [(sum(lack.take(sheet, names) for sheet in sheets), lack.said) for lack in TARGETS[target].lacks]
    return tuple(_said(many, said) for many, said in counted if many)


def of_names(many: int) -> LeftOut:
    """Return what is left out of a workbook for a program without names of single sheets."""
    return _said(many, _NAMES)


def known(target: object) -> str:
    """Return the target that a record says, Excel if it is none of ours."""
    return target if isinstance(target, str) and target in TARGETS else EXCEL


def _said(many: int, said: Text) -> LeftOut:
    return LeftOut(many, Text(said.ja.format(f"{many:,}"), said.en.format(f"{many:,}")))


# -- conditional formats -------------------------------------------------------------------------------------


def _number_formats(sheet: Sheet, names: Names) -> int:  # noqa: ARG001  # as every lack
    """Take number formats off conditional formats, and away those that have nothing else."""
    kept: list[Conditional] = []
    many = 0
    for each in sheet.conditionals:
        look = tuple(pair for pair in each.look if pair[0] != "num_format")
        many += look != each.look
        if look:
            kept.append(each._replace(look=look))
    sheet.conditionals = kept
    return many


_PARTS = regex(r'"[^"]*"|(?P<name>(?<![\w.!$])[a-z_][\w.]*(?![\w.(!]))|(?P<elsewhere>!)')


def _conditions(sheet: Sheet, names: Names) -> int:
    """Take away conditional formats that look at another sheet; in the others write addresses for names."""
    kept: list[Conditional] = []
    for each in sheet.conditionals:
        found = [match for match in _PARTS.finditer(each.formula) if match["name"] or match["elsewhere"]]
        places = {match["name"]: names[match["name"]] for match in found if match["name"] in names}
        if any(match["elsewhere"] for match in found) or any(place.sheet != sheet.title for place in places.values()):
            continue

        def addressed(match: re.Match[str], places: Names = places) -> str:
            place = places.get(match["name"] or "")
            return match[0] if place is None else reference(place).rpartition("!")[2]

        kept.append(each._replace(formula=_PARTS.sub(addressed, each.formula)))
    many = len(sheet.conditionals) - len(kept)
    sheet.conditionals = kept
    return many


# -- validations ------------------------------------------------------------------------------------------------


def _kinds(sheet: Sheet, names: Names) -> int:
    """Write whole numbers and lengths as formulas, and a list by its name as one by its place."""
    made = [each._replace(options=_as_formula(each, names)) for each in sheet.validations]
    many = sum(one.options != other.options for one, other in zip(sheet.validations, made, strict=True))
    sheet.validations = made
    return many


def _as_formula(each: Validation, names: Names) -> dict[str, Any]:
    options, cell = each.options, address(each.row, each.col)
    rest = {key: value for key, value in options.items() if key not in ("criteria", "minimum", "maximum", "value")}
    if options["validate"] == "integer":
        low, high = options["minimum"], options["maximum"]
        test = f"AND(ISNUMBER({cell}),INT({cell})={cell},{cell}>={low},{cell}<={high})"
        return rest | {"validate": "custom", "value": f"={test}"}
    if options["validate"] == "length":
        return rest | {"validate": "custom", "value": f"=LEN({cell})<={options['value']}"}
    source = options.get("source")
    place = names.get(source.removeprefix("=")) if isinstance(source, str) else None
    return options if place is None else options | {"source": f"={reference(place)}"}


_MESSAGE = 255
"""Characters that a message holds, in Excel."""


def _messages(sheet: Sheet, names: Names) -> int:  # noqa: ARG001  # as every lack
    """Put the two messages of each validation into one, without titles: what is accepted first."""
    made = [each._replace(options=_one_message(each.options)) for each in sheet.validations]
    many = sum(one.options != other.options for one, other in zip(sheet.validations, made, strict=True))
    sheet.validations = made
    return many


def _one_message(options: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in options.items() if key not in ("error_title", "input_title", "error_message")}
    accepted, hint = str(options.get("error_message", "")), str(options.get("input_message", ""))
    said = hint if accepted in hint else f"{accepted}\n{hint}"
    return rest | {"input_message": said if len(said) <= _MESSAGE else f"{said[: _MESSAGE - 1]}…"}


# -- protection ---------------------------------------------------------------------------------------------------


def _protection(sheet: Sheet, names: Names) -> int:  # noqa: ARG001  # as every lack
    many = int(sheet.is_protected and not sheet.hidden)
    sheet.is_protected = False
    return many


# -- the table ------------------------------------------------------------------------------------------------------

_NAMES = Text("シート単位の名前 {}個(使っている数式はありません)", "{} names of single sheets (no formula uses them)")

TARGETS: dict[str, Target] = {
    EXCEL: Target(Text("Excel", "Excel")),
    SHEETS: Target(
        Text("Google スプレッドシート", "Google Sheets"),
        (
            Lack(
                Text(
                    "条件で変わる数値の書式 {}件(金額は円で表示し、小数の桁は作成時のままになります)",
                    "{} number formats that change by a condition (amounts show in yen, decimals as at the start)",
                ),
                _number_formats,
            ),
            Lack(
                Text(
                    "ほかのシートを参照する条件付き書式 {}件(色が変わらないだけで、値は同じです)",
                    "{} conditional formats that look at another sheet (colours only)",
                ),
                _conditions,
            ),
            Lack(
                Text(
                    "整数・文字数・名前による入力規則 {}件(同じ内容の数式の規則に置き換えました)",
                    "{} validations by whole number, length or name (replaced by rules with a formula or an area)",
                ),
                _kinds,
            ),
            Lack(
                Text(
                    "入力メッセージの見出しとエラー文 {}件(説明文にまとめました)",
                    "{} titles and error texts of validations (the help text says it all)",
                ),
                _messages,
            ),
            Lack(
                Text(
                    "シートの保護 {}枚(必要なら「データ」→「シートと範囲を保護」で設定してください)",
                    "the protection of {} sheets (set it with Data, Protect sheets and ranges)",
                ),
                _protection,
            ),
        ),
        has_names_of_sheets=False,
        protects=False,
    ),
}
