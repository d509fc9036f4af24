"""Django's registration of the project's own part."""

from django.apps import AppConfig


class RassoConfig(AppConfig):
    """Settings, addresses, launcher, and the checks of the database login."""

    name = "rasso"

    def ready(self) -> None:
        """Register the checks."""
        from rasso import checks  # noqa: F401
