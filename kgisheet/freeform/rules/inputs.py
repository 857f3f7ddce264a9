"""Checks of single figures: numbers as text, rates without %, invalid divisors, stages in the wrong order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from ...check.finding import ERROR, LIKELY, NOTE, REVIEW, WARNING, Finding
from ...formula.grid import Where
from ...language.text import Text
from ...values import amounts as figures_limits
from ...values.units import COUNT, RATE
from ..read.page import OF_CHANNEL, OF_MONTH, OF_PLAN, WHOLE, Figure, Page, Scope
from . import telling
from .relations import BACKWARD, FAILS, HOLDS, NEAREST, Relations
from .rounding import fits

_DIVISORS = ("deal_size", "win_rate", "close_rate", "closing_rate", "opportunity_rate", "meeting_rate", "cvr")


def typed(page: Page, used: set[Where]) -> Iterator[Finding]:
    """I01: report numbers as text; an error if a formula of the sheet refers to it, or its neighbours are numbers; else one note."""
    harmless: list[Figure] = []
    for each in page.figures:
        if each.typed is None or each.value is None:
            continue
        line = [
            other for other in page.figures if other.field == each.field and other.table == each.table and other is not each
        ]
        odd = len(line) >= 2 and all(other.typed is None for other in line)
        if each.where not in used and not odd:
            harmless.append(each)
            continue
        label, meant = telling.label(each), telling.value(each, each.value)
        plain = telling.json_number(each.value)
        why = (
            Text("数式から参照されていますが、計算に使われません", "a formula refers to it, but can't use it")
            if each.where in used
            else Text(
                "まわりは数値で、ここだけ計算に使われません", "the cells around it are numbers, and this one will not count"
            )
        )
        yield telling.finding(
            "I01", ERROR, each,
            Text(f"{label.ja}「{each.typed}」は文字として入っています({meant.ja}と読めます)。{why.ja}",
                 f"{label.en} “{each.typed}” is a text (it reads as {meant.en}); {why.en}"),
            Text(f"半角の数値 {plain} を入力し直し、単位は表示形式か隣のセルに書いてください",
                 f"type the number {plain}, and put its unit into the number format or the next cell"),
            found=each.typed, expected=plain, confidence=LIKELY,
        )  # fmt: skip
    if harmless:
        first = harmless[0]
        rest = f"など{len(harmless)}セルの数" if len(harmless) > 1 else ""
        more = f" and {len(harmless) - 1} more figures are" if len(harmless) > 1 else " is"
        yield telling.finding(
            "I01", NOTE, first,
            Text(f"「{first.typed}」{rest}が文字として入っています。読み取って検査しましたが、数式では使えません",
                 f"“{first.typed}”{more} typed as text; read all the same, but formulas can't use it"),
            Text("数式を使うなら、数値で入力し直してください", "type them as numbers before you use formulas"),
            found=first.typed, affected=tuple(telling.at(each) for each in harmless[1:]), confidence=REVIEW,
        )  # fmt: skip


def rates(page: Page, relations: Relations) -> Iterator[Finding]:
    """I03: report 30 where nothing says per cent; a 1 where only 1 % makes sense."""
    groups: dict[tuple[str, int, int], list[Figure]] = {}  # a table's rates without % are one habit, one finding
    for each in page.figures:
        if each.kind != RATE or each.formula is not None or each.value is None:
            continue
        if each.value > 1 and each.unit is not None and each.field in _DIVISORS:
            yield _beyond(each)
            continue
        if _fraction(each, page, relations):
            yield _too_small(each)
        if not each.also or each.unit is not None:
            continue
        if each.value == 1 and not _only_percent(each, relations):
            continue
        if each.value <= 100:
            groups.setdefault(each.table, []).append(each)
    for group in groups.values():
        first = group[0]
        assert first.value is not None
        label, written = telling.label(first), telling.plain(first.value)
        more = telling.plain(first.value * 100)
        share = telling.plain(first.value / 100)
        yield telling.finding(
            "I03", ERROR, first,
            Text(f"{label.ja}「{written}」は{written}%か{more}%か判断できません", f"{label.en} “{written}” may mean {written}% or {more}%"),
            Text(f"「{written}%」か「{share}」と記入してください", f"write {written}% or {share}"),
            found=telling.json_number(first.value), expected=telling.json_number(first.value / 100),
            affected=tuple(telling.at(each) for each in group[1:]),
        )  # fmt: skip


def _beyond(figure: Figure) -> Finding:
    """Report a rate above 100 %, 2 typed into a percent cell: 200 % of the visits can't become leads."""
    assert figure.value is not None
    label, said = telling.label(figure), telling.value(figure, figure.value)
    meant = telling.value(figure, figure.value / 100)
    return telling.finding(
        "I03", ERROR, figure,
        Text(f"{label.ja}が{said.ja}です。100%を超えることはありません。{meant.ja}のつもりではありませんか",
             f"{label.en} is {said.en}, and can't exceed 100%: was {meant.en} meant?"),
        Text(f"「{meant.ja}」と記入してください", f"write {meant.en}"),
        found=telling.json_number(figure.value), expected=telling.json_number(figure.value / 100), confidence=LIKELY,
    )  # fmt: skip


