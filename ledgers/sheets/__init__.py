"""Reads the ledgers that offices keep in spreadsheets: .xlsx, .xls and the .et of WPS.

Pure: no database, no clock, no settings. ``read_ledger`` takes the bytes of a workbook and the organ's own
names (``Directory``) and answers a ``Reading``: the rows it understood, and one sentence per cell it did not.
"""

from accounts.sheets.container import MAX_BYTES, Unreadable

from .apart import read_apart
from .reader import read_ledger
from .shapes import FIELDS, CellError, Directory, Heading, Reading, Row

__all__ = [
    "FIELDS",
    "MAX_BYTES",
    "CellError",
    "Directory",
    "Heading",
    "Reading",
    "Row",
    "Unreadable",
    "read_apart",
    "read_ledger",
]
