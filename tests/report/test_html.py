"""The page gives a table the room that its words need, and no more."""

from kwlib.report import html


def test_a_table_is_as_wide_as_its_longest_word_asks_of_its_column():
    koppen = [{"t": "Wijk", "breedte": 6}, {"t": "Projecten", "breedte": 2}]
    tabel = {"koppen": koppen, "rijen": [{"cellen": [[{"t": "De Hoogte"}], [{"t": "12"}]]}]}
    assert html.breedte(tabel) == 4 * (9 / 2 + 1.1)  # nine letters in a quarter of the table


def test_what_a_hard_space_keeps_together_is_one_word():
    tabel = {"koppen": [{"t": "Dag", "breedte": 1}], "rijen": [{"cellen": [[{"t": "8\u00a0okt\u00a02009"}]]}]}
    assert html.breedte(tabel) == 10 / 2 + 1.1
