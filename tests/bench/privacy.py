"""What protection costs: the example town, a table of 14 × 8 with 20 small counts, and how the time grows.

Run it with `python tests/bench/privacy.py` from the root; seconds are of this process, not of the clock.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from kwlib import config
from kwlib.data import check, make_store, read_schema
from kwlib.privacy import bescherm, onderdruk
from tests.privacy.conftest import maak


def seconds(work) -> float:
    """Return the processor time of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def table(themas: int, wijken: int, klein: int):
    """Return a town with one project per thema and a number of counts below the threshold."""
    rng = np.random.default_rng(themas * 100 + wijken)
    counts = rng.integers(10, 90, (themas, wijken))
    counts.flat[rng.choice(counts.size, klein, replace=False)] = rng.integers(1, 5, klein)
    return maak({f"p{n}": [int(v) for v in row] for n, row in enumerate(counts)})


def example() -> float:
    at = config.paths()
    params = config.load("voorbeeldstad", 2009, "", at)
    store = make_store(check(at.data / "voorbeeldstad", read_schema(at.schema), params.mapping()), params.mapping())
    return seconds(lambda: bescherm.protect(store))


def main() -> None:
    print(f"{'':24}{'seconden':>9}{'per klein aantal':>18}")
    print(f"{'voorbeeldstad':24}{example():9.2f}")
    for themas, wijken, klein in ((7, 4, 5), (14, 4, 10), (14, 8, 20), (28, 8, 40)):
        rooster = bescherm.lattice(table(themas, wijken, klein))
        t = seconds(lambda r=rooster: onderdruk.kies(r))
        print(f"{f'{themas} × {wijken}, {klein} klein':24}{t:9.2f}{t / klein:18.3f}")


if __name__ == "__main__":
    main()
