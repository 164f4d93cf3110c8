"""What readers return → a document: paragraphs as typed, tables, furniture set aside."""

from __future__ import annotations

from extractor.layout.arrange import arrange as arrange_printed
from extractor.layout.flow import laid_out
from extractor.model.document import Document
from extractor.model.flow import Flow
from extractor.model.printed import Printed

__all__ = ["arrange"]


def arrange(given: Printed | Flow) -> Document:
    """The document of printed pages, or of paragraphs and tables as typed."""
    return laid_out(given) if isinstance(given, Flow) else arrange_printed(given)
