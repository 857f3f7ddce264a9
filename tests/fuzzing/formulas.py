"""Formulas by the grammar, with the figures that hurt: read, evaluated, and held against IronCalc where both know a number."""

from __future__ import annotations

import functools
import inspect
import math
import random
from fractions import Fraction
from typing import Any

import ironcalc

from kgisheet.formula.functions import FUNCTIONS, LEAST_IN_EXCEL, too_short
from kgisheet.formula.grid import CircleError, Sheets, held
from kgisheet.formula.nodes import Area, Call, Cell, ErrorValue, Literal, walk
from kgisheet.formula.parser import parse
from kgisheet.formula.values import NotEvaluatedError, Value
from kgisheet.values import budget

from .trial import INCOMPLETE, OK, Answer, Trial, WrongVerdictError

GRID: dict[str, Any] = {
    "A1": 10, "A2": 20.5, "A3": -7.5, "A4": 0, "A5": 1e15, "B1": "広告", "B2": "3", "B3": "30%", "B5": True, "C1": 0.25, "C2": 0.1,
    "C3": "a*b", "C4": 1e-12, "C5": "２０",
}  # fmt: skip
"""A1:C5 of the sheet that they stand on; B4 is empty."""
AT = ("s", 0, 7)

NUMBERS = ["0", "1", "2", "3", "0.1", "0.25", "1.5", "12", "100", "1E3", "1E15", "1E16", "1E-7", "1E300", "1E-300", "1.7E308", "255", "2.5",
           "9999999999999999", "0.1000000000000001", "32768", "1048577"]  # fmt: skip
