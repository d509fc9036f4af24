"""Django's registration of the app: its clocks and its places in the navigation."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Case, recorded crime, suspect, complainant label, arrest, bail, enquiries, timeline, clocks, deadlines."""

    name = "cases"

    def ready(self) -> None:
        """Register this app's clocks with the one table of clocks."""
        from cases import clock_rules

        clock_rules.register()
