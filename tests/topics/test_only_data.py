"""A wijk, thema, indicator or year more is data only: no line of code knows which there are."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from everything import SHOWS

from kwlib.show import Blok


def said(d) -> str:
    """Return all that the topics show."""
    blocks = [show.values[0](d) for show in SHOWS]
    return json.dumps([b._repr_mimebundle_() for b in blocks if isinstance(b, Blok)], ensure_ascii=False)


def more(tables: dict, **rows: dict) -> dict:
    """Return the tables with a row more in each that is named."""
    return tables | {name: [*tables[name], {"bron_id": "b1"} | row] for name, row in rows.items()}


@pytest.fixture
def small(with_row):
    return with_row("wijken", wijk_id="noord")


def test_a_wijk_more(bouw, small):
    tables = more(
        small,
        wijken={"wijk_id": "oost", "naam": "Oosterpark", "rol": "krachtwijk", "volgorde": "4"},
        project_wijk={"project_id": "plan", "jaar": "2009", "wijk_id": "oost", "aandeel": "1", "hoofd": "ja"},
    )
    assert "Oosterpark" not in said(bouw(small)) and said(bouw(tables)).count("Oosterpark") > 5


def test_a_thema_more(bouw, small):
    tables = more(
        small,
        themas={"thema_id": "sport", "naam": "Sport en spel", "jaar_van": "2009", "volgorde": "9"},
        project_thema={"project_id": "tv", "jaar": "2009", "thema_id": "sport", "aandeel": "1", "hoofd": "nee"},
    )
    assert "Sport en spel" not in said(bouw(small)) and said(bouw(tables)).count("Sport en spel") > 5


def test_an_indicator_more(bouw, small):
    tables = more(
        small,
        indicatoren={"indicator_id": "i-boom", "doel_id": "d-bouw", "naam": "Geplante bomen", "definitie": "Bomen.",
                     "soort": "output", "eenheid": "bomen", "telbasis": "objecten", "richting": "hoger",
                     "optelbaar": "ja", "aggregatie": "som", "cumulatief": "nee", "gevoeligheid": "openbaar",
                     "decimalen": "0"},
        metingen={"meting_id": "m-boom", "indicator_id": "i-boom", "wijk_id": "noord", "rol": "realisatie",
                  "periode_eind": "2009-09-30", "waarde": "4321", "waarde_soort": "exact"},
    )  # fmt: skip
    d = bouw(tables)
    assert "Geplante bomen" in said(d) and "4.321" in said(d) and "Geplante bomen" not in said(bouw(small))


def test_a_year_more(bouw, small):
    d = bouw(small, kennis_tot=dt.date(2011, 1, 31))
    later = replace(d, jaar=2010, peildatum=dt.date(2010, 12, 31), memo={})
    assert "Werkplaats" in said(later) and "2011" in said(later)
