"""PDF → printed pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.model.document import Unreadable
from extractor.model.pages import Broken, Locked
from extractor.model.printed import Printed
from extractor.read.engines import take
from extractor.read.parts import Part, bound, part_of
from extractor.read.recognise import Recogniser

MEDIA_TYPE = "application/pdf"


def read_pdf(path: Path, sha256: str, data: bytes, engine: str = "auto", recogniser: Recogniser | None = None) -> Printed:
    """The pages of a PDF with their lines and ruled cells. Raises Unreadable: encrypted, broken, no_text."""
    return bound_pdf(path, [read_part(path, sha256, data, engine, None, recogniser)])


def bound_pdf(path: Path, parts: Sequence[Part]) -> Printed:
    """The parts of a PDF, in their order, as one. Raises Unreadable if no page has text: broken, no_text."""
    return bound(path, parts, MEDIA_TYPE)


def read_part(
    path: Path, sha256: str, data: bytes, engine: str, only: Sequence[int] | None = None, recogniser: Recogniser | None = None
) -> Part:
    """The pages with these numbers, or all. Raises Unreadable: encrypted, broken; what the recogniser raises."""
    try:
        taken = take(path, data, engine, only)
    except Locked:
        raise Unreadable("encrypted", f"{path.name}：文件有打开密码，无法读取；请提供未加密的版本") from None
    except Broken as error:
        raise Unreadable("broken", f"{path.name}：PDF 已损坏，无法打开（{error}）；请重新导出或向报送单位索取") from error
    return part_of(sha256, taken, data, recogniser)
