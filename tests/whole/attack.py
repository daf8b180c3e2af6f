"""An outsider who reads everything: what the published files say of each count of people, and what follows from it.

Nothing of kwlib is used. The counts as delivered serve to know what is hidden, and to drop what the reader got wrong.
"""

import csv
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from places import Place
from scipy.optimize import Bounds, LinearConstraint, milp

STEPS = ("aangemeld", "gestart", "bezig", "afgerond", "vervolg")
UNITS = ("unieke_personen", "deelnames", "gezinnen", "huishoudens", "kinderen")
WORDS = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
# Where a number comes from, and a date, is not what is said.
REFERENCE = re.compile(r"[\w-]+\.csv(:\d+|@[0-9a-f]+)|\b(deelnemers|metingen)/[^\s|]+|#[\w-]+|\b20\d\d-\d\d-\d\d\b")
NUMBER = re.compile(
    rf"(?<![\w.,:/@-])(\d{{1,3}}(?:\.\d{{3}})+|\d{{1,6}}|{'|'.join(WORDS)})(?![\w/:@%-]|[.,]\d| ?%|\u00a0%)"
)
SHARE = re.compile(r"(\d+(?:,\d+)?)[ \u00a0]?(?:%|procent) van (?:de |alle )?(\d+)")
CHANGE = re.compile(r"(\d+) (meer|minder)\b.{0,40}?dan in (20\d\d)")
# A text longer than this names so much that it tells nothing about a number in it.
FAR = 700


