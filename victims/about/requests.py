"""What is said at the foot of the pages about appointments, requests for information and devices."""

from core.about import register as about

ACT = "Police, Crime, Sentencing and Courts Act 2022"
LOOKED = "Every look at these texts is recorded. Auditors read that record"


def register() -> None:
    """Add the texts."""
    about(
        "victim_appointments",
        "Every appointment with the victim and its place. How often we cancelled on her or him is counted, with the events that took "
        "the officer.",
        sources=("Service design: cancelled appointments are counted by the event that caused them.", LOOKED),
    )
    about(
        "information_request",
        "A request to somebody else for information about the victim. It can be marked as sent only when everything that the law asks is "
        "filled in, and the written notice was given on or before that day.",
        "For counselling records the law presumes that asking is not necessary and proportionate; a supervisor who did not ask for them "
        "has to approve.",
        sources=(f"{ACT}, ss.44A to 44F, in force 12 January 2026", LOOKED),
    )
    about(
        "device_request",
        "A request for the victim’s device: written notice, agreement that nobody pressed for, when it was taken and when it is back. A "
        "refusal, or an agreement withdrawn, stops it and needs no reason.",
        sources=(f"{ACT}, ss.37 to 44, and the code of practice of 8 November 2022", LOOKED),
    )
