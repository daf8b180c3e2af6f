"""Rules on the step to the next year's plan: every project and thema is accounted for, and the balance closes.

They apply to every year of a plan that has transitions; without transitions there is no plan to check yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kwlib.data.rule import Finds, View, rule

VAN, NAAR = "van_project_id", "naar_project_id"
DOOR = ("doorgaan", "doorgaan_gewijzigd")
WEG = ("afgerond", "geborgd_regulier", "zelfstandig_verder", "gestopt")
# Which sides of a transition are filled in; both, unless it is named here.
KANTEN = {"nieuw": {NAAR}} | {soort: {VAN} for soort in WEG}


def _per_jaar(rows: Iterable) -> dict[int, list]:
    out: dict[int, list] = defaultdict(list)
    for r in rows:
        if r.jaar is not None:
            out[r.jaar].append(r)
    return out


def _plannen(view: View) -> Iterator[tuple[list, list, list]]:
    """Yield, per year of a plan, its transitions and the projects of the old and of the new year."""
    stappen, projecten = (_per_jaar(view.fact(t)) for t in ("overgangen", "project_jaar"))
    for jaar in sorted(stappen.keys() & projecten.keys()):
        yield stappen[jaar], projecten.get(jaar - 1, []), projecten[jaar]


def saldo(stappen: Iterable, oud: int) -> dict[str, int]:
    """Return what the transitions make of `oud` projects: `som` counts from the old year, `nieuwe` from the new one."""

    def tel(kant: str, *soorten: str) -> int:
        return len({getattr(s, kant) for s in stappen if s.soort in soorten})

    weg, nieuw, door = tel(VAN, *WEG), tel(NAAR, "nieuw"), tel(NAAR, *DOOR)
    bundels, delen = tel(NAAR, "gebundeld"), tel(NAAR, "gesplitst")
    samen, extra = tel(VAN, "gebundeld") - bundels, delen - tel(VAN, "gesplitst")
    som, nieuwe = oud - weg - samen + extra + nieuw, door + bundels + delen + nieuw
    return {"oud": oud, "weg": weg, "samen": samen, "extra": extra, "nieuw": nieuw, "som": som,
            "door": door, "bundels": bundels, "delen": delen, "nieuwe": nieuwe}  # fmt: skip


def _kanten(stap, sides: dict[str, set]) -> Finds:
    """Yield what is wrong with the sides of one transition."""
    filled = [k for k in sides if getattr(stap, k) is not None]
    if {*filled} != KANTEN.get(stap.soort, {VAN, NAAR}):
        yield stap, {}, "kant"
        return
    for kolom in filled:
        if getattr(stap, kolom) not in sides[kolom]:
            yield stap, {"kolom": kolom, "cel": getattr(stap, kolom), "bij": stap.jaar - (kolom == VAN)}, "weg"


@rule("V40")
def projectbalans(view: View) -> Finds:
    """The projects of the old year, less and plus the transitions, are those of the new year."""
    for stappen, oud, nieuw in _plannen(view):
        sides = {VAN: {r.project_id for r in oud}, NAAR: {r.project_id for r in nieuw}}
        wrong = [what for s in stappen for what in _kanten(s, sides)]
        yield from wrong
        jaar, n, counts = nieuw[0].jaar, len(nieuw), saldo(stappen, len(oud))
        if not wrong and (counts["som"], counts["nieuwe"]) != (n, n):
            values = counts | {"n": n, "jaar": jaar, "vorig": jaar - 1}
            yield "overgangen", values, "" if counts["som"] != n else "nieuw"


@rule("V41")
def zonder_overgang(view: View) -> Finds:
    """Every project of the old year has a transition."""
    for stappen, oud, nieuw in _plannen(view):
        known = {getattr(s, VAN) for s in stappen}
        yield from ((r, {"plan": nieuw[0].jaar}) for r in oud if r.project_id not in known)


@rule("V42")
def zonder_herkomst(view: View) -> Finds:
    """Every project of the new year comes from somewhere or is new."""
    for stappen, _, nieuw in _plannen(view):
        known = {getattr(s, NAAR) for s in stappen}
        yield from ((r, {}) for r in nieuw if r.project_id not in known)


@rule("V43")
def thema_zonder_vervolg(view: View) -> Finds:
    """Every thema that ends with the old year is linked to one of the new year, or closed with a reason."""
    stappen = _per_jaar(view.fact("thema_overgangen"))
    for jaar in sorted(stappen.keys() | {nieuw[0].jaar for _, _, nieuw in _plannen(view)}):
        known = {s.van_thema_id for s in stappen[jaar]}
        for t in view.fact("themas"):
            if t.jaar_tot == jaar - 1 and t.thema_id not in known:
                yield t, {"plan": jaar}


@rule("V44")
def stop_zonder_leerpunt(view: View) -> Finds:
    """A project that stops leaves a reason and something learnt."""
    learnt = {r.project_id for r in view.shown("leerpunten")}
    for s in view.shown("overgangen"):
        gaps = {"reden": s.reden is None, "leerpunt": s.leerpunt_id is None and s.van_project_id not in learnt}
        leeg = [word for word, gap in gaps.items() if gap]
        if s.soort == "gestopt" and leeg:
            yield s, {"leeg": leeg}
