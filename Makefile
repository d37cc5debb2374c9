# Tukiväylä: two commands do all the set-up: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLES ?= samples
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help install run demo test check format bench accuracy reset docs lock clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

install: $(STAMP) ## Prepare .venv (run and test do it by themselves)

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else f"Tukiväylä needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is {sys.version.split()[0]}. Install one and run: make PYTHON=python3.11 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3 has no venv module here. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Preparing $(VENV) (once, and again when the lock changes)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: $(STAMP) ## Start everything here, http://127.0.0.1:8000, with demo data (PORT=8010 for another port)
	@exec $(BIN)/tukivayla serve

demo: $(STAMP) ## One whole case over HTTP, narrated step by step, ending with the auditor's trace
	@exec $(BIN)/python -m tukivayla.demo.case

test: $(STAMP) ## Every test that can run here
	@exec $(BIN)/python -m tukivayla.testing

check: $(STAMP) ## Lint, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## Put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## Ratios against the raw limit, measured in the same run (under five minutes)
	@exec $(BIN)/python -m tukivayla.bench

accuracy: $(STAMP) ## How well invoices are read: make accuracy SAMPLES=DIR
	@exec $(BIN)/python -m tukivayla.accuracy $(SAMPLES)

docs: $(STAMP) ## Write docs/api/*.json and docs/states.* anew from the code
	$(BIN)/python -m services.gateway.openapi > docs/api/openapi.json
	$(BIN)/python -m services.gateway.asyncapi > docs/api/asyncapi.json
	$(BIN)/python -m tukivayla.states

reset: ## Throw away the embedded data (var/)
	@if [ -x $(BIN)/tukivayla ]; then $(BIN)/tukivayla reset; else rm -rf var; fi

lock: $(STAMP) ## Resolve the dependencies anew into the two lock files
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml --output-file requirements-dev.lock

clean: ## Remove what was built, data included
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
