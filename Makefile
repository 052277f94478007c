.DELETE_ON_ERROR:
.PHONY: run test coverage bench lint format requirements clean chromium chinese-font libreoffice

BIN := .venv/bin
RUNTIME := .venv/runtime.stamp
DEV := .venv/dev.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links
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

test: $(DEV) chromium chinese-font libreoffice
	$(BIN)/pytest --numprocesses=auto $(ARGS)

coverage: $(DEV) chromium chinese-font libreoffice
	$(BIN)/coverage erase
	$(BIN)/pytest --numprocesses=auto --cov --cov-report=term $(ARGS)

SCALE ?= 20000

bench: $(DEV)
	$(BIN)/python -m bench.reading --scale $(SCALE) $(ARGS)

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
