"""Records whose fields nobody changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast, dataclass_transform

from extractor.model.lazily import lazy

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(record: type[Record]) -> type[Record]:
    """A dataclass that is frozen for mypy, with a hash of all fields unless it has its own, and slots unless a property is lazy.

    At run time nothing guards the fields: a report makes tens of thousands of records, and the guard makes each take three
    to seven times as long.
    """
    has_lazy = any(isinstance(each, lazy) for each in vars(record).values())
    made = dataclass(slots=not has_lazy, unsafe_hash="__hash__" not in vars(record))(record)
    if not has_lazy:
        made.__reduce__ = _reduced(made)  # type: ignore[assignment]
    return made


def _reduced(record: type[Record]) -> Callable[[Record], tuple[type[Record], tuple[Any, ...]]]:
    """How a record is pickled: as its class and its values. With the names of its slots, as it would be, it takes more memory."""
    names = [each.name for each in fields(cast(Any, record))]
    return lambda each: (record, tuple([getattr(each, name) for name in names]))