class Cell(NamedTuple):
    """A count of people: of a project, a thema ('thema:…'), all ('*') or an indicator, in one wijk or in all ('*')."""

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
        self.wijken = {r["wijk_id"]: r["naam"] for r in rows(data / "wijken.csv") if r["rol"] == "krachtwijk"}
        self.klassen = yaml.safe_load(params.read_text("utf-8"))["beveiliging"]
        links = rows(data / "project_thema.csv")
        self.thema = {(r["project_id"], r["jaar"]): f"thema:{r['thema_id']}" for r in links if r["hoofd"] == "ja"}
        themas = {f"thema:{r['thema_id']}": r["naam"] for r in rows(data / "themas.csv")}
        wie = {k: r["naam"] for k, r in self.projecten.items()} | themas | {"*": "Alle thema's samen"}
        self.wie = _names({k: (k.removeprefix("thema:"), v) for k, v in wie.items()})
        self.wijk = _names({k: (k, v) for k, v in self.wijken.items()})
        self.stap = _names({s: (s,) for s in STEPS})
        self.telbasis = _names({t: (t, t.replace("_", " ")) for t in UNITS})
        self.mensen = _names({"mensen": (*UNITS, "deelnemers", "personen", "mensen")})
        self.parts: dict[Cell, list[Cell]] = defaultdict(list)
        self.truth: dict[Cell, float] = defaultdict(float)
        self.klasse: dict[Cell, dict] = {}
        self.about: dict[Cell, str] = {}
        for r in rows(data / "deelnemers.csv"):
            if r["aantal"]:
                self._count(r)
        doel = {r["doel_id"]: r["project_id"] for r in rows(data / "doelen.csv")}
        soort = {r["indicator_id"]: r | {"project": doel[r["doel_id"]]} for r in rows(data / "indicatoren.csv")}
        self.indicator = _names({k: (k, r["naam"]) for k, r in soort.items()})
        for r in rows(data / "metingen.csv"):
            self._measure(r, soort[r["indicator_id"]])

    def _count(self, r: dict[str, str]) -> None:
        """Add a row of participants to its own cell and to the totals that it is in."""
        vast, thema = (r["jaar"], r["telbasis"], r["stap"]), self.thema[r["project_id"], r["jaar"]]
        klasse = self.klassen[self.projecten[r["project_id"]]["gevoeligheid"]]
        for wijk, wie in itertools.product((r["wijk_id"], "*"), (r["project_id"], thema, "*")):
            cell = Cell(*vast, wie, wijk)
            self.truth[cell] += int(r["aantal"])
            old = self.klasse.get(cell, {"drempel": 0, "afronding": 1, "fijn": True})
            fine = old["fijn"] and klasse["gebied"] != "wijk" and wijk != "*"
            self.klasse[cell] = {k: max(old[k], klasse[k]) for k in ("drempel", "afronding")} | {"fijn": fine}
            whole = [(wie, "*")] if wijk != "*" and wie == r["project_id"] else []
            whole += [(thema, wijk)] if wie == r["project_id"] else [("*", wijk)] if wie == thema else []
            for w in whole:
                if cell not in self.parts[Cell(*vast, *w)]:
                    self.parts[Cell(*vast, *w)].append(cell)

    def _measure(self, r: dict[str, str], soort: dict[str, str]) -> None:
        """Add the counts of people in a measurement: its teller and the rest, or its value."""
        values = {"waarde": r["waarde"]} if soort["telbasis"] in UNITS and r["waarde"] else {}
        if r["teller"] and r["noemer"]:
            values = {"teller": r["teller"], "rest": float(r["noemer"]) - float(r["teller"])}
        for what, value in values.items():
            if r["rol"] not in ("streefwaarde", "tussendoel"):
                cell = Cell(r["periode_eind"][:4], what, r["rol"], r["indicator_id"], r["wijk_id"])
                self.truth[cell] = float(value)
                self.klasse[cell] = {"drempel": self.klassen[soort["gevoeligheid"]]["drempel"], "fijn": False}
                self.about[cell] = soort["project"]

    @cached_property
    def known(self) -> list[Claim]:
        """What everyone knows: parts add up, who began had signed up, and what an indicator of a project counts."""
        out = []
        for whole, parts in self.parts.items():
            for fine in (True, False):
                these = [p for p in parts if (p.wie == whole.wie) == fine]
                if these:
                    out.append(Claim((*((p, 1) for p in these), (whole, -1)), 0, 0))
        for cell in self.truth:
            later = STEPS[STEPS.index(cell.stap) + 1 :] if cell.stap in STEPS else ()
            out += [Claim(((cell._replace(stap=s), 1), (cell, -1)), -np.inf, 0) for s in later]
        for measured, project in self.about.items():
            wijk = measured.wijk if measured.wijk in self.wijken else "*"
            same = [c for c in self.truth if (c.jaar, c.wie, c.wijk) == (measured.jaar, project, wijk)]
            out += [Claim(((c, 1), (measured, -1)), 0, 0) for c in same]
        return [c for c in out if self.true(c)]

    def true(self, claim: Claim) -> bool:
        """Return whether a claim fits the counts as delivered: who believes another is misled, not informed."""
        if any(c not in self.truth for c, _ in claim.cells):
            return False
        return claim.low - 1e-6 <= sum(n * self.truth[c] for c, n in claim.cells) <= claim.high + 1e-6

    def claims(self, place: Place, jaar: str) -> Iterator[Claim]:
        """Yield what a place says of counts of people, in an edition of a year."""
        says, layers = REFERENCE.sub(" ", place.says), place.layers
        numbers = {WORDS.index(n) if n in WORDS else int(n.replace(".", "")) for n in NUMBER.findall(says)}
        if not numbers and not SHARE.search(says):
            return
        for cell in self._cells(layers, jaar):
            for n in numbers:
                step = self.klasse[cell].get("afronding", 1)
                slack = step // 2 if n % step == 0 else 0  # what was rounded says as much
                yield Claim(((cell, 1),), n - slack, n + slack)
            for share, whole in SHARE.findall(says):
                x = float(share.replace(",", ".")) * int(whole) / 100
                slack = (0.05 if "," in share else 0.5) * int(whole) / 100
                yield Claim(((cell, 1),), x - slack, x + slack)
            for n, way, old in CHANGE.findall(says):
                x = int(n) if way == "meer" else -int(n)
                new = cell._replace(jaar=str(int(old) + 1))
                yield Claim(((new, 1), (new._replace(jaar=old), -1)), x, x)

    def _cells(self, layers: tuple[str, ...], jaar: str) -> Iterator[Cell]:
        """Yield the counts that these words can be about, in the year that they name or of the edition."""
        stap, mensen, about = (_first(layers, names) for names in (self.stap, self.mensen, self.indicator))
        if not (stap and mensen) and len(about) != 1:
            return
        wie, jaren = _first(layers, self.wie), _first(layers, _years) or {jaar}
        if stap and mensen and len(wie) <= 3:
            wijk, telbasis = _first(layers, self.wijk), _first(layers, self.telbasis) or UNITS
            wijk = wijk if len(wijk) == 1 else wijk | {"*"}
            these = map(Cell._make, itertools.product(jaren, telbasis, stap, wie, wijk))
            yield from (c for c in these if c in self.truth)
        if len(about) == 1:
            yield from (c for c in self.measured if c.wie in about and c.jaar in jaren)

    @cached_property
    def measured(self) -> list[Cell]:
        """Return the counts of people in measurements."""
        return [c for c in self.truth if c.stap not in STEPS]

    @cached_property
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

    def found(self, claims: Iterable[Claim], of: Iterable[Cell] | None = None) -> dict[Cell, tuple[float, float]]:
        """Return the small counts that the claims, with what everyone knows, pin down too far: what is left of them."""
        cells = {c: n for n, c in enumerate(self.truth)}
        low, high = np.zeros(len(cells)), np.full(len(cells), np.inf)
        lines = []
        for claim in [*self.known, *(c for c in claims if self.true(c))]:
            if len(claim.cells) == 1:
                k = cells[claim.cells[0][0]]
                low[k], high[k] = max(low[k], claim.low), min(high[k], claim.high)
            else:
                lines.append(({cells[c]: n for c, n in claim.cells}, claim.low, claim.high))
        through, out = defaultdict(set), {}
        for n, (row, *_) in enumerate(lines):
            for c in row:
                through[c].add(n)
        for c in self.small if of is None else of:
            least, most = _range(cells[c], lines, through, low, high)
            if least > self.small[c][0] + 1e-6 or most < self.small[c][1] - 1e-6:
                out[c] = least, most
        return out


