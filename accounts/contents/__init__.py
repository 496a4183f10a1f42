"""What uploaded files hold inside: questions about bytes, no models."""

from accounts.contents.inside import fault_of

__all__ = ["fault_of"]
