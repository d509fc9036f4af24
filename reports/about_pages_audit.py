"""What is said about the audit screens."""

from core.about import register as add

DPA = "Data Protection Act 2018, section 62: logs of collection, alteration, consultation, disclosure, combination and erasure"
USES = "Data Protection Act 2018, section 62(4): what the logs may be used for"
LOCAL = "Local rule of this service: emergency access lasts 4 hours and is reviewed within 2 working days"


def register() -> None:
    """Add the texts."""
    _about_the_log()
    _about_reviews()


def _about_the_log() -> None:
    add(
        "access_log",
        "Every look at a case, every change, every file or print and every refusal is one row, written in the same moment as the "
        "act. You see the rows of your own agency: what was done with its cases, by whomever, and what its people did anywhere. "
        "Rows cannot be changed or deleted.",
        "You see crime references and the names of those who looked. You see no case, no suspect and no victim. Words that "
        "somebody searched for are kept only as a hash.",
        sources=(DPA, USES),
    )
    add(
        "access_log_row",
        "Everything one row says, the other rows of the same request, and what the same signed-in browser did within 12 hours.",
        sources=(DPA, USES),
    )
    add(
        "access_log_export",
        "The rows you chose as a CSV file, up to 10,000. The file is a disclosure: your name, what you chose and what it is for "
        "are recorded. You confirm who you are before it is made.",
        sources=(DPA, USES),
    )


def _about_reviews() -> None:
    add(
        "audit_emergencies",
        "Police can open a case of their force that they do not otherwise see, for 4 hours, with a reason. Each use waits here until "
        "an auditor of the force has reviewed it; the one due first stands at the top.",
        sources=(USES, LOCAL),
    )
    add(
        "audit_emergency",
        "Look at the reason and at what was opened, ask where you need to, and record what you found. The first review counts and "
        "cannot be changed. You cannot review your own use.",
        sources=(USES, LOCAL),
    )
    add(
        "audit_patterns",
        "Each night the log of your agency is searched for four patterns: a case or a search with the person’s own surname, looks at "
        "night or over a weekend by somebody who seldom has them, many more cases than usual, and repeated refusals. A pattern "
        "proves nothing by itself.",
        "Only your agency’s own people are looked at. The numbers below are this service’s own choice.",
        sources=(USES, "Local rule of this service: the numbers on this page"),
    )
    add(
        "audit_pattern",
        "One pattern of one person on one day. Look at the rows it was found in, ask where you need to, and write down what you "
        "found: that closes it. You cannot review what you looked at yourself.",
        sources=(USES,),
    )
