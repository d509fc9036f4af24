"""Django's registration of the app: its places in the navigation."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports: reads over every other app; writes nothing but saved runs."""

    name = "reports"

    def ready(self) -> None:
        """Register the reports in the navigation bar."""
        from accounts import saved_filters
        from accounts.roles import Role
        from cases import back
        from core import navigation
        from reports import about_pages, about_pages_audit, about_pages_daily, about_pages_planning, about_pages_today, registry, subjects
        from reports.auditing import tasks  # noqa: F401 - the worker's tasks add themselves
        from reports.bail import reminders
        from reports.bail.forms import BailFilter
        from reports.forms import OverdueArrestsFilter
        from reports.permissions import COUNTS_ARRESTS, COUNTS_BAIL, LEADS

        registry.register_all()
        about_pages.register()
        about_pages_planning.register()
        navigation.register(navigation.Item("Overdue arrests", "overdue_arrests", COUNTS_ARRESTS, order=30, gives_way=True))
        navigation.register(navigation.Item("Reports", "reports", registry.READERS, order=31))
        saved_filters.register("overdue_arrests", "Overdue arrests", COUNTS_ARRESTS, OverdueArrestsFilter.base_fields)
        saved_filters.register("bail_diary", "Bail diary", COUNTS_BAIL, BailFilter.base_fields)
        subjects.register()
        reminders.register()
        about_pages_daily.register()
        navigation.register(navigation.Item("Access log", "access_log", (Role.AUDITOR,), order=10))
        navigation.register(navigation.Item("Emergency access", "audit_emergencies", (Role.AUDITOR,), order=20))
        navigation.register(navigation.Item("Patterns", "audit_patterns", (Role.AUDITOR,), order=30))
        about_pages_audit.register()
        navigation.register(navigation.Item("Today", "today", LEADS, order=5))
        about_pages_today.register()
        back.allow("today", "today")
        back.allow("bail_diary", "the bail diary")
