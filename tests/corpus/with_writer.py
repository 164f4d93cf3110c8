"""A source as PDF by LibreOffice Writer, through a flat OpenDocument text."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from .grid import Box, Grid
from .sheet import Sheet, title_size
from .source import NOTE, Block, Source
from .with_html import FAMILIES

SPACES = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{prefix}="{SPACES}{rest}"'
    for prefix, rest in (
        ("office", "office:1.0"),
        ("style", "style:1.0"),
        ("text", "text:1.0"),
        ("table", "table:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
        ("svg", "svg-compatible:1.0"),
        ("meta", "meta:1.0"),
    )
)


def writer() -> str | None:
    """The office's path, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def render(source: Source, made: Sheet) -> bytes:
    office = writer()
    if office is None:
        raise FileNotFoundError("libreoffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        flat = Path(folder, "report.fodt")
        flat.write_text(flat_text(source, made), encoding="utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(flat)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return Path(folder, "report.pdf").read_bytes()


def flat_text(source: Source, made: Sheet) -> str:
    """The whole document as one XML file."""
    notes = {str(b.level): b.text for b in source.filled if b.kind == "note"}
    body = "\n".join(_block(block, made, notes) for block in source.filled)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_styles(made, [b.grid for b in source.filled if b.kind == "table"])}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _styles(made: Sheet, grids: Sequence[Grid]) -> str:
    text, heading = (FAMILIES.get(name, FAMILIES["song"]) for name in (made.font, made.heading_family))
    big, table = title_size(made), min(10.5, made.size)
    indent = 0 if made.align_headings else 2 * made.size
    wrap = f'style:punctuation-wrap="{"hanging" if made.hanging_punctuation else "simple"}"'
    paragraphs = (
        _paragraph("Body", text, made.size, made.leading, f'fo:text-indent="{2 * made.size}pt" fo:text-align="justify" {wrap}'),
        _paragraph("Head", heading, made.size, made.leading, f'fo:text-indent="{indent}pt" fo:keep-with-next="always"'),
        _paragraph("Title", heading, big, big * 1.5, f'fo:text-align="center" fo:margin-bottom="{made.size}pt"'),
        _paragraph("Cover", heading, big, big * 1.6, f'fo:text-align="center" fo:margin-top="{made.height / 8}pt"'),
        _paragraph("Field", text, made.size, made.leading, f'fo:margin-left="{3 * made.size}pt"'),
        _paragraph("Right", text, made.size, made.leading, 'fo:text-align="end"'),
        *_cell_paragraphs(text, table, grids),
        _paragraph("Caption", text, 11.5, 18, 'fo:text-align="center" fo:keep-with-next="always"'),
        _paragraph("Running", text, 9, 12, 'fo:text-align="center"'),
        _paragraph("Foot", text, 9, 13, ""),
        _paragraph("Break", text, made.size, made.leading, 'fo:break-before="page"'),
        _paragraph(
            "Contents",
            text,
            min(14, made.size),
            made.leading,
            "",
            f'<style:tab-stops><style:tab-stop style:position="{made.text_width}pt" style:type="right" style:leader-style="dotted" '
            'style:leader-text="."/></style:tab-stops>',
        ),
    )
    columns = (
        '<style:style style:name="Two" style:family="section"><style:section-properties style:editable="false">'
        f'<style:columns fo:column-count="2" fo:column-gap="{made.size * 1.5}pt"/></style:section-properties></style:style>'
    )
    cells = _table_styles(made, grids) + (
        '<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
        f'<style:style style:name="Lead" style:family="text"><style:text-properties {_family(heading)}/></style:style>'
    )
    fonts = "".join(f'<style:font-face style:name="{name}" svg:font-family="\'{name}\'"/>' for name in sorted({text, heading}))
    return (
        f"<office:font-face-decls>{fonts}</office:font-face-decls><office:automatic-styles>{''.join(paragraphs)}{columns}{cells}"
        f"{_page_layout(made)}</office:automatic-styles><office:master-styles>{_master(made)}</office:master-styles>"
    )


def _cell_paragraphs(font: str, size: float, grids: Sequence[Grid]) -> list[str]:
    """The paragraphs of cells, centred and set left, in every size of letters that the tables have."""
    sizes = {"": size} | {_points(grid): grid.size(size) for grid in grids if "size" in grid.options}
    places = {"Cell": "center", "Left": "start"}
    return [
        _paragraph(f"{name}{tail}", font, own, own * 1.4, f'fo:text-align="{place}"')
        for tail, own in sizes.items()
        for name, place in places.items()
    ]


def _table_styles(made: Sheet, grids: Sequence[Grid]) -> str:
    line, bare = "0.5pt solid #000000", "none"
    borders = {"Box": (line, line), "Rule": (line, bare), "Bare": (bare, bare)}
    styles = [
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties fo:border-top="{level}" '
        f'fo:border-bottom="{level}" fo:border-left="{side}" fo:border-right="{side}" fo:padding="2pt" '
        'style:vertical-align="middle"/></style:style>'
        for name, (level, side) in borders.items()
    ]
    styles += [
        f'<style:style style:name="Wide{width}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{made.text_width * width / 1000:.2f}pt"/></style:style>'
        for width in sorted({round(1000 * width) for grid in grids for width in grid.widths})
    ]
    styles += [
        f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties fo:keep-together="{kept}"/></style:style>'
        for name, kept in (("Kept", "always"), ("Loose", "auto"))
    ]
    return "".join(styles)


def _family(name: str) -> str:
    return f'style:font-name="{name}" style:font-name-asian="{name}"'


def _paragraph(name: str, font: str, size: float, leading: float, more: str, inside: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:line-height="{leading}pt" '
        f'fo:orphans="0" fo:widows="0" {more}>{inside}</style:paragraph-properties><style:text-properties {_family(font)} '
        f'fo:font-size="{size}pt" style:font-size-asian="{size}pt" fo:language="zh" fo:country="CN" style:language-asian="zh" '
        'style:country-asian="CN"/></style:style>'
    )


def _page_layout(made: Sheet) -> str:
    band = '<style:{0}-style><style:header-footer-properties fo:min-height="20pt"/></style:{0}-style>'
    return (
        '<style:page-layout style:name="Page"><style:page-layout-properties '
        f'fo:page-width="{made.width}pt" fo:page-height="{made.height}pt" fo:margin-top="{made.top - 28}pt" '
        f'fo:margin-bottom="{made.bottom - 28}pt" fo:margin-left="{made.left}pt" fo:margin-right="{made.right}pt"/>'
        f"{band.format('header')}{band.format('footer')}</style:page-layout>"
    )


def _master(made: Sheet) -> str:
    number = '<text:page-number text:select-page="current"/>'
    footer = escape(made.footer).replace("{page}", number).replace("{pages}", "<text:page-count/>")
    head = f'<text:p text:style-name="Running">{escape(made.header)}</text:p>'
    foot = f'<text:p text:style-name="Running">{footer}</text:p>'
    blank = '<text:p text:style-name="Running"/>'
    first = f"<style:header-first>{blank}</style:header-first>" if made.bare_first_page else ""
    last = f"<style:footer-first>{blank}</style:footer-first>" if made.bare_first_page else ""
    return (
        '<style:master-page style:name="Standard" style:page-layout-name="Page">'
        f"<style:header>{head}</style:header>{first}<style:footer>{foot}</style:footer>{last}</style:master-page>"
    )


def _p(style: str, content: str) -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def _block(block: Block, made: Sheet, notes: dict[str, str]) -> str:
    match block.kind:
        case "paragraph":
            return _p("Body", _inline(block.text, notes))
        case "heading" if block.run_in:
            lead = f'<text:span text:style-name="Lead">{_inline(block.text, notes)}</text:span>'
            return _p("Body", lead + _inline(block.run_in, notes))
        case "heading":
            return _p("Head", _inline(block.text, notes))
        case "title":
            return "".join(_p("Title", escape(line)) for line in block.lines)
        case "cover":
            return "".join(_p("Field" if "：" in line else "Cover", escape(line)) for line in block.lines) + _p("Break", "")
        case "contents":
            lines = ([part.strip() for part in line.split("|")] for line in block.lines)
            return _p("Title", "目　　录") + "".join(_p("Contents", f"{escape(a)}<text:tab/>{b}") for a, b in lines) + _p("Break", "")
        case "right":
            return "".join(_p("Right", escape(line)) for line in block.lines)
        case "table":
            return _table(block)
        case "columns":
            return '<text:section text:style-name="Two" text:name="Two">' if block.text == "<columns>" else "</text:section>"
        case "page":
            return _p("Break", "")
    return ""


def _table(block: Block) -> str:
    grid = block.grid
    looks = {"all": "Box", "horizontal": "Rule", "none": "Bare"}
    columns = "".join(f'<table:table-column table:style-name="Wide{round(1000 * width)}"/>' for width in grid.widths)
    kept = "Loose" if "split" in grid.options else "Kept"
    starts = {(box.row, box.column): box for box in grid.boxes}
    rows = []
    for number in range(grid.rows):
        cells = (_cell(starts.get((number, place)), looks[grid.rules], grid) for place in range(grid.columns))
        rows.append(f'<table:table-row table:style-name="{kept}">{"".join(cells)}</table:table-row>')
    head = f"<table:table-header-rows>{''.join(rows[: grid.repeat])}</table:table-header-rows>" if grid.repeat else ""
    caption = _p("Caption", escape(block.caption)) if block.caption else ""
    return f"{caption}<table:table>{columns}{head}{''.join(rows[grid.repeat :])}</table:table>"


def _cell(box: Box | None, look: str, grid: Grid) -> str:
    """A cell, or the place that another covers."""
    if box is None:
        return "<table:covered-table-cell/>"
    style = f"{'Left' if 'l' in box.look else 'Cell'}{_points(grid)}"
    spans = f'table:number-columns-spanned="{box.columns}" table:number-rows-spanned="{box.rows}"'
    content = "<text:line-break/>".join(map(escape, box.lines))
    return f'<table:table-cell table:style-name="{look}" {spans}>{_p(style, content)}</table:table-cell>'


def _points(grid: Grid) -> str:
    """What the names of the styles of a table with letters of its own size end in."""
    return grid.options.get("size", "").replace(".", "_")


def _inline(text: str, notes: dict[str, str]) -> str:
    def note(mark: str) -> str:
        return (
            f'<text:note text:note-class="footnote"><text:note-citation>{mark}</text:note-citation><text:note-body>'
            f"{_p('Foot', escape(notes[mark]))}</text:note-body></text:note>"
        )

    return NOTE.sub(lambda m: note(m[1]), escape(text, quote=False))
