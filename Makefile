# Two commands do all the set-up: `make plan` and `make test`. They need Python >= 3.11, pip and make.
# Another Python: make plan PYTHON=/path/to/python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCHMARK := -p no:cacheprovider --benchmark-columns=min,median,rounds --benchmark-sort=name
SOURCES := pyproject.toml constraints.txt scripts/link_packages.py

.PHONY: plan test app docs lint types tests surfaces documented slow extras benchmark benchmark-page benchmark-large format constraints counts sbom clean help

plan: $(VENV)/installed  ## set up, then run the main job on the Shanghai case
	@$(BIN)/saidao plan shanghai

test: lint types tests  ## set up, then lint, types and all quick tests

lint: $(VENV)/installed-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/installed-test
	@$(BIN)/mypy

tests: $(VENV)/installed-test
	@$(BIN)/python -m pytest -q -m "not surface and not documented and not slow" -n auto --dist worksteal

surfaces: $(VENV)/installed-test  ## the tests of page, browser, judges, report, brief and pictures
	@$(BIN)/python -m pytest -q -m "surface and not slow" -n auto --dist loadfile

documented: $(VENV)/installed-test  ## what README and documentation say to run, as it stands there; that the documentation builds
	@$(BIN)/python -m pytest -q -m documented -n auto --dist loadfile

slow: $(VENV)/installed-test  ## the tests that take longer
	@$(BIN)/python -m pytest -q -m slow -n auto --dist worksteal

extras: $(VENV)/bin/python  ## each extra alone, with the newest releases: a command of the README that needs it
	@$(BIN)/python scripts/try_extras.py

benchmark: $(VENV)/installed-benchmark  ## ratios of the engine against the bare solver, pulp and linopy
	@$(BIN)/python -m pytest benchmarks -q -m "not large" $(BENCHMARK)

benchmark-page: $(VENV)/installed-test  ## how long a planner waits, in Chromium
	@$(BIN)/python -m benchmarks.page

benchmark-large: $(VENV)/installed-benchmark  ## a million columns within 8 GiB: minutes
	@$(BIN)/python -m pytest benchmarks -q -m large $(BENCHMARK)

app: $(VENV)/installed-app  ## the page for planners, at http://127.0.0.1:8765/
	@$(BIN)/saidao app

docs: $(VENV)/installed-test  ## the documentation, to docs/_build/html
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

format: $(VENV)/installed-test  ## write what is made from the registries, and format the sources
	@$(BIN)/python -m scripts.write_methods
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

constraints: $(VENV)/installed-test  ## pin the versions that are tested (no address gets into the file)
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-annotate --no-header \
		--upgrade --output-file constraints.txt pyproject.toml

counts: $(VENV)/bin/python  ## circles of imports, lines, and the files that adding one thing touches
	@$(BIN)/python -m scripts.counts

sbom: $(VENV)/installed-app  ## a software bill of materials (CycloneDX) of what the page is installed with: build/sbom.json
	@$(BIN)/pip install --quiet --disable-pip-version-check cyclonedx-bom
	@mkdir -p build
	@$(BIN)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml -o build/sbom.json $(BIN)/python
	@echo "build/sbom.json"

clean:  ## remove the virtual environment and caches
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 18

# --- set-up -------------------------------------------------------------------------------------------------------
# Stamps: nothing is installed again until the packages that are asked for change.

$(VENV)/installed: $(SOURCES) | $(VENV)/bin/python
	@echo "installing saidao into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-test: $(SOURCES) | $(VENV)/bin/python
	@echo "installing saidao and what its tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@$(BIN)/python scripts/link_packages.py
	@touch $@ $(VENV)/installed

$(VENV)/installed-app: $(SOURCES) | $(VENV)/bin/python
	@echo "installing saidao and its page into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[app]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-benchmark: $(SOURCES) | $(VENV)/installed-test
	@echo "installing what the benchmarks need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[benchmark]'
	@touch $@

$(VENV)/bin/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
		echo "saidao needs Python 3.11 or newer, and '$(PYTHON)' was not found. Install it, or name one: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "saidao needs Python 3.11 or newer; '$(PYTHON)' is `"$(PYTHON)" -c 'import sys; print(sys.version.split()[0])'`. Name a newer one: make PYTHON=/path/to/python3.12" >&2; exit 2; }
	@"$(PYTHON)" -m venv $(VENV) || { \
		rm -rf $(VENV); echo "Python's venv module did not work; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
