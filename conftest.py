"""What doctest leaves out where an extra is not installed."""

from __future__ import annotations

from importlib.util import find_spec

_OCR = ("letters", "mended_letters", "recognition", "set_letters", "vision")
collect_ignore = [] if find_spec("cv2") and find_spec("rapidocr") else [f"extractor/adapters/{name}.py" for name in _OCR]
