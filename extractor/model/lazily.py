"""A property that is computed when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class lazy(Generic[Owner, Value]):
    """As functools.cached_property, without the lock that it takes before Python 3.12: that costs more than most of what is computed.

    No two threads share a record.
    """

    def __init__(self, compute: Callable[[Owner], Value]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, record: None, owner: type | None = None) -> Self: ...
    @overload
    def __get__(self, record: Owner, owner: type | None = None) -> Value: ...
    def __get__(self, record: Any, owner: type | None = None) -> Any:
        """The value, and from then on the record's own attribute of the name, so that this method is asked once a record."""
        if record is None:
            return self
        value = record.__dict__[self._name] = self._compute(record)
        return value
