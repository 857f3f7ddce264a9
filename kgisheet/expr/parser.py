"""Parser: the text of an expression → tree.

The grammar, loosest first::

    or · and · not · = <> < <= > >= · & · + - · * / · -x · 1.5 30% name 'word' f(x) (x)
"""

from __future__ import annotations

import functools
from fractions import Fraction

from ..language.text import Text, many
from ..values.regex import regex
from .functions import TABLE
from .nodes import COMPARISON, Binary, Call, Name, Negative, Node, Number, Word

_TOKEN = regex(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|'(?P<word>[^'\n]*)'|(?P<op><=|>=|<>|[-+*/&=<>(),]))"
)
# Deep nesting would end in a RecursionError of Python's: refused long before.
_MAX_DEPTH = 60
_MAX_TOKENS = 600
_LONGEST = 308
"""Characters of a number: one of more digits is beyond what a program's cell can hold."""

_NOT, _COMPARED, _TIGHTEST = 3, 4, 8
_POWERS = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(COMPARISON, _COMPARED),
    "&": 5,
    "+": 6,
    "-": 6,
    "*": 7,
    "/": 7,
}
"""How tightly each operator binds; all of them to the left."""


class ExpressionError(Exception):
    """A text that isn't a valid expression: what is wrong, and where (an offset from 0)."""

    def __init__(self, what: Text, at: int) -> None:
        super().__init__(what.en)
        self.what = what
        self.at = at


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Return the tree of ``text``; raise ExpressionError with the offset.

    A text has one tree, which nobody changes: templates that differ in a line share the others.
    """
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        self.depth = 0
        at = 0
        end = len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                bad = text[at:].lstrip()[:1]
                raise ExpressionError(
                    Text(f"式に使えない文字「{bad}」があります", f"“{bad}” is not allowed in an expression"),
                    at,
                )
            kind = match.lastgroup or ""
            self.tokens.append((kind, match[kind], match.start(kind)))
            at = match.end()
        if len(self.tokens) > _MAX_TOKENS:
            raise ExpressionError(Text("式が長すぎます", "the expression is too long"), 0)
        self.tokens.append(("end", "", end))
        self.next = 0

    def whole(self) -> Node:
        node = self.expression()
        kind, text, at = self.tokens[self.next]
        if kind != "end":
            raise ExpressionError(Text(f"「{text}」の位置で式が終わりません", f"the expression should end before “{text}”"), at)
        return node

    def take(self, kind: str, *texts: str) -> tuple[str, int] | None:
        found, text, at = self.tokens[self.next]
        if found == kind and (not texts or text in texts):
            self.next += 1
            return text, at
        return None

    def expression(self, least: int = 0) -> Node:
        """Parse an operand and all following operators that bind tighter than ``least``."""
        self.depth += 1
        kind, text, at = self.tokens[self.next]
        if self.depth > _MAX_DEPTH:
            raise ExpressionError(Text("式の入れ子が深すぎます", "the expression is nested too deeply"), at)
        node: Node
        if kind == "name" and text == "not":
            self.next += 1
            node = Call("not", (self.expression(_NOT),), at)
        elif kind == "op" and text == "-":
            self.next += 1
            node = Negative(self.expression(_TIGHTEST), at)
        else:
            node = self.primary()
        while True:
            kind, text, at = self.tokens[self.next]
            power = _POWERS.get(text, 0) if kind in ("op", "name") else 0
            # a < b < c means nothing here: the second comparison ends the expression.
            if power <= least or (power == _COMPARED and isinstance(node, Binary) and node.op in COMPARISON):
                break
            self.next += 1
            right = self.expression(power)
            node = Call(text, (node, right), at) if kind == "name" else Binary(text, node, right, at)
        self.depth -= 1
        return node

    def primary(self) -> Node:
        if found := self.take("number"):
            text, at = found
            if len(text) > _LONGEST:
                raise ExpressionError(
                    Text("数が長すぎます(308文字まで)", "the number is too long (at most 308 characters)"), at
                )
            value = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
            return Number(value, at)
        if found := self.take("word"):
            return Word(*found)
        if found := self.take("name"):
            return self.called(*found) if self.take("op", "(") else Name(*found)
        if self.take("op", "("):
            node = self.expression()
            self.close()
            return node
        _, text, at = self.tokens[self.next]
        shown = Text(f"「{text}」", f"“{text}”") if text else Text("式の終わり", "the end")
        raise ExpressionError(
            Text(
                f"{shown.ja}の位置に、数・セル名・関数のどれかが要ります",
                f"a number, a cell or a function is needed at {shown.en}",
            ),
            at,
        )

    def called(self, function: str, at: int) -> Node:
        if function not in TABLE:
            known = ", ".join(sorted(TABLE))
            raise ExpressionError(
                Text(
                    f"関数 {function} はありません(使えるのは {known})", f"there is no function {function} (available: {known})"
                ),
                at,
            )
        args = [self.expression()]
        while self.take("op", ","):
            args.append(self.expression())
        self.close()
        want = len(TABLE[function].params)
        if len(args) != want:
            raise ExpressionError(
                Text(
                    f"{function} の引数は{want}個ですが、{len(args)}個あります",
                    f"{function} takes {many(want, 'argument')}, not {len(args)}",
                ),
                at,
            )
        return Call(function, tuple(args), at)

    def close(self) -> None:
        if not self.take("op", ")"):
            raise ExpressionError(Text("閉じ括弧「)」がありません", "a closing “)” is missing"), self.tokens[self.next][2])
