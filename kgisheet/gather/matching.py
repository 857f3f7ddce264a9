"""Which file is whose: the rows of a batch's manifest, copies, later versions; each manager is counted once, and it is said why."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..language.text import Text, Wording, many
from ..values.regex import regex
from .model import BACKUP, FOREIGN, INSIDE, OURS, SUMMARY, Answer
from .texts import plain

_COPY = regex(
    r"(?:\s*[(（]\d{1,3}[)）]|\s*-\s*(?:コピー|copy)(?:\s*[(（]\d{1,3}[)）])?|のコピー|\s+(?:コピー|copy)(?:\s*\d{1,3})?|_\d{1,2}(?=$)"
    r"|[\s_-]+(?:最終|確定|修正|訂正|更新|改訂|提出|記入)(?:済み?|版|用)?|[\s_-]+(?:final|rev(?:ised)?|fixed|updated|v(?:er)?\.?)\s?\d{0,3})+$",
    re.IGNORECASE,
)
"""The endings that programs add to the name of a copy, and people to that of a later version: 山田 (1), 山田 - コピー, 山田_最終版, yamada v2."""

_DATED = regex(r"[\s_-]*\d{4,8}$")
"""A date behind a name: of one owner's files it sets versions apart, of two owners' perhaps their years."""


class Due(NamedTuple):
    """A row of a manifest: the name of the workbook that was handed out, and to whom; its digest, and that of what decided it.

    ``file`` is "" where no workbook could be made: ``problems`` say why.
    """

    file: str
    owner: str = ""
    workbook: str = ""
    plan: str = ""
    problems: tuple[str, ...] = ()


class Kept(NamedTuple):
    """A manager: the row that it is of (None without a manifest), the file that counts, and the others with the reason.

    ``owner`` is the name that the file bears inside, where other people's bear the same one. ``remarks`` are what else there is to
    say of whose a file is, by the file, or by "" where the manager has none.
    """

    name: str
    due: Due | None
    counted: Answer | None
    others: tuple[tuple[Answer, Wording], ...] = ()
    is_stranger: bool = False
    owner: str = ""
    remarks: tuple[tuple[str, Text], ...] = ()


def named(path: str) -> str:
    """Return a file's name without its folders."""
    return path.replace("\\", "/").rpartition("/")[2]


def stem(path: str) -> str:
    """Return a file's name without its kind."""
    name = named(path)
    return name.rpartition(".")[0] or name


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _original(path: str) -> str:
    """Return the name that a copy's name begins with."""
    return _key(_COPY.sub("", stem(path)) or stem(path))


def matched(answers: Sequence[Answer], dues: Sequence[Due]) -> list[Kept]:
    """Return the managers, those of the manifest in its order, then those that nobody knows of."""
    return _by_rows(answers, dues) if dues else _without_rows(answers)


# -- with a manifest ----------------------------------------------------------


def _by_rows(answers: Sequence[Answer], dues: Sequence[Due]) -> list[Kept]:
    owners = Counter(_key(due.owner) for due in dues if due.owner)
    speak = all(due.owner and owners[_key(due.owner)] == 1 for due in dues)
    at_file: dict[str, int] = {}
    for index, due in enumerate(dues):
        if due.file:
            at_file.setdefault(_key(stem(due.file)), index)
    plans = Counter(due.plan for due in dues if due.plan)
    at_plan = {due.plan: index for index, due in enumerate(dues) if due.plan and plans[due.plan] == 1}
    at_owner = {_key(due.owner): index for index, due in enumerate(dues) if due.owner and owners[_key(due.owner)] == 1}
    of_row: dict[int, list[Answer]] = {}
    strangers: list[Answer] = []
    names = [(due.owner if speak else stem(due.file)) or due.owner for due in dues]
    claims: dict[int, list[tuple[str, Text]]] = {}
    for each in answers:
        by_name = at_file.get(_key(stem(each.file)))
        if by_name is None:
            by_name = at_file.get(_original(each.file))
        found = at_plan.get(each.plan) if each.plan else None
        if found is not None and by_name is not None and found != by_name:
            mine, other = names[found], names[by_name]
            said = Text(
                f"ファイル名は「{other}」ですが、中身は「{mine}」に配ったブックです。「{mine}」として集計しています",
                f"named like {other}'s, but it is the workbook handed to {mine}, for whom it counts",
            )
            claims.setdefault(found, []).append((each.file, said))
            lost = Text(f"「{each.file}」は「{mine}」に配ったブックです", f"“{each.file}” is the workbook handed to {mine}")
            claims.setdefault(by_name, []).append(("", lost))
        if found is None:
            found = by_name
        if found is None and each.owner and speak:
            found = at_owner.get(_key(each.owner))
        if found is None:
            strangers.append(each)
        else:
            of_row.setdefault(found, []).append(each)
    kept = [
        _one(names[index], due, of_row.get(index, []))._replace(remarks=tuple(claims.get(index, ())))
        for index, due in enumerate(dues)
    ]
    return _apart([*kept, *(each._replace(is_stranger=True) for each in _without_rows(strangers))])


def claimed(kept: Sequence[Kept], passed: Sequence[Answer]) -> tuple[list[Kept], list[Answer]]:
    """Return the managers, those whose workbook isn't there with the file that bears their name and isn't read; and the other such files."""
    left = [each for each in passed if each.kind != INSIDE]
    found = []
    for each in kept:
        if each.counted is None:
            mine = {_key(each.name), _key(stem(each.due.file))} if each.due is not None else {_key(each.name)}
            theirs = [
                one
                for one in passed
                if one.kind not in (SUMMARY, BACKUP) and {_key(stem(one.file)), _original(one.file)} & mine
            ]
            if theirs:
                left = [one for one in left if one not in theirs]
                beside = tuple((one, one.problem or _UNREAD) for one in theirs[1:])
                found.append(each._replace(counted=theirs[0], others=beside))
                continue
        found.append(each)
    return found, left


