"""What may be set, and what is said when it does not fit."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kwlib import config
from kwlib.config import InvoerFout, Paths

ROOT = Path(__file__).parents[1]


@pytest.fixture
def at(tmp_path):
    """A copy of the real params of the house and of Groningen that a test may spoil."""
    (tmp_path / "params").mkdir()
    for path in [ROOT / "params" / "rapportage.yml", *(ROOT / "params").glob("groningen*.yml")]:
        shutil.copy(path, tmp_path / "params")
    return Paths(tmp_path)


def spoil(at, name, old, new):
    path = at.params / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def lines(at, *asked):
    with pytest.raises(InvoerFout) as caught:
        config.load(*(asked or ("groningen", 2009)), at=at)
    return str(caught.value).splitlines()


def test_edition_of_groningen_is_that_of_the_letter(at):
    params = config.load("groningen", "2009", at=at)
    assert (params.jaar, params.kennis_tot, params.motto) == (2009, dt.date(2009, 10, 8), "leren door te doen")
    assert params.brief["kenmerk"] == "OS 09.2058753" and params.brief["telefoon"] == "(050) 367 63 90"
    assert params.brief["uw_brief_van"] == "" and params.brief["ondertekenaars"] == ("de burgemeester", "de secretaris")
    assert params.folder == Path("groningen/2009") and not params.achteraf


def test_a_later_day_of_knowledge_is_hindsight_and_has_its_own_folder(at):
    params = config.load("groningen", 2009, "2026-11-01", at=at)
    assert params.achteraf and params.folder == Path("groningen/2009-kennis-2026-11-01")
    assert params.kennis_tot_editie == dt.date(2009, 10, 8)


def test_unknown_year_names_what_there_is(at):
    assert lines(at, "groningen", "2031") == ["Geen gegevens voor 2031. Beschikbaar: 2009."]


def test_a_plan_has_params_and_a_folder_of_its_own_and_is_no_report(at):
    shutil.copy(at.params / "groningen-2009.yml", at.params / "groningen-2010-plan.yml")
    spoil(at, "groningen-2010-plan.yml", "verslagjaar: 2009", "verslagjaar: 2010")
    plan = config.load("groningen", 2010, at=at, soort="plan")
    assert (plan.jaar, plan.soort, plan.folder) == (2010, "plan", Path("groningen/2010-plan"))
    assert config.editions(at) == {"groningen": [2009]} and config.editions(at, "plan") == {"groningen": [2010]}
    assert lines(at, "groningen", "2010") == ["Geen gegevens voor 2010. Beschikbaar: 2009."]


def test_unknown_municipality_gets_a_suggestion(at):
    said = "sleutel GEMEENTE: Geen gegevens voor gemeente 'gronigen'. Bedoelt u 'groningen'? Beschikbaar: groningen."
    assert lines(at, "gronigen", "2009") == [said]


@pytest.mark.parametrize("jaar", ["", "twee", "02009", "2009.0", "٢٠٠٩", "2009; rm -rf", "-2009"])
def test_a_year_that_is_no_year_is_said_kindly(at, jaar):
    assert lines(at, "groningen", jaar)[0].startswith("sleutel YEAR: ")


@pytest.mark.parametrize("gemeente", ["../groningen", "", "rapportage", "groningen-2009", "GRONINGEN"])
def test_a_municipality_is_a_name_from_the_list_and_never_a_path(at, gemeente):
    assert "Beschikbaar: groningen." in lines(at, gemeente, "2009")[0]


@pytest.mark.parametrize("dag", ["morgen", "2009-13-01", "2009-02-30", "8-10-2009", "20091008"])
def test_a_day_of_knowledge_that_does_not_exist_is_said_kindly(at, dag):
    assert lines(at, "groningen", 2009, dag) == [
        f"sleutel KENNIS_TOT: '{dag}' is geen dag. Schrijf een bestaande dag als jjjj-mm-dd, bijvoorbeeld 2009-10-08."
    ]


def test_unknown_key_gets_a_suggestion_with_file_and_key(at):
    spoil(at, "groningen-2009.yml", "motto:", "moto:")
    assert lines(at) == ["params/groningen-2009.yml, sleutel moto: Deze sleutel is onbekend. Bedoelt u 'motto'?"]


def test_all_mistakes_are_told_at_once(at):
    spoil(at, "rapportage.yml", "status: concept ", "status: konsept ")
    spoil(at, "groningen.yml", "  telefoon:", "  telefon:")
    spoil(at, "groningen-2009.yml", "peildatum: 2009-10-08", "peildatum: 8 oktober")
    files = [line.split(",")[0] for line in lines(at)]
    assert files == ["params/rapportage.yml", "params/groningen.yml", "params/groningen-2009.yml"]


def test_wrong_type_says_what_would_fit(at):
    spoil(at, "rapportage.yml", "tijdslimiet_cel: 120", "tijdslimiet_cel: 0120")
    assert lines(at) == [
        "params/rapportage.yml, sleutel tijdslimiet_cel: '0120' past hier niet. "
        "Schrijf hier een heel getal, zonder punt of nul ervoor."
    ]


def test_a_pattern_that_cannot_be_used_is_refused_and_none_may_be_set(at):
    spoil(at, "rapportage.yml", r"kenmerk: '[A-Z]{2,4} ", "kenmerk: '[A-Z (")
    (said,) = lines(at)
    assert said.startswith("params/rapportage.yml, sleutel regels.kenmerk: ") and said.endswith(
        "Schrijf een geldig patroon (reguliere expressie)."
    )
    spoil(at, "rapportage.yml", r"kenmerk: '[A-Z ((?P<jaar>\d{2})\.\d{7}'", "kenmerk:")
    assert config.load("groningen", 2009, at=at).regels["kenmerk"] == ""


@pytest.mark.parametrize("typed", ["010", "NO", "1e5", "1_000", "0x1F", "12:30:45", "null", "~", "2009-10-08", "nan"])
def test_texts_stay_as_they_were_typed(at, typed):
    spoil(at, "groningen-2009.yml", "OS 09.2058753", typed)
    assert config.load("groningen", 2009, at=at).brief["kenmerk"] == typed


@pytest.mark.parametrize(
    "text, said",
    [
        ("motto: [", "De opmaak klopt niet op regel 2, teken 1."),
        ("motto: a\nmotto: b", "De opmaak klopt niet op regel 2, teken 1 (sleutel 'motto' staat er twee keer)."),
        ("a: &x 1\nb: *x", "De opmaak klopt niet op regel 2, teken 4 (verwijzingen met een ster kunnen hier niet)."),
        ("? [a]\n: b", "De opmaak klopt niet op regel 1, teken 3 (een sleutel moet een woord zijn)."),
        ("- a", "Hier hoort een rij sleutels met een dubbele punt."),
        ("\x00", "De opmaak klopt niet."),
        ("motto: !!python/object:os.system x", "Deze sleutel heeft geen waarde."),
        ("[" * 5000, "De opmaak klopt niet"),
    ],
)
def test_a_malformed_file_is_named_with_its_place(at, text, said):
    (at.params / "groningen-2009.yml").write_text(text + "\n", encoding="utf-8")
    found = lines(at)
    assert found[0].startswith("params/groningen-2009.yml") and said in found[0]


def test_a_file_that_cannot_be_read_is_named(at):
    path = at.params / "groningen.yml"
    path.unlink()
    path.mkdir()
    assert lines(at) == [
        "params/groningen.yml: Het bestand is niet te lezen. Is het een gewoon bestand en mag u het lezen?"
    ]


def test_a_municipality_may_be_stricter_than_the_house_but_not_less_strict(at):
    path = at.params / "groningen.yml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "beveiliging:\n  gewoon:\n    drempel: 8\n", encoding="utf-8")
    gewoon = config.load("groningen", 2009, at=at).beveiliging["gewoon"]
    assert gewoon == {"drempel": 8, "afronding": 1, "gebied": "wijk", "groep": 90, "nul": "tonen"}
    path.write_text(good + "beveiliging:\n  gevoelig:\n    drempel: 3\n", encoding="utf-8")
    assert "De drempel 3 is lager dan die van het huis (10)." in lines(at)[0]


def test_a_period_ends_after_it_starts(at):
    spoil(at, "groningen-2009.yml", "eind: 2009-09-30", "eind: 2007-09-30")
    assert "verslagperiode_eind ligt voor verslagperiode_start." in lines(at)[0]


def test_the_year_in_the_file_is_that_of_its_name(at):
    spoil(at, "groningen-2009.yml", "verslagjaar: 2009", "verslagjaar: 2010")
    assert "Het verslagjaar is niet 2009." in lines(at)[0]


def test_the_root_is_found_from_a_folder_below_and_from_elsewhere(at, tmp_path, monkeypatch):
    below = at.root / "notebooks" / "rapportage"
    below.mkdir(parents=True)
    monkeypatch.delenv("KW_ROOT", raising=False)
    monkeypatch.chdir(below)
    assert config.root() == at.root.resolve()
    monkeypatch.chdir("/")
    assert config.root() == ROOT
    monkeypatch.setenv("KW_ROOT", str(at.root))
    assert config.root() == at.root.resolve()
    monkeypatch.setenv("KW_ROOT", str(below))
    with pytest.raises(InvoerFout, match="Er is geen project gevonden"):
        config.root()
