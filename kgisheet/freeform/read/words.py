"""The meaning of a text on a freeform sheet: a field's label, a channel, a month, a unit, a heading, or none of these."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from ...values.regex import regex
from ...values.units import CURRENCY, RATE
from . import stages, terms
from .lexicon import (
    AFTER,
    BEFORE,
    CHANNEL,
    CHANNELS,
    FIELD,
    FIELDS,
    KINDS,
    MARK,
    MONTH,
    OTHER,
    OTHER_IN,
    PERIOD,
    PLAIN,
    TEXT,
    TOTAL,
    UNIT,
    Word,
    key,
    stage_of,
    unit_of_field,
)  # fmt: skip
from .periods import PART, PER_TIME, YEAR, month_of, part_of_year
from .spelling import in_one_language, plain
from .units import MAX_LABEL, Unit, unit_in, unit_of

_FRONTS, _ENDINGS, _CHANNELS_FIRST = tuple(BEFORE), tuple(AFTER), tuple(CHANNELS)

_ARROW = regex(
    r"→|⇒|->|=>|➡|⇨|➔|⟶|▶|►|›|»|>|から|\b(?:(?:that|which|who)\s+)?(?:end(?:ing)? in|turn(?:ing)? into|become|take|book|request|accept|reach|convert(?:ing)? (?:in)?to)"
    r"(?:\s+(?:an?|the))?\b|\bto\b"
)
"""What is between the two ends of a rate: lead → meeting, meeting to opp, leads that take a meeting."""

_GOAL_HEADING = regex(
    r"^(?:(?:今|来|当|次|本|新)(?:期|年度?|年)|次年度|(?:fy|cy)\s*'?\d{2,4}|(?:(?:19|20)\d{2}|\d{2})(?:年度?|年|期)?|(?:上|下)(?:半)?期|年間|通期|第?\d+期)(?:の)?\s*"
    r"(?:年間)?(?:目標|計画|予定|goals?|targets?|plan|budget)(?:値|数|額)?$"
)
_NEXT = regex(r"^(?:next (?:year|fy|quarter)|来期|来年度?|翌期|翌年度?)$")
_TOTAL = regex(
    r"^(?:チーム|部門?|課|グループ|全員|担当者?|メンバー|(?:全)?(?:チャネル|媒体|施策|商材|製品|拠点|支店)|12ヶ月|team|department|group|overall)(?:合?計|total)$"
)
_NUMERALS = regex(r"^[\s\u2460-\u2473\u24f5-\u24fe\u2776-\u277f\u2474-\u2487\u2488-\u249b]+")
_ENUMERATION = regex(
    r"^\(?(?:step|kpi|kgi|kdi)?\s*\d{1,2}\s*[).:．、]\s*(?=\D)|^(?:no\.?|kpi|kgi|kdi|step)\s*[-#]?\s*\d{1,2}(?:-\d)?\s+"
    r"|^(?:kpi|kgi|kdi)\s*[-#]?\s*\d{1,2}\s*(?=[^\x00-\x7f])|^(?:kpi|kgi|kdi)\s*[:：=]\s*"
)
_BULLETS = " \t\r\n■□◆◇●○▼▽▲△▶►→⇒・*※★☆-–—_=:：;/|>＞«»↓↑÷×+"
_BRACKETS = regex(r"[(\[{【「『〔〈<]([^()\[\]{}【】「」『』〔〕〈〉<>]*)[)\]}】」』〕〉>]")
_LEAD_NUMBER = regex(r"^(?:リード|lead|チャネル|channel|ch)\s*#?([1-9])[:. ]*(.*)$")


@lru_cache(maxsize=65536)
def understand(text: str) -> Word:
    """Return the meaning of a cell's text; ``TEXT`` if it is unknown. Hints may follow below a label's line."""
    first, line_end, hints = text.strip().partition("\n")
    whole = _line(text)
    if whole.kind == TEXT and (own := in_one_language(text)) != text:
        return _line(own)._replace(text=whole.text)
    if whole.kind != TEXT or not line_end:
        return whole
    word = _line(first)
    if word.kind != FIELD:
        return whole
    if any(each in key(hints) for each in (*OTHER_IN, *_COMPARED)):
        return Word(OTHER, whole.text)
    return _bracketed(word, [each.strip() for each in _BRACKETS.findall(plain(hints))])


_COMPARED = ("比較", "差", "判定", "目安と", "compared", "usual")


_WITH_MARGIN = regex(
    r"[\s(\[]*+(?:incl\.?|including|with|plus|\+)?\s*\d+(?:\.\d+)?\s*(?:%|割り?)\s*(?:の)?(?:バッファ|余裕|上乗せ|予備|増し|割増し?|安全率|マージン|ゆとり|buffer|margin|contingency)(?:込み?|含む|加算|を含む)?[)\]]*"
    r"|[\s(\[]*+(?:incl\.?|including|with|plus)?\s*(?:バッファ|余裕|予備|安全率|マージン|ゆとり|上乗せ|buffer|margin|contingency)(?:率|分)?(?:\s*of)?\s*\d+(?:\.\d+)?\s*%(?:込み?|含む|加算|を含む)?[)\]]*"
)
_CARRIED = regex(
    r"(?:前期|前年|前月|先月|昨年)?(?:から)?(?:の)?繰り?越し?(?:分|案件|数)?(?:の)?|carried[ -]?over|carry[ -]?over|carried forward"
)
_NEW = regex(r"新規(?:に)?(?:創出|獲得|必要)(?:する|分)?(?:の)?|net new|to (?:be )?creat\w*|new(?:ly)? (?:created|needed)")


def _variant(bare: str, word: Word | None, shown: str) -> Word | None:
    """Return another figure of a stage: with a buffer, what is carried over, what is still to be made new; None for a plain one."""
    if not _MAY_VARY.search(bare):
        return None
    margin = _MARGIN.search(bare)
    for kind, pattern in (
        (f"+{_more(margin)}%" if margin else "", _WITH_MARGIN),
        ("carried", _CARRIED),
        ("new", _NEW),
    ):
        rest = pattern.sub(" ", bare) if kind else bare
        if not kind or rest == bare:
            continue
        of = _label(_BRACKETS.sub(" ", rest).strip(_BULLETS), shown) or word
        stage = of.stage if of is not None and of.stage else stage_of(key(_BRACKETS.sub(" ", rest)))
        if stage:
            # 必要リード数（20%バッファ込み） is no second リード数, but more of them.
            return Word(FIELD, shown, field=f"{stages.OPEN}{stages.field_of(stage)}{stages.VARIANT}{kind}")
    return None


_MAY_VARY = regex(r"%|割|繰|carr|新規|new|to ")  # a quick look, before the patterns of variants
_SPENT = ("予算", "費用", "コスト", "budget", "cost", "costs")
_MARGIN = regex(
    r"(\d+(?:\.\d+)?)\s*(?:%|(?P<tenths>割り?))\s*(?:の)?(?:バッファ|余裕|上乗せ|予備|増し|割増し?|安全率|マージン|ゆとり|buffer|margin|contingency)"
    r"|(?:バッファ|余裕|予備|安全率|マージン|ゆとり|上乗せ|buffer|margin|contingency)(?:率|分)?(?:\s*of)?\s*(\d+(?:\.\d+)?)\s*%"
)


def _more(margin: re.Match[str]) -> str:
    """Return by how many per cent a label says that more is planned: 10%バッファ込み, 1割増し."""
    said = margin[1] or margin[3]
    return f"{Fraction(said) * 10}" if margin["tenths"] else said


def _line(text: str) -> Word:
    """Return the meaning of a text as a whole."""
    shown = " ".join(text.split())
    if not shown or len(shown) > MAX_LABEL:
        return Word(TEXT, shown)
    flat = plain(shown).strip()
    unit = unit_of(flat)
    month = month_of(flat)
    if month is not None:
        return Word(MONTH, shown, month=month)
    if YEAR.match(flat) or _NEXT.match(flat):
        return Word(PERIOD, shown)
    if _GOAL_HEADING.match(flat):
        return Word(PLAIN if part_of_year(key(flat)) is None else PERIOD, shown)
    # ① must go before NFKC makes it a plain 1.
    shown = _NUMERALS.sub("", shown.lstrip(_BULLETS))
    bare = plain(shown)
    inner = [each.strip() for each in _BRACKETS.findall(bare)]
    outer = _BRACKETS.sub(" ", bare)
    main = _ENUMERATION.sub("", outer.strip(_BULLETS)).strip(_BULLETS)
    if inner and (not key(main) or (_FUNNEL.match(main) and _ends(inner[0]) is not None)):
        main, inner = inner[0], inner[1:]
    word = _label(main, shown)
    other = _variant(bare, word, shown)
    if other is not None:
        return other
    if word is not None and word.kind == FIELD:
        return _bracketed(word, inner)
    if word is not None and word.kind == OTHER and key(main) in _SPENT:
        money = next((each for each in map(unit_in, inner) if each is not None and each.kind == CURRENCY), None)
        if money is not None:
            return Word(FIELD, shown, field="cost", unit=money)  # 予算 alone is also what a plan is called
    if unit is not None:
        return Word(UNIT, shown, unit=unit)
    if not key(main).strip("~〜()"):
        return Word(MARK, shown)
    is_reference = word is None and _REFERENCE.search(plain(shown)) and not _FIGURE.search(shown)
    if len(shown) <= _HEADING and (
        is_reference or (word is not None and word.kind == PERIOD and any(map(_REFERENCE.search, inner)))
    ):
        return Word(OTHER, shown)  # 過去最高（参考）, FY25 (ref): a column to compare with
    return word if word is not None else Word(TEXT, shown)


_FUNNEL = regex(r"^(?:全体|全行程|通算|通し|トータル|overall|end[- ]to[- ]end|total)$")
"""全体（リード→受注率）: so is called the rate of the whole funnel."""

_REFERENCE, _HEADING = terms.of("reference"), 32
_FIGURE = regex(r"\d\s*[^\d\s年期Qq()（）-]")
"""業界平均 22% says how many; FY25 (ref), 2025年度（参考） don't."""


