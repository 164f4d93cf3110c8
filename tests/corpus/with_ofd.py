"""Printed pages as OFD, in the manners of several writers.

- `lines`: a text object a line, with a step for each letter; rules are drawn lines.
- `letters`: a text object a letter, with the number of its drawing; each cell of a table is a rectangle; no namespace.
- `converted`: as programs make OFD of PDF: everything under matrices, in points, many pieces in an object; rules are thin boxes.
- `words`: pieces without steps, parted where the script changes, in nested blocks.
- `template`: what stands on every page is in a template; the sheet does not begin at zero; another namespace, indented.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from extractor.model.pages import PdfPage, Rect, Run
from extractor.read.engines import take

MANNERS = ("lines", "letters", "converted", "words", "template")
MILLIMETRE = 25.4 / 72
RISE = 0.88
"""Em from the top of a letter's box to its base line."""
CORNER = (12.0, 7.5)
"""Where the sheets of `template` begin, in millimetres."""


def render(pdf: Path, manner: str = "lines") -> bytes:
    """A PDF as OFD."""
    return package(take(pdf, pdf.read_bytes(), "auto").pages, manner)


def package(pages: Sequence[PdfPage], manner: str) -> bytes:
    shared = common(pages) if manner == "template" else frozenset()
    contents = [Writer(page, manner, shared).content() for page in pages]
    templates = {}
    if manner == "template":
        first, *_ = pages
        kept = [run for run in first.runs if key(run) in shared]
        below = PdfPage(1, first.width, first.height, tuple(kept))
        templates = {"8001": Writer(below, manner, frozenset()).content("", "letters"), "8002": page_of("<Layer ID='9'/>")}
    x, y = CORNER if manner == "template" else (0.0, 0.0)
    area = f"<PageArea><PhysicalBox>{x} {y} {told(pages[0].width)} {told(pages[0].height)}</PhysicalBox></PageArea>"
    made = zipped(document(contents, area, templates, manner))
    return made


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def document(
    contents: Sequence[str], area: str, templates: Mapping[str, str] | None = None, manner: str = "lines"
) -> dict[str, str | bytes]:
    """The parts of a file with these pages."""
    pages = "".join(f'<Page ID="{100 + place}" BaseLoc="Pages/Page_{place}/Content.xml"/>' for place in range(len(contents)))
    named = "".join(f'<TemplatePage ID="{own}" BaseLoc="Tpls/{own}/Content.xml"/>' for own in templates or ())
    fonts = '<Font ID="1" FontName="宋体" FamilyName="SimSun"/><Font ID="2" FontName="SimHei"/>'
    params = '<DrawParams><DrawParam ID="5"><FillColor Value="200 0 0"/></DrawParam><DrawParam ID="6" Relative="5"/></DrawParams>'
    parts = {
        "OFD.xml": "<OFD Version='1.0' DocType='OFD'><DocBody><DocInfo><Title>报告</Title></DocInfo><DocRoot>Doc_0/Document.xml</DocRoot>"
        "</DocBody></OFD>",
        "Doc_0/Document.xml": f"<Document><CommonData><MaxUnitID>9999</MaxUnitID>{area}<PublicRes>PublicRes.xml</PublicRes>{named}"
        f"</CommonData><Pages>{pages}</Pages></Document>",
        "Doc_0/PublicRes.xml": f'<Res BaseLoc="Res"><Fonts>{fonts}</Fonts>{params}</Res>',
        **{f"Doc_0/Pages/Page_{place}/Content.xml": content for place, content in enumerate(contents)},
        **{f"Doc_0/Tpls/{own}/Content.xml": content for own, content in (templates or {}).items()},
    }
    return {name: spaced(text, manner) for name, text in parts.items()}


