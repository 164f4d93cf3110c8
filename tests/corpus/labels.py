"""The labels of a report: what a person wrote in `sources/NAME.toml`, with pages, sections and figures looked up.

The schema is that of any labelled set here (projects, sections, doc_numbers, findings, traps) and two fields more: `figures`, every named
figure with its place, and `identities`, what must hold between them. `at_least`, `at_most` and `scored` name indicator rows by the
way their points hang on target and actual. What no check recomputes (unit costs) is an identity too.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2

from . import identities
from .source import Source

FIELDS = ("budget_initial", "budget", "arrived", "executed")
KINDS = ("rate", "score", "grade", "weight", "count", "people", "target", "actual")
RADICALS = str.maketrans(
    "⻚⻅⻋⻓⻔⻛⻜⻢⻥⻩⻬⻣⻰⻄⺠⻘⻦⻨⻝⻆⻁⺟⻉⻧⻮⻳",
    "页见车长门风飞马鱼黄齐骨龙西民青鸟麦食角虎母贝卤齿龟",
)


def bare(text: str) -> str:
    """Text without spaces, radicals as the characters they stand for.

    >>> bare("⼀、 项⽬")
    '一、项目'
    """
    folded = (unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fdf" else c for c in text.translate(RADICALS))
    return re.sub(r"[\s\x00-\x1f\u200b\ufeff\ufffe]+", "", "".join(folded))


def page_texts(pdf: Path | bytes, source: Source) -> list[str]:
    """The bare text of every page, running header and footer taken off."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for number, page in enumerate(document, 1):
        text = bare(page.get_textpage().get_text_range())
        first = int(source.layout.get("number_from", 1))
        footer = str(source.layout.get("footer", "- {page} -")).format(page=number - first + 1, pages=len(document))
        pages.append(_without(text, [bare(footer), bare(str(source.layout.get("header", "")))]))
    document.close()
    return pages


def _without(text: str, furniture: list[str]) -> str:
    """Text without its running header and footer, each taken off once, from the end before the beginning.

    >>> _without("页眉正文-1-", ["-1-", "页眉"]), _without("正文-1-页眉", ["-1-", "页眉"])
    ('正文', '正文')
    """
    left = [piece for piece in furniture if piece]
    while found := next((piece for piece in left if text.endswith(piece)), None):
        text = text.removesuffix(found)
        left.remove(found)
    while found := next((piece for piece in left if text.startswith(piece)), None):
        text = text.removeprefix(found)
        left.remove(found)
    return text


def page_of(quote: str, pages: list[str], nth: int = 1) -> int:
    """The page on which a quote begins; the quote must occur once, or `nth` say which occurrence is meant."""
    whole, wanted = "".join(pages), bare(quote)
    starts = [m.start() for m in re.finditer(re.escape(wanted), whole)]
    if len(starts) < nth:
        raise ValueError(f"not in the PDF: {quote}")
    if len(starts) > 1 and nth == 1:
        raise ValueError(f"{len(starts)} times in the PDF, say which: {quote}")
    seen = 0
    for number, text in enumerate(pages, 1):
        seen += len(text)
        if starts[nth - 1] < seen:
            return number
    raise AssertionError("unreachable")


def truth(source: Source) -> dict[str, Any]:
    """What a person wrote about a source."""
    return tomllib.loads((source.folder / f"{source.name}.toml").read_text(encoding="utf-8"))


def labels(source: Source, pdf: Path) -> dict[str, Any]:
    """The labels of a rendered source, every quote looked up in the PDF's own text."""
    told, pages = truth(source), page_texts(pdf, source)
    return {
        "id": source.name,
        "file": f"docs/{source.name}.pdf",
        "kind": source.meta["kind"],
        "title": source.meta["title"],
        "organisation": source.meta["organisation"],
        "fiscal_year": source.meta["fiscal_year"],
        "amount_unit_in_document": source.meta["unit"],
        "producer": source.meta["producer"],
        "is_scan": False,
        "page_count": len(pages),
        "projects": [_project(p, pages) for p in told["projects"]],
        "sections": [{"level": b.level, "number": _number(b.number), "title": b.heading} for b in source.filled if b.kind == "heading"],
        "indicators": list(_indicators(source)) or None,
        "doc_numbers": told["doc_numbers"],
        "findings": [_finding(f, pages) for f in told.get("findings", [])],
        "traps": [{"risk": t["risk"], "where": _where(t, pages), "why": t["why"]} for t in told.get("traps", [])],
        **({"queries": [{"check": q["check"], "where": _where(q, pages)} for q in told["queries"]]} if "queries" in told else {}),
        "figures": [_figure(source, name) for name in source.figures],
        "bands": told.get("bands", dict(identities.BANDS)),
        "identities": list(_identities(source, told)),
    }


