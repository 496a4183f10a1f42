"""Reports, their study, copies, disposal and clues. Loading it registers their routes."""

from supervision.actions.reporting import reports

__all__ = ["reports"]
