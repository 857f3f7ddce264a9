"""Costs of one, without a word for the whole: 費用計 1,400,000円, 名刺 350枚, 1枚あたり 4,000円, 商談 28件, 1件あたり 50,000円.

The whole is a total of the sheet, the count is the one above, or the one of the sheet that is called so: 有効リード1件あたり, cost per scan.
Two figures of this kind say so together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...values.regex import regex
from ..read import terms
from ..rules.slips import is_misspelled
from .judge import Law
from .law import EXACT, OFF, PRODUCT, RATIO, ROUNDED, Case
from .lists import Figure, names
from .tables import COUNT, MONEY, PERCENT, Tables, Value

_APIECE = regex(
    r"^(?:(?P<of>[^\d\s]{0,8}?)[1一](?:件|人|名|社|回|本|枚|台)(?:の)?(?:あたり|につき|単価)(?:の?(?:費用|コスト|金額|経費))?|cost (?:per|for each|a) (?P<each>[a-z -]+))(?:[(（].*)?$"
)
_TOTAL, _EACH = terms.of("total", "of_parts"), terms.of("each")
_RATIO = regex(r"[/÷:](?!1)|\bratio\b|\breturn\b|\bro[ai]s?\b|倍率|効果|比率?$")
_LEAST = 2
_NEAR = 2


def apiece(tables: Tables, every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield the costs of one of each count in the lists of a sheet, by its one total by which most hold."""
    found = [(line, at) for line in every for at, each in enumerate(line) if _APIECE.match(each.label) and at]
    if not found:
        return
    totals = [
        each
        for line in every
        for each in line
        if each.kind == MONEY
        and (_TOTAL.search(each.label) or _SPENT.search(each.label))
        and not (_APIECE.match(each.label) or _EACH.search(each.label) or _RATIO.search(each.label))
    ]
    counts = [_count(tables, line, at) for line, at in found]
    costs = [line[at] for line, at in found]
    if len(found) < _LEAST:
        yield from _alone(totals, costs[0], counts[0], [each for line in every for each in line])
        return
    laws = [law for total in totals if (law := _law(total, list(zip(costs, counts, strict=True)))) is not None]
    if laws:
        yield max(laws, key=lambda law: (len(law.held), -len(law.failed)))


def _alone(totals: Sequence[Figure], cost: Figure, count: Value | None, every: Sequence[Figure]) -> Iterator[Law]:
    """Yield the one cost of one of a sheet, by its one total, where it is that but for a slip: 102 for 120, or another count's."""
    if len(totals) != 1 or count is None or not count.number or cost.value.uses or count.where in totals[0].value.uses:
        return
    case = Case(PRODUCT, totals[0].value, (count, cost.value))
    if _holds(case):
        yield Law(PRODUCT, (case,), ())
        return
    by_another = _is_by_another(totals[0], cost, every)
    if by_another or is_misspelled(cost.value.exact, totals[0].value.exact / count.exact):
        yield Law(PRODUCT, (), (case._replace(only=cost.value.where, strict=True, by_another=by_another),))


def _is_by_another(total: Figure, cost: Figure, every: Sequence[Figure]) -> bool:
    """Return whether a cost is exactly that of another count than the one that its label names: 名刺1枚あたり, by the 120 valid leads."""
    match = _APIECE.match(cost.label)
    name = names((match["of"] or match["each"] or "") if match is not None else "")
    return bool(name) and any(
        each.kind == COUNT
        and each.value.number
        and each.value.counted  # a word that nobody knows may be the same with a margin
        and not name & each.names
        and Case(PRODUCT, total.value, (each.value, cost.value)).follows() == EXACT
        for each in every
    )


_DEFINED = (
    (regex(r"^(?:想定|目標|平均)?cpa$"), regex(r"^(?:必要|目標)?(?:cv|コンバージョン)(?:数|件数)?$|^conversions?$")),
    (regex(r"^(?:想定|目標|平均)?cpc$"), regex(r"^(?:必要|目標)?クリック数?$|^clicks?$")),
    (regex(r"^(?:想定|目標|平均)?cpl$"), regex(r"^(?:必要|目標)?(?:獲得)?リード(?:数|件数)?$|^leads?$")),
)
"""Costs of one that are called by three letters, and what they are of one of."""


_ON_ADS = regex(
    r"(?:広告|媒体|販促|集客)(?:費|予算|コスト)|\b(?:ad|ads|advertising|media|marketing|programme?) (?:budget|spend|cost)s?\b"
)


