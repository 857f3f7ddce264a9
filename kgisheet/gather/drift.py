"""Form drift: what of a workbook's form was changed, as its check found it. Figures that were typed are none of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..check.finding import NOTE, Finding, Report
from ..language.text import Text, many

_FORMULAS = ("F01", "F02", "F03", "F04", "F05", "F07", "F08", "F09")
_GONE = ("F10", "S04", "S06", "S10")
_LINES = ("S01",)
_SHEETS = ("S02", "S03", "S09")
_NAMED = 3  # cells that are named


def drift(report: Report) -> Iterator[Text]:
    """Yield a sentence for each way in which the form was changed."""
    formulas = _of(report, _FORMULAS)
    if formulas:
        cells = sum(1 + len(each.affected) for each in formulas)
        ja, en = _where(formulas)
        yield Text(f"数式の書き換え {cells}か所{ja}", f"{many(cells, 'formula')} overwritten or edited{en}")
    gone = _of(report, _GONE)
    if gone:
        ja, en = _where(gone)
        yield Text(
            f"なくなった、または動いた名前・シート・セル {len(gone)}件{ja}",
            f"{many(len(gone), 'name, sheet or cell', 'names, sheets or cells')} gone or displaced{en}",
        )
    lines = _of(report, _LINES)
    if lines:
        ja, en = _where(lines)
        yield Text(f"行・列の挿入や削除{ja}", f"rows or columns inserted or deleted{en}")
    sheets = _of(report, _SHEETS)
    if sheets:
        ja, en = _where(sheets)
        yield Text(f"シートの名前の変更や複製{ja}", f"sheets renamed or copied{en}")


def _of(report: Report, codes: tuple[str, ...]) -> list[Finding]:
    """Return the findings with these codes; of formulas only those that are wrong, or will be."""
    return [
        each for each in report.findings if each.code in codes and not (each.severity == NOTE and each.code.startswith("F"))
    ]


def _where(found: list[Finding]) -> tuple[str, str]:
    """Return the first cells, in brackets: in Japanese, and in English."""
    cells = [f"{each.sheet}!{each.cell}" if each.cell else each.sheet for each in found if each.sheet]
    if not cells:
        return "", ""
    said, more = cells[:_NAMED], len(cells) > _NAMED
    return (
        f"({'、'.join(map(str, said))}{' ほか' if more else ''})",
        f" ({', '.join(map(str, said))}{' …' if more else ''})",
    )
