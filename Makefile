.DELETE_ON_ERROR:
.PHONY: run test coverage bench load kills worlds fuzz backup restore mutants lint format requirements \
	clean chromium chinese-font libreoffice server-packages

BIN := .venv/bin
RUNTIME := .venv/runtime.stamp
DEV := .venv/dev.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links
SERVER_PACKAGES := nginx postgresql python3-venv openssl curl logrotate
# Of docs/scaling.md.
POOLER := pgbouncer
BROWSERS := chromium chromium-browser google-chrome
FONT_FOLDERS := /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts \
	/System/Library/Fonts
CHINESE_FONTS := -iname '*cjk*' -o -iname 'wqy-*' -o -iname 'SourceHanSans*' -o -iname 'PingFang*'
TEMPLATES = $(shell find templates -name '*.html')

# The first Python on this machine that is new enough.
PYTHON := $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

# Settings of production, for checks that neither serve nor reach a database.
CHECKED = env -u CASEBASE_DEBUG -u CASEBASE_DEMO CASEBASE_HOSTS=casebase.example.org \
	CASEBASE_SECRET_KEY=only-for-checks-and-long-enough-to-pass-the-one-of-length \
	DATABASE_URL=postgres://nobody@localhost:1/none

run: $(RUNTIME)
	@exec $(BIN)/python -u -m casebase.demo_server --end-with-parent

test: $(DEV) chromium chinese-font libreoffice server-packages
	$(BIN)/pytest --numprocesses=auto $(ARGS)

coverage: $(DEV) chromium chinese-font libreoffice server-packages
	$(BIN)/coverage erase
	$(BIN)/pytest --numprocesses=auto --cov --cov-report=term $(ARGS)

SCALE ?= 20000

bench: $(DEV)
	$(BIN)/python -m bench.reading --scale $(SCALE) $(ARGS)

# An hour of readers, imports and curators; MINUTES=2 for a look.
MINUTES ?= 60

load: $(DEV)
	$(BIN)/python -m bench.load --minutes $(MINUTES) $(ARGS)

# The same as in `make test`, by the hundred thousand; takes an hour or two.
fuzz: $(DEV)
	CASEBASE_FUZZ_API=20000 CASEBASE_FUZZ_PAGES=20000 CASEBASE_FUZZ_INPUTS=100000 \
		CASEBASE_MUTATED=10000 nice $(BIN)/pytest -m fuzz $(ARGS)

# The same as in `make test`, for hours instead of seconds.
kills: $(DEV)
	CASEBASE_KILLS=1000 CASEBASE_DATABASE_KILLS=200 $(BIN)/pytest -s tests/survival/test_killed.py $(ARGS)

# Hidden worlds that must change nothing for readers: `make test` tries 200. WORLDS=500 tries as many.
worlds: $(DEV)
	CASEBASE_WORLDS=$(or $(WORLDS),2000) $(BIN)/pytest tests/worlds/test_worlds.py $(ARGS)

# make backup TO=/srv/backups KEEP=14
backup: $(RUNTIME)
	@$(BIN)/python -m casebase.backups take $(if $(TO),--to "$(TO)") $(if $(KEEP),--keep $(KEEP))

# make restore BACKUP=/srv/backups/casebase-20261121T205500Z OVER=1
restore: $(RUNTIME)
	@test -n "$(BACKUP)" || { echo "Say which: make restore BACKUP=folder."; exit 1; }
	@$(BIN)/python -m casebase.backups restore "$(BACKUP)" $(if $(OVER),--over)

# In an environment of its own: mutmut is no tool of the tests. Takes hours; GROUPS names some.
MUTANTS := .venv/mutants.stamp

$(MUTANTS): tests/walls/mutants-requirements.txt | $(DEV)
	@$(BIN)/python -m venv .venv/mutants
	@$(BIN)/python -c 'import site; print(site.getsitepackages()[0])' \
		> $$(echo .venv/mutants/lib/python3*/site-packages)/casebase.pth
	@.venv/mutants/bin/python -m pip --disable-pip-version-check --quiet install \
		--requirement tests/walls/mutants-requirements.txt
	@touch $@

mutants: $(MUTANTS)
	nice .venv/mutants/bin/python -m tests.walls.mutants $(GROUPS) $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(CHECKED) $(BIN)/mypy casebase literature patients
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(CHECKED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(CHECKED) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	-$(BIN)/djade --target-version 5.2 $(TEMPLATES)

requirements: $(DEV)
	$(COMPILE) --upgrade requirements.in --output-file requirements.txt
	$(COMPILE) --upgrade requirements-dev.in --output-file requirements-dev.txt

clean:
	rm -rf .venv .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis \
		.import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Casebase needs Python 3.11 or newer: install it as python3."; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python's venv module is missing (on Debian: apt-get install python3-venv)."; exit 1; }

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt"
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(BIN)/python
	@echo "Installing requirements-dev.txt"
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

chromium:
	@for browser in $(BROWSERS); do command -v $$browser >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "Install Chromium for the browser tests (on Debian: apt-get install chromium)."; exit 1; \
	fi

chinese-font:
	@find -L $(FONT_FOLDERS) \( $(CHINESE_FONTS) \) -type f 2>/dev/null | grep -q . && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing a Chinese font for the tests of exports"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq fonts-wqy-microhei >/dev/null; \
	else \
		echo "Install a Chinese font for the tests of exports (on Debian: apt-get install fonts-noto-cjk)."; exit 1; \
	fi

libreoffice:
	@command -v soffice >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing LibreOffice Writer for the tests of Word files"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui >/dev/null; \
	else \
		echo "Install LibreOffice Writer for the tests of Word files (on Debian: apt-get install libreoffice-writer-nogui)."; exit 1; \
	fi

server-packages:
	@for program in nginx pg_createcluster pgbouncer openssl curl logrotate; do \
		command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing what a server has, for the tests of operations:$$missing"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq $(SERVER_PACKAGES) $(POOLER) >/dev/null; \
	else \
		echo "Not here:$$missing. The run-through of docs/operations.md, or the tests of a pooler, are left out (on Debian: apt-get install $(SERVER_PACKAGES) $(POOLER))."; \
	fi
