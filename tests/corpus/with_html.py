"""A source as HTML with paged CSS, printed by Chromium or by WeasyPrint."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .grid import Box
from .sheet import Sheet, dots, title_size
from .source import NOTE, Block, Source

FAMILIES = {
    "song": "AR PL UMing CN",
    "kai": "AR PL UKai CN",
    "hei": "WenQuanYi Zen Hei",
    "sans": "Noto Sans CJK SC",
    "serif": "Noto Serif CJK SC",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser's path, None where it is not installed."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def by_chromium(source: Source, made: Sheet) -> bytes:
    browser = chromium()
    if browser is None:
        raise FileNotFoundError("chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(page_of(source, made, footnotes=False), encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile"]
        subprocess.run([*command, f"--print-to-pdf={out}", page.as_uri()], check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def by_weasyprint(source: Source, made: Sheet) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=page_of(source, made, footnotes=True)).write_pdf() or b"")


def page_of(source: Source, made: Sheet, *, footnotes: bool) -> str:
    """The whole page; `footnotes` float to the foot of the page where the printer can do that."""
    notes = {str(b.level): b.text for b in source.filled if b.kind == "note"}
    body = "\n".join(_block(block, made, notes if footnotes else {}) for block in source.filled)
    tail = "" if footnotes else "\n".join(f'<p class="note">[{n}] {html.escape(text)}</p>' for n, text in notes.items())
    title = html.escape(str(source.meta["title"]))
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><style>{_css(made)}</style>{body}{tail}</html>'


def _css(made: Sheet) -> str:
    family, heading = (FAMILIES.get(name, FAMILIES["song"]) for name in (made.font, made.heading_family))
    first = "@page :first { @bottom-center { content: none } @top-center { content: none } }" if made.bare_first_page else ""
    return f"""
@page {{ size: {made.width}pt {made.height}pt; margin: {made.top}pt {made.right}pt {made.bottom}pt {made.left}pt;
  @bottom-center {{ content: {_content(made.footer)}; font: 10.5pt "{family}" }}
  @top-center {{ content: {_content(made.header)}; font: 9pt "{family}" }}
  @footnote {{ border-top: 0.5pt solid black; padding-top: 3pt }} }}
{first}
body {{ margin: 0; font: {made.size}pt/{made.leading}pt "{family}"; text-align: justify }}
p {{ margin: 0; text-indent: 2em }}
h1, h2, h3, h4 {{ margin: 0; font: inherit; font-family: "{heading}"; break-after: avoid }}
h1, h2, h3, h4 {{ text-indent: {0 if made.align_headings else 2}em }}
h1 {{ font-weight: bold }}
b {{ font-family: "{heading}"; font-weight: normal }}
.title {{ text-align: center; text-indent: 0; font: {title_size(made)}pt/1.5 "{heading}"; margin-bottom: {made.size}pt }}
.cover {{ break-after: page; padding-top: {made.height / 6}pt }} .cover p {{ text-indent: 3em }}
.cover .title {{ margin-bottom: {made.height / 5}pt }}
.contents {{ break-after: page }} .contents p {{ text-indent: 0; font-size: {min(14, made.size)}pt; white-space: nowrap }}
.right {{ text-align: right; text-indent: 0 }} .right:first-of-type {{ margin-top: {made.leading}pt }}
table {{ border-collapse: collapse; width: 100%; font-size: 10.5pt; line-height: 1.4; margin-bottom: {made.leading / 2}pt }}
table {{ table-layout: fixed }} td {{ border: 0.5pt solid black; text-align: center; padding: 2pt; overflow-wrap: anywhere }}
tr {{ break-inside: avoid }} .split tr {{ break-inside: auto }}
.horizontal td {{ border-width: 0.5pt 0 }} .none td {{ border: none }}
.caption {{ text-align: center; text-indent: 0; font-size: 11.5pt; break-after: avoid }}
.columns {{ columns: 2; column-gap: {made.size * 1.5}pt }}
.note {{ font-size: 9pt; line-height: 13pt; text-indent: 0 }}
.foot {{ float: footnote; font-size: 9pt; line-height: 13pt; text-indent: 0 }}
"""


def _content(text: str) -> str:
    """A CSS content value for a running header or footer with {page} in it.

    >>> _content("第{page}页")
    '"第" counter(page) "页"'
    """
    if not text:
        return "none"
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    return " ".join(counters.get(part, f'"{part}"') for part in re.split(r"(\{pages?\})", text) if part)


def _block(block: Block, made: Sheet, notes: dict[str, str]) -> str:
    match block.kind:
        case "paragraph":
            return f"<p>{_inline(block.text, notes)}</p>"
        case "heading" if block.run_in:
            return f"<p><b>{_inline(block.text, notes)}</b>{_inline(block.run_in, notes)}</p>"
        case "heading":
            return f"<h{block.level}>{_inline(block.text, notes)}</h{block.level}>"
        case "title":
            return _title(block.lines)
        case "cover":
            big = _title([line for line in block.lines if "：" not in line])
            return '<div class="cover">' + big + _lines("field", [line for line in block.lines if "：" in line]) + "</div>"
        case "contents":
            return '<div class="contents">' + _title(["目　　录"]) + "".join(_contents(block, made)) + "</div>"
        case "right":
            return "<div>" + _lines("right", block.lines) + "</div>"
        case "table":
            return _table(block)
        case "columns":
            return '<div class="columns">' if block.text == "<columns>" else "</div>"
        case "page":
            return '<div style="break-after: page"></div>'
    return ""


def _title(lines: Sequence[str]) -> str:
    return f'<p class="title">{"<br>".join(map(html.escape, lines))}</p>'


def _lines(style: str, lines: Sequence[str]) -> str:
    return "".join(f'<p class="{style}">{html.escape(line)}</p>' for line in lines)


def _contents(block: Block, made: Sheet) -> Iterator[str]:
    for line in block.lines:
        text, page = (part.strip() for part in line.split("|"))
        yield f"<p>{html.escape(text)}{dots(made, text, page, min(14, made.size))}{page}</p>"


def _table(block: Block) -> str:
    caption = f'<p class="caption">{html.escape(block.caption)}</p>' if block.caption else ""
    grid = block.grid
    columns = "".join(f'<col style="width: {100 * width:.2f}%">' for width in grid.widths)
    rows = ["<tr>" + "".join(map(_cell, grid.row(number))) + "</tr>" for number in range(grid.rows)]
    head = f"<thead>{''.join(rows[: grid.repeat])}</thead>" if grid.repeat else ""
    looks = [grid.rules, *(["split"] if "split" in grid.options else [])]
    size = f' style="font-size: {grid.options["size"]}pt"' if "size" in grid.options else ""
    body = "".join(rows[grid.repeat :])
    return f'{caption}<table class="{" ".join(looks)}"{size}><colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody></table>'


def _cell(box: Box) -> str:
    spans = (f' colspan="{box.columns}"' if box.columns > 1 else "") + (f' rowspan="{box.rows}"' if box.rows > 1 else "")
    left = ' style="text-align: left"' if "l" in box.look else ""
    return f"<td{spans}{left}>{'<br>'.join(map(html.escape, box.lines))}</td>"


def _inline(text: str, notes: dict[str, str]) -> str:
    """Escaped text; a note's mark becomes the note itself where it floats, else a raised number."""
    text = html.escape(text, quote=False)
    return NOTE.sub(lambda m: f'<span class="foot">{html.escape(notes[m[1]])}</span>' if m[1] in notes else f"<sup>[{m[1]}]</sup>", text)
