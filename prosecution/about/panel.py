"""What is said at the foot of the pages about scrutiny panels."""

from core.about import register as about

PANELS = "Rape scrutiny panels: national operating model; CPS rape scrutiny panel report, October 2025"
LOCAL = "Local policy, to be confirmed by force and Area"


def register() -> None:
    """Add the texts."""
    about("panel_list", "The scrutiny panels that your agency organises, the latest meeting first.", sources=(PANELS,))
    about("panel_new", "A meeting is planned first; members and cases follow.", sources=(PANELS,))
    about(
        "panel",
        "A panel looks at decisions to take no further action. Cases are drawn at random by a recorded seed, chosen by rule, or by hand "
        "with a reason. Drawing orders the decisions by the SHA-256 of seed and key and takes the first: anybody can draw the same again.",
        "Packs go out once every redaction is confirmed and every member has declared conflicts. Whoever decided, checked or worked on a "
        "case gets no pack of it and organises nothing about it.",
        sources=(PANELS, LOCAL),
    )
    about(
        "panel_case",
        "One case of a panel, with its pack as the members read it. Findings are shown to whoever organises once every member has "
        "submitted, or from the day of the meeting on; to an organiser who is a member after the own finding.",
        "To disagree refers the decision to somebody who took no part. It reverses nothing by itself.",
        sources=(PANELS, LOCAL),
    )
    for name in ("panel_act", "panel_act_on"):
        about(name, "An act on a scrutiny panel. What somebody else changed meanwhile is said before anything is saved.", sources=(LOCAL,))
    about("panel_learning", "What panels learned: who sees to it, by when, until it is done.", sources=(PANELS,))
    about("panel_learning_done", "What was done about something that a panel learned.", sources=(PANELS,))
    about(
        "panel_year",
        "A year of panels in counts: what was concluded, under which headings findings say something, what was learned and done.",
        sources=(PANELS,),
    )
    about("meeting_list", "The scrutiny panels that you are on. You see their packs, and nothing else of any case.", sources=(PANELS,))
    about("meeting", "A meeting with the packs that were given to you. Conflicts are declared before packs open.", sources=(PANELS,))
    about("meeting_declare", "Say which conflict you have, or that you know of none. For a single pack, step back on its page.")
    about(
        "pack",
        "An anonymised pack: no name, no reference, no place; days are counted from the day on which the crime was recorded. What others "
        "find, and how many of them have, is shown after you submit your own finding.",
        sources=(PANELS, "Findings within 10 working days: local policy, to be confirmed by force and Area"),
    )
    about(
        "pack_finding",
        "Your own finding, by heading. Keep it and go on later; what is submitted stays.",
        sources=(PANELS,),
    )
    about("pack_step_back", "A conflict with one pack. You then read it no longer and find nothing on it.")
    about("pack_conclude", "What the panel concludes on a case, recorded by its chair.", sources=(PANELS,))
