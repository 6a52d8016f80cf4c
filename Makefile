# Every line here is a word of bootstrap.py, so Windows does without make.

# The first Python that is new enough: macOS has an old python3 of its own.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && exit; \
	done; echo python3)

.DEFAULT_GOAL := help
.PHONY: help setup run test check test-lts bench lock docs demo

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 12

setup: ## the environment in .venv and the local Neo4j, once
	@$(PYTHON) bootstrap.py setup

run: ## set-up if needed, then the app in the browser
	@$(PYTHON) bootstrap.py run

test: ## set-up if needed, then all tests
	@$(PYTHON) bootstrap.py test

check: ## format, lint, types, import law, requirements, network bundle
	@$(PYTHON) bootstrap.py check

test-lts: ## store, query and pipeline tests on the Neo4j LTS (needs SCHAKEL_LTS_SERVER)
	@$(PYTHON) bootstrap.py test -m lts

bench: ## the numbers, printed with machine and versions
	@$(PYTHON) bootstrap.py bench

lock: ## requirements*.txt anew from pyproject.toml; UPGRADE=1 takes the newest versions
	@$(PYTHON) bootstrap.py lock $(if $(UPGRADE),--upgrade)

docs: ## the generated pages of docs/
	@$(PYTHON) bootstrap.py docs

demo: ## load the invented demo world into the store
	@$(PYTHON) bootstrap.py demo
