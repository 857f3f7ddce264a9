"""The chain that a sheet declares: its stages, and which two of them each rate ties.

A rate says by its label what it leads to, and often from where; else the stages that it stands between do. A stage of the
sheet's own (架電, 提案, SAL) is one like any other; words that the vocabulary has for one stage are two where the sheet
gives them different figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ...formula.values import Value
from ...values.regex import regex
from . import stages
from .layout import Claim
from .lexicon import FIELD, Word
from .plane import Spot


class Tie(NamedTuple):
    """A rate's field, and the stages that it ties: ``later`` = ``earlier`` × rate.

    Its label names both (``named``) or the later one; of a ``weak`` one only its place says so.
    """

    rate: str
    later: str
    earlier: str
    weak: bool = False
    named: bool = False


class Chain(NamedTuple):
    """The claims with their stages settled, the ties, and the stages in order, from the win back."""

    claims: list[Claim]
    ties: list[Tie]
    order: tuple[str, ...]


def chained(
    found: list[Claim],
    labels: Iterable[Spot],
    value: Callable[[Claim], Value],
    remark: Callable[[Claim], tuple[str, str] | None],
) -> Chain:
    """Return what the claims of one sheet say of its chain; of a stage whose figure is still to come there is the label alone.

    ``remark`` gives the two ends that a text beside a rate names: 個別相談率, 参加→個別相談.
    """
    blank = _blank(found, labels)
    named = _Names([*found, *blank], value)
    found = [_settled(each, named, remark) for each in found]
    lists = _lists([*found, *(_settled(each, named, remark) for each in blank)])
    order = _order(found, lists)
    ties: dict[tuple[str, ...], Tie] = {}
    settled: dict[int, Claim] = {}
    for listed in lists:
        for at, claims in enumerate(listed):
            word = claims[0].word
            if word.ends == ("", ""):
                continue
            tie = _tie(listed, at, order, named.present)
            if tie is None:
                continue
            ties.setdefault((tie.rate, tie.later, tie.earlier), tie)
            for each in claims:
                settled[id(each)] = each._replace(word=each.word._replace(field=tie.rate))
    return Chain([settled.get(id(each), each) for each in found], list(ties.values()), order)


def _blank(found: list[Claim], labels: Iterable[Spot]) -> list[Claim]:
    """Return the labels that have no figure, as members of the lists in whose line they are."""
    claimed = {(each.label.row, each.label.col) for each in found}
    tables = {(each.axis, each.head, each.line): each for each in found if each.axis in ("row", "col")}
    blank: list[Claim] = []
    for label in labels:
        if (label.row, label.col) in claimed or label.word is None or not label.word.stage:
            continue
        for (axis, head, _), each in tables.items():
            if head == (label.col if axis == "row" else label.row):
                blank.append(each._replace(spot=label, label=label, word=label.word, entity=None, entity_at=None))
                break
    return blank


# -- the names of the stages ----------------------------------------------------


class _Names:
    """Which words of one stage of the vocabulary's are stages of their own on this sheet."""

    def __init__(self, found: list[Claim], value: Callable[[Claim], Value]) -> None:
        self.has_opportunities = any(stages.field_of(each.word.stage) == "opportunities" for each in found)
        self.split = {field: _apart(field, found, value) for field in stages.ORDER}
        self.present = {self.final(each.word.stage) for each in found if each.word.stage}
        self.needed = {_place(each) for each in found if each.word.stage and _NEEDED.match(each.word.text)}

    def final(self, stage: str) -> str:
        """Return a stage's field on this sheet: ``leads/mql`` is ``leads``, or ``~mql`` where there are both."""
        field, _, kernel = stage.partition("/")
        heads = self.split.get(field)
        if heads and field == "meetings" and not self.has_opportunities:
            # 受注, 商談, アポ, リード: the talks are what has come of the appointments.
            return "opportunities" if stage == heads[0] else "meetings" if stage == heads[1] else stages.OPEN + kernel
        if heads is None or not heads or stage == heads[0]:
            return field
        return stages.OPEN + (kernel or field)

    def end(self, stage: str) -> str:
        """Return the stage on this sheet that one end of a rate means: 実施 is 商談実施 where there is only that."""
        if not stage:
            return ""
        now = self.final(stage)
        if now in self.present or not now.startswith(stages.OPEN):
            return now
        bare = now.removeprefix(stages.OPEN)
        alike = [each for each in self.present if each.startswith(stages.OPEN) and (bare in each or each[1:] in bare)]
        return alike[0] if len(alike) == 1 else now


