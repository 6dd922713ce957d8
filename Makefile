# Everything that Rongka needs to run and to be tested. Needs only Python 3.11+, Node 20+ and make.
# Each step leaves a file in .cache/made, so that it is done again only when what it is made from has changed.

PORT ?= 8000
PYTHON ?= python3
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.SILENT:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The tests start our command a hundred times: Python shall keep what it has compiled, whatever the machine prefers.
unexport PYTHONDONTWRITEBYTECODE

MADE := .cache/made
BIN := .venv/bin
FRONTEND := $(shell find frontend src/rongka/web -name node_modules -prune -o -name built -prune -o \
	\( -name '*.scss' -o -name '*.ts' -o -name '*.mjs' -o -name 'tsconfig.json' \) -print 2>/dev/null)
CATALOGUES := $(shell find src -name '*.po' 2>/dev/null)
say = printf '\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: help setup run test check book vectors format locks clean

help: ## show this list
	echo "Rongka 融卡. Usage: make TARGET [PORT=8000]"
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(MADE)/python $(MADE)/node $(MADE)/assets $(MADE)/messages ## install and build everything, start nothing

run: setup ## seed the demo city and serve it on http://localhost:PORT (Ctrl-C stops it)
	$(call say,Starting the demo city on http://localhost:$(PORT))
	exec $(BIN)/rongka serve --port $(PORT)

test: setup $(MADE)/chromium $(MADE)/softhsm ## run all tests, in a database of their own
	$(call say,Running the tests)
	$(BIN)/pytest -n auto $(ARGS)

check: setup ## check style, types, layers, locks and migrations, without running tests
	$(call say,Style: ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(call say,Layers: import-linter)
	$(BIN)/lint-imports --no-cache | tail -n 25
	$(call say,Types: mypy)
	$(BIN)/mypy
	$(call say,Types: tsc)
	npm run --silent check
	$(call say,Migrations are complete)
	RONGKA_HOME=$(CURDIR)/.cache/check-home RONGKA_DATABASE_OWNER=1 $(BIN)/rongka manage makemigrations --check --dry-run
	$(call say,Locks hold hashes and no addresses)
	if grep -nE 'https?://|--(extra-)?index-url|--find-links' requirements/*.txt || grep -n '"resolved"' package-lock.json; then exit 1; fi
	$(call say,The generated book and the shared vectors are fresh)
	$(BIN)/rongka book --check
	$(BIN)/python -m tests.vectors --check

book: $(MADE)/python ## write the official's book and the public guide from the rule book
	$(BIN)/rongka book

vectors: $(MADE)/python ## write the vectors that all implementations of the codes share
	$(BIN)/python -m tests.vectors

format: $(MADE)/python ## format the Python code and mend what ruff can mend
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

locks: $(MADE)/python ## pin the newest allowed versions in requirements/*.txt
	compile() { $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --upgrade "$$@"; }
	compile pyproject.toml --extra server --extra pkcs11 --extra face -o requirements/server.txt
	compile pyproject.toml --extra server --extra pkcs11 --extra face --group dev --group peers -c requirements/server.txt -o requirements/dev.txt
	grep -A 100 '^uv==' requirements/dev.txt | awk 'NR > 1 && /^[a-z]/ { exit } { print }' > requirements/uv.txt

clean: ## remove what setup made; demo data in var/ stays
	rm -rf .venv node_modules .cache src/rongka/web/static/built

$(MADE)/python: requirements/dev.txt requirements/uv.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rongka needs Python 3.11 or newer, and $(PYTHON) is older: make PYTHON=python3.12 ..."; exit 1; }
	if ! [ -x $(BIN)/python ]; then
		$(call say,Making a virtual environment in .venv)
		$(PYTHON) -m venv .venv || { echo "This Python cannot make virtual environments. On Debian: apt-get install python3-venv"; exit 1; }
	fi
	$(call say,Installing the pinned Python packages (hash-checked))
	export PIP_DISABLE_PIP_VERSION_CHECK=1
	$(BIN)/pip install --quiet --require-hashes -r requirements/uv.txt
	# uv takes seconds where pip takes half a minute; pip knows mirrors that uv does not, so it is the second try.
	VIRTUAL_ENV=.venv UV_LINK_MODE=copy $(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.txt \
		|| $(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	mkdir -p $(MADE) && touch $@

$(MADE)/node: package-lock.json package.json .npmrc
	command -v node >/dev/null && command -v npm >/dev/null || { echo "Rongka needs Node 20 or newer with npm to build its pages"; exit 1; }
	node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || { echo "Rongka needs Node 20 or newer"; exit 1; }
	$(call say,Installing the pinned browser packages (npm ci))
	npm ci --silent --no-progress
	mkdir -p $(MADE) && touch $@

$(MADE)/assets: $(MADE)/node $(FRONTEND)
	$(call say,Building styles and scripts)
	npm run --silent build
	mkdir -p $(MADE) && touch $@

$(MADE)/messages: $(MADE)/python $(CATALOGUES)
	$(call say,Compiling the Chinese catalogue)
	for catalogue in $(CATALOGUES); do
		$(BIN)/pybabel --quiet compile --input-file="$$catalogue" --output-file="$${catalogue%.po}.mo" --locale=zh_Hans
	done
	mkdir -p $(MADE) && touch $@

$(MADE)/chromium:
	if ! command -v chromium-headless-shell >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		$(call say,Installing Chromium for the browser tests)
		install() { DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$$@" fonts-noto-cjk >/dev/null; }
		apt-get update -qq
		install chromium-headless-shell || install chromium
	fi
	if ! command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null; then
		echo "The browser tests need Chromium: install it (on Debian: apt-get install chromium-headless-shell fonts-noto-cjk), then run make test again"
		exit 1
	fi
	mkdir -p $(MADE) && touch $@

$(MADE)/softhsm:
	if ! command -v softhsm2-util >/dev/null; then
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
			$(call say,Installing SoftHSM for the tests of hardware modules)
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends softhsm2 >/dev/null \
				|| echo "SoftHSM could not be installed: its tests will be skipped"
		else
			echo "Without SoftHSM the tests of hardware modules are skipped (on Debian: apt-get install softhsm2)"
		fi
	fi
	mkdir -p $(MADE) && touch $@
