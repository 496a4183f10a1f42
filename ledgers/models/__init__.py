"""两台账: the organs' ledgers and the county's master ledger."""

from ledgers.models.consultations import Consultation
from ledgers.models.entries import (
    ColumnMapping,
    Disposition,
    ImportRun,
    InfoShare,
    LedgerGuidance,
    MasterLedgerEntry,
    RowKind,
    UnitLedger,
    UnitLedgerEntry,
)

__all__ = [
    "ColumnMapping",
    "Consultation",
    "Disposition",
    "ImportRun",
    "InfoShare",
    "LedgerGuidance",
    "MasterLedgerEntry",
    "RowKind",
    "UnitLedger",
    "UnitLedgerEntry",
]
