"""A source as a web page in the manners of several publishing systems."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from email.message import EmailMessage

from tests.corpus.grid import Box
from tests.corpus.sheet import sheet
from tests.corpus.source import NOTE, Block, Source
from tests.corpus.with_html import page_of


def plain(source: Source) -> str:
    """As typeset for print, with clean elements."""
    return page_of(source, sheet(source.layout), footnotes=False)


def portal(source: Source) -> str:
    """A site of a government: menus, a breadcrumb, the article in a box of its own with `&nbsp;` for indents, a foot."""
    links = "".join(
        f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("首页", "政务公开", "办事服务", "互动交流", "预算公开2021年度"))
    )
    body = "\n".join(_portal(block) for block in source.filled)
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><meta http-equiv="Content-Type" '
        f'content="text/html; charset=gb2312"><title>{html.escape(str(source.meta["title"]))}_门户网站</title><style>p{{margin:0}}</style>'
        "<script>var total = '预算100万元，执行50万元';</script></head><body>"
        f'<div class="top"><ul class="nav">{links}</ul></div>'
        '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/x">信息公开</a> &gt; <a href="/x/y">绩效评价</a></div>'
        '<table width="1000" align="center"><tr><td><table width="100%"><tr><td>'
        f'<div class="article" id="zoom"><div class="TRS_Editor">{body}</div></div>'
        '</td></tr></table></td></tr></table><div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>'
        '<div class="footer"><p>版权所有：信息中心　备案号：1234567890</p><p>预算执行率 50%</p></div>'
        "<div style='display: none'>执行率 1%</div></body></html>"
    )


def word(source: Source) -> str:
    """What a word processor saves as a page: paragraphs full of spans, cells full of paragraphs."""
    body = "\n".join(_word(block) for block in source.filled)
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->"
        f"<style><!-- p.MsoNormal {{margin:0cm}} --></style></head><body lang=ZH-CN><div class=WordSection1>{body}</div></body></html>"
    )


def saved(source: Source) -> bytes:
    """A page saved with all that belongs to it, as MHTML."""
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "<Saved by a browser>", str(source.meta["title"])
    letter.set_content(portal(source), subtype="html", charset="gb18030", cte="quoted-printable")
    letter.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<a@b>")
    return letter.as_bytes()


STYLES: Mapping[str, object] = {"plain": plain, "portal": portal, "word": word}


def _lines(block: Block) -> list[str]:
    if block.kind == "contents":
        return []  # pages have none
    return [text for text in (NOTE.sub("", block.text), *block.lines) if text]


def _portal(block: Block) -> str:
    if block.kind == "table":
        rows = "".join(f"<tr>{''.join(_cell(box, '<br/>'.join) for box in block.grid.row(n))}</tr>" for n in range(block.grid.rows))
        caption = f'<p align="center">{html.escape(block.caption)}</p>' if block.caption else ""
        return f'{caption}<table border="1" cellspacing="0">{rows}</table>'
    if block.kind in ("title", "cover"):
        return f'<p align="center"><strong>{"<br>".join(map(html.escape, _lines(block)))}</strong></p>'
    if block.kind in ("columns", "page", "contents"):
        return ""
    if block.kind == "heading":
        text = html.escape(NOTE.sub("", block.text))
        return f"<p>&nbsp;&nbsp;&nbsp;&nbsp;<b>{text}</b>{html.escape(NOTE.sub('', block.run_in))}</p>"
    if block.kind == "note":
        return f"<p>[{block.level}] {html.escape(block.text)}</p>"
    return "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{_wrapped(html.escape(line))}</p>" for line in _lines(block))


def _wrapped(text: str) -> str:
    """The source of a page breaks lines where it likes: a browser shows nothing of it."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff].{30})", lambda m: "\n      " if m.start() % 3 == 0 else "", text)


def _word(block: Block) -> str:
    if block.kind == "table":
        rows = "".join(
            f"<tr style='height:20pt'>{''.join(_cell(box, _paragraphs) for box in block.grid.row(n))}</tr>" for n in range(block.grid.rows)
        )
        caption = f"<p class=MsoNormal align=center><span>{html.escape(block.caption)}</span></p>" if block.caption else ""
        return f"{caption}<div align=center><table class=MsoTableGrid border=1>{rows}</table></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    if block.kind in ("columns", "page", "contents"):
        return ""
    if block.kind == "heading":
        text = f"<b><span>{html.escape(NOTE.sub('', block.text))}</span></b><span>{html.escape(NOTE.sub('', block.run_in))}</span>"
        return f"<p class=MsoNormal style='text-indent:24.0pt'>{text}</p>"
    centre = " align=center style='text-align:center'" if block.kind in ("title", "cover") else " style='text-indent:24.0pt'"
    prefix = f"[{block.level}] " if block.kind == "note" else ""
    return "".join(f"<p class=MsoNormal{centre}><span lang=EN-US>{_spans(prefix + line)}</span></p>" for line in _lines(block))


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p class=MsoNormal align=center><span style='font-size:10.5pt'>{line}<o:p></o:p></span></p>" for line in lines)


def _spans(text: str) -> str:
    """Digits and words in spans of their own, as fonts change between them."""
    return re.sub(r"[0-9.,%]+", lambda m: f"</span><span lang=EN-US>{m[0]}</span><span>", html.escape(text, quote=False))


def _cell(box: Box, joined: object) -> str:
    spans = (f" colspan={box.columns}" if box.columns > 1 else "") + (f" rowspan={box.rows}" if box.rows > 1 else "")
    return f"<td{spans}>{joined([html.escape(line) for line in box.lines])}</td>"  # type: ignore[operator]
