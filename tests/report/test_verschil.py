"""Two builds side by side: every change names its cause."""

from kwlib.report import cijfers
from kwlib.report.verschil import Build, Vergelijking

ROWS = {
    "bronnen/b1": {"bron_id": "b1", "gepubliceerd_op": "2009-01-01"},
    "bronnen/b2": {"bron_id": "b2", "gepubliceerd_op": "2009-02-01"},
    "projecten/a": {"project_id": "a", "naam": "A", "fase": "opstart", "bron_id": "b1"},
    "projecten/b": {"project_id": "b", "naam": "B", "fase": "opstart", "bron_id": "b2"},
    "metingen/m": {"meting_id": "m", "project_id": "b", "waarde": "3", "bron_id": "b1"},
}
LINKS = {"projecten": (("bron_id", "bronnen"),), "metingen": (("project_id", "projecten"), ("bron_id", "bronnen"))}
PLACES = {
    "projecten/a": "projecten.csv, rij 2",
    "projecten/b": "projecten.csv, rij 3",
    "bronnen/b2": "bronnen.csv, rij 3",
}
MANIFEST = {"code": "c1", "jaar": 2009, "instellingen": {"x.yml": "1"}, "versies": {"pandas": "3.0"}}
HERKOMST = {
    "t/a/n": "projecten/a",
    "t/alle/n": "projecten/a | projecten/b",
    "t/weg/n": "projecten",
    "t/m/n": "metingen/m",
}


def number(id, waarde):
    return dict.fromkeys(cijfers.KOLOMMEN, "") | {"cijfer_id": id, "waarde": waarde, "getoond": waarde,
                                                 "herkomst": HERKOMST[id], "definitie": "Een aantal."}  # fmt: skip


def build(waarden, rows=ROWS, **manifest):
    return Build({id: number(id, w) for id, w in waarden.items()}, MANIFEST | manifest, rows, PLACES, LINKS)


OLD = build({"t/a/n": "1", "t/alle/n": "2"})


def changed(record, **cells):
    return {**ROWS, record: {**ROWS[record], **cells}}


def causes(new, old=OLD):
    return {v.id: v.oorzaken for v in Vergelijking(old, new).cijfers}


def test_a_changed_cell_is_the_cause_of_the_numbers_that_name_its_row_and_of_no_other():
    new = build({"t/a/n": "9", "t/alle/n": "9"}, changed("projecten/b", fase="uitvoering"), code="c2")
    assert causes(new) == {
        "t/a/n": ("code",),
        "t/alle/n": ("projecten.csv, rij 3 (projecten/b): fase van ‘opstart’ naar ‘uitvoering’",),
    }


def test_a_number_that_looked_at_a_whole_table_may_change_by_any_row_of_it():
    old, new = build({"t/weg/n": "1"}), build({"t/weg/n": "2"}, changed("projecten/a", naam="Z"))
    assert causes(new, old) == {"t/weg/n": ("projecten.csv, rij 2 (projecten/a): naam van ‘A’ naar ‘Z’",)}


def test_a_row_that_went_because_its_source_went_blames_the_source():
    rows = {r: row for r, row in ROWS.items() if r not in ("bronnen/b2", "projecten/b", "metingen/m")}
    old, new = build({"t/m/n": "3"}), build({}, rows)
    assert causes(new, old) == {"t/m/n": ("bronnen.csv, rij 3 (bronnen/b2): vervallen",)}


def test_records_that_refer_to_each_other_and_come_together_have_a_cause():
    links = {"projecten": (("na", "projecten"),)}
    ring = {f"projecten/{a}": {"project_id": a, "na": b} for a, b in ("ab", "ba")}
    old, new = Build({}, MANIFEST, {}, {}, links), Build({}, MANIFEST, ring, {}, links)
    assert Vergelijking(old, new).roots("projecten/a") == {"projecten/b"}


def test_settings_come_before_code_and_code_before_libraries():
    assert causes(build({"t/a/n": "2", "t/alle/n": "2"}, code="c2", instellingen={"x.yml": "2"})) == {
        "t/a/n": ("instelling params/x.yml",)}  # fmt: skip
    assert causes(build({"t/a/n": "2", "t/alle/n": "2"}, code="c2", versies={})) == {"t/a/n": ("code",)}
    assert causes(build({"t/a/n": "2", "t/alle/n": "2"}, versies={"pandas": "3.1"})) == {
        "t/a/n": ("bibliotheek pandas 3.0 → 3.1",)}  # fmt: skip


def test_two_equal_builds_say_so_in_one_line():
    assert Vergelijking(OLD, OLD).text() == "2 van 2 cijfers gelijk.\n"


def test_what_came_and_went_is_told_in_words():
    said = Vergelijking(OLD, build({"t/alle/n": "2", "t/weg/n": "5"}, code="c2")).text().splitlines()
    assert said[1:] == ["t/a/n: was 1. Oorzaak: code.", "t/weg/n: nieuw: 5. Oorzaak: code."]
