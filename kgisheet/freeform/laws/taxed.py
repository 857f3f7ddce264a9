"""An amount, the tax on it, and what they are together: 税抜計 11,300,000, 消費税 1,130,000, 税込計 12,430,000.

All three say so by their labels, one right below the other, and the tax is of the rate that its label says, or that taxes have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ...values.regex import regex
from .judge import Law
from .law import OFF, SUM, Case
from .lists import Figure
from .making import are_alike, rates_of
from .tables import PERCENT

_TAX = regex(r"^消費税|^(?:sales )?tax\b|^vat\b|^gst\b|^\+ ?(?:tax|vat|gst)\b")
_WHOLE = regex(r"税込|\bincl|\bgross\b|\bwith (?:tax|vat|gst)\b|^(?:grand )?total\b|総額")
_NET = regex(r"税抜|税別|\bexcl|\bex (?:vat|tax|gst)\b|\bnet\b|小計|計$|sub-?total|\bbefore (?:tax|vat)\b")
_USUAL = tuple(Fraction(each, 100) for each in (5, 7, 8, 10, 19, 20, 21))


def taxed(every: Sequence[Sequence[Figure]]) -> Iterator[Law]:
    """Yield an amount with its tax, where three figures of a list say so."""
    for figures in every:
        for net, tax, whole in zip(figures, figures[1:], figures[2:], strict=False):
            if not (_TAX.search(tax.label) and _WHOLE.search(whole.label) and _NET.search(net.label)):
                continue
            if any(each.kind == PERCENT or not each.value.number for each in (net, tax, whole)):
                continue
            if not all(are_alike(net, each) for each in (tax, whole)):
                continue
            rates = (*rates_of(tax.label), *_USUAL)
            case = Case(SUM, whole.value, (net.value, tax.value), signs=(1, 1))
            if any(net.value.exact * rate == tax.value.exact for rate in rates) and not case.is_made_otherwise:
                fails = case.follows() == OFF
                yield Law(SUM, () if fails else (case,), (case._replace(only=whole.value.where),) if fails else ())