def _fraction(figure: Figure, page: Page, relations: Relations) -> bool:
    """Return whether 0.2 under 受注率（％） must mean 20 %: the count beside it says so, and the other rates are written in per cent."""
    if not figure.also or figure.value is None or figure.unit is None:
        return False
    rest = [each for each in page.figures if each.kind == RATE and each.unit is not None and each is not figure]
    if not rest or any(each.also for each in rest):
        return False
    return any(
        each.state == HOLDS and each.result.value is not None and figure in each.operands and not fits(each.result.value, each.exact)
        and fits(each.result.value, each.exact * figure.value / figure.also[0])
        for each in relations.found
    )  # fmt: skip


def _too_small(figure: Figure) -> Finding:
    """I04: report a fraction where the sheet has per cent."""
    assert figure.value is not None
    label, said, meant = telling.label(figure), telling.value(figure, figure.value), telling.value(figure, figure.also[0])
    return telling.finding(
        "I04", WARNING, figure,
        Text(f"{label.ja}が{said.ja}と読めます。前後の数からは{meant.ja}です", f"{label.en} reads as {said.en}; the figures around it give {meant.en}"),
        Text(f"%の欄には「{telling.plain(figure.also[0] * 100)}」と記入してください", f"write {telling.plain(figure.also[0] * 100)} where the unit is %"),
        found=telling.json_number(figure.value), expected=telling.json_number(figure.also[0]), confidence=LIKELY,
    )  # fmt: skip


def _only_percent(figure: Figure, relations: Relations) -> bool:
    """Return whether a bare 1 makes its relation hold as 1 %, and would not as 100 %."""
    for relation in relations.found:
        if relation.state == HOLDS and figure.where in {each.where for each in relation.operands}:
            source = relation.operands[0].value
            return source is not None and relation.result.value != source
    return False


def impossible(page: Page) -> Iterator[Finding]:
    """I06, I07: report zero or less as a divisor, negative amounts, counts beyond all measure."""
    for each in page.figures:
        if each.value is None:
            continue
        label, said = telling.label(each), telling.value(each, each.value)
        if (each.kind == COUNT and each.value > figures_limits.MAX_COUNT) or each.value > figures_limits.MAX_YEN:
            yield telling.finding(
                "I07", ERROR, each,
                Text(f"{label.ja}が{said.ja}です。大きすぎます", f"{label.en} is {said.en}, which is far too large"),
                Text("桁と単位を確かめてください", "check digits and unit"), found=telling.json_number(each.value),
            )  # fmt: skip
        elif each.value < 0 or (each.value == 0 and each.field in _DIVISORS and _wanted(each, page)):
            yield telling.finding(
                "I06", ERROR, each,
                Text(f"{label.ja}が{said.ja}です。" + ("割り算ができません" if each.value == 0 else "負の値は使えません"),
                     f"{label.en} is {said.en}: " + ("nothing can be divided by it" if each.value == 0 else "it can't be negative")),
                Text("0より大きい値を記入してください", "write a value above zero"), found=telling.json_number(each.value),
            )  # fmt: skip


def _wanted(figure: Figure, page: Page) -> bool:
    """Return a channel or month without leads needs no rate."""
    return figure.scope.kind not in (OF_CHANNEL, OF_MONTH) or any(
        each.value for each in page.figures if each.scope == figure.scope and each.table == figure.table and each.kind == COUNT
    )


_ORDER = ("won_deals", "opportunities", "meetings", "leads", "visits")


