"""What the reports of abstraction and load say about themselves."""

from core.about import register as add


def register() -> None:
    """Add them."""
    add(
        "abstraction_report",
        "What events that take officers cost: officer-hours, and arrests and appointments kept, moved, cancelled or not answered "
        "for. Supervisors and analysts of the force see it, as counts.",
    )
    add(
        "turns_report",
        "How many cases are with the police and with the CPS now, for how long, and what changed hands month by month. Supervisors "
        "and analysts see it of the force, CPS managers of their Area, as counts.",
    )
    add(
        "attrition_report",
        "How many victims do not support the prosecution: at what stage, why, how soon after the report, and whether a supervisor spoke "
        "with her or him, or with the ISVA. Those who support it again are counted apart. Supervisors and analysts see it of the force, "
        "CPS managers of their Area, as counts.",
    )
    add(
        "returns_report",
        "What the police sent to the CPS in a time, what triage made of it, what was returned for which reason, and how old requests "
        "and referrals are. Supervisors and analysts see it of the force, CPS managers of their Area, as counts.",
        sources=("Reasons and what counts against the CPS: the CPS’s published National File Standard messages.",),
    )
    add(
        "nfa_report",
        "Decisions to take no further action: why, at what stage, after how many days, what the second check made of them, who was told "
        "in time, what victims’ reviews came to and what scrutiny panels concluded. The police count recorded crimes, the CPS suspects. "
        "Supervisors and analysts see it of the force, CPS managers of their Area, as counts.",
        sources=(
            "Outcomes: Home Office Counting Rules. Telling and written reasons: Victims’ Code 2020, Right 6.",
            "Small numbers: local rule of this service.",
        ),
    )
    add(
        "load_report",
        "How many live cases each person has, weighted by stage and risk. Sergeants see their unit, supervisors the force, CPS "
        "managers their Area.",
        sources=("Service design: no source sets a weight or a greatest number of cases.",),
    )
