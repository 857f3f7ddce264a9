"""Sheets in other files than .xlsx: .csv, .tsv and .ods → the plain data that ``xlsx.read`` makes of a workbook."""
