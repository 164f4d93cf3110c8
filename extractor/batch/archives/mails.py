"""Attachments of mails (EML). The text of a mail is no report; names are read in every way that mail programs write them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from email import errors, message_from_binary_file, policy
from email.header import decode_header
from email.message import Message
from pathlib import Path
from typing import IO

from extractor.batch.answer import Failure
from extractor.batch.archives.members import LARGEST, Refused
from extractor.batch.archives.unpack import Unpacking, safe_parts

LONG = 300
"""Characters of a text that is more than a covering letter."""
_TORN = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect, errors.MultipartInvariantViolationDefect)
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_WRAPPED = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_TAG = re.compile(r"<(?:style|script).*?(?:</(?:style|script)>|\Z)|<[^<>]*>|&nbsp;|\s", re.DOTALL | re.IGNORECASE)
"""What is no word of a text. A style without an end reaches to that of the text: to look for the end of each would take forever."""


class MailBox:
    """A mail and the mails within it."""

    def __init__(self, unpacking: Unpacking, folder: str, depth: int, problems: list[Failure]) -> None:
        self._unpacking, self._folder, self._depth, self._problems = unpacking, folder, depth, problems

    def read(self, path: Path) -> None:
        """The documents among the attachments. Raises Refused."""
        if path.stat().st_size > LARGEST:
            raise Refused("archive_limit", f"邮件超过 {LARGEST >> 20} MB，未读取；请将附件另存后再读")
        try:
            with path.open("rb") as stream:
                head = stream.read(4096)
                stream.seek(len(head) - len(head.lstrip()))
                mail = message_from_binary_file(stream, policy=policy.compat32)
            self._attachments(mail)
        except RecursionError:
            raise Refused("archive_limit", "邮件的嵌套过深，未读取；请将附件另存后再读") from None

    def _attachments(self, mail: Message) -> None:
        bodies, attached = 0, []
        is_torn = False
        for part in _parts(mail):
            self._unpacking.budget.count(1)
            is_torn |= any(isinstance(defect, _TORN) for defect in part.defects)
            if part.get_content_type() in _SEALED:
                self._problems.append(Failure("encrypted", "邮件是加密的，无法读取；请提供未加密的版本"))
            elif part.get_content_type() in _WRAPPED:
                self._problems.append(
                    Failure("needs_unpacking", "附件封装在 winmail.dat 中，不能读取；请将附件另存，或由发件人改用 HTML 格式重发")
                )
            elif part.get_content_maintype() == "multipart":
                continue
            elif _is_body(part):
                bodies += len(_TAG.sub("", _text(part)))
            elif _is_drawn_in_the_text(part):
                self._unpacking.skipped += 1
            else:
                attached.append(part)
        for number, part in enumerate(attached, 1):
            self._take(part, number, "mail_body" if bodies >= LONG and number == 1 else None)
        if is_torn:
            self._problems.append(Failure("broken", "邮件不完整，附件可能有缺；请重新获取"))

    def _take(self, part: Message, number: int, note: str | None) -> None:
        is_mail = part.get_content_type() == "message/rfc822"
        parts = (safe_parts(re.split(r"[/\\]|^[A-Za-z]:", _name(part, number, is_mail))[-1]) or (f"附件{number}",))[-1:]
        if not self._unpacking.is_wanted(parts):
            self._unpacking.skipped += 1
            return

        def write(stream: IO[bytes]) -> None:
            content = _mail_within(part) if is_mail else _content(part)
            self._unpacking.budget.take(len(content), len(content))
            stream.write(content)

        self._unpacking.take(self._folder, parts, self._depth, write, note)


def _parts(mail: Message) -> Iterator[Message]:
    """The mail and its parts in their order; those of a mail within are left to it."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        yield part
        content = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(content, list):
            waiting.extend(each for each in reversed(content) if isinstance(each, Message))


def _is_body(part: Message) -> bool:
    """Is a part the text that people read when they open the mail?"""
    if part.get_content_type() not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
        return False
    return _told(part) is None


def _is_drawn_in_the_text(part: Message) -> bool:
    """A picture that the text shows: a logo, a signature."""
    return part.get_content_maintype() == "image" and "Content-ID" in part and part.get_content_disposition() != "attachment"


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return _decoded(content, part.get_content_charset()) if isinstance(content, bytes) else ""


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except Exception:  # whatever a torn encoding provokes
        content = None
    if not isinstance(content, bytes):
        raise Refused("broken", "附件已损坏，无法读取；请重新获取")
    return content


def _mail_within(part: Message) -> bytes:
    inner = part.get_payload()
    if not isinstance(inner, list) or not inner or not isinstance(inner[0], Message):
        raise Refused("broken", "附件已损坏，无法读取；请重新获取")
    try:
        return inner[0].as_bytes()
    except (UnicodeError, LookupError, ValueError, KeyError, TypeError):
        raise Refused("broken", "附件已损坏，无法读取；请重新获取") from None


def _name(part: Message, number: int, is_mail: bool) -> str:
    told = _told(part)
    if is_mail:
        inner = part.get_payload()
        subject = _plain(inner[0], "Subject") if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None
        told = (told or subject or f"附件{number}").removesuffix(".eml") + ".eml"
    ending = mimetypes.guess_extension(part.get_content_type()) or ""
    return told if told and "." in told else (told or f"附件{number}") + (ending if ending != ".bin" else "")


def _told(part: Message) -> str | None:
    """The name that an attachment has: RFC 2231, RFC 2047, or plain letters of any encoding."""
    for header, field in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        text = _plain(part, header, is_decoded=False)
        if text is None:
            continue
        part.replace_header(header, text)  # as text without surrogates, which get_param does not take
        try:
            value = part.get_param(field, header=header)
        except (ValueError, LookupError, TypeError, IndexError):
            continue
        if isinstance(value, tuple):
            charset, _, quoted = value
            return _decoded(quoted.encode("latin-1", "replace"), charset)
        if isinstance(value, str) and value.strip():
            return _words(value)
    return None


def _plain(part: Message, header: str, is_decoded: bool = True) -> str | None:
    """A header as text; bytes that are not ASCII, which no rule allows, are read as UTF-8 or GB18030."""
    raw = next((value for name, value in part.raw_items() if name.lower() == header.lower()), None)
    if raw is None:
        return None
    text = _decoded(str(raw).encode("utf-8", "surrogateescape"), None)
    return _words(text) if is_decoded else text


def _words(text: str) -> str:
    """Text with its encoded words read.

    >>> _words("=?gbk?B?sai45g==?=.pdf"), _words("报告.pdf")
    ('报告.pdf', '报告.pdf')
    """
    if "=?" not in text:
        return text
    try:
        found = decode_header(re.sub(r"\?=\s+=\?", "?==?", re.sub(r"[\r\n]+\s*", " ", text)))
    except (errors.HeaderParseError, ValueError):
        return text
    return "".join(_decoded(each, charset) if isinstance(each, bytes) else each for each, charset in found)


def _decoded(content: bytes, charset: str | None) -> str:
    """As its head says, all of GB as GB18030; else UTF-8, else GB18030."""
    told = (charset or "").lower()
    for each in ("gb18030" if told.startswith(("gb", "cp936", "x-gbk")) else told, "utf-8", "gb18030"):
        try:
            return content.decode(each or "utf-8")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return content.decode("latin-1")
