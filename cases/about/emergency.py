"""What is said about the page of emergency access."""

from core.about import register as add


def register() -> None:
    """Add the text."""
    add(
        "emergency_access",
        "Police can open a case of their own force that they do not otherwise see, restricted cases included, when something "
        "cannot wait. It lasts 4 hours and ends by itself. You can use it 3 times a day; after that a supervisor gives you access.",
        "While it lasts you can do on the case what your role allows. Everything you look at is recorded with your reason. The "
        "case’s inspector, or the supervisors of its unit or force, are told at once. An auditor reviews each use within 2 "
        "working days.",
        sources=(
            "Data Protection Act 2018, section 62: records of consultation",
            "Local rule of this service: 4 hours, 3 uses a day, reviewed within 2 working days",
        ),
    )
