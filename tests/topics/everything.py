"""Every public fact and block of every topic."""

import importlib
import inspect
import pkgutil

import pytest

from kwlib import topics

MODULES = [importlib.import_module(f"kwlib.topics.{m.name}") for m in pkgutil.iter_modules(topics.__path__)]
PUBLIC = [
    (f"{m.__name__.rsplit('.', 1)[-1]}.{name}", f)
    for m in MODULES
    for name, f in vars(m).items()
    if inspect.isfunction(f) and f.__module__ == m.__name__ and not name.startswith("_")
]
FACTS = [pytest.param(f, id=name) for name, f in PUBLIC if hasattr(f, "feit")]
SHOWS = [
    pytest.param(f, id=name)
    for name, f in PUBLIC
    if not hasattr(f, "feit") and list(inspect.signature(f).parameters) == ["d"]
]