def _range(k: int, lines: list, through: dict, low: np.ndarray, high: np.ndarray) -> tuple[float, float]:
    """Return the lowest and highest possible value of a count: a linear problem over all it hangs on."""
    used, todo, near = set(), {k}, set()
    while todo:
        used |= todo
        new = set().union(*(through[c] for c in todo)) - near
        near |= new
        todo = {c for n in new for c in lines[n][0] if low[c] < high[c]} - used
    cols = sorted(used | {c for n in near for c in lines[n][0]})
    about, push = [lines[n] for n in sorted(near)], np.array([float(c == k) for c in cols])
    sums = [LinearConstraint([row.get(c, 0) for c in cols], *bounds) for row, *bounds in about]
    least, most = (milp(s * push, bounds=Bounds(low[cols], high[cols]), constraints=sums) for s in (1, -1))
    return least.fun, -most.fun if most.status == 0 else np.inf


def _names(names: dict[str, tuple[str, ...]]) -> Callable[[str], frozenset[str]]:
    """Return how to find in a text what it names."""
    means = {n.lower(): k for k, all_ in names.items() for n in all_}
    longest = sorted(map(re.escape, means), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])({'|'.join(longest)})(?![\w-])")

    @cache
    def named(text: str) -> frozenset[str]:
        words = REFERENCE.sub(" ", text.lower()).replace("_aantal", "").replace("\u00ad", "")
        return frozenset(means[f] for f in pattern.findall(words))

    return named


@cache
def _years(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b20\d\d\b", REFERENCE.sub(" ", text)))


def _first(layers: tuple[str, ...], named: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """Return what the nearest layer names that names anything of a kind."""
    return next((found for layer in layers if len(layer) < FAR and (found := named(layer))), frozenset())
