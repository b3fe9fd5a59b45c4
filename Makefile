# Everything starts here: python3 (3.11 or newer) and make are enough. `make help` lists the targets.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= $(or $(BANMIAN_PORT),8501)
HOST ?= $(or $(BANMIAN_HOST),localhost)
BIN := .venv/bin
TABLES := tables
SITE ?= site

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run tables site test browser accuracy fuzz soak bench bench-peers gallery lint licences audit sbom format types docs docs-check score lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: .venv/ready ## make .venv with what the dashboard needs

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Call: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "python3 cannot make a virtual environment. On Debian: apt install python3-venv"; exit 1; }

.venv/ready: requirements.txt | .venv/bin/python
	@echo "Installing what the dashboard needs (once, about half a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

setup-dev: .venv/ready-dev

.venv/ready-dev: requirements-dev.txt .venv/ready
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: setup ## open the dashboard; CORPUS=path ISSUE_DATE=2023-12-29 PUBLICATION=name for your own, PORT=8501
	@BANMIAN_PORT="$(PORT)" BANMIAN_HOST="$(HOST)" CORPUS="$(CORPUS)" ISSUE_DATE="$(ISSUE_DATE)" PUBLICATION="$(PUBLICATION)" \
	  sh scripts/run.sh

tables: setup ## build the tables of the bundled articles into tables/
	@BANMIAN_CORRECTIONS="$${BANMIAN_CORRECTIONS-data/corrections.jsonl}" \
	  $(BIN)/python -m etl build data/corpus --out $(TABLES)

site: tables ## write the static edition to site/; SITE=folder BASE_URL=https://host/folder/
	@$(BIN)/python -m etl publish --tables $(TABLES) --out $(SITE) $(if $(BASE_URL),--base-url "$(BASE_URL)")

browser: setup-dev
	@sh scripts/browser.sh

test: setup-dev browser ## run all tests (the browser tests need Debian's chromium)
	@$(BIN)/python -m pytest -m "not browser" -n auto --dist loadfile
	@$(BIN)/python -m pytest -m browser

accuracy: setup-dev ## measure accuracy on the texts beside the project and keep it for the documents
	@$(BIN)/python -m tests.accuracy --write
	@$(BIN)/python -m tests.kept

bench-peers: setup-dev ## measure other tools on the same texts
	@$(BIN)/python -m tests.peers
	@$(BIN)/python -m tests.kept

gallery: setup-dev browser ## write the picture of every page in docs/gallery/
	@$(BIN)/python -m tests.browser.gallery

bench: setup-dev browser ## measure speed: extraction as ratios within one run, what a reader waits for
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_builds
	@$(BIN)/python -m tests.browser.speed

fuzz: setup-dev ## feed every parser broken and hostile input; MINUTES=60 of all together, JOBS=2
	@$(BIN)/python -m tests.fuzz --minutes "$(or $(MINUTES),60)" --jobs "$(or $(JOBS),2)" --write

soak: setup-dev browser ## 100 readers at once, then every fault; MINUTES=10, READERS=100
	@$(BIN)/python -m tests.soak --minutes "$(or $(MINUTES),10)" --readers "$(or $(READERS),100)" --write

lint: setup-dev types licences ## check format, lint, types and licences
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

licences: setup-dev ## check that every package's licence is on the list
	@$(BIN)/python scripts/licences.py

audit: setup-dev ## ask for known holes in the locked packages; says for how many it could ask
	@$(BIN)/python scripts/audit.py

sbom: setup-dev ## write the bill of materials of what runs, CycloneDX, to bill-of-materials.json
	@$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml \
	  --output-reproducible --output-file bill-of-materials.json 2>/dev/null
	@echo "bill-of-materials.json: what requirements.txt locks."

format: setup-dev ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: setup-dev
	@$(BIN)/mypy

docs: setup-dev ## write the generated documents again
	@$(BIN)/python -m etl.dictionary
	@$(BIN)/python -m tests.kept

docs-check: setup-dev ## fail where a document and the code differ
	@$(BIN)/python -m pytest tests/test_docs.py

lock: .venv/bin/python ## resolve requirements*.in into the locked files
	@$(BIN)/python -m pip install --quiet uv
	@for name in requirements requirements-dask requirements-bill requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header $$name.in -o $$name.txt || exit 1; done

clean: ## remove everything that was made here
	@rm -rf .venv .cache $(TABLES) static/fonts $(SITE) .mypy_cache .ruff_cache .pytest_cache .hypothesis
