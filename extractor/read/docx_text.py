"""The text of a paragraph of a Word file as its reader sees it: changes accepted, results of fields, no hidden words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.adapters.docx import Node
from extractor.read.docx_names import is_on, m, mc, number, value, w
from extractor.read.docx_styles import Letters, Style, Styles

_LEFT_OUT = frozenset(map(w, ("del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rt", "delText")))
_CHANGES = {w("ins"): "ins", w("moveTo"): "ins", w("del"): "del", w("moveFrom"): "del"}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\r\x07"))
_SIGNS = {
    "wingdings": {0xFC: "√", 0xFB: "×", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●", 0xA1: "○", 0xD8: "➢", 0x75: "◆",
                  0xE0: "→", 0xDF: "←"} | {0x81 + place: chr(0x2460 + place) for place in range(10)},
    "wingdings 2": {0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "√", 0x4F: "×", 0xA3: "□", 0x30: "☐"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xB0: "°", 0x25: "%", 0xB7: "•", 0xB9: "≠", 0xBB: "≈"},
}  # fmt: skip
"""What fonts of signs draw, by code."""


@dataclass
class Field:
    """A field that has begun: its code as far as it was read, and whether its result is being read."""

    code: str = ""
    is_result: bool = False


@dataclass
class Fields:
    """The fields that are open, the innermost last; they may run over paragraphs."""

    open: list[Field] = field(default_factory=list)

    @property
    def shows(self) -> bool:
        return all(each.is_result for each in self.open)

    @property
    def is_contents(self) -> bool:
        return any(each.is_result and each.code.split()[:1] == ["TOC"] for each in self.open)

    def turn(self, node: Node) -> str:
        """A mark of a field begins it, begins its result, or ends it; a box to tick is drawn."""
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            self.open.append(Field())
            return _box_to_tick(node)
        if kind == "separate" and self.open:
            self.open[-1].is_result = True
        elif kind == "end" and self.open:
            self.open.pop()
        return ""

    def close_lost(self) -> None:
        """A code that a paragraph leaves open would swallow the rest of a damaged document."""
        self.open = [each for each in self.open if each.is_result]


def _box_to_tick(node: Node) -> str:
    box = node.find(f"{w('ffData')}/{w('checkBox')}")
    if box is None:
        return ""
    checked = is_on(box, "checked")
    return "☑" if (is_on(box, "default") if checked is None else checked) else "□"


@dataclass
class Typed:
    """What stands in a paragraph: its text, how its letters are set, boxes of text that hang on it, notes that it points to."""

    text: str = ""
    sizes: Counter[int] = field(default_factory=Counter)
    bold: int = 0
    boxes: list[Node] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    is_contents: bool = False


class Texts:
    """Reads paragraphs one after the other; counts what was changed, hidden and left out."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.fields = Fields()
        self.counts: Counter[str] = Counter()
        self._out: list[str] = []
        self._typed = Typed()

    def typed(self, paragraph: Node, style: Style) -> Typed:
        self._out, self._typed = [], Typed(is_contents=self.fields.is_contents)
        self._inline(paragraph, style.letters)
        self.fields.close_lost()
        typed = self._typed
        typed.text = "".join(self._out).translate(_UNSEEN)
        typed.is_contents |= self.fields.is_contents
        return typed

    def _inline(self, node: Node, letters: Letters) -> None:
        for child in node:
            tag = child.tag
            if tag == _R:
                self._run(child, letters)
            elif tag in _CHANGES:
                self.counts[_CHANGES[tag]] += 1
                if _CHANGES[tag] == "ins":
                    self._inline(child, letters)
            elif tag == w("fldSimple"):
                self._typed.is_contents |= child.get(w("instr"), "").split()[:1] == ["TOC"]
                self._inline(child, letters)
            elif tag in _MATHS:
                self._put(_formula(child), letters)
            elif tag == _ALTERNATE:
                for chosen in _chosen(child):
                    self._inline(chosen, letters)
            elif tag not in _LEFT_OUT:
                self._inline(child, letters)

    def _run(self, run: Node, letters: Letters) -> None:
        properties = run.find(_RPR)
        if properties is not None:
            letters = self._styles.run(value(properties, "rStyle"), letters).changed(properties)
        font = _font_of_signs(properties)
        for child in run:
            if font and child.tag == _T:
                self._put("".join(_looks(font, char) for char in child.text or ""), letters)
            elif child.tag != _RPR:
                self._piece(child, letters)

    def _piece(self, node: Node, letters: Letters) -> None:
        tag = node.tag
        if tag == _T:
            self._put(node.text or "", letters)
        elif tag == w("object"):
            self.counts["embedded"] += any(not each.get("ProgID", "").startswith("Equation") for each in node.iter(_OLE))
            self._typed.boxes.extend(_boxes(node))
        elif tag in _SIGNS_OF_RUNS:
            self._put(_SIGNS_OF_RUNS[tag], letters)
        elif tag == w("fldChar"):
            self._put(self.fields.turn(node), letters)
        elif tag == w("instrText"):
            if self.fields.open and not self.fields.open[-1].is_result:
                self.fields.open[-1].code += node.text or ""
        elif tag == w("sym"):
            self._put(_sign(node), letters)
        elif tag in _NOTES:
            self._typed.notes.append((_NOTES[tag], node.get(w("id"), "")))
        elif tag in _DRAWN:
            self._typed.boxes.extend(_boxes(node))
        elif tag == w("ruby"):
            for base in node.findall(w("rubyBase")):
                self._inline(base, letters)

    def _put(self, text: str, letters: Letters) -> None:
        if not text or not self.fields.shows:
            return
        if letters.hidden:
            self.counts["hidden"] += len(text.strip())
            return
        self._out.append(text)
        weight = len(text.strip())
        self._typed.sizes[letters.size] += weight
        self._typed.bold += weight if letters.bold else 0


