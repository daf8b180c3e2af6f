"""Each edition says what is tested for accessibility, how and when, and what is not."""

import json

import lxml.html
from sample import META

from kwlib.report import toegankelijkheid

WORDS = META | {"onderwerp": "Jaarplan 2010"}


def made(**changes):
    found = toegankelijkheid.files(WORDS | changes, ["jaarplan", "brief"])
    return json.loads(found["toegankelijkheid.json"]), lxml.html.document_fromstring(found["toegankelijkheid.html"])


def test_it_has_the_date_of_the_edition_and_names_every_document():
    said, page = made()
    assert said["datum"] == "2009-10-08" and "8 oktober 2009" in page.text_content()
    assert said["bestanden"] == ["brief.html", "brief.pdf", "jaarplan.html", "jaarplan.pdf"]
    assert page.xpath("//section//li/a/@href") == said["bestanden"]


def test_the_page_names_every_check_and_everything_that_is_not_tested():
    said, page = made()
    assert len(said["toetsen"]) > 6 and any("Windows" in n for n in said["niet_getoetst"])
    rows = [[c.text_content() for c in row] for row in page.xpath("//tbody/tr")]
    assert rows == [[t["wat"], t["hoe"], t["norm"]] for t in said["toetsen"]]
    assert set(said["niet_getoetst"]) <= {li.text_content() for li in page.iter("li")}


def test_it_says_when_data_are_made_up():
    assert "Fictieve gegevens" not in made()[1].text_content()
    assert "Fictieve gegevens" in made(fictief=True)[1].find("body").text_content()
