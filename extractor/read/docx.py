"""Word files (docx, docm; strict and transitional) → paragraphs and tables as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.adapters.docx import Node, Package
from extractor.model.document import Note, Role, Unreadable
from extractor.model.flow import Flow, FlowBlock, FlowTable, Piece
from extractor.read.docx_lists import Lists
from extractor.read.docx_names import mc, value, w
from extractor.read.docx_styles import Style, Styles
from extractor.read.docx_tables import Grid, Row, Slot, rows_of
from extractor.read.docx_text import Texts, Typed, ended_with_contents, is_deleted

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRAPPERS = frozenset(map(w, ("customXml", "ins", "moveTo", "smartTag", "sdtContent")))
_DEEPEST = 40
"""Tables and text boxes may be nested so deep."""


def read_docx(path: Path, sha256: str, data: bytes) -> Flow:
    """The paragraphs and tables of a Word file; raises Unreadable."""
    try:
        reader = Reader(Package(data))
        blocks = reader.read()
    except Unreadable as problem:
        raise Unreadable(problem.code, f"{path.name}：{problem.message}") from problem
    except RecursionError as error:
        raise Unreadable("broken", f"{path.name}：表格或文字嵌套过深，无法读取") from error
    if not any(isinstance(block, FlowTable) or block.role in (Role.BODY, Role.FOOTNOTE) for block in blocks):
        raise Unreadable("no_text", f"{path.name}：文件中没有文字；内容若为图片，需先做文字识别（OCR）")
    return Flow(str(path), sha256, MEDIA_TYPE, tuple(blocks), reader.notes)


@dataclass(frozen=True)
class Place:
    """Where blocks stand: a shared locator (None: each paragraph has its own), their role, the depth of nesting."""

    locator: str | None = None
    role: Role = Role.BODY
    depth: int = 0


class Reader:
    """Reads the parts of a package one after the other, counting paragraphs, tables and lists."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._lists = Lists(package.part("numbering"))
        self._texts = Texts(self._styles)
        self._notes = {kind: self._notes_of(kind) for kind in ("footnotes", "endnotes")}
        self._paragraphs = self._tables = 0
        self._pending = ""

    def read(self) -> list[FlowBlock]:
        body = self._package.document.find(w("body"))
        blocks = self._blocks(body, Place()) if body is not None else []
        for kind, role, name in (("header", Role.HEADER, "页眉"), ("footer", Role.FOOTER, "页脚")):
            aside = [piece for root in self._package.parts(kind) for piece in _pieces(self._blocks(root, Place(name, role)))]
            blocks += {piece.text: piece for piece in aside}.values()
        return blocks

    @property
    def notes(self) -> tuple[Note, ...]:
        """Notes on what was read otherwise than it stands in the file, or left out."""
        counts = self._texts.counts
        out = []
        if counts["ins"] or counts["del"]:
            told = f"含修订：插入 {counts['ins']} 处、删除 {counts['del']} 处；按接受全部修订后的文字读取"
            out.append(Note("tracked_changes", told))
        if counts["hidden"]:
            out.append(Note("hidden_text", f"有隐藏文字 {counts['hidden']} 字，未读取"))
        if counts["embedded"]:
            out.append(Note("embedded_part", f"嵌入的文档 {counts['embedded']} 个，未读取"))
        return tuple(out)

    def _notes_of(self, kind: str) -> dict[str, Node]:
        root = self._package.part(kind)
        nodes = root if root is not None else ()
        return {node.get(w("id"), ""): node for node in nodes if node.get(w("type"), "normal") == "normal"}

    def _blocks(self, container: Node, place: Place) -> list[FlowBlock]:
        out: list[FlowBlock] = []
        before, self._pending = self._pending, ""
        for node in _children(container):
            if node.tag == _P:
                out += self._paragraph(node, place)
            elif node.tag == _TBL:
                out += [*self._left_over(place), *self._table(node, place)]
            elif node.tag == w("altChunk"):
                self._texts.counts["embedded"] += 1
        out += self._left_over(place)
        self._pending = before
        return out

    def _left_over(self, place: Place) -> list[FlowBlock]:
        """Text of a paragraph whose mark was deleted, before a table or at the end: there is no next paragraph to join."""
        text, self._pending = self._pending.strip(), ""
        return [Piece(text, self._located(place).locator, place.role)] if text else []

    def _located(self, place: Place) -> Place:
        """The place of the next paragraph."""
        if place.locator is not None:
            return place
        self._paragraphs += 1
        return replace(place, locator=f"段落 {self._paragraphs}")

    def _paragraph(self, node: Node, place: Place) -> list[FlowBlock]:
        properties = node.find(w("pPr"))
        style_id = value(properties, "pStyle")
        style = self._styles.paragraph(style_id)
        if properties is not None:
            own = style.changed(properties)
            style = self._lists.indented(own, style_id, properties.find(w("ind")) is not None) if own.numbering else own
        elif style.numbering:
            style = self._lists.indented(style, style_id, False)
        typed = self._texts.typed(node, style)
        if properties is not None and is_deleted(properties.find(w("rPr"))):
            self._pending += typed.text  # its mark was deleted, so it continues in the next paragraph
            return self._behind(typed, place)
        text, self._pending = self._pending + typed.text, ""
        text = self._lists.number(style, style_id) + text
        if not text.strip():
            return self._behind(typed, place)
        place = self._located(place)
        role = Role.CONTENTS if place.role is Role.BODY and ended_with_contents(typed, style) else place.role
        return [_piece(text, typed, style, replace(place, role=role)), *self._behind(typed, place)]

    def _behind(self, typed: Typed, place: Place) -> list[FlowBlock]:
        """The text boxes and notes that are anchored in a paragraph, read after it."""
        out: list[FlowBlock] = []
        for box in typed.boxes:
            self._deeper(place)
            where = f"{place.locator} 文本框" if place.locator else "文本框"
            out += self._blocks(box, Place(where, place.role, place.depth + 1))
        for kind, name in typed.notes:
            node = self._notes[kind].pop(name, None)
            if node is not None:
                word = "脚注" if kind == "footnotes" else "尾注"
                out += _pieces(self._blocks(node, Place(f"{word} {name}", Role.FOOTNOTE, place.depth + 1)))
        return out

    def _table(self, node: Node, place: Place) -> list[FlowBlock]:
        self._deeper(place)
        self._tables += 1
        name = f"表{self._tables}"
        rows = rows_of(node)
        self._texts.counts["del"] += sum(row.is_deleted for row in rows)
        self._texts.counts["hidden"] += sum(row.is_hidden for row in rows)
        return Grid([row for row in rows if not row.is_deleted and not row.is_hidden]).blocks(
            lambda row, slot: self._cell(row, slot, name, place)
        )

    def _cell(self, row: Row, slot: Slot, name: str, place: Place) -> list[FlowBlock]:
        where = f"{name} 第{row.number}行第{slot.number}列"
        return self._blocks(slot.node, Place(where, place.role, place.depth + 1))

    def _deeper(self, place: Place) -> None:
        if place.depth > _DEEPEST:
            raise Unreadable("broken", "表格或文本框嵌套过深，无法读取")


_P, _TBL = w("p"), w("tbl")


def _children(container: Node) -> Iterator[Node]:
    """Paragraphs and tables, whatever elements they are wrapped in."""
    for node in container:
        if node.tag == w("sdt"):
            content = node.find(w("sdtContent"))
            yield from _children(content) if content is not None else ()
        elif node.tag in _WRAPPERS:
            yield from _children(node)
        elif node.tag == mc("AlternateContent"):
            yield from _children(node[0]) if len(node) else ()
        else:
            yield node


def _piece(text: str, typed: Typed, style: Style, place: Place) -> Piece:
    size = typed.sizes.most_common(1)[0][0] if typed.sizes else style.letters.size
    letters = sum(typed.sizes.values())
    bold = typed.bold == letters if letters else style.letters.bold
    return Piece(text, place.locator, place.role, size / 2, bold, style.centered, round(style.indent, 1))


def _pieces(blocks: list[FlowBlock]) -> list[Piece]:
    """The paragraphs of blocks, including those in tables."""
    out: list[Piece] = []
    for block in blocks:
        out += [block] if isinstance(block, Piece) else [piece for cell in block.cells for piece in cell.pieces]
    return out
