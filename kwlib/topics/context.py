"""The wijken in figures: series of wijk, city and country. Context, never the effect of a project."""

from __future__ import annotations

import itertools

import pandas as pd

from kwlib.show import Alinea, Blok, Kop, Tekst, alinea, feit, groep, kol, nl, opsomming, rijen, tabel, tekst, vul, zin
from kwlib.show.delen import samen
from kwlib.show.lijnen import Lijn, lijnen, veelvouden
from kwlib.show.style import ACCENT, GEDEMPT, GRIJS, INKT, TWEEDE, ZACHT
from kwlib.topics import kern

WIJKKLEUREN = (ACCENT, TWEEDE, ZACHT, GEDEMPT)
VERGELIJK = {"stad": INKT, "rest_van_stad": GRIJS, "land": GRIJS}
VERGELIJKBAAR = ("procent", "rapportcijfer", "klasse")
MAX_SAMEN = 3  # more wijken than this get a small chart each


@feit("reeks_id", "wijk_id", "periode", waarde="De waarde die de bron voor dit gebied en deze periode geeft.")
def waarden(d) -> pd.DataFrame:
    """Return one row per series, area and period, oldest first."""
    wijken = d.wijken.set_index("wijk_id")
    frame = d.contextwaarden.drop(columns=["rij"]).merge(
        d.contextreeksen[["reeks_id", "naam", "eenheid", "decimalen", "thema_id", "definitie", "herkomst"]],
        on="reeks_id", suffixes=("", "_reeks"), validate="many_to_one",
    )  # fmt: skip
    frame = frame.assign(
        wijk=frame["wijk_id"].map(wijken["naam"]),
        rol=frame["wijk_id"].map(wijken["rol"]),
        volgorde=frame["wijk_id"].map(wijken["volgorde"]),
        jaar=frame["periode_eind"].dt.year,
        periode=[_periode(v, t) for v, t in zip(frame["periode_start"], frame["periode_eind"], strict=True)],
        herkomst=[kern.verenig(p, "") for p in zip(frame["herkomst"], frame["herkomst_reeks"], strict=True)],
    )
    return frame.sort_values(["reeks_id", "volgorde", "wijk_id", "periode_eind"])


def _periode(van, tot) -> str:
    return nl.datum(tot.date()) if pd.isna(van) else nl.periode(van.date(), tot.date())


def _kort(r) -> str:
    return r.periode if r.periode_start is None else nl.kort(r.periode_start.date(), r.periode_eind.date())


def _reeksen(d) -> list[dict]:
    order = {thema: n for n, thema in enumerate(kern.themas(d)["thema_id"])}
    found = d.contextreeksen[d.contextreeksen["reeks_id"].isin(d.contextwaarden["reeks_id"])]
    found = found.assign(_o=found["thema_id"].map(order).fillna(len(order)))
    return found.sort_values(["_o", "naam"]).to_dict("records")


def zin_ontwikkeling(rows: list) -> Tekst:
    """Say how one area moved from the first to the last value; no cause, no judgement."""
    first, last = rows[0], rows[-1]
    vormen = {"procent": "{c:cijfers}", "klasse": "klasse {c:cijfers}"}
    waarde = vormen.get(last.eenheid, f"{{c:cijfers}} {last.eenheid}")
    begin = zin("{wijk}: " + waarde + " ({wanneer})", wijk=last.wijk, c=last.cijfer("waarde"), wanneer=last.periode)
    if first.periode == last.periode:
        return samen(begin, ".")
    return samen(begin, vul("; eerder {c:cijfers} ({toen}).", c=first.cijfer("waarde"), toen=first.periode))


def zinnen_reeks(per_wijk: list[list]) -> list[Tekst]:
    """Say how the areas of a series moved since its last break, what may be chance, and what cannot be compared.

    Wijken with the same periods are told together: which rose and fell, the highest and the lowest, and the city.
    """
    sinds = [_sinds_breuk(rows) for rows in per_wijk]
    wijken = [rows for rows in sinds if rows[0].rol not in VERGELIJK]
    gelijk = len({rows[-1].periode for rows in wijken}) == 1 < len(wijken)
    if gelijk and all(rows[-1].waarde is not None for rows in wijken):
        vanaf = max(rows[0].jaar for rows in wijken)  # the first year that all wijken have
        sinds, wijken = ([[r for r in rows if r.jaar >= vanaf] or rows[-1:] for rows in x] for x in (sinds, wijken))
        zinnen = [*_beweging(wijken), *_uitersten([rows[-1] for rows in wijken], [rows[-1] for rows in sinds])]
    else:
        zinnen = [zin_ontwikkeling(rows) for rows in sinds]
    zeker = [rows for rows in sinds if len(rows) > 1 and all(r.bovengrens is not None for r in (rows[0], rows[-1]))]
    if zeker:
        zinnen.append(_toeval(zeker))
    breuken = {(r.jaar, r.breuk_reden): r for rows in per_wijk for r in rows[1:] if r.trendbreuk}
    vorm = "cijfers vanaf {jaar} zijn niet te vergelijken met eerdere. {reden}"
    return zinnen + [zin(vorm, jaar=str(jaar), reden=reden or "") for jaar, reden in breuken]


