import datetime as dt
import os
import time

import pytest


def test_a_good_delivery_has_nothing_to_say(delivery):
    assert [p.text() for p in delivery.problems()] == []


def test_all_problems_come_at_once_sorted_by_file_and_row(delivery):
    delivery.set("themas", 3, "naam", "")
    delivery.set("themas", 2, "jaar_van", "x")
    delivery.set("project_jaar", 3, "fase", "loopt")
    places = [(p.file, p.row) for p in delivery.problems() if p.severity == "F"]
    assert places == [("project_jaar.csv", 3), ("themas.csv", 2), ("themas.csv", 3)]


def test_one_cause_gives_one_message(delivery):
    delivery.set("metingen", 2, "waarde", "vijf")
    assert [p.code for p in delivery.problems() if p.file == "metingen.csv"] == ["V08"]


def test_a_missing_file_does_not_make_every_reference_wrong(delivery):
    delivery.remove("projecten")
    assert [p.code for p in delivery.problems() if p.severity == "F"] == ["B01"]


def test_an_empty_file_does_not_make_what_refers_to_it_wrong(delivery):
    delivery.bytes("themas", lambda _: b"")
    assert [p.code for p in delivery.problems()] == ["B04"]


def test_an_optional_file_may_be_missing(delivery):
    delivery.remove("kalender")
    result = delivery.check()
    assert not result.problems
    assert list(result.frames["kalender"].columns)[:2] == ["moment_id", "jaar"] and len(result.frames["kalender"]) == 0


def test_a_file_that_may_not_be_read_is_named(delivery, monkeypatch):
    def denied(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", denied)
    texts = {p.text() for p in delivery.problems()}
    assert "themas.csv: Het bestand mag niet worden gelezen. Geef uzelf leesrechten op het bestand." in texts


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permissions_is_named(delivery):
    (delivery.path / "themas.csv").chmod(0)
    assert ("B03", "themas.csv") in {(p.code, p.file) for p in delivery.problems()}


def test_a_script_is_just_text(delivery):
    delivery.set("projecten", 2, "naam", "<script>alert(1)</script>")
    result = delivery.check()
    assert not result.problems
    assert result.frames["projecten"]["naam"][0] == "<script>alert(1)</script>"


def test_a_check_changes_no_file(delivery):
    before = {p.name: p.read_bytes() for p in delivery.path.iterdir()}
    delivery.set("themas", 2, "jaar_van", "x")
    before["themas.csv"] = (delivery.path / "themas.csv").read_bytes()
    delivery.check()
    assert {p.name: p.read_bytes() for p in delivery.path.iterdir()} == before


def test_rules_on_completeness_look_at_what_the_edition_shows(delivery):
    delivery.set("doelen", 2, "bron_id", "besluit-2011")
    early = {p.code for p in delivery.problems(kennis_tot=dt.date(2009, 10, 8))}
    late = {p.code for p in delivery.problems(kennis_tot=dt.date(2012, 1, 1))}
    assert "V20" in early and "V20" not in late


def test_the_annex_does_not_name_rows_of_later_sources(delivery):
    delivery.set("metingen", 8, "reden_ontbreekt", "vergeten")
    delivery.set("metingen", 8, "bron_id", "besluit-2011")
    early = [p.severity for p in delivery.problems(kennis_tot=dt.date(2009, 10, 8)) if p.row == 8]
    late = [p.severity for p in delivery.problems() if p.row == 8]
    assert (early, late) == (["L"], ["W"])


def test_thousands_of_wrong_references_do_not_take_minutes(delivery):
    rows = delivery.table("metingen")
    ids = [[f"m-{n}", f"i-{n * 7919}", *rows[3][2:]] for n in range(3000)]
    delivery.write("metingen", [*rows, *ids])
    indicatoren = delivery.table("indicatoren")
    delivery.write("indicatoren", [*indicatoren, *[[f"j-{n}", *indicatoren[1][1:]] for n in range(3000)]])
    start = time.process_time()
    assert len([p for p in delivery.problems() if p.code == "V04"]) == 3000
    assert time.process_time() - start < 5


def test_ten_thousand_rows_are_checked_within_seconds(delivery):
    rows = delivery.table("metingen")
    more = [[f"m-{n}", *rows[3][1:6], str(n % 300 + 1), *rows[3][7:]] for n in range(10_000)]
    delivery.write("metingen", [*rows, *more])
    start = time.process_time()
    delivery.check()
    assert time.process_time() - start < 3
