"""The register as a file, and how two registers compare."""

from kwlib.report import cijfers

RECORDS = {
    "projecten/a": {"bestand": "projecten.csv", "rij": 2, "bron": "b1"},
    "projecten": {"bestand": "projecten.csv", "rij": None, "bron": ""},
}


def entry(waarde, *herkomst, **extra):
    return {"waarde": waarde, "eenheid": "aantal", "waarde_soort": "exact", "herkomst": list(herkomst),
            "bronnen": ["b1"], "notebook": "n.ipynb", "cel": 4,
            "plaatsen": ["tabel-x"], "getoond": [str(waarde)]} | extra  # fmt: skip


def rows(**documents):
    return cijfers.table({n: {"cijfers": c} for n, c in documents.items()}, RECORDS, {"projecten.csv": "f" * 64})


def test_a_number_of_two_documents_is_one_row_that_names_both_places():
    (row,) = rows(
        rapport={"t/a/n": entry(3, "projecten/a")}, brief={"t/a/n": entry(3, "projecten/a", getoond=["drie"])}
    )
    assert row["plaatsen"] == "rapport#tabel-x | brief#tabel-x" and row["getoond"] == "3 | drie"


def test_a_row_names_records_their_rows_and_the_checksum_of_their_file():
    (row,) = rows(rapport={"t/a/n": entry(3, "projecten", "projecten/a")})
    assert (row["herkomst"], row["rijen"]) == ("projecten | projecten/a", "projecten.csv:2")
    assert row["bestanden"] == "projecten.csv@ffffffffffff" and row["notebook"] == "rapport/n.ipynb"


def test_what_was_written_is_read_back(tmp_path):
    (tmp_path / "x.csv").write_text(cijfers.text(rows(rapport={"t/a/n": entry(3, "projecten/a")})), "utf-8")
    assert cijfers.read(tmp_path / "x.csv")["t/a/n"]["waarde"] == "3"
    assert cijfers.read(tmp_path / "weg.csv") == {}


def agreed(**values):
    return {id: dict.fromkeys(cijfers.AFGESPROKEN, "") | {"cijfer_id": id, "waarde": v} for id, v in values.items()}


def test_two_registers_differ_in_what_changed_came_and_went():
    found = cijfers.compare(agreed(a="1", b="2", c="3"), agreed(a="1", b="9", d="4"))
    assert found == {"gelijk": ["a"], "anders": ["b"], "nieuw": ["d"], "weg": ["c"]}
    assert cijfers.sentence(found) == "1 van 3 cijfers gelijk (1 anders, 1 weg, 1 nieuw)"


def test_equal_registers_are_said_to_be_equal():
    found = cijfers.compare(agreed(a="1", b="2"), agreed(a="1", b="2"))
    assert cijfers.sentence(found) == "2 van 2 cijfers gelijk"
