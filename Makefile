# The commands of the project. Nothing is needed but Python 3.11 or later and make; uv is used when it is there.
#
#   make run      everything on this machine, at http://localhost:8000/ or the next free port
#   make test     the tests, on throw-away servers; ARGS="-k bail" passes arguments to pytest
#   make check    format, lint, types, architecture, templates, migrations, production settings, generated documents
#   make bench    the measurements that bench/README.md describes
#   make mutate   mutation testing of the rules, docs/mutation.md; ROOMS="working-days permissions" for some of it
#   make format   puts Python in the house's form
#   make lock     resolves requirements/*.in afresh into hashed requirements/*.txt (needs uv)
#   make docs     writes the generated documents

PY := .venv/bin/python
# Two workers, a file of tests at a time; ARGS="…" replaces this.
ARGS ?= -n 2 --dist loadfile
STAMP := .venv/.requirements-$(shell cat requirements/base.txt requirements/dev.txt | cksum | tr ' ' '-')
SERVERS := $(PY) -m rasso.launcher with-servers --quiet --

.PHONY: run test check bench mutate format lock docs clean
.DEFAULT_GOAL := run

$(STAMP):
	@scripts/environment.sh $@

run: $(STAMP)
	@$(PY) -m rasso.launcher run --with-make

test: $(STAMP)
	@$(PY) -m rasso.launcher test $(ARGS)

check: $(STAMP)
	@scripts/check.sh

bench: $(STAMP)
	@$(PY) -m rasso.launcher with-servers -- $(PY) -m bench $(BENCH)

mutate: $(STAMP)
	@$(SERVERS) $(PY) scripts/mutate.py $(ROOMS)

format: $(STAMP)
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/base.in -o requirements/base.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/dev.in -o requirements/dev.txt

docs: $(STAMP)
	@$(SERVERS) $(PY) manage.py generate_docs

clean:
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis staticfiles htmlcov .coverage
