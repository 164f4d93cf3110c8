# make demo: the corpus, checked; make test: all tests; make check: style, types and tests; make bench: how fast, and how
# many planted faults are found.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT := outputs

.PHONY: demo test check lint types bench docs clean

demo: $(READY)
	@$(BIN)/extract corpus/ --json -o $(OUT)/report.json; code=$$?; \
	if [ $$code -gt 1 ]; then exit $$code; fi

test: $(READY)
	$(BIN)/python -m pytest

check: lint types test

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m benchmarks

docs: $(READY)
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/picture.py

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) build dist *.egg-info
