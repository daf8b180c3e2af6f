"""A small document of executed notebooks with every kind of block, long Dutch words and the shapes that break pages."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import nbformat

from kwlib.huisstijl import huis
from kwlib.report import model
from kwlib.report.chapter import MIME
from kwlib.show import style

BRONNEN = {
    "brief-2009": {"titel": "Brief aan de raad", "houder": "Gemeente Groningen", "gepubliceerd_op": "2009-10-08"},
    "nla-2008": {"titel": "Nieuw Lokaal Akkoord", "houder": "Gemeente en corporaties", "gepubliceerd_op": None},
}
META = {
    "titel": "Voortgangsrapportage Krachtwijken 2009",
    "gemeente": "groningen",
    "organisatie": "Gemeente Groningen",
    "programma": "Krachtwijken",
    "onderwerp": "",
    "status": "concept",
    "achteraf": False,
    "fictief": False,
    "taal": "nl",
    "sjabloon": "rapport",
    "huisstijl": huis().as_meta(),
    "jaar": 2009,
    "kennis_tot": "2009-10-08",
    "datum": "2009-10-08",
    "motto": "leren door te doen",
    "bestand": "rapportage",
}
BRIEF = META | {
    "titel": "Aanbiedingsbrief bij de voortgangsrapportage Krachtwijken 2009",
    "onderwerp": "Voortgangsrapportage Krachtwijken 2009",
    "sjabloon": "brief",
    "bestand": "aanbiedingsbrief",
    "brief": {
        "afdeling": "Directiestaf",
        "bezoekadres": ["Europaweg 8"],
        "postadres": ["Postbus 268", "9700 AG Groningen"],
        "email": "info@ocsw.groningen.nl",
        "website": "www.groningen.nl",
        "telefoon": "(050) 367 63 90",
        "kenmerk": "OS 09.2058753",
        "uw_brief_van": None,
        "behandeld_door": "Directiestaf",
        "geadresseerde": ["Aan de leden van de gemeenteraad van Groningen", "te", "GRONINGEN"],
        "aanhef": "Geachte heer/mevrouw,",
        "slot": "Met een vriendelijke groet,",
        "namens": "burgemeester en wethouders van Groningen",
        "ondertekenaars": ["de burgemeester", "de secretaris"],
        "bijlagen": [
            "Voortgangsrapportage Krachtwijken 2009 (pdf)",
            "Voortgangsrapportage Krachtwijken 2009 (webpagina)",
        ],
    },
}
COLOFON = {
    "Gemaakt met": "kwlib 0.1.0",
    "Kennis tot": "8 oktober 2009",
    "Gegevens": {
        f"{naam}.csv": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        for naam in ("projecten", "wijken")
    },
    "Programma’s": {"matplotlib": "3.11.2", "pandas": "3.1.1"},
}


RECORDS = {
    "projecten/stadjerstv": {"bestand": "projecten.csv", "rij": 2, "bron": "brief-2009"},
    "themas/wonen": {"bestand": "themas.csv", "rij": 3, "bron": "nla-2008"},
    "projecten": {"bestand": "projecten.csv", "rij": None, "bron": ""},
}
ANKERS = itertools.count()


def cijfer(waarde: float, **extra) -> dict:
    """Return a register entry of one number."""
    return {
        "feit": "t.feit", "rij": "alle", "kolom": "n_aantal", "waarde": waarde, "waarde_tot": None, "eenheid": "aantal",
        "waarde_soort": "exact", "telwijze": "uniek", "definitie": "Een aantal.", "herkomst": "projecten/stadjerstv",
        "reden": None, "anker": f"c{next(ANKERS)}",
    } | extra  # fmt: skip


def t(tekst: str, **extra: str) -> list[dict]:
    """Return one inline part."""
    return [{"t": tekst} | extra]


@functools.cache
def tekening(titel: str) -> str:
    """Return a small bar chart as the chapters draw it."""
    with style.stijl("proef" + titel):
        fig, (ax,) = style.doek(1.7)
        ax.barh([0, 1, 2], [3, 2, 4], color=style.ACCENT, label="uitvoering")
        ax.barh([0, 1, 2], [1, 2, 1], left=[3, 2, 4], color=style.ZACHT, label="opstart")
        ax.plot([4.5], [0], "o", color=style.WIT, markeredgecolor=style.INKT)
        ax.set_yticks([0, 1, 2], ["wonen", "werken", "veiligheid"])
        ax.axvline(3, color=style.TWEEDE)
        ax.legend(frameon=False)
        return style.svg(fig, titel)


def koppen(*namen: str) -> list[dict]:
    """Return column heads: the first text, the others numbers."""
    return [{"t": n, "soort": "getal" if i else "tekst", "breedte": 8.0 if i else 16.0} for i, n in enumerate(namen)]


def figuur(id: str) -> dict:
    rijen = [{"cellen": [t(n), t(w, c=f"f/{id},{n}/n")], "totaal": False} for n, w in (("wonen", "4"), ("werken", "4"))]
    return {
        "soort": "figuur", "id": id, "bijschrift": t("Projecten per thema en fase"), "svg": tekening(id),
        "alt": t("Liggende balken. Bij wonen en werken horen elk vier projecten."),
        "tabel": {"koppen": koppen("Thema", "Projecten"), "rijen": rijen, "noten": []},
        "cijfers": {f"f/{id},{n}/n": cijfer(4) for n in ("wonen", "werken")},
    }  # fmt: skip


def tabel(id: str, kolommen: tuple[str, ...], aantal: int, totaal: bool = True) -> dict:
    """Return a table whose cells are all numbers in the register."""
    rijen, cijfers = [], {}
    for r in range(aantal):
        cellen = [t(f"Bewonersparticipatieproject {r + 1}")]
        for k in range(1, len(kolommen)):
            c = f"t.{id}/r{r:03d}/k{k}"
            cijfers[c] = cijfer(r * 1000 + k, herkomst="projecten/stadjerstv | themas/wonen")
            cellen.append(t(f"{r}.{k:03d}" if r else str(k), c=c))
        rijen.append({"cellen": cellen, "totaal": totaal and r == aantal - 1})
    rijen[0]["cellen"][1] = t("onbekend", stijl="nadruk")
    return {
        "soort": "tabel", "id": id, "bijschrift": t(f"Overzicht {id}"), "koppen": koppen(*kolommen), "rijen": rijen,
        "noten": [{"teken": "onbekend", "t": "Het staat niet in de openbare bronnen."}],
        "toelichting": t("Elk project telt één keer."), "cijfers": cijfers,
    }  # fmt: skip


def eerste() -> list:
    return [
        "# In één oogopslag",
        {"soort": "kerncijfers", "id": "kerncijfers", "cijfers": {"k/a/n": cijfer(12), "k/b/n": cijfer(21.9)},
         "kaarten": [
            {"getal": t("12", c="k/a/n"), "label": "projecten in uitvoering", "toelichting": t("Een niet.")},
            {"getal": t("€\u00a021,9 miljoen", c="k/b/n"), "label": "toegezegd", "toelichting": []},
            {"getal": t("onbekend", stijl="nadruk"), "label": "bereikte bewoners", "toelichting": t("Niet geteld.")},
        ]},
        "## Hoe staan de projecten ervoor?\n\nDit is *iets* en **zeker**: zie [](#fasen) en [de planning](#planning).",
        {"soort": "alinea", "id": None, "cijfers": {"k/a/n": cijfer(12)},
         "delen": [*t("Er zijn "), *t("twaalf", c="k/a/n"), *t(" projecten; "), *t("", ref="fasen"), *t(" toont ze, "),
                   *t("", ref="grote-tabel"), *t(" en "), *t("", ref="bijlage-met-bronnen"), *t(" ook.")]},
        figuur("fasen"),
        {"soort": "kader", "toon": "let_op", "titel": "Wat ging niet goed?", "blokken": [
            {"soort": "alinea", "id": None, "delen": t("De registratie kwam te laat op gang.")},
            {"soort": "lijst", "geordend": False, "punten": [t("Geen nulmeting."), t("Geen streefwaarde.")]}]},
    ]  # fmt: skip


def tweede() -> list:
    breed = ("Project", *(f"Woningverbeteringsprogramma {j}" for j in range(2004, 2012)))
    return [
        "# Terugblik per thema\n\nIntroductie met een ‘aanhaling’, een streepje – en een pijl →.",
        {"soort": "groep", "cijfers": {}, "blokken": [
            {"soort": "kop", "niveau": 2, "id": "wonen", "delen": t("Wonen")},
            {"soort": "kop", "niveau": 3, "id": "stadjerstv", "delen": t("StadjersTV")},
            {"soort": "kenmerken", "id": "fiche-stadjerstv",
             "cijfers": {"p/s/n": cijfer(20, waarde_soort="ondergrens")},
             "paren": [["Fase", t("in uitvoering")], ["Deelnemers", t("meer dan twintig", c="p/s/n")],
                       ["Bron", t("website van de gemeente", href="https://example.org/")]]},
        ]},
        tabel("brede-tabel", breed, 4),
        tabel("grote-tabel", ("Project", "Begroot (€)", "Besteed (€)"), 60),
        "## Hottentottententententoonstellingsbewonersparticipatieregistratiesysteem\n\n1. eerst\n2. daarna",
    ]  # fmt: skip


def bijlage() -> list:
    rijen = [{"cellen": [t(b["titel"], href="https://example.org/" + id), t(b["houder"])], "totaal": False}
             for id, b in BRONNEN.items()]  # fmt: skip
    return [
        "# Bijlage met bronnen",
        {"soort": "tabel", "id": "bronnenlijst", "bijschrift": t("Bronnen"), "koppen": koppen("Titel", "Van wie"),
         "rijen": rijen, "noten": [], "toelichting": None, "cijfers": {}},
    ]  # fmt: skip


def brief() -> list:
    return [
        "# Aanbiedingsbrief",
        {"soort": "alinea", "id": None, "cijfers": {"k/a/n": cijfer(12)},
         "delen": [*t("Voor u ligt de voortgangsrapportage. Er zijn "), *t("twaalf", c="k/a/n"), *t(" projecten.")]},
        {"soort": "alinea", "id": None, "cijfers": {}, "delen": t("Wat wij niet weten, staat er bij. " * 12)},
    ]  # fmt: skip


def notebook(pad: Path, cellen: list) -> Path:
    """Write an executed notebook: a text is a markdown cell, a block the outcome of a code cell."""
    nb = nbformat.v4.new_notebook()
    for nummer, inhoud in enumerate(cellen):
        if isinstance(inhoud, str):
            cell = nbformat.v4.new_markdown_cell(inhoud)
        else:
            data = {MIME: inhoud, "text/plain": "blok", "text/html": "<p>blok</p>"} if isinstance(inhoud, dict) else {}
            out = nbformat.v4.new_output("execute_result", data, execution_count=nummer) if data else inhoud
            cell = nbformat.v4.new_code_cell("projecten.figuur(d)  # toon", outputs=[out], execution_count=nummer)
        cell.id = f"cel-{nummer}"
        nb.cells.append(cell)
    nb.metadata["language_info"] = {"name": "python"}
    nbformat.write(nb, pad)
    return pad


def notebooks(map: Path) -> list[Path]:
    """Write the sample's notebooks in a folder."""
    inhoud = {"10_oogopslag": eerste(), "30_terugblik": tweede(), "85_planning": ["# Planning\n\nHet jaarplan volgt."],
              "94_bronnen": bijlage()}  # fmt: skip
    return [notebook(map / f"{naam}.ipynb", cellen) for naam, cellen in inhoud.items()]


def rapport(map: Path, **meta) -> dict:
    """Return the model of the sample report."""
    return model.build(notebooks(map), META | meta, BRONNEN, COLOFON, records=RECORDS)


def aanbiedingsbrief(map: Path, **meta) -> dict:
    """Return the model of the sample letter."""
    return model.build(
        [notebook(map / "10_brief.ipynb", brief())],
        BRIEF | meta,
        BRONNEN,
        COLOFON,
        records=RECORDS,
        elders="rapportage.html",
    )
