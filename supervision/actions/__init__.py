"""What people do in rounds, with problems, their rectification, and the documents about them. Loading it registers the routes."""

from supervision.actions import bulletins, documents, plans

__all__ = ["bulletins", "documents", "plans"]
