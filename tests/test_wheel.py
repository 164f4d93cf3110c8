"""The wheel: nothing top-level but the package, and it works where nothing of the repository is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = """青川区水务站2019年度项目绩效自评报告

一、项目基本情况
1.项目名称 河堤养护经费
年初预算20万元，实际使用19.87万元，预算执行率99.67%。
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("extractor", "patterns"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), "."]
    subprocess.run(build, cwd=source, check=True)
    (made,) = folder.glob("*.whl")
    return made


def names_of(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.mark.slow
def test_nothing_top_level_but_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names_of(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"extractor"}


@pytest.mark.slow
def test_every_module_and_pattern_is_in_it(wheel: Path) -> None:
    inside = set(names_of(wheel))
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "extractor").rglob("*.py")}
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "extractor").rglob("*.toml")}
    data |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "extractor").rglob("templates/*")}
    packs = {f"extractor/patterns/{path.name}" for path in (ROOT / "patterns").glob("*.toml")}
    assert (modules | data | packs | {"extractor/patterns/__init__.py", "extractor/py.typed"}) - inside == set()


@pytest.mark.slow
def test_it_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(ROOT / "constraints.txt"), str(wheel)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([scripts / "python", *install], check=True, env=clean)
    report = tmp_path / "elsewhere" / "报告.txt"
    report.parent.mkdir()
    report.write_text(TEXT, encoding="utf-8")
    run = subprocess.run([scripts / "extract", "报告.txt", "--json", "-q"], cwd=report.parent, env=clean, capture_output=True)
    printed = json.loads(run.stdout)
    assert [f["check"] for f in printed["reports"][0]["findings"] if f["severity"] == "error"] == ["rate-execution-recompute"]
    assert (run.returncode, run.stderr) == (1, b"")
