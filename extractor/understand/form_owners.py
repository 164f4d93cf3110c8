"""Which project a form is about: by its name, else the document's only one, else a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from extractor.lexicon.packs import Lexicon
from extractor.lexicon.words import name_key, similar
from extractor.model.document import Document, Paragraph, Span, Table
from extractor.model.lazily import lazy
from extractor.understand.drafts import Draft
from extractor.understand.form_draft import FormDraft
from extractor.understand.projects import UNNAMED, WHOLE_DEPARTMENT

TOTAL = "合计"
SAME_NAME = Decimal("0.8")


class FormOwners:
    """Gives each form to a draft; `drafts` grows by the projects that only a form names."""

    def __init__(self, drafts: list[Draft], overview: Draft, forms: Sequence[FormDraft], document: Document, lexicon: Lexicon) -> None:
        self.drafts, self.overview, self.forms, self.document = drafts, overview, forms, document
        self.note = lexicon.pattern("forms.note")
        self.several = len({name_key(form.name) for form in forms if form.name and not form.is_total}) > 1

    @lazy
    def table_of(self) -> dict[int, int]:
        """The index of the table that each paragraph stands in."""
        return {p.index: table.index for table in self.document.tables for p in table.paragraphs}

    @lazy
    def forms_in(self) -> Counter[int]:
        """How many forms stand in each table."""
        return Counter(table for form in self.forms for table in self._tables(form))

    def owner(self, form: FormDraft) -> Draft:
        alone = self.drafts[0] if len(self.drafts) == 1 else None
        if form.is_total:
            return self._new(form.name or TOTAL, is_total=True)
        if not form.name:
            return alone or self.overview
        same = next((d for d in self.drafts if name_key(d.name) == name_key(form.name)), None)
        # forms of alike names (第1村…, 第2村…) are forms of different projects
        like = max((d for d in self.drafts if not d.forms), key=lambda d: similar(d.name, form.name), default=None)
        known = same or (like if like and similar(like.name, form.name) >= SAME_NAME else None)
        if known:
            self._narrow(known, form)
            return known
        if alone and self._may_take(alone):
            if not alone.facts or alone.name == UNNAMED:
                alone.name = form.name
            return alone
        return self._new(form.name)

    def _may_take(self, alone: Draft) -> bool:
        """May the document's only project be the one of a form of another name? Not where forms name several."""
        if alone.name == WHOLE_DEPARTMENT or alone.forms or (alone.name == UNNAMED and self.several):
            return False
        return not alone.facts or len(self.forms) == 1

    def _narrow(self, draft: Draft, form: FormDraft) -> None:
        """A project that only a form named is not what all of the document speaks of, where other forms name others."""
        scope, place = draft.scope, form.name_span
        if self.several and scope and scope.is_whole and scope.span and place and scope.span.paragraph == place.paragraph:
            draft.scope = None

    def notes(self, form: FormDraft) -> tuple[Span, ...]:
        """The notes under a form, up to the next table, where the file holds several and its table is its own."""
        own = self._tables(form) if self.several else set()
        if not own or self.forms_in[max(own)] > 1:
            return ()
        blocks = self.document.blocks
        last = next(place for place, block in enumerate(blocks) if isinstance(block, Table) and block.index == max(own))
        below = takewhile(lambda block: isinstance(block, Paragraph), blocks[last + 1 :])
        return tuple(Span(p.index, 0, len(p.text)) for p in below if isinstance(p, Paragraph) and self.note.search(p.text))

    def _tables(self, form: FormDraft) -> set[int]:
        return {self.table_of[span.paragraph] for span in form.spans if span.paragraph in self.table_of}

    def _new(self, name: str, is_total: bool = False) -> Draft:
        self.drafts.append(Draft(name, is_total=is_total))
        return self.drafts[-1]

    def without_unnamed(self) -> list[Draft]:
        """The drafts without the nameless one of the whole document, where forms name the projects and it tells next to nothing."""
        rest = [d for d in self.drafts if d.name != UNNAMED or d.forms or d.scores or d.indicators or d.speaks_of_funds()]
        return rest if self.several else self.drafts
