"""Make the report's four typefaces from Source Sans 3: `python kwlib/fonts/make_fonts.py FOLDER_WITH_THE_TWO_TTF`.

The result is called Kw Sans, because the licence keeps the name of the original for the original.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
FAMILY = "Kw Sans"
FACES = {
    "Regular": ("SourceSans3[wght].ttf", 400, 0x40),
    "Bold": ("SourceSans3[wght].ttf", 700, 0x20),
    "Italic": ("SourceSans3-Italic[wght].ttf", 400, 0x01),
    "Bold Italic": ("SourceSans3-Italic[wght].ttf", 700, 0x21),
}
ON_PAGES = ("Regular", "Bold", "Italic")  # a page has no other
SIGNS = "‐‑–—‘’‚“”„†‡•…‰′″‹›€→←↑↓↗↘−×≥≤≈≠±●○■□▲▼◆✓\u2002\u2003\u2009\u202f\u2212"
CHARACTERS = {*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, *map(ord, SIGNS)}
FEATURES = ["kern", "mark", "mkmk", "liga", "locl", "ccmp", "pnum", "frac", "sups", "case"]
TIME = 3_500_000_000  # a fixed moment, so that the files are the same at every run


def face(source: Path, style: str, weight: int, selection: int) -> TTFont:
    """Return one static, renamed, subset face."""
    font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight}, inplace=True)
    options = Options(layout_features=FEATURES, name_IDs=[0, 7, 13, 14], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 5: "Version 3.052",
             6: f"{FAMILY} {style}".replace(" ", "")}  # fmt: skip
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    del font["STAT"]
    font["name"].names = [n for n in font["name"].names if n.nameID < 256]
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = selection
    font["head"].macStyle = (1 if "Bold" in style else 0) | (2 if "Italic" in style else 0)
    font["head"].created = font["head"].modified = TIME
    return font


def main(folder: Path) -> None:
    for style, (source, weight, selection) in FACES.items():
        font = face(folder / source, style, weight, selection)
        target = HERE / f"KwSans-{style.replace(' ', '')}.ttf"
        font.save(target)
        if style in ON_PAGES:
            font.flavor = "woff2"
            font.save(target.with_suffix(".woff2"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
