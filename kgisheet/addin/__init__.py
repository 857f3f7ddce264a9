"""The add-ins: the same program in the ribbon of Excel and in the menu of LibreOffice (docs/excel-addin.md)."""
