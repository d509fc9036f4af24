"""Settings of the test suite: as local, with quick hashes, e-mail in memory and nobody's data at risk."""

from rasso.settings.local import *  # noqa: F403
from rasso.settings.local import MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO = True
SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # no collected static files in tests
