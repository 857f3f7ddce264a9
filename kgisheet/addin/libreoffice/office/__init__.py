"""LibreOffice by its UNO: all that the extension calls of it, and nothing else does."""
