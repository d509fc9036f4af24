#!/bin/sh
# Runs a command with a complete, safe set of production settings, so that `make check` can hold `check --deploy` against them.
# Every key is made up on the spot and forgotten; the database and Valkey are the throw-away ones of the launcher.
#     python -m rasso.launcher with-servers -- scripts/production_env.sh python manage.py check --deploy
set -eu
python=${PYTHON:-.venv/bin/python}
unset DATABASE_OWNER_URL DATABASE_OWNER_URL_FILE RASSO_DEMO RASSO_DEBUG
RASSO_SECRET_KEY=$("$python" -c 'import secrets; print(secrets.token_urlsafe(64))')
RASSO_FIELD_KEYS=$("$python" -c 'import base64, secrets; print("check:" + base64.b64encode(secrets.token_bytes(32)).decode())')
export RASSO_SECRET_KEY RASSO_FIELD_KEYS
export DJANGO_SETTINGS_MODULE=rasso.settings.production
export RASSO_ROLE=web
export RASSO_ALLOWED_HOSTS=case-tracker.example
export RASSO_PROXY_SSL_HEADER=X-Forwarded-Proto
export RASSO_PROXY_COUNT=1
export RASSO_EMAIL_HOST=mail.example
export RASSO_EMAIL_FROM=case-tracker@case-tracker.example
export RASSO_EMAIL_TLS=1
exec "$@"
