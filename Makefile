.DEFAULT_GOAL := help
.PHONY: help api-diff update-schema benchmark soak setup demo generate check lint types types-all test-only test test-foreign test-all mutants format build lock clean

PYTHON ?= python3
BASE ?= main
VENV := .venv
BIN := $(VENV)/bin
# The tools must not see the caller's environment, such as the modules of another project.
export PYTHONPATH :=

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Each step prints one line: what it installed, and how long it took. The output of pip and npm is shown only if they
# fail.
$(VENV)/generate.stamp: requirements/generate.txt pyproject.toml
	@$(PYTHON) scripts/install.py packages requirements/generate.txt $(VENV)
	@$(PYTHON) scripts/install.py project $(VENV)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/generate.stamp
	@$(PYTHON) scripts/install.py packages requirements/dev.txt $(VENV)
	@touch $@

# The comparison of schemas and the linter of workflows are Node programs. Everything else works without them.
$(VENV)/node.stamp: scripts/node/package-lock.json $(VENV)/dev.stamp
	@$(BIN)/python scripts/install.py node scripts/node && touch $@ || echo "warning: reports will be incomplete, because the Node tools are missing" >&2

setup: $(VENV)/dev.stamp $(VENV)/node.stamp ## Install what the targets need into .venv

demo: $(VENV)/generate.stamp ## Regenerate the code, then run the quickstart (against the service if BASETEN_API_KEY is set)
	@$(BIN)/python scripts/generate.py
	@$(BIN)/python examples/quickstart.py

generate: $(VENV)/generate.stamp ## Rewrite baseten_messages_client/_generated from the schema and its overlay
	@$(BIN)/python scripts/generate.py
	@$(BIN)/python scripts/surface.py

check: $(VENV)/generate.stamp ## Name the generated files that are stale, and fail if there are any
	@$(BIN)/python scripts/generate.py --check
	@$(BIN)/python scripts/surface.py --check

update-schema: $(VENV)/node.stamp ## Take over the published schema and report what changes (SCHEMA=address or file)
	@$(BIN)/python scripts/update_schema.py --schema '$(SCHEMA)' $(if $(TRACEBACK),--traceback)

api-diff: $(VENV)/node.stamp ## Report what changed for callers since a revision (BASE=main, FAIL_ON=breaking, FORMAT=json, HTML=file)
	@$(BIN)/python scripts/api_diff.py --base '$(BASE)' --fail-on '$(FAIL_ON)' --format '$(FORMAT)' --html '$(HTML)' --markdown '$(MARKDOWN)'

lint: $(VENV)/dev.stamp ## Check the style, the format, the floors of the package and the language
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/python scripts/check_prose.py

types: $(VENV)/dev.stamp ## Check the types with mypy and pyright
	@$(BIN)/mypy
	@$(BIN)/pyright

$(VENV)-types/stamp: requirements/types-all.txt $(VENV)/dev.stamp
	@$(PYTHON) scripts/install.py packages requirements/types-all.txt $(VENV)-types
	@$(BIN)/python scripts/check_lock.py requirements/types-all.txt $(VENV)-types
	@touch $@

types-all: $(VENV)-types/stamp ## Report what ty, pyrefly and basedpyright find in tests/typing
	@$(BIN)/python scripts/types_all.py $(VENV)-types

# These tests run without coverage, which would slow down what they repeat and would find hardly any more lines.
REPEATED := arbitrary_answers bounded_answers bounded_threads cancellation matrix model_output soak
APART := tests/scripts tests/schema_changes tests/typing $(REPEATED:%=tests/faults/test_%.py)

test-only: $(VENV)/dev.stamp $(VENV)/node.stamp ## Run only the tests, with the coverage of the hand-written code
	@$(BIN)/python -m pytest -n auto -m 'not slow' $(APART:%=--ignore %) --cov --cov-report=term --cov-fail-under=98
	@$(BIN)/python -m pytest -n auto --dist worksteal -m 'not slow' $(APART)

test: lint types check test-only ## Run the checks of the project

# Holds for the tests of `test` too, because that is a prerequisite.
test-all: export ALL_TYPES := 1
test-all: test ## Run the checks of the project and the slow tests, such as the whole corpus of schema changes
	@$(BIN)/python -m pytest -n auto --dist worksteal -m slow

