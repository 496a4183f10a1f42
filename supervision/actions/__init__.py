"""What people do in rounds, with problems, their rectification, and the papers about them. Loading it registers the routes."""

from supervision.actions import documents, plans, reporting

__all__ = ["documents", "plans", "reporting"]
