"""Measure processes as a whole, with all that they start: time on the clock, time of the processor, peak of memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Took:
    """What one run took: seconds on the clock, seconds of the processor, and MB when memory was looked at."""

    wall: float
    cpu: float
    peak: float = 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def process(
    command: Sequence[str | Path], env: Mapping[str, str], cwd: Path, *, memory: bool = False, patience: float = 1800
) -> tuple[Took, dict, str]:
    """Return what a command took, the JSON of its last line, and its stream of errors.

    What it says itself of `wall` and `cpu` goes first. It may do a part of the work: `times` says how often that fits
    in the whole. Raise RuntimeError when it fails, TimeoutExpired when it takes too long.
    """
    begin, used = time.monotonic(), _cpu()
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = subprocess.Popen([str(c) for c in command], env=dict(env), cwd=cwd, **pipes)
    peak: list[float] = [0]
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(running.pid, peak, done))
    if memory:
        watcher.start()
    try:
        out, err = running.communicate(timeout=patience)
    finally:
        done.set()
        running.kill()
        running.communicate()
    if running.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{err[-3000:]}")
    took = time.monotonic() - begin, _cpu() - used
    last = out.strip().rpartition("\n")[2]
    said = json.loads(last) if last.startswith("{") else {}
    times = said.get("times", 1)
    return Took(said.get("wall", took[0]) * times, said.get("cpu", took[1]) * times, peak[0]), said, err


def _watch(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.1):
        peak[0] = max(peak[0], sum(map(_share, _tree(pid))))


def _tree(pid: int) -> list[int]:
    """Return a process with all that descend from it."""
    found = [pid]
    for each in found:
        try:
            for task in os.listdir(f"/proc/{each}/task"):
                found += map(int, Path(f"/proc/{each}/task/{task}/children").read_text().split())
        except OSError:
            continue
    return found


def _share(pid: int) -> float:
    """Return the MB of a process: its own, and its share of what it has together with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except OSError:
        return 0


def interleaved(
    ways: Mapping[str, Callable[[int], Took]], rounds: int, say: Callable[[str], None]
) -> dict[str, list[Took]]:
    """Return way → what it took in each round; rounds run alternately forwards and backwards."""
    found: dict[str, list[Took]] = {name: [] for name in ways}
    for n in range(rounds):
        for name in list(ways) if n % 2 == 0 else reversed(list(ways)):
            found[name].append(ways[name](n))
            say(f"  {name} (round {n + 1}): {found[name][-1].wall:.1f} s")
    return found
