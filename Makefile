# Every target does its own set-up. `make demo` and `make test` work on a fresh Debian 12
# with git, make and Python 3.11.

PYTHON ?= python3
KILLS ?= 200
FUZZ_SECONDS ?= 360
ENTRIES ?= mail cms pdf archive xml
SAMPLES ?= ../shared/samples
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

# A file is run by one worker, in the order of the folders: the journeys, which take longest, first.
TWO := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: demo test lint types structure bench kill judge fuzz format lock clean
.DEFAULT_GOAL := test

# A stamp is named by its lock: an unchanged lock makes the next start instant.
stamp = $(VENV)/.$(1)-$(shell sha256sum requirements/$(1).lock pyproject.toml | sha256sum | cut -c1-16)
DEMO := $(call stamp,demo)
DEVELOPMENT := $(call stamp,development)
# What develops can also show the demo.
READY := $(or $(wildcard $(DEVELOPMENT)),$(DEMO))

demo: $(READY)
	$(BIN)/python -m mailbridge.demo

test: lint types structure
	tests/packages.sh
	$(BIN)/pytest $(TWO) --cov --cov-report=term

lint: $(DEVELOPMENT)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEVELOPMENT)
	$(BIN)/mypy

structure: $(DEVELOPMENT)
	$(BIN)/lint-imports

# One table of ratios against the floor, with the machine's facts.
bench: $(DEVELOPMENT)
	tests/packages.sh
	$(BIN)/python -m benchmarks

# Kills the program at every crash window, KILLS times, and looks what is left.
kill: $(DEVELOPMENT)
	tests/packages.sh
	KILLS=$(KILLS) WRITING_SECONDS=$(KILLS) $(BIN)/pytest -m kill

# Judges `mailbridge check` on samples that others made: a folder with judge.py and its manifest.
judge: $(DEVELOPMENT)
	$(BIN)/python $(SAMPLES)/judge.py --command '$(BIN)/python -m mailbridge check --batch -' \
		$(if $(FAIL_ON),--fail-on $(FAIL_ON))

# Searches for octets that are neither examined nor refused; FUZZ_SECONDS for each way in.
fuzz: $(DEVELOPMENT)
	@for entry in $(ENTRIES); do \
		$(BIN)/python -m tests.fuzz $$entry --seconds $(FUZZ_SECONDS) || exit 1; \
	done

format: $(DEVELOPMENT)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Keeps the versions that are pinned; `make lock UPGRADE=--upgrade` takes newer ones. Needs uv.
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --group build $(UPGRADE)
lock:
	$(COMPILE) -o requirements/runtime.lock
	$(COMPILE) --extra demo -o requirements/demo.lock
	$(COMPILE) --extra demo --group dev -o requirements/development.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || test -n "$(UV)" || \
		{ echo "Python's venv is missing. As root: apt-get install python3-venv" >&2; exit 1; }
ifdef UV
	uv venv --quiet --seed --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif

# uv, where it is there, only makes this quicker.
ifdef UV
install = uv pip install --quiet --python $(BIN)/python
else
install = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

# A lock is complete, so nothing is left to resolve: before 23.3 pip asks for the newest version of
# what another package wants with an extra, though the lock pins it, and then misses its hash.
$(DEMO) $(DEVELOPMENT): $(VENV)/.%: | $(BIN)/python
	@echo "Setting up $(VENV)"
	$(install) --no-deps --require-hashes -r requirements/$(firstword $(subst -, ,$*)).lock
	$(install) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.$(firstword $(subst -, ,$*))-*
	@touch $@
