"""Chapters that go wrong in every way, and what is said and left behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import nbformat
import pytest

from kwlib.contract import InvoerFout
from kwlib.report.run import Limits, run

VALUES = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}
PARAMETERS = 'gemeente: str = "groningen"\njaar: int = 2008\nkennis_tot: str = ""'
HANG = "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})\ntime.sleep(60)"


def test_chapter_gets_the_parameters_and_runs_in_the_interpreter_of_the_venv(chapter, shown):
    job = chapter("10_goed", "import sys\nprint(jaar, gemeente, sys.prefix)")
    [outcome] = run([job], VALUES, Limits())
    assert outcome.status == "ok"
    assert shown(job) == [f"2009 groningen {sys.prefix}\n"]


def test_the_executed_chapter_has_one_cell_of_parameters_with_the_values_of_the_run(chapter):
    job = chapter("10_goed", "print(jaar)")
    run([job], VALUES | {"gemeente": "voorbeeldstad"}, Limits())
    code = [c.source for c in nbformat.read(job.output, as_version=4).cells if c.cell_type == "code"]
    assert code == ['gemeente: str = "voorbeeldstad"  # map\njaar: int = 2009  # verslagjaar\nkennis_tot: str = ""',
                    "print(jaar)"]  # fmt: skip


@pytest.mark.slow
def test_every_failure_has_its_own_status_and_the_others_still_run(chapter, left):
    jobs = [
        chapter("10_goed", "print(jaar)"),
        chapter("20_fout", "1", "x = 1 / 0"),
        chapter("30_dood", "import os\nos._exit(3)"),
        chapter("40_hangt", HANG),
        chapter("50_weg", "import sys\nsys.exit(0)", "print('niet')"),
        chapter("60_goed", "print(jaar + 1)"),
    ]
    outcomes = run(jobs, VALUES, Limits(cel=3))
    assert [o.status for o in outcomes] == ["ok", "fout", "kernel dood", "time-out", "fout", "ok"]
    assert outcomes[1].text() == ("proef/20_fout, cel 5 (onder ‘Hoeveel?’): fout. ZeroDivisionError: division by zero")
    assert outcomes[2].text().startswith("proef/30_dood, cel 4 (onder ‘Hoeveel?’): kernel dood.")
    assert outcomes[3].text().endswith("time-out. De cel duurde langer dan 3 seconden.")
    assert "SystemExit" in outcomes[4].text()
    assert [n for n in left() if "mislukt" not in n] == ["10_goed.ipynb", "60_goed.ipynb"]
    assert "20_fout.mislukt.ipynb" in left()


def test_a_chapter_as_a_whole_has_a_time_limit(chapter):
    job = chapter("10_traag", *["import time\ntime.sleep(1)"] * 30)
    [outcome] = run([job], VALUES, Limits(cel=20, hoofdstuk=3))
    assert outcome.status == "time-out" and "Het hoofdstuk duurde langer dan 3 seconden." in outcome.text()


def test_the_record_that_an_error_carries_is_named(chapter):
    source = "e = ValueError('kan niet')\ne.add_note('projecten.csv, rij 14')\nraise e"
    [outcome] = run([chapter("10_fout", source)], VALUES, Limits())
    assert outcome.text().endswith("ValueError: kan niet [projecten.csv, rij 14]")


@pytest.mark.parametrize(
    "parameters, said",
    [
        (PARAMETERS + "\njaaar: int = 1", "sleutel jaaar: Deze parameter is onbekend. Bedoelt u 'jaar'?"),
        ('gemeente: str = ""\njaar: int = 1', "sleutel kennis_tot: Deze parameter ontbreekt."),
        (PARAMETERS.replace("jaar: int = 2008", 'jaar: str = ""'), "sleutel jaar: Het type is str."),
        (PARAMETERS.replace("jaar: int", "jaar"), "De cel met parameters is niet te lezen."),
    ],
)
def test_a_parameter_that_does_not_fit_stops_before_anything_starts(tmp_path, parameters, said, chapter):
    jobs = [chapter("05_goed", "print(1)"), chapter("10_x", "print(1)", parameters=parameters)]
    with pytest.raises(InvoerFout) as caught:
        run(jobs, VALUES, Limits())
    assert said in str(caught.value)
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize("values", [{**VALUES, "jaaar": 1}, {**VALUES, "jaar": "2009"}, {"jaar": 2009}])
def test_a_value_outside_the_contract_stops_before_anything_starts(values, chapter):
    with pytest.raises(InvoerFout):
        run([chapter("10_x", "print(1)")], values, Limits())


def test_two_runs_give_the_same_notebook_byte_for_byte(chapter):
    job = chapter("10_goed", "print(hash('a'))", "import time\ntime.localtime(0).tm_hour")
    texts = []
    for zone in ("Pacific/Auckland", "America/Lima"):
        os.environ["TZ"] = zone
        run([job], VALUES, Limits())
        texts.append(job.output.read_bytes())
    del os.environ["TZ"]
    assert texts[0] == texts[1]
    assert b"papermill" not in texts[0] and b"iopub" not in texts[0]


def test_settings_of_the_user_do_not_reach_a_chapter(tmp_path, monkeypatch, chapter, shown):
    (tmp_path / "kwaad").mkdir()
    (tmp_path / "kwaad" / "json.py").write_text("raise SystemExit")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "kwaad"))
    monkeypatch.setenv("MPLBACKEND", "nonsens")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "kwaad"))
    source = "import json, os\nprint(os.environ.get('PYTHONPATH'), os.environ['MPLBACKEND'][:6])"
    job = chapter("10_goed", source)
    [outcome] = run([job], VALUES, Limits())
    assert outcome.status == "ok", outcome.text()
    assert shown(job) == ["None module\n"]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_hung_chapters_at_once_and_leaves_nothing(tmp_path, sign, chapter, below):
    started = "open({!r}, 'w').close()\n"
    marks = [tmp_path / f"gestart{n}" for n in range(4)]
    for n, mark in enumerate(marks):
        chapter(f"{n}0_hangt", "import subprocess, sys\nsubprocess.Popen(['sleep', '60'])\n"
                + started.format(str(mark)) + HANG)  # fmt: skip
    script = textwrap.dedent(f"""
        import signal
        from pathlib import Path
        from kwlib.__main__ import stoppable
        from kwlib.report.run import Job, Limits, run
        folder = Path({str(tmp_path)!r})
        jobs = [Job(p, folder / "build" / p.name) for p in sorted(folder.rglob("*.ipynb"))]
        raise SystemExit(stoppable(lambda: run(jobs, {VALUES!r}, Limits())))
    """)
    temp = tmp_path / "temp"
    temp.mkdir()
    env = {**os.environ, "TMPDIR": str(temp)}
    process = subprocess.Popen([sys.executable, "-c", script], env=env, stderr=subprocess.PIPE)
    end = time.monotonic() + 60
    while not all(m.exists() for m in marks) and time.monotonic() < end and process.poll() is None:
        time.sleep(0.1)
    found = below(process.pid)
    assert len(found) >= 8
    begin = time.monotonic()
    process.send_signal(sign)
    _, said = process.communicate(timeout=20)
    took = time.monotonic() - begin
    assert process.returncode == 128 + sign
    assert took < 3, took
    assert said.decode() == "Gestopt. Er is niets veranderd.\n"
    time.sleep(0.2)
    assert [pid for pid in found if _state(pid) != "Z"] == []
    assert list(temp.iterdir()) == []
    assert not (tmp_path / "build").exists()


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
