"""What scrutiny panels add to the floors below: places in the navigation and what is said about their pages."""

from accounts.roles import Role
from core import navigation


def register() -> None:
    """Called once from AppConfig.ready()."""
    from prosecution.about import panel as about
    from prosecution.panels.permissions import LEARN, ORGANISE

    about.register()
    navigation.register(navigation.Item("Meetings", "meeting_list", (Role.PANEL_MEMBER,), order=1))
    everybody_else = [role for role in Role if role != Role.PANEL_MEMBER]
    navigation.register_at_foot(navigation.Item("My panel meetings", "meeting_list", everybody_else, order=40))
    navigation.register_at_foot(navigation.Item("Scrutiny panels", "panel_list", tuple(ORGANISE.roles), order=41))
    learners = tuple(LEARN.roles - ORGANISE.roles)
    navigation.register_at_foot(navigation.Item("What panels learned", "panel_learning", learners, order=42))
