"""Measure everything in one run and write docs/performance.md with its figure: make bench, or python tests/bench.

Ratios only, medians of runs that take turns; every run is a process of its own, in a copy of the project that goes
away. What was measured is kept in build/bench.json: with --write the page and the figure are made of that again.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
from measure import Took, interleaved, process
from place import ROOT, Place, more_rows, more_wijken, place
from ways import CHROMIUM

HERE, KEPT = Path(__file__).parent, ROOT / "build" / "bench.json"
BATCH = ("batch", "booklets", "--years", "2008-2009", "--gemeenten", "voorbeeldstad")
REPORT = ("report", "--year", "2009", "--gemeente", "groningen")
BEGIN = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - BEGIN:6.0f} s  {text}", file=sys.stderr, flush=True)


class Bench:
    """The sections of the page, each a method that returns what it measured."""

    def __init__(self, at: Place, asked: argparse.Namespace):
        self.at, self.asked = at, asked
        self.root = at.project("groningen")
        self.city = at.project("stad")
        more_wijken(self.city, asked.booklets // 8)

    def kw(self, root: Path, *words: str, **more: Any) -> tuple[Took, dict, str]:
        return process([self.at.python, "-m", "kwlib", *words], self.at.environment(root), root, **more)

    def script(self, root: Path, name: str, *words: object, **more: Any) -> tuple[Took, dict, str]:
        return process([self.at.python, HERE / name, *map(str, words)], self.at.environment(root), root, **more)

    def fresh(self, root: Path, *keep: str) -> None:
        for path in (root / "build").glob("*"):
            if path.name not in keep:
                shutil.rmtree(path)

    def takes_turns(self, ways: dict[str, Callable[[int], Took]]) -> dict[str, list]:
        found = interleaved(ways, self.asked.rounds, say)
        return {name: [dataclasses.astuple(took) for took in each] for name, each in found.items()}

    def report(self) -> dict[str, Any]:
        """Time the whole report in every state of what was kept, and as people make it today."""
        csv, code = self.root / "data" / "groningen" / "kalender.csv", self.at.kwlib / "topics" / "planning.py"
        ran: dict[str, list[str]] = {}

        def fresh(*keep: str) -> Took:
            self.fresh(self.root, *keep)
            return self.kw(self.root, *REPORT)[0]

        def after(name: str, change: Callable[[int], None]) -> Callable[[int], Took]:
            def way(n: int) -> Took:
                self.kw(self.root, *REPORT)
                change(n)
                took, _, err = self.kw(self.root, *REPORT)
                ran[name] = [line for line in err.splitlines() if line.startswith("Niet veranderd")]
                return took

            return way

        def edit(path: Path, old: str, new: str) -> None:
            text = path.read_text("utf-8")
            path.write_text(text.replace(old, new, 1), "utf-8", newline="")

        def edit_csv(n: int) -> None:
            edit(csv, "De minister wijst de wijken aan" + n * "!", "De minister wijst de wijken aan" + (n + 1) * "!")

        def edit_code(n: int) -> None:
            with code.open("a", encoding="utf-8") as file:
                file.write(f"\n\ndef veranderd_{n}():\n    return {n}\n")

        part = lambda way: lambda n: self.script(self.root, "ways.py", way, "report", n, self.asked.part)[0]  # noqa: E731
        fresh()
        found = self.takes_turns({
            "cli": part("cli"), "papermill": part("papermill"), "cold": lambda _: fresh(),
            "warm": lambda _: fresh(".cache"), "nothing": after("nothing", lambda _: None),
            "csv": after("csv", edit_csv), "function": after("function", edit_code),
        })  # fmt: skip
        return {"took": found, "ran": ran}

    def batch(self) -> dict[str, list]:
        """Time a batch of booklets, and as people make it today; the limit is the code alone."""

        def ours(_: int) -> Took:
            self.fresh(self.city)
            return self.kw(self.city, *BATCH)[0]

        part = self.asked.part // 2 * 2 + 1  # odd, so that every part has booklets of both years
        return self.takes_turns({
            "cli": lambda n: self.script(self.city, "ways.py", "cli", "booklets", n, part)[0],
            "papermill": lambda n: self.script(self.city, "ways.py", "papermill", "booklets", n, part)[0],
            "ours": ours,
            "execution": lambda _: self.script(self.city, "ways.py", "execution")[0],
            "limit": lambda _: self.script(self.city, "ways.py", "limit", "booklets")[0],
        })  # fmt: skip

    def grow(self) -> dict[str, Any]:
        """Make more and more booklets in one batch, and one booklet from more and more rows."""
        many = {}
        for count in self.asked.grow:
            self.fresh(self.city)
            took, said, _ = self.script(self.city, "ways.py", "many", count, memory=True)
            many[count] = said | {"peak": took.peak, "wall": took.wall}
            say(f"  {count} booklets: {took.wall:.1f} s, {took.peak:.0f} MB")
        rows = {}
        for times in self.asked.rows:
            root = self.at.project(f"rows-{times}")
            rows[times] = {"rows": more_rows(root, times)}
            for protect in (0, 1):
                try:
                    _, said, _ = self.script(root, "ways.py", "rows", protect, patience=self.asked.patience)
                except subprocess.TimeoutExpired:
                    said = {"protect": None} if protect else {"check": None, "booklet": None}
                rows[times] |= {k: v for k, v in said.items() if protect or k != "protect"}
            say(f"  {times} x the rows: {rows[times]}")
        return {"booklets": many, "rows": rows}

    def stages(self) -> dict[str, list[float]]:
        """Return stage → its seconds in each round."""
        found: dict[str, list[float]] = {}
        for _ in range(self.asked.rounds):
            for name, seconds in self.script(self.root, "stages.py", "report")[1].items():
                found.setdefault(name, []).append(seconds)
        return found

    def memory(self) -> dict[str, float]:
        """Return way → the most MB that all its processes had together."""
        self.fresh(self.root)
        self.fresh(self.city)
        few = self.asked.booklets // 4
        return {
            "report": self.kw(self.root, *REPORT, memory=True)[0].peak,
            "booklets": self.kw(self.city, *BATCH, memory=True)[0].peak,
            "cli": self.script(self.city, "ways.py", "cli", "booklets", 0, few, memory=True)[0].peak,
            "papermill": self.script(self.city, "ways.py", "papermill", "booklets", 0, few, memory=True)[0].peak,
        }

    def register(self) -> dict[str, dict]:
        """Make the documents of a report with and without its register."""
        self.kw(self.root, *REPORT)
        return {kind: self.script(self.root, "stages.py", "register", kind)[1] for kind in ("with", "without")}

    def protection(self) -> str:
        """Return what the bench of protection says."""
        command = [sys.executable, HERE / "privacy.py"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return "\n".join(line for line in done.stdout.splitlines() if "Highs" not in line)


SECTIONS = ("report", "batch", "grow", "stages", "memory", "register", "protection")


def main() -> None:
    numbers = lambda text: [int(n) for n in text.split(",") if n]  # noqa: E731
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"default: {' '.join(SECTIONS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--booklets", type=int, default=40, help="a multiple of 8")
    parser.add_argument("--grow", type=numbers, default=[10, 100, 1000], help="sizes of a batch")
    parser.add_argument("--rows", type=numbers, default=[1, 10, 100], help="how many times the rows")
    parser.add_argument("--part", type=int, default=6, help="the ways of today do one in so many each round")
    parser.add_argument("--patience", type=float, default=60, help="seconds for a city with more rows")
    parser.add_argument("--write", action="store_true", help="measure nothing: make the page of what is kept")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="the folder of the page")
    asked = parser.parse_args()
    found = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if not asked.write:
        with place() as at:
            bench = Bench(at, asked)
            for name in asked.sections or SECTIONS:
                say(f"{name} ...")
                found[name] = getattr(bench, name)()
                found["machine"] = {
                    "cores": len(os.sched_getaffinity(0)), "python": platform.python_version(), "rounds": asked.rounds,
                    "booklets": asked.booklets, "patience": asked.patience, "part": asked.part,
                    "pdf": Path(CHROMIUM).name,
                }  # fmt: skip
                KEPT.parent.mkdir(exist_ok=True)
                found = json.loads(json.dumps(found))
                KEPT.write_text(json.dumps(found, indent=1), encoding="utf-8")
    if missing := [name for name in SECTIONS if name not in found]:
        raise SystemExit(f"The page is not written: {', '.join(missing)} not measured yet.")
    (asked.out / "performance.md").write_text(page.markdown(found), encoding="utf-8", newline="\n")
    (asked.out / "performance.svg").write_text(page.figure(found), encoding="utf-8", newline="\n")
    say(f"{asked.out / 'performance.md'} is written.")


if __name__ == "__main__":
    main()
