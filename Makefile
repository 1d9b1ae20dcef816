# The commands of the project. Each makes .venv by itself; nothing else is needed but Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Byte code is kept, whatever the shell says: tests start dozens of processes, and each would compile everything anew.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q
# Where memory has room (in KB), the files of the tests lie there: on a disk each commit of each test waits for it.
ROOMY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "PYTEST_DEBUG_TEMPROOT=/dev/shm" }')
# Their long forms look at seconds: one at a time.
TIMED := tests/bot/test_command_line.py tests/faults/test_database_outages.py tests/faults/test_kill.py
# The longest first, else the last of them keeps one process busy while the other has nothing left.
LONG := tests/nlp $(filter-out tests/nlp/ %__pycache__/,$(sort $(wildcard tests/*/)))
PIP_OPTIONS := --quiet --disable-pip-version-check --require-hashes

.PHONY: help install install-dev hooks demo run check test test-long bench lock clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install the package python3-venv (Debian, Ubuntu) and run this again."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.created requirements.lock
	@echo "Installing what the bot needs (once, a minute or two) …"
	@$(BIN)/pip install $(PIP_OPTIONS) -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing what tests and checks need (once) …"
	@$(BIN)/pip install $(PIP_OPTIONS) -r requirements-dev.lock
	@touch $@

install: $(VENV)/.runtime  ## prepare .venv with what the bot needs

install-dev: $(VENV)/.dev  ## the same with what tests and checks need

hooks: $(VENV)/.dev  ## have git check lines and sizes before each commit
	@git config core.hooksPath .githooks

demo: $(VENV)/.runtime  ## play with the bot in a browser: no token, no server
	@$(BIN)/python -m bot demo

run: $(VENV)/.runtime  ## run against Telegram with config.toml
	@$(BIN)/python -m bot run

check: $(VENV)/.dev  ## ruff, mypy --strict, import-linter, documentation tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -p no:cacheprovider -m docs

test: $(VENV)/.dev  ## the tests; those of the documentation are in `make check`
	$(ROOMY) $(PYTEST) -n 2 --dist worksteal -m "not long and not fuzz and not docs"

test-long: $(VENV)/.dev  ## the long forms: kill loops, wide property tests
	$(ROOMY) $(PYTEST) -n 2 --dist worksteal -m long $(LONG) $(TIMED:%=--ignore=%)
	$(ROOMY) $(PYTEST) -m long $(TIMED)
	$(ROOMY) $(PYTEST) -n 2 --dist load -m fuzz

bench: $(VENV)/.dev  ## print the figures of README, each beside its baseline
	@$(BIN)/python -m benchmarks

lock:  ## renew the hash-locked requirements (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements-dev.in -c requirements.lock -o requirements-dev.lock

clean:  ## remove .venv and what the demo and the tests made
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
