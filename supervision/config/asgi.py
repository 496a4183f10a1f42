"""Entrance for the asgi server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.config.settings")
application = get_asgi_application()
