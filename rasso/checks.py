"""Checks of Django's `check --database default`, and of every start in production."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from core.roles import unsafe_rights


@register(Tags.database)
def check_databases(app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Look at the application's own database when it is among those asked for; the owner's login may do more by design."""
    return [*database_is_safe("default")] if "default" in (databases or []) else []


def database_is_safe(alias: str) -> list[Error]:
    """Return an error for each right that the login has beyond its need, and one if anyone could sign in as in the demonstration."""
    name = connections[alias].settings_dict["USER"]
    errors = [
        Error(f"The database login {name} {right}.", hint="Let bootstrap_roles prepare the logins.", id="rasso.E001")
        for right in unsafe_rights(connections[alias])
    ]
    if not settings.DEMO and (count := demonstration_sign_ins(alias)):
        errors.append(Error(f"{count} demonstration sign-ins exist in the database: anyone can use them.", id="rasso.E002"))
    return errors


def demonstration_sign_ins(alias: str) -> int:
    """Return how many active users have the e-mail address of a demonstration sign-in."""
    user = get_user_model()
    with connections[alias].cursor() as cursor:
        if user._meta.db_table not in connections[alias].introspection.table_names(cursor):
            return 0
    addresses = [row[0] for row in import_module("accounts.demonstration").SIGN_INS]
    return user._base_manager.using(alias).filter(email__in=addresses, is_active=True).count()
