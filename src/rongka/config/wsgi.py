"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongka.config.settings")
application = get_wsgi_application()

from rongka.config.provider import check_environment  # noqa: E402 - it reads the settings

check_environment()
