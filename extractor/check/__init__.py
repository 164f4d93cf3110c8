"""Facts to claims, verdicts and findings: every check stands in `CHECKS`, in the order of the families."""

from __future__ import annotations

from extractor.check import annexes, brackets, citations, copies, dates, headings, language, names, structure, titles
from extractor.model.findings import CheckRecord

CHECKS: tuple[CheckRecord, ...] = (
    # citations
    citations.docno_malformed,
    citations.docno_bracket_style,
    citations.docno_future_year,
    citations.docno_conflict,
    citations.docno_duplicate_citation,
    citations.docno_without_title,
    brackets.bracket_unbalanced,
    titles.docno_year_vs_title,
    titles.citation_repealed,
    titles.citation_title_mismatch,
    titles.citation_separator_missing,
    # dates
    dates.year_mismatch,
    dates.date_invalid,
    dates.period_order,
    dates.report_date_order,
    dates.year_stale,
    # language
    language.repeated_phrase,
    language.sentence_truncated,
    language.known_typo,
    language.punctuation_missing,
    copies.duplicate_paragraph,
    # names
    names.project_name_mismatch,
    names.project_count_mismatch,
    names.unit_style,
    annexes.annex_number_reuse,
    annexes.annex_cited_missing,
    copies.copied_text_between_projects,
    # structure
    structure.section_missing,
    structure.section_empty,
    structure.problems_section_thin,
    structure.metadata_missing,
    structure.extraction_quality,
    headings.heading_numbering,
)
"""Every check there is; the families in alphabetical order."""
