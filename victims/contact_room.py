"""What the room of contact adds to the floors below: clocks, projection, acts, texts, notices, its part of the pages, its report."""

from cases import back, fragments, identity, settling
from cases.derive.clocks import Kind
from cases.derive.told_rules import TOLD_KINDS
from victims import disclosed, sections, subjects_contact
from victims.about import contact as about
from victims.contact_standing import contact_beside, contact_section
from victims.derive import contact_rules
from victims.services import contact_projection
from victims.sight import shown_with


def register() -> None:
    """Called once from AppConfig.ready()."""
    from victims.acts import contact  # noqa: F401 - the acts add themselves

    contact_rules.register()
    contact_projection.register()
    about.register()
    subjects_contact.register()
    disclosed.register()
    fragments.register("contact", contact_beside)
    identity.register(shown_with)
    back.allow_page("case_page", "the case")
    sections.register(sections.Section("contact", 10, contact_section, "victims/contact_section.html"))
    settling.settles(Kind.VICTIM_CONTACT, "contact-victim", "agree-contact")
    settling.settles(Kind.AGREEMENT_AGAIN, "agree-contact")
    settling.settles(Kind.SAFE_CHANNEL_REVIEW, "review-safe-channel")
    settling.settles(Kind.HEARD_NOTHING, "contact-victim")
    for kind in TOLD_KINDS:
        settling.settles(kind, "contact-victim")