def declared(text: str, names: frozenset[str]) -> Word | None:
    """Return the word of a stage that a rate of the sheet names, SALs by MQL to SAL, or of a rate that one of these ends."""
    shown = " ".join(_NUMERALS.sub("", text.strip().partition("\n")[0].lstrip(_BULLETS)).split())
    if not shown or len(shown) > MAX_LABEL:
        return None
    bare = _BRACKETS.sub(" ", plain(shown)).strip(_BULLETS)
    name = key(bare)
    for form in (
        name,
        *(name[len(each) :] for each in BEFORE if name.startswith(each)),
        *(name[: -len(each)] for each in AFTER if name.endswith(each)),
    ):
        bare_own = (own := stages.own(form)).removeprefix(stages.OPEN)
        if bare_own in names:
            return Word(FIELD, shown, field=own, stage=own)
        begun = next((each for each in names if len(each) > 2 and bare_own.startswith(each)), "") or next(
            (each for each in names if len(each) > 1 and not each.isascii() and bare_own.endswith(each)), ""
        )
        if begun:  # トライアル開始, where a rate is called トライアル率; 個別相談, where there is 参加→相談
            return Word(FIELD, shown, field=stages.OPEN + begun, stage=stages.OPEN + begun)
    ends = stages.own_ends([key(part) for part in _ARROW.split(bare)], names)
    return Word(FIELD, shown, field=stages.rate_between(*ends), ends=ends) if ends is not None else None


