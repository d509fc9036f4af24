"""Django's registration of the app: the administrators' places in the navigation."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agencies, units, users, roles, accreditation, cover, sign-in."""

    name = "accounts"

    def ready(self) -> None:
        """Register the administrators' pages in the navigation, their first page's panels, and what pages say about themselves."""
        from accounts import about_pages_absence
        from accounts.administration import about, attention
        from accounts.roles import Role
        from core import navigation

        about.register()
        about_pages_absence.register()
        navigation.register_at_foot(navigation.Item("Away and cover", "away_list", tuple(Role), order=1))
        attention.register_panels()
        for order, (text, url_name) in enumerate((("People", "people"), ("Units", "units"), ("Services", "services")), start=1):
            navigation.register(navigation.Item(text, url_name, (Role.ADMINISTRATOR,), order=10 * order))
