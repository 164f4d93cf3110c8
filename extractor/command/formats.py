"""The formats of the result as data: the file of each, and the module that writes it, which is imported on demand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """`file` is its name in a folder; `module` has `sink(job, shelf)`.

    What is not `on_stdout` needs -o. A format that `fills_folder` writes many files, so -o names their folder.
    `needs` are optional packages. `gloss` explains names that are
    not clear by themselves, as (Chinese, English).
    """

    file: str
    module: str
    gloss: tuple[str, str] | None = None
    on_stdout: bool = True
    fills_folder: bool = False
    needs: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    "table": Format("findings.txt", "extractor.present.terminal", ("默认，表格", "default")),
    "json": Format("report.json", "extractor.present.as_json"),
    "jsonl": Format("report.jsonl", "extractor.present.as_jsonl"),
    "csv": Format("findings.csv", "extractor.present.as_csv"),
    "pdf": Format("marked", "extractor.present.markup", ("标注件", "marked-up copies"), on_stdout=False, fills_folder=True),
    "xlsx": Format("workpaper.xlsx", "extractor.present.workpaper", ("底稿", "working paper"), on_stdout=False),
    "html": Format("findings.html", "extractor.present.as_html", ("网页", "one page"), on_stdout=False),
    "parquet": Format("tables", "extractor.present.as_parquet", ("数据表", "tables"), False, fills_folder=True, needs=("pyarrow",)),
    "duckdb": Format("report.duckdb", "extractor.present.as_duckdb", ("数据库", "database"), False, needs=("pyarrow", "duckdb")),
    "sarif": Format("report.sarif", "extractor.present.as_sarif"),
}


def listed() -> tuple[str, str]:
    """The names of all formats with their glosses, in Chinese and in English."""
    told = [(name, each.gloss) for name, each in FORMATS.items()]
    return (
        "、".join(name + (f"（{gloss[0]}）" if gloss else "") for name, gloss in told),
        ", ".join(name + (f" ({gloss[1]})" if gloss else "") for name, gloss in told),
    )
