# Every habit of the house. `make` alone lists them.
# Written for GNU make 3.81 and newer (macOS ships 3.81), so: no .ONESHELL, no .SHELLFLAGS.

SHELL := bash

# Where an image says so, each of the dozens of processes that tests start would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
# Another Python: make run PYTHON=python3.13
PYTHON ?=

RUN_FILES := requirements/run.txt pyproject.toml .ci/link.py
DEV_FILES := requirements/dev.txt $(RUN_FILES)
NPM_FILES = $(1)/package.json $(1)/package-lock.json $(1)/.npmrc

help: ## Show this list
	@echo "LaunchKit. Usage: make <target>"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

run: install ## Start everything on this machine (first time: installs), then serve until Ctrl-C
	@$(TRY_ASSETS)
	@exec $(BIN)/launchkit dev --die-with-parent

test: lint format-check types contracts schema-check unit ## Everything that must pass: lint, types, contracts, schema, tests

# All of them in several processes, each with servers of its own (tests/sharing_out.py says how); what is chosen, in one.
ALL_TESTS := -n auto --no-loadscope-reorder

unit: install-dev ## Only the tests; choose with: make unit args="tests/unit -k lease"
	@$(call INSTALL_NPM,tests/npm,the npm packages that tests run) || $(SAY_NO_TEST_TOOLS)
	@echo "== tests"
	@PYTHONHASHSEED=$${PYTHONHASHSEED-0} $(BIN)/python -m pytest $(or $(args),$(ALL_TESTS))

lint: install-dev ## Lint, and the rules of this house (.ci/lint)
	@echo "== lint"
	@$(BIN)/ruff check .
	@$(BIN)/python .ci/lint

format: install-dev ## Format the code and sort the imports
	@$(BIN)/ruff check --quiet --fix-only --select I .
	@$(BIN)/ruff format .

format-check: install-dev
	@echo "== format"
	@$(BIN)/ruff format --check . || { echo 'Mend it with: make format'; exit 1; }

types: install-dev ## Check the types (mypy, strict)
	@echo "== types"
	@$(BIN)/python -m mypy
	@MYPYPATH=.ci $(BIN)/python -m mypy .ci/link.py .ci/lint

contracts: install-dev ## Check who imports whom (import-linter)
	@echo "== import contracts"
	@$(BIN)/lint-imports

schema: install-dev ## Write schema/schema.graphql from the code
	@$(BIN)/launchkit schema export

schema-check: install-dev
	@echo "== schema"
	@$(BIN)/launchkit schema export --check
	@$(BIN)/launchkit openapi export --check

migrate: install ## Bring the database of DATABASE_URL up to date
	@$(BIN)/launchkit migrate

# Offline: it compares the models with the newest migration and needs no database.
migration: install-dev ## Write a migration: make migration name=add_wallets
	@test -n "$(name)" || { echo 'Say what it does: make migration name=add_wallets'; exit 1; }
	@$(BIN)/python -m aerich migrate --offline --name "$(name)"
	@echo 'Read the SQL and complete it: constraints, partial indexes and triggers are not generated.'

bench: install-dev ## Run the benchmarks, or one of them: make bench name=submission
	@$(BIN)/python -m bench $(name)

# uv is only needed here, so it is in no lock file and is installed when it is wanted.
# No index address and no resolved URL is written: hashes say which file is meant.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --no-emit-index-url --generate-hashes \
  --python-version 3.11 $(if $(upgrade),--upgrade)

lock: install ## Lock the dependencies anew; to newer versions: make lock upgrade=1
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(COMPILE) --extra embedded --extra assets -o requirements/run.txt
	@$(COMPILE) --all-extras -c requirements/run.txt -o requirements/dev.txt
	@$(BIN)/npm install --package-lock-only --prefix assets --loglevel=error
	@$(BIN)/npm install --package-lock-only --prefix tests/npm --loglevel=error

clean: ## Remove .venv, browser assets and caches; the data of `make run` stays
	@rm -rf $(VENV) assets/node_modules tests/npm/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

install: ## Install what running needs into .venv
	@$(call INSTALL,run,$(RUN_FILES))

# The development lock is built on top of the other one, so it satisfies that one too.
install-dev: ## Install what working on it needs into .venv
	@$(call INSTALL,dev,$(DEV_FILES)); \
	cat $(RUN_FILES) | cksum > $(VENV)/.run-stamp

