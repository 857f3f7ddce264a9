"""Parsing of one cell into an amount with its unit: 1200 under 0"万円", １，２００万円, 約1%, 30."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ...formula.grid import held
from ...formula.values import Value
from ...values import amounts
from ...values.amounts import FigureError
from ...values.regex import regex
from ...values.units import COUNT, CURRENCY, RATE
from .lexicon import FIELD, Word, unit_of_field
from .units import Unit, counter_of, unit_of
from .words import understand


class Amount(NamedTuple):
    """A number as the cell has it. ``unit`` is the cell's own unit (None: none given); ``typed`` the original text.

    ``number`` is in that unit: 1200 with 万円, 30 with %. A cell in Excel's own percent format holds 0.3 and is 30 %.
    ``upto`` is the other end of a range: 35 of 30〜35%.
    """

    number: Fraction
    unit: Unit | None
    typed: str | None
    upto: Fraction | None = None


PERCENT = Unit(RATE, 1, "%")
_NUMBER = r"[-+▲△−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+"
_TEXT = regex(
    rf"^(?:約|およそ|おおよそ|だいたい|ほぼ|about|approx\.?|roughly|around|circa|ca?\.|~|〜|@|¥|\\|(?:us|au|ca|sg)?[$£€]|jpy)*\s*({_NUMBER})\s*(.*)$"
)
_RANGE = regex(rf"^({_NUMBER})([^\d~〜–-]*)\s*[~〜–-]\s*({_NUMBER})(\D*)$")
_TAIL = regex(
    r"(程度|前後|くらい|ぐらい|ほど|余り?|以上|弱|強|目標|(?<=[\da-z%])\s*(?:or so|or more|approx\.?|\+)|(?<=\d)ish)$"
)


def amount(value: Value, code: str) -> Amount | None:
    """Return the amount of a stored value under its number format; None if it isn't a number, or one that nobody means."""
    if isinstance(value, Fraction):
        return _formatted(value, code) if _is_meant(value) else None
    found = typed(value) if isinstance(value, str) else None
    return found if found is not None and _is_meant(found.number) else None


@lru_cache(maxsize=4096)  # the same few figures, in the same few formats, are all over a workbook
def stored(value: float, code: str) -> Amount | None:
    """Return the amount of a stored number under its format, as `amount` does."""
    return amount(held(value), code)


_BEYOND = 10**30
"""No goal is so large, or so small: what is made of several that are within, a float can still hold."""


def _is_meant(number: Fraction) -> bool:
    over, under = abs(number.numerator), number.denominator
    return not over or (over < under * _BEYOND and under < over * _BEYOND)


def typed(text: str) -> Amount | None:
    """Return a number written as text, with a remark (30%（前年28%）, 3件/年) or without; None if it isn't one."""
    if len(text) > 40 or not _HAS_NUMBER.search(text):
        return None
    flat = unicodedata.normalize("NFKC", text).casefold().strip()
    if _HAS_CURRENCY.search(flat):
        other = abroad(_ABOUT.sub("", _PER.sub("", _TAIL.sub("", flat).strip())))
        if other is not None:
            return Amount(other, None, text)  # $2.4M, £960k, USD 50k
    if not _BEGINS.match(flat):
        return None
    flat = flat[1:-1].strip() if re.fullmatch(r"\([^()]*\)", flat) else flat
    flat = re.sub(r"(?<=[\d%円件回社名])\s*\([^()]*\)$", "", flat)
    flat = re.sub(r"(?<=[\d円])\s*(?:[-‐–—―]|也)$", "", flat)
    flat = _PER.sub("", _TAIL.sub("", flat).strip())
    flat = re.sub(r"^年間?\s*(?=[\d約])", "", _in_digits(flat))
    of = _ONE_IN.match(flat)
    if of is not None:
        return _share(of, text)
    ends = _RANGE.match(flat)
    if ends is not None:
        first, last = typed(f"{ends[1]}{ends[2] or ends[4]}"), typed(f"{ends[3]}{ends[4]}")
        if first is None or last is None or first.unit != last.unit or first.number >= last.number:
            return None
        return first._replace(typed=text, upto=last.number)
    match = _TEXT.match(flat)
    if match is None:
        return None
    number = Fraction(re.sub("^[▲△−]", "-", match[1]).replace(",", ""))
    rest = re.sub(r"[\s/]", "", match[2]).strip("()")
    if rest in ("x", "倍"):
        return Amount(number, None, text)
    if not rest:
        yen = re.match(r"^(¥|\\|jpy)", flat)
        return Amount(number, Unit(CURRENCY, 1, "円") if yen else None, text)
    tenths = _TENTHS.match(rest)
    if tenths is not None:
        return Amount(number * 10 + (5 if tenths[2] else int(tenths[1] or 0)), PERCENT, text)  # 2割5分, 3割半
    unit = counter_of(rest)
    if unit is not None:
        return Amount(number, unit, text)
    power = _POWER.match(rest)
    counter = counter_of(power[2]) if power is not None else None
    if power is not None and counter is not None and counter.kind == COUNT:
        return Amount(number * _POWERS[power[1]], counter, text)  # 10万回
    try:  # 1億2,000万円, 12M yen
        return Amount(amounts.money(flat), Unit(CURRENCY, 1, "円"), text)
    except FigureError:
        return None


