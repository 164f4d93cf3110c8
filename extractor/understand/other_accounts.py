"""Money of other accounts told beside the project's: a hospital's takings and spending, a fund's balance, a farmers' cooperative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Fact, Kind, Measure
from extractor.understand.bound_amounts import Amount
from extractor.understand.sentences import Sentence

TOTAL_INCOME, TOTAL_SPENDING = "总收入", "总支出"
SPENT_AND_LEFT = frozenset({Measure.EXECUTED, Measure.BALANCE})


class AccountReader:
    """Tells which amounts of a sentence are of an account that is not the project's fund."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.income = lexicon.pattern("amounts.income")
        self.holders = lexicon.pattern("amounts.other_account")
        self.interest, self.contract = lexicon.pattern("amounts.interest"), lexicon.pattern("amounts.contract")
        self.own, self.whole_units = lexicon.words("own_income"), lexicon.words("department_words")
        self.plain = sorted(lexicon.words("plain_subjects"), key=len, reverse=True)

    def read(self, sentence: Sentence, amounts: Sequence[Amount], names: Sequence[str]) -> tuple[Amount, ...]:
        """The amounts, those spent and left of another account bound to no measure.

        `names` are the project's, the unit's and the title: an account that they name is no other one.
        """
        start = min((place for place in self._openings(sentence, amounts, names)), default=None)
        if start is None:
            return tuple(amounts)
        return tuple(
            replace(a, group="accounts", source=None) if a.mention.start >= start and a.measure in SPENT_AND_LEFT else a for a in amounts
        )

    def _openings(self, sentence: Sentence, amounts: Sequence[Amount], names: Sequence[str]) -> Iterator[int]:
        """Where another account's takings, or its holder's own name before what it spent or has left, begin to be told."""
        text = sentence.paragraph.text
        for mention in sentence.mentions:
            if mention.kind is Kind.MONEY:
                match = self.income.search(text, max(sentence.start, sentence.clause_at(mention.start).start), mention.start)
                if match and self._is_of_others(sentence, match["whose"], match.start(), names):
                    yield match.start()
        before = text[text.rfind("。", 0, sentence.start) + 1 : sentence.start]
        if TOTAL_INCOME in before and sentence.text.startswith(TOTAL_SPENDING) and self._is_of_a_unit(names):
            yield sentence.start
        for amount in amounts:
            if amount.measure in SPENT_AND_LEFT:
                clause = sentence.clause_at(amount.mention.start)
                match = self.holders.search(text, clause.start, amount.mention.start)
                if match and not any(match["holder"] in name for name in names):
                    yield match.start()
                owed = self.interest.search(text, sentence.start, amount.mention.start)
                if owed and not any(owed.group() in name for name in names):
                    yield owed.start()

    def contract_of(self, sentence: Sentence, fact: Fact) -> str:
        """The price that a payment behind it is of: 合同总额1650万元，已支付1560万元; '' where the payment is the fund's."""
        if fact.measure not in SPENT_AND_LEFT or fact.source:
            return ""
        match = self.contract.search(sentence.paragraph.text, sentence.start, fact.spans[0].start)
        return match.group() if match else ""

    def _is_of_a_unit(self, names: Sequence[str]) -> bool:
        """Are takings without an owner those of the unit, the report being of a project of it and not of the whole unit?"""
        return not any(word in name for name in names for word in self.whole_units)

    def _is_of_others(self, sentence: Sentence, whose: str, start: int, names: Sequence[str]) -> bool:
        if any(word in whose for word in self.own):
            return False
        words = list(whose)
        for mention in sentence.mentions:
            for place in range(max(mention.start, start), min(mention.end, start + len(whose))):
                words[place - start] = " "
        rest = "".join(words)
        for word in self.plain:
            rest = rest.replace(word, "")
        rest = "".join(c for c in rest if "\u4e00" <= c <= "\u9fff")
        if not rest and sentence.slice(start + len(whose), start + len(whose) + 3) == TOTAL_INCOME:
            return self._is_of_a_unit(names)  # 2023年总收入5.62亿元 is the hospital's
        return bool(rest) and not any(rest in name for name in names)
