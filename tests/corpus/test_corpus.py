"""The corpus is what its sources and labels say it is."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pypdfium2
import pytest

from extractor import extract

from .build import CORPUS, available, render
from .identities import verdict
from .labels import bare, labels, page_of, page_texts
from .source import Block, Source, all_sources, load

SOURCES = all_sources()
NAMES = [source.name for source in SOURCES]
WITH_CONTENTS = [source for source in SOURCES if any(block.kind == "contents" and block.lines for block in source.blocks)]


def printed(block: Block) -> list[str]:
    """The pieces of a block that stand together in the PDF."""
    if block.kind == "table":
        return [block.caption, *("".join(box.lines) for box in block.grid.boxes)]
    if block.kind == "contents":
        return [part.strip() for line in block.lines for part in line.split("|")]
    if block.kind == "columns":
        return []
    return [re.sub(r"\[\^\d\]", "", text) for text in (block.text + block.run_in, *block.lines)]


def stands_in(text: str, pages: list[str], marks: str = r"(?:\[\d\]|\d)?") -> bool:
    """Whether a text stands in the pages, a note's mark allowed at any place of it."""
    whole = "".join(pages)
    return bare(text) in whole or bool(re.search(marks.join(map(re.escape, bare(text))), whole))


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_the_committed_pdf_prints_the_source(source: Source) -> None:
    pages = page_texts(CORPUS / f"{source.name}.pdf", source)
    missing = [text for block in source.filled for text in printed(block) if not stands_in(text, pages)]
    notes = [block.text for block in source.filled if block.kind == "note"]
    if notes:  # a note at the foot of a page stands inside the paragraph that runs over the page
        whole = "".join(pages)
        for number, note in enumerate(notes, 1):
            whole = re.sub(rf"\[?{number}\]?[.]?{re.escape(bare(note))}", "", whole)
        missing = [text for text in missing if not stands_in(text, [whole])]
    assert missing == []


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_the_committed_labels_are_fresh(source: Source) -> None:
    written = json.loads((CORPUS / "labels" / f"{source.name}.json").read_text(encoding="utf-8"))
    assert written == labels(source, CORPUS / f"{source.name}.pdf")


@pytest.mark.parametrize("source", WITH_CONTENTS, ids=lambda source: source.name)
def test_contents_name_the_pages_of_their_headings(source: Source) -> None:
    pages = page_texts(CORPUS / f"{source.name}.pdf", source)
    entries = [line.split("|") for block in source.blocks if block.kind == "contents" for line in block.lines]
    assert [int(page) for _, page in entries] == [page_of(title.strip(), pages, nth=2) for title, _ in entries]


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_every_named_figure_and_identity_is_told_in_the_labels(source: Source) -> None:
    made = json.loads((CORPUS / "labels" / f"{source.name}.json").read_text(encoding="utf-8"))
    assert [figure["name"] for figure in made["figures"]] == list(source.figures)
    whole = "".join(page_texts(CORPUS / f"{source.name}.pdf", source))
    outside_tables = [figure["quote"] for figure in made["figures"] if "[^" not in figure["quote"]]
    assert [quote for quote in outside_tables if bare(quote) not in whole] == []


def test_there_is_nothing_else_in_the_corpus() -> None:
    assert sorted(path.stem for path in CORPUS.glob("*.pdf")) == NAMES
    assert sorted(path.stem for path in (CORPUS / "labels").glob("*.json")) == NAMES
    assert sum(path.stat().st_size for path in CORPUS.glob("*.pdf")) < 4_000_000


def test_a_third_of_the_reports_is_clean_and_one_claims_100_percent_for_430_of_540() -> None:
    told = {path.stem: json.loads(path.read_text(encoding="utf-8"))["findings"] for path in (CORPUS / "labels").glob("*.json")}
    assert 3 * sum(not findings for findings in told.values()) >= len(told)
    (only,) = told["district-civil-affairs-2021"]
    assert (only["claimed"], only["expected"], only["note"]) == ("100%", "79.63%", "430/540 = 79.63%")


def test_reportlab_prints_the_same_bytes_twice() -> None:
    assert render("culture-venues-2022") == render("culture-venues-2022")


