"""Entrance for the wsgi server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.config.settings")
application = get_wsgi_application()
