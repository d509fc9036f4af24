"""Django's registration of the project's own part."""

from django.apps import AppConfig


class RassoConfig(AppConfig):
    """Settings, addresses, launcher, and the checks of the database login."""

    name = "rasso"

    def ready(self) -> None:
        """Register the checks."""
        from django.urls import reverse

        from accounts.roles import Role
        from core import navigation
        from rasso import about_pages, checks  # noqa: F401
        from rasso.views_client_review import LODGE
        from victims import client_links

        about_pages.register()
        client_links.register("review", lambda client: [(LODGE, reverse("client_review", args=[client.complainant_id]))])
        navigation.register_at_foot(navigation.Item("Help", "help", tuple(Role), order=0))
