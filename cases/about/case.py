"""What is said at the foot of the pages about cases, imports and what an import left open."""

from core.about import register as about

SCOPE = (
    "Whose cases you see: police their own force’s (investigators their unit’s and their own), the CPS those that police have brought "
    "to their Area"
)
EXTRACT = (
    "An import only adds what the force’s records system says. What was typed here is never overwritten: where both differ, "
    "somebody decides"
)


def register() -> None:
    """Add the texts."""
    _about_cases()
    _about_imports()
    _about_what_an_import_left()


def _about_cases() -> None:
    about(
        "case_list",
        "The cases that you may see, narrowed and sorted as you choose. A search finds an exact crime reference or URN, or a "
        "suspect’s name nearly right. What you search for is recorded, and never stands in the address of the page.",
        "You can save a filter under a name of your own. The search and your place in the list are not saved with it.",
        sources=(SCOPE,),
    )
    about(
        "case_new",
        "Logs a case from what is known now: the recorded crimes, the complainants as letters, and any suspect. No complainant’s name "
        "belongs here. What is missing can be added later from the case’s own page.",
        "The time in which an arrest is due runs from when the suspect was identified, by the risk that you choose.",
        sources=("Crime references and outcomes: Home Office Counting Rules",),
    )
    about(
        "case_timeline",
        "Everything that was recorded about the case, the newest first: who, what and when. Nothing is ever taken away; a fact that was "
        "wrong is corrected, and the old value stays here.",
    )
    for url_name in ("case_act", "case_act_on"):
        about(
            url_name,
            "Records one thing about the case. Deadlines follow from what is recorded: nobody sets them by hand, and a clock stops on the "
            "thing done. If somebody else changed the case meanwhile, you are told who, and what you typed is kept.",
            "A mistake can be corrected later from the case’s page, with a reason.",
        )


def _about_imports() -> None:
    about(
        "import_list",
        "Extracts from the force’s records system that were uploaded here: when, by whom, and what came of each. An uploaded file is kept "
        "sealed, and for 24 hours at most.",
        sources=(EXTRACT,),
    )
    about(
        "import_new",
        "Reads an extract through and shows what it would change. Nothing is imported before you start it on the next page.",
        sources=(EXTRACT,),
    )
    about(
        "import_run",
        "What one extract holds, what was or would be taken in, and which records were refused and why. Refused records can be taken "
        "away as a file for 24 hours.",
        sources=(EXTRACT,),
    )


def _about_what_an_import_left() -> None:
    about(
        "disagreement_list",
        "Facts on which an extract and this service differ. Until somebody decides, what stands here counts.",
        sources=(EXTRACT,),
    )
    about(
        "disagreement",
        "One fact, as the extract gives it and as it stands here. Choose which is right; the timeline keeps both.",
        sources=(EXTRACT,),
    )
    about(
        "passed_bail_list",
        "Bail that had already ended when it was imported. The extract does not say what happened: answered, extended, or ended without a "
        "new date. No deadline runs until somebody says.",
        sources=("Police and Criminal Evidence Act 1984, Part 4 and sections 47ZA to 47ZM",),
    )
