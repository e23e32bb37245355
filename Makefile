# One line for each target: `make` prints them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:

# The Python that makes the environments; 3.11 or newer.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
# A room of src/payforsuccess, to run its tests alone: make test ROOM=payments
ROOM ?=
# How many processes run the tests.
JOBS ?= 2

PLAY  := .venv
CHECK := .venv-check
SERVE := .venv-serve
REFER := .venv-references
OLDER := .venv-older
# What is tested on PostgreSQL too: everything that writes rows, without the pages' looks and words.
# The crawls of every form and every address, and the made-up county, run on it in `make deep`.
NO_BROWSER := --ignore=tests/web/browser --ignore=tests/web/ui --ignore-glob='*_browser.py' --ignore-glob='*spanish.py'
NO_CRAWL   := --ignore=tests/web/truth/test_hostile.py --ignore=tests/web/truth/test_headers.py --ignore=tests/web/demo --ignore=tests/web/test_matrix.py
SPHINX := -W --keep-going -E -n -q -b html docs docs/_build/html
PIP   := -m pip --disable-pip-version-check --no-input --quiet --quiet

.PHONY: help demo serve test older check fix deep references pictures docs generated requirements clean

help: ## list what make can do
	@echo 'make TARGET, where TARGET is one of:'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-14s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(PLAY)/ready ## set up, run a real experiment from agency records to a paid statement
	@$(PLAY)/bin/pfs run examples/maryland-reentry
	@echo
	@echo 'Look next at:'
	@echo '  examples/maryland-reentry/deal.yaml          the deal, in one file'
	@echo '  examples/maryland-reentry/out/               the statement, the report (open it in a browser), the run record'
	@echo '  $(PLAY)/bin/pfs --help                         all commands'
	@echo '  docs/tutorial/                               the same, step by step'

serve: $(SERVE)/ready ## open the web application on a made-up county, at http://127.0.0.1:8000
	@$(SERVE)/bin/pfs serve --demo --home $${PFS_HOME:-.demo-county}

test: $(CHECK)/ready ## run the tests (ROOM=payments for one room); sets up what it needs
	@[ -z '$(ROOM)' ] || [ -d 'tests/rooms/$(ROOM)' ] || { echo 'There is no room $(ROOM); the rooms are:'; ls tests/rooms; exit 2; }
	$(CHECK)/bin/python -m pytest -m 'not deep' $(if $(ROOM),tests/rooms/$(ROOM),-n $(JOBS))
	[ -n '$(ROOM)' ] || $(CHECK)/bin/python -m tests.web.postgresql \
	  $(CHECK)/bin/python -m pytest -m 'not deep' tests/web $(NO_BROWSER) $(NO_CRAWL) -n $(JOBS)

older: $(OLDER)/ready ## run the tests of store and measures on the older line of DuckDB that we support
	$(OLDER)/bin/python -m pytest -m 'not deep and not spark' tests/rooms/store tests/rooms/measures tests/spec -n $(JOBS)

check: $(CHECK)/ready ## look for faults in style, types, imports, docs and generated files; changes nothing
	@failed=; \
	run() { echo "$$1: $${*:2}"; "$${@:2}" || failed="$$failed $$1,"; }; \
	run style $(CHECK)/bin/ruff check .; \
	run format $(CHECK)/bin/ruff format --check .; \
	run types $(CHECK)/bin/mypy; \
	run imports $(CHECK)/bin/lint-imports --no-cache; \
	run generated $(CHECK)/bin/python -m docs.generate --check; \
	run docs $(CHECK)/bin/sphinx-build $(SPHINX); \
	[ -z "$$failed" ] || { echo "Faults in:$${failed%,}"; exit 1; }

fix: $(CHECK)/ready generated ## mend style and remake generated files
	$(CHECK)/bin/ruff check --fix .
	$(CHECK)/bin/ruff format .

