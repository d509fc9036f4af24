"""Django's registration of the app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Clock, calendar, scope, encrypted field, template tags: no domain."""

    name = "core"
