"""The meaning of a heading, or of a stage's name in a cell: which figure, in which unit, goal or actual.

The words for figures are those that a goal sheet is read by as well (`language/vocabulary.toml`), and before them those of
the workbook that the file is for. What isn't known as a whole isn't guessed: リード数(広告) isn't all leads, 累計リード数 no
month's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..language import vocabulary
from ..language.vocabulary import IN_A_FILE
from ..values.regex import regex
from ..values.units import COUNT, CURRENCY, RATE

MONTH, STAGE, VALUE, CHANNEL, UNIT = "month", "stage", "value", "channel", "unit"

_OF_REVENUE = ("revenue", "web_revenue")
"""In a CSV file of the web's months the revenue is the web's, however it is called."""


def _words(field: str) -> tuple[str, ...]:
    names = _OF_REVENUE if field == "revenue" else (field,)
    return tuple(word for name in names for word in vocabulary.words(f"field.{name}", IN_A_FILE))


STAGES: dict[str, tuple[str, ...]] = {
    stage: _words(stage) for stage in ("revenue", "won_deals", "opportunities", "meetings", "leads", "visits")
}
"""The six stages of a month's tab (`actual_…`), from revenue down to visits, and what people call them."""

RATES: dict[str, tuple[str, ...]] = {
    rate: _words(rate) for rate in ("cvr", "meeting_rate", "opportunity_rate", "win_rate", "close_rate")
}

NO_STAGE = vocabulary.words("no_stage", IN_A_FILE)

_COLUMNS: dict[str, tuple[str, ...]] = {
    **{column: vocabulary.words(f"column.{column}", IN_A_FILE) for column in (MONTH, STAGE, VALUE)},
    CHANNEL: vocabulary.words("channel_heading", IN_A_FILE),
    UNIT: vocabulary.words("column.unit", IN_A_FILE),
}

_PARTS_OF_YEAR = regex(
    r"^(?:第?[1-4](?:四半期|q)(?:合?計)?|q[1-4](?:合?計|total)?|(?:fy)?\d{2,4}年度?(?:合?計|total)|\d{4}年?度)$"
)

_GOAL, _ACTUAL, _OTHER, _HARMLESS = (
    vocabulary.words(f"said_beside.{role}", IN_A_FILE) for role in ("goal", "actual", "other", "nothing")
)


class Unit(NamedTuple):
    """The unit of a bare number: ``factor`` yen, things, or (for a rate) parts of one."""

    kind: str
    factor: Fraction


class Heading(NamedTuple):
    """``field`` is a stage, ``cvr`` or another rate, or month, stage, value, channel or unit; empty if unknown.

    ``role`` is goal, actual, other (last year's, a running total, …), or empty if the heading doesn't say.
    """

    text: str
    field: str = ""
    unit: Unit | None = None
    role: str = ""


def key(text: str) -> str:
    """Return a text as words are compared, ignoring width, case, spaces, hyphens and の."""
    return re.sub(r"[\s_'\"・‐–—.。、,:;#-]|の", "", unicodedata.normalize("NFKC", text).casefold())


_WORDS = {key(word): field for table in (_COLUMNS, RATES, STAGES) for field, its in table.items() for word in its}
_SHOWN = {key(word): word for table in (_COLUMNS, RATES, STAGES) for its in table.values() for word in its}
_TOTALS = {key(word) for word in vocabulary.words("total", IN_A_FILE)}
_NO_STAGE = {key(word) for word in NO_STAGE}
_UNITS = {
    **{key(word): Unit(CURRENCY, Fraction(factor)) for word, factor in vocabulary.yen(IN_A_FILE).items()},
    **{key(word): Unit(COUNT, Fraction(1)) for word in vocabulary.words("unit.count", IN_A_FILE)},
    **{key(word): Unit(RATE, Fraction(1, 100)) for word in vocabulary.words("unit.percent", IN_A_FILE)},
}
_KINDS = vocabulary.fields()
_BRACKETS = regex(r"[(\[【〔（［]([^()\[\]【】〔〕（）［］]*)[)\]】〕）］]")
_ARROW = regex(r"→|⇒|->|=>|から")
_MAX = 60


Own = tuple[tuple[str, str], ...]
"""A workbook's own words for its stages, each as `key` returns it, with the stage."""