deep: $(CHECK)/ready ## long searches and the benchmarks, which write their figures under benchmarks/
	PFS_DEEP=1 $(CHECK)/bin/python -m pytest -m deep -n $(JOBS) --timeout=0
	$(CHECK)/bin/python -m tests.web.postgresql \
	  $(CHECK)/bin/python -m pytest tests/web $(NO_BROWSER) -n $(JOBS) --timeout=0
	PFS_DEEP=1 $(CHECK)/bin/python -m pytest tests/laws tests/engines -n $(JOBS) --timeout=0
	@for bench in benchmarks/*.py; do \
	  grep -q '__main__' "$$bench" || continue; echo "$$bench"; $(CHECK)/bin/python "$$bench"; done

references: $(REFER)/ready ## remake the figures that the tests compare to, with other people's packages
	@for script in tests/known/make_*.py; do \
	  [ -e "$$script" ] || continue; echo "$$script"; $(REFER)/bin/python "$$script"; done

pictures: $(CHECK)/ready ## take the tutorial's pictures anew, in a made-up county
	$(CHECK)/bin/python -m tests.web.pictures

docs: $(CHECK)/ready ## build the documentation as a site
	$(CHECK)/bin/sphinx-build $(SPHINX)
	@echo 'Open docs/_build/html/index.html'

generated: $(CHECK)/ready ## remake the files that are made from the code
	$(CHECK)/bin/python -m docs.generate

requirements: $(CHECK)/ready ## pin the newest packages that fit, with hashes
	@pin() { $(CHECK)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
	    --no-emit-index-url --no-header --quiet "$$@"; }; \
	pin pyproject.toml -o requirements/plain.txt; \
	pin pyproject.toml --extra analysis --extra documents -c requirements/plain.txt -o requirements/analysis.txt; \
	pin requirements/build.in -o requirements/build.txt; \
	pin pyproject.toml --extra analysis --extra documents --extra web -c requirements/analysis.txt -o requirements/web.txt; \
	pin pyproject.toml --extra analysis --extra documents --extra spark --extra web requirements/build.in requirements/check.in \
	    -c requirements/web.txt -c requirements/build.txt -o requirements/check.txt; \
	pin requirements/references.in -o requirements/references.txt

clean: ## remove environments, caches, builds and what examples wrote
	rm -rf $(PLAY) $(SERVE) $(CHECK) $(REFER) $(OLDER) build dist docs/_build docs/_generated examples/*/out
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environments. Each is made again when its requirements change, and knows the package again when
# pyproject.toml does; stamps keep later calls quick.

$(PLAY)/packages: requirements/analysis.txt requirements/build.txt
	@$(call make_environment,$(PLAY),-r requirements/analysis.txt -r requirements/build.txt)
	@touch $@

$(SERVE)/packages: requirements/web.txt requirements/build.txt
	@$(call make_environment,$(SERVE),-r requirements/web.txt -r requirements/build.txt)
	@touch $@

$(CHECK)/packages: requirements/check.txt
	@$(call make_environment,$(CHECK),-r requirements/check.txt)
	@touch $@

$(OLDER)/packages: requirements/check.txt
	@$(call make_environment,$(OLDER),-r requirements/check.txt)
	@$(OLDER)/bin/python $(PIP) install --no-deps 'duckdb==1.5.6'
	@touch $@

$(PLAY)/ready $(SERVE)/ready $(CHECK)/ready $(OLDER)/ready: %/ready: %/packages pyproject.toml
	@$*/bin/python $(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(REFER)/ready: requirements/references.txt
	@$(call make_environment,$(REFER),-r requirements/references.txt)
	@touch $@

# $(1) is the folder, $(2) the requirements.
define make_environment
[ -n "$(PYTHON)" ] || { echo 'Python 3.11 or newer is needed and none was found; name one with PYTHON=...'; exit 2; }; \
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$("$(PYTHON)" -V). Name another with PYTHON=..."; exit 2; }; \
echo 'Setting up $(1) (once; a minute or two) ...'; \
rm -rf $(1); \
"$(PYTHON)" -m venv $(1) \
  || { echo 'Python lacks the module venv; on Debian and Ubuntu install the package python3-venv.'; exit 2; }; \
$(1)/bin/python $(PIP) install --require-hashes $(2)
endef