def _sinds_breuk(rows: list) -> list:
    """Return the known values of one area from the last break in its series on; the last row when none is known."""
    breuk = max((n for n, r in enumerate(rows) if r.trendbreuk), default=0)
    return [r for r in rows[breuk:] if r.waarde is not None] or rows[-1:]


def _toeval(zeker: list[list]) -> Tekst:
    """Say in which areas the difference from first to last is more than chance, and in which it may be chance."""
    groter = [rows[0].wijk for rows in zeker
              if rows[0].bovengrens < rows[-1].ondergrens or rows[-1].bovengrens < rows[0].ondergrens]  # fmt: skip
    if not groter:
        return zin("de verschillen tussen de jaren kunnen toeval zijn.")
    if len(groter) == len(zeker):
        vorm = "groter dan het toeval kan verklaren is het verschil tussen de jaren bij {namen}."
        return zin(vorm, namen=opsomming(groter))
    wijken = [rows[0].wijk for rows in zeker if rows[0].rol not in VERGELIJK]
    rest = [rows[0].wijk for rows in zeker if rows[0].wijk not in groter]
    vorm = "{rest} kan het verschil tussen de jaren toeval zijn; bij {namen} is het daarvoor te groot."
    waar = "in de wijken" if rest == wijken and len(wijken) > 1 else samen("bij ", opsomming(rest))
    return zin(vorm, rest=waar, namen=opsomming(groter))


def _beweging(wijken: list[list]) -> list[Tekst]:
    """Say how the wijken moved from first to last value, and since the value before when that is another way."""
    if wijken[0][0].periode == wijken[0][-1].periode or len({rows[0].periode for rows in wijken}) > 1:
        return []
    anders = [rows[-2:] for rows in wijken if _richting(rows[-2:]) != _richting(rows)]
    per = {rows[0].periode: [r for r in anders if r[0].periode == rows[0].periode] for rows in anders}
    return [z for groep_ in (wijken, *per.values()) for z in _richtingen(groep_)]


def _richting(rows: list) -> str:
    a, b = rows[0].waarde, rows[-1].waarde
    return "steeg" if a < b else "daalde" if a > b else "bleef"


def _richtingen(wijken: list[list]) -> list[Tekst]:
    """Say which wijken rose, fell and stayed the same between two periods that they share."""
    first, last = wijken[0][0], wijken[0][-1]
    toen, nu = (first.periode, last.periode) if first.jaar == last.jaar else (str(first.jaar), str(last.jaar))
    per = {woord: [rows[0].wijk for rows in wijken if _richting(rows) == woord]
           for woord in ("steeg", "daalde", "bleef")}  # fmt: skip
    delen = [samen(f"{woord} het cijfer {'gelijk ' if woord == 'bleef' else ''}in ", opsomming(namen))
             for woord, namen in per.items() if namen]  # fmt: skip
    return [zin("tussen {toen} en {nu} {deel}.", toen=toen, nu=nu, deel=deel) for deel in delen]


def _uitersten(wijken: list, allen: list) -> list[Tekst]:
    """Say which wijken are highest and lowest, and, for shares and marks, what it is in the city."""
    hoog, laag = max(r.waarde for r in wijken), min(r.waarde for r in wijken)
    if hoog == laag:
        zinnen = [zin("het cijfer is in alle wijken gelijk: {c:cijfers}.", c=wijken[0].cijfer("waarde"))]
    else:
        tops = [[r for r in wijken if r.waarde == top] for top in (hoog, laag)]
        delen = [vul("{namen} ({c:cijfers})", namen=opsomming([r.wijk for r in top]), c=top[0].cijfer("waarde"))
                 for top in tops]  # fmt: skip
        vorm = "van de wijken is het cijfer in {jaar} het hoogst in {hoog} en het laagst in {laag}."
        zinnen = [zin(vorm, jaar=str(wijken[0].jaar), hoog=delen[0], laag=delen[1])]
    stad = [r for r in allen if r.rol == "stad" and r.eenheid in VERGELIJKBAAR and r.waarde is not None]
    return zinnen + [zin("in {wijk} is het {c:cijfers}.", wijk=r.wijk, c=r.cijfer("waarde")) for r in stad]


