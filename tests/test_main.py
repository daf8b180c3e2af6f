"""The command line explains itself in Dutch, and says kindly what it cannot do."""

import pytest

from kwlib import __main__ as kw


@pytest.mark.parametrize("command", ["", *kw.CALLS, "batch"])
def test_every_command_explains_itself_in_dutch(capsys, command):
    with pytest.raises(SystemExit) as stop:
        kw.main([*command.split(), "--help"])
    said = capsys.readouterr().out
    assert stop.value.code == 0 and said.startswith(f"gebruik: kw {command}".strip())
    assert not [word for word in ("usage", "options", "arguments", "show this", "error") if word in said]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "kw: dit ontbreekt nog: opdracht. Zie kw --help."),
        ("rapport", "kw: opdracht: 'rapport' kan niet. Kies uit: "),
        ("report 2009", "kw: dit hoort niet bij deze opdracht: 2009. Zie kw --help."),
        ("report --year", "kw report: --year/--jaar: hier hoort één waarde achter. Zie kw report --help."),
        ("preview --port x", "kw preview: --port: 'x' is geen getal. Zie kw preview --help."),
        ("diff 2008", "kw diff: dit ontbreekt nog: naar. Zie kw diff --help."),
        ("diff 2008 2009 --plan", "kw: dit hoort niet bij deze opdracht: --plan. Zie kw --help."),
        ("register --kennis-tot 2009-01-01", "kw: dit hoort niet bij deze opdracht: --kennis-tot 2009-01-01."),
        ("new --plan", "kw: dit hoort niet bij deze opdracht: --plan. Zie kw --help."),
    ],
)
def test_what_a_command_cannot_do_is_said_in_dutch(capsys, asked, said):
    with pytest.raises(SystemExit) as stop:
        kw.main(asked.split())
    assert stop.value.code == kw.INVOER and said in capsys.readouterr().err


def test_each_command_is_called_with_what_was_asked(monkeypatch):
    monkeypatch.setattr("kwlib.compare.diff", lambda *given: given)
    monkeypatch.setattr("kwlib.commands.check", lambda *given: given)
    assert kw.main(["diff", "2008", "2010-plan", "--gemeente", "stad", "--year", "2009"]) == (
        "stad",
        "2009",
        "2008",
        "2010-plan",
    )
    asked = ["check", "--plan", "--jaar", "2010", "--kennis-tot", "2009-10-08"]
    assert kw.main(asked) == ("groningen", "2010", "2009-10-08", "plan")
