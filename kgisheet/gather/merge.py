"""All answers together → what the summary shows: the stages of all templates, the months of one year, managers in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..language.text import Text, Wording, many
from ..template.tables import MONTHS
from .matching import Due, Kept, claimed, matched, stem
from .model import (
    ANSWERED,
    BACKUP,
    BROKEN,
    FOREIGN,
    INSIDE,
    MISSING,
    NO_ROW,
    OURS,
    PASSED,
    SUMMARY,
    UNTOUCHED,
    Answer,
    Column,
    File,
    Gathered,
    Goal,
    Listed,
    Manager,
    Number,
    Row,
    Stage,
)
from .sums import achieved, last_month, ungoaled
from .texts import plain
from .titling import title_of_all
from .wear import STATES

MOST_FINDINGS = 5_000
"""Findings that the summary lists; of so many nobody reads more."""


def merged(
    answers: Sequence[Answer], lang: str, dues: Sequence[Due] = (), department: Mapping[str, Number] | None = None
) -> Gathered:
    """Return what the summary shows of these answers, in the order in which the files were given."""
    passed = [each for each in answers if each.kind in (PASSED, INSIDE, BACKUP, SUMMARY)]
    kept, left = claimed(matched(_by_label([each for each in answers if each not in passed]), dues), passed)
    counted = [each.counted for each in kept if each.counted is not None and each.counted.is_read]
    start = _commonest([each.start for each in counted if each.kind == OURS and each.start]) or _commonest(
        [each.start for each in counted if each.start[:1].isdigit()]
    )
    columns = _columns(counted)
    usual = _Usual(counted)
    files: list[File] = []
    findings: list[Listed] = []
    managers: list[Manager] = []
    for each in kept:
        managers.append(_manager(each, columns, start))
        files += _files(each, managers[-1], usual, columns, start, lang)
        if each.counted is not None:
            findings += [Listed(each.counted.file, each.name, said) for said in each.counted.said]
    goals = _department(department or {}, counted)
    order = _headline(columns)
    managers = [manager for _, manager in sorted(enumerate(managers), key=lambda pair: _rank(pair[1], order, pair[0]))]
    errors_first = sorted(findings, key=lambda each: each.said.severity != "error")
    unread = [(each.kind, _unread(each, lang)) for each in left]
    return Gathered(
        lang,
        title_of_all(
            [
                (each.counted.title, (each.name, stem(each.counted.file), each.counted.owner))
                for each in kept
                if each.counted is not None and each.counted.kind == OURS
            ]
        ),
        _months(start),
        columns,
        tuple(managers),
        (*files, *(file for _, file in unread)),
        tuple(errors_first[:MOST_FINDINGS]),
        tuple(Goal(column.key, goals.get(column.key)) for column in columns) if goals else (),
        len(dues),
        max(0, len(findings) - MOST_FINDINGS),
        tuple(file for kind, file in unread if kind != BACKUP),
    )


NO_YEAR = "2000-04"
"""The first month of a summary of files that don't say any: nothing of it is added up."""

_OF_PAGE = {"web_revenue": "revenue", "required_meetings": "meetings"}


def _department(given: Mapping[str, Number], counted: Sequence[Answer]) -> dict[str, Number]:
    """Return the department's goals of a year by stage: they are given by the names of the page's cells, as the page's period has them."""
    of = {**_OF_PAGE, **{stage.page: stage.key for each in counted for stage in each.stages if stage.page}}
    times = MONTHS if _commonest(each.period for each in counted if each.period) == "month" else 1
    return {of.get(name, name): value * times for name, value in given.items()}


def _commonest(texts: Iterable[str]) -> str:
    """Return the text that is there most often, the first of several."""
    count = Counter(texts)
    return max(count, key=lambda each: count[each]) if count else ""


def _months(start: str) -> tuple[str, ...]:
    year, month = (int(each) for each in (start or NO_YEAR).split("-"))
    return tuple(f"{year + (month - 1 + at) // 12}-{(month - 1 + at) % 12 + 1:02}" for at in range(MONTHS))


def _headline(columns: Sequence[Column]) -> int:
    """Return the stage that managers are ordered by: the first in yen, else the first."""
    return next((at for at, each in enumerate(columns) if each.unit == "currency"), 0)


def headline(gathered: Gathered) -> int:
    """Return the stage that the summary is headed by."""
    return _headline(gathered.columns)


def _rank(manager: Manager, stage: int, at: int) -> tuple[int, object, int]:
    """Return where a manager stands: those furthest behind first, then those without actuals, without a workbook."""
    if manager.rows and stage < len(manager.rows):
        value = achieved(manager, stage)
        if value is not None:
            return 0, value, at
        return 1 if last_month(manager) is not None else 2, 0, at
    return 3 if manager.state == BROKEN else 4, 0, at


