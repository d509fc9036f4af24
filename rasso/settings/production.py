"""Settings of the real service. They refuse to start, naming the thing, on anything missing or unsafe.

What only a connection can tell (a database login with too many rights, demonstration sign-ins) is refused by
`rasso.startup.refuse_if_unsafe`, which web and worker call before they serve.
"""

from rasso.settings import production_rules

production_rules.refuse()

from rasso import env  # noqa: E402
from rasso.settings.base import *  # noqa: E402, F403

DEBUG = False
DEMO = False
SECOND_FACTOR_REQUIRED = True
REFUSE_IF_UNSAFE = True

# --- only by TLS, behind a proxy that ends it -----------------------------------------------------------------------------
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# The header that the proxy sets, and takes away from what browsers send: X-Forwarded-Proto, for example. Blank: none.
_PROTOCOL_HEADER = env.text("RASSO_PROXY_SSL_HEADER", "-")
if _PROTOCOL_HEADER != "-":
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{_PROTOCOL_HEADER.upper().replace('-', '_')}", "https")
# How many proxies of ours stand in front: so many entries of X-Forwarded-For are believed when attempts are limited.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("RASSO_PROXY_COUNT", 0)

# --- cookies ------------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-rasso_session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_PATH = "/"
CSRF_COOKIE_NAME = "__Host-rasso_csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True

# --- e-mail ---------------------------------------------------------------------------------------------------------------
EMAIL_PORT = env.number("RASSO_EMAIL_PORT", 587)
EMAIL_USE_TLS = env.flag("RASSO_EMAIL_TLS", default=True)
EMAIL_HOST_USER = env.text("RASSO_EMAIL_USER", "-").removeprefix("-")
EMAIL_HOST_PASSWORD = env.text("RASSO_EMAIL_PASSWORD", "-").removeprefix("-")
EMAIL_TIMEOUT = 10
SERVICE_ADDRESS = env.text("RASSO_ADDRESS", f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")
