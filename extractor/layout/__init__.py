"""Printed pages → a document: paragraphs as typed, tables, furniture set aside."""

from __future__ import annotations

from extractor.layout.arrange import arrange

__all__ = ["arrange"]
