"""An outsider who reads everything: what the published files say of each count of people, and what follows from it.

Nothing of kwlib is used. The counts as delivered serve to know what is hidden, and to drop what the reader got wrong.
"""

import csv
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from places import Place
from scipy.optimize import linprog

STEPS = ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
WORDS = dict(zip("nul één twee drie vier vijf zes zeven acht negen tien elf twaalf".split(), range(13), strict=True))
REFERENCE = re.compile(r"[\w-]+\.csv(:\d+|@[0-9a-f]+)|#[\w-]+|\b20\d\d-\d\d-\d\d\b")
NUMBER = re.compile(rf"(?<![\w.,:/@-])(\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|{'|'.join(WORDS)})(?![\w/:@%-]|[.,]\d| ?%|\u00a0%)")
SHARE = re.compile(r"(\d+(?:,\d+)?)[ \u00a0]?(?:%|procent) van (?:de |alle )?(\d+)")
CHANGE = re.compile(r"(\d+) (meer|minder)\b.{0,40}?dan in (20\d\d)")
YEAR = re.compile(r"\b20\d\d\b")


class Cell(NamedTuple):
    """A count of people: of a project, a thema ('thema:…') or all ('*'), in one wijk or in all ('*')."""

    jaar: str
    telbasis: str
    stap: str
    wie: str
    wijk: str


