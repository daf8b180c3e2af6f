import pytest

from kwlib.data.table import parse

KNOWN = ("id", "naam")


def rows(text):
    return [cells for _, cells in parse(text, KNOWN).rows]


@pytest.mark.parametrize(
    "text",
    [
        "id,naam\n1,De Hoogte\n",
        "id;naam\r\n1;De Hoogte\r\n",
        '"id";"naam"\n"1";"  De Hoogte  "',
        "id,naam\r1,De Hoogte\r",
    ],
)
def test_the_same_rows_come_from_every_notation(text):
    assert rows(text) == [("1", "De Hoogte")]


def test_a_cell_in_quotes_may_hold_delimiters_quotes_and_lines():
    assert rows('id,naam\n1,"De ""Hoogte"",\nnoord"\n') == [("1", 'De "Hoogte",\nnoord')]


def test_row_numbers_are_those_of_a_spreadsheet():
    found = parse('id,naam\n\n1,"a\nb"\n,\n2,c\n', KNOWN).rows
    assert [row for row, _ in found] == [3, 5]


def test_empty_columns_at_the_end_are_ignored():
    assert parse("id;naam;;\n1;a;;\n", KNOWN).faults == () and rows("id;naam;;\n1;a;;\n") == [("1", "a")]


def test_rows_after_a_broken_quote_are_not_guessed():
    found = parse('id,naam\n1,a\n2,"b\n3,c\n', KNOWN)
    assert [f.code for f in found.faults] == ["B06"] and [row for row, _ in found.rows] == [2]
