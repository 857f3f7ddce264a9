"""The checker: a filled workbook against the template it was made from."""
