"""What is said about the pages of support services."""

from core.about import register as add

SOURCES = (
    "Victims’ Code 2020, Rights 4 and 6",
    "Victims and Prisoners Act 2024, Part 1: victim support roles; guidance about independent sexual violence advisers",
)


def register() -> None:
    """Add the texts."""
    add(
        "client_list",
        "Your clients who agreed that your service sees this, and those of whom you cover for a colleague. Whoever is due to be "
        "contacted first stands first. A manager sees all clients of the service and allocates them.",
        "A name is looked for among your own clients alone, and each page that names somebody is recorded.",
        sources=SOURCES,
    )
    add(
        "client",
        "What your client was told, when and by whom; contact, appointments and needs; what you are asked to tell; what you asked. "
        "Nothing about suspects, evidence or other people is here, and what was said in a contact is not either.",
        "Consent that is withdrawn ends this page at once, for everybody of the service.",
        sources=SOURCES,
    )
    paper = (
        "One page for your client to take home, in plain words: no crime, no suspect, no name but the officer’s. It says only what "
        "your client has been told already. The PDF carries no address and no name of this service.",
    )
    for name in ("where_things_stand", "print_where_things_stand"):
        add(name, *paper, sources=("Victims’ Code 2020, Right 6",))
    acts = (
        "What you send goes to the officer in the case, in fixed choices and at most 200 characters, because it may have to be disclosed. "
        "Write nothing about support or therapy.",
        "A question is to be answered within 2 working days. That your client has heard nothing is settled only by a contact that "
        "reaches her or him, or by you. A request to tell that nobody opens in 4 working hours goes back to the officer.",
    )
    for name in ("client_act", "client_act_on"):
        add(name, *acts, sources=("Local policy, to be confirmed by the force",))
    add(
        "victim_isva_words",
        "Consent with who witnessed it, what the ISVA wrote in fixed choices and at most 200 characters, and what was answered. It is "
        "material of the case like any other, and may have to be disclosed.",
        "It is shown to those who are shown who the victim is, and every look is recorded.",
        sources=("Criminal Procedure and Investigations Act 1996: relevant material is recorded, retained and revealed",),
    )
    names = (
        "Which support service each name in the force’s extract means. It shows names and counts, and no case.",
        "A match holds for what was taken in and not answered yet, and for later extracts. The service sees nothing of a victim "
        "before her or his consent is recorded.",
    )
    for name in ("service_names", "service_name"):
        add(name, *names, sources=("Local policy: a force’s extract names services in words of its own",))
    add(
        "client_link",
        "Ask a force to link you with a client who came to you another way. The officer asks your client and answers within 2 working "
        "days. The answer here is the same whether or not there is a case.",
        sources=("Local policy, to be confirmed by the force",),
    )
