"""What is compared is what stands there: a wrong name or a build of other data is said, and nothing is written."""

from types import SimpleNamespace

import pytest

from kwlib import compare, config
from kwlib.config import InvoerFout
from kwlib.report import cijfers, verschil


@pytest.mark.parametrize("what, said", [("2031", "make report YEAR=2031"), ("2031-plan", "make plan YEAR=2031"),
                                        ("weg/hiermee", "is geen map, jaar of versie in git")])  # fmt: skip
def test_a_build_that_is_not_there_is_named_with_what_to_do(what, said):
    with pytest.raises(InvoerFout, match=said):
        compare._built(config.paths(), "voorbeeldstad", what)


@pytest.mark.parametrize("part", ["gegevens", "instellingen"])
def test_no_register_is_agreed_from_a_build_of_other_data_or_settings(tmp_path, monkeypatch, part):
    now = {"gegevens": {"a.csv": "1"}, "instellingen": {"a.yml": "1"}}
    monkeypatch.setattr(compare, "_built", lambda *_: tmp_path)
    monkeypatch.setattr(compare, "opened", lambda *_: (None, None))
    monkeypatch.setattr(compare, "edition", lambda *_: SimpleNamespace(facts=now))
    monkeypatch.setattr(cijfers, "agreed", lambda *_: tmp_path / "register.csv")
    monkeypatch.setattr(verschil, "read", lambda _: SimpleNamespace(manifest=now | {part: {"a": "2"}}))
    with pytest.raises(InvoerFout, match="past niet bij de gegevens van nu"):
        compare.register("groningen", "2009")
    assert not (tmp_path / "register.csv").exists()
