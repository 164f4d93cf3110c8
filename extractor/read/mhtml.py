"""Web archives (MHTML): the first HTML part is read, and nothing else."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from pathlib import Path

from extractor.model.document import Unreadable
from extractor.model.flow import Flow
from extractor.read.html import decode_page, flow_of

MEDIA_TYPE = "multipart/related"


def read_mhtml(path: Path, sha256: str, data: bytes) -> Flow:
    """The article of a saved page. Raises Unreadable: broken, unsupported, no_text."""
    page = next((part for part in message_from_bytes(data.lstrip()).walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise Unreadable("no_text", f"{path.name}：网页存档中没有网页")
    text = _text(page)
    if text is None:
        raise Unreadable("unsupported", f"{path.name}：网页的编码不能识别；请另存为 UTF-8")
    return flow_of(path, sha256, text, MEDIA_TYPE)


def _text(page: Message) -> str | None:
    """The page decoded by the charset of its header, else by its own declaration."""
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    told = (page.get_content_charset() or "").lower()
    if told:
        try:
            return content.decode("gb18030" if told.startswith("gb") else told)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_page(content)