def write(source: Source, pdf: Path, folder: Path) -> None:
    """Write NAME.json into the folder of labels."""
    path = folder / f"{source.name}.json"
    path.write_text(json.dumps(labels(source, pdf), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _number(printed: str) -> str:
    return printed.rstrip("、") if re.match(r"\d+-", printed) else printed


def _where(told: Mapping[str, Any], pages: list[str]) -> dict[str, Any]:
    return {"page": page_of(told["quote"], pages, told.get("nth", 1)), "quote": told["quote"]}


def _project(told: Mapping[str, Any], pages: list[str]) -> dict[str, Any]:
    for _, _, _, quote in told.get("rates", []):
        if bare(quote) not in "".join(pages):
            raise ValueError(f"not in the PDF: {quote}")
    made: dict[str, Any] = {"name": told["name"], **{key: told.get(key) for key in FIELDS}}
    made["sources"] = [{"label": s["label"], **{key: s.get(key) for key in FIELDS[1:]}} for s in told.get("sources", [])]
    made["rates"] = [dict(zip(("label", "value", "of", "quote"), rate, strict=True)) for rate in told.get("rates", [])]
    made |= {"self_score": told.get("self_score"), "grade": told.get("grade")}
    made |= {key: told[key] for key in ("exec_weight", "exec_score") if key in told}
    return made | ({"total": True} if told.get("total") else {})


def _finding(told: Mapping[str, Any], pages: list[str]) -> dict[str, Any]:
    accept = [told["kind"], *told.get("accept", [])]
    rest = {"claimed": told["claimed"], "expected": told["expected"], "note": told.get("note", ""), "acceptable_kinds": accept}
    return {"kind": told["kind"], "where": _where(told, pages), **rest}


def kind_of(name: str) -> str:
    """The kind of a figure by its name: rate, score, grade, weight, count or amount.

    >>> kind_of("p1.served.rate"), kind_of("p1.executed"), kind_of("p1.staff.target"), kind_of("total.score")
    ('rate', 'amount', 'count', 'total')
    """
    if "total" in name.split(".")[:-1] and name.split(".")[-1] not in KINDS[-4:]:
        return "total"
    found = next((part for part in reversed(name.split(".")) if part in KINDS), "amount")
    return "count" if found in ("people", "target", "actual") else found


def _figure(source: Source, name: str) -> dict[str, Any]:
    unit = re.match(r"\s*(亿元|万元|千元|元|万|[%％])?", source.following(name))
    return {
        "name": name,
        "kind": kind_of(name),
        "written": source.figures[name],
        "unit": (unit[1] if unit else None) or "",
        "quote": source.clause(name),
    }


def _indicators(source: Source) -> Iterator[dict[str, Any]]:
    """The indicator rows of the tables; a target that stands in columns for sign, figure and unit is joined."""
    for block in source.filled:
        for project, row in block.grid.indicators if block.kind == "table" else ():
            sign, unit = row.get("operator", "").replace("定性", ""), row.get("unit", "").removeprefix("/")
            target = row.get("target", "") and sign + row["target"] + unit
            rest = {role: row.get(role) or None for role in ("actual", "weight", "score")}
            yield {"project": project, "l1": row.get("l1"), "l2": row.get("l2"), "name": row["name"], "target": target or None, **rest}


def _identities(source: Source, told: Mapping[str, Any]) -> list[dict[str, Any]]:
    bands = list(told.get("bands", dict(identities.BANDS)).items())
    made = []
    good, bad = [*told["identities"], *_rows(told)], told.get("broken", [])
    for holds, formula in [*((True, f) for f in good), *((False, f) for f in bad)]:
        formula = identities.spelt_out(formula, source.figures)
        if formula in told.get("broken", []) and holds:
            continue
        verdict = identities.verdict(formula, source.figures, bands)
        if (verdict != "broken") is not holds:
            raise ValueError(f"{source.name}: {formula} is {verdict}")
        place = source.clause(identities.names(formula)[-1])
        made.append({"formula": formula, "verdict": verdict, "place": place})
    return made


def _rows(told: Mapping[str, Any]) -> Iterator[str]:
    """What holds in indicator rows: no more points than the weight, nor than the target, missed, leaves of it."""
    for name in told.get("at_least", "").split():
        yield f"{name}.score <= min({name}.weight, {name}.weight * {name}.actual / {name}.target)"
    for name in told.get("at_most", "").split():
        yield f"{name}.score <= min({name}.weight, {name}.weight * {name}.target / {name}.actual)"
    for name in told.get("scored", "").split():
        yield f"{name}.score <= {name}.weight"
