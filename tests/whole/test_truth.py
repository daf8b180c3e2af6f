"""The real report of Groningen says only what is true, and only what was known."""

import pytest
from editions import ROOT, build, model, page

from kwlib.data import read_schema
from kwlib.data.files import read

SCHEMA = read_schema(ROOT / "data" / "datapackage.json")
FRAMES, _ = read(ROOT / "data" / "groningen", SCHEMA)
LETTER_DAY = "2009-10-08"

pytestmark = pytest.mark.slow


def known_from(source: dict) -> str:
    published = source["gepubliceerd_op"]
    return str(published if str(published) != "NaT" else source["geraadpleegd_op"])[:10]


LATER = [b["bron_id"] for b in FRAMES["bronnen"].to_dict("records") if known_from(b) > LETTER_DAY]


def text(folder, name="rapportage") -> str:
    return page(folder / name).text_content()


@pytest.fixture(scope="module")
def hindsight(tmp_path_factory):
    return build(tmp_path_factory.mktemp("achteraf"), "--year", "2009", "--kennis-tot", "2026-11-01")


@pytest.mark.parametrize("bron", LATER)
def test_nothing_published_after_the_letter_is_in_its_groningen(groningen, bron):
    source = FRAMES["bronnen"].set_index("bron_id").loc[bron]
    records = {h for frame in FRAMES.values() if "bron_id" in frame
               for hs, b in zip(frame["herkomst"], frame["bron_id"], strict=True) if b == bron for h in hs}  # fmt: skip
    for path in groningen.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".ipynb") and path.name != "datapackage.json":
            content = path.read_text("utf-8")
            assert source["titel"] not in content, path.name
            assert bron not in content, path.name
            assert not [r for r in records if f'"{r}"' in content], path.name


def test_there_are_later_sources_to_keep_out():
    assert len(LATER) > 12


def test_hindsight_shows_what_came_later_and_says_so(hindsight, groningen):
    assert hindsight.name == "2009-kennis-2026-11-01" and groningen.name == "2009"
    assert "kennis achteraf" in text(hindsight).lower() and "kennis achteraf" not in text(groningen).lower()
    assert set(model(hindsight / "rapportage")["bronnen"]) > set(model(groningen / "rapportage")["bronnen"])


def test_later_sources_replace_earlier_ones_and_the_old_text_is_listed(hindsight):
    assert "financiering/bewonersinitiatieven-2011-eerste-tekst" in text(hindsight)


def test_every_promise_points_to_a_place_that_exists(groningen):
    found = page(groningen / "rapportage")
    for anchor in FRAMES["toezeggingen"]["anker"].dropna():
        assert found.xpath(f"//*[@id='{anchor}']"), anchor


def test_the_exact_sentence_on_progress_is_in_report_and_letter(groningen):
    for name in ("rapportage", "aanbiedingsbrief"):
        said = text(groningen, name)
        assert "Van negen van de dertien projecten weten wij dat zij worden uitgevoerd of klaar zijn." in said
        own_words = said.replace("op een enkel project na worden alle", "")  # a claim that the report quotes
        assert "op een enkel project" not in own_words


def test_the_letter_counts_the_enclosures_that_were_built(groningen):
    enclosed = model(groningen / "aanbiedingsbrief")["meta"]["brief"]["bijlagen"]
    assert enclosed == [model(groningen / "rapportage")["meta"]["titel"]]


def test_the_letter_names_offices_and_roles_only(groningen):
    letter = model(groningen / "aanbiedingsbrief")["meta"]["brief"]
    assert letter["behandeld_door"] == "Directiestaf"
    assert list(letter["ondertekenaars"]) == ["de burgemeester", "de secretaris"]
