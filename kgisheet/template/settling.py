"""Declaration → Template: every cell made, every expression checked and ordered."""

from __future__ import annotations

from ..errors import Problem, TemplateError
from ..expr.nodes import Call, Name, Node, names
from ..expr.parser import ExpressionError
from ..expr.typing import Declared, Scope, infer
from ..language import words as shared_words
from ..language.text import Text
from ..values.toml import Path, Source
from ..values.units import TEXT, fits
from .model import INPUT, RESULT, Cell, Template
from .raw import Declaration
from .roles import read_roles, wrong_roles
from .sections import SectionReader
from .tables import AROUND

# Names that the arithmetic itself relies on.
_NEEDED = {
    "rounding": INPUT,
    "display_unit": INPUT,
    "unit_yen": RESULT,
    "period": INPUT,
}


def _relied_on(template: Template) -> dict[str, str]:
    """Return the names that the arithmetic itself relies on, and that sheets can't be drawn without."""
    roles = template.roles
    of_months = {roles.month_start: RESULT, roles.month_weight: INPUT} if template.is_monthly else {}
    return {**_NEEDED, roles.overall: RESULT, roles.start_month: INPUT, **of_months}


def settled(declaration: Declaration, chosen: frozenset[str], wanted: frozenset[str]) -> Template:
    """Return the template with its choices resolved; raise TemplateError with all its problems."""
    reader = SectionReader(declaration)
    sections = reader.sections(chosen, wanted)
    template = Template(
        name=reader.template_name,
        title=reader.title,
        about=reader.about,
        sections=sections,
        cells=reader.cells,
        words={**shared_words.BUILT_IN, **reader.words},
        blocks=reader.blocks,
        order=(),
        funnel=reader.funnel,
        either=reader.either,
        typed=chosen,
        flows=tuple(reader.flows),
        tables=reader.own_tables,
        sheets=reader.listed,
        roles=read_roles(declaration.roles),
    )
    problems = declaration.problems + reader.problems
    problems += _needed(template, declaration)
    problems += wrong_roles(
        declaration.roles, declaration.sources[0], template.cells, is_whole=wanted.issuperset(declaration.listed.whole)
    )
    problems += _references(template, declaration)
    problems += _expressions(template)
    order, cycles = _ordered(template.cells, template.blocks)
    problems += cycles
    if problems:
        raise TemplateError(*sorted(set(problems), key=lambda p: (p.source or "", p.line or 0, p.code)))
    return template._replace(order=order)


def _needed(template: Template, declaration: Declaration) -> list[Problem]:
    source = declaration.sources[0]
    return [
        source.problem(
            "missing-cell",
            ("section",),
            Text(f"セル {name} がありません", f"the cell {name} is missing"),
            Text(
                f'{"入力" if role == INPUT else "結果"}のセルとして加えるか、base = "standard" で始めてください',
                f'add it as a separate cell, or begin with base = "standard" ({role})',
            ),
            name,
        )
        for name, role in _relied_on(template).items()
        if name not in template.cells
    ]


def _references(template: Template, declaration: Declaration) -> list[Problem]:
    """Return the names used outside expressions: in equations, the funnel, totals, choices."""
    problems: list[Problem] = []

    def missing(name: str, source: Source, path: Path) -> None:
        problems.append(
            source.problem(
                "unknown-name",
                path,
                Text(f"{name} という名前のセルはありません", f"there is no cell named {name}"),
            )
        )

    for index, section in enumerate(template.sections):
        for place, name in enumerate(section.equation):
            # Between the cells stand signs, or cells that hold the sign.
            if name not in template.cells and place % 2 == 0:
                origin = declaration.sections[index].keys.origin
                missing(name, *origin.keys.get("equation", (origin.source, (*origin.path, "equation"))))
    origins = {str(raw.keys.keys.get("key")): raw.keys.origin for raw in declaration.sections}
    for section in template.sections:
        for number, line in enumerate(section.lines):
            for asked in line.cells:
                if asked is not None and (asked not in template.cells or template.cells[asked].section != section.key):
                    origin = origins[section.key]
                    missing(asked, origin.source, (*origin.path, "line", number, "cells"))
    for name in (*template.funnel, *(name for group in template.either for name in group)):
        if name not in template.cells:
            missing(name, declaration.sources[0], ("template",))
    for cell in template.cells.values():
        if cell.among is not None and cell.among not in template.cells:
            missing(cell.among, *cell.origin.of("among"))
        if cell.total_of is not None and cell.total_of not in template.cells:
            missing(cell.total_of, *cell.origin.of("total_of"))
    return problems


def _expressions(template: Template) -> list[Problem]:
    declared = {name: Declared(cell.unit, cell.table) for name, cell in template.cells.items()}
    # A block's cells are of one unit: that of its first.
    declared |= {
        name: Declared(template.cells[members[0]].unit if members and members[0] in template.cells else TEXT, name)
        for name, members in template.blocks.items()
    }
    problems: list[Problem] = []
    scopes: dict[str | None, Scope] = {}
    for cell in template.cells.values():
        if cell.formula is None:
            continue
        if cell.table not in scopes:
            scopes[cell.table] = Scope(declared, template.words, cell.table, AROUND.get(cell.table or "", ()))
        source, path = cell.origin.of("formula")
        try:
            found = infer(cell.formula, scopes[cell.table])
        except ExpressionError as bad:
            problems.append(source.problem("expression", path, bad.what, key=cell.name))
            continue
        if not fits(found, cell.unit):
            problems.append(
                source.problem(
                    "unit",
                    path,
                    Text(
                        f"式の単位は「{found}」ですが、セルの単位は「{cell.unit}」です",
                        f"the expression makes a {found}, but the cell is a {cell.unit}",
                    ),
                    Text("式か unit のどちらかを直してください", "fix the expression or the unit"),
                    cell.name,
                )
            )
    return problems


def _ordered(cells: dict[str, Cell], blocks: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the results, each after its operands; and a problem per cycle."""
    order: dict[str, None] = {}
    problems: list[Problem] = []
    on_the_way: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in blocks:
            for member in blocks[name]:
                visit(member)
            return
        cell = cells.get(name)
        if cell is None or cell.formula is None or name in order:
            return
        if name in on_the_way:
            ring = list(on_the_way)[list(on_the_way).index(name) :]
            problems.append(_cycle(cells, ring))
            return
        on_the_way[name] = None
        for needed in _needs(cell.formula):
            if needed != name or not _looks_back(cell.formula, name):
                visit(needed)
        del on_the_way[name]
        order[name] = None

    for name in cells:
        visit(name)
    return tuple(order), problems


def _needs(formula: Node) -> list[str]:
    return names(formula)


def _looks_back(formula: Node, name: str) -> bool:
    """Return whether a column depends on itself only in earlier rows."""
    asked = [node for node in formula.walk() if isinstance(node, Name) and node.id == name]
    back = [node for node in formula.walk() if isinstance(node, Call) and node.function in ("sum_earlier", "sum_before")]
    return len(asked) == sum(isinstance(node.args[0], Name) and node.args[0].id == name for node in back)


def _cycle(cells: dict[str, Cell], ring: list[str]) -> Problem:
    shown = [name for name in ring if cells[name].of is None] or ring
    first = cells[shown[0]]
    path = " → ".join((*shown, shown[0]))
    source, at = first.origin.of("formula")
    return source.problem(
        "cycle",
        at,
        Text(f"式が循環しています: {path}", f"circular formulas: {path}"),
        Text("どれか1つを入力にしてください", "make one of them an input"),
        first.name,
    )
