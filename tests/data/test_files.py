import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwlib.data import check
from kwlib.data.files import meant, read, read_table

DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def test_frames_are_typed_also_when_empty(delivery):
    delivery.remove("kalender")
    frames, _ = read(delivery.path, delivery.schema)
    for table in delivery.schema:
        assert {f.name: str(frames[table.name][f.name].dtype) for f in table.fields} == {
            f.name: DTYPES[f.type] for f in table.fields
        }


def test_every_row_knows_its_place_and_its_record(delivery):
    frames, _ = read(delivery.path, delivery.schema)
    assert frames["project_jaar"]["rij"].tolist() == [2, 3]
    assert frames["project_jaar"]["herkomst"][0] == ("project_jaar/stadjerstv,2009",)
    assert frames["contextwaarden"]["herkomst"][0] == ("contextwaarden/lbm,de-hoogte,2008-12-31,besluit-2009",)


def test_values_have_their_type_and_gaps_are_missing(delivery):
    frames, _ = read(delivery.path, delivery.schema)
    wijk = frames["project_wijk"]
    assert wijk["aandeel"].tolist()[:2] == [0.5, 0.5] and wijk["aandeel"][2] is pd.NA
    assert wijk["hoofd"].tolist()[:2] == [True, False]
    assert frames["bronnen"]["gepubliceerd_op"][0].date() == dt.date(2009, 10, 8)
    assert pd.isna(frames["bronnen"]["gepubliceerd_op"][3])


def test_semicolon_decimal_comma_and_bom_give_the_same_frames(delivery):
    canonical, _ = read(delivery.path, delivery.schema)
    for name in ("metingen", "financiering", "projecten"):
        rows = delivery.table(name)
        numbers = [i for i, c in enumerate(rows[0]) if delivery.schema[name].field(c).type == "number"]
        local = [[c.replace(".", ",") if i in numbers else c for i, c in enumerate(row)] for row in rows]
        delivery.write(name, local, delimiter=";")
        delivery.bytes(name, lambda raw: b"\xef\xbb\xbf" + raw)
    frames, problems = read(delivery.path, delivery.schema)
    assert {p.severity for p in problems} == {"L"}
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, canonical[name])


def test_a_file_from_windows_gives_the_same_frame(delivery):
    delivery.set("projecten", 2, "naam", "Café")
    canonical, _ = read(delivery.path, delivery.schema)
    delivery.bytes("projecten", lambda raw: raw.decode().encode("cp1252"))
    frames, problems = read(delivery.path, delivery.schema)
    assert [p.text() for p in problems] == [
        "projecten.csv: Gelezen als Windows-tekst (cp1252). Dat mag. De vaste vorm is UTF-8, komma en punt."
    ]
    pd.testing.assert_frame_equal(frames["projecten"], canonical["projecten"])


def test_1_234_is_read_when_the_file_proves_its_decimal_sign(delivery):
    delivery.set("contextwaarden", 2, "waarde", "1.234")
    delivery.set("contextwaarden", 3, "waarde", "6.5")
    assert delivery.check().frames["contextwaarden"]["waarde"].tolist() == [1.234, 6.5]
    delivery.set("contextwaarden", 3, "waarde", "6,5")
    assert delivery.check().frames["contextwaarden"]["waarde"].tolist() == [1234, 6.5]


@pytest.mark.parametrize(
    "value, answer", [("fasen", " Bedoelt u 'fase'?"), ("FASE", " Bedoelt u 'fase'?"), ("xyz", "")]
)
def test_a_suggestion_is_made_only_for_what_looks_alike(value, answer):
    assert meant(value, ["fase", "naam"]) == answer


@settings(max_examples=150, deadline=None)
@given(raw=st.binary(max_size=300) | st.text(alphabet='metingd_,;"\n=01.é\0', max_size=200).map(str.encode))
def test_reading_never_raises_whatever_the_bytes(raw, schema):
    for table in ("metingen", "wijken"):
        frame, _ = read_table(raw, schema[table])
        assert list(frame.columns) == [*schema[table].columns, "rij", "herkomst"]


def test_an_empty_key_is_one_message_and_no_crash(tmp_path, deliver, schema):
    for table in schema:
        delivery = deliver(tmp_path / table.name)
        if len(delivery.table(table.name)) > 1:
            delivery.set(table.name, 2, table.key[0], "")
            found = [p.code for p in delivery.check().problems if (p.file, p.row) == (table.file, 2)]
            assert found[:1] == ["R01"], table.name


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_checking_never_raises_whatever_a_cell_holds(data, schema, deliver, tmp_path_factory):
    delivery = deliver(tmp_path_factory.mktemp("x") / "groningen")
    name = data.draw(st.sampled_from(sorted(schema.tables)))
    rows = delivery.table(name)
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.integers(0, len(rows) - 1))
        column = data.draw(st.integers(0, len(rows[0]) - 1))
        rows[row][column] = data.draw(
            st.sampled_from(["", "0", "-1", "2009", "x", "ja", "2009-01-01", "1.234", '"', "="])
        )
    delivery.write(name, rows)
    for problem in check(delivery.path, schema, {"jaar": 2009, "kennis_tot": dt.date(2009, 10, 8)}).problems:
        assert problem.text().startswith(problem.file) and problem.remedy.endswith((".", "?"))
