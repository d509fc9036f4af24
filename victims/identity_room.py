"""What the room of identity adds to the floors below: its clocks, acts, texts, its part of the case page and its place at the foot."""

from cases import fragments, settling
from cases.derive.kinds import Kind
from core import navigation
from victims import identifying, permissions, sections
from victims.about import identity as about
from victims.beside import identity_beside
from victims.derive import needs_rules
from victims.pages import prosecution


def register() -> None:
    """Called once from AppConfig.ready()."""
    from victims.acts import identity  # noqa: F401 - the acts add themselves

    about.register()
    sections.register(sections.Section("prosecution", 0, prosecution.section, "victims/sections/prosecution.html"))
    needs_rules.register()
    identifying.register()
    settling.settles(Kind.NEEDS_ASSESSMENT, "assess-needs")
    fragments.register("identity", identity_beside)
    navigation.register_at_foot(navigation.Item("Find a victim", "victim_find", permissions.FIND_VICTIM.roles, order=8))