def abroad(text: str) -> Fraction | None:
    """Return an amount of another currency in its ones, $37k, £1.2m; None for any other text."""
    match = _ABROAD.match(unicodedata.normalize("NFKC", text).casefold().strip())
    return Fraction(match[1].replace(",", "")) * _LARGE[match[2] or ""] if match is not None else None


_POWER_ABROAD = r"(k|thousand|m|mn|million|bn|billion)?"
_ABOUT = regex(r"^(?:約|およそ|おおよそ|だいたい|ほぼ|about |approx\.? |roughly |around |circa |ca?\. |~|〜)\s*")
_CURRENCY = r"(?:(?:us|au|ca|sg)?[$£€]|(?:usd|eur|gbp|aud|cad|sgd|(?:us )?dollars?|euros?|pounds?)(?![a-z]))"
_HAS_CURRENCY = regex(_CURRENCY)
_ABROAD = regex(rf"^(?=.*{_CURRENCY}){_CURRENCY}?\s*(\d[\d,]*(?:\.\d+)?)\s*{_POWER_ABROAD}\s*{_CURRENCY}?$")
_LARGE = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_TENTHS = regex(r"^割(?:(\d)分|(半))?$")
COUNTERS = "人社件名回者院店校枚台軒戸組園室"
"""Letters after a number of what a rate in words is of: 5院に2院."""

_ONE_IN = regex(
    r"^(?:about |around |約)?(\d{1,4}) (?:in|out of|of every|of) (?:every )?(\d{1,4})$"
    rf"|^約?(\d{{1,4}})(?P<of>[{COUNTERS}つ])(?:に|中|のうち)約?(\d{{1,4}})(?P=of)?$"
)


def _share(match: re.Match[str], text: str) -> Amount | None:
    """Return 1 in 4, 10人に3人 as the percentage that it is."""
    part, whole = (match[1], match[2]) if match[1] else (match[5], match[3])
    return Amount(Fraction(100 * int(part), int(whole)), PERCENT, text) if 0 < int(part) <= int(whole) else None