class Claim(NamedTuple):
    """What a place says: so many times these cells add up to something from `low` to `high`."""

    cells: tuple[tuple[Cell, int], ...]
    low: float
    high: float


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with open(file, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


class Town:
    """One municipality: its counts as delivered, the names a reader knows, and the rules for small groups."""

    def __init__(self, data: Path, params: Path):
        self.projecten = {r["project_id"]: r for r in rows(data / "projecten.csv")}
        wijken = rows(data / "wijken.csv")
        self.wijken = {r["wijk_id"]: r["naam"] for r in wijken if r["rol"] == "krachtwijk"}
        self.klassen = yaml.safe_load(params.read_text("utf-8"))["beveiliging"]
        links = rows(data / "project_thema.csv")
        self.thema = {(r["project_id"], r["jaar"]): f"thema:{r['thema_id']}" for r in links if r["hoofd"] == "ja"}
        themas = {f"thema:{r['thema_id']}": r["naam"] for r in rows(data / "themas.csv")}
        wie = {k: r["naam"] for k, r in self.projecten.items()} | themas | {"*": "Alle thema's samen"}
        self.wie = _names({k: (k.removeprefix("thema:"), v) for k, v in wie.items()})
        self.wijk = _names({k: (k, v) for k, v in self.wijken.items()})
        self.stap = _names({s: (s,) for s in STEPS})
        self.telbasis = _names({t: (t, t.replace("_", " ")) for t in ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")})
        self.parts: dict[Cell, list[Cell]] = defaultdict(list)
        self.truth: dict[Cell, float] = defaultdict(float)
        self.klasse: dict[Cell, dict] = {}
        for r in rows(data / "deelnemers.csv"):
            if r["aantal"]:
                self._count(r)

    def _count(self, r: dict[str, str]) -> None:
        """Add a row to its own cell and to the totals that it is in."""
        vast = r["jaar"], r["telbasis"], r["stap"]
        thema, klasse = self.thema[r["project_id"], r["jaar"]], self.klassen[self.projecten[r["project_id"]]["gevoeligheid"]]
        for wijk, wie in itertools.product((r["wijk_id"], "*"), (r["project_id"], thema, "*")):
            cell = Cell(*vast, wie, wijk)
            self.truth[cell] += int(r["aantal"])
            old = self.klasse.get(cell, {"drempel": 0, "afronding": 1, "fijn": True})
            self.klasse[cell] = {k: max(old[k], klasse[k]) for k in ("drempel", "afronding")} | {
                "fijn": old["fijn"] and klasse["gebied"] != "wijk" and wijk != "*"
            }
            whole = [(wie, "*")] if wijk != "*" and wie == r["project_id"] else []
            whole += [(thema, wijk)] if wie == r["project_id"] else [("*", wijk)] if wie == thema else []
            for w in whole:
                if cell not in self.parts[Cell(*vast, *w)]:
                    self.parts[Cell(*vast, *w)].append(cell)

    @cached_property
    def known(self) -> list[Claim]:
        """What everyone knows: parts add up, and who began had signed up."""
        out = []
        for whole, parts in self.parts.items():
            for fine in (True, False):
                these = [p for p in parts if (p.wie == whole.wie) == fine]
                if these:
                    out.append(Claim((*((p, 1) for p in these), (whole, -1)), 0, 0))
        for cell in self.truth:
            later = [cell._replace(stap=s) for s in STEPS[STEPS.index(cell.stap) + 1 :]]
            out += [Claim(((c, 1), (cell, -1)), -np.inf, 0) for c in later if c in self.truth]
        return [c for c in out if self.true(c)]

    def true(self, claim: Claim) -> bool:
        """Return whether a claim fits the counts as delivered: who believes another is misled, not informed."""
        if any(c not in self.truth for c, _ in claim.cells):
            return False
        return claim.low - 1e-6 <= sum(n * self.truth[c] for c, n in claim.cells) <= claim.high + 1e-6

    def claims(self, place: Place, jaar: str) -> Iterator[Claim]:
        """Yield what a place says of counts of participants, in an edition of a year."""
        wie, stap = _first(place.layers, self.wie), _first(place.layers, self.stap)
        if not wie or not stap:
            return
        says = REFERENCE.sub(" ", place.says)
        numbers = {WORDS[n] if n in WORDS else int(n.replace(".", "")) for n in NUMBER.findall(says)}
        for cell in self._cells(place, wie, stap, jaar):
            for n in numbers:
                yield self._number(cell, n)
            for share, whole in SHARE.findall(says):
                x = float(share.replace(",", ".")) * int(whole) / 100
                slack = (0.05 if "," in share else 0.5) * int(whole) / 100
                yield Claim(((cell, 1),), x - slack, x + slack)
            for n, way, old in CHANGE.findall(says):
                x = int(n) if way == "meer" else -int(n)
                new = cell._replace(jaar=str(int(old) + 1))
                yield Claim(((new, 1), (new._replace(jaar=old), -1)), x, x)

    def _number(self, cell: Cell, n: int) -> Claim:
        """Return what a number says: itself, or what was rounded to it."""
        step = self.klasse.get(cell, {"afronding": 1})["afronding"]
        return Claim(((cell, 1),), n - step // 2, n + step // 2) if n % step == 0 else Claim(((cell, 1),), n, n)

    def _cells(self, place: Place, wie: set[str], stap: set[str], jaar: str) -> Iterator[Cell]:
        layers = place.layers
        wijk, telbasis = _first(layers, self.wijk), _first(layers, self.telbasis)
        jaren = next((set(found) for layer in layers if (found := YEAR.findall(layer))), {jaar})
        if len(wijk) != 1:
            wijk = wijk | {"*"}
        for cell in map(Cell._make, itertools.product(jaren, telbasis or self.telbasis[1].values(), stap, wie, wijk)):
            if cell in self.truth:
                yield cell

    def small(self) -> dict[Cell, tuple[float, float]]:
        """Return per count that must stay uncertain the two values that a reader must keep thinking possible."""
        out = {}
        for cell, x in self.truth.items():
            t = self.klasse[cell]["drempel"]
            if 0 < x < t:
                out[cell] = 0.0, float(t)
            elif self.klasse[cell]["fijn"]:
                out[cell] = max(x - t, 0.0), max(x, t)
        return out

    def found(self, claims: Iterable[Claim]) -> dict[Cell, tuple[float, float]]:
        """Return the counts that the claims, with what everyone knows, pin down too far, with what is left of them."""
        told = {c for c in claims if self.true(c)}
        cells = {c: n for n, c in enumerate(self.truth)}
        low, high = np.zeros(len(cells)), np.full(len(cells), np.inf)
        matrix, below, above = [], [], []
        for claim in [*self.known, *told]:
            if len(claim.cells) == 1 and claim.cells[0][1] == 1:
                k = cells[claim.cells[0][0]]
                low[k], high[k] = max(low[k], claim.low), min(high[k], claim.high)
            else:
                matrix.append({cells[c]: n for c, n in claim.cells})
                below.append(claim.low)
                above.append(claim.high)
        return {c: got for c, need in self.small().items() if (got := _range(cells[c], need, matrix, below, above, low, high))}


def _range(k, need, matrix, below, above, low, high):
    """Return the lowest and highest possible value of a count when they are narrower than needed, else None."""
    used, todo, lines = set(), {k}, set()
    while todo:
        used |= todo
        new = {n for n, row in enumerate(matrix) if row.keys() & todo} - lines
        lines |= new
        todo = {c for n in new for c in matrix[n] if low[c] < high[c]} - used
    place = {c: n for n, c in enumerate(sorted(used | {c for n in lines for c in matrix[n]}))}
    A, b = [], []
    for n in sorted(lines):
        row = np.zeros(len(place))
        row[[place[c] for c in matrix[n]]] = list(matrix[n].values())
        A += [row, -row]
        b += [above[n], -below[n]]
    keep = [n for n, limit in enumerate(b) if np.isfinite(limit)]
    bounds = [(low[c], high[c] if np.isfinite(high[c]) else None) for c in place]
    out = []
    for sign in (1, -1):
        push = np.zeros(len(place))
        push[place[k]] = sign
        r = linprog(push, np.array(A)[keep] if keep else None, np.array(b)[keep] if keep else None, bounds=bounds)
        out.append(r.fun * sign if r.status == 0 else np.inf)
    return tuple(out) if out[0] > need[0] + 1e-6 or out[1] < need[1] - 1e-6 else None


def _names(names: dict[str, tuple[str, ...]]) -> tuple[re.Pattern, dict[str, str]]:
    """Return how to find the names in a text, and what each means."""
    means = {n.lower(): k for k, all_ in names.items() for n in all_}
    longest = sorted(map(re.escape, means), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(longest)})(?![\w-])", re.IGNORECASE), means


def _first(layers: tuple[str, ...], names: tuple[re.Pattern, dict[str, str]]) -> set[str]:
    """Return what the nearest layer names that names anything of a kind."""
    pattern, means = names
    for layer in layers:
        if found := pattern.findall(layer.replace("_aantal", "").replace("\u00ad", "")):
            return {means[f.lower()] for f in found}
    return set()
