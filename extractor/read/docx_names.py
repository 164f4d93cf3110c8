"""Names in the XML of Word files."""

from __future__ import annotations

from extractor.adapters.docx import Node

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return _W + name


def m(name: str) -> str:
    """A name of Office mathematics."""
    return _M + name


def mc(name: str) -> str:
    """A name of markup compatibility."""
    return _MC + name


VAL = w("val")


def value(node: Node | None, name: str) -> str | None:
    """The value of a child property; None if there is no such child."""
    child = node.find(w(name)) if node is not None else None
    return None if child is None else child.get(VAL)


def is_on(node: Node | None, name: str) -> bool | None:
    """Is an on/off property on? None if it is not given."""
    child = node.find(w(name)) if node is not None else None
    return None if child is None else child.get(VAL, "1").lower() not in _OFF


def number(text: str | None, default: int = 0) -> int:
    """An integer attribute; the default if it is not a number.

    >>> number("12"), number("-3.6"), number("x", 1), number("9" * 99)
    (12, -3, 1, 1000000)
    """
    whole = (text or "").partition(".")[0]
    if not whole.removeprefix("-").isdecimal():
        return default
    return max(-1_000_000, min(1_000_000, int(whole))) if len(whole) < 12 else 1_000_000