$(VENV)-foreign/stamp: requirements/foreign.txt $(VENV)/generate.stamp
	@$(PYTHON) scripts/install.py packages requirements/foreign.txt $(VENV)-foreign
	@$(BIN)/python scripts/check_lock.py requirements/foreign.txt $(VENV)-foreign
	@touch $@

# The environment brings Node itself, which runs the packages for JavaScript.
$(VENV)-foreign/node.stamp: tests/foreign/node/package-lock.json $(VENV)-foreign/stamp
	@$(VENV)-foreign/bin/python scripts/install.py node tests/foreign/node
	@touch $@

# The packages of other people have their own environment, since they agree neither with our tools nor with their newest
# releases.
test-foreign: $(VENV)-foreign/stamp $(VENV)-foreign/node.stamp ## Test with the packages of others: the official SDKs, LiteLLM, LangChain and more
	@$(VENV)-foreign/bin/python -m pytest -n auto tests/foreign tests/porting

$(VENV)-benchmark/stamp: requirements/benchmarks.txt $(VENV)/generate.stamp
	@$(PYTHON) scripts/install.py packages requirements/benchmarks.txt $(VENV)-benchmark
	@$(BIN)/python scripts/check_lock.py requirements/benchmarks.txt $(VENV)-benchmark
	@touch $@

benchmark: $(VENV)-benchmark/stamp ## Measure streaming against anthropic and a bare loop, and the import time
	@PYTHONPATH=. $(VENV)-benchmark/bin/python benchmarks/import_time.py
	@PYTHONPATH=. $(VENV)-benchmark/bin/python benchmarks/streaming.py

soak: $(VENV)/dev.stamp ## Attack shared clients with random faults and cancellations (SOAK=seconds, SEED=any)
	@$(BIN)/python -m tests.faults.soak --seconds '$(or $(SOAK),300)' $(if $(SEED),--seed '$(SEED)')

$(VENV)-mutants/stamp: requirements/mutants.txt $(VENV)/generate.stamp
	@$(PYTHON) scripts/install.py packages requirements/mutants.txt $(VENV)-mutants
	@$(BIN)/python scripts/check_lock.py requirements/mutants.txt $(VENV)-mutants
	@touch $@

mutants: $(VENV)-mutants/stamp ## Change the code in many small ways, and count what the tests notice (GROUP=decoder)
	@$(VENV)-mutants/bin/python scripts/mutants.py --group '$(GROUP)'

format: $(VENV)/dev.stamp ## Fix and format what can be fixed automatically
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

build: $(VENV)/dev.stamp ## Build the wheel and the source archive into dist/
	@$(BIN)/python -m build --no-isolation

$(VENV)-lock/stamp: requirements/lock.txt $(VENV)/generate.stamp
	@$(PYTHON) scripts/install.py packages requirements/lock.txt $(VENV)-lock
	@$(BIN)/python scripts/check_lock.py requirements/lock.txt $(VENV)-lock
	@touch $@

# Extras stay in the locks, so that a test can check that everything they require is locked too.
LOCK := $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-strip-extras

lock: $(VENV)-lock/stamp ## Renew the pins and hashes of requirements/*.txt (UPGRADE=1 for newer releases)
	@$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements/generate.txt requirements/generate.in
	@$(LOCK) $(if $(UPGRADE),--upgrade) -c requirements/generate.txt -o requirements/dev.txt requirements/dev.in
	@$(LOCK) $(if $(UPGRADE),--upgrade) -c requirements/generate.txt -o requirements/benchmarks.txt requirements/benchmarks.in
	@$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements/types-all.txt requirements/types-all.in
	@$(LOCK) $(if $(UPGRADE),--upgrade) -c requirements/dev.txt -o requirements/mutants.txt requirements/mutants.in
	@$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements/foreign.txt requirements/foreign.in
	@$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements/lock.txt requirements/lock.in

clean: ## Remove everything that the targets made, including .venv
	@rm -rf $(VENV) $(VENV)-benchmark $(VENV)-foreign $(VENV)-lock $(VENV)-mutants $(VENV)-types .mutants .generate-* .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
