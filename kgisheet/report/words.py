"""The wording that all reports for people share: severities, the verdict, the figures, the order."""

from __future__ import annotations

from typing import Any

from ..check.finding import CERTAIN, ERROR, LIKELY, NOTE, REVIEW, SEVERITIES, WARNING, Finding, Report
from ..language.text import Text, many
from ..values.units import RATE
from ..worksheet.shown import in_unit

NOT_EVALUATED = "not_evaluated"

SEVERITY = {
    ERROR: Text("誤り", "error"),
    WARNING: Text("要確認", "warning"),
    NOTE: Text("参考", "note"),
    NOT_EVALUATED: Text("未検査", "not evaluated"),
}

CONFIDENCE = {
    CERTAIN: Text("確実", "certain"),
    LIKELY: Text("おそらく", "likely"),
    REVIEW: Text("人の判断が必要", "your call"),
}

WHOLE_BOOK = Text("ブック全体", "the workbook")
READINGS = Text("読み取った項目", "What was read")
UNCHECKED_FIX = Text(
    "この数式は計算できません。元の数式に戻すか、kgisheet[recalc] を入れて検査し直してください",
    "this formula can't be evaluated: restore the original, or install kgisheet[recalc] and check again",
)
COMMON = Text("複数のファイルに共通", "in several files")
NOT_CHECKED = Text("検査していないもの", "not checked")
NOT_LOOKED_AT = Text(
    "この検査では分からないこと: チャネルの書き忘れがないか、率や単価が実態に合っているか、率の意味(何を分母とするか)が思っているとおりか。",
    "Not checked: whether a channel is missing, whether rates and prices are realistic, "
    "whether a rate means what it seems to (its denominator).",
)


def counts(report: Report) -> dict[str, int]:
    """Return how many findings there are of each severity, and how many formulas were not evaluated."""
    found = {severity: sum(each.severity == severity for each in report.findings) for severity in SEVERITIES}
    return {**found, NOT_EVALUATED: report.not_evaluated}


def counted(severity: str, number: int) -> Text:
    """Say how many findings there are of a severity: 誤り 1, 1 error."""
    said = SEVERITY[severity]
    return Text(f"{said.ja} {number}", many(number, said.en))


def tally(found: dict[str, int]) -> Text:
    """Say how many findings there are of each severity: 1 error, 0 warnings, 2 notes."""
    said = [counted(each, found[each]) for each in SEVERITIES]
    return Text("、".join(each.ja for each in said), ", ".join(each.en for each in said))


def left_out(report: Report) -> Text:
    """Say that findings were filtered out: their absence must not be taken for soundness."""
    return Text(
        f"(指定により表示していない指摘が{report.left_out}件)", f" ({many(report.left_out, 'finding')} not shown, as asked)"
    )


def by_sheet(report: Report) -> dict[str | None, list[Finding]]:
    """Return the findings by sheet, the worst first: in each sheet, and the sheets by their worst."""
    sheets: dict[str | None, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda each: SEVERITIES.index(each.severity)):
        sheets.setdefault(finding.sheet, []).append(finding)
    return sheets


def state(report: Report) -> str:
    """Return the state of a file in one word: a severity, ``ok``, NOT_EVALUATED or ``unreadable``."""
    if report.status in ("ok", "unreadable"):
        return report.status
    if counts(report)[ERROR]:
        return ERROR  # the worst that is known, whatever could not be checked
    return NOT_EVALUATED if report.status == "incomplete" else WARNING


def worst(report: Report) -> Finding | None:
    """Return the first of the gravest findings, unless those are only notes."""
    found = [each for each in report.findings if each.severity != NOTE]
    return min(found, key=lambda each: SEVERITIES.index(each.severity)) if found else None


STATES = {
    "ok": Text("問題なし", "OK"),
    ERROR: Text("誤りあり", "errors"),
    WARNING: Text("要確認", "warnings"),
    NOT_EVALUATED: Text("未検査あり", "not all evaluated"),
    "unreadable": Text("読めません", "unreadable"),
}


