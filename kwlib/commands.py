"""What each command does: from what was asked, the params and the data to a build, a check or a dictionary."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kwlib import config, data, huisstijl, stand
from kwlib.config import Fout, InvoerFout, Params, Paths
from kwlib.data import dictionary as words
from kwlib.data import publish
from kwlib.edition import packed, protected, shared

TITELS = {config.RAPPORTAGE: "Voortgangsrapportage", config.PLAN: "Jaarplan"}
# What every document says of itself.
META = ("jaar", "programma", "organisatie", "taal", "status", "fictief", "motto", "datum", "kennis_tot", "achteraf")


def _schema(at: Paths) -> data.Schema:
    try:
        return data.read_schema(at.schema)
    except data.SchemaError as error:
        raise InvoerFout(Fout(str(error), "", "data/datapackage.json")) from None


def _checked(at: Paths, params: Params) -> data.Result:
    return data.check(at.data / params.gemeente, _schema(at), params.mapping())


def _title(params: Params) -> str:
    made_up = " (fictieve gegevens)" if params.fictief else ""
    return f"Controle van de gegevens van {params.gemeentenaam}, {params.jaar}{made_up}"


def check(gemeente: str, year: str, kennis_tot: str = "", soort: str = config.RAPPORTAGE) -> int:
    """Print every problem in the data and write controle.html; return 2 when one of them forbids a report."""
    at = config.paths()
    params = config.load(gemeente, year, kennis_tot, at, soort)
    result = _checked(at, params)
    page = at.build / params.folder.parent / f"{params.folder.name}-controle.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(data.page(result.problems, _title(params)), encoding="utf-8", newline="\n")
    print(data.report(result.problems), end="")
    print(f"Ook als pagina: {page.relative_to(at.root)}")
    return 2 if result.stops else 0


def _visible(problems: tuple[data.Problem, ...], store: data.Store) -> list[data.Problem]:
    """Return the problems on rows that the edition may show; a problem says what is in a row."""
    rows = {t.file: {1, *store.frames[t.name]["rij"]} for t in store.schema}
    return [p for p in problems if p.row is None or p.row in rows.get(p.file, ())]


def _sources(store: data.Store) -> dict[str, dict[str, Any]]:
    keep = [c for c in store.bronnen.columns if c not in ("rij", "herkomst", "bron_id")]
    return {r["bron_id"]: {c: publish.cell(r[c]) for c in keep} for r in store.bronnen.to_dict("records")}


def _texts(store: data.Store) -> str:
    """Return all text of the data that the edition shows, of the check's remarks on it, and of its params."""
    columns = (f[c].dropna() for f in store.frames.values() for c in f.columns if f[c].dtype == "string")
    words = [*(v for column in columns for v in column.unique()), *(p.message for p in store.problems)]
    words.append(str(dict(store.params)))
    return "\n".join(dict.fromkeys(words))


def _style(at: Paths, params: Params) -> huisstijl.Huisstijl:
    return huisstijl.read(at.root, at.params / f"{params.gemeente}-huisstijl.yml")


def _meta(at: Paths, params: Params) -> dict[str, Any]:
    everything = params.mapping()
    onderwerp = f"{TITELS[params.soort]} {params.programma} {params.jaar}"
    style = {"huisstijl": _style(at, params).as_meta()}
    return {n: everything[n] for n in META} | style | {"gemeente": params.gemeentenaam, "onderwerp": onderwerp}


def _facts(at: Paths, params: Params, published: Mapping[str, str]) -> dict[str, Any]:
    """Return what the edition was made from: parameters, checksums of inputs and code, versions.

    Of the data it has the checksums of what is published: those of the files as read would give hidden counts away.
    """
    from kwlib.report import manifest

    layers = [at.params / f"{n}.yml" for n in config.layers(params.gemeente, params.jaar, params.soort)]
    return {
        "gemeente": params.gemeente,
        "jaar": params.jaar,
        "kennis_tot": params.kennis_tot.isoformat(),
        "achteraf": params.achteraf,
        "fictief": params.fictief,
        "gegevens": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(published.items())},
        "instellingen": {p.name: manifest.sha256(p) for p in layers},
        "code": manifest.code_version(Path(__file__).parent, at.notebooks),
        "versies": manifest.libraries(),
    }


def _colofon(params: Params, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "Stand van kennis": params.kennis_tot,
        "Verslagperiode": f"{params.verslagperiode_start} tot en met {params.verslagperiode_eind}",
        "Code": facts["code"][:16],
        "Instellingen": {name: total[:16] for name, total in facts["instellingen"].items()},
        "Gegevens": {name: total[:16] for name, total in facts["gegevens"].items()},
        "Programma's": facts["versies"],
    }


def edition(at: Paths, params: Params, store: data.Store, soort: str = "") -> Any:
    """Return an edition as the report layer knows it, with its documents or those of another kind (`soort`)."""
    from kwlib.report.build import Edition
    from kwlib.report.documents import documents
    from kwlib.report.run import Limits

    published = publish.open_data(store, at.schema)
    facts = _facts(at, params, published)
    controle = data.page(_visible(store.problems, store), _title(params))
    return Edition(
        values={"gemeente": params.gemeente, "jaar": params.jaar, "kennis_tot": params.kennis_tot.isoformat()},
        documents=documents(at.notebooks, {**params.mapping(), "wijk": "{wijk}"} | ({"soort": soort} if soort else {})),
        meta=_meta(at, params),
        letters=_style(at, params).letters,
        brief=params.brief,
        sources=_sources(store),
        records=store.records(),
        registers=at.registers,
        editie=params.folder.name,
        teksten=_texts(store),
        files={**{f"data/{name}": text for name, text in published.items()}, "controle.html": controle},
        facts=facts,
        colofon=_colofon(params, facts),
        limits=Limits(params.tijdslimiet_cel, params.tijdslimiet_hoofdstuk, params.geheugen_mb),
        environment={"KW_ROOT": str(at.root), "KW_SOORT": params.soort},
    )


