"""The house style can be read by everyone, and a municipality cannot make it worse."""

import itertools
from pathlib import Path

import pytest

from kwlib import huisstijl
from kwlib.contract import InvoerFout

ROOT = Path(__file__).parents[1]
# What stands side by side in one figure without a word inside it must look different to everyone.
NAAST = ("accent", "zacht", "tweede", "grijs")
# How colours look with a dichromacy: Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009), severity 1.0.
BLIND = {
    "rood": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "groen": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "blauw": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "niet": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def linear(kleur: str) -> list[float]:
    parts = [int(kleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(kleur: str, blind: str) -> tuple[float, float, float]:
    rgb = linear(kleur)
    r, g, b = (max(0.0, min(1.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in BLIND[blind])
    x, y, z = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, 0.2126 * r + 0.7152 * g + 0.0722 * b,
               (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)  # fmt: skip
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("blind", BLIND)
@pytest.mark.parametrize("schema", ["licht", "donker"])
def test_colours_side_by_side_differ_for_every_kind_of_sight(schema, blind):
    kleuren = getattr(huisstijl.huis(), schema)
    for een, ander in itertools.combinations(NAAST, 2):
        distance = (
            sum((p - q) ** 2 for p, q in zip(lab(kleuren[een], blind), lab(kleuren[ander], blind), strict=True)) ** 0.5
        )
        assert distance > 14, f"{een} and {ander}: {distance:.0f}"


def test_black_on_white_has_the_contrast_of_the_standard():
    assert huisstijl.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert huisstijl.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_house_itself_can_be_read():
    assert huisstijl.huis().naam == "Kw Sans"


def own(tmp_path, text):
    path = tmp_path / "stad-huisstijl.yml"
    path.write_text(text, "utf-8")
    return huisstijl.read(ROOT, path)


def test_a_municipality_changes_only_what_it_names(tmp_path):
    style = own(tmp_path, 'licht:\n  accent: "#7a1f5c"\n')
    assert style.licht["accent"] == "#7a1f5c" and style.licht["inkt"] == huisstijl.huis().licht["inkt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('licht:\n  accent: "#cfe8ff"\n', "'accent' op 'papier' heeft een contrast van 1.3; nodig is 4.5."),
        ("licht:\n  accent: rood\n", "Schrijf een kleur als #1f5f8b."),
        ('licht:\n  akcent: "#7a1f5c"\n', "Bedoelt u 'accent'?"),
        ("naam: Andere Letter\n", "AndereLetter-Regular.ttf ontbreekt."),
        ("logo: params/weg.svg\n", "weg.svg is er niet."),
    ],
)
def test_a_style_that_cannot_be_read_is_refused_with_a_reason(tmp_path, text, said):
    with pytest.raises(InvoerFout) as caught:
        own(tmp_path, text)
    assert said in str(caught.value) and "stad-huisstijl.yml" in str(caught.value)
