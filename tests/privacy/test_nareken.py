"""The audit: what it says, and that it knows nothing of how counts were hidden."""

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest

from kwlib.privacy import bescherm, lezer, nareken
from tests.privacy.conftest import klachten, maak, publiceer, toon

GROOT = {"a": (3, 30, 40), "b": (50, 60, 70), "c": (25, 35, 45)}


def with_hidden(stad, *cellen):
    """Return what is published when only these cells are hidden."""
    rooster = bescherm.lattice(stad)
    return publiceer(stad, rooster, rooster.cellen["cel"].str.removeprefix("deelnemers/2009/gestart/unieke_personen/")
                     .isin(cellen).to_numpy())  # fmt: skip


def test_a_small_count_that_is_shown_stops_the_build():
    stad = maak(GROOT)
    assert klachten(stad, with_hidden(stad))[0] == (
        "deelnemers.csv: Cel '2009 × gestart × unieke_personen × a × w0' is kleiner dan 5 of hoort bij een te klein "
        "gebied, en is niet beveiligd. De rapportage is niet gemaakt. Meld dit aan de beheerder van het programma."
    )


def test_a_hidden_count_that_follows_from_the_rest_stops_the_build():
    stad = maak(GROOT)
    assert klachten(stad, with_hidden(stad, "a/w0", "thema:t-a/w0"))[0] == (
        "deelnemers.csv: De verborgen cel '2009 × gestart × unieke_personen × a × w0' is af te leiden uit de andere "
        "getallen, op 0 na. De rapportage is niet gemaakt. Vraag de privacyfunctionaris wat weg moet."
    )


def test_who_is_alone_in_a_group_may_not_find_the_other_one():
    stad = maak({"a": (1, 30, 4), "b": (4, 60, 1)})
    hidden = [f"{p}/{w}" for p in ("a", "b", "thema:t-a", "thema:t-b") for w in ("w0", "w2")]
    assert any("Wie zelf als enige in een groep zit" in k for k in klachten(stad, with_hidden(stad, *hidden)))


def test_the_audit_shares_no_code_with_the_search():
    trees = [ast.parse(Path(m.__file__).read_text("utf-8")) for m in (nareken, lezer)]
    modules = {n.module for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {m for m in modules if m.startswith("kwlib.privacy")} == {"kwlib.privacy.lezer"}


def percentage(teller, noemer, klasse="gewoon", wijk="samen"):
    return {"meting_id": "m", "indicator_id": klasse, "wijk_id": wijk, "rol": "realisatie",
            "waarde": 100 * teller / noemer, "teller": teller, "noemer": noemer}  # fmt: skip


@pytest.mark.parametrize(
    "teller, noemer, shown",
    [
        (4, 100, False),
        (96, 100, False),
        (50, 100, True),
        (0, 100, True),
        (95, 100, False),
        (91, 100, False),
        (90, 100, True),
    ],
)
def test_a_percentage_goes_with_its_count_its_rest_and_its_noemer(teller, noemer, shown):
    safe = toon(maak(GROOT, metingen=[percentage(teller, noemer)])).metingen
    assert safe[["waarde", "teller", "noemer"]].notna().all(axis=None) == shown
    assert safe["reden_ontbreekt"].fillna("").tolist() == ["" if shown else "privacy"]


def test_what_is_very_sensitive_is_never_told_per_wijk():
    safe = toon(maak(GROOT, metingen=[percentage(50, 100, "zeer_gevoelig", "w0")])).metingen
    assert safe["teller"].isna().all()


def test_with_two_krachtwijken_sensitive_projects_are_shown_together_only():
    stad = maak({"a": (40, 50), "b": (60, 70)}, {"a": "gevoelig"})
    t = toon(stad).telrooster.set_index(["project_id", "wijk_id"])
    assert t.loc[("a", "w0"), "weg"] and t.loc[("a", "w1"), "weg"]
    assert t.loc[("a", "w0"), "reden"] == "Alleen voor alle wijken samen: per wijk zijn mensen te herkennen."
    assert t.loc[("a", "*"), "aantal"] == 90 and not t.loc[("b", "w0"), "weg"]


def test_counts_of_sensitive_projects_are_rounded():
    t = toon(maak({"a": (41, 52, 33)}, {"a": "gevoelig"})).telrooster
    rij = t[(t["project_id"] == "a") & (t["wijk_id"] == "w0")].iloc[0]
    assert (rij["aantal"], rij["van"], rij["tot"], rij["afgerond"]) == (40, 38, 42, True)


def test_a_table_full_of_holes_is_shown_less_finely():
    stad = maak({"a": (3, 2, 4), "b": (2, 3, 4), "c": (4, 3, 2)})
    t = toon(stad).telrooster
    assert t.loc[t["wijk_id"] != "*", "weg"].all()
    assert set(t.loc[t["weg"], "reden"]) >= {bescherm.REDENEN["grof"]}
    assert t.loc[(t["project_id"] == "*") & (t["thema_id"] == "*") & (t["wijk_id"] == "*"), "aantal"].tolist() == [27]
    assert klachten(stad, toon(stad)) == []


def test_many_sheets_that_were_given_away_are_counted_and_not_all_listed():
    (text,) = (p.text() for p in nareken.onmogelijk(["e", "d", "c", "b", "a"]))
    assert "in a en b en c en nog 2 reeksen," in text
    (text,) = (p.text() for p in nareken.onmogelijk(["b", "a"]))
    assert "in a en b," in text


def test_a_solver_without_an_answer_stops_the_build(monkeypatch):
    stad = maak({"a": (3, 30, 40), "b": (50, 60, 70), "c": (25, 35, 45)})
    safe = toon(stad)
    assert klachten(stad, safe) == []
    monkeypatch.setattr(lezer, "milp", lambda *_, **__: SimpleNamespace(status=1, x=None))
    assert any("is af te leiden" in text for text in klachten(stad, safe))
