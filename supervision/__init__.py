"""Supervision: problems and their rectification; `config` inside it wires the product together."""

from supervision.config.celery import app as celery_app

__all__ = ["celery_app"]
