"""A sheet's chain in a template: which stage takes the place of one of ours, and which is one of its own.

The worksheet needs won deals, a stage that is split among the channels, and one below it that visits may lead to. What the
sheet has there keeps its own name; every other stage of it is declared (docs/templates.md).
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from ...values.toml import write
from .goal import Goal, Stage

STANDARD, SHORT = "standard", "short"
WON, OPPORTUNITIES, MEETINGS, LEADS, VISITS = "won_deals", "opportunities", "meetings", "leads", "visits"
_RATES = {
    # the rates of ours, by the stage that they lead from and the one that they lead to
    (OPPORTUNITIES, WON): "win_rate",
    (MEETINGS, WON): "win_rate",
    (MEETINGS, OPPORTUNITIES): "opportunity_rate",
    (LEADS, MEETINGS): "meeting_rate",
    (VISITS, LEADS): "cvr",
}


class Link(NamedTuple):
    """A stage in its place: the name of its count, that of its rate to the stage above (empty for the first), whether channels have it."""

    stage: Stage
    name: str
    rate: str
    is_split: bool

    @property
    def total(self) -> str:
        """The name of its count for all channels together."""
        return "required_meetings" if self.name == MEETINGS else self.name


class Placed(NamedTuple):
    """The chain in its places; ``template`` is the text of one for it, None where ours will do; ``left`` have no place."""

    links: list[Link]
    base: str
    template: str | None
    left: list[Stage]


def placed(goal: Goal, name: str) -> Placed:
    """Return the chain of a goal in the places of a template, and that template, called ``name``, where it needs one."""
    stages = list(goal.stages)
    left: list[Stage] = []
    if not stages or stages[0].field != WON:
        # Without the win it can't be worked back to: what the sheet has below it keeps its places.
        stages.insert(0, _nothing(WON))
    visits = stages.pop() if stages[-1].field == VISITS else None
    if [each.field for each in stages] == [WON, LEADS]:
        stages.insert(1, _nothing(MEETINGS))
    names = _names(stages)
    links: list[Link] = []
    for at, (stage, own) in enumerate(zip(stages, names, strict=True)):
        above = links[-1].name if links else ""
        split = MEETINGS in names[:at]
        links.append(Link(stage, own, _RATES.get((own, above), f"rate_{own}") if at else "", split))
    if visits is not None:
        if names[-1] == LEADS:
            links.append(Link(visits, VISITS, "cvr", is_split=True))
        else:
            left.append(visits)
    base = STANDARD if OPPORTUNITIES in names else SHORT
    needed = any(each.name.startswith("stage_") or _is_another(each) for each in links)
    return Placed(links, base, _template(links, base, name) if needed else None, left)


def _nothing(field: str) -> Stage:
    """Return a stage of which the sheet has nothing."""
    return Stage(field, _OURS.get(field, ("",))[0], None, {}, {}, None, {})


def _names(stages: list[Stage]) -> list[str]:
    """Return the name of each stage, from the win back: those of ours where they fit."""
    last = len(stages) - 1
    fields = [each.field for each in stages]
    if last < 1:
        return [WON]
    if last == 1:
        return [WON, fields[1] if fields[1] in (OPPORTUNITIES, LEADS) else MEETINGS]
    split = next((at for at in range(1, last) if fields[at] == MEETINGS), None)
    if split is None:
        by_channel = (at for at in range(1, last) if stages[at].channels)
        split = next(by_channel, last - 1)
    names = [WON, *(f"stage_{_slug(fields[at], at)}" for at in range(1, last)), LEADS]
    names[split] = MEETINGS
    if OPPORTUNITIES in fields[1:split]:
        names[fields.index(OPPORTUNITIES)] = OPPORTUNITIES
    return names


def _slug(field: str, at: int) -> str:
    found = re.sub(r"[^a-z0-9]+", "_", field.lstrip("~").casefold()).strip("_")
    return found if field.isascii() and re.fullmatch(r"[a-z][a-z0-9_]{0,30}", found) else str(at)


_OURS = {OPPORTUNITIES: ("案件化数", "opportunities"), MEETINGS: ("商談数", "meetings"), LEADS: ("リード数", "leads")}


def _is_another(link: Link) -> bool:
    """Return whether a place of ours holds another stage: calls in that of the leads."""
    return link.name in _OURS and link.stage.field != link.name and link.stage.is_given


def _is_renamed(link: Link) -> bool:
    """Return whether a place of ours is called otherwise on the sheet: アポ獲得数 for 商談数."""
    return link.name in _OURS and link.stage.is_given and link.stage.label.casefold() not in _OURS[link.name]


# -- the template's text ------------------------------------------------------------------


def _template(links: list[Link], base: str, name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "own"
    title = " → ".join(each.stage.noun for each in reversed(links) if each.stage.label)
    parts = [
        f"# {title}: the stages of a sheet that was read by its labels (docs/templates.md).\n\n[template]\nschema = 1\n"
        f"name   = {_text(plain)}\nbase   = {_text(base)}\ntitle  = {_both(f'目標シート({title})', f'Goal sheet ({title})')}\n"
    ]
    before = ""
    for at, link in enumerate(links):
        if at:
            parts.append(_declared(link, links[at - 1], before))
        before = link.name
    parts.append(_sections(links))
    return "\n".join(each for each in parts if each)


def _declared(link: Link, above: Link, after: str) -> str:
    """Return the declaration of one stage: whole where it is the sheet's own, else what differs from ours."""
    stage = link.stage
    own = link.name.startswith("stage_")
    ours = _RATES.get((link.name, above.name)) == link.rate and not _is_renamed(link) and not _is_renamed(above)
    if not own and ours:
        return ""
    lines = ["[[stage]]", f"name  = {_text(link.name)}"]
    if own:
        lines.append(f"after = {_text(after)}")
    if own or _is_renamed(link):
        lines += [
            f"{key} = {_both(said, said)}" for key, said in (("label", stage.label), ("noun", stage.noun), ("one", stage.noun))
        ]
        if link.name == MEETINGS:
            lines.append(f"count_label = {_both(f'必要{stage.label}', f'{stage.label} needed')}")
    figure = stage.rate or next(iter(stage.channel_rates.values()), None)
    arrow = f"{stage.noun}→{above.stage.noun or '受注'}"
    label = figure.label if figure is not None else f"{arrow}の率"
    lines += ["", "[stage.rate]", f"name  = {_text(link.rate)}", f"label = {_both(label, figure.label if figure else arrow)}"]
    lines.append(f"arrow = {_both(arrow, arrow)}")
    return "\n".join(lines) + "\n"


def _sections(links: list[Link]) -> str:
    """Return what our sheets say of the split stage and those below it, in the sheet's own words."""
    split = [each for each in links if each.is_split or each.name == MEETINGS]
    if not split:
        return ""
    nouns = "・".join(each.stage.noun or each.name for each in split)
    lines = ["[[section]]", 'key   = "channel"', f"title = {_both(f'チャネル別の{nouns}', f'{nouns} by channel')}"]
    top = split[0]
    if _is_renamed(top):
        for cell in ("channel_meetings", "meetings"):
            lines += ["", "[[section.cell]]", f"name  = {_text(cell)}", f"label = {_both(top.stage.label, top.stage.label)}"]
    return "\n".join(lines) + "\n"


def with_example(template: str, table: dict[str, Any]) -> str:
    """Return the template with the plan as its worked example."""
    example = {key: value for key, value in table.items() if key not in ("template", "months", "sheets")}
    return f"{template}\n{write({'example': example})}"


def _both(ja: str, en: str) -> str:
    return f"{{ ja = {_text(ja)}, en = {_text(en)} }}"


def _text(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)
