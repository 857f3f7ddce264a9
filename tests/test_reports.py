"""The reports: what a terminal, a page that is mailed and a SARIF viewer are given."""

from __future__ import annotations

from kgisheet.check.finding import ERROR, NOTE, WARNING, Finding, Reading, Report
from kgisheet.errors import Problem, Text
from kgisheet.report import words
from kgisheet.report.text import text


def report(*findings: Finding, status: str = "findings", **more: object) -> Report:
    return Report("book.xlsx", status, "standard", 524, 132, 0, findings)._replace(**more)


def finding(code: str = "F01", severity: str = ERROR, sheet: str | None = "目標設定", **more: object) -> Finding:
    said = Finding(code, severity, Text(f"{code}の文", f"Sentence of {code}"), Text("直す", "mend it"), sheet=sheet, cell="D20")
    return said._replace(**more)


READ = (Reading("Sheet1", "C5", "web_revenue", "Web売上目標", 12_000_000, "1,200万円"),)
UNREADABLE = Report(
    "old.xls", "unreadable", None, 0, 0, 0, (), Problem("xls", Text("古い形式です", "an old format"), None, "old.xls")
)


def test_the_text_lists_what_was_read_of_a_foreign_sheet() -> None:
    lines = text([report(finding(), readings=READ)], "ja").splitlines()
    assert lines[1:3] == ["[読み取った項目]", "  C5 Web売上目標: 1,200万円"]
    assert "What was read" in text([report(readings=READ, status="ok")], "en")
    two = (*READ, READ[0]._replace(sheet="Sheet2", cell="A1"))
    assert "  Sheet2!A1 Web売上目標: 1,200万円" in text([report(readings=two)], "ja")
    assert "読み取った項目" not in text([report(finding())], "ja")


def test_the_worst_stands_first_in_a_sheet_and_among_the_sheets() -> None:
    found = report(
        finding("S07", NOTE, "a"), finding("I04", WARNING, "b"), finding("F01", ERROR, "b"), finding("S11", NOTE, None)
    )
    assert [(sheet, [each.code for each in group]) for sheet, group in words.by_sheet(found).items()] == [
        ("b", ["F01", "I04"]),
        ("a", ["S07"]),
        (None, ["S11"]),
    ]


def test_figures_are_shown_as_they_are_read() -> None:
    assert [words.figure(value, unit, "ja") for value, unit in
            [(4e6, "currency"), (0.3, "rate"), (30, "rate"), (21700, "count"), (None, "count"), (True, None), ("３件", "count")]] == [
        "4,000,000円", "30%", "3,000%", "21,700", "空欄", "TRUE", "３件"]  # fmt: skip
    assert words.difference(0.05, "rate", "ja") == "+5ポイント"
    assert words.difference(-0.05, "rate", "en") == "−5 points"
    assert words.difference(-3_996_000, "currency", "ja") == "−3,996,000円"


def test_the_verdict_never_calls_what_was_not_evaluated_sound() -> None:
    assert words.verdict(report(status="ok")).ja == "検査した範囲に誤りはありません。"
    assert words.verdict(report(finding())).en == "1 error: some of the figures are wrong now."
    assert words.verdict(report(finding(severity=WARNING))).ja.startswith("要確認が1件あります")
    part = report(finding(), status="incomplete", not_evaluated=2)
    assert words.verdict(part).ja == "検査できない数式が2個あり、問題なしとは言えません(ほかに誤り1件)。"
    assert words.verdict(UNREADABLE).en == "It could not be checked: an old format."
