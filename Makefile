# Everything sets itself up: Python 3.11 or later, its venv module and make are enough.
#   make interview   answer questions, then read the result
#   make test        lint, types and the suite
#   make audit       the shipped rules proved and mutated as a whole
#   make hunt        other examples than the suite's, ten times as many
#   make docs        the documentation as a site, in build/site, and the tests of it
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# uv makes environments without pip.
ENSURE_PIP := $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint tests/constraints.txt
# Tests that share what takes long to make stay together (tests/conftest.py).
ON_ALL_CORES := --numprocesses auto --dist loadscope

.PHONY: interview test audit hunt docs differential bench interviews lint-page published clean

interview: $(VENV)/installed
	@$(BIN)/legtriage interview || test $$? -eq 130  # leaving early is no error

test: $(VENV)/installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest $(ON_ALL_CORES)

# What the rules promise, proved over all answers, and each rule made slightly wrong in turn.
audit: $(VENV)/installed-for-tests
	$(BIN)/pytest -m audit --numprocesses auto --dist loadfile

# Tries the properties on examples that the suite never tries, for so many minutes. What it finds it prints
# with its seed; SEED and TEST run that again.
MINUTES ?= 5
hunt: $(VENV)/installed-for-tests
	@$(BIN)/python tests/hunt.py --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(if $(TEST),'$(TEST)')

# Any warning is an error, and so is a link that leads nowhere.
docs: $(VENV)/installed-for-tests
	@rm -rf build/site build/doctrees  # no page that is no more stays, and every warning is given again
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -c docs --doctree-dir build/doctrees . build/site
	$(BIN)/pytest -m site
	@echo "Open build/site/index.html"

# Compares the engines on N random people; the default takes a few minutes.
N ?= 20000
differential: $(VENV)/installed-for-tests
	$(BIN)/python tests/differential.py $(N)

# How the rules do on published patients, a set that was looked at; AGAINST=REV compares with a revision.
AGAINST ?=
published: $(VENV)/installed-for-tests
	@$(BIN)/python tests/published.py $(AGAINST)

# Plays interviews and writes docs/interviews.md.
interviews: $(VENV)/installed-for-tests
	$(BIN)/python tests/transcripts.py

# Writes docs/lint.md from the codes of `legtriage check` and their examples.
lint-page: $(VENV)/installed-for-tests
	$(BIN)/python tests/lint_page.py

# Times the engines beside their peers and writes docs/benchmarks.md; takes some minutes.
bench: $(VENV)/installed-for-bench
	$(BIN)/python tests/bench/run.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Reinstalled only when what is installed has changed.
$(VENV)/installed: pyproject.toml tests/constraints.txt | $(VENV)/bin/python
	@$(ENSURE_PIP)
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-for-tests: pyproject.toml tests/constraints.txt | $(VENV)/bin/python
	@$(ENSURE_PIP)
	$(PIP) --editable ".[test]"
	@touch $@ $(VENV)/installed

$(VENV)/installed-for-bench: $(VENV)/installed-for-tests
	$(PIP) --editable ".[test,bench]"
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "legtriage needs Python 3.11 or later; name one: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
