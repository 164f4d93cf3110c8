"""What calls of a C library take: addresses, and memory for results, record by record, which is reused and grows as needed."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable
from typing import Any


def references(handles: Iterable[int]) -> list[Any]:
    """Addresses as arguments for many calls: a c_void_p would be converted anew by each."""
    return list(map(ctypes.byref, map(ctypes.c_char.from_address, handles)))


class RecordBuffer:
    """One block of memory; the results of a round of calls must be read before the next round.

    >>> buffer = RecordBuffer()
    >>> ctypes.memmove(buffer.references(2, 8, 4)[1], ctypes.byref(ctypes.c_float(1.5)), 4) and buffer.floats(2, 2, [1])
    [[0.0, 1.5]]
    """

    def __init__(self) -> None:
        self._size = 0
        self._references: dict[tuple[int, int], list[Any]] = {}

    def references(self, count: int, step: int, offset: int = 0) -> list[Any]:
        """References to a place in each of at least `count` records of `step` bytes."""
        if count * step > self._size:
            self._size = -(-2 * count * step // 240) * 240
            self._memory = (ctypes.c_char * self._size)()
            self._view = memoryview(self._memory).cast("B")
            self._references = {}
        made = self._references.get((step, offset))
        if made is None:
            made = [ctypes.byref(self._memory, place) for place in range(offset, self._size, step)]
            self._references[step, offset] = made
        return made

    def floats(self, count: int, width: int, parts: Iterable[int]) -> list[list[float]]:
        """Some of the numbers of `count` records of `width` numbers each, column by column."""
        return self._columns("f", count * width, width, parts)

    def doubles(self, count: int, width: int, parts: Iterable[int]) -> list[list[float]]:
        return self._columns("d", count * width, width, parts)

    def records(self, count: int, step: int, length: int) -> list[bytes]:
        """The first bytes of `count` records of `step` bytes."""
        written = bytes(self._view[: count * step]) if count else b""
        return [written[place : place + length] for place in range(0, count * step, step)]

    def _columns(self, code: str, count: int, width: int, parts: Iterable[int]) -> list[list[float]]:
        numbers: array[float] = array(code)
        if count:
            numbers.frombytes(self._view[: count * numbers.itemsize])
        return [numbers[part::width].tolist() for part in parts]
