"""What people do in rounds, with problems and with their rectification."""

from supervision.actions import plans

__all__ = ["plans"]
