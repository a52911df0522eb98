# Every command of the project. `make` alone lists them; each installs what it needs first.
.DEFAULT_GOAL := help
.PHONY: help run demo setup test test-faults check fix bench bench-themes words concepts names lock

PYTHON ?= python3
export PYTHON
# Where the machine has no Node.js or uv, the set-up keeps its own here.
export PATH := $(CURDIR)/.tools/bin:$(PATH)

help: ## This list
	@awk -F ':.*## ' '/^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

##@ Use
run: ## Serve on this machine; VERKSTAD_HOST and VERKSTAD_PORT say where
	@.ci/setup run
	@.venv/bin/verkstad serve

demo: ## Play an evening against a running server; EVENING=FILE for one of your own
	@.ci/setup run
	@.venv/bin/python .ci/demo.py $(if $(EVENING),"$(EVENING)")

setup: ## Only install, so that .venv/bin/verkstad can be used
	@.ci/setup run

##@ Develop
test: ## Every test; T="tests/unit -k note" for some
	@.ci/setup test
	$(if $(T),,node platform/frontend/build.mjs --tests && node --test $$(find build/frontend-tests -name '*.mjs'))
	.venv/bin/python -m pytest $(T)

test-faults: ## Every fault test, the long ones too: about an hour; T="tests/faults/test_kills.py" for some
	@.ci/setup test
	VERKSTAD_SCHEDULES=$(or $(SCHEDULES),10000) .venv/bin/python -m pytest -m "long or not long" $(or $(T),tests/faults)

check: ## Style, types, floors and words
	@.ci/setup check
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	node_modules/.bin/tsc --noEmit --project platform/frontend
	.venv/bin/lint-imports --no-logo
	.venv/bin/python .ci/words.py check

fix: ## Let ruff mend what it can
	@.ci/setup check
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

bench: ## Measurements, as ratios; S="city evening" for some scenarios of the live ones
	@.ci/setup test
	@.venv/bin/python -m benchmarks $(if $(S),live $(S))

bench-themes: ## The sorting against people's own; GOLD=FOLDER for other notes that people sorted
	@.ci/setup test
	@.venv/bin/python -m benchmarks themes "$(or $(GOLD),../shared/gold)"

words: ## Gather new words into the catalogues, then tell what is not translated
	@.ci/setup check
	.venv/bin/python .ci/words.py update

concepts: ## Embed the concept library anew, when sv.txt has changed
	@.ci/setup run
	.venv/bin/python .ci/concepts.py

names: ## Gather the names that the name check knows anew, when there are newer lists
	@.ci/setup check
	.venv/bin/python .ci/names.py

lock: ## Resolve the dependencies anew; UPGRADE=--upgrade for newer versions
	.ci/lock $(UPGRADE)
