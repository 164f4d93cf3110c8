"""Pages that are pictures, read by optical character recognition where the extra `ocr` is installed."""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Protocol

from extractor.model.document import Unreadable
from extractor.model.pages import PdfPage

Recogniser = Callable[[bytes, Sequence[int]], Mapping[int, PdfPage]]
"""Takes the content of a file and the numbers of the pages that need recognition; returns those pages."""

INSTALL = "pip install 'jixiao-extractor[ocr]'"
SHARP = 200 / 72
"""The resolution of page pictures, in pixels per point."""
MOST = 4200
"""The most pixels on the longer side of a picture."""


class Store(Protocol):
    """Keeps recognised pages by the hash of their picture."""

    def page(self, key: str) -> bytes | None: ...
    def keep_page(self, key: str, body: bytes) -> None: ...


class Handed(Exception):
    """Raised with the numbers of pages that need recognition, where another process does it."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self.numbers = tuple(numbers)


def is_installed() -> bool:
    """Are the packages for recognition installed?"""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


def remedy() -> str:
    """What the user can do about pages that were not recognised."""
    return "本次未启用文字识别" if is_installed() else f"安装文字识别组件后重试：{INSTALL}"


def hand_back(data: bytes, numbers: Sequence[int]) -> Mapping[int, PdfPage]:
    """A recogniser that hands all pages back by raising Handed."""
    raise Handed(numbers)


def recogniser(store: Store | None = None) -> Recogniser | None:
    """A recogniser that works in this process; None if the extra is not installed."""
    if not is_installed():
        return None
    return lambda data, numbers: {number: look(data, number, store) for number in numbers}


def make_ready() -> None:
    """Load the models, which takes a second."""
    if is_installed():
        from extractor.adapters.rapidocr import ready

        ready()


def look(data: bytes, number: int, store: Store | None = None) -> PdfPage:
    """A page of a PDF, an OFD or an image file, recognised, or from the store if its picture is known."""
    picture, width, height = _picture(data, number)
    key = hashlib.sha256(repr((width, height, picture.shape)).encode())
    key.update(picture)
    body = store.page(key.hexdigest()) if store else None
    known = _unpacked(body) if body else None
    if known:
        return replace(known, number=number)
    from extractor.adapters.recognition import recognised

    page = recognised(picture, number, width, height)
    if store:
        store.keep_page(key.hexdigest(), zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), 1))
    return page


def _unpacked(body: bytes) -> PdfPage | None:
    try:
        page = pickle.loads(zlib.decompress(body))
    except Exception:  # a damaged pickle raises anything
        return None
    return page if isinstance(page, PdfPage) else None


def _picture(data: bytes, number: int) -> tuple[Any, float, float]:
    """The pixels of a page, its width and height in points."""
    if b"%PDF" in data[:1024]:
        from extractor.adapters import pdfium

        with pdfium.opened(data) as file, file.page(number - 1) as page:
            return page.picture(SHARP, MOST)
    from extractor.adapters import scans

    try:
        if data.startswith(b"PK"):
            from extractor.adapters import ofd_pictures

            return ofd_pictures.page(data, number, SHARP, MOST)
        return scans.page(data, number - 1, SHARP, MOST)
    except scans.TooLarge:
        raise Unreadable("too_large", "图像的像素过多") from None
