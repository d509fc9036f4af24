"""Django's registration of the app: its clocks and its places in the navigation."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Case, recorded crime, suspect, complainant label, arrest, bail, enquiries, timeline, clocks, deadlines."""

    name = "cases"

    def ready(self) -> None:
        """Register this app's clocks with the one table of clocks, its acts, and what of it a person may still hold."""
        from accounts import holdings
        from cases import acts_bail, acts_case, acts_suspect, acts_work, clock_rules, holding, permissions  # noqa: F401 - the acts add themselves
        from core import navigation

        clock_rules.register()
        holdings.register(holding.open_cases_held)
        navigation.register(navigation.Item("Cases", "case_list", permissions.EVERYONE_ON_CASES, order=10))
        navigation.register(navigation.Item("Imports", "import_list", permissions.SUPERVISORS, order=40))