@pytest.mark.parametrize("producer", [name for name in available() if name != "reportlab"])
@pytest.mark.slow
def test_every_producer_prints_the_same_words(producer: str) -> None:
    source = load("culture-venues-2022")
    pages = page_texts(render(source, producer), source)
    assert [text for block in source.filled for text in printed(block) if not stands_in(text, pages)] == []


def test_a_figure_is_changed_in_its_place_only() -> None:
    source = load("district-civil-affairs-2021")
    changed = source.changing({"p2.rate": "80"})
    pages = page_texts(render(changed), changed)
    assert bare("项目实际支出430万元，预算执行率80%。") in "".join(pages)
    assert changed.clause("p2.rate") == "预算执行率80%"
    assert verdict("p2.executed / p2.budget * 100 ≈ p2.rate", changed.figures) == "rounding"


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(KeyError, match=r"no figure named p9\.rate"):
        load("district-civil-affairs-2021").changing({"p9.rate": "1"})


def test_a_paragraph_is_added_and_lines_are_wrapped_anew() -> None:
    source = load("township-environment-2019")
    place = source.places[2]
    pdf = render(source, "reportlab", extra_paragraph=("全乡干部群众积极参与环境整治。", place), width=500, size=12, margin=60)
    pages = page_texts(pdf, source)
    assert stands_in("全乡干部群众积极参与环境整治。", pages)
    assert [text for block in source.filled for text in printed(block) if not stands_in(text, pages)] == []
    assert pypdfium2.PdfDocument(io.BytesIO(pdf))[0].get_width() == 500


@pytest.mark.parametrize(
    ("formula", "figures", "expected"),
    [
        ("a.executed / a.budget * 100 ≈ a.rate", {"a.executed": "19.87", "a.budget": "20", "a.rate": "99.35"}, "holds"),
        ("a.executed / a.budget * 100 ≈ a.rate", {"a.executed": "19.87", "a.budget": "20", "a.rate": "99.67"}, "broken"),
        ("a.executed / a.budget * 100 ≈ a.rate", {"a.executed": "430", "a.budget": "540", "a.rate": "79"}, "rounding"),
        ("a.x + b.x = c.x", {"a.x": "14.33", "b.x": "10.46", "c.x": "24.80"}, "rounding"),
        ("a.x + b.x = c.x", {"a.x": "14.33", "b.x": "10.46", "c.x": "24.90"}, "broken"),
        ("a.x + b.x = c.x", {"a.x": "3", "b.x": "4", "c.x": "8"}, "broken"),
        ("a.executed == b.executed", {"a.executed": "331.80", "b.executed": "331.8"}, "holds"),
        ("a.executed == b.executed", {"a.executed": "331.80", "b.executed": "331.81"}, "broken"),
        ("a.capitals.budget == a.yuan", {"a.capitals.budget": "壹佰贰拾捌万", "a.yuan": "1,280,000.00"}, "holds"),
        ("a.part <= a.whole", {"a.part": "126", "a.whole": "120"}, "broken"),
        ("band(a.score) = a.grade", {"a.score": "90", "a.grade": "优"}, "holds"),
        ("band(a.score) = a.grade", {"a.score": "89.9", "a.grade": "优"}, "broken"),
        ("a.executed / a.budget * 100 ≈ a.rate", {"a.executed": "0", "a.budget": "0", "a.rate": "100"}, "broken"),
    ],
)
def test_verdicts_of_identities(formula: str, figures: dict[str, str], expected: str) -> None:
    assert verdict(formula, figures) == expected


def test_sources_stand_beside_their_labels() -> None:
    folder = Path(__file__).parent / "sources"
    assert sorted(path.stem for path in folder.glob("*.toml")) == sorted(path.stem for path in folder.glob("*.md"))


def test_what_the_labels_query_is_found() -> None:
    asked = {}
    for path in (CORPUS / "labels").glob("*.json"):
        made = json.loads(path.read_text(encoding="utf-8"))
        for query in made.get("queries", []):
            found = [f for f in extract(CORPUS / f"{made['id']}.pdf").findings if f.check == query["check"]]
            asked[made["id"], query["check"]] = any(bare(query["where"]["quote"]) in bare(e.quote) for f in found for e in f.evidence)
    assert asked == {("report-with-forms-2022", "project-form-missing"): True}
