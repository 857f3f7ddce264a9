"""The reports: what a terminal, a page that is mailed and a SARIF viewer are given."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from conftest import Ran, page_only
from hands import edited

from kgisheet import api
from kgisheet.check.explain import pages
from kgisheet.check.finding import CODES, ERROR, NOTE, WARNING, Finding, Reading, Report
from kgisheet.errors import Problem
from kgisheet.language.text import Text
from kgisheet.report import words
from kgisheet.report.html import html
from kgisheet.report.sarif import sarif, uri
from kgisheet.report.text import text

Run = Callable[..., Ran]


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
    at = lines.index("[読み取った項目]")  # after the findings
    assert lines[at + 1] == "  C5 Web売上目標: 1,200万円"
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


# -- the page that is mailed --------------------------------------------------


class Page(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def attributes(self, name: str) -> list[str]:
        return [given[name] for _, given in self.elements if name in given]


HARMLESS = {"html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer", "article", "h1", "h2", "h3",
            "h4", "p", "b", "a", "span", "bdi", "div", "ul", "li", "dl", "dt", "dd", "details", "summary",
            "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
NAMES = ["<script>alert(1)</script>", '"><img src=x onerror=1>', "' onmouseover='1", "</style></title><a href=http://x>",
         "a\u202egnp.exe\u2066", "\x1b[31mred\x00\x9b", "=HYPERLINK(1)", "\ud800", "&lt;b&gt;"]  # fmt: skip


def assert_harmless(source: str) -> Page:
    page = Page(source)
    assert {tag for tag, _ in page.elements} <= HARMLESS
    given = {name for _, attributes in page.elements for name in attributes}
    assert given <= {"lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "scope", "aria-labelledby"}
    ids = page.attributes("id")
    assert len(set(ids)) == len(ids)
    assert {link.removeprefix("#") for link in page.attributes("href")} <= set(ids)
    assert not re.search(r"@import|url\(|:\s*//", source.partition("<style>")[2].partition("</style>")[0])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]", source)
    return page


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_names_from_a_workbook_do_no_harm_on_the_page(lang: str) -> None:
    def rename(workbook: openpyxl.Workbook) -> None:
        sheet = workbook[str(records["channel_name[1]"].sheet)]
        sheet[str(records["channel_name[1]"].cell)] = NAMES[0]
        sheet[str(records["channel_name[2]"].cell)] = NAMES[1]
        for number in (1, 2):
            sheet[str(records[f"channel_leads[{number}]"].cell)] = 7

    data = page_only(lang=lang)
    records = {each.name: each for each in api.records_of_book(data, "x")[1]}
    page = assert_harmless(html([api.check(edited(data, rename), NAMES[1])], lang))
    assert NAMES[0] in page.text
    assert NAMES[1] in page.text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_a_finding_carries_does_harm(name: str) -> None:
    hostile = finding(name, label=name, name=name, cell=name, sheet=name, found=name, expected=name, root=name,
                      message=Text(name, name), fix=Text(name, name), affected=(name,) * 20)  # fmt: skip
    read = Reading(name, name, name, name, name, name)
    bad = UNREADABLE._replace(file=name, problem=Problem("x", Text(name, name), Text(name, name), name))
    assert_harmless(html([report(hostile, file=name, template=name, readings=(read,)), bad], "ja"))
    json.dumps(sarif([report(hostile._replace(code="F01"), file=name), bad], "ja", "1")).encode()


def test_the_policy_of_the_page_allows_its_own_style_and_nothing_else() -> None:
    source = html([report(finding())], "ja")
    policy = next(
        given["content"] for _, given in Page(source).elements if given.get("http-equiv") == "Content-Security-Policy"
    )
    style = source.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert source.index("Content-Security-Policy") < source.index("<style>")


def test_a_finding_on_the_page_says_all_there_is_to_it() -> None:
    full = finding("F01", label="必要商談数", found=45, expected=40, difference=5, unit="count", confidence="likely",
                   affected=(*(f"目標設定!D{row}" for row in range(20, 39)), "月次予実!C5"))  # fmt: skip
    said = Page(html([report(full)], "ja")).text
    for part in (
        "誤り F01 D20 必要商談数",
        "今の値 正しい値 差 45 40 +5",
        "対処: 直す",
        "確からしさ: おそらく",
        "影響するセル(20)",
    ):
        assert part in said
    assert pages()["F01"].what.ja in said
    assert pages()["F02"].what.ja not in said
    assert words.NOT_LOOKED_AT.ja in said


def test_many_files_have_an_overview_with_links_to_each() -> None:
    page = Page(html([report(finding(), readings=READ), UNREADABLE, report(status="ok")], "en"))
    assert page.attributes("href")[:3] == ["#file-1", "#file-2", "#file-3"]
    assert "File Verdict Error Warning Note Not evaluated" in page.text
    assert "old.xls unreadable" in page.text
    assert "It could not be checked: an old format." in page.text
    assert "What was read" in page.text
    assert "Web売上目標 1,200万円" in page.text
    assert page.elements[0] == ("html", {"lang": "en"})


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, as WCAG 2.2 has it."""

    def luminance(colour: str) -> float:
        colour = colour * 2 if len(colour) == 3 else colour
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_text_of_the_page_can_be_read() -> None:
    style = html([], "ja").partition("<style>")[2].partition("</style>")[0]
    pairs = re.findall(r"[{ ]color: #(\w+)(?:; background: #(\w+))?", style)
    assert len(pairs) >= 6
    assert contrast("000", "fff") == pytest.approx(21)
    assert [pair for pair in pairs if contrast(pair[0], pair[1] or "fff") < 4.5] == []


