# The front door: every target is one line that calls a program. `make` alone explains itself.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

YEAR ?=
GEMEENTE ?= groningen
KENNIS_TOT ?=
TEST ?= tests
BUILD ?=
FROM ?=
TO ?=
FORCE ?=
BENCH ?=
PLAN ?=
# What every command about one edition is asked; PLAN=1 means the plan instead of the report.
EDITION = --year "$$YEAR" --gemeente "$$GEMEENTE" --kennis-tot "$$KENNIS_TOT" $(if $(PLAN),--plan)
export YEAR GEMEENTE KENNIS_TOT TEST BUILD FROM TO
export PYTHONUTF8 := 1
# Without stored bytecode every kernel would compile kwlib again.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

# A stamp per section of the lock. The folder is part of its name: a copied or moved .venv is set right again.
KEY := $(shell { pwd; cat requirements.lock pyproject.toml .ci/venv; } | cksum | tr ' ' -)
RAPPORTAGE := .venv/.rapportage-$(KEY)
TESTS := .venv/.test-$(KEY)
LAB := .venv/.lab-$(KEY)
BROKEN := $(if $(filter heel,$(shell .venv/bin/python -c 'print("heel")' 2>/dev/null)),,broken)

.PHONY: help report plan preview why booklets check new verify diff register test bench accessibility gallery lab lock clean broken
help:  ## deze uitleg
	@echo 'De rapportage Krachtwijken. Kies uit:'
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile
	@echo
	@echo 'Instellen: YEAR=2009 (verslagjaar), GEMEENTE=groningen, KENNIS_TOT=2009-10-08 (wat was op die dag bekend?),'
	@echo '            PLAN=1 (het jaarplan in plaats van het verslag), FORCE=1 (maak alles opnieuw)'
	@echo 'Voorbeeld: make report YEAR=2009'

report: $(RAPPORTAGE)  ## maak pagina, PDF, brief en notebooks:             make report YEAR=2009
	@.venv/bin/kw report $(EDITION) $(if $(FORCE),--force)

plan: $(RAPPORTAGE)  ## maak het jaarplan van een jaar:                   make plan YEAR=2010
	@.venv/bin/kw report $(EDITION) --plan $(if $(FORCE),--force)

preview: $(RAPPORTAGE)  ## volg de rapportage in de browser:                 make preview YEAR=2009
	@.venv/bin/kw preview $(EDITION)

why: $(RAPPORTAGE)  ## waarom moet elk hoofdstuk opnieuw, of niet?       make why YEAR=2009
	@.venv/bin/kw why $(EDITION)

booklets: $(RAPPORTAGE)  ## maak een boekje per wijk:                         make booklets YEAR=2009
	@.venv/bin/kw batch booklets --years "$$YEAR" --gemeenten "$$GEMEENTE" --kennis-tot "$$KENNIS_TOT"

check: $(RAPPORTAGE)  ## controleer alleen de gegevens:                    make check YEAR=2009
	@.venv/bin/kw check $(EDITION)

new: $(RAPPORTAGE)  ## begin een nieuwe gemeente:                        make new GEMEENTE=naam YEAR=2010
	@.venv/bin/kw new --year "$$YEAR" --gemeente "$$GEMEENTE"

verify: $(RAPPORTAGE)  ## reken de rapportage na, of een map of PDF:        make verify YEAR=2009 [BUILD=pad]
	@.venv/bin/kw verify $(EDITION) --build "$$BUILD"

diff: $(RAPPORTAGE)  ## welke cijfers verschillen, en waardoor?           make diff FROM=2008 TO=2009
	@.venv/bin/kw diff --year "$$YEAR" --gemeente "$$GEMEENTE" "$$FROM" "$$TO"

register: $(RAPPORTAGE)  ## leg de cijfers van een rapportage vast:           make register YEAR=2009
	@.venv/bin/kw register --year "$$YEAR" --gemeente "$$GEMEENTE" $(if $(PLAN),--plan)

test: $(TESTS)  ## voer alle tests uit, of een deel:                 make test TEST=tests/show
	@.venv/bin/python -m pytest -q -n auto --dist loadfile "$$TEST"

bench: $(TESTS)  ## meet hoe snel alles is:                           make bench BENCH='--rounds 1'
	@.venv/bin/python tests/bench $(BENCH)

accessibility: $(TESTS)  ## toets de toegankelijkheid van alles:              make accessibility
	@.venv/bin/python -m pytest -q -n auto --dist loadfile --junitxml=build/toegankelijkheid.xml tests/whole
	@.venv/bin/python tests/whole/tally.py build/toegankelijkheid.xml

gallery: $(TESTS)  ## maak de plaatjes in docs/pictures opnieuw:        make gallery
	@.venv/bin/python tests/whole/gallery.py

lab: $(LAB)  ## open JupyterLab bij de werkbank van de onderzoeker
	@JUPYTER_PATH="$(CURDIR)/.venv/share/jupyter" .venv/bin/python -m jupyterlab notebooks/verkenning.ipynb

lock:  ## leg de versies opnieuw vast (heeft uv nodig; UPGRADE=1 neemt de nieuwste)
	@python3 .ci/lock $(if $(UPGRADE),--upgrade)

clean:  ## haal weg wat gemaakt is (build/ en tijdelijke bestanden; .venv blijft)
	@rm -rf build .pytest_cache .ruff_cache .hypothesis
	@find kwlib tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RAPPORTAGE): $(BROKEN)
	@sh .ci/venv rapportage '$@'
$(TESTS): $(RAPPORTAGE)
	@sh .ci/venv test '$@'
$(LAB): $(RAPPORTAGE)
	@sh .ci/venv lab '$@'
