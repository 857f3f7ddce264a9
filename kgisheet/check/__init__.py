"""The checker: a filled workbook compared with the template it was made from."""