def order(page: Page, relations: Relations, suspect: set[Where]) -> Iterator[Finding]:
    """X04, X07: report a later stage larger than the one before it, web revenue larger than the total.

    What hangs on a cell in ``suspect`` is explained already.
    """
    told = {
        each.where
        for relation in relations.found
        if suspect & {cell.where for cell in relation.cells}
        for each in relation.cells
    }
    told |= {each.where for relation in relations.found if relation.state == FAILS for each in relation.cells}
    scopes = [WHOLE, *(Scope(kind, at) for kind in (OF_PLAN, OF_CHANNEL) for at in page.indices(kind))]
    offline = any(not page.of("visits", scope) and page.of("leads", scope) for scope in scopes if scope.kind == OF_CHANNEL)
    for scope in scopes:
        stages = [page.of(field, scope)[0] for field in _ORDER if page.of(field, scope)]
        for later, earlier in itertools.pairwise(stages):
            if scope == WHOLE and earlier.field == "visits" and offline:
                continue  # leads that come without visits are among them
            if _exceeds(later, earlier) and not {later.where, earlier.where} & told:
                yield _above(later, earlier)
        base = (("won_deals", "target_accounts"), ("leads", "contacts"))
        for field, whole in base:
            for later, limit in zip(page.of(field, scope)[:1], page.of(whole, scope)[:1], strict=False):
                if _exceeds(later, limit):
                    yield _above(later, limit)
        for web, total in zip(page.of("web_revenue", scope)[:1], page.of("total_revenue", scope)[:1], strict=False):
            if _exceeds(web, total) and not {web.where, total.where} & told:
                yield _above(web, total)._replace(code="X07")


def _exceeds(later: Figure, earlier: Figure) -> bool:
    return later.value is not None and earlier.value is not None and later.value > earlier.value


def _above(later: Figure, earlier: Figure) -> Finding:
    assert later.value is not None
    assert earlier.value is not None
    one, other = telling.label(later), telling.label(earlier)
    more, less = telling.value(later, later.value), telling.value(earlier, earlier.value)
    return telling.finding(
        "X04", ERROR, later,
        Text(f"{one.ja}{more.ja}が、もとになる{other.ja}{less.ja}を超えています", f"{one.en}, {more.en}, exceed {other.en}, {less.en}, from which they come"),
        Text("どちらかの値か、欄の取り違えを確かめてください", "check both, and whether they are in the right cells"),
        found=telling.json_number(later.value), expected=telling.json_number(earlier.value),
        difference=float(later.value - earlier.value), affected=(telling.at(earlier),),
    )  # fmt: skip


def short(relations: Relations) -> Iterator[Finding]:
    """X05: report, in one note, counts that were rounded down, as on the workshop's page: going forward, they fall short."""
    down = []
    for each in relations.found if relations.reading in (BACKWARD, NEAREST) else ():
        value = each.result.value
        held = each.kind == "quotient" and each.state == HOLDS
        if held and value is not None and value.denominator == 1 and Fraction(1, 10**6) < each.exact - value < 1:
            down.append(each)
    if not down:
        return
    first = down[0]
    source, *rates_ = first.operands
    assert first.result.value is not None
    assert source.value is not None
    forward = first.result.value * source.value / first.exact
    needed = -(-first.exact.numerator // first.exact.denominator)
    said, goal = telling.value(first.result, first.result.value), telling.value(source, source.value)
    by = [
        telling.value(each, (each.also or (each.value or Fraction(0),))[0] if each.also else each.value or Fraction(0))
        for each in rates_
    ]
    times = Text("×".join(each.ja for each in by), " × ".join(each.en for each in by))
    made = telling.value(source, forward)
    label = telling.label(first.result)
    more = (
        Text(f"。ほかに切り捨てた数が{len(down) - 1}セルあります", f"; {len(down) - 1} more counts are rounded down")
        if len(down) > 1
        else Text("", "")
    )
    yield telling.finding(
        "X05", NOTE, first.result,
        Text(f"{label.ja}: {said.ja}×{times.ja}={made.ja}で、{telling.label(source).ja}{goal.ja}に届きません。{needed:,}件必要です(切り捨て){more.ja}".replace("件必要", "回必要" if first.result.field == "visits" else "件必要"),
             f"{label.en}: {said.en} × {times.en} = {made.en}, short of {telling.label(source).en} {goal.en}; {needed:,} are needed (rounded down){more.en}"),
        Text("目標に届かせるなら切り上げてください。承知のうえなら対応は不要です", "round up to reach the goal; nothing to do if it is meant"),
        found=telling.json_number(first.result.value), expected=int(needed), difference=float(first.result.value - needed),
        affected=tuple(telling.at(each.result) for each in down[1:]),
    )  # fmt: skip
