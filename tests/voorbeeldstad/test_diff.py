"""One cell changes somewhere in the data: the difference names its row as the cause of every number that moved."""

import csv
import random
import shutil
from pathlib import Path

import pytest
from everything import PUBLIC

from kwlib import config, privacy
from kwlib.data import check, make_store, publish, read_schema
from kwlib.report.cijfers import AFGESPROKEN
from kwlib.report.verschil import Build, Vergelijking, read
from kwlib.show import rijen

ROOT = Path(__file__).parents[2]
SCHEMA = read_schema(ROOT / "data" / "datapackage.json")
PARAMS = config.load("voorbeeldstad", 2009).mapping()
CHANGES = 12


def build(data: Path, work: Path) -> Build:
    """Return what a build tells of its numbers and data, without its documents."""
    store = privacy.protect(make_store(check(data, SCHEMA, PARAMS), PARAMS))
    work.mkdir()
    (work / "data").mkdir()
    for name, text in publish.open_data(store, ROOT / "data" / "datapackage.json").items():
        (work / "data" / name).write_text(text, encoding="utf-8", newline="\n")
    lines = [f'"{id}",{r["bestand"]},{r["rij"]}' for id, r in store.records().items() if r["rij"]]
    (work / "records.csv").write_text("\n".join(["record,bestand,rij", *lines]) + "\n")
    (work / "manifest.json").write_text('{"code": "c", "jaar": 2009}')
    (work / "cijfers.csv").write_text(",".join(AFGESPROKEN) + "\n")
    found = {}
    for _, fact in PUBLIC:
        if hasattr(fact, "feit"):
            for row in rijen(fact(store)):
                for column in fact.feit["definities"]:
                    c = row.cijfer(column)
                    found[c.id] = dict.fromkeys(AFGESPROKEN, str(c.waarde)) | {
                        "getoond": str(c.waarde), "definitie": "", "herkomst": " | ".join(c.herkomst)}  # fmt: skip
    whole = read(work)
    return Build(found, whole.manifest, whole.rows, whole.places, whole.links)


def changed(data: Path, chance: random.Random) -> str:
    """Change one number in a file at random, keeping it valid, and return 'file, row'."""
    tables = {"metingen": "waarde", "financiering": "besteed", "contextwaarden": "waarde", "relaties": "gemeten_aantal"}
    table, column = chance.choice(sorted(tables.items()))
    path = data / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    n = chance.choice([n for n, r in enumerate(rows) if r[column]])
    rows[n][column] = str(round(float(rows[n][column]) * 1.01 + 1))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return f"{table}.csv, rij {n + 2}"


@pytest.mark.slow
def test_a_changed_cell_is_the_only_cause_of_every_number_that_moved(tmp_path):
    before, chance, moved = build(ROOT / "data" / "voorbeeldstad", tmp_path / "voor"), random.Random("verschil"), 0
    for n in range(CHANGES):
        data = tmp_path / f"data-{n}"
        shutil.copytree(ROOT / "data" / "voorbeeldstad", data)
        where = changed(data, chance)
        for difference in Vergelijking(before, build(data, tmp_path / f"na-{n}")).cijfers:
            moved += 1
            (cause,) = difference.oorzaken
            assert cause.startswith(f"{where} ("), f"{difference.text()} (changed: {where})"
    assert moved > CHANGES
