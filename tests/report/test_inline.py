"""What a figure becomes inside a page."""

from kwlib.huisstijl import huis
from kwlib.report.inline import herkleurd

INKT, LIJN = huis().licht["inkt"], huis().licht["lijn"]


def test_a_colour_that_becomes_the_house_colour_of_another_name_stays_what_it_became():
    naar = huis().licht | {"inkt": LIJN, "lijn": "#ff0000"}
    drawing = f'<path style="fill: {INKT.upper()}; stroke:{LIJN}"/>'
    assert herkleurd(drawing, naar) == f'<path style="fill: {LIJN}; stroke:#ff0000"/>'


def test_a_colour_that_is_not_of_the_house_is_left_alone():
    assert herkleurd('<path style="fill: #123456"/>', huis().licht) == '<path style="fill: #123456"/>'
