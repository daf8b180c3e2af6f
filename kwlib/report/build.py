"""Build one edition: run the chapters, make the documents, write what belongs with them, move it all into place."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kwlib.report import cijfers, crate, leesbaarheid, los, manifest, notebook, place, toegankelijkheid
from kwlib.report.cache import Cache
from kwlib.report.documents import Document
from kwlib.report.run import OK, Job, Limits, Outcome


@dataclass(frozen=True)
class Edition:
    """All that a build needs to know, as plain values: it never sees a data frame.

    `meta` is what every document says of itself, `sources` bron_id → fields, `records` record id → file, row, source,
    `registers` the folder of agreed registers, `editie` its name there, `teksten` all text of the data and the params,
    `files` path → text to put in the build as it is, `facts` what the manifest tells of the inputs, `colofon` label →
    text or mapping.
    """

    values: Mapping[str, Any]
    documents: Sequence[Document]
    meta: Mapping[str, Any]
    brief: Mapping[str, Any]
    sources: Mapping[str, Mapping[str, Any]]
    records: Mapping[str, Mapping[str, Any]]
    registers: Path
    editie: str
    teksten: str
    files: Mapping[str, str]
    facts: Mapping[str, Any]
    colofon: Mapping[str, Any]
    limits: Limits = field(default_factory=Limits)
    environment: Mapping[str, str] = field(default_factory=dict)
    letters: Path | None = None

    def agreed(self) -> dict[str, cijfers.Rij]:
        """Return the agreed register of this edition."""
        return cijfers.read(cijfers.agreed(self.registers, self.values["gemeente"], self.editie))

    def previous(self) -> dict[str, str]:
        """Return what the numbers were in last year's report, by id."""
        path = cijfers.agreed(self.registers, self.values["gemeente"], str(self.values["jaar"] - 1))
        return {id: row["getoond"].partition(" | ")[0] for id, row in cijfers.read(path).items()}


class Mislukt(Exception):
    """A chapter or document failed; the message lists every fault, one per line."""


def say(text: str) -> None:
    """Tell the person at the keyboard how far it is."""
    print(text, file=sys.stderr, flush=True)


def _notebook(work: Path, document: Document, chapter: Path) -> Path:
    return work / "notebooks" / document.name / chapter.name


def jobs(edition: Edition, work: Path) -> list[Job]:
    """Return the chapters of all documents of an edition as notebooks to run."""
    return [Job(c, _notebook(work, d, c)) for d in edition.documents for c in d.chapters]


def run_chapters(edition: Edition, work: Path, cache: Cache | None = None) -> None:
    """Run every chapter of every document that is not still right in the cache.

    Raise Mislukt when any of them failed, after all were tried.
    """
    from kwlib.report.progress import progress
    from kwlib.report.run import run

    todo = everything = jobs(edition, work)
    if cache:
        todo = [dataclasses.replace(job, gelezen=cache.gelezen(job)) for job in everything if cache.reason(job)]
        for job in (same := [job for job in everything if job not in todo]):
            cache.take(job)
        if same:
            say(f"Niet veranderd: {len(same)} van de {len(everything)} hoofdstukken.")
    rests = {job: cache.delen(job) for job in todo} if cache else {}
    shown = progress(todo)
    try:
        outcomes: list[Outcome] = run(todo, edition.values, edition.limits, started=shown.started, ended=shown.ended,
                                      extra=edition.environment)  # fmt: skip
    finally:
        shown.close()
    for outcome in outcomes:
        if cache and outcome.status == OK:
            cache.keep(outcome.job, rests[outcome.job])
    wrong = [o.text() for o in outcomes if o.status != OK]
    if wrong:
        raise Mislukt("\n".join(wrong))
    if edition.meta["fictief"]:
        for job in everything:
            notebook.mark(job.output)


def make_models(edition: Edition, work: Path) -> dict[str, dict[str, Any]]:
    """Return file name → model, in the order of the documents; a letter lists the documents made before it.

    Raise Mislukt with all that is wrong, also when the letter holds a number that is not the report's (V69).
    """
    from kwlib.report import model
    from kwlib.report.fout import ModelFout

    models: dict[str, dict[str, Any]] = {}
    wrong = []
    vorig = edition.previous()
    for document in edition.documents:
        meta = {**edition.meta, "titel": document.titel, "sjabloon": document.sjabloon, "bestand": document.bestand}
        elders = ""
        if document.sjabloon == "brief":
            made = {b: m for b, m in models.items() if m["meta"]["sjabloon"] != "brief"}
            meta |= {"brief": {**edition.brief, "bijlagen": [m["meta"]["titel"] for m in made.values()]}}
            if not made:
                wrong.append(f"{document.name}: de brief biedt een rapportage aan, maar die is er niet (V61).")
                continue
            elders = f"{next(iter(made))}.html"
        notebooks = [_notebook(work, document, c) for c in document.chapters]
        try:
            models[document.bestand] = model.build(notebooks, meta, edition.sources, edition.colofon, elders=elders,
                                                   records=edition.records, vorig=vorig)  # fmt: skip
        except ModelFout as error:
            wrong.append(f"{document.name}: {error}")
        else:
            wrong += los.find(models[document.bestand], edition.teksten)
            wrong += _strangers(models, document.bestand) if elders else []
    if wrong:
        raise Mislukt("\n".join(wrong))
    return models


