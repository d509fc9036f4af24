"""What the pages of abstraction and of handing over say about themselves."""

from core.about import register as add


def register() -> None:
    """Add them."""
    add(
        "abstraction_list",
        "Events that take officers from their cases, entered once for the whole force. Supervisors enter and answer them.",
        "The number waiting for an answer counts arrests and appointments in the event’s hours with officers it takes, in cases you see.",
    )
    add(
        "abstraction_new",
        "One entry for an event: what it is, its hours, and whom it takes. It may be entered ahead or afterwards.",
        "Whoever plans an arrest or books an appointment in these hours later is warned, and it appears on the event’s page.",
    )
    add(
        "abstraction",
        "Each arrest and appointment in these hours is kept, moved or cancelled. Moved and cancelled are written as the reason. "
        "They stop no clock and move no due date.",
        sources=("Service design: reasons for delay are recorded once, where they arise.",),
    )
    add("abstraction_change", "Nothing is overwritten: a change is kept with its reason beside what stood before.")
    add("abstraction_call_off", "Nothing is overwritten: calling off is kept with its reason. Answers that were given stand.")
    add(
        "hand_over",
        "Moves one person’s roles on many live cases to others. Each case is handed over by itself: one that somebody changed "
        "meanwhile stays and is named, with who changed it.",
        "What a person lacks to investigate such cases is shown before and stops nothing: the decision is yours.",
        sources=("College of Policing: investigators of rape complete specialist training (RISDP, formerly SSAIDP).",),
    )
    add(
        "hand_over_from",
        "Look at every case once more before it is handed over. The note goes on the timeline, where the CPS reads it too once a "
        "case was brought to it.",
    )
