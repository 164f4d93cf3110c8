"""Parquet and DuckDB: whole, exact, joined by keys that hold, ours until somebody changes them."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from extractor.check import CHECKS
from extractor.cli import main
from extractor.command.shelf import FileShelf, Rack
from extractor.model.report import Decision, Operand, Report, Summary
from extractor.present import as_duckdb, as_parquet, shared_rows
from extractor.present.data_rows import exact
from extractor.present.data_tables import TABLES
from extractor.present.failed import failed
from extractor.present.files import is_ours
from extractor.present.sink import Job

ROOT = Path(__file__).parents[2]
SOME = sorted(str(path) for path in (ROOT / "corpus").glob("form-*.pdf"))[:4]


def database(reports: list[Report], folder: Path) -> Path:
    rack = Rack([], False)
    with rack.stack:
        made = as_duckdb.sink(Job("1", checks=CHECKS), FileShelf(rack, folder / "report.duckdb", folder))
        for report in reports:
            made.add(report)
        made.end(Summary())
    assert [path.name for path in folder.iterdir()] == ["report.duckdb"]
    return folder / "report.duckdb"


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as base:
        return list(base.execute(query).fetchall())


def tables(reports: list[Report], folder: Path) -> Path:
    rack = Rack([], False)
    with rack.stack:
        made = as_parquet.sink(Job("1", checks=CHECKS), FileShelf(rack, None, folder))
        for report in reports:
            made.add(report)
        made.end(Summary())
    return folder / "tables"


def test_a_report_as_tables(made: Report, tmp_path: Path) -> None:
    path = database([failed(Path("锁.pdf"), "encrypted", "文件加了密码", "zh"), made], tmp_path)
    assert asked(path, "SELECT document_id, path, status, error_code, unit FROM documents ORDER BY 1") == [
        (1, "锁.pdf", "failed", "encrypted", None),
        (2, "corpus/青川.pdf", "ok", None, "青川区水务站"),
    ]
    assert asked(path, "SELECT name, budget, executed, arrived, self_score, grade, is_total FROM projects") == [
        ("河堤养护经费", Decimal(200000), Decimal(198700), None, Decimal(95), "优", False)
    ]
    assert asked(path, "SELECT source, measure, value, written FROM amounts ORDER BY amount_id") == [
        (None, "budget", Decimal(200000), "20万元"),
        (None, "executed", Decimal(198700), "19.87万元"),
        ("区级", "budget", Decimal(200000), "20万元"),
    ]
    assert asked(path, "SELECT of, value, interim FROM rates") == [("executed/budget", Decimal("99.67"), False)]
    assert asked(path, "SELECT name, target, actual, weight FROM indicators") == [("巡查次数", None, "50场", None)]
    assert asked(path, "SELECT c.verdict, c.reason, p.name FROM claims c LEFT JOIN projects p USING (project_id) ORDER BY claim_id") == [
        ("inconsistent", None, "河堤养护经费"),
        ("consistent", None, "河堤养护经费"),
        ("not_checkable", "no_executed", None),
    ]
    joined = "findings f JOIN finding_claims USING (finding_id) JOIN claims c USING (claim_id) JOIN checks k ON k.check_name = f.check_name"
    assert asked(path, f"SELECT f.id, c.id, k.family FROM {joined}") == [("f1", "c1", "rates")]
    assert asked(path, "SELECT role, value, value_text, unit, f.id FROM operands LEFT JOIN findings f USING (finding_id)") == [
        ("executed", Decimal(198700), "198700", "元", None),
        ("executed", Decimal(198700), "198700", "元", "f1"),
    ]
    assert asked(path, "SELECT page, quote, boxes[1].top FROM evidence JOIN findings USING (finding_id) ORDER BY finding_id LIMIT 1") == [
        (3, "年初预算20万元，实际使用19.87万元，完成率99.67%。", 200.0)
    ]


def test_both_forms_hold_the_same_rows(made: Report, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    path, folder = database([made, made], tmp_path / "a"), tables([made, made], tmp_path / "b")
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{table.name}.parquet" for table in TABLES)
    for table in TABLES:
        rows = asked(path, f'SELECT * FROM "{table.name}"')
        assert rows == asked(path, f"SELECT * FROM read_parquet('{folder / table.name}.parquet')"), table.name
        assert [tuple(row.values()) for row in parquet.read_table(folder / f"{table.name}.parquet").to_pylist()] == rows


def test_the_database_has_its_keys_and_comments(made: Report, tmp_path: Path) -> None:
    path = database([made], tmp_path)
    kinds = "SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL"
    declared = [column for table in TABLES for column in table.columns if column.refers_to]
    counts = dict(asked(path, kinds))
    assert counts["FOREIGN KEY"] == len(declared) == 25
    assert counts["PRIMARY KEY"] == len(TABLES) - 1
    assert asked(path, "SELECT comment FROM duckdb_columns() WHERE table_name = 'projects' AND column_name = 'budget'") == [
        ("全年（调整后）预算数，元",)
    ]
    assert asked(path, "SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal") == [(0,)]


def test_decisions_stand_beside_their_findings(made: Report, tmp_path: Path) -> None:
    decision = Decision(verdict="false_alarm", reviewer="王芳", date="2026-03-01", reason="口径不同")
    finding = made.findings[0].model_copy(update={"decision": decision})
    path = database([made.model_copy(update={"findings": (finding,)})], tmp_path)
    row = asked(
        path, "SELECT is_suppressed, decision_verdict, decision_reviewer, decision_date, decision_reason, proposal_verdict FROM findings"
    )
    assert row == [(True, "false_alarm", "王芳", "2026-03-01", "口径不同", None)]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "优", "", "1" * 33, "0.1234567"])
def test_what_no_column_holds_exactly_stays_text(made: Report, tmp_path: Path, value: str) -> None:
    assert exact(value) is None
    operand = Operand(role="part", value=value, unit="元", evidence=())
    finding = made.findings[0].model_copy(update={"operands": (operand,)})
    path = database([made.model_copy(update={"claims": (), "findings": (finding,)})], tmp_path)
    assert asked(path, "SELECT value, value_text FROM operands") == [(None, value)]


@pytest.mark.parametrize("value", ["0.1", "-3.000001", "12345678901234567890123456789012.123456", "198700"])
def test_numbers_are_exact(made: Report, tmp_path: Path, value: str) -> None:
    operand = Operand(role="part", value=value, unit="元", evidence=())
    finding = made.findings[0].model_copy(update={"operands": (operand,)})
    path = database([made.model_copy(update={"claims": (), "findings": (finding,)})], tmp_path)
    assert asked(path, "SELECT value FROM operands") == [(Decimal(value),)]


def test_hostile_text_stays_text(made: Report, tmp_path: Path) -> None:
    evil = "'); DROP TABLE findings; --\x00\x1b\u202e" + "长" * 100_000
    finding = made.findings[0].model_copy(update={"message": evil, "check": "own'check", "project": "\ud800"})
    path = database([made.model_copy(update={"findings": (finding,), "unit": evil})], tmp_path)
    assert asked(path, "SELECT message, check_name, project FROM findings") == [(evil, "own'check", "?")]


def test_a_database_is_ours_until_it_is_changed(made: Report, tmp_path: Path) -> None:
    path = database([made], tmp_path)
    assert is_ours(path)
    with duckdb.connect(str(path), read_only=True) as base:
        base.execute("SELECT count(*) FROM findings").fetchall()
    assert is_ours(path)
    with duckdb.connect(str(path)) as base:
        base.execute("UPDATE findings SET decision_reason = '已核实'")
    assert not is_ours(path)


def test_both_together_hold_what_each_holds_alone(made: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_rows, "HELD", 10)
    (tmp_path / "alone").mkdir()
    alone = tables([made, made, made], tmp_path / "alone")
    rack, job = Rack([], False), Job("1", checks=CHECKS)
    with rack.stack:
        sinks = (
            as_parquet.sink(job, FileShelf(rack, None, tmp_path)),
            as_duckdb.sink(job, FileShelf(rack, tmp_path / "report.duckdb", tmp_path)),
        )
        for _ in range(3):
            for each in sinks:
                each.add(made)
        for each in sinks:
            each.end(Summary())
    for table in TABLES:
        name = f"{table.name}.parquet"
        assert (tmp_path / "tables" / name).read_bytes() == (alone / name).read_bytes()
        rows = parquet.read_table(alone / name).num_rows
        assert asked(tmp_path / "report.duckdb", f'SELECT count(*) FROM "{table.name}"') == [(rows,)]
    assert len(asked(tmp_path / "report.duckdb", "SELECT * FROM findings")) == 6


def test_a_database_of_one_report_is_small(made: Report, tmp_path: Path) -> None:
    assert database([made], tmp_path).stat().st_size < 2 << 20


def test_parquet_is_ours_until_it_is_saved_anew(made: Report, tmp_path: Path) -> None:
    path = tables([made], tmp_path) / "findings.parquet"
    assert is_ours(path)
    parquet.write_table(parquet.read_table(path), path)
    assert not is_ours(path)


@pytest.mark.parametrize("name", ["parquet", "duckdb"])
def test_what_is_not_installed_is_said_before_any_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("extractor.command.outputs.find_spec", lambda package: None if package == "pyarrow" else object())
    assert main([str(tmp_path), "--format", name, "-o", str(tmp_path / "out"), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert told == f'error: format {name} needs pyarrow: "{sys.executable}" -m pip install pyarrow\n'
    assert not (tmp_path / "out").exists()


def test_json_imports_no_data_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("年初预算20万元，实际使用19.87万元，预算执行率99.67%。", encoding="utf-8")
    program = (
        "import sys; from extractor.cli import main; main(sys.argv[1:]); print({'pyarrow', 'duckdb'} & set(sys.modules), file=sys.stderr)"
    )
    arguments = [str(tmp_path / "a.txt"), "--json", "-q", "--no-cache"]
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True, cwd=ROOT, text=True)
    assert run.stderr.strip() == "set()"


def test_parquet_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    for jobs in ("0", "2"):
        arguments = [*SOME, "--format", "parquet", "-q", "-o", str(tmp_path / jobs), "--fail-on", "never", "--jobs", jobs]
        assert main(arguments) == 0
    for table in TABLES:
        one, other = ((tmp_path / jobs / "tables" / f"{table.name}.parquet").read_bytes() for jobs in ("0", "2"))
        assert one == other, table.name
