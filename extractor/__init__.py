"""Extracts and re-derives the figures of filed budget-performance self-evaluation reports."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.lexicon.figures import figures as figures

_HOMES = {"figures": "extractor.lexicon.figures"}
"""Public names and the modules they live in; loaded when first used, so that `import extractor` costs nothing."""

__all__ = ["figures"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
