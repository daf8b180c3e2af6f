"""From the project data of a municipality to the yearly report for its council."""

__version__ = "0.1.0"
