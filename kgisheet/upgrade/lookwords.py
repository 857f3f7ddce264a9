"""The look that somebody gave a cell, in words: the properties of a look that differ from ours."""

from __future__ import annotations

from collections.abc import Collection

from ..language.text import Text
from ..xlsx.read.worn import Look

_WORDS = {
    "font.b": (Text("太字", "bold"), Text("太字の解除", "not bold")),
    "font.i": (Text("斜体", "italic"), Text("斜体の解除", "not italic")),
    "font.u": (Text("下線", "underlined"), Text("下線の解除", "not underlined")),
    "font.strike": (Text("取り消し線", "struck through"), Text("取り消し線の解除", "not struck through")),
    "font.outline": (Text("袋文字", "outlined"), Text("袋文字の解除", "not outlined")),
    "font.shadow": (Text("影付き", "with a shadow"), Text("影付きの解除", "without a shadow")),
    "font.vertAlign": (
        Text("上付き・下付き", "superscript or subscript"),
        Text("上付き・下付きの解除", "not superscript or subscript"),
    ),
    "align.wrapText": (Text("折り返し", "wrapped"), Text("折り返しの解除", "not wrapped")),
    "align.shrinkToFit": (Text("縮小して表示", "shrunk to fit"), Text("縮小表示の解除", "not shrunk to fit")),
    "protect.locked": (Text("ロックの解除", "unlocked"), Text("ロック", "locked")),
    "protect.hidden": (Text("数式を隠す", "formula hidden"), Text("数式の表示", "formula shown")),
}
"""Properties that are on or off."""
_VALUES = {
    "font.name": Text("フォント", "font"),
    "font.sz": Text("文字の大きさ", "font size"),
    "font.color": Text("文字の色", "font colour"),
    "fill": Text("塗りつぶし", "fill"),
    "format": Text("表示形式", "number format"),
    "align.horizontal": Text("横の配置", "horizontal alignment"),
    "align.vertical": Text("縦の配置", "vertical alignment"),
    "align.textRotation": Text("文字の角度", "rotation"),
    "align.indent": Text("字下げ", "indent"),
    "align.readingOrder": Text("文字の方向", "reading order"),
}
_NONE = {
    "fill": Text("塗りつぶしなし", "no fill"),
    "font.color": Text("文字の色: 黒", "font colour: black"),
}
_BORDERS = Text("罫線", "borders")


def said(properties: Collection[str], look: Look) -> Text:
    """Return the properties in words, with the values that the look has."""
    found: list[Text] = []
    for each in sorted(properties):
        value = look.get(each)
        if each in _WORDS:
            found.append(_WORDS[each][value is None])
        elif each in _VALUES:
            name = _VALUES[each]
            if value is None:
                found.append(_NONE.get(each, Text(f"{name.ja}: 標準", f"{name.en}: as usual")))
            else:
                found.append(Text(f"{name.ja}: {value}", f"{name.en}: {value}"))
        elif _BORDERS not in found:
            found.append(_BORDERS)
    return Text("、".join(each.ja for each in found), ", ".join(each.en for each in found))
