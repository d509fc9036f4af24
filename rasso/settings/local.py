"""Settings of `make run`: a local machine, demonstration allowed, plain HTTP."""

from rasso.settings.base import *  # noqa: F403
from rasso.settings.base import BASE_DIR

DEBUG = False
# Nothing leaves the machine: each e-mail is a file in this folder.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / ".data" / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
