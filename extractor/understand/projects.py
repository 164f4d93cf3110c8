"""Which part of the document speaks of which project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.lexicon.fold import fold
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Paragraph, Role, Span
from extractor.model.facts import NamedAt, Section, Segment
from extractor.understand.identity import Identity
from extractor.understand.told_projects import told_projects

LONGEST_NAME = 40
WHOLE_DEPARTMENT = "部门整体支出"
UNNAMED = "未写明名称的项目"


@dataclass(frozen=True)
class Scope:
    """A project before its facts are known: its name, the forms of it, and the text that speaks of it."""

    name: str
    span: Span | None = None
    segment: Segment = field(default_factory=Segment)
    names: tuple[NamedAt, ...] = field(default=())
    is_whole: bool = False  # the whole document speaks of it: one-project and whole-department reports


def scopes(document: Document, sections: Sequence[Section], identity: Identity, lexicon: Lexicon) -> tuple[Scope, ...]:
    """The projects of a document in reading order; one that covers everything where no part is set off."""
    body = [p for p in document.running_text if p.role in (Role.BODY, Role.FOOTNOTE)]
    if is_department(identity, lexicon):
        return (_whole(document, WHOLE_DEPARTMENT, identity.title_span),)
    name = title_name(identity, lexicon)
    found = next((own for way in WAYS if (own := list(way(document, body, sections, lexicon)))), [])
    if not found and name is None and not identity.project_name:
        found = list(_told(document, body, sections, lexicon))
    if not found:
        granted = list(_granted(body, lexicon))
        found = granted if any(scope.name == name for scope in granted) else []  # else they are sources of one project
    if len(found) > 1:
        return tuple(found)
    if found:
        return (_whole(document, found[0].name, found[0].span),)
    if identity.project_name:
        return (_whole(document, identity.project_name, identity.project_span),)
    return (_whole(document, name or UNNAMED, identity.title_span),)


def is_department(identity: Identity, lexicon: Lexicon) -> bool:
    return any(word in (identity.title or "") for word in lexicon.words("department_words"))


def _whole(document: Document, name: str, span: Span | None) -> Scope:
    every = tuple(Span(p.index, 0, len(p.text)) for p in document.paragraphs.values() if p.role in (Role.BODY, Role.FOOTNOTE))
    names = (NamedAt(name, "heading", span),) if span else ()
    return Scope(name, span, Segment(every), names, is_whole=True)


def _led(document: Document, body: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon) -> Iterator[Scope]:
    """Lines 1.项目名称：X set off a project each, up to the next one or to the next heading of a higher level."""
    pattern = lexicon.pattern("projects.lead")
    level_at = {s.span.paragraph: s.level for s in sections}
    leads = [(i, m) for i, p in enumerate(body) if len(p.text) <= LONGEST_NAME + 16 and (m := pattern.match(p.text))]
    for order, (place, match) in enumerate(leads):
        until = leads[order + 1][0] if order + 1 < len(leads) else len(body)
        own_level = level_at.get(body[place].index, 99)
        stop = next((i for i in range(place + 1, until) if level_at.get(body[i].index, 99) < own_level < 99), until)
        yield _scope(body[place:stop], match["name"].strip(), Span(body[place].index, *match.span("name")))


def _scope(paragraphs: Sequence[Paragraph], name: str, span: Span) -> Scope:
    segment = Segment(tuple(Span(p.index, 0, len(p.text)) for p in paragraphs))
    return Scope(name, span, segment, (NamedAt(name, "heading", span),))


def _headed(document: Document, body: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon) -> Iterator[Scope]:
    """Sibling headings that are names of funds: （一）社区养老补助, （二）路灯改造工程."""
    tails, others = lexicon.words("name_tails"), frozenset(lexicon.words("not_names"))
    families: dict[tuple[int | None, int], list[int]] = {}
    for place, section in enumerate(sections):
        name = section.title.rstrip("。：: ")
        if name.endswith(tails) and name not in others and 4 <= len(name) <= LONGEST_NAME and not name.endswith(("情况", "工作")):
            families.setdefault((section.parent, section.level), []).append(place)
    for (parent, level), places in families.items():
        siblings = [i for i, s in enumerate(sections) if s.parent == parent and s.level == level]
        if len(places) < 2 or len(places) < len(siblings) / 2:
            continue
        for place in places:
            section = sections[place]
            name = section.title.rstrip("。：: ")
            start = section.span.start + document.quote(section.span).rfind(name)
            yield Scope(
                name,
                Span(section.span.paragraph, start, start + len(name)),
                _subtree(document, sections, place),
                (NamedAt(name, "heading", Span(section.span.paragraph, start, start + len(name))),),
            )
        return


def _subtree(document: Document, sections: Sequence[Section], place: int) -> Segment:
    spans: list[Span] = []
    waiting = [place]
    while waiting:
        section = sections[waiting.pop(0)]
        own = (section.span.paragraph, *section.paragraphs)
        spans += [Span(index, 0, len(document.paragraphs[index].text)) for index in own]
        waiting[:0] = section.children
    return Segment(tuple(spans))


def _listed(document: Document, body: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon) -> Iterator[Scope]:
    """Items （1）XX经费。 in running text: each speaks of its project up to the next item."""
    pattern = lexicon.pattern("projects.listed")
    items = [(p, m) for p in body for m in pattern.finditer(p.text)]
    if len({m["name"] for _, m in items}) < 2:
        return
    for order, (paragraph, match) in enumerate(items):
        following = items[order + 1] if order + 1 < len(items) else None
        end = following[1].start() if following and following[0] is paragraph else len(paragraph.text)
        span = Span(paragraph.index, *match.span("name"))
        yield Scope(match["name"], span, Segment((Span(paragraph.index, match.start(), end),)), (NamedAt(match["name"], "heading", span),))


def _granted(body: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[Scope]:
    """Funds that are granted by name, each with its amount: 下达…中央农田建设资金1200万元. Their text is told by name alone."""
    pattern = lexicon.pattern("projects.granted")
    found: dict[str, Span] = {}
    for paragraph in body:
        for match in pattern.finditer(paragraph.text):
            name = match["name"].partition("（")[0]
            found.setdefault(name, Span(paragraph.index, match.start("name"), match.start("name") + len(name)))
    if len(found) > 1:
        for name, span in found.items():
            yield Scope(name, span, names=(NamedAt(name, "heading", span),))


def _told(document: Document, body: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon) -> Iterator[Scope]:
    """Projects told in a row without headings."""
    for told in told_projects(document, sections, lexicon):
        yield Scope(told.name, told.name_span, Segment(told.spans), (NamedAt(told.name, "heading", told.name_span),))


WAYS = (_led, _headed, _listed)


def title_name(identity: Identity, lexicon: Lexicon) -> str | None:
    """The project that a title names: behind the year and the unit, before 绩效自评报告, or in brackets under it."""
    title = identity.title
    if not title:
        return None
    if title.endswith(("）", ")")) and "（" in title.replace("(", "（"):
        inside = title.replace("(", "（").rsplit("（", 1)[1][:-1]
        if inside.endswith(lexicon.words("name_tails")):
            return inside
        title = title.replace("(", "（").rsplit("（", 1)[0]
    tail = next((t for t in lexicon.words("title_tails_cut") if title.endswith(t)), "")
    core = title[: len(title) - len(tail)] if tail else title
    year = lexicon.pattern("identity.year").search(fold(core, lexicon))
    if year:
        core = core[year.end() :] or core[: year.start()]
    if identity.unit and core.startswith(identity.unit):
        core = core[len(identity.unit) :]
    core = core.removeprefix("关于").removeprefix("的").removesuffix("的")
    if len(core) < 3 or core in lexicon.words("not_names") or core == identity.unit:
        return None
    kind = next((k for k in ("专项资金", "资金", "项目") if tail.startswith(k)), "")
    is_fixed = tail.startswith("项目支出") and core.endswith(lexicon.words("name_tails"))
    return core if is_fixed else core + kind


def named_in(text: str, names: Sequence[str]) -> int | None:
    """The place of the one name that a sentence speaks of: by its full name, or by a short form that fits no other.

    >>> named_in("中央资金已全部到位", ["中央农田建设资金", "乡村道路衔接资金"])
    0
    >>> named_in("资金已全部到位", ["中央农田建设资金", "乡村道路衔接资金"])
    """
    scored = [(_shared(text, name), -place) for place, name in enumerate(names)]
    best = max(scored, default=(0, 0))
    if best[0] < 2 or sum(1 for score, _ in scored if score == best[0]) > 1:
        return None
    return -best[1]


def _shared(text: str, name: str) -> int:
    """How many characters of a name a text repeats: the whole name, or a part of it right before its kind (资金, 经费)."""
    main = name.partition("（")[0]
    if main in text:
        return len(main) + 1
    for kind in ("资金", "经费", "项目", "工程", "补助"):
        if not main.endswith(kind):
            continue
        if kind not in text:
            return 0
        core = main.removesuffix(kind)
        for length in range(min(len(core), 12), 1, -1):
            if any(core[at : at + length] + kind in text for at in range(len(core) - length + 1)):
                return length
        return 0
    return 0
