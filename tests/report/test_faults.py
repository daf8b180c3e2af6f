"""Everything that can go wrong while notebooks run: nothing lost, no half output, the right words."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import nbformat
import pytest

from kwlib import __main__ as kw
from kwlib.contract import InvoerFout
from kwlib.report import place
from kwlib.report.run import Limits, run

VALUES = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}
BLOCK = "import ctypes, os, signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
FULL = "Er is meer dan 600 MB geheugen nodig (geheugen_mb)."
# name → the cells, the status, and what is said
FAULTS = {
    "10_goed": (["print(jaar)"], "ok", ""),
    "11_fout": (["x = 1 / 0"], "fout", "ZeroDivisionError: division by zero"),
    "12_exit": (["import os\nos._exit(3)"], "kernel dood", "Het rekenproces is plotseling gestopt (afsluitcode 3)."),
    "13_kill": (
        ["import os\nos.kill(os.getpid(), 9)"],
        "kernel dood",
        "Het rekenproces is plotseling gestopt (SIGKILL).",
    ),
    "14_segv": (
        ["import ctypes\nctypes.string_at(0)"],
        "kernel dood",
        "Het rekenproces is plotseling gestopt (SIGSEGV).",
    ),
    "15_python": (["while True: pass"], "time-out", "De cel duurde langer dan 8 seconden."),
    "16_c": ([BLOCK + "ctypes.PyDLL(None).sleep(60)"], "time-out", "De cel duurde langer dan 8 seconden."),
    "17_groot": (["x = bytearray(2_000_000_000)"], "fout", FULL),
    "18_groeit": (["x = []\nwhile True: x.append(bytearray(1_000_000))"], "fout", FULL),
    "19_weg": (["import sys\nsys.exit(0)", "print('niet')"], "fout", "SystemExit: 0"),
    "20_goed": (["print(jaar)"], "ok", ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "gewoon"], ids=["forked", "ordinary"])
def test_every_fault_has_its_status_and_words_and_the_others_still_run(
    monkeypatch, chapter, left, shown, temp, below, kind
):
    monkeypatch.setenv("KW_KERNELS", kind)
    jobs = {name: chapter(name, *cells) for name, (cells, _, _) in FAULTS.items()}
    outcomes = run(jobs.values(), VALUES, Limits(cel=8, geheugen=600))
    for outcome, (name, (_, status, said)) in zip(outcomes, FAULTS.items(), strict=True):
        assert (name, outcome.status, outcome.bericht) == (name, status, said)
    assert shown(jobs["10_goed"]) == shown(jobs["20_goed"]) == ["2009\n"]
    assert [n for n in left() if ".mislukt" not in n] == ["10_goed.ipynb", "20_goed.ipynb"]
    assert "ZeroDivisionError" in (jobs["11_fout"].output.parent / "11_fout.mislukt.ipynb").read_text()
    assert below(os.getpid()) == [] and list(temp.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path):
    """Mount a disk of 1 MB where results go."""
    folder = tmp_path / "build"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("a disk of its own needs root")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_on_a_full_disk_a_result_is_whole_or_not_there(chapter, left, small_disk):
    jobs = [chapter("10_klein", "print(jaar)"), chapter("20_groot", "print('x' * 3_000_000)")]
    outcomes = run(jobs, VALUES, Limits())
    assert outcomes[0].status == "ok"
    assert outcomes[1].text() == "proef/20_groot: fout. Het resultaat is niet opgeslagen. De schijf is vol."
    assert left() == ["10_klein.ipynb"]


def test_where_nothing_may_be_written_every_notebook_says_so(chapter, left, small_disk):
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    [outcome] = run([chapter("10_goed", "print(jaar)")], VALUES, Limits())
    assert (
        outcome.text()
        == "proef/10_goed: fout. Het resultaat is niet opgeslagen. In deze map mag niet geschreven worden."
    )
    assert left() == []


def test_a_write_that_breaks_off_leaves_no_half_file(monkeypatch, chapter, left):
    def breaks(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(place.os, "replace", breaks)
    [outcome] = run([chapter("10_goed", "print(jaar)")], VALUES, Limits())
    assert outcome.bericht == "Het resultaat is niet opgeslagen. De schijf is vol."
    assert left() == []


@pytest.mark.parametrize(
    "number, said", [(errno.ENOSPC, "De schijf is vol."), (errno.EROFS, "niet geschreven worden.")]
)
def test_a_disk_that_fails_elsewhere_gives_one_line_and_exit_code_1(monkeypatch, capsys, number, said):
    def report(*_):
        raise OSError(number, "x", "build/groningen")

    monkeypatch.setattr("kwlib.commands.report", report)
    assert kw.main(["report", "--year", "2009", "--force"]) == 1
    said_now = capsys.readouterr().err
    assert said_now.startswith("build/groningen: ") and said_now.endswith(f"{said}\n") and said_now.count("\n") == 1


def test_a_full_disk_of_which_no_file_is_known_is_told_too(monkeypatch, capsys):
    def report(*_):
        raise OSError(errno.ENOSPC, "x")

    monkeypatch.setattr("kwlib.commands.report", report)
    assert kw.main(["report", "--year", "2009", "--force"]) == 1
    assert capsys.readouterr().err == "De schijf is vol.\n"


def test_a_notebook_that_was_cut_off_is_named_before_anything_starts(chapter, tmp_path):
    jobs = [chapter("10_goed", "print(jaar)"), chapter("20_half", "print(jaar)"), chapter("30_leeg", "print(jaar)")]
    text = jobs[1].notebook.read_text()
    jobs[1].notebook.write_text(text[: len(text) // 2])
    jobs[2].notebook.write_text("[]")
    with pytest.raises(InvoerFout) as caught:
        run(jobs, VALUES, Limits())
    assert str(caught.value).splitlines() == [
        "proef/20_half.ipynb: Dit notebook is niet te lezen. Zet een goede versie terug, met git of uit een kopie.",
        "proef/30_leeg.ipynb: Dit notebook is niet te lezen. Zet een goede versie terug, met git of uit een kopie.",
    ]
    assert not (tmp_path / "build").exists()


def test_time_limits_hold_while_the_clock_is_set_back(monkeypatch, chapter):
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: 2 * start - 3600 * time.monotonic())  # an hour back every second
    begin = time.monotonic()
    jobs = [chapter("10_goed", "print(jaar)"), chapter("20_cel", "while True: pass"),
            chapter("30_geheel", *["import time\ntime.sleep(0.5)"] * 30)]  # fmt: skip
    outcomes = run(jobs, VALUES, Limits(cel=4, hoofdstuk=8))
    assert [o.status for o in outcomes] == ["ok", "time-out", "time-out"]
    assert time.monotonic() - begin < 40


def test_two_runs_of_the_same_notebooks_at_once_do_not_spoil_each_other(chapter, left):
    jobs = [chapter(f"{n}0_goed", f"print({n} * 'x')") for n in range(1, 5)]
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.extend(run(jobs, VALUES, Limits()))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [o.status for o in outcomes] == ["ok"] * 8
    assert left() == [job.output.name for job in jobs]


BATCH = """
    import sys
    from pathlib import Path
    from kwlib.__main__ import stoppable
    def batch():
        print("begonnen", flush=True)
        from kwlib.report.run import Job, Limits, run
        folder = Path({folder!r})
        jobs = [Job(p, folder / "build" / p.name) for p in sorted((folder / "notebooks").rglob("*.ipynb"))]
        return int(any(o.status != "ok" for o in run(jobs, {values!r}, Limits())))
    sys.exit(stoppable(batch))