_UNREAD = Text("読んでいません", "not read")


def _one(name: str, due: Due | None, answers: Sequence[Answer]) -> Kept:
    """Return a manager with the file that counts: the best of several."""
    if not answers:
        return Kept(name, due, None)
    ranked = sorted(answers, key=lambda each: (*(-mark for mark in _marks(each, due)), each.file))
    best = ranked[0]
    return Kept(name, due, best, tuple((each, _why(best, each, due)) for each in ranked[1:]))


def _marks(each: Answer, due: Due | None) -> tuple[int, ...]:
    """Return what speaks for a file, the weightiest first: it can be read, was worked in, holds more actuals, has the name that was given."""
    exact = due is not None and _key(named(each.file)) == _key(due.file)
    touched = due is None or each.digest != due.workbook
    return (
        int(each.is_read),
        int(touched),
        each.typed,
        int(exact or (due is None and _original(each.file) == _key(stem(each.file)))),
    )


def _why(best: Answer, other: Answer, due: Due | None) -> Text:
    """Say why a file isn't counted beside the one that is."""
    name = named(best.file)
    if best.digest == other.digest:
        return Text(f"「{name}」と同じ内容です(1回だけ集計)", f"same content as “{name}”, counted once")
    ours, theirs = _marks(best, due), _marks(other, due)
    at = next((index for index, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]), len(_WHY))
    ja, en = _WHY[at] if at < len(_WHY) else _BY_NAME
    return Text(f"「{name}」と重複しています({ja}、そちらを集計)", f"duplicate of “{name}”, which counts: {en}")


_WHY = (
    Text("こちらは読み取れないため", "this one can't be read"),
    Text("こちらは配布時のままのため", "this one is as it was handed out"),
    Text("実績の入力が多いため", "it has more actuals"),
    Text("配布時のファイル名のため", "it has the name that was given"),
)
_BY_NAME = Text("名前順で先のため", "it is first by name")


# -- without one --------------------------------------------------------------


def _without_rows(answers: Sequence[Answer]) -> list[Kept]:
    """Return a manager for each file but for copies; owners name them where owners are what tells files apart."""
    groups = _groups(answers)
    readable = [group for group in groups if group[0].kind in (OURS, FOREIGN)]
    owners = Counter(_key(group[0].owner) for group in readable if group[0].owner)
    speak = len(owners) > 1 or (len(owners) == len(readable) == 1)
    # An owner whom half of the files share is a department's name, and no manager's.
    common = {owner for owner, count in owners.items() if count > max(2, len(readable) // 2)}
    versions: dict[tuple[str, str], list[Answer]] = {}
    found: list[tuple[str, str, list[Answer]]] = []
    for group in groups:
        first = group[0]
        owner = _key(first.owner)
        if not (speak and owner and owner not in common and first.kind == OURS):
            found.append((stem(first.file), "", group))
            continue
        # Files of other names and other contents are other people's, though one owner is written into both.
        key = owner, _DATED.sub("", _original(first.file)) or _original(first.file)
        if key in versions:
            versions[key] += group
            continue
        versions[key] = group
        found.append((first.owner, owner, group))
    several = Counter(owner for _, owner, _ in found if owner)
    kept = [
        _one(name, None, group)._replace(owner=group[0].owner if several[owner] > 1 else "") for name, owner, group in found
    ]
    return _apart(kept)


def _groups(answers: Sequence[Answer]) -> list[list[Answer]]:
    """Return the files in groups of the same content, or of a file and what its name says are copies of it."""
    there = {_key(stem(each.file)) for each in answers}
    groups: dict[str, list[Answer]] = {}
    by_content: dict[str, str] = {}
    for each in answers:
        original = _original(each.file)
        key = original if original in there else _key(stem(each.file))
        content = each.digest if not each.typed else f"{each.inputs}{[stage.actuals for stage in each.stages]}{each.owner}"
        if each.is_read:  # two empty files are two people's
            key = by_content.setdefault(content, key)
        groups.setdefault(key, []).append(each)
    return list(groups.values())


_LONGEST = 100
"""Characters of a manager's name."""


def _apart(kept: list[Kept]) -> list[Kept]:
    """Return the managers with names of their own: the file's name behind one that several have."""
    count = Counter(_key(plain(each.name, _LONGEST)) for each in kept)
    seen: Counter[str] = Counter()
    named_apart = []
    for each in (one._replace(name=plain(one.name, _LONGEST) or "?") for one in kept):
        name, file = each.name, each.counted.file if each.counted is not None else each.due.file if each.due is not None else ""
        if count[_key(name)] > 1:
            name = f"{name} ({plain(stem(file), _LONGEST)})" if _key(stem(file)) != _key(name) else name
        seen[_key(name)] += 1
        if seen[_key(name)] > 1:
            name = f"{name} [{seen[_key(name)]}]"
        named_apart.append(each._replace(name=name))
    return named_apart


def missing(kept: Iterable[Kept]) -> list[str]:
    """Return the names of those whose workbook isn't there."""
    return [each.name for each in kept if each.counted is None]


def told(names: Sequence[str | Wording], most: int = 10, counter: str = "名") -> Text:
    """Return names as a list in both languages, the first of them."""
    more = len(names) - most
    ja, en = ([each if isinstance(each, str) else each.to(lang) for each in names[:most]] for lang in ("ja", "en"))
    rest = (f" ほか{more}{counter}", f" and {many(more, 'other')}") if more > 0 else ("", "")
    return Text("、".join(ja) + rest[0], ", ".join(en) + rest[1])
