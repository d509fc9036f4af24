"""Django's registration of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agencies, units, users, roles, accreditation, cover, sign-in."""

    name = "accounts"
