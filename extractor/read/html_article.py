"""Finds the article of a web page: the innermost element with nearly all text outside links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.adapters.html import Element

HIDDEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "object",
        "iframe",
        "svg",
        "math",
        "audio",
        "video",
        "canvas",
        "map",
    )
)
ASIDE = frozenset(("nav", "aside"))
_NEARLY_ALL = 0.9
"""An element with this share of the text of its parent is descended into."""
_MENU = re.compile(r"nav|menu|crumb|location|foot|header|copyright|sidebar|share|toolbar|related|search|breadcrumb|position", re.IGNORECASE)
"""Class and id names of the boxes around an article."""
_PARTS = frozenset(("table", "tbody", "thead", "tr", "ul", "ol", "p", "li"))
"""Elements that are always a part of the article, never the whole."""


def tag_of(element: Element) -> str:
    """An element's name in lower case; empty for comments."""
    return str(element.tag).lower() if isinstance(element.tag, str) else ""


def is_hidden(element: Element) -> bool:
    """Is an element invisible in a browser, or a menu of the site?"""
    name = tag_of(element)
    style = element.get("style", "").replace(" ", "").lower()
    hides = "display:none" in style or "visibility:hidden" in style or "mso-hide:all" in style
    running = element.get("title", "") in ("header", "footer")  # running headers and footers of word processors
    return not name or name in HIDDEN or name in ASIDE or hides or running or "hidden" in element.attrib


def around(element: Element) -> Iterator[Element]:
    """The element and its ancestors, innermost first."""
    each: Element | None = element
    while each is not None:
        yield each
        each = each.getparent()


def is_furniture(element: Element) -> bool:
    """Does text outside the article belong to a link, a menu or the footer of the site?"""
    for each in around(element):
        name = tag_of(each)
        if name in ("a", "nav", "footer", "header") or _MENU.search(f"{each.get('class', '')} {each.get('id', '')}"):
            return True
    return False


def article_of(root: Element) -> Element:
    """The element that contains the article; the root if the page has nothing else."""
    words: dict[int, int] = {}
    kept = _count(root, words)  # keeps the elements alive, whose ids are the keys of `words`
    found = here = root
    while kept:
        inner = [child for child in here if words.get(id(child), 0) >= _NEARLY_ALL * words[id(here)] > 0]
        if not inner:
            break
        here = inner[0]
        found = found if tag_of(here) in _PARTS else here
    return found


def _count(root: Element, words: dict[int, int]) -> list[Element]:
    """Counts the characters of every element that are not in links."""
    order: list[tuple[Element, bool]] = []
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, linked = stack.pop()
        if is_hidden(element):
            continue
        linked = linked or tag_of(element) == "a"
        order.append((element, linked))
        stack += [(child, linked) for child in element]
    for element, linked in reversed(order):
        own = 0 if linked else _length(element.text) + sum(_length(child.tail) for child in element)
        words[id(element)] = own + sum(words.get(id(child), 0) for child in element)
    return [element for element, _ in order]


def _length(text: str | None) -> int:
    return sum(not char.isspace() for char in text) if text else 0
