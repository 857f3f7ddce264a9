"""For those who hold their workbook in openpyxl: put the goal sheets into it, check it, read it, mark it.

The only place that imports openpyxl; nothing else of kgisheet does, and the commands don't load it.

>>> import openpyxl
>>> import kgisheet.openpyxl
>>> from kgisheet import api
>>> book = openpyxl.Workbook()
>>> book.active.title = "案件"
>>> plan = api.plan_from_example("ja", ["sheets=目標設定"])
>>> [sheet.title for sheet in kgisheet.openpyxl.add_goal_sheets(book, plan)]
['目標設定', '根拠', '計算用', '_kgisheet']
>>> book.defined_names["required_meetings"].attr_text
"'目標設定'!$C$13"
>>> book["目標設定"]["C13"] = 45  # typed over a formula
>>> report = kgisheet.openpyxl.check(book)
>>> [(each.code, each.expected) for each in report.findings if each.severity == "error"]
[('F01', 40)]
>>> rest = kgisheet.openpyxl.mark(book, report, "en")
>>> book["目標設定"]["C13"].comment.text.splitlines()[0]
'error F01'
"""

from __future__ import annotations

from .marks import mark
from .reading import check, records
from .sheets import add_goal_sheets

__all__ = ["add_goal_sheets", "check", "mark", "records"]
