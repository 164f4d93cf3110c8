"""Writes the pages that are made from code: docs/checks.md and docs/report.schema.json. `make docs` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.about import schema
from extractor.check import CHECKS
from extractor.model.findings import CheckRecord
from extractor.present.contract import SEVERITIES
from extractor.present.words import SEVERITIES as LABELS

HERE = Path(__file__).parent

HEAD = """\
# 检查一览

本页由 `make docs` 从代码生成，请勿手改。`extract --explain 名称` 在终端显示同样的内容。

程度是该项检查最重的程度；读取存疑（跨页、无表头、两种读法、文字识别）时错误降为警告。
"""


def checks_page() -> str:
    """All checks by family: a table of contents, then each check's own documentation."""
    families = dict.fromkeys(record.family for record in CHECKS)
    parts = [HEAD, "| 名称 | 检查 | English | 程度 |\n|---|---|---|---|"]
    parts[-1] += "".join(f"\n| [{r.name}](#{r.name}) | {r.title_zh} | {r.title_en} | {LABELS[SEVERITIES[r.severity]][0]} |" for r in CHECKS)
    for family in families:
        parts.append(f"## {family}")
        parts += [section(record) for record in CHECKS if record.family == family]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def section(record: CheckRecord) -> str:
    """One check under a heading that is its name."""
    head = f"### {record.name}\n\n**{record.title_zh}** · {record.title_en} · {LABELS[SEVERITIES[record.severity]][0]}"
    return "\n\n".join([head, *paragraphs(record.documentation)])


def paragraphs(documentation: str) -> Iterator[str]:
    """The lines of a docstring as Markdown: each heading (核什么：) in bold, on a paragraph of its own."""
    current: list[str] = []
    for line in documentation.splitlines():
        heading, colon, rest = line.partition("：")
        if colon and 0 < len(heading) <= 6 and not heading.startswith(" "):
            if current:
                yield "".join(current)
            current = [f"**{heading}**：{rest}"]
        else:
            current.append(line.strip())
    if current:
        yield "".join(current)


def schema_page() -> str:
    return schema() + "\n"


PAGES = {"checks.md": checks_page, "report.schema.json": schema_page}


def main() -> None:
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