_NEEDED, _NEW = regex(r"必要|required|needed", re.IGNORECASE), regex(r"新規|new\b", re.IGNORECASE)
"""必要商談 above 新規商談: what is to be made new is less than what is needed."""


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.table, claim.line, claim.entity.text if claim.entity is not None else None, stages.field_of(claim.word.stage)


def _apart(field: str, found: list[Claim], value: Callable[[Claim], Value]) -> tuple[str, ...]:
    """Return the words of a stage that are stages of their own, the one that keeps the field first; empty if they are one."""
    lines: dict[object, dict[str, Value]] = {}
    seen: dict[str, None] = {}
    for each in found:
        if stages.field_of(each.word.stage) == field and not each.word.channel and not each.word.number:
            who = each.entity.text if each.entity is not None else None
            lines.setdefault((each.table, each.line, who), {}).setdefault(each.word.stage, value(each))
            seen[each.word.stage] = None
    tied = any(
        stages.field_of(each.word.ends[0]) == field == stages.field_of(each.word.ends[1])
        for each in found
        if all(each.word.ends)
    )
    if len(seen) < 2 or not (tied or any(len(set(line.values())) > 1 for line in lines.values())):
        return ()
    # What was held comes of what was booked, and is the stage that is nearer to the win.
    return tuple(sorted(seen, key=lambda stage: (not stage.endswith("/held"), stage != field, list(seen).index(stage))))


def _settled(claim: Claim, named: _Names, remark: Callable[[Claim], tuple[str, str] | None]) -> Claim:
    word = claim.word
    if word.kind != FIELD:
        return claim
    if word.stage and _NEW.match(word.text) and _place(claim) in named.needed:
        of = named.final(word.stage).removeprefix(stages.OPEN)
        return claim._replace(word=word._replace(field=f"{stages.OPEN}{of}{stages.VARIANT}new", stage=""))
    if stages.VARIANT in word.field:
        of, _, kind = word.field.removeprefix(stages.OPEN).partition(stages.VARIANT)
        of = named.final(of).removeprefix(stages.OPEN) if of in stages.ORDER else of
        return claim._replace(word=word._replace(field=f"{stages.OPEN}{of}{stages.VARIANT}{kind}"))
    if word.stage:
        return claim._replace(word=word._replace(field=named.final(word.stage), stage=named.final(word.stage)))
    if word.ends != ("", ""):
        source, to = (named.end(each) for each in word.ends)
        said = remark(claim) if not source else None
        if said is not None and _are_alike(named.end(said[1]), to) and named.end(said[0]) in named.present:
            source = named.end(said[0])
        return claim._replace(word=word._replace(ends=(source if source != to else "", to)))
    return claim


def _are_alike(one: str, other: str) -> bool:
    one, other = (each.removeprefix(stages.OPEN) for each in (one, other))
    return bool(one and other) and (one in other or other in one)


# -- the order of the labels ------------------------------------------------------


def _lists(found: list[Claim]) -> list[list[list[Claim]]]:
    """Return the labels of each table in order, each with its claims."""
    tables: dict[tuple[str, int], dict[tuple[int, int], list[Claim]]] = {}
    for each in found:
        along = each.label.row if each.axis == "row" else each.label.col
        across = each.label.col if each.axis == "row" else each.label.row
        # Labels with their number in the same cell are one below the other, or side by side.
        head = across if each.axis != "own" else each.label.col
        at = (along, across) if each.axis != "own" else (each.label.row, each.label.col)
        tables.setdefault((each.axis, head), {}).setdefault(at, []).append(each)
    return [[labels[at] for at in sorted(labels)] for labels in tables.values()]


def _order(found: list[Claim], lists: list[list[list[Claim]]]) -> tuple[str, ...]:
    """Return the stages from the win back: the vocabulary's as it has them, the others where the sheet has them."""
    known = [each for each in stages.ORDER if any(claim.word.stage == each for claim in found)]
    order = list(known)
    for labels in sorted(lists, key=lambda each: -len(_stages(each))):
        listed = _stages(labels)
        if _runs_forward(labels, listed):
            listed.reverse()
        for at, stage in enumerate(listed):
            if stage in order:
                continue
            before = next((each for each in reversed(listed[:at]) if each in order), None)
            after = next((each for each in listed[at + 1 :] if each in order), None)
            place = order.index(before) + 1 if before is not None else order.index(after) if after is not None else len(order)
            order.insert(place, stage)
    return tuple(order)


