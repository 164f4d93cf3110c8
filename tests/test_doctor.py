"""`extract --doctor` knows what the package declares, and tells what is missing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from extractor.adapters import libreoffice
from extractor.cli import main
from extractor.command import doctor

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def test_it_knows_every_dependency() -> None:
    assert list(doctor.CORE) == PROJECT["dependencies"]


def test_it_knows_every_extra() -> None:
    assert {name: list(packages) for name, packages in doctor.EXTRAS.items()} == {
        name: packages for name, packages in EXTRAS.items() if name not in ("all", "test", "dev")
    }
    assert doctor.USES.keys() == doctor.COSTS.keys() == {"core", *doctor.EXTRAS}


def test_all_is_the_union() -> None:
    assert EXTRAS["all"] == [f"jixiao-extractor[{','.join(doctor.EXTRAS)}]"]


def test_what_is_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--doctor", "--lang", "en", "--cache-dir", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert f"Python {sys.version.split()[0]}" in told
    assert "pypdfium2" in told
    assert "(nothing in it yet)" in " ".join(told.split())


def test_what_is_missing_costs_and_is_installed_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name in ("rapidocr", "duckdb") else importlib.util.find_spec(name))
    monkeypatch.setattr(doctor, "installed", lambda: None)
    assert main(["--doctor"]) == 0
    told = capsys.readouterr().out
    assert f'"{sys.executable}" -m pip install "rapidocr>=3.10,<4"\n' in told
    assert f'"{sys.executable}" -m pip install "duckdb>=1.1"\n' in told
    assert "缺 duckdb；不能输出 parquet、duckdb" in told.replace("\n                ", "")
    assert "needs_libreoffice" in told.replace("\n                ", "")


def test_without_the_core_it_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "lxml" else importlib.util.find_spec(name))
    assert main(["--doctor", "--lang", "en"]) == 1
    assert '-m pip install "lxml>=5"' in capsys.readouterr().out


def test_nothing_is_imported_for_it() -> None:
    heavy = ("pdfplumber", "pypdfium2", "pikepdf", "lxml", "onnxruntime", "rapidocr", "pyarrow", "duckdb", "jieba", "cv2")
    program = (
        "import sys; from extractor.cli import main; code = main(['--doctor']); "
        f"print(code, *(name for name in {heavy} if name in sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT, encoding="utf-8")
    assert run.stderr.split() == ["0"]


@pytest.mark.parametrize(("library", "parts"), [("libswlo.so", {"writer"}), ("sclo.dll", {"calc"}), ("libmergedlo.so", None)])
def test_libreoffice_is_told_by_its_files(library: str, parts: set[str] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / library).touch()
    (tmp_path / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 24.2\n", encoding="utf-8")
    monkeypatch.setattr(libreoffice, "office", lambda: str(tmp_path / "soffice"))
    assert libreoffice.installed() == libreoffice.Office(str(tmp_path / "soffice"), "24.2", frozenset(parts) if parts else None)


@pytest.mark.parametrize(("absent", "command"), [("calc", "libreoffice-calc"), ("writer", "libreoffice-writer")])
def test_a_part_of_libreoffice_may_be_missing(
    absent: str, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    parts = frozenset({"writer", "calc"} - {absent})
    monkeypatch.setattr(doctor, "installed", lambda: libreoffice.Office("/opt/soffice", "24.2", parts))
    assert main(["--doctor"]) == 0
    assert f"apt install {command}\n" in capsys.readouterr().out