def opened(at: Paths, gemeente: str, year: str, kennis_tot: str, soort: str) -> tuple[Params, data.Store]:
    """Return the params and the protected data of an edition; raise InvoerFout with all that is wrong."""
    params = config.load(gemeente, year, kennis_tot, at, soort)
    result = _checked(at, params)
    if result.stops:
        raise InvoerFout(Fout(f"{data.report(result.problems)}De rapportage is niet gemaakt. Er is niets veranderd."))
    return params, protected(result, params, at)


def _cache(at: Paths, params: Params, store: data.Store, force: bool = False) -> Any:
    """Return the kept chapters of an edition, with what they must rest on to be used again."""
    from kwlib.report import manifest
    from kwlib.report.cache import Cache, Grond

    files = [at.params / f"{n}.yml" for n in config.layers(params.gemeente, params.jaar, params.soort)]
    whole = {p.relative_to(at.root).as_posix(): manifest.sha256(p) for p in (*files, at.schema, at.lock) if p.is_file()}
    tables = {t.name: f"data/{params.gemeente}/{t.file}" for t in store.schema}
    tables |= {"problems": "de controle van de gegevens", "superseded": "wat door een latere bron is vervangen"}
    grond = Grond(whole | {"de dag": str(params.kennis_tot)}, data.fingerprints(store), tables)
    return Cache(stand.cache_folder(at.root, params.folder), grond, force)


def make(params: Params, store: data.Store, asked: Any, target: Path, cache: Any = None) -> int:
    """Build an edition (`asked`) at `target` and return the exit code; its kernels share what was read for it."""
    from kwlib.report.build import build

    with shared([packed(params, store)]) as more:
        return build(dataclasses.replace(asked, environment={**asked.environment, **more}), target, cache)


def report(gemeente: str, year: str, kennis_tot: str = "", soort: str = config.RAPPORTAGE, force: bool = False) -> int:
    """Build an edition and return the exit code; faults in the data stop it before anything changes.

    Only chapters that rest on something that changed run again; `force` makes everything again.
    """
    from kwlib.report import kernels

    at, asked = config.paths(), (year, kennis_tot, soort)
    kernels.warm({"KW_ROOT": str(at.root)})  # it loads while the data are checked
    van = stand.grond(at.root, gemeente)  # who edits while it runs wants to see that the next time
    params, store = opened(at, gemeente, year, kennis_tot, soort)
    from kwlib.report.place import results

    asked_for, target = edition(at, params, store), at.build / params.folder
    if code := make(params, store, asked_for, target, _cache(at, params, store, force)):
        return code
    said = results(asked_for.documents, target)
    print(said, flush=True)
    stand.keep(at.root, van, gemeente, asked, params.folder, said)
    return 0


def preview(gemeente: str, year: str, kennis_tot: str = "", soort: str = config.RAPPORTAGE, port: int = 0) -> int:
    """Serve the report on this machine, make it again at every change, and reload the browser; until Ctrl-C."""
    at = config.paths()
    params = config.load(gemeente, year, kennis_tot, at, soort)
    from kwlib import preview as live

    asked = ["report", "--year", year, "--gemeente", gemeente, "--kennis-tot", kennis_tot]
    asked += ["--plan"] if soort == config.PLAN else []
    name = "jaarplan.html" if soort == config.PLAN else "rapportage.html"
    page = at.build / params.folder / name
    return live.serve(at.root, gemeente, asked, lambda: page if page.is_file() else None, port)


def why(gemeente: str, year: str, kennis_tot: str = "", soort: str = config.RAPPORTAGE) -> int:
    """Print per chapter why it would run now, or that it need not; return 0."""
    at = config.paths()
    params, store = opened(at, gemeente, year, kennis_tot, soort)
    from kwlib.report.build import jobs

    cache = _cache(at, params, store)
    for job in jobs(edition(at, params, store), at.build / params.folder):
        reason = cache.reason(job)
        print(f"{job.name}: {f'opnieuw, want {reason}' if reason else 'niet veranderd'}")
    return 0


def new(gemeente: str, year: str) -> int:
    """Make an empty data folder and params for a new municipality, and say what to do next."""
    from kwlib import nieuw

    at = config.paths()
    for path in nieuw.make(at, _schema(at), gemeente, year):
        print(path.relative_to(at.root))
    print(f"\nVul de bestanden in data/{gemeente} en de twee bestanden in params in.")
    print(f"Maak dan de rapportage: make report YEAR={year} GEMEENTE={gemeente}")
    return 0


def dictionary() -> int:
    """Bring the generated parts of data/README.md and docs/regels.md up to date with the schema and the rules."""
    at = config.paths()
    for name, made in (("data/README.md", words.markdown(_schema(at))), ("docs/regels.md", words.rules())):
        changed = words.write(at.root / name, made)
        print(f"{name} {'is bijgewerkt' if changed else 'was al bij'}.")
    return 0
