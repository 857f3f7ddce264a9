"""The page: a plan, a check, a workbook in the browser, by the same Python (docs/web.md)."""
