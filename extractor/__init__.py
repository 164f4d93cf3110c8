"""Extracts and re-derives the figures of filed budget-performance self-evaluation reports."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.batch.cache import default_folder as default_cache
    from extractor.batch.run import check_folder as check_folder
    from extractor.config import CheckSettings as CheckSettings
    from extractor.config import Settings as Settings
    from extractor.lexicon.figures import figures as figures
    from extractor.model.report import Finding as Finding
    from extractor.model.report import Report as Report
    from extractor.model.report import Run as Run
    from extractor.pipeline import extract as extract

__version__ = "0.1.0"

_HOMES = {
    "figures": "extractor.lexicon.figures",
    "extract": "extractor.pipeline",
    "check_folder": "extractor.batch.run",
    "default_cache": "extractor.batch.cache",
    "Settings": "extractor.config",
    "CheckSettings": "extractor.config",
    "Report": "extractor.model.report",
    "Run": "extractor.model.report",
    "Finding": "extractor.model.report",
}
"""Public names and the modules they live in; loaded when first used, so that `import extractor` costs nothing."""

_NAMES = {"default_cache": "default_folder"}
"""What the others call themselves at home."""

__all__ = ["CheckSettings", "Finding", "Report", "Run", "Settings", "check_folder", "default_cache", "extract", "figures"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), _NAMES.get(name, name))
