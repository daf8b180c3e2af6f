"""Where everything is, and what is set for one edition of the report."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kwlib import contract
from kwlib.contract import Fout, InvoerFout, meant
from kwlib.params_file import read_yaml

HUIS = "rapportage"
# A look back at a year, or the plan for it; the params file of a plan ends in this word.
RAPPORTAGE, PLAN = "rapportage", "plan"
# How a file in params is called, after the name of the municipality that it belongs to.
HOORT_BIJ = re.compile(rf"-([0-9]{{4}}(-{PLAN})?|huisstijl)$")


@dataclass(frozen=True)
class Paths:
    """The places of a project, all under one root."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def schema(self) -> Path:
        return self.data / "datapackage.json"

    @property
    def params(self) -> Path:
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def registers(self) -> Path:
        return self.root / "registers"

    @property
    def lock(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def build(self) -> Path:
        return self.root / "build"


@dataclass(frozen=True)
class Params:
    """All that is set for one edition; `kennis_tot` is the day of this run, `kennis_tot_editie` that of the edition."""

    gemeente: str
    jaar: int
    soort: str
    programma: str
    organisatie: str
    gemeentenaam: str
    taal: str
    status: str
    fictief: bool
    motto: str
    oordeel: str
    verslagperiode_start: dt.date
    verslagperiode_eind: dt.date
    peildatum: dt.date
    kennis_tot: dt.date
    kennis_tot_editie: dt.date
    datum: dt.date
    tijdslimiet_cel: int
    tijdslimiet_hoofdstuk: int
    geheugen_mb: int
    regels: Mapping[str, Any]
    brief: Mapping[str, Any]
    beveiliging: Mapping[str, Mapping[str, Any]]

    @property
    def achteraf(self) -> bool:
        """Tell whether this run knows more than the edition did."""
        return self.kennis_tot > self.kennis_tot_editie

    @property
    def folder(self) -> Path:
        """Return the folder of the result within `build`; another day of knowledge never overwrites the edition."""
        extra = "" if self.kennis_tot == self.kennis_tot_editie else f"-kennis-{self.kennis_tot.isoformat()}"
        return Path(self.gemeente) / f"{edition_name(self.jaar, self.soort)}{extra}"

    def mapping(self) -> Mapping[str, Any]:
        """Return all keys with their values, for the store and the report."""
        return MappingProxyType({k: getattr(self, k) for k in self.__dataclass_fields__} | {"achteraf": self.achteraf})


def root() -> Path:
    """Return the root of the project: KW_ROOT, else upwards from here, else the checkout this package runs from."""
    mark = Path("params") / f"{HUIS}.yml"
    asked = os.environ.get("KW_ROOT")
    here = Path.cwd()
    for folder in [Path(asked)] if asked else [here, *here.parents, Path(__file__).resolve().parents[1]]:
        if (folder / mark).is_file():
            return folder.resolve()
    where = f"in {asked} (KW_ROOT)" if asked else "hier of in een map hierboven"
    raise InvoerFout(Fout(f"Er is geen project gevonden {where}.", f"Ga naar de map met {mark.as_posix()}."))


def paths() -> Paths:
    """Return the places of the project."""
    return Paths(root())


def edition_name(jaar: int, soort: str) -> str:
    """Return how an edition of a year is called in file names: 2010, or 2010-plan."""
    return f"{jaar}-{PLAN}" if soort == PLAN else str(jaar)


def editions(at: Paths, soort: str = RAPPORTAGE) -> dict[str, list[int]]:
    """Return the years with an edition of this kind per municipality, sorted."""
    files = sorted(p.stem for p in at.params.glob("*.yml") if p.stem != HUIS)
    years: dict[str, list[int]] = {f: [] for f in files if not HOORT_BIJ.search(f)}
    for file in files:
        found = re.fullmatch(r"(.+)-(\d{4})(-.+)?", file, re.ASCII)
        if found and found[1] in years and file == f"{found[1]}-{edition_name(int(found[2]), soort)}":
            years[found[1]].append(int(found[2]))
    return years


def choose(at: Paths, gemeente: str, jaar: str | int, soort: str = RAPPORTAGE) -> int:
    """Return the year that was asked for of a municipality; an unknown one is an error that names what there is."""
    known = editions(at, soort)
    if gemeente not in known:
        hint = meant(str(gemeente), known)
        there = f"{hint} Beschikbaar: {', '.join(known) or 'geen'}.".strip()
        none = f"Geen gegevens voor gemeente '{contract.unread(gemeente)}'."
        raise InvoerFout(Fout(none, there, sleutel="GEMEENTE"))
    there = f"Beschikbaar: {', '.join(map(str, known[gemeente])) or 'geen'}."
    if jaar == "":
        raise InvoerFout(Fout("Kies een jaar, bijvoorbeeld YEAR=2009.", there, sleutel="YEAR"))
    try:
        year = contract.jaartal(str(jaar))
    except contract.Past as error:
        raise InvoerFout(Fout(f"'{contract.unread(jaar)}' is geen jaar.", f"{error} {there}", sleutel="YEAR")) from None
    if year not in known[gemeente]:
        what = "jaarplan" if soort == PLAN else "gegevens"
        raise InvoerFout(Fout(f"Geen {what} voor {year}.", there))
    return year


def _merge(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        merged[key] = _merge(low.get(key, {}), value) if isinstance(value, Mapping) else value
    return merged


def _weaker(house: Mapping[str, Any], final: Mapping[str, Any]) -> list[Fout]:
    """Return the thresholds that are set lower than the house allows."""
    return [
        Fout(f"De drempel {final[k]['drempel']} is lager dan die van het huis ({r['drempel']}).", "Strenger mag, "
             "soepeler niet.", f"params/{HUIS}.yml", f"beveiliging.{k}.drempel")
        for k, r in house.items()
        if final[k].get("drempel", 0) < r.get("drempel", 0)
    ]  # fmt: skip


def _order(values: Mapping[str, Any], bestand: str) -> list[Fout]:
    wrong = []
    for first, last in (("verslagperiode_start", "verslagperiode_eind"), ("verslagperiode_start", "kennis_tot")):
        if first in values and last in values and values[last] < values[first]:
            wrong.append(Fout(f"{last} ligt voor {first}.", "Verbeter een van beide.", bestand, last))
    return wrong


def layers(gemeente: str, jaar: int, soort: str) -> tuple[str, str, str]:
    """Return the names of the params files of an edition: house defaults < municipality < edition."""
    return HUIS, gemeente, f"{gemeente}-{edition_name(jaar, soort)}"


def load(
    gemeente: str, jaar: str | int, kennis_tot: str = "", at: Paths | None = None, soort: str = RAPPORTAGE
) -> Params:
    """Return the params of an edition: its layers, then what the command line asks; raise InvoerFout."""
    at = at or paths()
    year = choose(at, gemeente, jaar, soort)
    values: dict[str, Any] = {}
    house: Mapping[str, Any] = {}
    wrong: list[Fout] = []
    for stem in layers(gemeente, year, soort):
        bestand = f"params/{stem}.yml"
        raw, found = read_yaml(at.params / f"{stem}.yml", bestand)
        wrong += found
        if raw is not None:
            layer, found = contract.read_section(raw, contract.SLEUTELS, bestand)
            wrong += found
            values = _merge(values, layer)
            house = house or values.get("beveiliging", {})
    if not wrong:
        wrong += [Fout("Deze sleutel heeft geen waarde.", "Vul hem in.", bestand, k) for k in contract.missing(values)]
        wrong += _weaker(house, values.get("beveiliging", {})) + _order(values, bestand)
        if values.pop("verslagjaar", year) != year:
            wrong.append(Fout(f"Het verslagjaar is niet {year}.", "Verbeter het jaar of de bestandsnaam.", bestand,
                              "verslagjaar"))  # fmt: skip
    day = values.get("kennis_tot")
    if kennis_tot:
        try:
            day = contract.datum(str(kennis_tot))
        except contract.Past as error:
            wrong.append(Fout(f"'{contract.unread(kennis_tot)}' is geen dag.", str(error), sleutel="KENNIS_TOT"))
    if wrong:
        raise InvoerFout(wrong)
    values |= {"kennis_tot": day, "kennis_tot_editie": values["kennis_tot"]}
    return Params(gemeente=gemeente, jaar=year, soort=soort, **values)