def _reeks(d, frame: pd.DataFrame, reeks: dict) -> list[Blok]:
    part = frame[frame["reeks_id"] == reeks["reeks_id"]]
    per_wijk = [[r for r in rijen(part) if r.wijk_id == w] for w in dict.fromkeys(part["wijk_id"])]
    zinnen = zinnen_reeks(per_wijk)
    data = tabel(
        f"reeks-{reeks['reeks_id']}",
        f"{reeks['naam']} ({reeks['eenheid']})",
        part,
        [
            kol("wijk", "Gebied"),
            kol("periode", "Periode", _kort, breedte=20),
            kol("waarde", nl.hoofdletter(reeks["eenheid"])),
            kol("opmerking", "Let op", lambda r: r.opmerking or "", getal=False),
        ],
    )
    blokken: list[Blok] = [Kop(2, tekst(reeks["naam"]), f"context-{reeks['reeks_id']}")]
    if pd.notna(reeks["definitie"]):
        blokken.append(Alinea(tekst(reeks["definitie"])))
    lines = [p for p in per_wijk if len({r.periode for r in p}) > 1 and any(r.waarde is not None for r in p)]
    if not lines:
        return [*blokken, data]
    drawn = [_lijn(rows, kleur) for rows, kleur in zip(lines, _kleuren(lines), strict=True)]
    wijken = [lijn for lijn, rows in zip(drawn, lines, strict=True) if rows[0].rol not in VERGELIJK]
    what = {"eenheid": reeks["eenheid"], "decimalen": int(_of(reeks["decimalen"], 0))}
    said = (f"lijn-{reeks['reeks_id']}", reeks["naam"], samen(*(deel for z in zinnen for deel in (z, " "))), data)
    if len(wijken) > MAX_SAMEN:
        # A wijk and a city can be compared by shares and marks, not by counts.
        rest = [lijn for lijn in drawn if lijn not in wijken] if reeks["eenheid"] in VERGELIJKBAAR else []
        figure = veelvouden(*said, reeksen=wijken, vergelijk=rest, **what)
    else:
        figure = lijnen(*said, reeksen=drawn, tot=_of(reeks["schaal_max"], None), **what)
    return [*blokken, alinea(*zinnen), figure]


def _of(waarde, anders):
    return anders if pd.isna(waarde) else float(waarde)


def _kleuren(lines: list[list]) -> list[str]:
    """Return a colour per line: wijken in colour, city and country in ink and grey, always the same."""
    free = itertools.cycle(WIJKKLEUREN)
    return [VERGELIJK.get(rows[0].rol) or next(free) for rows in lines]


def _lijn(rows: list, kleur: str) -> Lijn:
    stukken = itertools.accumulate(bool(r.trendbreuk) for r in rows)  # also a break in a year without a value
    known, stuk = zip(*((r, n) for r, n in zip(rows, stukken, strict=True) if r.waarde is not None), strict=True)
    x = [r.jaar + (0 if r.periode_start else (r.periode_eind.day_of_year - 1) / 366) for r in known]
    breaks = frozenset(n for n, (een, ander) in enumerate(itertools.pairwise(stuk), 1) if een != ander)
    marge = [(float(r.ondergrens), float(r.bovengrens)) for r in known if r.bovengrens is not None]
    return Lijn(
        known[0].wijk, x, [float(r.waarde) for r in known], kleur, breaks, marge if len(marge) == len(x) else ()
    )


def tabel_laatste(d) -> Blok:
    """Return the last known value of every series, per area; where none is about the wijk itself that is said first."""
    frame = waarden(d).drop_duplicates(["reeks_id", "wijk_id"], keep="last")
    wijk = d.params.get("wijk")
    mist = bool(wijk and len(frame)) and frame.loc[frame["wijk"] == wijk, "waarde"].isna().all()
    elders = "De laatste cijfers over andere gebieden"
    data = tabel(
        "laatste-waarden",
        elders if mist else "De laatste cijfers over de wijk, met wat er is om mee te vergelijken",
        frame,
        [
            kol("naam", "Wat"),
            kol("eenheid", "Eenheid"),
            kol("wijk", "Gebied"),
            kol("periode", "Periode", _kort, breedte=20),
            kol("waarde", "Waarde"),
        ],
        leeg="Op deze datum waren er nog geen cijfers over de wijk gepubliceerd.",
    )
    return groep([Alinea(zin("over {wijk} zelf is geen cijfer bekend.", wijk=wijk)), data]) if mist else data


def reeksen(d) -> Blok:
    """Return, per series that was known on the date: definition, sentences, and a line or table."""
    frame = waarden(d)
    blokken = [blok for reeks in _reeksen(d) for blok in _reeks(d, frame, reeks)]
    if not frame["rol"].isin(["krachtwijk", "krachtwijken_samen", "buurt", "wijk"]).any():
        blokken.append(Alinea(tekst("Over de wijken zelf waren op deze datum nog geen reeksen gepubliceerd.")))
    return groep(blokken or [Alinea(tekst("Op deze datum waren er nog geen cijfers over de wijken gepubliceerd."))])
