# make demo   an invented clinic to look at    make check   lint, types, import contracts
# make test   run every test                   make fix     let the linter mend what it can
# make bench  measure speed and memory         make lock    lock the dependencies anew (needs the network)
# make audit  known weaknesses of packages     make style   compile the style sheet (both need the network)
# make words  collect what pages say, and compile its translations (needs GNU gettext)
# make test-engine, test-web, test-postgresql, test-browser: one part of the tests; make test-long: many more inputs
#
# Everything is installed into .venv, and nothing outside it. GNU Make 3.81 is enough.

# The first Python here that is new enough; `make demo PYTHON=...` names another.
PYTHON ?= $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python))) python3)
BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python
LOCKED := $(INSTALL) --require-hashes --compile-bytecode --requirement
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

# A place that gives pip an index of its own means it for uv too.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# Small matrices: more threads only wait for one another.
export OPENBLAS_NUM_THREADS ?= 1

PARALLEL := -n auto --dist loadscope

.PHONY: demo test test-engine test-web test-postgresql test-browser test-long check fix style words audit bench lock
.DELETE_ON_ERROR:

demo: .venv/.run
	@$(BIN)/midcourse serve --demo

# Four parts; one that fails does not keep the others from running with `make -k test`.
test: test-engine test-web test-postgresql test-browser

test-engine: .venv/.dev
	@echo "Testing the engine and the house, with coverage."
	@$(BIN)/python -m pytest tests --ignore=tests/web --ignore=tests/browser $(PARALLEL) --cov --cov-report=term

test-web: .venv/.dev
	@echo "Testing the application on SQLite."
	@$(BIN)/python -m pytest tests/web $(PARALLEL)

test-postgresql: .venv/.dev
	@echo "Testing the application on a PostgreSQL of its own."
	@$(BIN)/python -m tests.web.on_postgresql tests/web $(PARALLEL)

test-browser: .venv/.dev
	@echo "Walking through the application in a browser."
	@$(BIN)/python -m pytest tests/browser

test-long: .venv/.dev
	@echo "Trying many more invented inputs (an evening)."
	@$(BIN)/python -m pytest tests/generative tests/web $(PARALLEL) --hypothesis-profile=long

check: .venv/.dev
	@echo "Looking for slips, untidy layout, wrong types and forbidden imports."
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --output-format concise
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fix: .venv/.dev
	@echo "Mending what can be mended by itself."
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

style:
	@echo "Compiling the style sheet (needs Node and the network the first time)."
	@cd midcourse_web/style && npm ci --silent && npm run --silent style

# By file and without line numbers, so that the catalogue changes only where words do.
words: .venv/.dev
	@command -v msgfmt >/dev/null || { echo "GNU gettext is not here: sudo apt-get install gettext, or brew install gettext." >&2; exit 1; }
	@echo "Collecting what pages say, and compiling its translations."
	@cd midcourse_web && ../$(BIN)/python -m midcourse_web makemessages --locale es --no-wrap --add-location file --no-obsolete --ignore 'style/*'
	@cd midcourse_web && ../$(BIN)/python -m midcourse_web compilemessages --locale es

audit: .venv/.dev
	@$(BIN)/python .ci/audit.py requirements/run.txt

bench: .venv/.dev
	@$(BIN)/python -m bench

lock: .venv/.build
	@echo "Locking the dependencies."
	@$(LOCK) --group build --output-file requirements/build.txt
	@$(LOCK) --constraint requirements/build.txt --extra tables --extra web pyproject.toml --output-file requirements/run.txt
	@$(LOCK) --constraint requirements/build.txt --constraint requirements/run.txt \
		--extra tables --extra evaluate --extra web --extra encrypted --group dev pyproject.toml --output-file requirements/dev.txt

# Each stamp below says that one step of the installation is done and up to date.
# pip serves only for the first handful of packages, uv among them; uv installs the rest.
.venv/.build: requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "midcourse needs Python 3.11 or newer; here is $$($(PYTHON) -V 2>/dev/null || echo no Python). Install it with:"; \
		if command -v brew >/dev/null; then echo "    brew install python@3.12"; \
		else echo "    sudo apt-get install python3.11 python3.11-venv"; fi; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make a virtual environment: its venv module is missing. Install it with:"; \
		echo "    sudo apt-get install $(notdir $(PYTHON))-venv"; exit 1; } >&2
	@echo "Making .venv, a place of its own for everything midcourse needs."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

.venv/.project: pyproject.toml .venv/.build
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.run: requirements/run.txt .venv/.project
	@echo "Installing what midcourse runs on (the first time this takes a minute)."
	@$(LOCKED) $<
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.project
	@echo "Installing what midcourse runs on and the tools that test it (the first time this takes a minute)."
	@$(LOCKED) $<
	@touch $@
