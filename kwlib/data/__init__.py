"""The data: schema, reading, checks and the store.

`check` finds every problem in a folder at once; `make_store` gives what one edition may see of it.
"""

from kwlib.data import dictionary
from kwlib.data.controle import page
from kwlib.data.problems import Problem, report
from kwlib.data.schema import Schema, SchemaError, read_schema
from kwlib.data.store import Store
from kwlib.data.validate import Result, check, make_store
from kwlib.data.vingerafdruk import fingerprints
from kwlib.data.wijk import krachtwijken, of_wijk

__all__ = [
    "Problem",
    "Result",
    "Schema",
    "SchemaError",
    "Store",
    "check",
    "dictionary",
    "fingerprints",
    "krachtwijken",
    "make_store",
    "of_wijk",
    "page",
    "read_schema",
    "report",
]