# -- stages -------------------------------------------------------------------


def _by_label(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers with the stages of sheets that were never ours under the keys of ours that are called the same."""
    ours = [stage for each in answers if each.kind == OURS for stage in each.stages]
    keys = {stage.key for stage in ours}
    called = {(stage.label, stage.unit): stage.key for stage in reversed(ours)}
    return [each if each.kind == OURS else each._replace(stages=tuple(_called(each.stages, keys, called))) for each in answers]


def _called(stages: Sequence[Stage], keys: set[str], called: Mapping[tuple[str, str], str]) -> Iterable[Stage]:
    there = {stage.key for stage in stages}
    for stage in stages:
        key = called.get((stage.label, stage.unit), stage.key)
        yield stage if stage.key in keys or key in there else stage._replace(key=key)


def _columns(answers: Sequence[Answer]) -> tuple[Column, ...]:
    """Return the stages of all files: those of the commonest form in its order, the others each behind the one that it follows."""
    found: dict[str, Column] = {}
    order: list[str] = []
    forms = Counter(tuple(stage.key for stage in each.stages) for each in answers)
    ranked = sorted(answers, key=lambda each: (each.kind != OURS, -forms[tuple(stage.key for stage in each.stages)]))
    for each in ranked:
        before = -1
        for stage in each.stages:
            if stage.key not in found:
                label = plain(stage.label, 60) or stage.key
                found[stage.key] = Column(stage.key, label, stage.unit, stage.counter, stage.called)
                order.insert(before + 1, stage.key)
            before = order.index(stage.key)
    labels = Counter(column.label for column in found.values())
    return tuple(
        column if labels[column.label] == 1 else column._replace(label=f"{column.label} ({key})")
        for key, column in ((key, found[key]) for key in order)
    )


# -- managers -----------------------------------------------------------------


def _manager(each: Kept, columns: Sequence[Column], start: str) -> Manager:
    answer = each.counted
    made = Manager(each.name, MISSING, "", (), is_stranger=each.is_stranger, owner=each.owner)
    made = made._replace(misnamed=tuple(file for file, _ in each.remarks if file))
    if answer is None:
        return made
    counts = {"file": answer.file, "errors": answer.errors, "warnings": answer.warnings, "drift": len(answer.drift)}
    made = made._replace(**counts, changed=answer.changed)  # type: ignore[arg-type]
    if not answer.is_read or _shift(answer.start, start) is None:
        return made._replace(state=BROKEN)
    is_untouched = answer.is_untouched or (each.due is not None and each.due.workbook == answer.digest)
    by_key = {stage.key: stage for stage in answer.stages}
    shift = _shift(answer.start, start) or 0
    rows = tuple(_row(by_key.get(column.key), column, shift) for column in columns)
    return made._replace(state=UNTOUCHED if is_untouched else ANSWERED, rows=rows)


def _shift(own: str, start: str) -> int | None:
    """Return how many months later a file's year begins; None for another year altogether. A year that isn't said is this one."""
    if not own or not start:
        return 0
    if own.startswith("-"):
        return 0 if own[1:] == start[-2:] else None
    (year, month), (other_year, other_month) = (map(int, each.split("-")) for each in (own, start))
    apart = (year - other_year) * 12 + month - other_month
    return apart if abs(apart) < MONTHS else None


def _row(stage: Stage | None, column: Column, shift: int) -> Row:
    if stage is None or stage.unit != column.unit:
        return NO_ROW
    if not stage.goals or all(each is None for each in stage.goals):
        return Row(stage.year, NO_ROW.goals, _moved(stage.actuals, shift))
    return Row(None, _moved(stage.goals, shift), _moved(stage.actuals, shift))


def _moved(figures: Sequence[Number | None], shift: int) -> tuple[Number | None, ...]:
    """Return the figures in the months of the summary."""
    return tuple(figures[at - shift] if 0 <= at - shift < len(figures) else None for at in range(MONTHS))


# -- files --------------------------------------------------------------------


class _Usual:
    """The version, template and form of it that most of the files have."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        ours = [each for each in answers if each.kind == OURS]
        self.version = _commonest(each.version for each in ours if each.version)
        self.template = _commonest(each.template for each in ours)
        self.form = _commonest(each.form for each in ours if each.template == self.template)

    def remarks(self, each: Answer) -> Iterable[Text]:
        """Yield in what way a file is another one than most."""
        if each.kind != OURS:
            return
        if each.version and each.version != self.version:
            yield Text(
                f"多くのブックと違うバージョン({each.version})で作られています(多くは {self.version})",
                f"made by version {each.version}, most are of {self.version}",
            )
        if each.template != self.template:
            yield Text(
                f"多くのブックと違うテンプレート({each.template})です", f"of another template ({each.template}) than most"
            )
        elif each.form != self.form:
            yield Text(
                f"テンプレート({each.template})の版が多くのブックと違います",
                f"of another edition of the template {each.template} than most",
            )


def _files(each: Kept, manager: Manager, usual: _Usual, columns: Sequence[Column], start: str, lang: str) -> Iterable[File]:
    """Yield what is said of a manager's files, the one that counts first."""
    answer = each.counted
    if answer is None:
        due = each.due
        remarks = (*(due.problems if due is not None else ()), *(said.to(lang) for file, said in each.remarks if not file))
        yield File(
            due.file if due is not None else "", each.name, STATES[MISSING].to(lang), "", "", 0, 0, remarks, is_there=False
        )
        return
    said: list[str] = [answer.problem.to(lang)] if answer.problem is not None else []
    said += [remark.to(lang) for file, remark in each.remarks if file == answer.file]
    if each.is_stranger:
        said.append(_STRANGER.to(lang))
    if each.owner:
        said.append(_SAME_OWNER.to(lang))
    if answer.is_read and manager.state == BROKEN:
        said.append(
            Text(
                f"別の年度({answer.start} から)のため、集計していません", f"of another year (from {answer.start}): not added up"
            ).to(lang)
        )
    elif answer.start[:1].isdigit() and start and answer.start != start and answer.kind in (OURS, FOREIGN):
        said.append(
            Text(
                f"年度の開始月が違います({answer.start})。重なる月だけを集計しています",
                f"its year begins in {answer.start}: only the months in common are added up",
            ).to(lang)
        )
    if answer.changed:
        changed = [change.to(lang) for change in answer.changed[:_MOST_CHANGED]]
        more = len(answer.changed) - len(changed)
        ja, en = (f" ほか{more}件", f" and {more} more") if more else ("", "")
        said.append(
            Text(f"配布時から変更: {'、'.join(changed)}{ja}", f"changed since it was handed out: {', '.join(changed)}{en}").to(
                lang
            )
        )
    over = [
        (column.label, len(months)) for column, row in zip(columns, manager.rows, strict=False) if (months := ungoaled(row))
    ]
    if over:
        ja, en = (
            "、".join(f"{label} {count}か月" for label, count in over),
            ", ".join(f"{label} {many(count, 'month')}" for label, count in over),
        )
        said.append(
            Text(
                f"目標のない月に実績があります({ja})。達成率には入れていません",
                f"actuals in months without a goal ({en}): no part of the achievement",
            ).to(lang)
        )
    if not any(row.actuals != NO_ROW.actuals for row in manager.rows) and manager.state == ANSWERED and answer.kind == OURS:
        said.append(_NO_ACTUALS.to(lang))
    said += [remark.to(lang) for remark in usual.remarks(answer)]
    said += [*answer.drift, *answer.notes]
    yield _file(answer, each.name, STATES[manager.state].to(lang), said)
    for other, why in each.others:
        claims = [remark.to(lang) for file, remark in each.remarks if file == other.file]
        problem = [other.problem.to(lang)] if other.problem is not None and other.problem != why else []
        yield _file(other, each.name, NOT_COUNTED.to(lang), [why.to(lang), *claims, *problem], why)


def _file(answer: Answer, manager: str, state: str, remarks: Iterable[str], why: Wording | None = None) -> File:
    return File(
        answer.file, manager, state, answer.version, answer.template, answer.errors, answer.warnings, tuple(remarks), why
    )


def _unread(answer: Answer, lang: str) -> File:
    """Return what is said of a file that is nobody's and isn't read."""
    why = _A_SUMMARY if answer.kind == SUMMARY else answer.problem
    return File(answer.file, "", NOT_READ.to(lang), "", "", 0, 0, (why.to(lang),) if why is not None else (), why)


_MOST_CHANGED = 8
_STRANGER = Text(
    "名簿(batch の記録)にないファイルです。合計には含めています", "not in the batch's roster; it is part of the sums"
)
_SAME_OWNER = Text(
    "担当者名が同じファイルがほかにもあります。ファイル名も内容も違うため、別の人として集計しています",
    "others have the same owner; their names and contents differ, so they count as different people",
)
_A_SUMMARY = Text("集計ブックのため集計していません", "a summary: not collected")
_NO_ACTUALS = Text("実績がまだ1件も入力されていません", "no actuals typed yet")
NOT_COUNTED = Text("重複(集計しない)", "Duplicate (not counted)")
NOT_READ = Text("読んでいない", "Not read")
