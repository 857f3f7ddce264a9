"""How a sentence says a claim: in words, and in figures rounded as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sentence_facts import Claims

_AMOUNT = {
    "ja": r"(?:約)?[\d,]+(?:\.\d+)?(?:千兆円|億円|百万円|万円|千円|円)",
    "en": r"(?:about )?¥[\d,]+(?:\.\d+)?(?: billion| million)?",
}
_YEN = {
    "千兆円": 10**15,
    "億円": 10**8,
    "百万円": 10**6,
    "万円": 10**4,
    "千円": 10**3,
    "円": 1,
    " billion": 10**9,
    " million": 10**6,
    "": 1,
}
_STEP = {
    "千兆円": 10**13,
    "億円": 10**6,
    "百万円": 10**4,
    "万円": 10**3,
    "千円": 100,
    "円": 1,
    " billion": 10**7,
    " million": 10**4,
    "": 1,
}

# claim: what it says in each language; {a} an amount, {p} a percentage, {n} a count, {list} names in quotes.
_WORDS: dict[str, tuple[str, str]] = {
    "goal": ("Web経由の受注金額{a}", "Win orders worth {a}"),
    "of total": ("(全体売上{a}のうち)を", " from the web (of {a} in total)"),
    "above total": ("(全体売上{a}を超えています)を", " from the web (above the total of {a})"),
    "no total": ("を", " from the web"),
    "year": ("、年間で獲得します。", " within the year."),
    "month": ("、毎月獲得します。", " each month."),
    "no period": ("獲得します(期間は未入力)。", " (the period is not filled in)."),
    "optimistic": ("(強気のシナリオの率で計算しています。)", " (At the rates of the optimistic scenario.)"),
    "pessimistic": ("(弱気のシナリオの率で計算しています。)", " (At the rates of the pessimistic scenario.)"),
    "no goal": ("Web売上の目標が未入力です。", "The web revenue goal is not filled in."),
    "zero goal": ("Web売上の目標が0円です。", "The web revenue goal is ¥0."),
    "lacks": ("目標設定の{list}が未入力のため、計算できません。", "Can't be calculated yet: fill in{list} on “Goals”."),
    "unworked": (
        "目標設定の値から計算できません(「根拠」の検算を確認してください)。",
        "Can't be calculated from “Goals”: see the check on “Basis”.",
    ),
    "price": ("受注単価{a}なので、受注は{n}件必要です。", "Deals needed at {a} each: {n}"),
    "win": ("受注率{p}なら案件は{n}件、", "; opportunities at a win rate of {p}: {n}"),
    "opportunity": ("案件化率{p}なら商談は{n}件必要です。", "; meetings at an opportunity rate of {p}: {n}"),
    "win short": ("商談受注率{p}なら商談は{n}件必要です。", "; meetings at a meeting-to-win rate of {p}: {n}"),
    "leads": ("そのためにリード{n}件", "; leads: {n}"),
    "visits": ("、訪問{n}回", "; visits: {n}"),
    "needed": ("が必要です。", "."),
    "no visits": (
        "CV率の入力が足りないため、訪問数は計算できません。",
        " Visits can't be calculated: a conversion rate is missing or out of range.",
    ),
    "no deal": (
        "受注1件分に遠く満たない目標で、受注数がほぼ0件です。",
        "The goal is far less than one deal, so it comes to almost no deals.",
    ),
    "today lacks": (
        "現状の訪問からの売上は、目標設定の{list}が未入力のため、計算できません。",
        "Revenue from current visits can't be calculated: fill in{list} on “Goals”.",
    ),
    "today": ("現状の訪問と率が続くと、売上は{a}", "At current visits and rates, revenue comes to {a}"),
    "reach": ("(目標の{p})", " ({p} of the goal)"),
    "short": ("で、{a}足りません。", ", short by {a}."),
    "reached": ("で、目標に届きます。", ", and the goal is reached."),
    "that": ("です。", "."),
    "no compare": ("です。Web売上の目標が未入力のため、比べられません。", "; there is no web revenue goal to compare it with."),
    "today part": (
        "現状の訪問数・リード数か率が未入力のチャネルが{n}つあり、全体の見込みは計算できません。入力済みのチャネルの売上は{a}",
        "Channels without current visits, leads or rates: {n}; their revenue is unknown. The others come to {a}",
    ),
    "their goal": ("で、その分の目標{a}の{p}です。", " against their goal of {a} ({p})."),
    "cost lacks": (
        "費用は、目標設定の{list}が未入力のため、計算できません。",
        "The cost can't be calculated: fill in{list} on “Goals”.",
    ),
    "cost": ("費用は{a}", "It costs {a}"),
    "cost part": (
        "リード1件の費用が未入力のチャネルが{n}つあり、全体の費用は計算できません。入力済みのチャネルの費用は{a}",
        "Channels without a cost per lead: {n}; their cost is unknown. For the others: it costs {a}",
    ),
    "each": ("、受注1件あたり{a}です。", ", {a} per deal."),
    "return": ("ROAS(売上÷費用)は{p}です。", " Revenue is {p} of the cost."),
    "affordable": ("受注1件あたりの費用は粗利額を下回ります。", " The cost per deal is within its gross margin."),
    "too dear": ("受注1件あたりの費用が粗利額を超えています。", " The cost per deal exceeds its gross margin."),
    "example": ("記入例の数字のため、判定していません。", "Not judged: these are example figures."),
    "unneeded": ("目標が計算できていないため、判定できません。", "There is no calculated goal to compare them with."),
    "binds": ("× このままでは足りません: ", "✗ Not enough:"),
    "accounts": ("「ターゲット企業数」", " “target accounts”"),
    "contacts": ("「担当者数」", " “contacts”"),
    "sales": ("「営業が対応できる商談数」", " “sales capacity”"),
    "budget": ("「予算」", " “budget”"),
    "pipeline": ("「期首パイプライン(期首前に必要なリード)」", " “opening pipeline”"),
    "used": ("(使用率{p})", " ({p} used)"),
    "used at least": ("(使用率{p}以上)", " ({p} or more used)"),
    "nil": ("(上限が0)", " (limit is 0)"),
    "stop": ("。", "."),
    "free": ("○ 入力した制約の中に収まります", "✓ Within the limits entered"),
    "nearest": ("。最も厳しい制約は", "; the tightest is"),
    "open": ("次の制約が未入力のため、判定できません: ", "Not judged, as these limits are not filled in:"),
    "unjudged": ("未入力があり判定していない制約: ", " Not judged (not filled in):"),
    "risk win": ("受注率の前提が一般的な目安(20〜40%)から外れています。", "The win rate is outside the benchmark (20–40%). "),
    "risk opportunity": (
        "案件化率の前提が一般的な目安(40〜60%)から外れています。", "The opportunity rate is outside the benchmark (40–60%). ",
    ),
    "risk gap": ("現状のペースでは目標に届きません。", "The current pace does not reach the goal. "),
    "risk unknown": ("現状の見込みを計算できないチャネルがあります。", "Current figures are missing for some channels. "),
    "risk proof": ("総合判定が「要確認」です。", "The overall status is “Check”. "),
    "risk open": ("目標設定に未入力の項目があります。", "Some inputs on the goal page are missing. "),
    "risk end": ("いずれかの率が前提を下回ると、売上も同じ割合で減ります。", "If a rate falls short, revenue falls in proportion."),
}  # fmt: skip
_NAMES = {
    "web_revenue": ("「Web売上」", " “Web revenue”"),
    "deal_size": ("「受注単価」", " “Deal size”"),
    "win_rate": ("「受注率」", " “Win rate”"),
    "win_rate short": ("「商談受注率」", " “Meeting-to-win rate”"),
    "opportunity_rate": ("「案件化率」", " “Opportunity rate”"),
    "channels": ("「チャネル(名前・配分・アポ率)」", " “Channels (name, split, meeting rate)”"),
}


def apart(said: str) -> str:
    """Names in quotes as English lists them: with commas between."""
    return said.replace("” “", "”, “")


def pattern(claim: tuple[Any, ...], lang: str) -> str:
    words = re.escape(_WORDS[claim[0]][lang == "en"])
    for field, form in (("a", _AMOUNT[lang]), ("p", r"[\d,.]+%"), ("n", r"[\d,.]+")):
        words = words.replace(re.escape(f"{{{field}}}"), f"({form})")
    if len(claim) > 1 and isinstance(claim[1], list):
        words = words.replace(re.escape("{list}"), re.escape(apart("".join(_NAMES[name][lang == "en"] for name in claim[1]))))
    return words


def figures(wanted: Claims, match: re.Match[str], lang: str) -> Iterator[tuple[str, str]]:
    kinds = [kind for claim in wanted for kind in re.findall(r"\{([apn])\}", _WORDS[claim[0]][lang == "en"])]
    return zip(kinds, match.groups(), strict=True)


def unit_of(text: str, lang: str) -> str:
    if lang == "ja":
        return re.sub(r"[約\d,.]", "", text)
    return re.sub(r"about |[¥\d,.]", "", text)


def agrees(kind: str, text: str, value: Fraction, lang: str) -> bool:
    number = Fraction(re.sub(r"[^\d.]", "", text))
    if kind == "a":
        unit = unit_of(text, lang)
        off = abs(number * _YEN[unit] - value)
        is_about = text.startswith(("約", "about"))
        # A shortfall is what is left of the goal beside the revenue as written: a step, not half of one.
        return off <= _STEP[unit] if is_about else off <= Fraction(1, 2) + Fraction(1, 100)
    scale = 100 if kind == "p" else 1
    few = abs(value * scale) < (1 if kind == "p" else Fraction(1, 10))
    near_whole = kind == "p" and abs(value - 1) < Fraction(1, 2000)
    return abs(number - value * scale) <= Fraction(1, 20000 if few or near_whole else 20)
