"""What the morning and the bail diary say of themselves at the foot of their pages."""

from core.about import register as about

PACE = "Police and Criminal Evidence Act 1984, Part IV: ss.47ZB (3 months), 47ZC (conditions A to D), 47ZD, 47ZDA, 47ZF, 47ZL"
LOCAL = "Local policy, to be confirmed by the force"


def register() -> None:
    """Add the texts."""
    morning = (
        "What is late, what ends soon and what waits for a supervisor, drawn from the facts of the cases you see. Nobody enters these "
        "rows: each goes when the fact behind it is recorded, and each carries the acts that settle it.",
        "This fortnight means today and the 14 days after it; this week, today and the 7 days after it. A bail lapses at the end of its "
        "last day in London. Emergency access to a case you may not see is counted without saying which case it is; a case you are "
        "excluded from is not counted.",
    )
    sources = (PACE, "Police and Criminal Evidence Act 1984 ss.41 to 44 (detention)", f"Times for arrests and reviews: {LOCAL.lower()}")
    about("today", *morning, sources=sources)
    about("today_section", *morning, sources=sources)
    about(
        "print_today",
        "The morning on one page of A4, for a meeting: references, initials and the names of officers. Where a part has more rows than "
        "fit, the first are shown and the rest counted. Each print is written down with who it was handed to.",
        sources=sources,
    )
    diary = (
        "Everybody on pre-charge bail that has not ended, under the day on which they answer. Bail answers on its last day and lapses "
        "at the end of that day in London. Days are counted from the day after the "
        "arrest; days while it stood still with the CPS are left out.",
        "Who must authorise more follows from the period that bail has reached: an inspector to 6 months, a superintendent to 9, then a "
        "magistrates’ court. Paper and file say whether there are conditions, not what they say. Analysts see figures and no row.",
    )
    about("bail_diary", *diary, sources=(PACE, "Statutory guidance on pre-charge bail, 2023 (victims’ views on conditions)"))
    about("print_bail", *diary, sources=(PACE,))