assets: install ## Install the browser assets of /graphql and /docs
	@rm -f $(VENV)/.assets-failed; $(INSTALL_ASSETS) || { $(SAY_NO_ASSETS); exit 1; }

# --- How the above is done --------------------------------------------------------------

# A stamp holds the checksum of what was installed, not a time: switching branches back and
# forth changes times but not contents, and a warm start costs a few milliseconds.
# $(1): run or dev; $(2): the files that decide.
define INSTALL
set -eo pipefail; \
wanted="$$(cat $(2) | cksum)"; \
if [ "$$(cat $(VENV)/.$(1)-stamp 2>/dev/null)" != "$$wanted" ] || ! $(BIN)/python -c '' 2>/dev/null; then \
  $(MAKE_VENV); \
  echo "Installing $$(grep -c '^[a-z].*==' requirements/$(1).txt) packages from requirements/$(1).txt. The first time takes a minute or two."; \
  $(PIP_INSTALL) --requirement requirements/$(1).txt | $(LARGE_ONLY) || { \
    echo 'Installing failed; the lines above say why. Nothing is broken: run the same command again.'; exit 1; }; \
  $(BIN)/python .ci/link.py; \
  echo "$$wanted" > $(VENV)/.$(1)-stamp; \
fi
endef

# Unbuffered, or its lines would arrive together at the end. PIP_USER from somebody's
# configuration contradicts a virtual environment.
PIP_INSTALL = PYTHONUNBUFFERED=1 PIP_USER=0 $(BIN)/python -m pip install \
  --disable-pip-version-check --progress-bar off --require-hashes

# Of a hundred lines, those worth waiting for.
LARGE_ONLY = awk '/(Downloading|Using cached) .* MB\)/ { sub(/^ */, "  "); print } \
  /^Installing collected/ { print "  Unpacking ..." } { fflush() }'

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# Keeps a virtual environment that works; replaces one whose Python is gone or too old.
define MAKE_VENV
if ! $(BIN)/python -c 'import pip; $(NEW_ENOUGH)' 2>/dev/null; then \
  python=; \
  for each in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
    if $$each -c '$(NEW_ENOUGH)' 2>/dev/null; then python=$$each; break; fi; \
  done; \
  if [ -z "$$python" ]; then \
    echo "LaunchKit needs Python 3.11 or newer; found: $$($(or $(PYTHON),python3) --version 2>&1 | head -n 1)."; \
    echo 'Install one and name it: make run PYTHON=python3.13'; exit 1; \
  fi; \
  if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
    echo "$$python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; \
  fi; \
  echo "Making $(VENV) with $$($$python --version)."; \
  $$python -m venv --clear $(VENV); \
fi
endef

# Few retries: without a network the rest should start soon. A minute is enough for the largest file.
# $(1): the folder with the lock; $(2): what it is.
define INSTALL_NPM
{ wanted="$$(cat $(NPM_FILES) | cksum)"; \
[ "$$(cat $(1)/node_modules/.launchkit-stamp 2>/dev/null)" = "$$wanted" ] || { \
  echo 'Installing $(2).'; \
  $(BIN)/npm ci --prefix $(1) --loglevel=error \
    --fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=60000 >/dev/null && \
  echo "$$wanted" > $(1)/node_modules/.launchkit-stamp; }; }
endef

INSTALL_ASSETS = $(call INSTALL_NPM,assets,the browser assets of /graphql and /docs)

SAY_NO_TEST_TOOLS = echo 'The npm packages of tests/npm are not installed: the test that needs them will say so and fail.'

SAY_NO_ASSETS = echo 'The browser assets are not installed: the pages /graphql and /docs say so, everything else works. Try again with: make assets'

# A start is not held up twice: after one failure only `make assets` tries again.
define TRY_ASSETS
if [ -e $(VENV)/.assets-failed ]; then $(SAY_NO_ASSETS); else \
  { $(INSTALL_ASSETS); } || { touch $(VENV)/.assets-failed; $(SAY_NO_ASSETS); }; \
fi
endef

.PHONY: help run test unit lint format format-check types contracts schema schema-check migrate migration bench \
  lock clean install install-dev assets
