"""No published number changes unseen: each build equals its agreed register, and the changelog names its seal."""

import pytest
from editions import EDITIONS, ROOT

from kwlib.report import cijfers

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", EDITIONS)
def test_the_build_is_what_was_agreed_and_the_changelog_names_it(edition_of, name):
    agreed = cijfers.read(ROOT / "registers" / f"{name}.csv")
    built = cijfers.read(edition_of(name) / "cijfers.csv")
    found = cijfers.compare(agreed, built)
    assert agreed and (found["anders"], found["nieuw"], found["weg"]) == ([], [], []), "make register, and say why"
    assert f"{name} `{cijfers.seal(built.values())}`" in (ROOT / "CHANGELOG.md").read_text("utf-8")
