# Everything a person does with this checkout. `make help` lists it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PO := $(wildcard tracker/translations/*/LC_MESSAGES/*.po)
# No address of a registry may reach a lock, so neither the machine's settings nor its extra indexes are read.
COMPILE := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_INDEX uv --no-config pip compile \
  pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command 'make lock'
export HOST PORT

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check e2e bench format messages screenshots lock vendor clean

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.run  ## Serve the demo plan on http://HOST:PORT (127.0.0.1:5000); keeps what you changed
	@$(BIN)/tracker db upgrade && $(BIN)/tracker demo load --if-empty
	@$(BIN)/tracker serve

demo-reset: .venv/.run  ## Throw the demo away and start it afresh
	@$(BIN)/tracker demo reset
	@$(MAKE) --no-print-directory demo

test: .venv/.dev  ## Run the whole test suite, on SQLite and PostgreSQL
	@$(BIN)/pytest --numprocesses auto $(ARGS)

check: .venv/.dev  ## Format, lint, types, import contracts, templates, docs
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/djlint templates --check --lint --quiet || { echo 'A template is not in the house format: make format'; exit 1; }
	@$(BIN)/pytest tests/test_architecture.py tests/test_templates.py tests/test_docs.py --quiet

e2e: .venv/.dev  ## Run the browser journeys alone
	@$(BIN)/pytest -m e2e $(ARGS)

bench: .venv/.dev  ## Build S, M and L and print how fast the pages are
	@$(BIN)/python -m tests.bench $(ARGS)

format: .venv/.dev  ## Rewrite the code in the house style
	@$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .
	@$(BIN)/djlint templates --reformat --quiet

messages: .venv/.dev  ## Collect the texts to translate and bring the English catalogue up to date
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ -k N_ --no-default-keywords -k gettext -k ngettext:1,2 --no-location --sort-output --no-wrap --project nqi-tracker -o tracker/translations/messages.pot .
	@$(BIN)/pybabel -q update -i tracker/translations/messages.pot -d tracker/translations -l en --no-wrap --no-fuzzy-matching --ignore-pot-creation-date --init-missing
	@$(BIN)/pybabel compile -d tracker/translations --statistics

screenshots: .venv/.dev  ## Take the pictures of README and guide anew (needs Chromium and poppler-utils)
	@$(BIN)/python .ci/screenshots.py

lock:  ## Resolve both locks anew (needs uv)
	@$(COMPILE) --group build --output-file requirements.lock $(ARGS)
	@$(COMPILE) --group build --group dev --constraints requirements.lock --output-file requirements-dev.lock $(ARGS)

vendor:  ## Fetch the vendored scripts and fonts anew (needs npm)
	@$(PYTHON) -m venv .venv-vendor && .venv-vendor/bin/pip install -q fonttools brotli
	@.venv-vendor/bin/python .ci/vendor.py

clean:  ## Remove what was built; the data in instance/ stays
	@rm -rf .venv .venv-vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist

# Three stamps, so that a second `make` starts at once: the environment, the project in it, its catalogues.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv .venv && touch $@

.venv/.locked: .venv/.made requirements.lock
	@echo "Installing the locked packages …" && $(PIP) install --require-hashes -r requirements.lock && touch $@

.venv/.locked-dev: .venv/.locked requirements-dev.lock
	@echo "Installing the locked development packages …" && $(PIP) install --require-hashes -r requirements-dev.lock && touch $@

.venv/.run: .venv/.locked pyproject.toml hatch_build.py $(PO)
	@$(PIP) install --no-deps --no-build-isolation -e . && touch $@

.venv/.dev: .venv/.locked-dev .venv/.run
	@touch $@
