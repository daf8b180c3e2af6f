import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwlib.data.messages import Found, problem
from kwlib.data.schema import Field, Table
from kwlib.data.values import (
    BEIDE,
    decimal_sign,
    parse_cell,
    parse_date,
    parse_integer,
    parse_number,
)


@pytest.mark.parametrize(
    "cells, sign",
    [
        (["12", "2009"], None),
        (["1.234", "2.500"], None),
        (["1.234", "12.5"], "."),
        (["1.234", "12,5"], ","),
        (["0.892"], "."),
        (["1.234.567"], ","),
        (["1,234.5"], "."),
        (["1.234,5"], ","),
        (["1.5", "1,5"], BEIDE),
        (["1.234.567.8", "12.34.56", "x"], None),
        ([], None),
    ],
)
def test_the_decimal_sign_comes_from_proof_in_the_file(cells, sign):
    assert decimal_sign(cells) == sign


@pytest.mark.parametrize(
    "cell, sign, value",
    [
        ("12", None, 12),
        ("-3", None, -3),
        ("−3,5", ",", -3.5),
        ("1.234", ".", 1.234),
        ("1.234", ",", 1234),
        ("1,234", ".", 1234),
        ("1.234.567,5", ",", 1234567.5),
        ("0.5", ".", 0.5),
        ("1.2340", ".", 1.234),
        ("0014", None, 14),
    ],
)
def test_a_number_is_read_with_the_sign_of_its_file(cell, sign, value):
    assert parse_number(cell, sign) == value


@pytest.mark.parametrize("cell", ["1.234", "-1,234", "12.000"])
def test_a_number_that_can_be_two_things_is_refused_without_proof(cell):
    found = parse_number(cell, None)
    assert (found.code, found.variant) == ("V08", "tweeslachtig")


@pytest.mark.parametrize(
    "cell", ["1e5", "NaN", "inf", "1 000", "€ 5", "12,-", "1_000", "١٢", "0x10", "1.234.567.8", "."]
)
def test_what_is_not_a_plain_number_is_refused(cell):
    assert parse_number(cell, decimal_sign([cell])).code == "V08"


@given(st.floats(min_value=-1e9, max_value=1e9).map(lambda x: round(x, 4)), st.sampled_from([".", ","]))
def test_a_number_written_in_either_notation_comes_back(number, sign):
    cell = f"{number:.4f}".replace(".", sign)
    assert parse_number(cell, decimal_sign([cell])) == number


@given(st.integers(min_value=1000, max_value=10**9), st.sampled_from([".", ","]))
def test_thousands_are_read_when_another_number_proves_the_sign(number, decimal):
    cell = f"{number:,}".replace(",", {".": ",", ",": "."}[decimal])
    assert parse_number(cell, decimal_sign([cell, f"0{decimal}5"])) == number


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_a_whole_number_comes_back(number):
    assert parse_integer(str(number), None) == number


@given(st.text(max_size=30), st.sampled_from(["string", "integer", "number", "date", "boolean"]))
def test_any_cell_is_a_value_or_a_kind_refusal(cell, kind):
    value = parse_cell(cell.strip(), Field("x", kind), decimal_sign([cell.strip()]))
    if isinstance(value, Found):
        said = problem(value, Table("", "x.csv", ()))
        assert said.message.endswith(".") and said.remedy.endswith(".") and "\n" not in said.message


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_an_iso_date_comes_back(day):
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize("cell", ["8-10-2009", "08/10/2009", "8.10.2009", "2009", "8 okt 2009", "40094", "2009-13-01"])
def test_another_date_is_refused(cell):
    assert parse_date(cell).code == "V07"


@pytest.mark.parametrize("cell", ["- eerste punt", "-5 graden", "a=b", "100 %", "'s-Gravenhage", "-"])
def test_ordinary_text_is_not_a_formula(cell):
    assert parse_cell(cell, Field("x"), None) == cell
