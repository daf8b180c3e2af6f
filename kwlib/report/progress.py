"""Progress for people: a bar per chapter and one for all on a screen, one line per chapter in a log."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from kwlib.report.run import OK, Job, Outcome


class Lines:
    """One line per chapter, when it ends."""

    def __init__(self, jobs: Iterable[Job], out: TextIO):
        self.total, self.done, self.out = len(list(jobs)), 0, out

    def started(self, _: Job) -> Callable[[], None]:
        return lambda: None

    def ended(self, outcome: Outcome) -> None:
        self.done += 1
        text = f"{outcome.job.name}: klaar" if outcome.status == OK else outcome.text()
        print(f"[{self.done}/{self.total}] {text}", file=self.out, flush=True)

    def close(self) -> None:
        pass


class Bars:
    """A bar for the whole and one per chapter, counted in cells."""

    def __init__(self, jobs: Iterable[Job], out: TextIO):
        from tqdm import tqdm

        jobs = list(jobs)
        shape = "{desc:<34.34} {bar:24} {n_fmt}/{total_fmt}{postfix}"
        self.whole = tqdm(total=len(jobs), desc="Hoofdstukken", file=out, bar_format=shape, position=0)
        self.bars = {
            job: tqdm(total=_cells(job), desc=job.name, file=out, bar_format=shape, position=n)
            for n, job in enumerate(jobs, 1)
        }

    def started(self, job: Job) -> Callable[[], None]:
        return self.bars[job].update

    def ended(self, outcome: Outcome) -> None:
        bar = self.bars[outcome.job]
        if outcome.status == OK:
            bar.n = bar.total
        bar.set_postfix_str("" if outcome.status == OK else outcome.status)
        self.whole.update()

    def close(self) -> None:
        for bar in (*self.bars.values(), self.whole):
            bar.close()
        print("\n" * len(self.bars), end="", file=self.whole.fp, flush=True)


class Whole:
    """One bar for a batch, with its rate and the time left; a log gets a line now and then."""

    def __init__(self, total: int, what: str, out: TextIO | None = None):
        from tqdm import tqdm

        out = out or sys.stderr
        shape = "{desc} {bar:30} {n_fmt}/{total_fmt} [{rate_fmt}, nog {remaining}]{postfix}"
        often = 0.2 if out.isatty() else 30
        self.failed, self.bar = (
            0,
            tqdm(total=total, desc=what, file=out, bar_format=shape, mininterval=often, unit="st"),
        )

    def ended(self, outcome: Outcome) -> None:
        if outcome.status != OK:
            self.failed += 1
            self.bar.set_postfix_str(f"{self.failed} mislukt", refresh=False)
        self.bar.update()

    def __enter__(self) -> Whole:
        return self

    def __exit__(self, *_) -> None:
        self.bar.close()


def _cells(job: Job) -> int:
    import nbformat

    return len(nbformat.read(job.notebook, as_version=4).cells) + 1


def progress(jobs: Iterable[Job], out: TextIO | None = None) -> Lines | Bars:
    """Return what fits: bars on a screen that is high enough, lines elsewhere."""
    jobs, out = list(jobs), out or sys.stderr
    roomy = out.isatty() and len(jobs) + 3 < shutil.get_terminal_size().lines
    return (Bars if roomy else Lines)(jobs, out)
