"""What a kernel's extension promises: a cell has its memory and no more, and a full kernel still tells how it went."""

import subprocess
import sys
import textwrap

import pytest

from kwlib.report.run import Limits, run

VALUES = {"gemeente": "groningen", "jaar": 2009, "kennis_tot": ""}
FULL = "Er is meer dan 600 MB geheugen nodig (geheugen_mb)."
# Takes ever smaller pieces, until there is none left.
TAKE_ALL = textwrap.dedent("""
    taken = []
    def take_all():
        for size in 10**6, 10**4, 10**3, 600:
            try:
                while True:
                    taken.append(bytearray(size))
            except MemoryError:
                pass
    take_all()
    """)
ENDS = {"well": "", "by asking for more": "taken.append(bytearray(10**6))", "by another error": "1 / 0"}
linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
kinds = pytest.mark.parametrize("kind", ["", "gewoon"], ids=["forked", "ordinary"])


@linux
@kinds
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_kernel_without_a_byte_left_says_so_however_its_cell_ends(monkeypatch, chapter, kind, end):
    monkeypatch.setenv("KW_KERNELS", kind)
    jobs = [chapter(f"{n}0_vol", TAKE_ALL + end, "print('next', bytearray(10**6)[0])") for n in (1, 2, 3)]
    for outcome in run(jobs, VALUES, Limits(cel=30, geheugen=600)):
        assert (outcome.status, outcome.bericht) == ("fout", FULL)


@linux
@kinds
def test_a_kernel_that_is_filled_with_small_things_says_so(monkeypatch, chapter, kind):
    monkeypatch.setenv("KW_KERNELS", kind)
    jobs = [chapter("10_rijen", "x = []\nwhile True: x.append([0] * 10)"),
            chapter("20_tekst", "x = []\nwhile True: x.append(str(len(x)) * 3)")]  # fmt: skip
    for outcome in run(jobs, VALUES, Limits(cel=30, geheugen=600)):
        assert (outcome.status, outcome.bericht) == ("fout", FULL)


@linux
@kinds
def test_only_cells_are_limited_and_each_anew(monkeypatch, chapter, shown, kind):
    monkeypatch.setenv("KW_KERNELS", kind)
    resource = pytest.importorskip("resource")
    limit = "import resource\nprint(resource.getrlimit(resource.RLIMIT_DATA)[0] >> 20)"
    between = "get_ipython().events.register('post_execute', lambda: print('between', resource.getrlimit(2)[0]))"
    job = chapter("10_goed", limit, between, limit.split("\n")[1])
    assert run([job], VALUES, Limits(geheugen=700))[0].status == "ok"
    free = f"between {resource.getrlimit(resource.RLIMIT_DATA)[1]}\n"
    assert shown(job) == ["700\n", free, "700\n" + free]


LOWER = """
import os, resource
from kwlib.report import extension

class Shell:
    def __init__(self): self.events, self.called = self, {}
    def register(self, event, function): self.called[event] = function
    def set_custom_exc(self, kinds, function): pass

resource.setrlimit(resource.RLIMIT_DATA, (500 << 20, 500 << 20))
os.environ["KW_GEHEUGEN"] = "700"
shell = Shell()
extension.load_ipython_extension(shell)
for event in "pre_execute", "post_execute":
    shell.called[event]()
    print([n >> 20 for n in resource.getrlimit(resource.RLIMIT_DATA)])
"""


@linux
def test_a_limit_of_the_machine_that_is_lower_stays():
    done = subprocess.run([sys.executable, "-c", LOWER], capture_output=True, text=True, check=True)
    assert done.stdout == "[500, 500]\n[500, 500]\n"
