# `make demo` and `make test` set themselves up; both need only Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install demo test check bench assets lock docs clean help

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.core ## Make .venv with the `tocsin` command

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements/install.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/install.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

demo: $(VENV)/.core ## Run the main job on samples/ in .demo/
	@sh scripts/demo.sh $(BIN)/tocsin

check: $(VENV)/.dev ## Lint, types, quick tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not slow and not browser and not postgres"

test: $(VENV)/.dev ## Lint, types, all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -rs

bench: $(VENV)/.dev ## Measure on ../shared/bench and write docs/benchmarks.md
	$(BIN)/python -m benchmarks.figures

assets: $(VENV)/.core ## Renew the desk's scripts and base map (needs npm)
	$(BIN)/python -m assets.build

lock: $(VENV)/.dev ## Renew the lock files from pyproject.toml
	sh requirements/lock.sh $(BIN)/uv

docs: $(VENV)/.dev ## Renew the generated pages
	$(BIN)/python docs/generate.py

clean: ## Remove what the targets made
	rm -rf $(VENV) .demo .mypy_cache .ruff_cache .pytest_cache
