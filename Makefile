# One command each; `make` alone lists them. Each sets up what it needs and is quick when that is done.
# Options go through ARGS: make serve ARGS="--port 9000", make test ARGS="tests/pages -x".
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

ARGS ?=
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --no-input
UV := uv==0.13.9
MODEL := var/models/all-minilm-l6-v2-53aa5117-47686443-int8
STAMP := .venv/installed

.PHONY: help setup serve test check bench evals lock faults clean

help:
	@echo 'make setup   install into .venv, export the embedding model, index corpus/'
	@echo 'make serve   serve the API, the widget and the demo page'
	@echo 'make test    static checks, then every test'
	@echo 'make check   ruff, formatting, mypy'
	@echo 'make bench   speed and memory beside the LangChain tutorial'
	@echo 'make evals   answer quality beside its targets and baselines'
	@echo 'make faults  hundreds of kills and damaged files (minutes)'
	@echo 'make lock    resolve the dependencies of pyproject.toml anew'
	@echo 'make clean   remove .venv and var/, the index and conversations included'

setup: var/index/current

serve: setup
	@exec $(RUN) -m server $(ARGS)

test: check setup
	@$(RUN) -m pytest -n 2 --dist loadgroup $(ARGS)

check: $(STAMP)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

bench: setup
	@$(RUN) -m evals.bench $(ARGS)

evals: setup
	@$(RUN) -m evals run $(ARGS)

faults: setup
	@$(RUN) -m tests.faults $(ARGS)

lock: $(STAMP)
	@$(PIP) install --quiet $(UV)
	@$(RUN) -m uv pip compile --quiet pyproject.toml --output-file requirements/lock.txt $(ARGS)

clean:
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The lock has hashes and no dependencies of its own; torch, whose builds differ from machine to
# machine, is pinned by version and may bring what its build needs. `pip check` proves the sum.
$(STAMP): requirements/lock.txt requirements/torch.txt
	@[ -n "$(PYTHON)" ] || { echo 'Python 3.11 or newer is needed: sudo apt-get install --yes python3 (or from python.org).' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'Python has no venv module here: sudo apt-get install --yes python3-venv' >&2; exit 1; }
	@$(RUN) -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo 'Installing the locked packages into .venv (once, some minutes)…'
	@$(PIP) install --quiet --require-hashes --no-deps --requirement requirements/lock.txt
	@$(PIP) install --quiet --requirement requirements/torch.txt
	@$(PIP) check
	@touch $@

$(MODEL)/tokens.onnx: | $(STAMP)
	@echo 'Exporting the embedding model (once, half a minute)…'
	@$(RUN) -W ignore -m assistant.adapters.sentence_transformers $(MODEL)

# An index that stands is left alone: it may hold your own pages. `python -m assistant ingest` renews it.
var/index/current: | $(MODEL)/tokens.onnx
	@$(RUN) -m assistant ingest corpus --data var
