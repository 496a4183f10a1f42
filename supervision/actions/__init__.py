"""What people do with problems, their rectification, and the documents about them. Loading it registers the routes."""

from supervision.actions import bulletins, documents

__all__ = ["bulletins", "documents"]
