"""Funds that a form tells only in the words of its row on execution: 预算执行率 | 100% | 全年预算200万元，实际支出190万元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document
from extractor.model.facts import Fact, Mention, Rate
from extractor.understand.amount_facts import facts_of
from extractor.understand.amounts import AmountReader
from extractor.understand.bound_amounts import Amount
from extractor.understand.drafts import Draft
from extractor.understand.form_draft import FormDraft
from extractor.understand.rates import RateReader
from extractor.understand.sentences import sentences


class RowFunds:
    def __init__(
        self, document: Document, mentions: Mapping[int, tuple[Mention, ...]], amounts: AmountReader, rates: RateReader, lexicon: Lexicon
    ) -> None:
        self.document, self.mentions, self.amounts, self.rates = document, mentions, amounts, rates
        self.rows = lexicon.pattern("forms.funds_row")

    def read(self, form: FormDraft, owner: Draft) -> None:
        """The amounts and rates of such rows, where neither the form nor the text tells any amount elsewhere."""
        if form.facts or owner.facts or form.rates:
            return
        for row in form.indicators:
            if row.actual is not None and "元" in row.actual.text and self.rows.match(row.name):
                for span in row.actual.spans:
                    self._read(span.paragraph, owner)

    def _read(self, place: int, owner: Draft) -> None:
        earlier: Sequence[Amount] = ()
        facts: list[Fact] = []
        rates: list[Rate] = []
        for sentence in sentences(self.document.paragraphs[place], self.mentions.get(place, ())):
            amounts = self.amounts.read(sentence, earlier)
            facts += facts_of(sentence, amounts)
            rates += self.rates.read(sentence, amounts, earlier)
            earlier = amounts
        whole = [fact.measure for fact in facts if fact.source is None]
        if len(whole) == len(set(whole)):  # two budgets are of two years, or of two parts
            owner.facts += facts
            owner.rates += rates
