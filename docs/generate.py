"""Writes the pages that are made from code: docs/checks.md, docs/data.md, docs/report.schema.json. `make docs` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.check import CHECKS
from extractor.command.about import schema
from extractor.model.findings import CheckRecord
from extractor.model.tables import Table
from extractor.present.data_tables import TABLES
from extractor.present.words import SEVERITIES

HERE = Path(__file__).parent

HEAD = """\
# 检查一览

本页由 `make docs` 从代码生成，请勿手改。`extract --explain 名称` 在终端显示同样的内容。

程度是该项检查最重的程度；读取存疑（跨页、无表头、两种读法、文字识别）时错误降为警告。
"""

DATA = """\
# 数据表 · Data tables

本页由 `make docs` 从代码生成，请勿手改。Made from the code by `make docs`. Queries with their results: [queries.md](queries.md).

`--format parquet -o DIR` 写 `DIR/tables/*.parquet`；`--format duckdb -o DIR` 写 `DIR/report.duckdb`。
两者内容相同，DuckDB 另有主键、外键和各列的中文（或英文）注释。
Both hold the same rows; the database has primary and foreign keys, and a comment on every table and column.

- 数值是精确的十进制数（38 位，其中小数 6 位），不经二进制小数；放不下的为空，原文在旁边的 `written` 或 `value_text`。
  Numbers are exact decimals of 38 digits, 6 behind the point; what does not fit is null, and stands beside as text.
- 编号列（`document_id` 等）只在一次输出中有效；跨次、跨年用 `findings.id`、`claims.id` 与 `findings.series`。
  The numbers that join tables hold within one output; `id` and `series` hold over runs and years.
- 金额以元计，百分比 80% 记作 80。Amounts are in yuan, 80% is 80.
- 输入相同，Parquet 文件逐字节相同；DuckDB 的各表相同而文件不同，因为 DuckDB 给每个新库一个随机编号。
  The same input gives the same bytes in Parquet; in DuckDB the same rows, but another file: it draws a random identifier for each.
- 章节标题只在 JSON 中。Sections are in the JSON alone.
"""


def checks_page() -> str:
    """All checks by family: a table of contents, then each check's own documentation."""
    families = dict.fromkeys(record.family for record in CHECKS)
    parts = [HEAD, "| 名称 | 检查 | English | 程度 |\n|---|---|---|---|"]
    parts[-1] += "".join(f"\n| [{r.name}](#{r.name}) | {r.title_zh} | {r.title_en} | {SEVERITIES[r.severity.label][0]} |" for r in CHECKS)
    for family in families:
        parts.append(f"## {family}")
        parts += [section(record) for record in CHECKS if record.family == family]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def section(record: CheckRecord) -> str:
    """One check under a heading that is its name."""
    head = f"### {record.name}\n\n**{record.title_zh}** · {record.title_en} · {SEVERITIES[record.severity.label][0]}"
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


def data_page() -> str:
    """The tables of the data outputs, column by column, behind what is said of all of them in docs/queries.md."""
    return "\n\n".join([DATA.strip(), *map(table_section, TABLES)]) + "\n"


def table_section(table: Table) -> str:
    rows = ["| Column | Type | Key | 中文 | English |\n|---|---|---|---|---|"]
    for column in table.columns:
        key = f"→ [{column.refers_to}](#{column.refers_to})" if column.refers_to else "key" if column.name == table.key else ""
        kind = column.kind.value + ("" if column.is_nullable else ", not null")
        rows.append(f"| `{column.name}` | {kind} | {key} | {column.zh} | {column.en} |")
    return f"## {table.name}\n\n{table.zh} · {table.en}\n\n" + "\n".join(rows)


PAGES = {"checks.md": checks_page, "data.md": data_page, "report.schema.json": schema_page}


def main() -> None:
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
