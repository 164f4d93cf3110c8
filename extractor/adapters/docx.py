"""Word files: the parts of the package as XML trees, by their kind."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.adapters import packed
from extractor.adapters.packed import Node
from extractor.model.document import Unreadable

__all__ = ["Node", "Package"]


class Package:
    """The parts of a Word file by kind: styles, numbering, footnotes, header, footer."""

    def __init__(self, data: bytes) -> None:
        self._package = packed.Package(data)
        self._main = self._package.main("word/document.xml")
        self._parts = list(self._package.related(self._main))

    @property
    def document(self) -> Node:
        """The root of the main part."""
        root = self._package.tree(self._main)
        if root is None:
            raise Unreadable("broken", "文件中没有正文部件；请重新获取或另存")
        return root

    def part(self, kind: str) -> Node | None:
        """The first part of a kind; None if there is none or it cannot be read."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Node]:
        """The parts of a kind, sorted by name; damaged ones are left out."""
        for name in sorted(part.name for part in self._parts if part.kind == kind):
            try:
                root = self._package.tree(name)
            except Unreadable as problem:
                if problem.code == "broken":
                    continue
                raise
            if root is not None:
                yield root
