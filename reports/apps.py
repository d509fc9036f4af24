"""Django's registration of the app: its places in the navigation."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports: reads over every other app; writes nothing but saved runs."""

    name = "reports"

    def ready(self) -> None:
        """Register the reports in the navigation bar."""
        from core import navigation
        from reports.permissions import COUNTS_ARRESTS

        navigation.register(navigation.Item("Overdue arrests", "overdue_arrests", COUNTS_ARRESTS, order=30))
