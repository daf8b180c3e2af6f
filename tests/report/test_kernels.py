"""Forked kernels and ordinary ones: the same state, the same results, and nothing shared or left behind."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from kwlib import commands, config, edition
from kwlib.report import build, forks
from kwlib.report.documents import chapters
from kwlib.report.run import Job, Limits, run

ROOT = Path(__file__).parents[2]
VALUES = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}
LOADED = "import sys\nprint('kwlib.topics.geld' in sys.modules)"
linux = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

STATE = """
import asyncio, faulthandler, gc, json, locale, logging, multiprocessing, os, random, resource, signal, sys
import threading, time
import IPython, matplotlib, numpy, pandas, warnings
import kwlib.edition  # as every chapter does; what it loads adds loggers and filters of its own
ip = get_ipython()
state = {
    "pandas": {k: repr(pandas.get_option(k)) for k in pandas.core.config_init.cf._registered_options},
    "rcParams": {k: repr(v) for k, v in matplotlib.rcParams.items()},
    "backend": matplotlib.get_backend(),
    "numpy": repr(numpy.get_printoptions()) + repr(numpy.geterr()),
    "signals": {str(s): repr(signal.getsignal(s)).split(" at ")[0] for s in sorted(signal.valid_signals())[:31]},
    "mask": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "environment": dict(os.environ),
    "folder": os.getcwd(),
    "path": sys.path,
    "flags": repr(sys.flags),
    "argv": sys.argv[:1],
    "hash": hash("a"),
    "main": sys.modules["__main__"].__name__,
    "threads": sorted(t.name.split("-")[0] for t in threading.enumerate()),
    "loggers": {n: (l.level, len(l.handlers)) for n, l in logging.root.manager.loggerDict.items()
                if getattr(l, "level", 0) or getattr(l, "handlers", 0)},
    "warnings": sorted(map(str, warnings.filters)),
    "locale": [locale.getlocale(), time.tzname, sys.getfilesystemencoding(), sys.stdout.encoding],
    "limits": [resource.getrlimit(r) for r in range(16)] + [sys.getrecursionlimit(), os.umask(0o22)],
    "collector": [gc.isenabled(), gc.get_threshold(), gc.get_debug()],
    "start method": multiprocessing.get_start_method(),
    "trace": [sys.gettrace(), sys.getprofile(), faulthandler.is_enabled(), sys.getswitchinterval()],
    "policy": type(asyncio.get_event_loop_policy()).__name__,
    "kernel": [type(ip).__name__, ip.colors, sorted(ip.user_ns), ip.history_manager.enabled],
}
print(json.dumps(state, sort_keys=True))
"""
# Where the two kinds may differ: folders and numbers of the process itself.
OWN = {"IPYTHONDIR", "JPY_PARENT_PID", "KW_KERNELS"}

RICH = [
    "import matplotlib.pyplot as plt\nplt.rcParams['svg.hashsalt'] = 'x'\nplt.plot([1, 3, 2]);",
    "%config InlineBackend.figure_formats = ['svg']\nplt.plot([1, 3, 2]);",
    "import pandas\npandas.DataFrame({'a': range(100), 'b': 1.5})",
    "from IPython.display import HTML, Markdown, SVG, clear_output, display, update_display\n"
    "display(HTML('<b>ja</b>'), Markdown('*ja*'))\nh = display('eerst', display_id='x')\n"
    "update_display('dan', display_id='x')",
    "print('weg')\nclear_output()\nprint('blijft')",
    "import os, subprocess\nprint('uit', flush=True)\nos.system('echo diep')\nprint(subprocess.run(['echo', 'kind'], "
    "capture_output=True).stdout)",
    "!echo schil",
    "import asyncio\nawait asyncio.sleep(0.01)\n42",
    "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as p:\n    print(p.map(abs, [-1]))",
    "import threading\nt = threading.Thread(target=print, args=['draad'])\nt.start()\nt.join()",
    "import random, numpy\nrandom.seed(1)\nnumpy.random.seed(1)\nrandom.random(), numpy.random.rand()",
    "get_ipython().kernel.shell is get_ipython()",
]


def kinds(monkeypatch, job: Job, read) -> list:
    """Return what is read from a job that ran in a forked kernel, and in an ordinary one."""
    found = []
    for kind in ("", "gewoon"):
        monkeypatch.setenv("KW_KERNELS", kind)
        [outcome] = run([job], VALUES, Limits(), extra={"KW_ROOT": str(ROOT)})
        assert outcome.status == "ok", outcome.text()
        found.append(read(job))
    return found


@linux
def test_a_kernel_is_forked_with_the_libraries_loaded_unless_an_ordinary_one_is_asked_for(monkeypatch, chapter, shown):
    assert kinds(monkeypatch, chapter("10_geladen", LOADED), shown) == [["True\n"], ["False\n"]]


@linux
def test_both_kinds_of_kernel_are_in_the_same_state(monkeypatch, chapter, shown):
    job = chapter("10_staat", STATE)
    forked, ordinary = kinds(monkeypatch, job, lambda job: json.loads("".join(shown(job)).splitlines()[0]))
    for state in (forked, ordinary):
        place = state.pop("folder")
        assert Path(place).name != "/"
        state["environment"] = {k: v for k, v in state["environment"].items() if k not in OWN}
        state["path"] = [p for p in state["path"] if p != place]
    for part in ordinary:
        assert forked[part] == ordinary[part], part


@linux
def test_rich_results_are_the_same_byte_for_byte(monkeypatch, chapter):
    job = chapter("10_rijk", *RICH)
    forked, ordinary = kinds(monkeypatch, job, lambda job: nbformat.read(job.output, as_version=4).cells)
    for n, (one, other) in enumerate(zip(forked, ordinary, strict=True)):
        assert one == other, f"cel {n + 1}"
    assert "image/png" in str(forked[3].outputs) and "image/svg+xml" in str(forked[4].outputs)


@linux
def test_kernels_share_nothing_with_each_other(chapter, shown):
    spoil = """
        import os, sys, random, numpy, pandas, matplotlib, signal, warnings
        print(os.getppid(), random.random(), numpy.random.rand())
        print('kwaad' in os.environ, pandas.get_option('display.max_rows'), matplotlib.rcParams['font.size'],
              signal.getsignal(signal.SIGUSR1), hasattr(numpy, 'kwaad'), 'kwaad' in globals(), 'kwaad' in sys.path,
              os.getcwd())
        os.environ['kwaad'] = sys.path[:0] = ['kwaad'] and 'kwaad'
        pandas.set_option('display.max_rows', 7)
        matplotlib.rcParams['font.size'] = 40
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        numpy.kwaad = kwaad = 1
    """
    jobs = [chapter(f"{n}0_eigen", textwrap.dedent(spoil)) for n in (1, 2)]
    run(jobs, VALUES, Limits(), executor=ThreadPoolExecutor(1))
    first, second = ["".join(shown(job)).splitlines() for job in jobs]
    assert first[0].split()[0] == second[0].split()[0], "not forked from the same server"
    assert set(first[0].split()[1:]).isdisjoint(second[0].split()[1:])
    assert first[1].split()[:-1] == second[1].split()[:-1] and first[1].split()[-1] != second[1].split()[-1]


@linux
def test_what_is_loaded_before_forking_starts_no_thread_and_hooks_into_no_shell():
    script = (
        "import os, sys, kwlib.preload\nprint(len(os.listdir('/proc/self/task')), 'matplotlib_inline' in sys.modules)"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith(("OPENBLAS", "OMP"))}
    assert subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True).stdout == "1 False\n"


@linux
def test_ordinary_kernels_take_over_by_themselves_where_the_server_does_not_start(monkeypatch, chapter, shown):
    monkeypatch.setattr(forks, "PRELOAD", "geen.module")
    job = chapter("10_geladen", LOADED)
    [outcome] = run([job], VALUES, Limits())
    assert outcome.status == "ok" and shown(job) == ["False\n"]


@linux
def test_a_kernel_after_a_change_in_the_code_does_not_have_the_old_code(monkeypatch, tmp_path, chapter, shown):
    (tmp_path / "code.py").touch()
    monkeypatch.setattr(forks, "PACKAGE", tmp_path)
    jobs = [chapter(f"{n}0_ouder", "import os\nprint(os.getppid())") for n in (1, 2, 3)]

    def change(outcome):
        if outcome.job is jobs[1]:
            os.utime(tmp_path / "code.py", ns=(0, time.time_ns()))

    slow = chapter("25_even", "import time\ntime.sleep(0.5)")  # the change comes while this one runs
    run([*jobs[:2], slow, jobs[2]], VALUES, Limits(), executor=ThreadPoolExecutor(1), ended=change)
    first, second, third = map(shown, jobs)
    assert first == second != third


@linux
def test_papermill_itself_runs_a_notebook_in_a_forked_kernel_when_the_environment_asks_for_it(tmp_path, chapter, shown):
    job = chapter("10_geladen", LOADED)
    job.output.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3", job.notebook, job.output]
    env = os.environ | {"JUPYTER_DEFAULT_PROVISIONER_NAME": "kw-fork", "IPYTHONDIR": str(tmp_path)}
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=60)
    assert shown(job) == ["True\n"]


@linux
def test_when_the_batch_is_killed_its_kernels_go_and_their_folder_too(tmp_path, chapter, temp, below):
    mark = tmp_path / "gestart"
    job = chapter("10_hangt", f"import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
                  f"open({str(mark)!r}, 'w').close()\nimport ctypes\nctypes.PyDLL(None).sleep(60)")  # fmt: skip
    script = f"""
        from pathlib import Path
        from kwlib.report.run import Job, Limits, run
        run([Job(Path({str(job.notebook)!r}), Path({str(job.output)!r}))], {VALUES!r}, Limits())
    """
    batch = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.05)
    found = below(batch.pid)
    assert len(found) == 2 and list(temp.iterdir())
    batch.kill()
    batch.wait()
    while (list(temp.iterdir()) or any(Path(f"/proc/{pid}").exists() for pid in found)) and time.monotonic() < end:
        time.sleep(0.05)
    assert list(temp.iterdir()) == [] and not any(Path(f"/proc/{pid}").exists() for pid in found)


def executed(folder: Path, jaar: str, soort: str) -> dict[str, bytes]:
    """Run all chapters of an edition of Voorbeeldstad, and of a report one booklet; return name → executed notebook."""
    at = config.paths()
    params, store = commands.opened(at, "voorbeeldstad", jaar, "", soort)
    asked = commands.edition(at, params, store)
    jobs = build.jobs(asked, folder / soort)
    if soort == config.RAPPORTAGE:
        [booklet] = chapters(at.notebooks / "wijk")
        jobs.append(Job(booklet, folder / "wijk" / booklet.name, {"wijk": "kompasbuurt"}))
    with edition.shared([edition.packed(params, store)]) as more:
        outcomes = run(jobs, asked.values, Limits(), extra={**asked.environment, **more})
    assert [o.text() for o in outcomes if o.status != "ok"] == []
    return {f"{job.notebook.parent.name}/{job.notebook.name}": job.output.read_bytes() for job in jobs}


@linux
@pytest.mark.slow
def test_every_chapter_is_the_same_byte_for_byte_in_both_kinds_of_kernel(monkeypatch, tmp_path):
    made = []
    for kind in ("gesplitst", "gewoon"):
        monkeypatch.setenv("KW_KERNELS", kind)
        folder = tmp_path / kind
        made.append(executed(folder, "2009", config.RAPPORTAGE) | executed(folder, "2010", config.PLAN))
    described = ROOT.glob("notebooks/*/document.yml")
    assert sorted(made[0]) == sorted(f"{c.parent.name}/{c.name}" for d in described for c in chapters(d.parent))
    assert sum(b'"soort": "figuur"' in notebook for notebook in made[0].values()) > 5
    for name, forked in made[0].items():
        assert forked == made[1][name], name


OPENED = """
from kwlib import edition
print(len(edition._ready))
d = edition.open_edition(gemeente, jaar, kennis_tot)
print(len(edition._ready), len(edition.open_edition(gemeente, jaar, kennis_tot).projecten), len(d.projecten))
"""


@linux
def test_kernels_of_one_edition_share_what_was_read_of_it_until_a_file_changes(tmp_path, chapter, shown):
    for name in ("data", "params"):
        shutil.copytree(ROOT / name, tmp_path / name)
    jobs = [chapter(f"{n}0_open", OPENED) for n in (1, 2)]
    extra, values = {"KW_ROOT": str(tmp_path)}, {**VALUES, "kennis_tot": "2009-10-08"}
    run(jobs, values, Limits(), extra=extra)
    [texts] = {tuple(shown(job)) for job in jobs}
    first = texts[0].splitlines()
    assert first[0] == "1" and first[1].startswith("0 ") and first[1].split()[1] == first[1].split()[2]
    params = tmp_path / "params" / "groningen-2009.yml"
    fault = chapter("30_fout", f"open({str(params)!r}, 'a').write('onzin: 1')\n{OPENED}")
    [outcome] = run([fault], values, Limits(), extra=extra)
    assert outcome.bericht.startswith("InvoerFout: params/groningen-2009.yml, sleutel onzin")


@linux
def test_kernels_of_a_plan_share_the_plan(chapter, shown):
    job = chapter("10_plan", OPENED.replace("edition.open_edition", "edition.open_plan"))
    values = {"gemeente": "voorbeeldstad", "jaar": 2010, "kennis_tot": "2009-11-17"}
    [outcome] = run([job], values, Limits(), extra={"KW_ROOT": str(ROOT), "KW_SOORT": "plan"})
    assert outcome.status == "ok", outcome.bericht
    assert shown(job)[0].splitlines()[1].startswith("0 ")  # the one that was ready was taken