def defined(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield CPA, CPC and CPL as the one cost of a list ÷ its conversions, clicks and leads, where no other count makes it so."""
    for figures in every:
        spent = [each for each in figures if each.kind != PERCENT and _ON_ADS.search(each.label)]
        counts = [each for each in figures if each.kind == COUNT and each.value.number]
        failed: list[Case] = []
        for of, name in _DEFINED:
            costs = [each for each in figures if of.match(each.label) and not each.value.uses]
            called = [each for each in counts if name.match(each.label)]
            if not len(spent) == len(costs) == len(called) == 1 or not costs[0].value.number:
                continue
            others = [Case(PRODUCT, spent[0].value, (each.value, costs[0].value)) for each in counts if each is not called[0]]
            case = Case(PRODUCT, spent[0].value, (called[0].value, costs[0].value))
            # What is left of the budget without a reserve, too.
            others += [case._replace(result=each.value) for each in figures if each.kind != PERCENT and each is not spent[0]]
            if not _holds(case) and not any(map(_holds, others)):
                failed.append(case)
        if failed:  # by two of them it is what was spent
            yield Law(
                PRODUCT, (), tuple(each._replace(only=each.operands[1].where) if len(failed) == 1 else each for each in failed)
            )


_COST_OF = regex(r"^(?P<of>[^\d\s(（]{2,10}?)(?:獲得)?単価$|^cost per (?P<each>[a-z -]+)$")
_SPENT = regex(r"費用|コスト|経費|予算|\bcosts?\b|\bbudget\b|\bspend\b")


def by_another_count(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield a cost of one that is the whole ÷ another count than the one that it is called by: 有効リード単価 of all cards."""
    figures = [each for line in every for each in line]
    ones = [each for each in figures if _COST_OF.match(each.label)]
    spent = [each for each in figures if _SPENT.search(each.label) and each not in ones and each.kind != PERCENT]
    totals = [each for each in spent if _TOTAL.search(each.label)] or spent
    counts = [each for each in figures if each.kind == COUNT and each.value.number and each not in totals]
    for one in ones if len(totals) == 1 else ():
        match = _COST_OF.match(one.label)
        called = (match["of"] or match["each"] or "").strip() if match is not None else ""
        own = [each for each in counts if each.label == called or each.label.startswith(f"{called}数")]
        cases = [Case(PRODUCT, totals[0].value, (each.value, one.value)) for each in counts]
        others = [each for each, case in zip(counts, cases, strict=True) if each not in own and _holds(case)]
        if len(own) == 1 and others and cases[counts.index(own[0])].follows() == OFF:
            case = Case(RATIO, one.value, (totals[0].value, own[0].value), by_another=True)
            yield Law(RATIO, (), (case,))


def _count(tables: Tables, line: Sequence[Figure], at: int) -> Value | None:
    """Return the count that a cost is of one of: that above it, or else the one that is called so."""
    above = next((each for each in reversed(line[max(0, at - _NEAR) : at]) if each.kind == COUNT), None)
    match = _APIECE.match(line[at].label)
    name = names((match["of"] or match["each"] or "") if match is not None else "")
    if not name or (above is not None and name <= above.names):
        return above.value if above is not None else None
    called: list[Value] = []
    for value in tables.values.values():
        label = tables.name(value, across=False)
        if value.kind == COUNT and value.number and name <= names(label) and not _APIECE.match(label):
            called.append(value)
    rows = {each.at[0] for each in called}
    if len(rows) > 1:  # リード and 有効リード: the one that is called nothing else, or begins so: 名刺獲得枚数, and 有効名刺数
        labels = {each.at[0]: tables.name(each, across=False) for each in called}
        begins = (match["of"] or match["each"] or "").strip() if match is not None else ""
        rows = {row for row, label in labels.items() if names(label) == name} or {
            row for row, label in labels.items() if begins and label.startswith(begins)
        }
    own = [each for each in called if each.at[0] in rows]
    whole = [each for each in own if _TOTAL.search(tables.name(each, across=True))] if len(own) > 1 else own
    return whole[0] if len(rows) == len(whole) == 1 else None


def _law(total: Figure, found: Sequence[tuple[Figure, Value | None]]) -> Law | None:
    cases = [Case(PRODUCT, total.value, (count, cost.value)) for cost, count in found if count is not None and count.number]
    held = [each for each in cases if _holds(each)]
    failed = [each for each in cases if each not in held and each.follows() == OFF]
    if not held and len(failed) >= _LEAST:
        wanted = [each.needed(each.result) for each in failed]
        agree = max(low for low, _ in wanted) <= min(high for _, high in wanted)
        return Law(PRODUCT, (), tuple(failed)) if agree else None
    return Law(PRODUCT, tuple(held), tuple(failed)) if held and len(failed) <= 1 else None


def _holds(case: Case) -> bool:
    """Return whether a cost is the quotient, rounded to yen."""
    made = case.solved(case.operands[1])
    return case.follows() <= ROUNDED or (
        made is not None and abs(float(made) - case.operands[1].number) < case.operands[1].step
    )
