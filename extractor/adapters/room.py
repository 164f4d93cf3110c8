"""Memory that a C library writes its answers into, record by record, kept and grown from page to page."""

from __future__ import annotations

import ctypes
from typing import Any


class Room:
    """One block of memory; what one round of calls wrote is taken out before the next begins.

    >>> room = Room()
    >>> ctypes.memmove(room.references(2, 8, 4)[1], ctypes.byref(ctypes.c_float(1.5)), 4) and room.floats(4)[3]
    1.5
    """

    def __init__(self) -> None:
        self._size = 0
        self._references: dict[tuple[int, int], list[Any]] = {}

    def references(self, count: int, step: int, offset: int = 0) -> list[Any]:
        """References to a place in each of at least `count` records of `step` bytes."""
        if count * step > self._size:
            self._size = -(-2 * count * step // 48) * 48
            self._memory = (ctypes.c_char * self._size)()
            self._floats = (ctypes.c_float * (self._size // 4)).from_buffer(self._memory)
            self._doubles = (ctypes.c_double * (self._size // 8)).from_buffer(self._memory)
            self._integers = (ctypes.c_uint * (self._size // 4)).from_buffer(self._memory)
            self._references = {}
        made = self._references.get((step, offset))
        if made is None:
            made = [ctypes.byref(self._memory, place) for place in range(offset, self._size, step)]
            self._references[step, offset] = made
        return made

    def floats(self, count: int) -> list[float]:
        return self._floats[:count] if count else []

    def doubles(self, count: int) -> list[float]:
        return self._doubles[:count] if count else []

    def integers(self, count: int) -> list[int]:
        return self._integers[:count] if count else []