"""


def whole(folder: Path) -> list[str]:
    """Return the names of the results in a folder; every file there must be a whole notebook that ran to its end."""
    for path in folder.rglob("*"):
        assert nbformat.read(path, as_version=4).cells[-1].outputs[0].text == "klaar\n", path
    return sorted(p.name for p in folder.rglob("*"))


def ours(temp: Path) -> list[str]:
    """Return the processes that have our folder for temporary files in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if str(temp).encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return sorted(set(found) - {str(os.getpid())})


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_leaves_whole_results_and_nothing_else(tmp_path, chapter, temp, sign):
    for n in range(6):
        chapter(f"{n}0_kort", "import time\ntime.sleep(0.1)\nprint('klaar')")
    script = textwrap.dedent(BATCH.format(folder=str(tmp_path), values=VALUES))
    chance, stopped = random.Random(sign), 0
    for n in range(10):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen([sys.executable, "-c", script], **pipes, start_new_session=True)
        assert process.stdout.readline() == "begonnen\n"
        results, delay = chance.randrange(4), 0.3 * chance.random()
        while process.poll() is None and len(list((tmp_path / "build").glob("*.ipynb"))) < results:
            time.sleep(0.005)
        time.sleep(delay)
        if process.poll() is None:
            os.killpg(process.pid, sign)
        _, said = process.communicate(timeout=30)  # far less than the notebooks' own limits, also on a busy machine
        done = len(whole(tmp_path / "build")) == 6
        # Who is asked to stop when all is done, and python is on its way out, ends as the signal says or as if unasked.
        late = [(0, ""), (-sign, "")] if done else []
        assert (process.returncode, said) in [(128 + sign, "Gestopt. Er is niets veranderd.\n"), *late], n
        stopped += process.returncode > 0
        shutil.rmtree(tmp_path / "build", ignore_errors=True)
        end = time.monotonic() + 20
        while (ours(temp) or list(temp.iterdir())) and time.monotonic() < end:
            time.sleep(0.02)
        assert (ours(temp), list(temp.iterdir())) == ([], []), n
    assert stopped >= 3


def test_a_signal_that_comes_while_python_drops_exceptions_is_not_lost():
    script = """
        import signal, sys, time
        from kwlib.__main__ import stoppable
        class Gone:
            def __del__(self):
                signal.raise_signal(signal.SIGTERM)
        def work():
            Gone()
            time.sleep(20)
        sys.exit(stoppable(work))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=10)
    assert (done.returncode, done.stderr) == (128 + signal.SIGTERM, "Gestopt. Er is niets veranderd.\n")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_two_hundred_notebooks_leave_no_files_processes_threads_or_memory_behind(chapter, temp, below):
    jobs = [chapter(f"{n}_klein", "print(jaar)") for n in range(20)]

    def state() -> tuple[list[str], list[int], list[Path], int]:
        assert {o.status for o in run(jobs, VALUES, Limits())} == {"ok"}
        files = sorted(fd.readlink().name.split(":")[0] for fd in Path("/proc/self/fd").iterdir() if fd.exists())
        return files, below(os.getpid()), list(temp.iterdir()), threading.active_count()

    def memory() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")

    for _ in range(2):
        first = state()
    begin = memory()
    for _ in range(8):
        last = state()
    assert first[1:] == last[1:] == ([], [], first[3])
    assert first[0] == last[0]
    assert memory() - begin < 8_000_000