TEXTS = ['""', '"a"', '"3"', '"広告"', '">1"', '"<>"', '"*"', '"?*"', '"~*"', '"1E3"', '" 7 "', '"-5%"', '"TRUE"', '"2026-04-01"', '"１２"', '"a""b"', '"0x10"', '"1_000"']  # fmt: skip
REFERENCES = [
    "A1",
    "A2",
    "A3",
    "A4",
    "A5",
    "B1",
    "B2",
    "B3",
    "B4",
    "B5",
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "$A$1",
    "s!A1",
    "a1",
    "D9",
]
AREAS = ["A1:A5", "B1:B5", "C1:C5", "A1:C5", "A1:C1", "C5:A1", "A1:A1", "$A$1:$C$2", "B4:B4", "D1:D9"]
WORDS = [
    "TRUE",
    "FALSE",
    "#N/A",
    "#DIV/0!",
    "#REF!",
    "nothing",
    "_x",
    "A1:A",
    "{1,2}",
    "Table1[x]",
    "[1]s!A1",
    "'it''s'!A1",
    "s!B1",
]
OPERATORS = ["+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">="]
FUNCTION_NAMES = sorted(
    {
        *FUNCTIONS,
        "IF",
        "AND",
        "OR",
        "IFERROR",
        "IFNA",
        "CHOOSE",
        "IFS",
        "SWITCH",
        "TEXT",
        "OFFSET",
        "INDIRECT",
        "RAND",
        "LET",
        "LAMBDA",
    }
)
SCRAPS = [
    *"()+-*/^%&=<>,;:!'\"{}[]#@$ \t\n\\.~",
    "１",
    "、",
    "#REF!",
    "E+",
    "1E",
    "A0",
    "XFE1",
    "A1048577",
    "\u00a0",
    "\u0000",
    "\ud800",
    "''",
]


def formula(pick: random.Random, depth: int = 4) -> str:
    """A formula that the grammar allows."""
    kind = pick.random()
    if depth <= 0 or kind < 0.3:
        return pick.choice(pick.choices((NUMBERS, TEXTS, REFERENCES, AREAS, WORDS), (5, 3, 6, 2, 1))[0])
    if kind < 0.5:
        return f"{formula(pick, depth - 1)}{pick.choice(OPERATORS)}{formula(pick, depth - 1)}"
    if kind < 0.56:
        return f"{pick.choice('-+')}{formula(pick, depth - 1)}"
    if kind < 0.6:
        return f"{formula(pick, depth - 1)}%"
    if kind < 0.66:
        return f"({formula(pick, depth - 1)})"
    name = pick.choice(FUNCTION_NAMES)
    least, most = arguments(name) if pick.random() < 0.95 else (0, 6)
    args = [("" if pick.random() < 0.02 else formula(pick, depth - 1)) for _ in range(pick.randint(least, most))]
    return f"{name}({','.join(args)})"


OWN_ARGUMENTS = {
    "IF": (2, 3),
    "IFERROR": (2, 2),
    "IFNA": (2, 2),
    "CHOOSE": (2, 5),
    "IFS": (2, 6),
    "SWITCH": (3, 6),
    "NOT": (1, 1),
}
"""How many arguments those take that are no functions of the table."""


@functools.cache
def arguments(name: str) -> tuple[int, int]:
    """The least and the most arguments of a function; of those that take any number, four."""
    if name not in FUNCTIONS:
        return OWN_ARGUMENTS.get(name, (1, 3))
    given = inspect.signature(FUNCTIONS[name]).parameters.values()
    named = [each for each in given if each.kind is not inspect.Parameter.VAR_POSITIONAL]
    least = max(LEAST_IN_EXCEL.get(name, 0), sum(each.default is inspect.Parameter.empty for each in named))
    return (least or 1, len(named) + 3) if len(named) < len(given) else (least, len(named))


def spoilt(pick: random.Random, text: str) -> str:
    """A formula with a piece taken out, doubled, put elsewhere or typed wrong."""
    for _ in range(pick.randint(1, 4)):
        start = pick.randrange(len(text) + 1)
        end = min(len(text), start + pick.choice((0, 1, 1, 2, 5)))
        piece = pick.choice(
            ("", pick.choice(SCRAPS), text[start:end] * pick.choice((2, 3, 50)), pick.choice(FUNCTION_NAMES) + "(")
        )
        text = text[:start] + piece + text[end:]
    return text


def trial(pick: random.Random) -> Trial:
    text, kind = formula(pick), "grammar"
    if pick.random() < 0.3:
        text, kind = spoilt(pick, text), "spoilt"
    return Trial(kind, {"formula.txt": text.encode("utf-8", "surrogatepass")}, lambda: asked(text))


def asked(text: str) -> Answer:
    """Our value of a formula; a number that IronCalc doesn't have is wrong."""
    value = ours(text)
    if isinstance(value, str) and value.startswith("not evaluated"):
        return Answer(INCOMPLETE, value)
    if isinstance(value, Fraction) and abs(value) < 10**300 and not _for_some_only(text):
        other = theirs(text)
        if isinstance(other, (int, float)) and not isinstance(other, bool) and not same(value, other):
            raise WrongVerdictError(f"{text!r} is {float(value)!r} for us, {other!r} for IronCalc")
    return Answer(OK, value)


COUNTING = ("COUNT", "COUNTA", "MEDIAN", "SUMSQ")
"""Functions that IronCalc 0.9.1 has otherwise than Excel describes them where what they are given is no reference and no number: an
omitted argument and TRUE count, a text that is a number does, with digits of full width, too, and an array has all its cells."""


def _for_some_only(text: str) -> bool:
    tree = parse(text)
    return too_short(tree) is not None or any(
        isinstance(each, Call)
        and each.function in COUNTING
        and not all(
            isinstance(arg, (Cell, Area)) or (isinstance(arg, Literal) and isinstance(arg.value, Fraction)) for arg in each.args
        )
        for each in walk(tree)
    )


def ours(text: str) -> Value:
    constants = {("s", int(where[1:]) - 1, ord(where[0]) - 65): held(value) for where, value in GRID.items()}
    with budget.of_file("formula"):
        try:
            value = Sheets({AT: text}, constants, {}, titles=["s"]).value(AT)
        except (NotEvaluatedError, CircleError, budget.SpentError) as bad:
            return f"not evaluated: {bad}"
    return value.text if isinstance(value, ErrorValue) else value


@functools.cache
def _model() -> Any:
    model = ironcalc.create("fuzz", "en", "UTC", "en")
    model.rename_sheet(0, "s")
    for where, value in GRID.items():
        typed = f"'{value}" if isinstance(value, str) else str(value).upper()
        model.set_user_input(0, int(where[1:]), ord(where[0]) - 64, typed)
    return model


def theirs(text: str) -> Any:
    """IronCalc's value of a formula; None where it says none."""
    model = _model()
    try:
        model.set_user_input(0, AT[1] + 1, AT[2] + 1, f"={text.removeprefix('=')}")
        model.evaluate()
        return model.get_cell_value(0, AT[1] + 1, AT[2] + 1)
    except BaseException as bad:  # a panic of the engine's own is no Exception
        if isinstance(bad, (KeyboardInterrupt, SystemExit)):
            raise
        _model.cache_clear()
        return None


def same(ours_: Fraction, other: float) -> bool:
    mine = float(ours_)
    return math.isclose(mine, other, rel_tol=1e-9, abs_tol=1e-9 * max(1, abs(other))) or (
        abs(mine) < 1e-300 and abs(other) < 1e-290
    )