def _label(main: str, shown: str) -> Word | None:
    """Return the word of a text without its brackets; None if it is unknown."""
    numbered = _LEAD_NUMBER.match(main)
    if numbered:
        rest = numbered[2].strip()
        inside = _label(rest, shown) if rest else None
        if inside is not None and inside.kind in (FIELD, CHANNEL):
            return inside._replace(number=int(numbered[1]))
        return Word(CHANNEL, shown, channel=rest or main, number=int(numbered[1]))
    ends = _ends(main)
    if ends is not None:
        return Word(FIELD, shown, field=stages.rate_between(*ends), ends=ends)
    main, unit = _without_unit(main)
    name = key(main)
    if name in FIELDS:
        return _of_field(FIELDS[name], name, shown, unit)
    if name in KINDS:
        return Word(KINDS[name], shown, unit=unit)
    if name in CHANNELS:
        return Word(CHANNEL, shown, channel=main.strip())
    if PER_TIME.match(name):
        return Word(PERIOD, shown, unit=unit)
    part = PART.match(name)
    if part is not None and not part[5]:
        return Word(PERIOD, shown, unit=unit)
    if _TOTAL.match(name) or part is not None:
        return Word(TOTAL, shown, unit=unit)
    if any(each in name for each in OTHER_IN):
        return Word(OTHER, shown)
    field, bare = _qualified(name)
    if field:
        return _of_field(field, bare, shown, unit)._replace(monthly=any(each in name for each in _MONTHLY))
    bare = _bare(name)
    if bare:
        return _of_field(FIELDS[bare], bare, shown, unit)
    return _of_channel(name, shown, unit) or _of_own_stage(name, shown, unit)


