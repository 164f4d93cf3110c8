"""What a document is: a narrative report, a form, a whole-department report, or one on a transfer payment."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document
from extractor.model.facts import Section
from extractor.understand.identity import Identity
from extractor.understand.projects import is_department


def kind_of(document: Document, identity: Identity, sections: Sequence[Section], has_forms: bool, lexicon: Lexicon) -> str:
    """By the title; a form by its own layout where no sections stand around it; a transfer by its labels and headings too."""
    if is_department(identity, lexicon):
        return "department"
    if is_transfer(document, identity, sections, lexicon):
        return "transfer"
    title = (identity.title or "").partition("（")[0]
    is_form = has_forms and (not sections or title.endswith(lexicon.words("form_title_words")))
    return "form" if is_form else "narrative"


def is_transfer(document: Document, identity: Identity, sections: Sequence[Section], lexicon: Lexicon) -> bool:
    """Does the title name a grant from above, a form ask for the transfer's name, or a heading speak of handing targets down?"""
    if lexicon.pattern("projects.transfer_title").search(identity.title or ""):
        return True
    labels, headings = frozenset(lexicon.words("transfer_labels")), lexicon.words("transfer_headings")
    if any(word in section.title for section in sections for word in headings):
        return True
    texts = (p.text.replace(" ", "").replace("\n", "").rstrip("：:") for p in document.paragraphs.values() if len(p.text) <= 20)
    return any(text in labels for text in texts)
