"""How the pages of the PDF are filled: what stays together, what shares a page, what the head of a page says."""

import io

import pypdfium2
import pytest
import sample
from sample import t

from kwlib.report import model, pdf


@pytest.fixture
def vellen(tmp_path):
    """Return what draws chapters (lists of cells) and gives the text of each page that holds them."""

    def maak(*hoofdstukken: list) -> list[str]:
        paden = [sample.notebook(tmp_path / f"{n}0_deel.ipynb", cellen) for n, cellen in enumerate(hoofdstukken, 1)]
        found = model.build(paden, sample.META, sample.BRONNEN, sample.COLOFON, records=sample.RECORDS)
        document = pypdfium2.PdfDocument(io.BytesIO(pdf.render(found, {}, {})))
        return [" ".join(p.get_textpage().get_text_bounded().split()) for p in document][2:]

    return maak


def project(nummer: int) -> dict:
    """Return a project as the chapters show it: a heading, what it does, and its features."""
    return {"soort": "groep", "cijfers": {}, "blokken": [
        {"soort": "kop", "niveau": 2, "id": f"p{nummer}", "delen": t(f"Project {nummer}")},
        {"soort": "alinea", "id": None, "delen": t(f"Dit is wat bewoners deden in {nummer}.")},
        {"soort": "kenmerken", "id": f"k{nummer}", "cijfers": {},
         "paren": [[f"Kenmerk {k}", t(f"van {nummer}, het {k}e")] for k in range(1, 8)]},
    ]}  # fmt: skip


def regels(aantal: int) -> str:
    """Return paragraphs of one line each."""
    return "\n\n".join(f"Regel {n}." for n in range(aantal))


def test_a_project_is_not_torn_from_what_is_said_of_it(vellen):
    pages = vellen(["# Terugblik", *(project(n) for n in range(1, 13))])
    for n in range(1, 13):
        (page,) = [p for p in pages if f"deden in {n}." in p]
        assert f"Project {n}" in page
        assert all(f"van {n}, het {k}e" in page for k in range(1, 8))


def test_a_page_is_named_after_the_chapter_that_it_begins_with(vellen):
    first, second = vellen(["# Eerste\n\nKort."], ["# Tweede\n\n" + regels(45)])[:2]
    assert "Tweede" in first
    assert first.startswith("Voortgangsrapportage Krachtwijken 2009 1 Eerste 1 Eerste")
    assert second.startswith("Voortgangsrapportage Krachtwijken 2009 2 Tweede Regel")


def test_a_chapter_begins_below_another_when_half_a_page_is_free_or_it_fits_whole(vellen):
    lang, kort = "# Lang\n\n" + regels(45), "# Kort\n\nEén zin."
    assert "Lang" in vellen(["# Eerste\n\n" + regels(10)], [lang])[0]
    assert "Lang" not in vellen(["# Eerste\n\n" + regels(20)], [lang])[0]
    assert "Kort" in vellen(["# Eerste\n\n" + regels(25)], [kort])[0]
    assert "Kort" not in vellen(["# Eerste\n\n" + regels(33)], [kort])[0]
