"""The styles of a Word file: what a paragraph or a run inherits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.adapters.docx import Node
from extractor.read.docx_names import is_on, number, value, w

_USUAL_SIZE = 20
"""Half-points, where neither the style nor the defaults give a size."""
_POINT = 20
"""Twips in a point."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The formatting of a run. `size` is in half-points."""

    size: int = _USUAL_SIZE
    bold: bool = False
    hidden: bool = False

    def changed(self, node: Node | None) -> Letters:
        """The formatting with the properties of a run applied."""
        if node is None or not len(node):
            return self
        bold, hidden = is_on(node, "b"), is_on(node, "vanish")
        return Letters(
            number(value(node, "sz"), self.size),
            self.bold if bold is None else bold,
            self.hidden if hidden is None else hidden,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """The formatting that a style gives a paragraph. `numbering` is the id of a list (None: not given), `level` the level in it."""

    name: str = ""
    letters: Letters = Letters()
    centered: bool = False
    left: int = 0
    first: int = 0
    first_chars: int = 0
    numbering: str | None = None
    level: int | None = None

    def changed(self, node: Node | None) -> Style:
        """The style with the properties of a paragraph applied."""
        if node is None or not len(node):
            return self
        out = self
        place = value(node, "jc")
        if place is not None:
            out = replace(out, centered=place == "center")
        indent = node.find(w("ind"))
        if indent is not None:
            out = out._indented(indent)
        listed = node.find(w("numPr"))
        if listed is not None:
            own, level = value(listed, "numId"), value(listed, "ilvl")
            level_told = out.level if level is None else number(level)
            out = replace(out, numbering=out.numbering if own is None else own, level=level_told)
        return out

    def _indented(self, node: Node) -> Style:
        left = node.get(w("left"), node.get(w("start")))
        first, hanging = node.get(w("firstLine")), node.get(w("hanging"))
        chars, hanging_chars = node.get(w("firstLineChars")), node.get(w("hangingChars"))
        out = self if left is None else replace(self, left=number(left))
        if first is not None or hanging is not None:
            out = replace(out, first=-number(hanging) if hanging is not None else number(first))
        if chars is not None or hanging_chars is not None:
            out = replace(out, first_chars=-number(hanging_chars) if hanging_chars is not None else number(chars))
        return out

    @property
    def indent(self) -> float:
        """Points from the margin to the first character."""
        first = self.first_chars * self.letters.size / 200 if self.first_chars else self.first / _POINT
        return max(0.0, self.left / _POINT + first)


class Styles:
    """The styles by their ids, with inheritance resolved."""

    def __init__(self, root: Node | None) -> None:
        nodes = list(root.iter(w("style"))) if root is not None else []
        self._nodes = {node.get(w("styleId"), ""): node for node in nodes}
        self._usual = next(
            (n.get(w("styleId")) for n in nodes if n.get(w("type")) == "paragraph" and n.get(w("default")) in ("1", "true")), None
        )
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
        base = root.find(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}") if root is not None else None
        self._base = Style(letters=Letters().changed(defaults)).changed(base)
        self._made: dict[str, Style] = {}
        self._runs: dict[tuple[str, Letters], Letters] = {}

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; the default style if none is named."""
        return self._resolved(style_id if style_id in self._nodes else self._usual)

    def run(self, style_id: str | None, letters: Letters) -> Letters:
        """The formatting of a run with a character style."""
        if style_id is None or style_id not in self._nodes:
            return letters
        key = (style_id, letters)
        if key not in self._runs:
            for node in reversed(self._chain(style_id)):
                letters = letters.changed(node.find(w("rPr")))
            self._runs[key] = letters
        return self._runs[key]

    def name(self, style_id: str) -> str:
        """The name of a style as Word shows it, in small letters."""
        return (value(self._nodes.get(style_id), "name") or style_id).lower()

    def _resolved(self, style_id: str | None) -> Style:
        if style_id is None:
            return self._base
        if style_id not in self._made:
            out = self._base
            for node in reversed(self._chain(style_id)):
                out = out.changed(node.find(w("pPr")))
                out = replace(out, letters=out.letters.changed(node.find(w("rPr"))))
            self._made[style_id] = replace(out, name=self.name(style_id))
        return self._made[style_id]

    def _chain(self, style_id: str) -> list[Node]:
        """A style and those that it is based on, each once even if they form a cycle."""
        chain: list[Node] = []
        seen: set[str] = set()
        name: str | None = style_id
        while name is not None and name in self._nodes and name not in seen:
            seen.add(name)
            chain.append(self._nodes[name])
            name = value(self._nodes[name], "basedOn")
        return chain
