"""A report in readable text: front matter, blocks, and figures that have names.

Paragraphs stand apart by blank lines and are wrapped at will; `## （一）项目概况` is a heading of level 2,
`### 1.资金情况。 || 全年支出…` one whose text runs on; `[^1]` marks a note that stands as `[^1]: …`; `---` breaks the page;
`<columns>` … `</columns>` print in two columns; `::: kind` … `:::` fences a title, cover, contents (`标题 | 页`),
table (`| a | b |`, see `grid.py`) or lines set right.

A figure stands in the text as `{{p1.executed:430}}`: its name, then what is printed. So one figure can be changed at a time,
and an identity such as `p1.executed / p1.budget * 100 ≈ p1.rate` can speak of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .grid import MARK, ROW, Grid, grid, name_figures

SOURCES = Path(__file__).parent / "sources"

FIGURE = re.compile(r"\{\{([a-z][a-z0-9_.]*):([^{}]*)\}\}")
NUMBER = re.compile(
    r"(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+(?:[-.]\d+)+、?|\d+[.、．]|（\d+）|\d+）|[①-⑳])\s*"
)
NOTE = re.compile(r"\[\^(\d)\]")


@dataclass(frozen=True)
class Block:
    """One piece of a report: heading, paragraph, title, cover, contents, table, right, note, columns or page."""

    kind: str
    text: str = ""
    level: int = 0
    run_in: str = ""
    lines: tuple[str, ...] = ()
    caption: str = ""

    @property
    def number(self) -> str:
        """The heading's number as printed, empty if it has none.

        >>> Block("heading", "（一）项目概况").number
        '（一）'
        """
        match = NUMBER.match(self.text)
        return match[1] if match else ""

    @property
    def heading(self) -> str:
        """The heading's title without its number."""
        return NUMBER.sub("", self.text, count=1) if self.number else self.text

    @property
    def grid(self) -> Grid:
        """The cells of a table."""
        return grid(self.lines)


@dataclass(frozen=True)
class Source:
    """A parsed source; `blocks` still hold the figures' names, `filled` does not."""

    name: str
    meta: Mapping[str, Any]
    blocks: tuple[Block, ...]
    changed: Mapping[str, str] = field(default_factory=dict)
    folder: Path = SOURCES

    @property
    def layout(self) -> Mapping[str, Any]:
        return dict(self.meta.get("layout", {}))

    @property
    def figures(self) -> dict[str, str]:
        """Every figure as printed, by name, in reading order."""
        found = {name: written for text in self._texts() for name, written in FIGURE.findall(text)}
        return {name: self.changed.get(name, written) for name, written in found.items()}

    @property
    def filled(self) -> tuple[Block, ...]:
        """The blocks as they are printed."""
        fill = self.fill
        return tuple(
            replace(b, text=fill(b.text), run_in=fill(b.run_in), lines=tuple(map(fill, b.lines)), caption=fill(b.caption))
            for b in self.blocks
        )

    @property
    def places(self) -> tuple[int, ...]:
        """Block positions before which an unrelated paragraph may stand: after an ordinary paragraph of the body."""
        return tuple(i + 1 for i, block in enumerate(self.blocks) if block.kind == "paragraph")

    def fill(self, text: str) -> str:
        return FIGURE.sub(lambda m: self.changed.get(m[1], m[2]), text)

    def changing(self, figures: Mapping[str, str]) -> Source:
        """The same report with some figures printed differently."""
        if unknown := set(figures) - set(self.figures):
            raise KeyError(f"{self.name}: no figure named {', '.join(sorted(unknown))}")
        return replace(self, changed={**self.changed, **figures})

    def with_paragraph(self, text: str, place: int) -> Source:
        """The same report with one more paragraph before the block at `place`."""
        return replace(self, blocks=(*self.blocks[:place], Block("paragraph", text), *self.blocks[place:]))

    def clause(self, figure: str) -> str:
        """The printed words around a figure, up to the nearest punctuation mark or cell wall on both sides."""
        before, after = self._around(figure)
        if ROW.match(before):
            return MARK.sub("", before.split("|")[-1].lstrip()) + self.figures[figure] + after.split("|")[0].rstrip()
        return re.split(r"[，。；：、]", before)[-1].lstrip() + self.figures[figure] + re.split(r"[，。；、]", after)[0].rstrip()

    def following(self, figure: str) -> str:
        """What is printed right after a figure, and tells its unit."""
        return self._around(figure)[1]

    def _around(self, figure: str) -> tuple[str, str]:
        for text in self._texts():
            for match in FIGURE.finditer(text):
                if match[1] == figure:
                    return self.fill(text[: match.start()]), self.fill(text[match.end() :])
        raise KeyError(f"{self.name}: no figure named {figure}")

    def _texts(self) -> list[str]:
        return [text for b in self.blocks for text in (b.text, b.run_in, *b.lines, b.caption)]


def load(name: str | Path) -> Source:
    """Read a source by its name (`sources/NAME.md`) or path."""
    path = name if isinstance(name, Path) else SOURCES / f"{name}.md"
    _, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    source = Source(path.stem, tomllib.loads(front), tuple(_blocks(body.splitlines())), folder=path.parent)
    names = [name for text in source._texts() for name, _ in FIGURE.findall(text)]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{path.name}: figures named twice: {', '.join(sorted(twice))}")
    return source


def all_sources(folder: Path = SOURCES) -> list[Source]:
    """Every source of a folder, by name."""
    return [load(path) for path in sorted(folder.glob("*.md"))]


def _blocks(lines: list[str]) -> list[Block]:
    """Split a body at blank lines and `::: kind` fences."""
    blocks: list[Block] = []
    pending: list[str] = []
    fence: tuple[str, str, list[str]] | None = None
    for line in [*lines, ""]:
        if fence:
            if line.strip() == ":::":
                lines = name_figures(fence[2]) if fence[0] == "table" else fence[2]
                blocks.append(Block(fence[0], caption=fence[1], lines=tuple(lines)))
                fence = None
            elif line.strip():
                fence[2].append(line.strip())
        elif line.startswith("::: "):
            kind, _, caption = line[4:].strip().partition(" ")
            fence = (kind, caption, [])
        elif line.strip():
            pending.append(line.strip())
        elif pending:
            blocks.append(_plain("".join(pending)))
            pending = []
    return blocks


def _plain(text: str) -> Block:
    """A heading (`## …`, a run-in text after ` || `), a note, a page break or a paragraph."""
    if text == "---":
        return Block("page")
    if note := NOTE.match(text):
        return Block("note", text[note.end() :].lstrip(":： "), int(note[1]))
    marks = len(text) - len(text.lstrip("#"))
    if not marks:
        return Block("columns" if text in ("<columns>", "</columns>") else "paragraph", text)
    title, _, run_in = text[marks:].strip().partition(" || ")
    return Block("heading", title, marks, run_in)
