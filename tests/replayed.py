"""The calls to XlsxWriter that write a workbook, recorded, so that they can be made again without all else that is done for it."""

from __future__ import annotations

import io
from typing import Any
from unittest import mock

import xlsxwriter

from kgisheet.layout.model import Book
from kgisheet.xlsx import writer

_OBJECTS = ("Workbook", "Worksheet", "Format", "ChartColumn", "ChartLine", "_PlainWorksheet")


class _Recorder:
    """Stands before an object of XlsxWriter: what is called of it is called, and noted by the object's number."""

    def __init__(self, real: Any, calls: list[Any], numbers: dict[int, int]) -> None:
        self._real, self._calls, self._numbers = real, calls, numbers

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name.startswith("_") or not callable(real):
            return real

        def call(*args: Any, **named: Any) -> Any:
            asked = tuple(_bare(each) for each in args)
            answer = real(*asked, **named)
            made = len(self._numbers) if type(answer).__name__ in _OBJECTS else None
            if made is not None:
                self._numbers[id(answer)] = made
            self._calls.append(
                (self._numbers[id(self._real)], name, tuple(_numbered(each, self._numbers) for each in asked), named, made)
            )
            return answer if made is None else _Recorder(answer, self._calls, self._numbers)

        return call


class _Number(int):
    """The number of an object, where a call is given one."""


def _bare(value: Any) -> Any:
    if isinstance(value, _Recorder):
        return value._real
    return {key: _bare(each) for key, each in value.items()} if isinstance(value, dict) else value


def _numbered(value: Any, numbers: dict[int, int]) -> Any:
    if isinstance(value, dict):
        return {key: _numbered(each, numbers) for key, each in value.items()}
    return _Number(numbers[id(value)]) if type(value).__name__ in _OBJECTS else value


def _real(value: Any, objects: dict[int, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _real(each, objects) for key, each in value.items()}
    return objects[value] if type(value) is _Number else value


def recorded(book: Book) -> list[Any]:
    """The calls that write a workbook by XlsxWriter's own way, the writer's quick rows left out."""
    calls: list[Any] = []
    with mock.patch.object(writer, "IS_QUICK", False), mock.patch.object(writer, "_PlainWorksheet", None):
        workbook = xlsxwriter.Workbook(io.BytesIO(), writer._options())
        writer._Writer(_Recorder(workbook, calls, {id(workbook): 0}), book).write(writer.FIXED_DATE)  # type: ignore[arg-type]
        workbook.close()
    return calls


def replayed(calls: list[Any]) -> bytes:
    """The workbook that these calls write."""
    out = io.BytesIO()
    objects: dict[int, Any] = {0: xlsxwriter.Workbook(out, writer._options())}
    for at, name, args, named, made in calls:
        answer = getattr(objects[at], name)(*(_real(each, objects) for each in args), **named)
        if made is not None:
            objects[made] = answer
    objects[0].close()
    return out.getvalue()
