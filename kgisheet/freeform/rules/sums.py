"""Sums: of channels, shares, months, quarters; total revenue of its parts."""

from __future__ import annotations

from fractions import Fraction

from ..read import lexicon, periods, terms
from ..read.figures import ALL, OF_CHANNEL, OF_MONTH, OF_PART, OF_PLAN, OF_YEAR, WHOLE, Figure, Scope
from ..read.lexicon import TOTAL
from ..read.stages import ORDER, SHARED
from . import working
from .cells import NO_SUM
from .quotients import Quotients
from .relation import APART, BY_OTHER, FAILS, HOLDS, MONTHS, NEED, REVENUE, SHARES, SPLIT, SUM, Relation
from .rounding import FINE, ONE, added, is_mean_of, written

_NO_SUM = terms.of("unique", "mean", "each", "multiple")
_MEAN = terms.of("mean", "each")
"""A column beside the months that is no total of theirs."""


_ALL, _OF_WHICH = terms.of("grand_total"), terms.of("of_which")
_SUBTOTAL = terms.of("small_total", "of_which")

_NO_SHARE = 1000
"""2,000 below a column of shares is something else, where 40 may be 40 %."""

_AN_AMOUNT = 10


class Sums(Quotients):
    """The sums of a page."""

    # -- sums -------------------------------------------------------------

    def _revenue(self, scope: Scope) -> None:
        """Relate total = web + other."""
        for other in self._results("other_revenue", scope):
            total, web = self._near("total_revenue", scope, other), self._near("web_revenue", scope, other)
            if total and web and total[0].value is not None and web[0].value is not None and other.value is not None:
                self._sum(REVENUE, total[0], (web[0], other), Fraction(0))
        for share in self._results("web_share", scope)[:1]:
            for total_, web_ in zip(
                self._results("total_revenue", scope)[:1], self._results("web_revenue", scope)[:1], strict=False
            ):
                self._split(web_, share, total_)

    def _splits(self, channels: list[Scope]) -> None:
        """Relate shares to 100 %; a channel's meetings to its share of the whole."""
        shares = [each for scope in channels for each in self._results("share", scope)]
        shares = [each for each in shares if not _SUBTOTAL.search(each.who) and abs(each.value or Fraction(0)) < _NO_SHARE]
        # What a formula makes so many times of a whole is an amount beside its share: =$B$1*B3 under 額.
        shares = [each for each in shares if each.formula is None or abs(each.value or Fraction(0)) < _AN_AMOUNT]
        wholes = self._results(SHARED, WHOLE)
        for all_ in self._results("share", WHOLE)[:1]:
            if all_.formula is not None or abs((all_.value or Fraction(0)) - 1) > FINE or len(shares) < 2:
                # Regions down and segments across have shares of their own.
                own = [each for each in shares if each.where[1] == all_.where[1] or each.where[2] == all_.where[2]]
                own = own if len(own) > 1 else shares
                self._sum(SHARES, all_, tuple(own), written(own))  # else 100 % below, once
        every = sum((each.value or Fraction(0) for each in shares), Fraction(0))
        if len(shares) > 2 and every > Fraction(3, 2):
            shares = [each for each in shares if abs((each.value or Fraction(0)) - 1) > FINE]  # Sum of lines, 延べ合計
        lines = [[each for each in shares if each.table == table] for table in dict.fromkeys(each.table for each in shares)]
        whole_lines = [
            line
            for line in lines
            if len(line) > 1 and abs(added(each.value or Fraction(0) for each in line) - 1) <= written(line)
        ]
        if len(lines) > 1 and whole_lines:
            shares = whole_lines[0]  # one list is parted in two ways: industries down, sizes across
        if len(shares) > 1:
            total = sum((each.value for each in shares if each.value is not None), Fraction(0))
            state = HOLDS if abs(total - 1) <= written(shares) else FAILS
            way = working.each_of(shares)
            self.found.append(Relation(SHARES, shares[-1], tuple(shares[:-1]), total, state, way, ""))
        tables = {each.table for each in shares}
        for stage in self.stages:
            whole: Figure | None = next((each for each in self._results(stage, WHOLE) if each.table in tables), None)
            if stage == SHARED and wholes:
                whole = wholes[0]  # the need, wherever it is
            if whole is None:
                continue
            before = len(self.found)
            for scope in channels:
                for share in self._results("share", scope)[:1]:
                    for result in self._results(stage, scope)[:1]:
                        if stage == SHARED or result.table == share.table:
                            self._split(result, share, whole)
            if any(each.state == FAILS for each in self.found[before:]) and self._is_share_of_revenue(channels):
                del self.found[before:]

    def _is_share_of_revenue(self, channels: list[Scope]) -> bool:
        """Return whether the shares are those of the revenue: it is parted by them, and no count is."""
        pairs = [
            (part.value, share.value)
            for scope in channels
            for part in self._results("web_revenue", scope)[:1]
            for share in self._results("share", scope)[:1]
            if part.value is not None and share.value is not None
        ]
        total = sum((part for part, _ in pairs), Fraction(0))
        return len(pairs) > 1 and total > 0 and all(abs(part / total - share) <= Fraction(1, 100) for part, share in pairs)

    def _split(self, result: Figure, share: Figure, whole: Figure) -> None:
        assert result.value is not None
        assert share.value is not None
        slack = 1 + written([share]) * (whole.value or 0)
        exact, state = (whole.value or Fraction(0)) * share.value, FAILS
        if exact.denominator != 1:
            self.rounded.add(result.where)  # apportioned: all of them may miss the whole by one
        for index, each in enumerate(self._values(whole)):
            if abs(result.value - each * share.value) < slack:
                state = HOLDS if index == 0 else BY_OTHER
                break
        way, formula = working.part(whole, share)
        self.found.append(Relation(SPLIT, result, (share, whole), exact, state, way, formula))

    def _sums(self) -> None:
        """Relate the channels of each count to its whole."""
        for field in ("web_revenue", *self.stages):
            scopes = [Scope(OF_CHANNEL, at) for at in self.page.indices(OF_CHANNEL)]
            parts = [found[0] for scope in scopes if (found := self._results(field, scope))]
            parts = [each for each in parts if not self._is_of_which(each) and not _MEAN.search(each.who)] or parts
            if len(parts) < 2:
                continue
            again = self._of_its_line(field, scopes, parts[0])
            tables = [each.table for each in parts]
            most = max(dict.fromkeys(tables), key=tables.count)
            if tables.count(most) > 1:
                parts = [each for each in parts if each.table == most]  # those in boxes of their own are others
            if len(again) > len(parts) == len({each.scope for each in again}):
                parts = again  # 清掃 of Tokyo, 清掃 of Kanagawa
            for whole in self._results(field, WHOLE):
                if field in self.stages or whole.table == parts[0].table:
                    is_among = any(each.table == whole.table for each in parts)
                    own = self._of_its_line(field, scopes, whole) if is_among else parts
                    if len(own) < 2 or (not is_among and self._has_its_total(field, own, whole)):
                        continue
                    if not is_among and self._is_one_of_them(field, own, whole):
                        continue
                    slack = sum(each.where in self.rounded for each in own)
                    apart = field == SHARED and whole.table != parts[0].table
                    self._sum(NEED if apart else SUM, whole, tuple(own), Fraction(slack))

    def _is_of_which(self, figure: Figure) -> bool:
        """Return whether a text before a figure says that it is in the one above already."""
        return any(_OF_WHICH.search(each) for each in self._before(figure))

    def _before(self, figure: Figure) -> list[str]:
        """Return the texts before a figure."""
        texts = self.page.plane.rows.get(figure.where[1], ())
        return [each.flat for each in texts if each.text and each.col < figure.where[2]]

    def _blocks(self) -> None:
        """Relate a list that is headed as the total of others, 関東, 関西, 全体, to these, stage by stage, if one of them adds up."""
        whole = next((scope for scope in self.page.blocks if self._is_headed_total(scope)), None)
        parts = [scope for scope in self.page.blocks if scope != whole]
        if whole is None or len(parts) < 2:
            return
        before = len(self.found)
        for field in ("web_revenue", "total_revenue", *self.stages):
            own = [found[0] for scope in parts if (found := self._results(field, scope))]
            for result in self._results(field, whole)[:1] if len(own) > 1 else ():
                self._sum(SUM, result, tuple(own), Fraction(0))
        if not any(each.state == HOLDS for each in self.found[before:]):
            del self.found[before:]

    def _is_headed_total(self, scope: Scope) -> bool:
        """Return whether the text over a list says that it is the total of others."""
        first = min((each for each in self.page.figures if each.scope == scope), key=lambda each: each.at)
        over = [
            spot
            for col in range(first.where[2] + 1)
            for spot in self.page.plane.cols.get(col, [])
            if spot.text and first.where[1] - 2 <= spot.row < first.where[1]
        ]
        return any(spot.kind == TOTAL or _ALL.search(spot.flat) for spot in over)

    def _has_its_total(self, field: str, parts: list[Figure], whole: Figure) -> bool:
        """Return whether parts of a stage of the sheet's own add up to a total beside them: another one elsewhere is a goal."""
        if field in ORDER and whole.table[0] != "own":
            return False
        added = sum((each.value or Fraction(0) for each in parts), Fraction(0))
        return any(
            (each.field, each.table, each.value) == (field, parts[0].table, added) and each not in parts
            for each in self.page.figures
        )

    def _is_one_of_them(self, field: str, parts: list[Figure], whole: Figure) -> bool:
        """Return whether a figure beside parts of a stage, under a heading that isn't read, makes their total with them: NA, EMEA, APAC, Total."""
        added = sum((each.value or Fraction(0) for each in (*parts, whole)), Fraction(0))
        lines = {each.line for each in parts}
        return (
            lines == {whole.line}
            and len({each.table[0] for each in (*parts, whole)}) == 1
            and any(
                (each.field, each.table, each.line, each.value) == (field, parts[0].table, whole.line, added)
                and each not in parts
                for each in self.page.figures
            )
        )

    def _of_its_line(self, field: str, scopes: list[Scope], whole: Figure) -> list[Figure]:
        """Return a total's parts in its own line: plan and actual, month and year side by side have totals of their own."""
        own = [
            each
            for scope in scopes
            for each in self._results(field, scope)
            if each.table == whole.table and each.line == whole.line
        ]
        own = [each for each in own if not self._is_of_which(each)] or own
        return _above(own, whole) if whole not in own else own

    def _sum(self, kind: str, whole: Figure, parts: tuple[Figure, ...], slack: Fraction) -> None:
        values = [each.value for each in parts]
        if whole.formula is not None and NO_SUM.search(whole.formula):
            return
        if whole.value is None or None in values or not parts or (kind in (SUM, MONTHS) and _NO_SUM.search(whole.label)):
            return
        if kind == SUM and (self.page.plane.counts_doubles(whole.label) or any(map(APART.search, self._before(whole)))):
            return
        exact = sum((each for each in values if each is not None), Fraction(0))
        if kind == MONTHS and len(parts) > 2 and whole.value in (values[0], values[-1]) and whole.value != exact:
            return  # what there is at the end of the year
        if kind == MONTHS and len(parts) > 2 and is_mean_of(whole.value, exact, len(parts)):
            return  # the heads that there are in a month
        state = HOLDS if abs(whole.value - exact) <= slack + FINE * max(ONE, abs(exact)) else FAILS
        if state == FAILS:
            # What other relations say these cells should hold.
            rectified = [self._rectified(each) for each in parts]
            for total in self._values(whole):
                by_other = abs(total - sum(rectified, Fraction(0))) <= slack + FINE * max(ONE, abs(exact))
                if by_other or abs(total - exact) <= slack:
                    state = BY_OTHER
        way, formula = working.added(parts, whole.where[0])
        self.found.append(Relation(kind, whole, parts, exact, state, way, formula))

    def _rectified(self, figure: Figure) -> Fraction:
        wrong = {each.result.where for each in self.found if each.state == FAILS}
        values = self.others.get(figure.where, [])
        assert figure.value is not None
        return values[0] if figure.where in wrong and values else figure.value

    def _years(self) -> None:
        """Relate twelve months to the year: in their own table, and on the page."""
        tables = {line.table: line for line in self.page.months}
        for field in ("web_revenue", "revenue", *self.stages):
            for table, line in tables.items():
                parts = [
                    each
                    for each in self.page.figures
                    if each.field == field and each.table == table and each.scope.kind == OF_MONTH and each.value is not None
                ]
                if len(parts) < 2:
                    continue
                slack = Fraction(sum(each.where in self.rounded for each in parts))
                halves = {
                    each.scope.at
                    for each in self.page.figures
                    if (each.field, each.table, each.scope.kind) == (field, table, OF_PART)
                }
                for year in self.page.of(field, Scope(OF_YEAR)):
                    if _MEAN.search(year.who) or self._is_of_a_table_below(year, parts):
                        continue
                    # 上期 by month, 下期目標 as one figure: the months are not the year.
                    if year.table == table and (len(parts) == 12 or not {0, 1} <= halves):
                        own_line = [each for each in parts if each.line == year.line]
                        # Two products side by side have the same headings, each its own total.
                        self._sum(MONTHS, year, tuple(own_line if len(own_line) > 1 else parts), slack)
                self._parts(field, table, parts)
                own = [each for each in self.page.of(field, Scope(OF_YEAR)) if each.table == table]
                total = sum((each.value or Fraction(0) for each in parts), Fraction(0))
                if any(each.value is not None and abs(each.value - total) <= slack for each in own):
                    continue
                if len(line.months) == 12 == len(parts) and not self._year_agrees(field, parts, slack):
                    for whole in self._results(field, WHOLE)[:1]:
                        self._sum(MONTHS, whole, tuple(parts), slack)

    def _is_of_a_table_below(self, year: Figure, months: list[Figure]) -> bool:
        """Return whether the months have another total between them and this one: it is of another list under the same heading."""
        last = max(each.place for each in months)
        return any(
            each.table == year.table and each.line == year.line and last < each.place < year.place
            for each in self.page.of(year.field, Scope(OF_YEAR))
        )

    def _periods(self) -> None:
        """Relate quarters to their halves, and either to the year, where they have columns of their own."""
        for field in ("web_revenue", "total_revenue", "revenue", *self.stages):
            tables: dict[tuple[str, int, int], dict[int, Figure]] = {}
            years: dict[tuple[str, int, int], Figure] = {}
            for each in self.page.figures:
                if each.field != field or each.value is None:
                    continue
                part = periods.part_of_year(lexicon.key(each.who)) if each.scope.kind in (OF_PLAN, OF_PART) else None
                if part is not None:
                    tables.setdefault(each.table, {})[part] = each
                elif each.scope.kind in (OF_PLAN, ALL, OF_YEAR):
                    years.setdefault(each.table, each)
            for table, parts in tables.items():
                halves = [parts[at] for at in (0, 1) if at in parts]
                quarters = [parts[at] for at in (2, 3, 4, 5) if at in parts]
                for half, own in ((0, (2, 3)), (1, (4, 5))):
                    if half in parts and all(at in parts for at in own):
                        self._add(parts[half], [parts[at] for at in own])
                if table in years and (len(halves) == 2 or len(quarters) == 4):
                    self._add(years[table], halves if len(halves) == 2 else quarters)

    def _add(self, whole: Figure, parts: list[Figure]) -> None:
        self._sum(MONTHS, whole, tuple(parts), Fraction(sum(each.where in self.rounded for each in parts)))

    def _parts(self, field: str, table: tuple[str, int, int], months: list[Figure]) -> None:
        """Relate 上期計, 1Q計: each to the months between it and the total before it, or to all of them so far."""
        before = -1
        for each in sorted(
            (each for each in self.page.figures if (each.field, each.table, each.scope.kind) == (field, table, OF_PART)),
            key=lambda each: each.place,
        ):
            own = tuple(month for month in months if month.line == each.line and before < month.place < each.place)
            before = each.place
            if each.scope.at < 2 and len(own) in (0, 3):  # 1Q計, 上期計: the half has the quarter's months too
                so_far = tuple(month for month in months if month.line == each.line and month.place < each.place)
                own = so_far[:6] if each.scope.at == 0 else so_far[6:12]
            own = tuple(periods.months_of(each.scope.at, own))
            if len(own) > 1 and each.value is not None:
                self._sum(MONTHS, each, own, Fraction(sum(month.where in self.rounded for month in own)))

    def _year_agrees(self, field: str, parts: list[Figure], slack: Fraction) -> bool:
        """Return whether the page, a year's or a month's, or its channels with visits, has what the months make."""
        total = sum((each.value for each in parts if each.value is not None), Fraction(0))
        wholes = [each.value for each in self._results(field, WHOLE) if each.value is not None]
        web = [
            each
            for each in self.page.figures
            if each.scope.kind == OF_CHANNEL and each.field == field and each.value is not None
        ]
        visited = {
            each.scope for each in self.page.figures if each.field in ("visits", "cvr") and each.scope.kind == OF_CHANNEL
        }
        wholes.append(sum((each.value for each in web if each.scope in visited and each.value is not None), Fraction(0)))
        return any(abs(total - each * times) <= slack + 1 * (field == "visits") for each in wholes for times in (1, 12))


def _above(parts: list[Figure], whole: Figure) -> list[Figure]:
    """Return the parts before a total, if there are several: MQLs at 30 %, below it, aren't a channel."""
    before = [each for each in parts if each.place < whole.place]
    return before if len(before) > 1 else parts
