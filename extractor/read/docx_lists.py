"""Automatic list numbers: each paragraph of a list gets the number that Word prints before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractor.adapters.docx import Node
from extractor.read.docx_names import is_on, mc, number, value, w
from extractor.read.docx_styles import Style
from extractor.read.numeral_formats import numeral

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = str.maketrans(
    {"\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "√", "\uf0b7": "•", "\uf0a7": "▪", "\uf0b2": "◆"}
)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: what is printed, in what format, and after which level numbering restarts (`restart`, 0: never)."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    left: int | None = None
    first: int | None = None

    @classmethod
    def of(cls, node: Node) -> Level:
        form = node.find(w("numFmt"))
        if form is None:
            form = node.find(f"{mc('AlternateContent')}/{mc('Fallback')}/{w('numFmt')}")
        restart = value(node, "lvlRestart")
        indent = node.find(f"{w('pPr')}/{w('ind')}")
        left, first = _indent(indent)
        return cls(
            "decimal" if form is None else form.get(w("val"), "decimal"),
            (value(node, "lvlText") or "").translate(_PRIVATE),
            number(value(node, "start"), 0 if node.find(w("start")) is None else 1),
            value(node, "suff") or "tab",
            None if restart is None else number(restart),
            bool(is_on(node, "isLgl")),
            value(node, "pStyle"),
            left,
            first,
        )


def _indent(node: Node | None) -> tuple[int | None, int | None]:
    if node is None:
        return None, None
    left = node.get(w("left"), node.get(w("start")))
    first, hanging = node.get(w("firstLine")), node.get(w("hanging"))
    own = -number(hanging) if hanging is not None else number(first) if first is not None else None
    return None if left is None else number(left), own


@dataclass
class Counting:
    """The counters of all lists with one definition: one for each level, None before the first number."""

    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(frozen=True)
class List:
    """A list instance: its definition, its levels, and the start numbers that it overrides."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Lists:
    """The lists of a document, numbered from paragraph to paragraph."""

    def __init__(self, root: Node | None) -> None:
        self._definitions = {} if root is None else {node.get(w("abstractNumId")): node for node in root.findall(w("abstractNum"))}
        self._nodes = {} if root is None else {node.get(w("numId")): node for node in root.findall(w("num"))}
        self._lists: dict[str, List | None] = {}
        self._counting: dict[str, Counting] = {}
        self._begun: set[tuple[str, int]] = set()

    def number(self, style: Style, style_id: str | None) -> str:
        """The number of the next paragraph of this style with the space after it; empty if it has none."""
        listed = self._list(style.numbering)
        if listed is None:
            return ""
        place = self._place(listed, style, style_id)
        level = listed.levels.get(place)
        if level is None:
            return ""
        counts = self._counted(style.numbering or "", listed, place)
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return f"{level.text or '•'} "
        printed = _PLACE.sub(lambda match: _shown(listed, level, int(match[1]) - 1, counts), level.text)
        return printed + ("" if level.suffix == "nothing" or not printed else " ")

    def indented(self, style: Style, style_id: str | None, own: bool) -> Style:
        """A paragraph's style with the indent of its list, unless it has one of its own."""
        listed = self._list(style.numbering)
        level = None if listed is None or own else listed.levels.get(self._place(listed, style, style_id))
        if level is None or (level.left is None and level.first is None):
            return style
        return replace(style, left=level.left or 0, first=level.first or 0, first_chars=0)

    def _place(self, listed: List, style: Style, style_id: str | None) -> int:
        """The level: as given, else the one linked to the paragraph's style."""
        if style.level is not None:
            return max(0, min(style.level, LEVELS - 1))
        return next((place for place, level in listed.levels.items() if level.style == style_id and style_id), 0)

    def _counted(self, name: str, listed: List, place: int) -> list[int]:
        counts = self._counting.setdefault(listed.definition, Counting()).counts
        if (name, place) not in self._begun:
            self._begun.add((name, place))
            if place in listed.starts:
                counts[place] = None
        for above in range(place):
            if counts[above] is None:
                counts[above] = _start(listed, above)
        before = counts[place]
        counts[place] = _start(listed, place) if before is None else before + 1
        for below in range(place + 1, LEVELS):
            restart = listed.levels[below].restart if below in listed.levels else None
            if restart is None or place < restart:
                counts[below] = None
        return [count or 0 for count in counts]

    def _list(self, name: str | None) -> List | None:
        if name is None or name == "0":
            return None
        if name not in self._lists:
            self._lists[name] = self._made(name)
        return self._lists[name]

    def _made(self, name: str) -> List | None:
        node = self._nodes.get(name)
        definition = value(node, "abstractNumId")
        if node is None or definition is None or definition not in self._definitions:
            return None
        levels = self._levels(definition)
        starts: dict[int, int] = {}
        for override in node.findall(w("lvlOverride")):
            place = number(override.get(w("ilvl")))
            own = override.find(w("lvl"))
            if own is not None:
                levels[place] = Level.of(own)
            start = value(override, "startOverride")
            if start is not None:
                starts[place] = number(start, 1)
        return List(definition, levels, starts)

    def _levels(self, definition: str) -> dict[int, Level]:
        """The levels of a definition; if it refers to a list style, the levels of that style."""
        node = self._definitions[definition]
        link = value(node, "numStyleLink")
        if link is not None:
            node = next((other for other in self._definitions.values() if value(other, "styleLink") == link), node)
        return {number(level.get(w("ilvl"))): Level.of(level) for level in node.findall(w("lvl"))}


def _start(listed: List, place: int) -> int:
    level = listed.levels.get(place)
    return listed.starts.get(place, level.start if level else 1)


def _shown(listed: List, level: Level, place: int, counts: list[int]) -> str:
    form = listed.levels.get(place, level).form
    if level.legal and form not in ("decimal", "decimalZero"):
        form = "decimal"
    return numeral(counts[place], form)
