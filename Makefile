# Pratique: `make demo` from a clean clone shows it; `make help` lists the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?=
KILLS ?= 100
BENCH ?= deidentify
WORKERS ?= 2

BIN := .venv/bin
RUNTIME := .venv/.runtime-ready
DEV := .venv/.dev-ready
PRESIDIO := .cache/presidio/.ready
LOCK := .cache/lock/.ready
NATIVE := hatch_build.py $(wildcard native/*.[ch])

export PYTHON
# Hundreds of processes import what they need: each would compile it anew (1.3 s) where none keeps what it compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test test-presidio check chaos-batch chaos-stream story-streams servers canary fuzz bench lock reference shapes browser format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(RUNTIME): requirements/runtime.txt pyproject.toml $(NATIVE)
	@tools/environment.sh runtime
	@touch $@

$(DEV): requirements/dev.txt pyproject.toml $(NATIVE)
	@tools/environment.sh dev
	@touch $(RUNTIME) $@

$(PRESIDIO): requirements/presidio.txt pyproject.toml $(NATIVE)
	@tools/environment.sh presidio .cache/presidio
	@touch $@

$(LOCK): requirements/lock.txt
	@tools/environment.sh lock .cache/lock
	@touch $@

setup: $(DEV) ## the environment with everything to run, test and check
	@echo "setup: ready in .venv ($$($(BIN)/python --version))"

demo: $(RUNTIME) ## the whole way on sample data: know, decide, move, verify, return
	@rm -rf demo-project
	@$(BIN)/pratique demo demo-project
	@echo "demo: done; all of it is in ./demo-project"

test: $(DEV) ## all tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

test-presidio: $(PRESIDIO) ## what runs with Presidio, with Presidio itself
	@PRATIQUE_REQUIRE_PRESIDIO=1 .cache/presidio/bin/python -m pytest \
		tests/unit/detect/test_detect_engines.py tests/unit/detect/test_detect_presidio.py

check: $(DEV) ## format, lint, types, layers, file sizes, docs
	@$(BIN)/python tools/check.py

chaos-batch: $(DEV) ## kill -9 a run KILLS times (default 100), run again, compare
	@$(BIN)/python tools/chaos_batch.py --kills $(KILLS) $(if $(SEED),--seed $(SEED)) $(if $(RECORDS),--records $(RECORDS))

servers: $(DEV) ## a Kafka broker and a schema registry on loopback: make servers DO=up|down|status
	@$(BIN)/python tools/servers.py $(or $(DO),status)

chaos-stream: $(DEV) ## kill -9 a stream's worker KILLS times, restart its broker RESTARTS times, over RECORDS
	@$(BIN)/python tools/chaos_stream.py --kills $(KILLS) $(if $(SEED),--seed $(SEED)) \
		$(if $(RECORDS),--records $(RECORDS)) $(if $(RESTARTS),--restarts $(RESTARTS)) \
		$(if $(SHARED),--workers $(SHARED))

story-streams: $(DEV) ## the streams' whole story, with a real broker and a real registry
	@$(BIN)/python tools/story_streams.py

canary: $(DEV) ## plant 10,000 values, run everything, seek what leaked, kill every mutant (QUICK=1: some)
	@$(BIN)/python tools/canary.py $(if $(QUICK),--quick --records 150 --mutants 16) $(if $(RECORDS),--records $(RECORDS)) \
		$(if $(SEED),--seed $(SEED))

fuzz: $(DEV) ## the suite's properties for SECONDS (default 240), with EXAMPLES a round and SEED
	@$(BIN)/python tools/fuzz.py $(if $(SECONDS),--seconds $(SECONDS)) $(if $(EXAMPLES),--examples $(EXAMPLES)) \
		$(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

bench: $(DEV) ## a benchmark against its peers: make bench BENCH=deidentify
	@$(BIN)/python -m benchmarks $(BENCH) --json
	@echo "bench: $(BENCH) done"

lock: $(LOCK) ## write requirements/*.txt anew from pyproject.toml (UPGRADE=1: newest versions)
	@.cache/lock/bin/python tools/lock.py --peers $(if $(UPGRADE),--upgrade)
	@echo "lock: done; read the diff, then make test"

reference: $(DEV) ## write docs/reference anew from the code
	@$(BIN)/python tools/gen_reference.py
	@echo "reference: written"

shapes: $(DEV) ## compile the built-in patterns anew, after a change to one
	@$(BIN)/python -m tools.build_shapes

browser: ## Chromium and axe-core, for the tests that look at the report
	@tools/browser.sh

format: $(DEV) ## format the code
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .
	@echo "format: done"

clean: ## remove what make made (the environment too)
	@rm -rf .venv .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache build dist demo-project
	@rm -f src/pratique/detect/_native*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "clean: removed"