_HAS_NUMBER = regex(r"[\d\uff10-\uff19]|[一二三四五六七八九十百千][万億千百]*[円件回社名]")
_BEGINS = regex(r"[\s(]*(?:[年約およだほabjpyuscgr.,~〜@¥\\$£€+▲△−\d一二三四五六七八九十百千-])")
"""How an amount may begin: a quick look, before the patterns of whole amounts."""
_PER = regex(r"\s*(?:/|per\s)\s*(?:年間?|年度|月間?|ヶ月|year|yr|month|mo|annum|y)$")
_POWERS = {"千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "億": 10**8, "k": 10**3, "m": 10**6}
_POWER = regex(r"^(千|十万|百万|万|億|k|m)(\S+)$")
_KANJI = regex(
    r"^(約?)([\d一二三四五六七八九十百千]*[十百千一二三四五六七八九][\d一二三四五六七八九十百千]*)(?=[万億円件回社名])"
)


def _in_digits(flat: str) -> str:
    """Return a text with numerals as digits, 千2百万円 → 1200万円, 三件 → 3件; any other text unchanged."""
    match = _KANJI.match(flat)
    if match is None or re.fullmatch(r"\d+千|\d+百|[十百千]", match[2]):
        return flat
    total, digits = 0, ""
    for each in match[2]:
        if each in "十百千":
            total += int(digits or 1) * {"十": 10, "百": 100, "千": 1000}[each]
            digits = ""
        else:
            digits += str("一二三四五六七八九".index(each) + 1) if each in "一二三四五六七八九" else each
    return f"{match[1]}{total + int(digits or 0)}{flat[match.end() :]}"


def _formatted(value: Fraction, code: str) -> Amount:
    """Return a stored number and the unit in its format."""
    times, unit = _of_format(code)
    return Amount(value if times is None else value * times, unit, None)


@lru_cache(maxsize=1024)
def _of_format(code: str) -> tuple[Fraction | None, Unit | None]:
    """Return by what a format multiplies a number that it shows (None: nothing), and its unit; of several sections the first counts."""
    section = code.split(";")[0]
    said = "".join(a or b for a, b in re.findall(r'"([^"]*)"|\\(.)', section))
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", section)
    said += re.sub(r"[#0?.,%\sEe+/-]", "", bare.replace("General", ""))
    if "%" in bare:
        return Fraction(100), PERCENT
    unit = unit_of(said.replace(".", "")) if said.strip() else None
    if unit is not None and unit.kind == CURRENCY:
        # #,##0,"千円" holds yen and shows thousands: each comma at the end hides three digits; 0\.0, four in all.
        hidden = re.search(r"[0#?](,+)(?![0#?,])", bare)
        if hidden:
            shift = 10 ** (3 * len(hidden[1]))
            literal = re.search(r"\\\.(0+)", section)
            shift *= 10 ** len(literal[1]) if literal else 1
            return Fraction(1, shift), unit
    return None, unit


class Composite(NamedTuple):
    """A label and its value in one cell: 受注率: 30%, リード①アポ10件."""

    word: Word
    amount: Amount


_JOINED = regex(
    rf"^(?P<label>.*?[^\d\s.,:=約@¥\\+▲△−-])\s*(?P<sign>[:=])?\s*(?P<value>(?:約|およそ|@|¥|\\)*(?:{_NUMBER})\s*[^\d\s:=]{{0,6}})$"
)


def composite(text: str) -> Composite | None:
    """Return the label and the value of a text that holds both; None for any other."""
    if len(text) > 40 or not re.search(r"[\d\uff10-\uff19]", text):
        return None
    flat = unicodedata.normalize("NFKC", _circles(text)).strip()
    flat = flat[1:-1].strip() if re.fullmatch(r"\([^()]*\)", flat) else flat
    match = _JOINED.match(flat)
    if match is None:
        return None
    word, value = understand(match["label"]), typed(match["value"])
    if value is None or word.kind not in (FIELD, "total", "channel") or (value.unit is None and not match["sign"]):
        return None
    if word.kind == FIELD and value.unit is not None and value.unit.kind == RATE != unit_of_field(word.field):
        return None  # うち新規（30%）: of how much it is a part, and no amount
    return Composite(word._replace(text=match["label"].strip()), value)


def _circles(text: str) -> str:
    # A leading ② would become a plain 2 and part of the label.
    return re.sub("^[\\s\u2460-\u2473]+", "", text)


def in_base(amount: Amount, kind: str, unit: Unit | None) -> tuple[Fraction, Unit | None] | None:
    """Return the amount in yen, things or as a fraction, for a field of ``kind``; ``unit`` is the unit given around the cell.

    None if the cell's own unit can't be the field's. A rate without any percent sign stays as it is.
    """
    own = amount.unit
    if own is not None and own.kind != kind:
        if (
            own.kind == CURRENCY
            and kind == COUNT
            and amount.typed is not None
            and re.search(r"[万億千k]$|\dm$", amount.typed.strip().casefold())
        ):
            return amount.number * own.factor, None  # 2万 visits, 20k
        return None
    used = own if own is not None else unit if unit is not None and unit.kind == kind else None
    if kind == RATE:
        return (amount.number * used.factor / 100, used) if used is not None else (amount.number, None)
    return amount.number * (used.factor if used is not None else 1), used
