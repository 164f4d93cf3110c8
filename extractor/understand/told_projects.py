"""Projects told one after the other without headings of their own: in one paragraph, or each behind a number and its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Paragraph, Role, Span
from extractor.model.facts import Section


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A project's name where the text about it begins, and that text."""

    name: str
    name_span: Span
    spans: tuple[Span, ...]


def told_projects(document: Document, sections: Sequence[Section], lexicon: Lexicon) -> tuple[NamedProject, ...]:
    """The projects told in a row, of which there are at least two; those behind numbers before those in running text."""
    body = [p for p in document.running_text if p.role is Role.BODY]
    for way in (_behind_numbers, _in_running_text):
        found = tuple(way(body, sections, lexicon))
        if len({told.name for told in found}) > 1:
            return found
    return ()


def _behind_numbers(body: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon) -> Iterator[NamedProject]:
    """（一）社区食堂补助项目：全年预算50万元…: up to the next such name, or the next heading."""
    pattern, others = lexicon.pattern("projects.run_in"), frozenset(lexicon.words("not_names"))
    matches = {i: m for i, p in enumerate(body) if (m := pattern.match(p.text)) and m["name"] not in others}
    headings = {s.span.paragraph for s in sections}
    for place, match in matches.items():
        stop = next((i for i in range(place + 1, len(body)) if i in matches or body[i].index in headings), len(body))
        spans = tuple(Span(p.index, 0, len(p.text)) for p in body[place:stop])
        yield NamedProject(match["name"], Span(body[place].index, *match.span("name")), spans)


def _in_running_text(body: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon) -> Iterator[NamedProject]:
    """甲项目预算200万元，支出190万元；乙项目预算100万元…: up to the next name, or the end of the period."""
    pattern, others = lexicon.pattern("projects.told"), frozenset(lexicon.words("not_names"))
    for paragraph in body:
        matches = [m for m in pattern.finditer(paragraph.text) if m["name"] not in others]
        ends = [*(match.start() for match in matches[1:]), len(paragraph.text)]
        for match, end in zip(matches, ends, strict=False):
            stop = paragraph.text.find("。", match.end(), end)
            span = Span(paragraph.index, match.start(), end if stop < 0 else stop + 1)
            yield NamedProject(match["name"], Span(paragraph.index, *match.span("name")), (span,))


class ToldProjects:
    """The projects told in a row, asked for by place. `title` is that of a document that is as a whole of one project."""

    def __init__(self, document: Document, sections: Sequence[Section], lexicon: Lexicon, title: str | None) -> None:
        self.told, self.title = told_projects(document, sections, lexicon), title

    def begins_in(self, span: Span) -> bool:
        return any(told.name_span in span for told in self.told)

    def part_at(self, place: Span) -> str:
        """The project that a place speaks of, where the document as a whole is of another; '' for none."""
        name = next((t.name for t in self.told if any(place in span for span in t.spans)), "") if self.title else ""
        return "" if self.title and name.removesuffix("项目") in self.title else name
