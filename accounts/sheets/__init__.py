"""Workbooks in, whatever they are: is the file safe to open, what do its cells say, and nothing read inside the web server.

Pure: no database, no clock, no settings.
"""

from .apart import grid_texts
from .container import MAX_BYTES, Unreadable

__all__ = ["MAX_BYTES", "Unreadable", "grid_texts"]
