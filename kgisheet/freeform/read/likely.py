"""Say of a text, quickly and before `words.understand` does it all, whether it may be a label."""

from __future__ import annotations

import re

from ...values.regex import regex
from .units import MAX_LABEL

# What at least stands in any field's label or a sheet's unit.
_LIKELY = regex(
    "|".join(
        re.escape(stem)
        for stem in (
            *["売上", "受注", "単価", "目標", "成約", "契約", "クロージ", "案件", "有効", "商談", "アポ", "リード", "コンバ", "問", "見込", "訪問", "アクセス", "流入", "セッション", "配分", "構成", "シェア", "対象"],
            *["ターゲット", "担当", "web", "ウェブ", "オンライン", "マーケ", "その他", "ｱﾎﾟ", "ﾘｰﾄﾞ", "ｺﾝﾊﾞ", "ｱｸｾｽ", "ｾｯｼｮﾝ", "単位", "unit", "cv", "kgi", "sql", "revenue", "sales", "deal", "aov", "acv", "price"],
            *["value", "win", "won", "closed", "contract", "order", "customer", "clos", "opp", "qualified", "meeting", "appointment", "appt", "lead", "conver", "inquir", "enquir"],
            *["form", "visit", "session", "access", "traffic", "share", "mix", "split", "alloc", "target", "contact", "booking", "amount", "value", "率", "rate", "→", "->", "yen", "円", "単", "万", "金額"],
            *["面談", "数", "デジタル", "quota", "ノルマ", "パイプ", "pipeline", "coverage", "カバ", "cpl", "cac", "cost", "spend", "spent", "費", "予算", "budget",  "トラフィ", "資料", "mql", "demo", "オフライン", "asp", "うち"],
            *["goal", "proposal", "call", "trial", "signup", "quote", "prospect", "client", "応募", "面接", "内定", "採用", "来場", "名刺", "見積", "提案", "架電", "申込"],
            *["arr", "mrr", "nrr", "outlook", "forecast", "churn", "renew", "計画", "解約", "更新", "会員", "予実"],
            *["logo", "account", "project", "ticket", "sale", "額", "capacity", "utili", "income", "hire", "hiring"],
        )
    )
)  # fmt: skip
_NARROW = regex("[\uff61-\uff9f]")  # ﾘｰﾄﾞ数
_WIDTHS: dict[int, int | None] = {each: each - 0xFEE0 for each in range(0xFF01, 0xFF5F)}
_HALF = _WIDTHS | dict.fromkeys(map(ord, " \u3000\u00a0\n"))


def likely(text: str) -> bool:
    """Return whether a text may be a field's label, or give a sheet's unit; false positives are possible, false negatives aren't."""
    if len(text) > 2 * MAX_LABEL:
        return False
    return _LIKELY.search(text.translate(_HALF).lower()) is not None or _NARROW.search(text) is not None
