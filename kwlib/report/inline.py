"""Runs of text parts and drawings as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from kwlib.huisstijl import huis

_STIJL = {"sterk": "strong", "nadruk": "em"}


def inline(delen: list[dict[str, Any]] | None) -> Markup:
    """Return text parts as HTML; a number is a link to where it comes from."""
    return Markup("").join(_deel(deel) for deel in delen or [])


def _deel(deel: dict[str, Any]) -> Markup:
    out = escape(deel["t"])
    if deel.get("c"):
        out = Markup('<a class="c" href="{}">{}</a>').format(deel["naar"], out)
    elif deel.get("href") or deel.get("bestand"):
        out = Markup('<a href="{}">{}</a>').format(deel.get("href") or deel["bestand"], out)
    elif deel.get("ref"):
        out = Markup('<a href="#{}">{}</a>').format(deel["ref"], out)
    if deel.get("stijl", "").startswith("koers-"):
        return Markup('<span class="koers {}">{}</span>').format(deel["stijl"].removeprefix("koers-"), out)
    tag = _STIJL.get(deel.get("stijl", ""))
    return Markup(f"<{tag}>{{}}</{tag}>").format(out) if tag else out


def herkleurd(svg: str, naar: Mapping[str, str]) -> str:
    """Return a drawing with the colours of the house replaced by others of the same name."""
    kleuren = {hex.lower(): naar[naam] for naam, hex in huis().licht.items()}
    return re.sub(r"(?<=[:\s])#[0-9a-fA-F]{6}\b", lambda m: kleuren.get(m[0].lower(), m[0]), svg)


def tekening(svg: str, id: str, alt: str) -> Markup:
    """Return a figure's SVG for inside the page: its colours the page's, its meaning in words."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*|<style[^>]*>.*?</style>\s*|<!--.*?-->\s*", "", svg, flags=re.S)
    svg = herkleurd(svg, {naam: f"var(--{naam})" for naam in huis().licht})
    kop = re.match(r"<svg[^>]*>", svg)[0]
    vak = re.search(r'viewBox="([^"]+)"', kop)[1]
    begin = Markup('<svg viewBox="{}" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-labelledby="{}--alt">'
                   '<desc id="{}--alt">{}</desc>').format(vak, id, id, alt)  # fmt: skip
    return begin + Markup(re.sub(r"\n\s*", "\n", svg[len(kop) :]))