_R, _T, _RPR, _ALTERNATE = w("r"), w("t"), w("rPr"), mc("AlternateContent")
_MATHS = frozenset({m("oMath"), m("oMathPara")})
_SIGNS_OF_RUNS = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_DRAWN = frozenset({w("drawing"), w("pict"), _ALTERNATE})
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"


def _font_of_signs(properties: Node | None) -> str:
    """The font of a run where it is one that draws signs in place of letters."""
    fonts = properties.find(w("rFonts")) if properties is not None else None
    name = "" if fonts is None else (fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "").lower()
    return name if name in _SIGNS else ""


def _looks(font: str, char: str) -> str:
    """What a letter looks like in a font of signs; Chinese characters are never set in one."""
    code = ord(char)
    return _SIGNS[font].get(code & 0xFF, char) if code < 0x100 or 0xF000 <= code <= 0xF0FF else char


def _sign(node: Node) -> str:
    """The character that a sign of a font of signs looks like; itself where it is not known."""
    written = node.get(w("char"), "")
    try:
        code = int(written, 16)
    except ValueError:
        return ""
    known = _SIGNS.get(node.get(w("font"), "").lower(), {}).get(code & 0xFF)
    return known or (chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else "")


def _chosen(node: Node) -> list[Node]:
    """One of the ways in which the same thing is told: the first that holds words, for both would tell it twice."""
    ways = [*node.findall(mc("Choice")), *node.findall(mc("Fallback"))]
    return next(([way] for way in ways if next(way.iter(_T, w("p")), None) is not None), ways[:1])


def _boxes(node: Node) -> Iterator[Node]:
    """The outermost boxes of text in a drawing, each once."""
    if node.tag == w("txbxContent"):
        yield node
        return
    for child in _chosen(node) if node.tag == _ALTERNATE else node:
        yield from _boxes(child)


def _formula(node: Node) -> str:
    """A formula on one line; a fraction with a stroke."""
    if node.tag in (m("t"), _T):
        return node.text or ""
    if node.tag == m("f"):
        over, under = (_formula(part) if part is not None else "" for part in (node.find(m("num")), node.find(m("den"))))
        return f"{over}/{under}"
    return "".join(map(_formula, node))


def ended_with_contents(typed: Typed, style: Style) -> bool:
    """Is a paragraph an entry of a contents list? A list whose end is lost must not swallow the text behind it."""
    is_named = style.name.startswith(("toc ", "toc\u00a0", "contents ", "目录"))
    return is_named or (typed.is_contents and typed.text.strip()[-1:].isalnum() and "\t" in typed.text)


def is_deleted(node: Node | None) -> bool:
    """Do the properties of a paragraph's mark or of a row say that it was deleted?"""
    return node is not None and (node.find(w("del")) is not None or node.find(w("moveFrom")) is not None)


def span(node: Node | None, name: str) -> int:
    """How many columns a property covers, at least one."""
    return max(1, number(value(node, name), 1))
