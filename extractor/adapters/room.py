"""Memory that a C library writes many answers into: arrays of numbers, with a reference to the place of each record."""

from __future__ import annotations

import ctypes
from typing import Any


class Room:
    """Memory for the answers of bulk calls, kept and grown from page to page."""

    def __init__(self) -> None:
        self._floats = (ctypes.c_float * 0)()
        self._doubles = (ctypes.c_double * 0)()
        self._references: dict[int, list[Any]] = {}
        self._pairs: tuple[list[Any], list[Any]] = ([], [])

    def floats(self, count: int, width: int) -> tuple[Any, list[Any]]:
        """A flat array for `count` records of `width` floats, and a reference to each record."""
        if count * width > len(self._floats):
            self._floats = (ctypes.c_float * (2 * count * width))()
            self._references = {}
        if width not in self._references:
            places = range(0, len(self._floats), width)
            self._references[width] = [ctypes.byref(self._floats, 4 * place) for place in places]
        return self._floats, self._references[width]

    def points(self, count: int) -> tuple[Any, list[Any], list[Any]]:
        """A flat array for `count` pairs of doubles, references to the first and to the second ones."""
        if 2 * count > len(self._doubles):
            self._doubles = (ctypes.c_double * (4 * count))()
            places = range(0, 32 * count, 16)
            self._pairs = (
                [ctypes.byref(self._doubles, place) for place in places],
                [ctypes.byref(self._doubles, place + 8) for place in places],
            )
        return self._doubles, *self._pairs