def _of_field(field: str, name: str, shown: str, unit: Unit | None) -> Word:
    """Return the word of a field of ours, with the stage that it counts or leads to."""
    word = Word(FIELD, shown, field=field, unit=unit)
    if field in stages.ORDER:
        return word._replace(stage=stages.kernel(field, name))
    to = stages.TO.get(field)
    if to is None:
        return word
    source = stages.FROM_SAID.get(field, "")
    return word._replace(ends=(stages.kernel(source, name) if source else "", stages.kernel(to, name)))


def _bare(name: str) -> str:
    """Return the vocabulary's word for a stage without its 数: 資料DL, 訪問者."""
    return f"{name}数" if FIELDS.get(f"{name}数") in stages.ORDER and len(name) > 2 and not name.endswith("化") else ""


def _of_own_stage(name: str, shown: str, unit: Unit | None) -> Word | None:
    """Return a count or a rate of a stage that only this sheet has: 架電数, 提案化率."""
    closing = stage_of(stages.closed(name))
    if closing and stages.field_of(closing) != stages.WON:
        ends = closing, stages.WON
        return Word(FIELD, shown, field=stages.rate_between(*ends), unit=unit, ends=ends)
    if not name.endswith(stages.ENDINGS):
        return None
    for front in ("", *BEFORE):
        if name.startswith(front):
            counted = stages.counted(name[len(front) :])
            if counted and stages.is_aside(counted):
                return Word(FIELD, shown, field=f"{stages.OPEN}{counted}{stages.VARIANT}aside", unit=unit)
            if counted:
                return Word(FIELD, shown, field=stages.OPEN + counted, unit=unit, stage=stages.OPEN + counted)
    reached = stages.reached(name)
    if reached:
        to = stage_of(reached) or stages.OPEN + reached
        return Word(FIELD, shown, field=stages.rate_between("", to), unit=unit, ends=("", to))
    return None


_MONTHLY = ("月間", "月次", "月あたり", "1ヶ月", "monthly", "permonth")


def _qualified(name: str) -> tuple[str, str]:
    """Return the field of 必要商談数, 年間の受注数 or リード数目標, and its bare name; empty if there is none."""
    if any(name.startswith(each) and FIELDS.get(name[len(each) :]) == "revenue" for each in ("平均", "average", "avg")):
        return "deal_size", name  # 平均受注金額 is of one deal
    if not name.startswith(_FRONTS) and not name.endswith(_ENDINGS):
        return "", ""
    for _ in range(3):
        for ending in AFTER:
            bare = name[: -len(ending)]
            if name.endswith(ending) and bare in FIELDS:
                return FIELDS[bare], bare
        front = next((each for each in BEFORE if name.startswith(each) and len(name) > len(each)), None)
        if front is None:
            ending = next((each for each in AFTER if name.endswith(each) and len(name) > len(each)), "")
            if not ending:
                return "", ""
            name = name[: -len(ending)]
        else:
            name = name[len(front) :]
        if name in FIELDS:
            return FIELDS[name], name
    return "", ""


def _of_channel(name: str, shown: str, unit: Unit | None) -> Word | None:
    """Return a known channel and a field: 広告リード数, organic leads."""
    if not name.startswith(_CHANNELS_FIRST):
        return None
    for channel in CHANNELS:
        if name.startswith(channel) and name[len(channel) :] in FIELDS:
            rest = name[len(channel) :]
            return _of_field(FIELDS[rest], rest, shown, unit)._replace(channel=channel)
    return None


