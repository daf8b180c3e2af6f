from html.parser import HTMLParser

import pytest

from kwlib.data import Problem, page, report, sort, summary


def problem(severity="F", code="V05", file="projecten.csv", row=14, column="fase", message="Fout.", remedy="Doe iets."):
    return Problem(severity, code, file, row, column, message, remedy)


@pytest.mark.parametrize(
    "found, text",
    [
        (problem(), "projecten.csv, rij 14, kolom fase: Fout. Doe iets."),
        (problem(row=None, column=None, remedy=""), "projecten.csv: Fout."),
        (problem(column=None), "projecten.csv, rij 14: Fout. Doe iets."),
    ],
)
def test_a_problem_says_where_what_and_what_to_do(found, text):
    assert found.text() == text


def test_problems_are_sorted_by_file_and_row_as_numbers():
    found = sort([problem(row=10), problem(row=9), problem(file="a.csv"), problem(row=None), problem(row=9)])
    assert [(p.file, p.row) for p in found] == [
        ("a.csv", 14),
        ("projecten.csv", None),
        ("projecten.csv", 9),
        ("projecten.csv", 10),
    ]


@pytest.mark.parametrize(
    "severities, text",
    [
        ("", "De gegevens zijn in orde."),
        ("F", "De controle vond 1 fout."),
        ("FFW", "De controle vond 2 fouten en 1 waarschuwing."),
        ("FWWL", "De controle vond 1 fout, 2 waarschuwingen en 1 aandachtspunt."),
    ],
)
def test_the_summary_counts(severities, text):
    assert summary([problem(severity=s, row=n) for n, s in enumerate(severities)]) == text


def test_the_text_report_has_a_line_per_problem_and_a_summary():
    assert report([problem()]).splitlines() == [
        "F V05 projecten.csv, rij 14, kolom fase: Fout. Doe iets.",
        "De controle vond 1 fout.",
    ]


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.attrs = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attrs.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_dutch_selfcontained_and_well_formed():
    html = page([problem(), problem("W", row=2), problem("L", file="a.csv")])
    tags = Tags(html)
    assert tags.open == [] and ("html", {"lang": "nl"}) in tags.attrs
    assert not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert "http" not in html and "url(" not in html
    assert "prefers-color-scheme: dark" in html
    assert html.index("Fouten (1)") < html.index("Waarschuwingen (1)") < html.index("Aandachtspunten (1)")


def test_every_table_of_the_page_has_a_caption_and_heads_with_a_scope():
    tags = Tags(page([problem(), problem("W", file="b.csv")]))
    assert tags.tags.count("table") == tags.tags.count("caption") == 2
    assert all("scope" in attrs for tag, attrs in tags.attrs if tag == "th")


def test_the_page_escapes_what_stands_in_the_data():
    html = page([problem(message="'<script>alert(1)</script>' is ongeldig.", column="<b>", file='"x".csv')])
    assert "<script" not in html and "<b>" not in html and "&lt;script&gt;" in html


def test_a_page_without_problems_says_so():
    assert "De gegevens zijn in orde." in page([]) and "<table" not in page([])


def test_the_same_problems_give_the_same_page_in_any_order():
    found = [problem(row=n) for n in range(5)]
    assert page(found) == page(reversed(found))
