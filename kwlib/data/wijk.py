"""What concerns one wijk: its projects, its own money and moments, and the city around it to compare with."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pandas as pd

from kwlib.data.store import Store
from kwlib.data.versions import whole

# These rows name an area or a project only when they are about one; goals and measurements hang from projects.
PLAATSELIJK = ("financiering", "participatie", "bewonersinitiatieven")


def krachtwijken(store: Store) -> dict[str, str]:
    """Return id → name of the krachtwijken, in report order."""
    wijken = store.wijken[store.wijken["rol"] == "krachtwijk"].sort_values(["volgorde", "wijk_id"])
    return dict(zip(wijken["wijk_id"], wijken["naam"], strict=True))


def of_wijk(store: Store, wijk_id: str) -> Store:
    """Return the store with what concerns one krachtwijk, and `wijk` (its name) among the params; raise KeyError.

    A project that also touches another wijk is there whole. Money and moments are those of its projects, of the wijk
    itself and of the krachtwijken together, never those of the city as a whole.
    """
    naam = krachtwijken(store)[wijk_id]
    frames = dict(store.frames)
    wijken, links = frames["wijken"], frames["project_wijk"]
    frames["wijken"] = wijken[(wijken["rol"] != "krachtwijk") | (wijken["wijk_id"] == wijk_id)]
    here = links[links["wijk_id"] == wijk_id]
    frames["projecten"] = frames["projecten"][frames["projecten"]["project_id"].isin(here["project_id"])]
    years = pd.MultiIndex.from_frame(frames["project_jaar"][["project_id", "jaar"]])
    frames["project_jaar"] = frames["project_jaar"][years.isin(pd.MultiIndex.from_frame(here[["project_id", "jaar"]]))]
    own = {wijk_id, *wijken.loc[wijken["rol"] == "krachtwijken_samen", "wijk_id"]}
    for name in PLAATSELIJK:
        frame = frames[name]
        project = frame["project_id"].notna() if "project_id" in frame else False
        frames[name] = frame[frame["wijk_id"].isin(own) | project]
    params = MappingProxyType({**store.params, "wijk": naam})
    less = [name for name, frame in frames.items() if frame is not store.frames[name]]
    return dataclasses.replace(store.replace(**whole(frames, store.schema, less)), params=params)
