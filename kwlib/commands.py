"""What each command does: from what was asked, the params and the data to a build, a check or a dictionary."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kwlib import config, data, privacy
from kwlib.config import Fout, InvoerFout, Params, Paths
from kwlib.data import dictionary as words
from kwlib.data import publish

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
    return f"Controle van de gegevens van {params.gemeentenaam}, {params.jaar}"


def check(gemeente: str, year: str, kennis_tot: str = "") -> int:
    """Print every problem in the data and write controle.html; return 2 when one of them forbids a report."""
    at = config.paths()
    params = config.load(gemeente, year, kennis_tot, at)
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


def _meta(params: Params) -> dict[str, Any]:
    everything = params.mapping()
    onderwerp = f"Voortgangsrapportage {params.programma} {params.jaar}"
    return {n: everything[n] for n in META} | {"gemeente": params.gemeentenaam, "onderwerp": onderwerp}


def _facts(at: Paths, params: Params, store: data.Store) -> dict[str, Any]:
    """Return what the edition was made from: parameters, checksums of inputs and code, versions."""
    from kwlib.report import manifest

    layers = [at.params / f"{n}.yml" for n in (config.HUIS, params.gemeente, f"{params.gemeente}-{params.jaar}")]
    return {
        "gemeente": params.gemeente,
        "jaar": params.jaar,
        "kennis_tot": params.kennis_tot.isoformat(),
        "achteraf": params.achteraf,
        "gegevens": {**store.checksums, "datapackage.json": manifest.sha256(at.schema)},
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


def _edition(at: Paths, params: Params, store: data.Store) -> Any:
    from kwlib.report.build import Edition
    from kwlib.report.documents import documents
    from kwlib.report.run import Limits

    facts = _facts(at, params, store)
    published = {f"data/{name}": text for name, text in publish.open_data(store, at.schema).items()}
    controle = data.page(_visible(store.problems, store), _title(params))
    return Edition(
        values={"gemeente": params.gemeente, "jaar": params.jaar, "kennis_tot": params.kennis_tot.isoformat()},
        documents=documents(at.notebooks, params.mapping()),
        meta=_meta(params),
        brief=params.brief,
        sources=_sources(store),
        files={**published, "controle.html": controle},
        facts=facts,
        colofon=_colofon(params, facts),
        limits=Limits(params.tijdslimiet_cel, params.tijdslimiet_hoofdstuk, params.geheugen_mb),
        environment={"KW_ROOT": str(at.root)},
    )


def report(gemeente: str, year: str, kennis_tot: str = "") -> int:
    """Build an edition and return the exit code; faults in the data stop it before anything changes."""
    at = config.paths()
    params = config.load(gemeente, year, kennis_tot, at)
    result = _checked(at, params)
    if result.stops:
        print(data.report(result.problems), end="", file=sys.stderr)
        print("De rapportage is niet gemaakt. Er is niets veranderd.", file=sys.stderr)
        return 2
    store = privacy.protect(data.make_store(result, params.mapping()))
    from kwlib.report.build import build

    return build(_edition(at, params, store), at.build / params.folder)


def dictionary() -> int:
    """Bring the generated part of data/README.md up to date with the schema."""
    at = config.paths()
    changed = words.write(at.data / "README.md", _schema(at))
    print("data/README.md is bijgewerkt." if changed else "data/README.md was al bij.")
    return 0
