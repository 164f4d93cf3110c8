"""What all records of the JSON contract have in common. Importing this module costs pydantic."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Every field counts as set: one set for all records of a class, for a set of its own takes more memory than the record."""

    model_config = ConfigDict(frozen=True)
    _fields: ClassVar[set[str]]

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        cls._fields = set(cls.model_fields)

    def model_post_init(self, _: object) -> None:
        object.__setattr__(self, "__pydantic_fields_set__", self._fields)


Fields = ParamSpec("Fields")
Made = TypeVar("Made", bound=Record)


def unchecked(record: Callable[Fields, Made]) -> Callable[Fields, Made]:
    """The constructor of a record for values that our own code made: what it takes is checked by mypy alone, which saves most of its time.

    Every field has to be given, in the order in which the record declares them.
    """
    made = cast(type[Made], record)

    def make(*_: Fields.args, **values: Fields.kwargs) -> Made:
        new = made.__new__(made)
        put(new, "__dict__", values)
        put(new, "__pydantic_fields_set__", made._fields)
        put(new, "__pydantic_extra__", None)
        put(new, "__pydantic_private__", None)
        return new

    put = object.__setattr__
    return make