# -- SARIF ----------------------------------------------------------------------

# The OASIS schema, as packages on the Python index carry it.
SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


def valid(log: dict[str, Any]) -> dict[str, Any]:
    """The log's one run; fails unless the schema and the rules that no schema can hold are kept."""
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for each in [*run["results"], *run["invocations"][0]["toolExecutionNotifications"]]:
        for location in each["locations"]:
            place = location["physicalLocation"]["artifactLocation"]
            if "index" in place:  # what was passed over is no artifact of the run
                assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
            assert re.fullmatch(r"(file:)?[A-Za-z0-9%/._~:-]+", place["uri"])
    return dict(run)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_log_is_valid_and_says_what_the_report_says(lang: str) -> None:
    def spoil(workbook: openpyxl.Workbook) -> None:
        workbook["目標設定"]["C10"] = 30

    found = api.check(edited(page_only(), spoil), "book.xlsx")
    run = valid(sarif([found], lang, "1.2.3"))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], [each["id"] for each in driver["rules"]]) == ("kgisheet", "1.2.3", list(CODES))
    assert run["invocations"][0]["executionSuccessful"] is True
    assert [each["ruleId"] for each in run["results"]] == [each.code for each in found.findings]
    result = next(each for each in run["results"] if each["ruleId"] == "I03")
    assert result["level"] == "error"
    assert ("100%までです\n→ 30%のつもりなら" if lang == "ja" else "100% at most\n→ type 30%") in result["message"]["text"]
    (logical,) = result["locations"][0]["logicalLocations"]
    assert logical == {"name": "win_rate", "fullyQualifiedName": "'目標設定'!C10", "kind": "cell"}
    assert (result["properties"]["found"], result["properties"]["expected"]) == (30, 0.3)


def test_a_rule_has_the_level_that_its_code_has_as_a_rule() -> None:
    rules = {
        each["id"]: each["defaultConfiguration"]["level"] for each in valid(sarif([], "en", "1"))["tool"]["driver"]["rules"]
    }
    assert {rules["F01"], rules["X05"]} == {"error"}
    assert {rules["I10"], rules["F11"]} == {"warning"}
    assert {rules["C02"], rules["I11"]} == {"note"}


