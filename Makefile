# One environment, .venv, made on first use. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
SCENARIO ?= data/scenarios/support-desk.yaml

# loadscope keeps one module, with its browser or its kernel, on one worker.
WORKERS := -n 2 --dist loadscope
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))
NBVAL := $(if $(NOTEBOOKS),--nbval-lax --nbval-current-env)
PROSE := $(wildcard .ci src tests perf docs data *.md)

# A backend chosen outside, such as agg, silently drops every figure of a notebook.
unexport MPLBACKEND

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup report test check perf sampling lab lock clean lint

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything in it

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 14) or sys.exit(f"Python {v[0]}.{v[1]} was given; 3.11 to 3.14 are allowed: make PYTHON=python3.12 setup")'
	@echo "setup 1/2: making .venv"
	@$(PYTHON) -m venv .venv
	@echo "setup 2/2: installing the pinned packages (a minute or two)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

report: $(STAMP) ## write the report of SCENARIO=... into reports/
	@$(BIN)/scenarios report $(SCENARIO)

# Each tool speaks only when it finds something.
lint: $(STAMP)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "run: $(BIN)/ruff format"; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@out=$$($(BIN)/lint-imports 2>&1) || { echo "$$out"; exit 1; }

test: lint ## everything that has to hold: lint, spelling, tests, notebooks
	@$(BIN)/codespell $(PROSE)
	@$(BIN)/python -m pytest -q $(WORKERS) --hypothesis-profile=ci $(NBVAL) tests $(NOTEBOOKS)

check: lint ## the part of it that takes under a minute
	@$(BIN)/python -m pytest -q $(WORKERS) --hypothesis-profile=check -m "not slow and not browser" tests

perf: $(STAMP) ## time the engine and the views
	@$(BIN)/python perf/bench.py $(ARGS)

sampling: $(STAMP) ## measure how well means are known, with random futures and Sobol points
	@$(BIN)/python perf/sampling.py $(ARGS)

lab: $(STAMP) ## open the notebooks
	@$(BIN)/jupyter lab notebooks

lock: $(STAMP) ## choose the newest versions again and write constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --quiet --output-file constraints.txt

clean: ## remove .venv and every cache
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +
