"""The WSGI entry point (granian serves it)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasso.settings.production")

application = get_wsgi_application()

from rasso.startup import refuse_if_unsafe  # noqa: E402  # Django is set up above

refuse_if_unsafe()
