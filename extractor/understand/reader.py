"""One walk over the document's blocks: every sentence and row is read for the project it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.lexicon.holding import plain
from extractor.lexicon.packs import Lexicon
from extractor.lexicon.words import name_key, without_code
from extractor.model.document import Document, Paragraph, Role, Span, Table
from extractor.model.facts import Account, Fact, Kind, Measure, Mention, NamedAt, Rate, Section, Statement
from extractor.understand.amount_facts import facts_of, page_doubt, wholly_from_one_source
from extractor.understand.amounts import AmountReader
from extractor.understand.bound_amounts import Amount
from extractor.understand.breakdowns import breakdowns_of, is_whole
from extractor.understand.drafts import Draft, by_paragraph
from extractor.understand.form_draft import FormDraft
from extractor.understand.form_owners import TOTAL, FormOwners
from extractor.understand.forms import FormReader
from extractor.understand.goals import tells_targets
from extractor.understand.identity import Identity
from extractor.understand.indicators import IndicatorReader
from extractor.understand.other_accounts import AccountReader
from extractor.understand.periods import PeriodReader
from extractor.understand.planned import PlannedReader, shares
from extractor.understand.projects import UNNAMED, WHOLE_DEPARTMENT, Scope, named_in
from extractor.understand.qualifiers import account_of, qualifier_of
from extractor.understand.rates import RateReader, as_of_their_day, narrowed, of_accounts, qualified
from extractor.understand.row_funds import RowFunds
from extractor.understand.scores import ScoreReader
from extractor.understand.sentences import Sentence, sentences
from extractor.understand.statements import StatementReader
from extractor.understand.table_rows import Row, skips
from extractor.understand.tables import TableReader
from extractor.understand.task_tables import parted
from extractor.understand.told_projects import ToldProjects

OWNED = frozenset({Kind.MONEY, Kind.PERCENT})  # figures that belong to a project named before them
SHORTEST_PROSE = 10
SPENT = frozenset({Measure.EXECUTED, Measure.ARRIVED})
TELLING = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.SCORE, Kind.GRADE})
"""A sentence that mentions none of these states nothing, but for money that is said to have arrived in full."""


class Reader:
    """Reads a document into drafts, one a project, and the statements of its sentences."""

    def __init__(
        self,
        document: Document,
        sections: Sequence[Section],
        identity: Identity,
        scopes: Sequence[Scope],
        mentions: Mapping[int, tuple[Mention, ...]],
        lexicon: Lexicon,
    ) -> None:
        self.document, self.sections, self.identity, self.mentions, self.lexicon = document, sections, identity, mentions, lexicon
        self.amounts, self.rates, self.scores = AmountReader(lexicon), RateReader(lexicon), ScoreReader(lexicon)
        self.statement_reader, self.indicators, self.tables = StatementReader(lexicon), IndicatorReader(lexicon), TableReader(lexicon)
        self.planned, self.other_accounts = PlannedReader(lexicon), AccountReader(lexicon)
        self.forms = FormReader(document, mentions, lexicon)
        self.row_funds = RowFunds(document, mentions, self.amounts, self.rates, lexicon)
        self.all_arrived = lexicon.pattern("amounts.all_arrived")
        self.project_count = lexicon.pattern("statements.counted_projects")
        self.annex = plain(lexicon, "projects.annex")
        self.narrow_accounts = lexicon.words("narrow_accounts")
        self.periods = PeriodReader(lexicon, identity.year)
        self.told = ToldProjects(document, sections, lexicon, identity.title if len(scopes) == 1 else None)
        self.drafts = [Draft.of_scope(scope) for scope in scopes]
        self.scoped = by_paragraph(self.drafts)
        self.overview = self.drafts[0] if len(scopes) == 1 else Draft(TOTAL, is_total=True)
        self.listed = Draft(TOTAL, is_total=True)
        self.subtotals: list[Draft] = []
        self.total_named = self.list_named = False
        self.rows: list[Row] = []
        self.statements: list[Statement] = []
        self.accounts: list[Account] = []
        self.section_of = {index: s for s in sections for index in (s.span.paragraph, *s.paragraphs)}
        self.title_lines = frozenset(p.index for p in identity.title_lines)

    def read(self) -> None:
        for block in self.document.blocks:
            if isinstance(block, Table):
                for part in parted(block, self.forms, self.tables.heads):
                    self._read_table(part)
            elif block.role in (Role.BODY, Role.FOOTNOTE) and block.index not in self.title_lines:
                self._read_paragraph(block)
        self._read_indicators()
        for draft in self.drafts:
            self.statements += shares(draft.pairs, draft.indicators, draft.name)
        self.statements += (*self.forms.breakdowns.statements, *self.forms.indicators.rates)
        forms = self.forms.finished()
        owners = FormOwners(self.drafts, self.overview, forms, self.document, self.lexicon)
        for form in forms:
            owner = owners.owner(form)
            form.notes = owners.notes(form)
            owner.add_form(form)
            self._read_cells(form, owner)
            self.row_funds.read(form, owner)
        self.drafts = owners.without_unnamed()
        if self.overview.name == UNNAMED and self.overview not in self.drafts:
            self.overview = Draft(TOTAL, is_total=True)

    def all_drafts(self) -> list[Draft]:
        """The drafts that became projects; the overview is one if it speaks of the whole's money."""
        own = [*self.drafts, *self.subtotals]
        if self.overview in self.drafts:
            return [*own, self.listed] if self.list_named else own
        return [*own, self.overview] if self.total_named or self.overview.speaks_of_funds() else own

    # -- running text ------------------------------------------------------------------------------------------------

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        section = self.section_of.get(paragraph.index)
        is_heading = section is not None and section.span.paragraph == paragraph.index
        start = 0
        if is_heading and section:
            start = section.run_in.start if section.run_in else len(paragraph.text)
        for match in self.annex.finditer(paragraph.text):
            span = Span(paragraph.index, *match.span("name"))
            self._owner(span, match["name"]).names.append(NamedAt(match["name"], "annex", Span(paragraph.index, *match.span())))
        earlier: Sequence[Amount] = ()
        for sentence in sentences(paragraph, self.mentions.get(paragraph.index, ()), start):
            earlier = self._read_sentence(sentence, section, earlier)

    def _read_sentence(self, sentence: Sentence, section: Section | None, earlier: Sequence[Amount]) -> Sequence[Amount]:
        said = self.all_arrived.search(sentence.paragraph.text, sentence.start, sentence.end)
        if not said and sentence.kinds.isdisjoint(TELLING):
            return ()
        owner = self._owner(sentence.span(sentence.start, sentence.end), sentence.text)
        names = (owner.name, self.identity.unit or "", self.identity.title or "")
        amounts = self._amounts(sentence, names, earlier) if Kind.MONEY in sentence.kinds else ()
        for statement in breakdowns_of(sentence, amounts, self.amounts):
            self._add_breakdown(replace(statement, project=owner.name))
        self.statements += (replace(s, project=owner.name) for s in self.statement_reader.read(sentence))
        owner.pairs += self.planned.read(sentence)
        facts = [f for f in self._facts(sentence, amounts, names, section) if not (f.measure in SPENT and tells_targets(section))]
        owner.facts += facts
        owner.facts += wholly_from_one_source(sentence, facts, self.amounts)
        if Kind.PERCENT in sentence.kinds:
            owner.rates += self._rates(sentence, amounts, earlier, facts, names)
        if owner is not self.overview or self.overview in self.drafts:
            owner.scores += self.scores.scores(sentence, section.title if section else "")
            owner.grades += self.scores.grades(sentence)
        is_told = any(f.measure is Measure.ARRIVED for f in facts)
        is_part = said is not None and any(a.part_of is not None and sentence.clause_at(a.mention.start).end >= said.end() for a in amounts)
        if said and len(facts) == 1 and facts[0].source and facts[0].measure is Measure.BUDGET:
            owner.facts.append(replace(facts[0], measure=Measure.ARRIVED, label=said.group()))  # 中央资金800万元，全部到位
        elif said and not is_told and not is_part:
            owner.said_arrived = self._said_arrived(sentence, said.start(), said.end(), facts) or owner.said_arrived
        return amounts

    def _amounts(self, sentence: Sentence, names: Sequence[str], earlier: Sequence[Amount]) -> Sequence[Amount]:
        if self.indicators.is_told_in(sentence):
            return ()
        begins = self.told.begins_in(sentence.span(sentence.start, sentence.end))
        read = self.amounts.read(sentence, () if begins else earlier, names)
        read = self.other_accounts.read(sentence, read, names)
        # 中央 in the fund's own name is no source of it
        return [replace(a, source=None) if a.source and a.source in names[0] else a for a in read]

    def _rates(
        self, sentence: Sentence, amounts: Sequence[Amount], earlier: Sequence[Amount], facts: Sequence[Fact], names: Sequence[str]
    ) -> Iterator[Rate]:
        rates = narrowed(self.rates.read(sentence, amounts, earlier), facts, self.amounts.narrows)
        rates = of_accounts(sentence, rates, self.narrow_accounts, (names[0], names[-1]))
        for rate in as_of_their_day(sentence, rates, self.lexicon):
            yield qualified(rate, self.told.part_at(rate.spans[0]))

    def _add_breakdown(self, statement: Statement) -> None:
        """Parts told over several sentences (①…；②…) are one breakdown of their whole."""
        last = self.statements[-1] if self.statements else None
        of_one = last is not None and last.kind is statement.kind and last.stated.span == statement.stated.span
        if last and of_one and not is_whole(last):  # parts that make the whole already are followed by those of another order
            operands = (*last.operands, *statement.operands)
            self.statements[-1] = replace(last, operands=operands, exhaustive=statement.exhaustive, subject=statement.subject)
        else:
            self.statements.append(statement)

    def _facts(self, sentence: Sentence, amounts: Sequence[Amount], names: Sequence[str], section: Section | None) -> Iterator[Fact]:
        account = account_of(section, sentence, names, self.lexicon)
        for fact in facts_of(sentence, amounts, page_doubt(sentence)):
            fact = self.periods.without_its_year(sentence, fact)
            qualifier = account or (qualifier_of(sentence, fact, self.amounts, names) if fact.source is None else "")
            place = fact.spans[-1].start if fact.measure is Measure.BALANCE else fact.spans[0].start  # 结转下年 is of this year
            qualifier = qualifier or self.told.part_at(fact.spans[0]) or self.other_accounts.contract_of(sentence, fact)
            year = self.periods.year_of(sentence, place)
            yield fact if year is None and not qualifier else replace(fact, year=year, qualifier=qualifier)

    def _said_arrived(self, sentence: Sentence, start: int, end: int, facts: Sequence[Fact]) -> Fact | None:
        """The words 全部到位 as a fact without its figure; said of one of several sources they say nothing of the whole."""
        clause = sentence.clause_at(start)
        level = self.amounts.source.search(sentence.paragraph.text, clause.start, start)
        if level and level.group()[:1] in "中省市州县区旗镇乡" and len(self.drafts) <= 1 and all(f.source for f in facts):
            return None
        base = next((f for f in facts if f.source is None), None)
        span = sentence.span(clause.start, end)
        placeholder = base or next((f for d in self.drafts for f in d.facts), None)
        return replace(placeholder, measure=Measure.ARRIVED, spans=(span,), label=sentence.slice(start, end)) if placeholder else None

    # -- whose it is -------------------------------------------------------------------------------------------------

    def _owner(self, span: Span, text: str) -> Draft:
        if self.overview.name == WHOLE_DEPARTMENT and self.project_count.search(text):
            return self.listed  # 共安排项目5个，预算合计…: the projects' total beside the department's
        if len(self.drafts) == 1:
            return self.drafts[0]
        for draft in self.scoped.get(span.paragraph, ()):
            if draft.scope and span in draft.scope.segment and any(draft is own for own in self.drafts):
                return draft
        figures = [m.start for m in self.mentions.get(span.paragraph, ()) if m.kind in OWNED and span.start <= m.start < span.end]
        subject = text[: figures[0] - span.start] if figures else text
        place = named_in(subject, [d.name for d in self.drafts])
        return self.overview if place is None else self.drafts[place]

    def _read_table(self, table: Table) -> None:
        is_form = self.forms.opens(table, self.tables.heads.opens_list)
        rows = () if is_form else self.tables.rows(self.document, table, self.identity.year)
        if not rows:
            self.forms.read(table)
        self.statements += self.tables.statements(rows)
        if self.tables.is_accounts(rows):
            self.accounts += self.tables.accounts(rows)
            return
        rows = tuple(row for row in rows if row.part_of is None)
        self.rows += rows
        several = sum(1 for row in rows if row.name and not row.is_total) > 1
        for row in rows:
            if row.is_subtotal or (row.is_total and self._is_of_some(row)):
                self.subtotals.append(Draft(row.name, is_total=True, is_subtotal=True))
                self.subtotals[-1].add(row)
            elif row.is_total:
                self._total(row.name, several).add(row)
            elif not row.name:
                self.overview.add(row)
            else:
                self._named(row.name).add(row)

    def _is_of_some(self, row: Row) -> bool:
        """Does a total add up some rows only, as far as they were read: 小计 of a group, 合计 where rows were lost between pages?"""
        is_grand = row.name.replace(" ", "") in self.tables.grand_totals
        return skips(self.rows) or (not is_grand and self.tables.tells_subtotals(self.document.tables))

    def _total(self, name: str, several: bool) -> Draft:
        if self.overview.name == WHOLE_DEPARTMENT and several:
            self.listed.name, self.list_named = name, True
            return self.listed
        if self.overview in self.drafts and several:
            unnamed = self.drafts.pop(0)
            self.overview = Draft(name, is_total=True)
            self.overview.facts, unnamed.facts = unnamed.facts, []
            self.overview.rates, unnamed.rates = unnamed.rates, []
            if unnamed.names or unnamed.scores:
                self.drafts.insert(0, unnamed)
        elif self.overview not in self.drafts:
            self.overview.name = name
        self.total_named = True
        return self.overview

    def _named(self, name: str) -> Draft:
        bare, code = without_code(name)
        key = name_key(name)
        for draft in self.drafts:
            if name_key(draft.name) == key:
                draft.code = draft.code or code
                return draft
        draft = Draft(bare, code=code)
        self.drafts.append(draft)
        return draft

    # -- forms -------------------------------------------------------------------------------------------------------

    def _read_cells(self, form: FormDraft, owner: Draft) -> None:
        """Prose in cells is understood like prose, but for its money: goals and summaries repeat the fund block."""
        for span in form.spans:
            paragraph = self.document.paragraphs[span.paragraph]
            if len(paragraph.text) < SHORTEST_PROSE:
                continue
            earlier: Sequence[Amount] = ()
            for sentence in sentences(paragraph, self.mentions.get(paragraph.index, ())):
                earlier = self.amounts.read(sentence, earlier)
                for statement in breakdowns_of(sentence, earlier, self.amounts):
                    self._add_breakdown(replace(statement, project=owner.name))
                self.statements += (replace(s, project=owner.name) for s in self.statement_reader.read(sentence))
                owner.scores += self.scores.scores(sentence)
                owner.grades += self.scores.grades(sentence)

    # -- indicators --------------------------------------------------------------------------------------------------

    def _read_indicators(self) -> None:
        for section in self.sections:
            indexes = [section.span.paragraph, *section.paragraphs] if section.run_in else list(section.paragraphs)
            paragraphs = [p for p in (self.document.paragraphs[i] for i in indexes) if p.role is Role.BODY]
            aims = tells_targets(section)
            for indicator in self.indicators.read(section, paragraphs, self.mentions, aims):
                span = indicator.spans[0]
                owner = self._owner(span, self.document.quote(span))
                (owner.goals if aims else owner.indicators).append(indicator)
