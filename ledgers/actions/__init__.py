"""What people do with a ledger: type cells, add, remove and restore rows, give guidance; publication opens both ledgers."""

from ledgers.actions import followed, imports, openings, proven

__all__ = ["followed", "imports", "openings", "proven"]
