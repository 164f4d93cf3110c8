"""Records whose fields nobody changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

from extractor.model.lazily import lazy

Record = TypeVar("Record")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(record: type[Record]) -> type[Record]:
    """A dataclass that is frozen for mypy, with a hash of all fields unless it has its own, and slots unless a property is lazy.

    At run time nothing guards the fields: a report makes tens of thousands of records, and the guard makes each take three
    to seven times as long.
    """
    has_lazy = any(isinstance(each, lazy) for each in vars(record).values())
    return dataclass(slots=not has_lazy, unsafe_hash="__hash__" not in vars(record))(record)
