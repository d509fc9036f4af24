"""The acts on needs and contact persons that are one form each: rows of the one table in cases/acts/."""

from cases import permissions as p
from cases.acts import Act, On, add
from victims import permissions
from victims.forms.needs import NeedsForm
from victims.forms.people import EndContactPersonForm
from victims.services import needs, people

ACTS = (
    Act(
        "assess-needs",
        On.COMPLAINANT,
        "Assess needs",
        "Assess what the victim needs",
        NeedsForm,
        needs.assess_needs,
        p.INVESTIGATE,
        done="Needs recorded.",
    ),
    Act(
        "end-contact-person",
        On.CONTACT_PERSON,
        "End",
        "Record that this is no longer a contact person",
        EndContactPersonForm,
        people.end_contact_person,
        permissions.KEEP_IDENTITY,
        people.still_there,
        done="Contact person ended.",
    ),
)

add(*ACTS)
