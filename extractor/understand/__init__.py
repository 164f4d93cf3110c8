"""Document → Facts: what the report says, by project, with the characters it says it in."""

from __future__ import annotations

from extractor.lexicon.mentions import scan
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Role, Span
from extractor.model.facts import Facts, Statement
from extractor.understand.citations import document_numbers
from extractor.understand.identity import form_unit, identify
from extractor.understand.kinds import kind_of
from extractor.understand.outline import outline
from extractor.understand.projects import scopes
from extractor.understand.reader import Reader

READ_ROLES = (Role.BODY, Role.FOOTNOTE)


def understand(document: Document, lexicon: Lexicon) -> Facts:
    """Everything that the checks need to know of a document, from wherever it was read."""
    mentions = {p.index: scan(p.text, lexicon) for p in document.paragraphs.values() if p.role in READ_ROLES}
    sections = outline(document, lexicon)
    identity = identify(document, sections, lexicon)
    reader = Reader(document, sections, identity, scopes(document, sections, identity, lexicon), mentions, lexicon)
    reader.read()
    return Facts(
        document=document,
        title=identity.title,
        title_span=identity.title_span,
        unit=identity.unit or form_unit([form.fields for form in reader.forms.forms], lexicon),
        year=identity.year,
        kind=kind_of(document, identity, sections, any(form.has_body for form in reader.forms.forms), lexicon),
        sections=sections,
        projects=tuple(draft.project(identity.year, lexicon) for draft in reader.all_drafts()),
        document_numbers=tuple(document_numbers(document, mentions)),
        statements=tuple(_unique(reader.statements)),
        accounts=tuple(reader.accounts),
        mentions=mentions,
    )


def _unique(statements: list[Statement]) -> list[Statement]:
    """Statements without those said twice of the same figures."""
    kept: list[Statement] = []
    of_figure: dict[Span, list[Statement]] = {}
    for statement in statements:
        told = of_figure.setdefault(statement.stated.span, [])
        if statement not in told:
            told.append(statement)
            kept.append(statement)
    return kept