_OF_ALL = ("全体", "全社", "会社全体", "合計", "total", "company")
_OF_WEB = ("web", "web経由", "web分", "マーケ", "マーケティング", "マーケ経由", "デジタル", "オンライン")


def _bracketed(word: Word, inner: list[str]) -> Word:
    """Return what the brackets add to a field: its unit, its channel, its arrow."""
    for each in inner:
        is_rate = unit_of_field(word.field) == RATE
        ends = _ends(each, of_rate=is_rate)
        unit = unit_in(each)
        channel = _label(each, each) if len(each) <= MAX_LABEL else None
        if ends is not None and is_rate:
            word = word._replace(field=stages.rate_between(*ends), ends=ends)
        elif unit is not None:
            word = word._replace(unit=unit)
        elif key(each) in _OF_ALL and word.field in ("revenue", "web_revenue"):
            word = word._replace(field="total_revenue")
        elif key(each) in _OF_WEB and word.field == "revenue":
            word = word._replace(field="web_revenue")
        elif key(each) in ("有効", "有効のみ", "qualified") and word.field == "meetings":
            word = word._replace(field="opportunities", stage="opportunities/有効商談")
        elif channel is not None and channel.kind == CHANNEL:
            word = word._replace(channel=channel.channel, number=channel.number)
    return word


_TURNED = terms.of("turned")
_DEEDS = ("close", "win", "book", "hit", "reach", "call", "make", "send", "sign", "get", "add", "generate", "date", "go")


def _ends(text: str, of_rate: bool = False) -> tuple[str, str] | None:
    """Return the stages that 案件→受注, 商談から受注率 or lead-to-opportunity rate leads from and to; None if it names no two."""
    parts = _ARROW.split(text)
    if len(parts) != 2:
        return None
    parts = [part.strip(" -–_/") for part in parts]
    if not all(parts):
        return None
    said = of_rate or re.search(r"率|%|\brates?\b|\bconversion\b", parts[1]) is not None
    last = (
        re.sub(r"(への|の)?(転換|移行|転化)?(化率|率|%)$|\s*(conversion\s*)?rates?$|\s*conversion$|\s*%$", "", parts[1]).strip(
            " -"
        )
        or parts[1]
    )
    if parts[1].startswith("の") and "率" not in parts[1]:
        return None  # 今月リードからの商談: how many they are
    if last in _DEEDS:
        return None  # deals to close: how many, and no rate
    ends = [stage_of(key(part)) for part in (parts[0], last)]
    # 9月から開始 leads nowhere: one end at least is a stage that is known, or the label says that it is a rate.
    if not any(ends) and not said:
        return None
    own = [stages.own(key(part)) for part in (parts[0], last)]
    found = [known_stage or own_stage for known_stage, own_stage in zip(ends, own, strict=True)]
    first, then = found[::-1] if _TURNED.search(text) else found
    return (first, then) if first and then and first != then else None


def ends_said(text: str) -> tuple[str, str] | None:
    """Return the stages that a remark on a rate leads from and to: 参加→個別相談; None if it names no two."""
    return _ends(plain(text).strip(_BULLETS), of_rate=True)


def undecorated(text: str) -> str:
    """Return a label without decoration: ・, ■, （７）, 【 】 around it."""
    bare = _NUMERALS.sub("", text.strip().lstrip(_BULLETS)).strip()
    bare = re.sub(r"^[(（]\s*[\d０-９]{1,2}\s*[)）]\s*", "", bare)
    whole = re.fullmatch(r"[【『「〔［\[]([^【】『』「」〔〕［］\[\]]+)[】』」〕］\]]", bare)
    return (whole[1] if whole else bare).strip() or text


def _without_unit(text: str) -> tuple[str, Unit | None]:
    """Return the label, and the unit at its end: Web売上 万円, 受注率/%."""
    match = re.match(r"^(.*\S)(?:\s+|\s*[/,、]\s*|(?=%$))(\S+)$", text)
    if match is None or key(text) in FIELDS:
        return text, None
    unit = unit_of(match[2])
    return (match[1], unit) if unit is not None and key(match[1]) in FIELDS else (text, None)
