"""Made-up data say so everywhere (V72), and never name the real city."""

import json

import nbformat
import pdftree
import pikepdf
import pytest
from editions import BOOKLETS, DOCUMENTS, EDITIONS, LOOSE, model, page

pytestmark = pytest.mark.slow
STAD = [name for name in EDITIONS if name.startswith("voorbeeldstad")]
STAMP = "fictieve gegevens"


@pytest.fixture(scope="module", params=STAD)
def stad(request, edition_of):
    return edition_of(request.param)


@pytest.fixture(params=[d for d in DOCUMENTS if d[0] in STAD], ids="/".join)
def paper(request, edition_of):
    name, stem = request.param
    return edition_of(name) / stem


def naming(folder, word: str) -> list[str]:
    """Return the files whose text holds a word, and the pages of PDFs."""
    kinds = {".html", ".json", ".csv", ".ipynb"}
    found = [p.name for p in sorted(folder.rglob("*")) if p.suffix in kinds and word in p.read_text("utf-8").lower()]
    pages = [(p.name, n) for p in folder.glob("*.pdf") for n, text in enumerate(pdftree.pages(p), 1)
             if word in text.lower()]  # fmt: skip
    return found + [f"{name}, page {n}" for name, n in pages]


def test_the_real_city_is_named_nowhere(stad):
    assert naming(stad, "groningen") == []


def test_it_would_be_noticed_where_the_real_city_is_named(groningen):
    found = naming(groningen, "groningen")
    assert {"rapportage.html", "rapportage.json", "10_in_een_oogopslag.ipynb", "bronnen.csv"} <= set(found)
    assert "rapportage.pdf, page 1" in found


def test_every_page_on_paper_is_stamped(paper):
    assert [n for n, text in enumerate(pdftree.pages(paper.with_suffix(".pdf")), 1) if STAMP not in text.lower()] == []


def test_every_page_on_a_screen_is_stamped_in_its_title_and_at_its_top(stad):
    for path in stad.rglob("*.html"):
        found = page(path.with_suffix(""))
        assert STAMP in found.findtext("head/title").lower(), path.name
        assert STAMP in found.find("body").text_content().lower()[:20_000], path.name


def test_the_booklets_and_the_other_pages_are_stamped_too(edition_of):
    for name, stem in (p for p in (*BOOKLETS, *LOOSE) if "voorbeeldstad" in "/".join(p) or p[0] == "verschil"):
        found = page(edition_of(name) / stem)
        assert STAMP in found.findtext("head/title").lower(), stem
        assert STAMP in found.find("body").text_content().lower()[:20_000], stem
    notebooks = sorted((edition_of("boekjes") / "voorbeeldstad").rglob("*.ipynb"))
    assert [nbformat.read(p, as_version=4).metadata.get("fictief") for p in notebooks] == [True] * 4


def test_every_figure_is_stamped(paper):
    found = page(paper).xpath("//figure")
    assert all(STAMP in f.text_content().lower() for f in found)
    assert len(found) > 3 or paper.name == "aanbiedingsbrief"


def test_the_metadata_of_pdf_notebooks_manifest_and_crate_say_it(stad):
    for path in stad.glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            assert str(pdf.docinfo["/Subject"]).lower() == STAMP
    for path in stad.rglob("*.ipynb"):
        assert nbformat.read(path, as_version=4).metadata["fictief"] is True, path.name
    assert json.loads((stad / "manifest.json").read_text("utf-8"))["fictief"] is True
    assert json.loads((stad / "data/datapackage.json").read_text("utf-8"))["title"].endswith("(fictieve gegevens)")
    files = [e for e in json.loads((stad / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
             if e["@type"] == "File"]  # fmt: skip
    assert len(files) > 50 and all(e["description"].lower() == STAMP for e in files)


def test_real_data_are_not_stamped(groningen):
    assert not [p.name for p in groningen.glob("*.html") if STAMP in p.read_text("utf-8").lower()]
    assert not model(groningen / "rapportage")["meta"]["fictief"]
