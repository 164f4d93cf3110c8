"""XLSX: values with the formats that they are shown in, merged cells, hidden rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from extractor.adapters.packed import Node, Package, elements
from extractor.model.books import BUILT_IN, CELLS, PLAIN, Book, BookCell, BookSheet, Look
from extractor.model.document import Unreadable

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_TRUE = ("1", "true")
_OTHER_SHEETS = frozenset({"chartsheet", "dialogsheet", "xlmacrosheet", "xlintlmacrosheet"})


class Shared(NamedTuple):
    """What the sheets of a workbook share: its strings, and the looks that cells name by number."""

    strings: Sequence[str]
    looks: Sequence[Look]


def read_book(data: bytes) -> Book:
    """A workbook. Raises Unreadable: broken, encrypted, too_large."""
    package = Package(data)
    try:
        return _book(package)
    except (InvalidOperation, ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        raise Unreadable("broken", f"工作簿已损坏（{type(error).__name__}）；请用 Excel 或 WPS 打开另存后再试") from error


def _book(package: Package) -> Book:
    main = package.main("xl/workbook.xml")
    root = package.tree(main)
    if root is None:
        raise Unreadable("broken", "文件中没有工作簿部件；请重新获取或另存")
    links = {link.id: link for link in package.related(main)}
    parts = {link.kind: link.name for link in links.values()}
    strings = parts.get("sharedstrings", "xl/sharedstrings.xml")
    shared = Shared(list(_strings(package, strings)), _looks(package.tree(parts.get("styles", "xl/styles.xml"))))
    sheets: list[BookSheet] = []
    budget = CELLS
    for element in _named(root, "sheet"):
        link = links.get(next((value for key, value in element.attrib.items() if key.endswith("}id")), ""))
        if link is None or link.name not in package or link.kind in _OTHER_SHEETS:
            continue
        sheet = BookSheet(element.get("name", ""), element.get("state", "visible") != "visible")
        budget = _read_sheet(package.read(link.name), sheet, shared, budget)
        sheet.boxes = [box for drawn in package.related(link.name) if drawn.kind == "drawing" for box in _boxes(package.tree(drawn.name))]
        sheets.append(sheet)
    since = any(each.get("date1904", "0") in _TRUE for each in _named(root, "workbookPr"))
    return Book(sheets, since)


def _named(root: Node, name: str) -> Iterator[Node]:
    """The elements of a name, whatever their namespace."""
    return (element for element in root.iter("{*}" + name))


def _boxes(drawing: Node | None) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of the text boxes that lie over a sheet; those of hidden ones are left out."""
    for anchor in drawing if drawing is not None else ():
        corner = next(_named(anchor, "from"), None)
        row, column = (int(corner.findtext("{*}" + name) or 0) if corner is not None else 0 for name in ("row", "col"))
        for shape in _named(anchor, "sp"):
            if any(parent.tag.endswith("}Fallback") for parent in shape.iterancestors()):
                continue  # the same shape again, for older programs
            if not any(about.get("hidden", "0") in _TRUE for about in _named(shape, "cNvPr")):
                texts = ("".join(t.text or "" for t in _named(paragraph, "t")) for paragraph in _named(shape, "p"))
                yield from ((row, column, text) for text in texts if text.strip())


def _strings(package: Package, name: str) -> Iterator[str]:
    if name in package:
        yield from (_said(item) for _, item in elements(package.read(name), "si"))


def _said(item: Node) -> str:
    """The text of a string; readings of characters (rPh) are none of it."""
    return _ESCAPED.sub(_unescaped, "".join(t.text or "" for t in item.iter("{*}t") if not t.getparent().tag.endswith("}rPh")))


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _unescaped(match: re.Match[str]) -> str:
    """Control characters are written _x000D_, an underline that would begin such a one _x005F_."""
    char = chr(int(match[1], 16))
    return "" if char == "\r" or "\ud800" <= char <= "\udfff" else char


