# Two commands are all that a newcomer needs: `make run` and `make test`. Each sets up what it needs first.

.DEFAULT_GOAL := run
.PHONY: run test bench chaos clean world

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

$(READY): pyproject.toml uv.lock
	@if command -v uv >/dev/null 2>&1; then uv sync --quiet; \
	else python3 -m venv $(VENV) && $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.' --group dev 2>/dev/null \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.' $$($(VENV)/bin/python .ci/dev_requirements.py); fi
	@touch $(READY)

run: $(READY)  ## publish the recorded sample week and say what to open
	@$(BIN)/digest run --week 2026-W25 --sample

world: $(READY)  ## the recorded week of a running world server: make world CONFIG=world.toml
	@$(BIN)/digest run --week 2026-W25 --config $(CONFIG)

test: $(READY)  ## lint, types, layers, tests with coverage
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -q -n 2 -m "not shared and not browser and not chaos" --cov --cov-report=term:skip-covered --cov-fail-under=95

bench: $(READY)  ## performance ratios, one table
	@$(BIN)/python -m benchmarks

chaos: $(READY)  ## long kill series
	@$(BIN)/python -m pytest -q -m chaos tests

clean:
	rm -rf $(VENV) sample public .pytest_cache .mypy_cache .ruff_cache
