"""Highlights with notes, and bookmarks, as PDF objects. Knows nothing of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.adapters.page_space import Space
from extractor.model.pages import Rect

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""

POPUP_SIZE = (220.0, 140.0)
PRINT, LOOSE = 4, 28  # the annotation flags print, no zoom, no rotate

UNDERLINE = 1.0


class Name(str):
    """A name of PDF, without its slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """Another object of the file."""

    number: int
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Stream:
    entries: Mapping[str, object]
    data: bytes


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a passage, of the figures in it, and of the line below these; laid over the print like a marker."""

    passage: Colour
    figure: Colour
    line: Colour


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage on one page, with boxes from the corner of the page as shown, and the note on it; `name` is unique on its page.

    A mark on no words is a note in the margin, at its box.
    """

    page: int
    boxes: tuple[Rect, ...]
    figures: tuple[Rect, ...]
    ink: Ink
    name: str
    subject: str
    text: str
    is_in_margin: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its title, and its target as a page and the distance from the top of the page as shown."""

    title: str
    page: int
    top: float


@dataclass
class Objects:
    """The objects that are added to a file or replace old ones, by number."""

    count: int
    """One more than the highest number of an object."""

    written: dict[Ref, object] = field(default_factory=dict)

    def new(self, thing: object = None) -> Ref:
        made = Ref(self.count)
        self.count += 1
        self.written[made] = thing
        return made


def highlights(marks: Iterable[Mark], page: Ref, space: Space, author: str, objects: Objects) -> Iterator[Ref]:
    """The highlights of a page, each with a popup for its note."""
    for mark in marks:
        highlight, window = objects.new(), objects.new()
        objects.written[highlight] = {
            "Type": Name("Annot"),
            "Rect": space.rect(_around(mark.boxes)),
            **_kind(mark, space),
            "Contents": mark.text,
            "NM": mark.name,
            "T": author,
            "Subj": mark.subject,
            "C": mark.ink.passage,
            "F": PRINT,
            "P": page,
            "AP": {"N": objects.new(_look(mark, space))},
            "Popup": window,
        }
        objects.written[window] = {
            "Type": Name("Annot"),
            "Subtype": Name("Popup"),
            "Rect": _beside(mark, space),
            "Parent": highlight,
            "P": page,
            "F": LOOSE,
            "Open": False,
        }
        yield highlight
        yield window


def _kind(mark: Mark, space: Space) -> dict[str, object]:
    if mark.is_in_margin:
        return {"Subtype": Name("Text"), "Name": Name("Note")}
    return {"Subtype": Name("Highlight"), "QuadPoints": [part for box in mark.boxes for part in space.corners(box)]}


def _look(mark: Mark, space: Space) -> Stream:
    """The appearance of a mark: boxes blended over the print so that it stays black, the figures stronger and underlined."""
    lines = ["/Over gs"]
    under = [(x0, max(bottom - UNDERLINE, top), x1, bottom) for x0, top, x1, bottom in mark.figures]
    for colour, boxes in ((mark.ink.passage, mark.boxes), (mark.ink.figure, mark.figures), (mark.ink.line, under)):
        if boxes:
            lines.append(" ".join(map(number, colour)) + " rg")
            lines += (_rectangle(space.rect(box)) for box in boxes)
            lines.append("f")
    over = {"Type": Name("ExtGState"), "BM": Name("Multiply")}
    form = {
        "Type": Name("XObject"),
        "Subtype": Name("Form"),
        "BBox": space.rect(_around((*mark.boxes, *mark.figures))),
        "Resources": {"ExtGState": {"Over": over}},
    }
    return Stream(form, "\n".join(lines).encode())


def _rectangle(rect: Rect) -> str:
    left, bottom, right, top = rect
    return f"{number(left)} {number(bottom)} {number(right - left)} {number(top - bottom)} re"


def _around(boxes: Sequence[Rect]) -> Rect:
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def _beside(mark: Mark, space: Space) -> Rect:
    """Where the note opens: at the right edge of the page, at the height of the passage."""
    (width, height), (across, down) = space.size, POPUP_SIZE
    top = max(0.0, min(mark.boxes[0][1], height - down))
    return space.rect((max(0.0, width - across), top, width, min(height, top + down)))


def number(value: float) -> str:
    """A number as PDF writes it, without exponent.

    >>> number(12.0), number(-0.00001), number(79.1004)
    ('12', '0', '79.1')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True)
class Outline:
    """The existing outline of a file: its root, the reference to it, and its first entry."""

    root: dict[str, object]
    at: Ref | None
    first: tuple[Ref, dict[str, object]] | None


def outline(bookmarks: Sequence[Bookmark], title: str, pages: Mapping[int, tuple[Ref, Space]], old: Outline, objects: Objects) -> Ref:
    """Adds the bookmarks under one parent, before the existing ones; returns the root of the outline."""
    root, head = old.at or objects.new(), objects.new()
    items = [objects.new() for _ in bookmarks]
    for place, (item, mark) in enumerate(zip(items, bookmarks, strict=True)):
        around = {"Prev": items[place - 1] if place else None, "Next": items[place + 1] if place + 1 < len(items) else None}
        objects.written[item] = {"Title": mark.title, "Parent": head, "Dest": _goal(mark, pages)} | _known(around)
    children = {"First": items[0], "Last": items[-1], "Count": len(items), "Dest": _goal(bookmarks[0], pages)}
    objects.written[head] = {"Title": title, "Parent": root} | children | _known({"Next": old.first[0] if old.first else None})
    if old.first:
        ref, entries = old.first
        objects.written[ref] = entries | {"Prev": head}
    count = old.root.get("Count")
    shown = count if old.first and isinstance(count, int) and count > 0 else 0
    last = {} if old.first else {"Last": head}
    objects.written[root] = {"Type": Name("Outlines")} | old.root | {"First": head, "Count": shown + 1 + len(items)} | last
    return root


def _goal(mark: Bookmark, pages: Mapping[int, tuple[Ref, Space]]) -> list[object]:
    ref, space = pages[mark.page]
    return [ref, Name("XYZ"), *space.point(0.0, max(0.0, mark.top)), 0]


def _known(entries: dict[str, Ref | None]) -> dict[str, Ref]:
    return {key: ref for key, ref in entries.items() if ref}
