# Everything a user or contributor runs. Needs Python 3.11 or later and network; no root, Docker, Java or Node.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Only wheels, each with its hash: nothing is compiled, nothing unpinned gets in. The files name everything, so nothing
# is resolved; requirements/without.in tells what is left out.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
WHEELS := --require-hashes --only-binary :all: --no-deps
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
	--override requirements/without.in \
	--no-emit-index-url --no-header --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-slow lint coverage mutation bench peers bundle lock sbom clean chromium

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.dev-stamp ## Make .venv with everything to run and to work on Pentad

run: $(VENV)/.run-stamp ## Start Pentad with its sample and show what to try
	@$(BIN)/pentad demo

test: lint chromium ## Lint, then run all tests with the counts of CI
	@$(BIN)/pytest -m "not slow" -n 2 --dist loadfile

test-slow: $(VENV)/.dev-stamp ## Run the full counts of laws, fuzz and soak
	@$(BIN)/pytest -m slow --timeout 3600

lint: $(VENV)/.dev-stamp ## Check style, types and the direction of imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/pyright
	@$(BIN)/lint-imports

coverage: $(VENV)/.dev-stamp chromium ## Run the tests of CI and show which branches of graph/ and resolution/ none of them took
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -m "not slow" -n 2 --dist loadfile
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under 95

mutation: $(VENV)/.dev-stamp ## Change the pure modules in a thousand ways and show which changes no test noticed
	@rm -rf mutants
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results

bench: $(VENV)/.dev-stamp ## Measure and print the table
	@$(BIN)/python -m bench

peers: $(VENV)-peers/.stamp ## Install what the bench measures beside Pentad (needs a C++ compiler and the headers of ICU)

bundle: ## Make the explorer's graph and maps anew (needs Node 20 and npm; the results are committed)
	@npm --prefix bundle ci --ignore-scripts
	@npm --prefix bundle run --silent build

lock: $(VENV)/.dev-stamp ## Choose and pin the newest allowed versions of all dependencies
	$(COMPILE) --upgrade --extra embedded --extra mcp --extra jwt pyproject.toml requirements/build.in -o requirements/run.txt
	$(COMPILE) --upgrade --extra embedded --extra browser --extra jwt --extra llm --extra mcp --extra otel --extra splink --group dev pyproject.toml requirements/build.in \
		requirements/dev.in --constraint requirements/run.txt -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--custom-compile-command "make lock" --upgrade requirements/peers.in -o requirements/peers.txt

sbom: $(VENV)/.dev-stamp ## Write sbom.json: what is installed and fetched, with hashes (CycloneDX)
	@PYTHONPATH=. $(BIN)/python requirements/sbom.py sbom.json

clean: ## Remove caches and build results (.venv stays)
	rm -rf dist mutants .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

# Tests look at pages in a real Chromium; it is installed where that is possible without asking.
chromium:
	@test -n "$$CHROMIUM" || command -v chromium chromium-browser google-chrome >/dev/null \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "installing Chromium" && apt-get update -qq \
			&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
		|| { echo "make test needs Chromium: apt-get install chromium, or set CHROMIUM to its path" >&2; exit 1; }

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pentad needs Python 3.11 or later: make PYTHON=/path/to/python")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run-stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing Pentad into $(VENV)"
	@$(INSTALL) $(WHEELS) -r requirements/run.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# The second list holds the first, with the same versions: one installation serves both.
$(VENV)/.dev-stamp: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "installing Pentad and its tools into $(VENV)"
	@$(INSTALL) $(WHEELS) -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(VENV)/.run-stamp $@

# Apart from ours: they want other versions. PyICU has no wheels, so it is built here.
$(VENV)-peers/.stamp: requirements/peers.txt
	@$(PYTHON) -m venv $(VENV)-peers
	@$(VENV)-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps \
		-r requirements/peers.txt
	@touch $@