def _strangers(models: Mapping[str, dict[str, Any]], letter: str) -> list[str]:
    """Return the numbers of the letter that are not in the report, or not the same there."""
    report = next(iter(models.values()))["cijfers"]
    return [
        f"{letter}: het cijfer {id} is {c['waarde']}; in de rapportage "
        f"{report.get(id, {}).get('waarde', 'staat het niet')}."
        for id, c in models[letter]["cijfers"].items()
        if report.get(id, {}).get("waarde", c) != c["waarde"]
    ]


def register(edition: Edition, models: Mapping[str, dict[str, Any]]) -> list[cijfers.Rij]:
    """Return the register of the edition, and let each colophon say how it compares with what was agreed."""
    rows = cijfers.table(models, edition.records, edition.facts.get("gegevens", {}))
    agreed = edition.agreed()
    found = cijfers.compare(agreed, {r["cijfer_id"]: r for r in rows})
    said = cijfers.sentence(found) if agreed else "er is nog geen afgesproken register"
    for model in models.values():
        model["colofon"] += [{"label": "Kenmerk van de cijfers", "waarde": cijfers.seal(rows)},
                             {"label": "Vergeleken met het afgesproken register", "waarde": said},
                             {"label": "Toegankelijkheid", "waarde": "wat is getoetst en wat niet",
                              "bestand": f"{toegankelijkheid.NAAM}.html"}]  # fmt: skip
    return rows


def render(
    models: Mapping[str, dict[str, Any]],
    work: Path,
    extra: Mapping[str, str],
    facts: Mapping[str, Any],
    letters: Path | None = None,
) -> None:
    """Write page, PDF and model of every document; `extra` and `facts` travel inside the PDF."""
    from kwlib.report import html, pdf
    from kwlib.report.fout import ModelFout

    for name, model in models.items():
        say(f"Pagina en PDF van {name} ...")
        try:
            _write(work / f"{name}.html", html.render(model, letters))
            (work / f"{name}.pdf").write_bytes(pdf.render(model, extra, facts, letters))
        except ModelFout as error:
            raise Mislukt(f"{name}: {error}") from error
        _write(work / f"{name}.json", json.dumps(model, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def review(edition: Edition, work: Path, cache: Cache | None = None) -> None:
    """Write each executed chapter as HTML with its code, for reviewers."""

    def draw(path: Path) -> str:
        from kwlib.report import review  # nbconvert takes long to load, and most pages are kept

        return review.render(path, report)

    report = f"../../{edition.documents[0].bestand}.html"
    for document in edition.documents:
        for chapter in document.chapters:
            path = _notebook(work, document, chapter)
            _write(path.with_suffix(".html"), cache.page(path, draw) if cache else draw(path))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def build(edition: Edition, target: Path, cache: Cache | None = None) -> int:
    """Build the edition at `target` and return the exit code; when anything fails, what stood there stays.

    With a cache only the chapters run that rest on something that changed.

    What a failed run leaves stands beside it in a folder that ends in `.mislukt`.
    """
    with place.turn(target), place.workplace(target) as work:
        try:
            run_chapters(edition, work, cache)
            models = make_models(edition, work)
            rows = register(edition, models)
            files = {
                **edition.files,
                "cijfers.csv": cijfers.text(rows),
                "records.csv": manifest.records_csv(edition.records),
            }
            tables = {n.replace("/", "-"): t for n, t in files.items() if n.endswith((".csv", ".json"))}
            render(models, work, tables, edition.facts, edition.letters)
            review(edition, work, cache)
            files |= toegankelijkheid.files(next(iter(models.values()))["meta"], models, edition.letters)
            files |= leesbaarheid.files(models.values(), edition.letters)
        except Mislukt as error:
            aside = place.keep_failure(work, target, str(error))
            say(f"\nDe rapportage is niet gemaakt:\n{error}\n\nWat er wel was, staat in {place.shown(aside)}.")
            if target.exists():
                say(f"De vorige goede rapportage staat nog in {place.shown(target)}.")
            return 1
        for name, text in files.items():
            _write(work / name, text)
        _write(work / crate.NAAM, crate.metadata(work, edition.meta, edition.facts, edition.sources) + "\n")
        _write(work / manifest.NAAM, manifest.manifest_json(work, edition.facts))
        place.publish(work, target)
    return 0
