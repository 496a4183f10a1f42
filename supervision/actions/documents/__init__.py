"""Documents: drafted, numbered, issued, served, answered. Loading it registers their routes."""

from supervision.actions.documents import bulletins, drafting

__all__ = ["bulletins", "drafting"]
