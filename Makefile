# make run     the kiosk on this screen (WINDOWED=1 for a window)
# make test    all tests, on every core, no display needed; `make test-fast` in two, without
#              real windows and faults
# make approve the screens as they look now, after a look at what has changed
# make check   lint, types, layers, QML
PYTHON := .venv/bin/python
# Compiled once, also where the shell would have each process do so again.
PYTEST := PYTHONDONTWRITEBYTECODE= QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest
# Where tests that cut no power may keep their files, if a gigabyte is free there.
MEMORY = $(shell df --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 1000000 { print "/dev/shm" }')

.PHONY: run test test-fast approve check deb bundle schema lock benchmark benchmark-quick soak setup

run: setup
	$(PYTHON) main.py $(if $(WINDOWED),--windowed)

test: setup
	$(PYTEST) --numprocesses auto --dist worksteal \
	    --cov --cov-report term-missing:skip-covered --cov-fail-under 90

test-fast: setup
	PYTEST_DEBUG_TEMPROOT=$(MEMORY) $(PYTEST) --numprocesses auto --dist worksteal \
	    --ignore tests/faults -m "not window and not slow"

# What the page shows as it should not be: `git restore tests/approved`.
approve: setup
	$(PYTEST) tests/approved --approve

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) tests/qml/lint.py

# dist/showroom-kiosk_….deb, for Debian 12 and 13.
deb: setup
	sh .ci/deb

# dist/showroom-kiosk_…_bookworm.tar and _trixie.tar, for machines without network; as root.
bundle: deb
	sh .ci/bundle bookworm
	sh .ci/bundle trixie

benchmark: setup
	$(PYTHON) -m tests.benchmarks

# The same tables from one round of smaller sets, for every day.
benchmark-quick: setup
	$(PYTHON) -m tests.benchmarks --quick

# Months of visitors in minutes; a failure says how to replay it.
soak: setup
	$(PYTHON) -m tests.soak --touches $(or $(TOUCHES),200000) --seed $(or $(SEED),1)

# What editors know of content.yaml, after a change to the model.
schema: setup
	$(PYTHON) main.py schema > content.schema.json.new
	mv content.schema.json.new content.schema.json

# Newest versions allowed by pyproject.toml, each with its hashes and without any index's address.
lock: setup
	.venv/bin/python -m pip install -q pip-tools
	.venv/bin/pip-compile -q --extra dev --generate-hashes --allow-unsafe \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-annotate \
	    --no-header --output-file requirements.txt pyproject.toml

setup:
	@sh .ci/setup
