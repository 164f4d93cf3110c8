"""Document numbers as cited: issuer, year, serial, the title beside them, and what is malformed about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from extractor.model.document import Document, Span
from extractor.model.facts import DocumentNumber, Kind, Mention

TITLE_REACH = 4
OPENING = "〔［[【（(﹝「<"
CLOSING = "〕］]】）)﹞」>"


def document_numbers(document: Document, mentions: Mapping[int, tuple[Mention, ...]]) -> Iterator[DocumentNumber]:
    """Every cited document number in reading order, malformed ones too."""
    for index, found in mentions.items():
        for mention in found:
            if mention.kind is Kind.DOC_NO:
                text = document.paragraphs[index].text
                start = _issuer_start(text, mention)
                yield DocumentNumber(
                    written=text[start : mention.end],
                    span=Span(index, start, mention.end),
                    issuer=mention.groups.get("issuer", ""),
                    year=mention.groups.get("year", ""),
                    serial=mention.groups.get("serial", ""),
                    title=_title_before(text, mention.start),
                    problem=problem_of(text[mention.start : mention.end], mention.groups),
                )


def _issuer_start(text: str, mention: Mention) -> int:
    """中华人民共和国国务院令第423号 is cited by its issuer, 国务院令第423号."""
    place = text.find("国务院令", mention.start, mention.end)
    return place if place > 0 else mention.start


def _title_before(text: str, start: int) -> str:
    """The 《title》 that ends right before a number, brackets between them aside."""
    close = text.rfind("》", max(0, start - TITLE_REACH), start)
    if close < 0:
        return ""
    opening = text.rfind("《", 0, close)
    return text[opening + 1 : close] if opening >= 0 else ""


def problem_of(written: str, groups: Mapping[str, str]) -> str | None:
    """Why a document number is malformed, None where it is not.

    >>> problem_of("云财绩[20171000 号]", {"issuer": "云财绩", "year": "2017", "serial": "1000"})
    'fused'
    >>> problem_of("云财绩〔2017〕10号", {"issuer": "云财绩", "year": "2017", "serial": "10"})
    """
    opened = [c for c in written if c in OPENING]
    closed = [c for c in written if c in CLOSING]
    if opened and written.rstrip().endswith(tuple(CLOSING)) and "号" in written[: written.rstrip().rfind(written.rstrip()[-1])]:
        return "fused"
    if len(opened) != len(closed):
        return "bracket"
    if opened and OPENING.index(opened[0]) != CLOSING.index(closed[0]):
        return "bracket"
    if not written.rstrip().endswith(("号", "號", "号公告", "号令", "号通知", "号文")):
        return "no_number_sign"
    if groups.get("year") and not groups["year"].strip().startswith(("19", "20")):
        return "year"
    return None
