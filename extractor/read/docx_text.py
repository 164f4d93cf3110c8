"""The text of a paragraph of a Word file as it is shown: changes accepted, fields by their results, hidden text left out."""

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
"""The characters that symbol fonts draw, by code."""


@dataclass
class Field:
    """An open field: its code as far as it has been read, and whether its result has begun."""

    code: str = ""
    is_result: bool = False


@dataclass
class Fields:
    """The open fields, the innermost last; a field may span several paragraphs."""

    open: list[Field] = field(default_factory=list)

    @property
    def shows(self) -> bool:
        return all(each.is_result for each in self.open)

    @property
    def is_contents(self) -> bool:
        return any(each.is_result and each.code.split()[:1] == ["TOC"] for each in self.open)

    def turn(self, node: Node) -> str:
        """Follows a field mark: begin, separate or end. Returns the sign of a check box, else an empty string."""
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
        """Drops field codes that are still open at the end of a paragraph: they would swallow the rest of a damaged document."""
        self.open = [each for each in self.open if each.is_result]


def _box_to_tick(node: Node) -> str:
    box = node.find(f"{w('ffData')}/{w('checkBox')}")
    if box is None:
        return ""
    checked = is_on(box, "checked")
    return "☑" if (is_on(box, "default") if checked is None else checked) else "□"


@dataclass
class Typed:
    """The content of a paragraph: its text, the formatting of its letters, its text boxes, the notes that it refers to."""

    text: str = ""
    sizes: Counter[int] = field(default_factory=Counter)
    bold: int = 0
    boxes: list[Node] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    is_contents: bool = False


class Texts:
    """Reads paragraphs one after the other; counts tracked changes, hidden characters and embedded objects."""

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
    """The font of a run, if it is a symbol font."""
    fonts = properties.find(w("rFonts")) if properties is not None else None
    name = "" if fonts is None else (fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "").lower()
    return name if name in _SIGNS else ""


def _looks(font: str, char: str) -> str:
    """What a letter looks like in a symbol font; Chinese characters are never set in one."""
    code = ord(char)
    return _SIGNS[font].get(code & 0xFF, char) if code < 0x100 or 0xF000 <= code <= 0xF0FF else char


def _sign(node: Node) -> str:
    """The character that a symbol looks like; the symbol itself if it is not known."""
    written = node.get(w("char"), "")
    try:
        code = int(written, 16)
    except ValueError:
        return ""
    known = _SIGNS.get(node.get(w("font"), "").lower(), {}).get(code & 0xFF)
    return known or (chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else "")


def _chosen(node: Node) -> list[Node]:
    """One of the alternative contents: the first with text, since reading all of them would repeat it."""
    ways = [*node.findall(mc("Choice")), *node.findall(mc("Fallback"))]
    return next(([way] for way in ways if next(way.iter(_T, w("p")), None) is not None), ways[:1])


def _boxes(node: Node) -> Iterator[Node]:
    """The outermost text boxes in a drawing, each once."""
    if node.tag == w("txbxContent"):
        yield node
        return
    for child in _chosen(node) if node.tag == _ALTERNATE else node:
        yield from _boxes(child)


def _formula(node: Node) -> str:
    """A formula on one line; a fraction with a slash."""
    if node.tag in (m("t"), _T):
        return node.text or ""
    if node.tag == m("f"):
        over, under = (_formula(part) if part is not None else "" for part in (node.find(m("num")), node.find(m("den"))))
        return f"{over}/{under}"
    return "".join(map(_formula, node))


def ended_with_contents(typed: Typed, style: Style) -> bool:
    """Is a paragraph an entry of a table of contents? One whose end is lost must not swallow the text after it."""
    is_named = style.name.startswith(("toc ", "toc\u00a0", "contents ", "目录"))
    return is_named or (typed.is_contents and typed.text.strip()[-1:].isalnum() and "\t" in typed.text)


def is_deleted(node: Node | None) -> bool:
    """Do the properties of a paragraph mark or of a row mark it as deleted?"""
    return node is not None and (node.find(w("del")) is not None or node.find(w("moveFrom")) is not None)


def span(node: Node | None, name: str) -> int:
    """How many columns a property covers, at least one."""
    return max(1, number(value(node, name), 1))
