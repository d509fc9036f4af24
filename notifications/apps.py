"""Django's registration of the app: its place in the navigation."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Inbox, e-mail, reminders: recipient, template key, ids; never a name."""

    name = "notifications"

    def ready(self) -> None:
        """Register the inbox in the navigation bar, and what its pages say of themselves."""
        from accounts.access import EVERYBODY
        from core import navigation
        from notifications import about_pages, reminders_subjects

        navigation.register(navigation.Item("Inbox", "inbox", EVERYBODY, order=80))
        about_pages.register()
        reminders_subjects.register()
