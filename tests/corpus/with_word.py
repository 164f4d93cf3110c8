"""A source as a Word file, written as Word writes it: styles, automatic numbers, merged cells, footnotes, a page number in the footer."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape

from .grid import Box, Grid
from .sheet import Sheet, sheet, title_size
from .source import NOTE, Block, Source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FORMS = {
    "、": ("chineseCounting", "%1、", "nothing"),
    "）": ("chineseCounting", "（%1）", "nothing"),
    ".": ("decimal", "%1.", "space"),
    "①": ("decimalEnclosedCircleChinese", "%1", "nothing"),
}
COUNTED = re.compile(
    r"(?:([一二三四五六七八九]|十[一二三四五六七八九]?)(、)|（([一二三四五六七八九]|十[一二三四五六七八九]?)(）)|(\d+)(\.)(?!\d)|()([①-⑩]))\s*"
)
ORDER = "〇一二三四五六七八九"


def render(source: Source, made: Sheet | None = None, automatic: bool = True) -> bytes:
    """The bytes of a docx. With `automatic`, numbers of headings and paragraphs are those of lists."""
    return package(Body(made or sheet(source.layout), automatic).parts(source))


def package(parts: Mapping[str, str]) -> bytes:
    """A zip of parts under word/, each called by its kind, with what points to them."""
    related = "".join(
        f'<Relationship Id="r{place}" Type="{R}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
        for place, kind in enumerate(parts) if kind != "document"
    )  # fmt: skip
    kinds = {kind: "document.main" if kind == "document" else kind.rstrip("0123456789") for kind in parts}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in kinds.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    space = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (
            (
                "[Content_Types].xml",
                f'<Types xmlns="{space}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
            ),
            (
                "_rels/.rels",
                f'<Relationships xmlns="{space}/relationships"><Relationship Id="r1" Type="{R}/officeDocument" '
                'Target="word/document.xml"/></Relationships>',
            ),
            ("word/_rels/document.xml.rels", f'<Relationships xmlns="{space}/relationships">{related}</Relationships>'),
            *((f"word/{kind}.xml", text) for kind, text in parts.items()),
        ):
            file.writestr(zipfile.ZipInfo(name), head + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def root(tag: str, content: str) -> str:
    return f'<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{tag}>'


def run(text: str, properties: str = "") -> str:
    """A run; line breaks and tabs of the text are those of Word."""
    marked = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    inner = "<w:br/>".join(
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t")) for line in text.split("\n")
    )
    return f"<w:r>{marked}{inner}</w:r>" if text else ""


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


class Body:
    def __init__(self, made: Sheet, automatic: bool) -> None:
        self._made, self._automatic = made, automatic
        self._lists: list[tuple[str, int]] = []
        self._notes: dict[str, str] = {}
        self._used: list[str] = []

    def parts(self, source: Source) -> dict[str, str]:
        self._notes = {str(b.level): b.text for b in source.filled if b.kind == "note"}
        body = "".join(self._block(block) for block in source.filled)
        width, height = round(self._made.width * 20), round(self._made.height * 20)
        section = (
            '<w:sectPr><w:headerReference w:type="default" r:id="r3"/><w:footerReference w:type="default" r:id="r4"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="1440" w:bottom="1440" w:left="{round(self._made.left * 20)}" '
            f'w:right="{round(self._made.right * 20)}"/></w:sectPr>'
        )
        notes = "".join(
            f'<w:footnote w:id="{mark}">{paragraph("<w:r><w:footnoteRef/></w:r>" + run(self._notes[mark]))}</w:footnote>'
            for mark in self._used
        )
        separator = f'<w:footnote w:id="-1" w:type="separator">{paragraph("<w:r><w:separator/></w:r>")}</w:footnote>'
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        page = f"{mark.format('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{mark.format('separate')}{run('3')}{mark.format('end')}"
        before, _, behind = self._made.footer.replace("{pages}", "9").partition("{page}")
        return {
            "document": root("document", f"<w:body>{body}{section}</w:body>"),
            "styles": root("styles", self._styles()),
            "numbering": root("numbering", self._numbering()),
            "header1": root("hdr", paragraph(run(self._made.header))),
            "footer1": root("ftr", paragraph(run(before) + page + run(behind))),
            "footnotes": root("footnotes", separator + notes),
        }

    def _styles(self) -> str:
        size, indent = round(self._made.size * 2), round(self._made.size * 40)
        heading = "" if self._made.align_headings else f'<w:ind w:firstLine="{indent}"/>'
        styles = {
            "Body": (f'<w:ind w:firstLine="{indent}"/><w:jc w:val="both"/>', ""),
            "Head": (heading, ""),
            "Title": ('<w:jc w:val="center"/>', f'<w:b/><w:sz w:val="{round(title_size(self._made) * 2)}"/>'),
            "Right": ('<w:jc w:val="right"/>', ""),
            "Cell": ('<w:jc w:val="center"/>', '<w:sz w:val="21"/>'),
            "Left": ("", '<w:sz w:val="21"/>'),
            "Caption": ('<w:jc w:val="center"/>', '<w:sz w:val="23"/>'),
            "TOC1": ('<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8300"/></w:tabs>', ""),
        }
        return f'<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="{size}"/></w:rPr></w:rPrDefault></w:docDefaults>' + "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{"toc 1" if name == "TOC1" else name}"/>'
            f"<w:pPr>{paragraphs}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
            for name, (paragraphs, letters) in styles.items()
        )

    def _numbering(self) -> str:
        """One definition a form of numbers; each paragraph has a list of its own that begins where it should."""
        definitions = "".join(
            f'<w:abstractNum w:abstractNumId="{place}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:suff w:val="{behind}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
            for place, (form, text, behind) in enumerate(FORMS.values())
        )
        return definitions + "".join(
            f'<w:num w:numId="{place}"><w:abstractNumId w:val="{list(FORMS).index(form)}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{count}"/></w:lvlOverride></w:num>'
            for place, (form, count) in enumerate(self._lists, 1)
        )

    def _numbered(self, text: str, style: str, rest: str = "") -> str:
        match = COUNTED.match(text) if self._automatic else None
        if match is None:
            return paragraph(self._inline(text) + rest, style)
        form = next(mark for mark in (match[2], match[4], match[6], match[8] and "①") if mark)
        self._lists.append((form, _count(match[1] or match[3] or match[5] or match[8])))
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{len(self._lists)}"/></w:numPr>'
        return paragraph(self._inline(text[match.end() :]) + rest, style, listed)

    def _inline(self, text: str) -> str:
        """Runs, cut in the middle of figures as Word cuts them; marks of notes."""
        out = []
        for place, part in enumerate(NOTE.split(text)):
            if place % 2:
                self._used.append(part)
                out.append(f'<w:r><w:footnoteReference w:id="{part}"/></w:r>')
            else:
                out += [run(piece) for piece in re.split(r"(?<=\d)(?=[\d.]{2})", part, maxsplit=2)]
        return "".join(out)

    def _block(self, block: Block) -> str:
        lines = list(block.lines)
        match block.kind:
            case "paragraph":
                return self._numbered(block.text, "Body")
            case "heading":
                return self._numbered(block.text, "Body" if block.run_in else "Head", self._inline(block.run_in))
            case "title":
                return paragraph(run("\n".join(lines)), "Title")
            case "cover":
                return "".join(paragraph(run(line), "Left" if "：" in line else "Title") for line in lines)
            case "contents":
                rows = ([part.strip() for part in line.split("|")] for line in lines)
                return paragraph(run("目　　录"), "Title") + "".join(paragraph(run(f"{a}\t{b}"), "TOC1") for a, b in rows)
            case "right":
                return "".join(paragraph(run(line), "Right") for line in lines)
            case "table":
                caption = paragraph(run(block.caption), "Caption") if block.caption else ""
                return caption + table(block.grid)
            case "page":
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        return ""


def _count(written: str) -> int:
    if written.isdecimal() and written.isascii():
        return int(written)
    if "①" <= written <= "⑩":
        return ord(written) - ord("①") + 1
    return 10 + ORDER.index(written[1:] or "〇") if written.startswith("十") else ORDER.index(written)


def table(grid: Grid) -> str:
    starts = {(box.row, box.column): box for box in grid.boxes}
    covered = {(row, box.column): box for box in grid.boxes for row in range(box.row + 1, box.row + box.rows)}
    rows = []
    for row in range(grid.rows):
        cells = [
            _cell(box, (row, column) in covered)
            for column in range(grid.columns)
            if (box := starts.get((row, column)) or covered.get((row, column)))
        ]
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{round(8300 * width)}"/>' for width in grid.widths)
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'


def _cell(box: Box, goes_on: bool) -> str:
    spans = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = "" if box.rows == 1 else "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
    upright = '<w:textDirection w:val="tbRlV"/>' if "v" in box.look else ""
    text = box.text if "v" in box.look else "\n".join(box.lines)
    content = "<w:p/>" if goes_on else paragraph(run(text), "Left" if "l" in box.look else "Cell")
    return f"<w:tc><w:tcPr>{spans}{merge}{upright}</w:tcPr>{content}</w:tc>"