def test_the_schema_sees_what_is_wrong() -> None:
    log = sarif([report(finding())], "en", "1")
    log["runs"][0]["results"][0]["locations"][0]["cell"] = "D20"
    with pytest.raises(jsonschema.ValidationError):
        valid(log)


def test_a_fingerprint_outlives_another_figure_and_another_language() -> None:
    def prints(lang: str, *found: Finding) -> list[str]:
        run = valid(sarif([report(*found)], lang, "1"))
        return [value for each in run["results"] for value in each["partialFingerprints"].values()]

    one = finding(name="won_deals", found=1)
    moved = one._replace(found=2, cell="D21", message=Text("x", "y"))
    assert prints("ja", one) == prints("en", moved)
    assert len(set(prints("ja", one, one, finding(name="leads"), finding("F02", name="won_deals"), finding(name=None)))) == 5


def test_files_that_were_not_wholly_checked_are_notified() -> None:
    part = report(status="incomplete", not_evaluated=1, file="b c.xlsx")
    invocation = valid(sarif([UNREADABLE, part, report(finding())], "en", "1"))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    said = [(each["level"], each["message"]["text"], each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
            for each in invocation["toolExecutionNotifications"]]  # fmt: skip
    assert said == [
        ("error", "It could not be checked: an old format.", "old.xls"),
        ("warning", "1 formula could not be evaluated, so it can't be called OK.", "b%20c.xlsx"),
    ]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("out/book.xlsx", "out/book.xlsx"),
        ("目標 #1.xlsx", "%E7%9B%AE%E6%A8%99%20%231.xlsx"),
        ("out\\100%?.xlsx", "out/100%25%3F.xlsx"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("/home/a b.xlsx", "file:///home/a%20b.xlsx"),
        ("C:\\goals\\a.xlsx", "file:///C:/goals/a.xlsx"),
        ("\\\\server\\share\\a.xlsx", "file://server/share/a.xlsx"),
        ("caf\udce9.xlsx", "caf%E9.xlsx"),
    ],
)
def test_a_file_is_a_uri(file: str, expected: str) -> None:
    assert uri(file) == expected


def test_a_message_holds_neither_links_nor_placeholders() -> None:
    label = "[click](http://x) {0}"
    (result,) = valid(sarif([report(finding(message=Text(label, label)))], "en", "1"))["results"]
    assert result["message"]["text"].startswith(r"\[click\](http://x) {{0}}")
    formula = "=[1]Sheet1!$A$1"
    (result,) = valid(sarif([report(finding(message=Text(formula, formula)))], "en", "1"))["results"]
    assert result["message"]["text"].startswith(formula)


# -- the command ------------------------------------------------------------------


def test_the_command_writes_each_form(kgisheet: Run, tmp_path: Path) -> None:
    (tmp_path / "目標.xlsx").write_bytes(page_only())
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    ran = kgisheet("check", ".", "--format", "html", "--lang", "ja", lang="C", PYTHONUTF8="0")
    assert ran.code == 3
    assert "目標.xlsx" in assert_harmless(ran.out.decode()).text
    assert kgisheet("check", "目標.xlsx", "--format", "html", "-o", "report.html").code == 0
    assert assert_harmless((tmp_path / "report.html").read_text(encoding="utf-8")).elements[0][1] == {"lang": "en"}
    ran = kgisheet("check", ".", "--format", "sarif")
    assert ran.code == 3
    assert len(valid(json.loads(ran.out))["artifacts"]) == 2


def test_a_name_that_is_no_utf8_stops_no_report(kgisheet: Run, tmp_path: Path) -> None:
    Path(str(tmp_path).encode().decode(), "caf\udce9.xlsx").write_bytes(b"no workbook")
    for form in ("text", "json", "html", "sarif"):
        assert kgisheet("check", ".", "--format", form, "-o", f"report.{form}").code == 3
        assert kgisheet("check", ".", "--format", form).code == 3
    assert json.loads((tmp_path / "report.json").read_text())["reports"][0]["file"] == "caf\udce9.xlsx"
    assert "caf%E9.xlsx" in (tmp_path / "report.sarif").read_text()
