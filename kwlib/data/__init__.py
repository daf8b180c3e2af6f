"""The data: schema, reading, checks and the store.

`check` finds every problem in a folder at once; `make_store` gives what one edition may see of it.
"""

from kwlib.data.check import Result, check, make_store
from kwlib.data.page import page
from kwlib.data.problems import Problem, report, sort, stops, summary
from kwlib.data.read import read
from kwlib.data.schema import Schema, SchemaError, parse_schema, read_schema
from kwlib.data.store import Store

__all__ = [
    "Problem",
    "Result",
    "Schema",
    "SchemaError",
    "Store",
    "check",
    "make_store",
    "page",
    "parse_schema",
    "read",
    "read_schema",
    "report",
    "sort",
    "stops",
    "summary",
]