def _looks(root: Node | None) -> list[Look]:
    if root is None:
        return []
    formats = {int(each.get("numFmtId", "0")): each.get("formatCode", "General") for each in _named(root, "numFmt")}
    borders = [any(side.get("style", "none") != "none" for side in each) for part in _named(root, "borders") for each in part]
    fonts = [_font(each) for part in _named(root, "fonts") for each in part]
    looks = []
    for each in (one for part in _named(root, "cellXfs") for one in part):
        number, font = int(each.get("numFmtId", "0")), int(each.get("fontId", "0"))
        code = formats.get(number) or BUILT_IN.get(number, "General")
        border = int(each.get("borderId", "0"))
        bold, size = fonts[font] if font < len(fonts) else (False, 0.0)
        centered = any(one.get("horizontal", "") in ("center", "centerContinuous") for one in _named(each, "alignment"))
        looks.append(Look(code, border < len(borders) and borders[border], bold, size, centered))
    return looks


def _font(element: Node) -> tuple[bool, float]:
    bold = any(each.get("val", "1") not in ("0", "false") for each in _named(element, "b"))
    return bold, next((round(Decimal(each.get("val", "0")) * 10) / 10 for each in _named(element, "sz")), 0.0)


def _read_sheet(data: bytes, sheet: BookSheet, shared: Shared, budget: int) -> int:
    """Fills the sheet row by row; returns how many cells may still be read."""
    row = -1
    hides_rows = False
    for kind, element in elements(data, "row", "mergeCell", "col", "sheetFormatPr"):
        if kind == "mergeCell":
            first, _, last = element.get("ref", "").partition(":")
            sheet.merged.append((*place_of(first), *place_of(last or first)))
        elif kind == "sheetFormatPr":
            hides_rows = element.get("zeroHeight", "0") in _TRUE
        elif kind == "col":
            if element.get("hidden", "0") in _TRUE or element.get("width") in ("0", "0.0"):
                sheet.hidden_columns.update(range(int(element.get("min")) - 1, min(int(element.get("max")), 16384)))
        else:
            row = int(element.get("r", row + 2)) - 1
            if element.get("hidden", "1" if hides_rows else "0") in _TRUE or element.get("ht") == "0":
                sheet.hidden_rows.add(row)
            budget -= len(element)
            if budget < 0:
                raise Unreadable("too_large", f"工作簿的单元格超过 {CELLS} 个，未予读取")
            _read_row(element, row, sheet, shared)
    return budget


def _read_row(element: Node, row: int, sheet: BookSheet, shared: Shared) -> None:
    column = -1
    for each in element.iterchildren("{*}c"):
        place = each.get("r")
        column = place_of(place)[1] if place else column + 1
        style = int(each.get("s", "0"))
        look = shared.looks[style] if style < len(shared.looks) else PLAIN
        text, number, is_uncomputed = _value(each, shared.strings)
        sheet.uncomputed += is_uncomputed
        if text or number is not None or look.bordered:
            sheet.cells[row, column] = BookCell(text, number, look)


def _value(cell: Node, strings: Sequence[str]) -> tuple[str, Decimal | None, bool]:
    """The text, the number, and whether there is a formula without a result."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _said(cell), None, False
    value = cell.findtext("{*}v")
    if not value:
        return "", None, kind != "str" and cell.find("{*}f") is not None
    if kind == "s":
        return strings[int(value)], None, False
    if kind == "b":
        return ("TRUE" if value == "1" else "FALSE"), None, False
    if kind in ("str", "e", "d"):
        return _ESCAPED.sub(_unescaped, value), None, False
    number = Decimal(value)
    if not number.is_finite() or abs(number.adjusted()) > 400:
        raise ValueError(value)
    return "", number, False


def place_of(name: str) -> tuple[int, int]:
    """Row and column, from 0.

    >>> place_of("C7"), place_of("$AA$10")
    ((6, 2), (9, 26))
    """
    match = _PLACE.fullmatch(name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
