"""The check report as one self-contained Dutch web page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from kwlib.data.problems import FOUT, LET_OP, WAARSCHUWING, Problem, sort, summary

KOPPEN = {
    FOUT: ("fouten", "Fouten", "Eerst deze oplossen. Zolang er een fout is, komt er geen rapportage."),
    WAARSCHUWING: ("waarschuwingen", "Waarschuwingen", "De rapportage wordt gemaakt. Deze punten staan in de bijlage."),
    LET_OP: ("aandachtspunten", "Aandachtspunten", "Dit staat alleen hier, niet in de rapportage."),
}
STIJL = """
:root { color-scheme: light dark; --lijn: #767676; --vlak: #f3f5f7; --link: #0b4f8a;
  --papier: #ffffff; --inkt: #1f2933; }
@media (prefers-color-scheme: dark) { :root { --lijn: #8c8c8c; --vlak: #23282d; --link: #9fd0ff;
  --papier: #12171c; --inkt: #e6eaee; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; }
html { background: var(--papier); color: var(--inkt); }
a { color: var(--link); }
h1, h2, p, li { overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.naar { position: absolute; left: -99rem; }
.naar:focus { position: static; }
@media print { nav, .naar { display: none; } }
.samenvatting { background: var(--vlak); border-left: .4rem solid var(--lijn); padding: .75rem 1rem; }
.tabel { overflow-x: auto; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 44rem; margin: .5rem 0 1.5rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid var(--lijn); padding: .35rem .6rem; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; }
.smal { width: 3.5rem; }
.naam { width: 10rem; }
"""


def _table(file: str, title: str, problems: list[Problem]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{"–" if p.row is None else p.row}</th><td>{escape(p.column or "–")}</td>'
        f"<td>{escape(p.message)}</td><td>{escape(p.remedy)}</td><td>{escape(p.code)}</td></tr>\n"
        for p in problems
    )
    owner = next((f" (voor: {escape(p.owner)})" for p in problems if p.owner), "")
    return (
        f'<div class="tabel" role="region" tabindex="0" aria-label="{title} in {escape(file)}"><table>\n'
        f"<caption>{escape(file)}{owner}</caption>\n"
        '<thead><tr><th scope="col" class="smal">Rij</th><th scope="col" class="naam">Kolom</th>'
        '<th scope="col">Wat is er</th>'
        '<th scope="col">Wat te doen</th><th scope="col" class="smal">Regel</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>\n"
    )


def _section(severity: str, problems: list[Problem]) -> str:
    anchor, title, help_text = KOPPEN[severity]
    tables = "".join(_table(file, title, list(part)) for file, part in groupby(problems, key=lambda p: p.file))
    return (
        f'<section aria-labelledby="{anchor}">\n<h2 id="{anchor}">{title} ({len(problems)})</h2>\n'
        f"<p>{help_text}</p>\n{tables}</section>\n"
    )


def page(problems: Iterable[Problem], title: str = "Controle van de gegevens") -> str:
    """Return the problems as HTML, grouped by severity, then file; no script, nothing from elsewhere."""
    problems = sort(problems)
    groups = {s: [p for p in problems if p.severity == s] for s in KOPPEN}
    toc = "".join(
        f'<li><a href="#{KOPPEN[s][0]}">{KOPPEN[s][1]} ({len(found)})</a></li>' for s, found in groups.items() if found
    )
    body = "".join(_section(s, found) for s, found in groups.items() if found)
    nav = f'<nav aria-label="Inhoud"><ul>{toc}</ul></nav>\n' if toc else ""
    note = "<p>De rijnummers zijn die van een rekenblad: rij 1 is de kop.</p>\n" if body else ""
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STIJL}</style>\n</head>\n<body>\n"
        f'<a class="naar" href="#inhoud">Naar de inhoud</a>\n<header><h1>{escape(title)}</h1></header>\n'
        f'<main id="inhoud">\n<p class="samenvatting">{escape(summary(problems))}</p>\n{nav}{note}{body}</main>\n'
        "</body>\n</html>\n"
    )
