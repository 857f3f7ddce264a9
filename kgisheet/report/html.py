"""The report as one page that can be mailed: no script, nothing fetched, whatever the cells contain.

All text from a file goes through ``_safe``; all markup is written here.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from ..check.explain import Page, pages
from ..check.finding import CERTAIN, Finding, Report
from ..language.text import Text
from ..version import __version__
from .spool import Reports
from .tables import table, table_lines
from .words import (
    CONFIDENCE,
    NOT_CHECKED,
    NOT_EVALUATED,
    NOT_LOOKED_AT,
    READINGS,
    SEVERITY,
    STATES,
    UNCHECKED_FIX,
    WHOLE_BOOK,
    by_sheet,
    counts,
    difference,
    figure,
    left_out,
    state,
    verdict,
)

_FEW = 8
"""So many affected cells are listed at once; more fold away."""


def html(reports: Reports, lang: str, passed: Sequence[str] = (), explain: bool = False) -> str:
    """Return one self-contained page for all the reports; for several files, an overview comes first.

    ``passed`` are files and folders that were skipped; ``explain`` adds how freeform sheets were read.
    """
    return "".join(html_pieces(reports, lang, passed, explain))


def html_pieces(reports: Reports, lang: str, passed: Sequence[str] = (), explain: bool = False) -> Iterator[str]:
    """Yield the page piece by piece; it goes through the reports three times."""
    gap = ""
    for part in _PageOf(lang, explain).page(reports, passed):
        if part:
            yield f"{gap}{part}"
            gap = "\n"


def _safe(text: object) -> str:
    """Return text from a file as text of the page: markup escaped, control and bidirectional characters removed."""
    kept = []
    for letter in str(text):
        if letter in "\t\n\r\u2028\u2029":
            kept.append(" ")
        elif letter in _JOINERS or unicodedata.category(letter) not in _STEERING:
            kept.append(letter)
    return escape("".join(kept))


_STEERING = {"Cc", "Cf", "Cs"}  # controls; bidi and other invisible marks; lone surrogates
_JOINERS = "\u200c\u200d"  # without which some scripts and pictures fall apart


def _isolated(text: object) -> str:
    """Return a name or label with its writing direction isolated."""
    return f"<bdi>{_safe(text)}</bdi>"


class _PageOf:
    """The parts of the page, in one language."""

    def __init__(self, lang: str, explain: bool) -> None:
        self.lang, self.explain = lang, explain
        self.pages: dict[str, Page] = pages()

    def say(self, ja: str, en: str) -> str:
        return Text(ja, en).to(self.lang)

    def page(self, reports: Reports, passed: Sequence[str]) -> Iterator[str]:
        style = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
        # The hash allows this very style and no other, not even a style attribute.
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        title = self.say("目標シートの検査結果", "Goal sheet check")
        what = f"{len(reports)}" + self.say("ファイル", " files") if len(reports) != 1 else _safe(next(iter(reports)).file)
        yield from (
            f'<!DOCTYPE html>\n<html lang="{"en" if self.lang == "en" else "ja"}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            # A phone would make links of our figures.
            '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">',
            f"<title>{title}: {what}</title>\n<style>{style}</style>\n</head>\n<body>",
            f"<header>\n<h1>{title}</h1>",
        )
        if len(reports) != 1:
            yield from self.overview(reports)
        yield from (
            self.passed(passed),
            f'<p class="small">{NOT_LOOKED_AT.to(self.lang)}</p>\n</header>\n<main>',
        )
        yield from (self.file(number, report) for number, report in enumerate(reports, 1))
        yield from (
            self.glossary(reports),
            f'</main>\n<footer class="small">kgisheet {_safe(__version__)}</footer>\n</body>\n</html>',
        )

    # -- all the files ------------------------------------------------------

    def overview(self, reports: Reports) -> Iterator[str]:
        heads = [
            self.say("ファイル", "File"),
            self.say("判定", "Verdict"),
            *(each.to(self.lang).capitalize() for each in SEVERITY.values()),
        ]
        title = self.say(f"検査した{len(reports)}ファイル", f"{len(reports)} files")
        lines = table_lines(heads, (self.row(number, report) for number, report in enumerate(reports, 1)), "wide")
        yield f'<p>{title}</p>\n<div class="scroll">{next(lines)}'
        yield from lines
        yield "</div>"

    def row(self, number: int, report: Report) -> str:
        numbers = ["–" if report.problem else f"{each:,}" for each in counts(report).values()]
        return (
            f'<tr><td><a href="#file-{number}">{_isolated(report.file)}</a></td><td>{self.state(report)}</td>'
            + "".join(f'<td class="number">{each}</td>' for each in numbers)
            + "</tr>"
        )

    def passed(self, passed: Sequence[str]) -> str:
        """Return the files and folders that were skipped."""
        if not passed:
            return ""
        return f"<p>{NOT_CHECKED.to(self.lang).capitalize()}: {self.say('、', ', ').join(map(_isolated, passed))}</p>"

    def state(self, report: Report) -> str:
        how = state(report)
        return f'<span class="word {how}">{STATES[how].to(self.lang)}</span>'

    # -- one file -----------------------------------------------------------

    def file(self, number: int, report: Report) -> str:
        said = _safe(left_out(report).to(self.lang)) if report.left_out else ""
        parts = [
            f'<section id="file-{number}" aria-labelledby="name-{number}">',
            f'<h2 id="name-{number}">{_isolated(report.file)}</h2>',
            f'<p class="verdict {state(report)}">{_safe(verdict(report).to(self.lang))}{said}</p>',
        ]
        if report.problem is None:
            parts.append(self.figures(report))
        elif report.problem.fix is not None:
            parts.append(f"<p>→ {_safe(report.problem.fix.to(self.lang))}</p>")
        parts.append(self.readings(report))
        parts.append(self.explained(report) if self.explain else "")
        for sheet, findings in by_sheet(report).items():
            title = self.say("シート ", "Sheet ") + _isolated(sheet) if sheet else WHOLE_BOOK.to(self.lang).capitalize()
            parts += [f"<h3>{title}</h3>", self.hidden(report, sheet), *(self.finding(each) for each in findings)]
        parts.append(self.unchecked(report))
        return "\n".join([*filter(None, parts), "</section>"])

    def hidden(self, report: Report, sheet: str | None) -> str:
        """Return how a sheet comes in sight that has findings and is hidden."""
        if sheet not in report.hidden:
            return ""
        said = self.say(
            "非表示のシートです。シート見出しを右クリックし、「再表示」で開けます。",
            "This sheet is hidden: right-click a sheet tab and choose Unhide to see it.",
        )
        return f'<p class="small">{said}</p>'

    def explained(self, report: Report) -> str:
        """Return how a freeform sheet was read."""
        from .chains import chains  # only where it is asked for

        return chains(report, self.lang, _isolated)

    def unchecked(self, report: Report) -> str:
        """Return the formulas that could not be evaluated."""
        if not report.unchecked:
            return ""
        heads = [self.say("シート", "Sheet"), self.say("セル", "Cell"), self.say("数式", "Formula")]
        rows = [
            f'<tr><td>{_isolated(each.sheet)}</td><td><span class="cell">{_safe(each.cell)}</span></td>'
            f"<td>{_isolated(each.formula)}</td></tr>"
            for each in report.unchecked
        ]
        said = f"<p><b>{self.say('対処:', 'What to do:')}</b> {UNCHECKED_FIX.to(self.lang)}</p>"
        title = SEVERITY[NOT_EVALUATED].to(self.lang).capitalize()
        return f'<h3>{title}</h3>\n<div class="scroll">{table(heads, rows)}</div>\n{said}'

    def figures(self, report: Report) -> str:
        items = [
            f'<li><span class="word {kind}">{SEVERITY[kind].to(self.lang)}</span> <b>{number:,}</b></li>'
            for kind, number in counts(report).items()
        ]
        about = [
            self.say(f"数式 {report.formulas:,}", f"{report.formulas:,} formulas"),
            self.say(f"セル {report.cells:,}", f"{report.cells:,} cells"),
        ]
        if report.template:
            about.insert(0, self.say("テンプレート ", "template ") + _isolated(report.template))
        joined = self.say("、", ", ").join(about)
        return f'<ul class="counts">{"".join(items)}</ul>\n<p class="small">{self.say("検査対象: ", "Checked: ")}{joined}</p>'

    def readings(self, report: Report) -> str:
        """Return what was recognised on a freeform sheet: what is not listed was not checked."""
        if not report.readings:
            return ""
        heads = [self.say("シート", "Sheet"), self.say("セル", "Cell"), self.say("項目", "Field"), self.say("値", "Value")]
        rows = [
            f'<tr><td>{_isolated(each.sheet)}</td><td><span class="cell">{_safe(each.cell)}</span></td>'
            f'<td>{_isolated(each.label)}</td><td class="number">{_isolated(each.shown)}</td></tr>'
            for each in report.readings
        ]
        said = self.say(
            "シートの見出しから、次のとおり読み取りました。ここにない項目は検査していません。",
            "These fields were recognised by their labels. Fields not listed were not checked.",
        )
        return f'<h3>{READINGS.to(self.lang)}</h3>\n<p class="small">{said}</p>\n<div class="scroll">{table(heads, rows)}</div>'

    # -- one finding --------------------------------------------------------

    def finding(self, finding: Finding) -> str:
        head = [
            f'<span class="word {finding.severity}">{SEVERITY[finding.severity].to(self.lang)}</span>',
            f'<a href="#code-{_safe(finding.code)}">{_safe(finding.code)}</a>'
            if finding.code in self.pages
            else _safe(finding.code),
            f'<span class="cell">{_safe(finding.cell)}</span>' if finding.cell else "",
            f'<span class="label">{_isolated(finding.label)}</span>' if finding.label else "",
        ]
        parts = [
            f"<article>\n<h4>{' '.join(filter(None, head))}</h4>",
            f"<p>{_safe(finding.message.to(self.lang))}</p>",
            self.compared(finding),
            f"<p><b>{self.say('対処:', 'What to do:')}</b> {_safe(finding.fix.to(self.lang))}</p>",
            self.asides(finding),
            self.affected(finding),
            "</article>",
        ]
        return "\n".join(filter(None, parts))

    def compared(self, finding: Finding) -> str:
        """Return the found value, the expected one, and the difference; a figure alone is in the message already."""
        if finding.expected is None and finding.difference is None:
            return ""
        heads = [self.say("今の値", "Found"), self.say("正しい値", "Expected")]
        cells = [figure(each, finding.unit, self.lang) for each in (finding.found, finding.expected)]
        if finding.difference is not None:
            heads.append(self.say("差", "Difference"))
            cells.append(difference(finding.difference, finding.unit, self.lang))
        return table(heads, ["<tr>" + "".join(f'<td class="number">{_isolated(each)}</td>' for each in cells) + "</tr>"])

    def asides(self, finding: Finding) -> str:
        said = []
        if finding.confidence != CERTAIN:
            said.append(self.say("確からしさ: ", "Confidence: ") + CONFIDENCE[finding.confidence].to(self.lang))
        if finding.root:
            said.append(self.say("原因: ", "Cause: ") + _isolated(finding.root))
        return f'<p class="small">{self.say("、", "; ").join(said)}</p>' if said else ""

    def affected(self, finding: Finding) -> str:
        if not finding.affected:
            return ""
        number = len(finding.affected)
        title = self.say(f"影響するセル({number})", f"Cells affected ({number})")
        # The sheet is said above; only cells of other sheets need theirs.
        cells = self.say("、", ", ").join(_isolated(each.removeprefix(f"{finding.sheet}!")) for each in finding.affected)
        if number <= _FEW:
            return f'<p class="small">{title}: {cells}</p>'
        return f'<details>\n<summary>{title}</summary>\n<p class="small">{cells}</p>\n</details>'

    # -- what the codes mean ------------------------------------------------

    def glossary(self, reports: Reports) -> str:
        """Return the codes that occur, each explained once."""
        codes = sorted({each.code for report in reports for each in report.findings} & set(self.pages))
        if not codes:
            return ""
        parts = [
            '<section id="codes" aria-labelledby="codes-title">',
            f'<h2 id="codes-title">{self.say("コードの意味", "What the codes mean")}</h2>\n<dl>',
        ]
        for code in codes:
            page = self.pages[code]
            parts.append(
                f'<dt id="code-{_safe(code)}">{_safe(code)} {_safe(page.what.to(self.lang))}</dt>'
                f"<dd>{_safe(page.why.to(self.lang))}</dd>"
                f"<dd>{self.say('例: ', 'For example: ')}{_safe(page.example.to(self.lang))}</dd>"
                f"<dd>{self.say('誤りではない場合: ', 'When it is not an error: ')}{_safe(page.not_when.to(self.lang))}</dd>"
            )
        return "\n".join([*parts, "</dl>\n</section>"])
