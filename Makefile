.DEFAULT_GOAL := help
.PHONY: help api-diff update-schema benchmark setup demo generate check lint types test-only test format build lock clean

PYTHON ?= python3
BASE ?= main
VENV := .venv
BIN := $(VENV)/bin
# Nothing of the caller's environment should reach the tools: not another project's modules, not its site settings.
export PYTHONPATH :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/generate.stamp: requirements/generate.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; set PYTHON=")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the packages of requirements/generate.txt into $(VENV)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/generate.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/generate.stamp
	@echo "installing the packages of requirements/dev.txt into $(VENV)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# The comparison of schemas and the linter of workflows are Node programs. Without them the rest works all the same.
$(VENV)/node.stamp: scripts/node/package-lock.json $(VENV)/dev.stamp
	@echo "installing the packages of scripts/node/package-lock.json" >&2
	@$(BIN)/python scripts/node_tools.py && touch $@ || echo "warning: reports will lack the part of the Node tools" >&2

setup: $(VENV)/dev.stamp $(VENV)/node.stamp ## Install all that the targets need into .venv

demo: $(VENV)/generate.stamp ## Regenerate, then hold a conversation (with the service if BASETEN_API_KEY is set)
	@$(BIN)/python scripts/generate.py
	@PYTHONPATH=. $(BIN)/python examples/quickstart.py

generate: $(VENV)/generate.stamp ## Rewrite baseten_messages_client/_generated from the schema and its overlay
	@$(BIN)/python scripts/generate.py
	@$(BIN)/python scripts/surface.py

check: $(VENV)/generate.stamp ## Fail, naming the files, when the generated code is stale
	@$(BIN)/python scripts/generate.py --check
	@$(BIN)/python scripts/surface.py --check

update-schema: $(VENV)/node.stamp ## Take over the published schema and report what it changes (SCHEMA= an address or a file)
	@$(BIN)/python scripts/update_schema.py --schema '$(SCHEMA)'

api-diff: $(VENV)/node.stamp ## Report what changed for callers since BASE= a git revision (FAIL_ON=breaking to fail then)
	@$(BIN)/python scripts/api_diff.py --base '$(BASE)' --fail-on '$(FAIL_ON)'

lint: $(VENV)/dev.stamp ## Lint, and check the format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp ## Check the types with mypy and pyright
	@$(BIN)/mypy
	@$(BIN)/pyright

test-only: $(VENV)/dev.stamp $(VENV)/node.stamp ## Run the tests alone, with the coverage of the hand-written code
	@$(BIN)/python -m pytest -n auto --ignore tests/schema_changes --cov --cov-report=term --cov-fail-under=98
	@$(BIN)/python -m pytest -n auto tests/schema_changes  # Apart, since it runs generators, which are not to be measured.

test: lint types check test-only ## Run every check of the project

$(VENV)-benchmark/stamp: requirements/benchmarks.txt
	@test -x $(VENV)-benchmark/bin/python || $(PYTHON) -m venv $(VENV)-benchmark
	@$(VENV)-benchmark/bin/python -m pip install --quiet --require-hashes -r requirements/benchmarks.txt
	@touch $@

benchmark: $(VENV)-benchmark/stamp ## Measure streaming against anthropic and a bare loop, and the import time
	@PYTHONPATH=. $(VENV)-benchmark/bin/python benchmarks/import_time.py
	@PYTHONPATH=. $(VENV)-benchmark/bin/python benchmarks/streaming.py

format: $(VENV)/dev.stamp ## Mend what can be mended automatically
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

build: $(VENV)/dev.stamp ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m build --no-isolation

lock: ## Renew the pins and hashes of requirements/*.txt (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -o requirements/generate.txt requirements/generate.in
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements/generate.txt -o requirements/dev.txt requirements/dev.in

clean: ## Remove what the targets made, .venv included
	@rm -rf $(VENV) $(VENV)-benchmark .generate-* .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
