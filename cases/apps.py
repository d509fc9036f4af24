"""Django's registration of the app: its clocks and its places in the navigation."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Case, recorded crime, suspect, complainant label, arrest, bail, enquiries, timeline, clocks, deadlines."""

    name = "cases"

    def ready(self) -> None:
        """Register this app's clocks with the one table of clocks, its acts, and what of it a person may still hold."""
        from accounts import holdings, saved_filters
        from cases import holding, permissions, planned_arrests, settings_panels, subjects
        from cases.acts import bail, case, offers, suspect, telling, work, written  # noqa: F401 - the acts add themselves
        from cases.derive import clock_rules, told_rules, written_rules
        from cases.forms.listing import FilterForm
        from cases.importing import support
        from cases.reminding import sweep
        from cases.services import leaving
        from notifications import reminders

        self._say_about_pages()
        self._offer_pages()
        planned_arrests.register()
        clock_rules.register()
        told_rules.register()
        written_rules.register()
        support.register()
        saved_filters.register("case_list", "Cases", permissions.EVERYONE_ON_CASES, FilterForm.base_fields)
        subjects.register()
        reminders.register_still_due(sweep.still_due)
        settings_panels.register_panels()
        holdings.register(holding.open_cases_held)
        holdings.register_release(leaving.leave_unallocated)

    def _say_about_pages(self) -> None:
        """Register what stands at the foot of this app's pages."""
        from cases.about import case, emergency, offers, planning, settings, worklist

        for texts in (case, emergency, offers, worklist, planning, settings):
            texts.register()

    def _offer_pages(self) -> None:
        """Register this app's places in the navigation."""
        from accounts.roles import WORKS_CASES_POLICE, Role
        from cases import permissions
        from core import navigation

        navigation.register(navigation.Item("Worklist", "home", permissions.EVERYONE_ON_CASES, order=0, also="/worklist/"))
        navigation.register(navigation.Item("Cases", "case_list", permissions.EVERYONE_ON_CASES, order=10))
        navigation.register_at_foot(navigation.Item("Offers between forces", "offer_list", permissions.SUPERVISORS, order=20))
        navigation.register_at_foot(navigation.Item("Emergency access to a case", "emergency_access", WORKS_CASES_POLICE, order=10))
        navigation.register(navigation.Item("Settings", "settings", (Role.ADMINISTRATOR,), order=25))
        navigation.register(navigation.Item("Abstractions", "abstraction_list", permissions.SUPERVISORS, order=35))
        allocate = (Role.SERGEANT, Role.SUPERVISOR, Role.CPS_MANAGER)
        navigation.register_at_foot(navigation.Item("Hand over cases", "hand_over", allocate, order=5))
        navigation.register(navigation.Item("Imports", "import_list", permissions.SUPERVISORS, order=40, gives_way=True))
