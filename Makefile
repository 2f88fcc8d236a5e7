# Everything that is done to Herdbook, from nothing but make and python3 (3.11 or later) with pip.
# Files named .stamp say that a step is done, so that doing it again takes no time.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help up test check served bench evaluate docs assets clean

PYTHON ?= python3
SOURCE ?=
PORT ?=

# Taken from PATH, or else fetched with pip into a folder of its own: Debian splits venv off and
# guards the system's Python, and `pip install --target` needs neither.
UV := $(shell command -v uv || echo .uv/bin/uv)
BIN := .venv/bin
# A file's tests share what they set up, so a file goes to one process. Each starts its own servers.
AT_ONCE := --numprocesses=logical --maxprocesses=4 --dist=loadfile
SYNCED := .venv/.stamp
ASSETS := api/dashboard/assets
STATIC := api/dashboard/static

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
# Through the environment, so that the shell takes them as they are, whatever is in them.
export SOURCE PORT
unexport VIRTUAL_ENV
# What the system trusts, a company's own certificates included, where the system keeps a list.
CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(CERTIFICATES),)
export UV_SYSTEM_CERTS := 1
export NODE_EXTRA_CA_CERTS ?= $(CERTIFICATES)
endif

help: ## this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1 \2/p' Makefile | \
	  while read -r name what; do printf '  %-8s %s\n' "$$name" "$$what"; done

up: $(SYNCED) assets ## the main job: SOURCE=... says what to read, PORT=... where to serve
	@$(BIN)/herdbook up $${SOURCE:+--source "$$SOURCE"} $${PORT:+--port "$$PORT"}

test: $(SYNCED) assets ## the tests
	$(BIN)/pytest $(AT_ONCE)

check: $(SYNCED) assets ## what CI runs: style, types, the layers, the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(AT_ONCE)

# The index keeps few patch releases of the embedded graph engine. It is asked by exit code: 1 says
# that there is no such version, more that it could not be asked.
served: | $(UV) ## whether the embedded graph engine that is locked can still be installed
	@version=$$(sed -n '/^name = "kglite"$$/{n;s/^version = "\(.*\)"$$/\1/p;}' uv.lock); \
	echo "kglite==$$version" | $(UV) pip compile --quiet --no-deps --only-binary kglite \
	  --refresh-package kglite - >/dev/null; \
	case $$? in \
	  0) ;; \
	  1) echo "kglite $$version, which uv.lock names, is no longer served:" \
	     "docs/operations.md says how it is moved" >&2; exit 1 ;; \
	  *) echo "nobody could be asked whether kglite $$version is still served" >&2 ;; \
	esac

bench: $(SYNCED) ## the benchmarks: load, databases, judging, hostile texts, servers
	$(BIN)/python -m tests.bench

evaluate: $(SYNCED) ## how well lineage is inferred; FIT=1 fits the weights anew first
	$(BIN)/python -m tests.evaluate $(if $(FIT),--fit)

docs: $(SYNCED) ## the pages on checks, licences and filters, from code and data
	$(BIN)/python -m tests.tools.write_docs
	$(BIN)/python -m tests.tools.layers

clean: ## remove what make made (not .herdbook, which holds the data)
	rm -rf .venv .uv $(ASSETS)/node_modules $(STATIC)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The Python side: the locked packages, with the python3 found and no other.
$(SYNCED): pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --python "$$(command -v $(PYTHON))"
	@touch $@

.uv/bin/uv:
	$(PYTHON) -m pip install --quiet --upgrade --target .uv uv

# The pages' scripts: node and npm come from a Python package, the libraries from the lock.
ifneq ($(wildcard $(ASSETS)/package.json),)
NODE := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(ASSETS)
MODULES := $(ASSETS)/node_modules/.stamp
SCRIPTS := $(shell find $(ASSETS) -name node_modules -prune -o -type f -print)

assets: $(STATIC)/.stamp ## the pages' scripts, bundled

$(MODULES): $(ASSETS)/package.json $(ASSETS)/package-lock.json $(SYNCED)
	$(NODE) ci --no-audit --no-fund
	@touch $@

$(STATIC)/.stamp: $(SCRIPTS) $(MODULES)
	$(NODE) run build
	@mkdir -p $(STATIC) && touch $@
else
assets:
endif
