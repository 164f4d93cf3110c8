"""Image files → printed pages: each picture is a page, read by recognition."""

from __future__ import annotations

from pathlib import Path

from extractor.model.document import Unreadable
from extractor.model.pages import PdfPage
from extractor.model.printed import Printed
from extractor.read.engines import Taken
from extractor.read.parts import bound, part_of
from extractor.read.recognise import Recogniser

_TYPES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
)


def read_image(path: Path, sha256: str, data: bytes, recogniser: Recogniser | None = None) -> Printed:
    """The pages of an image file. Raises Unreadable: broken, too_large, no_text; what the recogniser raises."""
    from extractor.adapters import scans

    try:
        sizes = scans.sizes(data)
    except scans.TooLarge:
        raise Unreadable("too_large", f"{path.name}：图像的像素过多，不像一页文件；请缩小后重试") from None
    except scans.Refused as reason:
        raise Unreadable("broken", f"{path.name}：图像已损坏，无法打开（{reason}）；请重新扫描或索取") from reason
    taken = Taken([PdfPage(number, width, height, images=1) for number, (width, height) in enumerate(sizes, 1)])
    media_type = next(kind for magic, kind in _TYPES if data.startswith(magic))
    return bound(path, [part_of(sha256, taken, data, recogniser)], media_type)