def own(labels: Iterable[tuple[str, str]]) -> Own:
    """Return the words for stages by their labels: (提案数, proposals) → 提案数 and 提案; (Proposals, …) → Proposal, too.

    A label as it is comes before another one's shorter form; the six have theirs in the vocabulary.
    """
    known: dict[str, str] = {}
    pairs = [(key(label), stage) for label, stage in labels]
    shorter = [(_COUNTED.sub("", word), stage) for word, stage in pairs if stage not in STAGES]
    for word, stage in (*pairs, *shorter):
        known.setdefault(word, stage)
    return tuple(known.items())


_COUNTED = regex(r"(?<=.)(?:件?数|s)$")


def unit(text: str) -> Unit | None:
    """Return the unit that a text is: 万円, 件, %; None where it is none."""
    return _UNITS.get(re.sub(r"^単位", "", key(text)))


def is_no_stage(text: str, own: Own = ()) -> bool:
    """Return whether a stage's name is a known term outside the stages: a rate, lost deals, page views."""
    return understand(text, own).field in RATES or key(text[:_MAX]) in _NO_STAGE


def is_total(text: str) -> bool:
    """Return whether a cell names a sum rather than a month, stage or channel: 合計, 小計, 第1四半期, Total."""
    name = key(text[:_MAX])
    return name in _TOTALS or _PARTS_OF_YEAR.match(name) is not None or bool(re.fullmatch(r".{1,12}(?:合計|小計|total)", name))


@lru_cache(maxsize=4096)
def understand(text: str, own: Own = ()) -> Heading:
    """Return the meaning of a heading: CV率（％）, 目標リード数(件), 受注金額[千円]."""
    known = {**_WORDS, **dict(own)}
    shown = " ".join(text.split())
    if not shown or len(shown) > _MAX:
        return Heading(shown)
    inner = [each.strip() for each in _BRACKETS.findall(shown)]
    name = key(_BRACKETS.sub(" ", shown))
    found = None
    if name.endswith("%") and len(name) > 1:  # CV率%
        found, name = _UNITS["%"], name[:-1]
    words, role = _affixes(name, known)
    field = next((known[each] for each in (name, *words) if each in known), "")
    for each in inner:
        its_role = _role(each)
        if unit(each) is not None:
            found = unit(each)
        elif its_role:
            role = its_role
        elif known.get(key(each)) == field or _ARROW.search(each) or key(each) in map(key, _HARMLESS):
            pass
        else:
            field = ""  # リード数(広告), セッション数(新規): a part, and which is not known
    if found is not None and found.kind != _KINDS.get(field, COUNT if field in dict(own).values() else found.kind):
        field = ""  # リード数(%)
    return Heading(shown, field, found, role)


def _affixes(name: str, known: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the word with its prefixes and suffixes removed step by step, and the role that they give it."""
    if name in known:  # 見込み客数 is leads, whatever 見込 is elsewhere
        return [], ""
    role = "other" if any(key(each) in name for each in _OTHER) else ""
    words = []
    for _ in range(3):
        for mark, its_role in (
            *((each, "goal") for each in _GOAL),
            *((each, "actual") for each in _ACTUAL),
            *((each, "") for each in _HARMLESS),
        ):
            bare = name.removeprefix(key(mark)) if name.startswith(key(mark)) else name.removesuffix(key(mark))
            if bare and bare != name:
                name, role = bare, role or its_role
                words += [name, f"{name}数"]
                break
        else:
            break
    return ([] if role == "other" else words), role


def _role(text: str) -> str:
    name = key(text)
    if any(key(each) in name for each in _OTHER):
        return "other"
    if name in map(key, _GOAL):
        return "goal"
    return "actual" if name in map(key, _ACTUAL) else ""


def near(text: str, fields: tuple[str, ...], own: Own = ()) -> list[str]:
    """Return known words for these fields that resemble ``text``, the nearest first, one for each field."""
    from difflib import get_close_matches

    known = {each: field for each, field in (*_WORDS.items(), *own) if field in fields}
    found: dict[str, str] = {}
    for each in get_close_matches(key(text[:_MAX]), known, 8, 0.6):
        found.setdefault(known[each], _SHOWN.get(each, each))
    return list(found.values())[:3]