def _stages(labels: list[list[Claim]]) -> list[str]:
    return list(dict.fromkeys(each[0].word.stage for each in labels if each[0].word.stage))


def _runs_forward(labels: list[list[Claim]], listed: list[str]) -> bool:
    """Return whether a list begins with the visits: by rates that name both ends, the stages that are known, its figures, which get fewer."""
    ends = [each[0].word.ends for each in labels if all(end in listed for end in each[0].word.ends)]
    if ends:
        return sum(listed.index(source) < listed.index(to) for source, to in ends) * 2 > len(ends)
    known = [stages.ORDER.index(each) for each in listed if each in stages.ORDER]
    if len(known) > 1:
        return known[0] > known[-1]
    sizes = [figure.number for each in labels if each[0].word.stage and (figure := each[0].spot.amount) is not None]
    if len(sizes) > 2 and sizes in (sorted(set(sizes)), sorted(set(sizes), reverse=True)):
        return sizes[0] > sizes[-1]
    if len(sizes) == len(listed) == 2 and max(sizes) >= 2 * min(sizes) > 0:
        return sizes[0] > sizes[1]
    if known and len(listed) > 1:
        # One known stage: the win is at its end, the visits at theirs.
        return (listed.index(stages.ORDER[known[0]]) > 0) == (known[0] < 2)
    return len(sizes) > 1 and sizes[0] > sizes[-1]


# -- ties -------------------------------------------------------------------------


def _tie(labels: list[list[Claim]], at: int, order: tuple[str, ...], present: Iterable[str]) -> Tie | None:
    """Return what the rate at a place of a list ties; None if nothing says so."""
    word = labels[at][0].word
    source, to = word.ends
    before, after = _beside(labels, at, -1), _beside(labels, at, 1)
    others = [each for each in (before, after) if each and each != to]
    between = bool(before and after and before != after)
    if source and to:
        return _called(word, to, source)._replace(named=True)
    if to not in present:
        return Tie(word.field, *_direction(before, after, order), weak=True) if between and not to else None
    usual = next((each for each in stages.after(to) if each in present), "")
    apart = between and to in (before, after) and _is_earlier(order, others[0], to)
    if apart and (others[0] not in stages.ORDER or not usual or others[0] == usual):
        return _called(word, to, others[0])
    # The stage before it, unless the sheet has none: then it is of the chain's next.
    if usual:
        return _called(word, to, _next(order, to, usual))
    following = order[order.index(to) + 1 :] if to in order else ()
    if not following:
        return None
    # From the visits straight to the win there are stages that the sheet doesn't give, or that weren't understood.
    far = to in stages.ORDER and following[0] in stages.ORDER and stages.ORDER.index(following[0]) - stages.ORDER.index(to) > 2
    return _called(word, to, following[0])._replace(weak=far)


def _is_earlier(order: tuple[str, ...], one: str, than: str) -> bool:
    """Return whether a stage comes before another in time: nothing leads back from the win."""
    return one not in order or than not in order or order.index(one) > order.index(than)


def _called(word: Word, to: str, source: str) -> Tie:
    named = stages.rate_between(source, to)
    # 成約率 keeps its name: what it is a share of has to be found out.
    return Tie(word.field if word.field == "closing_rate" else named, to, source)


def _next(order: tuple[str, ...], to: str, usual: str) -> str:
    """Return the stage that a rate comes from: the usual one, or one of the sheet's own between the two."""
    if to not in order or usual not in order:
        return usual
    first, last = order.index(to), order.index(usual)
    return next((each for each in order[first + 1 : last] if each.startswith(stages.OPEN)), usual) if first < last else usual


def _beside(labels: list[list[Claim]], at: int, step: int) -> str:
    """Return the stage next to a place of a list; empty where another rate comes first."""
    at += step
    while 0 <= at < len(labels):
        word = labels[at][0].word
        if word.stage:
            return word.stage
        if word.ends != ("", ""):
            return ""
        at += step
    return ""


def _direction(one: str, other: str, order: tuple[str, ...]) -> tuple[str, str]:
    """Return two stages as later and earlier."""
    return (one, other) if order.index(one) < order.index(other) else (other, one)