def nothing_compared(report: Report) -> bool:
    """Return whether fields were read and no two compared; not where a part of the file was left out, as a warning then says."""
    in_part = any(each.code == "S12" and each.severity == WARNING for each in report.findings)
    return report.status == "incomplete" and bool(report.readings) and not report.not_evaluated and not in_part


def verdict(report: Report) -> Text:
    """Return the verdict on a file, in one sentence."""
    if report.problem is not None:
        what = report.problem.what
        return Text(f"検査できませんでした: {what.ja}。", f"It could not be checked: {what.en}.")
    found = counts(report)
    errors, warnings = found[ERROR], found[WARNING]
    if report.status == "ok":
        return Text("検査した範囲に誤りはありません。", "No errors in what was checked.")
    if report.status == "incomplete":
        missing = report.not_evaluated
        partly = compared(report)
        if partly is not None and not missing and not errors:
            return Text(f"{partly.ja}。それらが正しいかは分かりません。", f"{partly.en}: whether those are right isn't known.")
        if nothing_compared(report) and not errors:
            return Text(
                "項目は読み取れましたが、突き合わせて検査できる関係がなく、問題なしとは言えません。",
                "Fields were read, but nothing in them could be checked against anything else, so it can't be called OK.",
            )
        also_ja, also_en = (f"(ほかに誤り{errors}件)", f" (and {many(errors, 'error')})") if errors else ("", "")
        return Text(
            f"検査できない{'欄' if report.readings else '数式'}が{missing}個あり、問題なしとは言えません{also_ja}。"
            if missing
            else f"一部を検査できなかったため、問題なしとは言えません{also_ja}。",
            f"{many(missing, 'cell' if report.readings else 'formula')} could not be evaluated, so it can't be called OK{also_en}."
            if missing
            else f"It was checked only in part, so it can't be called OK{also_en}.",
        )
    if errors:
        return Text(
            f"誤りが{errors}件あります。今の数値には正しくないものがあります。",
            f"{many(errors, 'error')}: some of the figures are wrong now.",
        )
    return Text(
        f"要確認が{warnings}件あります。誤りの疑いがあるか、次の編集で数値が狂うおそれがあります。",
        f"{many(warnings, 'warning')}: something is probably wrong, or will go wrong at the next edit.",
    )


_LISTED = 4


def compared(report: Report) -> Text | None:
    """Say of a freeform sheet how many figures were compared, and which with nothing; None where every goal was."""
    explained = report.explained
    if explained is None or not explained.alone or not explained.compared:
        return None
    listed, more = explained.alone[:_LISTED], len(explained.alone) - _LISTED
    titles = {each.partition("!")[0] for each in explained.alone}
    places = [each.partition("!")[2] if len(titles) == 1 else each for each in listed]
    return Text(
        f"数値{explained.compared}個を突き合わせ、{len(explained.alone)}個は突き合わせる相手がありません"
        f"({'、'.join(places)}{f' ほか{more}個' if more > 0 else ''})",
        f"{many(explained.compared, 'figure')} compared, {len(explained.alone)} with nothing"
        f" ({', '.join(places)}{f' and {more} more' if more > 0 else ''})",
    )


def figure(value: Any, unit: str | None, lang: str) -> str:
    """Return a finding's JSON value as the reader writes it: 40, 30%, 4,000,000円; a blank is named as such."""
    if value is None:
        return Text("空欄", "blank").to(lang)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return in_unit(value, unit).to(lang) if isinstance(value, (int, float)) else str(value)


def difference(value: float, unit: str | None, lang: str) -> str:
    """Return a difference with its sign; for two rates in points, as a difference of 5% could mean either."""
    if unit != RATE:
        text = in_unit(abs(value), unit).to(lang)
    else:
        points = in_unit(abs(value) * 100, None).to(lang)
        text = Text(f"{points}ポイント", f"{points} points").to(lang)
    return f"{'−' if value < 0 else '+'}{text}"
