"""The real records of Groningen: their sources, their dates, and figures typed here again from the sources."""

import datetime as dt
import re
from pathlib import Path

import pytest

from kwlib.data import check, read_schema
from kwlib.data.files import read

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "groningen"
SCHEMA = read_schema(ROOT / "data" / "datapackage.json")
FRAMES, READ_PROBLEMS = read(FOLDER, SCHEMA)
LETTER = dt.date(2009, 10, 8)
LATER = """gic-2009-12-21 gic-2009-12-23 gic-2010-01-04 cfv-2011 uitkeringen-2010 uitkeringen-2013 uitkeringen-2014
raadsbrief-2012 oog-2011-07 intraval-2012 issuu-2010-09 bestemmingsplan kwb-2016 leefbaarometer-2 rivm-50090"""


def row(table: str, **key) -> dict:
    frame = FRAMES[table]
    for column, value in key.items():
        frame = frame[frame[column] == value]
    (found,) = frame.to_dict("records")
    return found


def test_the_data_has_no_faults():
    assert not READ_PROBLEMS
    params = {"jaar": 2009, "kennis_tot": LETTER, "verslagperiode_start": dt.date(2008, 10, 1),
              "verslagperiode_eind": dt.date(2009, 9, 30)}  # fmt: skip
    faults = [p.text() for p in check(FOLDER, SCHEMA, params).problems if p.severity == "F"]
    assert not faults


@pytest.mark.parametrize("table", [t.name for t in SCHEMA])
def test_every_record_names_a_source_that_exists(table):
    known = set(FRAMES["bronnen"]["bron_id"])
    assert set(FRAMES[table]["bron_id"]) <= known and FRAMES[table]["bron_id"].notna().all()


@pytest.mark.parametrize("bron", LATER.split())
def test_what_was_published_after_the_letter_is_not_dated_before_it(bron):
    found = row("bronnen", bron_id=bron)
    published = found["gepubliceerd_op"]
    known_from = published if str(published) != "NaT" else found["geraadpleegd_op"]
    assert known_from.date() > LETTER


@pytest.mark.parametrize("table", [t.name for t in SCHEMA if t.name != "bronnen"])
def test_no_text_holds_a_person_a_phone_number_or_an_address(table):
    for column in FRAMES[table].select_dtypes("string"):
        for text in FRAMES[table][column].dropna():
            assert not re.search(r"[\w.]+@[\w.]+|\b0\d{1,3}[ -]?\d{6,7}\b|\b(dhr|mevr|mw)\.? [A-Z]", text), text


def test_both_versions_of_the_ceilings_are_kept():
    amounts = {(r["wijk_id"], r["jaar"]): r["begroot"] for r in FRAMES["financiering"].to_dict("records")
               if r["geldbron"] == "cfv"}  # fmt: skip
    assert amounts == {("de-hoogte", 2009): 570000, ("korrewegwijk", 2009): 870000,
                       ("de-hoogte", 2011): 380000, ("korrewegwijk", 2011): 580000}  # fmt: skip


def test_two_texts_on_the_money_for_2011_are_both_kept():
    frame = FRAMES["financiering"]
    found = frame[(frame["post"] == "Bewonersinitiatieven") & (frame["jaar"] == 2011)]
    assert dict(zip(found["bron_id"], found["begroot"], strict=True)) == {"uitkeringen-2013": 473000,
                                                                          "uitkeringen-2010": 225000}  # fmt: skip


@pytest.mark.parametrize(
    "indicator, rol, jaar, waarde",
    [
        ("opgeleverd", "realisatie", 2008, 1332),
        ("opgeleverd", "realisatie", 2009, 1363),
        ("opgeleverd", "streefwaarde", 2009, 1150),
        ("bijstand", "tussenstand", 2008, 7910),
        ("bijstand", "streefwaarde", 2011, 5700),
        ("woninginbraak", "realisatie", 2009, 330),
        ("corporatiewoningen", "streefwaarde", 2016, 8000),
    ],
)
def test_a_figure_is_that_of_its_source(indicator, rol, jaar, waarde):
    frame = FRAMES["metingen"]
    mask = (frame["indicator_id"] == indicator) & (frame["rol"] == rol) & (frame["periode_eind"].dt.year == jaar)
    assert frame.loc[mask, "waarde"].tolist() == [waarde]


def test_more_than_twenty_is_a_lower_bound_and_not_twenty():
    found = row("metingen", meting_id="jongeren-opleiding-realisatie-2009")
    assert (found["waarde"], found["waarde_soort"]) == (20, "ondergrens")


def test_the_two_wijken_together_make_the_ten_year_amount():
    frame = FRAMES["financiering"]
    per_year = frame[(frame["post"] == "Extra inzet van corporaties")]["begroot"].sum()
    assert per_year * 10 == row("financiering", financiering_id="extra-inzet-tien-jaar")["begroot"]


def test_the_letter_makes_ten_claims_of_which_one_has_a_number():
    claims = FRAMES["claims"]
    assert (len(claims), int(claims["getal"].sum()), int(claims["nulmeting"].sum())) == (10, 1, 0)


def test_an_error_in_a_source_is_noted_and_not_copied():
    assert row("errata", erratum_id="alkmaar")["staat_er"] == "4.500.000"
    assert not (FRAMES["financiering"]["begroot"] == 4_500_000).any()
