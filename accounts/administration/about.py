"""What "About this page" says on the administrators' pages about people, units and services."""

from core.about import register as about

STEP_UP = (
    "Before a change you are asked who you are again, at most every five minutes. Every "
    "change is written in the access log, by whom and when."
)
LOCAL = "Local policy: who has which role in an agency is decided there"


def register() -> None:
    """Register the texts."""
    _about_people()
    _about_units_and_services()


def _about_people() -> None:
    about(
        "administration",
        "What waits for an administrator: sign-ins, accreditations, units, settings. It shows counts of cases at most, and no case.",
    )
    about(
        "people",
        "The people of your own agency, by name. What you search for does not stand in the address of the page.",
        "Nobody is ever removed: somebody who leaves can no longer sign in, and what she or he did stays on record.",
    )
    about(
        "person",
        "One person of your agency: standing, sign-in, accreditations, and how much open work she or he holds. Counts only, no case.",
        sources=(LOCAL,),
    )
    about(
        "person_new",
        "Adds somebody to your agency. Nobody sets a password for others: the person chooses one by the link that is sent.",
        STEP_UP,
    )
    about(
        "person_act",
        STEP_UP,
        "Nobody changes the own role or standing. When two administrators change the same thing "
        "at once, the second is told and nothing is lost.",
        "Somebody who leaves or moves hands over open cases first, or they go to “unallocated”, where supervisors see them.",
    )
    about(
        "accreditation_end",
        "From the day given an accreditation no longer counts when a case is allocated. The entry stays.",
        sources=(
            "College of Policing: Professionalising Investigation Programme and specialist programmes for rape and serious sexual offences",
        ),
    )


def _about_units_and_services() -> None:
    about("units", "The teams of your agency. A unit of a force that works with several CPS Areas names the Area its cases go to.")
    about("unit_new", "Adds a team to your agency. One of the same name is not added twice.", STEP_UP)
    about("unit_change", "Renames a team. Its people and cases stay in it, and the access log knows it as before.", STEP_UP)
    about(
        "services",
        "Support services and oversight bodies, shared by all agencies. Each has an administrator of its own who looks after its people.",
    )
    about("service_new", "Adds a support service or an oversight body for all agencies. One of the same name is not added twice.", STEP_UP)
    about(
        "service_administrator",
        "Names the first administrator of a support service in which there is nobody yet. From then on the service looks after itself.",
        STEP_UP,
    )
