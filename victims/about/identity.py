"""What is said at the foot of the pages about who a victim is."""

from core.about import register as about

APART = "Victims’ personal data kept apart and shown for a stated reason: Data Protection Act 2018, Part 3"
CODE = "Needs and enhanced rights: Victims’ Code 2020, Right 4. Special measures: Youth Justice and Criminal Evidence Act 1999, ss.23 to 30"
LOOKED = "Every look at who a victim is is recorded with its reason. Auditors read that record"


def register() -> None:
    """Add the texts."""
    for name in ("victim_page", "victim_shown"):
        about(
            name,
            "One victim: what is promised to her or him, what she or he needs, and who else may be told. Who she or he is stays hidden "
            "until somebody with a role on the case asks for it with a reason.",
            "It is hidden again after five minutes, and whenever the page is left.",
            sources=(APART, CODE, LOOKED),
        )
    about(
        "victim_identity",
        "Who the victim is. Everything here is kept encrypted, apart from the case, and every earlier version stays. The timeline says "
        "that something was entered or corrected, and not what.",
        sources=(APART, LOOKED),
    )
    for name in ("contact_person_new", "contact_person_change"):
        about(
            name,
            "Somebody beside the victim: a parent, a carer, somebody she or he named. What this person must never be told stands first "
            "wherever contact is made.",
            "Somebody who is a suspect, or lives with one, is a contact person only if an inspector decides so and says why. Whoever "
            "turns out to bear a suspect’s name is told nothing until it is said here who it is.",
            sources=("Who acts for a victim: Victims’ Code 2020, “Who is a victim under this Code?”", LOOKED),
        )
    about(
        "victim_find",
        "Finds a victim by what is known for certain: full name, surname with date of birth, telephone number or email address. It looks "
        "in your force alone, and shows only cases that you see. Parts of names and similar names find nobody.",
        "What you search for is recorded in a form that nobody can read back, and never stands in the address of the page.",
        sources=(APART,),
    )
