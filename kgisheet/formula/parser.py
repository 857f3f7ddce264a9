"""Parser: the text of an Excel formula → tree.

Excel's own precedence: ``-2^2`` is 4. Loosest first: ``= <> < <= > >=``, ``&``,
``+ -``, ``* /``, ``^``, ``%``, unary ``-``.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from ..values import budget
from ..values.a1 import column_number
from ..values.budget import LONGEST_FORMULA, LONGEST_NUMBER
from ..values.regex import regex
from .nodes import Area, Binary, Call, Cell, ErrorValue, Literal, Name, Tree, Unary, Unknown, depth

_MAX_TREE = 200
"""Levels of a tree, brackets and sums together: it is walked by recursion."""

_MAX_DEPTH = 100
_MAX_CHAIN = 150  # the tree of a sum is as deep as it is long, and is walked by recursion

# Titles have 31 characters; a longer run without its "!" is not gone through again from each of its characters.
_SHEET = r"(?:'((?:[^']|'')+)'!|((?:\[[0-9]{1,9}\])?[^\s'!(),;:&=<>+\-*/^%\"{}\[\]#]{1,99})!)?"
_CELL = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
# Of a sheet that is gone Excel keeps the address (#REF!A1), of a deleted cell the sheet (Sheet1!#REF!).
_GONE = r"(?:'(?:[^']|'')+'!|[^\s'!(),;:&=<>+\-*/^%\"{}\[\]#]{1,99}!)?\#[Rr][Ee][Ff]!(?:\#REF!|[\w.\\$:]+)?"
_TOKEN = regex(
    rf"""\s*(?:
    (?P<text>"(?:[^"]|"")*")
    |(?P<gone>{_GONE})
    |(?P<error>\#(?:DIV/0!|VALUE!|NAME\?|NUM!|N/A|NULL!))
    |(?P<ref>{_SHEET}{_CELL}(?::{_CELL})?(?![\w.(]))
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?)
    |(?P<function>[A-Za-z_][\w.]*)\(
    |(?P<name>{_SHEET}[A-Za-z_\\\u0080-\uffff][\w.\\]*)
    |(?P<op><=|>=|<>|[-+*/^&=<>%(),;{{}}:])
    )""",
    re.VERBOSE,
)


class FormulaError(Exception):
    """A text that isn't a formula this reader understands."""


class _LongNumberError(Exception):
    """A number of more digits than any may have."""


def parse(text: str, is_own: bool = False) -> Tree:
    """Return the tree of ``text`` (with or without its ``=``); raise FormulaError, also where the budget of the file is spent.

    A formula that this program made is read at no cost: there are no more of them than cells of the template.
    """
    if is_own:
        return _known(text)
    if len(text) > LONGEST_FORMULA:
        raise FormulaError("longer than a formula can be")
    left = budget.current()
    if text not in left.parsed:  # each once in a file, whatever files came before it
        try:
            left.spend(budget.STEPS, len(text))
        except budget.SpentError as spent:
            left.unworked.add(text)
            raise FormulaError(str(spent)) from None
        left.parsed.add(text)
    return _known(text)


def _known(text: str) -> Tree:
    found = _parsed(text)
    if found is None:  # said anew for each file: what is kept belongs to none
        raise FormulaError(str(budget.current().refusal(budget.NUMBER, LONGEST_NUMBER)))
    if isinstance(found, str):
        raise FormulaError(found)
    return found


@lru_cache(maxsize=20_000)  # a formula is looked at by several rules, and often stands in several cells
def _parsed(text: str) -> Tree | str | None:
    """Return the tree of a formula; why there is none, for one that can't be read: a thousand cells may hold it as well; None for too long a number."""
    try:
        return _read(text)
    except _LongNumberError:
        return None
    except FormulaError as bad:
        return str(bad)


def _read(text: str) -> Tree:
    tree = _Parser(text.removeprefix("=")).whole()
    if len(text) > _MAX_TREE and depth(tree) > _MAX_TREE:
        raise FormulaError("nested too deeply")
    return tree


_POWERS = {**dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), 1), "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
_UNARY = 6


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, re.Match[str] | None]] = []
        self.depth = self.percents = 0
        self.next = 0
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                if text[at:].lstrip()[:1] in ("[", "]", "@", "!"):
                    # Tables' columns, implicit intersection, other workbooks: known, but not evaluated.
                    raise FormulaError(f"not evaluated: {text[at:].strip()[:20]}")
                raise FormulaError(f"not understood: {text[at:].strip()[:20]}")
            # The last group to close is the outermost one: the kind of token.
            self.tokens.append((str(match.lastgroup), match))
            at = match.end()
        self.tokens.append(("end", None))

    def peek(self) -> tuple[str, str]:
        kind, match = self.tokens[self.next]
        return kind, match[kind] if match is not None else ""

    def take(self, op: str) -> bool:
        if self.peek() == ("op", op):
            self.next += 1
            return True
        return False

    def whole(self) -> Tree:
        node = self.expression(0)
        if self.peek()[0] != "end":
            raise FormulaError(f"not understood: {self.peek()[1]}")
        return node

    def expression(self, least: int) -> Tree:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise FormulaError("nested too deeply")
        node = self.operand()
        links = 0
        while True:
            kind, text = self.peek()
            power = _POWERS.get(text, 0) if kind == "op" else 0
            if power <= least:
                break
            self.next += 1
            links += 1
            if links > _MAX_CHAIN:
                raise FormulaError("too many operators in a row")
            node = Binary(text, node, self.expression(power))
        self.depth -= 1
        return node

    def operand(self) -> Tree:
        kind, text = self.peek()
        if kind == "op" and text in "+-":
            self.next += 1
            # A sign binds tighter than any operator between two operands.
            node: Tree = Unary(text, self.expression(_UNARY))
        else:
            node = self.primary()
        while self.take("%"):
            self.percents += 1
            if self.percents > _MAX_CHAIN:
                raise FormulaError("too many % signs")
            node = Unary("%", node)
        return node

    def primary(self) -> Tree:
        kind, match = self.tokens[self.next]
        if match is None:
            raise FormulaError("cut off")
        self.next += 1
        text = match[kind]
        if kind == "number":
            if len(text) > LONGEST_NUMBER:
                raise _LongNumberError
            return Literal(Fraction(text))
        if kind == "text":
            return Literal(text[1:-1].replace('""', '"'))
        if kind == "gone":
            return ErrorValue("#REF!")
        if kind == "error":
            return ErrorValue(text)
        if kind == "ref":
            return _reference(match, text)
        if kind == "function":
            return self.call(text.upper().removeprefix("_XLFN.").removeprefix("_XLWS."))
        if kind == "name":
            return _name(text)
        if text == "(":
            node = self.expression(0)
            if not self.take(")"):
                raise FormulaError("a closing bracket is missing")
            return node
        if text == "{":
            return self.array()
        raise FormulaError(f"not understood: {text}")

    def call(self, function: str) -> Tree:
        args: list[Tree | None] = []
        if not self.take(")"):
            while True:
                kind, text = self.peek()
                missing = kind == "op" and text in (",", ")")
                args.append(None if missing else self.expression(0))
                if self.take(")"):
                    break
                if not self.take(","):
                    raise FormulaError(f"not understood after an argument of {function}: {self.peek()[1]}")
        if function == "DDE":
            return Unknown("DDE", external=True)  # a link to another program, as LibreOffice writes one
        return Call(function, tuple(args))

    def array(self) -> Tree:
        start = self.next
        while not self.take("}"):
            if self.peek()[0] == "end":
                raise FormulaError("an array without its end")
            self.next += 1
        return Unknown(f"array of {self.next - start} tokens", external=False)


def _reference(match: re.Match[str], text: str) -> Tree:
    # Groups by position: sheet quoted, sheet bare, first cell, second cell.
    quoted, bare, letters, row, last_letters, last_row = match.groups()[_FIRST : _FIRST + 6]
    sheet = quoted.replace("''", "'") if quoted else bare
    if sheet is not None and "[" in sheet:
        return Unknown(text, external=True)
    if sheet is not None and ":" in sheet:
        return Unknown(text, external=False)
    first_row, first_col = int(row) - 1, column_number(letters)
    if last_letters is None:
        return Cell(sheet, first_row, first_col)
    rows, cols = sorted((first_row, int(last_row) - 1)), sorted((first_col, column_number(last_letters)))
    return Area(sheet, rows[0], cols[0], rows[1], cols[1])


_FIRST = _TOKEN.groupindex["ref"]


def _name(text: str) -> Tree:
    if "[" in text:
        return Unknown(text, external=True)
    sheet, bang, name = text.rpartition("!")
    if bang:
        return Name(name.lower()) if not sheet else Unknown(text, external=False)
    upper = name.upper()
    if upper in ("TRUE", "FALSE"):
        return Literal(upper == "TRUE")
    return Name(name.lower())
