# make run [PAGE=path]   the main job on the bundled page or on yours, results in out/
# make test              lint, types, import layers, tests
# make test-slow         browser, office, load and long property tests (need chromium, LibreOffice, poppler-utils)
# make test-wheel        builds the wheel and runs it from an empty environment
# make quality           the quality gate: figures against pinned floors
# make bench-...         figures and speed of one stage beside baselines: segmenter, layouts, summaries, compare, pdf, service

PYTHON ?= python3
VENV ?= .venv
PAGE ?=
OUT ?= out
TORCH_VERSION = 2.13.0
# an index that holds the CPU build of torch; empty: the default index
TORCH_INDEX ?=
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check -q
TORCH = $(PIP) install $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==$(TORCH_VERSION)

.PHONY: run test lint types layers unit test-slow test-wheel quality bench-segmenter bench-layouts bench-summaries bench-compare bench-pdf bench-service clean
.DEFAULT_GOAL := run

run: $(VENV)/.run
	$(VENV)/bin/duizhao demo $(if $(PAGE),"$(PAGE)") --out "$(OUT)"

test: lint types layers unit

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

types: $(VENV)/.dev
	$(VENV)/bin/mypy

layers: $(VENV)/.dev
	$(VENV)/bin/lint-imports

unit: $(VENV)/.dev
	$(VENV)/bin/python -m pytest -n 2 --dist worksteal -m "not wheel and not slow"

test-slow: $(VENV)/.dev
	$(VENV)/bin/python -m pytest -m slow

test-wheel: $(VENV)/.dev
	$(VENV)/bin/python -m pytest -m wheel

quality: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/gate.py

bench-segmenter: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/bench_segmenter.py

bench-layouts: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/bench_layouts.py

bench-summaries: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/bench_summaries.py
	$(VENV)/bin/python tests/quality/paired_summaries.py
	$(VENV)/bin/python tests/quality/bench_summary_speed.py

bench-compare: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/bench_compare.py

bench-pdf: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/bench_pdf.py

bench-service: $(VENV)/.dev
	$(VENV)/bin/python tests/quality/bench_digest.py
	$(VENV)/bin/python tests/quality/bench_service_http.py

clean:
	rm -rf $(VENV) out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "duizhao needs Python 3.11 or newer; set PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

# torch comes first: asked for later, it would bring a build with several GB of GPU libraries
$(VENV)/.run: pyproject.toml $(VENV)/.python
	$(TORCH)
	$(PIP) install -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.python
	$(TORCH)
	$(PIP) install -e ".[dev]"
	@touch $@ $(VENV)/.run
