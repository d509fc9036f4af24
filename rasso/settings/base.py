"""What every environment shares. Anything that differs is in local.py, test.py or production.py."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from rasso import env
from rasso.settings.decisions import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# --- who we are -----------------------------------------------------------------------------------------------------
DEMO = env.flag("RASSO_DEMO")
DEMO_CASES = env.flag("RASSO_DEMO_CASES", default=True)
SECRET_KEY = env.text("RASSO_SECRET_KEY", "not-for-production-only-for-a-local-machine")
SECRET_KEY_FALLBACKS = env.listing("RASSO_SECRET_KEY_FALLBACKS")
# Keys for encrypted fields and keyed hashes: "id:base64 of 32 bytes", the first one writes, all of them read.
FIELD_KEYS = env.listing("RASSO_FIELD_KEYS", "local:bG9jYWwtZGV2ZWxvcG1lbnQta2V5LTMyLWJ5dGVzISE=")
ALLOWED_HOSTS = env.listing("RASSO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
INSTALLED_APPS = [
    "core",
    "audit",
    "accounts",
    "notifications",
    "cases",
    "victims",
    "prosecution",
    "reports",
    "rasso",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "core.middleware.RefuseBadInput",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.PrivateResponses",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorRequired",
    "accounts.middleware.DatabaseScope",
    "accounts.middleware.DenyByDefault",
]
ROOT_URLCONF = "rasso.urls"
WSGI_APPLICATION = "rasso.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # with no loaders named, Django keeps each template compiled: written once, drawn many times
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.page_furniture",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


# --- databases: the application's login, and the owner's login where migrations run ------------------------------------
def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one PostgreSQL login: persistent connections, and limits on every statement.

    No statement is compiled (jit): each is short, and what row-level security adds makes the planner think them long. A
    worklist on a new database took nine times as long for it.
    """
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=300, conn_health_checks=True))
    options = parsed.setdefault("OPTIONS", {})
    options.setdefault("application_name", "rasso")
    options["options"] = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000 -c TimeZone=UTC"
    options["options"] += " -c jit=off"
    return parsed


DATABASE_URL = env.text("DATABASE_URL", "postgresql://rasso_app@127.0.0.1:5432/rasso")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", "-")
DATABASES: dict[str, Any] = {"default": database(DATABASE_URL)}
if DATABASE_OWNER_URL != "-":
    DATABASES["owner"] = database(DATABASE_OWNER_URL)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis or Valkey: broker, cache, rate limits. Never a name, only ids -----------------------------------------------
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "rasso",
        "VERSION": 2,  # JSON since version 2: nothing older is ever read
        "OPTIONS": {"socket_connect_timeout": 3, "socket_timeout": 3, "serializer": "core.cache.JsonSerializer"},
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 240
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "global_keyprefix": "rasso:",
}

# --- time and language --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- signing in ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "accounts.validators.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.validators.ContextWordValidator"},
]
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
}
MFA_ADAPTER = "accounts.mfa.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.ReauthenticatePasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "RASSO case tracker"
SECOND_FACTOR_REQUIRED = not DEMO
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 15 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_COOKIE_NAME = "rasso_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "rasso.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what a browser may do ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

# --- input limits -------------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 32_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- files --------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A folder whose files are imported nightly, named FORCE-anything.csv (for example 52-extract.csv). Blank: none.
IMPORT_FOLDER = env.text("RASSO_IMPORT_FOLDER", "-")

# --- e-mail: constant subjects, no names ----------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("RASSO_EMAIL_HOST", "localhost")
# Where people sign in: the only thing an e-mail says beside a number. Without a slash at the end.
SERVICE_ADDRESS = env.text("RASSO_ADDRESS", f"http://localhost:{env.number('RASSO_PORT', 8000)}").rstrip("/")
DEFAULT_FROM_EMAIL = env.text("RASSO_EMAIL_FROM", "case-tracker@localhost")

# --- telling victims: local policy, to be confirmed by the force -------------------------------------------------------------
# After this hour (0 to 24, London time; 24: never) on these days nobody plans to tell a victim a decision unless she or he chose it:
# support is closed afterwards. RASSO_TELLING_DAYS: weekdays 0 (Monday) to 6; the day before a bank holiday counts where
# RASSO_TELLING_HOLIDAYS is on.
TELLING_LATEST_HOUR = env.number("RASSO_TELLING_LATEST", 15)
TELLING_LATEST_DAYS = [int(day) for day in env.listing("RASSO_TELLING_DAYS", "4")]
TELLING_BEFORE_HOLIDAYS = env.flag("RASSO_TELLING_HOLIDAYS", default=True)

# --- support services: local policy, to be confirmed by the force -----------------------------------------------------------
# Working hours (London time, on working days) in which a request to an ISVA is expected to be read, and how many requests to
# be linked to a client one person of a service may send in a day.
WORKING_HOURS = (env.number("RASSO_WORKING_FROM", 9), env.number("RASSO_WORKING_TO", 17))
LINK_REQUESTS_A_DAY = env.number("RASSO_LINK_REQUESTS", 20)

# Early advice, local policy: its time counts from when the request that triage accepted was "received", or "accepted" by triage.
EARLY_ADVICE_COUNTS_FROM = env.text("RASSO_EARLY_ADVICE_FROM", "received")

# --- history and logs -----------------------------------------------------------------------------------------------------
PGHISTORY_APPEND_ONLY = False  # cases/history.py writes its own guard, which also refuses TRUNCATE
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
        "django.db.backends": {"level": "ERROR"},
    },
}
