"""The years that the heads of a form tell: 2022年预算数 | 2023年预算数."""

from __future__ import annotations

from dataclasses import replace

from extractor.lexicon.packs import Lexicon
from extractor.understand.form_draft import FormDraft


def part_by_years(form: FormDraft, lexicon: Lexicon) -> None:
    """Give the amounts of a form that tells several years their own, and leave the rates of the last year only."""
    pattern = lexicon.pattern("identity.year")

    def year(label: str) -> str | None:
        match = pattern.search(label)
        return str(match["year"]) if match else None

    if len({told for fact in form.facts if (told := year(fact.label))}) < 2:
        return
    form.facts = [replace(fact, year=year(fact.label) or fact.year) for fact in form.facts]
    last = max((told for rate in form.rates if (told := year(rate.label))), default=None)
    form.rates = [rate for rate in form.rates if year(rate.label) in (None, last)]
