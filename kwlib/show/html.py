"""Blocks as plain HTML, for the notebook; the page and the PDF are drawn by kwlib.report."""

from __future__ import annotations

from html import escape
from typing import Any

from kwlib.show.feiten import anker


def blok(model: dict[str, Any]) -> str:
    """Return a block's model as HTML."""
    return _SOORTEN[model["soort"]](model)


def inline(delen: list[dict[str, str]]) -> str:
    """Return text parts as HTML; a number carries its id."""
    return "".join(_deel(deel) for deel in delen)


def _deel(deel: dict[str, str]) -> str:
    out = escape(deel["t"] or deel.get("ref", ""))
    if "c" in deel:
        out = f'<span class="c" data-anker="{anker(deel["c"])}" title="{escape(deel["c"])}">{out}</span>'
    if "href" in deel:
        out = f'<a href="{escape(deel["href"])}">{out}</a>'
    tag = {"sterk": "strong", "nadruk": "em"}.get(deel.get("stijl", ""))
    return f"<{tag}>{out}</{tag}>" if tag else out


def _kop(m):
    return f'<h{m["niveau"]} id="{escape(m["id"])}">{inline(m["delen"])}</h{m["niveau"]}>'


def _alinea(m):
    return f"<p>{inline(m['delen'])}</p>"


def _lijst(m):
    tag = "ol" if m["geordend"] else "ul"
    return f"<{tag}>" + "".join(f"<li>{inline(punt)}</li>" for punt in m["punten"]) + f"</{tag}>"


def _kenmerken(m):
    return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{inline(v)}</dd>" for k, v in m["paren"]) + "</dl>"


def _kader(m):
    return f"<aside><p><strong>{escape(m['titel'])}</strong></p>{''.join(map(blok, m['blokken']))}</aside>"


def _kerncijfers(m):
    return _lijst(
        {
            "geordend": False,
            "punten": [[*k["getal"], {"t": f" {k['label']}. "}, *k["toelichting"]] for k in m["kaarten"]],
        }
    )


def _tabel(m):
    return (
        f"<table><caption>{inline(m['bijschrift'])}</caption>{rooster(m)}</table>"
        + (f"<p>{inline(m['toelichting'])}</p>" if m.get("toelichting") else "")
        + "".join(f"<p><em>{escape(n['teken'])}</em>: {escape(n['t'])}</p>" for n in m.get("noten", []) if n["t"])
    )


def rooster(m: dict[str, Any]) -> str:
    """Return the head and body of a table."""
    align = ["right" if kop["soort"] == "getal" else "left" for kop in m["koppen"]]
    koppen = zip(m["koppen"], align, strict=True)
    head = "".join(f'<th scope="col" style="text-align:{a}">{escape(k["t"])}</th>' for k, a in koppen)
    body = ""
    for regel in m["rijen"]:
        eerste, *rest = regel["cellen"]
        cells = "".join(f'<td style="text-align:{a}">{inline(c)}</td>' for c, a in zip(rest, align[1:], strict=True))
        body += f'<tr><th scope="row" style="text-align:left">{inline(eerste)}</th>{cells}</tr>'
    return f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"


def _figuur(m):
    alt, bijschrift = (escape("".join(d["t"] for d in m[k])) for k in ("alt", "bijschrift"))
    return (
        f"<figure><figcaption>{inline(m['bijschrift'])}</figcaption>"
        f'<div role="img" aria-label="{alt}">{m["svg"]}</div>'
        "<details><summary>Gegevens bij deze figuur</summary>"
        f"<table><caption>Gegevens bij: {bijschrift}</caption>{rooster(m['tabel'])}</table></details></figure>"
    )


def _groep(m):
    return "".join(map(blok, m["blokken"]))


_SOORTEN = {
    "kop": _kop,
    "alinea": _alinea,
    "lijst": _lijst,
    "kenmerken": _kenmerken,
    "kader": _kader,
    "kerncijfers": _kerncijfers,
    "tabel": _tabel,
    "figuur": _figuur,
    "groep": _groep,
}
