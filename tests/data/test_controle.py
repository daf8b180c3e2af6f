from html.parser import HTMLParser

from kwlib.data import Problem, page


def problem(severity="F", code="V05", file="projecten.csv", row=14, column="fase", message="Fout.", remedy="Doe iets."):
    return Problem(severity, code, file, row, column, message, remedy)


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
