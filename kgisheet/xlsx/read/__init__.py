"""Bytes of an .xlsx → plain data, each part read once."""
