# Two commands are enough: `make run` and `make test`. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test lint bench bench-record bench-web kills fuzz scan train clean

# Bytecode is written for what is used when it is first used: compiling all of it would add 50 MB.
setup: $(VENV)/.runtime

$(VENV)/.runtime: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "onrecord needs Python 3.11 or later; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

$(VENV)/.bench: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	touch $@

$(VENV)/.train: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet 'torch>=2.4,<=2.13.0'
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	touch $@

run: setup
	$(BIN)/onrecord read examples/ --record onrecord.db
	$(BIN)/onrecord show examples/harbour-strike.txt --record onrecord.db
	@echo "The record is in $(CURDIR)/onrecord.db. Ask it: $(BIN)/onrecord said --kind demand"

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# A worker a core, and no more than four: each has a model, the gazetteers and a PostgreSQL server. A file stays with one
# worker, since what its tests share is made once a worker.
test: lint
	$(BIN)/pytest -n logical --maxprocesses 4 --dist loadfile

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/pages.py

# The record: how fast it is written and asked, how large it is. FULL=1 asks one of a million statements, which takes an hour to build
# the first time and is kept in /tmp/onrecord-bench.
bench-record: $(VENV)/.dev
	$(BIN)/python benchmarks/record/measure.py $(if $(FULL),--statements 1000000,)

# The reading room: 20 readers for a minute on 100,000 reports, while a writer adds more. The record is built the first time (half an hour).
bench-web: $(VENV)/.dev
	$(BIN)/python -m benchmarks.web.load

# A writer is killed KILLS times; nothing that it acknowledged may be missing.
KILLS ?= 500
kills: setup
	$(BIN)/python benchmarks/record/kills.py --kills $(KILLS)

$(VENV)/.fuzz: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	touch $@

# Each parser for FUZZ_SECONDS; a crash stops it and leaves its input in fuzz/.
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/.fuzz
	for target in fuzz/fuzz_*.py; do name=$$(basename $$target .py); \
	  $(BIN)/python fuzz/run.py $${name#fuzz_} $(FUZZ_SECONDS) || exit 1; done

# A scanner for the web brings much that we do not want beside us; it has an environment of its own.
SCANNER := $(VENV)/scanner
$(SCANNER)/.scan:
	$(PYTHON) -m venv $(SCANNER)
	$(SCANNER)/bin/python -m pip install --quiet 'wapiti3==3.2.3'
	touch $@

# Fixed rules, over the source and over a room that runs.
scan: $(VENV)/.dev $(SCANNER)/.scan
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive src
	$(BIN)/python scan/run.py $(SCANNER)/bin/wapiti

train: $(VENV)/.train
	$(BIN)/python -m training.pipeline --out training/runs

clean:
	rm -rf $(VENV) onrecord.db onrecord.db-wal onrecord.db-shm .mypy_cache .ruff_cache .pytest_cache .hypothesis
