"""Headings become a tree of sections: which lines are titles, how deep they stand, what lies under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Block, Document, Paragraph, Span, Table
from extractor.model.facts import Section

LONGEST_TITLE = 40
LONGEST_RUN_IN = 24
STYLES = (
    "part",
    "project",
    "chinese",
    "chinese_paren",
    "dashed",
    "dotted",
    "arabic_dot",
    "arabic_comma",
    "arabic_paren",
    "arabic_half",
    "circled",
)
DIGITS = "0123456789０１２３４５６７８９"
ITEM_STYLES = frozenset({"arabic_paren", "arabic_half", "circled"})  # list items as a rule, headings by exception
ARABIC_STYLES = frozenset({"arabic_dot", "arabic_comma"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph that begins with a section number: the number, its style, and where the rest begins."""

    number: str
    style: str
    rest: str
    rest_start: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph taken as a heading; the title ends at `end`, text that runs on begins at `run_in`."""

    paragraph: Paragraph
    number: str
    style: str
    title: str
    end: int
    run_in: int | None = None


@lru_cache(maxsize=64)
def numbered(text: str, lexicon: Lexicon) -> Numbered | None:
    """The section number that a paragraph begins with, if any; asked of the paragraph, and of the one before it."""
    match = lexicon.pattern("outline.number").match(text)
    if not match or match.end() >= len(text):
        return None
    style = next(name for name in STYLES if match.group(name))
    return Numbered(match.group(style), style, text[match.end() :], match.end())


class HeadingFinder:
    """Tells headings from list items by number style, vocabulary and what follows."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.tails = lexicon.words("title_tails")
        self.strong = lexicon.words("strong_tails")
        self.lead_ins = lexicon.words("project_lead_ins")
        levels = (lexicon.groups("indicator_level1"), lexicon.groups("indicator_level2"))
        self.categories = frozenset(word for level in levels for words in level.values() for word in words) | {
            word for level in levels for word in level
        }
        self.bare_number = lexicon.pattern("outline.bare")
        self.marks = frozenset(lexicon.words("sentence_marks"))

    def heading(self, paragraph: Paragraph, following: Paragraph | Table | None) -> Heading | None:
        found = numbered(paragraph.text, self.lexicon)
        if not found:
            return None
        rest = found.rest
        if rest.startswith(self.lead_ins):
            return self._standalone(paragraph, found)
        if self._reads_as_title(found, following):
            return self._standalone(paragraph, found)
        return self._run_in(paragraph, found)

    def _standalone(self, paragraph: Paragraph, found: Numbered) -> Heading:
        return Heading(paragraph, found.number, found.style, found.rest.rstrip(), len(paragraph.text.rstrip()))

    def _reads_as_title(self, found: Numbered, following: Paragraph | Table | None) -> bool:
        rest = found.rest.rstrip()
        bare = rest.rstrip("。：:")
        if not bare or len(bare) > LONGEST_TITLE or self.marks & set(bare) or "：" in bare or rest[-1] in "；;：:":
            return False
        if found.style == "project":
            return rest[-1] != "。"
        if found.style in ITEM_STYLES:
            return rest[-1] != "。" and bare.endswith(self.strong)
        titled = bare.endswith(self.tails)
        if found.style in ARABIC_STYLES:
            if rest.endswith("。"):
                return titled and isinstance(following, Paragraph) and self._goes_under(following)
            return titled or self._introduces(found, following)
        if rest.endswith("。"):
            return titled
        return True

    def _goes_under(self, following: Paragraph) -> bool:
        """Plain text or an item （1） after 1.资金到位情况。 is what the title announces; another number ends a list."""
        after = numbered(following.text, self.lexicon)
        return after is None or after.style in ITEM_STYLES

    def _introduces(self, found: Numbered, following: Paragraph | Table | None) -> bool:
        """A bare numbered phrase heads what follows unless the next line is its sibling in a list."""
        if any(c.isdigit() or c in "%％" for c in found.rest) or following is None:
            return False
        if isinstance(following, Table):
            return True
        after = numbered(following.text, self.lexicon)
        return after is None or after.style != found.style

    def siblings(self, blocks: Sequence[Block], headings: Sequence[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
        """1.前期准备。… beside 2.组织实施。…: run-in titles without a section word, in a series with one that has it."""
        known = {place: h for place, h in headings if h.run_in is not None and h.style in ARABIC_STYLES}
        found: list[tuple[int, Heading]] = []
        for step in (1, -1):
            for place in list(known):
                neighbour, heading = place + step, known[place]
                while 0 <= neighbour < len(blocks) and neighbour not in known:
                    block = blocks[neighbour]
                    number = numbered(block.text, self.lexicon) if isinstance(block, Paragraph) else None
                    if not isinstance(block, Paragraph) or number is None or number.style != heading.style:
                        break
                    title = self._run_in(block, number, must_be_known=False)
                    if title is None:
                        break
                    known[neighbour] = title
                    found.append((neighbour, title))
                    neighbour += step
        return found

    def bare(self, blocks: Sequence[Block], headings: Sequence[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
        """2 资金情况 above 2.1 and 2.2: numbers without a mark, in order from 1, at least two of them with headings under them."""
        parents = {int(h.number[: len(h.number) - len(h.number.lstrip(DIGITS))]) for _, h in headings if h.style == "dotted"}
        found: list[tuple[int, Heading]] = []
        for place, block in enumerate(blocks) if parents else ():
            match = self.bare_number.match(block.text) if isinstance(block, Paragraph) else None
            if match is None or not isinstance(block, Paragraph) or not match["title"].endswith(self.tails):
                continue
            if int(match["number"]) == len(found) + 1:
                found.append((place, Heading(block, match["number"], "bare", match["title"], match.end("title"))))
        return found if len(parents & set(range(1, len(found) + 1))) > 1 else []

    def _run_in(self, paragraph: Paragraph, found: Numbered, must_be_known: bool = True) -> Heading | None:
        """1.资金到位情况。资金全部到位…: a title of section words, closed by a full stop, with its text behind it."""
        stop = found.rest.find("。")
        title = found.rest[:stop]
        if not 2 <= stop <= LONGEST_RUN_IN or self.marks & set(title):
            return None
        if found.style in ITEM_STYLES and title not in self.categories:
            return None
        if "：" in title or (must_be_known and not title.endswith(self.tails)) or stop >= len(found.rest.rstrip()) - 1:
            return None
        end = found.rest_start + stop + 1
        return Heading(paragraph, found.number, found.style, title + "。", end, end)


def outline(document: Document, lexicon: Lexicon) -> tuple[Section, ...]:
    """The document's sections in reading order, as a tree by `parent` and `children`."""
    finder = HeadingFinder(lexicon)
    blocks = document.blocks
    headings: list[tuple[int, Heading]] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            following = blocks[place + 1] if place + 1 < len(blocks) else None
            heading = finder.heading(block, following)
            if heading and not _repeats_title_above(heading, headings, place):
                headings.append((place, heading))
    headings = sorted([*headings, *finder.siblings(blocks, headings), *finder.bare(blocks, headings)], key=lambda found: found[0])
    levels = _levels([h for _, h in headings])
    return _tree(document, headings, levels)


def _repeats_title_above(heading: Heading, headings: Sequence[tuple[int, Heading]], place: int) -> bool:
    """A title typed twice, once with each numbering, is one heading."""
    if not headings:
        return False
    above_place, above = headings[-1]
    return above_place == place - 1 and above.title == heading.title and above.style != heading.style


def _levels(headings: Sequence[Heading]) -> list[int]:
    """Depths by nesting: a style seen above closes back to it, a new style goes one deeper."""
    stack: list[tuple[str, str]] = []  # (style, number) of the open headings
    levels = []
    for heading in headings:
        style, number = heading.style, heading.number.rstrip("、.．")
        depth = _depth_of(style, number, stack)
        del stack[depth:]
        stack.append((style, number))
        levels.append(len(stack))
    return levels


def _depth_of(style: str, number: str, stack: Sequence[tuple[str, str]]) -> int:
    if style in ("dashed", "dotted"):
        separator = "-" if style == "dashed" else "."
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == style and number.startswith(stack[depth][1] + separator):
                return depth + 1
        return next((depth for depth, (own, _) in enumerate(stack) if own == style), len(stack))
    return next((depth for depth in range(len(stack) - 1, -1, -1) if stack[depth][0] == style), len(stack))


def _tree(document: Document, headings: Sequence[tuple[int, Heading]], levels: Sequence[int]) -> tuple[Section, ...]:
    parents = _parents(levels)
    children: dict[int, list[int]] = {}
    for order, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(order)
    sections: list[Section] = []
    for order, (place, heading) in enumerate(headings):
        until = headings[order + 1][0] if order + 1 < len(headings) else len(document.blocks)
        under = document.blocks[place + 1 : until]
        paragraph = heading.paragraph
        sections.append(
            Section(
                number=heading.number,
                title=heading.title,
                level=levels[order],
                span=Span(paragraph.index, 0, heading.end),
                paragraphs=tuple(p.index for block in under for p in ([block] if isinstance(block, Paragraph) else block.paragraphs)),
                children=tuple(children.get(order, ())),
                parent=parents[order],
                is_empty=not under and heading.run_in is None and order not in children,
                run_in=None if heading.run_in is None else Span(paragraph.index, heading.run_in, len(paragraph.text)),
            )
        )
    return tuple(sections)


def _parents(levels: Sequence[int]) -> list[int | None]:
    """The place of the heading that each stands under, by their depths."""
    parents: list[int | None] = []
    open_at: list[int] = []  # places of the open ancestors
    for order, level in enumerate(levels):
        del open_at[level - 1 :]
        parents.append(open_at[-1] if open_at else None)
        open_at.append(order)
    return parents