def spaced(text: str, manner: str = "lines") -> str:
    """XML with the namespace that a writer gives it."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    if manner == "letters":  # none
        return head + text
    if manner == "template":  # the one of another draft, without a prefix
        return head + re.sub(r"^<(\w+)", r'<\1 xmlns="http://www.ofdspec.org"', text).replace("><", ">\n  <")
    return head + re.sub(r"^<ofd:(\w+)", r'<ofd:\1 xmlns:ofd="http://www.ofdspec.org/2016"', re.sub(r"<(/?)(\w)", r"<\1ofd:\2", text))


def page_of(objects: str, more: str = "") -> str:
    return f"<Page>{more}<Content>{objects}</Content></Page>"


def told(points: float) -> str:
    """Points as millimetres."""
    return f"{points * MILLIMETRE:.4f}".rstrip("0").rstrip(".")


def key(run: Run) -> tuple[str, float, float]:
    return "".join(run.letters), round(run.x0[0]), round(run.top)


def common(pages: Sequence[PdfPage]) -> frozenset[tuple[str, float, float]]:
    """What stands at one place on all pages but a page or two."""
    counts = Counter(own for page in pages for own in {key(run) for run in page.runs})
    return frozenset(own for own, count in counts.items() if count == len(pages) > 1)


class Writer:
    def __init__(self, page: PdfPage, manner: str, shared: frozenset[tuple[str, float, float]]) -> None:
        self._page, self._manner = page, manner
        self._runs = [run for run in page.runs if key(run) not in shared and "".join(run.letters).strip()]

    def content(self, more: str | None = None, manner: str = "") -> str:
        area = f"<Area><PhysicalBox>0 0 {told(self._page.width)} {told(self._page.height)}</PhysicalBox></Area>"
        if self._manner == "template" and more is None:
            more = '<Template TemplateID="8001"/><Template TemplateID="8002" ZOrder="Foreground"/>'
            area = ""
        way = manner or {"template": "lines"}.get(self._manner, self._manner)
        texts, rules = getattr(self, f"_{way}")(), getattr(self, f"_{way}_rules")()
        if self._manner == "template":
            texts, rules = moved(texts), moved(rules)
        return page_of(f'<Layer ID="2" Type="Body">{rules}{texts}</Layer>', (more or "") + area)

    # --- text

    def _lines(self) -> str:
        return "".join(text_object(run, piece("".join(run.letters), 0, RISE * run.size, steps(run))) for run in self._runs)

    def _letters(self) -> str:
        return "".join(
            text_object(one, drawing(one.letters[0]) + piece(one.letters[0], 0, RISE * run.size))
            for run in self._runs
            for one in pieces(run, range(len(run.letters) + 1))
        )

    def _converted(self) -> str:
        """All in points under one matrix; runs of one look are pieces of one object."""
        scale, sheet = f"{MILLIMETRE:.8f}", f"0 0 {told(self._page.width)} {told(self._page.height)}"
        out = []
        for (size, bold), group in groupby(self._runs, lambda run: (run.size, run.bold)):
            codes = ""
            for run in group:
                place = f'X="{run.x0[0]:.3f}" Y="{run.top + RISE * size:.3f}" DeltaX="{steps(run, 1)}"'
                codes += f"<TextCode {place}>{escape(''.join(run.letters))}</TextCode>"
            look = f'Font="{1 + bold}" Size="{size:.3f}" CTM="{scale} 0 0 {scale} 0 0"'
            out.append(f'<TextObject ID="7" Boundary="{sheet}" {look}>{codes}</TextObject>')
        return "".join(out)

    def _words(self) -> str:
        out = []
        for run in self._runs:
            wide = [letter >= "\u2e80" for letter in run.letters]
            apart = [after - end > 0.01 * run.size for end, after in zip(run.x1, run.x0[1:], strict=False)]
            parted = (place for place, gap in enumerate(apart, 1) if gap or not wide[place] or not wide[place - 1])
            cuts = [0, *parted, len(wide)]
            words = "".join(text_object(one, piece("".join(one.letters), 0, RISE * run.size)) for one in pieces(run, cuts))
            out.append(f'<PageBlock ID="70"><PageBlock ID="71">{words}</PageBlock></PageBlock>')
        return "".join(out)

    # --- rules

    @property
    def _sides(self) -> Iterator[Rect]:
        for x0, top, x1, bottom in self._cells:
            yield from ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
        tables = [table for table in self._page.tables if table]
        for x0, top, x1, bottom in self._page.rules:
            if not any(min(c[1] for c in table) - 1 <= top <= max(c[3] for c in table) + 1 for table in tables):
                yield x0, top, x1, bottom

    @property
    def _cells(self) -> list[Rect]:
        return [cell for table in self._page.tables for cell in table]

    def _lines_rules(self) -> str:
        return "".join(
            path((x0, top), f"M 0 0 L {told(x1 - x0)} {told(bottom - top)}", (x1 - x0, bottom - top)) for x0, top, x1, bottom in self._sides
        )

    def _letters_rules(self) -> str:
        loose = [side for side in self._sides if side[1] == side[3]][2 * len(self._cells) :]
        boxes = [
            path((x0, top), f"M0 0L{told(x1 - x0)} 0 {told(x1 - x0)} {told(bottom - top)} 0 {told(bottom - top)}C", (x1 - x0, bottom - top))
            for x0, top, x1, bottom in self._cells
        ]
        return "".join(boxes) + "".join(path((x0, y), f"M0 0L{told(x1 - x0)} 0", (x1 - x0, 0)) for x0, y, x1, _ in loose)

    def _converted_rules(self) -> str:
        """Boxes half a point thick, upwards from the bottom left corner as in PDF."""
        high = self._page.height
        out = []
        for x0, top, x1, bottom in self._sides:
            wide, tall = max(x1 - x0, 0.5), max(bottom - top, 0.5)
            y = high - top
            outline = f"M {x0:.3f} {y:.3f} L {x0 + wide:.3f} {y:.3f} L {x0 + wide:.3f} {y - tall:.3f} L {x0:.3f} {y - tall:.3f} C"
            out.append(
                f'<PathObject ID="8" Boundary="0 0 {told(self._page.width)} {told(high)}" Stroke="false" Fill="true" '
                f'CTM="{MILLIMETRE:.8f} 0 0 {-MILLIMETRE:.8f} 0 {told(high)}"><AbbreviatedData>{outline}</AbbreviatedData></PathObject>'
            )
        return "".join(out)

    _words_rules = _lines_rules


def path(corner: tuple[float, float], outline: str, size: tuple[float, float]) -> str:
    boundary = " ".join(map(told, (*corner, *size)))
    return f'<PathObject ID="6" Boundary="{boundary}" LineWidth="0.25"><AbbreviatedData>{outline}</AbbreviatedData></PathObject>'


def text_object(run: Run, inner: str) -> str:
    boundary = " ".join(map(told, (run.x0[0], run.top, run.x1[-1] - run.x0[0], run.bottom - run.top)))
    return f'<TextObject ID="4" Boundary="{boundary}" Font="{1 + run.bold}" Size="{told(run.size)}">{inner}</TextObject>'


def drawing(letter: str) -> str:
    return f'<CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><Glyphs>{ord(letter)}</Glyphs></CGTransform>'


def piece(text: str, x: float, y: float, across: str = "") -> str:
    delta = f' DeltaX="{across}"' if across else ""
    return f'<TextCode X="{told(x)}" Y="{told(y)}"{delta}>{escape(text)}</TextCode>'


def steps(run: Run, scale: float = MILLIMETRE) -> str:
    """The steps between the letters of a run, equal ones counted."""
    found = [f"{(after - before) * scale:.4f}" for before, after in pairwise(run.x0)]
    counted = [(step, len(list(group))) for step, group in groupby(found)]
    return " ".join(f"g {count} {step}" if count > 2 else " ".join([step] * count) for step, count in counted)


def pieces(run: Run, cuts: Sequence[int]) -> Iterator[Run]:
    for start, end in pairwise(cuts):
        if end > start:
            yield run._replace(letters=run.letters[start:end], x0=run.x0[start:end], x1=run.x1[start:end])


def moved(objects: str) -> str:
    """The objects on a sheet that does not begin at zero."""

    def shifted(match: re.Match[str]) -> str:
        return f'Boundary="{float(match[1]) + CORNER[0]:.4f} {float(match[2]) + CORNER[1]:.4f} '

    return re.sub(r'Boundary="(\S+) (\S+) ', shifted, objects)
